//! The audit log's chain: committed rows are linked, links are verified.

use crate::domain::audit::Link;
use crate::secrets::sha256_hex;
use crate::store::audit::Row;
use crate::store::{self, DbConn, Result};

/// Rows linked in one transaction, so that nobody waits long for the lock.
const BATCH: i64 = 500;

/// What `primum doctor` says of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// Links that were verified.
    pub sealed: i64,
    /// Rows that are not linked yet.
    pub tail: i64,
    /// The number of the first link that is not what was sealed.
    pub broken_at: Option<i64>,
}

/// Links the oldest rows that are not in the chain; answers how many. One
/// sealer at a time, so that no number is given twice.
///
/// # Errors
/// When the database refuses.
pub fn seal(conn: &mut DbConn, limit: i64) -> Result<usize> {
    store::audit::lock_chain(conn)?;
    let rows = store::audit::list_unsealed(conn, limit.min(BATCH))?;
    let (mut sequence, mut hash) = store::audit::last_sealed(conn)?.unwrap_or_default();
    for row in &rows {
        sequence += 1;
        hash = hash_of(row, sequence, &hash);
        if !store::audit::seal(conn, row.id, sequence, &hash)? {
            let fault = format!("audit row {} was sealed by somebody without the lock", row.id);
            return Err(store::Error::Corrupt(fault));
        }
    }
    Ok(rows.len())
}

/// Walks the whole chain, a batch at a time, and recomputes it.
///
/// # Errors
/// When the database cannot be read.
pub fn verify_chain(conn: &mut DbConn) -> Result<Chain> {
    let tail = store::audit::count_unsealed(conn)?;
    let (mut sealed, mut hash) = (0, String::new());
    loop {
        let rows = store::audit::list_sealed(conn, sealed, BATCH)?;
        if rows.is_empty() {
            return Ok(Chain { sealed, tail, broken_at: None });
        }
        for row in &rows {
            let expected = hash_of(row, sealed + 1, &hash);
            let in_order = row.sequence == Some(sealed + 1);
            if !in_order || row.hash.as_deref() != Some(expected.as_str()) {
                return Ok(Chain { sealed, tail, broken_at: Some(sealed + 1) });
            }
            sealed += 1;
            hash = expected;
        }
    }
}

fn hash_of(row: &Row, sequence: i64, previous: &str) -> String {
    let link = Link {
        sequence,
        id: row.id,
        at: row.at,
        account: row.account,
        acting: row.acting,
        verb: &row.verb,
        object: &row.object,
        object_id: row.object_id,
        track: row.track,
    };
    sha256_hex(link.text(previous).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::{By, record};
    use crate::domain::Instant;
    use crate::domain::audit::{AuditObject, AuditVerb};
    use crate::store::execute_raw;

    fn with_log(rows: i64, work: impl FnOnce(&mut DbConn)) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
        let pool = store::open(&url).unwrap();
        let mut conn = pool.get().unwrap();
        for n in 0..rows {
            let (object, verb) = ((AuditObject::Comment, n), AuditVerb::Commented);
            let at = Instant::default() + chrono::TimeDelta::seconds(n);
            record(&mut conn, By::COMMAND_LINE, verb, object, None, at).unwrap();
        }
        work(&mut conn);
    }

    fn broken_after(sql: &str) -> Option<i64> {
        let mut broken = None;
        with_log(5, |conn| {
            seal(conn, 500).unwrap();
            execute_raw(conn, sql).unwrap();
            broken = verify_chain(conn).unwrap().broken_at;
        });
        broken
    }

    #[test]
    fn what_was_sealed_verifies_and_the_rest_is_the_tail() {
        with_log(5, |conn| {
            assert_eq!(seal(conn, 3).unwrap(), 3);
            let chain = verify_chain(conn).unwrap();
            assert_eq!(chain, Chain { sealed: 3, tail: 2, broken_at: None });
            assert_eq!(seal(conn, 500).unwrap(), 2);
            assert_eq!(seal(conn, 500).unwrap(), 0);
            let chain = verify_chain(conn).unwrap();
            assert_eq!(chain, Chain { sealed: 5, tail: 0, broken_at: None });
        });
    }

    #[test]
    fn a_row_that_was_changed_taken_out_or_put_in_is_found() {
        assert_eq!(broken_after("SELECT 1"), None);
        assert_eq!(broken_after("UPDATE audit SET object_id = 99 WHERE sequence = 3"), Some(3));
        assert_eq!(broken_after("UPDATE audit SET account_id = 1 WHERE sequence = 1"), Some(1));
        assert_eq!(broken_after("DELETE FROM audit WHERE sequence = 2"), Some(2));
        let swapped = "UPDATE audit SET sequence = 9 WHERE sequence = 4; \
                       UPDATE audit SET sequence = 4 WHERE sequence = 5; \
                       UPDATE audit SET sequence = 5 WHERE sequence = 9";
        assert_eq!(broken_after(swapped), Some(4));
        let added = "INSERT INTO audit SELECT 1, at, account_id, acting, verb, object, object_id, \
                     track_id, 6, hash FROM audit WHERE sequence = 5";
        assert_eq!(broken_after(added), Some(6));
    }
}
