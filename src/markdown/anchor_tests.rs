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

/// Ids carried and a quote followed, as on a save. Tells what is said of the words.
fn told(old: &str, new: &str, words: &str) -> String {
    let count = i32::try_from(plain_blocks(old).len()).unwrap();
    let ids: Vec<i32> = (1..=count).collect();
    let before = [Keyed { section: "s", body: old, ids: &ids }];
    let (carried, _) = crate::markdown::ids::carry(&before, &[("s", new)], count + 1);
    let after = [Keyed { section: "s", body: new, ids: &carried[0] }];
    let plain = plain_blocks(old);
    let block = plain.iter().position(|text| text.contains(words)).unwrap();
    let at = plain[block].find(words).unwrap();
    let start = plain[block][..at].chars().count();
    let quote = quote(&plain[block], start, start + words.chars().count()).unwrap();
    let spot = Spot { block: Some(ids[block]), quote: Some(&quote) };
    let own = standing(&before, &after, &spot);
    let now = own.at.zip(own.range).map(|(at, range)| {
        plain_blocks(new)[at].chars().skip(range.start).take(range.len()).collect::<String>()
    });
    match (own.fate, now) {
        (Fate::Gone, None) => "gone".into(),
        (Fate::Changed { old, new }, Some(now)) => {
            assert_eq!((&*old, &new), (words, &now));
            format!("changed {}: {new}", own.at.unwrap())
        }
        (fate, Some(now)) => {
            assert_eq!(now, words);
            format!("{fate:?} {}", own.at.unwrap())
        }
        (fate, None) => format!("{fate:?} without words"),
    }
}

const TEXT: &str = "Hospitals should keep backups of every record. They should test them twice a \
    year, on paper. The ministry pays for it.\n\nVendors must answer within a day.\n";

#[test]
fn every_fate_is_told_and_true() {
    let said = |from: &str, to: &str, words: &str| told(TEXT, &TEXT.replace(from, to), words);
    let words = "test them twice a year";
    assert_eq!(said("", "", words), "Unchanged 0");
    assert_eq!(said("every record", "all records", words), "Unchanged 0");
    assert_eq!(said("test them twice", "*test* **them**\ntwice", words), "Unchanged 0");
    assert_eq!(said("Hospitals", "# New\n\nHospitals", words), "Unchanged 1");
    assert_eq!(said("twice", "three times", words), "changed 0: test them three times a year");
    assert_eq!(said("test them twice a year", "probe", words), "changed 0: probe");
    assert_eq!(said(" They should test them twice a year, on paper.", "", words), "gone");
    assert_eq!(said(" They", "\n\nThey", words), "Unchanged 1");
    assert_eq!(said(". The ministry", ".\n\nThe ministry", "The ministry pays"), "Moved 1");
    assert_eq!(said("paper. The", "paper.\n\nIndeed the", "ministry pays"), "Moved 1");
    assert_eq!(said("it.\n\nVendors", "it. Vendors", "answer within a day"), "Moved 0");
    assert_eq!(said("it.\n\nVendors must", "it. Vendors should", "answer within a day"), "Moved 0");
    // Split off and reworded in one go.
    assert_eq!(
        said("paper. The ministry", "paper.\n\nThe agency", "ministry pays"),
        "changed 1: agency pays"
    );
    // Cut out of its block and put into another.
    let cut = TEXT.replace(" They should test them twice a year, on paper.", "");
    let put = format!("{cut}\nNow that, too: they should test them twice a year, on paper.\n");
    assert_eq!(told(TEXT, &put, words), "Moved 2");
    // Its block moved.
    let parts: Vec<&str> = TEXT.trim().split("\n\n").collect();
    let turned = format!("{}\n\nNew words.\n\n{}\n", parts[1], parts[0]);
    let fates = [told(TEXT, &turned, words), told(TEXT, &turned, "answer within a day")];
    assert!(
        fates.contains(&"Moved 2".to_owned()) != fates.contains(&"Moved 0".to_owned()),
        "{fates:?}"
    );
}

