//! The forms one after another, as people send them.

use primum::actions::invitations::{self, NewInvitation};
use primum::domain::language::Language;
use primum::export::matrix;
use primum::secrets;
use primum::store;
use primum::store::tokens::Purpose;

use super::Records;
use crate::amendments::block;
use crate::app::{Page, TestApp};
use crate::cast::{self, PASSWORD};
use crate::comments::on_block;
use crate::exchange::look;

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
pub async fn accounts(records: &mut Records<'_>) {
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
pub async fn texts(records: &mut Records<'_>) -> String {
    let app = records.app;
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let mut fields = cast::revision("0", TEXT).to_vec();
    fields.extend([("track", cast::TRACK), ("workshop", "")]);
    let made = records.keeps(&drafter, "/drafts/new", "/drafts/new", &fields).await;
    let page = made.location().split('?').next().unwrap().to_owned();
    records.watch(&page).await;
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
pub async fn comments(records: &mut Records<'_>, page: &str) {
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
pub async fn amendments(records: &mut Records<'_>, page: &str) {
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
    // Whoever stands beside these two is told of what becomes of them.
    for n in [2, 3] {
        let beside = format!("{page}/amendments/{n}");
        drafter.submit_and_follow(&beside, &at(n, "co-sponsorship"), &[]).await;
    }
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
    let ten = "Hospitals should keep paper forms for ten days.";
    let anew = [("wording", ten), ("reason", "It is longer."), ("intent", "save")];
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
    "adopt".clone_into(&mut own[7].1);
    let mut own: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    own.retain(|(name, _)| *name != "capacity");
    own.push(("falls", "4"));
    let address = format!("{page}/consolidation/compromise");
    records.keeps(&chair, "/drafts/{reference}/consolidation/compromise", &address, &own).await;

    let revision = participant.get(&new).await.hidden("revision");
    let mut mine = cast::revision(&revision, "Hospitals should keep what they have.\n").to_vec();
    mine.retain(|(name, _)| *name != "intent");
    mine.extend([("onto", revision.as_str()), ("reason", "Shorter."), ("capacity", "personal")]);
    mine.extend([("pick", "1"), ("intent", "send")]);
    let address = format!("{page}/merge/sending");
    records.keeps(&participant, "/drafts/{reference}/merge/sending", &address, &mine).await;
}

/// The stages of texts, and what the secretariat makes of them.
pub async fn stages(records: &mut Records<'_>, page: &str) {
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
pub async fn convening(records: &mut Records<'_>) {
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
