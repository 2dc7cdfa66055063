//! What changed between two texts: blocks first, then the words within a block.
//!
//! Blocks are paired first, so that what moved, was split or was joined is said to be so and not
//! shown as gone and new.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::blocks::{self, Block};
use super::controls;
use super::pairing;
use super::words;

/// Two versions of a text side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// In the order of the new text, what is gone where it stood.
    pub rows: Vec<Row>,
    /// Rows that differ, of whatever kind.
    pub changed: usize,
    /// Rows by kind: only in the new text, only in the old one, in another place, one block that
    /// became several, several that became one. The rest of `changed` are changed in place.
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
    pub split: usize,
    pub merged: usize,
    pub inserted_words: usize,
    pub deleted_words: usize,
}

/// A block of Markdown source in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub kind: RowKind,
    /// Indexes among the old and the new text's blocks; empty where a gone or new block would be.
    pub from: Range<usize>,
    pub to: Range<usize>,
    /// The old text: `Same` and `Deleted` spans. Empty for a new block.
    pub old: Vec<Span>,
    /// The new text: `Same` and `Inserted` spans. Empty for a gone block.
    pub new: Vec<Span>,
    /// Both in one, deletions before insertions.
    pub inline: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Same,
    Changed,
    New,
    Gone,
    /// In another place, another order or another list; its words may have changed as well.
    Moved,
    Split,
    Merged,
}

impl Row {
    /// Whether words differ, not only where they stand.
    #[must_use]
    pub fn is_reworded(&self) -> bool {
        self.inline.iter().any(|span| span.kind != SpanKind::Same)
    }
}

/// A run of text; hidden characters in it are already visible marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub kind: SpanKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    Same,
    Inserted,
    Deleted,
}

impl Span {
    /// A span unless the text is empty.
    pub(super) fn of(kind: SpanKind, text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self { kind, text: controls::visible(text).into_owned() })
    }
}

/// Compares two texts.
#[must_use]
pub fn compare(old: &str, new: &str) -> Comparison {
    let (old, new) = (blocks::blocks(old), blocks::blocks(new));
    let groups = pairing::pair(&[("", &old)], &[("", &new)]);
    let mut paired = vec![false; old.len()];
    for at in groups.iter().flat_map(|group| group.old.clone()) {
        paired[at] = true;
    }
    let mut comparison = Comparison::default();
    let (mut at, mut to) = (0, 0);
    let mut gone = |comparison: &mut Comparison, until: usize, to: usize| {
        while at < until {
            if !paired[at] {
                comparison.push(RowKind::Gone, &old, at..at + 1, &new, to..to);
            }
            at += 1;
        }
    };
    for group in groups {
        // What is gone stands before what came in its place.
        if !group.moved {
            gone(&mut comparison, group.old.start, to);
        }
        for place in to..group.new.start {
            comparison.push(
                RowKind::New,
                &old,
                group.old.start..group.old.start,
                &new,
                place..place + 1,
            );
        }
        to = group.new.end;
        let kind = match (group.old.len(), group.new.len()) {
            _ if group.moved => RowKind::Moved,
            (1, 1) if group.equal => RowKind::Same,
            (1, 1) => RowKind::Changed,
            (1, _) => RowKind::Split,
            _ => RowKind::Merged,
        };
        comparison.push(kind, &old, group.old, &new, group.new);
    }
    gone(&mut comparison, old.len(), to);
    for place in to..new.len() {
        comparison.push(RowKind::New, &old, old.len()..old.len(), &new, place..place + 1);
    }
    comparison
}

impl Comparison {
    fn push(
        &mut self,
        kind: RowKind,
        old: &[Block],
        from: Range<usize>,
        new: &[Block],
        to: Range<usize>,
    ) {
        let (old, new) = (&old[from.clone()], &new[to.clone()]);
        let span = |kind, blocks: &[Block]| Span::of(kind, &source(blocks)).into_iter().collect();
        let row = match kind {
            _ if text(old) == text(new) => {
                let new: Vec<Span> = span(SpanKind::Same, new);
                let old = span(SpanKind::Same, old);
                Row { kind, from, to, old, inline: new.clone(), new }
            }
            RowKind::New => {
                self.inserted_words += words::count(&words::split(&source(new)));
                let new: Vec<Span> = span(SpanKind::Inserted, new);
                Row { kind, from, to, old: vec![], inline: new.clone(), new }
            }
            RowKind::Gone => {
                self.deleted_words += words::count(&words::split(&source(old)));
                let old: Vec<Span> = span(SpanKind::Deleted, old);
                Row { kind, from, to, inline: old.clone(), old, new: vec![] }
            }
            _ => {
                let mut change = words::compare(&text(old), &text(new));
                self.inserted_words += change.inserted;
                self.deleted_words += change.deleted;
                number(&mut change.old, old);
                number(&mut change.new, new);
                number(&mut change.inline, new);
                Row { kind, from, to, old: change.old, new: change.new, inline: change.inline }
            }
        };
        self.changed += usize::from(kind != RowKind::Same);
        let count = match kind {
            RowKind::Same | RowKind::Changed => None,
            RowKind::New => Some(&mut self.added),
            RowKind::Gone => Some(&mut self.removed),
            RowKind::Moved => Some(&mut self.moved),
            RowKind::Split => Some(&mut self.split),
            RowKind::Merged => Some(&mut self.merged),
        };
        if let Some(count) = count {
            *count += 1;
        }
        self.rows.push(row);
    }
}

/// The blocks as typed, numbers of list items included.
fn source(blocks: &[Block]) -> String {
    let number = blocks.first().map_or("", |block| &block.number);
    format!("{number}{}", text(blocks))
}

/// The blocks without the first one's number, which is no change of the author's.
fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push_str("\n\n");
            out.push_str(&block.number);
        }
        out.push_str(&block.text);
    }
    out
}

fn number(spans: &mut Vec<Span>, blocks: &[Block]) {
    let number = blocks.first().and_then(|block| Span::of(SpanKind::Same, &block.number));
    spans.splice(0..0, number);
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
