//! Merges as drafters expect them.

use super::*;

/// The merged text, or what collides as `base | ours | theirs`.
fn merged(base: &str, ours: &str, theirs: &str) -> String {
    let merge = merge(base, ours, theirs);
    merge.text().unwrap_or_else(|| {
        let conflicts = merge.parts.iter().filter_map(|part| match part {
            Part::Conflict { base, ours, theirs } => {
                Some(format!("{} | {} | {}", base.trim(), ours.trim(), theirs.trim()))
            }
            Part::Settled { .. } => None,
        });
        conflicts.collect::<Vec<_>>().join("\n")
    })
}

const TEXT: &str = "# Care\n\nStates should keep hospitals safe. They must act now, together.\n\n\
    - Backups are kept offline.\n- Drills are held every year.\n\nThe end is near for attackers.\n";

#[test]
fn one_side_or_the_same_on_both_is_that_side() {
    let other = TEXT.replace("should", "shall");
    for (ours, theirs) in [(TEXT, &*other), (&other, TEXT), (&other, &other)] {
        assert_eq!(merged(TEXT, ours, theirs), other);
        assert_eq!(merge(TEXT, ours, theirs).conflicts(), 0);
    }
    assert_eq!(merged("", "a\n", ""), "a\n");
    assert_eq!(merged("a", "", "a\r\n"), "");
}

#[test]
fn changes_in_two_blocks_two_sentences_or_two_ends_of_one_are_merged() {
    let ours = TEXT.replace("should", "shall");
    for (from, to) in [
        ("every year", "twice a year"),
        ("act now", "act at once"),
        ("safe.", "safe and open."),
        ("# Care", "# Healthcare"),
        ("\nThe end is near", "\nThe day is near"),
    ] {
        let theirs = TEXT.replace(from, to);
        let both = ours.replace(from, to);
        assert_eq!(merged(TEXT, &ours, &theirs), both);
        assert_eq!(merged(TEXT, &theirs, &ours), both);
    }
}

#[test]
fn changes_that_touch_collide_in_their_block_alone() {
    let ours = TEXT.replace("should", "shall").replace("near", "close");
    let theirs = TEXT.replace("should", "must");
    let merge = merge(TEXT, &ours, &theirs);
    assert_eq!(merge.conflicts(), 1);
    let pick = |text: &str| vec![text.to_owned()];
    let choice = "States may keep hospitals safe. They must act now, together.";
    let resolved = merge.resolve(&pick(choice));
    assert_eq!(resolved, ours.replace("States shall keep", "States may keep"));
    assert_eq!(merge.resolve(&[]), ours);
    assert!(!merge.resolve(&pick("")).contains("\n\n\n"));
    assert!(merge.marked("a", "b").contains("<<<<<<< a\nStates shall"));
    let adverb = TEXT.replace("should keep", "should always keep");
    assert!(merged(TEXT, &adverb, &theirs).contains(" | "), "touching");
}

#[test]
fn a_moved_block_takes_the_other_sides_words() {
    let end = "The end is near for attackers.\n";
    let ours = format!("{end}\n{}", TEXT.replace(&format!("\n{end}"), ""));
    let theirs = TEXT.replace("for attackers", "for all attackers");
    let both = ours.replace("for attackers", "for all attackers");
    assert_eq!(merged(TEXT, &ours, &theirs), both);
    assert_eq!(merged(TEXT, &theirs, &ours), both);
    let gone = TEXT.replace(&format!("\n{end}"), "");
    assert!(merged(TEXT, &ours, &gone).contains(" | "), "moved and deleted");
}

#[test]
fn a_deleted_and_changed_block_is_a_conflict() {
    let gone = TEXT.replace("- Drills are held every year.\n", "");
    let theirs = TEXT.replace("every year", "twice a year");
    let conflict = "- Drills are held every year. |  | - Drills are held twice a year.";
    assert_eq!(merged(TEXT, &gone, &theirs), conflict);
    let both = merged(TEXT, &gone, &TEXT.replace("\n\nThe end is near for attackers.", ""));
    assert!(!both.contains("Drills") && !both.contains("The end"));
}

#[test]
fn new_blocks_at_one_place_are_both_kept_unless_they_are_alike() {
    let year = "every year.\n";
    let add = |item: &str| TEXT.replace(year, &format!("{year}{item}"));
    let (ours, theirs) = (add("- Staff is trained.\n"), add("- Money is found.\n"));
    assert_eq!(merged(TEXT, &ours, &theirs), add("- Staff is trained.\n- Money is found.\n"));
    assert_eq!(merged(TEXT, &ours, &ours), ours);
    let alike = add("- Staff is well trained.\n");
    assert_eq!(merged(TEXT, &ours, &alike), " | - Staff is trained. | - Staff is well trained.");
    let section = format!("{TEXT}\n## More\n\nOther things.\n");
    let closing = format!("{TEXT}\nThe last words of it.\n");
    let both = format!("{TEXT}\nThe last words of it.\n\n## More\n\nOther things.\n");
    assert_eq!(merged(TEXT, &section, &closing), both, "not in the new section");
}

