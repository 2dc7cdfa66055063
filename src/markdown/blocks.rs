//! Takes a text apart into blocks of its Markdown source.
//!
//! A block is what comments, amendments and comparisons hang on: a paragraph, heading, list
//! item, table, quote or code. `anchor::plain_blocks` and [`block_of_piece`] tell how blocks and
//! what the renderer shows go together.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::events::{self, Top};
use super::writer::{self, Part};
use super::{escape, normalise};

/// A paragraph, heading, list item, table … as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The number of an ordered list item, apart because inserting an item renumbers the rest.
    pub number: String,
    pub text: String,
    pub kind: BlockKind,
    /// Bytes in the normalised text, the number included.
    pub range: Range<usize>,
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
/// nowhere, such as a link's definition, is a block too.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let source = normalise(text);
    let mut blocks = Vec::new();
    let mut add = |range: Range<usize>, kind| {
        blocks.extend(source.get(range.clone()).and_then(|text| block(text, range.start, kind)));
    };
    let Ok(found) = events::top_blocks(&source) else {
        let mut at = 0;
        for part in source.split("\n\n") {
            add(at..at + part.len(), BlockKind::Other);
            at += part.len() + 2;
        }
        return blocks;
    };
    let mut seen = 0;
    for (range, top) in found {
        if range.start > seen {
            add(seen..range.start, BlockKind::Other);
        }
        add(range.start.max(seen)..range.end, kind(top));
        seen = seen.max(range.end);
    }
    add(seen..source.len(), BlockKind::Other);
    blocks
}

fn kind(top: Top) -> BlockKind {
    match top {
        Top::Item => BlockKind::ListItem,
        Top::Heading(_) => BlockKind::Heading,
        Top::Paragraph => BlockKind::Paragraph,
        Top::Quote => BlockKind::Quote,
        Top::Table => BlockKind::Table,
        Top::Code => BlockKind::Code,
        Top::Other => BlockKind::Other,
    }
}

fn block(source: &str, from: usize, kind: BlockKind) -> Option<Block> {
    let text = source.trim_start_matches('\n').trim_end();
    if text.trim().is_empty() {
        return None;
    }
    let start = from + source.len() - source.trim_start_matches('\n').len();
    let range = start..start + text.len();
    let lead = text.trim_start();
    let digits = lead.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &lead[digits..];
    if (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        let mark = text.len() - lead.len() + digits + 2;
        let (number, text) = text.split_at(mark);
        return Some(Block { number: number.to_owned(), text: text.to_owned(), kind, range });
    }
    Some(Block { number: String::new(), text: text.to_owned(), kind, range })
}

/// What the page shows of a text: for each commentable piece its plain text and its block.
pub(super) fn shown(text: &str, blocks: &[Block]) -> Vec<(usize, String)> {
    let source = escape::prepare(normalise(text));
    let Ok(draft) = writer::write(&source, "", writer::Mode::Section) else { return Vec::new() };
    let piece = |part| match part {
        Part::Block { text, at, .. } => {
            Some((blocks.partition_point(|block| block.range.end <= at), text))
        }
        Part::Frame(_) => None,
    };
    draft.parts.into_iter().filter_map(piece).collect()
}

/// For each commentable piece that [`super::render`] makes of a text, its block's index.
#[must_use]
pub fn block_of_piece(text: &str) -> Vec<usize> {
    shown(text, &blocks(text)).into_iter().map(|(at, _)| at).collect()
}
