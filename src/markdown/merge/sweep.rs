//! Goes along the base with both sides and settles each run of blocks.

use std::ops::Range;

use super::From;
use super::align::{self, How, Step};
use super::chunks::{Chunk, Document, Kind};
use super::inner;
use crate::markdown::words::{self, Names};

/// A run of the merged text.
#[derive(Debug, Clone)]
pub struct Group {
    /// `None` for a conflict.
    pub from: Option<From>,
    /// The pieces settled on; none for what is gone, and for a conflict.
    pub pieces: Vec<Piece>,
    /// What stands there in each text.
    pub runs: [Range<usize>; 3],
}

/// A piece of the merged text.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Without the number of an ordered list item.
    pub text: String,
    /// Which pieces of base, ours and theirs it is; one run is not empty.
    pub of: [Range<usize>; 3],
}

impl Group {
    pub fn is_conflict(&self) -> bool {
        self.from.is_none()
    }

    fn conflict(runs: [Range<usize>; 3]) -> Self {
        Self { from: None, pieces: vec![], runs }
    }
}

const NONE: Range<usize> = 0..0;

/// What became of a piece of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lot {
    /// It stands here in the side, changed or not.
    One(usize),
    Moved(usize),
    Other,
}

struct Side<'a> {
    which: usize,
    chunks: &'a [Chunk<'a>],
    steps: Vec<Step>,
    at: usize,
    /// What became of each piece of the base.
    lots: Vec<Lot>,
}

impl<'a> Side<'a> {
    fn new(which: usize, base: &[Chunk], chunks: &'a [Chunk<'a>]) -> Self {
        let steps = align::steps(base, chunks);
        let mut lots = vec![Lot::Other; base.len()];
        for step in &steps {
            match step.how {
                How::Same | How::Alike if step.old.len() == 1 && step.new.len() == 1 => {
                    lots[step.old.start] = Lot::One(step.new.start);
                }
                How::Away(to) => lots[step.old.start] = Lot::Moved(to),
                _ => {}
            }
        }
        Self { which, chunks, steps, at: 0, lots }
    }

    fn next(&self) -> Option<&Step> {
        self.steps.get(self.at)
    }

    /// The steps that put something in at this place of the base.
    fn arrivals(&mut self, place: usize) -> Range<usize> {
        let first = self.at;
        while self.next().is_some_and(|step| step.old.is_empty() && step.old.start == place) {
            self.at += 1;
        }
        first..self.at
    }

    /// Steps on until a place of the base is reached or passed; answers where that is.
    fn advance(&mut self, end: usize) -> usize {
        let mut reached = end;
        while let Some(step) = self.next().filter(|step| step.old.start < end) {
            reached = reached.max(step.old.end);
            self.at += 1;
        }
        reached
    }
}

struct Sweep<'a> {
    base: &'a [Chunk<'a>],
    ours: Side<'a>,
    theirs: Side<'a>,
    groups: Vec<Group>,
}

/// Merges two documents with their base, in the order of the merged text.
pub fn sweep(base: &Document, ours: &Document, theirs: &Document) -> Vec<Group> {
    let mut sweep = Sweep {
        base: &base.chunks,
        ours: Side::new(1, &base.chunks, &ours.chunks),
        theirs: Side::new(2, &base.chunks, &theirs.chunks),
        groups: Vec::new(),
    };
    let mut place = 0;
    loop {
        let ours = sweep.ours.arrivals(place);
        let theirs = sweep.theirs.arrivals(place);
        sweep.arrive(place, &ours, &theirs);
        if place >= sweep.base.len() {
            return sweep.groups;
        }
        place = sweep.region(place);
    }
}

/// What one side puts in behind what the other takes away has lost its place: it belongs to
/// the run.
fn displaced(goner: &Side, first: usize, comer: &mut Side, end: usize) {
    let steps = &goner.steps[first..goner.at];
    let last = steps.iter().rev().find(|step| !step.old.is_empty());
    if last.is_some_and(|step| matches!(step.how, How::Gone | How::Replaced)) {
        while comer.next().is_some_and(|it| it.how == How::Come && it.old.start == end) {
            comer.at += 1;
        }
    }
}

