//! The whole demonstration, loaded and counted.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;

use super::*;
use crate::actions::transfer;
use crate::app::{self, App};
use crate::config::Origin;
use crate::domain::comment::{CommentKind, Disposition};
use crate::domain::edition::Entry;
use crate::domain::recommendation::Recommendation;
use crate::domain::stage::Stage;
use crate::i18n::Catalog;
use crate::mail::Transport;
use crate::markdown;
use crate::secrets::{Key, Passwords};
use crate::store::comments::Comment;

struct Loaded {
    app: App,
    now: Instant,
    _folder: tempfile::TempDir,
}

fn loaded() -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let pool = store::open(&format!("sqlite:{}/demo.sqlite", folder.path().display())).unwrap();
    let origin = Origin::of_listener("127.0.0.1:8080".parse().unwrap());
    let passwords = Passwords::new(1).unwrap();
    let catalog = Catalog::new().unwrap();
    let app = App::new(pool, catalog, origin, Key::random(), passwords, Transport::Unset, None);
    let now = app::now();
    app.write(|conn| store::seed::sow(conn, now)).unwrap();
    let began = std::time::Instant::now();
    load(&app, now).unwrap();
    println!("loaded in {:?}", began.elapsed());
    Loaded { app, now, _folder: folder }
}

impl Loaded {
    fn read<T>(&self, work: impl FnOnce(&mut store::DbConn) -> store::Result<T>) -> T {
        self.app.read(work).unwrap()
    }

    fn recommendations(&self) -> Vec<Recommendation> {
        self.read(store::recommendations::list_all)
    }

    fn discussion(&self, of: &Recommendation) -> Vec<Comment> {
        self.read(|conn| store::comments::list_of(conn, of.id, 1000))
    }
}

#[test]
fn the_whole_dialogue_plays_and_is_as_rich_as_it_should_be() {
    let loaded = loaded();
    let all = loaded.recommendations();
    assert!(all.len() >= 30, "{}", all.len());
    assert!(all.iter().all(|own| own.revision >= 2), "two revisions or more");
    let said: Vec<Comment> = all.iter().flat_map(|own| loaded.discussion(own)).collect();
    assert!(said.len() >= 150, "{}", said.len());
    for disposition in Disposition::ALL {
        assert!(said.iter().any(|own| own.disposition == Some(*disposition)), "{disposition}");
    }
    assert!(said.iter().any(Comment::is_unanswered));
    assert!(said.iter().any(|own| own.parent.is_some()));
    assert!(said.iter().any(|own| own.withdrawn_at.is_some()));
    for kind in CommentKind::ALL {
        assert!(said.iter().any(|own| own.kind == Some(*kind)), "{kind}");
    }
    assert!(said.iter().any(|own| own.exact.is_some()), "on words");
    let contested = |own: &Recommendation| {
        !loaded.read(|conn| store::contests::list_of(conn, own.id, 10)).is_empty()
    };
    assert!(all.iter().any(contested));
    for stage in Stage::ALL {
        assert!(all.iter().any(|own| own.stage == *stage), "{stage}");
    }
    assert!(all.iter().any(|own| own.is_overdue(loaded.now)));
    assert!(all.iter().any(|own| own.stage == Stage::Open && !own.is_overdue(loaded.now)));
    assert!(all.iter().any(|own| own.brackets > 0));
    assert!(all.iter().all(|own| own.workshop.is_some()));
    let people = loaded.read(store::accounts::count);
    assert!(people >= 25, "{people}");
    let recent = loaded.read(store::outbox::count_waiting);
    assert!(recent < 100, "{recent} messages wait");
    accounts_can_sign_in(&loaded);
    amendments_wait_and_were_answered(&loaded, &all);
    the_edition_fills_every_track_and_audience(&loaded);
    workshops_are_past_and_to_come(&loaded);
    no_two_share_a_sentence(&loaded, &all);
    it_travels(&loaded);
}

