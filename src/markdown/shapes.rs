//! Texts of hostile shape: none may stop the renderer or come through it as markup, and none may
//! take long. `benches/hostile.rs` reads this file as well.

/// Throws of a dice of any number of sides that are the same every time.
pub fn dice(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |sides| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % sides.max(1)
    }
}

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
    // So many words out of a stock of so many, between two signs.
    let thrown = |stock: usize, words: usize, before: &str, after: &str| {
        let mut throw = dice(7);
        let mut text = String::new();
        while text.len() < size {
            text.push_str(before);
            for at in 0..words {
                text.push_str(if at > 0 { " w" } else { "w" });
                text.push_str(&throw(stock).to_string());
            }
            text.push_str(after);
        }
        text
    };
    // So many blocks, of words out of a stock.
    let blocks = |count: usize, stock: usize| {
        let words = size / count / (2 + stock.to_string().len());
        thrown(stock, words, "", "\n\n")
    };
    let letters = |first: char, many: u32, every: usize, blank: &str| {
        let mut throw = dice(3);
        let mut text = String::new();
        let many = usize::try_from(many).unwrap_or(1);
        while text.len() < size {
            for _ in 0..every {
                let code = u32::from(first) + u32::try_from(throw(many)).unwrap_or(0);
                text.extend(char::from_u32(code));
            }
            text.push_str(blank);
        }
        text
    };
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
        ("one letter", fill("a")),
        ("two letters", letters('a', 2, 64, "")),
        ("two words in turn", fill("one two ")),
        ("two words as it falls", letters('a', 2, 1, " ")),
        ("five words as it falls", letters('a', 5, 1, " ")),
        ("words, each another", numbered(|at| format!("w{at} "))),
        ("words of a stock", thrown(3000, 60, "", " ")),
        ("lines of a stock", thrown(3000, 4, "", "\n")),
        ("paragraphs, each another", numbered(|at| format!("w{at}\n\n"))),
        ("paragraphs as it falls", letters('a', 2, 1, "\n\n")),
        ("paragraphs, twice each", numbered(|at| format!("w{at}\n\nw{at}\n\n"))),
        ("paragraphs of a stock", thrown(3000, 4, "", "\n\n")),
        ("paragraphs of a small stock", thrown(60, 12, "", "\n\n")),
        ("paragraphs, a hundred", blocks(99, 900)),
        ("paragraphs, two hundred", blocks(198, 900)),
        ("paragraphs, two hundred of few words", blocks(198, 9)),
        ("paragraphs, nine", blocks(9, 9)),
        ("headings of a stock", thrown(3000, 3, "# ", "\n")),
        ("quotes of a stock", thrown(3000, 3, "> ", "\n\n")),
        ("items of a stock", thrown(3000, 3, "- ", "\n")),
        ("items in order", numbered(|at| format!("{}. w{}\n", at + 1, at % 900))),
        ("items with paragraphs", fill("- a\n\n  b\n\n")),
        ("items in items", fill("1. a\n   1. b\n      - c\n")),
        ("rows of a stock", format!("|a|b|\n|-|-|\n{}", thrown(3000, 2, "| ", " | c |\n"))),
        ("tables", fill("|a|b|\n|-|-|\n|c|d|\n\n")),
        ("code of a stock", format!("```\n{}```\n", thrown(3000, 3, "", "\n"))),
        ("code as it falls", format!("```\n{}```\n", letters('a', 2, 1, "\n"))),
        ("quotes and lists in turn", format!("{}a\n\n", "> - ".repeat(49)).repeat(size / 200)),
        ("stars and underscores", fill("*a_")),
        ("emphasis in emphasis", fill(&format!("{}b{}\n\n", "*a ".repeat(90), " a*".repeat(90)))),
        ("entities by number", numbered(|at| format!("&#{};", at % 9000))),
        ("arabic", fill("يجب على المستشفيات أن تعمل، ")),
        (
            "arabic in one word",
            letters('\u{627}', 28, 1 << 12, " ").chars().take(size / 2).collect(),
        ),
        ("chinese of a stock", letters('\u{4E00}', 3000, 90, "。")),
        ("arabic and chinese", fill("يجب医院")),
        ("html lines", format!("<div>\n{}", fill("a <b>\n"))),
        ("html of a stock", thrown(3000, 2, "<p>", "\n\n")),
        ("brackets over paragraphs", fill("[a\n\nb]\n\n")),
        ("brackets in brackets", fill(&format!("{}{} ", "[a ".repeat(90), "]".repeat(90)))),
        (
            "footnotes of a stock",
            numbered(|at| {
                format!("w{0} [^{at}]\n\n[^{at}]: w{0} w{1}\n\n", at * 7 % 3000, at * 11 % 3000)
            }),
        ),
        (
            "link definitions used",
            numbered(|at| format!("[a][{at}]\n\n[{at}]: http://b.c/{at}\n\n")),
        ),
        ("front matter", format!("---\n{}---\n", numbered(|at| format!("k{at}: v\n")))),
        (
            "front matter of one list",
            format!("---\nlist:\n{}---\n", numbered(|at| format!("  - v{at}\n"))),
        ),
        ("items in one item", format!("- a\n{}", fill("  - b\n"))),
        ("combining marks", fill("a\u{301}\u{302}")),
        ("emoji", fill("\u{1F469}\u{200D}\u{2695}\u{FE0F}")),
        ("full stops", fill("a. ")),
        ("addresses", numbered(|at| format!("http://a.b/{at} "))),
    ]
}

/// Small sizes: how long they take at the largest is measured in `benches/`.
#[cfg(test)]
#[test]
fn every_hostile_shape_is_rendered_or_refused() {
    use super::{html, render};
    for (name, text) in shapes(8 << 10) {
        if let Ok(pieces) = render(&text, "s") {
            let html = html(&pieces);
            assert!(!html.contains("<script"), "{name}");
        }
    }
}
