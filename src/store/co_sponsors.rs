//! Organisations that put their name beside another's amendment.

use diesel::prelude::*;

use super::schema::{accounts, co_sponsors, organisations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, AmendmentId, OrganisationId};

/// One organisation on record, and who spoke for it.
#[derive(Debug, Clone, Queryable)]
pub struct CoSponsor {
    pub amendment: AmendmentId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub account: AccountId,
    pub account_name: String,
    pub created_at: Instant,
}

/// False when the organisation is on record already.
pub fn insert(
    conn: &mut DbConn,
    amendment: AmendmentId,
    organisation: OrganisationId,
    account: AccountId,
    now: Instant,
) -> Result<bool> {
    let own = co_sponsors::table
        .filter(co_sponsors::amendment_id.eq(amendment.0))
        .filter(co_sponsors::organisation_id.eq(organisation.0));
    if diesel::select(diesel::dsl::exists(own)).get_result::<bool>(conn)? {
        return Ok(false);
    }
    diesel::insert_into(co_sponsors::table)
        .values((
            co_sponsors::amendment_id.eq(amendment.0),
            co_sponsors::organisation_id.eq(organisation.0),
            co_sponsors::account_id.eq(account.0),
            co_sponsors::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// False when the organisation was not on record.
pub fn remove(
    conn: &mut DbConn,
    amendment: AmendmentId,
    organisation: OrganisationId,
) -> Result<bool> {
    let removed = diesel::delete(
        co_sponsors::table
            .filter(co_sponsors::amendment_id.eq(amendment.0))
            .filter(co_sponsors::organisation_id.eq(organisation.0)),
    )
    .execute(conn)?;
    Ok(removed == 1)
}

/// The co-sponsors of many amendments, first come first.
pub fn list_of_many(conn: &mut DbConn, of: &[AmendmentId]) -> Result<Vec<CoSponsor>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(co_sponsors::table
        .inner_join(organisations::table)
        .inner_join(accounts::table)
        .filter(co_sponsors::amendment_id.eq_any(wanted))
        .order((co_sponsors::created_at, organisations::name))
        .select((
            co_sponsors::amendment_id,
            co_sponsors::organisation_id,
            organisations::name,
            co_sponsors::account_id,
            accounts::name,
            co_sponsors::created_at,
        ))
        .load(conn)?)
}
