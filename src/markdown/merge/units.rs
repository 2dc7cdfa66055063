//! A block as what a person changes at a time: words, signs, whole addresses and code.

/// A word or sign with the blank before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit<'a> {
    pub before: &'a str,
    pub text: &'a str,
    pub kind: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Word,
    Sign,
    /// What parts sentences, clauses of a list and table cells.
    Stop,
    /// The blank line between two blocks; its `before` is empty.
    Break,
}

/// Signs that stand alone, wherever they are.
const SIGNS: &str = "()[]{}<>\"“”„‘«»*_~|—–…;,:!?¿¡=#`、，。！；：？（）《》「」【】،؛؟";
const STOPS: &str = ".!?;|。！？；؟؛";

/// A longer span of code is taken apart, so that a lone tick is not looked for in all the text.
const LONGEST_CODE: usize = 200;

/// Takes a text apart; the blank at its end is left over.
pub fn split(text: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n']).len();
        let mut before = &rest[..blank];
        let rest = &rest[blank..];
        if rest.is_empty() {
            break;
        }
        if before.matches('\n').count() > 1 {
            units.push(Unit { before: "", text: before, kind: Sort::Break });
            before = "";
        }
        let length = length(rest);
        let text = &rest[..length];
        units.push(Unit { before, text, kind: sort(text) });
        at += blank + length;
    }
    units
}

fn sort(text: &str) -> Sort {
    if text.chars().any(char::is_alphanumeric) {
        Sort::Word
    } else if text.contains(|c| STOPS.contains(c)) {
        Sort::Stop
    } else {
        Sort::Sign
    }
}

/// How long the unit is that a text starts with.
fn length(text: &str) -> usize {
    code(text).or_else(|| address(text)).or_else(|| target(text)).unwrap_or_else(|| word(text))
}

/// A span of code.
fn code(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let near = &text[ticks..text.floor_char_boundary(ticks + LONGEST_CODE)];
    let close = near.find(&text[..ticks])?;
    if near[..close].contains("\n\n") {
        return None;
    }
    Some(ticks + close + ticks)
}

fn address(text: &str) -> Option<usize> {
    let scheme = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !text[scheme..].starts_with("://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>()[]\"|*`".contains(c));
    let address = &text[..end.unwrap_or(text.len())];
    Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?']).len())
}

/// Where a link leads: `](…)` is one thing.
fn target(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("](").or_else(|| text.strip_prefix("]["))?;
    let end = inner.find(|c: char| c.is_whitespace() || "()[]".contains(c))?;
    inner[end..].starts_with([')', ']']).then_some(2 + end + 1)
}

fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut last = 0;
    let Some((_, first)) = chars.next() else { return 0 };
    if SIGNS.contains(first) || ideographic(first) || !continues(first) {
        // A run of one sign is one: `**`, `---`, `...`.
        let alone = "[](){}|".contains(first) || first.is_alphanumeric();
        let run = if alone { 1 } else { text.chars().take_while(|c| *c == first).count() };
        return first.len_utf8() * run;
    }
    let mut before = first;
    while let Some((at, here)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let within = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let number = before.is_numeric() && next.is_some_and(char::is_numeric);
        let sign = SIGNS.contains(here) && !(number && ",:".contains(here));
        let joins = continues(here) || (within && !here.is_whitespace());
        if here.is_whitespace() || ideographic(here) || sign || !joins {
            return at;
        }
        last = at + here.len_utf8();
        before = here;
    }
    if last == 0 { text.len() } else { last }
}

/// Letters, digits, and the marks that belong to a letter.
fn continues(here: char) -> bool {
    here.is_alphanumeric() || (!here.is_ascii() && !here.is_whitespace() && !SIGNS.contains(here))
}

fn ideographic(here: char) -> bool {
    crate::markdown::words::ideographic(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn words_signs_addresses_and_code_are_units() {
        assert_eq!(texts("States (all) act."), ["States", "(", "all", ")", "act", "."]);
        assert_eq!(texts("third-party 1,000 2026-01-02"), ["third-party", "1,000", "2026-01-02"]);
        assert_eq!(texts("see https://a.b/c?d=1."), ["see", "https://a.b/c?d=1", "."]);
        assert_eq!(texts("[a b](http://c/d) e"), ["[", "a", "b", "](http://c/d)", "e"]);
        assert_eq!(texts("run `a b` **now**"), ["run", "`a b`", "**", "now", "**"]);
        assert_eq!(texts("医院应当"), ["医", "院", "应", "当"]);
        assert_eq!(texts("a\nb\n\nc"), ["a", "b", "\n\n", "c"]);
        assert_eq!(texts("don’t it's e.g. x"), ["don’t", "it's", "e.g", ".", "x"]);
    }

    #[test]
    fn units_put_together_are_the_text() {
        for text in ["", " a  b\n\n c", "**a*`b", "](", "…—", "\u{301}a\u{301}", "يجب، على"]
        {
            let whole: String =
                split(text).iter().flat_map(|unit| [unit.before, unit.text]).collect();
            assert_eq!(whole, text.trim_end_matches([' ', '\t', '\n']));
        }
    }
}
