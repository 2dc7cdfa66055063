//! Rows of the ledger: comments and amendments as a person reads them there.

use std::collections::HashMap;

use i18n_embed_fl::fl;

use super::cx::Cx;
use super::discussion::pieces;
use super::error::WebError;
use super::notes::{ContestView, FateView, Maker, Note, Rights, class_of, fate_view, on_behalf};
use super::page::When;
use super::recommendations::section_title;
use super::standings;
use crate::app::Standings;
use crate::domain::ids::{AccountId, RecommendationId};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::role::Capacity;
use crate::i18n;
use crate::markdown::anchor;
use crate::markdown::compare::{Span, quotation};
use crate::store::amendments::Amendment;
use crate::store::comments::Comment;
use crate::store::ledger::Entry;
use crate::store::sections::Dated;
use crate::store::{self, DbConn};

pub struct Row {
    /// `c12` or `a12`: what addresses point to.
    pub anchor: String,
    /// Set for a comment that can be chosen for one answer with others.
    pub pick: Option<i64>,
    pub reference: String,
    pub who: String,
    pub on_behalf: String,
    pub when: When,
    pub kind: String,
    pub place: String,
    pub revision: i32,
    pub fate: Option<FateView>,
    pub quote: Option<String>,
    pub html: String,
    pub proposed: Option<String>,
    pub replies: usize,
    pub href: String,
    pub withdrawn: Option<When>,
    pub decision: Option<Decision>,
    pub contest: Option<ContestView>,
    pub answer_href: String,
}

pub struct Decision {
    pub class: &'static str,
    pub title: String,
    pub by: String,
    pub when: When,
    pub reason: String,
    /// The words before and after, where one block can be named.
    pub words: Option<Words>,
    pub changed: Option<(i32, String)>,
}

/// What an answer changed.
pub struct Words {
    /// Both in one, if that can be read.
    pub both: Vec<Span>,
    pub before: String,
    pub after: String,
}

impl Words {
    fn new(before: String, after: String) -> Self {
        Self { both: quotation(&before, &after).unwrap_or_default(), before, after }
    }
}

/// The comments and amendments of some entries.
pub struct Loaded {
    pub comments: Vec<Comment>,
    pub amendments: Vec<Amendment>,
    /// Each recommendation they are on.
    pub texts: HashMap<RecommendationId, TextOf>,
    /// The ¶ number that each block of those texts has now, by its permanent id.
    pub numbers: HashMap<(RecommendationId, i32), usize>,
}

/// A recommendation that rows of the ledger are on.
#[derive(Debug, Clone)]
pub struct TextOf {
    pub reference: String,
    pub revision: i32,
}

impl Loaded {
    /// # Errors
    /// When the database cannot be read.
    pub fn read(conn: &mut DbConn, entries: &[Entry]) -> Result<Self, WebError> {
        let mut comments = Vec::new();
        let mut amendments = Vec::new();
        for entry in entries {
            match entry {
                Entry::Comment(id) => comments.push(*id),
                Entry::Amendment(id) => amendments.push(*id),
            }
        }
        let comments = store::comments::list_by_ids(conn, &comments)?;
        let amendments = store::amendments::list_by_ids(conn, &amendments)?;
        let on = comments.iter().map(|own| own.recommendation);
        let mut on: Vec<RecommendationId> =
            on.chain(amendments.iter().map(|own| own.recommendation)).collect();
        on.sort_unstable();
        on.dedup();
        let texts: HashMap<RecommendationId, TextOf> =
            store::recommendations::references_of(conn, &on)?
                .into_iter()
                .map(|(id, reference, revision)| (id, TextOf { reference, revision }))
                .collect();
        let amended =
            texts.iter().filter(|(id, _)| amendments.iter().any(|own| own.recommendation == **id));
        let at: Vec<(RecommendationId, i32)> =
            amended.map(|(id, text)| (*id, text.revision)).collect();
        let mut numbers = HashMap::new();
        for (id, _, section) in store::sections::list_at(conn, &at)? {
            let shown = pieces(&section)?.into_iter();
            let shown = shown.filter_map(|piece| Some(((id, piece.block?), piece.number?)));
            numbers.extend(shown);
        }
        Ok(Self { comments, amendments, texts, numbers })
    }

    #[must_use]
    pub fn reference(&self, of: RecommendationId) -> String {
        self.texts.get(&of).map(|text| text.reference.clone()).unwrap_or_default()
    }

    /// The ¶ number of the paragraph an amendment is on, while it stands.
    #[must_use]
    pub fn number_of(&self, amendment: &Amendment) -> Option<usize> {
        self.numbers.get(&(amendment.recommendation, amendment.block?)).copied()
    }

