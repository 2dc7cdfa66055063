//! Who holds the pen and who reads, told while a page is looked at.
//!
//! A stream of server-sent events; the shell lets in whom it lets into every
//! other page of the text, and each event is written under the rights that its
//! reader has then. All streams of a text share one look.

use std::sync::Arc;

use chrono::TimeDelta;
use i18n_embed_fl::fl;
use serde_json::{Value, json};

use super::cx::{Answer, Cx, Live, Reply};
use super::pens::{pen_sentence, readers_sentence};
use super::recommendations::find;
use crate::actions::pens;
use crate::app::App;
use crate::app::presence::{Full, Seen, Stream};
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::language::Language;
use crate::domain::pen::READING;
use crate::domain::role::Role;
use crate::i18n::Loader;
use crate::store::{self, DbConn};

/// So long a stream goes on; then its browser asks again, and a session that
/// is over is noticed.
const LIFE: TimeDelta = TimeDelta::minutes(15);
/// When to ask again where there is no room, in seconds.
const LATER: i64 = 20;

pub fn show(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let own = cx.read(|conn| find(cx, conn))?;
    let (app, account, language) = (cx.app.clone(), actor.account, cx.language);
    if cx.query().take("once") == "1" {
        let seen = cx.read(|conn| read(conn, &app, own.id))?;
        return Ok(Reply::json(200, &told(cx.l(), &seen, account)));
    }
    let stream = match app.presence.join(own.id, account) {
        Ok(stream) => stream,
        // A browser lets it be then, and shows what the page said when it was loaded.
        Err(Full::Account) => return Ok(Reply::nothing()),
        Err(Full::Server) => return Ok(Reply::later(LATER)),
    };
    let stirred = stream.stirred.clone();
    let (until, mut first) = (cx.now + LIFE, true);
    let look = move || {
        let now = look(&app, &stream, language, std::mem::take(&mut first))?;
        (app.now() < until).then(|| now.to_string())
    };
    Ok(Reply::live(Live { look: Box::new(look), stirred }))
}

/// What the bar says now; `None` when it is no longer theirs to see.
fn look(app: &Arc<App>, stream: &Stream, language: Language, first: bool) -> Option<Value> {
    let now = app.now();
    let seen = stream.look(now, || app.read(|conn| read(conn, app, stream.text)));
    let seen = match seen {
        Ok(seen) => seen,
        Err(fault) => {
            tracing::warn!(%fault, "a page is not told who reads with it");
            return None;
        }
    };
    if !seen.members.contains(&stream.account) {
        return None;
    }
    let mut reading = stream.due(now);
    if first && reading.is_empty() {
        reading.push(stream.account);
    }
    reading.retain(|account| seen.members.contains(account));
    // That somebody reads is news for some seconds; if it cannot be noted,
    // the page goes on without.
    if !reading.is_empty()
        && let Err(fault) = app.write(|conn| pens::note_reading(conn, stream.text, &reading, now))
    {
        tracing::warn!(%fault, "readers are not noted");
    }
    Some(told(app.catalog.loader(language), &seen, stream.account))
}

fn read(conn: &mut DbConn, app: &App, text: RecommendationId) -> store::Result<Seen> {
    let now = app.now();
    let Some(own) = store::recommendations::find(conn, text)? else {
        return Ok(Seen::default());
    };
    let mut members = store::accounts::list_members(conn, own.track, Role::Observer)?;
    members.extend(store::accounts::list_secretariat(conn)?);
    Ok(Seen {
        pen: store::pens::find(conn, text)?.filter(|pen| pen.is_held(now)),
        readers: store::readings::list(conn, text, now - READING)?,
        members,
        revision: own.revision,
    })
}

fn told(l: &Loader, seen: &Seen, reader: AccountId) -> Value {
    // Whoever lost the right meanwhile is not named to those who have it.
    let readers: Vec<(AccountId, String)> =
        seen.readers.iter().filter(|(own, _)| seen.members.contains(own)).cloned().collect();
    json!({
        "pen": pen_sentence(l, seen.pen.as_ref(), reader),
        "readers": readers_sentence(l, &readers, reader),
        "revision": seen.revision,
        "newer": fl!(l, "pen-bar-newer", n = seen.revision),
    })
}
