//! The text of several revisions at once.

use diesel::prelude::*;

use super::recommendations::Section;
use super::schema::{revisions, sections};
use super::{DbConn, Result};
use crate::domain::ids::RecommendationId;
use crate::domain::recommendation::BlockIds;

/// The sections of several revisions of one recommendation.
pub fn list_of(
    conn: &mut DbConn,
    id: RecommendationId,
    numbers: &[i32],
) -> Result<Vec<(i32, Section)>> {
    let rows: Vec<(i32, String, String, String, i32, BlockIds)> = sections::table
        .inner_join(revisions::table)
        .filter(revisions::recommendation_id.eq(id.0))
        .filter(revisions::number.eq_any(numbers.to_vec()))
        .order((revisions::number, sections::position))
        .select((
            revisions::number,
            sections::kind,
            sections::body,
            sections::rendered,
            sections::renderer,
            sections::blocks,
        ))
        .load(conn)?;
    let pair = |(number, kind, body, rendered, renderer, blocks)| {
        (number, Section { kind, body, rendered, renderer, blocks })
    };
    Ok(rows.into_iter().map(pair).collect())
}
