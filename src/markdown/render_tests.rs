//! What a reader is promised of rendered text.

use super::*;

fn section(markdown: &str) -> String {
    html(&pieces(markdown))
}

fn pieces(markdown: &str) -> Vec<Piece> {
    render(markdown, "s").unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn blocks_carry_ids_and_their_text() {
    let text = "# One\n\nSome *words*\nhere.\n\n- a\n- b\n\n  c\n\n> q\n\n\
        ```sh\nx < y\n```\n\n---\n\n\
        | h | i |\n|---|--:|\n| 1 | 2 |\n";
    let found = pieces(text);
    let shown: Vec<(&str, Option<&str>)> =
        found.iter().map(|piece| (&*piece.html, piece.text.as_deref())).collect();
    assert_eq!(
        shown,
        [
            ("<h3 id=\"s-1\" dir=\"auto\">One</h3>", Some("One")),
            ("<p id=\"s-2\" dir=\"auto\">Some <em>words</em>\nhere.</p>", Some("Some words here.")),
            ("<ul>", None),
            ("<li id=\"s-3\" dir=\"auto\"><p>a</p></li>", Some("a")),
            ("<li id=\"s-4\" dir=\"auto\"><p>b</p><p>c</p></li>", Some("b c")),
            ("</ul>", None),
            ("<blockquote id=\"s-5\" dir=\"auto\"><p>q</p></blockquote>", Some("q")),
            (
                "<div id=\"s-6\" dir=\"auto\" class=\"code\"><pre tabindex=\"0\"><code>x &lt; y\n\
                 </code></pre></div>",
                Some("x < y")
            ),
            ("<hr>", None),
            (
                "<div id=\"s-7\" dir=\"auto\" class=\"table-wrap\" tabindex=\"0\" role=\"region\" \
                 aria-label=\"h, i\"><table><thead><tr><th scope=\"col\">h</th>\
                 <th scope=\"col\" class=\"end\">i</th></tr></thead><tbody><tr><td>1</td>\
                 <td class=\"end\">2</td></tr></tbody></table></div>",
                Some("h i 1 2")
            ),
        ]
    );
}

#[test]
fn headings_start_below_the_sections_own() {
    for (level, tag) in [(1, "h3"), (2, "h3"), (3, "h4"), (4, "h5"), (5, "h6"), (6, "h6")] {
        let html = section(&format!("{} x\n", "#".repeat(level)));
        assert_eq!(html, format!("<{tag} id=\"s-1\" dir=\"auto\">x</{tag}>"));
    }
}

#[test]
fn raw_html_is_text() {
    assert_eq!(
        section("a <b onclick=x>b</b>\n\n<script>\nalert(1)\n</script>\n"),
        "<p id=\"s-1\" dir=\"auto\">a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\
         <p id=\"s-2\" dir=\"auto\" class=\"raw\">&lt;script&gt;\nalert(1)\n&lt;/script&gt;\n</p>"
    );
    assert!(!section("<!--|-->\n\na <!--|--> b\n").contains("<!--"));
}

#[test]
fn links_show_where_they_lead() {
    let inside = |markdown: &str| {
        let html = section(markdown);
        html.trim_start_matches("<p id=\"s-1\" dir=\"auto\">").trim_end_matches("</p>").to_owned()
    };
    assert_eq!(
        inside("[report](https://example.org/a?b&c \"t\")"),
        "<a href=\"https://example.org/a?b&amp;c\" title=\"t\" rel=\"noopener noreferrer\">report\
         </a> <span class=\"host\">(example.org)</span>"
    );
    assert_eq!(
        inside("<https://example.org/>"),
        "<a href=\"https://example.org/\" rel=\"noopener noreferrer\">https://example.org/</a>"
    );
    assert!(inside("[apple.com](https://аpple.com)").ends_with("(xn--pple-43d.com)</span>"));
    assert_eq!(inside("[a](javascript:x) [b](/c) [d](#e)"), "a b <a href=\"#e\">d</a>");
    assert_eq!(inside("<a@b.example>"), "<a href=\"mailto:a@b.example\">a@b.example</a>");
    assert_eq!(
        inside("![a *cat*](https://e.org/c.png)"),
        "<a href=\"https://e.org/c.png\" rel=\"noopener noreferrer\">a cat</a> \
         <span class=\"host\">(e.org)</span>"
    );
    assert_eq!(inside("[![cat](https://e.org/c.png)](#x)"), "<a href=\"#x\">cat</a>");
    assert_eq!(inside("![cat](c.png)"), "cat");
    assert!(inside("![](https://e.org/c.png)").contains(">image</a>"));
    assert_eq!(section("<javascript:alert(1)>").matches("href").count(), 0);
}

#[test]
fn brackets_are_marked_within_their_block() {
    let inside = |markdown: &str| section(markdown).replace("<mark class=\"bracket\">", "<m>");
    assert_eq!(
        inside("a [b *c* [d]] e"),
        "<p id=\"s-1\" dir=\"auto\">a <m>[b <em>c</em> <m>[d]</mark>]</mark> e</p>"
    );
    assert_eq!(
        inside("[a *b] c*"),
        "<p id=\"s-1\" dir=\"auto\"><m>[a </mark><em><m>b]</mark> c</em></p>"
    );
    assert_eq!(
        inside("x [a\n\nb `c`\n\nd] y"),
        "<p id=\"s-1\" dir=\"auto\">x <m>[a</mark></p>\
         <p id=\"s-2\" dir=\"auto\"><m>b <code>c</code></mark></p>\
         <p id=\"s-3\" dir=\"auto\"><m>d]</mark> y</p>"
    );
    assert!(!inside("\\[a\\] [1] […] [b").contains("<m>"));
    assert!(inside("- [a\n  # h\n  b]\n").contains("</mark><h3"), "a mark holds no block");
}

#[test]
fn footnotes_come_last_and_link_both_ways() {
    let found = pieces("a[^x] b[^y] c[^x]\n\n[^y]: second\n\n[^x]: first\n\n[^z]: nobody's\n");
    let shown = html(&found);
    assert_eq!(found[0].text.as_deref(), Some("a b c"));
    assert!(shown.contains("<a href=\"#s-2\" id=\"s-fnref-1\">[1]</a>"), "{shown}");
    assert!(shown.contains("<a href=\"#s-2\" id=\"s-fnref-1-2\">[1]</a>"), "{shown}");
    assert!(shown.contains("<a href=\"#s-3\" id=\"s-fnref-2\">[2]</a>"), "{shown}");
    assert_eq!(found[1].html, "<ol class=\"footnotes\">");
    assert_eq!(
        found[2].html,
        "<li id=\"s-2\" dir=\"auto\"><p>first <a class=\"backlink\" role=\"doc-backlink\" \
         href=\"#s-fnref-1\" aria-label=\"Back to the text\">↩</a></p></li>"
    );
    assert_eq!(found[3].text.as_deref(), Some("second"));
    assert_eq!(found[4].html, "<li id=\"s-4\" dir=\"auto\"><p>nobody's</p></li>");
}

#[test]
fn tasks_and_hidden_characters_can_be_seen() {
    let shown = section("- [x] done\n- [ ] not\n");
    assert!(shown.contains("aria-hidden=\"true\">☑</span>"), "{shown}");
    assert!(shown.contains("class=\"visually-hidden\">Not done:</span>"), "{shown}");
    let shown = section("a\u{202E}b `c\u{200B}` [x](http://e.org/\u{202E} \"t\u{202E}\")\n");
    assert!(!shown.contains(['\u{202E}', '\u{200B}']), "{shown}");
    assert!(shown.contains("a<span class=\"ctl\" title=\"U+202E\">⟪U+202E⟫</span>b"), "{shown}");
    assert!(shown.contains("title=\"t⟪U+202E⟫\""), "{shown}");
}

#[test]
fn a_note_has_neither_block_ids_nor_headings() {
    assert_eq!(
        render_note("# Hi\n\n- a[^1]\n\n[^1]: n\n", "c7"),
        Ok("<p dir=\"auto\"><strong>Hi</strong></p><ul><li dir=\"auto\">a<sup \
            class=\"footnote-ref\"><a href=\"#c7-fn-1\" id=\"c7-fnref-1\">[1]</a></sup></li></ul>\
            <ol class=\"footnotes\"><li id=\"c7-fn-1\" dir=\"auto\"><p>n <a class=\"backlink\" \
            role=\"doc-backlink\" href=\"#c7-fnref-1\" aria-label=\"Back to the text\">↩</a></p>\
            </li></ol>"
            .to_owned())
    );
}

#[test]
fn too_deep_is_refused_with_its_line() {
    let refused = |markdown: String, line| {
        assert_eq!(render(&markdown, "s"), Err(RenderError::TooDeep { line }));
        assert!(render_note(&markdown, "s").is_err());
    };
    refused(format!("a\n\n{}b", "> ".repeat(101)), 3);
    refused(format!("a\n\n{}b", "> ".repeat(20_000)), 3);
    refused(format!("{}b", "- ".repeat(101)), 1);
    refused(format!("{}b", "1. ".repeat(15_000)), 1);
    refused(format!("{}b", ">1)".repeat(15_000)), 1);
    refused(format!("x\n{}b{}", "**".repeat(101), "**".repeat(101)), 2);
    refused(format!("{}b{}", "[".repeat(101), "]".repeat(101)), 1);
    refused(format!("{}b{}", "![".repeat(101), "](c)".repeat(101)), 1);
    let steps: Vec<String> = (0..150).map(|at| format!("{}- a\n", "  ".repeat(at))).collect();
    let nested = steps.concat();
    refused(nested, 101);
    for (open, close) in [("> ", ""), ("- ", ""), ("**", "**"), ("[", "]"), ("![", "](c)")] {
        let text = format!("{}b{}", open.repeat(100), close.repeat(100));
        assert!(render(&text, "s").is_ok(), "{open}");
    }
    assert!(render(&format!("{}\n", "- ".repeat(5_000)), "s").is_ok(), "a long rule");
    assert!(render(&"[".repeat(5_000), "s").is_ok(), "unmatched brackets do not nest");
}

/// Well-formed pieces, unique ids, one id on each block's first tag, and a sanitiser that finds
/// nothing more to do.
#[test]
fn messy_texts_keep_every_promise() {
    const PARTS: &[&str] = &[
        "\n",
        "\n\n",
        " ",
        "    ",
        "a",
        "# ",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "<!--",
        "-->",
        "<div>\n",
        "<script>",
        "*",
        "**",
        "`",
        "~~",
        "[",
        "]",
        "[^1]",
        "[^1]: ",
        "](http://a.b)",
        "![",
        "<b>",
        "| a | b |\n|---|---|\n| ",
        " | ",
        "\u{202E}",
        "\u{200B}",
        "&amp;",
        "\\",
        "- [ ] ",
        "---\n",
        "<http://x.y>",
        "](#z)",
        "](javascript:x)",
        "é",
        "<p",
        "\"",
        "'",
        "<!--|-->",
        "\u{1}",
        "\0",
        "<m@a.b>",
        "7",
        "…",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap_or(1)).unwrap_or(0)
    };
    for _ in 0..3000 {
        let text: String = (0..next(40)).map(|_| PARTS[next(PARTS.len())]).collect();
        let found = pieces(&text);
        let whole = html(&found);
        assert_eq!(clean::again(&whole), whole, "\n{text:?}");
        let mut blocks = 0;
        for piece in &found {
            if piece.text.is_some() {
                blocks += 1;
                let opening = piece.html.split('>').next().unwrap_or_default();
                assert!(opening.contains(&format!(" id=\"s-{blocks}\"")), "\n{text:?}\n{piece:?}");
                // An item with a list in it is closed by a later piece.
                let open = opening.starts_with("<li") && !piece.html.ends_with("</li>");
                let closed = format!("{}{}", piece.html, if open { "</li>" } else { "" });
                assert_eq!(clean::again(&closed), closed, "\n{text:?}");
            }
        }
        let mut ids: Vec<&str> =
            whole.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "\n{text:?}\n{whole}");
        for bad in ["<script", "<img", "<!--", "javascript:x\"", "style="] {
            assert!(!whole.contains(bad), "\n{text:?}\n{whole}");
        }
        assert!(!whole.contains(['\u{202E}', '\u{200B}', '\u{1}']), "\n{text:?}\n{whole}");
        let note = render_note(&text, "n").unwrap_or_default();
        assert_eq!(clean::again(&note), note, "\n{text:?}");
    }
}

#[test]
fn more_blocks_than_any_real_text_has_are_refused() {
    let most = events::MOST_BLOCKS;
    for (unit, lines) in [("a\n\n", 2), ("- a\n", 1), ("---\n\n", 2)] {
        assert!(events::parse(&unit.repeat(most)).is_ok(), "{unit}");
        let line = most * lines + 1;
        let refused = render(&unit.repeat(most + 1), "s").unwrap_err();
        assert_eq!(refused, RenderError::TooMany { line }, "{unit}");
        assert_eq!(refused.fault(), "fault-too-many-blocks");
    }
}
