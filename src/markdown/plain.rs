//! A text without its marks, for mails and for the one-line ask.

use std::fmt::Write;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{self, Spanned};
use super::{controls, footnotes, normalise};

/// The text as a mail shows it: paragraphs apart, list items marked, footnotes at the end,
/// hidden characters visible. What nests too deep comes as it was typed.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else {
        return controls::visible(source.trim_end()).into_owned();
    };
    let parts = footnotes::separate(events);
    let number = |label: &str| parts.number(label);
    let mut lines = Lines::default();
    lines.events(&parts.body, number);
    for (at, note) in parts.notes.iter().enumerate() {
        lines.gap = 2;
        lines.text(&format!("[{}] ", at + 1));
        lines.events(note, number);
    }
    lines.out.truncate(lines.out.trim_end().len());
    controls::visible(&lines.out).into_owned()
}

/// The first sentence of the first paragraph on one line; the whole of it if none ends.
#[must_use]
pub fn first_sentence(markdown: &str) -> String {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else { return String::new() };
    let mut paragraph = first_paragraph(&events);
    if paragraph.trim().is_empty() {
        plain(&source).lines().next().unwrap_or_default().clone_into(&mut paragraph);
    }
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let line = words.join(" ");
    controls::visible(&line[..sentence_end(&line)]).into_owned()
}

#[derive(Default)]
struct Lines {
    out: String,
    /// Line ends due before the next text.
    gap: usize,
    lists: Vec<Option<u64>>,
}

impl Lines {
    fn events(&mut self, events: &[Spanned], number: impl Fn(&str) -> Option<usize>) {
        for (event, _) in events {
            match event {
                Event::Text(text)
                | Event::Code(text)
                | Event::Html(text)
                | Event::InlineHtml(text) => self.text(text),
                Event::SoftBreak => self.text(" "),
                Event::HardBreak => self.text("\n"),
                Event::FootnoteReference(label) => {
                    if let Some(number) = number(label) {
                        self.text(&format!("[{number}]"));
                    }
                }
                Event::TaskListMarker(done) => self.text(if *done { "[x] " } else { "[ ] " }),
                Event::Rule => self.part(2),
                Event::Start(Tag::List(start)) => {
                    self.part(2);
                    self.lists.push(*start);
                }
                Event::End(TagEnd::List(_)) => {
                    self.lists.pop();
                    self.part(2);
                }
                Event::Start(Tag::Item) => self.item(),
                Event::End(TagEnd::TableCell) => self.text("  "),
                Event::End(TagEnd::TableHead | TagEnd::TableRow | TagEnd::Item) => self.part(1),
                Event::Start(tag) if events::is_block(tag.to_end()) => {}
                Event::End(tag) if events::is_block(*tag) => self.part(2),
                _ => {}
            }
        }
    }

    /// Within a list nothing stands further apart than a line.
    fn part(&mut self, gap: usize) {
        let gap = if self.lists.is_empty() { gap } else { 1 };
        self.gap = self.gap.max(gap);
    }

    fn item(&mut self) {
        self.part(1);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let mut mark = format!("{indent}- ");
        if let Some(Some(next)) = self.lists.last_mut() {
            mark.clear();
            _ = write!(mark, "{indent}{next}. ");
            *next = next.saturating_add(1);
        }
        self.text(&mark);
    }

    fn text(&mut self, text: &str) {
        if self.gap > 0 && !self.out.is_empty() {
            self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
            self.out.extend(std::iter::repeat_n('\n', self.gap));
        }
        self.gap = 0;
        self.out.push_str(text);
    }
}

fn first_paragraph(events: &[Spanned]) -> String {
    let mut text = String::new();
    let mut inside = false;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            Event::End(TagEnd::Paragraph) if inside => break,
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) if inside => {
                text.push_str(part);
            }
            Event::SoftBreak | Event::HardBreak if inside => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Words whose full stop does not end a sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "cf", "vs", "no", "nos", "art", "arts", "para", "paras", "sec", "fig", "dr",
    "mr", "mrs", "ms", "prof", "st", "p", "pp", "vol", "incl", "approx", "resp", "u.n", "e.u",
    "u.s",
];

fn sentence_end(line: &str) -> usize {
    for (at, mark) in line.char_indices() {
        let after = at + mark.len_utf8();
        if matches!(mark, '。' | '！' | '？') {
            return after;
        }
        if !matches!(mark, '.' | '!' | '?' | '…' | '؟' | '۔' | '।') {
            continue;
        }
        let closing = |here: char| matches!(here, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '“');
        let rest = line[after..].trim_start_matches(closing);
        let end = line.len() - rest.len();
        if rest.is_empty() {
            return end;
        }
        let Some(next) = rest.strip_prefix(' ') else { continue };
        let small = next.chars().next().is_some_and(char::is_lowercase);
        let abbreviated = mark == '.' && abbreviates(&line[..at]);
        if !small && !abbreviated {
            return end;
        }
    }
    line.len()
}

fn abbreviates(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    let word = word.trim_start_matches(|here: char| !here.is_alphanumeric());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{first_sentence, plain};

    #[test]
    fn a_mail_reads_without_marks() {
        let text = "# Title\n\nSome *text*\nwith [a link](http://a.example).\n\n- one\n  - two\n\
            - three\n\n3. x\n\n| a | b |\n|-|-|\n| c | d |\n\nnote[^n]\u{202E}\n\n\
            [^n]: The note.\n";
        assert_eq!(
            plain(text),
            "Title\n\nSome text with a link.\n\n- one\n  - two\n- three\n\n3. x\n\na  b\nc  d\n\n\
             note[1]⟪U+202E⟫\n\n[1] The note."
        );
        assert_eq!(plain(""), "");
    }

    #[test]
    fn the_ask_is_one_sentence() {
        for (text, ask) in [
            ("# H\n\nStates *should*\nact. They must.\n", "States should act."),
            ("See Art. 5 of the pact, e.g. No. 3. Then go.", "See Art. 5 of the pact, e.g. No. 3."),
            ("Version 2.5 is out now", "Version 2.5 is out now"),
            ("He said “Stop.” Then left.", "He said “Stop.”"),
            ("J. Smith (see p. 4) agrees! Yes.", "J. Smith (see p. 4) agrees!"),
            ("医院应当备份。然后测试。", "医院应当备份。"),
            ("- Only a list. More.\n- b", "- Only a list."),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), ask, "{text}");
        }
    }
}
