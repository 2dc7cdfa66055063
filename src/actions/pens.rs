//! The pen goes from hand to hand: taken when free, asked for, handed over,
//! taken from its holder with a reason, put down.

use super::recommendations::{check_reason, load};
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::notice::NoticeKind;
use crate::domain::pen::{LEASE, PenMove};
use crate::domain::permission::{Standing, Verb, allows, may};
use crate::domain::recommendation::Recommendation;
use crate::domain::role::Role;
use crate::store::pens::{self, Move};
use crate::store::{self, DbConn};

/// Takes the pen if it is free, renews the lease if it is the actor's; false
/// when somebody else holds it.
///
/// # Errors
/// `NotFound` without the right, `Conflict` at another stage.
pub fn take(conn: &mut DbConn, actor: &Actor, reference: &str, now: Instant) -> Result<bool> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::TakePen, &own.object())?;
    keep(conn, actor, &own, now)
}

/// As [`take`], for a verb that has asked for its own right: who writes holds
/// the pen, unless somebody else does.
///
/// # Errors
/// When the database refuses.
pub(crate) fn keep(
    conn: &mut DbConn,
    actor: &Actor,
    own: &Recommendation,
    now: Instant,
) -> Result<bool> {
    let before = pens::find(conn, own.id)?;
    if !pens::claim(conn, own.id, actor.account, now, now + LEASE)? {
        return Ok(false);
    }
    let renewed = before.as_ref().is_some_and(|pen| pen.is_held_by(actor.account, now));
    if !renewed {
        let from = before.map(|pen| pen.account).filter(|account| *account != actor.account);
        let step = (PenMove::Taken, AuditVerb::PenTaken);
        note(conn, actor, own, step, from, Some(actor.account), "", now)?;
    }
    Ok(true)
}

/// Notes who reads a text now: news for some seconds, not history.
///
/// # Errors
/// When the database refuses.
pub fn note_reading(
    conn: &mut DbConn,
    id: RecommendationId,
    of: &[AccountId],
    now: Instant,
) -> store::Result<()> {
    of.iter().try_for_each(|account| store::readings::touch(conn, id, *account, now))
}

/// Asks the holder for the pen.
///
/// # Errors
/// `Conflict` when nobody holds it: it can be taken.
pub fn ask(conn: &mut DbConn, actor: &Actor, reference: &str, now: Instant) -> Result<()> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::TakePen, &own.object())?;
    let pen = pens::find(conn, own.id)?.filter(|pen| pen.is_held(now));
    let pen = pen.ok_or(ActionError::Conflict("conflict-pen-free"))?;
    if pen.account != actor.account && pens::insert_request(conn, own.id, actor.account, now)? {
        let by = By::account(actor.account);
        notify(conn, NoticeKind::PenAsked, own.id.0, &[pen.account], by, now)?;
        let object = (AuditObject::Recommendation, own.id.0);
        record(conn, by, AuditVerb::PenAsked, object, Some(own.track), now)?;
    }
    Ok(())
}

/// Gives the pen to a drafter of the track: its holder may, and a chair.
///
/// # Errors
/// A fault of `to` who cannot hold it; `NotFound` for who may not give it.
pub fn hand(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    to: Option<AccountId>,
    now: Instant,
) -> Result<()> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::TakePen, &own.object())?;
    let pen = pens::find(conn, own.id)?.filter(|pen| pen.is_held(now));
    let holds = pen.as_ref().is_some_and(|pen| pen.account == actor.account);
    if !holds && !allows(actor, Verb::GivePen, &own.object()) {
        return Err(ActionError::Conflict("conflict-pen-not-yours"));
    }
    let drafters = store::accounts::list_members(conn, own.track, Role::Drafter)?;
    let to = to.filter(|to| drafters.contains(to));
    let to = to.ok_or_else(|| Faults::one("to", "fault-choose"))?;
    pens::assign(conn, own.id, to, now, now + LEASE)?;
    let from = pen.map(|pen| pen.account);
    let step = (PenMove::Handed, AuditVerb::PenHanded);
    note(conn, actor, &own, step, from, Some(to), "", now)?;
    let by = By::account(actor.account);
    notify(conn, NoticeKind::PenHanded, own.id.0, &[to], by, now)?;
    // A chair who gives it away tells whoever had it.
    let before: Vec<AccountId> = from.into_iter().filter(|from| *from != to).collect();
    notify(conn, NoticeKind::PenTaken, own.id.0, &before, by, now)?;
    Ok(())
}

/// Takes the pen from its holder; the reason stays on record.
///
/// # Errors
/// A fault of `reason`.
pub fn seize(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    reason: &str,
    now: Instant,
) -> Result<()> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::TakePen, &own.object())?;
    let held = pens::find(conn, own.id)?.filter(|pen| pen.is_held(now));
    let Some(pen) = held.filter(|pen| pen.account != actor.account) else {
        // It fell free meanwhile, or is theirs: nothing to explain.
        keep(conn, actor, &own, now)?;
        return Ok(());
    };
    let reason = check_reason(reason)?;
    pens::assign(conn, own.id, actor.account, now, now + LEASE)?;
    let step = (PenMove::Seized, AuditVerb::PenSeized);
    note(conn, actor, &own, step, Some(pen.account), Some(actor.account), &reason, now)?;
    let by = By::account(actor.account);
    Ok(notify(conn, NoticeKind::PenTaken, own.id.0, &[pen.account], by, now)?)
}

/// Puts the pen down.
///
/// # Errors
/// `NotFound` without the right; nothing happens when it is not theirs.
pub fn release(conn: &mut DbConn, actor: &Actor, reference: &str, now: Instant) -> Result<()> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::TakePen, &own.object())?;
    let pen = pens::find(conn, own.id)?;
    if pen.is_some_and(|pen| pen.is_held_by(actor.account, now)) {
        pens::release(conn, own.id)?;
        let step = (PenMove::Released, AuditVerb::PenReleased);
        note(conn, actor, &own, step, Some(actor.account), None, "", now)?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "one row of the history")]
fn note(
    conn: &mut DbConn,
    actor: &Actor,
    own: &Recommendation,
    (kind, verb): (PenMove, AuditVerb),
    from: Option<AccountId>,
    to: Option<AccountId>,
    reason: &str,
    now: Instant,
) -> Result<()> {
    let step = Move { kind, from, to, reason: reason.to_owned(), at: now };
    pens::insert_move(conn, own.id, &step)?;
    if let Some(to) = to {
        pens::forget_request(conn, own.id, to)?;
    }
    let standing = may(actor, Verb::TakePen, &own.object()).unwrap_or(Standing::Own);
    let object = (AuditObject::Recommendation, own.id.0);
    Ok(record(conn, By::standing(actor.account, standing), verb, object, Some(own.track), now)?)
}
