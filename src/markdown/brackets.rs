//! Square brackets: text that is not agreed yet.
//!
//! An unescaped `[` … `]` that Markdown leaves as text, raw HTML included, since readers see it
//! as text. Not a bracket: links, footnotes, task boxes, code, image texts, `\[`, figures alone
//! (`[1]`) and `[…]`. Brackets nest and may span paragraphs.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{self, MAX_DEPTH, Spanned};
use super::{RenderError, line_at, normalise, words};

mod unwrap;

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

/// Two brackets and what is not agreed between them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pair {
    /// Bytes in the normalised text, with the brackets.
    pub start: usize,
    pub end: usize,
    /// What stands between the brackets, as typed.
    pub text: String,
    /// 1 for a pair that stands in no other.
    pub depth: usize,
    /// Of the opening, 1-based.
    pub line: usize,
}

/// The pairs of brackets in the order of their openings. A text nested too deep to be rendered
/// is said to have none.
#[must_use]
pub fn pairs(markdown: &str) -> Vec<Pair> {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else { return Vec::new() };
    let mut found = find(&source, &events).pairs;
    if found.iter().any(|pair| pair.height > MAX_DEPTH) {
        return Vec::new();
    }
    found.sort_unstable_by_key(|pair| pair.open);
    let lines = lines(&source, found.iter().map(|pair| pair.open));
    let mut open: Vec<usize> = Vec::new();
    let pair = |(own, line): (&Half, usize)| {
        while open.last().is_some_and(|close| *close < own.open) {
            open.pop();
        }
        open.push(own.close);
        Pair {
            start: own.open,
            end: own.close + 1,
            text: source.get(own.open + 1..own.close).unwrap_or_default().to_owned(),
            depth: open.len(),
            line,
        }
    };
    found.iter().zip(lines).map(pair).collect()
}

/// The normalised text without the pair that opens at the byte `start`, its words kept or
/// dropped with it; `None` if no pair opens there. A block that has no words left goes too.
#[must_use]
pub fn unwrap(markdown: &str, start: usize, keep: bool) -> Option<String> {
    let source = normalise(markdown);
    let pair = pairs(&source).into_iter().find(|pair| pair.start == start)?;
    Some(if keep { unwrap::kept(&source, &pair) } else { unwrap::dropped(&source, &pair) })
}

/// Runs of pairs that stand side by side, such as `[shall][should]` or `[and]/[or]`: words to
/// choose between.
#[must_use]
pub fn alternatives(markdown: &str) -> Vec<Vec<Pair>> {
    let source = normalise(markdown);
    let mut runs: Vec<Vec<Pair>> = Vec::new();
    let mut open: Vec<Vec<Pair>> = Vec::new();
    for pair in pairs(&source) {
        open.truncate(pair.depth);
        let beside = open
            .get(pair.depth - 1)
            .and_then(|run| run.last())
            .is_some_and(|last| matches!(source.get(last.end..pair.start), Some("" | "/")));
        if beside {
            open[pair.depth - 1].push(pair);
            continue;
        }
        if let Some(run) = open.get_mut(pair.depth - 1) {
            runs.push(std::mem::replace(run, vec![pair]));
        } else {
            open.push(vec![pair]);
        }
    }
    runs.append(&mut open);
    runs.retain(|run| run.len() > 1);
    runs.sort_unstable_by_key(|run| run[0].start);
    runs
}

/// How many words stand outside all brackets, and how many there are in all.
#[must_use]
pub fn clean_share(markdown: &str) -> (usize, usize) {
    let source = normalise(markdown);
    let Ok(events) = events::parse(&source) else { return (0, 0) };
    let mut outer: Vec<(usize, usize)> = Vec::new();
    let mut found = find(&source, &events).pairs;
    found.sort_unstable_by_key(|pair| pair.open);
    for pair in found {
        if outer.last().is_none_or(|last| last.1 < pair.open) {
            outer.push((pair.open, pair.close));
        }
    }
    let count = |text: &str| words::count(&words::split(text));
    let (mut clean, mut all) = (0, 0);
    for (event, range) in events {
        let (Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)) =
            event
        else {
            continue;
        };
        let words = count(&text);
        all += words;
        let first = outer.partition_point(|pair| pair.1 < range.start);
        let mut inside = 0;
        for (open, close) in &outer[first..] {
            if *open >= range.end {
                break;
            }
            let (from, to) = ((*open).max(range.start), (*close).min(range.end));
            inside += source.get(from..to).map_or(0, count).min(words - inside);
        }
        clean += words - inside;
    }
    (clean, all)
}

