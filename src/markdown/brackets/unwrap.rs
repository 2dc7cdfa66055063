//! Takes a pair of brackets away without turning the text into something else.

use super::Pair;
use crate::markdown::blocks::{self, BlockKind};
use crate::markdown::layout::{self, Laid};
use crate::markdown::{edits, normalise};

pub fn kept(source: &str, pair: &Pair) -> String {
    let (head, tail) = (&source[..pair.start], &source[pair.end..]);
    let plain = normalise(&format!("{head}{}{tail}", pair.text));
    let kinds = |text: &str| -> Vec<_> { blocks::laid(text).iter().map(|own| own.kind).collect() };
    let before = kinds(source);
    if kinds(&plain) == before {
        return plain;
    }
    // Without its bracket the line starts as something else: a list, a heading.
    let digits = pair.text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = pair.text.split_at(digits);
    let escaped = normalise(&format!("{head}{number}\\{rest}{tail}"));
    if kinds(&escaped) == before { escaped } else { plain }
}

pub fn dropped(source: &str, pair: &Pair) -> String {
    let laid = blocks::laid(source);
    let holds = |place: usize| {
        let at = laid.partition_point(|own| own.range.end <= place);
        laid.get(at).filter(|own| own.range.start <= place).map(|own| (at, own))
    };
    let (Some((first, from)), Some((last, to))) = (holds(pair.start), holds(pair.end - 1)) else {
        return normalise(&format!("{}{}", &source[..pair.start], &source[pair.end..]));
    };
    let raw = |own: &Laid| &source[own.range.clone()];
    let mark = |own: &Laid| {
        if own.kind == BlockKind::ListItem { layout::mark(raw(own)).min(raw(own).len()) } else { 0 }
    };
    // What stands before and behind the bracket in its first and last block.
    let own = |own: &Laid, text: &str| blocks::dedent(text, own.margin + mark(own));
    let head = own(from, source.get(from.range.start + mark(from)..pair.start).unwrap_or_default());
    let tail = own(to, &source[pair.end..to.range.end]);
    let put = |text: &str, at: usize, with: &str| {
        let words = with.chars().any(char::is_alphanumeric);
        edits::replace(text, at, words.then_some(with))
    };
    if first == last {
        let inside = if from.kind == BlockKind::Table { cells(&pair.text) } else { String::new() };
        return put(source, first, &joined(&head, &inside, &tail));
    }
    // The last block keeps what made it a heading or a quotation.
    let lead = raw(to).len() - raw(to).trim_start_matches(['#', '>', ' ']).len();
    let lead = if mark(to) == 0 { &raw(to)[..lead] } else { "" };
    let mut text = put(source, last, &format!("{lead}{}", tail.trim_start()));
    for at in (first + 1..last).rev() {
        text = edits::replace(&text, at, None);
    }
    put(&text, first, head.trim_end())
}

/// Both sides of what was taken out, with one space between words and none before a stop.
fn joined(head: &str, inside: &str, tail: &str) -> String {
    if !inside.is_empty() {
        return format!("{head}{inside}{tail}");
    }
    let open = head.is_empty() || head.ends_with([' ', '\n']);
    let tail = if open { tail.trim_start_matches(' ') } else { tail };
    let stops = tail.is_empty() || tail.starts_with(['.', ',', ';', ':', '!', '?', ')', '\n']);
    let head = if stops { head.trim_end_matches(' ') } else { head };
    format!("{head}{tail}")
}

/// What stays of a table when words over several cells go: its cells.
fn cells(text: &str) -> String {
    let line = |line: &str| {
        if line.chars().all(|sign| matches!(sign, '-' | ':' | '|' | ' ')) {
            return line.to_owned();
        }
        let mut out = String::new();
        let mut before = ' ';
        for sign in line.chars() {
            if sign == '|' && before != '\\' {
                out.push_str(" |");
            }
            before = sign;
        }
        out
    };
    if text.contains(['|', '\n']) {
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    } else {
        String::new()
    }
}
