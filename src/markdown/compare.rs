//! What changed between two texts: blocks first, then the words within a block.
//!
//! Blocks are aligned by equality, what lies between by likeness in order; a block that stands
//! elsewhere word for word has moved, one that was split or joined stays one row.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::blocks::{self, Block};
use super::controls;
use super::words::{self, Names, Stretch};

/// Two versions of a text side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// In the order of the new text, what is gone where it stood.
    pub rows: Vec<Row>,
    /// Rows that differ, of whatever kind.
    pub changed: usize,
    /// Rows by kind: only in the new text, only in the old one, moved unchanged.
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
    pub inserted_words: usize,
    pub deleted_words: usize,
}

/// A block of Markdown source in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub kind: RowKind,
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
    Moved,
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

/// Blocks that share less than this are two blocks, not one changed.
const ALIKE: f64 = 0.5;

/// How many pairs of blocks between two equal ones are tried for likeness, and how far apart
/// they may stand when there are more.
const MOST_PAIRS: usize = 10_000;
const REACH: usize = 3;

/// Compares two texts.
#[must_use]
pub fn compare(old: &str, new: &str) -> Comparison {
    let (old, new) = (blocks::blocks(old), blocks::blocks(new));
    let mut names = Names::default();
    let old_names: Vec<u32> = old.iter().map(|block| names.of(&block.text)).collect();
    let new_names: Vec<u32> = new.iter().map(|block| names.of(&block.text)).collect();
    let stretches = words::align(&old_names, &new_names);
    let moved = moved(&stretches, &old_names, &new_names);
    let bags = Bags::new(&old, &new, &stretches);
    let mut comparison = Comparison::default();
    for stretch in stretches {
        if stretch.same {
            for (at, to) in stretch.old.zip(stretch.new) {
                comparison.push(RowKind::Same, &old[at..=at], &new[to..=to]);
            }
            continue;
        }
        for step in steps(&bags, &moved, &stretch) {
            let kind = match (step.old.is_empty(), step.new.is_empty()) {
                (false, false) => RowKind::Changed,
                (false, true) if moved.from[step.old.start] => continue,
                (false, true) => RowKind::Gone,
                (true, _) if moved.to[step.new.start] => RowKind::Moved,
                (true, _) => RowKind::New,
            };
            comparison.push(kind, &old[step.old], &new[step.new]);
        }
    }
    comparison
}

/// Which old block lives on as which new one: unchanged, changed, moved, and the larger part of
/// one that was split or joined.
pub(super) fn kept(old: &[Block], new: &[Block]) -> Vec<(usize, usize)> {
    let mut names = Names::default();
    let old_names: Vec<u32> = old.iter().map(|block| names.of(&block.text)).collect();
    let new_names: Vec<u32> = new.iter().map(|block| names.of(&block.text)).collect();
    let stretches = words::align(&old_names, &new_names);
    let moved = moved(&stretches, &old_names, &new_names);
    let bags = Bags::new(old, new, &stretches);
    let mut pairs = moved.pairs.clone();
    for stretch in stretches {
        if stretch.same {
            pairs.extend(stretch.old.zip(stretch.new));
            continue;
        }
        for step in steps(&bags, &moved, &stretch) {
            let size = |text: &str| text.len();
            let at = step.old.max_by_key(|at| size(&old[*at].text));
            let to = step.new.max_by_key(|to| size(&new[*to].text));
            pairs.extend(at.zip(to));
        }
    }
    pairs
}

