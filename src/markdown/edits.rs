//! Changes one block of a text and nothing else.
//!
//! Markdown has no borders between blocks that hold whatever stands beside them: words put into
//! a text can run into their neighbours. So each way of putting them in is tried out, and the
//! first is taken that leaves every other block as it was.

use std::ops::Range;

use super::blocks::{self, Block, BlockKind};
use super::layout::{self, Laid};
use super::normalise;

/// The source of the block at `at` as its amender edits it: a list item without its mark or
/// number, and without the indentation that these ask for.
#[must_use]
pub fn source_of(text: &str, at: usize) -> Option<String> {
    let text = Text::new(text);
    Some(text.own(at, text.laid.get(at)?))
}

/// The text with the block at `at` replaced by `with`, which may hold several blocks, or
/// deleted. A list item stays one, in its place in the list; items in a deleted one stay, one
/// level up. Ordered lists stay numbered.
#[must_use]
pub fn replace(text: &str, at: usize, with: Option<&str>) -> String {
    let text = Text::new(text);
    let Some(laid) = text.laid.get(at) else { return text.source };
    let own = text.own(at, laid);
    if with == Some(&own) {
        return text.source;
    }
    let with = with.map(tidy).filter(|with| !with.is_empty());
    let Some(with) = with else { return text.without(at, laid) };
    if with == own {
        return text.source;
    }
    text.put(at..at + 1, &with, laid.range.clone())
}

/// The text with `new` behind the block at `after`, or before all of it. Items behind an item
/// join its list; other words behind an item part it.
#[must_use]
pub fn insert_after(text: &str, after: Option<usize>, new: &str) -> String {
    let text = Text::new(text);
    let new = tidy(new);
    if new.is_empty() {
        return text.source;
    }
    let Some(last) = text.laid.len().checked_sub(1) else { return normalise(&new) };
    match after.map(|at| at.min(last)) {
        Some(at) => {
            // What cannot part an item from the list in it goes behind that.
            let inner = text.laid[at + 1..].iter();
            let inner = inner.take_while(|next| next.margin > text.laid[at].margin).count();
            let put = |at: usize| {
                let end = text.laid[at].range.end;
                text.put(at + 1..at + 1, &new, end..end)
            };
            let direct = put(at);
            if inner == 0 || text.holds(&direct, &(at + 1..at + 1)) {
                direct
            } else {
                put(at + inner)
            }
        }
        None => text.put(0..0, &new, text.laid[0].range.start..text.laid[0].range.start),
    }
}

/// What was typed, without blank lines round it.
fn tidy(typed: &str) -> String {
    let typed = normalise(typed);
    let start = typed.len() - typed.trim_start().len();
    let line = typed[..start].rfind('\n').map_or(0, |end| end + 1);
    typed[line..].trim_end().to_owned()
}

struct Text {
    source: String,
    laid: Vec<Laid>,
    blocks: Vec<Block>,
}

/// What must stay of a block.
type Kept<'a> = (BlockKind, &'a str);

fn kept(blocks: &[Block]) -> Vec<Kept<'_>> {
    blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

impl Text {
    fn new(text: &str) -> Self {
        let source = normalise(text);
        let laid = blocks::laid(&source);
        let blocks = laid.iter().map(|laid| blocks::block(&source, laid.clone())).collect();
        Self { source, laid, blocks }
    }

    /// The block at `at` without its mark.
    fn own(&self, at: usize, laid: &Laid) -> String {
        let Some(width) = self.mark(laid) else { return self.blocks[at].text.clone() };
        let raw = &self.source[laid.range.clone()];
        let rest = raw.get(width..).unwrap_or_default();
        blocks::dedent(rest, laid.margin + width)
    }

    /// How wide an item's mark is; `None` for other blocks.
    fn mark(&self, laid: &Laid) -> Option<usize> {
        let raw = &self.source[laid.range.clone()];
        (laid.kind == BlockKind::ListItem).then(|| layout::mark(raw))
    }

