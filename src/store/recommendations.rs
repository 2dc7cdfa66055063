//! Recommendations, their revisions and sections.

use diesel::prelude::*;

use super::schema::{accounts, organisations, recommendations, revisions, sections};
use super::{DbConn, Result, accounts as account_store, ids};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::ids::{
    AccountId, AmendmentId, OrganisationId, RecommendationId, RevisionId, TrackId, WorkshopId,
};
use crate::domain::recommendation::{BlockIds, Recommendation};
use crate::domain::role::AttributionRule;
use crate::domain::stage::Stage;

#[derive(Queryable)]
struct Row {
    id: RecommendationId,
    track: TrackId,
    reference: String,
    stage: Stage,
    title: String,
    revision: i32,
    brackets: i32,
    workshop: Option<WorkshopId>,
    comments_until: Option<Instant>,
    agreed_revision: Option<i32>,
    agreed_at: Option<Instant>,
    withdrawn_at: Option<Instant>,
    withdrawn_reason: Option<String>,
    _created_by: AccountId,
    created_at: Instant,
    updated_at: Instant,
    next_block: i32,
    next_amendment: i32,
    contest_days: i32,
    changes: i64,
}

impl Row {
    fn with_chair(self, has_chair: bool) -> Recommendation {
        Recommendation {
            id: self.id,
            track: self.track,
            reference: self.reference,
            stage: self.stage,
            title: self.title,
            revision: self.revision,
            brackets: self.brackets,
            workshop: self.workshop,
            comments_until: self.comments_until,
            agreed_revision: self.agreed_revision,
            agreed_at: self.agreed_at,
            withdrawn_at: self.withdrawn_at,
            withdrawn_reason: self.withdrawn_reason,
            created_at: self.created_at,
            updated_at: self.updated_at,
            next_block: self.next_block,
            next_amendment: self.next_amendment,
            contest_days: self.contest_days,
            changes: self.changes,
            has_chair,
        }
    }
}

/// One revision, without its text.
#[derive(Debug, Clone, Queryable)]
pub struct Revision {
    pub id: RevisionId,
    pub number: i32,
    pub title: String,
    pub summary: String,
    pub author: AccountId,
    pub author_name: String,
    pub organisation_name: String,
    pub created_at: Instant,
    /// The older revision it was first written on, when it was merged.
    pub merged_base: Option<i32>,
}

/// One section of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Section {
    pub kind: String,
    pub body: String,
    /// The safe HTML, a JSON list of pieces.
    pub rendered: String,
    pub renderer: i32,
    /// The permanent ids of its blocks; empty for a text older than ids.
    pub blocks: BlockIds,
}

type SectionColumns =
    (sections::kind, sections::body, sections::rendered, sections::renderer, sections::blocks);

/// What a [`Section`] is read from.
pub(super) const SECTION: SectionColumns =
    (sections::kind, sections::body, sections::rendered, sections::renderer, sections::blocks);

/// A new revision, with its sections rendered.
pub struct NewRevision<'a> {
    pub recommendation: RecommendationId,
    pub number: i32,
    pub title: &'a str,
    pub summary: &'a str,
    pub author: AccountId,
    pub organisation: OrganisationId,
    pub rule: AttributionRule,
    pub sections: &'a [Section],
    /// The id that the next new block takes.
    pub next_block: i32,
    /// The amendment it carries out.
    pub amendment: Option<AmendmentId>,
    /// The older revision its text was first written on, when it was merged since.
    pub merged_base: Option<i32>,
}

/// The recommendation of this reference, if it is the asker's to read.
pub fn find_visible_to(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
) -> Result<Option<Recommendation>> {
    let found = find_by_reference(conn, reference)?;
    Ok(found.filter(|recommendation| actor.sees(recommendation.track)))
}

/// Without asking who reads: for commands, jobs and imports.
pub fn find_by_reference(conn: &mut DbConn, reference: &str) -> Result<Option<Recommendation>> {
    let row: Option<Row> = recommendations::table
        .filter(recommendations::reference.eq(reference))
        .first(conn)
        .optional()?;
    with_chair(conn, row)
}

pub fn find(conn: &mut DbConn, id: RecommendationId) -> Result<Option<Recommendation>> {
    let row: Option<Row> =
        recommendations::table.filter(recommendations::id.eq(id.0)).first(conn).optional()?;
    with_chair(conn, row)
}

fn with_chair(conn: &mut DbConn, row: Option<Row>) -> Result<Option<Recommendation>> {
    let Some(row) = row else { return Ok(None) };
    let has_chair = account_store::has_chair(conn, row.track)?;
    Ok(Some(row.with_chair(has_chair)))
}

/// What a list of recommendations is narrowed to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub track: Option<TrackId>,
    pub stage: Option<Stage>,
}

