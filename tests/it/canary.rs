//! Canaries under the Chatham House rule: people whose names nobody outside
//! their track may read, looked for in every output, as every role.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use primum::domain::role::Role;
use primum::jobs;
use primum::mail::Transport;
use primum::store;
use primum::web::routes::{Method, ROUTES, Route, Who};

use crate::amendments;
use crate::app::{Browser, Engine, Setup, TestApp};
use crate::cast;
use crate::comments::{comment, on_block};
use crate::exchange::inner;
use crate::mail::decoded;
use crate::smtp::{Received, SmtpSink};

/// In the name, the address and the organisation of everybody who is planted.
const CANARY: &str = "kanarek";
const PLANTED: &[(&str, Role)] = &[
    ("kanarek", Role::Participant),
    ("kanarek-drafter", Role::Drafter),
    ("kanarek-chair", Role::Chair),
];

/// Everybody who reads. Those inside have a role in the track.
const OUTSIDE: &[&str] = &["visitor", "stranger", "chair-elsewhere"];
const INSIDE: &[&str] = &["observer", "participant", "drafter", "chair"];

/// What those inside read names on: the gate is not closed on everybody.
const NAMED_ON: &[&str] = &[
    "/drafts/{reference}",
    "/drafts/{reference}/revisions",
    "/drafts/{reference}/ledger",
    "/drafts/{reference}/ledger.xlsx",
    "/drafts/{reference}/ledger.csv",
    "/drafts/{reference}/amendments",
    "/drafts/{reference}/amendments/{number:[0-9]+}",
    "/drafts/tracks/{slug}/ledger",
    "/drafts/tracks/{slug}/ledger.xlsx",
    "/drafts/tracks/{slug}/ledger.csv",
];

