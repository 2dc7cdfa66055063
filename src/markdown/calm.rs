//! What did not change, as a reader of changes wants it: words, without the
//! marks that make them strong or a link.

/// Where this stands, marks may be meant as they are.
const VERBATIM: [&str; 3] = ["`", "~~~", "$$"];

/// The text without marks of emphasis and, where `links` do not matter, without
/// the addresses they lead to. A mark that may be anything else stays.
pub(super) fn calm(text: &str, links: bool) -> String {
    let rule = |text: &str| text.len() > 2 && text.chars().all(|c| "*_- ".contains(c));
    let plain = VERBATIM.iter().any(|own| text.contains(own)) || rule(text.trim());
    let mut out = String::with_capacity(text.len());
    write(&mut out, text, !plain, links);
    out
}

fn write(out: &mut String, text: &str, emphasis: bool, links: bool) {
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            '*' | '_' if emphasis => {
                length = rest.len() - rest.trim_start_matches(c).len();
                let after = rest[length..].chars().next();
                if is_emphasis(c, length, before, after) {
                    rest = &rest[length..];
                    continue;
                }
            }
            '[' if links && before != Some('!') => {
                if let Some((words, after)) = link(rest) {
                    write(out, words, emphasis, links);
                    before = words.chars().next_back();
                    rest = after;
                    continue;
                }
            }
            ']' if links && rest.starts_with("](http") => {
                if let Some(after) = address(&rest[1..]) {
                    out.push_str("](…)");
                    before = Some(')');
                    rest = after;
                    continue;
                }
            }
            _ => {}
        }
        out.push_str(&rest[..length]);
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
}

/// Whether a run of marks begins or ends emphasis, by what stands beside it. At
/// the end of the text anything may stand there.
fn is_emphasis(mark: char, length: usize, before: Option<char>, after: Option<char>) -> bool {
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // A bullet, a product of two numbers, a name in a program.
    let bullet = length == 1 && (before.is_none() || before == Some('\n')) && blank(after);
    let alone = blank(before) && blank(after);
    let within = word(before) && word(after) && (mark == '_' || length == 1);
    length <= 3 && !bullet && !alone && !within
}

/// The words of the link that a text begins with, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let end = text[1..].find(['[', ']'])? + 1;
    let after = text[end..].strip_prefix(']')?;
    Some((&text[1..end], address(after)?))
}

/// What follows the address in round brackets that a text begins with.
fn address(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 1 => return Some(&text[at + 1..]),
            ')' => open = open.checked_sub(1)?,
            c if c.is_whitespace() || open == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_left_and_marks_that_say_something() {
        for (text, shown) in [
            (
                "States **shall** act, *now*, __all__ of _them_.",
                "States shall act, now, all of them.",
            ),
            ("so un**like**ly; ***both***", "so unlikely; both"),
            // Half of a pair, where the words between them changed.
            ("they **", "they "),
            ("** act.", " act."),
            ("See [the **list**](https://one.example/x_(y)), [b](local).", "See the list, b."),
            ("words](https://one.example) on", "words](…) on"),
            // Text not agreed, literal marks, pictures, notes, code.
            ("[States][Parties] [shall] act (now)", "[States][Parties] [shall] act (now)"),
            (
                "2 * 3, 2*3, snake_case_name, \\*as typed\\*",
                "2 * 3, 2*3, snake_case_name, \\*as typed\\*",
            ),
            ("![a map](map.png) and [^1]", "![a map](map.png) and [^1]"),
            ("`**` and **so**", "`**` and **so**"),
            ("* one\n* two", "* one\n* two"),
            ("***", "***"),
            ("ends in [", "ends in ["),
            ("ends in \\", "ends in \\"),
        ] {
            assert_eq!(calm(text, true), shown);
        }
        assert_eq!(calm("**New** [a](https://b.example)", false), "New [a](https://b.example)");
    }
}
