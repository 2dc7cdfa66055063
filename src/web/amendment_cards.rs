//! An amendment as pages show it: beside its block, in lists, before an answer.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::Cx;
use super::error::WebError;
use super::notes::{Decision, class_of};
use super::page::When;
use crate::actions::rebases::{clash, clash_of};
use crate::domain::amendment::{AmendmentState, AmendmentVerb, Clash};
use crate::domain::ids::{AccountId, AmendmentId};
use crate::domain::role::Capacity;
use crate::i18n::{self, Loader};
use crate::markdown::Piece;
use crate::markdown::compare::{Comparison, RowKind, SpanKind, compare};
use crate::store::amendments::Amendment;
use crate::store::co_sponsors::CoSponsor;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Others on the same paragraph that an amendment is compared with: every pair
/// is a merge.
const MOST_CLASHES: usize = 12;

/// One change of words, for `drafts/diff.html`.
pub struct Change {
    pub comparison: Comparison,
}

impl Change {
    #[must_use]
    pub fn new(verb: AmendmentVerb, before: &str, after: &str) -> Vec<Self> {
        let (before, after) = match verb {
            AmendmentVerb::Replace => (before, after),
            AmendmentVerb::Insert => ("", after),
            AmendmentVerb::Delete => (before, ""),
        };
        vec![Self { comparison: compare(before, after) }]
    }
}

/// An amendment, ready to show.
pub struct Card {
    pub id: AmendmentId,
    pub number: i32,
    /// `A3`.
    pub name: String,
    pub href: String,
    /// `Replaces the paragraph`.
    pub verb: String,
    pub compromise: bool,
    pub who: String,
    pub on_behalf: String,
    pub when: When,
    pub changes: Vec<Change>,
    pub reason: String,
    pub sponsors: Vec<String>,
    pub state: AmendmentState,
    pub state_name: String,
    /// What accepting it means for others on the same block.
    pub clashes: Vec<ClashLine>,
    pub decision: Option<Decision>,
    /// The revision that carried it out.
    pub applied_in: Option<i32>,
    /// Whether the present text reads so already.
    pub no_change: bool,
}

pub struct ClashLine {
    pub class: &'static str,
    pub sentence: String,
    pub href: String,
    pub name: String,
}

/// What cards need to know beside their own rows: loaded once for all.
pub struct Cards<'a> {
    cx: &'a Cx,
    reference: &'a str,
    sponsors: Vec<CoSponsor>,
    names: Vec<(AccountId, String)>,
}

impl<'a> Cards<'a> {
    /// # Errors
    /// When the database cannot be read.
    pub fn load(
        cx: &'a Cx,
        conn: &mut DbConn,
        reference: &'a str,
        of: &[Amendment],
    ) -> Result<Self, WebError> {
        let ids: Vec<AmendmentId> = of.iter().map(|own| own.id).collect();
        let mut answering: Vec<AccountId> = of.iter().filter_map(|own| own.disposed_by).collect();
        answering.sort_unstable();
        answering.dedup();
        Ok(Self {
            cx,
            reference,
            sponsors: store::co_sponsors::list_of_many(conn, &ids)?,
            names: store::comments::names_of(conn, &answering)?,
        })
    }

    /// The card of `own`; `others` are those it could clash with.
    #[must_use]
    pub fn card(&self, own: &Amendment, others: &[Amendment]) -> Card {
        let l = self.cx.l();
        let (before, after) = words(own);
        let sponsors = self.sponsors.iter().filter(|row| row.amendment == own.id);
        Card {
            id: own.id,
            number: own.number,
            name: own.name(),
            href: self.href(own),
            verb: verb_name(l, own.verb, own.block),
            compromise: own.compromise,
            who: own.author_name.clone(),
            on_behalf: on_behalf(l, own),
            when: When::date(self.cx.language, own.created_at),
            changes: Change::new(own.verb, before, after),
            reason: own.reason_html.clone(),
            sponsors: sponsors.map(|row| row.organisation_name.clone()).collect(),
            state: own.state(),
            state_name: i18n::message(l, &format!("amendment-state-{}", own.state())),
            clashes: others
                .iter()
                .filter_map(|other| self.line(own, other))
                .take(MOST_CLASHES)
                .collect(),
            decision: self.decision(own),
            applied_in: own.applied_in,
            no_change: own.verb == AmendmentVerb::Replace
                && own.is_unanswered()
                && own.text == own.base_text,
        }
    }

    fn href(&self, own: &Amendment) -> String {
        format!("/drafts/{}/amendments/{}", self.reference, own.number)
    }

    fn line(&self, own: &Amendment, other: &Amendment) -> Option<ClashLine> {
        let near = own.id != other.id && own.block == other.block && own.section == other.section;
        let both_wait =
            own.state() == AmendmentState::Waiting && other.state() == AmendmentState::Waiting;
        if !near || !both_wait {
            return None;
        }
        Some(self.say(clash(own, other), other))
    }

    /// What a wording that nobody has proposed yet would mean for those that
    /// wait on the block.
    #[must_use]
    pub fn foresee(
        &self,
        verb: AmendmentVerb,
        base: &str,
        text: &str,
        waiting: &[Amendment],
    ) -> Vec<ClashLine> {
        let waiting = waiting.iter().filter(|other| other.state() == AmendmentState::Waiting);
        let line = |other: &Amendment| {
            self.say(clash_of((verb, base, text), (other.verb, &other.text)), other)
        };
        waiting.map(line).collect()
    }

