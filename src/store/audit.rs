//! The audit log and its hash chain.

use diesel::prelude::*;

use super::schema::audit;
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::{AccountId, TrackId};

/// A row of the log. Objects and accounts are ids, never names.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: i64,
    pub at: Instant,
    pub account: Option<AccountId>,
    /// The secretariat, standing in for a chair.
    pub acting: bool,
    pub verb: String,
    pub object: String,
    pub object_id: i64,
    pub track: Option<TrackId>,
    pub sequence: Option<i64>,
    pub hash: Option<String>,
}

pub struct NewRow {
    pub account: Option<AccountId>,
    pub acting: bool,
    pub verb: AuditVerb,
    pub object: AuditObject,
    pub object_id: i64,
    pub track: Option<TrackId>,
}

pub fn insert(conn: &mut DbConn, row: &NewRow, now: Instant) -> Result<()> {
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(ids::fresh(now)),
            audit::at.eq(now),
            audit::account_id.eq(row.account.map(|id| id.0)),
            audit::acting.eq(row.acting),
            audit::verb.eq(row.verb.as_str()),
            audit::object.eq(row.object.as_str()),
            audit::object_id.eq(row.object_id),
            audit::track_id.eq(row.track.map(|id| id.0)),
        ))
        .execute(conn)?;
    Ok(())
}

/// One page of the log, newest first.
pub fn list(conn: &mut DbConn, offset: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(audit::table
        .order((audit::at.desc(), audit::id.desc()))
        .limit(limit)
        .offset(offset)
        .load(conn)?)
}

pub fn count(conn: &mut DbConn) -> Result<i64> {
    Ok(audit::table.count().get_result(conn)?)
}

/// Rows not yet in the chain, oldest first.
pub fn list_unsealed(conn: &mut DbConn, limit: i64) -> Result<Vec<Row>> {
    Ok(audit::table
        .filter(audit::sequence.is_null())
        .order((audit::at, audit::id))
        .limit(limit)
        .load(conn)?)
}

/// How many rows are not yet in the chain.
pub fn count_unsealed(conn: &mut DbConn) -> Result<i64> {
    Ok(audit::table.filter(audit::sequence.is_null()).count().get_result(conn)?)
}

/// Keeps every other process from sealing until this transaction ends. On
/// `SQLite` the transaction itself does.
pub fn lock_chain(conn: &mut DbConn) -> Result<()> {
    match conn {
        DbConn::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => {
            use diesel::connection::SimpleConnection;
            Ok(conn.batch_execute("SELECT pg_advisory_xact_lock(7728103)")?)
        }
    }
}

/// The last link: its number and hash.
pub fn last_sealed(conn: &mut DbConn) -> Result<Option<(i64, String)>> {
    let row: Option<(Option<i64>, Option<String>)> = audit::table
        .filter(audit::sequence.is_not_null())
        .order(audit::sequence.desc())
        .select((audit::sequence, audit::hash))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(sequence, hash)| sequence.zip(hash)))
}

/// Links a row; a row that is in the chain already stays as it is.
pub fn seal(conn: &mut DbConn, id: i64, sequence: i64, hash: &str) -> Result<bool> {
    let changed =
        diesel::update(audit::table.filter(audit::id.eq(id)).filter(audit::sequence.is_null()))
            .set((audit::sequence.eq(sequence), audit::hash.eq(hash)))
            .execute(conn)?;
    Ok(changed == 1)
}

/// Links after `after`, in order.
pub fn list_sealed(conn: &mut DbConn, after: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(audit::table
        .filter(audit::sequence.gt(after))
        .order(audit::sequence)
        .limit(limit)
        .load(conn)?)
}
