//! The browser itself, tried on a small page of its own.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

const PAGE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Page</title>
    <script src=/go.js defer></script></head>
    <body><main><h1>Hello</h1><noscript>Without scripts</noscript>
    <form><label for=name>Your  name</label><input id=name name=name value=old>
    <label>Why <textarea name=why></textarea></label>
    <button type=submit>Save
       it</button></form><button id=go type=button>Go</button>
    <p id=out></p><p><a href=/?wide>Wider</a></p>WIDE</main></body></html>";
const SCRIPT: &str = "document.getElementById('go').onclick = () => setTimeout(() => {
    document.getElementById('out').textContent = 'clicked in ' + (matchMedia(
        '(prefers-color-scheme: dark)').matches ? 'the dark' : 'the light'); }, 200);";

/// Serves the page and its script until the test ends.
async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let wide =
                    "<div id=wide style='width:900px;color:#ccc'>Too wide and too pale</div>";
                let (kind, body) = if request.starts_with("GET /go.js") {
                    ("text/javascript", SCRIPT.to_owned())
                } else if request.starts_with("GET /?wide") {
                    ("text/html", PAGE.replace("WIDE", wide))
                } else {
                    ("text/html", PAGE.replace("WIDE", ""))
                };
                let policy = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'";
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
                     Content-Security-Policy: {policy}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
            });
        }
    });
    address
}

#[tokio::test]
#[ignore = "needs Chromium"]
async fn a_page_is_read_and_used_like_by_a_person() {
    let (browser, address) = (Browser::start(360, 800, true, true).await, serve().await);
    browser.goto(&address).await;
    assert_eq!(browser.run("return [innerWidth, innerHeight]").await, json!([360, 800]));
    browser.no_horizontal_scroll().await;
    browser.click_button("Go").await;
    browser.wait_for_text("clicked in the dark").await;
    assert!(!browser.main_text().await.contains("Without scripts"));
    browser.fill("Your name", "Žofie").await;
    browser.fill("Why", "because").await;
    assert_eq!(browser.value("Your name").await, "Žofie");
    browser.click_button("Save it").await;
    browser.wait_for_url("/?name=%C5%BDofie&why=because").await;

    let picture = std::fs::read(browser.screenshot("browser-smoke").await).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    assert_eq!(browser.axe().await, Vec::<String>::new());

    browser.click_link("Wider").await;
    browser.wait_for_text("Too wide").await;
    assert_eq!(browser.too_wide().await.len(), 1);
    let faults = browser.axe().await;
    assert!(faults.iter().any(|it| it.starts_with("color-contrast")), "{faults:?}");
}

#[tokio::test]
#[ignore = "needs Chromium"]
async fn a_page_works_without_scripts_and_nothing_stays_behind() {
    let (browser, address) = (Browser::start(1280, 900, false, false).await, serve().await);
    browser.goto(&address).await;
    assert!(browser.main_text().await.contains("Without scripts"));
    browser.click_button("Go").await;
    browser.fill("Your name", "Ada").await;
    browser.click_button("Save it").await;
    browser.wait_for_url("/?name=Ada&why=").await;
    assert!(!browser.main_text().await.contains("clicked"));

    let (profile, driver) = (browser.profile.path().to_owned(), browser.driver.process.id());
    assert!(!processes_naming(&profile).is_empty());
    drop(browser);
    assert_eq!(processes_naming(&profile), Vec::<String>::new());
    assert!(!Path::new(&format!("/proc/{driver}")).exists());
    assert!(!profile.exists());
}
