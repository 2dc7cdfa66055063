//! Words of a text and what changed between two runs of them.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffableStr, capture_diff_slices};

use super::compare::{Span, SpanKind};

/// Words, spaces and signs; Chinese and Japanese by character.
pub fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(text.len() / 3);
    let mut rest = text;
    while !rest.is_empty() {
        let (length, plain) = stretch(rest);
        let (own, after) = rest.split_at(length);
        rest = after;
        if plain {
            split_plain(own, &mut words);
            continue;
        }
        for token in own.tokenize_unicode_words() {
            if token.chars().any(ideographic) {
                words.extend(token.char_indices().map(|(at, c)| &token[at..at + c.len_utf8()]));
            } else {
                words.push(token);
            }
        }
    }
    words
}

/// A block of more words, spaces and signs is compared line by line: 50,000 words with what stands
/// between them are 110,000, and no paragraph has so many.
const MOST_WORDS: usize = 130_000;

/// The words of two versions, or if there are too many their lines; whether it is lines.
pub fn split_both<'a>(old: &'a str, new: &'a str) -> (Vec<&'a str>, Vec<&'a str>, bool) {
    let (words, other) = (split(old), split(new));
    if words.len().max(other.len()) <= MOST_WORDS {
        return (words, other, false);
    }
    let lines = |text: &'a str| text.split_inclusive('\n').collect();
    (lines(old), lines(new), true)
}

/// How much of a text from its start is ASCII, or is not, up to a border between words that
/// holds whatever stands around it: a letter or digit behind a blank.
fn stretch(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let Some(other) = bytes.iter().position(|byte| !byte.is_ascii()) else {
        return (bytes.len(), true);
    };
    let border =
        |at: &usize| matches!(bytes[at - 1], b' ' | b'\n') && bytes[*at].is_ascii_alphanumeric();
    match (1..other).rev().find(border) {
        Some(at) => (at, true),
        None => ((other + 1..bytes.len()).find(border).unwrap_or(bytes.len()), false),
    }
}

/// The words of ASCII text, by the same rules (Unicode Annex 29) and much faster.
fn split_plain<'a>(text: &'a str, words: &mut Vec<&'a str>) {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    // What joins two letters or two digits to one word, such as the full stop in `e.g` and `3.5`.
    let within = |at: usize| match bytes[at] {
        b'_' => true,
        b'.' | b'\'' => letter(at - 1) && letter(at + 1) || digit(at - 1) && digit(at + 1),
        b':' => letter(at - 1) && letter(at + 1),
        b',' | b';' => digit(at - 1) && digit(at + 1),
        byte => byte.is_ascii_alphanumeric(),
    };
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        match bytes[start] {
            b' ' => {
                while bytes.get(at) == Some(&b' ') {
                    at += 1;
                }
            }
            b'\r' => at += usize::from(bytes.get(at) == Some(&b'\n')),
            byte if byte == b'_' || byte.is_ascii_alphanumeric() => {
                while at < bytes.len() && within(at) {
                    at += 1;
                }
            }
            _ => {}
        }
        words.push(&text[start..at]);
    }
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
pub struct Names<'a> {
    long: HashMap<&'a str, u32>,
    /// Those of single ASCII characters, the most frequent by far, from 1.
    short: [u32; 128],
    count: u32,
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self { long: HashMap::new(), short: [0; 128], count: 0 }
    }
}

impl<'a> Names<'a> {
    pub fn of(&mut self, text: &'a str) -> u32 {
        let next = self.count + 1;
        let own = match text.as_bytes() {
            [byte] if byte.is_ascii() => {
                let own = &mut self.short[usize::from(*byte)];
                if *own == 0 {
                    *own = next;
                }
                *own
            }
            _ => *self.long.entry(text).or_insert(next),
        };
        self.count += u32::from(own == next);
        own - 1
    }
}

