//! Keeps what is fixed away from the sanitiser and puts it back in its place.
//!
//! The sanitiser takes some three microseconds an element, so that a text of nothing but short
//! paragraphs would take it seconds, and time with the square of the number of `&` in a text.
//! So it is given what authors wrote: their words and their links. The tags of the writer's
//! own, in which nothing is an author's, are held back. A noncharacter stands in the place of
//! each, and in the place of the few characters that are slow to escape.

/// Stand for `&`, `<` and `"`.
const ENTITIES: [(char, &str); 3] =
    [('\u{FDD0}', "&amp;"), ('\u{FDD1}', "&lt;"), ('\u{FDD2}', "&quot;")];
/// Stands, with an ASCII character behind it, for U+0080 to U+00BF, whose first byte the
/// sanitiser takes for a no-break space's.
const LATIN: char = '\u{FDD3}';
const LATIN_FROM: u8 = b'?';
/// A tag was held back here.
const TAG: char = '\u{FDD4}';
/// A block ends here.
const END: char = '\u{FDD5}';

/// HTML for the sanitiser, and the tags held back from it.
#[derive(Debug, Default)]
pub struct Sheet {
    pub html: String,
    pub held: Held,
    /// Nothing is written: only the plain text of the blocks is asked for.
    pub blank: bool,
}

/// Tags in order, end to end.
#[derive(Debug, Default)]
pub struct Held {
    tags: String,
    ends: Vec<usize>,
}

impl Held {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.tags.get(start..*self.ends.get(at)?)
    }
}

impl Sheet {
    /// Holds back a tag that is the writer's own.
    pub fn tag(&mut self, tag: &str) {
        if self.blank {
            return;
        }
        self.html.push(TAG);
        self.held.tags.push_str(tag);
        self.held.ends.push(self.held.tags.len());
    }

    /// The tag that was written last, if nothing came after it.
    pub fn last_tag(&self) -> Option<&str> {
        self.html.ends_with(TAG).then(|| self.held.get(self.held.len().checked_sub(1)?))?
    }

    /// Takes the last tag away.
    pub fn drop_tag(&mut self) {
        if self.html.pop().is_some() && self.held.ends.pop().is_some() {
            self.held.tags.truncate(self.held.ends.last().copied().unwrap_or(0));
        }
    }

    /// Marks the end of a block.
    pub fn end_block(&mut self) {
        self.html.push(END);
    }

    /// Appends an author's text.
    pub fn text(&mut self, text: &str) {
        if !self.blank {
            escape(&mut self.html, text, false);
        }
    }

    /// Appends an author's text as the inside of a double-quoted attribute.
    pub fn attribute(&mut self, text: &str) {
        if !self.blank {
            escape(&mut self.html, text, true);
        }
    }
}

fn escape(out: &mut String, text: &str, quotes: bool) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (sign, long) = match byte {
            b'&' => (ENTITIES[0].0, 1),
            b'<' => (ENTITIES[1].0, 1),
            b'"' if quotes => (ENTITIES[2].0, 1),
            0xC2 => (LATIN, 2),
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push(sign);
        if sign == LATIN {
            let second = bytes.get(at + 1).map_or(0, |second| second & 0x3F);
            out.push(char::from(LATIN_FROM + second));
        }
        from = at + long;
    }
    out.push_str(&text[from..]);
}

/// Takes from a source what would pass for a sign of ours, length unchanged.
pub fn prepare(source: String) -> String {
    let ours = |here: char| matches!(here, '\u{FDD0}'..='\u{FDD5}');
    if source.contains(ours) { source.replace(ours, "\u{FFFD}") } else { source }
}

/// Puts everything back into sanitised HTML, taking `held` from number `first`: each block,
/// then what stands behind the last. `None` if a tag was lost or is left over.
pub fn restore(clean: &str, held: &Held, first: usize, end: usize) -> Option<Vec<String>> {
    let mut blocks = Vec::new();
    let mut block = String::new();
    let mut next = first;
    let mut from = 0;
    for (at, lead) in clean.bytes().enumerate() {
        // Every sign starts with this byte and takes three.
        if lead != 0xEF {
            continue;
        }
        let Some(sign) = clean.get(at..at + 3).and_then(|sign| sign.chars().next()) else {
            continue;
        };
        if !matches!(sign, '\u{FDD0}'..='\u{FDD5}') {
            continue;
        }
        block.push_str(clean.get(from..at)?);
        from = at + 3;
        match sign {
            TAG => {
                block.push_str(held.get(next)?);
                next += 1;
            }
            END => blocks.push(std::mem::take(&mut block)),
            LATIN => {
                let code = clean.as_bytes().get(from)?.checked_sub(LATIN_FROM)?;
                from += 1;
                match char::from(0x80 + code) {
                    '\u{A0}' => block.push_str("&nbsp;"),
                    latin => block.push(latin),
                }
            }
            _ => block.extend(ENTITIES.iter().find(|(own, _)| *own == sign).map(|own| own.1)),
        }
    }
    block.push_str(clean.get(from..)?);
    blocks.push(block);
    (next == end).then_some(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_back_comes_again_in_its_place() {
        let mut sheet = Sheet::default();
        sheet.tag("<p>");
        sheet.text("a < & \" > \u{A0}«é§\u{80}\u{BF}");
        sheet.tag("</p>");
        sheet.end_block();
        sheet.tag("<hr>");
        assert_eq!(sheet.last_tag(), Some("<hr>"));
        let end = sheet.held.len();
        let back = restore(&sheet.html, &sheet.held, 0, end);
        let text = "<p>a &lt; &amp; \" > &nbsp;«é§\u{80}\u{BF}</p>";
        assert_eq!(back, Some(vec![text.to_owned(), "<hr>".to_owned()]));
        assert_eq!(restore("", &sheet.held, 0, end), None);
        sheet.drop_tag();
        assert_eq!((sheet.last_tag(), sheet.held.len()), (None, 2));
    }
}