#[test]
fn lists_are_numbered_on() {
    let base = "1. one thing\n2. two things\n";
    let ours = "1. zero things\n2. one thing\n3. two things\n";
    let theirs = "1. one thing\n2. two things\n3. three things\n";
    let both = "1. zero things\n2. one thing\n3. two things\n4. three things\n";
    assert_eq!(merged(base, ours, theirs), both);
    let lazy = "1. one thing\n1. two things\n";
    assert_eq!(
        merged(lazy, &format!("{lazy}1. more\n"), "1. one\n1. two things\n"),
        "1. one\n1. two things\n1. more\n"
    );
}

#[test]
fn lines_broken_elsewhere_do_not_collide() {
    let base = "States should keep hospitals\nsafe from harm and act.\n";
    let ours = "States should keep\nhospitals safe\nfrom harm and act.\n";
    let theirs = base.replace("act", "act soon");
    assert_eq!(
        merged(base, ours, &theirs),
        "States should keep\nhospitals safe\nfrom harm and act soon.\n"
    );
}

#[test]
fn a_paragraph_split_by_one_side_takes_the_other_sides_words() {
    let base = "Hospitals should keep backups. They should test them twice a year.\n";
    let ours = base.replace(". They", ".\n\nThey");
    let theirs = base.replace("twice", "four times");
    assert_eq!(merged(base, &ours, &theirs), ours.replace("twice", "four times"));
    assert_eq!(
        merged(&ours, base, &ours.replace("twice", "often")),
        base.replace("twice", "often")
    );
}

#[test]
fn tables_merge_by_row_and_cell_and_keep_their_columns() {
    let base = "| what | who |\n| --- | --- |\n| drills | wards |\n| backups | vendors |\n";
    let ours = base.replace("wards", "all wards");
    let theirs = format!("{}| money | states |\n", base.replace("vendors", "the vendors"));
    let both = theirs.replace("wards", "all wards");
    assert_eq!(merged(base, &ours, &theirs), both);
    let wider = "| what | who | when |\n| --- | --- | --- |\n| drills | wards | now |\n\
        | backups | vendors | now |\n";
    assert!(merged(base, wider, &theirs).contains(" | "), "a row of two cells, three columns");
}

#[test]
fn code_merges_by_line() {
    let base = "```\na = 1\nb = 2\nc = 3\nd = 4\n```\n";
    let (ours, theirs) = (base.replace("a = 1", "a = 9"), base.replace("d = 4", "d = 8"));
    assert_eq!(merged(base, &ours, &theirs), ours.replace("d = 4", "d = 8"));
    let theirs = base.replace("b = 2", "b = 8");
    assert!(merged(base, &ours, &theirs).contains(" | "), "neighbouring lines");
}

#[test]
fn an_open_fence_swallows_nothing_of_the_other_side() {
    let base = "One.\n\nTwo is here.\n";
    let ours = "One.\n\nTwo is here.\n\n```\ncode without an end\n";
    let theirs = "One.\n\nTwo is here.\n\nThree came.\n";
    assert!(merge(base, ours, theirs).conflicts() > 0);
}

#[test]
fn front_matter_merges_by_key() {
    let base = "---\ntitle: Keep backups offline\ntrack: resilience\naudiences:\n  - diplomats\n\
        status: draft\n---\nText is here.\n";
    let ours = base.replace("offline", "well offline").replace("  - d", "  - policy-makers\n  - d");
    let theirs =
        base.replace("status: draft", "status: open").replace("  - diplomats\n", "  - vendors\n");
    assert_eq!(
        merged(base, &ours, &theirs),
        "---\ntitle: Keep backups well offline\ntrack: resilience\naudiences:\n  - policy-makers\n  \
            - vendors\nstatus: open\n---\nText is here.\n"
    );
    let agreed = base.replace("status: draft", "status: agreed");
    assert!(merged(base, &theirs, &agreed).contains(" | "));
}

#[test]
fn what_both_put_in_at_one_place_is_kept_however_much_it_is() {
    let many = |mark: char| -> String {
        (0..300).map(|at| format!("{mark}{at} {mark}said {mark}{} there.\n\n", at + 900)).collect()
    };
    let (ours, theirs) = (format!("Stays.\n\n{}", many('x')), format!("Stays.\n\n{}", many('y')));
    let both = merge("Stays.\n", &ours, &theirs).text().unwrap();
    assert!(both.starts_with(ours.trim_end()), "ours first");
    assert_eq!(both.matches("there.").count(), 600);
    let alike = theirs.replacen("y0 ysaid", "x0 xsaid x900 well", 1);
    assert!(merge("Stays.\n", &ours, &alike).conflicts() > 0, "two versions of one paragraph");
}

#[test]
fn long_front_matter_merges_by_key() {
    let keys = |mark: &str| -> String {
        (0..3_000).map(|at| format!("k{at}: {}\n", if at % 7 == 3 { mark } else { "v" })).collect()
    };
    let text = |mark: &str, more: &str| format!("---\n{}{more}---\nText.\n", keys(mark));
    let theirs = text("v", "new: key\n");
    assert_eq!(merged(&text("v", ""), &text("w", ""), &theirs), text("w", "new: key\n"));
}
