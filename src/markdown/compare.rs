//! What changed between two texts: blocks first, then the words within a block.
//!
//! Blocks are paired first, so that what moved, was split or was joined is said to be so and not
//! shown as gone and new.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::blocks::{self, Block};
use super::calm;
use super::controls;
use super::pairing;
use super::words::{self, Change};

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
    /// How many list items it stands in, at most [`DEEPEST`].
    pub depth: usize,
}

/// How far to the right a row is shown at most: a phone has no more room.
pub const DEEPEST: usize = 4;
/// Unchanged rows in a run that a reader sees all; of a longer one only those next to a change.
const CONTEXT: usize = 1;

/// Rows that follow each other, shown or folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'a> {
    pub folded: bool,
    pub rows: &'a [Row],
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

    /// The text as a reader of changes wants it: words. Marks of emphasis are left out, and of
    /// what is as it was, where links lead. What changed within a block is shown as it is typed:
    /// its marks may be the change.
    #[must_use]
    pub fn calm(&self) -> Cow<'_, str> {
        if !self.text.contains(['*', '_', '[', ']']) {
            return Cow::Borrowed(&self.text);
        }
        Cow::Owned(calm::calm(&self.text, self.kind == SpanKind::Same))
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
    /// The rows, with long runs of unchanged ones folded but for those next to a change.
    #[must_use]
    pub fn runs(&self) -> Vec<Run<'_>> {
        let is_same = |row: &Row| row.kind == RowKind::Same;
        let last = self.rows.len();
        let mut runs = Vec::new();
        let mut at = 0;
        for rows in self.rows.chunk_by(|row, next| is_same(row) == is_same(next)) {
            let (start, end) = (at, at + rows.len());
            at = end;
            // One paragraph says where a change stands; at the ends of the text there is none.
            let head = usize::from(start > 0);
            let tail = usize::from(end < last);
            if !is_same(&rows[0]) || rows.len() <= CONTEXT + head + tail {
                runs.push(Run { folded: false, rows });
                continue;
            }
            let (head, rest) = rows.split_at(head);
            let (folded, tail) = rest.split_at(rest.len() - tail);
            let shown = |rows| Run { folded: false, rows };
            runs.extend([shown(head), Run { folded: true, rows: folded }, shown(tail)]);
        }
        runs.retain(|run| !run.rows.is_empty());
        runs
    }

    fn push(
        &mut self,
        kind: RowKind,
        old: &[Block],
        from: Range<usize>,
        new: &[Block],
        to: Range<usize>,
    ) {
        let (old, new) = (&old[from.clone()], &new[to.clone()]);
        let depth = new.first().or(old.first()).map_or(0, |block| block.depth.min(DEEPEST));
        let span = |kind, blocks: &[Block]| Span::of(kind, &source(blocks)).into_iter().collect();
        let row = match kind {
            _ if text(old) == text(new) => {
                let new: Vec<Span> = span(SpanKind::Same, new);
                let old = span(SpanKind::Same, old);
                Row { kind, from, to, old, inline: new.clone(), new, depth }
            }
            RowKind::New => {
                self.inserted_words += words::count(&words::split(&source(new)));
                let new: Vec<Span> = span(SpanKind::Inserted, new);
                Row { kind, from, to, old: vec![], inline: new.clone(), new, depth }
            }
            RowKind::Gone => {
                self.deleted_words += words::count(&words::split(&source(old)));
                let old: Vec<Span> = span(SpanKind::Deleted, old);
                Row { kind, from, to, inline: old.clone(), old, new: vec![], depth }
            }
            _ => {
                let mut change = words::compare(&text(old), &text(new));
                self.inserted_words += change.inserted;
                self.deleted_words += change.deleted;
                number(&mut change.old, old);
                number(&mut change.new, new);
                number(&mut change.inline, new);
                let Change { old, new, inline, .. } = change;
                Row { kind, from, to, old, new, inline, depth }
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

/// What stands of an unchanged run beside a change in a quotation, in bytes; more is cut short.
const BESIDE: usize = 60;

/// Old words and new ones in one line, for a margin: long unchanged runs are cut short. `None`
/// when so little is left of the old ones that the two are better read one after the other.
#[must_use]
pub fn quotation(old: &str, new: &str) -> Option<Vec<Span>> {
    let mut spans = words::compare(old, new).inline;
    let length = |kind| {
        let of = spans.iter().filter(|span| span.kind == kind);
        of.map(|span| span.text.len()).sum::<usize>()
    };
    if length(SpanKind::Same) < length(SpanKind::Deleted).min(length(SpanKind::Inserted)) {
        return None;
    }
    let last = spans.len().saturating_sub(1);
    for (at, span) in spans.iter_mut().enumerate() {
        if span.kind == SpanKind::Same {
            span.text = cut(&span.text, at > 0, at < last);
        }
    }
    Some(spans)
}

/// A text without its middle, or without the end that no change stands at.
fn cut(text: &str, head: bool, tail: bool) -> String {
    let after = if head { text.len().min(BESIDE) } else { 0 };
    let before = if tail { text.len().saturating_sub(BESIDE) } else { text.len() };
    if before.saturating_sub(after) < BESIDE {
        return text.to_owned();
    }
    let head = &text[..text.floor_char_boundary(after)];
    let head = head.rfind(' ').map_or(head, |end| &head[..end]);
    let tail = &text[text.ceil_char_boundary(before)..];
    let tail = tail.find(' ').map_or(tail, |start| &tail[start + 1..]);
    [head, "…", tail].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// The blocks as typed, numbers of list items included.
fn source(blocks: &[Block]) -> Cow<'_, str> {
    match blocks.first().map_or("", |block| &block.number) {
        "" => text(blocks),
        number => Cow::Owned(format!("{number}{}", text(blocks))),
    }
}

/// The blocks without the first one's number, which is no change of the author's.
fn text(blocks: &[Block]) -> Cow<'_, str> {
    if let [one] = blocks {
        return Cow::Borrowed(&one.text);
    }
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push_str("\n\n");
            out.push_str(&block.number);
        }
        out.push_str(&block.text);
    }
    Cow::Owned(out)
}

fn number(spans: &mut Vec<Span>, blocks: &[Block]) {
    let number = blocks.first().and_then(|block| Span::of(SpanKind::Same, &block.number));
    spans.splice(0..0, number);
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
