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
        ["Split: Hospitals should keep backups.[- -]{+\n\n+}They should test them twice a year."]
    );
    let comparison = compare(split, whole);
    let row = &comparison.rows[0];
    assert_eq!(
        (comparison.merged, row.kind, row.from.clone(), row.to.clone()),
        (1, RowKind::Merged, 0..2, 0..1)
    );
    assert_eq!(compare(split, whole).inserted_words, 0);
}

const LONG: &str = "Every hospital keeps copies of its records on paper. It tries once a year whether \
    its wards can work from them. It tells the ministry what it found out by doing so.";

#[test]
fn splits_and_joins_survive_other_changes() {
    let three = LONG.replace(". ", ".\n\n").replace("once a year", "twice a year");
    let old = format!("Before it all.\n\n{LONG}\n\nAfter it all.\n");
    let new =
        format!("Before it all.\n\nNew and other words altogether.\n\n{three}\n\nAfter all.\n");
    let rows = compare(&old, &new).rows;
    let kinds: Vec<_> =
        rows.iter().map(|row| (row.kind, row.from.clone(), row.to.clone())).collect();
    assert_eq!(
        kinds,
        [
            (RowKind::Same, 0..1, 0..1),
            (RowKind::New, 1..1, 1..2),
            (RowKind::Split, 1..2, 2..5),
            (RowKind::Changed, 2..3, 5..6),
        ]
    );
    let rows = compare(&new, &old).rows;
    assert_eq!((rows[2].kind, rows[2].from.clone()), (RowKind::Merged, 2..5));
}

#[test]
fn what_moved_and_changed_has_moved() {
    let old = format!("{LONG}\n\nFirst other words here.\n\nSecond other words there.\n");
    let moved = LONG.replace("ministry", "agency");
    let new = format!("First other words here.\n\nSecond other words there.\n\n{moved}\n");
    let comparison = compare(&old, &new);
    assert_eq!((comparison.moved, comparison.changed), (1, 1));
    let row = &comparison.rows[2];
    assert_eq!((row.kind, row.from.clone(), row.to.clone()), (RowKind::Moved, 0..1, 2..3));
    assert!(
        row.inline.iter().any(|span| span.kind == SpanKind::Deleted && span.text == "ministry")
    );
}

#[test]
fn nested_items_move_between_lists() {
    let old = "- one thing\n  - two things\n  - three things\n- four things\n";
    let new = "- one thing\n  - three things\n- four things\n- two things\n";
    assert_eq!(
        shown(old, new),
        ["Same: - one thing", "Same: - three things", "Same: - four things", "Moved: - two things"]
    );
    let new = "- one thing\n- two things\n  - three things\n- four things\n";
    assert_eq!(
        shown(old, new),
        ["Same: - one thing", "Moved: - two things", "Same: - three things", "Same: - four things"]
    );
}

#[test]
fn footnotes_and_cells_word_by_word() {
    assert_eq!(
        shown("a[^1]\n\n[^1]: See the old report.\n", "a[^1]\n\n[^1]: See the new report.\n"),
        ["Same: a[^1]", "Changed: [^1]: See the [-old-]{+new+} report."]
    );
    let table = "| who | what | when |\n|---|---|---|\n| states | act now | 2027 |\n\
        | firms | wait | 2028 |\n";
    assert_eq!(
        shown(table, &table.replace("act now", "act soon").replace("2028", "2029")),
        [
            "Changed: | who | what | when |\n|---|---|---|\n| states | act [-now-]{+soon+} | 2027 |\n\
             | firms | wait | [-2028-]{+2029+} |"
        ]
    );
}

#[test]
fn arabic_and_chinese_are_split_and_moved() {
    let arabic = "على الدول أن تحمي المستشفيات. وعليها أن تختبر خططها كل سنة.";
    let parts = arabic.replace(". ", ".\n\n");
    assert_eq!(compare(arabic, &parts).split, 1);
    let chinese = "医院应当备份数据。每年应当测试两次。";
    let parts = chinese.replace("。每", "。\n\n每");
    assert_eq!(compare(chinese, &parts).split, 1);
    assert_eq!(compare(&parts, chinese).merged, 1);
    let old = format!("{chinese}\n\n供应商必须通知医院。\n");
    let new = format!("供应商必须通知医院。\n\n{}\n", chinese.replace("两次", "三次"));
    assert_eq!(compare(&old, &new).moved, 1);
}

