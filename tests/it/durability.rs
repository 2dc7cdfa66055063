//! What the database refuses, whatever the program does: changes to what is
//! frozen. And: migrations go back, every column is classed.

use primum::store::classes::CLASSES;
use primum::store::{self, TABLES};

use crate::app::{TestApp, both_engines};
use crate::cast;

/// An edition with one entry, frozen by hand.
fn freeze(app: &TestApp) {
    for sql in [
        "INSERT INTO editions (id, foreword, foreword_html, language, created_at, updated_at) \
         VALUES (1, 'F', 'F', 'en', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        "INSERT INTO edition_entries (id, edition_id, position, reference, document, sha256, \
         rendered, renderer) VALUES (1, 1, 1, 'RES-01', '{}', 'x', '[]', 1)",
        "UPDATE editions SET number = 1, published_at = '2026-01-02 00:00:00', sha256 = 'x', \
         manifest = '{}' WHERE id = 1",
    ] {
        app.raw(sql).unwrap();
    }
}

const ENTRY: &str = "INSERT INTO edition_entries (id, edition_id, position, reference, document, \
                     sha256, rendered, renderer) VALUES (2, 1, 2, 'RES-02', '{}', 'x', '[]', 1)";

both_engines! {
    async fn a_published_edition_cannot_be_changed(app: &TestApp) {
        freeze(app);
        let attempts = [
            "UPDATE editions SET foreword = 'changed' WHERE id = 1",
            "UPDATE editions SET published_at = NULL WHERE id = 1",
            "DELETE FROM editions WHERE id = 1",
            "UPDATE edition_entries SET document = '{\"a\":1}' WHERE id = 1",
            "UPDATE edition_entries SET rendered = 'x' WHERE id = 1",
            "DELETE FROM edition_entries WHERE id = 1",
            "DELETE FROM edition_entries",
            ENTRY,
        ];
        for sql in attempts {
            let refused = app.raw(sql);
            assert!(refused.as_ref().is_err_and(|why| why.contains("cannot be")), "{sql}: {refused:?}");
        }
        let only_here: &[&str] = if app.url.starts_with("sqlite:") {
            &[
                "INSERT OR REPLACE INTO edition_entries (id, edition_id, position, reference, \
                 document, sha256, rendered, renderer) \
                 VALUES (1, 1, 1, 'RES-01', 'forged', 'x', '[]', 1)",
                "REPLACE INTO editions (id, number, foreword, foreword_html, language, \
                 created_at, updated_at) VALUES (1, 1, 'forged', '', 'en', \
                 '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            ]
        } else {
            &["TRUNCATE edition_entries", "TRUNCATE editions CASCADE"]
        };
        for sql in only_here {
            assert!(app.raw(sql).is_err(), "{sql}");
        }
    }

    async fn the_triggers_are_what_refuses(app: &TestApp) {
        // The negative control: without them the same statement goes through.
        freeze(app);
        let drop = if app.url.starts_with("sqlite:") {
            "DROP TRIGGER entries_frozen_insert"
        } else {
            "DROP TRIGGER entries_frozen ON edition_entries"
        };
        app.raw(drop).unwrap();
        app.raw(ENTRY).unwrap();
    }

    async fn history_cannot_be_rewritten(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        cast::draft(&drafter, "History", "As it was.\n").await;
        assert!(app.raw("UPDATE revisions SET title = 'Other'").is_err());
        assert!(app.raw("DELETE FROM revisions").is_err());
    }

    async fn migrations_go_back(app: &TestApp) {
        let mut conn = app.app.pool.get().unwrap();
        store::revert_all(&mut conn).unwrap();
        for table in TABLES {
            let gone = store::execute_raw(&mut conn, &format!("SELECT 1 FROM {table}"));
            assert!(gone.is_err(), "{table} is still there");
        }
    }

    async fn every_column_is_classed(app: &TestApp) {
        for (table, _, columns) in CLASSES {
            assert!(TABLES.contains(table), "{table}");
            let names = columns.join(", ");
            app.raw(&format!("SELECT {names} FROM {table} LIMIT 1")).unwrap();
        }
        let schema = include_str!("../../src/store/schema.rs");
        for table in schema.split("diesel::table! {").skip(1) {
            let name = table.trim().split(' ').next().unwrap();
            let body = table.split_once(") {").unwrap().1.split_once("    }").unwrap().0;
            for column in body.lines().filter_map(|line| line.split_once(" ->")) {
                let column = column.0.trim();
                let classed = CLASSES
                    .iter()
                    .filter(|(own, _, columns)| *own == name && columns.contains(&column))
                    .count();
                assert_eq!(classed, 1, "{name}.{column} needs one class");
            }
        }
    }
}

#[test]
fn a_foreign_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("other.sqlite").display());
    let mut conn = store::connect(&url).unwrap();
    store::execute_raw(&mut conn, "CREATE TABLE customers (id INTEGER)").unwrap();
    drop(conn);
    let refused = store::open(&url).err().unwrap().to_string();
    assert!(refused.contains("customers"), "{refused}");
    assert!(store::open("mysql://x").is_err());
}
