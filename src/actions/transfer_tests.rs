//! Files come in all together or not at all, and every fault has its place.

use super::*;

const GOOD: &str = "---\nreference: RES-02\ntitle: Test backups\ntrack: resilience\naudiences:\n  \
    - policy-makers\n---\nStates should act.\n\n## Rationale\n\nBecause.\n\n\
    ## For policy-makers\n\n- do\n";

fn now() -> Instant {
    chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap().naive_utc()
}

fn with_empty(work: impl FnOnce(&mut DbConn)) {
    let folder = tempfile::tempdir().unwrap();
    let pool = store::open(&format!("sqlite:{}/x.sqlite", folder.path().display())).unwrap();
    let mut conn = pool.get().unwrap();
    store::seed::sow(&mut conn, now()).unwrap();
    work(&mut conn);
}

fn texts(all: &[(&str, &str)]) -> Vec<SourceText> {
    let text = |(file, text): &(&str, &str)| SourceText {
        file: (*file).to_owned(),
        text: (*text).to_owned(),
    };
    all.iter().map(text).collect()
}

fn bring(conn: &mut DbConn, all: &[(&str, &str)]) -> Vec<(String, String)> {
    let made = store::write(conn, |conn| import(conn, &texts(all), Vec::new(), now()));
    made.unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn faults(conn: &mut DbConn, all: &[(&str, &str)]) -> Vec<String> {
    let made = store::write(conn, |conn| import(conn, &texts(all), Vec::new(), now()));
    match made {
        Err(ImportError::Faults(found)) => {
            let line = |own: FileFault| format!("{}:{}: {}", own.file, own.line, own.reason);
            found.into_iter().map(line).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn without_reference() -> String {
    GOOD.replace("reference: RES-02\n", "")
}

#[test]
fn numbers_of_files_are_kept_and_the_rest_goes_on_from_there() {
    with_empty(|conn| {
        let free = without_reference();
        let made = bring(conn, &[("a.md", &free), ("b.md", GOOD)]);
        let pair = |file: &str, reference: &str| (file.to_owned(), reference.to_owned());
        assert_eq!(made, [pair("a.md", "RES-03"), pair("b.md", "RES-02")]);
        let out = export(conn).unwrap();
        assert_eq!(out[0], SourceText { file: "RES-02.md".into(), text: GOOD.into() });
        assert_eq!(bring(conn, &[("c.md", &free)]), [pair("c.md", "RES-04")]);
        let author = store::accounts::find_credentials(conn, AUTHOR.1).unwrap().unwrap();
        assert!(author.disabled_at.is_some());
        assert!(!store::accounts::has_secretariat(conn).unwrap());
    });
}

#[test]
fn every_fault_has_its_file_and_line_and_nothing_is_brought_in() {
    with_empty(|conn| {
        let elsewhere = GOOD.replace("track: resilience", "track: resilence");
        let foreign = GOOD.replace("RES-02", "INC-02");
        let sloppy = GOOD.replace("RES-02", "RES-2");
        let empty = GOOD.replace("- do\n", "");
        let open_block = GOOD.replace("- do\n", "- do\n\n```\nopen\n");
        let no_day =
            GOOD.replace("---\nStates", "status: open\ncomments_until: 2027-02-30\n---\nStates");
        let found = faults(
            conn,
            &[
                ("a.md", GOOD),
                ("b.md", GOOD),
                ("c.md", &elsewhere),
                ("d.md", &foreign),
                ("e.md", &sloppy),
                ("f.md", &empty),
                ("g.md", &open_block),
                ("h.md", &no_day),
                ("i.md", "no front matter\n"),
                ("j.md", &elsewhere.replace("---\nStates", "status: opn\n---\nStates")),
            ],
        );
        let places: Vec<&str> = found
            .iter()
            .filter_map(|fault| fault.get(..6))
            .map(|place| place.trim_end_matches(':'))
            .collect();
        assert!(places.starts_with(&["b.md:2", "c.md:4", "d.md:2", "e.md:2"]), "{found:#?}");
        assert!(found.iter().any(|own| own.starts_with("f.md:14: ")), "{found:#?}");
        assert!(found.iter().any(|own| own.starts_with("g.md:18: ")), "{found:#?}");
        assert!(found.iter().any(|own| own.starts_with("h.md:8: ")), "{found:#?}");
        assert!(found.iter().any(|own| own.starts_with("i.md:1: ")), "{found:#?}");
        let both: Vec<&String> = found.iter().filter(|own| own.starts_with("j.md:")).collect();
        assert!(both[0].starts_with("j.md:4: unknown track `resilence`"), "{found:#?}");
        assert!(both[1].starts_with("j.md:7: `opn` is no status"), "{found:#?}");
        assert!(export(conn).unwrap().is_empty());
        bring(conn, &[("a.md", GOOD)]);
        assert_eq!(faults(conn, &[("a.md", GOOD)]), ["a.md:2: `RES-02` exists already"]);
    });
}

#[test]
fn stages_and_what_belongs_to_them_come_back() {
    with_empty(|conn| {
        let at = |status: &str, reference: &str| {
            let head = format!("{status}\n---\nStates");
            GOOD.replace("---\nStates", &head).replace("RES-02", reference)
        };
        let open = at("status: open\ncomments_until: 2027-01-31T17:00:00Z", "RES-05");
        let gone = at("status: withdrawn\nreason: \"Two lines,\\nand\\ttabs\"", "RES-06");
        let agreed = at("status: agreed", "RES-07");
        bring(conn, &[("1.md", &open), ("2.md", &gone), ("3.md", &agreed)]);
        let out: Vec<String> = export(conn).unwrap().into_iter().map(|own| own.text).collect();
        assert_eq!(out, [open, gone, agreed]);
    });
}

#[test]
fn a_day_is_meant_to_its_end() {
    let text = |raw: &str| deadline(raw).map(|at| at.format("%d %H:%M:%S").to_string());
    assert_eq!(text("2027-01-31").as_deref(), Some("31 23:59:00"));
    assert_eq!(text("2027-01-31T17:00Z").as_deref(), Some("31 17:00:00"));
    assert_eq!(text("2027-01-31 17:00:30+00:00").as_deref(), Some("31 17:00:30"));
    assert_eq!(text("2027-01-31T25:00Z"), None);
    assert_eq!(text("2027-02-30"), None);
}
