//! The work queue: what waits for a chair or a drafter, since when, one after
//! the other.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::desk::excerpt;
use super::error::WebError;
use super::page::{Chrome, When};
use crate::domain::Instant;
use crate::domain::ids::TrackId;
use crate::domain::role::Role;
use crate::i18n::Loader;
use crate::store::{self, DbConn};

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct Item {
    pub title: String,
    pub href: String,
    pub reference: String,
    /// The text's own title, or the first words of what was said.
    pub words: String,
    pub since: Instant,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    rows: Vec<Row>,
    /// Set when there is more than the page shows.
    more: bool,
}

struct Row {
    item: Item,
    when: When,
}

/// Where an item stands in its reader's queue.
pub struct Step {
    pub at: usize,
    pub of: usize,
    pub since: When,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// Everything that waits for the asker, oldest first; of each kind as many as
/// the store lists.
///
/// # Errors
/// When the database cannot be read.
pub fn load(cx: &Cx, conn: &mut DbConn) -> Result<Vec<Item>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    let programme = cx.programme(conn)?;
    let chaired = store::accounts::chaired_tracks(conn)?;
    let chairs = |track: TrackId| {
        let acts = actor.secretariat && !chaired.contains(&track);
        actor.role_in(track) == Some(Role::Chair) || acts
    };
    let ids = programme.tracks.iter().map(|track| track.id);
    let mine: Vec<TrackId> = ids.clone().filter(|track| chairs(*track)).collect();
    let seen: Vec<TrackId> = ids.filter(|track| actor.sees(*track)).collect();
    let mut items = Vec::new();
    if !mine.is_empty() {
        for own in store::queue::list_comments(conn, &mine)? {
            items.push(Item {
                title: fl!(l, "queue-comment", who = own.who, reference = own.reference.as_str()),
                href: format!("/drafts/{}/comments/{}/disposition", own.reference, own.id),
                words: excerpt(&own.words),
                reference: own.reference,
                since: own.since,
            });
        }
        for own in store::queue::list_contests(conn, &mine)? {
            items.push(Item {
                title: fl!(l, "queue-contest", who = own.who, reference = own.reference.as_str()),
                href: format!("/drafts/{}/contests/{}", own.reference, own.id),
                words: excerpt(&own.words),
                reference: own.reference,
                since: own.since,
            });
        }
        for own in store::queue::list_amendments(conn, &mine)? {
            let name = format!("A{}", own.number);
            let reference = own.reference.as_str();
            items.push(Item {
                title: fl!(l, "queue-amendment", name = name, who = own.who, reference = reference),
                href: format!("/drafts/{}/amendments/{}/disposition", own.reference, own.number),
                words: own.title,
                reference: own.reference,
                since: own.since,
            });
        }
    }
    for own in store::queue::list_stale(conn, actor.account, &seen)? {
        let name = format!("A{}", own.number);
        items.push(Item {
            title: fl!(l, "queue-stale", name = name, reference = own.reference.as_str()),
            href: format!("/drafts/{}/amendments/{}", own.reference, own.number),
            words: own.title,
            reference: own.reference,
            since: own.stale_at.unwrap_or(own.since),
        });
    }
    for own in store::queue::list_pen_requests(conn, actor.account, cx.now)? {
        items.push(Item {
            title: fl!(l, "queue-pen", who = own.who, reference = own.reference.as_str()),
            href: format!("/drafts/{}/pen", own.reference),
            words: own.title,
            reference: own.reference,
            since: own.since,
        });
    }
    items.sort_by(|one, other| (one.since, &one.href).cmp(&(other.since, &other.href)));
    Ok(items)
}

/// Where the page of this address stands in the queue; `None` when it is not
/// in it.
///
/// # Errors
/// When the database cannot be read.
pub fn step(cx: &Cx, conn: &mut DbConn, href: &str) -> Result<Option<Step>, WebError> {
    let items = load(cx, conn)?;
    let Some(at) = items.iter().position(|item| item.href == href) else { return Ok(None) };
    let href_of = |at: usize| items.get(at).map(|item| item.href.clone());
    Ok(Some(Step {
        at: at + 1,
        of: items.len(),
        since: When::date(cx.language, items[at].since),
        previous: at.checked_sub(1).and_then(href_of),
        next: href_of(at + 1),
    }))
}

/// Rows on the page.
const SHOWN: usize = 200;

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let items = load(cx, conn)?;
        let more = items.len() > SHOWN;
        let row = |item: Item| Row { when: When::date(cx.language, item.since), item };
        Ok::<_, WebError>(QueuePage {
            l,
            chrome: cx.chrome(conn, &fl!(l, "queue-title"))?.in_section("desk"),
            rows: items.into_iter().take(SHOWN).map(row).collect(),
            more,
        })
    })?;
    Reply::page(&page)
}