/// The piece of the base that one of a side is.
fn base_of(base: &Range<usize>, steps: &[Step], at: usize) -> Range<usize> {
    let step = steps.get(steps.partition_point(|step| step.new.end <= at));
    let one = step.filter(|step| step.old.len() == 1 && step.new.len() == 1);
    one.map_or(base.start..base.start, |step| step.old.clone())
}

impl Sweep<'_> {
    /// Settles the smallest run from a place on in which both sides' steps end together.
    fn region(&mut self, start: usize) -> usize {
        let (first_o, first_t) = (self.ours.at, self.theirs.at);
        let mut end = start + 1;
        loop {
            let reached = self.theirs.advance(self.ours.advance(end));
            if reached == end {
                break;
            }
            end = reached;
        }
        displaced(&self.ours, first_o, &mut self.theirs, end);
        displaced(&self.theirs, first_t, &mut self.ours, end);
        let ours = self.ours.steps[first_o..self.ours.at].to_vec();
        let theirs = self.theirs.steps[first_t..self.theirs.at].to_vec();
        self.settle(start..end, &ours, &theirs);
        end
    }

    fn settle(&mut self, base: Range<usize>, ours: &[Step], theirs: &[Step]) {
        let changed = |steps: &[Step]| steps.iter().any(|step| step.how != How::Same);
        let run = |steps: &[Step]| match (steps.first(), steps.last()) {
            (Some(first), Some(last)) => first.new.start..last.new.end,
            _ => NONE,
        };
        let runs = [base.clone(), run(ours), run(theirs)];
        match (changed(ours), changed(theirs)) {
            (false, false) => return self.same(runs),
            (true, false) => return self.one_side(runs, From::Ours, ours),
            (false, true) => return self.one_side(runs, From::Theirs, theirs),
            (true, true) => {}
        }
        let moved = |steps: &[Step]| matches!(steps, [Step { how: How::Away(_), .. }]);
        let stays = |lot: Lot| lot != Lot::Other;
        if base.len() == 1 && (moved(ours) || moved(theirs)) {
            let other = [&self.ours, &self.theirs].map(|side| side.lots[base.start]);
            if stays(other[0]) && stays(other[1]) {
                let from = if moved(ours) { From::Ours } else { From::Theirs };
                self.groups.push(Group { from: Some(from), pieces: vec![], runs });
                return;
            }
        }
        let [ours_run, theirs_run] = [(&self.ours, &runs[1]), (&self.theirs, &runs[2])]
            .map(|(side, run)| side.chunks[run.clone()].iter().map(|chunk| chunk.text));
        if ours_run.eq(theirs_run) {
            let pairs = runs[1].clone().zip(runs[2].clone());
            let pieces = pairs.map(|(o, t)| Piece {
                text: self.ours.chunks[o].text.to_owned(),
                of: [base_of(&base, ours, o), o..o + 1, t..t + 1],
            });
            let pieces = pieces.collect();
            self.groups.push(Group { from: Some(From::Both), pieces, runs });
            return;
        }
        let group = self.thinned(&runs, ours, theirs).or_else(|| self.joined(&runs, ours, theirs));
        self.groups.push(group.unwrap_or_else(|| Group::conflict(runs)));
    }

    fn same(&mut self, runs: [Range<usize>; 3]) {
        let text = self.base[runs[0].start].text.to_owned();
        let pieces = vec![Piece { text, of: runs.clone() }];
        self.groups.push(Group { from: Some(From::Same), pieces, runs });
    }

    /// Only one side changed the run.
    fn one_side(&mut self, runs: [Range<usize>; 3], from: From, steps: &[Step]) {
        let mine = if from == From::Ours { 1 } else { 2 };
        let chunks = if mine == 1 { self.ours.chunks } else { self.theirs.chunks };
        let mut pieces = Vec::new();
        for step in steps {
            for at in step.new.clone() {
                let mut of = [NONE, NONE, NONE];
                of[mine] = at..at + 1;
                if step.old.len() == 1 && step.new.len() == 1 {
                    of[0] = step.old.clone();
                    // The other side has the base's pieces one for one.
                    let other = runs[3 - mine].start + (step.old.start - runs[0].start);
                    of[3 - mine] = other..other + 1;
                }
                pieces.push(Piece { text: chunks[at].text.to_owned(), of });
            }
        }
        self.groups.push(Group { from: Some(from), pieces, runs });
    }

    /// Both sides only took pieces away.
    fn thinned(&self, runs: &[Range<usize>; 3], ours: &[Step], theirs: &[Step]) -> Option<Group> {
        let thins = |step: &Step| matches!(step.how, How::Same | How::Gone);
        if !ours.iter().chain(theirs).all(thins) {
            return None;
        }
        let left =
            runs[0].clone().filter_map(|at| match (self.ours.lots[at], self.theirs.lots[at]) {
                (Lot::One(o), Lot::One(t)) => Some(Piece {
                    text: self.base[at].text.to_owned(),
                    of: [at..at + 1, o..o + 1, t..t + 1],
                }),
                _ => None,
            });
        Some(Group { from: Some(From::Both), pieces: left.collect(), runs: runs.clone() })
    }

    /// Both sides changed words.
    fn joined(&self, runs: &[Range<usize>; 3], ours: &[Step], theirs: &[Step]) -> Option<Group> {
        let words = |step: &Step| matches!(step.how, How::Same | How::Alike);
        if !ours.iter().chain(theirs).all(words) {
            return None;
        }
        let chunks = [self.base, self.ours.chunks, self.theirs.chunks];
        let kind = chunks[0][runs[0].start].kind;
        let text = if runs.iter().all(|run| run.len() == 1) {
            let [b, o, t] = [0, 1, 2].map(|at| chunks[at][runs[at].start].text);
            inner::block(kind, b, o, t)?
        } else {
            let joined = |at: usize| {
                let run = &chunks[at][runs[at].clone()];
                let mut out = String::new();
                for (n, chunk) in run.iter().enumerate() {
                    if n > 0 {
                        // A blank line, also between the items of a tight list.
                        out.push_str(if chunk.before.contains("\n\n") {
                            chunk.before
                        } else {
                            "\n\n"
                        });
                        out.push_str(chunk.mark);
                    }
                    out.push_str(chunk.text);
                }
                out
            };
            inner::prose(&joined(0), &joined(1), &joined(2))?
        };
        let pieces = vec![Piece { text, of: runs.clone() }];
        Some(Group { from: Some(From::Both), pieces, runs: runs.clone() })
    }

    /// What both sides put in at one place of the base.
    fn arrive(&mut self, place: usize, ours: &Range<usize>, theirs: &Range<usize>) {
        if ours.is_empty() && theirs.is_empty() {
            return;
        }
        let (ours, theirs) =
            (self.ours.steps[ours.clone()].to_vec(), self.theirs.steps[theirs.clone()].to_vec());
        let mut names = Names::default();
        let name = |chunks: &[Chunk<'_>], step: &Step| match step.how {
            How::Here(at) => format!("\n{at}"),
            _ => chunks[step.new.start].text.to_owned(),
        };
        let texts = [
            ours.iter().map(|step| name(self.ours.chunks, step)).collect::<Vec<_>>(),
            theirs.iter().map(|step| name(self.theirs.chunks, step)).collect::<Vec<_>>(),
        ];
        let [o_names, t_names] =
            [0, 1].map(|side| texts[side].iter().map(|text| names.of(text)).collect::<Vec<u32>>());
        for stretch in words::align(&o_names, &t_names) {
            let (o, t) = (&ours[stretch.old.clone()], &theirs[stretch.new.clone()]);
            if stretch.same {
                for (o, t) in o.iter().zip(t) {
                    self.arrive_twice(place, o, t);
                }
            } else {
                self.arrive_apart(place, o, t);
            }
        }
    }

    fn arrive_twice(&mut self, place: usize, ours: &Step, theirs: &Step) {
        let (o, t) = (ours.new.clone(), theirs.new.clone());
        let at = if let How::Here(at) = ours.how { at..at + 1 } else { place..place };
        let runs = [at, o, t];
        if runs[0].is_empty() {
            let text = self.ours.chunks[ours.new.start].text.to_owned();
            let pieces = vec![Piece { text, of: runs.clone() }];
            self.groups.push(Group { from: Some(From::Both), pieces, runs });
        } else {
            self.moved(runs, From::Both);
        }
    }

    /// A piece that moved, with the words that either side gave it.
    fn moved(&mut self, runs: [Range<usize>; 3], from: From) {
        let [b, o, t] = [
            &self.base[runs[0].start],
            &self.ours.chunks[runs[1].start],
            &self.theirs.chunks[runs[2].start],
        ];
        let group = match inner::block(b.kind, b.text, o.text, t.text) {
            Some(text) => {
                let from = if o.text == t.text || o.text == b.text || t.text == b.text {
                    from
                } else {
                    From::Both
                };
                let pieces = vec![Piece { text, of: runs.clone() }];
                Group { from: Some(from), pieces, runs }
            }
            None => Group::conflict(runs),
        };
        self.groups.push(group);
    }

    fn arrive_apart(&mut self, place: usize, ours: &[Step], theirs: &[Step]) {
        let fresh = |steps: &[Step]| steps.iter().all(|step| step.how == How::Come);
        if fresh(ours) && fresh(theirs) && !ours.is_empty() && !theirs.is_empty() {
            let [mine, other] =
                [(&self.ours, ours), (&self.theirs, theirs)].map(|(side, steps)| {
                    steps.iter().map(|step| side.chunks[step.new.start].text).collect::<Vec<_>>()
                });
            let alike = align::any_alike(&mine, &other);
            let code = ours.iter().any(|o| self.ours.chunks[o.new.start].kind == Kind::Code);
            if alike || code {
                let run = |steps: &[Step]| steps[0].new.start..steps[steps.len() - 1].new.end;
                let runs = [place..place, run(ours), run(theirs)];
                self.groups.push(Group::conflict(runs));
                return;
            }
        }
        let before = place.checked_sub(1).map(|at| self.base[at].kind);
        let rank = |chunks: &[Chunk], steps: &[Step]| {
            steps.first().map(|step| {
                let chunk = &chunks[step.new.start];
                let heading = chunk.kind == Kind::Heading;
                (heading, Some(chunk.kind) != before, usize::MAX - chunk.indent())
            })
        };
        let theirs_first = rank(self.theirs.chunks, theirs) < rank(self.ours.chunks, ours);
        if theirs_first {
            self.arrive_from(place, 2, theirs);
            self.arrive_from(place, 1, ours);
        } else {
            self.arrive_from(place, 1, ours);
            self.arrive_from(place, 2, theirs);
        }
    }

    /// What one side puts in.
    fn arrive_from(&mut self, place: usize, mine: usize, steps: &[Step]) {
        let from = if mine == 1 { From::Ours } else { From::Theirs };
        for step in steps {
            let (side, other) =
                if mine == 1 { (&self.ours, &self.theirs) } else { (&self.theirs, &self.ours) };
            debug_assert_eq!(side.which, mine);
            let mut runs = [place..place, NONE, NONE];
            runs[mine] = step.new.clone();
            let How::Here(at) = step.how else {
                let text = side.chunks[step.new.start].text.to_owned();
                let pieces = vec![Piece { text, of: runs.clone() }];
                self.groups.push(Group { from: Some(from), pieces, runs });
                continue;
            };
            match other.lots[at] {
                Lot::One(there) => {
                    runs[0] = at..at + 1;
                    runs[3 - mine] = there..there + 1;
                    self.moved(runs, from);
                }
                // The other side put it elsewhere, or took it away.
                Lot::Moved(_) => self.groups.push(Group::conflict(runs)),
                Lot::Other => {
                    runs[0] = at..at + 1;
                    self.groups.push(Group::conflict(runs));
                }
            }
        }
    }
}
