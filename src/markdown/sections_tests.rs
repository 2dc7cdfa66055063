//! Files go out and come back.

use super::*;

fn audiences() -> Vec<(String, String)> {
    [("policy-makers", "Policy makers"), ("technology-vendors", "Technology vendors")]
        .map(|(slug, name)| (slug.into(), name.into()))
        .into()
}

fn read(text: &str) -> SourceFile {
    parse(text, &audiences()).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

fn faults(text: &str) -> Vec<String> {
    parse(text, &audiences()).map_or_else(
        |faults| faults.iter().map(ToString::to_string).collect(),
        |file| panic!("{file:?}"),
    )
}

fn file(statement: &str, rationale: &str, action: &str) -> SourceFile {
    SourceFile {
        title: "T".into(),
        track: "resilience".into(),
        audiences: vec!["policy-makers".into(), "technology-vendors".into()],
        statement: normalise(statement),
        rationale: normalise(rationale),
        actions: vec![
            ("technology-vendors".into(), normalise(action)),
            ("policy-makers".into(), normalise(statement)),
        ],
        ..SourceFile::default()
    }
}

const GOOD: &str = "---\nreference: RES-01\ntitle: \"Backups: test them\"\ntrack: resilience\n\
    audiences:\n  - policy-makers\nstatus: open\ncomments_until: 2027-01-31T17:00:00Z\n---\n\
    States should act.\n\n## A heading\n\nx\n\n## Rationale\n\nBecause.\n\n\
    ## For policy-makers\n\n- do\n";

#[test]
fn reads_and_writes_a_file() {
    let file = read(GOOD);
    assert_eq!(file.title, "Backups: test them");
    assert_eq!(file.statement, "States should act.\n\n## A heading\n\nx\n");
    assert_eq!(file.rationale, "Because.\n");
    assert_eq!(file.actions, [("policy-makers".to_owned(), "- do\n".to_owned())]);
    assert_eq!(write(&file), GOOD);
    let by_name = GOOD.replace("For policy-makers", "For Policy makers").replace('\n', "\r\n");
    assert_eq!(read(&by_name), file);
    assert_eq!(read(&GOOD.replace("---\nStates", "---\n\nStates")), file);
}

#[test]
fn tells_every_fault_with_its_line() {
    assert_eq!(faults("x\n"), ["1: the file starts with front matter between two lines of `---`"]);
    assert_eq!(
        faults(
            "---\ntitel: x\ntrack: a\ntrack: b\naudiences: [policy-maker, technology-vendors]\n\
             status: opn\nreason: r\n---\n\n## Rationale\n\n## For Policy makers\n\n## Rationale\n"
        ),
        [
            "1: `title` is missing",
            "2: unknown key `titel`; do you mean `title`?",
            "4: `track` stands already on line 3",
            "5: unknown audience `policy-maker`; do you mean `policy-makers`?",
            "5: `technology-vendors` has no section `## For technology-vendors`",
            "6: `opn` is no status; there are `draft`, `open`, `agreed`, `withdrawn`",
            "7: `reason` belongs to status `withdrawn` alone",
            "12: a section for `policy-makers`, which `audiences` does not list",
            "14: a second section `Rationale`",
        ]
    );
    let open = "---\ntitle: a\ntrack: b\naudiences: []\nstatus: open\n---\n";
    assert_eq!(faults(open), ["5: status `open` needs `comments_until`"]);
    let bad = "---\ntitle: a\ntrack: \"b\naudiences: []\n---\n";
    assert!(faults(bad)[0].contains("not valid YAML"), "{:?}", faults(bad));
    for odd in ["a: {b: c}", "a: *b", "- a", "a: &x b", "[[", "a: [[b]]", "? x", "%"] {
        assert!(parse(&format!("---\n{odd}\n---\n"), &audiences()).is_err(), "{odd}");
    }
    let deep = format!("---\ntitle: a\ntrack: b\naudiences: []\n---\n{}x\n", "> ".repeat(20_000));
    assert_eq!(faults(&deep), ["6: nested more than 100 deep"]);
}

#[test]
fn titles_survive_whatever_they_hold() {
    for title in [
        "Plain words",
        "Colon: here",
        "#hash",
        "- dash",
        "yes",
        "2024",
        "'quoted'",
        "a \"b\" c",
        "back\\slash",
        "[draft]",
        "a #b",
        "trailing:",
        "@x",
        "médecins, 医院",
        "\u{202E}x",
        "~",
        "a\u{2028}b",
        "😀 smile",
        "*a",
        "&a",
        "!x",
        "%x",
        "`x`",
        "{x}",
        "null",
        "1e3",
        "a  b",
        "?",
    ] {
        let file = SourceFile { title: title.into(), ..file("s", "", "") };
        assert_eq!(read(&write(&file)), file, "{title}");
    }
}

#[test]
fn refuses_what_would_split() {
    let at = |body: &str| splits_at(body, &audiences());
    assert_eq!(at("a\n\n## Rationale\n"), Some(3));
    assert_eq!(at("## For policy-makers ##\n"), Some(1));
    assert_eq!(at("a\n  ##  For Policy makers\n"), Some(2));
    assert_eq!(at("a\n\n```\nopen\n"), Some(3));
    assert_eq!(at("a\n\n<!-- open\n"), Some(3));
    assert_eq!(at("<pre>\n"), Some(1));
    for kept in [
        "",
        "a\n",
        "## Other\n",
        "### Rationale\n",
        "Rationale\n---\n",
        "```\n## Rationale\n```\n",
        "    ## Rationale\n",
        "> ## Rationale\n",
        "- ## Rationale\n",
        "\\## Rationale\n",
        "##Rationale\n",
        "## For nobody\n",
        "<div>\n",
        "<!--\n## Rationale\n-->\n",
        "- a\n\n  b\n",
        "a\n\n\t",
        "[^1]: note\n",
        "| a |\n|---|\n",
        "## rationale\n",
        "> ```\n",
    ] {
        assert_eq!(at(kept), None, "{kept}");
        let file = file(kept, kept, kept);
        assert_eq!(read(&write(&file)), file, "{kept}");
    }
}

/// Bodies put together from what trips parsers, by a fixed pseudo-random sequence.
#[test]
fn any_body_that_is_accepted_comes_back() {
    const PARTS: &[&str] = &[
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "a",
        "## Rationale",
        "## For policy-makers",
        "##",
        "# ",
        "```",
        "~~~",
        "````",
        "> ",
        "- ",
        "1. ",
        "<!--",
        "-->",
        "<div>",
        "<pre>",
        "</pre>",
        "<script>",
        "<?",
        "?>",
        "---",
        "===",
        "\\",
        "[^1]: ",
        "[a]: b",
        "[a]",
        "| a |",
        "|---|",
        "*",
        "`",
        "<![CDATA[",
        "]]>",
        "word",
        "\r\n",
        "\r",
        "\u{FEFF}",
        "\u{A0}",
        "Rationale",
        "  \n",
        "+",
        ":",
        "&amp;",
        "<b",
        "\0",
        "\u{2028}",
        "\u{C}",
        "\u{B}",
        "For policy-makers",
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap_or(1)).unwrap_or(0)
    };
    let mut body = || {
        let mut body = String::new();
        for _ in 0..=next(14) {
            body.push_str(PARTS[next(PARTS.len())]);
            if next(3) == 0 {
                body.push('\n');
            }
        }
        normalise(&body)
    };
    let audiences = audiences();
    let (mut kept, mut refused) = (0, 0);
    while kept < 1500 {
        let bodies = [body(), body(), body()];
        if bodies.iter().any(|body| splits_at(body, &audiences).is_some()) {
            refused += 1;
            continue;
        }
        kept += 1;
        let [statement, rationale, action] = bodies;
        let file = file(&statement, &rationale, &action);
        let text = write(&file);
        let back = parse(&text, &audiences);
        assert_eq!(back.as_ref(), Ok(&file), "\n{text:?}");
        assert_eq!(back.map(|back| write(&back)), Ok(text));
    }
    assert!(refused > 100, "the bodies must be messy enough: {refused}");
}
