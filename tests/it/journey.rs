//! The main job as people do it, in a real browser: from an invitation to a
//! published recommendation, with scripts and without, and by keyboard alone.

use primum::domain::role::Role;
use primum::mail::Transport;
use primum::store::tokens::Purpose;
use primum::{jobs, secrets, store};

use crate::app::{Engine, Setup, TestApp};
use crate::browser::Browser;
use crate::cast::{self, PASSWORD};
use crate::mail::letter_link;
use crate::smtp::SmtpSink;

/// A fresh deployment, the address that sets it up, and where its mail goes.
async fn fresh() -> (TestApp, String, SmtpSink) {
    let sink = SmtpSink::start().await;
    let transport = Transport::smtp(&sink.url(), "primum@example.org").unwrap();
    let app = TestApp::start_with(Setup { transport, ..Setup::new(Engine::Sqlite) }).await;
    let token = secrets::token();
    let hash = secrets::token_hash(&token);
    let now = app.app.now();
    let until = now + chrono::TimeDelta::hours(24);
    app.write(|conn| store::tokens::insert(conn, Purpose::SetUp, 0, &hash, now, until));
    let address = format!("{}/set-up/{token}", app.origin);
    (app, address, sink)
}

/// One person's window: everything goes through what stands on the page.
struct Person<'a> {
    browser: &'a Browser,
    /// axe-core needs scripts as pages do.
    scripts: bool,
    app: &'a TestApp,
}

impl Person<'_> {
    async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.app.origin)).await;
    }

    async fn signs_in(&self, email: &str) {
        self.open("/sign-in").await;
        self.browser.fill("E-mail address", email).await;
        self.browser.fill("Password", PASSWORD).await;
        self.browser.click_button("Sign in").await;
        self.browser.wait_for_path("/desk").await;
    }

    async fn signs_out(&self) {
        self.browser.click_button("Sign out").await;
        self.browser.wait_for_gone("form[action='/sign-out']").await;
    }

    /// Every page on the way is looked at.
    async fn looks(&self) {
        if self.scripts {
            let found = self.browser.axe().await;
            assert_eq!(found, Vec::<String>::new(), "{}", self.browser.url().await);
        }
        self.browser.no_horizontal_scroll().await;
    }
}

