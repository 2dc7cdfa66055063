//! What every form leaves behind: its row in the audit log and its notices,
//! with the change itself or not at all, and once however often it is sent. And
//! after each of them the page of the text is as it would be made then, for
//! everybody, whatever was kept of it. A route that is not played here fails.

mod steps;

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use primum::secrets;
use primum::store::classes::CLASSES;
use primum::web::routes::{Method, ROUTES, Who};

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;

/// Forms that change nothing others see, so that nothing is recorded of them.
const UNRECORDED: &[&str] = &[
    "/drafts/{reference}/working-copy",
    "/drafts/{reference}/working-copy/discarding",
    "/drafts/{reference}/preview",
    "/drafts/{reference}/upload",
    "/drafts/{reference}/merge/mine",
    "/drafts/{reference}/paste",
    "/drafts/{reference}/ledger/import",
    "/desk/parked",
];

/// Forms of which somebody is told, through the outbox.
const TELLING: &[&str] = &[
    "/reset",
    "/drafts/{reference}/opening",
    "/drafts/{reference}/agreement",
    "/drafts/{reference}/comments/{comment}/replies",
    "/drafts/{reference}/comments/{comment}/disposition",
    "/drafts/{reference}/comments/{comment}/contest",
    "/drafts/{reference}/contests/{contest}",
    "/drafts/{reference}/ledger/answers",
    "/drafts/{reference}/amendments/{number:[0-9]+}/withdrawal",
    "/drafts/{reference}/amendments/{number:[0-9]+}/adaptation",
    "/drafts/{reference}/amendments/{number:[0-9]+}/disposition",
    "/drafts/{reference}/amendments/{number:[0-9]+}/undo",
    "/drafts/{reference}/amendments/{number:[0-9]+}/contest",
    "/drafts/{reference}/consolidation/compromise",
    "/drafts/{reference}/pen/request",
    "/drafts/{reference}/pen/handing",
    "/drafts/{reference}/pen/seizure",
    "/secretariat/invitations/new",
    "/secretariat/invitations/{invitation}/resend",
    "/secretariat/editions/{edition}/publish",
];

/// Forms without a token against repetition, or after which their sender is
/// somebody else; and a pen that is taken again is held longer.
const ONE_TIME: &[&str] = &[
    "/drafts/{reference}/pen/taking",
    "/sign-in",
    "/sign-out",
    "/set-up/{token}",
    "/invitations/{token}",
    "/reset",
    "/reset/{token}",
    "/account/sessions/{session}/end",
];
const WITHOUT_TOKEN: &[&str] =
    &["/sign-in", "/sign-out", "/reset", "/reset/{token}", "/account/sessions/{session}/end"];

type State = BTreeMap<&'static str, Vec<String>>;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

/// Every row there is, but for what is not part of a form's transaction:
/// sessions, and attempts that count whatever comes of them.
fn state(app: &TestApp) -> State {
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (table, _, own) in CLASSES {
        let text = own.iter().map(|name| format!("coalesce(CAST({name} AS TEXT), '-')"));
        columns.entry(table).or_default().extend(text);
    }
    columns.retain(|table, _| !["sessions", "sign_in_attempts"].contains(table));
    app.write(|conn| {
        let mut found = State::new();
        for (table, columns) in columns {
            let sql =
                format!("SELECT {} AS value FROM {table} ORDER BY 1", columns.join(" || '|' || "));
            let rows: Vec<Row> = diesel::sql_query(sql).load(conn)?;
            found.insert(table, rows.into_iter().map(|row| row.value).collect());
        }
        Ok(found)
    })
}

#[track_caller]
fn same(what: &str, before: &State, after: &State) {
    for (table, rows) in before {
        let now = &after[table];
        let gone: Vec<_> = rows.iter().filter(|row| !now.contains(row)).collect();
        let new: Vec<_> = now.iter().filter(|row| !rows.contains(row)).collect();
        assert!(gone.is_empty() && new.is_empty(), "{what}: {table} had {gone:#?}, has {new:#?}");
    }
}

/// The database takes no new row of a table, or does again.
fn refuse(app: &TestApp, table: &str, on: bool) {
    let sqlite = app.url.starts_with("sqlite:");
    let sql = match (on, sqlite) {
        (true, true) => format!(
            "CREATE TRIGGER refused BEFORE INSERT ON {table} \
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        ),
        (true, false) => format!(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql \
             AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$; CREATE TRIGGER refused \
             BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()"
        ),
        (false, true) => "DROP TRIGGER refused".to_owned(),
        (false, false) => format!("DROP TRIGGER refused ON {table}"),
    };
    app.raw(&sql).unwrap();
}

struct Records<'a> {
    app: &'a TestApp,
    played: BTreeSet<&'static str>,
    /// The page of a text, and its readers.
    page: String,
    readers: Vec<Browser>,
}

