//! Characters that cannot be seen but change what is read, shown as visible marks.
//!
//! Joiners inside words of scripts that need them, and inside emoji, are honest and stay.

use std::borrow::Cow;
use std::fmt::Write;

/// Every hidden character with its 1-based line, for the check before publishing.
#[must_use]
pub fn scan(text: &str) -> Vec<(usize, char)> {
    let mut line = 1;
    let mut seen = 0;
    let mut found = Vec::new();
    for (at, run) in runs(text) {
        line += text[seen..at].matches('\n').count();
        seen = at;
        found.extend(run.chars().map(|hidden| (line, hidden)));
    }
    found
}

/// The text with hidden characters spelt out, `⟪U+202E⟫`, for anything shown as plain text.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |out, name| _ = write!(out, "⟪{name}⟫"))
}

/// The same inside finished HTML text. Attributes must hold no hidden character by then.
pub(super) fn visible_html(html: &str) -> Cow<'_, str> {
    replace(html, |out, name| {
        _ = write!(out, "<span class=\"ctl\" title=\"{name}\">⟪{name}⟫</span>");
    })
}

fn replace(text: &str, mut show: impl FnMut(&mut String, &str)) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, run) in runs(text) {
        out.push_str(&text[from..at]);
        from = at + run.len();
        // A long run of one character is shown once with its count: a text of nothing else
        // must not grow twentyfold.
        let mut rest = run.chars().peekable();
        while let Some(hidden) = rest.next() {
            let mut times = 1;
            while rest.next_if_eq(&hidden).is_some() {
                times += 1;
            }
            let mut name = format!("U+{:04X}", u32::from(hidden));
            if times > 1 {
                _ = write!(name, " × {times}");
            }
            show(&mut out, &name);
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Runs of neighbouring hidden characters with their offsets.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    // Few bytes can start a hidden character; between them nothing need be decoded.
    while let Some(next) = bytes[at..].iter().position(|byte| may_start_hidden(*byte)) {
        at += next;
        let mut chars = text[at..].chars();
        let Some(here) = chars.next() else { break };
        let end = at + here.len_utf8();
        if may_hide(here) && !joins(text[..at].chars().next_back(), here, chars.next()) {
            match found.last_mut() {
                Some((start, run)) if *start + run.len() == at => *run = &text[*start..end],
                _ => found.push((at, &text[at..end])),
            }
        }
        at = end;
    }
    found
}

/// Only first bytes of characters, so that a hit is always a character's start.
fn may_start_hidden(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0B..=0x1F | 0x7F)
        || matches!(byte, 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF3)
}

pub(super) fn may_hide(here: char) -> bool {
    let bidi = matches!(here, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(here, '\u{2066}'..='\u{2069}' | '\u{061C}');
    let no_width = matches!(here, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{00AD}')
        || matches!(here, '\u{180E}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}')
        || matches!(here, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    bidi || no_width || (here.is_control() && !matches!(here, '\t' | '\n'))
}

/// Whether a joiner stands where a script or an emoji needs it.
fn joins(before: Option<char>, here: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    match here {
        '\u{200C}' => needs_joiners(before) && needs_joiners(after),
        '\u{200D}' => {
            (needs_joiners(before) && needs_joiners(after)) || (emoji(before) && emoji(after))
        }
        _ => false,
    }
}

fn needs_joiners(near: char) -> bool {
    let arabic = matches!(near, '\u{0600}'..='\u{08FF}') && near != '\u{061C}';
    let indic = matches!(near, '\u{0900}'..='\u{0DFF}' | '\u{1CD0}'..='\u{1CFF}');
    let other = matches!(near, '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}')
        || matches!(near, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    (arabic || indic || other) && !near.is_whitespace() && near != '\u{180E}'
}

fn emoji(near: char) -> bool {
    matches!(near, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_hides_and_leaves_honest_joiners() {
        assert_eq!(visible("a\u{202E}b"), "a⟪U+202E⟫b");
        assert_eq!(visible("\u{200B}\u{200B}x\u{FEFF}"), "⟪U+200B × 2⟫x⟪U+FEFF⟫");
        assert_eq!(visible("pass\u{200C}word"), "pass⟪U+200C⟫word");
        for honest in ["می\u{200C}خواهم", "क्\u{200D}ष", "👩\u{200D}⚕\u{FE0F}", "שלום", "a\u{A0}b"]
        {
            assert_eq!(visible(honest), honest);
        }
        assert_eq!(
            visible_html("a\u{AD}"),
            "a<span class=\"ctl\" title=\"U+00AD\">⟪U+00AD⟫</span>"
        );
    }

    #[test]
    fn finds_hidden_characters_with_their_lines() {
        assert_eq!(
            scan("a\n\u{202E}b\u{2066}\n\n\u{7}"),
            [(2, '\u{202E}'), (2, '\u{2066}'), (4, '\u{7}')]
        );
    }
}
