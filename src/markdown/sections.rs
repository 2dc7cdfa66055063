//! A recommendation as a file: front matter, the statement, then its sections.
//!
//! A section starts at a level-2 ATX heading, outside code and at the top level, that reads
//! `Rationale` or `For ` plus an audience's slug or English name. Where Markdown sees headings
//! is decided by the parser on the whole text, never by looking at lines. Bodies come back as
//! they were stored: one blank line parts them from their heading and from what follows.

use std::fmt::Write;

use super::events::{self, Top};
use super::front_matter::{self, Entry, Value};
use super::{fields, line_at, normalise};

/// A recommendation as it is exported and imported; bodies are in their stored form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    pub reference: Option<String>,
    pub title: String,
    /// Slug.
    pub track: String,
    /// Slugs.
    pub audiences: Vec<String>,
    pub status: Option<String>,
    /// A date or an instant as it was typed.
    pub comments_until: Option<String>,
    pub reason: Option<String>,
    /// What each ¶ number's permanent address is: for readers, not read in.
    pub paragraphs: Vec<String>,
    pub statement: String,
    pub rationale: String,
    /// Audience slug and body, in the order of the file.
    pub actions: Vec<(String, String)>,
}

/// Why a file is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {reason}")]
pub struct Fault {
    pub line: usize,
    pub reason: String,
}

/// What a heading starts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    Rationale,
    Action(String),
}

/// An offset-bound heading that starts a section.
struct Head {
    start: usize,
    /// Where its body region starts.
    end: usize,
    section: Section,
}

