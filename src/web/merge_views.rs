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
use crate::markdown::compare::compare;
use crate::markdown::merge::{From, Part};

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
}

/// The sections with something changed, conflicts numbered through all.
#[must_use]
pub fn section_views(
    cx: &Cx,
    programme: &Programme,
    merged: &Merged,
    decided: &[Decision],
    faults: &Faults,
) -> Vec<Section> {
    let l = cx.l();
    let mut n = 0;
    let diff =
        |old: &str, new: &str| DiffView { title: String::new(), comparison: compare(old, new) };
    let mut views = Vec::new();
    for (kind, merge) in &merged.0 {
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
