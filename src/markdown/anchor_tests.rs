//! Fates of commented words.

use super::*;

const OLD: &str = "Hospitals should keep backups.\n\nThey should *test* them twice a year.\n";

fn fate(new: &str, ids: &[i32], words: &str) -> Standing {
    let old = [Keyed { section: "s", body: OLD, ids: &[1, 2] }];
    let plain = &plain_blocks(OLD)[1];
    let start = plain.find(words).unwrap();
    let quote = quote(plain, start, start + words.len()).unwrap();
    let spot = Spot { block: Some(2), quote: Some(&quote) };
    standing(&old, &[Keyed { section: "s", body: new, ids }], &spot)
}

#[test]
fn words_are_followed() {
    assert_eq!(fate(OLD, &[1, 2], "test them").fate, Fate::Unchanged);
    let near = fate(
        "Hospitals should keep backups.\n\nThey must test **them** twice.\n",
        &[1, 2],
        "test them",
    );
    assert_eq!((near.fate, near.at, near.range), (Fate::Unchanged, Some(1), Some(10..19)));
    let changed = fate("A.\n\nThey should probe them twice a year.\n", &[1, 2], "test them");
    assert_eq!(
        (changed.fate, changed.range),
        (Fate::Changed { old: "test them".into(), new: "probe them".into() }, Some(12..22))
    );
    assert_eq!(fate("Hospitals should keep backups.\n", &[1], "test them").fate, Fate::Gone);
    let split =
        fate("Hospitals.\n\nThey should\n\ntest them twice a year.\n", &[1, 3, 2], "They should");
    assert_eq!((split.fate, split.at), (Fate::Moved, Some(1)));
}

#[test]
fn words_that_stand_twice_are_told_apart_or_not_found() {
    let plain = "a b a b a";
    assert_eq!(find(plain, &quote(plain, 4, 5).unwrap()), Some(4..5));
    let bare = Quote { exact: "b".into(), prefix: String::new(), suffix: String::new() };
    assert_eq!(find(plain, &bare), None);
    assert_eq!(find("x b y", &bare), Some(2..3));
}

#[test]
fn what_stands_in_another_order_or_section_has_moved() {
    let old = "One.\n\nTwo.\n\nThree.\n\nFour.\n";
    let old = [Keyed { section: "a", body: old, ids: &[1, 2, 3, 4] }];
    let new = [
        Keyed { section: "a", body: "Three.\n\nOne.\n\nNew.\n\nTwo.\n", ids: &[3, 1, 5, 2] },
        Keyed { section: "b", body: "Four.\n", ids: &[4] },
    ];
    let spots = [1, 2, 3, 4].map(|id| Spot { block: Some(id), quote: None });
    let fates: Vec<_> = standings(&old, &new, &spots).into_iter().map(|own| own.fate).collect();
    assert_eq!(fates, [Fate::Unchanged, Fate::Unchanged, Fate::Moved, Fate::Moved]);
}
