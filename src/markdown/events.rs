//! Parses Markdown into events, refusing what nests too deep before it can cost anything.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{RenderError, line_at};

/// Levels of quotes, list items, emphasis, links and brackets a text may nest.
pub const MAX_DEPTH: usize = 100;

/// Paragraphs, list items, table cells and the like that a text may have.
pub const MOST_BLOCKS: usize = 40_000;

/// Container marks at the start of one line beyond which the parser is not even started: its
/// cost grows with the square of them. Above `MAX_DEPTH`, because a line of code may well
/// start with many `>`; the exact count is taken from the events.
const MAX_LINE_MARKS: usize = 200;

pub type Spanned<'a> = (Event<'a>, Range<usize>);

pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// All events with their place in the source.
pub fn parse(source: &str) -> Result<Vec<Spanned<'_>>, RenderError> {
    let mut events = Vec::with_capacity(source.len() / 16);
    each(source, |event, range| events.push((event, range)))?;
    Ok(events)
}

/// The same one by one, without keeping them: they take many times the memory of the text.
pub fn each<'a>(
    source: &'a str,
    mut take: impl FnMut(Event<'a>, Range<usize>),
) -> Result<(), RenderError> {
    refuse_deep_lines(source)?;
    let (mut depth, mut blocks) = (0, 0);
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        blocks += usize::from(is_counted(&event));
        if blocks > MOST_BLOCKS {
            return Err(RenderError::TooMany { line: line_at(source, range.start) });
        }
        match &event {
            Event::Start(tag) if nests(tag.to_end()) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(RenderError::TooDeep { line: line_at(source, range.start) });
                }
            }
            Event::End(tag) if nests(*tag) => depth -= 1,
            _ => {}
        }
        take(event, range);
    }
    Ok(())
}

/// The ranges of the blocks of the text's top level, a list in its items, in order.
pub fn top_blocks(source: &str) -> Result<Vec<(Range<usize>, Top)>, RenderError> {
    refuse_deep_lines(source)?;
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut list = false;
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::List(_) if depth == 0 => list = true,
                    Tag::Item if depth == 1 && list => found.push((range, Top::Item)),
                    Tag::Heading { level, .. } if depth == 0 => {
                        found.push((range, Top::Heading(level as usize)));
                    }
                    _ if depth == 0 => found.push((range, Top::Other)),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => {
                depth -= 1;
                list &= depth > 0;
            }
            Event::Rule if depth == 0 => found.push((range, Top::Other)),
            _ => {}
        }
    }
    Ok(found)
}

/// What stands at the top level of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Top {
    Item,
    Heading(usize),
    Other,
}

/// Paragraphs, headings, tables and code hold no further levels and do not count.
fn nests(tag: TagEnd) -> bool {
    use TagEnd as T;
    matches!(tag, T::BlockQuote(_) | T::Item | T::FootnoteDefinition | T::Emphasis | T::Strong)
        || matches!(tag, T::Strikethrough | T::Link | T::Image)
}

/// What there may not be more than [`MOST_BLOCKS`] of.
fn is_counted(event: &Event) -> bool {
    let Event::Start(tag) = event else { return matches!(event, Event::Rule) };
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableRow | Tag::TableCell)
        || matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_))
}

/// Block tags, as opposed to those inside a paragraph.
pub fn is_block(tag: TagEnd) -> bool {
    use TagEnd as T;
    !matches!(tag, T::Emphasis | T::Strong | T::Strikethrough | T::Link | T::Image)
}

fn refuse_deep_lines(source: &str) -> Result<(), RenderError> {
    for (at, line) in source.split('\n').enumerate() {
        if container_marks(line.as_bytes()) > MAX_LINE_MARKS {
            return Err(RenderError::TooDeep { line: at + 1 });
        }
    }
    Ok(())
}

/// Counts the quote and list marks a line starts with, at least as many as the parser opens.
fn container_marks(line: &[u8]) -> usize {
    let mut marks = 0;
    let mut at = 0;
    while let Some(byte) = line.get(at) {
        let mark = match byte {
            b' ' | b'\t' => 0,
            b'>' | b'-' | b'+' | b'*' => 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                at += digits;
                if !matches!(line.get(at), Some(b'.' | b')')) {
                    break;
                }
                1
            }
            _ => break,
        };
        marks += mark;
        at += 1;
    }
    // A line of only rule characters is a rule, however long.
    let rest = line.iter().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let mut kinds = rest.clone();
    if let Some(first) = kinds.next()
        && matches!(first, b'-' | b'*')
        && kinds.all(|byte| byte == first)
    {
        return 0;
    }
    marks
}