/// One page of what the asker may read, by reference.
pub fn list_visible_to(
    conn: &mut DbConn,
    actor: &Actor,
    filter: Filter,
    offset: i64,
    limit: i64,
) -> Result<Vec<Recommendation>> {
    let mut query = recommendations::table.into_boxed();
    if !actor.secretariat {
        let own: Vec<i64> = actor.memberships.iter().map(|(track, _)| track.0).collect();
        query = query.filter(recommendations::track_id.eq_any(own));
    }
    if let Some(track) = filter.track {
        query = query.filter(recommendations::track_id.eq(track.0));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(recommendations::stage.eq(stage.as_str()));
    }
    let rows: Vec<Row> =
        query.order(recommendations::reference).limit(limit).offset(offset).load(conn)?;
    let chaired = account_store::chaired_tracks(conn)?;
    let chair = |row: Row| {
        let has_chair = chaired.contains(&row.track);
        row.with_chair(has_chair)
    };
    Ok(rows.into_iter().map(chair).collect())
}

pub fn count_visible_to(conn: &mut DbConn, actor: &Actor, filter: Filter) -> Result<i64> {
    let mut query = recommendations::table.into_boxed();
    if !actor.secretariat {
        let own: Vec<i64> = actor.memberships.iter().map(|(track, _)| track.0).collect();
        query = query.filter(recommendations::track_id.eq_any(own));
    }
    if let Some(track) = filter.track {
        query = query.filter(recommendations::track_id.eq(track.0));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(recommendations::stage.eq(stage.as_str()));
    }
    Ok(query.count().get_result(conn)?)
}

/// Every recommendation, by reference: for commands and the edition builder.
pub fn list_all(conn: &mut DbConn) -> Result<Vec<Recommendation>> {
    let rows: Vec<Row> = recommendations::table.order(recommendations::reference).load(conn)?;
    let chaired = account_store::chaired_tracks(conn)?;
    let chair = |row: Row| {
        let has_chair = chaired.contains(&row.track);
        row.with_chair(has_chair)
    };
    Ok(rows.into_iter().map(chair).collect())
}

/// Stages at which something can still be said or answered.
const UNDER_WAY: [&str; 2] = ["draft", "open"];

/// In one of these tracks, and still under way.
#[diesel::dsl::auto_type]
pub(super) fn under_way(tracks: Vec<i64>) -> _ {
    let stages: [&'static str; 2] = UNDER_WAY;
    recommendations::track_id.eq_any(tracks).and(recommendations::stage.eq_any(stages))
}

/// What the public may know of work under way: a track, a stage, a deadline.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct UnderWay {
    pub track: TrackId,
    pub stage: Stage,
    pub comments_until: Option<Instant>,
}

pub fn list_under_way(conn: &mut DbConn) -> Result<Vec<UnderWay>> {
    Ok(recommendations::table
        .filter(recommendations::stage.eq_any(UNDER_WAY))
        .select((
            recommendations::track_id,
            recommendations::stage,
            recommendations::comments_until,
        ))
        .order((recommendations::track_id, recommendations::comments_until))
        .load(conn)?)
}

