//! Ids from revision to revision.

use super::*;

fn carried(old: &str, ids: &[i32], new: &str) -> Vec<i32> {
    let old = [Keyed { section: "s", body: old, ids }];
    carry(&old, &[("s", new)], 10).0.remove(0)
}

#[test]
fn blocks_keep_their_ids() {
    let old = "One stays here.\n\nAnd stays.\n\nTwo changes a little.\n\nThree moves on.\n";
    assert_eq!(carried(old, &[1, 4, 2, 3], old), [1, 4, 2, 3]);
    assert_eq!(carried(old, &[], old), [10, 11, 12, 13]);
    let new =
        "Three moves on.\n\nBrand new.\n\nOne stays here.\n\nAnd stays.\n\nTwo changes a lot.\n";
    assert_eq!(carried(old, &[1, 4, 2, 3], new), [3, 10, 1, 4, 2]);
}

#[test]
fn a_block_that_goes_into_another_section_keeps_its_id() {
    let old = [
        Keyed { section: "a", body: "One.\n\nTwo.\n", ids: &[1, 2] },
        Keyed { section: "b", body: "Three.\n", ids: &[3] },
    ];
    let (ids, next) = carry(&old, &[("a", "One.\n"), ("b", "Three.\n\nTwo.\n\nFour.\n")], 4);
    assert_eq!((ids, next), (vec![vec![1], vec![3, 2, 4]], 5));
}

#[test]
fn the_larger_part_keeps_the_id() {
    let whole = "Hospitals should keep backups. They should test them twice a year.\n";
    let split = "Hospitals should keep backups.\n\nThey should test them twice a year.\n";
    assert_eq!(carried(whole, &[7], split), [10, 7]);
    assert_eq!(carried(split, &[7, 8], whole), [8]);
}

#[test]
fn ids_are_unique_whatever_came_before() {
    let old = [
        Keyed { section: "a", body: "One.\n\nTwo.\n", ids: &[1, 1] },
        Keyed { section: "b", body: "Three.\n", ids: &[1, 2] },
    ];
    let (ids, next) = carry(&old, &[("a", "One.\n\nTwo.\n"), ("b", "Three.\n")], 1);
    assert_eq!((ids, next), (vec![vec![1, 3], vec![4]], 5));
}

#[test]
fn what_moves_and_changes_keeps_its_id() {
    let long = "Every hospital keeps copies of its records on paper and tries them once a year.";
    let old = [
        Keyed { section: "a", body: &format!("{long}\n\nOther words.\n"), ids: &[1, 2] },
        Keyed { section: "b", body: "Third words of another section.\n", ids: &[3] },
    ];
    let body = format!("Third words of another section.\n\n{}\n", long.replace("once", "twice"));
    let (ids, _) = carry(&old, &[("b", &body), ("a", "Other words.\n")], 4);
    assert_eq!(ids, [vec![3, 1], vec![2]]);
}

#[test]
fn nested_items_keep_their_ids() {
    let old = "- one thing\n  - two things\n  - three things\n- four things\n";
    let new = "- one thing\n  - new words\n  - three things here\n- four things\n  - two things\n";
    assert_eq!(carried(old, &[1, 2, 3, 4], new), [1, 10, 3, 4, 2]);
}
