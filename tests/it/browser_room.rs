//! The drafting room in real browsers: two at once, without a connection,
//! after the session has expired, without scripts, by keyboard.

use serde_json::json;

use crate::app::{Engine, TestApp};
use crate::browser::Browser;
use crate::cast;

const TEXT: &str = "Hospitals keep offline backups.\n\nThey practise once a year.\n\n\
    They tell the others what happened.\n";

/// A running Primum with one draft, its pen free.
async fn room() -> (TestApp, String) {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let reference = cast::draft(&drafter, "Room", TEXT).await;
    (app, format!("/drafts/{reference}"))
}

/// Signs in where `path` leads somebody who is not.
async fn sign_in(browser: &Browser, app: &TestApp, who: &str, path: &str) {
    browser.goto(&format!("{}{path}", app.origin)).await;
    give_password(browser, who).await;
    browser.wait_for_url(path).await;
}

async fn give_password(browser: &Browser, who: &str) {
    browser.fill("E-mail address", &cast::email(who)).await;
    browser.fill("Password", cast::PASSWORD).await;
    browser.click_button("Sign in").await;
}

/// Puts the caret behind `after` in the field and types.
async fn type_after(browser: &Browser, field: &str, after: &str, text: &str) {
    let script = format!(
        "const it = document.getElementById({}); it.focus();
         const at = it.value.indexOf({}) + {}.length; it.setSelectionRange(at, at);",
        json!(field),
        json!(after),
        json!(after)
    );
    browser.run(&script).await;
    browser.command("Input.insertText", json!({ "text": text })).await;
}

async fn value(browser: &Browser, field: &str) -> String {
    let script = format!("return document.getElementById({}).value", json!(field));
    browser.run(&script).await.as_str().unwrap_or_default().to_owned()
}

