//! Edits of one block: the others stay as they were.

use super::*;

const TEXT: &str = "# Title\n\nOne paragraph.\n\n1. first\n2. second\n   more\n\n> quote\n> more\n\n\
    ```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Note.\n\n- x\n  - y\n\n    z\n  - w\n\n\
    \x20 after\n- v\n\n    code\n\nend\n";

fn texts(text: &str) -> Vec<String> {
    blocks::blocks(text).into_iter().map(|block| block.text).collect()
}

#[test]
fn what_is_taken_out_can_be_put_back() {
    let count = texts(TEXT).len();
    for at in 0..count {
        let own = source_of(TEXT, at).unwrap();
        assert_eq!(replace(TEXT, at, Some(&own)), TEXT, "{at}: {own:?}");
        // The way there and back again goes over another text.
        let other = replace(TEXT, at, Some("other words"));
        let back = replace(&other, at, Some(&own));
        assert_eq!(texts(&back), texts(TEXT), "{at}: {own:?}\n{other}");
    }
    assert_eq!(source_of(TEXT, 3).as_deref(), Some("second\nmore"));
    assert_eq!(source_of(TEXT, 9).as_deref(), Some("y\n\nz"));
    assert_eq!(source_of(TEXT, count), None);
}

#[test]
fn replacing_and_deleting_one_block_changes_no_other() {
    let all = texts(TEXT);
    let news = [
        "new words",
        "new\n\nwords",
        "- new\n- words",
        "# new",
        "```\nopen",
        "<!-- open",
        "> new\nlazy",
        "    code",
        "| a |\n|---|\n| b |",
        "1. new\n\n   words\n2. words",
        "===",
        "[new]: /x",
        "---",
        "- new\n\nwords",
    ];
    for at in 0..all.len() {
        let mut rest = all.clone();
        rest.remove(at);
        assert_eq!(texts(&replace(TEXT, at, None)), rest, "{at}");
        for new in news {
            let changed = texts(&replace(TEXT, at, Some(new)));
            assert_eq!(changed[..at], all[..at], "{at} {new}");
            assert!(
                changed.ends_with(&all[at + 1..]),
                "{at} {new}\n{}",
                replace(TEXT, at, Some(new))
            );
            assert!(changed.len() >= all.len(), "{at} {new}");
            let longer = insert_after(TEXT, Some(at), new);
            let changed = texts(&longer);
            assert_eq!(changed[..=at], all[..=at], "{at} {new}\n{longer}");
            assert!(changed.ends_with(&all[at + 1..]), "{at} {new}\n{longer}");
            assert!(changed.len() > all.len(), "{at} {new}\n{longer}");
        }
    }
    for new in news {
        let changed = texts(&insert_after(TEXT, None, new));
        assert!(changed.ends_with(&all) && changed.len() > all.len(), "{new}");
    }
}

#[test]
fn nothing_applied_changes_nothing() {
    assert_eq!(replace(TEXT, 999, Some("x")), TEXT);
    assert_eq!(insert_after(TEXT, Some(1), " \n"), TEXT);
    assert_eq!(insert_after("", None, "x"), "x\n");
    assert_eq!(replace("x\n", 0, None), "");
    assert_eq!(insert_after("x\n", Some(7), "y"), "x\n\ny\n");
}

#[test]
fn what_is_left_open_is_closed() {
    assert_eq!(replace("a\n\nb\n", 0, Some("```\nopen")), "```\nopen\n```\n\nb\n");
    assert_eq!(replace("a\n\nb\n", 0, Some("<!-- open")), "\\<!-- open\n\nb\n");
    assert_eq!(insert_after("```\nopen\n", Some(0), "b"), "```\nopen\n```\n\nb\n");
}

#[test]
fn items_stay_items() {
    let list = "1. one\n2. two\n   - deep\n3. three\n";
    assert_eq!(replace(list, 1, Some("2 b")), "1. one\n2. 2 b\n   - deep\n3. three\n");
    assert_eq!(
        replace(list, 1, Some("new\n\npart")),
        "1. one\n2. new\n\n   part\n   - deep\n3. three\n"
    );
    assert_eq!(replace(list, 1, Some("- new")), "1. one\n2. new\n   - deep\n3. three\n");
    assert_eq!(replace(list, 1, None), "1. one\n- deep\n3. three\n");
    assert_eq!(
        insert_after(list, Some(0), "- a\n- b"),
        "1. one\n2. a\n3. b\n4. two\n   - deep\n5. three\n"
    );
    assert_eq!(
        insert_after(list, Some(2), "- more"),
        "1. one\n2. two\n   - deep\n   - more\n3. three\n"
    );
    assert_eq!(insert_after(list, Some(3), "words"), format!("{list}\nwords\n"));
    assert_eq!(insert_after("- a\n- b\n", Some(0), "words"), "- a\n\nwords\n\n- b\n");
}

#[test]
fn ordered_lists_stay_numbered() {
    let nine: String = (1..10).map(|at| format!("{at}. n\n")).collect();
    let ten = insert_after(&nine, Some(0), "- new");
    assert!(ten.starts_with("1. n\n2. new\n3. n\n") && ten.ends_with("9. n\n10. n\n"), "{ten}");
    assert_eq!(replace(&ten, 1, None), nine);
    let deep = format!("{nine}\n   more\n\n   - deep\n");
    let deep = insert_after(&deep, Some(0), "- new");
    assert!(deep.ends_with("10. n\n\n    more\n\n    - deep\n"), "{deep}");
    let ones = "1. a\n1. b\n";
    assert_eq!(insert_after(ones, Some(0), "- new"), "1. a\n1. new\n1. b\n");
    assert_eq!(replace("3. a\n4. b\n5. c\n", 0, None), "4. b\n5. c\n");
}
