//! The text of several revisions at once.

use diesel::prelude::*;

use super::recommendations::{SECTION, Section};
use super::schema::{revisions, sections};
use super::{DbConn, Result};
use crate::domain::ids::{RecommendationId, RevisionId};

/// A section of a recommendation at a revision.
pub type Dated = (RecommendationId, i32, Section);

/// The sections of several revisions of one recommendation.
pub fn list_of(
    conn: &mut DbConn,
    id: RecommendationId,
    numbers: &[i32],
) -> Result<Vec<(i32, Section)>> {
    Ok(sections::table
        .inner_join(revisions::table)
        .filter(revisions::recommendation_id.eq(id.0))
        .filter(revisions::number.eq_any(numbers.to_vec()))
        .order((revisions::number, sections::position))
        .select((revisions::number, SECTION))
        .load(conn)?)
}

/// The sections of many recommendations, each at the revisions given: two
/// queries, however many there are.
pub fn list_at(conn: &mut DbConn, at: &[(RecommendationId, i32)]) -> Result<Vec<Dated>> {
    if at.is_empty() {
        return Ok(Vec::new());
    }
    let of: Vec<i64> = at.iter().map(|(id, _)| id.0).collect();
    let numbers: Vec<i32> = at.iter().map(|(_, number)| *number).collect();
    let mut found: Vec<(RevisionId, RecommendationId, i32)> = revisions::table
        .filter(revisions::recommendation_id.eq_any(of))
        .filter(revisions::number.eq_any(numbers))
        .select((revisions::id, revisions::recommendation_id, revisions::number))
        .load(conn)?;
    found.retain(|(_, id, number)| at.contains(&(*id, *number)));
    let wanted: Vec<i64> = found.iter().map(|(revision, ..)| revision.0).collect();
    let rows: Vec<(RevisionId, Section)> = sections::table
        .filter(sections::revision_id.eq_any(wanted))
        .order((sections::revision_id, sections::position))
        .select((sections::revision_id, SECTION))
        .load(conn)?;
    let dated = |(revision, section)| {
        let (_, id, number) = found.iter().find(|(own, ..)| *own == revision)?;
        Some((*id, *number, section))
    };
    Ok(rows.into_iter().filter_map(dated).collect())
}
