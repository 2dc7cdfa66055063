//! Mail waiting to be sent: kind, recipient and ids, never a token or a body.

use diesel::prelude::*;

use super::schema::{amendments, comments, contests, outbox};
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::notice::{Notice, NoticeKind};

#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub id: i64,
    pub kind: NoticeKind,
    pub account: Option<AccountId>,
    pub subject: i64,
    pub created_at: Instant,
    pub attempts: i32,
}

pub fn insert(conn: &mut DbConn, notice: &Notice, now: Instant) -> Result<()> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(ids::fresh(now)),
            outbox::kind.eq(notice.kind.as_str()),
            outbox::account_id.eq(notice.account.map(|id| id.0)),
            outbox::subject_id.eq(notice.subject),
            outbox::created_at.eq(now),
            outbox::attempts.eq(0),
            outbox::next_attempt_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Where a notice about a text under way leads: the text, and the rest of the
/// address behind `/drafts/REF`. `None` when its subject is gone.
pub fn find_place(
    conn: &mut DbConn,
    kind: NoticeKind,
    subject: i64,
) -> Result<Option<(RecommendationId, String)>> {
    Ok(match kind {
        NoticeKind::Mentioned | NoticeKind::Answered | NoticeKind::Replied => comments::table
            .filter(comments::id.eq(subject))
            .select(comments::recommendation_id)
            .first::<i64>(conn)
            .optional()?
            .map(|id| (RecommendationId(id), format!("#c{subject}"))),
        NoticeKind::AmendmentAnswered
        | NoticeKind::AmendmentReopened
        | NoticeKind::AmendmentStale
        | NoticeKind::AmendmentWithdrawn
        | NoticeKind::AmendmentReworded => find_amendment(conn, kind, subject)?,
        NoticeKind::Contested | NoticeKind::ContestAnswered => contests::table
            .filter(contests::id.eq(subject))
            .select(contests::recommendation_id)
            .first::<i64>(conn)
            .optional()?
            .map(|id| (RecommendationId(id), format!("/ledger#k{subject}"))),
        NoticeKind::PenAsked | NoticeKind::PenHanded | NoticeKind::PenTaken => {
            Some((RecommendationId(subject), String::new()))
        }
        NoticeKind::Invitation
        | NoticeKind::Reset
        | NoticeKind::Opened
        | NoticeKind::Agreed
        | NoticeKind::Published => None,
    })
}

/// Where an amendment is read, while what is told of it is still so.
fn find_amendment(
    conn: &mut DbConn,
    kind: NoticeKind,
    subject: i64,
) -> Result<Option<(RecommendationId, String)>> {
    type Row = (i64, i32, Option<String>, Option<Instant>, Option<Instant>);
    let found: Option<Row> = amendments::table
        .filter(amendments::id.eq(subject))
        .select((
            amendments::recommendation_id,
            amendments::number,
            amendments::disposition,
            amendments::stale_at,
            amendments::withdrawn_at,
        ))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(id, number, disposition, stale_at, withdrawn_at)| {
        let waits = disposition.is_none() && withdrawn_at.is_none();
        let still = match kind {
            NoticeKind::AmendmentAnswered => disposition.is_some(),
            NoticeKind::AmendmentStale => waits && stale_at.is_some(),
            NoticeKind::AmendmentWithdrawn => withdrawn_at.is_some(),
            _ => waits,
        };
        still.then(|| (RecommendationId(id), format!("/amendments/{number}")))
    }))
}

/// What is due, oldest first.
pub fn list_due(conn: &mut DbConn, now: Instant, limit: i64) -> Result<Vec<Waiting>> {
    Ok(outbox::table
        .filter(outbox::delivered_at.is_null())
        .filter(outbox::failed_at.is_null())
        .filter(outbox::next_attempt_at.le(now))
        .order((outbox::next_attempt_at, outbox::id))
        .limit(limit)
        .select((
            outbox::id,
            outbox::kind,
            outbox::account_id,
            outbox::subject_id,
            outbox::created_at,
            outbox::attempts,
        ))
        .load(conn)?)
}

