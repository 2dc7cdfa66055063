//! A chair's compromise text: the form, and the page that says what falls.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Card, Cards, Change};
use super::amendment_forms::{AmendForm, name_place, parse_block};
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::recommendations::{Head, find};
use crate::actions::rebases::find_spot;
use crate::actions::{ActionError, compromises};
use crate::domain::amendment::AmendmentVerb;
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, may};
use crate::domain::role::Capacity;
use crate::i18n::Loader;
use crate::markdown;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store;
use crate::store::amendments::Amendment;

#[derive(Template)]
#[template(path = "amendments/compromise.html")]
struct CompromisePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    newer: Option<i32>,
    place: String,
    form: AmendForm,
    /// Whether it is the page that shows what it does.
    checking: bool,
    changes: Vec<Change>,
    waiting: Vec<Card>,
    falling: Vec<Card>,
    back_href: String,
    token: String,
}

/// The place in the address, or in the form when there is one.
fn page(
    cx: &Cx,
    form: Option<AmendForm>,
    checking: bool,
    newer: Option<i32>,
    faults: &Faults,
) -> Answer {
    let l = cx.l();
    let refused = !faults.is_empty() || newer.is_some();
    let mut query = cx.query();
    let section = query.take("section");
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let (section, block) = match &form {
            Some(form) => (form.section.clone(), form.block),
            None => (section, parse_block(&query.take("block"))?),
        };
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &section, block).ok_or(WebError::NotFound)?;
        let verb = if block.is_some() { AmendmentVerb::Replace } else { AmendmentVerb::Insert };
        let reference = own.reference.as_str();
        let (place, _) = name_place(cx, &programme, reference, &section, Some(&spot));
        let mut waiting = store::amendments::list_unanswered(conn, own.id)?;
        waiting.retain(|row| row.block == block && (block.is_some() || row.section == section));
        let blank = || AmendForm {
            revision: own.revision,
            section: spot.section.kind.clone(),
            block,
            verb,
            wording: spot.source.clone(),
            reason: String::new(),
            capacity: Capacity::Organisation.to_string(),
            falls: Vec::new(),
        };
        let mut form = form.unwrap_or_else(blank);
        form.revision = own.revision;
        let cards = Cards::load(cx, conn, reference, &waiting)?;
        let text = markdown::normalise(&form.wording).trim_end().to_owned();
        let falls = |row: &&Amendment| form.falls.contains(&row.number);
        let title = format!("{} – {}", fl!(l, "compromise-title"), own.reference);
        Ok::<_, WebError>(CompromisePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            errors: cx.errors(faults),
            newer,
            place,
            checking,
            changes: Change::new(form.verb, &spot.source, &text),
            falling: waiting.iter().filter(falls).map(|row| cards.card(row, &[])).collect(),
            waiting: waiting.iter().map(|row| cards.card(row, &waiting)).collect(),
            back_href: format!(
                "/drafts/{reference}/consolidation?section={section}&block={}",
                form.block_text()
            ),
            token: cx.form_token(),
            form,
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

pub fn show(cx: &Cx) -> Answer {
    page(cx, None, false, None, &Faults::default())
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let (once, intent) = (fields.take("once"), fields.take("intent"));
    let mut form = AmendForm::take(&mut fields)?;
    fields.finish()?;
    // A chair's text speaks for the chair.
    form.capacity = Capacity::Organisation.to_string();
    let none = Faults::default();
    let (current, source) = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(actor, Verb::Dispose, &own.object())?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &form.section, form.block).ok_or(WebError::NotFound)?;
        Ok::<_, WebError>((own.revision, spot.source))
    })?;
    if intent == "edit" {
        return page(cx, Some(form), false, None, &none);
    }
    let new = match form.parse(&source) {
        Ok(new) => new,
        Err(faults) => return page(cx, Some(form), false, None, &faults),
    };
    if current != form.revision {
        return page(cx, Some(form), true, Some(current), &none);
    }
    if intent == "check" {
        return page(cx, Some(form), true, None, &none);
    }
    let adopt = intent == "adopt";
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let (place, falls) = (form.place(), form.falls.as_slice());
        let number = compromises::put_forward(
            conn, actor, &programme, reference, &place, &new, falls, adopt, cx.now,
        )?;
        let done = if adopt { "compromise-adopted" } else { "compromise-put" };
        Ok(format!("/drafts/{reference}/amendments/{number}?done={done}"))
    });
    match done {
        Err(ActionError::Faults(faults)) => page(cx, Some(form), false, None, &faults),
        Err(ActionError::Stale(newer)) => page(cx, Some(form), true, Some(newer), &none),
        other => Ok(other?),
    }
}
