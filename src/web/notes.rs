//! A comment or reply as a page shows it, with what its reader may do.

use std::collections::HashMap;

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::Cx;
use super::error::WebError;
use super::page::When;
use crate::app::Standings;
use crate::domain::comment::{Disposition, Fate, Standing, contestable_until};
use crate::domain::ids::{AccountId, CommentId, ContestId};
use crate::domain::permission::{Verb, allows};
use crate::domain::recommendation::Recommendation;
use crate::domain::role::Capacity;
use crate::i18n::{self, Loader};
use crate::markdown::compare::{Span, SpanKind, quotation};
use crate::store::comments::{Comment, Version};
use crate::store::contests::Contest;
use crate::store::{self, DbConn};

/// A comment or reply, ready to show.
pub struct Note {
    pub id: CommentId,
    pub who: String,
    pub on_behalf: String,
    pub when: When,
    /// Editorial, substantive, general.
    pub kind: Option<String>,
    /// The words it is on, when they are not beside it.
    pub quote: Option<String>,
    pub fate: Option<FateView>,
    pub html: String,
    pub proposed: Option<String>,
    /// Who is named in it.
    pub named: Vec<String>,
    pub edited: Option<When>,
    pub earlier: Vec<Earlier>,
    pub withdrawn: Option<When>,
    pub decision: Option<Decision>,
    pub contest: Option<ContestView>,
    pub replies: Vec<Note>,
    /// Addresses of what the reader may do; empty when they may not.
    pub reply_href: String,
    pub answer_href: String,
    pub edit_href: String,
    pub withdraw_href: String,
    pub contest_href: String,
    pub unanswered: bool,
}

/// What became of the words a comment is on.
pub struct FateView {
    /// `unchanged`, `moved`, `changed` or `gone`.
    pub word: &'static str,
    pub sentence: String,
    /// The old words and those now in one, if that can be read.
    pub both: Vec<Span>,
    /// Else the words now, beside the old ones; empty unless they changed.
    pub now: String,
}

pub struct Earlier {
    pub when: When,
    pub html: String,
    pub proposed: Option<String>,
}

pub struct Decision {
    pub class: &'static str,
    pub title: String,
    pub by: String,
    pub when: When,
    pub reason: String,
    /// The revision whose change carries it out, and where that change is shown.
    pub changed: Option<(i32, String)>,
}

pub struct ContestView {
    pub id: ContestId,
    pub who: String,
    pub when: When,
    pub body: String,
    /// By whom, when, and what.
    pub answer: Option<(String, When, String)>,
    /// Where to answer it; empty when the reader may not.
    pub answer_href: String,
}

impl ContestView {
    /// `answered_by` is the name of whoever answered it.
    #[must_use]
    pub fn new(
        cx: &Cx,
        reference: &str,
        contest: Contest,
        answered_by: String,
        may_answer: bool,
    ) -> Self {
        let answered = contest.answer.zip(contest.answered_at);
        let answer =
            answered.map(|(answer, at)| (answered_by, When::date(cx.language, at), answer));
        let href = format!("/drafts/{reference}/contests/{}", contest.id);
        Self {
            id: contest.id,
            who: contest.author_name,
            when: When::date(cx.language, contest.created_at),
            body: contest.body,
            answer_href: if may_answer && answer.is_none() { href } else { String::new() },
            answer,
        }
    }
}

/// What the reader may do in a discussion.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rights {
    pub comment: bool,
    pub dispose: bool,
    pub contest: bool,
    pub withdraw: bool,
}

impl Rights {
    /// # Errors
    /// `NotFound` for somebody signed out.
    pub fn of(cx: &Cx, own: &Recommendation) -> Result<Self, WebError> {
        let actor = cx.actor()?;
        let may = |verb| allows(actor, verb, &own.object());
        Ok(Self {
            comment: may(Verb::Comment) && !own.is_overdue(cx.now),
            dispose: may(Verb::Dispose),
            contest: may(Verb::Contest),
            withdraw: may(Verb::Adapt),
        })
    }
}

/// Makes notes of comments, knowing all that is shown with them.
pub struct Maker<'a> {
    cx: &'a Cx,
    own: &'a Recommendation,
    reader: AccountId,
    rights: Rights,
    names: Vec<(AccountId, String)>,
    named: HashMap<CommentId, Vec<String>>,
    earlier: HashMap<CommentId, Vec<Version>>,
    contests: HashMap<CommentId, Contest>,
}

/// The most contests of a text that are looked at.
const MOST_CONTESTS: i64 = 1_000;

