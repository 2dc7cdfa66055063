//! Words of a text and what changed between two runs of them.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffableStr, capture_diff_slices};

use super::compare::{Span, SpanKind};

/// Words, spaces and signs; Chinese and Japanese by character.
pub fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for token in text.tokenize_unicode_words() {
        if token.chars().any(ideographic) {
            words.extend(token.char_indices().map(|(at, c)| &token[at..at + c.len_utf8()]));
        } else {
            words.push(token);
        }
    }
    words
}

pub fn ideographic(here: char) -> bool {
    matches!(here, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}')
        || matches!(here, '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
        || matches!(here, '\u{20000}'..='\u{3FFFF}')
}

/// How many of the tokens are words to a reader.
pub fn count(tokens: &[&str]) -> usize {
    tokens.iter().filter(|token| token.chars().any(char::is_alphanumeric)).count()
}

/// Numbers for things, the same for equal ones, so that comparing them is cheap.
#[derive(Default)]
pub struct Names<'a>(HashMap<&'a str, u32>);

impl<'a> Names<'a> {
    pub fn of(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(text).or_insert(next)
    }
}

/// A stretch of both sides: equal, or gone on the one and come on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub same: bool,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Runs whose lengths multiply to no more are aligned with the fewest changes there can be.
const SMALL: usize = 1 << 20;
/// How many names in a row must be rare for a long run to be cut at them.
const RARE: [usize; 3] = [1, 4, 16];
/// How often what lies between is cut so again.
const ROUNDS: u32 = 3;
/// Into pieces of what length runs are cut that have nothing rare in common.
const PIECE: usize = 1 << 10;

/// Aligns two runs of names; equal and changed stretches alternate.
///
/// Small runs get the fewest changes. Long ones are first cut at the names that each has once,
/// as a reader would do, so that two long texts with little in common are no slower than others.
pub fn align(old: &[u32], new: &[u32]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut aligner = Aligner { old, new, pairs: Vec::new() };
    aligner.run(0..old.len(), 0..new.len(), ROUNDS);
    let (mut at, mut to) = (0, 0);
    for (from, into, length) in aligner.pairs.into_iter().chain([(old.len(), new.len(), 0)]) {
        if from > at || into > to {
            push(&mut stretches, Stretch { same: false, old: at..from, new: to..into });
        }
        (at, to) = (from + length, into + length);
        if length > 0 {
            push(&mut stretches, Stretch { same: true, old: from..at, new: into..to });
        }
    }
    stretches
}

struct Aligner<'a> {
    old: &'a [u32],
    new: &'a [u32],
    /// Where equal runs start in both, and how long they are.
    pairs: Vec<(usize, usize, usize)>,
}

impl Aligner<'_> {
    fn run(&mut self, mut old: Range<usize>, mut new: Range<usize>, rounds: u32) {
        let (left, right) = (&self.old[old.clone()], &self.new[new.clone()]);
        let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
        let most = left.len().min(right.len()) - head;
        let tail = left.iter().rev().zip(right.iter().rev()).take(most);
        let tail = tail.take_while(|(a, b)| a == b).count();
        if head > 0 {
            self.pairs.push((old.start, new.start, head));
        }
        (old.start, new.start) = (old.start + head, new.start + head);
        (old.end, new.end) = (old.end - tail, new.end - tail);
        if !old.is_empty() && !new.is_empty() {
            self.middle(old.clone(), new.clone(), rounds);
        }
        if tail > 0 {
            self.pairs.push((old.end, new.end, tail));
        }
    }

    fn middle(&mut self, old: Range<usize>, new: Range<usize>, rounds: u32) {
        let (left, right) = (&self.old[old.clone()], &self.new[new.clone()]);
        if left.len() * right.len() <= SMALL {
            for op in capture_diff_slices(Algorithm::Myers, left, right) {
                if let DiffOp::Equal { old_index, new_index, len } = op {
                    self.pairs.push((old.start + old_index, new.start + new_index, len));
                }
            }
            return;
        }
        let longest = left.len().max(right.len());
        let mut best = (Vec::new(), 0);
        for length in RARE.into_iter().filter(|_| rounds > 0) {
            let found = anchors(left, right, length);
            let enough = found.len() * PIECE > 4 * longest;
            if found.len() > best.0.len() {
                best = (found, length);
            }
            if enough {
                break;
            }
        }
        if !best.0.is_empty() {
            self.between(old, new, &best.0, best.1, rounds - 1);
            return;
        }
        let pieces = longest.div_ceil(PIECE);
        let cut = |run: &Range<usize>, at: usize| run.start + run.len() * at / pieces;
        for at in 0..pieces {
            let (from, to) = (cut(&old, at), cut(&new, at));
            self.run(from..cut(&old, at + 1), to..cut(&new, at + 1), 0);
        }
    }

    /// Aligns what lies between anchors of a length.
    fn between(
        &mut self,
        old: Range<usize>,
        new: Range<usize>,
        anchors: &[(usize, usize)],
        length: usize,
        rounds: u32,
    ) {
        let (mut at, mut to) = (old.start, new.start);
        for (from, into) in anchors {
            let (from, into) = (old.start + from, new.start + into);
            // Anchors of several names may overlap.
            if from >= at && into >= to {
                self.run(at..from, to..into, rounds);
                self.pairs.push((from, into, length));
                (at, to) = (from + length, into + length);
            }
        }
        self.run(at..old.end, to..new.end, rounds);
    }
}

