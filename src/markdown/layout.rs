//! Where the blocks of a text are: one answer for its source and for what is shown of it.
//!
//! Lists are taken apart item by item, nested ones too: an item's block is what it says itself,
//! up to its first nested list, and each item of that is a block again. What follows a nested
//! list within an item are blocks of their own. Quotes, tables, code and footnotes are whole.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::RenderError;
use super::blocks::BlockKind;
use super::events::{self, Spanned};

/// Walks over events and tells where a block starts and ends. The writer and [`lay`] both ask
/// it, so that they cannot disagree.
#[derive(Debug, Default)]
pub struct Walk {
    /// How many lists and items are open around the place, outside any whole block.
    around: usize,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    extent: Extent,
    /// Elements open within the block.
    depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// An item's own words, to its end or its first nested list.
    Item,
    /// From its start tag to its end tag.
    Whole,
    /// Words of a tight item behind its nested list, in no paragraph, to the next block.
    Loose,
}

/// What an event does to blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    /// The open block ends before this event.
    pub ends_before: bool,
    /// A block starts with it.
    pub starts: Option<BlockKind>,
    /// The block starts without an element of its own.
    pub loose: bool,
    /// The open block ends with this event.
    pub ends: bool,
}

impl Walk {
    /// Whether the place is in no block.
    pub fn between(&self) -> bool {
        self.open.is_none()
    }

    pub fn step(&mut self, event: &Event) -> Step {
        let mut step = Step::default();
        if let Some(open) = &mut self.open {
            let list = matches!(event, Event::Start(Tag::List(_)));
            let block = match event {
                Event::Start(tag) => events::is_block(tag.to_end()),
                Event::Rule => true,
                _ => false,
            };
            let out = open.depth == 0 && matches!(event, Event::End(_));
            let stops = open.depth == 0
                && match open.extent {
                    Extent::Item => list,
                    Extent::Loose => block || out,
                    Extent::Whole => false,
                };
            if !stops {
                match event {
                    Event::Start(_) => open.depth += 1,
                    Event::End(_) if out => {
                        step.ends = true;
                        self.around -= 1;
                    }
                    Event::End(_) => {
                        open.depth -= 1;
                        step.ends = open.depth == 0 && open.extent == Extent::Whole;
                    }
                    _ => {}
                }
                if step.ends {
                    self.open = None;
                }
                return step;
            }
            self.open = None;
            step.ends_before = true;
        }
        let (kind, extent) = match event {
            Event::Start(Tag::List(_)) => {
                self.around += 1;
                return step;
            }
            Event::End(_) => {
                self.around -= 1;
                return step;
            }
            Event::Rule => {
                (step.starts, step.ends) = (Some(BlockKind::Other), true);
                return step;
            }
            Event::Start(Tag::Item) => {
                self.around += 1;
                (BlockKind::ListItem, Extent::Item)
            }
            Event::Start(tag) if events::is_block(tag.to_end()) => (kind(tag), Extent::Whole),
            _ => (BlockKind::Paragraph, Extent::Loose),
        };
        (step.starts, step.loose) = (Some(kind), extent == Extent::Loose);
        let inside = match extent {
            Extent::Item => false,
            Extent::Whole => true,
            Extent::Loose => matches!(event, Event::Start(_)),
        };
        self.open = Some(Open { extent, depth: usize::from(inside) });
        step
    }
}

fn kind(tag: &Tag) -> BlockKind {
    match tag {
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::Heading { .. } => BlockKind::Heading,
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::Table(_) => BlockKind::Table,
        Tag::CodeBlock(_) => BlockKind::Code,
        _ => BlockKind::Other,
    }
}

/// A block's place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    pub kind: BlockKind,
    /// From its first sign, spaces before it left out, to its last.
    pub range: Range<usize>,
    /// The column its lines start at: an item's mark, or the text of the item it stands in.
    pub margin: usize,
    /// How many list items it stands in.
    pub depth: usize,
    /// For an item, the number of its list in the text.
    pub list: Option<usize>,
}

/// The blocks of a source, in order and apart. Only blank lines lie between them.
pub fn lay(source: &str) -> Result<Vec<Laid>, RenderError> {
    let mut layout = Layout::new(source);
    events::each(source, |event, range| layout.take(&event, &range))?;
    Ok(layout.end())
}

/// The same of what the parser made of it.
pub fn lay_events(source: &str, events: &[Spanned]) -> Vec<Laid> {
    let mut layout = Layout::new(source);
    for (event, range) in events {
        layout.take(event, range);
    }
    layout.end()
}

