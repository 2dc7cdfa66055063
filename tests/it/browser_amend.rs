//! Two people in real browsers: one amends, on a phone and without scripts,
//! while the other accepts.

use crate::amendments::block;
use crate::app::{Engine, TestApp};
use crate::browser::Browser;
use crate::cast;

const TEXT: &str = "Hospitals should keep paper forms for three days of care in every ward.\n\n\
                    They should practise with them each year.\n";

async fn sign_in(app: &TestApp, browser: &Browser, who: &str) {
    browser.goto(&format!("{}/sign-in", app.origin)).await;
    browser.fill("E-mail address", &cast::email(who)).await;
    browser.fill("Password", cast::PASSWORD).await;
    browser.click_button("Sign in").await;
    browser.wait_for_url("/desk").await;
}

/// What axe-core holds against a page, and whether it fits its window.
async fn check(browser: &Browser, url: &str) {
    browser.goto(url).await;
    let faults = browser.axe().await;
    assert_eq!(faults, Vec::<String>::new(), "{url}");
    browser.no_horizontal_scroll().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn one_amends_while_one_accepts() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let chair = cast::sign_in(&app, "chair").await;
    let reference = cast::draft(&drafter, "Keep paper forms", TEXT).await;
    cast::open(&chair, &app, &reference).await;
    let draft = format!("{}/drafts/{reference}", app.origin);
    let id = block(&app, &reference, 1);
    let new = format!("{draft}/amendments/new?section=statement&block={id}");

    // On a phone, without scripts: the form, the look, the proposal.
    let phone = Browser::start(375, 800, false, false).await;
    sign_in(&app, &phone, "participant").await;
    phone.goto(&new).await;
    phone.no_horizontal_scroll().await;
    let words = TEXT.lines().next().unwrap();
    assert_eq!(phone.value("Your wording").await, words);
    phone.fill("Your wording", &words.replace("three", "seven")).await;
    phone.fill("Reason", "Storms last longer.").await;
    phone.click_button("See what it does").await;
    phone.wait_for_text("Is this what you propose?").await;
    phone.no_horizontal_scroll().await;
    phone.click_button("Propose it").await;
    phone.wait_for_text("Amendment A1").await;
    phone.no_horizontal_scroll().await;

    // The second form is open while the chair takes the first amendment in.
    phone.goto(&new).await;
    let second = words.replace("ward", "ward and theatre");
    phone.fill("Your wording", &second).await;
    phone.fill("Reason", "Theatres too.").await;
    let desk = Browser::start(1280, 900, true, true).await;
    sign_in(&app, &desk, "chair").await;
    desk.goto(&format!("{draft}/consolidation")).await;
    desk.wait_for_text("Paragraph 1 of 1 with amendments").await;
    desk.run("document.querySelector('input[value=accepted]').click()").await;
    desk.run("document.querySelector('.amendment form .btn-primary').click()").await;
    desk.wait_for_text("No amendment waits for an answer").await;

    // Nothing typed is lost: it stands on the new text, to be looked at again.
    phone.click_button("See what it does").await;
    phone.wait_for_text("The text moved on while you wrote. Nothing is lost.").await;
    phone.wait_for_text("put on it without a collision").await;
    phone.click_button("Propose it").await;
    phone.wait_for_text("Amendment A2").await;
    phone.wait_for_text("Proposed on revision 2").await;
    desk.goto(&format!("{draft}/consolidation")).await;
    desk.run("document.querySelector('input[value=accepted]').click()").await;
    desk.run("document.querySelector('.amendment form .btn-primary').click()").await;
    desk.wait_for_text("No amendment waits for an answer").await;
    desk.goto(&draft).await;
    desk.wait_for_text("seven days of care in every ward and theatre").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn every_page_of_amendments_can_be_used_by_everybody() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let chair = cast::sign_in(&app, "chair").await;
    let participant = cast::sign_in(&app, "participant").await;
    let reference = cast::draft(&drafter, "Keep paper forms", TEXT).await;
    cast::open(&chair, &app, &reference).await;
    let id = block(&app, &reference, 1);
    let page = format!("/drafts/{reference}");
    let words = TEXT.lines().next().unwrap();
    for (who, change) in [(&participant, "seven"), (&drafter, "five"), (&participant, "four")] {
        let wording = words.replace("three", change);
        let fields = [
            ("revision", "1"),
            ("section", "statement"),
            ("block", id.as_str()),
            ("verb", "replace"),
            ("wording", wording.as_str()),
            ("reason", "A reason in **words**."),
            ("capacity", "organisation"),
            ("intent", "save"),
        ];
        let new = format!("{page}/amendments/new?section=statement&block={id}");
        who.submit_and_follow(&new, &format!("{page}/amendments"), &fields).await;
    }
    let one = format!("{page}/amendments/1");
    let taken = [
        ("revision", "1"),
        ("back", ""),
        ("disposition", "accepted"),
        ("reason", "Yes."),
        ("text", ""),
    ];
    let answer = format!("{one}/disposition");
    chair.submit_and_follow(&answer, &answer, &taken).await;
    let pages = [
        String::new(),
        "/amendments".into(),
        format!("/amendments/new?section=statement&block={id}"),
        format!("/amendments/new?section=statement&block={id}&verb=delete"),
        "/amendments/new?section=for:diplomats&block=0".into(),
        "/amendments/1".into(),
        "/amendments/2".into(),
        "/amendments/2/disposition".into(),
        "/consolidation".into(),
        format!("/consolidation/compromise?section=statement&block={id}"),
        "/revisions".into(),
    ];
    for (width, dark) in [(1280, false), (375, true), (320, false)] {
        let browser = Browser::start(width, 900, true, dark).await;
        sign_in(&app, &browser, "chair").await;
        for part in &pages {
            check(&browser, &format!("{}{page}{part}", app.origin)).await;
            if part.starts_with("/consolidation") || part.is_empty() || part == "/amendments/1" {
                let name = part.split('?').next().unwrap().replace('/', "-");
                browser.screenshot(&format!("amend-{width}{name}")).await;
            }
        }
        // Answering, with all paragraphs' forms open, and the errors shown.
        browser.goto(&format!("{}{page}/amendments/2/disposition", app.origin)).await;
        browser.click_button("Record the answer").await;
        browser.wait_for_text("Needed unless you accept it").await;
        assert_eq!(browser.axe().await, Vec::<String>::new());
    }
    // Its proposer's page to write it anew.
    let browser = Browser::start(375, 900, true, false).await;
    sign_in(&app, &browser, "drafter").await;
    check(&browser, &format!("{}{page}/amendments/2/adaptation", app.origin)).await;
    browser.click_button("See what it does").await;
    browser.wait_for_text("So it would read now").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
}

