//! The main job as people do it, in a real browser: from an invitation to a
//! published recommendation, in English with scripts on a wide screen and in
//! Czech without scripts on a narrow dark one, and by keyboard alone.

use primum::domain::language::Language;
use primum::domain::role::Role;
use primum::mail::Transport;
use primum::store::tokens::Purpose;
use primum::{i18n, jobs, secrets, store};

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

/// One person's window: everything goes through what stands on the page, in
/// the words of the language it is read in.
struct Person<'a> {
    browser: &'a Browser,
    language: Language,
    /// axe-core needs scripts as pages do.
    scripts: bool,
    app: &'a TestApp,
}

impl Person<'_> {
    /// What a page says where the catalogue has this key.
    fn word(&self, key: &str) -> String {
        let loader = self.app.app.catalog.loader(self.language);
        assert!(loader.has(key), "{} lacks {key}", self.language);
        i18n::message(loader, key)
    }

    fn word_n(&self, key: &str, n: i64) -> String {
        i18n::message_n(self.app.app.catalog.loader(self.language), key, n)
    }

    async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.app.origin)).await;
    }

    async fn presses(&self, key: &str) {
        self.browser.click_button(&self.word(key)).await;
    }

    async fn follows(&self, key: &str) {
        self.browser.click_link(&self.word(key)).await;
    }

    async fn fills(&self, key: &str, text: &str) {
        self.browser.fill(&self.word(key), text).await;
    }

    /// A step has led here: the page speaks the person's language and fits the
    /// window.
    async fn is_at(&self, path: &str) {
        self.browser.wait_for_path(path).await;
        self.fits().await;
    }

    /// A step has led to a page that says this.
    async fn reads(&self, text: &str) {
        self.browser.wait_for_text(text).await;
        self.fits().await;
    }

    async fn fits(&self) {
        let spoken = self.browser.run("return document.documentElement.lang").await;
        assert_eq!(spoken, self.language.as_str(), "{}", self.browser.url().await);
        self.browser.no_horizontal_scroll().await;
    }

    async fn signs_in(&self, email: &str) {
        self.open("/sign-in").await;
        self.fills("account-email", email).await;
        self.fills("account-password", PASSWORD).await;
        self.presses("sign-in-button").await;
        self.is_at("/desk").await;
    }

    async fn signs_out(&self) {
        self.presses("nav-sign-out").await;
        self.browser.wait_for_gone("form[action='/sign-out']").await;
        self.fits().await;
    }

    /// As a step ends, and with axe-core's eyes.
    async fn looks(&self) {
        if self.scripts {
            let found = self.browser.axe().await;
            assert_eq!(found, Vec::<String>::new(), "{}", self.browser.url().await);
        }
        self.fits().await;
    }
}

