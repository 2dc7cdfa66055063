//! Workshops: called and changed by the secretariat.

use super::accounts::secretariat_only;
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::WorkshopId;
use crate::domain::programme::Programme;
use crate::domain::workshop::{NewWorkshop, Workshop, next_slug};
use crate::markdown;
use crate::store::{self, DbConn, ids};

/// Calls a workshop; answers its address, which never changes. With `slug`
/// that one is taken, otherwise the track's next number.
///
/// # Errors
/// A fault of `agenda` that nests too deep; `NotFound` for anybody but the
/// secretariat.
pub fn create(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    new: &NewWorkshop,
    slug: Option<&str>,
    now: Instant,
) -> Result<Workshop> {
    secretariat_only(actor)?;
    let track = programme.track_by_id(new.track).ok_or(ActionError::NotFound)?;
    let slug = match slug {
        Some(slug) => slug.to_owned(),
        None => {
            let prefix = format!("{}-", track.slug);
            next_slug(&track.slug, &store::workshops::list_slugs(conn, &prefix)?)
        }
    };
    let workshop = fill(WorkshopId(ids::fresh(now)), slug, new, now)?;
    store::workshops::insert(conn, &workshop, now)?;
    log(conn, actor, AuditVerb::Created, &workshop, now)?;
    Ok(workshop)
}

/// Changes everything but the address.
///
/// # Errors
/// As [`create`]; `NotFound` when there is no such workshop.
pub fn change(
    conn: &mut DbConn,
    actor: &Actor,
    slug: &str,
    new: &NewWorkshop,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let found = store::workshops::find_by_slug(conn, slug)?.ok_or(ActionError::NotFound)?;
    let workshop = fill(found.id, found.slug, new, now)?;
    store::workshops::update(conn, &workshop, now)?;
    log(conn, actor, AuditVerb::Changed, &workshop, now)
}

fn fill(
    id: WorkshopId,
    slug: String,
    new: &NewWorkshop,
    now: Instant,
) -> std::result::Result<Workshop, Faults> {
    let agenda = markdown::normalise(&new.agenda);
    let html = markdown::render_note(&agenda, &format!("w{id}")).map_err(|fault| {
        let mut faults = Faults::default();
        faults.add_n("agenda", fault.fault(), fault.line());
        faults
    })?;
    Ok(Workshop {
        id,
        slug,
        track: new.track,
        title: new.title.clone(),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        zone: new.zone.clone(),
        place: new.place.clone(),
        link: new.link.clone(),
        agenda,
        agenda_html: html,
        updated_at: now,
    })
}

fn log(
    conn: &mut DbConn,
    actor: &Actor,
    verb: AuditVerb,
    workshop: &Workshop,
    now: Instant,
) -> Result<()> {
    store::programme::bump_public_version(conn)?;
    let object = (AuditObject::Workshop, workshop.id.0);
    record(conn, By::account(actor.account), verb, object, Some(workshop.track), now)?;
    Ok(())
}
