//! Coming in: set-up, sign-in and its limits, sessions, forms that are not
//! ours, a repeated POST.

use primum::secrets;
use primum::store;
use primum::store::tokens::Purpose;

use crate::app::{TestApp, both_engines};
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
            bodies.push(refused.body.replace(email, "EMAIL"));
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

    async fn another_host_is_not_ours(app: &TestApp) {
        let request = app.visitor().client.get(format!("{}/en/", app.origin));
        let page = app.visitor().read(request.header("Host", "evil.example")).await;
        assert_eq!(page.status, 421);
    }
}
