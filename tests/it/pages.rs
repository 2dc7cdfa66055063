//! Every page there is: small enough, valid HTML, nothing for axe-core to say
//! at either width, in both themes and both directions.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;

use crate::app::Page;
use crate::browser;
use crate::tour::{self, Stop, Tour};

/// What a reader on a thin line waits for: look.md.
const PAGE_BYTES: usize = 30 * 1024;
const STYLE_BYTES: usize = 12 * 1024;
const SCRIPT_BYTES: usize = 12 * 1024;

impl Tour {
    /// Every page as it is sent, in the order of the people who read them.
    async fn pages(&self) -> Vec<(&Stop, Page)> {
        let mut visitor = (None, self.app.visitor());
        let mut pages = Vec::new();
        for stop in &self.stops {
            if visitor.0 != stop.who {
                let who = stop.who.expect("the public comes first");
                visitor = (stop.who, tour::sign_in(&self.app, who).await);
            }
            let mut reader = visitor.1.clone();
            reader.origin.clone_from(&self.home(stop).origin);
            let page = match &stop.sent {
                None => reader.get(&stop.address).await,
                Some(sent) => {
                    let fields =
                        sent.fields.iter().map(|(name, own)| (name.as_str(), own.as_str()));
                    let fields: Vec<_> = fields.collect();
                    let page = reader.submit(&sent.from, &stop.address, &fields).await;
                    page.shows(sent.shows);
                    page
                }
            };
            assert_eq!(page.status, stop.status, "{stop:?}: {}", page.body);
            pages.push((stop, page));
        }
        pages
    }
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    coder.write_all(bytes).unwrap();
    coder.finish().unwrap().len()
}

fn is_html(page: &Page) -> bool {
    page.header("content-type").starts_with("text/html")
}

/// What no page may do, whatever it says.
fn faults(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let body = &page.body;
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for id in body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        *ids.entry(id).or_default() += 1;
    }
    found
        .extend(ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| format!("two of #{id}")));
    for mark in [" for=\"", "href=\"#", "aria-labelledby=\"", "aria-describedby=\""] {
        let values = body.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        for own in values.flat_map(str::split_whitespace) {
            if !ids.contains_key(own) {
                found.push(format!("{mark}{own} leads nowhere"));
            }
        }
    }
    if body.matches("<h1").count() != 1 {
        found.push("not one h1".to_owned());
    }
    if body.contains("{{") || body.contains("No localization for id") {
        found.push("a key instead of words".to_owned());
    }
    found
}

