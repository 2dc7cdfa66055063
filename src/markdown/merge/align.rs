//! Which piece of a side comes from which piece of the base.

use std::collections::HashMap;
use std::ops::Range;

use super::chunks::{Chunk, Kind};
use crate::markdown::words::{self, Names};

/// A run of the base and what a side made of it. Steps follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub how: How,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// One piece, unchanged but for its number.
    Same,
    /// Changed words; also split or joined.
    Alike,
    /// Other words in the same place.
    Replaced,
    Gone,
    Come,
    /// Moved to this piece of the side.
    Away(usize),
    /// Moved from this piece of the base.
    Here(usize),
}

/// Pieces that share less than this are two, not one changed.
const ALIKE: f32 = 0.5;
/// The same for a piece that also moved.
const ALIKE_MOVED: f32 = 0.6;
/// Shorter pieces are not recognised when they move: they may well be others.
const FEWEST_MOVED: usize = 3;
/// How many pairs of pieces between two equal ones are tried for likeness, and how far apart
/// they may stand when there are more.
const MOST_PAIRS: usize = 40_000;
const REACH: usize = 4;
/// How many words are looked at for likeness in all of a text; after that it is as if there were
/// too many pairs. Two hundred long paragraphs that all changed are within it.
const MOST_WORDS: usize = 1 << 25;
/// Looking at a pair costs as much as so many words.
const PAIR: usize = 8;
/// The most pieces that one may be split into.
const MOST_JOINED: usize = 9;

/// The words of a piece as sorted names.
type Bag = Vec<u32>;

/// Whether some text is another version of one of the others, or of one that stands near where
/// there are too many to try all. Of two words nobody can say.
pub fn any_alike(old: &[&str], new: &[&str]) -> bool {
    let mut names = Names::default();
    let old: Vec<Bag> = old.iter().map(|text| bag(&mut names, text)).collect();
    let new: Vec<Bag> = new.iter().map(|text| bag(&mut names, text)).collect();
    let pairs = old.len().saturating_mul(new.len());
    let few = pairs <= MOST_PAIRS && cost(&old, &new) <= MOST_WORDS;
    old.iter().enumerate().any(|(at, old)| {
        let near = if few { 0..new.len() } else { at.saturating_sub(REACH)..at + REACH };
        let near = new.iter().take(near.end).skip(near.start);
        near.into_iter().any(|new| {
            old.len().min(new.len()) > 2
                && old.len().max(new.len()) <= 3 * old.len().min(new.len())
                && words::likeness(old, new) >= ALIKE
        })
    })
}

/// How many words are looked at to try all pairs.
fn cost(old: &[Bag], new: &[Bag]) -> usize {
    let words = |bags: &[Bag]| bags.iter().map(Vec::len).sum::<usize>();
    let of = |one: &[Bag], other: &[Bag]| {
        one.len().saturating_mul(words(other) + other.len() * PAIR / 2)
    };
    of(old, new).saturating_add(of(new, old))
}

fn bag<'a>(names: &mut Names<'a>, text: &'a str) -> Bag {
    let words = words::split(text);
    let words = words.into_iter().filter(|word| word.chars().any(char::is_alphanumeric));
    let mut bag: Bag = words.map(|word| names.of(word)).collect();
    bag.sort_unstable();
    bag
}

