//! Square brackets: text that is not agreed yet.
//!
//! An unescaped `[` … `]` that Markdown leaves as text, raw HTML included, since readers see it
//! as text. Not a bracket: links, footnotes, task boxes, code, image texts, `\[`, figures alone
//! (`[1]`) and `[…]`. Brackets nest and may span paragraphs.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{self, MAX_DEPTH, Spanned};
use super::{RenderError, line_at, normalise};

/// The brackets of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Brackets {
    /// How many openings have their closing.
    pub pairs: usize,
    /// The 1-based line of each bracket without its other half.
    pub unmatched: Vec<usize>,
    /// The 1-based line of each pair's opening, in the order of the text.
    pub lines: Vec<usize>,
}

/// Finds the brackets of a text. One nested too deep to be rendered is said to have none.
#[must_use]
pub fn scan(markdown: &str) -> Brackets {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else { return Brackets::default() };
    let mut found = find(&source, &events);
    found.pairs.sort_unstable_by_key(|pair| pair.open);
    found.unmatched.sort_unstable();
    Brackets {
        pairs: found.pairs.len(),
        unmatched: lines(&source, found.unmatched),
        lines: lines(&source, found.pairs.iter().map(|pair| pair.open)),
    }
}

/// Lines of ascending offsets, in one walk over the text.
fn lines(source: &str, offsets: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let (mut line, mut seen) = (1, 0);
    let line_of = |offset: usize| {
        line += source[seen..offset].matches('\n').count();
        seen = offset;
        line
    };
    offsets.into_iter().map(line_of).collect()
}

/// What the writer does at a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// A pair within one element starts here.
    Open,
    /// It ends here.
    Close,
    /// A pair that spans elements starts here: until its end, each run of text is marked.
    Cover,
    /// It ends here.
    Uncover,
}

/// The brackets to highlight, by place in the source.
#[derive(Debug, Default)]
pub(super) struct Marks {
    turns: Vec<(usize, Turn)>,
    /// After each turn, how many spanning pairs are open.
    covers: Vec<usize>,
}

impl Marks {
    /// The turns from `start` to `end` and how many spanning pairs are open at `start`.
    pub fn within(&self, start: usize, end: usize) -> (&[(usize, Turn)], usize) {
        let from = self.turns.partition_point(|turn| turn.0 < start);
        let count = self.turns[from..].partition_point(|turn| turn.0 < end);
        let covered = from.checked_sub(1).map_or(0, |before| self.covers[before]);
        (&self.turns[from..from + count], covered)
    }
}

/// Where to highlight brackets; refuses what nests too deep.
pub(super) fn marks(source: &str, events: &[Spanned]) -> Result<Marks, RenderError> {
    let found = find(source, events);
    let mut turns = Vec::with_capacity(2 * found.pairs.len());
    for pair in &found.pairs {
        if pair.height > MAX_DEPTH {
            return Err(RenderError::TooDeep { line: line_at(source, pair.open) });
        }
        let (start, end) =
            if pair.whole { (Turn::Open, Turn::Close) } else { (Turn::Cover, Turn::Uncover) };
        turns.extend([(pair.open, start), (pair.close, end)]);
    }
    turns.sort_unstable_by_key(|turn| turn.0);
    let mut open = 0_usize;
    let count = |(_, turn): &(usize, Turn)| {
        match turn {
            Turn::Cover => open += 1,
            Turn::Uncover => open -= 1,
            Turn::Open | Turn::Close => {}
        }
        open
    };
    let covers = turns.iter().map(count).collect();
    Ok(Marks { turns, covers })
}

struct Pair {
    open: usize,
    close: usize,
    /// Both halves stand in one run of text and inline elements.
    whole: bool,
    /// Levels of brackets, this one included.
    height: usize,
}

struct Opening {
    at: usize,
    run: (usize, usize),
    inner: usize,
}

struct Found {
    pairs: Vec<Pair>,
    unmatched: Vec<usize>,
}

