//! Single-use addresses (invitation, reset, set-up): hashes only.

use diesel::prelude::*;

use super::schema::tokens;
use super::{DbConn, Result, ids};
use crate::domain::{Instant, text_enum};

text_enum!(
    /// What a token opens.
    Purpose { Invitation = "invitation", Reset = "reset", SetUp = "set-up" }
);

pub fn insert(
    conn: &mut DbConn,
    purpose: Purpose,
    subject: i64,
    hash: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    diesel::insert_into(tokens::table)
        .values((
            tokens::id.eq(ids::fresh(now)),
            tokens::purpose.eq(purpose.as_str()),
            tokens::subject_id.eq(subject),
            tokens::hash.eq(hash),
            tokens::created_at.eq(now),
            tokens::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The subject of a token that is still good. Looking changes nothing.
pub fn find_subject(
    conn: &mut DbConn,
    purpose: Purpose,
    hash: &str,
    now: Instant,
) -> Result<Option<i64>> {
    Ok(tokens::table
        .filter(tokens::hash.eq(hash))
        .filter(tokens::purpose.eq(purpose.as_str()))
        .filter(tokens::used_at.is_null())
        .filter(tokens::expires_at.gt(now))
        .select(tokens::subject_id)
        .first(conn)
        .optional()?)
}

/// Uses a token up, and with it all others of its subject. False when it was
/// used, voided or expired before.
pub fn redeem(
    conn: &mut DbConn,
    purpose: Purpose,
    subject: i64,
    hash: &str,
    now: Instant,
) -> Result<bool> {
    let used = diesel::update(
        tokens::table
            .filter(tokens::hash.eq(hash))
            .filter(tokens::purpose.eq(purpose.as_str()))
            .filter(tokens::subject_id.eq(subject))
            .filter(tokens::used_at.is_null())
            .filter(tokens::expires_at.gt(now)),
    )
    .set(tokens::used_at.eq(now))
    .execute(conn)?;
    void(conn, purpose, subject)?;
    Ok(used == 1)
}

/// Makes every address of a subject a dead one.
pub fn void(conn: &mut DbConn, purpose: Purpose, subject: i64) -> Result<()> {
    diesel::delete(
        tokens::table
            .filter(tokens::purpose.eq(purpose.as_str()))
            .filter(tokens::subject_id.eq(subject))
            .filter(tokens::used_at.is_null()),
    )
    .execute(conn)?;
    Ok(())
}

pub fn prune(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::delete(tokens::table.filter(tokens::expires_at.lt(before))).execute(conn)?;
    Ok(())
}
