//! Three-way merge for prose: what two people made of one text, put together.
//!
//! Blocks are aligned with the base first (equal, alike, moved), then the words of those that
//! both sides changed. What does not collide is merged; what does is a conflict of a block, or
//! of the smallest run of blocks. A merge without conflicts holds every word that either side
//! put in, and reads as the same blocks of Markdown as the sides did.
//!
//! Decisions a reader may ask about: the same change on both sides is one change; blocks that
//! both put in at one place are both kept, ours first (a block of the section before goes before
//! a new heading), unless they are alike, which is a conflict; changes in one sentence are merged
//! only where a word that neither touched stands between them; a block that one side moved and
//! the other changed is moved and changed; a block that one deleted and the other changed or
//! moved is a conflict.

mod align;
mod assemble;
mod check;
mod chunks;
mod front;
mod inner;
mod sweep;
mod units;

use super::normalise;
use chunks::Document;

/// Where a settled part comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Both sides changed it, alike or in different words.
    Both,
    Ours,
    Theirs,
    /// Neither side changed it.
    Same,
}

/// A run of whole lines of the merged text. Texts are empty or end with a line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Settled {
        text: String,
        from: From,
        /// What stood there; empty for what is new.
        base: String,
    },
    Conflict {
        base: String,
        ours: String,
        theirs: String,
    },
}

/// Two texts merged as far as they do not collide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// In the order of the merged text.
    pub parts: Vec<Part>,
}

impl Merge {
    pub fn conflicts(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Conflict { .. })).count()
    }

    /// The merged text; `None` while there are conflicts.
    pub fn text(&self) -> Option<String> {
        (self.conflicts() == 0).then(|| self.resolve(&[]))
    }

    /// The merged text with one choice a conflict, in order; a choice that is not there is ours.
    pub fn resolve(&self, choices: &[String]) -> String {
        let mut choices = choices.iter();
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Settled { text, .. } => out.push_str(text),
                Part::Conflict { base, ours, theirs } => {
                    let choice = choices.next().unwrap_or(ours);
                    let words = normalise(choice);
                    let gap = [choice, ours, theirs, base].into_iter().map(|side| end_of(side));
                    let gap = gap.max_by_key(|gap| gap.len()).unwrap_or_default();
                    if !words.is_empty() {
                        out.push_str(words.trim_end_matches('\n'));
                        out.push_str(if gap.is_empty() { "\n\n" } else { gap });
                    }
                }
            }
        }
        normalise(&out)
    }

    /// The merged text with conflicts between marker lines as git writes them, the base included.
    pub fn marked(&self, ours: &str, theirs: &str) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Settled { text, .. } => out.push_str(text),
                Part::Conflict { base, ours: mine, theirs: other } => {
                    let (mine, gap) = divide(mine);
                    let (base, other) = (divide(base).0, divide(other).0);
                    out.push_str(&format!("<<<<<<< {ours}\n{mine}||||||| base\n{base}=======\n"));
                    out.push_str(&format!("{other}>>>>>>> {theirs}\n{gap}"));
                }
            }
        }
        out
    }
}

/// The line ends at the end of a text.
fn end_of(text: &str) -> &str {
    &text[text.trim_end_matches('\n').len()..]
}

/// A text with one line end, and the blank lines after it.
fn divide(text: &str) -> (&str, &str) {
    let end = text.trim_end_matches('\n').len();
    text.split_at((end + 1).min(text.len()))
}

/// Merges what `ours` and `theirs` each made of `base`.
#[must_use]
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merge {
    let (base, ours, theirs) = (normalise(base), normalise(ours), normalise(theirs));
    let whole = |text: &str, from| Merge {
        parts: vec![Part::Settled { text: text.to_owned(), from, base: base.clone() }],
    };
    if ours == theirs {
        return whole(&ours, if ours == base { From::Same } else { From::Both });
    }
    if ours == base {
        return whole(&theirs, From::Theirs);
    }
    if theirs == base {
        return whole(&ours, From::Ours);
    }
    let (mut parts, base, ours, theirs) = front::merge(&base, &ours, &theirs);
    let documents = [base, ours, theirs].map(Document::read);
    let groups = sweep::sweep(&documents[0], &documents[1], &documents[2]);
    parts.extend(check::checked(&documents, groups));
    Merge { parts }
}

#[cfg(test)]
mod tests;