    /// Puts `with` in the place of `bytes`, which are the blocks `out` or lie before them.
    fn put(&self, out: Range<usize>, with: &str, bytes: Range<usize>) -> String {
        let added = blocks::blocks(with);
        let items = added.iter().all(|block| block.kind == BlockKind::ListItem || block.margin > 0);
        let listed = added.first().is_some_and(|block| block.kind == BlockKind::ListItem);
        let mut ways: Vec<(String, usize)> = Vec::new();
        for with in guarded(with) {
            if !out.is_empty() {
                let laid = &self.laid[out.start];
                match self.mark(laid) {
                    Some(_) if listed && items => {
                        ways.push((self.items(laid, &with), laid.margin));
                    }
                    Some(_) if listed => {}
                    Some(width) => {
                        let mark = self.source[laid.range.clone()].chars().take(width);
                        let mark: String = mark.filter(|sign| *sign != '\n').collect();
                        let text = indent(&with, laid.margin + width);
                        ways.push((format!("{mark:width$}{text}"), laid.margin));
                    }
                    None => {}
                }
                ways.push((indent(&with, laid.margin), laid.margin));
                continue;
            }
            let before = out.start.checked_sub(1).map(|at| &self.laid[at]);
            let after = self.laid.get(out.start);
            // Items go where the neighbours' list is, the one that is deeper in it first.
            if listed && items {
                let mut lists: Vec<&Laid> =
                    before.into_iter().chain(after).filter(|laid| laid.list.is_some()).collect();
                lists.sort_by_key(|laid| std::cmp::Reverse(laid.margin));
                ways.extend(lists.into_iter().map(|laid| (self.items(laid, &with), laid.margin)));
            }
            let mut margins: Vec<usize> = before.map(|laid| laid.margin).into_iter().collect();
            margins.push(0);
            margins.dedup();
            ways.extend(margins.into_iter().map(|margin| (indent(&with, margin), margin)));
        }
        let joints: &[Joint] = match (listed, out.is_empty()) {
            (true, true) => &[Joint::Narrow, Joint::Wide, Joint::Parted],
            (false, true) => &[Joint::Wide, Joint::Parted],
            (_, false) => &[Joint::AsTyped, Joint::Wide, Joint::Parted],
        };
        let mut last = None;
        for (with, margin) in &ways {
            for joint in joints {
                let text = self.joined(&out, with, *margin, &bytes, *joint);
                if self.holds(&text, &out) {
                    return self.renumbered(text, out.start);
                }
                last = Some(text);
            }
        }
        // The block before has no end of its own: a fence or a comment left open.
        if let (Some((with, _)), Some(before)) = (ways.last(), out.start.checked_sub(1))
            && out.end == self.laid.len()
            && matches!(self.laid[before].kind, BlockKind::Code | BlockKind::Other)
        {
            let raw = &self.source[self.laid[before].range.clone()];
            let start = &self.source[..self.laid[before].range.end];
            let rest = &self.source[bytes.end..];
            for end in [fence(raw).as_deref().unwrap_or("```"), "-->"] {
                let text = normalise(&format!("{start}\n{end}\n\n{with}\n\n{}", rest.trim_start()));
                let new = blocks::blocks(&text);
                let (old, new) = (kept(&self.blocks), kept(&new));
                if new.len() > old.len() - out.len() && new[..before] == old[..before] {
                    return text;
                }
            }
        }
        last.unwrap_or_else(|| self.source.clone())
    }

    /// Whether every block but `out` is what it was, with at least one new one in the place.
    fn holds(&self, text: &str, out: &Range<usize>) -> bool {
        let new = blocks::blocks(text);
        let (old, new) = (kept(&self.blocks), kept(&new));
        let (before, after) = (&old[..out.start], &old[out.end..]);
        new.len() > before.len() + after.len()
            && new[..before.len()] == *before
            && new[new.len() - after.len()..] == *after
    }

