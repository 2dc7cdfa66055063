//! Wrong passwords, and requests for mail, counted an account and a network.

use diesel::prelude::*;

use super::schema::sign_in_attempts;
use super::{DbConn, Result, ids};
use crate::domain::Instant;

/// Wrong attempts since `since`: of the account, of the network, and when the
/// oldest of each was made.
pub struct Counted {
    pub account: Vec<Instant>,
    pub network: Vec<Instant>,
}

pub fn count(
    conn: &mut DbConn,
    account_key: &str,
    network: &str,
    since: Instant,
    most: usize,
) -> Result<Counted> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let account = sign_in_attempts::table
        .filter(sign_in_attempts::account_key.eq(account_key))
        .filter(sign_in_attempts::at.gt(since))
        .select(sign_in_attempts::at)
        .order(sign_in_attempts::at.desc())
        .limit(most)
        .load(conn)?;
    let network = sign_in_attempts::table
        .filter(sign_in_attempts::network.eq(network))
        .filter(sign_in_attempts::at.gt(since))
        .select(sign_in_attempts::at)
        .order(sign_in_attempts::at.desc())
        .limit(most)
        .load(conn)?;
    Ok(Counted { account, network })
}

/// Keeps everybody else from counting until this transaction ends. On `SQLite`
/// the transaction itself does.
pub fn lock(conn: &mut DbConn) -> Result<()> {
    match conn {
        DbConn::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => {
            use diesel::connection::SimpleConnection;
            Ok(conn.batch_execute("SELECT pg_advisory_xact_lock(7728104)")?)
        }
    }
}

pub fn insert(conn: &mut DbConn, account_key: &str, network: &str, now: Instant) -> Result<()> {
    diesel::insert_into(sign_in_attempts::table)
        .values((
            sign_in_attempts::id.eq(ids::fresh(now)),
            sign_in_attempts::account_key.eq(account_key),
            sign_in_attempts::network.eq(network),
            sign_in_attempts::at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets an account's attempts after it signed in.
pub fn clear(conn: &mut DbConn, account_key: &str) -> Result<()> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::account_key.eq(account_key)))
        .execute(conn)?;
    Ok(())
}

pub fn prune(conn: &mut DbConn, before: Instant) -> Result<()> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::at.lt(before)))
        .execute(conn)?;
    Ok(())
}