/// Reads a file; `audiences` are slugs with English names.
///
/// # Errors
/// Every fault found, in the order of the file.
pub fn parse(text: &str, audiences: &[(String, String)]) -> Result<SourceFile, Vec<Fault>> {
    let text = normalise(text);
    let Some((yaml, start)) = front_matter::divide(&text) else {
        return Err(vec![Fault {
            line: 1,
            reason: "the file starts with front matter between two lines of `---`".into(),
        }]);
    };
    let mut faults = Vec::new();
    let entries = front_matter::read(yaml, &mut faults);
    // Half-read front matter would only give rise to faults that are none.
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut file = SourceFile::default();
    fields::fill(&mut file, &entries, audiences, &mut faults);
    let before = line_at(&text, start) - 1;
    if bodies(&mut file, &text[start..], before, audiences, &mut faults) {
        compare_audiences(&file, &entries, &mut faults);
    }
    if faults.is_empty() {
        return Ok(file);
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// Writes a file: only the keys it needs, in their fixed order.
#[must_use]
pub fn write(file: &SourceFile) -> String {
    let mut out = String::from("---\n");
    let mut text = |key, value: &str| front_matter::write_text(&mut out, key, value);
    if let Some(reference) = &file.reference {
        text("reference", reference);
    }
    text("title", &file.title);
    text("track", &file.track);
    front_matter::write_list(&mut out, "audiences", &file.audiences);
    let mut text = |key, value: &Option<String>, needed: bool| {
        if let Some(value) = value
            && needed
        {
            front_matter::write_text(&mut out, key, value);
        }
    };
    let status = file.status.as_deref();
    text("status", &file.status, true);
    text("comments_until", &file.comments_until, status == Some("open"));
    text("reason", &file.reason, status == Some("withdrawn"));
    if !file.paragraphs.is_empty() {
        front_matter::write_list(&mut out, "paragraphs", &file.paragraphs);
    }
    out.push_str("---\n");
    // One leading line end is read as the gap behind the front matter.
    if file.statement.starts_with('\n') {
        out.push('\n');
    }
    out.push_str(&file.statement);
    if !file.rationale.is_empty() {
        _ = write!(out, "\n## Rationale\n\n{}", file.rationale);
    }
    for (audience, body) in &file.actions {
        _ = write!(out, "\n## For {audience}\n\n{body}");
    }
    normalise(&out)
}

/// The line of `body` that keeps it from coming back as it is from a file: a heading that
/// would start another section, or a block left open that would swallow the next heading.
#[must_use]
pub fn splits_at(body: &str, audiences: &[(String, String)]) -> Option<usize> {
    let body = normalise(body);
    if body.is_empty() {
        return None;
    }
    // The body as it will stand in a file, with another section behind it.
    let whole = format!("{body}\n## Rationale\n\nx\n");
    let next = body.len() + 1;
    let blocks = match events::top_blocks(&whole) {
        Ok(blocks) => blocks,
        Err(fault) => return Some(fault.line()),
    };
    let heads = heads(&whole, &blocks, audiences);
    match heads.first() {
        Some(head) if head.start == next => None,
        Some(head) if head.start < next => Some(line_at(&whole, head.start)),
        _ => {
            let open = blocks.iter().rev().find(|(range, _)| range.start < next);
            Some(open.map_or(1, |(range, _)| line_at(&whole, range.start)))
        }
    }
}

fn heads(
    text: &str,
    blocks: &[(std::ops::Range<usize>, Top)],
    audiences: &[(String, String)],
) -> Vec<Head> {
    let mut heads = Vec::new();
    for (range, top) in blocks {
        if *top != Top::Heading(2) {
            continue;
        }
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
        if let Some(section) = atx_title(&text[start..end]).and_then(|it| named(it, audiences)) {
            heads.push(Head { start, end, section });
        }
    }
    heads
}

/// The words of a level-2 ATX heading, as typed; `None` for an underlined one.
fn atx_title(line: &str) -> Option<&str> {
    let title = line.trim().strip_prefix("##")?;
    let title = title.strip_prefix([' ', '\t'])?.trim();
    let open = title.trim_end_matches('#');
    Some(if open.ends_with([' ', '\t']) { open.trim() } else { title })
}

fn named(title: &str, audiences: &[(String, String)]) -> Option<Section> {
    if title == "Rationale" {
        return Some(Section::Rationale);
    }
    let whom = title.strip_prefix("For ")?.trim();
    let found = audiences.iter().find(|(slug, name)| whom == slug || whom == name)?;
    Some(Section::Action(found.0.clone()))
}

/// Reads the bodies; false if they could not be told apart.
fn bodies(
    file: &mut SourceFile,
    rest: &str,
    before: usize,
    audiences: &[(String, String)],
    faults: &mut Vec<Fault>,
) -> bool {
    let blocks = match events::top_blocks(rest) {
        Ok(blocks) => blocks,
        Err(fault) => {
            faults.push(Fault { line: before + fault.line(), reason: fault.to_string() });
            return false;
        }
    };
    let heads = heads(rest, &blocks, audiences);
    let end_of = |next: usize| heads.get(next).map_or(rest.len(), |head| head.start);
    file.statement = body(&rest[..end_of(0)]);
    let mut rationale = false;
    for (at, head) in heads.iter().enumerate() {
        let text = body(&rest[head.end..end_of(at + 1)]);
        let line = before + line_at(rest, head.start);
        match &head.section {
            Section::Rationale if rationale => {
                faults.push(Fault { line, reason: "a second section `Rationale`".into() });
            }
            Section::Rationale => {
                rationale = true;
                file.rationale = text;
            }
            Section::Action(slug) if file.actions.iter().any(|(other, _)| other == slug) => {
                faults.push(Fault { line, reason: format!("a second section for `{slug}`") });
            }
            Section::Action(slug) => {
                if !file.audiences.contains(slug) {
                    let reason = format!("a section for `{slug}`, which `audiences` does not list");
                    faults.push(Fault { line, reason });
                }
                file.actions.push((slug.clone(), text));
            }
        }
    }
    true
}

/// A body without the blank line that parts it from what stands before.
fn body(region: &str) -> String {
    normalise(region.strip_prefix('\n').unwrap_or(region))
}

fn compare_audiences(file: &SourceFile, entries: &[Entry], faults: &mut Vec<Fault>) {
    for entry in entries.iter().filter(|entry| entry.key == "audiences") {
        let Value::List(items) = &entry.value else { continue };
        for (slug, line) in items {
            let listed = file.audiences.contains(slug);
            if listed && !file.actions.iter().any(|(other, _)| other == slug) {
                let reason = format!("`{slug}` has no section `## For {slug}`");
                faults.push(Fault { line: *line, reason });
            }
        }
    }
}

#[cfg(test)]
#[path = "sections_tests.rs"]
mod tests;
