//! What is typed and not saved as a revision: kept for its owner alone, by the
//! editor's script as they type or by its button, and thrown away by theirs.

use i18n_embed_fl::fl;
use serde_json::json;

use super::cx::{Answer, Cx, Reply};
use super::editor::{self, EditForm, Extra, may_write};
use super::error::WebError;
use super::page::When;
use super::recommendations::start;
use crate::actions::{ActionError, working_copies};
use crate::domain::fault::Faults;
use crate::domain::ids::TrackId;
use crate::domain::recommendation::Recommendation;
use crate::domain::stage::Stage;
use crate::domain::working_copy::{self, ASIDE, NEW};
use crate::i18n::{self, format};
use crate::store::{self, DbConn};

/// Unsaved texts that the desk shows.
const MOST_SHOWN: i64 = 20;

/// Keeps it: as plain form with a page as its answer, for a script with the
/// sentence to show.
pub fn keep(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    // To keep it twice is to keep it once.
    fields.take("once");
    let script = fields.take("answer") == "json";
    let (track, workshop) = (fields.take("track"), fields.take("workshop"));
    let programme = cx.read(|conn| cx.programme(conn))?;
    let form = EditForm::take(&programme, &mut fields);
    fields.finish()?;
    let own = match may_write(cx) {
        Ok(own) => own,
        Err(refusal) => {
            let href = keep_lost(cx, &form, refusal)?;
            if !script {
                return Ok(Reply::see_other(href));
            }
            let (text, link) = (fl!(cx.l(), "copy-lost"), fl!(cx.l(), "copy-lost-link"));
            return Ok(Reply::json(409, &json!({ "text": text, "href": href, "link": link })));
        }
    };

    let words: usize =
        form.sections().iter().map(|(_, body)| body.split_whitespace().count()).sum();
    if let Some(own) = own.as_ref().filter(|_| script)
        && is_stored(cx, own, &form)?
    {
        // A copy of what everybody has, such as one that was under way while
        // its text was saved, would only be in the way.
        cx.write(|conn| working_copies::discard(conn, actor.account, &own.reference))?;
        let text = fl!(cx.l(), "copy-same", n = own.revision, words = words);
        return Ok(Reply::json(200, &json!({ "text": text, "revision": own.revision })));
    }
    let more = [("track", track.as_str()), ("workshop", workshop.as_str())];
    let (copy, length) = form.copy(cx, if own.is_none() { &more } else { &[] });
    let done = cx.write(|conn| match &own {
        Some(own) => working_copies::keep(conn, actor, &own.reference, &copy, length),
        None => working_copies::keep_at(conn, actor.account, NEW, &copy, length).map(|()| true),
    });
    match done {
        Ok(pen) if script => {
            let at = format::time(cx.now);
            let text = fl!(cx.l(), "copy-kept", at = at, words = words);
            let at = copy.saved_at.and_utc().timestamp_millis();
            Ok(Reply::json(200, &json!({ "text": text, "at": at, "pen": pen })))
        }
        Ok(_) => Ok(Reply::see_other(match &own {
            Some(own) => format!("/drafts/{}?done=kept", own.reference),
            None => "/drafts?done=kept".to_owned(),
        })),
        Err(ActionError::Faults(faults)) if script => {
            let fault = faults.0.first().map_or("fault-copy-long", |fault| fault.key);
            Ok(Reply::json(422, &json!({ "text": i18n::message(cx.l(), fault) })))
        }
        Err(ActionError::Faults(faults)) => {
            let start = if own.is_none() { Some(start(cx, track, workshop)?) } else { None };
            let extra = Extra { own: own.as_ref(), start, ..Extra::default() };
            editor::page(cx, form, extra, &faults)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Keeps what somebody types where they may no longer write, and answers the
/// address that shows it: their text is theirs, whoever took the right away.
/// Who never wrote there has nothing to keep.
///
/// # Errors
/// The refusal for whoever never wrote there; `TooLarge`.
pub fn keep_lost(cx: &Cx, form: &EditForm, refusal: WebError) -> Result<String, WebError> {
    let account = cx.actor()?.account;
    let place = cx.param("reference");
    let wrote = match refusal {
        WebError::Conflict(_) => true,
        WebError::NotFound => {
            cx.read(|conn| store::working_copies::find(conn, account, place))?.is_some()
        }
        _ => false,
    };
    if !wrote {
        return Err(refusal);
    }
    let (copy, length) = form.copy(cx, &[]);
    match cx.write(|conn| working_copies::keep_at(conn, account, place, &copy, length)) {
        Ok(()) => Ok(lost_address(place)),
        Err(ActionError::Faults(_)) => Err(WebError::TooLarge),
        Err(fault) => Err(fault.into()),
    }
}

/// Where the text of an editor is shown that no longer opens.
fn lost_address(place: &str) -> String {
    if place == NEW {
        "/desk/parked?at=/drafts/new".to_owned()
    } else {
        format!("/desk/parked?at=/drafts/{place}/edit")
    }
}

// ------------------------------------------------------------- on the desk

/// One text that was typed and neither saved nor sent.
pub struct KeptRow {
    pub title: String,
    pub href: String,
    /// Why it is not simply opened; empty when it is.
    pub note: String,
    pub when: When,
}

/// What the asker has typed and not saved, the last first; `opens` tells
/// whether they may write in a text of this track and stage.
///
/// # Errors
/// When the database cannot be read.
pub fn list_kept(
    cx: &Cx,
    conn: &mut DbConn,
    creates: bool,
    opens: impl Fn(TrackId, Stage) -> bool,
) -> Result<Vec<KeptRow>, WebError> {
    let l = cx.l();
    let places = store::working_copies::list_places(conn, cx.actor()?.account, MOST_SHOWN)?;
    let names: Vec<&str> = places.iter().map(|(place, _)| place.trim_end_matches(ASIDE)).collect();
    let texts = store::desk::list_stages(conn, &names)?;
    let mut rows = Vec::new();
    for (place, at) in &places {
        let own = place.trim_end_matches(ASIDE);
        let earlier = own != place;
        // The page of the later one leads to the one that was put aside.
        if earlier && places.iter().any(|(other, _)| other == own) {
            continue;
        }
        let opens = match texts.iter().find(|(reference, ..)| reference == own) {
            Some((_, track, stage)) => opens(*track, *stage),
            None => own == NEW && creates,
        };
        let (title, href) = match own.strip_prefix("/drafts/") {
            Some(_) if earlier => continue,
            Some(rest) => {
                let reference = rest.split('/').next().unwrap_or_default();
                (fl!(l, "kept-form", reference = reference), format!("/desk/parked?at={own}"))
            }
            None => {
                let title = match own {
                    NEW => fl!(l, "kept-new"),
                    reference => fl!(l, "kept-text", reference = reference),
                };
                (
                    title,
                    match (opens, own) {
                        (true, NEW) => "/drafts/new".to_owned(),
                        (true, reference) => format!("/drafts/{reference}/edit"),
                        (false, _) if earlier => lost_address(own) + "&copy=earlier",
                        (false, _) => lost_address(own),
                    },
                )
            }
        };
        let lost = !opens && !own.starts_with('/');
        rows.push(KeptRow {
            title,
            href,
            note: if lost { fl!(l, "kept-lost") } else { String::new() },
            when: When::time(cx.language, *at),
        });
    }
    Ok(rows)
}

/// Whether the form holds exactly the current revision's text.
fn is_stored(cx: &Cx, own: &Recommendation, form: &EditForm) -> Result<bool, WebError> {
    if form.title.trim() != own.title {
        return Ok(false);
    }
    let stored =
        cx.read(|conn| store::recommendations::list_sections(conn, own.id, own.revision))?;
    let stored = stored.into_iter().map(|section| (section.kind, section.body));
    Ok(stored.collect::<Vec<_>>() == form.sections())
}

pub fn discard(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let own = may_write(cx)?;
    let mut fields = cx.form();
    // To throw it away twice is to throw it away once.
    fields.take("once");
    let earlier = fields.take("copy") == "earlier";
    fields.finish()?;
    let place = own.map_or_else(|| NEW.to_owned(), |own| own.reference);
    let of = if earlier { working_copy::aside(&place) } else { place.clone() };
    cx.write(|conn| working_copies::discard(conn, actor.account, &of))?;
    Ok(Reply::see_other(if place == NEW {
        "/drafts/new?done=discarded".to_owned()
    } else {
        format!("/drafts/{place}/edit?done=discarded")
    }))
}

/// The editor of a new recommendation: with what was typed there before.
pub fn show_new(cx: &Cx) -> Answer {
    let track = cx.query().take("track");
    let found = cx.read(|conn| editor::kept_form(cx, conn, NEW, 0))?;
    let (form, track, workshop, kept) = match found {
        Some((form, mut more, kept)) => {
            let kept_track = more.take("track");
            let track = if track.is_empty() { kept_track } else { track };
            (form, track, more.take("workshop"), Some(kept))
        }
        None => (EditForm::empty(cx)?, track, String::new(), None),
    };
    let start = Some(start(cx, track, workshop)?);
    editor::page(cx, form, Extra { start, kept, ..Extra::default() }, &Faults::default())
}
