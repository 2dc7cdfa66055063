//! Comments, replies and their dispositions.

use diesel::prelude::*;

use super::schema::{accounts, comments, organisations, recommendations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::comment::{Anchor, Disposition};
use crate::domain::ids::{AccountId, CommentId, OrganisationId, RecommendationId, TrackId};
use crate::domain::role::{AttributionRule, Capacity};

/// A comment or reply as those with a role in the track see it.
#[derive(Debug, Clone, Queryable)]
pub struct Comment {
    pub id: CommentId,
    pub recommendation: RecommendationId,
    pub parent: Option<CommentId>,
    pub revision: i32,
    pub section: Option<String>,
    pub position: Option<i32>,
    pub quote: Option<String>,
    pub body: String,
    pub html: String,
    pub author: AccountId,
    pub author_name: String,
    pub organisation_name: String,
    pub capacity: Capacity,
    pub created_at: Instant,
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
    pub disposed_by: Option<AccountId>,
    pub disposed_at: Option<Instant>,
}

impl Comment {
    /// Where it was put; `None` for a comment on the whole.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor> {
        let (section, position, quote) =
            (self.section.clone()?, self.position?, self.quote.clone()?);
        Some(Anchor { section, position, quote })
    }

    /// Whether the chair still owes an answer (replies need none).
    #[must_use]
    pub const fn is_unanswered(&self) -> bool {
        self.parent.is_none() && self.disposition.is_none()
    }
}

/// A comment about to be stored.
pub struct NewComment<'a> {
    pub id: CommentId,
    pub recommendation: RecommendationId,
    pub parent: Option<CommentId>,
    pub revision: i32,
    pub anchor: Option<&'a Anchor>,
    pub body: &'a str,
    pub html: &'a str,
    pub renderer: i32,
    pub author: AccountId,
    pub organisation: OrganisationId,
    pub capacity: Capacity,
    pub rule: AttributionRule,
}