struct Half {
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
    pairs: Vec<Half>,
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
    found.pairs.push(Half { open: opening.at, close: place, whole: opening.run == run, height });
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
    fn pairs_nest_and_can_be_taken_away() {
        let text = "a [b [c] d] e\n\n[f\n\ng]\n";
        let found: Vec<_> =
            pairs(text).into_iter().map(|own| (own.text, own.depth, own.line)).collect();
        assert_eq!(
            found,
            [("b [c] d".to_owned(), 1, 1), ("c".to_owned(), 2, 1), ("f\n\ng".to_owned(), 1, 3)]
        );
        assert_eq!(unwrap(text, 2, true).unwrap(), "a b [c] d e\n\n[f\n\ng]\n");
        assert_eq!(unwrap(text, 2, false).unwrap(), "a e\n\n[f\n\ng]\n");
        assert_eq!(unwrap(text, 3, false), None);
    }

    #[test]
    fn words_are_kept_or_dropped_with_their_bracket() {
        // The text, kept, dropped; the first pair each time.
        for (text, keep, drop) in [
            ("a [b] c", "a b c", "a c"),
            ("a [b].", "a b.", "a."),
            ("a [b]", "a b", "a"),
            ("[a] b", "a b", "b"),
            ("[shall][should] act", "shall[should] act", "[should] act"),
            ("x [a [b] c] y", "x a [b] c y", "x y"),
            ("one\n\n[two]\n\nthree", "one\n\ntwo\n\nthree", "one\n\nthree"),
            ("- a\n- [b]\n- c", "- a\n- b\n- c", "- a\n- c"),
            ("1. a\n2. [b]\n3. c", "1. a\n2. b\n3. c", "1. a\n2. c"),
            ("# [T]\n\na", "# T\n\na", "a"),
            ("> [q] r\n> s", "> q r\n> s", "> r\n> s"),
            ("one [two\n\nthree\n\nfour] five", "one two\n\nthree\n\nfour five", "one\n\nfive"),
            ("- a [b\n- c] d\n- e", "- a b\n- c d\n- e", "- a\n- d\n- e"),
            ("one [two\n\n> three] four", "one two\n\n> three four", "one\n\n> four"),
            ("[1. a]", "1\\. a", ""),
            ("[# a] b", "\\# a b", "b"),
            (
                "| [a | b] |\n|---|---|\n| c | d |",
                "| a | b |\n|---|---|\n| c | d |",
                "|  | |\n|---|---|\n| c | d |",
            ),
            ("| a | [b] |\n|---|---|", "| a | b |\n|---|---|", "| a | |\n|---|---|"),
            ("يجب [أن] تعمل", "يجب أن تعمل", "يجب تعمل"),
        ] {
            let start = pairs(text)[0].start;
            let shown = |keep| unwrap(text, start, keep).unwrap().trim_end().to_owned();
            assert_eq!(shown(true), keep, "{text}");
            assert_eq!(shown(false), drop, "{text}");
        }
    }

    #[test]
    fn alternatives_stand_side_by_side() {
        let runs = alternatives("States [shall][should] act [and]/[or] [x [a][b]].");
        let words: Vec<Vec<_>> =
            runs.into_iter().map(|run| run.into_iter().map(|own| own.text).collect()).collect();
        assert_eq!(words, [vec!["shall", "should"], vec!["and", "or"], vec!["a", "b"]]);
    }

    #[test]
    fn the_share_of_clean_text() {
        assert_eq!(clean_share("one [two three] four\n\n[five\n\n*six*] `seven`\n"), (3, 7));
        assert_eq!(clean_share(""), (0, 0));
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
