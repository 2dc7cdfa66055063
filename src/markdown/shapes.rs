//! Texts of hostile shape: none may stop the renderer or come through it as markup.

use super::*;

/// Shapes by name, each grown to about `size` bytes.
pub fn shapes(size: usize) -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(size / unit.len());
    let numbered = |unit: fn(usize) -> String| {
        let mut text = String::new();
        let mut at = 0;
        while text.len() < size {
            text.push_str(&unit(at));
            at += 1;
        }
        text
    };
    let half = |open: &str, close: &str| {
        let count = size / (open.len() + close.len());
        format!("{}{}", open.repeat(count), close.repeat(count))
    };
    // Levels of indentation whose whole text has this size, at most a hundred.
    let mut stairs = String::new();
    while stairs.len() < size {
        for at in 0..99 {
            stairs.push_str(&"  ".repeat(at));
            stairs.push_str("- a\n");
        }
        stairs.push_str("\nx\n\n");
    }
    let columns = size / 16;
    vec![
        (
            "prose",
            fill(
                "States should act on [the text], as *agreed* in \
            [the report](https://example.org/a), and soon. Every ward needs paper.\n\n",
            ),
        ),
        ("opening brackets", fill("[")),
        ("closing brackets", fill("]")),
        ("bracket pairs", fill("[a]")),
        ("crossing brackets", fill("*[a* b]")),
        ("spanning bracket", format!("[\n\n{}\n\n]", fill("*a* "))),
        ("brackets and parens", fill("[](")),
        ("image openings", fill("![")),
        ("backticks", fill("`a``b```c````d")),
        ("backticks growing", {
            let mut text = String::new();
            let mut at = 1;
            while text.len() < size {
                text.push_str(&"`".repeat(at));
                text.push(' ');
                at += 1;
            }
            text
        }),
        ("stars", fill("*a ")),
        ("stars alone", fill("*")),
        ("star pairs", fill("*a*")),
        ("star mixes", fill("*a_b**c__")),
        ("underscores", fill("_a __b ")),
        ("tildes", fill("~a ~~b ")),
        ("quotes to a hundred", fill(&format!("{}a\n\n", "> ".repeat(99)))),
        ("quotes, then lazy lines", format!("{}a\n{}", "> ".repeat(99), fill("b\n"))),
        ("lists, then blank lines", format!("{}a\n{}", "- ".repeat(99), fill("\n"))),
        ("lists, then words", format!("{}a\n{}", "- ".repeat(99), fill("b\n\n"))),
        ("quotes too deep", fill("> ")),
        ("lists too deep", fill("- a")),
        ("stairs", stairs),
        ("stairs without end", {
            let mut text = String::new();
            let mut at = 0;
            while text.len() < size {
                text.push_str(&" ".repeat(2 * at));
                text.push_str("- a\n");
                at += 1;
            }
            text
        }),
        ("bold too deep", half("**", "**")),
        ("brackets too deep", half("[", "]")),
        ("links in links", half("[", "](b)")),
        ("images in images", half("![", "](b)")),
        ("list", fill("- a\n")),
        ("paragraphs", fill("a\n\n")),
        ("headings", fill("# a\n")),
        ("rules", fill("---\n\n")),
        ("one line", fill("word ")),
        ("lines", fill("word\n")),
        ("table", format!("| a | b |\n|---|---|\n{}", fill("| c | d |\n"))),
        (
            "wide table",
            format!(
                "{}\n{}\n{}",
                "|a".repeat(columns),
                "|-".repeat(columns),
                "|\n".repeat(size / 4)
            ),
        ),
        ("table cells", format!("|a|\n|-|\n{}", fill("|b\n"))),
        ("footnotes", numbered(|at| format!("a[^{at}]\n\n[^{at}]: b\n\n"))),
        ("footnote references", format!("[^a]: b\n\n{}", fill("[^a]"))),
        ("footnote definitions", numbered(|at| format!("[^{at}]: b\n"))),
        ("footnote openings", fill("[^a]: ")),
        ("footnotes undefined", fill("[^a")),
        ("links", fill("[a](http://b.c)")),
        ("short links", fill("[a](#b)")),
        ("autolinks", fill("<http://a> ")),
        ("mail links", fill("<a@b.c> ")),
        ("link definitions", numbered(|at| format!("[{at}]: /a\n"))),
        (
            "links by definition",
            format!("[a]: http://b.c/{}\n\n{}", "d".repeat(1000), fill("[a] ")),
        ),
        (
            "links to a long place",
            format!("[a]: http://b.c/{}\n\n{}", "d".repeat(size / 2), "[a] ".repeat(size / 8)),
        ),
        ("long link text", format!("[{}](http://b.c)", fill("a "))),
        ("angles", fill("<")),
        ("html tags", fill("<a b=c>")),
        ("html comments", fill("<!--a-->")),
        ("html comment openings", fill("<!--")),
        ("html declarations", fill("<!A <?b <![CDATA[")),
        ("html blocks", fill("<div>\n\n")),
        ("entities", fill("&amp;")),
        ("ampersands", fill("&")),
        ("escapes", fill("\\[")),
        ("backslashes", fill("\\")),
        ("hidden characters", fill("a\u{AD}")),
        ("hidden run", fill("\u{202E}")),
        ("control characters", fill("\u{1}a")),
        ("fences", fill("```\n")),
        ("tasks", fill("- [ ] a\n")),
        ("code spans", fill("`a` ")),
        ("setext", fill("a\n=\n")),
        ("nulls", fill("\0")),
        ("line ends", fill("\r")),
        ("tabs", fill("\t")),
        ("numbers", fill("1) a\n")),
        ("quotes of links", fill("\"'\"")),
        ("chinese", fill("医院")),
        ("pipes", fill("|")),
    ]
}

/// Small sizes: how long they take at the largest is measured in `benches/`.
#[test]
fn every_hostile_shape_is_rendered_or_refused() {
    for (name, text) in shapes(8 << 10) {
        if let Ok(pieces) = render(&text, "s") {
            let html = html(&pieces);
            assert!(!html.contains("<script"), "{name}");
        }
    }
}