/// Where names in a row stand that either run has exactly once, in the longest order that both
/// share.
fn anchors(old: &[u32], new: &[u32], length: usize) -> Vec<(usize, usize)> {
    fn once(names: &[u32], length: usize) -> HashMap<&[u32], Option<usize>> {
        let mut seen: HashMap<&[u32], Option<usize>> = HashMap::new();
        for (at, row) in names.windows(length).enumerate() {
            seen.entry(row).and_modify(|place| *place = None).or_insert(Some(at));
        }
        seen
    }
    let right = once(new, length);
    let left = once(old, length).into_iter();
    let mut shared: Vec<(usize, usize)> =
        left.filter_map(|(row, at)| Some((at?, right.get(row).copied().flatten()?))).collect();
    shared.sort_unstable();
    // The longest run in which the second places rise: for each length the lowest end it can
    // have, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(shared.len());
    for (at, (_, to)) in shared.iter().enumerate() {
        let length = ends.partition_point(|end| shared[*end].1 < *to);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut found = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        found.push(shared[at]);
        next = before[at];
    }
    found.reverse();
    found
}

pub fn push(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.same == next.same => {
            last.old.end = next.old.end;
            last.new.end = next.new.end;
        }
        _ => stretches.push(next),
    }
}

/// What changed within one block.
pub struct Change {
    pub old: Vec<Span>,
    pub new: Vec<Span>,
    pub inline: Vec<Span>,
    pub inserted: usize,
    pub deleted: usize,
}

/// Compares two versions of a block word by word.
pub fn compare(old: &str, new: &str) -> Change {
    let (old, new) = (split(old), split(new));
    let mut names = Names::default();
    let old_names: Vec<u32> = old.iter().map(|word| names.of(word)).collect();
    let new_names: Vec<u32> = new.iter().map(|word| names.of(word)).collect();
    let stretches = align(&old_names, &new_names);
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let last = stretches.len().saturating_sub(1);
    for (at, mut stretch) in stretches.into_iter().enumerate() {
        // Two changes with only a space between them read as one.
        let blank = old[stretch.old.clone()].iter().all(|token| token.trim().is_empty());
        if stretch.same && blank && at > 0 && at < last {
            stretch.same = false;
        }
        push(&mut joined, stretch);
    }
    let mut change = Change { old: vec![], new: vec![], inline: vec![], inserted: 0, deleted: 0 };
    for stretch in joined {
        let (gone, come) = (&old[stretch.old], &new[stretch.new]);
        if stretch.same {
            for side in [&mut change.old, &mut change.new, &mut change.inline] {
                side.extend(Span::of(SpanKind::Same, &gone.concat()));
            }
            continue;
        }
        change.deleted += count(gone);
        change.inserted += count(come);
        let gone = Span::of(SpanKind::Deleted, &gone.concat());
        let come = Span::of(SpanKind::Inserted, &come.concat());
        change.inline.extend(gone.iter().chain(&come).cloned());
        change.old.extend(gone);
        change.new.extend(come);
    }
    change
}

/// How much two bags of words share, from 0 to 1. The bags are sorted.
pub fn likeness(old: &[u32], new: &[u32]) -> f64 {
    let (mut at, mut to, mut shared) = (0, 0, 0_u32);
    while let (Some(left), Some(right)) = (old.get(at), new.get(to)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                at += 1;
                to += 1;
            }
        }
    }
    let total = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX);
    if total == 0 { 0.0 } else { 2.0 * f64::from(shared) / f64::from(total) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an alignment says must be so: all of both runs in order, and equal where it says.
    fn aligned(old: &[u32], new: &[u32]) -> usize {
        let stretches = align(old, new);
        let (mut at, mut to, mut same) = (0, 0, 0);
        for stretch in &stretches {
            assert_eq!((stretch.old.start, stretch.new.start), (at, to));
            (at, to) = (stretch.old.end, stretch.new.end);
            if stretch.same {
                assert_eq!(old[stretch.old.clone()], new[stretch.new.clone()]);
                same += stretch.old.len();
            }
        }
        assert_eq!((at, to), (old.len(), new.len()));
        assert!(stretches.windows(2).all(|pair| pair[0].same != pair[1].same));
        same
    }

    #[test]
    fn long_runs_are_aligned_whatever_they_are_made_of() {
        let count: Vec<u32> = (0..20_000).collect();
        let few = |of: u32| -> Vec<u32> { count.iter().map(|n| n * n / 7 % of).collect() };
        let other: Vec<u32> = count.iter().map(|n| n + 50_000).collect();
        assert_eq!(aligned(&count, &other), 0);
        let mut changed = count.clone();
        changed[5_000] = 1;
        changed.splice(9_000..9_100, [7; 50]);
        changed.remove(0);
        changed.push(3);
        assert_eq!(aligned(&count, &changed), 20_000 - 102);
        for of in [2, 10, 300] {
            let (left, mut right) = (few(of), few(of));
            right.drain(..100);
            right.rotate_left(3_000);
            assert!(aligned(&left, &right) > 10_000, "{of}");
        }
        let reversed: Vec<u32> = count.iter().rev().copied().collect();
        assert_eq!(aligned(&count, &reversed), 1);
    }
}
