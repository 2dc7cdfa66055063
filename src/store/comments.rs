//! Comments, replies and their dispositions.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::decisions::{NewDecision, Subject};
use super::recommendations::under_way;
use super::schema::{accounts, comment_versions, comments, organisations, recommendations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::comment::{Anchor, CommentKind, Disposition, NewAnswer, Words};
use crate::domain::ids::{AccountId, CommentId, OrganisationId, RecommendationId, TrackId};
use crate::domain::role::{AttributionRule, Capacity};

/// A comment or reply as those with a role in the track see it.
#[derive(Debug, Clone, Queryable)]
pub struct Comment {
    pub id: CommentId,
    pub recommendation: RecommendationId,
    pub parent: Option<CommentId>,
    pub revision: i32,
    pub section: Option<String>,
    pub position: Option<i32>,
    pub quote: Option<String>,
    pub body: String,
    pub html: String,
    pub author: AccountId,
    pub author_name: String,
    pub organisation_name: String,
    pub capacity: Capacity,
    pub created_at: Instant,
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
    pub disposed_by: Option<AccountId>,
    pub disposed_at: Option<Instant>,
    pub organisation: OrganisationId,
    pub rule: AttributionRule,
    pub kind: Option<CommentKind>,
    pub proposed: Option<String>,
    /// The permanent id of the block it is on.
    pub block: Option<i32>,
    pub exact: Option<String>,
    pub prefix: Option<String>,
    pub suffix: Option<String>,
    /// The revision whose change answered it.
    pub changed_in: Option<i32>,
    pub edited_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
    pub renderer: i32,
}

impl Comment {
    /// Where it was put; `None` for a comment on the whole.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor> {
        let (section, position, quote) =
            (self.section.clone()?, self.position?, self.quote.clone()?);
        Some(Anchor { section, position, quote })
    }

    /// The words selected in its block; `None` for all of it.
    #[must_use]
    pub fn words(&self) -> Option<Words> {
        Some(Words {
            exact: self.exact.clone()?,
            before: self.prefix.clone().unwrap_or_default(),
            after: self.suffix.clone().unwrap_or_default(),
        })
    }

    /// Whether the chair still owes an answer (replies need none, and neither
    /// does what its author withdrew).
    #[must_use]
    pub const fn is_unanswered(&self) -> bool {
        self.parent.is_none() && self.disposition.is_none() && self.withdrawn_at.is_none()
    }

    /// Whether its author may still change or withdraw it.
    #[must_use]
    pub const fn is_loose(&self) -> bool {
        self.disposition.is_none() && self.withdrawn_at.is_none()
    }
}

/// A top-level comment, neither answered nor withdrawn.
#[diesel::dsl::auto_type]
pub(super) fn is_unanswered() -> _ {
    comments::parent_id
        .is_null()
        .and(comments::disposition.is_null())
        .and(comments::withdrawn_at.is_null())
}

/// A comment about to be stored.
pub struct NewComment<'a> {
    pub id: CommentId,
    pub recommendation: RecommendationId,
    pub parent: Option<CommentId>,
    pub revision: i32,
    pub anchor: Option<&'a Anchor>,
    /// The permanent id of the anchor's block, and the words meant in it.
    pub block: Option<i32>,
    pub words: Option<&'a Words>,
    pub kind: Option<CommentKind>,
    pub proposed: Option<&'a str>,
    pub body: &'a str,
    pub html: &'a str,
    pub renderer: i32,
    pub author: AccountId,
    pub organisation: OrganisationId,
    pub capacity: Capacity,
    pub rule: AttributionRule,
}

