//! Comparisons as delegates read them.

use super::*;

/// Rows as `kind: text`, with `[-gone-]` and `{+come+}`.
fn shown(old: &str, new: &str) -> Vec<String> {
    let row = |row: &Row| {
        let spans = row.inline.iter().map(|span| match span.kind {
            SpanKind::Same => span.text.clone(),
            SpanKind::Inserted => format!("{{+{}+}}", span.text),
            SpanKind::Deleted => format!("[-{}-]", span.text),
        });
        format!("{:?}: {}", row.kind, spans.collect::<String>())
    };
    compare(old, new).rows.iter().map(row).collect()
}

#[test]
fn words_change_within_a_paragraph() {
    assert_eq!(
        shown("States should act now.\n", "States must quickly act now.\n"),
        ["Changed: States [-should-]{+must quickly+} act now."]
    );
    let comparison = compare("a b c d e f\n", "a b x y e f\n");
    assert_eq!(
        (comparison.changed, comparison.inserted_words, comparison.deleted_words),
        (1, 2, 2)
    );
    assert_eq!(comparison.rows[0].inline.len(), 4, "changes with a space between are joined");
}

#[test]
fn blocks_come_go_and_move() {
    let old = "One stays here.\n\nTwo goes away entirely.\n\nThree moves on.\n\nFour stays too.\n";
    let new = "Three moves on.\n\nOne stays here.\n\nFour stays too.\n\nBrand new words.\n";
    assert_eq!(
        shown(old, new),
        [
            "Moved: Three moves on.",
            "Same: One stays here.",
            "Gone: [-Two goes away entirely.-]",
            "Same: Four stays too.",
            "New: {+Brand new words.+}",
        ]
    );
    let comparison = compare(old, new);
    assert_eq!(
        (comparison.changed, comparison.moved, comparison.removed, comparison.added),
        (3, 1, 1, 1)
    );
}

#[test]
fn a_paragraph_split_or_joined_stays_one_row() {
    let whole = "Hospitals should keep backups. They should test them twice a year.\n";
    let split = "Hospitals should keep backups.\n\nThey should test them twice a year.\n";
    assert_eq!(
        shown(whole, split),
        ["Changed: Hospitals should keep backups.[- -]{+\n\n+}They should test them twice a year."]
    );
    assert_eq!(compare(split, whole).rows.len(), 1);
    assert_eq!(compare(split, whole).inserted_words, 0);
}

#[test]
fn lists_tables_and_definitions() {
    assert_eq!(
        shown("1. one thing\n2. two things\n", "1. zero\n2. one thing\n3. two things\n"),
        ["New: {+1. zero+}", "Same: 2. one thing", "Same: 3. two things"]
    );
    assert_eq!(
        shown("- a\n  - b c d\n  - e f g\n", "- a\n  - b c d\n  - e x g\n"),
        ["Same: - a", "Same: - b c d", "Changed: - e [-f-]{+x+} g"]
    );
    assert_eq!(
        shown("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c | e |\n"),
        ["Changed: | a | b |\n|---|---|\n| c | [-d-]{+e+} |"]
    );
    assert_eq!(
        shown("[x]\n\n[x]: http://a.example\n", "[x]\n\n[x]: http://b.example\n").len(),
        2,
        "a changed destination is a change"
    );
}

#[test]
fn arabic_and_chinese() {
    assert_eq!(
        shown("医院应当备份数据。\n", "医院必须备份数据。\n"),
        ["Changed: 医院[-应当-]{+必须+}备份数据。"]
    );
    assert_eq!(
        shown("على الدول أن تحمي المستشفيات\n", "على الدول أن تحمي العيادات\n"),
        ["Changed: على الدول أن تحمي [-المستشفيات-]{+العيادات+}"]
    );
}

#[test]
fn hidden_characters_show() {
    assert_eq!(shown("a b c\n", "a b\u{202E} c\n"), ["Changed: a [-b-]{+b⟪U+202E⟫+} c"]);
}

#[test]
fn same_and_empty_texts() {
    assert_eq!(compare("", ""), Comparison::default());
    assert_eq!(compare("a\n\nb\n", "a\r\n\r\nb").changed, 0);
    assert_eq!(shown("", "a\n"), ["New: {+a+}"]);
    assert_eq!(shown("a\n", ""), ["Gone: [-a-]"]);
}

#[test]
fn both_sides_can_be_read_off_the_rows() {
    let old = "# T\n\nalpha beta gamma\n\n- one two\n- three four\n\n> quote\n";
    let new = "# T2\n\nalpha delta gamma\n\nextra\n\n- three four\n- one two\n\n> quoted\n";
    let comparison = compare(old, new);
    let side = |pick: fn(&Row) -> &Vec<Span>| {
        let rows = comparison
            .rows
            .iter()
            .map(|row| pick(row).iter().map(|s| &*s.text).collect::<String>());
        rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        side(|row| &row.new),
        "# T2\nalpha delta gamma\nextra\n- three four\n- one two\n> quoted"
    );
}

#[test]
fn a_paragraph_of_great_length() {
    let words = |odd: &str| {
        let word = |at: usize| if at % 100 == 50 { odd.to_owned() } else { format!("w{at}") };
        (0..12_000).map(word).collect::<Vec<_>>().join(" ")
    };
    let comparison = compare(&words("old"), &words("new"));
    assert_eq!((comparison.changed, comparison.rows.len()), (1, 1));
    assert_eq!((comparison.inserted_words, comparison.deleted_words), (120, 120));
    let new: String = comparison.rows[0].new.iter().map(|span| &*span.text).collect();
    assert_eq!(new, words("new"));
}
