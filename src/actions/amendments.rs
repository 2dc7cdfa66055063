//! Amendments: proposed, adapted to a text that moved on, withdrawn.

use super::co_sponsors;
use super::rebases::{Spot, find_spot};
use super::recommendations::{Rendered, load, render};
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::amendment::{
    AmendmentVerb, NewAmendment, RebaseKind, check_reason, check_wording,
};
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::AmendmentId;
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Refusal, Standing, Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Draft, RATIONALE, Recommendation, STATEMENT, audience_of};
use crate::domain::role::AttributionRule;
use crate::markdown;
use crate::store::amendments::{Amendment, NewRow};
use crate::store::rebases::NewRebase;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn, ids};

/// Where an amendment is put: a block of the revision its author read, or the
/// start of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub revision: i32,
    pub section: String,
    pub block: Option<i32>,
}

/// Proposes an amendment to a text that is open; answers its number.
///
/// # Errors
/// A fault of `reason` after the deadline or at another stage, of `wording`
/// that the text could not hold; `Stale` when the text moved on; `NotFound`
/// when the block is not there.
pub fn propose(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    place: &Place,
    new: &NewAmendment,
    now: Instant,
) -> Result<i32> {
    let own = load(conn, actor, reference)?;
    let standing = may_amend(actor, &own, now)?;
    let amendment = insert(conn, actor, programme, &own, place, new, false, now)?;
    let by = By::standing(actor.account, standing);
    let object = (AuditObject::Amendment, amendment.0.0);
    record(conn, by, AuditVerb::Amended, object, Some(own.track), now)?;
    Ok(amendment.1)
}

/// Proposes several at once, all of them or none; answers how many.
///
/// # Errors
/// As [`propose`]; what the text could not hold is a fault of `change-1` and so
/// on.
pub fn propose_each(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    all: &[(Place, NewAmendment)],
    now: Instant,
) -> Result<usize> {
    for (n, (place, new)) in (1..).zip(all) {
        let made = propose(conn, actor, programme, reference, place, new, now);
        made.map_err(|refusal| at_change(refusal, n))?;
    }
    Ok(all.len())
}

fn at_change(refusal: ActionError, n: usize) -> ActionError {
    let ActionError::Faults(mut faults) = refusal else { return refusal };
    for fault in faults.0.iter_mut().filter(|fault| fault.field == "wording") {
        fault.field = format!("change-{n}");
    }
    faults.into()
}

/// Stores an amendment with its first step; the right has been asked.
#[expect(clippy::too_many_arguments, reason = "the form and who sent it")]
pub(super) fn insert(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    own: &Recommendation,
    place: &Place,
    new: &NewAmendment,
    compromise: bool,
    now: Instant,
) -> Result<(AmendmentId, i32)> {
    // From here on no revision is saved until this is.
    let number = store::amendments::take_number(conn, own.id)?;
    let own = store::recommendations::find(conn, own.id)?.ok_or(ActionError::NotFound)?;
    if own.revision != place.revision {
        return Err(ActionError::Stale(own.revision));
    }
    let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
    let spot = find_spot(&sections, &place.section, place.block).ok_or(ActionError::NotFound)?;
    let known = audience_of(&place.section).is_none_or(|slug| programme.audience(slug).is_some());
    if !known || (spot.at.is_none() && new.verb != AmendmentVerb::Insert) {
        return Err(ActionError::NotFound);
    }
    check_result(&own, programme, &sections, &spot, new.verb, &new.wording, "wording")?;
    let id = AmendmentId(ids::fresh(now));
    let reason_html = note(&new.reason, id)?;
    let section = spot.section.kind.as_str();
    let row = NewRow {
        id,
        recommendation: own.id,
        number,
        verb: new.verb,
        section,
        block: place.block,
        revision: own.revision,
        original: &spot.source,
        wording: &new.wording,
        reason: &new.reason,
        reason_html: &reason_html,
        renderer: markdown::RENDERER_VERSION,
        compromise,
        author: actor.account,
        organisation: actor.organisation,
        capacity: new.capacity,
        rule: rule_of(programme, &own),
    };
    store::amendments::insert(conn, &row, now)?;
    let step = NewRebase {
        amendment: id,
        kind: RebaseKind::Proposed,
        revision: own.revision,
        section,
        base_text: &spot.source,
        text: &new.wording,
        reason: Some(&new.reason),
    };
    store::rebases::insert(conn, &step, now)?;
    Ok((id, number))
}