#[test]
fn words_are_never_taken_for_others() {
    // "should" is gone from where it was meant; the other one is not it.
    let text = "Hospitals should keep records. Vendors should answer.\n";
    assert_eq!(told(text, "Vendors should answer.\n", "Hospitals should keep"), "gone");
    let fate = told(text, "Hospitals keep records. Vendors should answer.\n", "should");
    assert_eq!(fate, "gone");
    // The same words twice in the same surroundings.
    let twice = "- the same words here\n- the same words here\n";
    let plain = plain_blocks(twice);
    let same = quote(&plain[0], 4, 8).unwrap();
    let ids = [1, 2];
    let before = [Keyed { section: "s", body: twice, ids: &ids }];
    let spot = |block| Spot { block, quote: Some(&same) };
    assert_eq!(standing(&before, &before, &spot(None)).fate, Fate::Gone);
    let second = standing(&before, &before, &spot(Some(2)));
    assert_eq!((second.fate, second.at, second.range), (Fate::Unchanged, Some(1), Some(4..8)));
    // "aid" is not in "paid".
    assert_eq!(
        told("The first aid kit.\n", "They paid for the kit first.\n", "aid"),
        "changed 0: the"
    );
    let bare =
        |exact: &str| Quote { exact: exact.into(), prefix: String::new(), suffix: String::new() };
    assert_eq!(find("They paid for it.", &bare("aid")), None);
    assert_eq!(find("The aid is here.", &bare("aid")), Some(4..7));
    // What stood elsewhere before is not what was meant.
    let text = "First we test them twice.\n\nThen we test them twice.\n";
    assert_eq!(
        told(text, "First we rest.\n\nThen we test them twice.\n", "test them twice"),
        "changed 0: rest"
    );
    let old = [Keyed { section: "s", body: text, ids: &[1, 2] }];
    let new = [Keyed { section: "s", body: "Then we test them twice.\n", ids: &[2] }];
    let plain = plain_blocks(text);
    let first = quote(&plain[0], 9, 24).unwrap();
    let own = standing(&old, &new, &Spot { block: Some(1), quote: Some(&first) });
    assert_eq!(own.fate, Fate::Gone);
    // One of two equal words beside it went.
    let text = "Act now now or never. Then rest.\n";
    assert_eq!(told(text, "Act now or never. Then rest.\n", "now or never"), "Unchanged 0");
    // Twice within one block, with the same round both: no place is named.
    let row = "yes no yes no yes no yes no yes no yes no yes no yes no yes no yes no yes no yes no";
    let twice = Quote { exact: "no".into(), prefix: "yes ".into(), suffix: " yes".into() };
    let before = [Keyed { section: "s", body: row, ids: &[1] }];
    let own = standing(&before, &before, &Spot { block: Some(1), quote: Some(&twice) });
    assert_eq!((own.fate, own.range), (Fate::Unchanged, None));
}

#[test]
fn arabic_and_chinese_words_are_followed() {
    let text = "医院应当备份数据。每年应当测试两次。\n";
    assert_eq!(told(text, "医院必须备份数据。每年应当测试两次。\n", "测试两次"), "Unchanged 0");
    assert_eq!(
        told(text, "医院应当备份数据。每年应当测试三次。\n", "测试两次"),
        "changed 0: 测试三次"
    );
    let text = "على الدول أن تحمي المستشفيات من الهجمات\n";
    assert_eq!(told(text, "على كل الدول أن تحمي المستشفيات\n", "تحمي المستشفيات"), "Unchanged 0");
}

#[test]
fn a_whole_block_is_followed() {
    let old = "One thing to do.\n\nTwo things to do there.\n\nThree other words.\n";
    let before = [Keyed { section: "s", body: old, ids: &[1, 2, 3] }];
    let fate = |new: &str, ids: &[i32], id| {
        let after = [Keyed { section: "s", body: new, ids }];
        let own = standing(&before, &after, &Spot { block: Some(id), quote: None });
        (own.fate, own.at, own.range)
    };
    let merged = "One thing to do. Two things to do there.\n\nThree other words.\n";
    assert_eq!(fate(merged, &[2, 3], 1), (Fate::Moved, Some(0), Some(0..16)));
    let changed = Fate::Changed { old: "Three other words.".into(), new: "Three words.".into() };
    assert_eq!(fate("Three words.\n", &[3], 3), (changed, Some(0), None));
    assert_eq!(fate("Three words.\n", &[3], 1), (Fate::Gone, None, None));
    assert_eq!(fate(old, &[1, 2, 3], 9), (Fate::Gone, None, None));
    // Numbered anew, but the very same.
    assert_eq!(fate("Three.\n\nOne thing to do.\n", &[3, 4], 1), (Fate::Moved, Some(1), None));
}
