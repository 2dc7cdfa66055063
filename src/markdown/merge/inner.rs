//! Merges the words of one block, the rows of a table, the lines of code.

use std::ops::Range;

use super::chunks::{Document, Kind};
use super::units::{self, Sort, Unit};
use super::{assemble, sweep};
use crate::markdown::words::{self, Names, Stretch};

/// Merges a block that both sides changed; `None` where they collide.
pub fn block(kind: Kind, base: &str, ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs || theirs == base {
        return Some(ours.to_owned());
    }
    if ours == base {
        return Some(theirs.to_owned());
    }
    match kind {
        Kind::Table => table(base, ours, theirs),
        Kind::Code => lines(base, ours, theirs),
        Kind::Row => row(base, ours, theirs),
        _ => prose(base, ours, theirs),
    }
}

/// A block of more words and signs is not taken apart: 50,000 words with what stands between them
/// are 110,000, and no paragraph has so many.
const MOST_UNITS: usize = 130_000;

/// Of a block of more words and signs at least an eighth must be left by ours, or it is taken as
/// written anew: to follow what the other side did in it would take long and end in a conflict.
const MOST_REWRITTEN: usize = 10_000;

/// Merges words. Changes in one sentence need an untouched word between them.
pub fn prose(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let texts = [base, ours, theirs].map(units::split);
    if texts.iter().any(|units| units.len() > MOST_UNITS) {
        return None;
    }
    weave(&texts, |run| run.iter().any(|unit| unit.kind != Sort::Sign), true)
}

/// Merges lines that are kept to the letter.
fn lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let texts = [base, ours, theirs].map(|text| {
        let lines = text.split_inclusive('\n');
        lines.map(|text| Unit { before: "", text, kind: Sort::Word }).collect::<Vec<_>>()
    });
    weave(&texts, |run| !run.is_empty(), false)
}

fn row(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let merged = prose(base, ours, theirs)?;
    let cells = cells(ours) + cells(theirs);
    (self::cells(&merged) + self::cells(base) == cells).then_some(merged)
}

fn table(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let rows = [base, ours, theirs].map(Document::rows);
    let groups = sweep::sweep(&rows[0], &rows[1], &rows[2]);
    if groups.iter().any(sweep::Group::is_conflict) {
        return None;
    }
    let merged = assemble::text(&rows, &groups);
    let even = |text: &str| {
        let mut counts = text.lines().map(cells);
        let first = counts.next();
        counts.all(|count| Some(count) == first)
    };
    let was_even = even(base) && even(ours) && even(theirs);
    let rule = |text: &str| text.lines().nth(1).map(|line| line.replace(['-', ' '], ""));
    let ruled = rule(&merged)
        .is_some_and(|rule| rule.trim_matches(['|', ':']).chars().all(|c| "|:".contains(c)));
    ((!was_even || even(&merged)) && ruled).then(|| merged.trim_end().to_owned())
}

fn cells(row: &str) -> usize {
    let inner = row.trim().trim_start_matches('|').replace("\\|", "");
    inner.trim_end_matches('|').matches('|').count()
}

/// A changed run of the base and what a side has in its place.
#[derive(Debug, Clone)]
struct Change {
    base: Range<usize>,
    side: Range<usize>,
}

/// A side: its units, its changes, and for each unit of the base the one it became.
struct Strand<'a> {
    units: &'a [Unit<'a>],
    changes: Vec<Change>,
    kept: Vec<Option<usize>>,
}

impl<'a> Strand<'a> {
    fn new(base: &[Unit], units: &'a [Unit<'a>], tidy: bool) -> Self {
        let mut names = Names::default();
        let name = |unit: &Unit<'a>| if unit.kind == Sort::Break { "\n\n" } else { unit.text };
        let old: Vec<u32> = base
            .iter()
            .map(|unit| if unit.kind == Sort::Break { "\n\n" } else { unit.text })
            .map(|text| names.of(text))
            .collect();
        let new: Vec<u32> = units.iter().map(|unit| names.of(name(unit))).collect();
        let mut stretches = words::align(&old, &new);
        if tidy {
            stretches = tidied(stretches, base);
        }
        let mut kept = vec![None; base.len()];
        let mut changes = Vec::new();
        for stretch in stretches {
            if stretch.same {
                for (at, to) in stretch.old.zip(stretch.new) {
                    kept[at] = Some(to);
                }
            } else {
                changes.push(Change { base: stretch.old, side: stretch.new });
            }
        }
        Self { units, changes, kept }
    }

    /// The side's range for a run of the base whose ends are ends of its changes or kept units.
    fn range(&self, base: &Range<usize>) -> Range<usize> {
        let mut range: Option<Range<usize>> = None;
        let mut take = |part: Range<usize>| {
            let whole = range.get_or_insert(part.clone());
            *whole = whole.start.min(part.start)..whole.end.max(part.end);
        };
        let from = self.changes.partition_point(|change| change.base.end < base.start);
        for change in &self.changes[from..] {
            if change.base.start > base.end {
                break;
            }
            if change.base.start >= base.start && change.base.end <= base.end {
                take(change.side.clone());
            }
        }
        self.kept[base.clone()].iter().flatten().for_each(|to| take(*to..*to + 1));
        range.unwrap_or(0..0)
    }
}

