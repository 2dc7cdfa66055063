//! Every sentence comes from the catalogues, complete in both languages.

use std::collections::BTreeMap;

use primum::domain::audit::{AuditObject, AuditVerb};
use primum::domain::comment::{CommentKind, Disposition};
use primum::domain::language::Language;
use primum::domain::ledger::{EntryKind, EntryState};
use primum::domain::notice::NoticeKind;
use primum::domain::pen::PenMove;
use primum::domain::role::{AttributionRule, Capacity, Role};
use primum::domain::stage::Stage;
use primum::i18n::Catalog;

use crate::app::{Engine, Setup, TestApp};
use crate::cast;

/// Keys of a catalogue in order, with their variables.
fn keys(ftl: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut current = String::new();
    for line in ftl.lines() {
        let opens = line.chars().next().is_some_and(char::is_alphabetic);
        if opens && let Some((key, _)) = line.split_once(" =") {
            key.clone_into(&mut current);
            assert!(!found.contains_key(&current), "{current} is there twice");
            found.insert(current.clone(), Vec::new());
        }
        for variable in line.split('$').skip(1) {
            let name: String =
                variable.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let own = found.get_mut(&current).expect("a variable belongs to a message");
            if !own.contains(&name) {
                own.push(name);
                own.sort();
            }
        }
    }
    found
}

#[test]
fn both_languages_say_everything() {
    let english = keys(include_str!("../../src/i18n/en/primum.ftl"));
    let czech = keys(include_str!("../../src/i18n/cs/primum.ftl"));
    for (key, variables) in &english {
        let own = czech.get(key).unwrap_or_else(|| panic!("Czech lacks {key}"));
        // A language may leave a variable out (Czech greets without a name),
        // but it cannot speak of one that nobody gives.
        assert!(own.iter().all(|name| variables.contains(name)), "variables of {key}");
    }
    for key in czech.keys() {
        assert!(english.contains_key(key), "{key} is only Czech");
    }
}

/// Every sentence was put into Czech: those that read the same are named here.
#[test]
fn nothing_czech_is_english() {
    const THE_SAME: &[&str] = &[
        "rule-chatham-house",
        "fault-at",
        "draft-workshop",
        "invitation-role",
        "audit-object-workshop",
        "workshop-when",
        "mail-role",
    ];
    let messages = |ftl: &str| {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut current = String::new();
        for line in ftl.lines() {
            if let Some((key, text)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                key.clone_into(&mut current);
                found.insert(current.clone(), text.to_owned());
            } else if line.starts_with(' ') {
                found.get_mut(&current).expect("a message goes on").push_str(line);
            }
        }
        found
    };
    let english = messages(include_str!("../../src/i18n/en/primum.ftl"));
    let czech = messages(include_str!("../../src/i18n/cs/primum.ftl"));
    let same = english.iter().filter(|(key, text)| czech.get(*key) == Some(text));
    let mut same: Vec<&str> = same.map(|(key, _)| key.as_str()).collect();
    same.retain(|key| !THE_SAME.contains(key));
    assert_eq!(same, Vec::<&str>::new(), "in English in the Czech catalogue");
}

