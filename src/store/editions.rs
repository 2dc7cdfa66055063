//! Editions, what is picked for them, and their frozen entries.

use diesel::prelude::*;

use super::schema::{edition_entries, edition_picks, editions};
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::edition::Edition;
use crate::domain::ids::{AccountId, EditionId, RecommendationId};

#[derive(Queryable)]
struct Row {
    id: EditionId,
    number: Option<i32>,
    foreword: String,
    foreword_html: String,
    created_at: Instant,
    updated_at: Instant,
    published_at: Option<Instant>,
    sha256: Option<String>,
}

impl From<Row> for Edition {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            foreword: row.foreword,
            foreword_html: row.foreword_html,
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            sha256: row.sha256,
        }
    }
}

/// One frozen recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredEntry {
    pub reference: String,
    /// Canonical JSON.
    pub document: String,
    pub sha256: String,
    /// The safe HTML of its sections: a JSON list of `[kind, pieces]`.
    pub rendered: String,
    pub renderer: i32,
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    editions::table.select((
        editions::id,
        editions::number,
        editions::foreword,
        editions::foreword_html,
        editions::created_at,
        editions::updated_at,
        editions::published_at,
        editions::sha256,
    ))
}

pub fn insert(conn: &mut DbConn, id: EditionId, now: Instant) -> Result<()> {
    diesel::insert_into(editions::table)
        .values((
            editions::id.eq(id.0),
            editions::foreword.eq(""),
            editions::foreword_html.eq(""),
            editions::language.eq("en"),
            editions::created_at.eq(now),
            editions::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut DbConn, id: EditionId) -> Result<Option<Edition>> {
    let row: Option<Row> = whole().filter(editions::id.eq(id.0)).first(conn).optional()?;
    Ok(row.map(Into::into))
}

/// A published edition.
pub fn find_published(conn: &mut DbConn, number: i32) -> Result<Option<Edition>> {
    let row: Option<Row> = whole()
        .filter(editions::number.eq(number))
        .filter(editions::published_at.is_not_null())
        .first(conn)
        .optional()?;
    Ok(row.map(Into::into))
}

/// The edition published last: the current one.
pub fn find_current(conn: &mut DbConn) -> Result<Option<Edition>> {
    let row: Option<Row> = whole()
        .filter(editions::published_at.is_not_null())
        .order(editions::number.desc())
        .first(conn)
        .optional()?;
    Ok(row.map(Into::into))
}

/// Published editions, newest first.
pub fn list_published(conn: &mut DbConn) -> Result<Vec<Edition>> {
    let rows: Vec<Row> = whole()
        .filter(editions::published_at.is_not_null())
        .order(editions::number.desc())
        .limit(1000)
        .load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Editions being built, newest first.
pub fn list_unpublished(conn: &mut DbConn) -> Result<Vec<Edition>> {
    let rows: Vec<Row> = whole()
        .filter(editions::published_at.is_null())
        .order(editions::created_at.desc())
        .limit(100)
        .load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The manifest's bytes, from which the hash is taken.
pub fn find_manifest(conn: &mut DbConn, number: i32) -> Result<Option<String>> {
    let manifest: Option<Option<String>> = editions::table
        .filter(editions::number.eq(number))
        .filter(editions::published_at.is_not_null())
        .select(editions::manifest)
        .first(conn)
        .optional()?;
    Ok(manifest.flatten())
}

pub fn set_foreword(
    conn: &mut DbConn,
    id: EditionId,
    foreword: &str,
    html: &str,
    now: Instant,
) -> Result<()> {
    diesel::update(editions::table.filter(editions::id.eq(id.0)))
        .set((
            editions::foreword.eq(foreword),
            editions::foreword_html.eq(html),
            editions::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// What is picked, in order.
pub fn list_picks(conn: &mut DbConn, id: EditionId) -> Result<Vec<RecommendationId>> {
    Ok(edition_picks::table
        .filter(edition_picks::edition_id.eq(id.0))
        .order((edition_picks::position, edition_picks::recommendation_id))
        .select(edition_picks::recommendation_id)
        .load(conn)?)
}

/// How many texts are picked for each edition.
pub fn count_picks(conn: &mut DbConn, of: &[EditionId]) -> Result<Vec<(EditionId, i64)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(edition_picks::table
        .filter(edition_picks::edition_id.eq_any(wanted))
        .group_by(edition_picks::edition_id)
        .select((edition_picks::edition_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Replaces what is picked.
pub fn set_picks(conn: &mut DbConn, id: EditionId, picks: &[RecommendationId]) -> Result<()> {
    diesel::delete(edition_picks::table.filter(edition_picks::edition_id.eq(id.0)))
        .execute(conn)?;
    for (pick, position) in picks.iter().zip(1_i32..) {
        diesel::insert_into(edition_picks::table)
            .values((
                edition_picks::edition_id.eq(id.0),
                edition_picks::recommendation_id.eq(pick.0),
                edition_picks::position.eq(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The number the next published edition takes.
pub fn next_number(conn: &mut DbConn) -> Result<i32> {
    let last: Option<Option<i32>> =
        editions::table.select(diesel::dsl::max(editions::number)).first(conn).optional()?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

pub fn insert_entry(
    conn: &mut DbConn,
    id: EditionId,
    position: i32,
    entry: &StoredEntry,
    now: Instant,
) -> Result<()> {
    diesel::insert_into(edition_entries::table)
        .values((
            edition_entries::id.eq(ids::fresh(now)),
            edition_entries::edition_id.eq(id.0),
            edition_entries::position.eq(position),
            edition_entries::reference.eq(&entry.reference),
            edition_entries::document.eq(&entry.document),
            edition_entries::sha256.eq(&entry.sha256),
            edition_entries::rendered.eq(&entry.rendered),
            edition_entries::renderer.eq(entry.renderer),
        ))
        .execute(conn)?;
    Ok(())
}

/// Freezes an edition: the last change the database accepts to it. False when
/// it was published before.
pub fn publish(
    conn: &mut DbConn,
    id: EditionId,
    number: i32,
    manifest: &str,
    sha256: &str,
    by: AccountId,
    now: Instant,
) -> Result<bool> {
    let changed = diesel::update(
        editions::table.filter(editions::id.eq(id.0)).filter(editions::published_at.is_null()),
    )
    .set((
        editions::number.eq(number),
        editions::manifest.eq(manifest),
        editions::sha256.eq(sha256),
        editions::published_by.eq(by.0),
        editions::published_at.eq(now),
        editions::updated_at.eq(now),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}

#[diesel::dsl::auto_type]
fn whole_entry() -> _ {
    edition_entries::table.select((
        edition_entries::reference,
        edition_entries::document,
        edition_entries::sha256,
        edition_entries::rendered,
        edition_entries::renderer,
    ))
}

/// The entries of an edition, in order.
pub fn list_entries(conn: &mut DbConn, id: EditionId) -> Result<Vec<StoredEntry>> {
    Ok(whole_entry()
        .filter(edition_entries::edition_id.eq(id.0))
        .order(edition_entries::position)
        .load(conn)?)
}

pub fn find_entry(
    conn: &mut DbConn,
    id: EditionId,
    reference: &str,
) -> Result<Option<StoredEntry>> {
    Ok(whole_entry()
        .filter(edition_entries::edition_id.eq(id.0))
        .filter(edition_entries::reference.eq(reference))
        .first(conn)
        .optional()?)
}

/// Numbers of some editions, for a log; one being built has none.
pub fn numbers_of(conn: &mut DbConn, of: &[EditionId]) -> Result<Vec<(EditionId, Option<i32>)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(editions::table
        .filter(editions::id.eq_any(wanted))
        .select((editions::id, editions::number))
        .load(conn)?)
}
