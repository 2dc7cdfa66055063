//! What every form leaves behind: its row in the audit log and its notices,
//! with the change itself or not at all, and once however often it is sent.
//! A route that is not played here fails.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use primum::actions::invitations::{self, NewInvitation};
use primum::domain::language::Language;
use primum::export::matrix;
use primum::secrets;
use primum::store;
use primum::store::classes::CLASSES;
use primum::store::tokens::Purpose;
use primum::web::routes::{Method, ROUTES, Who};

use crate::amendments::block;
use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast::{self, PASSWORD};
use crate::comments::on_block;
use crate::exchange::look;

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
}

impl Records<'_> {
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

/// What stands between two parts of an address, in the last one on a page that
/// has both.
fn between(page: &Page, before: &str, after: &str) -> String {
    let ends = page.body.split(before).skip(1).filter_map(|rest| {
        let own: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        (rest[own.len()..].starts_with(after) && !own.is_empty()).then_some(own)
    });
    ends.last().unwrap_or_else(|| panic!("no {before}…{after} in {}", page.body))
}

fn account(app: &TestApp, who: &str) -> String {
    let found = app.write(|conn| store::accounts::find_credentials(conn, &cast::email(who)));
    found.unwrap().id.to_string()
}

fn until(app: &TestApp, days: i64) -> String {
    (app.app.now() + chrono::TimeDelta::days(days)).format("%Y-%m-%dT%H:%M").to_string()
}

/// Coming in, going out, one's own account.
async fn accounts(records: &mut Records<'_>) {
    let app = records.app;
    let (now, soon) = (app.app.now(), app.app.now() + chrono::TimeDelta::hours(1));
    let token = secrets::token();
    let hash = secrets::token_hash(&token);
    app.write(|conn| store::tokens::insert(conn, Purpose::SetUp, 0, &hash, now, soon));
    let person = [
        ("name", "Ana Horáková"),
        ("email", "ana@example.org"),
        ("organisation", "The Secretariat"),
        ("password", PASSWORD),
    ];
    let address = format!("/set-up/{token}");
    records.keeps(&app.visitor(), "/set-up/{token}", &address, &person).await;
    cast::add_all(app);

    let visitor = app.visitor();
    let fields = [("email", "stranger@example.org"), ("password", PASSWORD), ("next", "")];
    records.keeps(&visitor, "/sign-in", "/sign-in", &fields).await;
    let sessions = cast::sign_in(app, "stranger").await;
    let shown = visitor.get("/account").await;
    let other = between(&shown, "/account/sessions/", "/end");
    let end = format!("/account/sessions/{other}/end");
    records.keeps(&visitor, "/account/sessions/{session}/end", &end, &[]).await;
    assert_eq!(sessions.get("/desk").await.status, 303);
    let profile = [("name", "A stranger"), ("language", "cs")];
    records.keeps(&visitor, "/account", "/account", &profile).await;
    let passwords = [("current-password", PASSWORD), ("new-password", "six boats at dusk")];
    records.keeps(&visitor, "/account/password", "/account/password", &passwords).await;
    records.keeps(&visitor, "/sign-out", "/sign-out", &[]).await;

    let forgetful = app.visitor();
    records.keeps(&forgetful, "/reset", "/reset", &[("email", "stranger@example.org")]).await;
    let (token, own) = (secrets::token(), account(app, "stranger").parse().unwrap());
    let hash = secrets::token_hash(&token);
    app.write(|conn| store::tokens::insert(conn, Purpose::Reset, own, &hash, now, soon));
    let address = format!("/reset/{token}");
    let new = [("password", "seven rafts at noon")];
    records.keeps(&forgetful, "/reset/{token}", &address, &new).await;
}

const TEXT: &str = "Hospitals should keep paper forms for three days.\n\n\
    They should practise with them.\n\nThe third paragraph stays.\n";