fn find(source: &str, events: &[Spanned]) -> Found {
    let mut found = Found { pairs: Vec::new(), unmatched: Vec::new() };
    let mut open: Vec<Opening> = Vec::new();
    let mut elements = vec![0];
    // A tight list item holds text beside blocks: a pair must not enclose such a block.
    let mut blocks = 0;
    let mut silent = 0;
    for (at, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                elements.push(at + 1);
                blocks += usize::from(events::is_block(tag.to_end()));
                silent += usize::from(matches!(tag, Tag::Image { .. } | Tag::CodeBlock(_)));
            }
            Event::End(tag) => {
                elements.pop();
                blocks += usize::from(events::is_block(*tag));
                silent -= usize::from(matches!(tag, TagEnd::Image | TagEnd::CodeBlock));
            }
            Event::Rule => blocks += 1,
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) if silent == 0 => {
                // A decoded entity does not stand in the source as it reads: it is an escape.
                if source.get(range.clone()) != Some(&**text) {
                    continue;
                }
                let run = (elements.last().copied().unwrap_or(0), blocks);
                for (offset, byte) in text.bytes().enumerate() {
                    let place = range.start + offset;
                    match byte {
                        b'[' if !escaped(source, place) => {
                            open.push(Opening { at: place, run, inner: 0 });
                        }
                        b']' if !escaped(source, place) => {
                            close(source, place, run, &mut open, &mut found);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    found.unmatched.extend(open.iter().map(|opening| opening.at));
    found
}

fn close(
    source: &str,
    place: usize,
    run: (usize, usize),
    open: &mut Vec<Opening>,
    found: &mut Found,
) {
    let Some(opening) = open.pop() else {
        found.unmatched.push(place);
        return;
    };
    let inside = source.get(opening.at + 1..place).unwrap_or_default();
    if opening.inner == 0 && (figures(inside) || matches!(inside.trim(), "…" | "...")) {
        return;
    }
    let height = opening.inner + 1;
    if let Some(outer) = open.last_mut() {
        outer.inner = outer.inner.max(height);
    }
    found.pairs.push(Pair { open: opening.at, close: place, whole: opening.run == run, height });
}

fn figures(inside: &str) -> bool {
    !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit())
}

fn escaped(source: &str, place: usize) -> bool {
    let before = source.as_bytes()[..place].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markdown: &str) -> (usize, Vec<usize>, Vec<usize>) {
        let found = scan(markdown);
        (found.pairs, found.unmatched, found.lines)
    }

    #[test]
    fn counts_what_markdown_leaves_as_text() {
        assert_eq!(found("a [b] c\n\n[d [e]]\n"), (3, vec![], vec![1, 3, 3]));
        assert_eq!(found("[a\n\nb]\n"), (1, vec![], vec![1]));
        assert_eq!(found("a *[b* c]\n"), (1, vec![], vec![1]));
        assert_eq!(found("\\\\[a]"), (1, vec![], vec![1]));
        assert_eq!(found("[ ] [] [x [1] y]"), (3, vec![], vec![1, 1, 1]));
        assert_eq!(found("[the [draft] text](http://a.example)"), (1, vec![], vec![1]));
        assert_eq!(found("<b title=x>\n[a]\n</b>\n"), (1, vec![], vec![2]));
        assert_eq!(found("| [a] | b |\n|-|-|\n| c | [d |\n"), (1, vec![3], vec![1]));
    }

    #[test]
    fn leaves_what_is_no_bracket() {
        for text in [
            "\\[a\\]",
            "`[a]`",
            "    [a]\n",
            "```\n[a]\n```\n",
            "[a](http://b.example)",
            "[1] [23]",
            "[…] [...] [ … ]",
            "- [ ] a\n- [x] b\n",
            "a[^1]\n\n[^1]: b\n",
            "[a]\n\n[a]: /b\n",
            "![the [alt]](x.png)",
            "&#91;a&#93;",
            "&lbrack;a&rbrack;",
            "[a][b]\n\n[b]: #c\n",
        ] {
            assert_eq!(found(text), (0, vec![], vec![]), "{text}");
        }
    }

    #[test]
    fn tells_the_line_of_what_has_no_other_half() {
        assert_eq!(found("a\nb ] c\n\n[d\n"), (0, vec![2, 4], vec![]));
        assert_eq!(found("[a [b]\n"), (1, vec![1], vec![1]));
        assert_eq!(found("see [^9]\n"), (1, vec![], vec![1]));
    }
}