impl Comparison {
    fn push(&mut self, kind: RowKind, old: &[Block], new: &[Block]) {
        let span = |kind, blocks: &[Block]| Span::of(kind, &source(blocks)).into_iter().collect();
        let row = match kind {
            RowKind::Same | RowKind::Moved => {
                let new: Vec<Span> = span(SpanKind::Same, new);
                let old =
                    if kind == RowKind::Same { span(SpanKind::Same, old) } else { new.clone() };
                Row { kind, old, inline: new.clone(), new }
            }
            RowKind::New => {
                self.inserted_words += words::count(&words::split(&source(new)));
                let new: Vec<Span> = span(SpanKind::Inserted, new);
                Row { kind, old: vec![], inline: new.clone(), new }
            }
            RowKind::Gone => {
                self.deleted_words += words::count(&words::split(&source(old)));
                let old: Vec<Span> = span(SpanKind::Deleted, old);
                Row { kind, inline: old.clone(), old, new: vec![] }
            }
            RowKind::Changed => {
                let mut change = words::compare(&text(old), &text(new));
                self.inserted_words += change.inserted;
                self.deleted_words += change.deleted;
                number(&mut change.old, old);
                number(&mut change.new, new);
                number(&mut change.inline, new);
                Row { kind, old: change.old, new: change.new, inline: change.inline }
            }
        };
        self.changed += usize::from(kind != RowKind::Same);
        self.added += usize::from(kind == RowKind::New);
        self.removed += usize::from(kind == RowKind::Gone);
        self.moved += usize::from(kind == RowKind::Moved);
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

/// Blocks that stand unchanged in another place.
struct Moved {
    from: Vec<bool>,
    to: Vec<bool>,
    pairs: Vec<(usize, usize)>,
}

fn moved(stretches: &[Stretch], old: &[u32], new: &[u32]) -> Moved {
    let mut moved =
        Moved { from: vec![false; old.len()], to: vec![false; new.len()], pairs: vec![] };
    let apart = || stretches.iter().filter(|stretch| !stretch.same);
    let mut left: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in apart().flat_map(|stretch| stretch.old.clone()).rev() {
        left.entry(old[at]).or_default().push(at);
    }
    for to in apart().flat_map(|stretch| stretch.new.clone()) {
        if let Some(at) = left.get_mut(&new[to]).and_then(Vec::pop) {
            moved.from[at] = true;
            moved.to[to] = true;
            moved.pairs.push((at, to));
        }
    }
    moved
}

/// The words of each block that is not aligned yet, as sorted names.
struct Bags {
    old: Vec<Vec<u32>>,
    new: Vec<Vec<u32>>,
}

impl Bags {
    fn new(old: &[Block], new: &[Block], stretches: &[Stretch]) -> Self {
        let mut bags = Self { old: vec![vec![]; old.len()], new: vec![vec![]; new.len()] };
        let mut names = Names::default();
        for stretch in stretches.iter().filter(|stretch| !stretch.same) {
            for at in stretch.old.clone() {
                bags.old[at] = bag(&mut names, &old[at]);
            }
            for to in stretch.new.clone() {
                bags.new[to] = bag(&mut names, &new[to]);
            }
        }
        bags
    }
}

fn bag<'a>(names: &mut Names<'a>, block: &'a Block) -> Vec<u32> {
    let words = words::split(&block.text).into_iter().filter(|word| !word.trim().is_empty());
    let mut bag: Vec<u32> = words.map(|word| names.of(word)).collect();
    bag.sort_unstable();
    bag
}

/// Pairs the blocks of a changed stretch by likeness, in order, then lets a changed block take
/// in the neighbours it was split into or joined from.
fn steps(bags: &Bags, moved: &Moved, stretch: &Stretch) -> Vec<Stretch> {
    let pairs = pair(bags, moved, stretch);
    let mut steps: Vec<Stretch> = Vec::new();
    let (mut at, mut to) = (stretch.old.start, stretch.new.start);
    for (old, new) in pairs.into_iter().chain([(stretch.old.end, stretch.new.end)]) {
        steps.extend((at..old).map(|at| Stretch { same: false, old: at..at + 1, new: to..to }));
        steps.extend((to..new).map(|to| Stretch { same: false, old: old..old, new: to..to + 1 }));
        if old < stretch.old.end {
            steps.push(Stretch { same: false, old: old..old + 1, new: new..new + 1 });
        }
        (at, to) = (old + 1, new + 1);
    }
    absorb(bags, moved, steps)
}

fn pair(bags: &Bags, moved: &Moved, stretch: &Stretch) -> Vec<(usize, usize)> {
    let all = stretch.old.len() * stretch.new.len() <= MOST_PAIRS;
    let likeness = |at: usize, to: usize| {
        if moved.from[at] || moved.to[to] {
            return 0.0;
        }
        words::likeness(&bags.old[at], &bags.new[to])
    };
    if !all {
        // Too many to try all: the next block that is alike, within reach.
        let mut pairs = Vec::new();
        let mut to = stretch.new.start;
        for at in stretch.old.clone() {
            let within = to..(to + REACH).min(stretch.new.end);
            if let Some(found) = within.into_iter().find(|to| likeness(at, *to) >= ALIKE) {
                pairs.push((at, found));
                to = found + 1;
            } else if to < stretch.new.start + (at - stretch.old.start) {
                to += 1;
            }
        }
        return pairs;
    }
    // The pairing in order with the greatest likeness in all.
    let width = stretch.new.len() + 1;
    let mut best = vec![0.0_f64; (stretch.old.len() + 1) * width];
    let mut alike = vec![0.0_f64; best.len()];
    for (row, at) in stretch.old.clone().enumerate().rev() {
        for (column, to) in stretch.new.clone().enumerate().rev() {
            let here = row * width + column;
            let like = likeness(at, to);
            let paired = if like >= ALIKE { like + best[here + width + 1] } else { 0.0 };
            alike[here] = paired;
            best[here] = paired.max(best[here + 1]).max(best[here + width]);
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < stretch.old.len() && column < stretch.new.len() {
        let here = row * width + column;
        if alike[here] > 0.0 && alike[here] >= best[here + 1].max(best[here + width]) {
            pairs.push((stretch.old.start + row, stretch.new.start + column));
            row += 1;
            column += 1;
        } else if best[here + width] >= best[here + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// The most blocks one row may join.
const MOST_JOINED: usize = 9;

fn absorb(bags: &Bags, moved: &Moved, steps: Vec<Stretch>) -> Vec<Stretch> {
    let like = |step: &Stretch| {
        let gather = |bags: &[Vec<u32>]| {
            let mut words = bags.concat();
            words.sort_unstable();
            words
        };
        words::likeness(&gather(&bags.old[step.old.clone()]), &gather(&bags.new[step.new.clone()]))
    };
    let stays = |step: &Stretch| {
        step.old.clone().any(|at| moved.from[at]) || step.new.clone().any(|to| moved.to[to])
    };
    let paired = |step: &Stretch| !step.old.is_empty() && !step.new.is_empty();
    let mut out: Vec<Stretch> = Vec::with_capacity(steps.len());
    for step in steps {
        let Some(last) = out.last_mut() else {
            out.push(step);
            continue;
        };
        let whole = Stretch {
            same: false,
            old: last.old.start..step.old.end,
            new: last.new.start..step.new.end,
        };
        let joins = paired(last) != paired(&step)
            && last.old.end == step.old.start
            && last.new.end == step.new.start
            && whole.old.len() + whole.new.len() <= MOST_JOINED
            && !stays(last)
            && !stays(&step)
            && like(&whole) > like(if paired(last) { last } else { &step }) + 0.02;
        if joins {
            *last = whole;
        } else {
            out.push(step);
        }
    }
    out
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