pub fn insert(conn: &mut DbConn, comment: &NewComment<'_>, now: Instant) -> Result<()> {
    diesel::insert_into(comments::table)
        .values((
            comments::id.eq(comment.id.0),
            comments::recommendation_id.eq(comment.recommendation.0),
            comments::parent_id.eq(comment.parent.map(|id| id.0)),
            comments::revision.eq(comment.revision),
            comments::section.eq(comment.anchor.map(|anchor| anchor.section.as_str())),
            comments::position.eq(comment.anchor.map(|anchor| anchor.position)),
            comments::quote.eq(comment.anchor.map(|anchor| anchor.quote.as_str())),
            comments::block.eq(comment.block),
            comments::exact.eq(comment.words.map(|words| words.exact.as_str())),
            comments::prefix.eq(comment.words.map(|words| words.before.as_str())),
            comments::suffix.eq(comment.words.map(|words| words.after.as_str())),
            comments::kind.eq(comment.kind.map(CommentKind::as_str)),
            comments::proposed.eq(comment.proposed),
            comments::body.eq(comment.body),
            comments::html.eq(comment.html),
            comments::renderer.eq(comment.renderer),
            comments::author_id.eq(comment.author.0),
            comments::organisation_id.eq(comment.organisation.0),
            comments::capacity.eq(comment.capacity.as_str()),
            comments::attribution_rule.eq(comment.rule.as_str()),
            comments::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    comments::table.inner_join(accounts::table).inner_join(organisations::table).select((
        comments::id,
        comments::recommendation_id,
        comments::parent_id,
        comments::revision,
        comments::section,
        comments::position,
        comments::quote,
        comments::body,
        comments::html,
        comments::author_id,
        accounts::name,
        organisations::name,
        comments::capacity,
        comments::created_at,
        comments::disposition,
        comments::reason,
        comments::disposed_by,
        comments::disposed_at,
        comments::organisation_id,
        comments::attribution_rule,
        comments::kind,
        comments::proposed,
        comments::block,
        comments::exact,
        comments::prefix,
        comments::suffix,
        comments::changed_in,
        comments::edited_at,
        comments::withdrawn_at,
        comments::renderer,
    ))
}

/// The whole discussion of a recommendation, oldest first.
pub fn list_of(
    conn: &mut DbConn,
    recommendation: RecommendationId,
    limit: i64,
) -> Result<Vec<Comment>> {
    Ok(whole()
        .filter(comments::recommendation_id.eq(recommendation.0))
        .order((comments::created_at, comments::id))
        .limit(limit)
        .load(conn)?)
}

/// These comments and replies, oldest first.
pub fn list_by_ids(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<Comment>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(whole()
        .filter(comments::id.eq_any(wanted))
        .order((comments::created_at, comments::id))
        .load(conn)?)
}

/// How many replies each of these comments has.
pub fn count_replies(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<(CommentId, i64)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    let counted: Vec<(Option<i64>, i64)> = comments::table
        .filter(comments::parent_id.eq_any(wanted))
        .group_by(comments::parent_id)
        .select((comments::parent_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counted.into_iter().filter_map(|(id, n)| Some((CommentId(id?), n))).collect())
}

pub fn find(conn: &mut DbConn, id: CommentId) -> Result<Option<Comment>> {
    Ok(whole().filter(comments::id.eq(id.0)).first(conn).optional()?)
}

/// Comments and replies.
pub fn count(conn: &mut DbConn, recommendation: RecommendationId) -> Result<i64> {
    Ok(comments::table
        .filter(comments::recommendation_id.eq(recommendation.0))
        .count()
        .get_result(conn)?)
}

/// Top-level comments without a disposition.
pub fn count_unanswered(conn: &mut DbConn, recommendation: RecommendationId) -> Result<i64> {
    Ok(comments::table
        .filter(comments::recommendation_id.eq(recommendation.0))
        .filter(is_unanswered())
        .count()
        .get_result(conn)?)
}

/// How many comments (replies included) and how many unanswered ones each
/// recommendation of a list has.
pub fn count_of_many(
    conn: &mut DbConn,
    of: &[RecommendationId],
) -> Result<Vec<(RecommendationId, i64, i64)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    let all: Vec<(RecommendationId, i64)> = comments::table
        .filter(comments::recommendation_id.eq_any(wanted.clone()))
        .group_by(comments::recommendation_id)
        .select((comments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let unanswered: Vec<(RecommendationId, i64)> = comments::table
        .filter(comments::recommendation_id.eq_any(wanted))
        .filter(is_unanswered())
        .group_by(comments::recommendation_id)
        .select((comments::recommendation_id, diesel::dsl::count_star()))
        .load(conn)?;
    let waiting = |id| unanswered.iter().find(|(own, _)| *own == id).map_or(0, |(_, n)| *n);
    Ok(all.into_iter().map(|(id, n)| (id, n, waiting(id))).collect())
}

/// The oldest unanswered comment of each recommendation in these tracks.
pub fn list_waiting(
    conn: &mut DbConn,
    tracks: &[TrackId],
) -> Result<Vec<(RecommendationId, Option<Instant>, i64)>> {
    let tracks: Vec<i64> = tracks.iter().map(|id| id.0).collect();
    Ok(comments::table
        .inner_join(recommendations::table)
        .filter(under_way(tracks))
        .filter(is_unanswered())
        .group_by(comments::recommendation_id)
        .select((
            comments::recommendation_id,
            diesel::dsl::min(comments::created_at),
            diesel::dsl::count_star(),
        ))
        .load(conn)?)
}

/// The newest replies of others to comments of `account`.
pub fn list_replies_to(conn: &mut DbConn, account: AccountId, limit: i64) -> Result<Vec<Comment>> {
    let mine = comments::table
        .filter(comments::author_id.eq(account.0))
        .filter(comments::parent_id.is_null())
        .order(comments::created_at.desc())
        .limit(500)
        .select(comments::id)
        .load::<i64>(conn)?;
    Ok(whole()
        .filter(comments::parent_id.eq_any(mine))
        .filter(comments::author_id.ne(account.0))
        .order(comments::created_at.desc())
        .limit(limit)
        .load(conn)?)
}

/// The newest answers to comments of `account`.
pub fn list_answered(conn: &mut DbConn, account: AccountId, limit: i64) -> Result<Vec<Comment>> {
    Ok(whole()
        .filter(comments::author_id.eq(account.0))
        .filter(comments::disposition.is_not_null())
        .order(comments::disposed_at.desc())
        .limit(limit)
        .load(conn)?)
}

/// Records the answer to a comment, or changes the one given at `seen`; false
/// when somebody else has answered since, or its author withdrew it. Every
/// answer stays on record.
pub fn dispose(
    conn: &mut DbConn,
    comment: &Comment,
    answer: &NewAnswer,
    seen: Option<Instant>,
    by: AccountId,
    now: Instant,
) -> Result<bool> {
    let own = comments::table
        .filter(comments::id.eq(comment.id.0))
        .filter(comments::withdrawn_at.is_null())
        .filter(
            comments::disposed_at
                .eq(seen)
                .or(comments::disposed_at.is_null().and(seen.is_none().into_sql::<Bool>())),
        );
    let changed = diesel::update(own)
        .set((
            comments::disposition.eq(answer.disposition.as_str()),
            comments::reason.eq(&answer.reason),
            comments::changed_in.eq(answer.changed_in),
            comments::disposed_by.eq(by.0),
            comments::disposed_at.eq(now),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let decision = NewDecision {
        recommendation: comment.recommendation,
        subject: Subject::Comment(comment.id),
        disposition: answer.disposition,
        reason: &answer.reason,
        account: by,
        revision: answer.changed_in,
    };
    super::decisions::insert(conn, &decision, now)?;
    Ok(true)
}

/// New words in place of its author's earlier ones.
pub struct Edit<'a> {
    pub kind: Option<CommentKind>,
    pub proposed: Option<&'a str>,
    pub body: &'a str,
    pub html: &'a str,
    pub renderer: i32,
}

/// Changes a comment that is not answered and keeps its earlier wording; false
/// when it was answered, withdrawn or edited meanwhile.
pub fn edit(conn: &mut DbConn, before: &Comment, edit: &Edit<'_>, now: Instant) -> Result<bool> {
    let own =
        comments::table
            .filter(comments::id.eq(before.id.0))
            .filter(comments::disposition.is_null())
            .filter(comments::withdrawn_at.is_null())
            .filter(comments::edited_at.eq(before.edited_at).or(
                comments::edited_at.is_null().and(before.edited_at.is_none().into_sql::<Bool>()),
            ));
    let changed = diesel::update(own)
        .set((
            comments::kind.eq(edit.kind.map(CommentKind::as_str)),
            comments::proposed.eq(edit.proposed),
            comments::body.eq(edit.body),
            comments::html.eq(edit.html),
            comments::renderer.eq(edit.renderer),
            comments::edited_at.eq(now),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let earlier: i64 = comment_versions::table
        .filter(comment_versions::comment_id.eq(before.id.0))
        .count()
        .get_result(conn)?;
    diesel::insert_into(comment_versions::table)
        .values((
            comment_versions::comment_id.eq(before.id.0),
            comment_versions::number.eq(i32::try_from(earlier + 1).unwrap_or(i32::MAX)),
            comment_versions::kind.eq(before.kind.map(CommentKind::as_str)),
            comment_versions::proposed.eq(before.proposed.as_deref()),
            comment_versions::body.eq(&before.body),
            comment_versions::html.eq(&before.html),
            comment_versions::renderer.eq(before.renderer),
            comment_versions::written_at.eq(before.edited_at.unwrap_or(before.created_at)),
        ))
        .execute(conn)?;
    Ok(true)
}

/// An earlier wording of an edited comment.
#[derive(Debug, Clone, Queryable)]
pub struct Version {
    pub comment: CommentId,
    pub html: String,
    pub proposed: Option<String>,
    pub written_at: Instant,
}

/// The earlier wordings of these comments, newest first.
pub fn list_versions(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<Version>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(comment_versions::table
        .filter(comment_versions::comment_id.eq_any(wanted))
        .order((comment_versions::comment_id, comment_versions::number.desc()))
        .limit(2_000)
        .select((
            comment_versions::comment_id,
            comment_versions::html,
            comment_versions::proposed,
            comment_versions::written_at,
        ))
        .load(conn)?)
}

/// Marks a comment withdrawn by its author; false when it was answered or
/// withdrawn before.
pub fn set_withdrawn(conn: &mut DbConn, id: CommentId, now: Instant) -> Result<bool> {
    let own = comments::table
        .filter(comments::id.eq(id.0))
        .filter(comments::disposition.is_null())
        .filter(comments::withdrawn_at.is_null());
    Ok(diesel::update(own).set(comments::withdrawn_at.eq(now)).execute(conn)? == 1)
}

/// Names of the accounts that answered, for a discussion.
pub fn names_of(conn: &mut DbConn, of: &[AccountId]) -> Result<Vec<(AccountId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(accounts::table
        .filter(accounts::id.eq_any(wanted))
        .select((accounts::id, accounts::name))
        .load(conn)?)
}

/// What some comments are on, for a log.
pub fn references_of(conn: &mut DbConn, of: &[CommentId]) -> Result<Vec<(CommentId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(comments::table
        .inner_join(recommendations::table)
        .filter(comments::id.eq_any(wanted))
        .select((comments::id, recommendations::reference))
        .load(conn)?)
}
