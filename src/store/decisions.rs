//! Every answer ever given to a comment or an amendment, the undone ones too.

use diesel::prelude::*;

use super::schema::{accounts, decisions};
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::comment::Disposition;
use crate::domain::ids::{AccountId, AmendmentId, CommentId, DecisionId, RecommendationId};

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Comment(CommentId),
    Amendment(AmendmentId),
}

/// An answer about to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct NewDecision<'a> {
    pub recommendation: RecommendationId,
    pub subject: Subject,
    pub disposition: Disposition,
    pub reason: &'a str,
    pub account: AccountId,
    /// The revision that carried it out.
    pub revision: Option<i32>,
}

/// An answer as it was given.
#[derive(Debug, Clone, Queryable)]
pub struct Decision {
    pub id: DecisionId,
    pub comment: Option<CommentId>,
    pub amendment: Option<AmendmentId>,
    pub disposition: Disposition,
    pub reason: String,
    pub account: AccountId,
    pub account_name: String,
    pub created_at: Instant,
    pub revision: Option<i32>,
    pub undone_at: Option<Instant>,
    pub undone_by: Option<AccountId>,
}

pub fn insert(conn: &mut DbConn, new: &NewDecision<'_>, now: Instant) -> Result<DecisionId> {
    let id = DecisionId(ids::fresh(now));
    let (comment, amendment) = match new.subject {
        Subject::Comment(id) => (Some(id.0), None),
        Subject::Amendment(id) => (None, Some(id.0)),
    };
    diesel::insert_into(decisions::table)
        .values((
            decisions::id.eq(id.0),
            decisions::recommendation_id.eq(new.recommendation.0),
            decisions::comment_id.eq(comment),
            decisions::amendment_id.eq(amendment),
            decisions::disposition.eq(new.disposition.as_str()),
            decisions::reason.eq(new.reason),
            decisions::account_id.eq(new.account.0),
            decisions::created_at.eq(now),
            decisions::revision.eq(new.revision),
        ))
        .execute(conn)?;
    Ok(id)
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    decisions::table.inner_join(accounts::table).select((
        decisions::id,
        decisions::comment_id,
        decisions::amendment_id,
        decisions::disposition,
        decisions::reason,
        decisions::account_id,
        accounts::name,
        decisions::created_at,
        decisions::revision,
        decisions::undone_at,
        decisions::undone_by,
    ))
}

/// The answers of one comment or amendment, oldest first.
pub fn list_of(conn: &mut DbConn, subject: Subject, limit: i64) -> Result<Vec<Decision>> {
    let query = whole().order((decisions::created_at, decisions::id)).limit(limit);
    Ok(match subject {
        Subject::Comment(id) => query.filter(decisions::comment_id.eq(id.0)).load(conn)?,
        Subject::Amendment(id) => query.filter(decisions::amendment_id.eq(id.0)).load(conn)?,
    })
}

/// The newest answers of a recommendation that stand, newest first.
pub fn list_standing(conn: &mut DbConn, of: RecommendationId, limit: i64) -> Result<Vec<Decision>> {
    Ok(whole()
        .filter(decisions::recommendation_id.eq(of.0))
        .filter(decisions::undone_at.is_null())
        .order((decisions::created_at.desc(), decisions::id.desc()))
        .limit(limit)
        .load(conn)?)
}

/// Marks the answers of these amendments as undone, those that stand.
pub fn undo_of(
    conn: &mut DbConn,
    of: &[AmendmentId],
    by: AccountId,
    now: Instant,
) -> Result<usize> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(diesel::update(
        decisions::table
            .filter(decisions::amendment_id.eq_any(wanted))
            .filter(decisions::undone_at.is_null()),
    )
    .set((decisions::undone_at.eq(now), decisions::undone_by.eq(by.0)))
    .execute(conn)?)
}
