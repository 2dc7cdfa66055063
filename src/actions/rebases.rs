//! Amendments follow their text: after every revision each is carried over to
//! it, or said to no longer fit.

use std::borrow::Cow;

use super::{By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::amendment::{AmendmentVerb, Clash, RebaseKind};
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::{AmendmentId, RecommendationId, TrackId};
use crate::domain::notice::NoticeKind;
use crate::domain::recommendation::{BlockIds, RATIONALE, audience_of};
use crate::markdown;
use crate::markdown::merge::merge;
use crate::store::amendments::{Amendment, Standing};
use crate::store::rebases::NewRebase;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// A place in a text that an amendment is about.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// One without text is not stored; it still has a start.
    pub section: Cow<'a, Section>,
    /// Index of the block; `None` before the first one.
    pub at: Option<usize>,
    /// The block's Markdown, empty before the first one.
    pub source: String,
}

/// Finds a block by its permanent id, in whatever section it stands now; the
/// start of a section by the section's kind.
#[must_use]
pub fn find_spot<'a>(sections: &'a [Section], kind: &str, block: Option<i32>) -> Option<Spot<'a>> {
    let Some(block) = block else {
        let stored = sections.iter().find(|section| section.kind == kind).map(Cow::Borrowed);
        let section = stored.or_else(|| without_text(kind).map(Cow::Owned))?;
        return Some(Spot { section, at: None, source: String::new() });
    };
    sections.iter().find_map(|section| {
        let at = section.blocks.position_of(block)?.checked_sub(1)?;
        let source = markdown::source_of(&section.body, at)?.trim_end().to_owned();
        Some(Spot { section: Cow::Borrowed(section), at: Some(at), source })
    })
}

/// A section that nobody has written yet; a statement there always is.
#[must_use]
pub fn without_text(kind: &str) -> Option<Section> {
    (kind == RATIONALE || audience_of(kind).is_some()).then(|| Section {
        kind: kind.to_owned(),
        body: String::new(),
        rendered: "[]".to_owned(),
        renderer: markdown::RENDERER_VERSION,
        blocks: BlockIds::default(),
    })
}

/// The wording that an amendment of `base` comes to on the block as it is
/// `now`; `None` when both changed the same words, or what was to be deleted
/// has changed.
#[must_use]
pub fn carry_over(verb: AmendmentVerb, base: &str, text: &str, now: &str) -> Option<String> {
    if base == now || verb == AmendmentVerb::Insert {
        return Some(text.to_owned());
    }
    if verb == AmendmentVerb::Delete {
        return None;
    }
    merge(base, text, now).text().map(|merged| merged.trim_end().to_owned())
}

/// Whether two amendments of one block can both be accepted.
#[must_use]
pub fn clash(one: &Amendment, other: &Amendment) -> Clash {
    clash_of((one.verb, &one.base_text, &one.text), (other.verb, &other.text))
}

/// As [`clash`], of what each does to the same block: verb and wording, and
/// the block's source before the other's.
#[must_use]
pub fn clash_of(
    (verb, base, text): (AmendmentVerb, &str, &str),
    (other_verb, other): (AmendmentVerb, &str),
) -> Clash {
    use AmendmentVerb::{Delete, Insert, Replace};
    match (verb, other_verb) {
        (Delete, Delete) => Clash::Same,
        (Insert, Insert) | (Replace, Replace) if text == other => Clash::Same,
        (Insert, Insert | Replace) | (Replace, Insert) => Clash::Compatible,
        (Replace, Replace) if carry_over(Replace, base, text, other).is_some() => Clash::Compatible,
        _ => Clash::Collides,
    }
}

/// Carries the amendments that wait over to the revision a text has now;
/// those that no longer fit go back to their proposers, who are told.
///
/// # Errors
/// When the database refuses.
pub(super) fn follow(
    conn: &mut DbConn,
    recommendation: RecommendationId,
    revision: i32,
    sections: &[Section],
    by: By,
    now: Instant,
) -> Result<()> {
    let waiting = store::amendments::list_unanswered(conn, recommendation)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let track = store::recommendations::find(conn, recommendation)?.map(|own| own.track);
    let mut untouched: Vec<AmendmentId> = Vec::new();
    for own in &waiting {
        let spot = find_spot(sections, &own.section, own.block);
        let text = spot
            .as_ref()
            .and_then(|spot| carry_over(own.verb, &own.base_text, &own.text, &spot.source));
        match (spot, text) {
            (Some(spot), Some(text)) => {
                let moved = spot.section.kind != own.section || spot.source != own.base_text;
                if moved || own.stale_at.is_some() {
                    rebase(conn, own, &spot, &text, revision, by, track, now)?;
                } else {
                    untouched.push(own.id);
                }
            }
            _ if own.stale_at.is_some() => {}
            _ => make_stale(conn, own, revision, by, track, now)?,
        }
    }
    store::amendments::move_to(conn, &untouched, revision)?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "an amendment, and where it goes")]
fn rebase(
    conn: &mut DbConn,
    own: &Amendment,
    spot: &Spot<'_>,
    text: &str,
    revision: i32,
    by: By,
    track: Option<TrackId>,
    now: Instant,
) -> Result<()> {
    let base_text = spot.source.as_str();
    let section = spot.section.kind.as_str();
    let standing = Standing { section, revision, base_text, text, stale_at: None };
    store::amendments::set_standing(conn, own.id, &standing)?;
    let kind = RebaseKind::Rebased;
    let reason = None;
    let step = NewRebase { amendment: own.id, kind, revision, section, base_text, text, reason };
    store::rebases::insert(conn, &step, now)?;
    Ok(record(conn, by, AuditVerb::Rebased, (AuditObject::Amendment, own.id.0), track, now)?)
}

fn make_stale(
    conn: &mut DbConn,
    own: &Amendment,
    revision: i32,
    by: By,
    track: Option<TrackId>,
    now: Instant,
) -> Result<()> {
    let (section, base_text, text) = (&own.section, &own.base_text, &own.text);
    // It keeps the last text that it fitted: what it changed stays readable.
    let standing =
        Standing { section, revision: own.base_revision, base_text, text, stale_at: Some(now) };
    store::amendments::set_standing(conn, own.id, &standing)?;
    let kind = RebaseKind::Stale;
    let reason = None;
    let step = NewRebase { amendment: own.id, kind, revision, section, base_text, text, reason };
    store::rebases::insert(conn, &step, now)?;
    notify(conn, NoticeKind::AmendmentStale, own.id.0, &[own.author], by, now)?;
    Ok(record(conn, by, AuditVerb::Rebased, (AuditObject::Amendment, own.id.0), track, now)?)
}
