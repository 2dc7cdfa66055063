//! Contests: an author does not take an answer as it is, and is answered.

use diesel::prelude::*;

use super::recommendations::under_way;
use super::schema::{accounts, contests, recommendations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{
    AccountId, AmendmentId, CommentId, ContestId, OrganisationId, RecommendationId, TrackId,
};

#[derive(Debug, Clone, Queryable)]
pub struct Contest {
    pub id: ContestId,
    pub recommendation: RecommendationId,
    /// What it is about: one of the two.
    pub comment: Option<CommentId>,
    pub amendment: Option<AmendmentId>,
    pub account: AccountId,
    pub author_name: String,
    pub organisation: OrganisationId,
    pub body: String,
    pub created_at: Instant,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<Instant>,
}

/// What is contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contested {
    Comment(CommentId),
    Amendment(AmendmentId),
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    contests::table.inner_join(accounts::table).select((
        contests::id,
        contests::recommendation_id,
        contests::comment_id,
        contests::amendment_id,
        contests::account_id,
        accounts::name,
        accounts::organisation_id,
        contests::body,
        contests::created_at,
        contests::answer,
        contests::answered_by,
        contests::answered_at,
    ))
}

pub fn find(conn: &mut DbConn, id: ContestId) -> Result<Option<Contest>> {
    Ok(whole().filter(contests::id.eq(id.0)).first(conn).optional()?)
}

pub fn find_of(conn: &mut DbConn, of: Contested) -> Result<Option<Contest>> {
    Ok(match of {
        Contested::Comment(id) => {
            whole().filter(contests::comment_id.eq(id.0)).first(conn).optional()?
        }
        Contested::Amendment(id) => {
            whole().filter(contests::amendment_id.eq(id.0)).first(conn).optional()?
        }
    })
}

/// Every contest of a recommendation, oldest first.
pub fn list_of(conn: &mut DbConn, of: RecommendationId, limit: i64) -> Result<Vec<Contest>> {
    Ok(whole()
        .filter(contests::recommendation_id.eq(of.0))
        .order((contests::created_at, contests::id))
        .limit(limit)
        .load(conn)?)
}

/// The contests of several recommendations, oldest first.
pub fn list_of_many(
    conn: &mut DbConn,
    of: &[RecommendationId],
    limit: i64,
) -> Result<Vec<Contest>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(whole()
        .filter(contests::recommendation_id.eq_any(wanted))
        .order((contests::created_at, contests::id))
        .limit(limit)
        .load(conn)?)
}

/// Unanswered contests in these tracks, oldest first.
pub fn list_waiting(conn: &mut DbConn, tracks: &[TrackId], limit: i64) -> Result<Vec<Contest>> {
    let wanted: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    let texts = recommendations::table.filter(under_way(wanted)).select(recommendations::id);
    Ok(whole()
        .filter(contests::recommendation_id.eq_any(texts))
        .filter(contests::answered_at.is_null())
        .order((contests::created_at, contests::id))
        .limit(limit)
        .load(conn)?)
}

pub fn count_unanswered(conn: &mut DbConn, of: RecommendationId) -> Result<i64> {
    Ok(contests::table
        .filter(contests::recommendation_id.eq(of.0))
        .filter(contests::answered_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Puts an author's contest on record; a second one of the same answer breaks
/// the table's rule.
pub fn insert(
    conn: &mut DbConn,
    id: ContestId,
    recommendation: RecommendationId,
    of: Contested,
    account: AccountId,
    body: &str,
    now: Instant,
) -> Result<()> {
    let (comment, amendment) = match of {
        Contested::Comment(id) => (Some(id.0), None),
        Contested::Amendment(id) => (None, Some(id.0)),
    };
    diesel::insert_into(contests::table)
        .values((
            contests::id.eq(id.0),
            contests::recommendation_id.eq(recommendation.0),
            contests::comment_id.eq(comment),
            contests::amendment_id.eq(amendment),
            contests::account_id.eq(account.0),
            contests::body.eq(body),
            contests::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Records the chair's answer; false when there is one already.
pub fn answer(
    conn: &mut DbConn,
    id: ContestId,
    answer: &str,
    by: AccountId,
    now: Instant,
) -> Result<bool> {
    let own = contests::table.filter(contests::id.eq(id.0)).filter(contests::answered_at.is_null());
    let changed = diesel::update(own)
        .set((
            contests::answer.eq(answer),
            contests::answered_by.eq(by.0),
            contests::answered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// How many days an author may contest an answer.
pub fn set_days(conn: &mut DbConn, id: RecommendationId, days: i32) -> Result<()> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(id.0)))
        .set(recommendations::contest_days.eq(days))
        .execute(conn)?;
    Ok(())
}
