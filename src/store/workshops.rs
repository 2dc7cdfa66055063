//! Workshops.

use diesel::prelude::*;

use super::schema::workshops;
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{TrackId, WorkshopId};
use crate::domain::workshop::Workshop;

type Row = (
    WorkshopId,
    String,
    TrackId,
    String,
    Instant,
    Instant,
    String,
    String,
    String,
    String,
    String,
    Instant,
    Instant,
);

fn workshop(row: Row) -> Workshop {
    let (id, slug, track, title, starts_at, ends_at, zone, place, link, agenda, html, _, updated) =
        row;
    Workshop {
        id,
        slug,
        track,
        title,
        starts_at,
        ends_at,
        zone,
        place,
        link,
        agenda,
        agenda_html: html,
        updated_at: updated,
    }
}

pub fn insert(conn: &mut DbConn, workshop: &Workshop, now: Instant) -> Result<()> {
    diesel::insert_into(workshops::table)
        .values((
            workshops::id.eq(workshop.id.0),
            workshops::slug.eq(&workshop.slug),
            workshops::track_id.eq(workshop.track.0),
            workshops::title.eq(&workshop.title),
            workshops::starts_at.eq(workshop.starts_at),
            workshops::ends_at.eq(workshop.ends_at),
            workshops::zone.eq(&workshop.zone),
            workshops::place.eq(&workshop.place),
            workshops::link.eq(&workshop.link),
            workshops::agenda.eq(&workshop.agenda),
            workshops::agenda_html.eq(&workshop.agenda_html),
            workshops::created_at.eq(now),
            workshops::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Replaces everything but the slug, which never changes.
pub fn update(conn: &mut DbConn, workshop: &Workshop, now: Instant) -> Result<()> {
    diesel::update(workshops::table.filter(workshops::id.eq(workshop.id.0)))
        .set((
            workshops::track_id.eq(workshop.track.0),
            workshops::title.eq(&workshop.title),
            workshops::starts_at.eq(workshop.starts_at),
            workshops::ends_at.eq(workshop.ends_at),
            workshops::zone.eq(&workshop.zone),
            workshops::place.eq(&workshop.place),
            workshops::link.eq(&workshop.link),
            workshops::agenda.eq(&workshop.agenda),
            workshops::agenda_html.eq(&workshop.agenda_html),
            workshops::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn find_by_slug(conn: &mut DbConn, slug: &str) -> Result<Option<Workshop>> {
    let row: Option<Row> =
        workshops::table.filter(workshops::slug.eq(slug)).first(conn).optional()?;
    Ok(row.map(workshop))
}

pub fn find(conn: &mut DbConn, id: WorkshopId) -> Result<Option<Workshop>> {
    let row: Option<Row> =
        workshops::table.filter(workshops::id.eq(id.0)).first(conn).optional()?;
    Ok(row.map(workshop))
}

/// Workshops that have not ended, soonest first.
pub fn list_coming(conn: &mut DbConn, now: Instant, limit: i64) -> Result<Vec<Workshop>> {
    let rows: Vec<Row> = workshops::table
        .filter(workshops::ends_at.gt(now))
        .order((workshops::starts_at, workshops::id))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(workshop).collect())
}

/// Workshops that have ended, latest first.
pub fn list_past(conn: &mut DbConn, now: Instant, limit: i64) -> Result<Vec<Workshop>> {
    let rows: Vec<Row> = workshops::table
        .filter(workshops::ends_at.le(now))
        .order((workshops::starts_at.desc(), workshops::id))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(workshop).collect())
}

/// Workshops of these tracks that have not ended, soonest first.
pub fn list_coming_of(
    conn: &mut DbConn,
    of: &[TrackId],
    now: Instant,
    limit: i64,
) -> Result<Vec<Workshop>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = workshops::table
        .filter(workshops::track_id.eq_any(wanted))
        .filter(workshops::ends_at.gt(now))
        .order((workshops::starts_at, workshops::id))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(workshop).collect())
}

/// Addresses that are taken and start so.
pub fn list_slugs(conn: &mut DbConn, prefix: &str) -> Result<Vec<String>> {
    Ok(workshops::table
        .filter(workshops::slug.like(format!("{prefix}%")))
        .select(workshops::slug)
        .limit(10_000)
        .load(conn)?)
}

/// The workshops of a track, latest first.
pub fn list_of_track(conn: &mut DbConn, track: TrackId, limit: i64) -> Result<Vec<Workshop>> {
    let rows: Vec<Row> = workshops::table
        .filter(workshops::track_id.eq(track.0))
        .order((workshops::starts_at.desc(), workshops::id))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(workshop).collect())
}

/// Every workshop, latest first.
pub fn list(conn: &mut DbConn, limit: i64) -> Result<Vec<Workshop>> {
    let rows: Vec<Row> = workshops::table
        .order((workshops::starts_at.desc(), workshops::id))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(workshop).collect())
}

/// Slug and title of some workshops, for a log.
pub fn titles_of(
    conn: &mut DbConn,
    of: &[WorkshopId],
) -> Result<Vec<(WorkshopId, String, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(workshops::table
        .filter(workshops::id.eq_any(wanted))
        .select((workshops::id, workshops::slug, workshops::title))
        .load(conn)?)
}
