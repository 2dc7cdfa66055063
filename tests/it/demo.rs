//! The real program, `primum demo`, with its invented dialogue: what the
//! public sees, and what it must not.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use crate::app::{Browser, Page};

/// A running demonstration, ended when dropped.
pub struct DemoServer {
    child: Child,
    pub origin: String,
}

impl DemoServer {
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_primum"))
            .args(["demo", "--listen", "127.0.0.1:0"])
            // Whatever the environment says, the demonstration uses nothing else.
            .env("PRIMUM_DATABASE_URL", "sqlite:/nowhere/at/all.sqlite")
            .env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.starts_with("Primum listens on "))
            .expect("the demonstration says when it is ready");
        // Reading on keeps the pipe open for what it may still print.
        std::thread::spawn(move || lines.for_each(drop));
        let origin = ready.rsplit(' ').next().unwrap().trim_end_matches('/').to_owned();
        Self { child, origin }
    }

    pub fn visitor(&self) -> Browser {
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Browser { client, origin: self.origin.clone() }
    }

    /// Signs in as the first of the cast with an address that holds `who`.
    pub async fn sign_in(&self, who: &str) -> Browser {
        let browser = self.visitor();
        let page = browser.get("/demo").await;
        let mark = format!("name=\"account\" value=\"{who}");
        let at = page.body.find(&mark).unwrap_or_else(|| panic!("no {who} in {}", page.body));
        let account = page.body[at..].split('"').nth(3).unwrap().to_owned();
        let csrf = page.hidden("csrf");
        let done = browser.post("/demo/sign-in", &[("csrf", &csrf), ("account", &account)]).await;
        assert_eq!((done.status, done.location()), (303, "/desk"), "{}", done.body);
        browser
    }
}

