//! Which block of a revision goes on as which block of the next.
//!
//! First blocks that are equal, then those that are alike, in order where that goes; a block that
//! was split or joined goes together with all its parts. Sections are kept apart until the last:
//! only what found nothing in its own section is looked for in the others.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::Block;
use super::words::{self, Names};

mod bags;
mod likeness;
mod order;

pub(super) use order::heaviest;

use bags::{bag, rest, shared, take};

/// Blocks of two revisions that go together, as indexes into each revision's blocks end to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// More than one if they were joined.
    pub old: Range<usize>,
    /// More than one if it was split.
    pub new: Range<usize>,
    /// The old block that goes on, and as which new one: the largest parts.
    pub pair: (usize, usize),
    /// The text is the same, numbers of items apart.
    pub equal: bool,
    /// It stands in another order, in another section or in another list.
    pub moved: bool,
}

/// So many of a thousand words a block shares with the one it became if it moved as well.
const ALIKE_APART: usize = 650;
/// Alike enough to go before what is near.
const NEARLY_EQUAL: usize = 850;
/// A block of fewer words is a part of another only with all of them.
const PART_WORDS: usize = 4;

/// How many pairs of blocks between two equal ones are tried.
const MOST_PAIRS: usize = 10_000;
/// How many words are looked at for likeness in all of a text; after that it is as if there were
/// too many pairs.
const MOST_WORDS: usize = 1 << 25;

/// Pairs the blocks of two revisions, each given section by section; a section is told by its
/// name. Groups come in the order of the new blocks; what is in none is gone or new.
pub fn pair(old: &[(&str, &[Block])], new: &[(&str, &[Block])]) -> Vec<Group> {
    let mut names = Names::default();
    let mut order = HashMap::new();
    let mut side = |sections: &[(&str, &'_ [Block])]| {
        let mut side = Side::default();
        for (section, blocks) in sections {
            let count = order.len();
            let section = *order.entry((*section).to_owned()).or_insert(count);
            side.ends.push((section, side.blocks.len()..side.blocks.len() + blocks.len()));
            side.blocks.extend(std::iter::repeat_n(section, blocks.len()));
        }
        side
    };
    let (mut old_side, mut new_side) = (side(old), side(new));
    let old_blocks: Vec<&Block> = old.iter().flat_map(|(_, blocks)| *blocks).collect();
    let new_blocks: Vec<&Block> = new.iter().flat_map(|(_, blocks)| *blocks).collect();
    old_side.names = old_blocks.iter().map(|block| names.of(&block.text)).collect();
    new_side.names = new_blocks.iter().map(|block| names.of(&block.text)).collect();
    let mut pairing = Pairing {
        to: vec![None; old_blocks.len()],
        from: vec![None; new_blocks.len()],
        part_of_old: vec![None; new_blocks.len()],
        part_of_new: vec![None; old_blocks.len()],
        old: old_side,
        new: new_side,
        old_blocks,
        new_blocks,
        old_bags: Vec::new(),
        new_bags: Vec::new(),
        left: MOST_WORDS,
    };
    pairing.equal();
    pairing.alike();
    pairing.groups()
}

#[derive(Default)]
struct Side {
    /// Of each block: its section.
    blocks: Vec<usize>,
    ends: Vec<(usize, Range<usize>)>,
    /// Of each block: the same number for the same text.
    names: Vec<u32>,
}

struct Pairing<'a> {
    old: Side,
    new: Side,
    old_blocks: Vec<&'a Block>,
    new_blocks: Vec<&'a Block>,
    /// The partner of each block.
    to: Vec<Option<usize>>,
    from: Vec<Option<usize>>,
    /// For a new block that was split off an old one, that one; and for an old block that was
    /// joined into a new one.
    part_of_old: Vec<Option<usize>>,
    part_of_new: Vec<Option<usize>>,
    /// The words of each block without a partner, as sorted names.
    old_bags: Vec<Vec<u32>>,
    new_bags: Vec<Vec<u32>>,
    /// How many words may still be looked at.
    left: usize,
}