#[test]
fn many_equal_blocks_keep_their_order() {
    let old = "same\n\nsame\n\n---\n\nsame\n\nother\n\n---\n";
    let new = "same\n\nsame\n\n---\n\nsame\n\nsame\n\nother\n\n---\n";
    let comparison = compare(old, new);
    assert_eq!((comparison.changed, comparison.added), (1, 1));
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

#[test]
fn long_runs_of_unchanged_paragraphs_are_folded_but_for_the_nearest() {
    let paragraphs = |from: usize, to: usize| (from..to).map(|at| format!("Paragraph {at}.\n\n"));
    let old: String = paragraphs(0, 20).collect();
    let new: String = paragraphs(0, 10)
        .chain(["Another thing.\n\n".to_owned()])
        .chain(paragraphs(10, 20))
        .collect();
    let comparison = compare(&old, &new);
    let runs = comparison.runs();
    let lengths: Vec<(bool, usize)> = runs.iter().map(|run| (run.folded, run.rows.len())).collect();
    assert_eq!(lengths, [(true, 9), (false, 1), (false, 1), (false, 1), (true, 9)]);
    let all: Vec<Row> = runs.iter().flat_map(|run| run.rows).cloned().collect();
    assert_eq!(all, comparison.rows);
    // A short run is not worth a click.
    let comparison = compare("a\n\nb\n\nd\n", "a\n\nb\n\ne\n");
    assert!(comparison.runs().iter().all(|run| !run.folded));
}

#[test]
fn rows_say_how_deep_they_stand_in_lists() {
    let text = "Words.\n\n- one\n  - two\n    - three\n";
    let depths: Vec<usize> = compare(text, text).rows.iter().map(|row| row.depth).collect();
    assert_eq!(depths, [0, 0, 1, 2]);
}

#[test]
fn a_quotation_shows_both_words_and_little_else() {
    let shown = |old: &str, new: &str| -> Option<String> {
        let spans = quotation(old, new)?;
        let show = |span: &Span| match span.kind {
            SpanKind::Same => span.text.clone(),
            SpanKind::Deleted => format!("[-{}-]", span.text),
            SpanKind::Inserted => format!("{{+{}+}}", span.text),
        };
        Some(spans.iter().map(show).collect())
    };
    let long = "one two three four five six seven eight nine ten ".repeat(6);
    assert_eq!(
        shown(&format!("{long}should {long}"), &format!("{long}shall {long}")).unwrap(),
        "… nine ten one two three four five six seven eight nine ten [-should-]{+shall+} \
         one two three four five six seven eight nine ten one two …"
    );
    assert_eq!(shown("Keep logs.", "Keep all logs.").unwrap(), "Keep {+all +}logs.");
    assert_eq!(shown("Nothing of the old words", "Here it is quite another matter"), None);
}

#[test]
fn what_is_as_it_was_is_shown_as_words() {
    let shown = |old: &str, new: &str| -> Vec<String> {
        let span = |span: &Span| match span.kind {
            SpanKind::Same => span.calm().into_owned(),
            SpanKind::Deleted => format!("[-{}-]", span.text),
            SpanKind::Inserted => format!("{{+{}+}}", span.text),
        };
        let rows = compare(old, new).rows;
        rows.iter().map(|row| row.inline.iter().map(span).collect()).collect()
    };
    let old = "States **shall** tell [the others](https://one.example) at once.\n";
    assert_eq!(
        shown(old, &old.replace("at once", "within a day")),
        ["States shall tell the others [-at once-]{+within a day+}."]
    );
    // A mark or an address that changed is said.
    let weak = shown(old, &old.replace("**shall**", "shall")).concat();
    assert!(weak.contains("[-**-]") || weak.contains("[-**shall**-]"), "{weak}");
    let led = shown(old, &old.replace("one.example", "two.example")).concat();
    assert!(led.contains("one") && led.contains("two"), "{led}");
    // Strong words that changed stay strong, which is no news.
    let must = shown(old, &old.replace("shall", "must")).concat();
    assert!(must.contains("[-shall-]{+must+}") && !must.contains('*'), "{must}");
    let span = |kind, text: &str| Span { kind, text: text.to_owned() };
    let text = "See **[a](https://one.example)** [now]";
    assert_eq!(span(SpanKind::Same, text).calm(), "See a [now]");
    assert_eq!(span(SpanKind::Inserted, text).calm(), "See [a](https://one.example) [now]");
}

#[test]
fn a_block_longer_than_any_real_one_is_compared_by_its_lines() {
    let line = |word: &str| format!("{}\n", format!("{word} ").repeat(20).trim_end());
    let mut lines = vec![line("a"); 6_000];
    let old = lines.concat();
    lines[3_000] = "b c\n".to_owned();
    lines.remove(5_000);
    let new = lines.concat();
    let comparison = compare(&old, &new);
    assert_eq!((comparison.inserted_words, comparison.deleted_words), (2, 40));
    let side = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    assert_eq!(side(&comparison.rows[0].old), old.trim_end());
    assert_eq!(side(&comparison.rows[0].new), new.trim_end());
}
