//! Puts what was settled together again: the blanks between pieces, the numbers of lists.

use std::ops::Range;

use super::chunks::{Chunk, Document, Kind};
use super::sweep::{Group, Piece};
use super::{From, Part};

/// A piece or a conflict in the order of the merged text.
struct Slot<'a> {
    group: usize,
    /// `None` for a conflict.
    piece: Option<&'a Piece>,
    of: &'a [Range<usize>; 3],
    number: String,
}

/// The merged text of groups without a conflict.
pub fn text(documents: &[Document; 3], groups: &[Group]) -> String {
    let text = |part: Part| match part {
        Part::Settled { text, .. } => text,
        Part::Conflict { ours, .. } => ours,
    };
    parts(documents, groups).into_iter().map(text).collect()
}

/// The merged text in its parts; neighbours that nobody changed are one.
pub fn parts(documents: &[Document; 3], groups: &[Group]) -> Vec<Part> {
    let mut slots: Vec<Slot> = Vec::with_capacity(groups.len());
    for (group, it) in groups.iter().enumerate() {
        let slot = |piece, of| Slot { group, piece, of, number: String::new() };
        if it.is_conflict() {
            slots.push(slot(None, &it.runs));
        }
        slots.extend(it.pieces.iter().map(|piece| slot(Some(piece), &piece.of)));
    }
    number(documents, &mut slots);
    let mut texts = vec![String::new(); groups.len()];
    let mut gaps = vec![String::new(); groups.len()];
    let mut lead = String::new();
    for (at, slot) in slots.iter().enumerate() {
        let gap = gap(documents, at.checked_sub(1).map(|at| &slots[at]), Some(slot));
        match at.checked_sub(1).map(|at| &slots[at]) {
            None => lead = gap,
            Some(last) if last.piece.is_none() => gaps[last.group] = gap,
            Some(last) => texts[last.group].push_str(&gap),
        }
        if let Some(piece) = slot.piece {
            texts[slot.group].push_str(&slot.number);
            texts[slot.group].push_str(&piece.text);
        }
    }
    if let Some(last) = slots.last() {
        let gap = gap(documents, Some(last), None);
        if last.piece.is_none() { &mut gaps[last.group] } else { &mut texts[last.group] }
            .push_str(&gap);
    }
    let mut out: Vec<Part> = Vec::new();
    if !lead.is_empty() {
        out.push(Part::Settled { text: lead, from: From::Same, base: String::new() });
    }
    for (at, group) in groups.iter().enumerate() {
        let source = |which: usize| {
            let run = group.runs[which].clone();
            if run.is_empty() {
                return String::new();
            }
            let gap = if gaps[at].is_empty() { "\n\n" } else { &gaps[at] };
            documents[which].source(run) + gap
        };
        let Some(from) = group.from else {
            out.push(Part::Conflict { base: source(0), ours: source(1), theirs: source(2) });
            continue;
        };
        let (text, base) = (std::mem::take(&mut texts[at]), source(0));
        match out.last_mut() {
            Some(Part::Settled { text: last, from: From::Same, base: was })
                if from == From::Same =>
            {
                last.push_str(&text);
                was.push_str(&base);
            }
            _ => out.push(Part::Settled { text, from, base }),
        }
    }
    out
}

/// The blank between two neighbours of the merged text, or before the first, or after the last.
fn gap(documents: &[Document; 3], last: Option<&Slot>, next: Option<&Slot>) -> String {
    let found = [0, 1, 2].map(|which| {
        let document = &documents[which];
        let last = last.map(|slot| &slot.of[which]);
        let next = next.map(|slot| &slot.of[which]);
        if last.is_some_and(Range::is_empty) || next.is_some_and(Range::is_empty) {
            return None;
        }
        match (last, next) {
            (None, Some(next)) => (next.start == 0).then(|| document.chunks[0].before),
            (Some(last), None) => (last.end == document.chunks.len()).then_some(document.tail),
            (Some(last), Some(next)) => {
                (last.end == next.start).then(|| document.chunks[next.start].before)
            }
            (None, None) => None,
        }
    });
    let chosen = match found {
        [Some(base), Some(ours), Some(theirs)] => Some(if ours == base { theirs } else { ours }),
        [_, Some(ours), _] => Some(ours),
        [_, _, theirs] => theirs,
    };
    if let Some(gap) = chosen {
        return gap.to_owned();
    }
    let (Some(last), Some(next)) = (last, next) else {
        return if next.is_none() { "\n".to_owned() } else { String::new() };
    };
    let [before, after] = [last, next].map(|slot| piece_of(documents, slot));
    let tight = match (before.map(|chunk| chunk.kind), after.map(|chunk| chunk.kind)) {
        (Some(Kind::Row), _) | (_, Some(Kind::Row)) => true,
        (Some(Kind::Item), Some(Kind::Item)) => {
            after.is_some_and(|chunk| !chunk.before.contains("\n\n") && !chunk.before.is_empty())
        }
        _ => false,
    };
    if tight { "\n".to_owned() } else { "\n\n".to_owned() }
}