/// What its proposer makes of an amendment, as normalised text.
#[derive(Debug, Clone, Copy)]
pub struct Anew<'a> {
    /// The revision that the form showed.
    pub revision: i32,
    /// Ignored for a deletion.
    pub wording: &'a str,
    pub reason: &'a str,
}

/// Its proposer gives an amendment another wording or another reason on the
/// present text: one that no longer fits at any time, one that fits while
/// others may propose. Who put their name to what it was is told. Answers what
/// was done.
///
/// # Errors
/// The faults of `wording` and `reason`; `NotFound` when it is not theirs or
/// its block is gone; `Conflict` when it is answered; `Stale` when the text
/// moved on.
pub fn adapt(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    number: i32,
    anew: Anew<'_>,
    now: Instant,
) -> Result<RebaseKind> {
    let (own, amendment, standing) = find_own(conn, actor, reference, number)?;
    let fits = amendment.stale_at.is_none();
    let revision = anew.revision;
    if own.revision != revision {
        return Err(ActionError::Stale(own.revision));
    }
    let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
    let spot =
        find_spot(&sections, &amendment.section, amendment.block).ok_or(ActionError::NotFound)?;
    let mut faults = Faults::default();
    let verb = amendment.verb;
    let text = check_wording(&mut faults, "wording", verb, &spot.source, anew.wording);
    let reason = check_reason(&mut faults, "reason", anew.reason);
    let (reworded, reasoned) = (text != amendment.text, reason != amendment.reason);
    if fits {
        // Other words are another proposal: they come while there is time for one.
        match may_amend(actor, &own, now) {
            Err(ActionError::Faults(found)) => faults.0.extend(found.0),
            other => _ = other?,
        }
        if !reworded && !reasoned && faults.is_empty() {
            let deletes = verb == AmendmentVerb::Delete;
            faults.add(if deletes { "reason" } else { "wording" }, "fault-amendment-as-before");
        }
    }
    let (text, reason) = faults.into_result((text, reason))?;
    if reworded || !fits {
        check_result(&own, programme, &sections, &spot, verb, &text, "wording")?;
    }
    let (section, base_text) = (spot.section.kind.as_str(), spot.source.as_str());
    let (id, text) = (amendment.id, text.as_str());
    let to = store::amendments::Standing { section, revision, base_text, text, stale_at: None };
    store::amendments::set_standing(conn, id, &to)?;
    let reason = reasoned.then_some(reason.as_str());
    if let Some(reason) = reason {
        let html = note(reason, id)?;
        store::amendments::set_reason(conn, id, reason, &html, markdown::RENDERER_VERSION)?;
    }
    let kind = match (fits, reworded) {
        (false, _) => RebaseKind::Adapted,
        (true, true) => RebaseKind::Reworded,
        (true, false) => RebaseKind::Reasoned,
    };
    let step = NewRebase { amendment: id, kind, revision, section, base_text, text, reason };
    store::rebases::insert(conn, &step, now)?;
    let by = By::standing(actor.account, standing);
    co_sponsors::tell(conn, NoticeKind::AmendmentReworded, id, by, now)?;
    let object = (AuditObject::Amendment, id.0);
    record(conn, by, AuditVerb::Edited, object, Some(own.track), now)?;
    Ok(kind)
}