impl<'a> Maker<'a> {
    /// Loads it in as many queries for one comment as for a thousand.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load(
        cx: &'a Cx,
        conn: &mut DbConn,
        own: &'a Recommendation,
        comments: &[Comment],
        rights: Rights,
    ) -> Result<Self, WebError> {
        let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
        let answered = comments.iter().any(|comment| comment.disposed_at.is_some());
        let contests = if answered {
            store::contests::list_of(conn, own.id, MOST_CONTESTS)?
        } else {
            Vec::new()
        };
        let mut answering: Vec<AccountId> =
            comments.iter().filter_map(|comment| comment.disposed_by).collect();
        answering.extend(contests.iter().filter_map(|contest| contest.answered_by));
        answering.sort_unstable();
        answering.dedup();
        let names = store::comments::names_of(conn, &answering)?;
        let mut named: HashMap<CommentId, Vec<String>> = HashMap::new();
        for (comment, _, name) in store::mentions::list_of(conn, &ids)? {
            named.entry(comment).or_default().push(name);
        }
        let edited: Vec<CommentId> = comments
            .iter()
            .filter(|comment| comment.edited_at.is_some())
            .map(|comment| comment.id)
            .collect();
        let mut earlier: HashMap<CommentId, Vec<Version>> = HashMap::new();
        if !edited.is_empty() {
            for version in store::comments::list_versions(conn, &edited)? {
                earlier.entry(version.comment).or_default().push(version);
            }
        }
        let by_comment = |contest: Contest| Some((contest.comment?, contest));
        let contests = contests.into_iter().filter_map(by_comment).collect();
        let reader = cx.actor()?.account;
        Ok(Self { cx, own, reader, rights, names, named, earlier, contests })
    }

    /// A top-level comment with its replies.
    pub fn thread(
        &mut self,
        top: Comment,
        replies: Vec<Comment>,
        standings: &Standings,
    ) -> (Note, Option<std::sync::Arc<Standing>>) {
        let standing = standings.get(&top.id).cloned();
        let fate = standing.as_ref().and_then(|own| self.fate(&top, own));
        let mut note = self.note(top, fate);
        note.replies = replies.into_iter().map(|reply| self.note(reply, None)).collect();
        (note, standing)
    }

    /// The contests of this text's amendments, by amendment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn of_amendments(
        &mut self,
        conn: &mut DbConn,
    ) -> Result<HashMap<i64, ContestView>, WebError> {
        let contests = store::contests::list_of(conn, self.own.id, MOST_CONTESTS)?;
        let answering: Vec<AccountId> =
            contests.iter().filter_map(|contest| contest.answered_by).collect();
        self.names.extend(store::comments::names_of(conn, &answering)?);
        let own = |contest: Contest| Some((contest.amendment?.0, self.contest(contest)));
        Ok(contests.into_iter().filter_map(own).collect())
    }

    fn fate(&self, comment: &Comment, standing: &Standing) -> Option<FateView> {
        if comment.revision == self.own.revision {
            return None;
        }
        Some(fate_view(self.cx.l(), comment.revision, standing))
    }

    fn note(&mut self, comment: Comment, fate: Option<FateView>) -> Note {
        let l = self.cx.l();
        let language = self.cx.language;
        let top = comment.parent.is_none();
        let drafts = format!("/drafts/{}", self.own.reference);
        let base = format!("{drafts}/comments/{}", comment.id);
        let when_may = |may: bool, href: String| if may { href } else { String::new() };
        let mine = comment.author == self.reader;
        let loose = mine && comment.is_loose();
        let contest = self.contests.remove(&comment.id).map(|contest| self.contest(contest));
        let contestable = comment
            .disposed_at
            .is_some_and(|at| self.cx.now <= contestable_until(at, self.own.contest_days));
        // Old words that stand in one with the new ones are not quoted a second time.
        let shows_quote = fate.as_ref().map_or(comment.exact.is_some(), |own| {
            let in_one = !own.both.is_empty();
            !in_one && (comment.exact.is_some() || matches!(own.word, "changed" | "gone"))
        });
        let version = |own: Version| Earlier {
            when: When::time(language, own.written_at),
            html: own.html,
            proposed: own.proposed,
        };
        Note {
            id: comment.id,
            unanswered: comment.is_unanswered(),
            on_behalf: on_behalf(l, &comment),
            when: When::time(language, comment.created_at),
            kind: comment.kind.map(|kind| i18n::message(l, &format!("comment-kind-{kind}"))),
            quote: if shows_quote { comment.exact.clone().or(comment.quote.clone()) } else { None },
            fate,
            named: self.named.remove(&comment.id).unwrap_or_default(),
            edited: comment.edited_at.map(|at| When::time(language, at)),
            earlier: self
                .earlier
                .remove(&comment.id)
                .unwrap_or_default()
                .into_iter()
                .map(version)
                .collect(),
            withdrawn: comment.withdrawn_at.map(|at| When::date(language, at)),
            decision: self.decision(&comment),
            reply_href: when_may(
                top && self.rights.comment,
                format!("{drafts}/comments/new?reply={}", comment.id),
            ),
            answer_href: when_may(
                top && self.rights.dispose && comment.withdrawn_at.is_none(),
                format!("{base}/disposition"),
            ),
            edit_href: when_may(loose && self.rights.comment, format!("{base}/edit")),
            withdraw_href: when_may(loose && self.rights.withdraw, format!("{base}/withdrawal")),
            contest_href: when_may(
                mine && top && self.rights.contest && contestable && contest.is_none(),
                format!("{base}/contest"),
            ),
            contest,
            who: comment.author_name,
            html: comment.html,
            proposed: comment.proposed,
            replies: Vec::new(),
        }
    }

    fn name_of(&self, account: Option<AccountId>) -> String {
        let found = account.and_then(|by| self.names.iter().find(|(own, _)| *own == by));
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn contest(&self, contest: Contest) -> ContestView {
        let name = self.name_of(contest.answered_by);
        ContestView::new(self.cx, &self.own.reference, contest, name, self.rights.dispose)
    }

    fn decision(&self, comment: &Comment) -> Option<Decision> {
        let disposition = comment.disposition?;
        let changed = comment.changed_in.map(|number| {
            let before = number - 1;
            let path = format!("/drafts/{}/compare?from={before}&to={number}", self.own.reference);
            (number, path)
        });
        Some(Decision {
            class: class_of(disposition),
            title: i18n::message(self.cx.l(), &format!("disposition-{disposition}")),
            by: self.name_of(comment.disposed_by),
            when: When::date(self.cx.language, comment.disposed_at.unwrap_or(comment.created_at)),
            reason: comment.reason.clone().unwrap_or_default(),
            changed,
        })
    }
}

