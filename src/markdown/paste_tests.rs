//! Clipboards as Word, Google Docs and a browser fill them.

use super::*;

const WORD: &str = include_str!("paste_word.html");

#[test]
fn word_becomes_markdown() {
    let pasted = from_html(WORD).unwrap();
    let expected = "## Keeping care going\n\n\
        **Hospitals** should keep “offline” backups of 10\u{A0}TB[^1] [and test them].\n\n\
        - Paper forms\n    - for *wards*\n- Radios\n1. First\n2. Second\n\n\
        See [the report](https://example.org/a) now. new must\n\n\
        | Who | What \\| when |\n| --- | --- |\n| State | Fund it |\n\n\
        * * *\n\n[^1]: Measured in 2025.";
    assert_eq!(pasted.text, expected);
    let Pasted { images, comments, deletions, colours, underlines, .. } = pasted;
    assert_eq!((images, comments, deletions, colours, underlines), (1, 1, 1, 1, 1));
    // It is Markdown that Primum reads as it was meant.
    let html = crate::markdown::html(&crate::markdown::render(&pasted.text, "s").unwrap());
    for part in ["<h", "<strong>Hospitals</strong>", "<table", "footnote", "class=\"bracket\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_page_becomes_markdown() {
    let page = "<meta charset='utf-8'><b style=\"font-weight:normal;\">\
        <p><span style=\"font-weight:700\">Bold</span>\
        <span style=\"font-style:italic\"> slanted</span></p><ul><li><p>one</p></li><li>two\
        <ol><li>deep</li></ol></li></ul></b><script>alert(1)</script>\
        <a href=\"javascript:x()\">no link</a>";
    let text = from_html(page).unwrap().text;
    assert!(text.starts_with("**Bold** *slanted*\n\n- one\n"), "{text}");
    assert!(text.contains("- two") && text.contains("1. deep"), "{text}");
    assert!(text.ends_with("no link") && !text.contains("alert"), "{text}");
}

#[test]
fn what_nests_without_end_is_left_alone() {
    assert_eq!(from_html(&"<div>".repeat(50_000)), None);
    let formatted: String = (0..5_000).map(|n| format!("<b a{n}></x>")).collect();
    assert_eq!(from_html(&formatted), None);
    assert!(from_html(&"<p>a".repeat(5_000)).is_some());
    assert_eq!(from_html("").unwrap(), Pasted::default());
}