    /// Where the comments stand now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn standings(&self, cx: &Cx, conn: &mut DbConn) -> Result<Standings, WebError> {
        let texts: Vec<(RecommendationId, i32)> =
            self.texts.iter().map(|(id, text)| (*id, text.revision)).collect();
        standings::load_many(cx, conn, &texts, &self.comments)
    }
}

/// Makes rows of entries, knowing all that is shown with them.
pub struct Rows<'a> {
    cx: &'a Cx,
    programme: &'a Programme,
    names: HashMap<AccountId, String>,
    replies: HashMap<i64, usize>,
    loaded: &'a Loaded,
    standings: Standings,
    notes: HashMap<i64, Note>,
    /// Contests of amendments.
    contests: HashMap<i64, ContestView>,
    may_dispose: bool,
    /// Sections of the revisions that answers named.
    answered_in: Vec<Dated>,
}

impl<'a> Rows<'a> {
    /// # Errors
    /// When the database cannot be read.
    pub fn load(
        cx: &'a Cx,
        conn: &mut DbConn,
        programme: &'a Programme,
        loaded: &'a Loaded,
    ) -> Result<Self, WebError> {
        let by = loaded.comments.iter().filter_map(|own| own.disposed_by);
        let mut accounts: Vec<AccountId> =
            by.chain(loaded.amendments.iter().filter_map(|own| own.disposed_by)).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let names = store::comments::names_of(conn, &accounts)?.into_iter().collect();
        let ids: Vec<_> = loaded.comments.iter().map(|own| own.id).collect();
        let counted = store::comments::count_replies(conn, &ids)?;
        let replies = counted
            .into_iter()
            .map(|(id, n)| (id.0, usize::try_from(n).unwrap_or(usize::MAX)))
            .collect();
        let mut answered: Vec<(RecommendationId, i32)> = loaded
            .comments
            .iter()
            .filter(|comment| comment.block.is_some())
            .filter_map(|comment| Some((comment.recommendation, comment.changed_in?)))
            .flat_map(|(id, number)| [(id, number - 1), (id, number)])
            .collect();
        answered.sort_unstable();
        answered.dedup();
        Ok(Self {
            cx,
            programme,
            names,
            replies,
            loaded,
            standings: loaded.standings(cx, conn)?,
            notes: HashMap::new(),
            contests: HashMap::new(),
            may_dispose: false,
            answered_in: store::sections::list_at(conn, &answered)?,
        })
    }

