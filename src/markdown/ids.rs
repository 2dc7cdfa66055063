//! Permanent numbers of blocks, carried from one revision to the next.

use std::collections::HashMap;

use super::blocks::{self, Block};
use super::compare;

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
    let mut found: Vec<Vec<Option<i32>>> =
        texts.iter().map(|blocks| vec![None; blocks.len()]).collect();
    let mut left: HashMap<String, Vec<i32>> = HashMap::new();
    for own in old {
        let blocks = blocks::blocks(own.body);
        if blocks.len() != own.ids.len() {
            continue;
        }
        let mut used = vec![false; blocks.len()];
        if let Some(at) = new.iter().position(|(section, _)| *section == own.section) {
            for (from, to) in compare::kept(&blocks, &texts[at]) {
                if found[at][to].is_none() {
                    found[at][to] = Some(own.ids[from]);
                    used[from] = true;
                }
            }
        }
        for (from, block) in blocks.into_iter().enumerate().rev() {
            if !used[from] {
                left.entry(block.text).or_default().push(own.ids[from]);
            }
        }
    }
    for (blocks, ids) in texts.iter().zip(&mut found) {
        for (block, id) in blocks.iter().zip(ids) {
            if id.is_none() {
                *id = left.get_mut(&block.text).and_then(Vec::pop);
            }
        }
    }
    let mut number = |id: Option<i32>| {
        id.unwrap_or_else(|| {
            next = next.saturating_add(1);
            next - 1
        })
    };
    let ids = found.into_iter().map(|ids| ids.into_iter().map(&mut number).collect()).collect();
    (ids, next)
}

#[cfg(test)]
#[path = "ids_tests.rs"]
mod tests;
