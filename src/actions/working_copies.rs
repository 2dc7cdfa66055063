//! Working copies are kept, put aside and thrown away by their owner. They
//! are nobody else's concern, so these verbs leave no audit row and tell
//! nobody; a revision made of one does.

use super::recommendations::load;
use super::{Result, pens};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::permission::{Verb, may};
use crate::domain::working_copy::{self, LONGEST, MOST, WorkingCopy};
use crate::store::{self, DbConn};

/// Keeps what an editor holds; whoever writes keeps the pen by it. Answers
/// whether the pen is theirs.
///
/// # Errors
/// `NotFound` without the right to revise the text; a fault of `statement`
/// when it is too long.
pub fn keep(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    copy: &WorkingCopy,
    length: usize,
) -> Result<bool> {
    let own = load(conn, actor, reference)?;
    may(actor, Verb::Revise, &own.object())?;
    keep_at(conn, actor.account, reference, copy, length)?;
    pens::keep(conn, actor, &own, copy.saved_at)
}

/// As [`keep`], where there is no recommendation yet or the right was asked
/// for. `length` is that of the text in bytes.
///
/// # Errors
/// A fault of `statement` when it is too long.
pub fn keep_at(
    conn: &mut DbConn,
    owner: AccountId,
    place: &str,
    copy: &WorkingCopy,
    length: usize,
) -> Result<()> {
    if length > LONGEST {
        return Err(Faults::one("statement", "fault-copy-long").into());
    }
    store::working_copies::put(conn, owner, place, copy)?;
    let kept = store::working_copies::list_places(conn, owner, MOST + 10)?;
    for (oldest, _) in kept.into_iter().skip(usize::try_from(MOST).unwrap_or(usize::MAX)) {
        store::working_copies::remove(conn, owner, &oldest)?;
    }
    Ok(())
}

/// Keeps a form that came while nobody was signed in. What lay in its place is
/// put aside: neither text is lost.
///
/// # Errors
/// As [`keep_at`].
pub fn park(
    conn: &mut DbConn,
    owner: AccountId,
    place: &str,
    copy: &WorkingCopy,
    length: usize,
) -> Result<()> {
    if let Some(there) = store::working_copies::find(conn, owner, place)?
        && there.form != copy.form
    {
        let aside = working_copy::aside(place);
        store::working_copies::put(conn, owner, &aside, &there)?;
    }
    keep_at(conn, owner, place, copy, length)
}

/// Throws it away; nothing happens when there is none.
///
/// # Errors
/// When the database refuses.
pub fn discard(conn: &mut DbConn, owner: AccountId, place: &str) -> Result<()> {
    store::working_copies::remove(conn, owner, place)?;
    Ok(())
}

/// Forgets copies nobody has written to for a long time.
///
/// # Errors
/// When the database refuses.
pub fn prune(conn: &mut DbConn, now: Instant) -> store::Result<()> {
    store::working_copies::prune(conn, now - working_copy::KEPT_FOR)?;
    store::readings::prune(conn, now - crate::domain::pen::READING)
}