/// Aligns a side with the base.
pub fn steps<'a>(old: &[Chunk<'a>], new: &[Chunk<'a>]) -> Vec<Step> {
    let mut names = Names::default();
    let old_names: Vec<u32> = old.iter().map(|chunk| names.of(chunk.text)).collect();
    let new_names: Vec<u32> = new.iter().map(|chunk| names.of(chunk.text)).collect();
    let stretches = words::align(&old_names, &new_names);
    let mut steps = Vec::new();
    for stretch in stretches {
        if stretch.same {
            steps.extend(stretch.old.zip(stretch.new).map(|(at, to)| Step {
                how: How::Same,
                old: at..at + 1,
                new: to..to + 1,
            }));
        } else {
            steps.push(Step { how: How::Replaced, old: stretch.old, new: stretch.new });
        }
    }
    let mut bare = |chunks: &[Chunk<'a>]| -> Vec<u32> {
        chunks.iter().map(|chunk| names.of(chunk.text.trim_start())).collect()
    };
    let bare = (bare(old), bare(new));
    let mut pairing = Pairing::new(old, new, &steps);
    let tables = pairing.find_moves(&steps, &bare.0, &bare.1);
    let mut tables = tables.into_iter();
    let mut out = Vec::with_capacity(steps.len());
    for step in steps {
        if step.how == How::Same {
            out.push(step);
        } else {
            pairing.refine(&step, tables.next().flatten().as_ref(), &mut out);
        }
    }
    out
}

/// How alike each piece of a changed run is to each that stands there now, row by row; nothing
/// for a run with too many to try all.
type Table = Vec<f32>;

struct Pairing {
    /// Empty for a piece that did not change.
    old: Vec<Bag>,
    new: Vec<Bag>,
    old_kinds: Vec<Kind>,
    new_kinds: Vec<Kind>,
    /// Where a piece moved to, and where one moved from.
    away: Vec<Option<usize>>,
    here: Vec<Option<usize>>,
    /// How many words may still be looked at.
    left: usize,
}