/// From set-up to what the public reads.
async fn the_main_job(browser: &Browser, scripts: bool) {
    let (app, set_up, sink) = fresh().await;
    let person = Person { browser, scripts, app: &app };

    // The secretariat: an account from the set-up address, a slip on the way.
    browser.goto(&set_up).await;
    browser.fill("Your name", "Ana Horáková").await;
    browser.fill("E-mail address", "ana@example.org").await;
    browser.fill("Organisation", "The Secretariat").await;
    browser.fill("Password", "short").await;
    browser.click_button("Create the account").await;
    browser.wait_for_text("Use at least 12 characters").await;
    assert_eq!(browser.value("Your name").await, "Ana Horáková", "what was typed is kept");
    person.looks().await;
    browser.fill("Password", PASSWORD).await;
    browser.click_button("Create the account").await;
    browser.wait_for_path("/desk").await;
    person.looks().await;

    // It invites three people, one by one.
    let mut links = Vec::new();
    for (who, role) in [("chair", "Chair"), ("drafter", "Drafter"), ("participant", "Participant")]
    {
        browser.click_link("Secretariat").await;
        browser.click_link("Invite people").await;
        browser.fill("E-mail addresses", &format!("{who}@example.org")).await;
        browser.choose("organisation", "The Secretariat").await;
        browser.choose("role", role).await;
        browser.choose("track", "RES Resilience").await;
        browser.click_button("Send the invitations").await;
        browser.wait_for_text(&format!("{who}@example.org")).await;
        jobs::deliver(&app.app).await;
        let letters = sink.wait_for(links.len() + 1).await;
        links.push(letter_link(&letters[links.len()].raw, &app.origin, "/invitations/"));
    }
    person.looks().await;
    person.signs_out().await;
    for (link, who) in links.iter().zip(["chair", "drafter", "participant"]) {
        person.open(link).await;
        person.looks().await;
        browser.fill("Your name", &format!("The {who}")).await;
        browser.fill("Password", PASSWORD).await;
        browser.click_button("Accept and make my account").await;
        browser.wait_for_path("/desk").await;
        browser.wait_for_text(&format!("The {who}")).await;
        person.signs_out().await;
    }

    // The drafter writes, looks at it, saves.
    person.signs_in("drafter@example.org").await;
    browser.click_link("Drafts").await;
    browser.click_link("New recommendation").await;
    browser.set("title", "Keep paper at hand").await;
    browser.set("statement", "Every ward should keep paper forms.\n\nThey should be tried.").await;
    browser.set("rationale", "Screens go dark.").await;
    browser.set("for:policy-makers", "Pay for the paper.").await;
    browser.set("summary", "First draft").await;
    browser.click_button("Preview").await;
    browser.wait_for_text("They should be tried.").await;
    person.looks().await;
    browser.click_button("Save the first revision").await;
    browser.wait_for_path("/drafts/RES-01").await;
    person.looks().await;
    person.signs_out().await;

    // The chair opens it for comment.
    person.signs_in("chair@example.org").await;
    person.open("/drafts/RES-01").await;
    browser.click_link("Stage").await;
    let until = app.app.now() + chrono::TimeDelta::days(7);
    browser.set("until", &until.format("%Y-%m-%dT%H:%M").to_string()).await;
    person.looks().await;
    browser.click_button("Open for comment").await;
    browser.wait_for_path("/drafts/RES-01").await;
    person.signs_out().await;

    // The participant comments on the second paragraph.
    person.signs_in("participant@example.org").await;
    person.open("/drafts/RES-01").await;
    browser.follow("a[href*='/comments/new'][href*='position=2']").await;
    browser.wait_for_text("They should be tried.").await;
    browser.set("body", "Say **how often**.").await;
    person.looks().await;
    browser.click_button("Send comment").await;
    browser.wait_for_text("Say how often.").await;
    person.looks().await;
    person.signs_out().await;

    // The chair answers and marks the text agreed.
    person.signs_in("chair@example.org").await;
    browser.wait_for_text("RES-01").await;
    person.open("/drafts/RES-01").await;
    browser.follow("a[href$='/disposition']").await;
    browser.click_button("Record the answer").await;
    browser.wait_for_text("Say how often.").await;
    browser.follow("label[for='disposition-noted']").await;
    browser.set("reason", "For the next round.").await;
    person.looks().await;
    browser.click_button("Record the answer").await;
    browser.wait_for_text("For the next round.").await;
    person.open("/drafts/RES-01/stage").await;
    browser.click_button("Mark revision 1 agreed").await;
    browser.wait_for_path("/drafts/RES-01").await;
    browser.wait_for_text("Agreed").await;
    person.signs_out().await;

    // The secretariat builds an edition and publishes it.
    person.signs_in("ana@example.org").await;
    person.open("/secretariat/editions").await;
    browser.click_button("Begin an edition").await;
    browser.follow("label[for='pick-RES-01']").await;
    browser.set("foreword", "What the track agreed.").await;
    browser.click_button("Save").await;
    browser.wait_for_text("Ready").await;
    person.looks().await;
    browser.click_link("Check and publish").await;
    person.looks().await;
    browser.click_button("Publish edition 1").await;
    browser.wait_for_path("/secretariat/editions").await;
    browser.click_link("Edition 1").await;
    person.open("/desk").await;
    person.signs_out().await;

    // The public reads it and takes it home.
    person.open("/").await;
    browser.click_link("Read edition 1").await;
    browser.click_link("Keep paper at hand").await;
    browser.wait_for_text("Every ward should keep paper forms.").await;
    person.looks().await;
    let text = browser.main_text().await;
    assert!(!text.contains("The drafter") && !text.contains("how often"), "{text}");
    let downloads = browser.hrefs("a[href^='/editions/1/RES-01.']").await;
    assert!(downloads.len() >= 2, "{downloads:?}");
    for address in downloads {
        let file = app.visitor().get(&address).await;
        assert_eq!(file.status, 200, "{address}");
        file.shows("Every ward should keep paper forms.");
    }
    browser.click_link("Čeština").await;
    browser.wait_for_path("/cs/editions/1/RES-01").await;
    browser.wait_for_text("Tento text je v angličtině.").await;
    person.looks().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn from_an_invitation_to_a_published_recommendation() {
    the_main_job(&Browser::start(1280, 900, true, false).await, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_same_without_scripts_on_a_phone_in_the_dark() {
    the_main_job(&Browser::start(375, 800, false, true).await, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_central_steps_by_keyboard_alone() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    cast::add(&app, "guest", cast::TRACK, Some(Role::Observer));
    let (drafter, chair) =
        (cast::sign_in(&app, "drafter").await, cast::sign_in(&app, "chair").await);
    let reference = cast::draft(&drafter, "Keys", "First.\n\nSecond.\n").await;
    cast::open(&chair, &app, &reference).await;

    let browser = Browser::start(1280, 900, true, false).await;
    browser.goto(&format!("{}/drafts/{reference}", app.origin)).await;
    browser.tab_to("#email").await;
    browser.keys(&cast::email("participant")).await;
    browser.tab_to("#password").await;
    browser.keys(&format!("{PASSWORD}\n")).await;
    browser.wait_for_path(&format!("/drafts/{reference}")).await;

    // The first stop leads past the head of the page.
    browser.tab_to("a.skip").await;
    browser.keys("\n").await;
    browser.tab_to("a[href*='/comments/new'][href*='position=2']").await;
    browser.keys("\n").await;
    browser.wait_for_path(&format!("/drafts/{reference}/comments/new")).await;
    browser.tab_to("#body").await;
    browser.keys("Said by keyboard.").await;
    browser.tab_to("#capacity-organisation, #capacity-personal").await;
    browser.tab_to("main form[action*='/comments'] .btn-primary").await;
    browser.keys("\n").await;
    browser.wait_for_text("Said by keyboard.").await;

    browser.goto(&format!("{}/desk", app.origin)).await;
    browser.tab_to("form[action='/sign-out'] button").await;
    browser.keys("\n").await;
    browser.wait_for_gone("form[action='/sign-out']").await;
    browser.goto(&format!("{}/sign-in", app.origin)).await;
    browser.tab_to("#email").await;
    browser.keys(&cast::email("chair")).await;
    browser.tab_to("#password").await;
    browser.keys(&format!("{PASSWORD}\n")).await;
    browser.wait_for_path("/desk").await;
    browser.tab_to(&format!("main a[href*='/drafts/{reference}']")).await;
    browser.keys("\n").await;
    browser.wait_for_text("Said by keyboard.").await;
    browser.tab_to("a[href$='/disposition']").await;
    browser.keys("\n").await;
    browser.wait_for_text("Record the answer").await;
    browser.tab_to("input[name='disposition']").await;
    browser.keys(" ").await;
    browser.tab_to("#reason").await;
    browser.keys("Answered by keyboard.").await;
    browser.tab_to("main form[action$='/disposition'] .btn-primary").await;
    browser.keys("\n").await;
    browser.wait_for_text("Answered by keyboard.").await;
    browser.goto(&format!("{}/drafts/{reference}", app.origin)).await;
    browser.tab_to("a[href$='/stage']").await;
    browser.keys("\n").await;
    browser.wait_for_path(&format!("/drafts/{reference}/stage")).await;
    browser.tab_to("form[action$='/agreement'] .btn-primary").await;
    browser.keys("\n").await;
    browser.wait_for_path(&format!("/drafts/{reference}")).await;
    browser.wait_for_text("Agreed").await;
}
