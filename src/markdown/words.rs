//! Words of a text and what changed between two runs of them.

use std::collections::HashMap;

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
    pub old: std::ops::Range<usize>,
    pub new: std::ops::Range<usize>,
}

/// Aligns two runs of names; equal and changed stretches alternate.
pub fn align(old: &[u32], new: &[u32]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let same = matches!(op, DiffOp::Equal { .. });
        push(&mut stretches, Stretch { same, old: op.old_range(), new: op.new_range() });
    }
    stretches
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