/// The text with all that is said of it.
fn body(page: &Page) -> &str {
    let text = page.body.find("<div class=\"reading").map_or("", |at| &page.body[at..]);
    text.split("</main>").next().unwrap_or_default()
}

impl Records<'_> {
    /// Everybody has read this page, and reads it again after every form.
    async fn watch(&mut self, page: &str) {
        page.clone_into(&mut self.page);
        for (who, _) in cast::PEOPLE {
            self.readers.push(cast::sign_in(self.app, who).await);
        }
        self.is_fresh("watched").await;
    }

    /// What readers see now is what they see when it is made anew; all of it is kept again.
    async fn is_fresh(&self, after: &str) {
        let mut kept = Vec::new();
        for reader in &self.readers {
            kept.push(reader.get(&self.page).await);
        }
        for (kept, reader) in kept.iter().zip(&self.readers) {
            // Made for this one, not for the one before.
            self.app.app.bodies.clear();
            let anew = reader.get(&self.page).await;
            assert_eq!(kept.status, anew.status, "{after}");
            assert!(!body(&anew).is_empty() || anew.status != 200, "{after}: {}", anew.body);
            assert_eq!(body(kept), body(&anew), "after {after}");
        }
        for reader in &self.readers {
            reader.get(&self.page).await;
        }
    }

    /// Sends a form: in vain while the log, then while the outbox takes no
    /// row; once so that it counts; and once more.
    async fn keeps(
        &mut self,
        who: &Browser,
        route: &'static str,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        self.played.insert(route);
        let form = who.get("/account").await;
        let form = if form.status == 200 { form } else { who.get("/sign-in").await };
        let (csrf, once) = (form.hidden("csrf"), secrets::token());
        let mut all = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        all.retain(|(name, _)| *name == "csrf" || !WITHOUT_TOKEN.contains(&route));
        all.extend_from_slice(fields);
        let before = state(self.app);
        let telling = TELLING.contains(&route);
        for table in ["audit", "outbox"].iter().filter(|table| **table == "audit" || telling) {
            refuse(self.app, table, true);
            let refused = who.post(address, &all).await;
            refuse(self.app, table, false);
            let what = format!("{address} without a row in {table}");
            assert!(refused.status >= 500, "{what}: {} {}", refused.status, refused.body);
            same(&what, &before, &state(self.app));
        }
        let done = who.post(address, &all).await;
        assert_eq!(done.status, 303, "{address}: {}", done.body);
        let after = state(self.app);
        let more = |table: &str| after[table].len() > before[table].len();
        assert!(more("audit"), "{address}: nothing in the audit log");
        assert_eq!(more("outbox"), telling, "{address}: told");
        if !ONE_TIME.contains(&route) {
            let again = who.post(address, &all).await;
            let (to, status) = (again.location(), again.status);
            assert_eq!((status, to), (303, done.location()), "{address} again: {}", again.body);
            same(&format!("{address} again"), &after, &state(self.app));
        }
        self.is_fresh(address).await;
        done
    }

    /// As the form stands on its page, with some fields filled in.
    async fn keeps_form(
        &mut self,
        who: &Browser,
        route: &'static str,
        page: &Page,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let mut all = page.filled(address);
        all.retain(|(name, _)| {
            !["csrf", "once"].contains(&name.as_str()) && !fields.iter().any(|(own, _)| own == name)
        });
        let mut all: Vec<(&str, &str)> =
            all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.extend_from_slice(fields);
        self.keeps(who, route, address, &all).await
    }
}

both_engines! {
    async fn every_form_is_recorded_whole_and_once(app: &TestApp) {
        let (page, readers) = (String::new(), Vec::new());
        let mut records = Records { app, played: BTreeSet::new(), page, readers };
        steps::accounts(&mut records).await;
        let page = steps::texts(&mut records).await;
        steps::comments(&mut records, &page).await;
        steps::amendments(&mut records, &page).await;
        steps::stages(&mut records, &page).await;
        steps::convening(&mut records).await;
        for route in ROUTES.iter().filter(|own| own.method == Method::Post) {
            let path = route.path;
            let known = records.played.contains(path) != UNRECORDED.contains(&path);
            assert!(known || route.who == Who::Demo, "play {path} here, or say that it leaves nothing");
        }
    }
}
