//! What freezing writes, and that no changed byte of it goes unseen.

use super::*;
use crate::domain::ids::{AudienceId, TrackId};
use crate::domain::programme::{Audience, AudienceText, Track, TrackText};
use crate::domain::role::AttributionRule;

fn now() -> Instant {
    chrono::DateTime::from_timestamp(1_795_525_500, 0).unwrap().naive_utc()
}

fn programme() -> Programme {
    let track = Track {
        id: TrackId(1),
        slug: "resilience".into(),
        reference: "RES".into(),
        shape: "circle".into(),
        colour: 1,
        rule: AttributionRule::ChathamHouse,
        texts: Texts(vec![
            (Language::En, TrackText { name: "Resilience".into(), summary: String::new() }),
            (Language::Cs, TrackText { name: "Odolnost".into(), summary: String::new() }),
        ]),
    };
    let text = AudienceText { name: "Diplomats".into(), ..AudienceText::default() };
    let audience = Audience {
        id: AudienceId(1),
        slug: "diplomats".into(),
        texts: Texts(vec![(Language::En, text)]),
    };
    Programme {
        version: 1,
        texts: Texts(Vec::new()),
        tracks: vec![track],
        audiences: vec![audience],
        groups: Vec::new(),
    }
}

fn recommendation() -> Recommendation {
    Recommendation {
        id: RecommendationId(1),
        track: TrackId(1),
        reference: "RES-01".into(),
        stage: Stage::Agreed,
        title: "Keep care going".into(),
        revision: 3,
        brackets: 0,
        workshop: None,
        comments_until: None,
        agreed_revision: Some(3),
        agreed_at: Some(now()),
        withdrawn_at: None,
        withdrawn_reason: None,
        created_at: now(),
        updated_at: now(),
        has_chair: true,
        next_block: 1,
        next_amendment: 1,
        contest_days: 7,
        changes: 0,
    }
}

fn sections(statement: &str) -> Vec<Section> {
    let section = |(kind, body): (&str, &str)| Section {
        kind: kind.into(),
        body: body.into(),
        rendered: "[]".into(),
        renderer: 0,
        blocks: crate::domain::recommendation::BlockIds::default(),
    };
    [("statement", statement), ("for:diplomats", "Speak.\n")].into_iter().map(section).collect()
}

fn published() -> (Edition, String, Vec<StoredEntry>) {
    let text = inspect(recommendation(), sections("Hospitals should plan.\n"), 0, false);
    assert_eq!(refuse_blocked(std::slice::from_ref(&text)), Ok(()));
    let entry = freeze(&programme(), 1, &text).unwrap();
    let mut edition = Edition {
        id: EditionId(1),
        number: Some(1),
        foreword: "Read this.\n".into(),
        foreword_html: render_foreword("Read this.\n").unwrap(),
        created_at: now(),
        updated_at: now(),
        published_at: Some(now()),
        sha256: None,
    };
    let listed = ManifestEntry { reference: entry.reference.clone(), sha256: entry.sha256.clone() };
    let contents = contents_of(&programme(), 1, &edition, vec![listed], now());
    let manifest = canonical(&contents).unwrap();
    edition.sha256 = Some(sha256_hex(manifest.as_bytes()));
    (edition, manifest, vec![entry])
}

fn found(edition: &Edition, manifest: &str, entries: &[StoredEntry]) -> Vec<String> {
    let mut found = Vec::new();
    examine(edition, manifest, entries, &mut found);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn an_entry_is_canonical_and_names_nobody() {
    let (_, manifest, entries) = published();
    assert_eq!(
        entries[0].document,
        "{\"actions\":[{\"audience\":\"diplomats\",\"text\":\"Speak.\\n\"}],\
         \"agreed_on\":\"2026-11-24\",\"edition\":1,\"format\":\"primum-edition/1\",\
         \"language\":\"en\",\"rationale\":\"\",\"reference\":\"RES-01\",\"revision\":3,\
         \"statement\":\"Hospitals should plan.\\n\",\"title\":\"Keep care going\",\
         \"track\":\"resilience\"}"
    );
    let start = "{\"audiences\":[{\"names\":[{\"language\":\"en\",\"name\":\"Diplomats\"}],";
    assert!(manifest.starts_with(start), "{manifest}");
    assert!(manifest.contains("\"published_at\":\"2026-11-24T13:05:00Z\""), "{manifest}");
}

#[test]
fn every_changed_byte_is_found_and_named() {
    let (edition, manifest, entries) = published();
    assert_eq!(found(&edition, &manifest, &entries), Vec::<String>::new());

    let mut changed = entries.clone();
    changed[0].document = changed[0].document.replace("should", "could");
    let faults = found(&edition, &manifest, &changed);
    assert!(faults.contains(&"edition 1, RES-01: the text does not have its hash".to_owned()));

    // Somebody who also writes the hash anew is betrayed by the manifest.
    changed[0].sha256 = sha256_hex(changed[0].document.as_bytes());
    let faults = found(&edition, &manifest, &changed);
    let other = "edition 1, RES-01: the text is not the one the manifest lists";
    assert!(faults.contains(&other.to_owned()), "{faults:?}");

    let mut page = entries.clone();
    page[0].rendered = page[0].rendered.replace("should", "could");
    let stored = "edition 1, RES-01: the stored page is not made from the text";
    assert_eq!(found(&edition, &manifest, &page), [stored]);

    let missing = "edition 1, RES-01: the manifest lists it, but it is missing";
    assert_eq!(found(&edition, &manifest, &[]), [missing]);

    let faults = found(&edition, &manifest.replace("Odolnost", "odolnost"), &entries);
    assert_eq!(faults, ["edition 1: the manifest does not have the edition's hash"]);

    let foreword = Edition { foreword_html: "<p>Other</p>".into(), ..edition.clone() };
    let other = "edition 1: the foreword is not the manifest's";
    assert_eq!(found(&foreword, &manifest, &entries), [other]);
}

#[test]
fn what_blocks_is_refused_by_its_field() {
    let fields = |checked: &[Checked]| {
        let faults = refuse_blocked(checked).unwrap_err();
        faults.0.into_iter().map(|fault| fault.field).collect::<Vec<_>>()
    };
    assert_eq!(fields(&[]), ["pick"]);
    let brackets = inspect(recommendation(), sections("A [b\n"), 0, false);
    assert_eq!(brackets.blockers, [Blocker::Brackets(1)]);
    let draft = Recommendation { stage: Stage::Draft, agreed_revision: None, ..recommendation() };
    let waiting = inspect(draft, sections("A\n"), 2, false);
    assert_eq!(waiting.blockers, [Blocker::NotAgreed, Blocker::Unanswered(2)]);
    assert_eq!(fields(&[brackets, waiting]), ["pick"]);
    let hidden = inspect(recommendation(), sections("A\n\u{202E}b\n"), 0, false);
    let place = Hidden { place: "statement".into(), line: 2, character: '\u{202E}' };
    assert_eq!(hidden.hidden, [place]);
    assert_eq!(fields(&[hidden]), ["acknowledged"]);
    let seen = inspect(recommendation(), sections("A\n\u{202E}b\n"), 0, true);
    assert!(refuse_blocked(&[seen]).is_ok());
}
