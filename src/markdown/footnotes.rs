//! Takes footnote definitions out of the text and numbers them in the order they are needed.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{self, Spanned};
use super::normalise;

/// A text without its footnotes, and these in the order of their numbers.
pub struct Parts<'a> {
    pub body: Vec<Spanned<'a>>,
    pub notes: Vec<Vec<Spanned<'a>>>,
    /// Where in the source each note's definition starts.
    pub starts: Vec<usize>,
    numbers: HashMap<String, usize>,
}

impl Parts<'_> {
    /// The number, from 1, of the footnote with this label.
    pub fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(&key(label)).copied()
    }
}

/// Separates the footnotes. One that nothing refers to comes last: no text may be lost.
pub fn separate(events: Vec<Spanned<'_>>) -> Parts<'_> {
    let defines = |(event, _): &Spanned| matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
    if !events.iter().any(defines) {
        return Parts {
            body: events,
            notes: Vec::new(),
            starts: Vec::new(),
            numbers: HashMap::new(),
        };
    }
    let mut body = Vec::with_capacity(events.len());
    let mut notes: Vec<Vec<Spanned>> = Vec::new();
    let mut places = HashMap::new();
    let mut open = Vec::new();
    let mut starts = Vec::new();
    for (event, range) in events {
        match &event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                places.entry(key(label)).or_insert(notes.len());
                open.push(notes.len());
                notes.push(Vec::new());
                starts.push(range.start);
            }
            Event::End(TagEnd::FootnoteDefinition) => _ = open.pop(),
            _ => match open.last() {
                Some(note) => notes[*note].push((event, range)),
                None => body.push((event, range)),
            },
        }
    }
    let order = order(&body, &notes, &places);
    let mut position = vec![0; notes.len()];
    for (at, note) in order.iter().enumerate() {
        position[*note] = at;
    }
    let numbers = places.into_iter().map(|(label, note)| (label, position[note] + 1)).collect();
    let starts = order.iter().map(|note| starts[*note]).collect();
    let notes = order.into_iter().map(|note| std::mem::take(&mut notes[note])).collect();
    Parts { body, notes, starts, numbers }
}

/// First what the body refers to, then what those notes refer to, then the rest.
fn order(body: &[Spanned], notes: &[Vec<Spanned>], places: &HashMap<String, usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(notes.len());
    let mut placed = vec![false; notes.len()];
    let place = |note: usize, order: &mut Vec<usize>, placed: &mut Vec<bool>| {
        if !std::mem::replace(&mut placed[note], true) {
            order.push(note);
        }
    };
    let follow = |events: &[Spanned], order: &mut Vec<usize>, placed: &mut Vec<bool>| {
        for (event, _) in events {
            if let Event::FootnoteReference(label) = event
                && let Some(note) = places.get(&key(label))
            {
                place(*note, order, placed);
            }
        }
    };
    follow(body, &mut order, &mut placed);
    let mut next = 0;
    for left in 0..=notes.len() {
        while let Some(note) = order.get(next).copied() {
            follow(&notes[note], &mut order, &mut placed);
            next += 1;
        }
        if left < notes.len() {
            place(left, &mut order, &mut placed);
        }
    }
    order
}

fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The text with `prefix-` before each of its footnotes' labels, so that texts can stand in one
/// file without answering to each other's footnotes.
#[must_use]
pub fn footnotes_apart(markdown: &str, prefix: &str) -> String {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else { return source };
    let labels = events.iter().filter_map(|(event, range)| match event {
        Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
            let from = source.get(range.start..)?;
            let indent = from.len() - from.trim_start().len();
            from[indent..].starts_with("[^").then_some(range.start + indent + 2)
        }
        _ => None,
    });
    let mut places: Vec<usize> = labels.collect();
    places.sort_unstable();
    places.dedup();
    let mut out = String::with_capacity(source.len());
    let mut from = 0;
    for place in places {
        out.push_str(&source[from..place]);
        out.push_str(prefix);
        out.push('-');
        from = place;
    }
    out.push_str(&source[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::footnotes_apart;

    #[test]
    fn footnotes_of_two_texts_are_kept_apart() {
        let text = "a[^1] `[^1]` [^no]\n\n- b[^Note]\n\n[^1]: One.\n[^Note]: Two[^1].\n";
        assert_eq!(
            footnotes_apart(text, "R-1"),
            "a[^R-1-1] `[^1]` [^no]\n\n- b[^R-1-Note]\n\n[^R-1-1]: One.\n\
             [^R-1-Note]: Two[^R-1-1].\n"
        );
        assert_eq!(footnotes_apart("plain", "x"), "plain\n");
    }
}