/// What no answer may lack: what is everybody's may be kept and asked after,
/// what is somebody's is kept nowhere.
fn head_faults(stop: &Stop, page: &Page) -> Vec<String> {
    let address = stop.address.as_str();
    let public = stop.who.is_none()
        && ["/en/", "/cs/", "/editions/", "/workshops/"].iter().any(|own| address.starts_with(own));
    let wanted = [
        ("cache-control", if public { "no-cache" } else { "no-store" }),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ];
    let mut found = Vec::new();
    for (name, value) in wanted {
        if page.header(name) != value {
            found.push(format!("{name} is {:?}", page.header(name)));
        }
    }
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
        if !policy.contains(part) || policy.contains("unsafe") {
            found.push(format!("the policy is {policy:?}"));
        }
    }
    if public && !page.header("set-cookie").is_empty() {
        found.push("sets a cookie for everybody".to_owned());
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_answers_and_is_small() {
    let tour = tour::start().await;
    assert!(tour.stops.len() > 90, "only {} pages", tour.stops.len());
    let mut heaviest = (0, String::new());
    let mut found = Vec::new();
    for (stop, page) in tour.pages().await {
        let heads = head_faults(stop, &page).into_iter();
        found.extend(heads.map(|fault| format!("{} as {:?}: {fault}", stop.address, stop.who)));
        if !is_html(&page) {
            continue;
        }
        found.extend(faults(&page).into_iter().map(|fault| format!("{}: {fault}", stop.address)));
        let demonstration = page.body.contains("class=\"bar bar-demo\"");
        let ours = tour.home(stop).origin == tour.app.origin;
        assert_eq!(demonstration, ours, "{}: the bar of the demonstration", stop.address);
        let size = gzipped(page.body.as_bytes());
        heaviest = heaviest.max((size, stop.address.clone()));
    }
    assert_eq!(found, Vec::<String>::new());
    println!("heaviest page: {} at {} bytes gzipped", heaviest.1, heaviest.0);
    assert!(heaviest.0 <= PAGE_BYTES, "{heaviest:?}");

    let home = tour.app.visitor().get("/en/").await.body;
    let room = tour::sign_in(&tour.app, tour::CHAIR).await;
    let draft = room.get(&format!("/drafts/{}", tour::TEXT)).await.body;
    let (mut styles, mut scripts) = (BTreeMap::new(), BTreeMap::new());
    for page in [&home, &draft] {
        for address in page.split('"').filter(|part| part.starts_with("/static/")) {
            let file = address.split('?').next().unwrap();
            let is = |ending: &str| file.ends_with(ending);
            if is(".css") || is(".js") {
                let size = gzipped(room.get(address).await.body.as_bytes());
                let list = if is(".css") { &mut styles } else { &mut scripts };
                list.insert(file.to_owned(), size);
            }
        }
    }
    println!("styles {styles:?}, scripts {scripts:?} bytes gzipped");
    assert!(styles.len() == 2 && styles.values().all(|own| *own <= STYLE_BYTES), "{styles:?}");
    assert!(styles.values().sum::<usize>() <= STYLE_BYTES + 4096, "{styles:?}");
    assert!(scripts.values().sum::<usize>() <= SCRIPT_BYTES, "{scripts:?}");
}

/// The validator says nothing of any page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs html-validate"]
async fn every_page_is_valid_html() {
    let tour = tour::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut written = BTreeMap::new();
    for (stop, page) in tour.pages().await.into_iter().filter(|(_, page)| is_html(page)) {
        let name = format!("{:03}.html", written.len());
        std::fs::write(folder.path().join(&name), &page.body).unwrap();
        written.insert(name, format!("{} as {:?}", stop.address, stop.who));
    }
    let said = validate(folder.path());
    let named = written.iter().fold(said, |said, (name, stop)| said.replace(name, stop));
    assert_eq!(named, "", "html-validate");

    // The gate can fail.
    let bad = folder.path().join("bad.html");
    std::fs::write(bad, "<!DOCTYPE html><html lang=en><title>x</title><p><div></div></p>").unwrap();
    assert!(validate(folder.path()).contains("bad.html"));
}

/// What html-validate says of a folder of pages; nothing when it is content.
fn validate(folder: &std::path::Path) -> String {
    let program = std::env::var("PRIMUM_TEST_HTML_VALIDATE")
        .expect("PRIMUM_TEST_HTML_VALIDATE, see tests/all.sh");
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/html-validate.json");
    let output = Command::new(program)
        .args(["--formatter", "text", "--config", config])
        .arg(folder)
        .output()
        .expect("html-validate runs");
    let said = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() || !said.is_empty(), "html-validate: {complaint}");
    said
}

/// Where a page is looked at: width, dark, right to left, and the rules of
/// axe-core that can tell the difference; none means all of them.
const VIEWS: &[(u32, bool, bool, &[&str])] = &[
    (1280, false, false, &[]),
    (1280, true, false, &["color-contrast"]),
    (375, false, true, &["color-contrast", "target-size"]),
    (320, true, true, &[]),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn axe_finds_nothing_on_any_page_and_none_scrolls_sideways() {
    let tour = tour::start().await;
    // The same text for two people looks the same to axe-core often enough,
    // but what they may do on it differs: all are looked at.
    let pages: Vec<&Stop> = {
        let pages = tour.pages().await;
        pages.into_iter().filter(|(_, page)| is_html(page)).map(|(stop, _)| stop).collect()
    };
    let browser = browser::Browser::start(1280, 900, true, false).await;
    let mut who = None;
    let mut found = Vec::new();
    for stop in pages {
        if who != stop.who {
            who = stop.who;
            let account = who.expect("the public comes first");
            browser.goto(&format!("{}/demo", tour.app.origin)).await;
            let choose = format!(
                "document.querySelector('input[value=\"{account}\"]').form.requestSubmit()"
            );
            browser.run(&choose).await;
            browser.wait_for_url("/desk").await;
        }
        let origin = &tour.home(stop).origin;
        match &stop.sent {
            None => browser.goto(&format!("{origin}{}", stop.address)).await,
            Some(sent) => {
                browser.goto(&format!("{origin}{}", sent.from)).await;
                browser.send(&stop.address, &sent.fields).await;
                let page = browser.run("return document.documentElement.outerHTML").await;
                let page = page.as_str().unwrap_or_default();
                assert!(page.contains(sent.shows), "{}: no {:?}", stop.address, sent.shows);
            }
        }
        browser.load_axe().await;
        for (width, dark, right_to_left, rules) in VIEWS {
            browser.view(*width, 900, *dark, *right_to_left).await;
            let view = format!(
                "{}{} as {:?} at {width}{}{}",
                stop.address,
                stop.sent.as_ref().map_or(String::new(), |sent| format!(" ({})", sent.shows)),
                stop.who,
                if *dark { " dark" } else { "" },
                if *right_to_left { " right to left" } else { "" },
            );
            found.extend(browser.axe_says(rules).await.iter().map(|own| format!("{view}: {own}")));
            found.extend(browser.too_wide().await.iter().map(|own| format!("{view}: wide: {own}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
