//! Coming in: set-up, sign-in and its limits, sessions, forms that are not
//! ours, a repeated POST.

use std::io::Read;

use futures_util::future::join_all;
use primum::secrets;
use primum::store;
use primum::store::tokens::Purpose;
use primum::web::routes::{Method, ROUTES, Who};
use tokio::task::JoinSet;

use crate::app::{Engine, Page, TestApp, both_engines};
use crate::cast::{self, PASSWORD};

fn set_up_token(app: &TestApp) -> String {
    let token = secrets::token();
    let hash = secrets::token_hash(&token);
    let now = app.app.now();
    let until = now + chrono::TimeDelta::hours(24);
    app.write(|conn| store::tokens::insert(conn, Purpose::SetUp, 0, &hash, now, until));
    token
}

both_engines! {
    async fn set_up_makes_the_secretariat_once(app: &TestApp) {
        let path = format!("/set-up/{}", set_up_token(app));
        let person = app.visitor();
        let bad = [("name", ""), ("email", "nobody"), ("organisation", ""), ("password", "short")];
        let refused = person.submit(&path, &path, &bad).await;
        assert_eq!(refused.status, 422);
        refused.shows("value=\"nobody\"").shows("Use at least 12 characters").shows("Error:");
        let good = [
            ("name", "Ana Horáková"),
            ("email", "ana@example.org"),
            ("organisation", "The Secretariat"),
            ("password", PASSWORD),
        ];
        let desk = person.submit_and_follow(&path, &path, &good).await;
        desk.shows("Ana Horáková").shows("/secretariat");
        assert_eq!(app.visitor().get(&path).await.status, 404, "the address is used up");
        let weak = person.get("/secretariat").await;
        assert_eq!(weak.status, 200);
    }

    async fn a_wrong_password_says_nothing_about_the_account(app: &TestApp) {
        cast::add_all(app);
        let browser = app.visitor();
        let mut bodies = Vec::new();
        for email in ["chair@example.org", "nobody@example.org"] {
            let fields = [("email", email), ("password", "five ships at dawn"), ("next", "")];
            let refused = browser.submit("/sign-in", "/sign-in", &fields).await;
            assert_eq!(refused.status, 422);
            let token = refused.hidden("csrf");
            bodies.push(refused.body.replace(email, "EMAIL").replace(&token, "TOKEN"));
        }
        assert_eq!(bodies[0], bodies[1]);
    }

    async fn the_eleventh_wrong_password_waits(app: &TestApp) {
        cast::add_all(app);
        let browser = app.visitor();
        let wrong = [("email", "chair@example.org"), ("password", "wrong wrong"), ("next", "")];
        for attempt in 1..=10 {
            let refused = browser.submit("/sign-in", "/sign-in", &wrong).await;
            assert_eq!(refused.status, 422, "attempt {attempt}");
        }
        let right = [("email", "chair@example.org"), ("password", PASSWORD), ("next", "")];
        let waits = browser.submit("/sign-in", "/sign-in", &right).await;
        assert_eq!(waits.status, 429);
        let seconds: i64 = waits.header("retry-after").parse().unwrap();
        assert!((1..=900).contains(&seconds), "{seconds}");
        // Somebody else of another account still gets in from the same network.
        cast::sign_in(app, "drafter").await;
        assert_eq!(app.visitor().get("/en/").await.status, 200);
    }

    async fn the_thirty_first_of_a_network_waits(app: &TestApp) {
        cast::add_all(app);
        let browser = app.visitor();
        for attempt in 1..=30 {
            let email = format!("nobody{attempt}@example.org");
            let wrong = [("email", email.as_str()), ("password", "wrong wrong"), ("next", "")];
            let refused = browser.submit("/sign-in", "/sign-in", &wrong).await;
            assert_eq!(refused.status, 422, "attempt {attempt}");
        }
        let right = [("email", "chair@example.org"), ("password", PASSWORD), ("next", "")];
        assert_eq!(browser.submit("/sign-in", "/sign-in", &right).await.status, 429);
    }

    async fn of_many_guesses_at_once_no_more_are_tried_than_one_by_one(app: &TestApp) {
        cast::add_all(app);
        let browser = app.visitor();
        let csrf = browser.get("/sign-in").await.hidden("csrf");
        let wrong = [
            ("csrf", csrf.as_str()),
            ("email", "chair@example.org"),
            ("password", "wrong wrong"),
            ("next", ""),
        ];
        let sent: Vec<_> = (0..25).map(|_| browser.post("/sign-in", &wrong)).collect();
        let answers = join_all(sent).await;
        let count = |status: u16| answers.iter().filter(|own| own.status == status).count();
        assert_eq!((count(422), count(429)), (10, 15));
        let asked = app.visitor();
        let csrf = asked.get("/reset").await.hidden("csrf");
        let fields = [("csrf", csrf.as_str()), ("email", "chair@example.org")];
        let sent: Vec<_> = (0..10).map(|_| asked.post("/reset", &fields)).collect();
        let answers = join_all(sent).await;
        let count = |status: u16| answers.iter().filter(|own| own.status == status).count();
        assert_eq!((count(303), count(429)), (3, 7));
    }

    async fn a_forgotten_password_is_set_once_and_ends_every_session(app: &TestApp) {
        cast::add_all(app);
        let before = cast::sign_in(app, "drafter").await;
        let token = secrets::token();
        let now = app.app.now();
        app.write(|conn| {
            let account = store::accounts::find_credentials(conn, &cast::email("drafter"))?;
            let (hash, until) = (secrets::token_hash(&token), now + chrono::TimeDelta::hours(1));
            store::tokens::insert(conn, Purpose::Reset, account.unwrap().id.0, &hash, now, until)
        });
        let path = format!("/reset/{token}");
        let person = app.visitor();
        for _ in 0..3 {
            assert_eq!(person.get(&path).await.status, 200, "looking uses nothing up");
        }
        assert_eq!(person.submit(&path, &path, &[("password", "short")]).await.status, 422);
        let new = [("password", "six boats at dusk")];
        person.submit_and_follow(&path, &path, &new).await.shows("Your new password is set");
        assert_eq!(before.get("/desk").await.status, 303, "signed out everywhere else");
        assert_eq!(app.visitor().get(&path).await.status, 404, "used up");
        let fields = [("email", "drafter@example.org"), ("password", PASSWORD), ("next", "")];
        let old = app.visitor().submit("/sign-in", "/sign-in", &fields).await;
        assert_eq!(old.status, 422, "the old one is over");
    }

    async fn what_the_secretariat_takes_is_gone_at_the_next_request(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Taken", "It was seen.\n").await;
        let draft = format!("/drafts/{reference}");
        let secretariat = cast::sign_in(app, "secretariat").await;
        let person = app.write(|conn| {
            let found = store::accounts::find_credentials(conn, &cast::email("drafter"))?;
            Ok(format!("/secretariat/people/{}", found.unwrap().id))
        });
        let form = secretariat.get(&person).await.filled(&format!("{person}/roles"));
        let take = |name: &str, value: &str| match name {
            "role-resilience" => String::new(),
            _ => value.to_owned(),
        };
        let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), take(n, v))).collect();
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(secretariat.post(&format!("{person}/roles"), &form).await.status, 303);
        assert_eq!(drafter.get(&draft).await.status, 404, "the role is gone");
        assert_eq!(drafter.get("/desk").await.status, 200, "the account is not");
        let standing = [("standing", "disabled")];
        secretariat.submit_and_follow(&person, &format!("{person}/standing"), &standing).await;
        assert_eq!(drafter.get("/desk").await.status, 303, "signed out at once");
        let right = [("email", "drafter@example.org"), ("password", PASSWORD), ("next", "")];
        let refused = drafter.submit("/sign-in", "/sign-in", &right).await;
        assert_eq!(refused.status, 422);
    }

    async fn a_session_left_open_is_no_place_to_guess_at(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let new = ("new-password", "six boats at dusk");
        for attempt in 1..=10 {
            let wrong = [("current-password", "wrong wrong"), new];
            let refused = drafter.submit("/account", "/account/password", &wrong).await;
            assert_eq!(refused.status, 422, "attempt {attempt}");
        }
        let right = [("current-password", PASSWORD), new];
        let waits = drafter.submit("/account", "/account/password", &right).await;
        assert_eq!(waits.status, 429);
        assert!(!waits.header("retry-after").is_empty());
        assert_eq!(drafter.get("/desk").await.status, 200, "the session goes on");
    }

    async fn a_session_ends_when_it_should(app: &TestApp) {
        cast::add_all(app);
        let one = cast::sign_in(app, "drafter").await;
        let two = cast::sign_in(app, "drafter").await;
        assert_eq!(one.get("/desk").await.status, 200);
        let account = one.get("/account").await;
        account.shows("this one");
        let fields = [("current-password", PASSWORD), ("new-password", "six boats at dusk")];
        one.submit_and_follow("/account", "/account/password", &fields).await;
        assert_eq!(one.get("/desk").await.status, 200, "the session that changed it stays");
        assert_eq!(two.get("/desk").await.status, 303, "the other one is over");
        let out = one.submit("/account", "/sign-out", &[]).await;
        // The page's form token is one of its fields too.
        assert!(out.status == 303 || out.status == 400, "{}", out.status);
    }

    async fn a_form_from_elsewhere_is_refused(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let form = drafter.get("/account").await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let url = format!("{}/account", app.origin);
        let fields =
            [("csrf", csrf.as_str()), ("once", &once), ("name", "Changed"), ("language", "en")];
        let send = |site: Option<&str>, origin: Option<&str>, fields: &[(&str, &str)]| {
            let mut request = drafter.client.post(&url).form(fields);
            if let Some(site) = site {
                request = request.header("Sec-Fetch-Site", site);
            }
            if let Some(origin) = origin {
                request = request.header("Origin", origin);
            }
            drafter.read(request)
        };
        assert_eq!(send(Some("cross-site"), Some(&app.origin), &fields).await.status, 403);
        assert_eq!(send(Some("same-site"), None, &fields).await.status, 403);
        assert_eq!(send(None, Some("null"), &fields).await.status, 403);
        assert_eq!(send(None, Some("https://evil.example"), &fields).await.status, 403);
        assert_eq!(send(None, None, &fields).await.status, 403);
        let unsigned = [("csrf", "x"), ("once", once.as_str()), ("name", "C"), ("language", "en")];
        assert_eq!(send(Some("same-origin"), None, &unsigned).await.status, 403);
        let extra = [fields.as_slice(), &[("is_secretariat", "1")]].concat();
        assert_eq!(send(Some("same-origin"), None, &extra).await.status, 400);
        drafter.get("/account").await.hides("Changed");
        assert_eq!(send(Some("same-origin"), None, &fields).await.status, 303);
        drafter.get("/account").await.shows("Changed");
    }

    async fn no_form_at_all_is_taken_from_elsewhere(app: &TestApp) {
        cast::add_all(app);
        let secretariat = cast::sign_in(app, "secretariat").await;
        let (visitor, page) = (app.visitor(), "/sign-in");
        let tokens = [
            visitor.get(page).await.hidden("csrf"),
            secretariat.get("/account").await.hidden("csrf"),
        ];
        let forms = ROUTES.iter().filter(|own| own.method == Method::Post && own.who != Who::Demo);
        for route in forms {
            let address = route.path.replace("{number:[0-9]+}", "1").replace(['{', '}'], "x");
            let member = route.who != Who::Visitor;
            let (who, token) =
                if member { (&secretariat, &tokens[1]) } else { (&visitor, &tokens[0]) };
            let url = format!("{}{address}", app.origin);
            for (site, token) in [("cross-site", token.as_str()), ("same-origin", "x"), ("", token)] {
                let request = who.client.post(&url).form(&[("csrf", token)]);
                let request =
                    if site.is_empty() { request } else { request.header("Sec-Fetch-Site", site) };
                let answer = who.read(request).await;
                assert_eq!(answer.status, 403, "{address} from {site:?}: {}", answer.body);
            }
        }
    }

    async fn another_host_is_not_ours(app: &TestApp) {
        let request = app.visitor().client.get(format!("{}/en/", app.origin));
        let page = app.visitor().read(request.header("Host", "evil.example")).await;
        assert_eq!(page.status, 421);
    }
}

