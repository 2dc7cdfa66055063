//! What the keys of a file's front matter may say.

use super::front_matter::{Entry, Value};
use super::sections::{Fault, SourceFile};

const KEYS: [&str; 8] = [
    "reference",
    "title",
    "track",
    "audiences",
    "status",
    "comments_until",
    "reason",
    "paragraphs",
];
const STATUSES: [&str; 4] = ["draft", "open", "agreed", "withdrawn"];

/// Puts the entries into `file` and tells every fault.
pub fn fill(
    file: &mut SourceFile,
    entries: &[Entry],
    audiences: &[(String, String)],
    faults: &mut Vec<Fault>,
) {
    let mut tell = |line, reason: String| faults.push(Fault { line, reason });
    for (at, entry) in entries.iter().enumerate() {
        let (key, line) = (entry.key.as_str(), entry.line);
        if !KEYS.contains(&key) {
            tell(line, format!("unknown key `{key}`{}", suggestion(key, KEYS)));
            continue;
        }
        if let Some(first) = entries[..at].iter().find(|other| other.key == key) {
            tell(line, format!("`{key}` stands already on line {}", first.line));
            continue;
        }
        match (key, &entry.value) {
            ("audiences", Value::List(items)) => {
                for (slug, line) in items {
                    audience(file, slug, *line, audiences, &mut tell);
                }
            }
            ("audiences", Value::Text(_)) => {
                tell(line, "`audiences` is a list, one `- slug` a line".into());
            }
            ("paragraphs", Value::List(items)) => {
                file.paragraphs = items.iter().map(|(text, _)| text.clone()).collect();
            }
            (_, Value::List(_)) => tell(line, format!("`{key}` is one text, not a list")),
            (_, Value::Text(text)) => match words(key, text) {
                Ok(text) => set(file, key, text),
                Err(reason) => tell(line, reason),
            },
        }
    }
    needed(file, entries, &mut tell);
}

fn audience(
    file: &mut SourceFile,
    slug: &str,
    line: usize,
    audiences: &[(String, String)],
    tell: &mut impl FnMut(usize, String),
) {
    if !audiences.iter().any(|(known, _)| known == slug) {
        let by_name = audiences.iter().find(|(_, name)| name.eq_ignore_ascii_case(slug));
        let hint = match by_name {
            Some((known, _)) => format!("; do you mean `{known}`?"),
            None => suggestion(slug, audiences.iter().map(|(known, _)| known.as_str())),
        };
        tell(line, format!("unknown audience `{slug}`{hint}"));
    } else if file.audiences.iter().any(|listed| listed == slug) {
        tell(line, format!("`{slug}` is listed twice"));
    } else {
        file.audiences.push(slug.to_owned());
    }
}

fn words(key: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("`{key}` is empty"));
    }
    // A reason may be as long as the chair wrote it.
    if key != "reason" && text.contains('\n') {
        return Err(format!("`{key}` is more than one line"));
    }
    if key == "status" && !STATUSES.contains(&text) {
        let known = STATUSES.map(|status| format!("`{status}`")).join(", ");
        return Err(format!("`{text}` is no status; there are {known}"));
    }
    if key == "comments_until" && !is_time(text) {
        return Err(format!("`{text}` is no time such as 2027-01-31 or 2027-01-31T17:00:00Z"));
    }
    Ok(text.to_owned())
}

fn set(file: &mut SourceFile, key: &str, text: String) {
    match key {
        "reference" => file.reference = Some(text),
        "title" => file.title = text,
        "track" => file.track = text,
        "status" => file.status = Some(text),
        "comments_until" => file.comments_until = Some(text),
        _ => file.reason = Some(text),
    }
}

/// Keys that must be there, and keys that have no meaning at this status.
fn needed(file: &SourceFile, entries: &[Entry], tell: &mut impl FnMut(usize, String)) {
    let line = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| entry.line);
    for key in ["title", "track", "audiences"] {
        if line(key).is_none() {
            tell(1, format!("`{key}` is missing"));
        }
    }
    let status = file.status.as_deref();
    for (key, owner) in [("comments_until", "open"), ("reason", "withdrawn")] {
        match (line(key), status == Some(owner)) {
            (None, true) => {
                let at = line("status").unwrap_or(1);
                tell(at, format!("status `{owner}` needs `{key}`"));
            }
            (Some(at), false) => tell(at, format!("`{key}` belongs to status `{owner}` alone")),
            _ => {}
        }
    }
}

/// A date, or an instant with or without seconds and zone; what it means is for the caller.
fn is_time(text: &str) -> bool {
    let shape: String =
        text.chars().map(|here| if here.is_ascii_digit() { '0' } else { here }).collect();
    let Some(rest) = shape.strip_prefix("0000-00-00") else { return false };
    if rest.is_empty() {
        return true;
    }
    let Some(clock) = rest.strip_prefix(['T', ' ']) else { return false };
    let clock = clock.strip_suffix('Z').unwrap_or(clock);
    let clock = clock
        .split_once(['+', '-'])
        .map_or(Some(clock), |(clock, zone)| matches!(zone, "00:00" | "0000").then_some(clock));
    matches!(clock, Some("00:00" | "00:00:00"))
}

/// The nearest of what is known, if near enough to be meant.
fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known.into_iter().map(|other| (distance(word, other), other)).min();
    match near {
        Some((steps, other)) if steps <= 3 && steps < other.len() => {
            format!("; do you mean `{other}`?")
        }
        _ => String::new(),
    }
}

/// How many letters must change to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    // A word longer than any key is far off; no need to say how far.
    for (at, here) in from.chars().take(64).enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (column, there) in to.iter().enumerate() {
            let step = corner + usize::from(here != *there);
            corner = row[column + 1];
            row[column + 1] = step.min(corner + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
