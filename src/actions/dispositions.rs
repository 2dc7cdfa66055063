//! Dispositions: the chair answers a comment, or several at once, and every
//! author is told.

use super::comments::find_top_level;
use super::recommendations::load;
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::NewAnswer;
use crate::domain::fault::Faults;
use crate::domain::ids::CommentId;
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Standing, Verb, may};
use crate::domain::recommendation::Recommendation;
use crate::store::comments::Comment;
use crate::store::{self, DbConn};

/// The most comments one answer can be given to.
pub const MOST_AT_ONCE: usize = 100;

/// Answers a comment, or changes the answer that was given at `seen`.
///
/// # Errors
/// A fault of `changed`; `NotFound`; `Conflict` when the text is agreed or
/// withdrawn, when somebody else answered since `seen`, or when its author
/// withdrew it.
pub fn dispose(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    comment: CommentId,
    answer: &NewAnswer,
    seen: Option<Instant>,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &recommendation.object())?;
    let comment = find_top_level(conn, &recommendation, comment)?;
    check_revision(answer, &recommendation)?;
    record_one(conn, actor, standing, &recommendation, &comment, answer, seen, now)
}

/// Gives several comments one answer; each of their authors is told of theirs.
///
/// # Errors
/// As [`dispose`]; a fault of `comment` when none or too many are chosen, or
/// one of them is answered or withdrawn: then none is answered.
pub fn dispose_several(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    chosen: &[CommentId],
    answer: &NewAnswer,
    now: Instant,
) -> Result<usize> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &recommendation.object())?;
    check_revision(answer, &recommendation)?;
    for comment in find_chosen(conn, &recommendation, chosen)? {
        record_one(conn, actor, standing, &recommendation, &comment, answer, None, now)?;
    }
    Ok(chosen.len())
}

/// The comments chosen for one answer, all of this text and all unanswered.
///
/// # Errors
/// A fault of `comment` otherwise.
pub fn find_chosen(
    conn: &mut DbConn,
    recommendation: &Recommendation,
    chosen: &[CommentId],
) -> Result<Vec<Comment>> {
    if chosen.is_empty() {
        return Err(Faults::one("comment", "fault-chosen-none").into());
    }
    if chosen.len() > MOST_AT_ONCE {
        let mut faults = Faults::default();
        faults.add_n("comment", "fault-chosen-many", MOST_AT_ONCE);
        return Err(faults.into());
    }
    let found = store::comments::list_by_ids(conn, chosen)?;
    let fits = |own: &Comment| own.recommendation == recommendation.id && own.is_unanswered();
    if found.len() != chosen.len() || !found.iter().all(fits) {
        return Err(Faults::one("comment", "fault-chosen-over").into());
    }
    Ok(found)
}

fn check_revision(answer: &NewAnswer, own: &Recommendation) -> std::result::Result<(), Faults> {
    match answer.changed_in {
        Some(number) if number < 2 || number > own.revision => {
            Err(Faults::one("changed", "fault-choose"))
        }
        _ => Ok(()),
    }
}

#[expect(clippy::too_many_arguments, reason = "one answer and what it leaves behind")]
fn record_one(
    conn: &mut DbConn,
    actor: &Actor,
    standing: Standing,
    recommendation: &Recommendation,
    comment: &Comment,
    answer: &NewAnswer,
    seen: Option<Instant>,
    now: Instant,
) -> Result<()> {
    if comment.withdrawn_at.is_some() {
        return Err(ActionError::Conflict("conflict-comment-withdrawn"));
    }
    if !store::comments::dispose(conn, comment, answer, seen, actor.account, now)? {
        return Err(ActionError::Conflict("conflict-answered"));
    }
    let by = By::standing(actor.account, standing);
    notify(conn, NoticeKind::Answered, comment.id.0, &[comment.author], by, now)?;
    let object = (AuditObject::Comment, comment.id.0);
    record(conn, by, AuditVerb::Disposed, object, Some(recommendation.track), now)?;
    Ok(())
}