/// A text and its pen: made, opened, handed round, revised, merged, bracketed.
async fn texts(records: &mut Records<'_>) -> String {
    let app = records.app;
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let mut fields = cast::revision("0", TEXT).to_vec();
    fields.extend([("track", cast::TRACK), ("workshop", "")]);
    let made = records.keeps(&drafter, "/drafts/new", "/drafts/new", &fields).await;
    let page = made.location().split('?').next().unwrap().to_owned();
    let at = |rest: &str| format!("{page}{rest}");
    let until = until(app, 7);
    let opening = [("until", until.as_str())];
    records.keeps(&chair, "/drafts/{reference}/opening", &at("/opening"), &opening).await;

    records.keeps(&drafter, "/drafts/{reference}/pen/taking", &at("/pen/taking"), &[]).await;
    records.keeps(&chair, "/drafts/{reference}/pen/request", &at("/pen/request"), &[]).await;
    let to = account(app, "chair");
    let to = [("to", to.as_str())];
    records.keeps(&drafter, "/drafts/{reference}/pen/handing", &at("/pen/handing"), &to).await;
    let why = [("reason", "The minister waits.")];
    records.keeps(&drafter, "/drafts/{reference}/pen/seizure", &at("/pen/seizure"), &why).await;
    records.keeps(&drafter, "/drafts/{reference}/pen/release", &at("/pen/release"), &[]).await;

    let second = TEXT.replace("third", "last");
    let fields = cast::revision("1", &second);
    records.keeps(&drafter, "/drafts/{reference}/edit", &at("/edit"), &fields).await;
    let third = TEXT.replace("practise", "[often] practise");
    let late = chair.submit(&at("/edit"), &at("/edit"), &cast::revision("1", &third)).await;
    assert_eq!(late.status, 422);
    let save = [("intent", "save"), ("summary", "Merged")];
    records.keeps_form(&chair, "/drafts/{reference}/merge", &late, &at("/merge"), &save).await;
    let brackets = chair.get(&at("/brackets")).await;
    let bracket = between(&brackets, &at("/brackets/"), "/withdrawal");
    let address = at(&format!("/brackets/{bracket}/withdrawal"));
    let route = "/drafts/{reference}/brackets/{bracket}/withdrawal";
    records.keeps(&chair, route, &address, &[("base", "3")]).await;
    page
}

/// What is said of a text, and answered.
async fn comments(records: &mut Records<'_>, page: &str) {
    let app = records.app;
    let participant = cast::sign_in(app, "participant").await;
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let mut ids = Vec::new();
    for n in 1..=4 {
        let body = format!("Remark {n}");
        let mut fields = on_block("1", "", &body);
        fields[0].1 = "4";
        let create = format!("{page}/comments");
        let done =
            records.keeps(&participant, "/drafts/{reference}/comments", &create, &fields).await;
        ids.push(done.location().rsplit("#c").next().unwrap().to_owned());
    }
    let at = |n: usize, rest: &str| format!("{page}/comments/{}/{rest}", ids[n]);
    let edited = [("body", "Another remark"), ("kind", ""), ("proposed", "")];
    let route = "/drafts/{reference}/comments/{comment}/edit";
    records.keeps(&participant, route, &at(0, "edit"), &edited).await;
    let route = "/drafts/{reference}/comments/{comment}/withdrawal";
    records.keeps(&participant, route, &at(1, "withdrawal"), &[]).await;
    let reply = [("body", "A reply"), ("capacity", "personal")];
    let route = "/drafts/{reference}/comments/{comment}/replies";
    records.keeps(&drafter, route, &at(0, "replies"), &reply).await;
    let noted = [("disposition", "noted"), ("reason", "Noted."), ("changed", "")];
    let route = "/drafts/{reference}/comments/{comment}/disposition";
    records.keeps(&chair, route, &at(0, "disposition"), &noted).await;
    let days = [("days", "9")];
    let address = format!("{page}/contest-days");
    records.keeps(&chair, "/drafts/{reference}/contest-days", &address, &days).await;
    let route = "/drafts/{reference}/comments/{comment}/contest";
    records.keeps(&participant, route, &at(0, "contest"), &[("body", "It was asked.")]).await;
    let contest = between(&chair.get(page).await, &format!("{page}/contests/"), "");
    let address = format!("{page}/contests/{contest}");
    let said = [("body", "It was answered.")];
    records.keeps(&chair, "/drafts/{reference}/contests/{contest}", &address, &said).await;
    let several = [
        ("comment", ids[2].as_str()),
        ("comment", ids[3].as_str()),
        ("disposition", "accepted"),
        ("reason", "Both."),
        ("changed", ""),
        ("intent", "record"),
    ];
    let address = format!("{page}/ledger/answers");
    records.keeps(&chair, "/drafts/{reference}/ledger/answers", &address, &several).await;

    let row = matrix::Row { comment: "From the sheet".into(), ..matrix::Row::default() };
    let sheet = matrix::csv(&[row]).unwrap();
    let reference = page.rsplit('/').next().unwrap();
    let seen = look(&participant, reference, &sheet).await;
    let address = format!("{page}/ledger/import/rows");
    let route = "/drafts/{reference}/ledger/import/rows";
    records.keeps_form(&participant, route, &seen, &address, &[]).await;
}

