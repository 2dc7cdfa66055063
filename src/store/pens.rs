//! Pens, the requests for them, and how they went from hand to hand.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use super::schema::{accounts, organisations, pen_moves, pen_requests, pens};
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::pen::{Pen, PenMove};

/// The pen as it was last held; its lease may have run out.
pub fn find(conn: &mut DbConn, id: RecommendationId) -> Result<Option<Pen>> {
    type Row = (AccountId, String, String, Instant, Instant);
    let row: Option<Row> = pens::table
        .inner_join(accounts::table.inner_join(organisations::table))
        .filter(pens::recommendation_id.eq(id.0))
        .select((
            pens::account_id,
            accounts::name,
            organisations::name,
            pens::taken_at,
            pens::expires_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(account, name, organisation, taken_at, expires_at)| Pen {
        account,
        name,
        organisation,
        taken_at,
        expires_at,
    }))
}

/// Takes the pen if it is free, or renews the lease of whoever asks; false
/// when somebody else holds it. One statement, so that of many who ask at once
/// one gets it.
pub fn claim(
    conn: &mut DbConn,
    id: RecommendationId,
    account: AccountId,
    now: Instant,
    until: Instant,
) -> Result<bool> {
    let claimed = diesel::sql_query(
        "INSERT INTO pens (recommendation_id, account_id, taken_at, expires_at) \
         VALUES ($1, $2, $3, $4) \
         ON CONFLICT (recommendation_id) DO UPDATE SET \
         taken_at = CASE WHEN pens.account_id = excluded.account_id \
         AND pens.expires_at > excluded.taken_at THEN pens.taken_at ELSE excluded.taken_at END, \
         account_id = excluded.account_id, expires_at = excluded.expires_at \
         WHERE pens.account_id = excluded.account_id OR pens.expires_at <= excluded.taken_at",
    )
    .bind::<BigInt, _>(id.0)
    .bind::<BigInt, _>(account.0)
    .bind::<Timestamp, _>(now)
    .bind::<Timestamp, _>(until)
    .execute(conn)?;
    Ok(claimed == 1)
}

/// Gives the pen to somebody, whoever held it.
pub fn assign(
    conn: &mut DbConn,
    id: RecommendationId,
    account: AccountId,
    now: Instant,
    until: Instant,
) -> Result<()> {
    release(conn, id)?;
    claim(conn, id, account, now, until)?;
    Ok(())
}

pub fn release(conn: &mut DbConn, id: RecommendationId) -> Result<()> {
    diesel::delete(pens::table.filter(pens::recommendation_id.eq(id.0))).execute(conn)?;
    Ok(())
}

/// How the pen went from one hand to another.
#[derive(Debug, Clone)]
pub struct Move {
    pub kind: PenMove,
    pub from: Option<AccountId>,
    pub to: Option<AccountId>,
    pub reason: String,
    pub at: Instant,
}

pub fn insert_move(conn: &mut DbConn, id: RecommendationId, own: &Move) -> Result<()> {
    diesel::insert_into(pen_moves::table)
        .values((
            pen_moves::id.eq(ids::fresh(own.at)),
            pen_moves::recommendation_id.eq(id.0),
            pen_moves::kind.eq(own.kind.as_str()),
            pen_moves::from_account.eq(own.from.map(|account| account.0)),
            pen_moves::to_account.eq(own.to.map(|account| account.0)),
            pen_moves::reason.eq(&own.reason),
            pen_moves::created_at.eq(own.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The moves, newest first.
pub fn list_moves(conn: &mut DbConn, id: RecommendationId, limit: i64) -> Result<Vec<Move>> {
    type Row = (PenMove, Option<i64>, Option<i64>, String, Instant);
    let rows: Vec<Row> = pen_moves::table
        .filter(pen_moves::recommendation_id.eq(id.0))
        .order((pen_moves::created_at.desc(), pen_moves::id.desc()))
        .limit(limit)
        .select((
            pen_moves::kind,
            pen_moves::from_account,
            pen_moves::to_account,
            pen_moves::reason,
            pen_moves::created_at,
        ))
        .load(conn)?;
    let own = |(kind, from, to, reason, at): Row| Move {
        kind,
        from: from.map(AccountId),
        to: to.map(AccountId),
        reason,
        at,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Remembers that somebody asks; false when they asked already.
pub fn insert_request(
    conn: &mut DbConn,
    id: RecommendationId,
    account: AccountId,
    now: Instant,
) -> Result<bool> {
    let own = pen_requests::table
        .filter(pen_requests::recommendation_id.eq(id.0))
        .filter(pen_requests::account_id.eq(account.0));
    if diesel::select(diesel::dsl::exists(own)).get_result::<bool>(conn)? {
        return Ok(false);
    }
    diesel::insert_into(pen_requests::table)
        .values((
            pen_requests::recommendation_id.eq(id.0),
            pen_requests::account_id.eq(account.0),
            pen_requests::requested_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Who asked, first come first.
pub fn list_requests(
    conn: &mut DbConn,
    id: RecommendationId,
) -> Result<Vec<(AccountId, String, Instant)>> {
    Ok(pen_requests::table
        .inner_join(accounts::table)
        .filter(pen_requests::recommendation_id.eq(id.0))
        .order((pen_requests::requested_at, accounts::id))
        .limit(100)
        .select((accounts::id, accounts::name, pen_requests::requested_at))
        .load(conn)?)
}

/// Whoever holds the pen asks for it no more.
pub fn forget_request(conn: &mut DbConn, id: RecommendationId, account: AccountId) -> Result<()> {
    diesel::delete(
        pen_requests::table
            .filter(pen_requests::recommendation_id.eq(id.0))
            .filter(pen_requests::account_id.eq(account.0)),
    )
    .execute(conn)?;
    Ok(())
}

/// The names of these accounts.
pub fn list_names(conn: &mut DbConn, of: &[AccountId]) -> Result<Vec<(AccountId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(accounts::table
        .filter(accounts::id.eq_any(wanted))
        .order((accounts::name, accounts::id))
        .select((accounts::id, accounts::name))
        .load(conn)?)
}
