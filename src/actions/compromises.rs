//! A chair's compromise text: an amendment that names which others fall.

use super::amendments::{Place, insert};
use super::decisions::{Decided, decide};
use super::recommendations::load;
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::amendment::NewAmendment;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::Disposition;
use crate::domain::fault::Faults;
use crate::domain::ids::AmendmentId;
use crate::domain::permission::{Verb, may};
use crate::domain::programme::Programme;
use crate::store::{self, DbConn};

/// Puts a compromise forward for a block, or adopts it at once: then it makes
/// the revision and what it names falls. Answers its number.
///
/// # Errors
/// As [`super::amendments::propose`]; a fault of `falls` that do not wait on
/// the same block.
#[expect(clippy::too_many_arguments, reason = "the form and who sent it")]
pub fn put_forward(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    place: &Place,
    new: &NewAmendment,
    falls: &[i32],
    adopt: bool,
    now: Instant,
) -> Result<i32> {
    let seen = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &seen.object())?;
    let (id, number) = insert(conn, actor, programme, &seen, place, new, true, now)?;
    let by = By::standing(actor.account, standing);
    record(conn, by, AuditVerb::Amended, (AuditObject::Amendment, id.0), Some(seen.track), now)?;
    // Read after the text is held: what waits now waits until the end.
    let waiting = store::amendments::list_unanswered(conn, seen.id)?;
    let named = waiting.iter().filter(|own| falls.contains(&own.number));
    let named: Vec<AmendmentId> =
        named.filter(|own| own.block == place.block && own.id != id).map(|own| own.id).collect();
    if named.len() != falls.len() {
        return Err(Faults::one("falls", "fault-amendment-falls").into());
    }
    store::amendments::insert_falls(conn, id, &named)?;
    if adopt {
        let own = store::recommendations::find(conn, seen.id)?.ok_or(ActionError::NotFound)?;
        let amendment = waiting.into_iter().find(|own| own.id == id);
        let amendment = amendment.ok_or(ActionError::NotFound)?;
        let disposition = Disposition::Accepted;
        let decided = Decided { disposition, reason: &new.reason, text: &new.wording };
        decide(conn, actor, standing, programme, &own, &amendment, decided, now)?;
    }
    Ok(number)
}
