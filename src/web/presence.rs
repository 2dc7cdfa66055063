//! Who holds the pen and who reads, told while a page is looked at.
//!
//! A stream of server-sent events; the shell lets in whom it lets into every
//! other page of the text, and each event is written under the rights that its
//! reader has then.

use std::sync::Arc;

use serde_json::{Value, json};

use super::cx::{Answer, Cx, Live, Reply};
use super::pens::{pen_sentence, readers_sentence};
use super::recommendations::find;
use crate::actions::pens;
use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::pen::READING;
use crate::store;

/// At every so many looks the reader is noted to be still there: twenty
/// seconds, of the forty-five that one counts as reading.
const NOTE_EVERY: u32 = 4;
/// After so many looks a stream ends, and its browser asks again: fifteen
/// minutes, after which a session that is over is noticed.
const MOST_LOOKS: u32 = 180;

pub fn show(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    cx.read(|conn| find(cx, conn))?;
    let reference = cx.param("reference").to_owned();
    let (app, account, language) = (cx.app.clone(), actor.account, cx.language);
    if cx.query().take("once") == "1" {
        let now = look(&app, account, language, &reference, false);
        return Ok(Reply::json(200, &now.unwrap_or_default()));
    }
    let mut looks = 0;
    Ok(Reply::live(Live(Box::new(move || {
        let note = looks % NOTE_EVERY == 0;
        looks += 1;
        let now = look(&app, account, language, &reference, note)?;
        (looks <= MOST_LOOKS).then(|| now.to_string())
    }))))
}

/// What the bar says now; `None` when it is no longer theirs to see.
fn look(
    app: &Arc<App>,
    account: AccountId,
    language: Language,
    reference: &str,
    note: bool,
) -> Option<Value> {
    let now = app.now();
    let l = app.catalog.loader(language);
    let seen = app.read(|conn| {
        let Some(actor) = store::accounts::find_actor(conn, account)? else { return Ok(None) };
        let own = store::recommendations::find_visible_to(conn, &actor, reference)?;
        let Some(own) = own else { return Ok(None) };
        let pen = store::pens::find(conn, own.id)?.filter(|pen| pen.is_held(now));
        let readers = store::readings::list(conn, own.id, now - READING)?;
        Ok::<_, store::Error>(Some((own.id, pen, readers)))
    });
    let (id, pen, readers) = match seen {
        Ok(seen) => seen?,
        Err(fault) => {
            tracing::warn!(%fault, "a page is not told who reads with it");
            return None;
        }
    };
    // That somebody reads is news for some seconds; if it cannot be noted,
    // the page goes on without.
    if note && let Err(fault) = app.write(|conn| pens::note_reading(conn, id, account, now)) {
        tracing::warn!(%fault, "a reader is not noted");
    }
    Some(json!({
        "pen": pen_sentence(l, pen.as_ref(), account),
        "readers": readers_sentence(l, &readers, account),
    }))
}