/// Its author withdraws an amendment, which counts as an answer; who put their
/// name to it is told.
///
/// # Errors
/// `NotFound` when it is not theirs; `Conflict` when it is answered.
pub fn withdraw(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
    now: Instant,
) -> Result<()> {
    let (own, amendment, standing) = find_own(conn, actor, reference, number)?;
    if !store::amendments::withdraw(conn, amendment.id, now)? {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    let by = By::standing(actor.account, standing);
    co_sponsors::tell(conn, NoticeKind::AmendmentWithdrawn, amendment.id, by, now)?;
    let object = (AuditObject::Amendment, amendment.id.0);
    Ok(record(conn, by, AuditVerb::Withdrew, object, Some(own.track), now)?)
}

/// The asker's own amendment that waits, held until the transaction ends.
fn find_own(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
) -> Result<(Recommendation, Amendment, Standing)> {
    let (own, amendment) = find_held(conn, actor, reference, number)?;
    if amendment.author != actor.account {
        return Err(ActionError::NotFound);
    }
    let standing = may(actor, Verb::Adapt, &own.object())?;
    if !amendment.is_unanswered() {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    Ok((own, amendment, standing))
}

/// An amendment of a text the asker sees; no other writer of the text is
/// between this and the end of the transaction.
pub(super) fn find_held(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    number: i32,
) -> Result<(Recommendation, Amendment)> {
    let seen = load(conn, actor, reference)?;
    store::amendments::hold(conn, seen.id)?;
    let own = store::recommendations::find(conn, seen.id)?.ok_or(ActionError::NotFound)?;
    let amendment = store::amendments::find(conn, own.id, number)?.ok_or(ActionError::NotFound)?;
    Ok((own, amendment))
}

/// A passed deadline refuses without waiting for a job; the text stays in the
/// form.
pub(super) fn may_amend(actor: &Actor, own: &Recommendation, now: Instant) -> Result<Standing> {
    match may(actor, Verb::Amend, &own.object()) {
        Ok(_) if own.is_overdue(now) => {
            Err(Faults::one("reason", "fault-amendment-deadline").into())
        }
        Ok(standing) => Ok(standing),
        Err(Refusal::WrongStage) => Err(Faults::one("reason", "fault-amendment-not-open").into()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// The body of a section with an amendment carried out.
#[must_use]
pub fn carried_out(spot: &Spot<'_>, verb: AmendmentVerb, text: &str) -> String {
    let body = spot.section.body.as_str();
    match (verb, spot.at) {
        (AmendmentVerb::Insert, at) => markdown::insert_after(body, at, text),
        (AmendmentVerb::Replace, Some(at)) => markdown::replace(body, at, Some(text)),
        (AmendmentVerb::Delete, Some(at)) => markdown::replace(body, at, None),
        (_, None) => body.to_owned(),
    }
}

/// The whole text with an amendment carried out, rendered.
///
/// # Errors
/// A fault of `field` when no revision could hold it.
pub(super) fn check_result(
    own: &Recommendation,
    programme: &Programme,
    sections: &[Section],
    spot: &Spot<'_>,
    verb: AmendmentVerb,
    text: &str,
    field: &str,
) -> std::result::Result<(Draft, Rendered), Faults> {
    let body = markdown::normalise(&carried_out(spot, verb, text));
    let kind = spot.section.kind.as_str();
    let others = sections.iter().filter(|section| section.kind != kind);
    let others = others.map(|section| (section.kind.as_str(), section.body.as_str()));
    let changed = others.chain([(kind, body.as_str())]);
    let at_field = |mut faults: Faults| {
        for fault in &mut faults.0 {
            field.clone_into(&mut fault.field);
        }
        faults
    };
    let mut draft = draft_of(&own.title, "–", changed).map_err(at_field)?;
    // What was the only text of its section is in its place.
    let place = |slug: &str| programme.audiences.iter().position(|audience| audience.slug == slug);
    draft.actions.sort_by_key(|(slug, _)| place(slug));
    let rendered = render(&draft, programme).map_err(at_field)?;
    Ok((draft, rendered))
}

/// A draft of these sections, as kind and body.
pub(super) fn draft_of<'a>(
    title: &str,
    summary: &str,
    sections: impl Iterator<Item = (&'a str, &'a str)>,
) -> std::result::Result<Draft, Faults> {
    let (mut statement, mut rationale, mut actions) = (String::new(), String::new(), Vec::new());
    for (kind, body) in sections {
        match (kind, audience_of(kind)) {
            (STATEMENT, _) => body.clone_into(&mut statement),
            (RATIONALE, _) => body.clone_into(&mut rationale),
            (_, Some(slug)) => actions.push((slug.to_owned(), body.to_owned())),
            _ => {}
        }
    }
    Draft::parse(title, summary, statement, rationale, actions)
}

fn note(reason: &str, id: AmendmentId) -> std::result::Result<String, Faults> {
    let body = markdown::normalise(reason);
    markdown::render_note(&body, &format!("a{id}")).map_err(|fault| {
        let mut faults = Faults::default();
        faults.add_n("reason", fault.fault(), fault.line());
        faults
    })
}

fn rule_of(programme: &Programme, own: &Recommendation) -> AttributionRule {
    programme.track_by_id(own.track).map_or(AttributionRule::ChathamHouse, |track| track.rule)
}
