//! The words of blocks as sorted numbers, and what two blocks share of them.

use std::collections::HashMap;

use super::PART_WORDS;
use crate::markdown::blocks::Block;
use crate::markdown::words::{self, Names};

pub fn bag<'a>(names: &mut Names<'a>, (block, partner): (&&'a Block, &Option<usize>)) -> Vec<u32> {
    if partner.is_some() {
        return Vec::new();
    }
    let words = words::split(&block.text).into_iter().filter(|word| !word.trim().is_empty());
    let mut bag: Vec<u32> = words.map(|word| names.of(word)).collect();
    bag.sort_unstable();
    bag
}

pub fn distinct(bag: &[u32]) -> impl Iterator<Item = u32> {
    bag.chunk_by(|left, right| left == right).map(|chunk| chunk[0])
}

/// How many of a thousand words two sorted bags share.
pub fn alike(old: &[u32], new: &[u32]) -> usize {
    2000 * shared(old, new) / (old.len() + new.len()).max(1)
}

/// How many words two sorted bags share.
pub fn shared(old: &[u32], new: &[u32]) -> usize {
    let (small, large) = if old.len() < new.len() { (old, new) } else { (new, old) };
    let mut rest = large;
    let mut shared = 0;
    for word in small {
        // The words come in order: what lies before is done with.
        let step = if rest.len() > 16 * small.len() {
            rest.partition_point(|other| other < word)
        } else {
            rest.iter().take_while(|other| *other < word).count()
        };
        rest = &rest[step..];
        if rest.first() == Some(word) {
            shared += 1;
            rest = &rest[1..];
        }
    }
    shared
}

/// What of a bag another does not take up.
pub fn rest(whole: &[u32], part: &[u32]) -> HashMap<u32, usize> {
    let mut left: HashMap<u32, usize> = HashMap::new();
    for word in whole {
        *left.entry(*word).or_default() += 1;
    }
    for word in part {
        if let Some(count) = left.get_mut(word) {
            *count = count.saturating_sub(1);
        }
    }
    left
}

/// Takes a part out of what is left of a block, if most of it stands there.
pub fn take(left: &mut HashMap<u32, usize>, part: &[u32]) -> bool {
    let mut taken: HashMap<u32, usize> = HashMap::new();
    let mut shared = 0;
    for word in part {
        let count = taken.entry(*word).or_default();
        if left.get(word).is_some_and(|most| *count < *most) {
            *count += 1;
            shared += 1;
        }
    }
    // Of few words all must be there: short words stand in most blocks.
    let enough = if part.len() < PART_WORDS { 10 } else { 6 };
    if part.is_empty() || 10 * shared < enough * part.len() {
        return false;
    }
    for (word, count) in taken {
        if let Some(most) = left.get_mut(&word) {
            *most -= count;
        }
    }
    true
}
