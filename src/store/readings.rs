//! Who is reading a text just now: rows that are true for some seconds.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use super::schema::{accounts, readings};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId};

/// Remembers that somebody reads this text now.
pub fn touch(
    conn: &mut DbConn,
    id: RecommendationId,
    account: AccountId,
    now: Instant,
) -> Result<()> {
    diesel::sql_query(
        "INSERT INTO readings (recommendation_id, account_id, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (recommendation_id, account_id) DO UPDATE SET seen_at = excluded.seen_at",
    )
    .bind::<BigInt, _>(id.0)
    .bind::<BigInt, _>(account.0)
    .bind::<Timestamp, _>(now)
    .execute(conn)?;
    Ok(())
}

/// Who was heard of since then, by name.
pub fn list(
    conn: &mut DbConn,
    id: RecommendationId,
    since: Instant,
) -> Result<Vec<(AccountId, String)>> {
    Ok(readings::table
        .inner_join(accounts::table)
        .filter(readings::recommendation_id.eq(id.0))
        .filter(readings::seen_at.gt(since))
        .order((accounts::name, accounts::id))
        .limit(50)
        .select((accounts::id, accounts::name))
        .load(conn)?)
}

pub fn forget(conn: &mut DbConn, id: RecommendationId, account: AccountId) -> Result<()> {
    diesel::delete(
        readings::table
            .filter(readings::recommendation_id.eq(id.0))
            .filter(readings::account_id.eq(account.0)),
    )
    .execute(conn)?;
    Ok(())
}

pub fn prune(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::delete(readings::table.filter(readings::seen_at.lt(before))).execute(conn)?;
    Ok(())
}
