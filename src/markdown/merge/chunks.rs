//! A text as the pieces that are merged: blocks, list items at every level, link definitions.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::markdown::events;

/// A piece of the source, from the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// The blank between the piece before and this one.
    pub before: &'a str,
    /// The number of an ordered list item with its indentation: inserting an item renumbers
    /// the rest, which is no change of theirs.
    pub mark: &'a str,
    pub text: &'a str,
    pub kind: Kind,
}

impl Chunk<'_> {
    /// Columns before its first sign.
    pub fn indent(&self) -> usize {
        let start = if self.mark.is_empty() { self.text } else { self.mark };
        start.len() - start.trim_start_matches([' ', '\t']).len()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    Heading,
    Item,
    Table,
    /// A row of a table.
    Row,
    Code,
    Quote,
    Other,
}

/// All of a text: its pieces, and the blank after the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document<'a> {
    pub chunks: Vec<Chunk<'a>>,
    pub tail: &'a str,
}

const BLANK: [char; 3] = [' ', '\t', '\n'];

impl<'a> Document<'a> {
    /// Reads a normalised text.
    pub fn read(source: &'a str) -> Self {
        let mut starts = starts(source).unwrap_or_else(|| paragraphs(source));
        starts.sort_by_key(|(at, _)| *at);
        starts.dedup_by_key(|(at, _)| *at);
        Self::cut(source, &starts)
    }

    /// The rows of a table.
    pub fn rows(source: &'a str) -> Self {
        let mut starts = vec![(0, Kind::Row)];
        starts.extend(source.match_indices('\n').map(|(at, _)| (at + 1, Kind::Row)));
        Self::cut(source, &starts)
    }

    fn cut(source: &'a str, starts: &[(usize, Kind)]) -> Self {
        let mut document = Self { chunks: Vec::with_capacity(starts.len()), tail: source };
        let mut seen = 0;
        for (at, (start, kind)) in starts.iter().enumerate() {
            let end = starts.get(at + 1).map_or(source.len(), |(next, _)| *next);
            let piece = source[*start..end].trim_end_matches(BLANK);
            if piece.is_empty() {
                continue;
            }
            let mark = if *kind == Kind::Item { &piece[..number(piece)] } else { "" };
            let text = &piece[mark.len()..];
            let before = &source[seen..*start];
            document.chunks.push(Chunk { before, mark, text, kind: *kind });
            seen = start + piece.len();
        }
        document.tail = &source[seen..];
        document
    }

    /// For each piece the nearest one above it that stands less far in.
    pub fn above(&self) -> Vec<Option<usize>> {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut above = Vec::with_capacity(self.chunks.len());
        for (at, chunk) in self.chunks.iter().enumerate() {
            let depth = chunk.indent();
            while open.pop_if(|(_, other)| *other >= depth).is_some() {}
            above.push(open.last().map(|own| own.0));
            open.push((at, depth));
        }
        above
    }

    /// The source of a run of pieces, without the blank around it.
    pub fn source(&self, run: Range<usize>) -> String {
        let mut out = String::new();
        for (at, chunk) in self.chunks[run].iter().enumerate() {
            if at > 0 {
                out.push_str(chunk.before);
            }
            out.push_str(chunk.mark);
            out.push_str(chunk.text);
        }
        out
    }
}

/// The length of a list item's number with its indentation and the space after it.
fn number(piece: &str) -> usize {
    let start = piece.trim_start_matches([' ', '\t']);
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &start[digits..];
    if (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return piece.len() - start.len() + digits + 2;
    }
    0
}

/// Where pieces start, in any order and perhaps twice; `None` for a text too deep to parse.
fn starts(source: &str) -> Option<Vec<(usize, Kind)>> {
    let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at + 1).collect();
    let line =
        |at: usize| ends.partition_point(|end| *end <= at).checked_sub(1).map_or(0, |n| ends[n]);
    let mut found = Vec::new();
    // What is open, and whether pieces start inside it: in lists and their items.
    let mut open: Vec<bool> = Vec::new();
    let mut closed = 0_usize;
    let mut seen = 0;
    let take = |event: Event, range: Range<usize>| {
        let outside = closed == 0;
        if open.is_empty() && !matches!(event, Event::End(_)) {
            if range.start > seen {
                unseen(source, seen..line(range.start), &mut found);
            }
            seen = seen.max(range.end);
        }
        match event {
            Event::Start(tag) => {
                let kind = kind(&tag);
                if outside && let Some(kind) = kind {
                    found.push((line(range.start), kind));
                }
                let clear = matches!(tag, Tag::List(_) | Tag::Item);
                closed += usize::from(!clear);
                open.push(clear);
            }
            Event::End(_) => closed -= usize::from(open.pop() == Some(false)),
            Event::Rule if outside => found.push((line(range.start), Kind::Other)),
            _ => {}
        }
    };
    events::each(source, take).ok()?;
    unseen(source, seen..source.len(), &mut found);
    Some(found)
}

fn kind(tag: &Tag) -> Option<Kind> {
    Some(match tag {
        Tag::Item => Kind::Item,
        Tag::Paragraph => Kind::Paragraph,
        Tag::Heading { .. } => Kind::Heading,
        Tag::Table(_) => Kind::Table,
        Tag::CodeBlock(_) => Kind::Code,
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::FootnoteDefinition(_) | Tag::HtmlBlock => Kind::Other,
        _ => return None,
    })
}

/// What Markdown shows nowhere, such as the definitions of links, is merged too.
fn unseen(source: &str, range: Range<usize>, found: &mut Vec<(usize, Kind)>) {
    let mut at = range.start;
    let mut blank = true;
    for line in source.get(range).unwrap_or_default().split_inclusive('\n') {
        let empty = line.trim().is_empty();
        // The rest of a line that a block ends in starts nothing.
        let whole = at == 0 || source[..at].ends_with('\n');
        if !empty && whole && (blank || line.starts_with('[')) {
            found.push((at, Kind::Other));
        }
        blank = empty;
        at += line.len();
    }
}

fn paragraphs(source: &str) -> Vec<(usize, Kind)> {
    let mut found = Vec::new();
    unseen(source, 0..source.len(), &mut found);
    found
}
