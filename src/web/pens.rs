//! The pen: who holds it and who reads, on every page of a text, and the page
//! where it goes from hand to hand.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use super::queue::{self, Step};
use super::recommendations::{Head, find};
use crate::actions::{ActionError, pens};
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::pen::{Pen, PenMove, READING};
use crate::domain::permission::{Verb, allows};
use crate::domain::recommendation::Recommendation;
use crate::domain::role::Role;
use crate::domain::stage::Stage;
use crate::i18n::{Loader, format};
use crate::store::pens::Move;
use crate::store::{self, DbConn};

/// Moves that the page shows.
const PAGE: i64 = 100;

/// What the bar says, in whole sentences, so that a script can put newer ones
/// in their place.
pub struct PenBar {
    pub pen: String,
    /// Empty while nobody else reads.
    pub readers: String,
    pub mine: bool,
    /// Whether somebody other than the asker holds it.
    pub elsewhere: bool,
    /// Since when, for the notice in the editor.
    pub since: Option<When>,
    pub may_take: bool,
    pub asked: bool,
}

impl PenBar {
    /// `None` for a text nobody can write in any more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load(
        cx: &Cx,
        conn: &mut DbConn,
        own: &Recommendation,
    ) -> Result<Option<Self>, WebError> {
        if !matches!(own.stage, Stage::Draft | Stage::Open) {
            return Ok(None);
        }
        let actor = cx.actor()?;
        let pen = store::pens::find(conn, own.id)?.filter(|pen| pen.is_held(cx.now));
        let mine = pen.as_ref().is_some_and(|pen| pen.account == actor.account);
        let elsewhere = pen.is_some() && !mine;
        let may_take = allows(actor, Verb::TakePen, &own.object());
        let asked = elsewhere && may_take && {
            let requests = store::pens::list_requests(conn, own.id)?;
            requests.iter().any(|(account, ..)| *account == actor.account)
        };
        let readers = store::readings::list(conn, own.id, cx.now - READING)?;
        Ok(Some(Self {
            pen: pen_sentence(cx.l(), pen.as_ref(), actor.account),
            readers: readers_sentence(cx.l(), &readers, actor.account),
            mine,
            elsewhere,
            since: pen.map(|pen| When::time(cx.language, pen.taken_at)),
            may_take,
            asked,
        }))
    }
}

/// Who holds the pen, as one sentence.
#[must_use]
pub fn pen_sentence(l: &Loader, pen: Option<&Pen>, reader: AccountId) -> String {
    match pen {
        None => fl!(l, "pen-bar-free"),
        Some(pen) if pen.account == reader => {
            fl!(l, "pen-bar-mine", until = format::time(pen.expires_at))
        }
        Some(pen) => fl!(
            l,
            "pen-bar-held",
            who = pen.name.as_str(),
            organisation = pen.organisation.as_str(),
            until = format::time(pen.expires_at)
        ),
    }
}

/// Who else is reading, as one sentence; empty when nobody is.
#[must_use]
pub fn readers_sentence(l: &Loader, of: &[(AccountId, String)], reader: AccountId) -> String {
    let others = of.iter().filter(|(account, _)| *account != reader);
    let names: Vec<&str> = others.map(|(_, name)| name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    fl!(l, "pen-bar-readers", names = names.join(", "))
}

#[derive(Template)]
#[template(path = "drafts/pen.html")]
struct PenPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    /// Where a request for it stands in its holder's queue.
    step: Option<Step>,
    holder: Option<Holder>,
    may_take: bool,
    may_give: bool,
    /// Set when the asker has asked for it.
    asked: Option<When>,
    requests: Vec<(String, When)>,
    drafters: Vec<(String, String)>,
    to: String,
    reason: String,
    moves: Vec<MoveRow>,
    token: String,
}

struct Holder {
    name: String,
    organisation: String,
    since: When,
    until: When,
    mine: bool,
}

struct MoveRow {
    sentence: String,
    reason: String,
    when: When,
}

/// What was typed into the forms of the page.
#[derive(Default)]
struct Typed {
    to: String,
    reason: String,
}

fn page<'a>(cx: &'a Cx, faults: &Faults, typed: Typed) -> Result<PenPage<'a>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let title = format!("{}: {}", fl!(l, "pen-title"), own.reference);
        let pen = store::pens::find(conn, own.id)?.filter(|pen| pen.is_held(cx.now));
        let mine = pen.as_ref().is_some_and(|pen| pen.account == actor.account);
        let may_take = allows(actor, Verb::TakePen, &own.object());
        let may_give = may_take && (mine || allows(actor, Verb::GivePen, &own.object()));
        let requests = store::pens::list_requests(conn, own.id)?;
        let own_request = requests.iter().find(|(account, ..)| *account == actor.account);
        let asked = own_request.map(|(.., at)| When::time(cx.language, *at));
        let drafters = if may_give { drafters(conn, &own, pen.as_ref())? } else { Vec::new() };
        let moves = store::pens::list_moves(conn, own.id, PAGE)?;
        Ok(PenPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "pen")?,
            errors: cx.errors(faults),
            step: queue::step(cx, conn, &cx.path)?,
            holder: pen.map(|pen| Holder {
                mine,
                since: When::time(cx.language, pen.taken_at),
                until: When::time(cx.language, pen.expires_at),
                name: pen.name,
                organisation: pen.organisation,
            }),
            may_take,
            may_give,
            asked,
            requests: requests
                .into_iter()
                .map(|(_, name, at)| (name, When::time(cx.language, at)))
                .collect(),
            drafters,
            to: typed.to,
            reason: typed.reason,
            moves: move_rows(cx, conn, moves)?,
            token: cx.form_token(),
        })
    })
}

