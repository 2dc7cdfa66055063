//! Two hundred comments in a real browser: axe, words selected and commented
//! on, the queue by keyboard, and all of it without scripts.

use primum::store;

use crate::app::{Engine, TestApp};
use crate::browser::Browser;
use crate::cast;
use crate::comments::{comment, on_block};

/// Signs in by typing, as a person does.
async fn sign_in(browser: &Browser, app: &TestApp, who: &str) {
    browser.goto(&format!("{}/sign-in", app.origin)).await;
    browser.fill("E-mail address", &cast::email(who)).await;
    browser.fill("Password", cast::PASSWORD).await;
    browser.click_button("Sign in").await;
    browser.wait_for_url("/desk").await;
}

/// An open text with so many comments on its first twenty paragraphs.
async fn discussed(app: &TestApp, n: usize) -> String {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let participant = cast::sign_in(app, "participant").await;
    let paragraph = |at| format!("Paragraph {at} asks hospitals to keep paper forms ready.\n\n");
    let statement: String = (1..=20).map(paragraph).collect();
    let reference = cast::draft(&drafter, "Much discussed", &statement).await;
    cast::open(&chair, app, &reference).await;
    for at in 0..n {
        let position = (at % 20 + 1).to_string();
        let words = if at % 3 == 0 { "paper forms" } else { "" };
        let mut fields = on_block(&position, words, "Please say which forms.");
        if at % 2 == 0 {
            fields.push(("kind", "substantive"));
            fields.push(("proposed", "printed forms"));
        }
        let id = comment(&participant, &reference, &fields).await;
        if at % 5 == 0 {
            let replies = format!("/drafts/{reference}/comments/{id}/replies");
            let new = format!("/drafts/{reference}/comments/new?reply={id}");
            let reply = [("body", "All of them."), ("capacity", "personal")];
            assert_eq!(chair.submit(&new, &replies, &reply).await.status, 303);
        }
    }
    reference
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn two_hundred_comments_are_read_by_everybody() {
    let app = TestApp::start(Engine::Sqlite).await;
    let reference = discussed(&app, 200).await;
    for (width, dark) in [(1280, false), (375, true), (320, false)] {
        let browser = Browser::start(width, 900, true, dark).await;
        sign_in(&browser, &app, "chair").await;
        for page in ["", "/ledger", "/ledger?state=open&page=2", "/ledger/import", "/comments/new"]
        {
            browser.goto(&format!("{}/drafts/{reference}{page}", app.origin)).await;
            assert_eq!(browser.axe().await, Vec::<String>::new(), "{width}: {page}");
            browser.no_horizontal_scroll().await;
        }
        browser.screenshot(&format!("voice-{width}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn selected_words_are_commented_on() {
    let app = TestApp::start(Engine::Sqlite).await;
    let reference = discussed(&app, 1).await;
    let browser = Browser::start(1280, 900, true, false).await;
    sign_in(&browser, &app, "participant").await;
    browser.goto(&format!("{}/drafts/{reference}", app.origin)).await;
    browser
        .run(
            "const text = [...document.querySelector('#statement-2').childNodes]
               .find((node) => node.nodeType === 3 && node.data.includes('hospitals'));
             const at = text.data.indexOf('hospitals to keep');
             const range = document.createRange();
             range.setStart(text, at); range.setEnd(text, at + 'hospitals to keep'.length);
             const selection = getSelection();
             selection.removeAllRanges(); selection.addRange(range); return true",
        )
        .await;
    browser.wait_for_text("Comment on these words").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.click_link("Comment on these words").await;
    browser.wait_for_text("Comment on paragraph 2").await;
    assert_eq!(browser.value("The words you mean").await, "hospitals to keep");
    browser.fill("Your comment", "Clinics too.").await;
    browser.click_button("Send comment").await;
    browser.wait_for_text("Your comment is in.").await;
    browser.wait_for_text("Clinics too.").await;
    let marked = browser
        .run("return [...document.querySelectorAll('#statement-2 mark')].map((m) => m.textContent)")
        .await;
    assert_eq!(marked, serde_json::json!(["hospitals to keep"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_queue_goes_by_keyboard_and_without_scripts() {
    let app = TestApp::start(Engine::Sqlite).await;
    let reference = discussed(&app, 3).await;
    let ids: Vec<i64> = app
        .write(|conn| {
            let own = store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            store::comments::list_of(conn, own.id, 10)
        })
        .into_iter()
        .filter(|own| own.parent.is_none())
        .map(|own| own.id.0)
        .collect();
    let page = |at: usize| format!("/drafts/{reference}/comments/{}/disposition", ids[at]);
    let press = |key: &str| {
        format!(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', \
             {{ key: '{key}', bubbles: true }})); return true"
        )
    };
    let browser = Browser::start(1280, 900, true, false).await;
    sign_in(&browser, &app, "chair").await;
    browser.click_link("Work queue: 3 wait").await;
    browser.wait_for_url("/desk/queue").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.click_link("Start with the oldest").await;
    browser.wait_for_url(&page(0)).await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.run("document.activeElement.blur(); return true").await;
    browser.run(&press("j")).await;
    browser.wait_for_url(&page(1)).await;
    // Whoever types a j types a j.
    browser.fill("Reason", "just").await;
    browser.run(&press("j")).await;
    browser.wait_for_url(&page(1)).await;
    browser.run("onbeforeunload = null; document.activeElement.blur(); return true").await;
    browser.goto(&format!("{}{}", app.origin, page(1))).await;
    browser.run(&press("k")).await;
    browser.wait_for_url(&page(0)).await;
    browser.click_button("Keys J and K: on").await;
    browser.run("document.activeElement.blur(); return true").await;
    browser.run(&press("j")).await;
    browser.wait_for_text("Keys J and K: off").await;
    browser.wait_for_url(&page(0)).await;

    // Without scripts: links and forms do all of it.
    let plain = Browser::start(375, 900, false, false).await;
    sign_in(&plain, &app, "chair").await;
    plain.click_link("Work queue: 3 wait").await;
    plain.click_link("Start with the oldest").await;
    plain.wait_for_url(&page(0)).await;
    plain.click_link("Next").await;
    plain.wait_for_url(&page(1)).await;
    plain.fill("Reason", "Said with reason.").await;
    plain.run("document.querySelector('#disposition-noted').checked = true; return true").await;
    plain.click_button("Record the answer").await;
    plain.wait_for_text("The answer is recorded").await;
    plain.wait_for_text("Said with reason.").await;
}
