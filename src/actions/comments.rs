//! Comments: put on a text, replied to, edited and withdrawn by their authors.

use super::recommendations::load;
use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::{Anchor, LONGEST_WORDS, MOST_MENTIONS, NewComment, Words};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, CommentId};
use crate::domain::notice::NoticeKind;
use crate::domain::permission::{Standing, Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::role::AttributionRule;
use crate::markdown::anchor::{self, Quote};
use crate::markdown::{self, Piece};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn, ids};

/// Where a comment is put: on the whole, or on a block of one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Whole,
    Block {
        section: String,
        position: i32,
    },
    /// Words of a block, as somebody selected or typed them.
    Words {
        section: String,
        position: i32,
        words: Words,
    },
}

/// The spot a comment is put on, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub anchor: Anchor,
    pub block: Option<i32>,
    pub words: Option<Words>,
    /// The block's ¶ number; headings and footnotes have none.
    pub number: Option<usize>,
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
    if revision < 1 || revision > recommendation.revision {
        return Err(ActionError::NotFound);
    }
    let spot = find_spot(conn, &recommendation, revision, target)?;
    let id = CommentId(ids::fresh(now));
    let html = render(comment, id)?;
    store::comments::insert(
        conn,
        &store::comments::NewComment {
            id,
            recommendation: recommendation.id,
            parent: None,
            revision,
            anchor: spot.as_ref().map(|spot| &spot.anchor),
            block: spot.as_ref().and_then(|spot| spot.block),
            words: spot.as_ref().and_then(|spot| spot.words.as_ref()),
            kind: comment.kind,
            proposed: comment.proposed.as_deref(),
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
    mention(conn, actor, &recommendation, id, comment, now)?;
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
            block: None,
            words: None,
            kind: None,
            proposed: None,
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
    let told = mention(conn, actor, &recommendation, id, comment, now)?;
    if !told.contains(&parent.author) {
        notify(conn, NoticeKind::Replied, id.0, &[parent.author], by, now)?;
    }
    log(conn, actor, standing, AuditVerb::Replied, &recommendation, id, now)?;
    Ok(id)
}

/// Changes one's own comment or reply while it is not answered; the earlier
/// wording stays on record.
///
/// # Errors
/// As [`create`]; `NotFound` for somebody else's; `Conflict` once it is
/// answered or withdrawn.
pub fn edit(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    id: CommentId,
    comment: &NewComment,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may_comment(actor, &recommendation, now)?;
    let before = find_own(conn, actor, &recommendation, id)?;
    let html = render(comment, id)?;
    let edit = store::comments::Edit {
        kind: comment.kind,
        proposed: comment.proposed.as_deref(),
        body: &comment.body,
        html: &html,
        renderer: markdown::RENDERER_VERSION,
    };
    if !store::comments::edit(conn, &before, &edit, now)? {
        return Err(ActionError::Conflict("conflict-comment-over"));
    }
    mention(conn, actor, &recommendation, id, comment, now)?;
    log(conn, actor, standing, AuditVerb::Edited, &recommendation, id, now)
}

/// Withdraws one's own comment or reply while it is not answered: it stays on
/// record and needs no answer any more.
///
/// # Errors
/// `NotFound` for somebody else's; `Conflict` once it is answered or
/// withdrawn.
pub fn withdraw(
    conn: &mut DbConn,
    actor: &Actor,
    reference: &str,
    id: CommentId,
    now: Instant,
) -> Result<()> {
    let recommendation = load(conn, actor, reference)?;
    let standing = may(actor, Verb::Adapt, &recommendation.object())?;
    let own = find_own(conn, actor, &recommendation, id)?;
    if !store::comments::set_withdrawn(conn, own.id, now)? {
        return Err(ActionError::Conflict("conflict-comment-over"));
    }
    log(conn, actor, standing, AuditVerb::Withdrew, &recommendation, id, now)
}

/// The actor's own comment or reply in this text, still theirs to change.
///
/// # Errors
/// `NotFound` when it is not theirs, `Conflict` when it is over.
pub fn find_own(
    conn: &mut DbConn,
    actor: &Actor,
    recommendation: &Recommendation,
    id: CommentId,
) -> Result<store::comments::Comment> {
    let found = store::comments::find(conn, id)?
        .filter(|own| own.recommendation == recommendation.id && own.author == actor.account)
        .ok_or(ActionError::NotFound)?;
    if found.is_loose() { Ok(found) } else { Err(ActionError::Conflict("conflict-comment-over")) }
}

/// People a comment can name.
pub const MOST_CANDIDATES: i64 = 500;

/// Tells those who are newly named; only people with a role in the track are.
fn mention(
    conn: &mut DbConn,
    actor: &Actor,
    recommendation: &Recommendation,
    id: CommentId,
    comment: &NewComment,
    now: Instant,
) -> Result<Vec<AccountId>> {
    // Without an @ in it and nobody chosen, nobody needs to be looked up.
    if comment.mentions.is_empty() && !comment.body.contains('@') {
        return Ok(Vec::new());
    }
    let candidates = store::mentions::list_candidates(conn, recommendation.track, MOST_CANDIDATES)?;
    let named = candidates.iter().filter(|own| {
        comment.mentions.contains(&own.account) || comment.body.contains(&format!("@{}", own.name))
    });
    let mut told = Vec::new();
    for own in named.take(MOST_MENTIONS) {
        if store::mentions::insert(conn, id, own.account)? {
            told.push(own.account);
        }
    }
    let by = By::account(actor.account);
    notify(conn, NoticeKind::Mentioned, id.0, &told, by, now)?;
    Ok(told)
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

/// The spot a comment is put on: the block's exact text goes with it, and the
/// words meant, once they are found there.
///
/// # Errors
/// `NotFound` when the revision has no such block; a fault of `words` that are
/// not in it, or more than once.
pub fn find_spot(
    conn: &mut DbConn,
    recommendation: &Recommendation,
    revision: i32,
    target: &Target,
) -> Result<Option<Spot>> {
    if *target == Target::Whole {
        return Ok(None);
    }
    let sections = store::recommendations::list_sections(conn, recommendation.id, revision)?;
    spot_in(&sections, target)
}

/// As [`find_spot`], in a text at hand.
///
/// # Errors
/// As [`find_spot`].
pub fn spot_in(sections: &[Section], target: &Target) -> Result<Option<Spot>> {
    let (section, position, words) = match target {
        Target::Whole => return Ok(None),
        Target::Block { section, position } => (section, *position, None),
        Target::Words { section, position, words } => (section, *position, Some(words)),
    };
    let found = sections.iter().find(|own| own.kind == *section).ok_or(ActionError::NotFound)?;
    let blocks = markdown::block_of_piece(&found.body);
    let pieces: Vec<Piece> = serde_json::from_str(&found.rendered)
        .map_err(|fault| store::Error::Corrupt(fault.to_string()))?;
    let index = usize::try_from(position - 1).map_err(|_| ActionError::NotFound)?;
    let mut shown = pieces.into_iter().filter_map(|piece| Some((piece.text?, piece.number)));
    let (quote, number) = shown.nth(index).ok_or(ActionError::NotFound)?;
    let words = words.map(|words| find_words(&quote, words)).transpose()?;
    let block = blocks.get(index).and_then(|at| found.blocks.0.get(*at)).copied();
    let anchor = Anchor { section: section.clone(), position, quote };
    Ok(Some(Spot { anchor, block, words, number }))
}

/// The words in their block's text, with what stands before and after them.
///
/// # Errors
/// A fault of `words` that are not there, or more than once with nothing to
/// tell which are meant.
fn find_words(text: &str, words: &Words) -> std::result::Result<Words, Faults> {
    let exact = words.exact.split_whitespace().collect::<Vec<_>>().join(" ");
    if exact.chars().count() > LONGEST_WORDS {
        let mut faults = Faults::default();
        faults.add_n("words", "fault-too-long", LONGEST_WORDS);
        return Err(faults);
    }
    let quote = Quote { exact, prefix: words.before.clone(), suffix: words.after.clone() };
    let count = text.matches(&quote.exact).count();
    let found = match count {
        0 => return Err(Faults::one("words", "fault-words-missing")),
        // Few words are known too when they stand there once.
        1 => {
            let at = text.find(&quote.exact).unwrap_or_default();
            let start = text[..at].chars().count();
            start..start + quote.exact.chars().count()
        }
        n => anchor::find(text, &quote).ok_or_else(|| {
            let mut faults = Faults::default();
            faults.add_n("words", "fault-words-several", n);
            faults
        })?,
    };
    let quote = anchor::quote(text, found.start, found.end)
        .ok_or_else(|| Faults::one("words", "fault-words-missing"))?;
    Ok(Words { exact: quote.exact, before: quote.prefix, after: quote.suffix })
}
/// A passed deadline refuses without waiting for a job; the text stays in the
/// form.
pub(crate) fn may_comment(
    actor: &Actor,
    recommendation: &Recommendation,
    now: Instant,
) -> Result<Standing> {
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
    markdown::render_note(&body, &format!("c{id}")).map_err(|fault| {
        let mut faults = Faults::default();
        faults.add_n("body", fault.fault(), fault.line());
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
