//! A page asks the database as often for a hundred rows as for ten: every
//! query of every connection is counted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, Instrumentation, InstrumentationEvent};
use primum::app::App;

use crate::app::{Browser, TestApp, both_engines};
use crate::cast;
use crate::permissions::fields;

/// The statements that ran since it was last emptied.
#[derive(Clone)]
pub struct Statements(Arc<Mutex<Vec<String>>>, Arc<App>);

impl Instrumentation for Statements {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            self.0.lock().unwrap().push(query.to_string());
        }
    }
}

impl Statements {
    /// Listens to every connection the pool will ever have.
    pub fn of(app: &TestApp) -> Self {
        let own = Self(Arc::default(), app.app.clone());
        let pool = &app.app.pool;
        let mut all: Vec<_> = (0..pool.max_size()).map(|_| pool.get().unwrap()).collect();
        for conn in &mut all {
            conn.set_instrumentation(own.clone());
        }
        own
    }

    /// What ran since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    /// How many statements a page takes, sessions and all.
    async fn of_page(&self, reader: &Browser, address: &str) -> Vec<String> {
        // The first time, what is read once for all is read.
        assert_eq!(reader.get(address).await.status, 200, "{address}");
        self.0.lock().unwrap().clear();
        // What is kept of a text is made again: that is what is counted.
        self.1.bodies.clear();
        let page = reader.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// As many statements as before; if not, which are there more often.
fn compare(address: &str, before: &[String], after: &[String]) {
    let count = |all: &[String]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for sql in all {
            // Without the values that are bound.
            let sql = sql.split(" -- binds").next().unwrap_or_default();
            *counts.entry(sql.chars().take(200).collect()).or_default() += 1;
        }
        counts
    };
    let (few, many) = (count(before), count(after));
    let more: Vec<_> =
        many.iter().filter(|(sql, n)| few.get(*sql).is_none_or(|own| own < *n)).collect();
    println!("{address}: {} statements", after.len());
    assert!(!before.is_empty(), "{address}: nothing was counted");
    assert!(
        after.len() <= before.len(),
        "{address}: {} statements, then {}: {more:#?}",
        before.len(),
        after.len()
    );
}

/// Posts as a form does, without fetching its page each time.
async fn say(browser: &Browser, csrf: &str, action: &str, rest: &[(&str, &str)]) {
    let once = primum::secrets::token();
    let mut all = vec![("csrf", csrf), ("once", once.as_str())];
    all.extend_from_slice(rest);
    let done = browser.post(action, &all).await;
    assert_eq!(done.status, 303, "{action}: {}", done.body);
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

both_engines! {
    async fn a_draft_takes_as_many_with_ten_comments_as_with_a_hundred(app: &TestApp) {
        cast::add_all(app);
        for number in 0..8 {
            let role = Some(primum::domain::role::Role::Participant);
            cast::add(app, &format!("participant{number}"), cast::TRACK, role);
        }
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let mut speakers = Vec::new();
        for number in 0..8 {
            let speaker = cast::sign_in(app, &format!("participant{number}")).await;
            let csrf = speaker.get("/account").await.hidden("csrf");
            speakers.push((speaker, csrf));
        }
        let statement = "First paragraph.\n\nSecond paragraph.\n\n- one\n- two\n";
        let reference = cast::draft(&drafter, "Counted", statement).await;
        cast::open(&chair, app, &reference).await;
        let page = format!("/drafts/{reference}");
        let csrf = chair.get("/account").await.hidden("csrf");
        let statements = Statements::of(app);
        let pages = [
            page.clone(),
            format!("{page}/ledger"),
            "/desk".to_owned(),
            "/drafts".to_owned(),
        ];
        let mut before = Vec::new();
        for (size, last) in [(10, false), (100, true)] {
            let from = if last { 10 } else { 0 };
            for number in from..size {
                let (speaker, token) = &speakers[number % speakers.len()];
                let on = (number % 4 + 1).to_string();
                let mut comment = fields("/comments");
                for (name, value) in &mut comment {
                    match *name {
                        "section" if number % 3 > 0 => "statement".clone_into(value),
                        "position" if number % 3 > 0 => value.clone_from(&on),
                        "body" => *value = format!("Comment {number}"),
                        _ => {}
                    }
                }
                let comments = format!("{page}/comments");
                say(speaker, token, &comments, &borrowed(&comment)).await;
                if number % 2 == 0 {
                    let newest = newest(app, &reference);
                    let (other, token) = &speakers[(number + 1) % speakers.len()];
                    let reply = format!("{comments}/{newest}/replies");
                    say(other, token, &reply, &borrowed(&fields(&reply))).await;
                    let answer = format!("{comments}/{newest}/disposition");
                    say(&chair, &csrf, &answer, &borrowed(&fields(&answer))).await;
                }
            }
            for (place, address) in pages.iter().enumerate() {
                for (who, reader) in [("chair", &chair), ("participant", &speakers[0].0)] {
                    let took = statements.of_page(reader, address).await;
                    if last {
                        let earlier: &Vec<String> = &before[place * 2 + usize::from(who != "chair")];
                        compare(&format!("{address} as {who}"), earlier, &took);
                    } else {
                        before.push(took);
                    }
                }
            }
        }
    }

    async fn lists_and_editions_take_as_many_with_three_texts_as_with_fifteen(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let secretariat = cast::sign_in(app, "secretariat").await;
        let chair_csrf = chair.get("/account").await.hidden("csrf");
        let csrf = secretariat.get("/account").await.hidden("csrf");
        let statements = Statements::of(app);
        let mut references = Vec::new();
        let mut before: Vec<Vec<String>> = Vec::new();
        let mut revision = 1;
        // The first edition has none before it to say what changed since.
        for (number, size) in [(1, 3), (2, 4), (3, 16)] {
            while references.len() < size {
                let title = format!("Text {}", references.len());
                let reference = cast::draft(&drafter, &title, &format!("{title} asks.\n")).await;
                let action = format!("/drafts/{reference}/agreement");
                say(&chair, &chair_csrf, &action, &borrowed(&fields(&action))).await;
                references.push(reference);
            }
            // One that goes on being drafted and revised.
            if number == 1 {
                references.push(cast::draft(&drafter, "Goes on", "Once.\n").await);
            }
            let going_on = "RES-04";
            for _ in 1..size {
                let statement = format!("Once {revision}.\n");
                let edit = format!("/drafts/{going_on}/edit");
                let base = revision.to_string();
                let saved =
                    drafter.submit(&edit, &edit, &cast::revision(&base, &statement)).await;
                assert_eq!(saved.status, 303, "{}", saved.body);
                revision += 1;
            }
            for guest in 0..size {
                let who = format!("guest{number}-{guest}");
                cast::add(app, &who, cast::TRACK, Some(primum::domain::role::Role::Observer));
            }
            let begun =
                secretariat.submit("/secretariat/editions", "/secretariat/editions", &[]).await;
            let build = begun.location().split('?').next().unwrap().to_owned();
            let mut picks: Vec<(&str, &str)> = vec![("foreword", "Foreword.")];
            let agreed = references.iter().filter(|own| **own != going_on);
            picks.extend(agreed.map(|reference| ("pick", reference.as_str())));
            say(&secretariat, &csrf, &build, &picks).await;
            let private = [
                (&secretariat, build.clone()),
                (&secretariat, format!("{build}/publish")),
                (&secretariat, "/secretariat".to_owned()),
                (&secretariat, "/secretariat/people".to_owned()),
                (&secretariat, "/secretariat/organisations".to_owned()),
                (&secretariat, "/secretariat/audit".to_owned()),
                (&chair, "/drafts".to_owned()),
                (&chair, "/desk".to_owned()),
                (&chair, format!("/drafts/{going_on}/revisions")),
            ];
            let mut took = Vec::new();
            for (reader, address) in &private {
                took.push((address.clone(), statements.of_page(reader, address).await));
            }
            say(&secretariat, &csrf, &format!("{build}/publish"), &[]).await;
            let entry = &references[0];
            let visitor = app.visitor();
            for address in [
                "/en/".to_owned(),
                "/en/recommendations".to_owned(),
                "/en/for/policy-makers".to_owned(),
                "/en/tracks/resilience".to_owned(),
                "/en/editions".to_owned(),
                format!("/en/editions/{number}"),
                format!("/en/editions/{number}/for/policy-makers"),
                format!("/en/editions/{number}/tracks/resilience"),
                format!("/en/editions/{number}/{entry}"),
                format!("/editions/{number}.md"),
                format!("/editions/{number}.json"),
            ] {
                // A public page is made once: what made it counts.
                statements.0.lock().unwrap().clear();
                assert_eq!(visitor.get(&address).await.status, 200, "{address}");
                let made = std::mem::take(&mut *statements.0.lock().unwrap());
                took.push((address, made));
            }
            if number == 2 {
                before = took.into_iter().map(|(_, own)| own).collect();
            } else if number == 3 {
                for (few, (address, many)) in before.iter().zip(&took) {
                    compare(address, few, many);
                }
            }
        }
    }
}

/// The number of the newest top-level comment of a text.
fn newest(app: &TestApp, reference: &str) -> String {
    app.write(|conn| {
        let own = primum::store::recommendations::find_by_reference(conn, reference)?.unwrap();
        let all = primum::store::comments::list_of(conn, own.id, 1000)?;
        let top = all.iter().filter(|comment| comment.parent.is_none());
        Ok(top.map(|comment| comment.id.0).max().unwrap().to_string())
    })
}

/// The gate can fail: one statement a row is noticed.
#[test]
#[should_panic(expected = "1 statements, then 2")]
fn a_query_for_each_row_is_noticed() {
    let one = "SELECT 1 -- binds: []".to_owned();
    compare("/drafts", std::slice::from_ref(&one), &[one.clone(), one.clone()]);
}
