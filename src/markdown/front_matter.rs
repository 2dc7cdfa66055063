//! The lines between `---` at the head of a file, read as YAML and written back.

use std::fmt::Write;

use saphyr_parser::{Event, Parser, Span};

use super::sections::Fault;

/// A key with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub value: Value,
    /// 1-based, in the file.
    pub line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// Each with its line.
    List(Vec<(String, usize)>),
}

/// Divides a file into front matter and the rest, which starts at the returned offset.
pub fn divide(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix("---\n")?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..at], "---\n".len() + at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reads the front matter; it starts on the file's second line.
pub fn read(yaml: &str, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut parser = Parser::new_from_str(yaml);
    let mut open = Open::Nothing;
    loop {
        let (event, span) = match parser.next_event() {
            None => return entries,
            Some(Ok(next)) => next,
            Some(Err(error)) => {
                let line = error.marker().line() + 1;
                faults.push(Fault { line, reason: format!("not valid YAML: {}", error.info()) });
                return entries;
            }
        };
        match step(open, event, span, &mut entries) {
            Ok(next) => open = next,
            Err(fault) => {
                faults.push(fault);
                return entries;
            }
        }
    }
}

/// What the next event stands in.
enum Open {
    Nothing,
    Mapping,
    Key(String, usize),
    List(String, usize, Vec<(String, usize)>),
    Done,
}

fn step(open: Open, event: Event, span: Span, entries: &mut Vec<Entry>) -> Result<Open, Fault> {
    let line = span.start.line() + 1;
    let fault = |reason: &str| Err(Fault { line, reason: reason.to_owned() });
    let mut keep = |key, value, line| {
        entries.push(Entry { key, value, line });
        Ok(Open::Mapping)
    };
    match (open, event) {
        (
            open,
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd,
        ) => Ok(open),
        (Open::Nothing, Event::MappingStart(0, None)) => Ok(Open::Mapping),
        (Open::Mapping, Event::Scalar(key, _, 0, None)) => Ok(Open::Key(key.into_owned(), line)),
        (Open::Mapping, Event::MappingEnd) => Ok(Open::Done),
        (Open::Key(key, line), Event::Scalar(value, _, 0, None)) => {
            keep(key, Value::Text(value.into_owned()), line)
        }
        (Open::Key(key, line), Event::SequenceStart(0, None)) => Ok(Open::List(key, line, vec![])),
        (Open::List(key, at, mut items), Event::Scalar(item, _, 0, None)) => {
            items.push((item.into_owned(), line));
            Ok(Open::List(key, at, items))
        }
        (Open::List(key, at, items), Event::SequenceEnd) => keep(key, Value::List(items), at),
        (Open::Nothing, _) => fault("front matter is lines of `key: value`"),
        (_, Event::Alias(_)) => fault("front matter has no anchors and aliases"),
        _ => fault("a value in front matter is one text or a list of texts"),
    }
}

/// Writes `key: value`, quoted where YAML would otherwise read something else.
pub fn write_text(out: &mut String, key: &str, value: &str) {
    _ = writeln!(out, "{key}: {}", scalar(value));
}

pub fn write_list(out: &mut String, key: &str, values: &[String]) {
    if values.is_empty() {
        _ = writeln!(out, "{key}: []");
        return;
    }
    _ = writeln!(out, "{key}:");
    for value in values {
        _ = writeln!(out, "  - {}", scalar(value));
    }
}

fn scalar(value: &str) -> String {
    if plain(value) {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for here in value.chars() {
        match here {
            '"' | '\\' => out.extend(['\\', here]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' ' => out.push(' '),
            _ if here.is_control() || here.is_whitespace() || super::controls::may_hide(here) => {
                let code = u32::from(here);
                _ = if code > 0xFFFF {
                    write!(out, "\\U{code:08X}")
                } else {
                    write!(out, "\\u{code:04X}")
                };
            }
            _ => out.push(here),
        }
    }
    out.push('"');
    out
}

/// Whether every YAML reader takes the value as it stands for this very text.
fn plain(value: &str) -> bool {
    const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan"];
    // Instants and dates stand bare, as people write them.
    let instant = value.len() >= 10
        && value.starts_with(|here: char| here.is_ascii_digit())
        && value.bytes().all(|byte| byte.is_ascii_digit() || b"TZ:+-".contains(&byte));
    let word = value.starts_with(char::is_alphabetic)
        && value
            .chars()
            .all(|here| here.is_alphanumeric() || " -,.;()'’“”„‘–—/&?!%+:".contains(here))
        && !value.contains(": ")
        && !value.contains("  ")
        && !value.ends_with([' ', ':'])
        && !WORDS.contains(&value.to_lowercase().as_str());
    word || instant
}
