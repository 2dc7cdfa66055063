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
