//! Recommendations: created, revised, and moved along their road.

use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, AmendmentId, OrganisationId, RecommendationId, WorkshopId};
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Object, Standing, Verb, may};
use crate::domain::programme::{Programme, Track};
use crate::domain::recommendation::{
    BlockIds, Draft, Recommendation, anchor_prefix, deadline_is_sensible,
};
use crate::domain::role::{AttributionRule, Role};
use crate::domain::stage::Stage;
use crate::markdown::ids::{Keyed, carry};
use crate::markdown::{self, Piece, brackets, paragraphs, sections};
use crate::store::recommendations::{NewRevision, Section};
use crate::store::{self, DbConn};

/// Longest reason for reopening or withdrawing, in characters.
pub const LONGEST_REASON: usize = 2_000;

/// A draft's sections rendered and checked: what a revision stores.
#[derive(Debug)]
pub struct Rendered {
    pub sections: Vec<Section>,
    /// Pairs of brackets over all sections; an unmatched one counts as one.
    pub brackets: i32,
}

/// Renders every section; done once, before the transaction.
///
/// # Errors
/// The faults of the section fields: nested too deep, or a heading that would
/// start another section in the exported file.
pub fn render(draft: &Draft, programme: &Programme) -> std::result::Result<Rendered, Faults> {
    let headings = programme.audience_headings();
    let mut faults = Faults::default();
    let mut rendered = Rendered { sections: Vec::new(), brackets: 0 };
    for (kind, body) in draft.sections() {
        if let Some(line) = sections::splits_at(body, &headings) {
            faults.add_n(kind.clone(), "fault-splits", line);
        }
        match markdown::render(body, &anchor_prefix(&kind)) {
            Ok(pieces) => {
                let found = brackets::scan(body);
                let count = found.pairs + found.unmatched.len();
                rendered.brackets += i32::try_from(count).unwrap_or(i32::MAX);
                rendered.sections.push(Section {
                    kind,
                    body: body.to_owned(),
                    // A list of strings always encodes.
                    rendered: serde_json::to_string(&pieces).unwrap_or_default(),
                    renderer: markdown::RENDERER_VERSION,
                    blocks: BlockIds::default(),
                });
            }
            Err(fault) => faults.add_n(kind, fault.fault(), fault.line()),
        }
    }
    faults.into_result(rendered)
}

/// Who writes, and in whose name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Author {
    pub(super) account: AccountId,
    pub(super) organisation: OrganisationId,
    pub(super) rule: AttributionRule,
}

impl Author {
    /// The actor, under the attribution rule the track has now.
    pub(super) fn new(actor: &Actor, programme: &Programme, own: &Recommendation) -> Self {
        let rule = programme
            .track_by_id(own.track)
            .map_or(AttributionRule::ChathamHouse, |track| track.rule);
        Self { account: actor.account, organisation: actor.organisation, rule }
    }
}

/// The revision a text was written on.
#[derive(Debug, Clone, Copy)]
pub struct Base {
    pub revision: i32,
    /// The older revision it was first written on, when it was merged since.
    pub merged: Option<i32>,
}

impl From<i32> for Base {
    fn from(revision: i32) -> Self {
        Self { revision, merged: None }
    }
}

/// Where a revision's text came from, besides its author's keyboard.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cause {
    pub amendment: Option<AmendmentId>,
    pub merged: Option<i32>,
}

/// Creates a recommendation with its first revision; answers its reference.
///
/// # Errors
/// `NotFound` when the track is not theirs to draft in.
pub fn create(
    conn: &mut DbConn,
    actor: &Actor,
    track: &Track,
    draft: &Draft,
    rendered: &Rendered,
    workshop: Option<WorkshopId>,
    now: Instant,
) -> Result<Recommendation> {
    let has_chair = store::accounts::has_chair(conn, track.id)?;
    let object = Object { track: track.id, has_chair, stage: None };
    let standing = may(actor, Verb::Create, &object)?;
    let number = store::programme::take_number(conn, track.id)?;
    let reference = format!("{}-{number:02}", track.reference);
    let author =
        Author { account: actor.account, organisation: actor.organisation, rule: track.rule };
    insert(conn, author, track, &reference, workshop, draft, rendered, standing, now)
}

