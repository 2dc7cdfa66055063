//! Follows characters of a block through a comparison of words.

use std::ops::Range;

use super::Side;
use crate::markdown::words::{self, Names};

/// Where the words of a block went: into its next form and the neighbours of that.
pub struct Window {
    /// Where the block starts among the old characters.
    start: usize,
    stretches: Vec<Aligned>,
    chars: Vec<char>,
    /// The new blocks and their characters.
    parts: Vec<(usize, Range<usize>)>,
}

/// A stretch of characters: the same on both sides, or gone here and come there.
struct Aligned {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

/// Where a range of characters went.
pub struct Trace {
    pub to: usize,
    pub range: Range<usize>,
    pub words: String,
    /// How many of the characters are still there.
    pub kept: usize,
}

impl Window {
    pub fn new(
        old: &Side<'_>,
        sources: &[usize],
        from: usize,
        new: &Side<'_>,
        places: &[usize],
    ) -> Self {
        if places.is_empty() {
            return Self { start: 0, stretches: vec![], chars: vec![], parts: vec![] };
        }
        let mut start = 0;
        let mut before = String::new();
        for at in sources {
            if *at == from {
                start = before.chars().count();
            }
            before.push_str(&old.blocks[*at].plain);
            before.push('\n');
        }
        let mut after = String::new();
        let mut parts = Vec::with_capacity(places.len());
        let mut end = 0;
        for to in places {
            let plain = &new.blocks[*to].plain;
            let own = end..end + plain.chars().count();
            end = own.end + 1;
            parts.push((*to, own));
            after.push_str(plain);
            after.push('\n');
        }
        let (old_words, new_words, _) = words::split_both(&before, &after);
        let mut names = Names::default();
        let old_names: Vec<u32> = old_words.iter().map(|word| names.of(word)).collect();
        let new_names: Vec<u32> = new_words.iter().map(|word| names.of(word)).collect();
        let (old_at, new_at) = (char_ends(&old_words), char_ends(&new_words));
        let aligned = words::align(&old_names, &new_names).into_iter().map(|stretch| Aligned {
            same: stretch.same,
            old: old_at[stretch.old.start]..old_at[stretch.old.end],
            new: new_at[stretch.new.start]..new_at[stretch.new.end],
        });
        Self { start, stretches: aligned.collect(), chars: after.chars().collect(), parts }
    }

    /// Follows characters of the block; `None` if nothing stands in their place.
    pub fn trace(&self, range: &Range<usize>) -> Option<Trace> {
        let range = self.start + range.start..self.start + range.end;
        let first = self.stretches.partition_point(|own| own.old.end <= range.start);
        let mut kept: Vec<Range<usize>> = Vec::new();
        let (mut start, mut end) = (None, None);
        let mut whole = true;
        for own in &self.stretches[first..] {
            if own.old.start >= range.end {
                break;
            }
            if own.old.is_empty() {
                whole &= own.old.start <= range.start;
                continue;
            }
            let from = range.start.max(own.old.start) - own.old.start;
            let to = range.end.min(own.old.end) - own.old.start;
            let new =
                if own.same { own.new.start + from..own.new.start + to } else { own.new.clone() };
            whole &= own.same;
            if own.same {
                kept.push(new.clone());
            }
            start = start.or(Some(new.start));
            end = Some(new.end);
        }
        let all = start?..end?;
        // The one block that has most of it.
        let within = |part: &Range<usize>, of: &Range<usize>| {
            of.end.min(part.end).saturating_sub(of.start.max(part.start))
        };
        let (to, part) = self.parts.iter().max_by_key(|(_, part)| {
            let same: usize = kept.iter().map(|own| within(part, own)).sum();
            (same, within(part, &all))
        })?;
        let kept = kept.iter().map(|own| within(part, own)).sum();
        let clip = all.start.clamp(part.start, part.end)..all.end.clamp(part.start, part.end);
        whole &= clip == all;
        let words = &self.chars[clip.clone()];
        let blank = |sign: &&char| sign.is_whitespace();
        let lead = words.iter().take_while(blank).count();
        if lead == words.len() {
            return None;
        }
        let trail = words.iter().rev().take_while(blank).count();
        // Blanks at the ends are the quote's own only if it is all there.
        let clip = if whole { clip } else { clip.start + lead..clip.end - trail };
        Some(Trace {
            to: *to,
            range: clip.start - part.start..clip.end - part.start,
            words: self.chars[clip].iter().collect(),
            kept,
        })
    }
}

fn char_ends(words: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let ends = words.iter().map(|word| {
        at += word.chars().count();
        at
    });
    std::iter::once(0).chain(ends).collect()
}