impl Pairing {
    fn new<'a>(old: &[Chunk<'a>], new: &[Chunk<'a>], steps: &[Step]) -> Self {
        let mut names = Names::default();
        let mut bags = (vec![Bag::new(); old.len()], vec![Bag::new(); new.len()]);
        for step in steps.iter().filter(|step| step.how != How::Same) {
            for at in step.old.clone() {
                bags.0[at] = bag(&mut names, old[at].text);
            }
            for to in step.new.clone() {
                bags.1[to] = bag(&mut names, new[to].text);
            }
        }
        Self {
            old: bags.0,
            new: bags.1,
            old_kinds: old.iter().map(|chunk| chunk.kind).collect(),
            new_kinds: new.iter().map(|chunk| chunk.kind).collect(),
            away: vec![None; old.len()],
            here: vec![None; new.len()],
            left: MOST_WORDS,
        }
    }

    /// All pairs of a changed run, if that is not too much work.
    fn table(&mut self, step: &Step) -> Option<Table> {
        let pairs = step.old.len() * step.new.len();
        let cost = cost(&self.old[step.old.clone()], &self.new[step.new.clone()]);
        if pairs > MOST_PAIRS || cost > self.left {
            return None;
        }
        self.left -= cost;
        let row = |at: usize| step.new.clone().map(move |to| (at, to));
        let pairs = step.old.clone().flat_map(row);
        Some(pairs.map(|(at, to)| self.likeness(at, to)).collect())
    }

    /// How much a pair shares; pieces of unlike kinds are not the same one.
    fn likeness(&self, at: usize, to: usize) -> f32 {
        if self.away[at].is_some() || self.here[to].is_some() {
            return 0.0;
        }
        let apart = |kind: Kind| match kind {
            Kind::Table => 1,
            Kind::Row => 2,
            Kind::Code => 3,
            Kind::Heading => 4,
            _ => 0,
        };
        if apart(self.old_kinds[at]) != apart(self.new_kinds[to]) {
            return 0.0;
        }
        let (left, right) = (&self.old[at], &self.new[to]);
        // Even with every word of the shorter one in it the longer would be another.
        if left.len().max(right.len()) > 3 * left.len().min(right.len()) {
            return 0.0;
        }
        words::likeness(left, right)
    }

    /// Finds the pieces that stand elsewhere: word for word where that is not ambiguous, then
    /// changed a little. Answers the table of each changed run.
    fn find_moves(&mut self, steps: &[Step], old: &[u32], new: &[u32]) -> Vec<Option<Table>> {
        let apart: Vec<&Step> = steps.iter().filter(|step| step.how != How::Same).collect();
        let mut seen: HashMap<u32, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for step in &apart {
            for at in step.old.clone() {
                seen.entry(old[at]).or_default().0.push(at);
            }
            for to in step.new.clone() {
                seen.entry(new[to]).or_default().1.push(to);
            }
        }
        let counts = |names: &[u32]| {
            let mut counts: HashMap<u32, usize> = HashMap::new();
            for name in names {
                *counts.entry(*name).or_default() += 1;
            }
            counts
        };
        let (old_counts, new_counts) = (counts(old), counts(new));
        for (name, (from, to)) in seen {
            if let ([at], [to]) = (&from[..], &to[..])
                && !self.old[*at].is_empty()
                && old_counts.get(&name) == Some(&1)
                && new_counts.get(&name) == Some(&1)
            {
                self.moves(*at, *to);
            }
        }
        // Those that have no like in their own place, against those that have none in theirs.
        let tables: Vec<Option<Table>> = apart.iter().map(|step| self.table(step)).collect();
        let mut lone: (Vec<(usize, usize)>, Vec<(usize, usize)>) = (vec![], vec![]);
        for (place, (step, table)) in apart.iter().zip(&tables).enumerate() {
            let Some(table) = table else { continue };
            let mut paired = (vec![false; step.old.len()], vec![false; step.new.len()]);
            for (own, like) in table.iter().enumerate() {
                if *like >= ALIKE {
                    paired.0[own / step.new.len()] = true;
                    paired.1[own % step.new.len()] = true;
                }
            }
            let from = step.old.clone().zip(&paired.0).filter(|own| !own.1).map(|own| own.0);
            let from = from.filter(|at| self.old[*at].len() >= FEWEST_MOVED);
            lone.0.extend(from.map(|at| (place, at)));
            let to = step.new.clone().zip(&paired.1).filter(|own| !own.1).map(|own| own.0);
            let to = to.filter(|to| self.new[*to].len() >= FEWEST_MOVED);
            lone.1.extend(to.map(|to| (place, to)));
        }
        let bags = |own: &[(usize, usize)], of: &[Bag]| -> usize {
            own.iter().map(|(_, at)| of[*at].len() + PAIR / 2).sum()
        };
        let cost =
            lone.0.len() * bags(&lone.1, &self.new) + lone.1.len() * bags(&lone.0, &self.old);
        if lone.0.len() * lone.1.len() > MOST_PAIRS || cost > self.left {
            return tables;
        }
        for (place, at) in lone.0 {
            let others = lone.1.iter().filter(|(other, _)| *other != place);
            let best = others
                .map(|(_, to)| (self.likeness(at, *to), *to))
                .filter(|(like, _)| *like >= ALIKE_MOVED)
                .max_by(|left, right| left.0.total_cmp(&right.0));
            if let Some((_, to)) = best {
                self.moves(at, to);
            }
        }
        tables
    }

    fn moves(&mut self, at: usize, to: usize) {
        self.away[at] = Some(to);
        self.here[to] = Some(at);
    }

    /// Cuts a changed run into pieces that are alike and what lies between them.
    fn refine(&self, step: &Step, table: Option<&Table>, out: &mut Vec<Step>) {
        let pairs = table.map_or_else(|| self.near_pairs(step), |table| self.pairs(step, table));
        let (mut at, mut to) = (step.old.start, step.new.start);
        let mut steps = Vec::new();
        for (old, new) in pairs.into_iter().chain([(step.old.end, step.new.end)]) {
            self.between(at..old, to..new, &mut steps);
            if old < step.old.end {
                steps.push(Step { how: How::Alike, old: old..old + 1, new: new..new + 1 });
            }
            (at, to) = (old + 1, new + 1);
        }
        self.absorb(steps, out);
    }

    /// A run without a pair: what moved is told from what went, came or was replaced.
    fn between(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Step>) {
        let moved = self.away[old.clone()].iter().chain(&self.here[new.clone()]);
        let moved = moved.flatten().next().is_some();
        if !moved && !old.is_empty() && !new.is_empty() {
            out.push(Step { how: How::Replaced, old, new });
            return;
        }
        for at in old.clone() {
            let how = self.away[at].map_or(How::Gone, How::Away);
            out.push(Step { how, old: at..at + 1, new: new.start..new.start });
        }
        for to in new {
            let how = self.here[to].map_or(How::Come, How::Here);
            out.push(Step { how, old: old.end..old.end, new: to..to + 1 });
        }
    }

    /// The pairs in order with the greatest likeness in all.
    fn pairs(&self, step: &Step, table: &Table) -> Vec<(usize, usize)> {
        let (old, new) = (&step.old, &step.new);
        let width = new.len() + 1;
        let mut best = vec![0.0_f32; (old.len() + 1) * width];
        let mut alike = vec![0.0_f32; best.len()];
        for (row, at) in old.clone().enumerate().rev() {
            for (column, to) in new.clone().enumerate().rev() {
                let here = row * width + column;
                let moved = self.away[at].is_some() || self.here[to].is_some();
                let like = if moved { 0.0 } else { table[row * new.len() + column] };
                let paired = if like >= ALIKE { like + best[here + width + 1] } else { 0.0 };
                alike[here] = paired;
                best[here] = paired.max(best[here + 1]).max(best[here + width]);
            }
        }
        let mut pairs = Vec::new();
        let (mut row, mut column) = (0, 0);
        while row < old.len() && column < new.len() {
            let here = row * width + column;
            if alike[here] > 0.0 && alike[here] >= best[here + 1].max(best[here + width]) {
                pairs.push((old.start + row, new.start + column));
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

    /// Where there are too many to try all: the next that is alike, within reach.
    fn near_pairs(&self, step: &Step) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let mut to = step.new.start;
        for at in step.old.clone() {
            let within = to..(to + REACH).min(step.new.end);
            if let Some(found) = within.into_iter().find(|to| self.likeness(at, *to) >= ALIKE) {
                pairs.push((at, found));
                to = found + 1;
            } else if to < step.new.start + (at - step.old.start) {
                to += 1;
            }
        }
        pairs
    }

    /// Lets changed pieces take in the neighbours that they were split into or joined from.
    fn absorb(&self, steps: Vec<Step>, out: &mut Vec<Step>) {
        let first = out.len();
        for step in steps {
            let last = out.len().checked_sub(1).filter(|last| *last >= first);
            if let Some(last) = last
                && let Some(whole) = self.joined(&out[last], &step)
            {
                out[last] = whole;
            } else {
                out.push(step);
            }
        }
    }

    fn joined(&self, last: &Step, step: &Step) -> Option<Step> {
        let grows = |step: &Step| matches!(step.how, How::Gone | How::Come | How::Replaced);
        let core = match (last.how, step.how) {
            (How::Alike, _) if grows(step) => last,
            (_, How::Alike) if grows(last) => step,
            _ => return None,
        };
        let whole = Step {
            how: How::Alike,
            old: last.old.start..step.old.end,
            new: last.new.start..step.new.end,
        };
        let prose = |kind: &Kind| matches!(kind, Kind::Paragraph | Kind::Item | Kind::Quote);
        let fits = whole.old.len() + whole.new.len() <= MOST_JOINED
            && self.old_kinds[whole.old.clone()].iter().all(prose)
            && self.new_kinds[whole.new.clone()].iter().all(prose)
            && self.like(&whole) > self.like(core) + 0.02;
        fits.then_some(whole)
    }

    fn like(&self, step: &Step) -> f32 {
        let gather = |bags: &[Bag]| {
            let mut words = bags.concat();
            words.sort_unstable();
            words
        };
        words::likeness(&gather(&self.old[step.old.clone()]), &gather(&self.new[step.new.clone()]))
    }
}