#[expect(clippy::too_many_arguments, reason = "one row and its first revision")]
fn insert(
    conn: &mut DbConn,
    author: Author,
    track: &Track,
    reference: &str,
    workshop: Option<WorkshopId>,
    draft: &Draft,
    rendered: &Rendered,
    standing: Standing,
    now: Instant,
) -> Result<Recommendation> {
    let id = RecommendationId(store::ids::fresh(now));
    store::recommendations::insert(conn, id, track.id, reference, workshop, author.account, now)?;
    append(conn, id, 1, author, Cause::default(), draft, rendered, now)?;
    store::programme::bump_public_version(conn)?;
    let by = By::standing(author.account, standing);
    record(conn, by, AuditVerb::Created, (AuditObject::Recommendation, id.0), Some(track.id), now)?;
    store::recommendations::find(conn, id)?.ok_or(ActionError::NotFound)
}

/// Appends revision `number`, if the one before it is still the current one.
///
/// # Errors
/// `Stale` with the newest number when it is not.
#[expect(clippy::too_many_arguments, reason = "a revision, and where it came from")]
pub(super) fn append(
    conn: &mut DbConn,
    id: RecommendationId,
    number: i32,
    author: Author,
    cause: Cause,
    draft: &Draft,
    rendered: &Rendered,
    now: Instant,
) -> Result<()> {
    let before = store::recommendations::list_sections(conn, id, number - 1)?;
    let next_block = store::recommendations::find(conn, id)?.map_or(1, |own| own.next_block);
    let (sections, next_block) = with_ids(&before, &rendered.sections, next_block);
    let revision = NewRevision {
        recommendation: id,
        number,
        title: &draft.title,
        summary: &draft.summary,
        author: author.account,
        organisation: author.organisation,
        rule: author.rule,
        sections: &sections,
        next_block,
        amendment: cause.amendment,
        merged_base: cause.merged,
    };
    if store::recommendations::append_revision(conn, &revision, rendered.brackets, now)? {
        super::brackets::follow(conn, id, number, &sections, author, now)?;
        let by = By::account(author.account);
        return super::rebases::follow(conn, id, number, &sections, by, now);
    }
    let current = store::recommendations::find(conn, id)?.ok_or(ActionError::NotFound)?;
    Err(ActionError::Stale(current.revision))
}

/// A stored section as the text engine takes it.
#[must_use]
pub fn keyed(section: &Section) -> Keyed<'_> {
    Keyed { section: &section.kind, body: &section.body, ids: &section.blocks.0 }
}

/// The sections with their blocks' permanent ids, carried from the revision
/// before, and the next free id.
fn with_ids(before: &[Section], sections: &[Section], next: i32) -> (Vec<Section>, i32) {
    // A text that is restored has its own.
    if sections.iter().all(|own| !own.blocks.0.is_empty()) {
        return (sections.to_vec(), next);
    }
    let old: Vec<Keyed<'_>> = before.iter().map(keyed).collect();
    let new: Vec<(&str, &str)> =
        sections.iter().map(|own| (own.kind.as_str(), own.body.as_str())).collect();
    let (ids, next) = carry(&old, &new, next);
    let mut sections = sections.to_vec();
    let mut number = 0;
    for (section, ids) in sections.iter_mut().zip(ids) {
        // What cannot be read stays as it is: a page of it has no permalinks.
        if let Ok(mut pieces) = serde_json::from_str::<Vec<Piece>>(&section.rendered) {
            number = paragraphs::number(&mut pieces, &section.body, &ids, number);
            section.rendered = serde_json::to_string(&pieces).unwrap_or_default();
        }
        section.blocks = BlockIds(ids);
    }
    (sections, next)
}

