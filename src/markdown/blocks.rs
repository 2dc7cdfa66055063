//! Takes a text apart into blocks of its Markdown source.

use super::{events, normalise};

/// A paragraph, heading, list item, table … as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The number of an ordered list item, apart because inserting an item renumbers the rest.
    pub number: String,
    pub text: String,
}

/// The blocks of a text. Nothing but blank lines falls between them: what Markdown shows
/// nowhere, such as a link's definition, is a block too.
pub fn split(text: &str) -> Vec<Block> {
    let source = normalise(text);
    let Ok(found) = events::top_blocks(&source) else {
        return source.split("\n\n").filter_map(block).collect();
    };
    let mut blocks = Vec::with_capacity(found.len());
    let mut seen = 0;
    for (range, _) in found {
        if range.start > seen {
            blocks.extend(source.get(seen..range.start).and_then(block));
        }
        blocks.extend(source.get(range.start.max(seen)..range.end).and_then(block));
        seen = seen.max(range.end);
    }
    blocks.extend(source.get(seen..).and_then(block));
    blocks
}

fn block(source: &str) -> Option<Block> {
    let text = source.trim_start_matches('\n').trim_end();
    if text.trim().is_empty() {
        return None;
    }
    let start = text.trim_start();
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &start[digits..];
    if (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        let mark = text.len() - start.len() + digits + 2;
        return Some(Block { number: text[..mark].to_owned(), text: text[mark..].to_owned() });
    }
    Some(Block { number: String::new(), text: text.to_owned() })
}