struct Layout<'a> {
    source: &'a str,
    sheet: Sheet<'a>,
    walk: Walk,
    /// The lists and the items' text columns around the place.
    lists: Vec<usize>,
    margins: Vec<usize>,
    count: usize,
    open: Option<Laid>,
}

impl<'a> Layout<'a> {
    fn new(source: &'a str) -> Self {
        let sheet = Sheet { source, laid: Vec::new(), seen: 0 };
        let (lists, margins) = (Vec::new(), Vec::new());
        Self { source, sheet, walk: Walk::default(), lists, margins, count: 0, open: None }
    }

    fn take(&mut self, event: &Event, range: &Range<usize>) {
        let Self { source, sheet, walk, lists, margins, count, open } = self;
        let between = walk.between();
        let step = walk.step(event);
        if step.ends_before
            && let Some(laid) = open.take()
        {
            sheet.add(laid, range.start);
        }
        if let Some(kind) = step.starts {
            let margin = margins.last().copied().unwrap_or(0);
            let depth = margins.len();
            let mut laid = Laid { kind, range: range.clone(), margin, depth, list: None };
            match event {
                Event::Start(Tag::Item) => {
                    let spaces = source[range.clone()].bytes().take_while(|byte| *byte == b' ');
                    laid.range.start += spaces.count();
                    laid.margin = column(source, laid.range.start);
                    laid.list = lists.last().copied();
                    margins.push(laid.margin + mark(&source[laid.range.clone()]));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    laid.range.start = at_column(source, laid.range.start, margin);
                }
                _ => {}
            }
            *open = Some(laid);
        } else if between || step.ends_before {
            match event {
                Event::Start(Tag::List(_)) => {
                    *count += 1;
                    lists.push(*count);
                }
                Event::End(TagEnd::List(_)) => _ = lists.pop(),
                Event::End(TagEnd::Item) => _ = margins.pop(),
                _ => {}
            }
        }
        if step.ends
            && let Some(laid) = open.take()
        {
            if laid.kind == BlockKind::ListItem {
                margins.pop();
            }
            sheet.add(laid, range.end);
        }
    }

    fn end(mut self) -> Vec<Laid> {
        self.sheet.gap(self.source.len(), 0);
        self.sheet.laid
    }
}

struct Sheet<'a> {
    source: &'a str,
    laid: Vec<Laid>,
    /// How far the source is taken apart.
    seen: usize,
}

impl Sheet<'_> {
    fn add(&mut self, mut laid: Laid, end: usize) {
        let start = laid.range.start.max(self.seen);
        self.gap(start, laid.margin);
        let text = self.source.get(start..end).unwrap_or_default().trim_end();
        self.seen = self.seen.max(end);
        if !text.trim().is_empty() {
            laid.range = start..start + text.len();
            self.laid.push(laid);
        }
    }

    /// What stands before a block and is not shown, such as a link's definition.
    fn gap(&mut self, end: usize, margin: usize) {
        let Some(gap) = self.source.get(self.seen..end) else { return };
        let (mut at, mut open) = (self.seen, None::<Range<usize>>);
        for line in gap.split('\n').chain([""]) {
            let text = line.trim();
            let start = at + line.len() - line.trim_start().len();
            let own = start..start + text.len();
            match &mut open {
                Some(range) if !text.is_empty() => range.end = own.end,
                None if !text.is_empty() => open = Some(own),
                Some(_) => self.laid.extend(open.take().map(|range| Laid {
                    kind: BlockKind::Other,
                    range,
                    margin,
                    depth: 0,
                    list: None,
                })),
                None => {}
            }
            at += line.len() + 1;
        }
        self.seen = self.seen.max(end);
    }
}

/// The column of a place in its line, tabs at every fourth.
pub fn column(source: &str, at: usize) -> usize {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    source[start..at].chars().fold(0, |column, here| match here {
        '\t' => column / 4 * 4 + 4,
        _ => column + 1,
    })
}

/// The place of a column in the line of `at`, at most `at` itself.
fn at_column(source: &str, at: usize, column: usize) -> usize {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut here = 0;
    for (offset, sign) in source[start..at].char_indices() {
        if here >= column {
            return start + offset;
        }
        here = if sign == '\t' { here / 4 * 4 + 4 } else { here + 1 };
    }
    at
}

/// How many columns an item's mark takes, the space behind it included. The item starts with
/// its mark.
pub fn mark(item: &str) -> usize {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let sign = digits + 1;
    let rest = item.get(sign..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
    // An empty item's text would start behind one space; of more than four, one is the mark's
    // and the rest is code.
    if spaces == line.len() || spaces > 4 || spaces == 0 { sign + 1 } else { sign + spaces }
}
