//! An amendment written anew by its proposer: on a text that it no longer
//! fits, or in other words or for another reason while it does.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::Change;
use super::amendments::{find_amendment, may_reword};
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::recommendations::Head;
use crate::actions::ActionError;
use crate::actions::amendments::{self, Anew};
use crate::actions::rebases::find_spot;
use crate::domain::amendment::{AmendmentVerb, RebaseKind};
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, may};
use crate::i18n::Loader;
use crate::markdown;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store;

#[derive(Template)]
#[template(path = "amendments/adapt.html")]
struct AdaptPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    moved: bool,
    /// Whether it fits the text, so that only what it says changes.
    fits: bool,
    /// Other organisations that put their name to it.
    co_sponsors: usize,
    heading: String,
    number: i32,
    /// The new wording against the present text.
    preview: Vec<Change>,
    /// The new reason against the former one, where it is another.
    reason_preview: Vec<Change>,
    /// What the amendment changed, and what the text did.
    yours: Vec<Change>,
    theirs: Vec<Change>,
    revision: i32,
    wording: String,
    reason: String,
    hint: String,
    deletes: bool,
    token: String,
}

/// What was typed, if anything.
#[derive(Default)]
struct Typed {
    wording: Option<String>,
    reason: Option<String>,
    preview: bool,
    moved: bool,
}

fn page(cx: &Cx, typed: Typed, faults: &Faults) -> Answer {
    let l = cx.l();
    let refused = !faults.is_empty() || typed.moved;
    let page = cx.read(|conn| {
        let (own, amendment) = find_amendment(cx, conn)?;
        let actor = cx.actor()?;
        if amendment.author != actor.account {
            return Err(WebError::NotFound);
        }
        may(actor, Verb::Adapt, &own.object())?;
        if !amendment.is_unanswered() {
            return Err(WebError::Conflict("conflict-amendment-answered"));
        }
        let fits = amendment.stale_at.is_none();
        if fits && !refused && !typed.preview && !may_reword(cx, &own, &amendment)? {
            return Err(WebError::Conflict("conflict-amendment-fits"));
        }
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &amendment.section, amendment.block)
            .ok_or(WebError::Conflict("conflict-amendment-gone"))?;
        let programme = cx.programme(conn)?;
        let (n, deletes) = (amendment.number, amendment.verb == AmendmentVerb::Delete);
        let heading = match (fits, deletes) {
            (false, _) => fl!(l, "amendment-adapt-title", n = n),
            (true, false) => fl!(l, "amendment-reword-title", n = n),
            (true, true) => fl!(l, "amendment-reason-title", n = n),
        };
        let title = format!("{heading} – {}", own.reference);
        let beside = store::co_sponsors::list_of_many(conn, &[amendment.id])?;
        let wording = typed.wording.unwrap_or_else(|| amendment.text.clone());
        let reason = typed.reason.unwrap_or_else(|| amendment.reason.clone());
        let (mut preview, mut reason_preview) = (Vec::new(), Vec::new());
        if typed.preview {
            let (wording, reason) = (markdown::normalise(&wording), markdown::normalise(&reason));
            preview = Change::new(amendment.verb, &spot.source, wording.trim_end());
            if reason.trim() != amendment.reason {
                reason_preview =
                    Change::new(AmendmentVerb::Replace, &amendment.reason, reason.trim());
            }
        }
        Ok::<_, WebError>(AdaptPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            errors: cx.errors(faults),
            moved: typed.moved,
            fits,
            co_sponsors: beside.len(),
            heading,
            number: amendment.number,
            preview,
            reason_preview,
            yours: Change::new(amendment.verb, &amendment.base_text, &amendment.text),
            theirs: if fits {
                Vec::new()
            } else {
                Change::new(AmendmentVerb::Replace, &amendment.base_text, &spot.source)
            },
            revision: own.revision,
            wording,
            reason,
            hint: if fits {
                fl!(l, "amendment-wording-hint")
            } else {
                fl!(l, "amendment-adapt-hint")
            },
            deletes,
            token: cx.form_token(),
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

pub fn show(cx: &Cx) -> Answer {
    page(cx, Typed::default(), &Faults::default())
}

pub fn adapt(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let number: i32 = cx.param_as("number")?;
    let mut form = cx.form();
    let (once, intent) = (form.take("once"), form.take("intent"));
    let revision: i32 = form.take_parsed("revision").ok_or(WebError::NotFound)?;
    let (wording, reason) = (form.take("wording"), form.take("reason"));
    form.finish()?;
    let typed =
        Typed { wording: Some(wording.clone()), reason: Some(reason.clone()), ..Typed::default() };
    if intent == "check" {
        return page(cx, Typed { preview: true, ..typed }, &Faults::default());
    }
    let reference = cx.param("reference");
    let (wording, reason) = (markdown::normalise(&wording), markdown::normalise(&reason));
    let anew = Anew { revision, wording: &wording, reason: &reason };
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let step = amendments::adapt(conn, actor, &programme, reference, number, anew, cx.now)?;
        let done = match step {
            RebaseKind::Reworded => "done=amendment-reworded",
            RebaseKind::Reasoned => "done=amendment-reasoned",
            _ => "done=amendment-adapted",
        };
        Ok(format!("/drafts/{reference}/amendments/{number}?{done}"))
    });
    match done {
        Err(ActionError::Faults(faults)) => page(cx, typed, &faults),
        Err(ActionError::Stale(_)) => page(cx, Typed { moved: true, ..typed }, &Faults::default()),
        other => Ok(other?),
    }
}
