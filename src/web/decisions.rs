//! Answering an amendment, and taking the answer back.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Card, Cards};
use super::amendment_forms::name_place;
use super::amendments::{falls_of, find_amendment};
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::queue::{self, Step};
use super::recommendations::Head;
use crate::actions::ActionError;
use crate::actions::decisions::{self, AnswerForm};
use crate::actions::rebases::find_spot;
use crate::domain::amendment::{AmendmentVerb, changes_text};
use crate::domain::comment::Disposition;
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, may};
use crate::i18n::{self, Loader};
use crate::markdown;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store;
use crate::store::amendments::Amendment;

/// The fields of an answer, for `amendments/answer.html`.
pub struct AnswerFields {
    pub errors: FieldErrors,
    pub choices: Vec<(String, String)>,
    pub disposition: String,
    pub reason: String,
    pub text: String,
    /// Whether a wording can be edited.
    pub has_text: bool,
    pub revision: i32,
    /// Tells the wording and the reason that are shown from later ones.
    pub seen: String,
    /// Where the form leads back to: empty, or a place in the consolidation.
    pub back: String,
    /// Keeps ids apart where several forms share a page.
    pub suffix: String,
}

impl AnswerFields {
    #[must_use]
    pub fn new(l: &Loader, own: &Amendment, revision: i32) -> Self {
        let stale = own.stale_at.is_some();
        let possible = |choice: &&Disposition| !stale || !changes_text(**choice);
        let choice =
            |own: &Disposition| (own.to_string(), i18n::message(l, &format!("disposition-{own}")));
        Self {
            errors: FieldErrors::default(),
            choices: Disposition::ALL.iter().filter(possible).map(choice).collect(),
            disposition: String::new(),
            reason: String::new(),
            text: if own.verb == AmendmentVerb::Delete { String::new() } else { own.text.clone() },
            has_text: !stale,
            revision,
            seen: decisions::seen(own),
            back: String::new(),
            suffix: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "amendments/dispose.html")]
struct DisposePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    newer: Option<i32>,
    /// It was answered or withdrawn while the form was open: nothing more can
    /// be recorded, and what was typed is shown to be copied.
    over: bool,
    place: String,
    card: Card,
    falls: Vec<(String, String, String)>,
    answer: AnswerFields,
    back_href: String,
    /// Where it stands in the chair's queue.
    step: Option<Step>,
    token: String,
}

/// What was typed, and where the form leads back to.
#[derive(Default)]
struct Typed {
    form: Option<AnswerForm>,
    back: String,
    newer: Option<i32>,
}

fn page(cx: &Cx, typed: Typed, faults: &Faults) -> Answer {
    let l = cx.l();
    let refused = typed.form.is_some();
    let page = cx.read(|conn| {
        let (own, amendment) = find_amendment(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let over = !amendment.is_unanswered();
        if over && typed.form.is_none() {
            return Err(WebError::Conflict("conflict-amendment-answered"));
        }
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &amendment.section, amendment.block);
        let reference = own.reference.as_str();
        let (place, _) = name_place(cx, &programme, reference, &amendment.section, spot.as_ref());
        let others = store::amendments::list_unanswered(conn, own.id)?;
        let one = std::slice::from_ref(&amendment);
        let card = Cards::load(cx, conn, reference, one)?.card(&amendment, &others);
        let mut answer = AnswerFields::new(l, &amendment, own.revision);
        answer.errors = cx.errors(faults);
        if let Some(form) = typed.form {
            // After a newer revision the present wording is what can be taken, and so it is
            // when its proposer has reworded what the chair left as it was.
            let shown = decisions::fingerprint(&own_text(&form.text));
            let untouched = form.seen.starts_with(&shown);
            let reworded = !form.seen.is_empty() && form.seen != answer.seen && untouched;
            let kept = typed.newer.is_none() || form.disposition == "accepted-in-part";
            let kept = kept && !reworded;
            if answer.has_text && kept {
                answer.text = form.text;
            }
            answer.disposition = form.disposition;
            answer.reason = form.reason;
        }
        answer.back.clone_from(&typed.back);
        let title = format!("{} {}", fl!(l, "answer-title", n = amendment.number), own.reference);
        Ok::<_, WebError>(DisposePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            newer: typed.newer,
            over,
            place,
            falls: falls_of(conn, reference, &amendment)?,
            back_href: back_to(reference, amendment.number, &typed.back, ""),
            card,
            answer,
            step: queue::step(cx, conn, &cx.path)?,
            token: cx.form_token(),
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

/// A wording as it is stored, out of a form's field.
fn own_text(typed: &str) -> String {
    markdown::normalise(typed).trim_start_matches('\n').trim_end().to_owned()
}

/// The page a chair came from; `back` is `section/block` of the consolidation.
fn back_to(reference: &str, number: i32, back: &str, done: &str) -> String {
    let Some((section, block)) = back.rsplit_once('/') else {
        let done = if done.is_empty() { String::new() } else { format!("?done={done}") };
        return format!("/drafts/{reference}/amendments/{number}{done}");
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("section", section).append_pair("block", block);
    if !done.is_empty() {
        query.append_pair("done", done);
    }
    format!("/drafts/{reference}/consolidation?{}", query.finish())
}

pub fn show_dispose(cx: &Cx) -> Answer {
    page(cx, Typed::default(), &Faults::default())
}

pub fn dispose(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let number: i32 = cx.param_as("number")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let form = AnswerForm {
        disposition: fields.take("disposition"),
        reason: fields.take("reason"),
        text: fields.take("text"),
        revision: fields.take_parsed("revision").ok_or(WebError::NotFound)?,
        seen: fields.take("seen"),
    };
    let back = fields.take("back");
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let made = decisions::dispose(conn, actor, &programme, reference, number, &form, cx.now)?;
        let done = if made.is_some() { "amendment-taken" } else { "disposed" };
        Ok(back_to(reference, number, &back, done))
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            page(cx, Typed { form: Some(form), back, ..Typed::default() }, &faults)
        }
        Err(ActionError::Stale(newer)) => {
            let typed = Typed { form: Some(form), back, newer: Some(newer) };
            page(cx, typed, &Faults::default())
        }
        // Somebody else was quicker: theirs is shown, what was typed is kept.
        Err(ActionError::Conflict("conflict-amendment-answered")) => {
            page(cx, Typed { form: Some(form), back, newer: None }, &Faults::default())
        }
        other => Ok(other?),
    }
}

pub fn undo(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let number: i32 = cx.param_as("number")?;
    let mut fields = cx.form();
    let (once, back) = (fields.take("once"), fields.take("back"));
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    Ok(cx.once(&once, |conn| {
        decisions::undo(conn, actor, &programme, reference, number, cx.now)?;
        Ok(back_to(reference, number, &back, "amendment-undone"))
    })?)
}