/// In whose name it is said, as those with a role in the track read it.
#[must_use]
pub fn on_behalf(l: &Loader, comment: &Comment) -> String {
    match comment.capacity {
        Capacity::Organisation => comment.organisation_name.clone(),
        Capacity::Personal => {
            fl!(l, "comment-personally", organisation = comment.organisation_name.as_str())
        }
    }
}

/// The fate of a comment written on `revision`, in words.
#[must_use]
pub fn fate_view(l: &Loader, revision: i32, standing: &Standing) -> FateView {
    let n = revision;
    let position = standing.number.unwrap_or_default();
    let whole = standing.range.is_none();
    let sentence = match &standing.fate {
        Fate::Unchanged if whole => fl!(l, "comment-fate-unchanged", n = n),
        Fate::Unchanged => fl!(l, "comment-fate-words-unchanged", n = n),
        Fate::Moved => fl!(l, "comment-fate-moved", n = n, to = position),
        Fate::Changed { .. } if whole => fl!(l, "comment-fate-changed", n = n),
        Fate::Changed { .. } => fl!(l, "comment-fate-words-changed", n = n),
        Fate::Gone => fl!(l, "comment-fate-gone", n = n),
    };
    let (both, now) = match &standing.fate {
        Fate::Changed { old, new } => match quotation(old, new) {
            Some(both) => (both, String::new()),
            None => (Vec::new(), new.clone()),
        },
        _ => (Vec::new(), String::new()),
    };
    FateView { word: standing.fate.as_str(), sentence, both, now }
}

/// The style of a decision card.
#[must_use]
pub const fn class_of(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Accepted => "decision-accepted",
        Disposition::AcceptedInPart => "decision-part",
        Disposition::AcceptedInPrinciple => "decision-principle",
        Disposition::Noted => "decision-noted",
        Disposition::NotAccepted => "decision-refused",
    }
}

#[derive(Template)]
#[template(path = "drafts/notes.html")]
struct Notes<'a> {
    l: &'a Loader,
    notes: &'a [Note],
    label: String,
}

/// The HTML of threads, for under a block or a section.
///
/// # Errors
/// When the template fails.
pub fn notes_html(l: &Loader, notes: &[Note], label: String) -> Result<String, WebError> {
    Ok(Notes { l, notes, label }.render()?)
}