    fn say(&self, clash: Clash, other: &Amendment) -> ClashLine {
        let (name, who) = (other.name(), other.organisation_name.as_str());
        ClashLine {
            class: match clash {
                Clash::Compatible => "clash-none",
                Clash::Same | Clash::Collides => "clash",
            },
            sentence: match clash {
                Clash::Compatible => fl!(self.cx.l(), "clash-compatible", who = who),
                Clash::Same => fl!(self.cx.l(), "clash-same", who = who),
                Clash::Collides => fl!(self.cx.l(), "clash-collides", who = who),
            },
            href: self.href(other),
            name,
        }
    }

    fn decision(&self, own: &Amendment) -> Option<Decision> {
        let disposition = own.disposition?;
        let by = own.disposed_by.and_then(|by| self.names.iter().find(|(id, _)| *id == by));
        Some(Decision {
            class: class_of(disposition),
            title: i18n::message(self.cx.l(), &format!("disposition-{disposition}")),
            by: by.map(|(_, name)| name.clone()).unwrap_or_default(),
            when: When::date(self.cx.language, own.disposed_at.unwrap_or(own.created_at)),
            reason: own.disposition_reason.clone().unwrap_or_default(),
            changed: None,
        })
    }
}

/// The words before and after: as taken into the text, or as they stand now.
fn words(own: &Amendment) -> (&str, &str) {
    (&own.base_text, own.applied_text.as_deref().unwrap_or(&own.text))
}

/// What it does to its block, or to the start of its section.
#[must_use]
pub fn verb_name(l: &Loader, verb: AmendmentVerb, block: Option<i32>) -> String {
    if block.is_none() {
        return fl!(l, "amendment-verb-start");
    }
    i18n::message(l, &format!("amendment-verb-{verb}"))
}

/// `Halden Medical Devices`, or `personally, …`.
#[must_use]
pub fn on_behalf(l: &Loader, own: &Amendment) -> String {
    match own.capacity {
        _ if own.compromise => fl!(l, "amendment-by-chair"),
        Capacity::Organisation => own.organisation_name.clone(),
        Capacity::Personal => {
            fl!(l, "comment-personally", organisation = own.organisation_name.as_str())
        }
    }
}

// ------------------------------------------------------- beside the text

#[derive(Template)]
#[template(path = "amendments/beside.html")]
struct Beside<'a> {
    l: &'a Loader,
    cards: &'a [Card],
    /// `2 amendments`.
    heading: String,
    answer: bool,
}

/// What stands under one block of the draft page.
#[derive(Default)]
pub struct BlockAmendments {
    /// Where the reader amends it; empty when they may not.
    pub amend_href: String,
    pub html: String,
}

/// What stands in one section of the draft page.
#[derive(Default)]
pub struct SectionAmendments {
    /// Where the reader puts something before the first block; empty when they
    /// may not.
    pub start_href: String,
    /// Before the first block.
    pub start: String,
    /// By the position of the commentable piece, from 1.
    pub blocks: Vec<BlockAmendments>,
    /// Those whose block is gone.
    pub gone: String,
}

impl SectionAmendments {
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&BlockAmendments> {
        self.blocks.get(position.checked_sub(1)?)
    }
}

/// The amendments that wait, under their blocks: a fixed number of queries.
///
/// # Errors
/// When the database cannot be read, or a template fails.
pub fn beside(
    cx: &Cx,
    conn: &mut DbConn,
    reference: &str,
    waiting: &[Amendment],
    sections: &[(Section, Vec<Piece>)],
    (amend, answer): (bool, bool),
) -> Result<Vec<SectionAmendments>, WebError> {
    let cards = Cards::load(cx, conn, reference, waiting)?;
    let html = |of: &mut dyn Iterator<Item = &Amendment>| -> Result<String, WebError> {
        let cards: Vec<Card> = of.map(|own| cards.card(own, waiting)).collect();
        if cards.is_empty() {
            return Ok(String::new());
        }
        let heading = fl!(cx.l(), "amendments-n", n = cards.len());
        Ok(Beside { l: cx.l(), cards: &cards, heading, answer }.render()?)
    };
    let stands = |block: i32| sections.iter().any(|(own, _)| own.blocks.0.contains(&block));
    let mut views = Vec::with_capacity(sections.len());
    for (section, pieces) in sections {
        let kind = section.kind.as_str();
        let mut view = SectionAmendments {
            start_href: if amend {
                format!("/drafts/{reference}/amendments/new?section={kind}&block=0")
            } else {
                String::new()
            },
            start: html(
                &mut waiting.iter().filter(|own| own.section == kind && own.block.is_none()),
            )?,
            ..SectionAmendments::default()
        };
        for piece in pieces.iter().filter(|piece| piece.text.is_some()) {
            let Some(block) = piece.block else {
                view.blocks.push(BlockAmendments::default());
                continue;
            };
            view.blocks.push(BlockAmendments {
                amend_href: if amend {
                    format!("/drafts/{reference}/amendments/new?section={kind}&block={block}")
                } else {
                    String::new()
                },
                html: html(&mut waiting.iter().filter(|own| own.block == Some(block)))?,
            });
        }
        let gone =
            |own: &&Amendment| own.section == kind && own.block.is_some_and(|block| !stands(block));
        view.gone = html(&mut waiting.iter().filter(gone))?;
        views.push(view);
    }
    Ok(views)
}
