//! What waits for one person, oldest first: a fixed number of queries,
//! however much it is.

use diesel::prelude::*;

use super::recommendations::under_way;
use super::schema::{
    accounts, amendments, comments, contests, pen_requests, pens, recommendations,
};
use super::{DbConn, Result, amendments as amendment_store, comments as comment_store};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, CommentId, ContestId, TrackId};

/// The most of each kind that are listed.
pub const MOST: i64 = 200;

/// A comment, or a contest, that waits for the chair.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting<Id> {
    pub id: Id,
    pub reference: String,
    pub title: String,
    /// Who said it.
    pub who: String,
    pub words: String,
    pub since: Instant,
}

/// An amendment that waits for the chair, or for its proposer.
#[derive(Debug, Clone, Queryable)]
pub struct WaitingAmendment {
    pub number: i32,
    pub reference: String,
    pub title: String,
    pub who: String,
    pub since: Instant,
    pub stale_at: Option<Instant>,
}

/// Somebody who asks for a pen.
#[derive(Debug, Clone, Queryable)]
pub struct PenRequest {
    pub reference: String,
    pub title: String,
    pub who: String,
    pub since: Instant,
}

/// Unanswered comments in these tracks.
pub fn list_comments(conn: &mut DbConn, tracks: &[TrackId]) -> Result<Vec<Waiting<CommentId>>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(comments::table
        .inner_join(recommendations::table)
        .inner_join(accounts::table)
        .filter(under_way(tracks))
        .filter(comment_store::is_unanswered())
        .order((comments::created_at, comments::id))
        .limit(MOST)
        .select((
            comments::id,
            recommendations::reference,
            recommendations::title,
            accounts::name,
            comments::body,
            comments::created_at,
        ))
        .load(conn)?)
}

/// Unanswered contests in these tracks.
pub fn list_contests(conn: &mut DbConn, tracks: &[TrackId]) -> Result<Vec<Waiting<ContestId>>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(contests::table
        .inner_join(recommendations::table)
        .inner_join(accounts::table)
        .filter(under_way(tracks))
        .filter(contests::answered_at.is_null())
        .order((contests::created_at, contests::id))
        .limit(MOST)
        .select((
            contests::id,
            recommendations::reference,
            recommendations::title,
            accounts::name,
            contests::body,
            contests::created_at,
        ))
        .load(conn)?)
}

#[diesel::dsl::auto_type]
fn waiting_amendments(tracks: Vec<i64>) -> _ {
    let texts: under_way = under_way(tracks);
    let unanswered: amendment_store::is_unanswered = amendment_store::is_unanswered();
    amendments::table
        .inner_join(recommendations::table)
        .inner_join(accounts::table)
        .filter(texts)
        .filter(unanswered)
        .select((
            amendments::number,
            recommendations::reference,
            recommendations::title,
            accounts::name,
            amendments::created_at,
            amendments::stale_at,
        ))
}

/// Unanswered amendments in these tracks that fit the text as it is.
pub fn list_amendments(conn: &mut DbConn, tracks: &[TrackId]) -> Result<Vec<WaitingAmendment>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(waiting_amendments(tracks)
        .filter(amendments::stale_at.is_null())
        .order((amendments::created_at, amendments::id))
        .limit(MOST)
        .load(conn)?)
}

/// One's own amendments that no longer fit the text, in these tracks.
pub fn list_stale(
    conn: &mut DbConn,
    account: AccountId,
    tracks: &[TrackId],
) -> Result<Vec<WaitingAmendment>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(waiting_amendments(tracks)
        .filter(amendments::author_id.eq(account.0))
        .filter(amendments::stale_at.is_not_null())
        .order((amendments::stale_at, amendments::id))
        .limit(MOST)
        .load(conn)?)
}

/// Who asks for a pen that this person holds.
pub fn list_pen_requests(
    conn: &mut DbConn,
    account: AccountId,
    now: Instant,
) -> Result<Vec<PenRequest>> {
    let held = pens::table
        .filter(pens::account_id.eq(account.0))
        .filter(pens::expires_at.gt(now))
        .select(pens::recommendation_id);
    Ok(pen_requests::table
        .inner_join(accounts::table)
        .inner_join(
            recommendations::table.on(recommendations::id.eq(pen_requests::recommendation_id)),
        )
        .filter(pen_requests::recommendation_id.eq_any(held))
        .order((pen_requests::requested_at, pen_requests::account_id))
        .limit(MOST)
        .select((
            recommendations::reference,
            recommendations::title,
            accounts::name,
            pen_requests::requested_at,
        ))
        .load(conn)?)
}