/// A stretch of both sides: equal, or gone on the one and come on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub same: bool,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Runs of about this length are aligned with the fewest changes there can be, in time that grows
/// with its square; of a very long text only shorter ones, [`WORK`] by its length.
const SMALL: usize = 1 << 10;
const SMALLEST: usize = 1 << 7;
const WORK: usize = 1 << 25;
/// How many names in a row must be rare for a long run to be cut at them.
const RARE: [usize; 3] = [1, 4, 16];
/// How often what lies between is cut so again.
const ROUNDS: u32 = 3;

/// Aligns two runs of names; equal and changed stretches alternate.
///
/// Small runs get the fewest changes. Long ones are first cut at the names that each has once,
/// as a reader would do, so that two long texts with little in common are no slower than others.
pub fn align(old: &[u32], new: &[u32]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let longest = old.len().max(new.len()).max(1);
    let small = (WORK / longest).clamp(SMALLEST, SMALL);
    let mut aligner = Aligner { old, new, small, pairs: Vec::new() };
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
    /// How long a run may be to be aligned at its best, or into what pieces it is cut that has
    /// nothing rare in common.
    small: usize,
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
        if left.len() * right.len() <= self.small * self.small {
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
            let enough = found.len() * self.small > 4 * longest;
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
        let pieces = longest.div_ceil(self.small);
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
    let (left, right) = (once(old, length), once(new, length));
    let mut shared: Vec<(usize, usize)> = Vec::new();
    let mut rest = right.iter().peekable();
    for (sum, at) in left {
        while rest.next_if(|other| other.0 < sum).is_some() {}
        // Two rows with one sum need not be the same.
        if let Some((_, to)) = rest.next_if(|other| other.0 == sum)
            && old[at..at + length] == new[*to..*to + length]
        {
            shared.push((at, *to));
        }
    }
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

/// Sums of rows of names with where each stands, of those that stand once, in order.
fn once(names: &[u32], length: usize) -> Vec<(u64, usize)> {
    let sum = |row: &[u32]| {
        row.iter().fold(0_u64, |sum, name| {
            (sum ^ u64::from(*name)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        })
    };
    let rows = names.windows(length).map(sum);
    let mut rows: Vec<(u64, usize)> = rows.enumerate().map(|(at, sum)| (sum, at)).collect();
    rows.sort_unstable();
    let mut alone = Vec::new();
    for same in rows.chunk_by(|left, right| left.0 == right.0) {
        if let [one] = same {
            alone.push(*one);
        }
    }
    alone
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
    let (old, new, lines) = split_both(old, new);
    let count = |tokens: &[&str]| {
        if lines { tokens.iter().map(|line| count(&split(line))).sum() } else { count(tokens) }
    };
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
pub fn likeness(old: &[u32], new: &[u32]) -> f32 {
    let (mut at, mut to, mut shared) = (0, 0, 0_usize);
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
    // Counts of words are small: nothing is lost.
    #[allow(clippy::cast_precision_loss)]
    let [shared, total] = [2 * shared, (old.len() + new.len()).max(1)].map(|count| count as f32);
    shared / total
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
    fn words_are_those_of_unicode_whatever_stands_around_them() {
        let signs = [
            "a", "B", "7", "_", ".", "'", ":", ",", ";", " ", "\n", "\r", "\t", "-", "\"", "é",
            "\u{301}", "\u{200D}", "ب", "٣", "א", "״", "カ", "医", "\u{A0}", "\u{2003}", "…", "👩",
            "🇩", "\u{AD}",
        ];
        let mut throw = crate::markdown::shapes::dice(5);
        for case in 0..60_000 {
            let few = 10 + case % 20;
            let text: String = (0..=throw(9)).map(|_| signs[throw(few)]).collect();
            let mut wanted = Vec::new();
            for token in text.tokenize_unicode_words() {
                if token.chars().any(ideographic) {
                    wanted.extend(token.split("").filter(|it| !it.is_empty()));
                } else {
                    wanted.push(token);
                }
            }
            assert_eq!(split(&text), wanted, "{text:?}");
        }
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
