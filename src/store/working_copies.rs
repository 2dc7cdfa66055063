//! Working copies: each its owner's alone, so that every query names one.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamp};

use super::schema::working_copies;
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::ids::AccountId;
use crate::domain::working_copy::WorkingCopy;

pub fn find(conn: &mut DbConn, owner: AccountId, place: &str) -> Result<Option<WorkingCopy>> {
    let row: Option<(i32, String, Instant)> = working_copies::table
        .filter(working_copies::account_id.eq(owner.0))
        .filter(working_copies::place.eq(place))
        .select((working_copies::base, working_copies::form, working_copies::saved_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(base, form, saved_at)| WorkingCopy { base, form, saved_at }))
}

/// Keeps it, in the place of what was there.
pub fn put(conn: &mut DbConn, owner: AccountId, place: &str, copy: &WorkingCopy) -> Result<()> {
    diesel::sql_query(
        "INSERT INTO working_copies (id, account_id, place, base, form, saved_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account_id, place) DO UPDATE SET \
         base = excluded.base, form = excluded.form, saved_at = excluded.saved_at",
    )
    .bind::<BigInt, _>(ids::fresh(copy.saved_at))
    .bind::<BigInt, _>(owner.0)
    .bind::<Text, _>(place)
    .bind::<Integer, _>(copy.base)
    .bind::<Text, _>(&copy.form)
    .bind::<Timestamp, _>(copy.saved_at)
    .execute(conn)?;
    Ok(())
}

/// False when there was none.
pub fn remove(conn: &mut DbConn, owner: AccountId, place: &str) -> Result<bool> {
    let removed = diesel::delete(
        working_copies::table
            .filter(working_copies::account_id.eq(owner.0))
            .filter(working_copies::place.eq(place)),
    )
    .execute(conn)?;
    Ok(removed == 1)
}

/// The places of an account's copies, newest first, and when each was kept.
pub fn list_places(
    conn: &mut DbConn,
    owner: AccountId,
    limit: i64,
) -> Result<Vec<(String, Instant)>> {
    Ok(working_copies::table
        .filter(working_copies::account_id.eq(owner.0))
        .order((working_copies::saved_at.desc(), working_copies::id.desc()))
        .limit(limit)
        .select((working_copies::place, working_copies::saved_at))
        .load(conn)?)
}

pub fn prune(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::delete(working_copies::table.filter(working_copies::saved_at.lt(before)))
        .execute(conn)?;
    Ok(())
}
