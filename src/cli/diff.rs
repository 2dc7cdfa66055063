//! `primum diff`: what changed between two texts, block by block and word by word.

use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use super::{Format, Refused, print, transfer};
use crate::markdown::compare::{self, Comparison, Row, RowKind, Span, SpanKind};

/// Prints a comparison of two files.
pub fn diff(old: &Path, new: &Path, format: Format) -> Result<(), Refused> {
    let comparison = compare::compare(&transfer::read(old)?, &transfer::read(new)?);
    print(&match format {
        Format::Text => text(&comparison),
        Format::Json => serde_json::to_string_pretty(&Report::of(&comparison))? + "\n",
    })
}

/// The comparison for programs: every block of both texts is in one of its blocks.
#[derive(Serialize)]
struct Report<'a> {
    blocks: Vec<Block<'a>>,
    inserted_words: usize,
    deleted_words: usize,
}

#[derive(Serialize)]
struct Block<'a> {
    fate: &'static str,
    /// Which blocks of the old text it is, counted from 1; none for a new one.
    old: Vec<usize>,
    new: Vec<usize>,
    words: &'a [Span],
}

impl<'a> Report<'a> {
    fn of(comparison: &'a Comparison) -> Self {
        let block = |row: &'a Row| Block {
            fate: fate(row.kind),
            old: numbers(&row.from),
            new: numbers(&row.to),
            words: &row.inline,
        };
        Self {
            blocks: comparison.rows.iter().map(block).collect(),
            inserted_words: comparison.inserted_words,
            deleted_words: comparison.deleted_words,
        }
    }
}

fn numbers(blocks: &Range<usize>) -> Vec<usize> {
    blocks.clone().map(|at| at + 1).collect()
}

fn fate(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Same => "unchanged",
        RowKind::Moved => "moved",
        RowKind::Changed => "changed",
        RowKind::Split => "split",
        RowKind::Merged => "merged",
        RowKind::New => "new",
        RowKind::Gone => "gone",
    }
}

/// The comparison for people: each block that changed, with `[-gone-]` and `{+come+}` words.
fn text(comparison: &Comparison) -> String {
    let mut out = String::new();
    for row in comparison.rows.iter().filter(|row| row.kind != RowKind::Same) {
        let places = match (place(&row.from), place(&row.to)) {
            (from, to) if from == to => from,
            (from, to) if from.is_empty() || to.is_empty() => from + &to,
            (from, to) => format!("{from} → {to}"),
        };
        out.push_str(&format!("{places} {}\n", fate(row.kind)));
        let words: String = row.inline.iter().map(word).collect();
        for line in words.lines() {
            out.push_str(if line.is_empty() { "" } else { "    " });
            out.push_str(line);
            out.push('\n');
        }
        out.push('\n');
    }
    let (come, gone) = (comparison.inserted_words, comparison.deleted_words);
    out.push_str(&format!(
        "{} changed, {come} {} inserted, {gone} deleted\n",
        counted(comparison.changed, "block"),
        if come == 1 { "word" } else { "words" },
    ));
    out
}

fn counted(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}

/// `¶3` or `¶3–5`, as the pages number blocks.
fn place(blocks: &Range<usize>) -> String {
    match blocks.len() {
        0 => String::new(),
        1 => format!("¶{}", blocks.end),
        _ => format!("¶{}–{}", blocks.start + 1, blocks.end),
    }
}

fn word(span: &Span) -> String {
    match span.kind {
        SpanKind::Same => span.text.clone(),
        SpanKind::Inserted => format!("{{+{}+}}", span.text),
        SpanKind::Deleted => format!("[-{}-]", span.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "# Care\n\nStates should act now.\n\n# Paper\n\nHospitals should keep \
        backups. They should test them twice a year.\n\n# Rest\n\nThe last of all.\n\n\
        Gone for good, this one here.\n";
    const NEW: &str = "The last of all.\n\n# Care\n\nStates must act now.\n\n# Paper\n\n\
        Hospitals should keep backups.\n\nThey should test them twice a year.\n\n# Rest\n\n\
        Brand new words in it.\n";

    #[test]
    fn people_see_what_changed_and_where() {
        let shown = text(&compare::compare(OLD, NEW));
        for line in [
            "¶2 → ¶3 changed\n    States [-should-]{+must+} act now.\n",
            "¶6 → ¶1 moved\n    The last of all.\n",
            "¶4 → ¶5–6 split\n",
            "¶7 gone\n    [-Gone for good, this one here.-]\n",
            "¶8 new\n    {+Brand new words in it.+}\n",
        ] {
            assert!(shown.contains(line), "{line}\n{shown}");
        }
        assert!(!shown.contains("# Care"), "{shown}");
        let last = text(&compare::compare("a b\n", "a c\n"));
        assert!(last.ends_with("1 block changed, 1 word inserted, 1 deleted\n"), "{last}");
    }

    #[test]
    fn programs_find_every_block_of_both_texts_once() {
        let comparison = compare::compare(OLD, NEW);
        let report = Report::of(&comparison);
        let places = |of: fn(&Block) -> Vec<usize>| {
            let mut places: Vec<usize> = report.blocks.iter().flat_map(of).collect();
            places.sort_unstable();
            places
        };
        assert_eq!(places(|block| block.old.clone()), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(places(|block| block.new.clone()), [1, 2, 3, 4, 5, 6, 7, 8]);
        let json = serde_json::to_value(&report).unwrap();
        let fates: Vec<_> =
            report.blocks.iter().map(|block| (block.fate, block.new.clone())).collect();
        assert!(fates.contains(&("unchanged", vec![2])), "{fates:?}");
        assert!(fates.contains(&("split", vec![5, 6])), "{fates:?}");
        assert_eq!(json["inserted_words"], comparison.inserted_words);
        assert_eq!(json["blocks"][1]["words"][0]["text"], "# Care");
    }
}