/// A new row, at revision 0 until its first revision is appended.
pub fn insert(
    conn: &mut DbConn,
    id: RecommendationId,
    track: TrackId,
    reference: &str,
    workshop: Option<WorkshopId>,
    created_by: AccountId,
    now: Instant,
) -> Result<()> {
    diesel::insert_into(recommendations::table)
        .values((
            recommendations::id.eq(id.0),
            recommendations::track_id.eq(track.0),
            recommendations::reference.eq(reference),
            recommendations::stage.eq(Stage::Draft.as_str()),
            recommendations::title.eq(""),
            recommendations::revision.eq(0),
            recommendations::brackets.eq(0),
            recommendations::workshop_id.eq(workshop.map(|id| id.0)),
            recommendations::created_by.eq(created_by.0),
            recommendations::created_at.eq(now),
            recommendations::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Appends a revision and makes it the current one. False when another
/// revision was appended to the same base first: nothing is changed then.
pub fn append_revision(
    conn: &mut DbConn,
    revision: &NewRevision<'_>,
    brackets: i32,
    now: Instant,
) -> Result<bool> {
    let moved = diesel::update(
        recommendations::table
            .filter(recommendations::id.eq(revision.recommendation.0))
            .filter(recommendations::revision.eq(revision.number - 1)),
    )
    .set((
        recommendations::revision.eq(revision.number),
        recommendations::title.eq(revision.title),
        recommendations::brackets.eq(brackets),
        recommendations::next_block.eq(revision.next_block),
        recommendations::updated_at.eq(now),
    ))
    .execute(conn)?;
    if moved == 0 {
        return Ok(false);
    }
    let id = ids::fresh(now);
    diesel::insert_into(revisions::table)
        .values((
            revisions::id.eq(id),
            revisions::recommendation_id.eq(revision.recommendation.0),
            revisions::number.eq(revision.number),
            revisions::title.eq(revision.title),
            revisions::summary.eq(revision.summary),
            revisions::author_id.eq(revision.author.0),
            revisions::organisation_id.eq(revision.organisation.0),
            revisions::attribution_rule.eq(revision.rule.as_str()),
            revisions::amendment_id.eq(revision.amendment.map(|id| id.0)),
            revisions::merged_base.eq(revision.merged_base),
            revisions::created_at.eq(now),
        ))
        .execute(conn)?;
    for (section, position) in revision.sections.iter().zip(0_i32..) {
        diesel::insert_into(sections::table)
            .values((
                sections::id.eq(ids::fresh(now)),
                sections::revision_id.eq(id),
                sections::position.eq(position),
                sections::kind.eq(&section.kind),
                sections::body.eq(&section.body),
                sections::rendered.eq(&section.rendered),
                sections::renderer.eq(section.renderer),
                sections::blocks.eq(section.blocks.to_string()),
            ))
            .execute(conn)?;
    }
    Ok(true)
}

#[diesel::dsl::auto_type]
fn whole_revision() -> _ {
    revisions::table.inner_join(accounts::table).inner_join(organisations::table).select((
        revisions::id,
        revisions::number,
        revisions::title,
        revisions::summary,
        revisions::author_id,
        accounts::name,
        organisations::name,
        revisions::created_at,
        revisions::merged_base,
    ))
}

/// Every revision, newest first.
pub fn list_revisions(
    conn: &mut DbConn,
    id: RecommendationId,
    offset: i64,
    limit: i64,
) -> Result<Vec<Revision>> {
    Ok(whole_revision()
        .filter(revisions::recommendation_id.eq(id.0))
        .order(revisions::number.desc())
        .limit(limit)
        .offset(offset)
        .load(conn)?)
}

pub fn find_revision(
    conn: &mut DbConn,
    id: RecommendationId,
    number: i32,
) -> Result<Option<Revision>> {
    Ok(whole_revision()
        .filter(revisions::recommendation_id.eq(id.0))
        .filter(revisions::number.eq(number))
        .first(conn)
        .optional()?)
}

/// The sections of a revision, in order.
pub fn list_sections(conn: &mut DbConn, id: RecommendationId, number: i32) -> Result<Vec<Section>> {
    Ok(sections::table
        .inner_join(revisions::table)
        .filter(revisions::recommendation_id.eq(id.0))
        .filter(revisions::number.eq(number))
        .order(sections::position)
        .select(SECTION)
        .load(conn)?)
}

/// The current sections of many recommendations at once.
pub fn list_current_sections(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, Section)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(sections::table
        .inner_join(revisions::table.inner_join(recommendations::table))
        .filter(recommendations::id.eq_any(wanted))
        .filter(revisions::number.eq(recommendations::revision))
        .order((recommendations::reference, sections::position))
        .select((recommendations::id, SECTION))
        .load(conn)?)
}

/// Changes the stage from one to another; false when it is no longer `from`.
pub fn set_stage(
    conn: &mut DbConn,
    id: RecommendationId,
    from: Stage,
    to: Stage,
    now: Instant,
) -> Result<bool> {
    let changed = diesel::update(
        recommendations::table
            .filter(recommendations::id.eq(id.0))
            .filter(recommendations::stage.eq(from.as_str())),
    )
    .set((recommendations::stage.eq(to.as_str()), recommendations::updated_at.eq(now)))
    .execute(conn)?;
    Ok(changed == 1)
}

pub fn set_deadline(conn: &mut DbConn, id: RecommendationId, until: Option<Instant>) -> Result<()> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(id.0)))
        .set(recommendations::comments_until.eq(until))
        .execute(conn)?;
    Ok(())
}

pub fn set_agreed(
    conn: &mut DbConn,
    id: RecommendationId,
    agreed: Option<(i32, Instant)>,
) -> Result<()> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(id.0)))
        .set((
            recommendations::agreed_revision.eq(agreed.map(|(number, _)| number)),
            recommendations::agreed_at.eq(agreed.map(|(_, at)| at)),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn set_withdrawn(
    conn: &mut DbConn,
    id: RecommendationId,
    reason: &str,
    now: Instant,
) -> Result<()> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(id.0)))
        .set((recommendations::withdrawn_at.eq(now), recommendations::withdrawn_reason.eq(reason)))
        .execute(conn)?;
    Ok(())
}

/// Reference and current revision of some recommendations.
pub fn references_of(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, String, i32)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(recommendations::table
        .filter(recommendations::id.eq_any(wanted))
        .select((recommendations::id, recommendations::reference, recommendations::revision))
        .load(conn)?)
}