    fn joined(
        &self,
        out: &Range<usize>,
        with: &str,
        margin: usize,
        bytes: &Range<usize>,
        joint: Joint,
    ) -> String {
        let before = out.start.checked_sub(1).map(|at| self.laid[at].range.end);
        let after = self.laid.get(out.end);
        let as_typed = joint == Joint::AsTyped;
        let gap = |joint: Joint| match joint {
            Joint::Parted => PART,
            Joint::Wide => "\n\n",
            Joint::AsTyped | Joint::Narrow => "\n",
        };
        let mut text = String::with_capacity(self.source.len() + with.len() + 8);
        if as_typed {
            text.push_str(&self.source[..bytes.start]);
        } else {
            if let Some(end) = before {
                text.push_str(&self.source[..end]);
                text.push_str(gap(joint));
            }
            text.extend(std::iter::repeat_n(' ', margin));
        }
        text.push_str(with);
        if as_typed {
            text.push_str(&self.source[bytes.end..]);
        } else if let Some(after) = after {
            text.push_str(gap(joint));
            text.push_str(&self.source[line_start(&self.source, after)..]);
        }
        normalise(&text)
    }

    /// Items as siblings of an item: with its mark and margin.
    fn items(&self, beside: &Laid, with: &str) -> String {
        let raw = &self.source[beside.range.clone()];
        let width = layout::mark(raw);
        let mark = format!("{:width$}", raw.get(..width).unwrap_or(raw).trim_end());
        let tops = blocks::laid(with);
        let tops: Vec<&Laid> = tops.iter().filter(|laid| laid.margin == tops[0].margin).collect();
        let mut out = String::new();
        for (at, top) in tops.iter().enumerate() {
            let end = tops.get(at + 1).map_or(with.len(), |next| next.range.start);
            let item = &with[top.range.start..end];
            let own = layout::mark(item);
            let body = blocks::dedent(item.get(own..).unwrap_or_default(), top.margin + own);
            let gap = body.len() - body.trim_end().len();
            if at > 0 {
                out.extend(std::iter::repeat_n(' ', beside.margin));
            }
            out.push_str(&mark);
            out.push_str(&indent(body.trim_end(), beside.margin + width));
            if at + 1 < tops.len() {
                out.push_str(if gap > 1 { "\n\n" } else { "\n" });
            }
        }
        out
    }

    fn renumbered(&self, text: String, at: usize) -> String {
        let ordered = self.blocks.iter().any(|block| !block.number.is_empty());
        // A list whose items all have one number is meant so.
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
        let lists = near.filter_map(|at| self.laid.get(at)?.list);
        let alike = lists.into_iter().any(|list| {
            let items = self.laid.iter().zip(&self.blocks);
            let mut items = items.filter(|own| own.0.list == Some(list)).map(|own| &own.1.number);
            let first = items.next();
            let mut rest = items.peekable();
            first.is_some_and(|number| !number.is_empty())
                && rest.peek().is_some()
                && rest.all(|number| Some(number) == first)
        });
        if ordered && !alike { renumbered(text, at) } else { text }
    }

    fn without(&self, at: usize, laid: &Laid) -> String {
        let before = at.checked_sub(1).map(|at| &self.laid[at]);
        let head = before.map_or("", |laid| &self.source[..laid.range.end]);
        // What stands in a deleted item comes up to where that stood.
        let inner = self.laid[at + 1..]
            .iter()
            .take_while(|next| laid.kind == BlockKind::ListItem && next.margin > laid.margin);
        let inner = inner.count();
        let after = self.laid.get(at + 1);
        let tail = after.map_or("", |next| &self.source[line_start(&self.source, next)..]);
        let mut tails = vec![tail.to_owned()];
        if inner > 0
            && let Some(next) = after
        {
            let start = line_start(&self.source, next);
            let end = self
                .laid
                .get(at + 1 + inner)
                .map_or(self.source.len(), |next| line_start(&self.source, next));
            let up = next.margin - laid.margin;
            let raised = blocks::dedent(&format!("\n{}", &self.source[start..end]), up);
            tails.insert(0, format!("{}{}", &raised[1..], &self.source[end..]));
        }
        let narrow = |left: usize, right: usize| {
            let (left, right) = (&self.laid[left].range, &self.laid[right].range);
            !self.source[left.end..right.start].contains("\n\n")
        };
        let tight = at > 0 && after.is_some() && narrow(at - 1, at) && narrow(at, at + 1);
        let gaps = if tight { ["\n", "\n\n", PART] } else { ["\n\n", PART, "\n"] };
        let mut first = None;
        for tail in &tails {
            for gap in gaps {
                let gap = if head.is_empty() || tail.is_empty() { "" } else { gap };
                let text = normalise(&format!("{head}{gap}{tail}"));
                let new = blocks::blocks(&text);
                let (mut old, mut new) = (kept(&self.blocks), kept(&new));
                old.remove(at);
                if gap == PART {
                    new.retain(|block| block.1 != PART.trim());
                }
                if old == new {
                    return self.renumbered(text, at);
                }
                first.get_or_insert(text);
            }
        }
        first.unwrap_or_else(|| self.source.clone())
    }
}