/// Saves a revision on top of `base`; refused when a newer one exists, so that
/// nothing is written over.
///
/// # Errors
/// `Stale` with the newest number; `NotFound`; `Conflict` at another stage.
#[expect(clippy::too_many_arguments, reason = "the form, its rendering and who sent it")]
pub fn revise(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    base: impl Into<Base>,
    draft: &Draft,
    rendered: &Rendered,
    now: Instant,
) -> Result<i32> {
    let base = base.into();
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Revise, &recommendation.object())?;
    if recommendation.revision != base.revision {
        return Err(ActionError::Stale(recommendation.revision));
    }
    let author = Author::new(actor, programme, &recommendation);
    let number = base.revision + 1;
    let cause = Cause { amendment: None, merged: base.merged };
    append(conn, recommendation.id, number, author, cause, draft, rendered, now)?;
    super::pens::keep(conn, actor, &recommendation, now)?;
    log(conn, actor, standing, AuditVerb::Revised, &recommendation, now)?;
    Ok(number)
}

/// Opens a text for comment until `until` (or moves the deadline of an open
/// one), and tells the track.
///
/// # Errors
/// A fault of `until` that is past or too far; `Conflict` at another stage.
pub fn open(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    until: Instant,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Open, &recommendation.object())?;
    if !deadline_is_sensible(until, now) {
        return Err(Faults::one("until", "fault-deadline").into());
    }
    if recommendation.stage == Stage::Draft {
        move_stage(conn, &recommendation, Stage::Open, now)?;
        let members = store::accounts::list_members(conn, recommendation.track, Role::Participant)?;
        let by = By::standing(actor.account, standing);
        notify(conn, NoticeKind::Opened, recommendation.id.0, &members, by, now)?;
    }
    store::recommendations::set_deadline(conn, recommendation.id, Some(until))?;
    store::programme::bump_public_version(conn)?;
    log(conn, actor, standing, AuditVerb::Opened, &recommendation, now)
}

/// Closes a text for comment: back to `draft`.
///
/// # Errors
/// `Conflict` when it is not open.
pub fn close(conn: &mut DbConn, actor: &Actor, reference: &str, now: Instant) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Close, &recommendation.object())?;
    move_stage(conn, &recommendation, Stage::Draft, now)?;
    store::recommendations::set_deadline(conn, recommendation.id, None)?;
    store::programme::bump_public_version(conn)?;
    log(conn, actor, standing, AuditVerb::Closed, &recommendation, now)
}

/// Marks the text agreed at exactly `revision`, the one the chair looked at.
///
/// # Errors
/// `Stale` when a newer revision exists, `Conflict` while a comment has no
/// disposition, a contest no answer, or words stand in brackets.
pub fn agree(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    revision: i32,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Agree, &recommendation.object())?;
    if recommendation.revision != revision {
        return Err(ActionError::Stale(recommendation.revision));
    }
    if store::comments::count_unanswered(conn, recommendation.id)? > 0
        || store::amendments::count_unanswered(conn, recommendation.id)? > 0
    {
        return Err(ActionError::Conflict("conflict-unanswered"));
    }
    if store::contests::count_unanswered(conn, recommendation.id)? > 0 {
        return Err(ActionError::Conflict("conflict-contested"));
    }
    // Words in brackets are words that are not agreed.
    if recommendation.brackets > 0 {
        return Err(ActionError::Conflict("conflict-brackets"));
    }
    move_stage(conn, &recommendation, Stage::Agreed, now)?;
    store::recommendations::set_deadline(conn, recommendation.id, None)?;
    store::recommendations::set_agreed(conn, recommendation.id, Some((revision, now)))?;
    store::programme::bump_public_version(conn)?;
    let members = store::accounts::list_members(conn, recommendation.track, Role::Participant)?;
    let by = By::standing(actor.account, standing);
    notify(conn, NoticeKind::Agreed, recommendation.id.0, &members, by, now)?;
    log(conn, actor, standing, AuditVerb::Agreed, &recommendation, now)
}

/// Takes an agreed text back to `draft`, with a reason.
///
/// # Errors
/// A fault of `reason`; `Conflict` when it is not agreed.
pub fn reopen(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    reason: &str,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Reopen, &recommendation.object())?;
    check_reason(reason)?;
    move_stage(conn, &recommendation, Stage::Draft, now)?;
    store::recommendations::set_agreed(conn, recommendation.id, None)?;
    store::programme::bump_public_version(conn)?;
    log(conn, actor, standing, AuditVerb::Reopened, &recommendation, now)
}

