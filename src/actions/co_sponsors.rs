//! Co-sponsors: other organisations put their name beside an amendment.

use super::amendments::{find_held, may_amend};
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::{AccountId, AmendmentId};
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Verb, may};
use crate::store::{self, DbConn};

/// Puts the asker's organisation on record beside an amendment; one row an
/// organisation, however often it is asked.
///
/// # Errors
/// `Conflict` with its own amendment, an answered one, or after the deadline.
pub fn join(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
    now: Instant,
) -> Result<()> {
    let (own, amendment) = find_held(conn, actor, reference, number)?;
    let standing = may(actor, Verb::CoSponsor, &own.object())?;
    if may_amend(actor, &own, now).is_err() {
        return Err(ActionError::Conflict("conflict-amendment-deadline"));
    }
    if amendment.organisation == actor.organisation {
        return Err(ActionError::Conflict("conflict-amendment-own"));
    }
    if !amendment.is_unanswered() {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    let (organisation, account) = (actor.organisation, actor.account);
    if store::co_sponsors::insert(conn, amendment.id, organisation, account, now)? {
        let by = By::standing(actor.account, standing);
        let object = (AuditObject::Amendment, amendment.id.0);
        record(conn, by, AuditVerb::CoSponsored, object, Some(own.track), now)?;
    }
    Ok(())
}

/// Takes the asker's organisation off the record.
///
/// # Errors
/// `Conflict` once the amendment is answered: the record stands.
pub fn leave(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
    now: Instant,
) -> Result<()> {
    let (own, amendment) = find_held(conn, actor, reference, number)?;
    let standing = may(actor, Verb::CoSponsor, &own.object())?;
    if !amendment.is_unanswered() {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    if store::co_sponsors::remove(conn, amendment.id, actor.organisation)? {
        let by = By::standing(actor.account, standing);
        let object = (AuditObject::Amendment, amendment.id.0);
        record(conn, by, AuditVerb::CoSponsorLeft, object, Some(own.track), now)?;
    }
    Ok(())
}

/// Tells whoever put a co-sponsor's name to an amendment: what their
/// organisation stands beside is not what it was.
///
/// # Errors
/// When the database refuses.
pub(super) fn tell(
    conn: &mut DbConn,
    kind: NoticeKind,
    amendment: AmendmentId,
    by: By,
    now: Instant,
) -> store::Result<()> {
    let beside = store::co_sponsors::list_of_many(conn, &[amendment])?;
    let mut told: Vec<AccountId> = beside.into_iter().map(|own| own.account).collect();
    told.sort_unstable();
    told.dedup();
    notify(conn, kind, amendment.0, &told, by, now)
}
