//! Contests: an author contests an answer once, within the days the chair
//! set, and is answered on the record.

use super::recommendations::load;
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::{MOST_CONTEST_DAYS, check_words, contestable_until};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, CommentId, ContestId};
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Verb, may};
use crate::domain::recommendation::Recommendation;
use crate::store::contests::{Contest, Contested};
use crate::store::{self, DbConn, ids};

/// Contests the answer to one's own comment.
///
/// # Errors
/// A fault of `body`; `NotFound` for somebody else's comment; `Conflict` when
/// there is no answer, when it was contested before, or when the time for it
/// is over.
pub fn contest_comment(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    comment: CommentId,
    body: &str,
    now: Instant,
) -> Result<ContestId> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::Contest, &own.object())?;
    let comment = super::comments::find_top_level(conn, &own, comment)?;
    if comment.author != actor.account {
        return Err(ActionError::NotFound);
    }
    let (Some(at), Some(by)) = (comment.disposed_at, comment.disposed_by) else {
        return Err(ActionError::Conflict("conflict-contest-nothing"));
    };
    contest(conn, actor, &own, Contested::Comment(comment.id), (at, by), body, now)
}

/// Contests the answer to one's own amendment.
///
/// # Errors
/// As [`contest_comment`].
pub fn contest_amendment(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
    body: &str,
    now: Instant,
) -> Result<ContestId> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::Contest, &own.object())?;
    let amendment = store::amendments::find(conn, own.id, number)?;
    let amendment = amendment
        .filter(|amendment| amendment.author == actor.account)
        .ok_or(ActionError::NotFound)?;
    let (Some(at), Some(by)) = (amendment.disposed_at, amendment.disposed_by) else {
        return Err(ActionError::Conflict("conflict-contest-nothing"));
    };
    contest(conn, actor, &own, Contested::Amendment(amendment.id), (at, by), body, now)
}

/// Contests an answer that was given at an instant by somebody, its author and
/// right already asked.
fn contest(
    conn: &mut DbConn,
    actor: &Actor,
    own: &Recommendation,
    of: Contested,
    (answered_at, answered_by): (Instant, AccountId),
    body: &str,
    now: Instant,
) -> Result<ContestId> {
    if store::contests::find_of(conn, of)?.is_some() {
        return Err(ActionError::Conflict("conflict-contested-before"));
    }
    if now > contestable_until(answered_at, own.contest_days) {
        return Err(ActionError::Conflict("conflict-contest-late"));
    }
    let mut faults = Faults::default();
    let body = check_words(&mut faults, "body", body);
    let body = faults.into_result(body)?;
    let id = ContestId(ids::fresh(now));
    store::contests::insert(conn, id, own.id, of, actor.account, &body, now)?;
    let by = By::account(actor.account);
    notify(conn, NoticeKind::Contested, id.0, &[answered_by], by, now)?;
    record(conn, by, AuditVerb::Contested, (AuditObject::Contest, id.0), Some(own.track), now)?;
    Ok(id)
}

/// The contest, if it is one of this text.
///
/// # Errors
/// `NotFound` otherwise.
pub fn find(conn: &mut DbConn, own: &Recommendation, id: ContestId) -> Result<Contest> {
    let found = store::contests::find(conn, id)?;
    found.filter(|found| found.recommendation == own.id).ok_or(ActionError::NotFound)
}

/// Answers a contest on the record; its author is told.
///
/// # Errors
/// A fault of `body`; `Conflict` when it was answered meanwhile.
pub fn answer(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    id: ContestId,
    body: &str,
    now: Instant,
) -> Result<()> {
    let own = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &own.object())?;
    let contest = find(conn, &own, id)?;
    let mut faults = Faults::default();
    let body = check_words(&mut faults, "body", body);
    let body = faults.into_result(body)?;
    if !store::contests::answer(conn, id, &body, actor.account, now)? {
        return Err(ActionError::Conflict("conflict-contest-answered"));
    }
    let by = By::standing(actor.account, standing);
    notify(conn, NoticeKind::ContestAnswered, id.0, &[contest.account], by, now)?;
    let object = (AuditObject::Contest, id.0);
    Ok(record(conn, by, AuditVerb::ContestAnswered, object, Some(own.track), now)?)
}

/// Sets for how many days an answer can be contested; 0 for not at all.
///
/// # Errors
/// A fault of `days`.
pub fn set_days(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    days: Option<i32>,
    now: Instant,
) -> Result<()> {
    let own = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &own.object())?;
    let Some(days) = days.filter(|days| (0..=MOST_CONTEST_DAYS).contains(days)) else {
        let mut faults = Faults::default();
        faults.add_n("days", "fault-contest-days", MOST_CONTEST_DAYS.unsigned_abs() as usize);
        return Err(faults.into());
    };
    store::contests::set_days(conn, own.id, days)?;
    let by = By::standing(actor.account, standing);
    let object = (AuditObject::Recommendation, own.id.0);
    Ok(record(conn, by, AuditVerb::Changed, object, Some(own.track), now)?)
}
