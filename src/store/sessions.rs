//! Sessions: only a hash of the token is kept.

use diesel::prelude::*;

use super::schema::sessions;
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, SessionId};

#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: SessionId,
    pub account: Option<AccountId>,
    /// What actix-session keeps, as JSON.
    pub state: String,
    pub browser: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub expires_at: Instant,
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    sessions::table.select((
        sessions::id,
        sessions::account_id,
        sessions::state,
        sessions::browser,
        sessions::created_at,
        sessions::seen_at,
        sessions::expires_at,
    ))
}

pub fn insert(conn: &mut DbConn, token_hash: &str, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(session.id.0),
            sessions::token_hash.eq(token_hash),
            sessions::account_id.eq(session.account.map(|id| id.0)),
            sessions::state.eq(&session.state),
            sessions::browser.eq(&session.browser),
            sessions::created_at.eq(session.created_at),
            sessions::seen_at.eq(session.seen_at),
            sessions::expires_at.eq(session.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut DbConn, token_hash: &str) -> Result<Option<Session>> {
    Ok(whole().filter(sessions::token_hash.eq(token_hash)).first(conn).optional()?)
}

pub fn set_state(
    conn: &mut DbConn,
    token_hash: &str,
    account: Option<AccountId>,
    state: &str,
) -> Result<bool> {
    let changed = diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set((sessions::account_id.eq(account.map(|id| id.0)), sessions::state.eq(state)))
        .execute(conn)?;
    Ok(changed == 1)
}

pub fn touch(conn: &mut DbConn, token_hash: &str, now: Instant) -> Result<()> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set(sessions::seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut DbConn, token_hash: &str) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(conn)?;
    Ok(())
}

/// One session of an account, revoked by its owner.
pub fn delete_own(conn: &mut DbConn, account: AccountId, id: SessionId) -> Result<bool> {
    let gone = diesel::delete(
        sessions::table.filter(sessions::id.eq(id.0)).filter(sessions::account_id.eq(account.0)),
    )
    .execute(conn)?;
    Ok(gone == 1)
}

/// Every session of an account, but perhaps the one it is asking from.
pub fn delete_all(conn: &mut DbConn, account: AccountId, except: Option<SessionId>) -> Result<()> {
    let kept = except.map_or(0, |id| id.0);
    diesel::delete(
        sessions::table.filter(sessions::account_id.eq(account.0)).filter(sessions::id.ne(kept)),
    )
    .execute(conn)?;
    Ok(())
}

pub fn list_of(conn: &mut DbConn, account: AccountId, now: Instant) -> Result<Vec<Session>> {
    Ok(whole()
        .filter(sessions::account_id.eq(account.0))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::seen_at.desc())
        .limit(100)
        .load(conn)?)
}

pub fn prune(conn: &mut DbConn, now: Instant) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(now))).execute(conn)?;
    Ok(())
}