impl Drop for DemoServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Local links of a page.
fn links(page: &Page) -> Vec<String> {
    let hrefs = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs
        .filter(|href| href.starts_with('/') && !href.starts_with("//"))
        .map(|href| href.split('#').next().unwrap().replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

/// Every public page and file, from the two home pages on.
async fn crawl(visitor: &Browser) -> Vec<(String, Page)> {
    let mut waiting = vec!["/en/".to_owned(), "/cs/".to_owned()];
    let mut seen: Vec<(String, Page)> = Vec::new();
    while let Some(address) = waiting.pop() {
        if seen.iter().any(|(own, _)| *own == address) || address.starts_with("/static/") {
            continue;
        }
        let page = visitor.get(&address).await;
        if page.header("content-type").starts_with("text/html") && page.status == 200 {
            waiting.extend(links(&page));
        }
        seen.push((address, page));
    }
    seen
}

/// Names of the invented people and organisations.
fn cast_names() -> Vec<String> {
    let cast: toml::Table =
        include_str!("../../src/demo/content/cast.toml").parse().expect("the cast is TOML");
    ["organisation", "person"]
        .iter()
        .flat_map(|kind| cast[*kind].as_array().unwrap())
        .filter(|row| row.get("key").and_then(toml::Value::as_str) != Some("secretariat"))
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_face_is_whole_and_names_no_contributor() {
    let server = DemoServer::start();
    let visitor = server.visitor();
    let pages = crawl(&visitor).await;
    let names = cast_names();
    let drafting: Vec<String> = {
        let member = server.sign_in("ines").await;
        let mut found = Vec::new();
        for stage in ["draft", "open", "withdrawn"] {
            let list = member.get(&format!("/drafts?stage={stage}&track=&page=1")).await;
            for link in links(&list).into_iter().filter(|link| link.starts_with("/drafts/")) {
                let reference = link.rsplit('/').next().unwrap().to_owned();
                if reference.contains('-') && !found.contains(&reference) {
                    found.push(reference);
                }
            }
        }
        found
    };
    assert!(drafting.len() >= 8, "{drafting:?}");
    let mut entries = 0;
    for (address, page) in &pages {
        let member = ["/desk", "/demo", "/drafts", "/sign-in"];
        if member.iter().any(|own| address.starts_with(own)) {
            continue;
        }
        assert_eq!(page.status, 200, "{address} is linked and not there");
        for name in &names {
            assert!(!page.body.contains(name.as_str()), "{address} names {name}");
        }
        for reference in &drafting {
            assert!(!page.body.contains(reference.as_str()), "{address} shows {reference}");
        }
        let csp = page.header("content-security-policy");
        assert!(csp.starts_with("default-src 'none'"), "{address}: {csp}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
        assert!(page.header("set-cookie").is_empty(), "{address} sets a cookie");
        if page.header("content-type").starts_with("text/html") {
            assert!(!page.body.contains(" style="), "{address} has an inline style");
            entries += usize::from(address.starts_with("/en/editions/1/") && address.contains('-'));
        }
    }
    assert!(entries >= 15, "{entries} entries");
    assert!(pages.len() > 80, "only {} addresses", pages.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_editions_hash_is_the_manifests() {
    let server = DemoServer::start();
    let visitor = server.visitor();
    let manifest = visitor.get("/editions/1/manifest.json").await;
    assert_eq!(manifest.status, 200);
    let hash = primum::secrets::sha256_hex(manifest.body.as_bytes());
    visitor.get("/en/editions/1").await.shows(&hash);
    let parsed: serde_json::Value = serde_json::from_str(&manifest.body).unwrap();
    assert_eq!(parsed["format"], "primum-edition/1");
    let canonical = serde_json_canonicalizer::to_string(&parsed).unwrap();
    assert_eq!(canonical, manifest.body, "RFC 8785");
    let entries = parsed["entries"].as_array().unwrap();
    assert!(entries.len() >= 15);
    for entry in entries {
        let reference = entry["reference"].as_str().unwrap();
        let file = visitor.get(&format!("/editions/1/{reference}.json")).await;
        let own = primum::secrets::sha256_hex(file.body.as_bytes());
        assert_eq!(entry["sha256"], own.as_str(), "{reference}");
    }
}

/// The text of a body that came in a coding.
fn unpacked(coding: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_string(&mut text),
        _ => brotli::Decompressor::new(bytes, 4096).read_to_string(&mut text),
    }
    .unwrap();
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn public_pages_are_cached_and_the_same_for_all() {
    let server = DemoServer::start();
    let visitor = server.visitor();
    let member = server.sign_in("ines").await;
    for address in ["/en/", "/cs/editions/1", "/en/recommendations", "/editions/1.json"] {
        let plain = visitor.get(address).await;
        assert_eq!(plain.body, member.get(address).await.body, "{address}");
        assert_eq!(plain.header("cache-control"), "no-cache");
        assert_eq!(plain.header("vary"), "Accept-Encoding");
        let url = format!("{}{address}", server.origin);
        let mut tags = vec![plain.header("etag").to_owned()];
        for coding in ["gzip", "br"] {
            let request = visitor.client.get(&url).header("Accept-Encoding", coding);
            let response = request.send().await.unwrap();
            assert_eq!(response.headers()["content-encoding"], coding);
            let tag = response.headers()["etag"].to_str().unwrap().to_owned();
            assert!(tag.starts_with('"') && tag.ends_with('"'), "strong: {tag}");
            assert!(!tags.contains(&tag), "a tag for each coding");
            let packed = response.bytes().await.unwrap();
            assert_eq!(unpacked(coding, &packed), plain.body, "{address} in {coding}");
            let again = visitor
                .client
                .get(&url)
                .header("Accept-Encoding", coding)
                .header("If-None-Match", &tag)
                .send()
                .await
                .unwrap();
            assert_eq!(again.status(), 304);
            assert!(again.bytes().await.unwrap().is_empty());
            tags.push(tag);
        }
    }
    let short = visitor.get("/tracks/resilience").await;
    assert_eq!((short.status, short.header("vary")), (302, "Accept-Language"));
    let request = visitor.client.get(format!("{}/editions", server.origin));
    let czech = visitor.read(request.header("Accept-Language", "cs,en;q=0.5")).await;
    assert_eq!(czech.location(), "/cs/editions");
}