/// Takes a message for sending until `until`; false when another process has
/// taken it since it was listed.
pub fn claim(conn: &mut DbConn, id: i64, attempts: i32, until: Instant) -> Result<bool> {
    let changed = diesel::update(
        outbox::table
            .filter(outbox::id.eq(id))
            .filter(outbox::attempts.eq(attempts))
            .filter(outbox::delivered_at.is_null()),
    )
    .set((outbox::attempts.eq(attempts + 1), outbox::next_attempt_at.eq(until)))
    .execute(conn)?;
    Ok(changed == 1)
}

pub fn mark_delivered(conn: &mut DbConn, id: i64, now: Instant) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(id)))
        .set((outbox::delivered_at.eq(now), outbox::last_fault.eq(None::<String>)))
        .execute(conn)?;
    Ok(())
}

pub fn postpone(conn: &mut DbConn, id: i64, until: Instant, fault: &str) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(id)))
        .set((outbox::next_attempt_at.eq(until), outbox::last_fault.eq(fault)))
        .execute(conn)?;
    Ok(())
}

pub fn mark_failed(conn: &mut DbConn, id: i64, now: Instant, fault: &str) -> Result<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(id)))
        .set((outbox::failed_at.eq(now), outbox::last_fault.eq(fault)))
        .execute(conn)?;
    Ok(())
}

pub fn count_waiting(conn: &mut DbConn) -> Result<i64> {
    Ok(outbox::table
        .filter(outbox::delivered_at.is_null())
        .filter(outbox::failed_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Messages put in before `before` that are still to be sent.
pub fn count_stuck(conn: &mut DbConn, before: Instant) -> Result<i64> {
    Ok(outbox::table
        .filter(outbox::delivered_at.is_null())
        .filter(outbox::failed_at.is_null())
        .filter(outbox::created_at.le(before))
        .count()
        .get_result(conn)?)
}

/// A message that was given up.
#[derive(Debug, Clone, Queryable)]
pub struct Failed {
    pub kind: NoticeKind,
    pub account: Option<AccountId>,
    pub subject: i64,
    pub failed_at: Option<Instant>,
    pub fault: Option<String>,
}

pub fn count_failed(conn: &mut DbConn, since: Instant) -> Result<i64> {
    Ok(outbox::table.filter(outbox::failed_at.gt(since)).count().get_result(conn)?)
}

/// What was given up lately, newest first.
pub fn list_failed(conn: &mut DbConn, since: Instant, limit: i64) -> Result<Vec<Failed>> {
    Ok(outbox::table
        .filter(outbox::failed_at.gt(since))
        .order(outbox::failed_at.desc())
        .limit(limit)
        .select((
            outbox::kind,
            outbox::account_id,
            outbox::subject_id,
            outbox::failed_at,
            outbox::last_fault,
        ))
        .load(conn)?)
}

/// How the mail about these subjects fares, oldest first: when it was
/// delivered, when it was given up.
pub fn list_fates(
    conn: &mut DbConn,
    kind: NoticeKind,
    subjects: &[i64],
) -> Result<Vec<(i64, Option<Instant>, Option<Instant>)>> {
    Ok(outbox::table
        .filter(outbox::kind.eq(kind.as_str()))
        .filter(outbox::subject_id.eq_any(subjects.to_vec()))
        .order((outbox::created_at, outbox::id))
        .limit(1000)
        .select((outbox::subject_id, outbox::delivered_at, outbox::failed_at))
        .load(conn)?)
}

/// Takes everything put in before `before` for delivered: the mail of a past
/// that was only played.
pub fn settle(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::update(
        outbox::table.filter(outbox::created_at.lt(before)).filter(outbox::delivered_at.is_null()),
    )
    .set(outbox::delivered_at.eq(before))
    .execute(conn)?;
    Ok(())
}