pub fn insert(conn: &mut DbConn, comment: &NewComment<'_>, now: Instant) -> Result<()> {
    diesel::insert_into(comments::table)
        .values((
            comments::id.eq(comment.id.0),
            comments::recommendation_id.eq(comment.recommendation.0),
            comments::parent_id.eq(comment.parent.map(|id| id.0)),
            comments::revision.eq(comment.revision),
            comments::section.eq(comment.anchor.map(|anchor| anchor.section.as_str())),
            comments::position.eq(comment.anchor.map(|anchor| anchor.position)),
            comments::quote.eq(comment.anchor.map(|anchor| anchor.quote.as_str())),
            comments::body.eq(comment.body),
            comments::html.eq(comment.html),
            comments::renderer.eq(comment.renderer),
            comments::author_id.eq(comment.author.0),
            comments::organisation_id.eq(comment.organisation.0),
            comments::capacity.eq(comment.capacity.as_str()),
            comments::attribution_rule.eq(comment.rule.as_str()),
            comments::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    comments::table.inner_join(accounts::table).inner_join(organisations::table).select((
        comments::id,
        comments::recommendation_id,
        comments::parent_id,
        comments::revision,
        comments::section,
        comments::position,
        comments::quote,
        comments::body,
        comments::html,
        comments::author_id,
        accounts::name,
        organisations::name,
        comments::capacity,
        comments::created_at,
        comments::disposition,
        comments::reason,
        comments::disposed_by,
        comments::disposed_at,
    ))
}

/// The whole discussion of a recommendation, oldest first.
pub fn list_of(
    conn: &mut DbConn,
    recommendation: RecommendationId,
    limit: i64,
) -> Result<Vec<Comment>> {
    Ok(whole()
        .filter(comments::recommendation_id.eq(recommendation.0))
        .order((comments::created_at, comments::id))
        .limit(limit)
        .load(conn)?)
}

pub fn find(conn: &mut DbConn, id: CommentId) -> Result<Option<Comment>> {
    Ok(whole().filter(comments::id.eq(id.0)).first(conn).optional()?)
}

/// Top-level comments without a disposition.
pub fn count_unanswered(conn: &mut DbConn, recommendation: RecommendationId) -> Result<i64> {
    Ok(comments::table
        .filter(comments::recommendation_id.eq(recommendation.0))
        .filter(comments::parent_id.is_null())
        .filter(comments::disposition.is_null())
        .count()
        .get_result(conn)?)
}

/// How many comments (replies included) and how many unanswered ones each
/// recommendation of a list has.
pub fn count_of_many(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, i64, i64)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    let all: Vec<(RecommendationId, i64)> = comments::table
        .filter(comments::recommendation_id.eq_any(wanted.clone()))
        .group_by(comments::recommendation_id)
        .select((comments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let unanswered: Vec<(RecommendationId, i64)> = comments::table
        .filter(comments::recommendation_id.eq_any(wanted))
        .filter(comments::parent_id.is_null())
        .filter(comments::disposition.is_null())
        .group_by(comments::recommendation_id)
        .select((comments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let waiting = |id| unanswered.iter().find(|(own, _)| *own == id).map_or(0, |(_, n)| *n);
    Ok(all.into_iter().map(|(id, n)| (id, n, waiting(id))).collect())
}

/// The oldest unanswered comment of each recommendation in these tracks.
pub fn list_waiting(
    conn: &mut DbConn,
    tracks: &[TrackId],
) -> Result<Vec<(RecommendationId, Option<Instant>, i64)>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(comments::table
        .inner_join(recommendations::table)
        .filter(recommendations::track_id.eq_any(tracks))
        .filter(recommendations::stage.eq_any(["draft", "open"]))
        .filter(comments::parent_id.is_null())
        .filter(comments::disposition.is_null())
        .group_by(comments::recommendation_id)
        .select((
            comments::recommendation_id,
            diesel::dsl::min(comments::created_at),
            diesel::dsl::count_star(),
        ))
        .load(conn)?)
}

/// The newest replies of others to comments of `account`.
pub fn list_replies_to(conn: &mut DbConn, account: AccountId, limit: i64) -> Result<Vec<Comment>> {
    let mine = comments::table
        .filter(comments::author_id.eq(account.0))
        .filter(comments::parent_id.is_null())
        .order(comments::created_at.desc())
        .limit(500)
        .select(comments::id)
        .load::<i64>(conn)?;
    Ok(whole()
        .filter(comments::parent_id.eq_any(mine))
        .filter(comments::author_id.ne(account.0))
        .order(comments::created_at.desc())
        .limit(limit)
        .load(conn)?)
}

/// The newest answers to comments of `account`.
pub fn list_answered(conn: &mut DbConn, account: AccountId, limit: i64) -> Result<Vec<Comment>> {
    Ok(whole()
        .filter(comments::author_id.eq(account.0))
        .filter(comments::disposition.is_not_null())
        .order(comments::disposed_at.desc())
        .limit(limit)
        .load(conn)?)
}

/// Records the answer to a comment, or changes it.
pub fn dispose(
    conn: &mut DbConn,
    id: CommentId,
    disposition: Disposition,
    reason: &str,
    by: AccountId,
    now: Instant,
) -> Result<()> {
    diesel::update(comments::table.filter(comments::id.eq(id.0)))
        .set((
            comments::disposition.eq(disposition.as_str()),
            comments::reason.eq(reason),
            comments::disposed_by.eq(by.0),
            comments::disposed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Names of the accounts that answered, for a discussion.
pub fn names_of(conn: &mut DbConn, of: &[AccountId]) -> Result<Vec<(AccountId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(accounts::table
        .filter(accounts::id.eq_any(wanted))
        .select((accounts::id, accounts::name))
        .load(conn)?)
}

/// What some comments are on, for a log.
pub fn references_of(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<(CommentId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(comments::table
        .inner_join(recommendations::table)
        .filter(comments::id.eq_any(wanted))
        .select((comments::id, recommendations::reference))
        .load(conn)?)
}
