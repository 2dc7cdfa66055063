//! The words that comments are on, marked in the HTML of their block.

use std::ops::Range;

const OPEN: &str = "<mark class=\"said\">";
const CLOSE: &str = "</mark>";

const HOST: &str = "<span class=\"host\">";
/// What ends a run of words though no blank stands there.
const ENDS: &[&str] = &["</td>", "</th>", "</tr>", "</li>", "</p>", "<br>"];
const SPAN: &str = "</span>";

/// A character that a reader sees, and the bytes of the HTML that make it.
struct Shown {
    char: char,
    bytes: Range<usize>,
}

/// Marks these characters of a block's text in its HTML. Marks stand inside
/// text only, so that the HTML stays as well formed as it was; where text and
/// HTML do not agree, nothing is marked.
#[must_use]
pub fn mark(html: &str, text: &str, ranges: &[Range<usize>]) -> String {
    let shown = read(html);
    if !shown.iter().map(|own| own.char).eq(text.chars()) {
        return html.to_owned();
    }
    let marked = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let mut out = String::with_capacity(html.len() + ranges.len() * 32);
    let (mut written, mut at) = (0, 0);
    while at < shown.len() {
        if !marked(at) {
            at += 1;
            continue;
        }
        // As far as one run of text goes: a tag between two characters ends it.
        let mut end = at + 1;
        while end < shown.len()
            && marked(end)
            && !html[shown[end - 1].bytes.end..shown[end].bytes.start].contains('<')
            && !html[shown[end].bytes.clone()].contains('<')
        {
            end += 1;
        }
        let run = shown[at].bytes.start..shown[end - 1].bytes.end;
        let blank = shown[at..end].iter().all(|own| own.char.is_whitespace());
        let split = html[run.clone()].contains('<');
        out.push_str(&html[written..run.start]);
        if blank || split {
            out.push_str(&html[run.clone()]);
        } else {
            out.push_str(OPEN);
            out.push_str(&html[run.clone()]);
            out.push_str(CLOSE);
        }
        written = run.end;
        at = end;
    }
    out.push_str(&html[written..]);
    out
}

/// The characters of the HTML's text, runs of whitespace as one space, without
/// those at its start and end.
fn read(html: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        if c == '<' {
            // The host after a link is ours, not the text's.
            let rest = &html[at..];
            let aside = rest.find(SPAN).filter(|_| rest.starts_with(HOST));
            let aside = aside.map(|end| end + SPAN.len());
            let tag = rest.find('>').map(|end| end + 1);
            // Cells, items and paragraphs side by side are words apart.
            let parts = ENDS.iter().any(|end| rest.starts_with(end));
            if parts && shown.last().is_some_and(|last| last.char != ' ') {
                shown.push(Shown { char: ' ', bytes: at..at });
            }
            at += aside.or(tag).unwrap_or(rest.len());
            continue;
        }
        let named = if c == '&' { reference(&html[at..]) } else { None };
        let (char, length) = named.unwrap_or((c, c.len_utf8()));
        let bytes = at..at + length;
        at = bytes.end;
        if char.is_whitespace() {
            match shown.last_mut() {
                None => {}
                Some(last) if last.char == ' ' && last.bytes.end == bytes.start => {
                    last.bytes.end = bytes.end;
                }
                Some(last) if last.char == ' ' => {}
                Some(_) => shown.push(Shown { char: ' ', bytes }),
            }
        } else {
            shown.push(Shown { char, bytes });
        }
    }
    if shown.last().is_some_and(|last| last.char == ' ') {
        shown.pop();
    }
    shown
}

/// A character reference as the sanitiser writes it, and its length.
fn reference(rest: &str) -> Option<(char, usize)> {
    let end = rest.get(..rest.len().min(10))?.find(';')?;
    let char = match &rest[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    fn marked(markdown: &str, words: &str) -> String {
        let pieces = crate::markdown::render(markdown, "s").unwrap();
        let piece = pieces.into_iter().find(|piece| piece.text.is_some()).unwrap();
        let text = piece.text.unwrap();
        let at = text.find(words).unwrap();
        let start = text[..at].chars().count();
        let html = mark(&piece.html, &text, from_ref(&(start..start + words.chars().count())));
        assert_eq!(html.replace(OPEN, "").replace(CLOSE, ""), piece.html);
        html
    }

    #[test]
    fn words_are_marked_within_tags() {
        let html = marked("Keep *paper forms* & pens\nready.\n", "forms & pens ready");
        assert!(html.contains("paper <mark class=\"said\">forms</mark></em>"), "{html}");
        assert!(html.contains("<mark class=\"said\"> &amp; pens\nready</mark>."), "{html}");
        let html = marked("- [one](https://a.example/x) two\n", "two");
        assert!(html.contains("<mark class=\"said\">two</mark>"), "{html}");
        let html = marked("| a | b |\n|-|-|\n| c | d |\n", "a b c");
        assert_eq!(html.matches("<mark").count(), 3, "{html}");
        assert!(!html.contains("<tr><mark") && !html.contains("</td><mark"), "{html}");
    }

    #[test]
    fn what_does_not_agree_is_left_alone() {
        assert_eq!(mark("<p>Other</p>", "Words", from_ref(&(0..3))), "<p>Other</p>");
        assert_eq!(mark("<p>a < b", "a < b", from_ref(&(0..1))), "<p>a < b");
    }
}