/// Without a mouse, and laid out from right to left: proposed, looked over,
/// sent, and taken into the text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn by_keyboard_alone_and_from_right_to_left() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let chair = cast::sign_in(&app, "chair").await;
    let reference = cast::draft(&drafter, "Keep paper forms", TEXT).await;
    cast::open(&chair, &app, &reference).await;
    let draft = format!("{}/drafts/{reference}", app.origin);
    let id = block(&app, &reference, 1);

    let phone = Browser::start(375, 800, true, false).await;
    sign_in(&app, &phone, "participant").await;
    phone.goto(&draft).await;
    phone.view(375, 800, false, true).await;
    phone.no_horizontal_scroll().await;
    phone.tab_to(&format!("a[href*='amendments/new'][href$='block={id}']")).await;
    phone.keys("\n").await;
    phone.wait_for_text("Your wording").await;
    well_made_from_right_to_left(&phone, 375).await;
    phone.tab_to("#wording").await;
    phone.keys("Always: ").await;
    phone.tab_to("#reason").await;
    phone.keys("Storms last longer.").await;
    phone.tab_to("button[value=check]").await;
    phone.keys("\n").await;
    phone.wait_for_text("Is this what you propose?").await;
    well_made_from_right_to_left(&phone, 375).await;
    phone.tab_to("button[value=save]").await;
    phone.keys("\n").await;
    phone.wait_for_text("Amendment A1").await;
    well_made_from_right_to_left(&phone, 375).await;

    let desk = Browser::start(1280, 900, true, true).await;
    sign_in(&app, &desk, "chair").await;
    desk.goto(&format!("{draft}/consolidation")).await;
    well_made_from_right_to_left(&desk, 1280).await;
    desk.tab_to("input[name=disposition][value=accepted]").await;
    desk.keys(" ").await;
    desk.tab_to(".amendment form .btn-primary").await;
    desk.keys("\n").await;
    desk.wait_for_text("No amendment waits for an answer").await;
    phone.goto(&draft).await;
    phone.wait_for_text("Always: ").await;
}

async fn well_made_from_right_to_left(browser: &Browser, width: u32) {
    browser.view(width, 900, false, true).await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.no_horizontal_scroll().await;
}
