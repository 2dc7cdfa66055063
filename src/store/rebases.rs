//! How amendments followed their text, revision by revision.

use diesel::prelude::*;

use super::schema::{amendments, rebases};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::amendment::RebaseKind;
use crate::domain::ids::{AmendmentId, RecommendationId};

/// One step: what the amendment stood on after it.
#[derive(Debug, Clone, Queryable)]
pub struct Rebase {
    pub amendment: AmendmentId,
    pub number: i32,
    pub kind: RebaseKind,
    /// The revision it then stood on or, when stale, no longer fitted.
    pub revision: i32,
    pub section: String,
    pub base_text: String,
    pub text: String,
    pub created_at: Instant,
    /// The reason it gave; `None` where it kept the one before.
    pub reason: Option<String>,
}

/// A step about to be recorded; its number is the next one.
#[derive(Debug, Clone, Copy)]
pub struct NewRebase<'a> {
    pub amendment: AmendmentId,
    pub kind: RebaseKind,
    pub revision: i32,
    pub section: &'a str,
    pub base_text: &'a str,
    pub text: &'a str,
    /// `None` where it keeps the one before.
    pub reason: Option<&'a str>,
}

pub fn insert(conn: &mut DbConn, new: &NewRebase<'_>, now: Instant) -> Result<()> {
    let last: Option<i32> = rebases::table
        .filter(rebases::amendment_id.eq(new.amendment.0))
        .select(diesel::dsl::max(rebases::number))
        .first(conn)?;
    diesel::insert_into(rebases::table)
        .values((
            rebases::amendment_id.eq(new.amendment.0),
            rebases::number.eq(last.unwrap_or(0) + 1),
            rebases::kind.eq(new.kind.as_str()),
            rebases::revision.eq(new.revision),
            rebases::section.eq(new.section),
            rebases::base_text.eq(new.base_text),
            rebases::text.eq(new.text),
            rebases::created_at.eq(now),
            rebases::reason.eq(new.reason),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    rebases::table.select((
        rebases::amendment_id,
        rebases::number,
        rebases::kind,
        rebases::revision,
        rebases::section,
        rebases::base_text,
        rebases::text,
        rebases::created_at,
        rebases::reason,
    ))
}

/// The steps of one amendment, in order.
pub fn list_of(conn: &mut DbConn, of: AmendmentId, limit: i64) -> Result<Vec<Rebase>> {
    Ok(whole()
        .filter(rebases::amendment_id.eq(of.0))
        .order(rebases::number)
        .limit(limit)
        .load(conn)?)
}

/// The steps of many amendments, each one's in order.
pub fn list_of_many(conn: &mut DbConn, of: &[AmendmentId]) -> Result<Vec<Rebase>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(whole()
        .filter(rebases::amendment_id.eq_any(wanted))
        .order((rebases::amendment_id, rebases::number))
        .load(conn)?)
}

/// Which amendments of a text a revision moved or made stale.
pub fn list_moved_by(
    conn: &mut DbConn,
    of: RecommendationId,
    revision: i32,
    limit: i64,
) -> Result<Vec<AmendmentId>> {
    Ok(rebases::table
        .inner_join(amendments::table)
        .filter(amendments::recommendation_id.eq(of.0))
        .filter(rebases::revision.eq(revision))
        .filter(rebases::kind.eq_any([RebaseKind::Rebased.as_str(), RebaseKind::Stale.as_str()]))
        .select(rebases::amendment_id)
        .distinct()
        .limit(limit)
        .load(conn)?)
}
