//! Edits of one block: the others stay as they were.

use super::*;

const TEXT: &str = "# Title\n\nOne paragraph.\n\n1. first\n2. second\n   more\n\n> quote\n> more\n\n\
    ```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Note.\n";

fn texts(text: &str) -> Vec<String> {
    blocks::blocks(text).into_iter().map(|block| block.text).collect()
}

#[test]
fn what_is_taken_out_can_be_put_back() {
    for at in 0..texts(TEXT).len() {
        let own = source_of(TEXT, at).unwrap();
        assert_eq!(replace(TEXT, at, Some(&own)), TEXT, "{at}: {own:?}");
    }
    assert_eq!(source_of(TEXT, 3).as_deref(), Some("second\nmore"));
    assert_eq!(source_of(TEXT, 99), None);
}

#[test]
fn replacing_and_deleting_one_block_changes_no_other() {
    let all = texts(TEXT);
    for at in 0..all.len() {
        let mut rest = all.clone();
        rest.remove(at);
        assert_eq!(texts(&replace(TEXT, at, None)), rest, "{at}");
        let mut changed = texts(&replace(TEXT, at, Some("new words")));
        assert_eq!(changed.remove(at), "new words", "{at}");
        assert_eq!(changed, rest, "{at}");
        let mut longer = texts(&insert_after(TEXT, Some(at), "new words"));
        assert_eq!(longer.remove(at + 1), "new words");
        assert_eq!(longer, all, "{at}");
    }
    assert_eq!(texts(&insert_after(TEXT, None, "new words"))[0], "new words");
}