/// A newcomer sees each fate of an amendment, and organisations beside others'.
fn amendments_wait_and_were_answered(loaded: &Loaded, all: &[Recommendation]) {
    use crate::domain::amendment::AmendmentState::{Answered, Stale, Waiting};
    let amendments: Vec<_> = all
        .iter()
        .flat_map(|own| loaded.read(|conn| store::amendments::list_of(conn, own.id, 0, 100)))
        .collect();
    for state in [Waiting, Stale, Answered] {
        assert!(amendments.iter().any(|own| own.state() == state), "{state}");
    }
    assert!(amendments.iter().any(|own| own.applied_in.is_some()));
    let ids: Vec<_> = amendments.iter().map(|own| own.id).collect();
    let beside = loaded.read(|conn| store::co_sponsors::list_of_many(conn, &ids));
    assert!(beside.len() >= 3, "{}", beside.len());
}

/// Out, into an empty database, and out again: the same files.
fn it_travels(loaded: &Loaded) {
    let first = loaded.read(transfer::export);
    assert_eq!(first.len(), loaded.recommendations().len());
    let folder = tempfile::tempdir().unwrap();
    let pool = store::open(&format!("sqlite:{}/new.sqlite", folder.path().display())).unwrap();
    let mut conn = pool.get().unwrap();
    store::seed::sow(&mut conn, loaded.now).unwrap();
    let made =
        store::write(&mut conn, |conn| transfer::import(conn, &first, Vec::new(), loaded.now));
    assert_eq!(made.unwrap().len(), first.len());
    let second = transfer::export(&mut conn).unwrap();
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other);
    }
}

fn accounts_can_sign_in(loaded: &Loaded) {
    for (email, role) in accounts().unwrap() {
        let found = loaded.read(|conn| store::accounts::find_credentials(conn, &email));
        let found = found.unwrap_or_else(|| panic!("{email}, {role}"));
        assert!(loaded.app.passwords.verify(PASSWORD, Some(&found.password_hash)));
    }
}

fn the_edition_fills_every_track_and_audience(loaded: &Loaded) {
    let edition = loaded.read(store::editions::find_current).unwrap();
    assert_eq!(edition.number, Some(1));
    let entries = loaded.read(|conn| store::editions::list_entries(conn, edition.id));
    assert!(entries.len() >= 15, "{}", entries.len());
    let entries: Vec<Entry> =
        entries.iter().map(|stored| serde_json::from_str(&stored.document).unwrap()).collect();
    let programme = loaded.read(store::programme::load);
    for track in &programme.tracks {
        assert!(entries.iter().any(|entry| entry.track == track.slug), "{}", track.slug);
    }
    for audience in &programme.audiences {
        let fills = |entry: &Entry| entry.actions.iter().any(|own| own.audience == audience.slug);
        assert!(entries.iter().any(fills), "{}", audience.slug);
    }
}

fn workshops_are_past_and_to_come(loaded: &Loaded) {
    let all = loaded.read(|conn| store::workshops::list(conn, 1000));
    assert!(all.iter().any(|own| own.ends_at < loaded.now - TimeDelta::days(1)));
    assert!(all.iter().any(|own| own.starts_at > loaded.now + TimeDelta::days(1)));
}

fn no_two_share_a_sentence(loaded: &Loaded, all: &[Recommendation]) {
    let mut owner: HashMap<String, String> = HashMap::new();
    for own in all {
        let sections =
            loaded.read(|conn| store::recommendations::list_sections(conn, own.id, own.revision));
        let mut sentences = HashSet::new();
        for section in sections {
            let plain = markdown::plain(&section.body);
            let ends = |c: char| ".!?\n;".contains(c);
            sentences.extend(plain.split(ends).map(|part| part.trim().to_lowercase()));
        }
        for sentence in sentences.into_iter().filter(|part| part.chars().count() >= 40) {
            if let Some(other) = owner.insert(sentence.clone(), own.reference.clone()) {
                panic!("{other} and {} share {sentence:?}", own.reference);
            }
        }
    }
}
