//! Permanent numbers of blocks, carried from one revision to the next.

use std::collections::HashSet;

use super::blocks::{self, Block};
use super::pairing;

/// A section of a revision with the ids of its blocks.
#[derive(Debug, Clone, Copy)]
pub struct Keyed<'a> {
    pub section: &'a str,
    pub body: &'a str,
    /// One for each block; empty for a text older than ids.
    pub ids: &'a [i32],
}

/// The ids of the new text's blocks, section by section in its order, and the next free one.
///
/// A block keeps its id when its words change, when it moves, also into another section, and
/// the larger part keeps it on split and merge. New ids are taken from `next` upwards, or from
/// above the highest of the old ones.
#[must_use]
pub fn carry(old: &[Keyed<'_>], new: &[(&str, &str)], next: i32) -> (Vec<Vec<i32>>, i32) {
    let highest = old.iter().flat_map(|own| own.ids).copied().max().unwrap_or(0);
    let mut next = next.max(highest.saturating_add(1)).max(1);
    let texts: Vec<Vec<Block>> = new.iter().map(|(_, body)| blocks::blocks(body)).collect();
    let mut known: Vec<i32> = Vec::new();
    let mut before: Vec<(&str, Vec<Block>)> = Vec::with_capacity(old.len());
    for own in old {
        let blocks = blocks::blocks(own.body);
        // A text without its ids has nothing to hand on.
        if blocks.len() == own.ids.len() {
            known.extend(own.ids);
            before.push((own.section, blocks));
        }
    }
    let before: Vec<(&str, &[Block])> =
        before.iter().map(|(section, blocks)| (*section, blocks.as_slice())).collect();
    let sections = new.iter().zip(&texts);
    let after: Vec<(&str, &[Block])> =
        sections.map(|((section, _), blocks)| (*section, blocks.as_slice())).collect();
    let mut carried = vec![None; texts.iter().map(Vec::len).sum()];
    for group in pairing::pair(&before, &after) {
        carried[group.pair.1] = Some(known[group.pair.0]);
    }
    // Whatever the old ids were, no two of the new ones are the same.
    let mut used = HashSet::new();
    let mut carried = carried.into_iter().map(|id: Option<i32>| {
        id.filter(|id| used.insert(*id)).unwrap_or_else(|| {
            next = next.saturating_add(1);
            next - 1
        })
    });
    let ids = texts.iter().map(|blocks| carried.by_ref().take(blocks.len()).collect()).collect();
    drop(carried);
    (ids, next)
}

#[cfg(test)]
#[path = "ids_tests.rs"]
mod tests;
