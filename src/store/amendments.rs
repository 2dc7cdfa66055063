//! Amendments, where they stand, and what became of them.

use diesel::prelude::*;

use super::recommendations::under_way;
use super::schema::{accounts, amendments, compromise_falls, organisations, recommendations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::amendment::{AmendmentState, AmendmentVerb};
use crate::domain::comment::Disposition;
use crate::domain::ids::{
    AccountId, AmendmentId, OrganisationId, RecommendationId, RevisionId, TrackId,
};
use crate::domain::role::{AttributionRule, Capacity};

/// The most amendments one text is shown or rebased with at once.
pub const MOST: i64 = 1_000;

/// An amendment as those with a role in the track see it.
#[derive(Debug, Clone, Queryable)]
pub struct Amendment {
    pub id: AmendmentId,
    pub recommendation: RecommendationId,
    pub number: i32,
    pub verb: AmendmentVerb,
    pub section: String,
    /// The permanent id of the block; `None` at the start of the section.
    pub block: Option<i32>,
    /// As proposed: the revision, the block's source, the wording.
    pub revision: i32,
    pub original: String,
    pub wording: String,
    pub reason: String,
    pub reason_html: String,
    /// As it stands now, rebased on a later revision.
    pub base_revision: i32,
    pub base_text: String,
    pub text: String,
    pub stale_at: Option<Instant>,
    pub compromise: bool,
    pub author: AccountId,
    pub author_name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub capacity: Capacity,
    pub rule: AttributionRule,
    pub created_at: Instant,
    pub disposition: Option<Disposition>,
    pub disposition_reason: Option<String>,
    pub disposed_by: Option<AccountId>,
    pub disposed_at: Option<Instant>,
    /// The revision that carried it out, and the wording it took there.
    pub applied_in: Option<i32>,
    pub applied_text: Option<String>,
    pub fell_to: Option<AmendmentId>,
    pub withdrawn_at: Option<Instant>,
}

impl Amendment {
    #[must_use]
    pub const fn state(&self) -> AmendmentState {
        if self.withdrawn_at.is_some() {
            AmendmentState::Withdrawn
        } else if self.disposition.is_some() {
            AmendmentState::Answered
        } else if self.stale_at.is_some() {
            AmendmentState::Stale
        } else {
            AmendmentState::Waiting
        }
    }

    /// Whether the chair still owes an answer.
    #[must_use]
    pub const fn is_unanswered(&self) -> bool {
        self.disposition.is_none() && self.withdrawn_at.is_none()
    }

    /// `A4`, as people name it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("A{}", self.number)
    }

    /// The words it changed or would change: before and after.
    #[must_use]
    pub fn words(&self) -> (&str, &str) {
        let before = if self.verb == AmendmentVerb::Insert { "" } else { &self.base_text };
        (before, self.applied_text.as_deref().unwrap_or(&self.text))
    }
}

/// An amendment about to be stored.
pub struct NewRow<'a> {
    pub id: AmendmentId,
    pub recommendation: RecommendationId,
    pub number: i32,
    pub verb: AmendmentVerb,
    pub section: &'a str,
    pub block: Option<i32>,
    pub revision: i32,
    pub original: &'a str,
    pub wording: &'a str,
    pub reason: &'a str,
    pub reason_html: &'a str,
    pub renderer: i32,
    pub compromise: bool,
    pub author: AccountId,
    pub organisation: OrganisationId,
    pub capacity: Capacity,
    pub rule: AttributionRule,
}

/// Neither answered nor withdrawn.
#[diesel::dsl::auto_type]
pub(super) fn is_unanswered() -> _ {
    amendments::disposition.is_null().and(amendments::withdrawn_at.is_null())
}

/// Takes the next number of a text: never given twice. Whoever holds it keeps
/// every other writer of the text waiting until the end of the transaction.
pub fn take_number(conn: &mut DbConn, of: RecommendationId) -> Result<i32> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(of.0)))
        .set(recommendations::next_amendment.eq(recommendations::next_amendment + 1))
        .execute(conn)?;
    let next: i32 = recommendations::table
        .filter(recommendations::id.eq(of.0))
        .select(recommendations::next_amendment)
        .first(conn)?;
    Ok(next - 1)
}

