//! Migrations: the same for both engines, each with its way back and a number
//! of its own.

use std::collections::BTreeSet;

use super::{assert_none, files};

/// `sqlite` and `postgres`: the files in the two folders, as `NNNN_name/up.sql`.
fn migration_faults(sqlite: &BTreeSet<String>, postgres: &BTreeSet<String>) -> Vec<String> {
    let mut found: Vec<_> = sqlite
        .symmetric_difference(postgres)
        .map(|name| format!("migrations: {name} is there for one engine only"))
        .collect();
    for (up, down) in [("up.sql", "down.sql"), ("down.sql", "up.sql")] {
        for folder in sqlite.union(postgres).filter_map(|name| name.strip_suffix(up)) {
            if !sqlite.contains(&format!("{folder}{down}")) {
                found.push(format!("migrations: {folder}{down} is missing"));
            }
        }
    }
    // Of two with one number, only one would ever run.
    let folders: BTreeSet<&str> = sqlite.iter().filter_map(|name| name.split('/').next()).collect();
    let numbers: BTreeSet<_> = folders.iter().filter_map(|name| name.get(..4)).collect();
    if numbers.len() < folders.len() {
        found.push(format!("migrations: two of {folders:?} have one number"));
    }
    found
}

#[test]
fn migrations_have_the_same_names_for_both_engines() {
    let names = |folder: &str| -> BTreeSet<String> {
        let under = format!("{folder}/");
        files(folder, "sql").into_iter().map(|(path, _)| path.replace(&under, "")).collect()
    };
    assert_none(migration_faults(&names("migrations/sqlite"), &names("migrations/postgres")));
}

#[test]
fn a_planted_migration_is_found() {
    let both = BTreeSet::from(["0001_a/up.sql".to_owned(), "0001_a/down.sql".to_owned()]);
    let one_way = BTreeSet::from(["0001_a/up.sql".to_owned()]);
    assert_eq!(migration_faults(&both, &both).len(), 0);
    assert_eq!(migration_faults(&both, &one_way).len(), 1);
    assert_eq!(migration_faults(&one_way, &one_way).len(), 1);
    assert_eq!(migration_faults(&both, &BTreeSet::new()).len(), 2);
    let other = ["0001_b/up.sql".to_owned(), "0001_b/down.sql".to_owned()];
    let twice = both.iter().cloned().chain(other).collect();
    assert_eq!(migration_faults(&twice, &twice).len(), 1);
}
