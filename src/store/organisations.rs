//! Organisations.

use diesel::prelude::*;

use super::schema::{accounts, organisations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{GroupId, OrganisationId};

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
    let rows: Vec<Organisation> = organisations::table.order(organisations::name).load(conn)?;
    let counts: Vec<(OrganisationId, i64)> = accounts::table
        .group_by(accounts::organisation_id)
        .select((accounts::organisation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let count = |id| counts.iter().find(|(own, _)| *own == id).map_or(0, |(_, n)| *n);
    Ok(rows.into_iter().map(|row| (row.clone(), count(row.id))).collect())
}