async fn wait_until(browser: &Browser, what: &str, script: &str) {
    for _ in 0..200 {
        if browser.run(&format!("return Boolean({script})")).await == json!(true) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{what}: {}", browser.main_text().await);
}

async fn press(browser: &Browser, key: &str, code: i32, control: bool) {
    for kind in ["rawKeyDown", "keyUp"] {
        let modifiers = if control { 2 } else { 0 };
        let event = json!({
            "type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers,
        });
        browser.command("Input.dispatchKeyEvent", event).await;
    }
}

async fn connection(browser: &Browser, there: bool) {
    browser.command("Network.enable", json!({})).await;
    let state = json!({
        "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    browser.command("Network.emulateNetworkConditions", state).await;
}

/// Presses a button wherever it stands on a long page.
async fn push(browser: &Browser, text: &str) {
    let script = format!(
        "const all = [...document.querySelectorAll('button')];
         const it = all.find(own => own.innerText.trim() === {});
         it?.click(); return Boolean(it);",
        json!(text)
    );
    assert_eq!(browser.run(&script).await, json!(true), "{text}: {}", browser.main_text().await);
}

async fn is_well_made(browser: &Browser) {
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.no_horizontal_scroll().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn two_browsers_edit_and_both_save() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let one = Browser::start(1280, 900, true, false).await;
    let two = Browser::start(320, 700, true, true).await;
    sign_in(&one, &app, "drafter", &edit).await;
    sign_in(&two, &app, "chair", &edit).await;
    type_after(&one, "statement", "once a year", ", in winter").await;
    type_after(&two, "statement", "offline", ", tested").await;
    type_after(&two, "statement", "once a year", " or more").await;
    one.fill("What changed in this revision", "In winter").await;
    push(&one, "Save revision 2").await;
    one.wait_for_text("in winter").await;

    two.fill("What changed in this revision", "Tested").await;
    push(&two, "Save revision 2").await;
    two.wait_for_text("Nothing is lost").await;
    two.wait_for_text("Decision 1").await;
    is_well_made(&two).await;
    two.run(
        "document.getElementById('words-1').click();
        document.querySelector('[name=own-1]').value = 'They practise in winter or more.';",
    )
    .await;
    push(&two, "Save the merged text as revision 3").await;
    two.wait_for_text("practise in winter or more").await;
    assert!(two.main_text().await.contains("offline, tested backups"));
    is_well_made(&two).await;
    // The first is told who reads with them, without a reload.
    one.wait_for_text("Reading now: The chair").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_network_is_cut_in_between() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let browser = Browser::start(1280, 900, true, false).await;
    sign_in(&browser, &app, "drafter", &edit).await;
    type_after(&browser, "statement", "once a year", ", first").await;
    browser.wait_for_text("Kept as your working copy at").await;
    connection(&browser, false).await;
    type_after(&browser, "statement", ", first", ", second").await;
    browser.wait_for_text("Not saved. No connection. Kept on this device.").await;
    // Back on the line it goes to the server by itself.
    connection(&browser, true).await;
    browser.run("dispatchEvent(new Event('online'))").await;
    browser.wait_for_text("Kept as your working copy at").await;
    connection(&browser, false).await;
    type_after(&browser, "statement", ", second", ", third").await;
    browser.wait_for_text("Kept on this device.").await;
    let copies = "Object.entries(localStorage).filter(it => it[0].startsWith('primum-copy'))";
    let copy = browser.run(&format!("return {copies}[0]")).await;
    assert!(copy[1].as_str().unwrap_or_default().contains(", third"), "{copy}");
    // The page is lost, and with it the server's chance; the device has the text.
    browser.goto("about:blank").await;
    connection(&browser, true).await;
    browser.goto(&format!("{}{page}", app.origin)).await;
    app.raw("DELETE FROM working_copies").unwrap();
    let store = format!("localStorage.setItem({}, {})", copy[0], copy[1]);
    browser.run(&store).await;
    browser.goto(&format!("{}{edit}", app.origin)).await;
    browser.wait_for_text("Text kept on this device").await;
    assert!(!value(&browser, "statement").await.contains("third"));
    push(&browser, "Put it in the form").await;
    assert!(value(&browser, "statement").await.contains(", first, second, third"));
    browser.wait_for_text("Kept as your working copy at").await;
    let left =
        browser.run("return Object.keys(localStorage).filter(it => it.startsWith('primum'))");
    assert_eq!(left.await, json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_right_to_write_is_taken_in_between() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let browser = Browser::start(320, 700, true, true).await;
    sign_in(&browser, &app, "drafter", &edit).await;
    type_after(&browser, "statement", "once a year", ", first").await;
    browser.wait_for_text("Kept as your working copy at").await;
    app.raw("UPDATE memberships SET role = 'observer' WHERE role = 'drafter'").unwrap();
    type_after(&browser, "statement", ", first", ", second").await;
    browser.wait_for_text("you can no longer write in this text").await;
    is_well_made(&browser).await;
    let left = "return Object.keys(localStorage).filter(it => it.startsWith('primum'))";
    assert_eq!(browser.run(left).await, json!([]), "the server has it");
    browser.click_link("Have it back").await;
    browser.wait_for_text("You no longer have the right to write in this text.").await;
    let text = browser.run("return document.querySelector('main').textContent").await;
    assert!(text.as_str().unwrap_or_default().contains(", first, second"), "{text}");
    is_well_made(&browser).await;
    browser.goto(&format!("{}/desk", app.origin)).await;
    browser.wait_for_text("It cannot be saved there any more").await;
    is_well_made(&browser).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_session_expires_in_between() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    for scripts in [true, false] {
        let browser = Browser::start(375, 800, scripts, false).await;
        sign_in(&browser, &app, "drafter", &edit).await;
        app.raw("UPDATE sessions SET expires_at = '2020-01-01 00:00:00'").unwrap();
        browser.run("document.getElementById('statement').value += '\\nAn hour’s <work>.'").await;
        browser.fill("What changed in this revision", "Worked").await;
        push(&browser, "Save revision 2").await;
        browser.wait_for_text("Nothing you typed is lost").await;
        if scripts {
            is_well_made(&browser).await;
        }
        give_password(&browser, "drafter").await;
        browser.wait_for_url("/edit?done=parked").await;
        assert!(value(&browser, "statement").await.contains("An hour’s <work>."));
        let text = cast::sign_in(&app, "observer").await.get(&page).await;
        text.hides("hour’s");
        push(&browser, "Throw it away").await;
        browser.wait_for_url("/edit?done=discarded").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn without_scripts_everything_is_there() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let browser = Browser::start(320, 700, false, false).await;
    sign_in(&browser, &app, "chair", &edit).await;
    // axe-core itself needs the page's timers.
    browser.no_horizontal_scroll().await;
    browser.fill("Recommendation", "Only begun [here].").await;
    push(&browser, "Preview").await;
    let shown = "document.querySelector('.preview .bracket')?.textContent === '[here]'";
    wait_until(&browser, "a preview", shown).await;
    push(&browser, "Keep and go on later").await;
    browser.wait_for_text("Only you can see it").await;
    let drafter = cast::sign_in(&app, "drafter").await;
    let theirs = TEXT.replace("offline", "good");
    drafter.submit_and_follow(&edit, &edit, &cast::revision("1", &theirs)).await;
    browser.goto(&format!("{}{edit}", app.origin)).await;
    browser.wait_for_text("You have unsaved text of").await;
    browser.fill("Recommendation", &TEXT.replace("offline", "tested")).await;
    browser.fill("What changed in this revision", "Tested").await;
    push(&browser, "Save revision 2").await;
    browser.wait_for_text("Decision 1").await;
    browser.no_horizontal_scroll().await;
    browser.run("document.getElementById('mine-1').checked = true").await;
    browser.run("document.querySelector('[id=\"choice-2\"] input')?.click()").await;
    push(&browser, "Save the merged text as revision 3").await;
    browser.wait_for_text("tested backups").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn the_editor_helps_who_knows_no_markdown() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let browser = Browser::start(1280, 900, true, false).await;
    sign_in(&browser, &app, "drafter", &edit).await;
    is_well_made(&browser).await;
    // By keyboard alone: bold, kept, and out of the field again.
    let choose = "const it = document.getElementById('statement'); it.focus();
        it.setSelectionRange(0, 9)";
    browser.run(choose).await;
    press(&browser, "b", 66, true).await;
    assert!(value(&browser, "statement").await.starts_with("**Hospitals** keep"));
    press(&browser, "s", 83, true).await;
    browser.wait_for_text("Kept as your working copy at").await;
    wait_until(
        &browser,
        "a preview",
        "document.querySelector('.preview strong')?.textContent === 'Hospitals'",
    )
    .await;
    press(&browser, "Tab", 9, false).await;
    let left = browser.run("return document.activeElement.id !== 'statement'").await;
    assert_eq!(left, json!(true), "Tab leaves the field");
    // Every tool does something that undo takes back.
    browser.run("document.getElementById('rationale').focus()").await;
    for (tool, made) in [
        ("list", "- Because"),
        ("numbers", "1. Because"),
        ("quote", "> Because"),
        ("heading", "## Because"),
        ("italic", "**"),
        ("bracket", "[]"),
        ("link", "](https://)"),
        ("table", "| --- |"),
    ] {
        let before = value(&browser, "rationale").await;
        browser.run("document.getElementById('rationale').setSelectionRange(0, 0)").await;
        browser.run(&format!("document.querySelector('[data-md={tool}]').click()")).await;
        let after = value(&browser, "rationale").await;
        assert!(after.contains(made), "{tool}: {after}");
        browser.run("document.execCommand('undo')").await;
        assert_eq!(value(&browser, "rationale").await, before, "{tool} undone");
    }
    // Paste from Word, in one step; what was left out is said.
    let html = "<html><body><p class=MsoNormal>Pasted <b>words</b></p><p class=MsoListParagraph \
        style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp; </span>one</p>\
        <img src=x></body></html>";
    browser
        .run(&format!(
            "const it = document.getElementById('rationale'); it.focus();
             it.setSelectionRange(it.value.length, it.value.length);
             const clipboardData = new DataTransfer();
             clipboardData.setData('text/html', {}); clipboardData.setData('text/plain', 'x');
             it.dispatchEvent(new ClipboardEvent('paste',
                 {{ clipboardData, bubbles: true, cancelable: true }}));",
            json!(html)
        ))
        .await;
    browser.wait_for_text("Left out: 1 image").await;
    assert!(value(&browser, "rationale").await.contains("Pasted **words**\n\n- one"));
    browser.run("document.execCommand('undo')").await;
    assert!(!value(&browser, "rationale").await.contains("Pasted"));
    // The outline jumps to a heading as it is typed.
    type_after(&browser, "rationale", "", "## How it works\n\n").await;
    browser.click_link("How it works").await;
    assert_eq!(browser.run("return document.activeElement.id").await, json!("rationale"));
    let small = Browser::start(320, 700, true, true).await;
    sign_in(&small, &app, "drafter", &edit).await;
    is_well_made(&small).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn on_a_phone_the_text_itself_is_on_the_first_screen() {
    let app = TestApp::start(Engine::Sqlite).await;
    cast::add_all(&app);
    let drafter = cast::sign_in(&app, "drafter").await;
    let title = "Keep what a hospital needs for three days on paper, and practise its use";
    let page = format!("/drafts/{}", cast::draft(&drafter, title, TEXT).await);
    // Somebody else writes, and somebody reads: the head is as full as it gets.
    drafter.submit(&page, &format!("{page}/pen/taking"), &[]).await;
    for (scripts, width, height) in [(true, 375, 667), (false, 375, 667)] {
        let phone = Browser::start(width, height, scripts, false).await;
        sign_in(&phone, &app, "chair", &page).await;
        let top = "return document.querySelector('.oath .prose').getBoundingClientRect().top";
        let top = phone.run(top).await.as_f64().unwrap();
        assert!(top < f64::from(height) * 0.85, "the text starts at {top} of {height}");
        assert!(phone.main_text().await.contains("holds the pen"));
        phone.no_horizontal_scroll().await;
        // The contents are folded there, and open beside the text.
        let open = "return document.querySelector('.contents-fold').open";
        assert_eq!(phone.run(open).await, json!(false));
    }
    let wide = Browser::start(1280, 800, true, false).await;
    sign_in(&wide, &app, "chair", &page).await;
    wait_until(&wide, "open contents", "document.querySelector('.contents-fold').open").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn what_was_saved_is_not_offered_again_as_never_arrived() {
    let (app, page) = room().await;
    let edit = format!("{page}/edit");
    let browser = Browser::start(1280, 900, true, false).await;
    sign_in(&browser, &app, "drafter", &edit).await;
    // Sooner than it is kept by itself.
    type_after(&browser, "statement", "once a year", ", in winter").await;
    browser.fill("What changed in this revision", "In winter").await;
    push(&browser, "Save revision 2").await;
    browser.wait_for_text("in winter").await;
    browser.goto(&format!("{}{edit}", app.origin)).await;
    wait_until(&browser, "an editor", "!document.querySelector('[data-tools]').hidden").await;
    let hidden = "return document.querySelector('[data-device]').hidden";
    assert_eq!(browser.run(hidden).await, json!(true), "{}", browser.main_text().await);
}
