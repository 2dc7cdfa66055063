//! The chair's answers to amendments: accepting one makes the revision, and
//! the last answer can be undone.

use super::amendments::{check_result, draft_of, find_held};
use super::rebases::{find_spot, follow};
use super::recommendations::{Author, Cause, Rendered, append};
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::amendment::{AmendmentVerb, RebaseKind, changes_text, check_wording};
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::{Disposition, LONGEST_REASON};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, AmendmentId};
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Standing, Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::markdown::{self, brackets};
use crate::secrets;
use crate::store::amendments::{Amendment, Answer};
use crate::store::decisions::{NewDecision, Subject};
use crate::store::rebases::{NewRebase, Rebase};
use crate::store::{self, DbConn};

/// An answer as its form carries it.
#[derive(Debug, Clone, Default)]
pub struct AnswerForm {
    pub disposition: String,
    pub reason: String,
    /// The wording to take into the text; the chair may have edited it.
    pub text: String,
    /// The revision the chair looked at.
    pub revision: i32,
    /// What the chair looked at, as [`seen`] tells it; empty where
    /// nobody looked at one.
    pub seen: String,
}

/// Tells one wording, or one reason, from another in a form.
#[must_use]
pub fn fingerprint(wording: &str) -> String {
    let mut hash = secrets::sha256_hex(wording.as_bytes());
    hash.truncate(16);
    hash
}

/// Tells an amendment as it stands from what its proposer may make of it: the
/// [`fingerprint`]s of its wording and then of its reason.
#[must_use]
pub fn seen(own: &Amendment) -> String {
    fingerprint(&own.text) + &fingerprint(&own.reason)
}

/// Answers an amendment. Accepting it, whole or in part, makes the next
/// revision in the same transaction, whose number is the result.
///
/// # Errors
/// The faults of `disposition`, `reason` and `text`, one when its proposer has
/// reworded it since; `Stale` when the text moved on; `Conflict` when it is
/// answered or withdrawn.
pub fn dispose(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    number: i32,
    form: &AnswerForm,
    now: Instant,
) -> Result<Option<i32>> {
    let (own, amendment) = find_held(conn, actor, reference, number)?;
    let standing = may(actor, Verb::Dispose, &own.object())?;
    if !amendment.is_unanswered() {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    let applies = Disposition::from_text(&form.disposition).is_some_and(changes_text);
    if applies && own.revision != form.revision {
        return Err(ActionError::Stale(own.revision));
    }
    if !form.seen.is_empty() && form.seen != seen(&amendment) {
        return Err(Faults::one("disposition", "fault-amendment-reworded").into());
    }
    let (disposition, reason, text) = parse(&amendment, form)?;
    let decision = Decided { disposition, reason: &reason, text: &text };
    decide(conn, actor, standing, programme, &own, &amendment, decision, now)
}

fn parse(
    amendment: &Amendment,
    form: &AnswerForm,
) -> std::result::Result<(Disposition, String, String), Faults> {
    let mut faults = Faults::default();
    let disposition = Disposition::from_text(&form.disposition);
    if disposition.is_none() {
        faults.add("disposition", "fault-choose");
    }
    let disposition = disposition.unwrap_or(Disposition::Noted);
    let reason = markdown::normalise(&form.reason).trim_end().to_owned();
    if reason.chars().count() > LONGEST_REASON {
        faults.add_n("reason", "fault-too-long", LONGEST_REASON);
    } else if reason.is_empty() && disposition != Disposition::Accepted {
        faults.add("reason", "fault-required");
    }
    let typed = markdown::normalise(&form.text);
    let typed = typed.trim_start_matches('\n').trim_end();
    let mut text = amendment.text.clone();
    if changes_text(disposition) && amendment.stale_at.is_some() {
        faults.add("disposition", "fault-amendment-stale");
    } else if disposition == Disposition::Accepted {
        // A deletion has no wording; its form may leave the field empty.
        if !typed.is_empty() && typed != amendment.text {
            faults.add("disposition", "fault-amendment-edited");
        }
    } else if disposition == Disposition::AcceptedInPart {
        let verb = in_part(amendment.verb);
        text = check_wording(&mut faults, "text", verb, &amendment.base_text, typed);
        if text == amendment.text && !faults.names("text") {
            faults.add("text", "fault-amendment-whole");
        }
    }
    faults.into_result((disposition, reason, text))
}

/// A deletion accepted in part keeps some words.
const fn in_part(verb: AmendmentVerb) -> AmendmentVerb {
    match verb {
        AmendmentVerb::Delete => AmendmentVerb::Replace,
        other => other,
    }
}

/// What was decided, checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decided<'a> {
    pub disposition: Disposition,
    pub reason: &'a str,
    pub text: &'a str,
}

