//! Changes one block of a text and nothing else.

use super::blocks::{self, Block, BlockKind};
use super::normalise;

/// The source of the block at `at` as its amender edits it: a list item without its mark and
/// number, and without the indentation that these ask for.
#[must_use]
pub fn source_of(text: &str, at: usize) -> Option<String> {
    let source = normalise(text);
    let blocks = blocks::blocks(&source);
    let block = blocks.get(at)?;
    let raw = source.get(block.range.clone())?;
    let Some(mark) = mark(block, raw) else { return Some(raw.to_owned()) };
    let (first, rest) = (&raw[mark..], " ".repeat(mark));
    let lines = first.split('\n').enumerate().map(|(at, line)| {
        if at == 0 {
            line
        } else {
            line.strip_prefix(&rest).unwrap_or(line.trim_start_matches(' '))
        }
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// How many bytes the mark of a list item takes, with the space behind it.
fn mark(block: &Block, raw: &str) -> Option<usize> {
    if block.kind != BlockKind::ListItem {
        return None;
    }
    let sign = raw.find(|here: char| !here.is_ascii_digit() && here != ' ')?;
    let rest = raw.get(sign + 1..)?;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    // More than four spaces are one, and the rest code.
    Some(sign + 1 + if spaces > 4 { 1 } else { spaces.min(rest.len()) })
}

/// The text with the block at `at` replaced by `with`, which may hold several blocks, or
/// deleted. A list item stays one, in its place in the list.
#[must_use]
pub fn replace(text: &str, at: usize, with: Option<&str>) -> String {
    let source = normalise(text);
    let blocks = blocks::blocks(&source);
    let Some(block) = blocks.get(at) else { return source };
    let with = with.map(normalise).filter(|with| !with.is_empty());
    let before = at.checked_sub(1).and_then(|at| blocks.get(at));
    let after = blocks.get(at + 1);
    let Some(with) = with else {
        let head = before.map_or("", |block| &source[..block.range.end]);
        let tail = after.map_or("", |block| &source[block.range.start..]);
        let gap = match (before, after) {
            (Some(before), Some(after)) => {
                let narrow = |left: &Block, right: &Block| {
                    !source[left.range.end..right.range.start].contains("\n\n")
                };
                if narrow(before, block) && narrow(block, after) { "\n" } else { "\n\n" }
            }
            (_, None) if before.is_some() => "\n",
            _ => "",
        };
        return normalise(&format!("{head}{gap}{tail}"));
    };
    let with = with.trim_matches('\n');
    let raw = &source[block.range.clone()];
    if raw == with {
        return source;
    }
    let put = match mark(block, raw) {
        Some(mark) if !starts_item(with) => indent(&raw[..mark], with),
        _ => with.to_owned(),
    };
    splice(&source, block.range.clone(), &put, mark(block, raw).is_some())
}

fn starts_item(text: &str) -> bool {
    blocks::blocks(text).first().is_some_and(|block| block.kind == BlockKind::ListItem)
}

fn indent(mark: &str, text: &str) -> String {
    let margin = " ".repeat(mark.len());
    let mut out = String::from(mark);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.trim().is_empty() {
                out.push_str(&margin);
            }
        }
        out.push_str(line);
    }
    out
}

/// Puts `with` in the place of a range, blank lines round it unless it is a list item.
fn splice(source: &str, range: std::ops::Range<usize>, with: &str, tight: bool) -> String {
    let (head, tail) = (&source[..range.start], &source[range.end..]);
    let mut out = String::from(head);
    if !tight && !head.trim_end_matches(' ').is_empty() {
        out.truncate(out.trim_end().len());
        out.push_str("\n\n");
    }
    out.push_str(with);
    if tight || tail.trim().is_empty() {
        out.push_str(tail);
    } else {
        out.push_str("\n\n");
        out.push_str(tail.trim_start_matches('\n'));
    }
    normalise(&out)
}

/// The text with `new` behind the block at `after`, or before all of it.
#[must_use]
pub fn insert_after(text: &str, after: Option<usize>, new: &str) -> String {
    let source = normalise(text);
    let new = normalise(new);
    let new = new.trim_matches('\n');
    if new.trim().is_empty() {
        return source;
    }
    let blocks = blocks::blocks(&source);
    let Some(block) = after.and_then(|at| blocks.get(at.min(blocks.len().saturating_sub(1))))
    else {
        return normalise(&format!("{new}\n\n{}", source.trim_start_matches('\n')));
    };
    let (head, tail) = source.split_at(block.range.end);
    let item = block.kind == BlockKind::ListItem && starts_item(new);
    let gap = if item { "\n" } else { "\n\n" };
    let tail = tail.trim_start_matches([' ', '\t']).trim_start_matches('\n');
    let narrow = item
        && blocks.iter().any(|next| {
            next.range.start >= block.range.end
                && !source[block.range.end..next.range.start].contains("\n\n")
        });
    let end = if narrow { "\n" } else { "\n\n" };
    normalise(&format!("{head}{gap}{new}{end}{tail}"))
}

#[cfg(test)]
#[path = "edits_tests.rs"]
mod tests;
