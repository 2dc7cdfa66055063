//! Organisations.

use diesel::prelude::*;

use super::schema::{accounts, organisations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{GroupId, OrganisationId};

/// More than any dialogue convenes.
const MOST: i64 = 5_000;

#[derive(Debug, Clone, Queryable)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub group: GroupId,
    /// Two-letter code, for a government.
    pub state: Option<String>,
    pub created_at: Instant,
}

pub fn insert(conn: &mut DbConn, organisation: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(organisation.id.0),
            organisations::name.eq(&organisation.name),
            organisations::group_id.eq(organisation.group.0),
            organisations::state.eq(organisation.state.as_deref()),
            organisations::created_at.eq(organisation.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn update(
    conn: &mut DbConn,
    id: OrganisationId,
    name: &str,
    group: GroupId,
    state: Option<&str>,
) -> Result<()> {
    diesel::update(organisations::table.filter(organisations::id.eq(id.0)))
        .set((
            organisations::name.eq(name),
            organisations::group_id.eq(group.0),
            organisations::state.eq(state),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut DbConn, id: OrganisationId) -> Result<Option<Organisation>> {
    Ok(organisations::table.filter(organisations::id.eq(id.0)).first(conn).optional()?)
}

pub fn find_by_name(conn: &mut DbConn, name: &str) -> Result<Option<Organisation>> {
    Ok(organisations::table.filter(organisations::name.eq(name)).first(conn).optional()?)
}

/// Every organisation with the number of its accounts, by name.
pub fn list(conn: &mut DbConn) -> Result<Vec<(Organisation, i64)>> {
    let rows: Vec<Organisation> =
        organisations::table.order(organisations::name).limit(MOST).load(conn)?;
    let counts: Vec<(OrganisationId, i64)> = accounts::table
        .group_by(accounts::organisation_id)
        .select((accounts::organisation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let count = |id| counts.iter().find(|(own, _)| *own == id).map_or(0, |(_, n)| *n);
    Ok(rows.into_iter().map(|row| (row.clone(), count(row.id))).collect())
}

/// Id and name of every organisation, by name.
pub fn list_names(conn: &mut DbConn) -> Result<Vec<(OrganisationId, String)>> {
    Ok(organisations::table
        .order(organisations::name)
        .limit(MOST)
        .select((organisations::id, organisations::name))
        .load(conn)?)
}

pub fn count(conn: &mut DbConn) -> Result<i64> {
    Ok(organisations::table.count().get_result(conn)?)
}

/// Names of some organisations, for a log.
pub fn names_of(conn: &mut DbConn, of: &[OrganisationId]) -> Result<Vec<(OrganisationId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(organisations::table
        .filter(organisations::id.eq_any(wanted))
        .select((organisations::id, organisations::name))
        .load(conn)?)
}