/// Carries out a decision on an amendment that waits; the right has been asked
/// and the text is held.
#[expect(clippy::too_many_arguments, reason = "a decision, on what, by whom")]
pub(super) fn decide(
    conn: &mut DbConn,
    actor: &Actor,
    standing: Standing,
    programme: &Programme,
    own: &Recommendation,
    amendment: &Amendment,
    decided: Decided<'_>,
    now: Instant,
) -> Result<Option<i32>> {
    let by = By::standing(actor.account, standing);
    let Decided { disposition, reason, text } = decided;
    let verb = if text.is_empty() { amendment.verb } else { in_part(amendment.verb) };
    let applies = changes_text(disposition);
    // Another may have brought the same words in: then there is nothing to save.
    let changes = applies && !(verb == AmendmentVerb::Replace && text == amendment.base_text);
    let revision = changes.then_some(own.revision + 1);
    let answer = Answer {
        disposition,
        reason,
        by: actor.account,
        applied_in: applies.then_some(revision.unwrap_or(own.revision)),
        applied_text: applies.then_some(text),
        fell_to: None,
    };
    if !store::amendments::dispose(conn, amendment.id, &answer, now)? {
        return Err(ActionError::Conflict("conflict-amendment-answered"));
    }
    note(conn, own, amendment, disposition, reason, revision, by, now)?;
    if applies {
        let named = store::amendments::list_falls(conn, &[amendment.id])?;
        let named: Vec<AmendmentId> = named.into_iter().map(|(_, id)| id).collect();
        if !named.is_empty() {
            fall(conn, actor, own, amendment, &named, by, now)?;
        }
    }
    if changes {
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &amendment.section, amendment.block)
            .ok_or(ActionError::Conflict("conflict-amendment-stale"))?;
        let (mut draft, rendered) =
            check_result(own, programme, &sections, &spot, verb, text, "text")?;
        draft.summary = summary(amendment, disposition);
        let cause = Cause { amendment: Some(amendment.id), ..Cause::default() };
        let author = Author::new(actor, programme, own);
        append(conn, own.id, own.revision + 1, author, cause, &draft, &rendered, now)?;
    }
    Ok(revision)
}

/// The summary of the revision; who proposed it is credited beside it, so
/// that nobody is named where the attribution rule would not.
fn summary(amendment: &Amendment, disposition: Disposition) -> String {
    let kind = if amendment.compromise { "Compromise" } else { "Amendment" };
    let part = if disposition == Disposition::AcceptedInPart { ", in part" } else { "" };
    format!("{kind} {}{part}", amendment.name())
}

/// What a compromise named and nobody has answered yet falls with it.
fn fall(
    conn: &mut DbConn,
    actor: &Actor,
    own: &Recommendation,
    compromise: &Amendment,
    named: &[AmendmentId],
    by: By,
    now: Instant,
) -> Result<()> {
    let reason = format!("Falls with the compromise {}.", compromise.name());
    let answer = Answer {
        disposition: Disposition::NotAccepted,
        reason: &reason,
        by: actor.account,
        applied_in: None,
        applied_text: None,
        fell_to: Some(compromise.id),
    };
    for fallen in store::amendments::list_by_ids(conn, named)? {
        if store::amendments::dispose(conn, fallen.id, &answer, now)? {
            note(conn, own, &fallen, answer.disposition, &reason, None, by, now)?;
        }
    }
    Ok(())
}

/// The record of an answer, and those who are told of it.
#[expect(clippy::too_many_arguments, reason = "one row of the record")]
fn note(
    conn: &mut DbConn,
    own: &Recommendation,
    amendment: &Amendment,
    disposition: Disposition,
    reason: &str,
    revision: Option<i32>,
    by: By,
    now: Instant,
) -> Result<()> {
    let account = by.account.unwrap_or(amendment.author);
    let subject = Subject::Amendment(amendment.id);
    let recommendation = own.id;
    let row = NewDecision { recommendation, subject, disposition, reason, account, revision };
    store::decisions::insert(conn, &row, now)?;
    tell(conn, NoticeKind::AmendmentAnswered, amendment, by, now)?;
    let object = (AuditObject::Amendment, amendment.id.0);
    Ok(record(conn, by, AuditVerb::Disposed, object, Some(own.track), now)?)
}