/// From set-up to what the public reads.
async fn the_main_job(browser: &Browser, scripts: bool, language: Language) {
    let (app, set_up, sink) = fresh().await;
    browser.prefer(language.as_str()).await;
    let person = Person { browser, language, scripts, app: &app };

    // The secretariat: an account from the set-up address, a slip on the way.
    browser.goto(&set_up).await;
    person.fills("account-name", "Ana Horáková").await;
    person.fills("account-email", "ana@example.org").await;
    person.fills("account-organisation", "The Secretariat").await;
    person.fills("account-password", "short").await;
    person.presses("set-up-button").await;
    person.reads(&person.word_n("fault-password-short", 12)).await;
    let name = browser.value(&person.word("account-name")).await;
    assert_eq!(name, "Ana Horáková", "what was typed is kept");
    person.looks().await;
    person.fills("account-password", PASSWORD).await;
    person.presses("set-up-button").await;
    person.is_at("/desk").await;
    person.looks().await;

    // It invites three people, one by one.
    let track = app.app.read(store::programme::load).unwrap();
    let track = track.track(cast::TRACK).unwrap();
    let track = format!("{} {}", track.reference, track.name(language).text);
    let mut links = Vec::new();
    for who in ["chair", "drafter", "participant"] {
        person.follows("nav-secretariat").await;
        person.follows("invitation-new").await;
        person.is_at("/secretariat/invitations/new").await;
        person.fills("invite-addresses", &format!("{who}@example.org")).await;
        browser.choose("organisation", "The Secretariat").await;
        browser.choose("role", &person.word(&format!("role-{who}"))).await;
        browser.choose("track", &track).await;
        browser.choose("language", language.own_name()).await;
        person.presses("invite-button").await;
        person.reads(&format!("{who}@example.org")).await;
        jobs::deliver(&app.app).await;
        let letters = sink.wait_for(links.len() + 1).await;
        links.push(letter_link(&letters[links.len()].raw, &app.origin, "/invitations/"));
    }
    person.looks().await;
    person.signs_out().await;
    for (link, who) in links.iter().zip(["chair", "drafter", "participant"]) {
        person.open(link).await;
        person.looks().await;
        person.fills("account-name", &format!("The {who}")).await;
        person.fills("account-password", PASSWORD).await;
        person.presses("invitation-create").await;
        person.is_at("/desk").await;
        person.reads(&format!("The {who}")).await;
        person.signs_out().await;
    }

    // The drafter writes, looks at it, saves.
    person.signs_in("drafter@example.org").await;
    person.follows("nav-drafts").await;
    person.follows("drafts-new").await;
    person.is_at("/drafts/new").await;
    browser.set("title", "Keep paper at hand").await;
    browser.set("statement", "Every ward should keep paper forms.\n\nThey should be tried.").await;
    browser.set("rationale", "Screens go dark.").await;
    browser.set("for:policy-makers", "Pay for the paper.").await;
    browser.set("summary", "First draft").await;
    person.presses("edit-preview-button").await;
    person.reads("They should be tried.").await;
    person.looks().await;
    person.presses("edit-create").await;
    person.is_at("/drafts/RES-01").await;
    person.looks().await;
    person.signs_out().await;

    // The chair opens it for comment.
    person.signs_in("chair@example.org").await;
    person.open("/drafts/RES-01").await;
    person.follows("draft-tab-stage").await;
    person.is_at("/drafts/RES-01/stage").await;
    let until = app.app.now() + chrono::TimeDelta::days(7);
    browser.set("until", &until.format("%Y-%m-%dT%H:%M").to_string()).await;
    person.looks().await;
    person.presses("stage-open-button").await;
    person.is_at("/drafts/RES-01").await;
    person.signs_out().await;

    // The participant comments on the second paragraph.
    person.signs_in("participant@example.org").await;
    person.open("/drafts/RES-01").await;
    browser.follow("a[href*='/comments/new'][href*='position=2']").await;
    person.is_at("/drafts/RES-01/comments/new").await;
    person.reads("They should be tried.").await;
    browser.set("body", "Say **how often**.").await;
    person.looks().await;
    person.presses("comment-send").await;
    person.is_at("/drafts/RES-01").await;
    person.reads("Say how often.").await;
    person.looks().await;
    person.signs_out().await;

    // The chair answers and marks the text agreed.
    person.signs_in("chair@example.org").await;
    person.reads("RES-01").await;
    person.open("/drafts/RES-01").await;
    browser.follow("a[href$='/disposition']").await;
    person.presses("comment-answer-button").await;
    person.reads("Say how often.").await;
    browser.follow("label[for='disposition-noted']").await;
    browser.set("reason", "For the next round.").await;
    person.looks().await;
    person.presses("comment-answer-button").await;
    person.reads("For the next round.").await;
    person.open("/drafts/RES-01/stage").await;
    browser.click_button(&person.word_n("stage-agree-button", 1)).await;
    person.is_at("/drafts/RES-01").await;
    person.reads(&person.word("stage-agreed")).await;
    person.signs_out().await;

    // The secretariat builds an edition and publishes it.
    person.signs_in("ana@example.org").await;
    person.follows("nav-secretariat").await;
    browser.follow("a[href='/secretariat/editions']").await;
    person.is_at("/secretariat/editions").await;
    person.presses("build-create").await;
    browser.follow("label[for='pick-RES-01']").await;
    browser.set("foreword", "What the track agreed.").await;
    person.presses("form-save").await;
    person.reads(&person.word("build-ready")).await;
    person.looks().await;
    person.follows("build-to-publish").await;
    person.looks().await;
    browser.click_button(&person.word_n("publish-button", 1)).await;
    person.is_at("/secretariat/editions").await;
    browser.click_link(&person.word_n("edition-n", 1)).await;
    person.is_at(&format!("/{language}/editions/1")).await;
    person.open("/desk").await;
    person.signs_out().await;

    // The public reads it and takes it home.
    person.open("/").await;
    person.is_at(&format!("/{language}/")).await;
    browser.click_link(&person.word_n("home-read", 1)).await;
    browser.click_link("Keep paper at hand").await;
    person.is_at(&format!("/{language}/editions/1/RES-01")).await;
    person.reads("Every ward should keep paper forms.").await;
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
    for other in Language::ALL.iter().rev().copied() {
        let reader = Person { language: other, ..person };
        browser.click_link(other.own_name()).await;
        reader.is_at(&format!("/{other}/editions/1/RES-01")).await;
        // Only who reads another language needs to be told which one it is.
        let says = browser.main_text().await.contains(&reader.word("content-language"));
        assert_eq!(says, other != Language::En, "{other}");
        reader.looks().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn from_an_invitation_to_a_published_recommendation() {
    let browser = Browser::start(1280, 900, true, false).await;
    the_main_job(&browser, true, Language::En).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_same_in_czech_without_scripts_on_a_narrow_phone_in_the_dark() {
    let browser = Browser::start(320, 640, false, true).await;
    the_main_job(&browser, false, Language::Cs).await;
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