/// A lone sign or short word that happens to be the same in two rewritten runs is no ground
/// to stand on: the runs are one.
fn tidied(stretches: Vec<Stretch>, base: &[Unit]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let last = stretches.len().saturating_sub(1);
    for (at, mut stretch) in stretches.iter().cloned().enumerate() {
        if stretch.same && at > 0 && at < last {
            let run = &base[stretch.old.clone()];
            let words = run.iter().filter(|unit| unit.kind == Sort::Word);
            let letters: usize = words.map(|unit| unit.text.chars().count()).sum();
            let sides = [&stretches[at - 1], &stretches[at + 1]];
            let rewritten = sides.iter().all(|it| it.old.len() + it.new.len() >= 3);
            let both = sides.iter().all(|it| !it.old.is_empty() && !it.new.is_empty());
            let breaks = run.iter().any(|unit| unit.kind == Sort::Break);
            if letters <= 3 && rewritten && both && !breaks {
                stretch.same = false;
            }
        }
        words::push(&mut out, stretch);
    }
    out
}

/// Weaves two sides together; `parts` says whether an untouched run keeps two changes apart.
fn weave(texts: &[Vec<Unit>; 3], parts: impl Fn(&[Unit]) -> bool, tidy: bool) -> Option<String> {
    let base = &texts[0];
    let ours = Strand::new(base, &texts[1], tidy);
    if base.len() > MOST_REWRITTEN && 8 * ours.kept.iter().flatten().count() < base.len() {
        return None;
    }
    let theirs = Strand::new(base, &texts[2], tidy);
    let mut out = Woven::default();
    let (mut o, mut t, mut at) = (0, 0, 0);
    loop {
        let next = [ours.changes.get(o), theirs.changes.get(t)];
        let Some(start) = next.iter().flatten().map(|change| change.base.start).min() else {
            break;
        };
        out.keep(base, &ours, &theirs, at..start)?;
        // Takes in every change of either side that touches what is taken already.
        let mut run = start..start;
        let (first_o, first_t) = (o, t);
        loop {
            let touches = |change: &&Change, taken: bool| {
                let gap = run.end.min(change.base.start)..change.base.start;
                change.base.start <= run.end || (taken && !parts(&base[gap]))
            };
            // Two changes of the same side that lie close are only taken together when the
            // other side is in the run as well.
            let (has_o, has_t) = (o > first_o, t > first_t);
            if let Some(change) = ours.changes.get(o).filter(|it| touches(it, has_t)) {
                run.end = run.end.max(change.base.end);
                o += 1;
            } else if let Some(change) = theirs.changes.get(t).filter(|it| touches(it, has_o)) {
                run.end = run.end.max(change.base.end);
                t += 1;
            } else {
                break;
            }
        }
        let texts = [&ours, &theirs].map(|side| &side.units[side.range(&run)]);
        match (o > first_o, t > first_t) {
            (true, false) => out.take(texts[0]),
            (false, true) => out.take(texts[1]),
            _ if same(texts[0], texts[1]) => out.take(texts[0]),
            _ => return None,
        }
        at = run.end;
    }
    out.keep(base, &ours, &theirs, at..base.len())?;
    Some(out.0)
}

fn same(ours: &[Unit], theirs: &[Unit]) -> bool {
    ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(left, right)| left.text == right.text)
}

#[derive(Default)]
struct Woven(String);

impl Woven {
    fn take(&mut self, units: &[Unit]) {
        for unit in units {
            self.0.push_str(unit.before);
            self.0.push_str(unit.text);
        }
    }

    /// What both kept, with the blanks that either changed.
    fn keep(
        &mut self,
        base: &[Unit],
        ours: &Strand,
        theirs: &Strand,
        run: Range<usize>,
    ) -> Option<()> {
        for at in run {
            let (Some(o), Some(t)) = (ours.kept[at], theirs.kept[at]) else { return None };
            let (o, t) = (&ours.units[o], &theirs.units[t]);
            self.0.push_str(blank(base[at].before, o.before, t.before)?);
            self.0.push_str(if o.text == base[at].text { t.text } else { o.text });
        }
        Some(())
    }
}

/// The blank before a word. A line broken elsewhere is no change of meaning, a hard line break
/// and words written together are.
fn blank<'a>(base: &str, ours: &'a str, theirs: &'a str) -> Option<&'a str> {
    if theirs == base || ours == theirs {
        return Some(ours);
    }
    if ours == base {
        return Some(theirs);
    }
    let sort = |blank: &str| (blank.is_empty(), blank.contains("  \n"));
    if sort(ours) == sort(theirs) || sort(theirs) == sort(base) {
        return Some(ours);
    }
    (sort(ours) == sort(base)).then_some(theirs)
}