    /// For the ledger of one text: contests, and what the reader may do.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn with_text(
        &mut self,
        conn: &mut DbConn,
        own: &Recommendation,
        rights: Rights,
    ) -> Result<(), WebError> {
        let loaded = self.loaded;
        let mut maker = Maker::load(self.cx, conn, own, &loaded.comments, rights)?;
        for comment in &loaded.comments {
            let (note, _) = maker.thread(comment.clone(), Vec::new(), &self.standings);
            self.notes.insert(comment.id.0, note);
        }
        self.may_dispose = rights.dispose;
        if loaded.amendments.iter().any(|amendment| amendment.disposed_at.is_some()) {
            self.contests = maker.of_amendments(conn)?;
        }
        Ok(())
    }

    pub fn make(&mut self, entries: &[Entry]) -> Vec<Row> {
        let loaded = self.loaded;
        let comments: HashMap<i64, &Comment> =
            loaded.comments.iter().map(|own| (own.id.0, own)).collect();
        let amendments: HashMap<i64, &Amendment> =
            loaded.amendments.iter().map(|own| (own.id.0, own)).collect();
        let row = |entry: &Entry| match entry {
            Entry::Comment(id) => comments.get(&id.0).map(|own| self.comment(own)),
            Entry::Amendment(id) => amendments.get(&id.0).map(|own| self.amendment(own)),
        };
        entries.iter().filter_map(row).collect()
    }

    fn name(&self, of: Option<AccountId>) -> String {
        of.and_then(|own| self.names.get(&own)).cloned().unwrap_or_default()
    }

    /// `Recommendation, ¶ 3`.
    fn place(&self, section: Option<&str>, number: Option<usize>) -> String {
        match (section, number) {
            (Some(section), Some(n)) => {
                format!("{}, ¶\u{a0}{n}", section_title(self.cx, self.programme, section))
            }
            (Some(section), None) => section_title(self.cx, self.programme, section),
            _ => fl!(self.cx.l(), "section-whole"),
        }
    }

    fn comment(&mut self, own: &Comment) -> Row {
        let (cx, l) = (self.cx, self.cx.l());
        let reference = self.loaded.reference(own.recommendation);
        let note = self.notes.remove(&own.id.0);
        let standing = self.standings.get(&own.id).cloned();
        let (section, number) = match &standing {
            Some(now) if now.section.is_some() => (now.section.clone(), now.number),
            _ => (own.section.clone(), None),
        };
        let current = self.loaded.texts.get(&own.recommendation).map(|text| text.revision);
        let fate = standing
            .filter(|_| current != Some(own.revision))
            .map(|standing| fate_view(l, own.revision, &standing));
        let decision = own.disposition.map(|disposition| Decision {
            class: class_of(disposition),
            title: i18n::message(l, &format!("disposition-{disposition}")),
            by: self.name(own.disposed_by),
            when: When::date(cx.language, own.disposed_at.unwrap_or(own.created_at)),
            reason: own.reason.clone().unwrap_or_default(),
            words: own.changed_in.and_then(|number| self.words(own, number)),
            changed: own.changed_in.map(|number| {
                let before = number - 1;
                (number, format!("/drafts/{reference}/compare?from={before}&to={number}"))
            }),
        });
        let answer_href = note.as_ref().map(|note| note.answer_href.clone()).unwrap_or_default();
        let pick = own.is_unanswered().then_some(own.id.0);
        Row {
            anchor: format!("c{}", own.id),
            pick: pick.filter(|_| !answer_href.is_empty()),
            who: own.author_name.clone(),
            on_behalf: on_behalf(l, own),
            when: When::date(cx.language, own.created_at),
            kind: own
                .kind
                .map(|kind| i18n::message(l, &format!("comment-kind-{kind}")))
                .unwrap_or_default(),
            place: self.place(section.as_deref(), number),
            revision: own.revision,
            fate,
            quote: own.exact.clone(),
            html: own.html.clone(),
            proposed: own.proposed.clone(),
            replies: self.replies.get(&own.id.0).copied().unwrap_or(0),
            href: format!("/drafts/{reference}#c{}", own.id),
            withdrawn: own.withdrawn_at.map(|at| When::date(cx.language, at)),
            decision,
            contest: note.and_then(|note| note.contest),
            answer_href,
            reference,
        }
    }

    /// The block's words before and after the revision that carried it out.
    fn words(&self, own: &Comment, number: i32) -> Option<Words> {
        let block = own.block?;
        let text = |number: i32| {
            let of = self.answered_in.iter();
            let sections = of.filter(|(id, at, _)| *id == own.recommendation && *at == number);
            let mut found = sections.filter_map(|(.., section)| {
                let at = section.blocks.0.iter().position(|id| *id == block)?;
                anchor::plain_blocks(&section.body).into_iter().nth(at)
            });
            found.next().unwrap_or_default()
        };
        let (before, after) = (text(number - 1), text(number));
        (before != after).then(|| Words::new(before, after))
    }

    fn amendment(&mut self, own: &Amendment) -> Row {
        let (cx, l) = (self.cx, self.cx.l());
        let reference = self.loaded.reference(own.recommendation);
        let (before, after) = own.words();
        let words = || Words::new(before.trim().to_owned(), after.trim().to_owned());
        let href = format!("/drafts/{reference}/amendments/{}", own.number);
        let decision = own.disposition.map(|disposition| Decision {
            class: class_of(disposition),
            title: i18n::message(l, &format!("disposition-{disposition}")),
            by: self.name(own.disposed_by),
            when: When::date(cx.language, own.disposed_at.unwrap_or(own.created_at)),
            reason: own.disposition_reason.clone().unwrap_or_default(),
            words: own.applied_in.map(|_| words()),
            changed: own.applied_in.map(|number| {
                let before = number - 1;
                (number, format!("/drafts/{reference}/compare?from={before}&to={number}"))
            }),
        });
        Row {
            anchor: format!("a{}", own.id),
            pick: None,
            who: own.author_name.clone(),
            on_behalf: match own.capacity {
                Capacity::Organisation => own.organisation_name.clone(),
                Capacity::Personal => {
                    let organisation = own.organisation_name.as_str();
                    fl!(l, "comment-personally", organisation = organisation)
                }
            },
            when: When::date(cx.language, own.created_at),
            kind: fl!(l, "ledger-amendment", name = own.name()),
            place: self.place(Some(&own.section), self.loaded.number_of(own)),
            revision: own.revision,
            fate: None,
            quote: Some(own.original.trim().to_owned()).filter(|words| !words.is_empty()),
            html: own.reason_html.clone(),
            proposed: Some(own.text.trim().to_owned()).filter(|words| !words.is_empty()),
            replies: 0,
            answer_href: if self.may_dispose && own.is_unanswered() && own.stale_at.is_none() {
                format!("{href}/disposition")
            } else {
                String::new()
            },
            href,
            withdrawn: own.withdrawn_at.map(|at| When::date(cx.language, at)),
            decision,
            contest: self.contests.remove(&own.id.0),
            reference,
        }
    }
}
