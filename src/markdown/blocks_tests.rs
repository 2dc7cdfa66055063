//! Where blocks are, in the source and on the page.

use super::*;
use crate::markdown::{self, shapes};

/// Blocks as `kind margin number|text`.
fn told(text: &str) -> Vec<String> {
    let tell =
        |block: Block| format!("{:?} {} {}|{}", block.kind, block.margin, block.number, block.text);
    blocks(text).into_iter().map(tell).collect()
}

#[test]
fn every_kind_of_block_is_told() {
    let text = "# T\n\npara\nmore\n\n---\n\n> q\n>\n> - r\n\n```\nc\n```\n\n    code\n    more\n\n\
        | a |\n|---|\n| b |\n\n[^1]: Note.\n\n[x]: /y\n[z]: /z\n \n[w]: /w\n\n<div>\n";
    assert_eq!(
        told(text),
        [
            "Heading 0 |# T",
            "Paragraph 0 |para\nmore",
            "Other 0 |---",
            "Quote 0 |> q\n>\n> - r",
            "Code 0 |```\nc\n```",
            "Code 0 |    code\n    more",
            "Table 0 || a |\n|---|\n| b |",
            "Other 0 |[^1]: Note.",
            "Other 0 |[x]: /y\n[z]: /z",
            "Other 0 |[w]: /w",
            "Other 0 |<div>",
        ]
    );
}

#[test]
fn nested_lists_are_taken_item_by_item() {
    let text = "- a\n  lazy\n  - b\n\n    c\n    1. d\n    2. e\n\n  after\n\n  # h\n- - x\n  - y\n\
        9.  z\n    - w\n-\n";
    assert_eq!(
        told(text),
        [
            "ListItem 0 |- a\n  lazy",
            "ListItem 2 |- b\n\n  c",
            "ListItem 4 1. |d",
            "ListItem 4 2. |e",
            "Paragraph 2 |after",
            "Heading 2 |# h",
            "ListItem 0 |-",
            "ListItem 2 |- x",
            "ListItem 2 |- y",
            "ListItem 0 9.  |z",
            "ListItem 4 |- w",
            "ListItem 0 |-",
        ]
    );
    assert_eq!(
        told("10. a\n    - b\n\n    after\n    more\n")[2..],
        ["Paragraph 4 |after\nmore"],
        "lines of a block in an item start where its text does"
    );
    assert_eq!(
        told("- a\n  - b\n  ---\n  c *d*\n  > q\n")[2..],
        ["Other 2 |---", "Paragraph 2 |c *d*", "Quote 2 |> q"]
    );
}

#[test]
fn pieces_are_shown_block_by_block() {
    let text = "[^1]: Note.\n\n# T\n\n- a[^1]\n  - b\n  - c\n\n  d\n- e\n\n---\n\n[x]: /y\n\nend\n";
    let pieces = markdown::render(text, "s").unwrap();
    let texts: Vec<_> = pieces.iter().filter_map(|piece| piece.text.as_deref()).collect();
    assert_eq!(texts, ["T", "a", "b", "c", "d", "e", "end", "Note."]);
    assert_eq!(block_of_piece(text), [1, 2, 3, 4, 5, 6, 9, 0]);
    let list = markdown::html(&pieces[1..9]);
    assert_eq!(
        list.replace(" dir=\"auto\"", "").replace(
            "<sup class=\"footnote-ref\"><a href=\"#s-8\" \
         id=\"s-fnref-1\">[1]</a></sup>",
            ""
        ),
        "<ul><li id=\"s-2\"><p>a</p><ul><li id=\"s-3\">b</li><li id=\"s-4\">c</li></ul>\
         <p id=\"s-5\">d</p></li>"
    );
    let loose = markdown::render("- a\n  - b\n  ---\n  c *d*\n  # e\n", "s").unwrap();
    assert_eq!(
        markdown::html(&loose).replace(" dir=\"auto\"", ""),
        "<ul><li id=\"s-1\">a<ul><li id=\"s-2\">b</li></ul><hr><p id=\"s-3\">c <em>d</em></p>\
         <h3 id=\"s-4\">e</h3></li></ul>"
    );
}

/// Blocks lie apart and hold the letters of their pieces.
fn agree(name: &str, text: &str) {
    let Ok(pieces) = markdown::render(text, "s") else { return };
    let source = normalise(text);
    let blocks = blocks(&source);
    let places = block_of_piece(text);
    let texts: Vec<_> = pieces.iter().filter_map(|piece| piece.text.as_deref()).collect();
    assert_eq!(texts.len(), places.len(), "{name}");
    let mut seen = 0;
    for block in &blocks {
        let between = source.get(seen..block.range.start);
        assert!(between.is_some_and(|gap| gap.trim().is_empty()), "{name} {block:?}");
        assert!(block.range.end > block.range.start, "{name}");
        seen = block.range.end;
    }
    assert!(source[seen..].trim().is_empty(), "{name}");
    for (text, at) in texts.iter().zip(places) {
        let block = blocks.get(at).unwrap_or_else(|| panic!("{name}: {at}"));
        let whole = &source[block.range.clone()];
        // Letters come through the renderer as they are; a table drops surplus cells.
        let mut left = whole.chars();
        let mut letters = text.chars().filter(char::is_ascii_alphabetic);
        if !whole.contains(['&', '[', '<', '!']) {
            let all = letters.all(|letter| left.any(|other| other == letter));
            assert!(all, "{name}: {text:?} in {block:?}");
        }
    }
}

const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    "\n",
    " ",
    "  ",
    "    ",
    "\t",
    "a ",
    "b\n",
    "# c",
    "```\n",
    "> ",
    "- ",
    "1. ",
    "2) ",
    "- ",
    "  - ",
    "    - ",
    "[^1]",
    "\n[^1]: ",
    "---\n",
    "| d | e |\n|---|---|\n| f |",
    "*g*",
    "<div>\n",
    "\n[x]: /y\n",
    "==\n",
];

#[test]
fn pieces_and_blocks_agree_in_any_shape() {
    for (name, text) in shapes::shapes(2 << 10) {
        agree(name, &text);
    }
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..3000 {
        let mut text = String::new();
        for _ in 0..40 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(PARTS[usize::try_from(state % PARTS.len() as u64).unwrap()]);
        }
        agree(&format!("{round} {text:?}"), &text);
    }
}
