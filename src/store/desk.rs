//! What a member's desk asks of all tracks at once: as many queries for one
//! text as for a thousand.

use diesel::prelude::*;

use super::recommendations::under_way;
use super::schema::{comments, recommendations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, RecommendationId, TrackId};
use crate::domain::stage::Stage;

/// A text under way, as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct UnderWay {
    pub id: RecommendationId,
    pub track: TrackId,
    pub reference: String,
    pub stage: Stage,
    pub title: String,
    pub revision: i32,
    pub brackets: i32,
    pub comments_until: Option<Instant>,
    pub updated_at: Instant,
}

/// Drafts and texts open for comment in these tracks, changed last first.
pub fn list_under_way(conn: &mut DbConn, tracks: &[TrackId], limit: i64) -> Result<Vec<UnderWay>> {
    let wanted: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(recommendations::table
        .filter(under_way(wanted))
        .order((recommendations::updated_at.desc(), recommendations::id))
        .limit(limit)
        .select((
            recommendations::id,
            recommendations::track_id,
            recommendations::reference,
            recommendations::stage,
            recommendations::title,
            recommendations::revision,
            recommendations::brackets,
            recommendations::comments_until,
            recommendations::updated_at,
        ))
        .load(conn)?)
}

/// Which of these texts the account has commented on, or replied in.
pub fn list_commented(
    conn: &mut DbConn,
    account: AccountId,
    of: &[RecommendationId],
) -> Result<Vec<RecommendationId>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(comments::table
        .filter(comments::author_id.eq(account.0))
        .filter(comments::recommendation_id.eq_any(wanted))
        .select(comments::recommendation_id)
        .distinct()
        .load(conn)?)
}

/// Track and stage of the texts with these references, for whoever wrote in
/// them: whether they still may.
pub fn list_stages(conn: &mut DbConn, of: &[&str]) -> Result<Vec<(String, TrackId, Stage)>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    Ok(recommendations::table
        .filter(recommendations::reference.eq_any(of))
        .select((recommendations::reference, recommendations::track_id, recommendations::stage))
        .load(conn)?)
}

/// Track, reference and title of some texts.
pub fn list_titles(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, TrackId, String, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(recommendations::table
        .filter(recommendations::id.eq_any(wanted))
        .select((
            recommendations::id,
            recommendations::track_id,
            recommendations::reference,
            recommendations::title,
        ))
        .load(conn)?)
}