/// The piece as it stands in the side that it comes from.
fn piece_of<'a>(documents: &[Document<'a>; 3], slot: &Slot) -> Option<Chunk<'a>> {
    let which = [1, 2, 0].into_iter().find(|which| !slot.of[*which].is_empty())?;
    documents[which].chunks.get(slot.of[which].start).copied()
}

/// An ordered list item's number with what stands around it.
struct Mark<'a> {
    indent: &'a str,
    number: u64,
    end: &'a str,
}

fn mark(mark: &str) -> Option<Mark<'_>> {
    let start = mark.trim_start_matches([' ', '\t']);
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let indent = &mark[..mark.len() - start.len()];
    Some(Mark { indent, number: start[..digits].parse().ok()?, end: &start[digits..] })
}

/// Numbers list items on where their own text did so.
fn number(documents: &[Document; 3], slots: &mut [Slot]) {
    let counted = [0, 1, 2].map(|which| {
        let chunks = &documents[which].chunks;
        let mut counts = Counts::default();
        chunks.iter().map(|chunk| counts.take(chunk, chunk.mark)).collect::<Vec<_>>()
    });
    let mut counts = Counts::default();
    for slot in slots {
        let found = [0, 1, 2].map(|which| {
            let at = slot.of[which].clone().next()?;
            Some((documents[which].chunks[at], counted[which][at]))
        });
        let chosen = match found {
            [Some(base), Some(ours), Some(theirs)] => {
                if ours.0.mark == base.0.mark {
                    theirs
                } else {
                    ours
                }
            }
            [_, Some(one), _] | [_, None, Some(one)] | [Some(one), None, None] => one,
            [None, None, None] => continue,
        };
        let chunk = chosen.0;
        let counts_on = found.iter().flatten().all(|(_, counts_on)| *counts_on);
        chunk.mark.clone_into(&mut slot.number);
        let Some(it) = mark(chunk.mark) else {
            counts.take(&chunk, "");
            continue;
        };
        if counts_on
            && let Some(last) = counts.last(&it)
            && last + 1 != it.number
        {
            slot.number = format!("{}{}{}", it.indent, last + 1, it.end);
        }
        let number = slot.number.clone();
        counts.take(&chunk, &number);
    }
}

/// The last numbers of the lists that are open, by indentation.
#[derive(Default)]
struct Counts(Vec<(String, u64)>);

impl Counts {
    /// The number of the item before one in the same list.
    fn last(&self, mark: &Mark) -> Option<u64> {
        let key = format!("{}{}", mark.indent, mark.end);
        self.0.iter().find(|(other, _)| *other == key).map(|(_, number)| *number)
    }

    /// Takes a piece in; answers whether it is the first of a list or has the next number.
    fn take(&mut self, chunk: &Chunk, number: &str) -> bool {
        let Some(it) = mark(number) else {
            if chunk.indent() == 0 {
                self.0.clear();
            }
            return false;
        };
        let last = self.last(&it);
        let key = format!("{}{}", it.indent, it.end);
        // A list further in ends with the item around it.
        self.0.retain(|(other, _)| {
            let depth = |key: &str| key.len() - key.trim_start_matches([' ', '\t']).len();
            depth(other) < depth(&key)
        });
        self.0.push((key, it.number));
        last.is_none_or(|last| last + 1 == it.number)
    }
}
