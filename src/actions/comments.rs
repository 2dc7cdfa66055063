//! Comments: put on a text, replied to, answered by the chair.

use super::recommendations::load;
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::{Anchor, Disposition, LONGEST_REASON, NewComment};
use crate::domain::fault::Faults;
use crate::domain::ids::CommentId;
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Standing, Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::role::AttributionRule;
use crate::markdown::{self, Piece, RenderError};
use crate::store::{self, DbConn, ids};

/// Where a comment is put: on the whole, or on a block of one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Whole,
    Block { section: String, position: i32 },
}

/// Puts a comment on a text that is open; `revision` is the one its author
/// read.
///
/// # Errors
/// A fault of `body` after the deadline or at another stage, with the text
/// kept; `NotFound` when the text, revision or block is not there.
#[expect(clippy::too_many_arguments, reason = "the form and who sent it")]
pub fn create(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    revision: i32,
    target: &Target,
    comment: &NewComment,
    now: Instant,
) -> Result<CommentId> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may_comment(actor, &recommendation, now)?;
    let anchor = match target {
        Target::Whole => None,
        Target::Block { section, position } => {
            Some(find_anchor(conn, &recommendation, revision, section, *position)?)
        }
    };
    if revision < 1 || revision > recommendation.revision {
        return Err(ActionError::NotFound);
    }
    let id = CommentId(ids::fresh(now));
    let html = render(comment, id)?;
    store::comments::insert(
        conn,
        &store::comments::NewComment {
            id,
            recommendation: recommendation.id,
            parent: None,
            revision,
            anchor: anchor.as_ref(),
            body: &comment.body,
            html: &html,
            renderer: markdown::RENDERER_VERSION,
            author: actor.account,
            organisation: actor.organisation,
            capacity: comment.capacity,
            rule: rule_of(programme, &recommendation),
        },
        now,
    )?;
    log(conn, actor, standing, AuditVerb::Commented, &recommendation, id, now)?;
    Ok(id)
}

/// Replies in a thread; its author is told.
///
/// # Errors
/// As [`create`]; `NotFound` when the comment is not one of this text.
pub fn reply(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    parent: CommentId,
    comment: &NewComment,
    now: Instant,
) -> Result<CommentId> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may_comment(actor, &recommendation, now)?;
    let parent = find_top_level(conn, &recommendation, parent)?;
    let id = CommentId(ids::fresh(now));
    let html = render(comment, id)?;
    store::comments::insert(
        conn,
        &store::comments::NewComment {
            id,
            recommendation: recommendation.id,
            parent: Some(parent.id),
            revision: recommendation.revision,
            anchor: None,
            body: &comment.body,
            html: &html,
            renderer: markdown::RENDERER_VERSION,
            author: actor.account,
            organisation: actor.organisation,
            capacity: comment.capacity,
            rule: rule_of(programme, &recommendation),
        },
        now,
    )?;
    let by = By::standing(actor.account, standing);
    notify(conn, NoticeKind::Replied, id.0, &[parent.author], by, now)?;
    log(conn, actor, standing, AuditVerb::Replied, &recommendation, id, now)?;
    Ok(id)
}

/// Answers a comment with a disposition and a reason, or changes the answer;
/// its author is told.
///
/// # Errors
/// The faults of `disposition` and `reason`; `NotFound`; `Conflict` when the
/// text is agreed or withdrawn.
pub fn dispose(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    comment: CommentId,
    disposition: &str,
    reason: &str,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Dispose, &recommendation.object())?;
    let comment = find_top_level(conn, &recommendation, comment)?;
    let mut faults = Faults::default();
    let disposition = Disposition::from_text(disposition);
    if disposition.is_none() {
        faults.add("disposition", "fault-choose");
    }
    let reason = markdown::normalise(reason).trim_end().to_owned();
    if reason.is_empty() {
        faults.add("reason", "fault-required");
    } else if reason.chars().count() > LONGEST_REASON {
        faults.add_n("reason", "fault-too-long", LONGEST_REASON);
    }
    let disposition = disposition.unwrap_or(Disposition::Noted);
    let (disposition, reason) = faults.into_result((disposition, reason))?;
    store::comments::dispose(conn, comment.id, disposition, &reason, actor.account, now)?;
    let by = By::standing(actor.account, standing);
    notify(conn, NoticeKind::Answered, comment.id.0, &[comment.author], by, now)?;
    log(conn, actor, standing, AuditVerb::Disposed, &recommendation, comment.id, now)
}

/// A comment of this text that is not a reply.
///
/// # Errors
/// `NotFound` otherwise.
pub fn find_top_level(
    conn: &mut DbConn,
    recommendation: &Recommendation,
    id: CommentId,
) -> Result<store::comments::Comment> {
    store::comments::find(conn, id)?
        .filter(|found| found.recommendation == recommendation.id && found.parent.is_none())
        .ok_or(ActionError::NotFound)
}

/// The block a comment is put on: its exact text goes with the comment.
///
/// # Errors
/// `NotFound` when the revision has no such block.
pub fn find_anchor(
    conn: &mut DbConn,
    recommendation: &Recommendation,
    revision: i32,
    section: &str,
    position: i32,
) -> Result<Anchor> {
    let sections = store::recommendations::list_sections(conn, recommendation.id, revision)?;
    let found = sections.iter().find(|own| own.kind == section).ok_or(ActionError::NotFound)?;
    let pieces: Vec<Piece> = serde_json::from_str(&found.rendered)
        .map_err(|fault| store::Error::Corrupt(fault.to_string()))?;
    let index = usize::try_from(position - 1).map_err(|_| ActionError::NotFound)?;
    let quote = pieces
        .into_iter()
        .filter_map(|piece| piece.text)
        .nth(index)
        .ok_or(ActionError::NotFound)?;
    Ok(Anchor { section: section.to_owned(), position, quote })
}

/// A passed deadline refuses without waiting for a job; the text stays in the
/// form.
fn may_comment(actor: &Actor, recommendation: &Recommendation, now: Instant) -> Result<Standing> {
    match may(actor, Verb::Comment, &recommendation.object()) {
        Ok(_) if recommendation.is_overdue(now) => {
            Err(Faults::one("body", "fault-deadline-passed").into())
        }
        Ok(standing) => Ok(standing),
        Err(crate::domain::permission::Refusal::WrongStage) => {
            Err(Faults::one("body", "fault-not-open").into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn rule_of(programme: &Programme, recommendation: &Recommendation) -> AttributionRule {
    programme
        .track_by_id(recommendation.track)
        .map_or(AttributionRule::ChathamHouse, |track| track.rule)
}

fn render(comment: &NewComment, id: CommentId) -> std::result::Result<String, Faults> {
    let body = markdown::normalise(&comment.body);
    markdown::render_note(&body, &format!("c{id}")).map_err(|RenderError::TooDeep { line }| {
        let mut faults = Faults::default();
        faults.add_n("body", "fault-too-deep", line);
        faults
    })
}

fn log(
    conn: &mut DbConn,
    actor: &Actor,
    standing: Standing,
    verb: AuditVerb,
    recommendation: &Recommendation,
    comment: CommentId,
    now: Instant,
) -> Result<()> {
    let by = By::standing(actor.account, standing);
    let object = (AuditObject::Comment, comment.0);
    record(conn, by, verb, object, Some(recommendation.track), now)?;
    Ok(())
}