/// Who could be given the pen: the track's drafters and chairs, without its
/// holder.
fn drafters(
    conn: &mut DbConn,
    own: &Recommendation,
    pen: Option<&Pen>,
) -> Result<Vec<(String, String)>, WebError> {
    let mut members = store::accounts::list_members(conn, own.track, Role::Drafter)?;
    members.retain(|account| pen.is_none_or(|pen| pen.account != *account));
    let names = store::pens::list_names(conn, &members)?;
    Ok(names.into_iter().map(|(account, name)| (account.to_string(), name)).collect())
}

fn move_rows(cx: &Cx, conn: &mut DbConn, moves: Vec<Move>) -> Result<Vec<MoveRow>, WebError> {
    let l = cx.l();
    let mut of: Vec<AccountId> =
        moves.iter().flat_map(|own| [own.from, own.to]).flatten().collect();
    of.sort_unstable();
    of.dedup();
    let names = store::pens::list_names(conn, &of)?;
    let name = |account: Option<AccountId>| {
        let found = names.iter().find(|(own, _)| Some(*own) == account);
        found.map_or("–", |(_, name)| name.as_str())
    };
    let row = |own: Move| MoveRow {
        sentence: match own.kind {
            PenMove::Taken => fl!(l, "pen-move-taken", to = name(own.to)),
            PenMove::Handed if own.from.is_none() => {
                fl!(l, "pen-move-handed-free", to = name(own.to))
            }
            PenMove::Handed => {
                fl!(l, "pen-move-handed", from = name(own.from), to = name(own.to))
            }
            PenMove::Seized => {
                fl!(l, "pen-move-seized", from = name(own.from), to = name(own.to))
            }
            PenMove::Released => fl!(l, "pen-move-released", from = name(own.from)),
        },
        when: When::time(cx.language, own.at),
        reason: own.reason,
    };
    Ok(moves.into_iter().map(row).collect())
}

pub fn show(cx: &Cx) -> Answer {
    Reply::page(&page(cx, &Faults::default(), Typed::default())?)
}

/// Takes it if it is free, and opens the editor either way: there one reads
/// who holds it.
pub fn take(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    // To take it twice is to take it once.
    form.take("once");
    form.finish()?;
    let reference = cx.param("reference");
    let held = cx.write(|conn| pens::take(conn, actor, reference, cx.now))?;
    let edit = format!("/drafts/{reference}/edit");
    Ok(Reply::see_other(if held { edit } else { format!("{edit}#pen") }))
}

/// Carries out `verb` once; a refused form is the page again.
fn change(
    cx: &Cx,
    once: &str,
    done: &str,
    typed: Typed,
    verb: impl FnOnce(&mut DbConn, &str) -> Result<(), ActionError>,
) -> Answer {
    let reference = cx.param("reference");
    let outcome = cx.once(once, |conn| {
        verb(conn, reference)?;
        Ok(format!("/drafts/{reference}/{done}"))
    });
    match outcome {
        Err(ActionError::Faults(faults)) => Reply::refused(&page(cx, &faults, typed)?),
        other => Ok(other?),
    }
}

pub fn ask(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    change(cx, &once, "pen?done=pen-asked", Typed::default(), |conn, reference| {
        pens::ask(conn, actor, reference, cx.now)
    })
}

pub fn hand(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, to) = (form.take("once"), form.take("to"));
    form.finish()?;
    let account = to.parse().ok();
    let typed = Typed { to, ..Typed::default() };
    change(cx, &once, "pen?done=pen-handed", typed, |conn, reference| {
        pens::hand(conn, actor, reference, account, cx.now)
    })
}

pub fn seize(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, reason) = (form.take("once"), form.take("reason"));
    form.finish()?;
    let typed = Typed { reason: reason.clone(), ..Typed::default() };
    change(cx, &once, "edit?done=pen-taken", typed, |conn, reference| {
        pens::seize(conn, actor, reference, &reason, cx.now)
    })
}

pub fn release(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    change(cx, &once, "pen?done=pen-released", Typed::default(), |conn, reference| {
        pens::release(conn, actor, reference, cx.now)
    })
}