struct Cage {
    app: TestApp,
    sink: SmtpSink,
    /// Two texts of the track: the first is published, the second under way.
    texts: [String; 2],
    /// What stands for a parameter of an address.
    values: Vec<(&'static str, String)>,
    /// Ids of the accounts that are planted.
    accounts: Vec<String>,
}

/// A text by a planted drafter on which the others have spoken; the comment
/// and the contest of the planted participant.
async fn sing(app: &TestApp, title: &str, statement: &str) -> (String, String, String) {
    let canary = cast::sign_in(app, "kanarek").await;
    let writer = cast::sign_in(app, "kanarek-drafter").await;
    let leader = cast::sign_in(app, "kanarek-chair").await;
    let reference = cast::draft(&writer, title, statement).await;
    let page = format!("/drafts/{reference}");
    cast::open(&leader, app, &reference).await;
    let said = comment(&canary, &reference, &on_block("1", "", "Sung by one")).await;
    let by_name = "As @The kanarek and The kanarek-chair say";
    comment(&writer, &reference, &on_block("0", "", by_name)).await;
    let reply = [("body", "And once more."), ("capacity", "personal")];
    let replies = format!("{page}/comments/{said}/replies");
    canary.submit_and_follow(&format!("{page}/comments/new?reply={said}"), &replies, &reply).await;
    let block = amendments::block(app, &reference, 2);
    amendments::propose(&canary, &reference, "1", &block, "Two sings here.").await;
    let answer = format!("{page}/comments/{said}/disposition");
    let noted = [("disposition", "noted"), ("reason", "As The kanarek asked."), ("changed", "")];
    leader.submit_and_follow(&answer, &answer, &noted).await;
    let contest = format!("{page}/comments/{said}/contest");
    canary.submit_and_follow(&contest, &contest, &[("body", "Not loud enough.")]).await;
    let form = leader.get(&page).await;
    let (_, rest) = form.body.split_once("/contests/").expect("the chair is led to the contest");
    let contest = rest.split(['"', '#', '?']).next().unwrap().to_owned();
    (reference, said, contest)
}

/// Everything there is to be said of a text is answered, and it is published.
async fn publish(app: &TestApp, reference: &str, contest: &str) {
    let leader = cast::sign_in(app, "kanarek-chair").await;
    let page = format!("/drafts/{reference}");
    let answer = format!("{page}/contests/{contest}");
    leader.submit_and_follow(&answer, &answer, &[("body", "Louder, The kanarek.")]).await;
    amendments::answer(&leader, reference, 1, "accepted", "", None).await;
    let open = app.write(|conn| {
        let own = store::recommendations::find_by_reference(conn, reference)?.unwrap();
        store::comments::list_of(conn, own.id, 100)
    });
    let noted = [("disposition", "noted"), ("reason", "Heard."), ("changed", "")];
    for own in open.iter().filter(|own| own.is_unanswered()) {
        let answer = format!("{page}/comments/{}/disposition", own.id);
        leader.submit_and_follow(&answer, &answer, &noted).await;
    }
    let (stage, agree) = (format!("{page}/stage"), format!("{page}/agreement"));
    leader.submit_and_follow(&stage, &agree, &[("revision", "2")]).await;
    let secretariat = cast::sign_in(app, "secretariat").await;
    let editions = "/secretariat/editions";
    let begun = secretariat.submit(editions, editions, &[]).await;
    let build = begun.location().split('?').next().unwrap().to_owned();
    let picks = [("foreword", "A foreword."), ("pick", reference)];
    secretariat.submit_and_follow(&build, &build, &picks).await;
    let publish = format!("{build}/publish");
    secretariat.submit_and_follow(&publish, &publish, &[]).await;
}

async fn caged(engine: Engine) -> Cage {
    let sink = SmtpSink::start().await;
    let transport = Transport::smtp(&sink.url(), "primum@example.org").unwrap();
    let app = TestApp::start_with(Setup { transport, ..Setup::new(engine) }).await;
    app.raw("UPDATE tracks SET attribution_rule = 'chatham-house'").unwrap();
    app.raw("UPDATE programme SET public_version = public_version + 1").unwrap();
    cast::add_all(&app);
    cast::add(&app, "chair-elsewhere", cast::OTHER_TRACK, Some(Role::Chair));
    let planted = PLANTED
        .iter()
        .map(|(who, role)| cast::add(&app, who, cast::TRACK, Some(*role)).to_string());
    let accounts: Vec<String> = planted.collect();
    let statement = "One stands here.\n\nTwo stands here.\n";
    let (sung, _, contest) = sing(&app, "Sung", statement).await;
    publish(&app, &sung, &contest).await;
    let bracketed = "One [hums] here.\n\nTwo stands here.\n";
    let (hummed, comment, contest) = sing(&app, "Hummed", bracketed).await;
    let writer = cast::sign_in(&app, "kanarek-drafter").await;
    let page = format!("/drafts/{hummed}");
    writer.submit_and_follow(&page, &format!("{page}/pen/taking"), &[]).await;

    let secretariat = cast::sign_in(&app, "secretariat").await;
    let editions = "/secretariat/editions";
    let begun = secretariat.submit(editions, editions, &[]).await;
    let edition = begun.location().split('?').next().unwrap().rsplit('/').next().unwrap();
    let workshop = cast::call_workshop(&secretariat).await;
    let organisation = app.write(|conn| {
        let all = store::organisations::list_names(conn)?;
        Ok(all.iter().find(|(_, name)| name.contains(CANARY)).unwrap().0.to_string())
    });
    let values = vec![
        ("{account}", accounts[0].clone()),
        ("{organisation}", organisation),
        ("{comment}", comment),
        ("{contest}", contest),
        ("{edition}", edition.to_owned()),
        ("/workshops/{slug:[a-z0-9-]+}", format!("/workshops/{workshop}")),
        ("/workshops/{slug}", format!("/workshops/{workshop}")),
        ("{slug}", cast::TRACK.to_owned()),
        ("{audience}", "policy-makers".to_owned()),
        ("{number:[0-9]+}", "1".to_owned()),
        ("{revision:[0-9]+}", "1".to_owned()),
        ("/compare", "/compare?from=1&to=2".to_owned()),
        ("/comments/new", "/comments/new?revision=1&section=statement&position=1".to_owned()),
        ("/amendments/new", "/amendments/new?section=statement&block=1".to_owned()),
        ("/compromise", "/compromise?section=statement&block=1".to_owned()),
        // No end of its own otherwise.
        ("/presence", "/presence?once=1".to_owned()),
    ];
    Cage { app, sink, texts: [sung, hummed], values, accounts }
}

impl Cage {
    /// Where the output of a route is, for either text and in either language,
    /// and as a file to be passed on.
    fn addresses(&self, route: &Route) -> Vec<String> {
        let mut found = vec![route.path.to_owned()];
        if route.path.contains("{reference") {
            let of = |text: &String| {
                let path = route.path.replace("{reference:[A-Z]+-[0-9]+}", text);
                path.replace("{reference}", text)
            };
            found = self.texts.iter().map(of).collect();
        }
        for address in &mut found {
            for (parameter, value) in &self.values {
                *address = address.replace(parameter, value);
            }
            assert!(!address.contains('{'), "say here what stands for {}", route.path);
        }
        if route.who == Who::PublicPage {
            let in_both = |own: &String| ["en", "cs"].map(|lang| format!("/{lang}{own}"));
            return found.iter().flat_map(in_both).collect();
        }
        if route.path.contains("ledger.") {
            let outside: Vec<_> = found.iter().map(|own| format!("{own}?for=outside")).collect();
            found.extend(outside);
        }
        found
    }
}

struct Output {
    status: u16,
    head: String,
    text: String,
}

/// What anybody gets to see of an answer: head, and everything inside a file.
async fn read(who: &Browser, address: &str) -> Output {
    let response = who.client.get(format!("{}{address}", who.origin)).send().await.unwrap();
    let (status, head) = (response.status().as_u16(), format!("{:?}", response.headers()));
    let bytes = response.bytes().await.unwrap();
    let packed = bytes.starts_with(b"PK\x03\x04");
    let text = if packed { inner(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() };
    Output { status, head, text: text.to_lowercase() }
}

/// A letter as its reader's program shows it, encoded words of its head too.
fn shown(letter: &Received) -> String {
    let words = letter.raw.split("=?utf-8?b?").skip(1).filter_map(|rest| rest.split('?').next());
    let words = words.filter_map(|word| STANDARD.decode(word).ok());
    let words: Vec<_> = words.map(|word| String::from_utf8_lossy(&word).into_owned()).collect();
    format!("{}\n{}", decoded(&letter.raw), words.concat()).to_lowercase()
}

async fn nobody_is_named_outside(engine: Engine) {
    let cage = caged(engine).await;
    let mut readers = vec![("visitor", cage.app.visitor())];
    for who in OUTSIDE.iter().skip(1).chain(INSIDE).chain(&["secretariat"]) {
        readers.push((who, cast::sign_in(&cage.app, who).await));
    }
    let (mut read_outside, mut named) = (0, 0);
    for route in ROUTES.iter().filter(|own| own.method == Method::Get && own.who != Who::Demo) {
        // A letter's address is its reader's own.
        if route.path.contains("{token}") {
            continue;
        }
        for address in cage.addresses(route) {
            let public = matches!(route.who, Who::PublicPage | Who::PublicFile);
            let passed_on = address.contains("for=outside");
            for (who, reader) in &readers {
                let what = format!("{who} at {address}");
                let output = read(reader, &address).await;
                let outside = OUTSIDE.contains(who);
                assert!(output.status < 500, "{what}: {}", output.text);
                assert!(!output.head.contains(CANARY), "{what}: {}", output.head);
                if outside || public || passed_on {
                    read_outside += usize::from(output.status == 200);
                    assert!(!output.text.contains(CANARY), "{what}: {}", output.text);
                    for id in cage.accounts.iter().filter(|id| !address.contains(id.as_str())) {
                        assert!(!output.text.contains(id), "{what}: {id} in {}", output.text);
                    }
                }
                // Addresses of people are the secretariat's, even inside.
                if *who != "secretariat" {
                    for (planted, _) in PLANTED {
                        let email = cast::email(planted);
                        assert!(!output.text.contains(&email), "{what}: {}", output.text);
                    }
                }
                if NAMED_ON.contains(&route.path) && !passed_on {
                    let expected = match *who {
                        "visitor" => 303,
                        _ if outside => 404,
                        _ => 200,
                    };
                    assert_eq!(output.status, expected, "{what}");
                    named += usize::from(!outside);
                    assert!(outside || output.text.contains(CANARY), "{what}: {}", output.text);
                }
                // Nor do the properties of a file say who asked for it.
                if let Some((_, rest)) = output.text.split_once("docprops/core.xml<?xml") {
                    let properties = rest.split("</cp:coreproperties>").next().unwrap();
                    for word in [CANARY, "example.org", who] {
                        assert!(!properties.contains(word), "{what}: {properties}");
                    }
                }
            }
        }
    }
    assert!(read_outside > 300 && named > 70, "{read_outside} read outside, {named} inside");

    // Mail leaves every track: nobody's names anybody but its reader.
    let mut sent = 0;
    while let more @ 1.. = jobs::deliver(&cage.app.app).await {
        sent += more;
    }
    let (mut inside, mut outside) = (0, 0);
    for letter in cage.sink.wait_for(sent).await {
        let to = letter.recipients.concat();
        if to.contains(CANARY) {
            continue;
        }
        inside += usize::from(INSIDE.iter().any(|who| to.starts_with(who)));
        outside += usize::from(to.starts_with("stranger"));
        let text = shown(&letter);
        assert!(!text.contains(CANARY), "to {to}: {text}");
        assert!(!cage.accounts.iter().any(|id| text.contains(id)), "to {to}: {text}");
    }
    assert!(inside > 4 && outside > 0, "{inside} letters inside, {outside} outside");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_named_outside_sqlite() {
    nobody_is_named_outside(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn nobody_is_named_outside_postgres() {
    nobody_is_named_outside(Engine::Postgres).await;
}
