//! Takes a text apart into blocks of its Markdown source.
//!
//! A block is what comments, amendments and comparisons hang on: a paragraph, heading, list
//! item, table, quote or code. `anchor::plain_blocks` and [`block_of_piece`] tell how blocks and
//! what the renderer shows go together.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::events;
use super::layout::{self, Laid};
use super::writer::{self, Part};
use super::{escape, normalise};

/// A paragraph, heading, list item, table … as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The number of an ordered list item, apart because inserting an item renumbers the rest.
    pub number: String,
    /// The block without its margin. An item's starts with its mark, unless that is a number:
    /// then it is what stands behind the number.
    pub text: String,
    pub kind: BlockKind,
    /// Bytes in the normalised text, the number included, the margin of the first line not.
    pub range: Range<usize>,
    /// How many columns to the right its lines start, as a block in a list item does.
    pub margin: usize,
    /// How many list items it stands in.
    pub depth: usize,
}

/// What a block is to its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    Heading,
    ListItem,
    Table,
    Quote,
    Code,
    /// A rule, a footnote, raw HTML, or what Markdown shows nowhere, such as a link's definition.
    Other,
}

/// The blocks of a text. Nothing but blank lines falls between them: what Markdown shows
/// nowhere, such as a link's definition, is a block too. An item's block is what it says itself;
/// the items of a list within it are blocks of their own.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let source = normalise(text);
    laid(&source).into_iter().map(|laid| block(&source, laid)).collect()
}

/// Where the blocks of a normalised text are. One nested too deep is parted at blank lines.
pub(super) fn laid(source: &str) -> Vec<Laid> {
    layout::lay(source).unwrap_or_else(|_| {
        let mut at = 0;
        let part = |part: &str| {
            let start = at + part.len() - part.trim_start().len();
            at += part.len() + 2;
            let range = start..start + part.trim().len();
            Laid { kind: BlockKind::Other, range, margin: 0, depth: 0, list: None }
        };
        let parts = source.split("\n\n").map(part);
        parts.filter(|laid| !laid.range.is_empty()).collect()
    })
}

/// The block that is laid there.
pub(super) fn block(source: &str, laid: Laid) -> Block {
    let Laid { kind, range, margin, depth, .. } = laid;
    let text = source.get(range.clone()).unwrap_or_default();
    let digits = if kind == BlockKind::ListItem {
        text.bytes().take_while(u8::is_ascii_digit).count()
    } else {
        0
    };
    let mark = if digits > 0 { layout::mark(text).min(text.len()) } else { 0 };
    let (number, text) = text.split_at_checked(mark).unwrap_or(("", text));
    Block {
        number: number.to_owned(),
        text: dedent(text, margin + mark),
        kind,
        range,
        margin,
        depth,
    }
}

/// The text with so many columns of blanks taken from each line but the first.
pub(super) fn dedent(text: &str, margin: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = String::with_capacity(text.len());
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        out.push('\n');
        let (mut column, mut rest) = (0, line);
        while column < margin {
            if let Some(after) = rest.strip_prefix(' ') {
                (column, rest) = (column + 1, after);
            } else if let Some(after) = rest.strip_prefix('\t') {
                (column, rest) = (column / 4 * 4 + 4, after);
            } else {
                break;
            }
        }
        out.extend(std::iter::repeat_n(' ', column.saturating_sub(margin)));
        out.push_str(rest);
    }
    out
}

/// How many blocks a text has, and what the page shows of them: for each commentable piece its
/// block and its plain text.
pub(super) fn shown(text: &str) -> (usize, Vec<(usize, String)>) {
    let source = escape::prepare(normalise(text));
    let Ok(events) = events::parse(&source) else { return (laid(&source).len(), Vec::new()) };
    let laid = layout::lay_events(&source, &events);
    let Ok(draft) = writer::write_plain(&source, events) else { return (laid.len(), Vec::new()) };
    let piece = |part| match part {
        Part::Block { text, at, .. } => {
            Some((laid.partition_point(|laid| laid.range.end <= at), text))
        }
        Part::Frame(_) => None,
    };
    (laid.len(), draft.parts.into_iter().filter_map(piece).collect())
}

/// For each commentable piece that [`super::render`] makes of a text, its block's index.
#[must_use]
pub fn block_of_piece(text: &str) -> Vec<usize> {
    shown(text).1.into_iter().map(|(at, _)| at).collect()
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