/// Withdraws a text for good, with a reason.
///
/// # Errors
/// A fault of `reason`; `Conflict` when it is withdrawn already.
pub fn withdraw(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    reason: &str,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Withdraw, &recommendation.object())?;
    let reason = check_reason(reason)?;
    move_stage(conn, &recommendation, Stage::Withdrawn, now)?;
    store::recommendations::set_deadline(conn, recommendation.id, None)?;
    store::recommendations::set_withdrawn(conn, recommendation.id, &reason, now)?;
    store::programme::bump_public_version(conn)?;
    log(conn, actor, standing, AuditVerb::Withdrew, &recommendation, now)
}

pub(crate) fn check_reason(reason: &str) -> std::result::Result<String, Faults> {
    let mut faults = Faults::default();
    let reason = markdown::normalise(reason).trim().to_owned();
    if reason.is_empty() {
        faults.add("reason", "fault-required");
    } else if reason.chars().count() > LONGEST_REASON {
        faults.add_n("reason", "fault-too-long", LONGEST_REASON);
    }
    faults.into_result(reason)
}

/// The recommendation, if it is the asker's to see.
///
/// # Errors
/// `NotFound` otherwise.
pub fn load(conn: &mut DbConn, actor: &Actor, reference: &str) -> Result<Recommendation> {
    store::recommendations::find_visible_to(conn, actor, reference)?.ok_or(ActionError::NotFound)
}

fn move_stage(
    conn: &mut DbConn,
    recommendation: &Recommendation,
    to: Stage,
    now: Instant,
) -> Result<()> {
    let moved =
        store::recommendations::set_stage(conn, recommendation.id, recommendation.stage, to, now)?;
    if moved { Ok(()) } else { Err(ActionError::Conflict("conflict-stage")) }
}

fn log(
    conn: &mut DbConn,
    actor: &Actor,
    standing: Standing,
    verb: AuditVerb,
    recommendation: &Recommendation,
    now: Instant,
) -> Result<()> {
    let by = By::standing(actor.account, standing);
    let object = (AuditObject::Recommendation, recommendation.id.0);
    record(conn, by, verb, object, Some(recommendation.track), now)?;
    Ok(())
}

/// What a file says of the stage it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedStage {
    Draft,
    Open(Instant),
    Agreed,
    Withdrawn(String),
}

/// Brings in one recommendation from a file, in the stage the file states;
/// part of one transaction for a whole folder.
///
/// # Errors
/// When the database refuses; the caller has checked the reference.
#[expect(clippy::too_many_arguments, reason = "one file's worth of values")]
pub fn import(
    conn: &mut DbConn,
    author: (AccountId, OrganisationId),
    track: &Track,
    reference: Option<&str>,
    draft: &Draft,
    rendered: &Rendered,
    stage: &ImportedStage,
    now: Instant,
) -> Result<String> {
    let reference = match reference {
        Some(reference) => {
            let number = reference.rsplit_once('-').and_then(|(_, n)| n.parse().ok());
            store::programme::reserve_number(conn, track.id, number.unwrap_or(0))?;
            reference.to_owned()
        }
        None => {
            let number = store::programme::take_number(conn, track.id)?;
            format!("{}-{number:02}", track.reference)
        }
    };
    let author = Author { account: author.0, organisation: author.1, rule: track.rule };
    let made = insert(conn, author, track, &reference, None, draft, rendered, Standing::Own, now)?;
    match stage {
        ImportedStage::Draft => {}
        ImportedStage::Open(until) => {
            move_stage(conn, &made, Stage::Open, now)?;
            store::recommendations::set_deadline(conn, made.id, Some(*until))?;
        }
        ImportedStage::Agreed => {
            move_stage(conn, &made, Stage::Agreed, now)?;
            store::recommendations::set_agreed(conn, made.id, Some((1, now)))?;
        }
        ImportedStage::Withdrawn(reason) => {
            move_stage(conn, &made, Stage::Withdrawn, now)?;
            store::recommendations::set_withdrawn(conn, made.id, reason, now)?;
        }
    }
    let object = (AuditObject::Recommendation, made.id.0);
    record(conn, By::COMMAND_LINE, AuditVerb::Imported, object, Some(track.id), now)?;
    Ok(reference)
}