/// How new words are joined to their neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// With what stood between the blocks before.
    AsTyped,
    Narrow,
    Wide,
    Parted,
}

/// Ends whatever is open, and is shown nowhere: a link's definition without a link.
const PART: &str = "\n\n[//]: #\n\n";

/// What was typed, and if it leaves something open that would take in what follows, the same
/// closed or with its opening escaped.
fn guarded(with: &str) -> Vec<String> {
    let mut ways = vec![with.to_owned()];
    ways.extend(fence(with).map(|fence| format!("{with}\n{fence}")));
    let escaped: Vec<String> = with
        .lines()
        .map(|line| {
            let (space, rest) = line.split_at(line.len() - line.trim_start().len());
            let odd = ["<", "```", "~~~", "[", "="].iter().any(|sign| rest.starts_with(sign));
            if odd { format!("{space}\\{rest}") } else { line.to_owned() }
        })
        .collect();
    let escaped = escaped.join("\n");
    if escaped != with {
        ways.push(escaped);
    }
    ways
}

/// The last fence of a text, which may be open.
fn fence(text: &str) -> Option<String> {
    text.lines().rev().find_map(|line| {
        let line = line.trim_start_matches([' ', '>']);
        let fence = line.bytes().take_while(|byte| *byte == b'`' || *byte == b'~').count();
        (fence >= 3).then(|| line[..fence].to_owned())
    })
}

/// The text with so many blanks before each line but the first.
fn indent(text: &str, margin: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.trim().is_empty() {
                out.extend(std::iter::repeat_n(' ', margin));
            }
        }
        out.push_str(line);
    }
    out
}

/// Where the blanks before a block start, if nothing else stands before it in its line.
fn line_start(source: &str, laid: &Laid) -> usize {
    let at = laid.range.start;
    let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
    if source[line..at].trim().is_empty() { line } else { at }
}

/// Numbers the items of the ordered list round a block in order.
fn renumbered(text: String, at: usize) -> String {
    let laid = blocks::laid(&text);
    let near = |at: usize| {
        let own = laid.get(at)?;
        let digit = text[own.range.clone()].starts_with(|sign: char| sign.is_ascii_digit());
        own.list.filter(|_| digit)
    };
    let Some(list) = near(at).or_else(|| near(at.checked_sub(1)?)) else { return text };
    let items: Vec<&Laid> = laid.iter().filter(|laid| laid.list == Some(list)).collect();
    let number = |laid: &Laid| {
        let raw = &text[laid.range.clone()];
        let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
        (raw[..digits].parse::<u64>().unwrap_or(0), digits)
    };
    let first = number(items[0]).0;
    let mut out = text.clone();
    for (place, item) in items.iter().enumerate().rev() {
        let (_, digits) = number(item);
        let right = (first + place as u64).to_string();
        let start = item.range.start;
        // Wider numbers move what stands in the item to the right.
        if right.len() != digits {
            let end = match items.get(place + 1) {
                Some(next) => line_start(&text, next),
                None => {
                    let after = laid.iter().skip_while(|laid| laid.range.start <= start);
                    let inner = after.take_while(|laid| laid.margin > item.margin);
                    inner.last().map_or(item.range.end, |laid| laid.range.end)
                }
            };
            let body = &text[start..end];
            let moved = if right.len() > digits {
                indent(body, right.len() - digits)
            } else {
                blocks::dedent(body, digits - right.len())
            };
            out.replace_range(start..end, &moved);
        }
        out.replace_range(start..start + digits, &right);
    }
    let (before, after) = (blocks::blocks(&text), blocks::blocks(&out));
    if kept(&before) == kept(&after) { out } else { text }
}

#[cfg(test)]
#[path = "edits_tests.rs"]
mod tests;
