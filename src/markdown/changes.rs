//! What somebody changed of a text, block by block, as amendments carry it.

use std::cmp::Reverse;
use std::ops::Range;

use super::blocks::{self, Block, BlockKind};
use super::compare::{RowKind, compare};
use super::{insert_after, normalise, replace, source_of};

/// What becomes of one block, or of the place behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Replace(String),
    Delete,
    InsertAfter(String),
}

/// One change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Index of the block; `None` before the first one.
    pub at: Option<usize>,
    pub edit: Edit,
}

/// The changes that make `after` of `before`. They are tried out: when no changes of single
/// blocks come to exactly `after`, there are `None`.
#[must_use]
pub fn changes(before: &str, after: &str) -> Option<Vec<Change>> {
    let (before, after) = (normalise(before), normalise(after));
    let wanted = shape(&after);
    [true, false].into_iter().find_map(|in_place| {
        let found = Walk::new(&after, in_place).walk(&before);
        (shape(&carried_out(&before, &found)) == wanted).then_some(found)
    })
}

/// What has to come out: every block's words, in order, numbers of items apart.
fn shape(text: &str) -> Vec<(BlockKind, usize, String)> {
    let own = |block: Block| (block.kind, block.depth, block.text);
    blocks::blocks(text).into_iter().map(own).collect()
}

/// The text with all changes made, the last one first so that the others keep their places.
fn carried_out(before: &str, all: &[Change]) -> String {
    let mut order: Vec<(usize, &Change)> = all.iter().enumerate().collect();
    order.sort_by_key(|(n, own)| {
        let inserts = matches!(own.edit, Edit::InsertAfter(_));
        (Reverse(own.at.map_or(0, |at| at + 1)), !inserts, Reverse(*n))
    });
    let make = |text: String, (_, own): (usize, &Change)| match (&own.edit, own.at) {
        (Edit::InsertAfter(new), at) => insert_after(&text, at, new),
        (Edit::Replace(with), Some(at)) => replace(&text, at, Some(with)),
        (Edit::Delete, Some(at)) => replace(&text, at, None),
        (_, None) => text,
    };
    order.into_iter().fold(before.to_owned(), make)
}

struct Walk<'a> {
    after: &'a str,
    laid: Vec<super::layout::Laid>,
    /// Whether what is new where something is gone takes its place.
    in_place: bool,
    found: Vec<Change>,
    /// The old block that what comes next stands behind.
    last: Option<usize>,
    gone: Vec<usize>,
    new: Option<Range<usize>>,
}

impl<'a> Walk<'a> {
    fn new(after: &'a str, in_place: bool) -> Self {
        let laid = blocks::laid(after);
        Self { after, laid, in_place, found: Vec::new(), last: None, gone: Vec::new(), new: None }
    }

    fn walk(mut self, before: &str) -> Vec<Change> {
        for row in compare(before, self.after).rows {
            match row.kind {
                RowKind::Gone => {
                    if self.new.is_some() {
                        self.settle();
                    }
                    self.gone.extend(row.from);
                }
                RowKind::New => {
                    let start = self.new.take().map_or(row.to.start, |new| new.start);
                    self.new = Some(start..row.to.end);
                }
                RowKind::Moved => {
                    self.settle();
                    let new = self.typed(row.to);
                    self.push(self.last, Edit::InsertAfter(new));
                    for at in row.from {
                        self.push(Some(at), Edit::Delete);
                    }
                }
                RowKind::Same => {
                    self.settle();
                    self.last = row.from.last();
                }
                RowKind::Changed | RowKind::Split | RowKind::Merged => {
                    self.settle();
                    let mut from = row.from.clone();
                    self.replace(from.next(), row.to);
                    for at in from {
                        self.push(Some(at), Edit::Delete);
                    }
                    self.last = row.from.last();
                }
            }
        }
        self.settle();
        self.found
    }

    /// Between two blocks that stay: what is gone there, and what is new.
    fn settle(&mut self) {
        let mut gone = std::mem::take(&mut self.gone).into_iter();
        if let Some(new) = self.new.take() {
            match gone.next().filter(|_| self.in_place) {
                Some(at) => self.replace(Some(at), new),
                None => {
                    let new = self.typed(new);
                    self.push(self.last, Edit::InsertAfter(new));
                }
            }
        }
        for at in gone {
            self.push(Some(at), Edit::Delete);
        }
    }

    fn replace(&mut self, at: Option<usize>, with: Range<usize>) {
        let one = (with.len() == 1).then(|| source_of(self.after, with.start)).flatten();
        let with = one.unwrap_or_else(|| self.typed(with));
        self.push(at, Edit::Replace(with));
    }

    fn push(&mut self, at: Option<usize>, edit: Edit) {
        self.found.push(Change { at, edit });
    }

    /// Blocks of the new text as they were typed, marks of items included.
    fn typed(&self, of: Range<usize>) -> String {
        let own = self.laid.get(of).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return String::new() };
        let raw = self.after.get(first.range.start..last.range.end).unwrap_or_default();
        blocks::dedent(raw, first.margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &str, after: &str) -> Vec<(Option<usize>, Edit)> {
        let found = changes(before, after).unwrap_or_else(|| panic!("{before:?} to {after:?}"));
        found.into_iter().map(|own| (own.at, own.edit)).collect()
    }

    #[test]
    fn each_changed_block_is_one_change() {
        use Edit::{Delete, InsertAfter, Replace};
        let text = "Hospitals keep offline backups.\n\nThey practise once a year.\n\n\
            They tell the others what happened.\n";
        assert_eq!(of(text, text), []);
        let two = text.replace("offline", "tested").replace("the others", "everybody");
        assert_eq!(
            of(text, &two),
            [
                (Some(0), Replace("Hospitals keep tested backups.".into())),
                (Some(2), Replace("They tell everybody what happened.".into())),
            ]
        );
        let front = format!("Care comes first.\n\nAlways.\n\n{text}");
        let inserted = InsertAfter("Care comes first.\n\nAlways.".into());
        assert_eq!(of(text, &front), [(None, inserted)]);
        let without = text.replace("They practise once a year.\n\n", "");
        assert_eq!(of(text, &without), [(Some(1), Delete)]);
        let other = text.replace("They practise once a year.", "Nobody pays ransoms, ever again.");
        let replaced = Replace("Nobody pays ransoms, ever again.".into());
        assert_eq!(of(text, &other), [(Some(1), replaced)]);
        assert_eq!(of("", "New.\n"), [(None, InsertAfter("New.".into()))]);
        assert_eq!(of("Old.\n", ""), [(Some(0), Delete)]);
    }

    #[test]
    fn what_they_come_to_is_what_was_written() {
        let list = "Keep:\n\n- paper forms\n- spare radios\n  - charged\n- fuel\n\nAnd practise.\n";
        for after in [
            list.replace("- fuel", "- fuel for a week\n- water"),
            list.replace("- spare radios", "- two spare radios"),
            list.replace("  - charged\n", ""),
            list.replace("Keep:\n\n", "Keep ready, at all times and places:\n\n"),
            list.replace("And practise.", "And practise.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
            format!("And practise.\n\n{}", list.replace("\n\nAnd practise.", "")),
            list.replace("And practise.", "> Practise,\n> they said."),
        ] {
            let found = changes(list, &after).unwrap_or_else(|| panic!("{after}"));
            assert!(!found.is_empty(), "{after}");
            assert_eq!(shape(&carried_out(list, &found)), shape(&after));
        }
    }
}