impl Pairing<'_> {
    fn join(&mut self, old: usize, new: usize) -> bool {
        let free = self.to[old].is_none() && self.from[new].is_none();
        if free {
            self.to[old] = Some(new);
            self.from[new] = Some(old);
        }
        free
    }

    /// Sections that both revisions have.
    fn sections(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let ends = self.old.ends.iter();
        let both = ends.filter_map(|(section, old)| {
            let new = self.new.ends.iter().find(|(other, _)| other == section)?;
            Some((old.clone(), new.1.clone()))
        });
        both.collect()
    }

    /// Pairs equal blocks: at both ends, then those that stand once, then their neighbours, then
    /// what lies between, and at last wherever they are.
    fn equal(&mut self) {
        for (old, new) in self.sections() {
            let same = |at: &(usize, usize)| self.old.names[at.0] == self.new.names[at.1];
            let head = old.clone().zip(new.clone()).take_while(same).count();
            let (old, new) = (old.start + head..old.end, new.start + head..new.end);
            let tail = old.clone().rev().zip(new.clone().rev()).take_while(same).count();
            for at in 1..=head {
                self.join(old.start - at, new.start - at);
            }
            for at in 1..=tail {
                self.join(old.end - at, new.end - at);
            }
            let (old, new) = (old.start..old.end - tail, new.start..new.end - tail);
            self.once(old.clone(), new.clone());
            for (old, new) in self.gaps(&old, &new) {
                self.in_order(&old, &new);
            }
        }
        let (old, new) = (0..self.to.len(), 0..self.from.len());
        self.once(old.clone(), new.clone());
        // Several equal ones: in the order they have, where they have words.
        let mut left: HashMap<u32, Vec<usize>> = HashMap::new();
        for at in old.rev().filter(|at| self.to[*at].is_none()) {
            if self.old_blocks[at].text.chars().any(char::is_alphanumeric) {
                left.entry(self.old.names[at]).or_default().push(at);
            }
        }
        for to in new {
            if self.from[to].is_none()
                && let Some(at) = left.get_mut(&self.new.names[to]).and_then(Vec::pop)
            {
                self.join(at, to);
            }
        }
    }

    /// Pairs equal blocks that stand once on each side, and their equal neighbours.
    fn once(&mut self, old: Range<usize>, new: Range<usize>) {
        let mut seen: HashMap<u32, (usize, usize, usize, usize)> = HashMap::new();
        for at in old.clone().filter(|at| self.to[*at].is_none()) {
            let own = seen.entry(self.old.names[at]).or_default();
            (own.0, own.1) = (own.0 + 1, at);
        }
        for to in new.clone().filter(|to| self.from[*to].is_none()) {
            let own = seen.entry(self.new.names[to]).or_default();
            (own.2, own.3) = (own.2 + 1, to);
        }
        let mut found: Vec<(usize, usize)> = seen
            .into_values()
            .filter(|own| own.0 == 1 && own.2 == 1)
            .map(|own| (own.1, own.3))
            .filter(|own| self.old_blocks[own.0].text.chars().any(char::is_alphanumeric))
            .collect();
        found.sort_unstable();
        for (at, to) in &found {
            self.join(*at, *to);
        }
        for (at, to) in found {
            for back in [true, false] {
                let (mut at, mut to) = (at, to);
                loop {
                    let next = if back {
                        at.checked_sub(1).zip(to.checked_sub(1))
                    } else {
                        Some((at + 1, to + 1))
                    };
                    let Some(next) = next else { break };
                    if !old.contains(&next.0)
                        || !new.contains(&next.1)
                        || self.old.names[next.0] != self.new.names[next.1]
                        || !self.join(next.0, next.1)
                    {
                        break;
                    }
                    (at, to) = next;
                }
            }
        }
    }

    /// Pairs equal blocks between two paired ones, in order.
    fn in_order(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let old: Vec<usize> = old.clone().filter(|at| self.to[*at].is_none()).collect();
        let new: Vec<usize> = new.clone().filter(|to| self.from[*to].is_none()).collect();
        if old.is_empty() || new.is_empty() {
            return;
        }
        let old_names: Vec<u32> = old.iter().map(|at| self.old.names[*at]).collect();
        let new_names: Vec<u32> = new.iter().map(|to| self.new.names[*to]).collect();
        if old.len().saturating_mul(new.len()) <= 100 * MOST_PAIRS {
            for stretch in words::align(&old_names, &new_names) {
                if stretch.same {
                    for (at, to) in stretch.old.zip(stretch.new) {
                        self.join(old[at], new[to]);
                    }
                }
            }
            return;
        }
        // Too many for the best order: the next equal one.
        let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
        for (to, name) in new_names.iter().enumerate().rev() {
            places.entry(*name).or_default().push(to);
        }
        let mut next = 0;
        for (at, name) in old_names.iter().enumerate() {
            let Some(places) = places.get_mut(name) else { continue };
            while places.last().is_some_and(|to| *to < next) {
                places.pop();
            }
            if let Some(to) = places.pop_if(|to| *to < next + 64) {
                self.join(old[at], new[to]);
                next = to + 1;
            }
        }
    }

    /// Pairs blocks that are alike.
    fn alike(&mut self) {
        let mut names = Names::default();
        self.old_bags =
            self.old_blocks.iter().zip(&self.to).map(|own| bag(&mut names, own)).collect();
        self.new_bags =
            self.new_blocks.iter().zip(&self.from).map(|own| bag(&mut names, own)).collect();
        self.apart(NEARLY_EQUAL, false);
        for (old, new) in self.sections() {
            for (old, new) in self.gaps(&old, &new) {
                let pairs = self.best(&old, &new);
                for (at, to) in pairs {
                    self.join(at, to);
                }
                self.parts(&old, &new);
            }
        }
        self.apart(ALIKE_APART, true);
    }

    /// The stretches between paired blocks whose order both revisions share.
    fn gaps(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
        let pairs: Vec<(usize, usize)> = new
            .clone()
            .filter_map(|to| self.from[to].filter(|at| old.contains(at)).map(|at| (at, to)))
            .collect();
        let mut gaps = Vec::new();
        let (mut at, mut to) = (old.start, new.start);
        for own in heaviest(&pairs, |at| self.old_blocks[at].text.len())
            .into_iter()
            .chain([(old.end, new.end)])
        {
            if own.0 > at || own.1 > to {
                gaps.push((at..own.0, to..own.1));
            }
            (at, to) = (own.0 + 1, own.1 + 1);
        }
        gaps
    }

    /// Lets each changed block take in the neighbours it was split into or joined from.
    fn parts(&mut self, old: &Range<usize>, new: &Range<usize>) {
        for at in old.clone() {
            let Some(to) = self.to[at].filter(|to| new.contains(to)) else { continue };
            if self.old.names[at] == self.new.names[to] {
                continue;
            }
            let mut left = rest(&self.old_bags[at], &self.new_bags[to]);
            for ahead in [false, true] {
                let mut to = to;
                while let Some(next) = beside(to, ahead, new) {
                    if self.from[next].is_some()
                        || self.part_of_old[next].is_some()
                        || !take(&mut left, &self.new_bags[next])
                    {
                        break;
                    }
                    self.part_of_old[next] = Some(at);
                    to = next;
                }
            }
            let split = self.part_of_old.get(to + 1).is_some_and(|own| *own == Some(at))
                || to > 0 && self.part_of_old[to - 1] == Some(at);
            if split {
                continue;
            }
            let mut left = rest(&self.new_bags[to], &self.old_bags[at]);
            for ahead in [false, true] {
                let mut at = at;
                while let Some(next) = beside(at, ahead, old) {
                    if self.to[next].is_some()
                        || self.part_of_new[next].is_some()
                        || !take(&mut left, &self.old_bags[next])
                    {
                        break;
                    }
                    self.part_of_new[next] = Some(to);
                    at = next;
                }
            }
        }
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for (to, at) in self.from.iter().enumerate() {
            let Some(at) = *at else { continue };
            let spread = |own: usize, of: &[Option<usize>], whole: usize| {
                let part = |place: &usize| of[*place] == Some(whole);
                let before = (0..own).rev().take_while(part).count();
                let after = (own + 1..of.len()).take_while(part).count();
                own - before..own + after + 1
            };
            let new = spread(to, &self.part_of_old, at);
            let old = spread(at, &self.part_of_new, to);
            let largest = |parts: &Range<usize>, bags: &[Vec<u32>], whole: &[u32], own: usize| {
                let size = |part: &usize| (shared(&bags[*part], whole), *part == own);
                parts.clone().max_by_key(size).unwrap_or(own)
            };
            let pair = if new.len() > 1 {
                (at, largest(&new, &self.new_bags, &self.old_bags[at], to))
            } else if old.len() > 1 {
                (largest(&old, &self.old_bags, &self.new_bags[to], at), to)
            } else {
                (at, to)
            };
            let equal = self.old.names[at] == self.new.names[to];
            groups.push(Group { old, new, pair, equal, moved: true });
        }
        // What keeps its order has not moved.
        for (old, new) in self.sections() {
            let within = |own: &Group| old.contains(&own.old.start) && new.contains(&own.new.start);
            let pairs: Vec<(usize, usize)> = groups
                .iter()
                .filter(|own| within(own))
                .map(|own| (own.old.start, own.new.start))
                .collect();
            let mut stay =
                heaviest(&pairs, |at| self.old_blocks[at].text.len()).into_iter().peekable();
            for group in &mut groups {
                if stay.next_if(|own| own.1 == group.new.start).is_some() {
                    let (at, to) = group.pair;
                    let same = self.old_blocks[at].depth == self.new_blocks[to].depth;
                    group.moved = group.equal && !same;
                }
            }
        }
        groups
    }
}

fn beside(at: usize, ahead: bool, within: &Range<usize>) -> Option<usize> {
    let next = if ahead { at + 1 } else { at.checked_sub(1)? };
    within.contains(&next).then_some(next)
}
