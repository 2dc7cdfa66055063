//! An amendment written anew by its proposer: on a text that it no longer
//! fits, or in other words while it does.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::Change;
use super::amendments::{find_amendment, may_reword};
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::recommendations::Head;
use crate::actions::rebases::find_spot;
use crate::actions::{ActionError, amendments};
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
    /// Whether it fits the text, so that only its own words change.
    fits: bool,
    /// Other organisations that put their name to it.
    co_sponsors: usize,
    number: i32,
    /// The new wording against the present text.
    preview: Vec<Change>,
    /// What the amendment changed, and what the text did.
    yours: Vec<Change>,
    theirs: Vec<Change>,
    revision: i32,
    wording: String,
    hint: String,
    deletes: bool,
    token: String,
}

/// What was typed, if anything.
#[derive(Default)]
struct Typed {
    wording: Option<String>,
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
        let heading = if fits {
            fl!(l, "amendment-reword-title", n = amendment.number)
        } else {
            fl!(l, "amendment-adapt-title", n = amendment.number)
        };
        let title = format!("{heading} – {}", own.reference);
        let beside = store::co_sponsors::list_of_many(conn, &[amendment.id])?;
        let wording = typed.wording.unwrap_or_else(|| amendment.text.clone());
        let preview = if typed.preview {
            let typed = markdown::normalise(&wording);
            Change::new(amendment.verb, &spot.source, typed.trim_end())
        } else {
            Vec::new()
        };
        Ok::<_, WebError>(AdaptPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            errors: cx.errors(faults),
            moved: typed.moved,
            fits,
            co_sponsors: beside.len(),
            number: amendment.number,
            preview,
            yours: Change::new(amendment.verb, &amendment.base_text, &amendment.text),
            theirs: if fits {
                Vec::new()
            } else {
                Change::new(AmendmentVerb::Replace, &amendment.base_text, &spot.source)
            },
            revision: own.revision,
            wording,
            hint: if fits {
                fl!(l, "amendment-wording-hint")
            } else {
                fl!(l, "amendment-adapt-hint")
            },
            deletes: amendment.verb == AmendmentVerb::Delete,
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
    let wording = form.take("wording");
    form.finish()?;
    let typed = Typed { wording: Some(wording.clone()), ..Typed::default() };
    if intent == "check" {
        return page(cx, Typed { preview: true, ..typed }, &Faults::default());
    }
    let reference = cx.param("reference");
    let text = markdown::normalise(&wording);
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let step =
            amendments::adapt(conn, actor, &programme, reference, number, revision, &text, cx.now)?;
        let done = if step == RebaseKind::Reworded {
            "done=amendment-reworded"
        } else {
            "done=amendment-adapted"
        };
        Ok(format!("/drafts/{reference}/amendments/{number}?{done}"))
    });
    match done {
        Err(ActionError::Faults(faults)) => page(cx, typed, &faults),
        Err(ActionError::Stale(_)) => page(cx, Typed { moved: true, ..typed }, &Faults::default()),
        other => Ok(other?),
    }
}
