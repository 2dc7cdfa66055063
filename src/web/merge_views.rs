//! What the merge page shows of each section: who changed what, and what is
//! to be decided.

use i18n_embed_fl::fl;

use super::cx::Cx;
use super::merges::{Merged, TITLE};
use super::recommendations::section_title;
use super::revisions::DiffView;
use crate::domain::fault::Faults;
use crate::domain::programme::Programme;
use crate::i18n;
use crate::markdown::blocks::blocks;
use crate::markdown::compare::compare;
use crate::markdown::merge::{From, Part};
use crate::markdown::source_of;
use crate::store::recommendations;

/// How one conflict was decided: `was`, `theirs`, `mine`, `own` with words, or
/// not yet.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    pub choice: String,
    pub words: String,
}

/// A section in which somebody changed something.
pub struct Section {
    pub title: String,
    pub steps: Vec<Step>,
}

/// A run of changed blocks in it.
pub enum Step {
    /// Put together, and whose it is.
    Settled {
        whose: String,
        section: DiffView,
    },
    Open(Box<Conflict>),
}

/// What both changed, to be decided.
pub struct Conflict {
    pub n: usize,
    pub was: String,
    /// What each made of it.
    pub theirs: DiffView,
    pub mine: DiffView,
    /// Whether it is gone from that side.
    pub they_removed: bool,
    pub i_removed: bool,
    pub choice: String,
    pub words: String,
    pub fault: String,
    /// What an amendment of their block would carry.
    pub amendment: Option<AmendmentHook>,
}

/// The fields of an amendment that asks for mine instead of theirs.
pub struct AmendmentHook {
    pub section: String,
    pub block: i32,
    pub verb: &'static str,
    pub wording: String,
}

/// The sections with something changed, conflicts numbered through all.
#[must_use]
pub fn section_views(
    cx: &Cx,
    programme: &Programme,
    merged: &Merged,
    theirs: &[recommendations::Section],
    decided: &[Decision],
    faults: &Faults,
) -> Vec<Section> {
    let l = cx.l();
    let mut n = 0;
    let diff =
        |old: &str, new: &str| DiffView { title: String::new(), comparison: compare(old, new) };
    let mut views = Vec::new();
    for (kind, merge) in &merged.0 {
        let stored = theirs.iter().find(|section| section.kind == *kind);
        let mut steps = Vec::new();
        for part in &merge.parts {
            match part {
                Part::Settled { from: From::Same, .. } => {}
                Part::Settled { text, from, base } => {
                    let whose = match from {
                        From::Ours => fl!(l, "merge-mine"),
                        From::Theirs => fl!(l, "merge-theirs"),
                        From::Both | From::Same => fl!(l, "merge-both"),
                    };
                    let section = diff(base, text);
                    if section.comparison.changed > 0 {
                        steps.push(Step::Settled { whose, section });
                    }
                }
                Part::Conflict { base, ours, theirs } => {
                    n += 1;
                    let decision = decided.get(n - 1).cloned().unwrap_or_default();
                    let field = format!("choice-{n}");
                    let fault = faults.0.iter().find(|fault| fault.field == field);
                    let untouched = decision.choice != "own" && decision.words.is_empty();
                    steps.push(Step::Open(Box::new(Conflict {
                        n,
                        was: base.trim_end().to_owned(),
                        theirs: diff(base, theirs),
                        mine: diff(base, ours),
                        they_removed: theirs.trim().is_empty(),
                        i_removed: ours.trim().is_empty(),
                        choice: decision.choice,
                        words: if untouched { ours.trim_end().to_owned() } else { decision.words },
                        fault: fault.map_or(String::new(), |fault| i18n::message(l, fault.key)),
                        amendment: stored.and_then(|own| amendment(own, ours, theirs)),
                    })));
                }
            }
        }
        if !steps.is_empty() {
            let title = if kind == TITLE {
                fl!(l, "edit-field-title")
            } else {
                section_title(cx, programme, kind)
            };
            views.push(Section { title, steps });
        }
    }
    views
}

/// Mine as an amendment of their block, when it is one block.
fn amendment(
    section: &recommendations::Section,
    mine: &str,
    theirs: &str,
) -> Option<AmendmentHook> {
    let source = source_of(theirs, 0).filter(|_| blocks(theirs).len() == 1)?;
    let at = blocks(&section.body)
        .iter()
        .enumerate()
        .position(|(at, _)| source_of(&section.body, at).as_ref() == Some(&source))?;
    let wording = if blocks(mine).len() == 1 { source_of(mine, 0)? } else { mine.to_owned() };
    Some(AmendmentHook {
        section: section.kind.clone(),
        block: section.blocks.at(at + 1)?,
        verb: if wording.trim().is_empty() { "delete" } else { "replace" },
        wording,
    })
}
