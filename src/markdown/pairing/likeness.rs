//! Pairs blocks by the words they share: wherever they stand, or in order between two others.

use std::ops::Range;

use super::bags::{alike, distinct, shared};
use super::{MOST_PAIRS, PART_WORDS, Pairing};

/// Blocks that share fewer of a thousand words than this are two blocks, not one changed.
const ALIKE: usize = 500;
/// How many of a thousand words of a block must stand in another to be a part of it, if it has
/// words enough.
const PART: usize = 800;
/// How far apart two blocks may stand when there are too many to try all.
const REACH: usize = 3;
/// Looking at a pair costs as much as so many words.
const PAIR: usize = 8;
/// So many blocks with the most words in common are looked at closely.
const NEAREST: usize = 4;
/// A word that stands in more blocks than this says nothing of any.
const MOST_POSTINGS: usize = 48;

impl Pairing<'_> {
    /// Pairs what is alike wherever it stands; without `far` only within a section.
    pub(super) fn apart(&mut self, least: usize, far: bool) {
        let free = |at: &usize| self.to[*at].is_none() && self.part_of_new[*at].is_none();
        let lone: Vec<usize> = (0..self.to.len()).filter(free).collect();
        let count = lone.iter().filter_map(|at| self.old_bags[*at].last()).max();
        let Some(count) = count.map(|last| *last as usize + 1) else { return };
        // The blocks that have a word, by its name.
        let mut postings: Vec<Vec<usize>> = vec![Vec::new(); count];
        for at in lone {
            for word in distinct(&self.old_bags[at]) {
                let places = &mut postings[word as usize];
                if places.len() <= MOST_POSTINGS {
                    places.push(at);
                }
            }
        }
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        let mut shared = vec![0_usize; self.old_bags.len()];
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (to, bag) in self.new_bags.iter().enumerate() {
            if self.from[to].is_some() || self.part_of_old[to].is_some() || bag.len() < PART_WORDS {
                continue;
            }
            near.clear();
            for word in distinct(bag) {
                let places = postings.get(word as usize);
                let places = places.filter(|places| places.len() <= MOST_POSTINGS);
                for at in places.into_iter().flatten() {
                    if far || self.old.blocks[*at] == self.new.blocks[to] {
                        if shared[*at] == 0 {
                            near.push((0, *at));
                        }
                        shared[*at] += 1;
                    }
                }
            }
            for (count, at) in &mut near {
                *count = std::mem::take(&mut shared[*at]);
            }
            let order = |own: &(usize, usize)| (std::cmp::Reverse(own.0), own.1);
            if near.len() > NEAREST {
                near.select_nth_unstable_by_key(NEAREST - 1, order);
                near.truncate(NEAREST);
            }
            near.sort_unstable_by_key(order);
            for (_, at) in near.iter().copied() {
                let like = alike(&self.old_bags[at], bag);
                if like >= least {
                    found.push((like, at, to));
                }
            }
        }
        found.sort_unstable_by_key(|own| (std::cmp::Reverse(own.0), own.1, own.2));
        for (_, at, to) in found {
            self.join(at, to);
        }
    }

    /// How many of a thousand words two blocks share, or 0 if they are two.
    fn likeness(&self, at: usize, to: usize) -> usize {
        let (old, new) = (&self.old_bags[at], &self.new_bags[to]);
        let (least, most) = (old.len().min(new.len()), old.len().max(new.len()));
        // Nothing to gain: too unlike in length, and too short to be a part.
        if least < PART_WORDS && 3 * least < most {
            return 0;
        }
        let shared = shared(old, new);
        let like = 2000 * shared / (least + most).max(1);
        if like >= ALIKE {
            return like;
        }
        // A block that lost or gained most of its words is the same one still.
        let part = 1000 * shared >= PART * least;
        if least >= PART_WORDS && part { like.max(50) } else { 0 }
    }

    /// The pairs in order with the greatest likeness in all.
    pub(super) fn best(&mut self, old: &Range<usize>, new: &Range<usize>) -> Vec<(usize, usize)> {
        let old: Vec<usize> = old.clone().filter(|at| self.to[*at].is_none()).collect();
        let new: Vec<usize> = new.clone().filter(|to| self.from[*to].is_none()).collect();
        let mut pairs = Vec::new();
        let words = |own: &[usize], bags: &[Vec<u32>]| -> usize {
            own.iter().map(|at| bags[*at].len() + PAIR / 2).sum()
        };
        let cost = old
            .len()
            .saturating_mul(words(&new, &self.new_bags))
            .saturating_add(new.len().saturating_mul(words(&old, &self.old_bags)));
        if old.len().saturating_mul(new.len()) <= MOST_PAIRS && cost <= self.left {
            self.left -= cost;
        } else {
            // Too many to try all: the next that is alike, within reach.
            let mut next = 0;
            for (row, at) in old.iter().enumerate() {
                let within = next..(next + REACH).min(new.len());
                let found = within.into_iter().find(|to| self.likeness(*at, new[*to]) >= ALIKE);
                if let Some(found) = found {
                    pairs.push((*at, new[found]));
                    next = found + 1;
                } else if next < row {
                    next += 1;
                }
            }
            return pairs;
        }
        let width = new.len() + 1;
        let mut best = vec![0_usize; (old.len() + 1) * width];
        let mut sums = vec![0_usize; best.len()];
        for (row, at) in old.iter().enumerate().rev() {
            for (column, to) in new.iter().enumerate().rev() {
                let here = row * width + column;
                let like = self.likeness(*at, *to);
                let paired = if like > 0 { like + best[here + width + 1] } else { 0 };
                sums[here] = paired;
                best[here] = paired.max(best[here + 1]).max(best[here + width]);
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < old.len() && column < new.len() {
            let here = row * width + column;
            if sums[here] > 0 && sums[here] >= best[here + 1].max(best[here + width]) {
                pairs.push((old[row], new[column]));
                (row, column) = (row + 1, column + 1);
            } else if best[here + width] >= best[here + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }
}