/// While passwords are tried in numbers, whoever only reads does not queue
/// behind them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_sign_ins_leaves_the_readers_alone() {
    let app = TestApp::start(Engine::Sqlite).await;
    let flooder = app.visitor();
    let csrf = flooder.get("/sign-in").await.hidden("csrf");
    let mut flood = JoinSet::new();
    for n in 0..60 {
        let (flooder, csrf) = (flooder.clone(), csrf.clone());
        flood.spawn(async move {
            let email = format!("nobody{n}@example.org");
            let fields = [
                ("csrf", csrf.as_str()),
                ("email", email.as_str()),
                ("password", "wrong wrong wrong"),
                ("next", ""),
            ];
            flooder.post("/sign-in", &fields).await.status
        });
    }
    // From the first answer on, hashing is under way; thirty are hashed.
    let mut answers = vec![flood.join_next().await.unwrap().unwrap()];
    let reader = app.visitor();
    let mut read = 0;
    // Of these most are made for the first time, from the database.
    let pages = ["/", "/tracks/resilience", "/workshops", "/editions", "/about", "/privacy"];
    for address in ["en", "cs"].iter().flat_map(|own| pages.map(|page| format!("/{own}{page}"))) {
        assert_eq!(reader.get(&address).await.status, 200, "{address}");
        while let Some(answer) = flood.try_join_next() {
            answers.push(answer.unwrap());
        }
        read += usize::from(answers.iter().filter(|own| **own == 422).count() < 30);
    }
    answers.extend(flood.join_all().await);
    let count = |status: u16| answers.iter().filter(|own| **own == status).count();
    assert_eq!((count(422), count(429)), (30, 30));
    assert!(read >= 6, "{read} pages were read before the last password was tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_members_page_is_packed_and_its_form_token_never_the_same() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let chair = cast::sign_in(&app, "chair").await;
    let plain = chair.get("/account").await;
    assert_eq!((plain.header("content-encoding"), plain.header("cache-control")), ("", "no-store"));
    let address = format!("{}/account", chair.origin);
    let packed = chair.client.get(address).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert_eq!(packed.headers()["vary"], "Accept-Encoding");
    let mut body = String::new();
    let bytes = packed.bytes().await.unwrap();
    assert!(bytes.len() < plain.body.len() / 2, "{} of {}", bytes.len(), plain.body.len());
    flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut body).unwrap();
    let other = Page { body, status: 200, headers: plain.headers.clone() };
    let tokens = [plain.hidden("csrf"), other.hidden("csrf")];
    // Where one has a letter, the other has any other: no size tells what it is.
    let alike = tokens[0].chars().zip(tokens[1].chars()).filter(|(one, two)| one == two).count();
    assert!(alike < tokens[0].len() / 4, "{tokens:?}");
    for (token, page) in tokens.iter().zip([&plain, &other]) {
        let once = page.hidden("once");
        let fields = [("csrf", token.as_str()), ("once", &once), ("name", ""), ("language", "en")];
        assert_eq!(chair.post("/account", &fields).await.status, 422, "the form is looked at");
    }
    let forged = [("csrf", "AAAA"), ("name", ""), ("language", "en")];
    assert_eq!(chair.post("/account", &forged).await.status, 403);
}