/// Tells the proposer and whoever co-sponsored.
fn tell(
    conn: &mut DbConn,
    kind: NoticeKind,
    amendment: &Amendment,
    by: By,
    now: Instant,
) -> Result<()> {
    let beside = store::co_sponsors::list_of_many(conn, &[amendment.id])?;
    let mut told: Vec<AccountId> = beside.into_iter().map(|own| own.account).collect();
    told.push(amendment.author);
    told.sort_unstable();
    told.dedup();
    Ok(notify(conn, kind, amendment.id.0, &told, by, now)?)
}

/// Takes an answer back. One that changed the text can be undone while no
/// later revision stands on it: a new revision has the text as it was before,
/// whose number is the result, and every amendment stands as it did.
///
/// # Errors
/// `Conflict` when there is no answer, or a later revision.
pub fn undo(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    number: i32,
    now: Instant,
) -> Result<Option<i32>> {
    let (own, amendment) = find_held(conn, actor, reference, number)?;
    let standing = may(actor, Verb::Dispose, &own.object())?;
    let by = By::standing(actor.account, standing);
    if amendment.disposition.is_none() {
        return Err(ActionError::Conflict("conflict-amendment-unanswered"));
    }
    let given = store::decisions::list_of(conn, Subject::Amendment(amendment.id), LAST)?;
    let made = given.into_iter().rfind(|own| own.undone_at.is_none()).and_then(|own| own.revision);
    if made.is_some_and(|made| made != own.revision) {
        return Err(ActionError::Conflict("conflict-undo-late"));
    }
    let mut back = store::amendments::list_fallen(conn, amendment.id)?;
    back.push(amendment);
    let ids: Vec<AmendmentId> = back.iter().map(|own| own.id).collect();
    store::amendments::take_back(conn, &ids)?;
    store::decisions::undo_of(conn, &ids, actor.account, now)?;
    if let Some(made) = made {
        restore(conn, actor, programme, &own, made, now)?;
    } else {
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        follow(conn, own.id, own.revision, &sections, by, now)?;
    }
    for own_amendment in &back {
        tell(conn, NoticeKind::AmendmentReopened, own_amendment, by, now)?;
        let object = (AuditObject::Amendment, own_amendment.id.0);
        record(conn, by, AuditVerb::Undone, object, Some(own.track), now)?;
    }
    Ok(made.map(|made| made + 1))
}

/// More answers than one amendment can have been given.
const LAST: i64 = 10_000;

/// A revision with the text from before revision `made`, the one to undo, with
/// its blocks' ids; what `made` did to other amendments is taken back first.
fn restore(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    own: &Recommendation,
    made: i32,
    now: Instant,
) -> Result<()> {
    let moved = store::rebases::list_moved_by(conn, own.id, made, store::amendments::MOST)?;
    let steps = store::rebases::list_of_many(conn, &moved)?;
    for id in moved {
        // Another reason leaves the words where they stood.
        let words = |step: &&Rebase| step.amendment == id && step.kind != RebaseKind::Reasoned;
        let mut before = steps.iter().filter(words).rev();
        // Somebody wrote it anew since: that stays, and follows the text.
        let moved = |kind| matches!(kind, RebaseKind::Rebased | RebaseKind::Stale);
        let undone = before.next().filter(|step| step.revision == made && moved(step.kind));
        let (Some(_), Some(step)) = (undone, before.next()) else { continue };
        let stale_at = (step.kind == RebaseKind::Stale).then_some(step.created_at);
        let (section, base_text, text) =
            (step.section.as_str(), step.base_text.as_str(), step.text.as_str());
        let to = store::amendments::Standing { section, revision: made, base_text, text, stale_at };
        store::amendments::set_standing(conn, id, &to)?;
        let kind = RebaseKind::Restored;
        let revision = made + 1;
        let back =
            NewRebase { amendment: id, kind, revision, section, base_text, text, reason: None };
        store::rebases::insert(conn, &back, now)?;
    }
    let sections = store::recommendations::list_sections(conn, own.id, made - 1)?;
    let bodies = sections.iter().map(|section| (section.kind.as_str(), section.body.as_str()));
    let summary = format!("Revision {made} undone");
    let draft = draft_of(&own.title, &summary, bodies)?;
    let found = sections.iter().map(|section| brackets::scan(&section.body));
    let brackets: usize = found.map(|own| own.pairs + own.unmatched.len()).sum();
    let brackets = i32::try_from(brackets).unwrap_or(i32::MAX);
    let rendered = Rendered { sections, brackets };
    let author = Author::new(actor, programme, own);
    append(conn, own.id, made + 1, author, Cause::default(), &draft, &rendered, now)
}
