//! What the database refuses, whatever the program does: changes to what is
//! frozen. And: migrations go back, every column is classed.

use primum::store::classes::CLASSES;
use primum::store::{self, TABLES};

use crate::app::{Engine, TestApp, both_engines};
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

/// With the triggers gone and one byte changed, `doctor` says where.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doctor_names_the_entry_that_was_changed() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let chair = cast::sign_in(&app, "chair").await;
    let secretariat = cast::sign_in(&app, "secretariat").await;
    let reference = cast::draft(&drafter, "Kept", "It should be kept.\n").await;
    let (stage, agree) =
        (format!("/drafts/{reference}/stage"), format!("/drafts/{reference}/agreement"));
    chair.submit_and_follow(&stage, &agree, &[("revision", "1")]).await;
    let list = "/secretariat/editions";
    let begun = secretariat.submit(list, list, &[]).await;
    let build = begun.location().split('?').next().unwrap().to_owned();
    let picks = [("foreword", "Foreword."), ("pick", reference.as_str())];
    secretariat.submit_and_follow(&build, &build, &picks).await;
    let publish = format!("{build}/publish");
    secretariat.submit_and_follow(&publish, &publish, &[]).await;
    let folder = tempfile::tempdir().unwrap();
    let doctor = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_primum"))
            .args(["doctor", "--database-url", &app.url, "--data"])
            .arg(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), said + &*String::from_utf8_lossy(&output.stderr))
    };
    let manifest = app.visitor().get("/editions/1/manifest.json").await.body;
    let hash = primum::secrets::sha256_hex(manifest.as_bytes());
    app.visitor().get("/en/editions/1").await.shows(&hash);
    let (code, said) = doctor();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("edition 1: sha256 {hash}")), "{said}");

    for trigger in ["entries_frozen_update", "entries_frozen_insert", "entries_frozen_delete"] {
        app.raw(&format!("DROP TRIGGER IF EXISTS {trigger}")).unwrap();
    }
    app.raw("UPDATE edition_entries SET document = replace(document, 'kept', 'kepT')").unwrap();
    let (code, said) = doctor();
    assert_eq!(code, Some(1), "{said}");
    let named = said.lines().any(|line| {
        line.starts_with("FAILED") && line.contains("edition 1") && line.contains(&reference)
    });
    assert!(named, "{said}");
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