/// What is proposed, and what becomes of it.
async fn amendments(records: &mut Records<'_>, page: &str) {
    let app = records.app;
    let participant = cast::sign_in(app, "participant").await;
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let reference = page.rsplit('/').next().unwrap();
    let (first, second) = (block(app, reference, 1), block(app, reference, 2));
    let fields = |block: &str, wording: &str, revision: &str| {
        [
            ("revision", revision.to_owned()),
            ("section", "statement".to_owned()),
            ("block", block.to_owned()),
            ("verb", "replace".to_owned()),
            ("wording", wording.to_owned()),
            ("reason", "Storms last longer.".to_owned()),
            ("capacity", "organisation".to_owned()),
            ("intent", "save".to_owned()),
        ]
    };
    let seven = "Hospitals should keep paper forms for seven days.";
    let five = "Hospitals should keep paper forms for five days.";
    for (block, wording) in [(&first, seven), (&first, five), (&second, "They should know them.")] {
        let own = fields(block, wording, "4");
        let own: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let create = format!("{page}/amendments");
        records.keeps(&participant, "/drafts/{reference}/amendments", &create, &own).await;
    }
    let at = |n: i32, rest: &str| format!("{page}/amendments/{n}/{rest}");
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/co-sponsorship";
    records.keeps(&drafter, route, &at(1, "co-sponsorship"), &[]).await;
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/co-sponsorship/withdrawal";
    records.keeps(&drafter, route, &at(1, "co-sponsorship/withdrawal"), &[]).await;
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/withdrawal";
    records.keeps(&participant, route, &at(3, "withdrawal"), &[]).await;
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/disposition";
    let undo = "/drafts/{reference}/amendments/{number:[0-9]+}/undo";
    for again in [false, true] {
        let form = chair.get(&at(1, "disposition")).await;
        let yes = [("disposition", "accepted"), ("reason", "")];
        records.keeps_form(&chair, route, &form, &at(1, "disposition"), &yes).await;
        if !again {
            records.keeps(&chair, undo, &at(1, "undo"), &[]).await;
        }
    }
    let form = participant.get(&at(2, "adaptation")).await;
    let anew = [("wording", "Hospitals should keep paper forms for ten days."), ("intent", "save")];
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/adaptation";
    records.keeps_form(&participant, route, &form, &at(2, "adaptation"), &anew).await;
    let contested = "/drafts/{reference}/amendments/{number:[0-9]+}/disposition";
    let form = chair.get(&at(2, "disposition")).await;
    let no = [("disposition", "not-accepted"), ("reason", "Seven will do.")];
    records.keeps_form(&chair, contested, &form, &at(2, "disposition"), &no).await;
    let route = "/drafts/{reference}/amendments/{number:[0-9]+}/contest";
    records.keeps(&participant, route, &at(2, "contest"), &[("body", "Ten would.")]).await;

    let new = format!("{page}/amendments/new?section=statement&block={second}");
    let revision = participant.get(&new).await.hidden("revision");
    let own = fields(&second, "They should know them well.", &revision);
    let own: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let create = format!("{page}/amendments");
    records.keeps(&participant, "/drafts/{reference}/amendments", &create, &own).await;
    let mut own = fields(&second, "They should practise and know them.", &revision);
    own[7].1 = "adopt".to_owned();
    let mut own: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    own.retain(|(name, _)| *name != "capacity");
    own.push(("falls", "4"));
    let address = format!("{page}/consolidation/compromise");
    records.keeps(&chair, "/drafts/{reference}/consolidation/compromise", &address, &own).await;
}

/// The stages of texts, and what the secretariat makes of them.
async fn stages(records: &mut Records<'_>, page: &str) {
    let app = records.app;
    let chair = cast::sign_in(app, "chair").await;
    let drafter = cast::sign_in(app, "drafter").await;
    let closing = format!("{page}/closing");
    records.keeps(&chair, "/drafts/{reference}/closing", &closing, &[]).await;
    let mut kept = String::new();
    for title in ["Taken back", "Kept"] {
        kept = cast::draft(&drafter, title, &format!("{title} it is.\n")).await;
        let at = |rest: &str| format!("/drafts/{kept}/{rest}");
        let first = [("revision", "1")];
        let why = [("reason", "New facts")];
        records.keeps(&chair, "/drafts/{reference}/agreement", &at("agreement"), &first).await;
        if title == "Taken back" {
            records.keeps(&chair, "/drafts/{reference}/reopening", &at("reopening"), &why).await;
            records.keeps(&chair, "/drafts/{reference}/withdrawal", &at("withdrawal"), &why).await;
        }
    }
    let secretariat = cast::sign_in(app, "secretariat").await;
    let editions = "/secretariat/editions";
    let begun = records.keeps(&secretariat, editions, editions, &[]).await;
    let build = begun.location().split('?').next().unwrap().to_owned();
    let picks = [("foreword", "A foreword."), ("pick", kept.as_str())];
    records.keeps(&secretariat, "/secretariat/editions/{edition}", &build, &picks).await;
    let publish = format!("{build}/publish");
    records.keeps(&secretariat, "/secretariat/editions/{edition}/publish", &publish, &[]).await;
}