/// Everything in the folder that may name a key, as one text.
fn sources(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|own| own.to_str()).unwrap_or_default();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if ["rs", "html", "txt"].contains(&ending) {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

#[test]
fn every_key_is_used() {
    // Beginnings that the code puts before a word of its own.
    const MADE: &[&str] = &["ledger-state-", "ledger-kind-", "audit-verb-", "audit-object-"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = [sources(&root.join("src")), sources(&root.join("templates"))].concat();
    let named: std::collections::BTreeSet<&str> = code.split('"').collect();
    let made: Vec<&str> =
        named.iter().filter_map(|own| own.split_once("-{")).map(|own| own.0).collect();
    let used = |key: &str| {
        let begins =
            |start: &&str| key.strip_prefix(*start).is_some_and(|rest| rest.starts_with('-'));
        named.contains(key)
            || made.iter().any(begins)
            || MADE.iter().any(|start| key.starts_with(start))
    };
    let english = keys(include_str!("../../src/i18n/en/primum.ftl"));
    let unused: Vec<_> = english.keys().filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
    assert!(!used("draft-nowhere"), "the gate can fail");
}

#[test]
fn every_key_made_at_run_time_exists() {
    let catalog = Catalog::new().unwrap();
    let mut wanted = Vec::new();
    wanted.extend(Stage::ALL.iter().map(|own| format!("stage-{own}")));
    wanted.extend(Role::ALL.iter().map(|own| format!("role-{own}")));
    wanted.extend(Capacity::ALL.iter().map(|own| format!("capacity-{own}")));
    wanted.extend(AttributionRule::ALL.iter().map(|own| format!("rule-{own}")));
    wanted.extend(Disposition::ALL.iter().map(|own| format!("disposition-{own}")));
    wanted.extend(CommentKind::ALL.iter().map(|own| format!("comment-kind-{own}")));
    wanted.extend(EntryKind::ALL.iter().map(|own| format!("ledger-kind-{own}")));
    wanted.extend(EntryState::ALL.iter().map(|own| format!("ledger-state-{own}")));
    wanted.extend(NoticeKind::ALL.iter().map(|own| format!("notice-kind-{own}")));
    wanted.extend(PenMove::ALL.iter().map(|own| format!("pen-move-{own}")));
    wanted.extend(AuditVerb::ALL.iter().map(|own| format!("audit-verb-{own}")));
    wanted.extend(AuditObject::ALL.iter().map(|own| format!("audit-object-{own}")));
    wanted.extend(primum::web::form::LABELS.iter().map(|(_, key)| (*key).to_owned()));
    // Keys of faults, conflicts and errors as they stand in the code.
    for folder in ["domain", "actions", "web"] {
        let path = format!("{}/src/{folder}", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(path).unwrap() {
            let Ok(text) = std::fs::read_to_string(file.unwrap().path()) else { continue };
            for word in text.split('"') {
                let prefix = ["fault-", "conflict-", "error-"];
                let plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                if plain && prefix.iter().any(|own| word.starts_with(own)) && !word.ends_with('-') {
                    wanted.push(word.to_owned());
                }
            }
        }
    }
    for language in Language::ALL {
        let loader = catalog.loader(*language);
        for key in &wanted {
            assert!(loader.has(key), "{language} lacks {key}");
        }
    }
}

/// Text between tags, without scripts and without what people wrote.
fn visible(html: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1;
    body.split('<')
        .skip(1)
        .filter_map(|tag| tag.split_once('>'))
        .map(|(_, text)| text.trim().to_owned())
        .filter(|text| text.chars().any(char::is_alphabetic))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_goes_round_the_catalogue() {
    let catalog = Catalog::pseudo().unwrap();
    let app = TestApp::start_with(Setup { catalog, ..Setup::new(Engine::Sqlite) }).await;
    cast::add_all(&app);
    let secretariat = cast::sign_in(&app, "secretariat").await;
    // Words that are names, codes or written by people, not the interface's.
    let allowed = |text: &str| {
        let known =
            ["Primum", "English", "Čeština", "UTC", "SHA-256", "SQLite", "Markdown", "JSON"];
        known.contains(&text)
            || text.contains('@')
            || text.contains("organisation")
            || text.starts_with("The ")
            // Dates are icu's, and told by their figures.
            || text.chars().any(|c| c.is_ascii_digit())
    };
    for address in [
        "/reset",
        "/desk",
        "/drafts",
        "/account",
        "/secretariat",
        "/secretariat/people",
        "/secretariat/organisations",
        "/secretariat/invitations",
        "/secretariat/invitations/new",
        "/secretariat/workshops",
    ] {
        let page = secretariat.get(address).await;
        page.shows("dir=\"rtl\"");
        for text in visible(&page.body) {
            let plain = text.chars().filter(|c| "aeiou".contains(*c)).count();
            let accented = text.chars().filter(|c| "åéîøüÅÉØ".contains(*c)).count();
            // Seeded names of tracks and groups are data, in plain letters.
            let seeded = app.app.read(primum::store::programme::load).unwrap();
            let is_name = seeded
                .tracks
                .iter()
                .map(|own| own.name(Language::En).text.to_owned())
                .chain(seeded.groups.iter().map(|own| own.name(Language::En).text.to_owned()))
                .chain(seeded.audiences.iter().map(|own| own.name(Language::En).text.to_owned()))
                .chain(seeded.texts.0.iter().map(|(_, own)| own.title.clone()))
                .any(|name| text.contains(&name));
            assert!(
                plain == 0 || accented > 0 || is_name || allowed(&text),
                "{address}: {text:?} is not from the catalogue"
            );
        }
    }
}
