//! Who is named in a comment, and who can be.

use diesel::prelude::*;

use super::schema::{accounts, memberships, mentions, organisations};
use super::{DbConn, Result};
use crate::domain::ids::{AccountId, CommentId, TrackId};

/// Somebody with a role in a track.
#[derive(Debug, Clone, Queryable)]
pub struct Candidate {
    pub account: AccountId,
    pub name: String,
    pub organisation: String,
}

/// Everybody with a role in the track, by name.
pub fn list_candidates(conn: &mut DbConn, track: TrackId, limit: i64) -> Result<Vec<Candidate>> {
    Ok(accounts::table
        .inner_join(organisations::table)
        .inner_join(memberships::table)
        .filter(memberships::track_id.eq(track.0))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .limit(limit)
        .select((accounts::id, accounts::name, organisations::name))
        .load(conn)?)
}

/// Names somebody in a comment; once, however often it is asked.
pub fn insert(conn: &mut DbConn, comment: CommentId, account: AccountId) -> Result<bool> {
    let own = mentions::table
        .filter(mentions::comment_id.eq(comment.0))
        .filter(mentions::account_id.eq(account.0));
    if diesel::select(diesel::dsl::exists(own)).get_result::<bool>(conn)? {
        return Ok(false);
    }
    diesel::insert_into(mentions::table)
        .values((mentions::comment_id.eq(comment.0), mentions::account_id.eq(account.0)))
        .execute(conn)?;
    Ok(true)
}

/// Who is named in these comments.
pub fn list_of(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<(CommentId, AccountId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(mentions::table
        .inner_join(accounts::table)
        .filter(mentions::comment_id.eq_any(wanted))
        .order((mentions::comment_id, accounts::name, accounts::id))
        .select((mentions::comment_id, accounts::id, accounts::name))
        .load(conn)?)
}