/// People, organisations, tracks, workshops.
async fn convening(records: &mut Records<'_>) {
    let app = records.app;
    let secretariat = cast::sign_in(app, "secretariat").await;
    let new = "/secretariat/organisations/new";
    let fields = [("name", "A new body"), ("group", "academia"), ("state", "")];
    let made =
        records.keeps_form(&secretariat, new, &secretariat.get(new).await, new, &fields).await;
    let list = secretariat.get("/secretariat/organisations").await;
    let at = list.body.split(">A new body").next().unwrap().rsplit("/organisations/").next();
    let organisation = at.unwrap().split('"').next().unwrap().to_owned();
    assert!(made.location().contains("organisations"));
    let own = format!("/secretariat/organisations/{organisation}");
    let renamed = [("name", "A renamed body")];
    let route = "/secretariat/organisations/{organisation}";
    records.keeps_form(&secretariat, route, &secretariat.get(&own).await, &own, &renamed).await;

    let new = "/secretariat/invitations/new";
    let fields = [
        ("addresses", "new.person@example.org"),
        ("organisation", organisation.as_str()),
        ("track", cast::TRACK),
        ("role", "observer"),
    ];
    records.keeps_form(&secretariat, new, &secretariat.get(new).await, new, &fields).await;
    let list = secretariat.get("/secretariat/invitations").await;
    let id = between(&list, "/secretariat/invitations/", "/resend");
    let at = |verb: &str| format!("/secretariat/invitations/{id}/{verb}");
    let route = "/secretariat/invitations/{invitation}/resend";
    records.keeps(&secretariat, route, &at("resend"), &[]).await;
    let route = "/secretariat/invitations/{invitation}/revoke";
    records.keeps(&secretariat, route, &at("revoke"), &[]).await;
    let (token, now) = (secrets::token(), app.app.now());
    app.app
        .write(|conn| {
            let programme = store::programme::load(conn)?;
            let (email, en) = ("another@example.org", Language::En);
            let organisation = organisation.parse().ok();
            let new =
                NewInvitation::parse(&programme, email, organisation, cast::TRACK, "observer", en);
            let id = invitations::invite(conn, None, &new?, now)?;
            invitations::mint(conn, id, &secrets::token_hash(&token), now)
        })
        .unwrap();
    let person = [("name", "Another"), ("password", PASSWORD), ("language", "en")];
    let address = format!("/invitations/{token}");
    records.keeps(&app.visitor(), "/invitations/{token}", &address, &person).await;

    let new = "/secretariat/tracks/new";
    let fields = [
        ("name-en", "Supply"),
        ("summary-en", "What hospitals buy."),
        ("slug", "supply"),
        ("reference", "SUP"),
        ("mark", "6"),
    ];
    records.keeps_form(&secretariat, new, &secretariat.get(new).await, new, &fields).await;
    let own = "/secretariat/tracks/supply";
    let form = secretariat.get(own).await;
    let renamed = [("name-en", "Supply chains")];
    records.keeps_form(&secretariat, "/secretariat/tracks/{slug}", &form, own, &renamed).await;
    let settings = "/secretariat/settings";
    let form = secretariat.get(settings).await;
    let title = form.filled(settings).into_iter().find(|(name, _)| name.starts_with("title"));
    let field = title.expect("a title").0;
    let renamed = [(field.as_str(), "Another title")];
    records.keeps_form(&secretariat, settings, &form, settings, &renamed).await;
    let new = "/secretariat/workshops/new";
    let called = records.keeps(&secretariat, new, new, &cast::WORKSHOP).await;
    let own = called.location().split('?').next().unwrap().to_owned();
    let mut moved = cast::WORKSHOP;
    moved[5].1 = "Brno";
    records.keeps(&secretariat, "/secretariat/workshops/{slug}", &own, &moved).await;

    let person = format!("/secretariat/people/{}", account(app, "observer"));
    let form = secretariat.get(&person).await;
    let (roles, standing) = (format!("{person}/roles"), format!("{person}/standing"));
    let given = [("role-national-regulation", "observer")];
    let route = "/secretariat/people/{account}/roles";
    records.keeps_form(&secretariat, route, &form, &roles, &given).await;
    let route = "/secretariat/people/{account}/standing";
    records.keeps_form(&secretariat, route, &form, &standing, &[]).await;
}

both_engines! {
    async fn every_form_is_recorded_whole_and_once(app: &TestApp) {
        let mut records = Records { app, played: BTreeSet::new() };
        accounts(&mut records).await;
        let page = texts(&mut records).await;
        comments(&mut records, &page).await;
        amendments(&mut records, &page).await;
        stages(&mut records, &page).await;
        convening(&mut records).await;
        for route in ROUTES.iter().filter(|own| own.method == Method::Post) {
            let path = route.path;
            let known = records.played.contains(path) != UNRECORDED.contains(&path);
            assert!(known || route.who == Who::Demo, "play {path} here, or say that it leaves nothing");
        }
    }
}
