//! Looks at what was merged as a whole: a piece that hangs in another list item than it did in
//! either side is a conflict. Then the text is read again: if its blocks are not those that were
//! put together, what lies between the first and the last that differ is a conflict.

use std::ops::Range;

use super::Part;
use super::assemble;
use super::chunks::{Document, Kind};
use super::sweep::Group;

/// The parts of the merged text, its structure checked.
pub fn checked(documents: &[Document; 3], mut groups: Vec<Group>) -> Vec<Part> {
    for at in misplaced(documents, &groups) {
        collide(documents, &mut groups, at..at + 1);
    }
    for _ in 0..3 {
        let parts = assemble::parts(documents, &groups);
        match broken(documents, &groups) {
            None => return parts,
            Some(run) => collide(documents, &mut groups, run),
        }
    }
    let everything = 0..groups.len();
    collide(documents, &mut groups, everything);
    assemble::parts(documents, &groups)
}

/// The groups with a piece that hangs in a list item where no side has it.
fn misplaced(documents: &[Document; 3], groups: &[Group]) -> Vec<usize> {
    let above = [0, 1, 2].map(|which| documents[which].above());
    // What is open above: how far in it stands, which pieces it is, and after how many conflicts.
    let mut open: Vec<(usize, &[Range<usize>; 3], usize)> = Vec::new();
    // A conflict may be anything: of each piece the last that holds it, counted from 1.
    let mut conflict = [0, 1, 2].map(|which| vec![0; documents[which].chunks.len()]);
    let mut conflicts = 0;
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if group.is_conflict() {
            conflicts += 1;
            for (which, run) in group.runs.iter().enumerate() {
                conflict[which][run.clone()].fill(conflicts);
            }
        }
        for piece in &group.pieces {
            let sides = [1, 2].map(|which| (which, piece.of[which].start, piece.of[which].len()));
            let chunk = sides.iter().find(|(_, _, length)| *length > 0);
            let Some(chunk) = chunk.map(|(which, at, _)| documents[*which].chunks[*at]) else {
                continue;
            };
            let depth = chunk.indent();
            while open.pop_if(|(other, ..)| *other >= depth).is_some() {}
            let hangs = |(which, at, length): &(usize, usize, usize)| {
                if *length == 0 {
                    return false;
                }
                match (above[*which][*at], open.last()) {
                    (Some(above), None) => conflict[*which][above] > 0,
                    (Some(above), Some((_, of, since))) => {
                        of[*which].contains(&above) || conflict[*which][above] > *since
                    }
                    (None, last) => last.is_none(),
                }
            };
            if depth > 0 && !sides.iter().any(hangs) {
                found.push(at);
            }
            open.push((depth, &piece.of, conflicts));
        }
    }
    found.dedup();
    found
}

/// The groups that do not read as what they are; none when there is a conflict anyhow.
fn broken(documents: &[Document; 3], groups: &[Group]) -> Option<Range<usize>> {
    if groups.iter().any(Group::is_conflict) {
        return None;
    }
    let merged = assemble::text(documents, groups);
    let found = Document::read(&merged);
    // What each piece should be read as, where it is one block; the joined ones may be several.
    let mut wanted: Vec<(usize, Option<(Kind, &str)>)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        for piece in &group.pieces {
            let one = piece.of.iter().all(|run| run.len() < 2);
            let which = [1, 2, 0].into_iter().find(|which| !piece.of[*which].is_empty());
            let kind = which.map(|which| documents[which].chunks[piece.of[which].start].kind);
            wanted.push((at, kind.filter(|_| one).map(|kind| (kind, piece.text.as_str()))));
        }
    }
    let fits = |(_, wanted): &(usize, Option<(Kind, &str)>), at: usize| {
        let chunk = found.chunks.get(at)?;
        let (kind, text) = (*wanted)?;
        (chunk.kind == kind && chunk.text.trim() == text.trim()).then_some(())
    };
    let head = (0..wanted.len()).take_while(|at| fits(&wanted[*at], *at).is_some()).count();
    let spare = found.chunks.len().min(wanted.len()) - head.min(found.chunks.len());
    let tail = (1..=spare)
        .take_while(|back| {
            let at = found.chunks.len() - back;
            fits(&wanted[wanted.len() - back], at).is_some()
        })
        .count();
    let middle = &wanted[head..wanted.len() - tail];
    // Joined pieces may be read as any number of blocks, as long as they are alone there.
    if middle.iter().all(|(_, piece)| piece.is_none())
        && (middle.len() == 1 || found.chunks.len() == wanted.len())
    {
        return None;
    }
    let first = middle.first().map_or(groups.len().saturating_sub(1), |(at, _)| *at);
    let last = middle.last().map_or(first, |(at, _)| *at);
    Some(first..last + 1)
}

/// Makes one conflict of a run of groups.
fn collide(documents: &[Document; 3], groups: &mut Vec<Group>, run: Range<usize>) {
    let mut runs = [0, 1, 2].map(|which| {
        let ranges = groups[run.clone()].iter().map(|group| &group.runs[which]);
        let ranges: Vec<_> = ranges.filter(|range| !range.is_empty()).collect();
        let start = ranges.iter().map(|range| range.start).min();
        let end = ranges.iter().map(|range| range.end).max();
        start.zip(end).map_or(0..0, |(start, end)| start..end)
    });
    if run == (0..groups.len()) {
        runs = [0, 1, 2].map(|which| 0..documents[which].chunks.len());
    }
    groups.splice(run, [Group { from: None, pieces: vec![], runs }]);
}
