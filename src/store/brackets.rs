//! Brackets: who put which words in them, since which revision, until which.

use diesel::prelude::*;

use super::schema::{accounts, brackets, organisations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, BracketId, OrganisationId, RecommendationId};
use crate::domain::role::AttributionRule;

/// A pair that stands in the current revision.
#[derive(Debug, Clone, Queryable)]
pub struct Bracket {
    pub id: BracketId,
    pub section: String,
    /// The permanent id of the block it opens in.
    pub block: i32,
    pub text: String,
    pub since_revision: i32,
    pub since_at: Instant,
    pub author_name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
}

/// A pair that a revision puts in.
pub struct NewBracket<'a> {
    pub id: BracketId,
    pub recommendation: RecommendationId,
    pub section: &'a str,
    pub block: i32,
    pub text: &'a str,
    pub revision: i32,
    pub account: AccountId,
    pub organisation: OrganisationId,
    pub rule: AttributionRule,
}

/// What is in brackets now, oldest first.
pub fn list_open(conn: &mut DbConn, of: RecommendationId) -> Result<Vec<Bracket>> {
    Ok(brackets::table
        .inner_join(accounts::table)
        .inner_join(organisations::table)
        .filter(brackets::recommendation_id.eq(of.0))
        .filter(brackets::until_revision.is_null())
        .order(brackets::id)
        .select((
            brackets::id,
            brackets::section,
            brackets::block,
            brackets::text,
            brackets::since_revision,
            brackets::since_at,
            accounts::name,
            brackets::organisation_id,
            organisations::name,
        ))
        .load(conn)?)
}

pub fn insert(conn: &mut DbConn, own: &NewBracket<'_>, now: Instant) -> Result<()> {
    diesel::insert_into(brackets::table)
        .values((
            brackets::id.eq(own.id.0),
            brackets::recommendation_id.eq(own.recommendation.0),
            brackets::section.eq(own.section),
            brackets::block.eq(own.block),
            brackets::text.eq(own.text),
            brackets::since_revision.eq(own.revision),
            brackets::since_at.eq(now),
            brackets::account_id.eq(own.account.0),
            brackets::organisation_id.eq(own.organisation.0),
            brackets::attribution_rule.eq(own.rule.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

/// The pair stands elsewhere now, or round other words.
pub fn set_place(
    conn: &mut DbConn,
    id: BracketId,
    section: &str,
    block: i32,
    text: &str,
) -> Result<()> {
    diesel::update(brackets::table.filter(brackets::id.eq(id.0)))
        .set((brackets::section.eq(section), brackets::block.eq(block), brackets::text.eq(text)))
        .execute(conn)?;
    Ok(())
}

/// The first revision without it.
pub fn set_closed(conn: &mut DbConn, id: BracketId, until: i32) -> Result<()> {
    diesel::update(brackets::table.filter(brackets::id.eq(id.0)))
        .set(brackets::until_revision.eq(until))
        .execute(conn)?;
    Ok(())
}

/// Who withdrew it.
pub fn set_withdrawn(conn: &mut DbConn, id: BracketId, by: AccountId) -> Result<()> {
    diesel::update(brackets::table.filter(brackets::id.eq(id.0)))
        .set(brackets::withdrawn_by.eq(by.0))
        .execute(conn)?;
    Ok(())
}