/// As [`take_number`] without taking one: what is read after this stays so.
pub fn hold(conn: &mut DbConn, of: RecommendationId) -> Result<()> {
    diesel::update(recommendations::table.filter(recommendations::id.eq(of.0)))
        .set(recommendations::next_amendment.eq(recommendations::next_amendment))
        .execute(conn)?;
    Ok(())
}

pub fn insert(conn: &mut DbConn, new: &NewRow<'_>, now: Instant) -> Result<()> {
    diesel::insert_into(amendments::table)
        .values((
            amendments::id.eq(new.id.0),
            amendments::recommendation_id.eq(new.recommendation.0),
            amendments::number.eq(new.number),
            amendments::verb.eq(new.verb.as_str()),
            amendments::section.eq(new.section),
            amendments::block.eq(new.block),
            amendments::revision.eq(new.revision),
            amendments::original.eq(new.original),
            amendments::wording.eq(new.wording),
            amendments::reason.eq(new.reason),
            amendments::reason_html.eq(new.reason_html),
            amendments::renderer.eq(new.renderer),
            amendments::base_revision.eq(new.revision),
            amendments::base_text.eq(new.original),
            amendments::text.eq(new.wording),
            amendments::compromise.eq(new.compromise),
            amendments::author_id.eq(new.author.0),
            amendments::organisation_id.eq(new.organisation.0),
            amendments::capacity.eq(new.capacity.as_str()),
            amendments::attribution_rule.eq(new.rule.as_str()),
            amendments::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    amendments::table.inner_join(accounts::table).inner_join(organisations::table).select((
        amendments::id,
        amendments::recommendation_id,
        amendments::number,
        amendments::verb,
        amendments::section,
        amendments::block,
        amendments::revision,
        amendments::original,
        amendments::wording,
        amendments::reason,
        amendments::reason_html,
        amendments::base_revision,
        amendments::base_text,
        amendments::text,
        amendments::stale_at,
        amendments::compromise,
        amendments::author_id,
        accounts::name,
        amendments::organisation_id,
        organisations::name,
        amendments::capacity,
        amendments::attribution_rule,
        amendments::created_at,
        amendments::disposition,
        amendments::disposition_reason,
        amendments::disposed_by,
        amendments::disposed_at,
        amendments::applied_in,
        amendments::applied_text,
        amendments::fell_to,
        amendments::withdrawn_at,
    ))
}

/// The amendment of this number of a text.
pub fn find(conn: &mut DbConn, of: RecommendationId, number: i32) -> Result<Option<Amendment>> {
    Ok(whole()
        .filter(amendments::recommendation_id.eq(of.0))
        .filter(amendments::number.eq(number))
        .first(conn)
        .optional()?)
}

/// The amendments of a text, by number: what the draft, the ledger and its
/// export show.
pub fn list_of(
    conn: &mut DbConn,
    of: RecommendationId,
    offset: i64,
    limit: i64,
) -> Result<Vec<Amendment>> {
    Ok(whole()
        .filter(amendments::recommendation_id.eq(of.0))
        .order(amendments::number)
        .limit(limit)
        .offset(offset)
        .load(conn)?)
}

/// Those without an answer, stale ones too, by number.
pub fn list_unanswered(conn: &mut DbConn, of: RecommendationId) -> Result<Vec<Amendment>> {
    Ok(whole()
        .filter(amendments::recommendation_id.eq(of.0))
        .filter(is_unanswered())
        .order(amendments::number)
        .limit(MOST)
        .load(conn)?)
}

/// These amendments, by number.
pub fn list_by_ids(conn: &mut DbConn, of: &[AmendmentId]) -> Result<Vec<Amendment>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(whole()
        .filter(amendments::id.eq_any(wanted))
        .order(amendments::number)
        .limit(MOST)
        .load(conn)?)
}

/// Those without an answer: a text with one cannot be agreed.
pub fn count_unanswered(conn: &mut DbConn, of: RecommendationId) -> Result<i64> {
    Ok(amendments::table
        .filter(amendments::recommendation_id.eq(of.0))
        .filter(is_unanswered())
        .count()
        .get_result(conn)?)
}

/// How many amendments, and how many without an answer, each text has.
pub fn count_of_many(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, i64, i64)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    let all: Vec<(RecommendationId, i64)> = amendments::table
        .filter(amendments::recommendation_id.eq_any(wanted.clone()))
        .group_by(amendments::recommendation_id)
        .select((amendments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let unanswered: Vec<(RecommendationId, i64)> = amendments::table
        .filter(amendments::recommendation_id.eq_any(wanted))
        .filter(is_unanswered())
        .group_by(amendments::recommendation_id)
        .select((amendments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let waiting = |id| unanswered.iter().find(|(own, _)| *own == id).map_or(0, |(_, n)| *n);
    Ok(all.into_iter().map(|(id, n)| (id, n, waiting(id))).collect())
}

/// The oldest amendment a chair can answer now in each text of these tracks,
/// and how many there are.
pub fn list_waiting(
    conn: &mut DbConn,
    tracks: &[TrackId],
) -> Result<Vec<(RecommendationId, Option<Instant>, i64)>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(amendments::table
        .inner_join(recommendations::table)
        .filter(under_way(tracks))
        .filter(is_unanswered())
        .group_by(amendments::recommendation_id)
        .select((
            amendments::recommendation_id,
            diesel::dsl::min(amendments::created_at),
            diesel::dsl::count_star(),
        ))
        .load(conn)?)
}

/// The amendments of `account` that wait for it, longest first.
pub fn list_stale_of(conn: &mut DbConn, account: AccountId, limit: i64) -> Result<Vec<Amendment>> {
    Ok(whole()
        .filter(amendments::author_id.eq(account.0))
        .filter(amendments::stale_at.is_not_null())
        .filter(is_unanswered())
        .order(amendments::stale_at)
        .limit(limit)
        .load(conn)?)
}

/// Where an amendment stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub section: &'a str,
    pub revision: i32,
    pub base_text: &'a str,
    pub text: &'a str,
    pub stale_at: Option<Instant>,
}

pub fn set_standing(conn: &mut DbConn, id: AmendmentId, to: &Standing<'_>) -> Result<()> {
    diesel::update(amendments::table.filter(amendments::id.eq(id.0)))
        .set((
            amendments::section.eq(to.section),
            amendments::base_revision.eq(to.revision),
            amendments::base_text.eq(to.base_text),
            amendments::text.eq(to.text),
            amendments::stale_at.eq(to.stale_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Gives an amendment another reason.
pub fn set_reason(
    conn: &mut DbConn,
    id: AmendmentId,
    reason: &str,
    html: &str,
    renderer: i32,
) -> Result<()> {
    diesel::update(amendments::table.filter(amendments::id.eq(id.0)))
        .set((
            amendments::reason.eq(reason),
            amendments::reason_html.eq(html),
            amendments::renderer.eq(renderer),
        ))
        .execute(conn)?;
    Ok(())
}

/// Moves amendments whose block a revision left as it was.
pub fn move_to(conn: &mut DbConn, of: &[AmendmentId], revision: i32) -> Result<()> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    diesel::update(amendments::table.filter(amendments::id.eq_any(wanted)))
        .set(amendments::base_revision.eq(revision))
        .execute(conn)?;
    Ok(())
}

/// An answer about to be recorded on an amendment.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub disposition: Disposition,
    pub reason: &'a str,
    pub by: AccountId,
    pub applied_in: Option<i32>,
    pub applied_text: Option<&'a str>,
    pub fell_to: Option<AmendmentId>,
}

/// Records the answer; false when another came first, or it was withdrawn.
pub fn dispose(
    conn: &mut DbConn,
    id: AmendmentId,
    answer: &Answer<'_>,
    now: Instant,
) -> Result<bool> {
    let changed =
        diesel::update(amendments::table.filter(amendments::id.eq(id.0)).filter(is_unanswered()))
            .set((
                amendments::disposition.eq(answer.disposition.as_str()),
                amendments::disposition_reason.eq(answer.reason),
                amendments::disposed_by.eq(answer.by.0),
                amendments::disposed_at.eq(now),
                amendments::applied_in.eq(answer.applied_in),
                amendments::applied_text.eq(answer.applied_text),
                amendments::fell_to.eq(answer.fell_to.map(|id| id.0)),
            ))
            .execute(conn)?;
    Ok(changed == 1)
}

/// Takes answers back: the amendments wait again.
pub fn take_back(conn: &mut DbConn, of: &[AmendmentId]) -> Result<()> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    diesel::update(amendments::table.filter(amendments::id.eq_any(wanted)))
        .set((
            amendments::disposition.eq(None::<String>),
            amendments::disposition_reason.eq(None::<String>),
            amendments::disposed_by.eq(None::<i64>),
            amendments::disposed_at.eq(None::<Instant>),
            amendments::applied_in.eq(None::<i32>),
            amendments::applied_text.eq(None::<String>),
            amendments::fell_to.eq(None::<i64>),
        ))
        .execute(conn)?;
    Ok(())
}

/// False when it was answered, or withdrawn, before.
pub fn withdraw(conn: &mut DbConn, id: AmendmentId, now: Instant) -> Result<bool> {
    let changed =
        diesel::update(amendments::table.filter(amendments::id.eq(id.0)).filter(is_unanswered()))
            .set((amendments::withdrawn_at.eq(now), amendments::stale_at.eq(None::<Instant>)))
            .execute(conn)?;
    Ok(changed == 1)
}

pub fn insert_falls(conn: &mut DbConn, compromise: AmendmentId, of: &[AmendmentId]) -> Result<()> {
    let rows: Vec<_> = of
        .iter()
        .map(|id| {
            (
                compromise_falls::compromise_id.eq(compromise.0),
                compromise_falls::amendment_id.eq(id.0),
            )
        })
        .collect();
    for row in rows {
        diesel::insert_into(compromise_falls::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Which amendments each of these compromises names.
pub fn list_falls(
    conn: &mut DbConn,
    of: &[AmendmentId],
) -> Result<Vec<(AmendmentId, AmendmentId)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(compromise_falls::table
        .filter(compromise_falls::compromise_id.eq_any(wanted))
        .select((compromise_falls::compromise_id, compromise_falls::amendment_id))
        .load(conn)?)
}

/// Which amendments fell to a compromise when it was accepted.
pub fn list_fallen(conn: &mut DbConn, compromise: AmendmentId) -> Result<Vec<Amendment>> {
    Ok(whole()
        .filter(amendments::fell_to.eq(compromise.0))
        .order(amendments::number)
        .limit(MOST)
        .load(conn)?)
}

/// Reference and number of some amendments, for a log.
pub fn references_of(
    conn: &mut DbConn,
    of: &[AmendmentId],
) -> Result<Vec<(AmendmentId, String, i32)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(amendments::table
        .inner_join(recommendations::table)
        .filter(amendments::id.eq_any(wanted))
        .select((amendments::id, recommendations::reference, amendments::number))
        .load(conn)?)
}

/// Whose amendment each revision of a text carried out: for its history.
pub fn list_credits(conn: &mut DbConn, of: RecommendationId) -> Result<Vec<Credit>> {
    use super::schema::revisions;
    Ok(revisions::table
        .inner_join(
            amendments::table
                .inner_join(accounts::table)
                .inner_join(organisations::table)
                .on(revisions::amendment_id.eq(amendments::id.nullable())),
        )
        .filter(revisions::recommendation_id.eq(of.0))
        .order(revisions::number.desc())
        .limit(MOST)
        .select((
            revisions::id,
            revisions::number,
            amendments::number,
            accounts::name,
            organisations::name,
            amendments::applied_in,
        ))
        .load(conn)?)
}

/// The proposer of what a revision carried out.
#[derive(Debug, Clone, Queryable)]
pub struct Credit {
    pub id: RevisionId,
    pub revision: i32,
    pub amendment: i32,
    pub author_name: String,
    pub organisation_name: String,
    /// `None` when the answer was undone since.
    pub applied_in: Option<i32>,
}
