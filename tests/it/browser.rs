//! A real browser: headless Chromium, driven as a person would, by what stands on the page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

mod tests;

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    // Chromium ends when the pipe to its driver breaks, however the driver ended.
    "--remote-debugging-pipe",
];

/// How long something may take to appear on a page.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

fn tries() -> std::ops::Range<u128> {
    0..PATIENCE.as_millis() / PAUSE.as_millis()
}

/// One Chromium with a profile of its own; it and its driver end when this is dropped.
pub struct Browser {
    page: WebDriver,
    driver: Driver,
    profile: tempfile::TempDir,
}

impl Browser {
    /// Width and height are those of the page in CSS pixels.
    pub async fn start(width: u32, height: u32, javascript: bool, dark: bool) -> Self {
        let driver = Driver::start();
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut wishes = DesiredCapabilities::chrome();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let size = format!("--window-size={width},{height}");
        for flag in FLAGS.iter().copied().chain([folder.as_str(), size.as_str()]) {
            wishes.add_arg(flag).expect("a flag");
        }
        if !javascript {
            let off = json!({ "profile.managed_default_content_settings.javascript": 2 });
            wishes.add_experimental_option("prefs", off).expect("preferences");
        }
        let page = WebDriver::new(format!("http://127.0.0.1:{}", driver.port), wishes)
            .await
            .expect("a Chromium that chromedriver can start");
        let browser = Self { page, driver, profile };
        browser.look(width, height, dark).await;
        browser
    }

    /// Changes the size of the page, in CSS pixels, and the theme asked for.
    async fn look(&self, width: u32, height: u32, dark: bool) {
        // A window cannot be narrower than 500 pixels, a page can.
        let screen = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.command("Emulation.setDeviceMetricsOverride", screen).await;
        let scheme = if dark { "dark" } else { "light" };
        // Colours that are on their way would be judged half-way.
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command("Emulation.setEmulatedMedia", media).await;
    }

    /// Looks at the page that is open in another way.
    pub async fn view(&self, width: u32, height: u32, dark: bool, right_to_left: bool) {
        self.look(width, height, dark).await;
        let direction = if right_to_left { "rtl" } else { "ltr" };
        self.run(&format!("document.documentElement.dir = '{direction}'")).await;
    }

    /// Asks servers for pages in this language from now on.
    pub async fn prefer(&self, language: &str) {
        self.command("Network.enable", json!({})).await;
        let headers = json!({ "headers": { "Accept-Language": language } });
        self.command("Network.setExtraHTTPHeaders", headers).await;
    }

    pub async fn goto(&self, url: &str) {
        self.page.goto(url).await.expect("the page opens");
    }

    pub async fn url(&self) -> String {
        self.page.current_url().await.expect("an address").to_string()
    }

    /// Clicks the button that reads so; waits for it to appear.
    pub async fn click_button(&self, text: &str) {
        self.click("button, summary, [role=button]", text).await;
    }

    /// Follows the link that reads so; waits for it to appear.
    pub async fn click_link(&self, text: &str) {
        self.click("a[href]", text).await;
    }

    async fn click(&self, selector: &str, text: &str) {
        let mut seen = Vec::new();
        for _ in tries() {
            seen.clear();
            for element in self.page.find_all(By::Css(selector)).await.expect("elements") {
                // An element may go away while we read it: then it is not the one.
                let shown = element.text().await.unwrap_or_default();
                if one_line(&shown) == text {
                    // At once: a click does not wait for a smooth scroll.
                    let script =
                        "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
                    let target = element.to_json().expect("an element");
                    self.page.execute(script, vec![target]).await.expect("it scrolls");
                    element.click().await.expect("it can be clicked");
                    return;
                }
                seen.push(shown);
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: nothing to click reads “{text}”, only {seen:?}", self.url().await);
    }

    /// Replaces what stands in the field with this label; waits for it to appear.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.expect("the field can be emptied");
        field.send_keys(text).await.expect("the field takes text");
    }

    /// What stands in the field with this label.
    pub async fn value(&self, label: &str) -> String {
        let field = self.field(label).await;
        field.value().await.expect("a field").unwrap_or_default()
    }

    async fn field(&self, label: &str) -> WebElement {
        let mut seen = Vec::new();
        for _ in tries() {
            seen.clear();
            for element in self.page.find_all(By::Tag("label")).await.expect("labels") {
                let shown = element.text().await.unwrap_or_default();
                if one_line(&shown) == label {
                    let target = element.attr("for").await.expect("an attribute");
                    let found = match target {
                        Some(id) => self.page.find(By::Id(id)).await,
                        None => element.find(By::Css("input, textarea, select")).await,
                    };
                    return found.unwrap_or_else(|_| panic!("“{label}” labels no field"));
                }
                seen.push(shown);
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: no field is labelled “{label}”, only {seen:?}", self.url().await);
    }

    /// Clicks the first element that this CSS selector finds and a person sees.
    pub async fn follow(&self, selector: &str) {
        for _ in tries() {
            for element in self.page.find_all(By::Css(selector)).await.expect("elements") {
                if element.click().await.is_ok() {
                    return;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: nothing to click is {selector}", self.url().await);
    }

    /// Puts a value into the field with this name, as typing it would; also a
    /// time, which every browser wants typed in another way.
    pub async fn set(&self, name: &str, value: &str) {
        let selector = format!("main form [name='{name}']");
        let field = self.find(&selector).await;
        if field.attr("type").await.ok().flatten().as_deref() == Some("datetime-local") {
            let script = "arguments[0].value = arguments[1];";
            let field = field.to_json().expect("an element");
            self.page.execute(script, vec![field, json!(value)]).await.expect("a value");
        } else {
            field.clear().await.expect("the field can be emptied");
            field.send_keys(value).await.expect("the field takes text");
        }
    }

    /// Chooses the option that reads so in the list with this name.
    pub async fn choose(&self, name: &str, option: &str) {
        let list = self.find(&format!("main form select[name='{name}']")).await;
        for own in list.find_all(By::Tag("option")).await.expect("options") {
            if one_line(&own.text().await.unwrap_or_default()) == option {
                own.click().await.expect("it can be chosen");
                return;
            }
        }
        panic!("{}: {name} offers no “{option}”", self.url().await);
    }

    async fn find(&self, selector: &str) -> WebElement {
        for _ in tries() {
            if let Ok(found) = self.page.find(By::Css(selector)).await {
                return found;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: there is no {selector}", self.url().await);
    }

    /// Waits until nothing on the page is this.
    pub async fn wait_for_gone(&self, selector: &str) {
        for _ in tries() {
            if self.page.find(By::Css(selector)).await.is_err() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: {selector} is still there", self.url().await);
    }

    /// Where links lead, as they stand in the page.
    pub async fn hrefs(&self, selector: &str) -> Vec<String> {
        let mut found = Vec::new();
        for element in self.page.find_all(By::Css(selector)).await.expect("elements") {
            found.extend(element.attr("href").await.expect("an attribute"));
        }
        found
    }

    /// Types where the focus is; `\n` is Enter.
    pub async fn keys(&self, text: &str) {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                let enter = self.page.action_chain().send_keys(Key::Enter);
                enter.perform().await.expect("Enter");
            }
            if !line.is_empty() {
                let typed = self.page.action_chain().send_keys(line);
                typed.perform().await.expect("keys");
            }
        }
    }

    /// Presses Tab until the focus is on what this CSS selector finds, and
    /// sees the focus at every stop on the way.
    pub async fn tab_to(&self, selector: &str) {
        let script = "const at = document.activeElement;
            const style = getComputedStyle(at);
            const seen = at.matches('body, main') || style.outlineStyle !== 'none';
            return [at.matches(arguments[0]), seen, at.outerHTML.slice(0, 120)];";
        let mut stops = Vec::new();
        for _ in 0..200 {
            let answer = self.page.execute(script, vec![json!(selector)]).await;
            let answer = answer.expect("the focus").json().clone();
            let stop = answer[2].as_str().unwrap_or_default().to_owned();
            assert!(answer[1] == json!(true), "no focus to be seen on {stop}");
            if answer[0] == json!(true) {
                return;
            }
            stops.push(stop);
            self.page.action_chain().send_keys(Key::Tab).perform().await.expect("Tab");
        }
        panic!("{}: Tab does not lead to {selector}, only to {stops:#?}", self.url().await);
    }

    /// What a person reads in the main part of the page.
    pub async fn main_text(&self) -> String {
        self.try_main_text().await.expect("a page with a main element")
    }

    /// None while one page gives way to the next.
    async fn try_main_text(&self) -> Option<String> {
        // Not WebDriver's own text: that leaves out `noscript`, shown or not.
        let script = "return document.querySelector('main')?.innerText ?? null";
        Some(self.page.execute(script, vec![]).await.ok()?.json().as_str()?.to_owned())
    }

    /// Waits until the main part of the page contains this text.
    pub async fn wait_for_text(&self, text: &str) {
        for _ in tries() {
            if self.try_main_text().await.is_some_and(|shown| shown.contains(text)) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{}: no “{text}” in:\n{}", self.url().await, self.main_text().await);
    }

    /// Sends fields with the tokens of the page that is open, as a form on it
    /// would; waits for the page that answers.
    pub async fn send(&self, action: &str, fields: &[(String, String)]) {
        let script = "const [action, fields] = arguments;
            const form = document.createElement('form');
            Object.assign(form, { action, method: 'post' });
            const token = name => document.querySelector(`main input[name=${name}]`);
            const tokens = ['csrf', 'once'].map(token).filter(Boolean);
            for (const [name, value] of [...tokens.map(it => [it.name, it.value]), ...fields]) {
                const field = document.createElement('textarea');
                Object.assign(field, { name, value });
                form.append(field);
            }
            document.body.append(form);
            document.documentElement.dataset.left = '';
            HTMLFormElement.prototype.submit.call(form);";
        let arguments = vec![json!(action), json!(fields)];
        self.page.execute(script, arguments).await.expect("the form is sent");
        let there = "return document.readyState === 'complete'
            && !('left' in document.documentElement.dataset)";
        for _ in tries() {
            // Between two pages there is none to ask.
            let answer = self.page.execute(there, vec![]).await;
            if answer.is_ok_and(|own| *own.json() == json!(true)) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{action} has not answered: {}", self.main_text().await);
    }

    /// Waits until the address of the page ends so, as after a form was sent.
    pub async fn wait_for_url(&self, ending: &str) {
        for _ in tries() {
            if self.url().await.ends_with(ending) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{} does not end with {ending}", self.url().await);
    }

    /// Waits until the address of the page is this path, whatever follows it.
    pub async fn wait_for_path(&self, path: &str) {
        for _ in tries() {
            let url = self.url().await;
            if url.split(['?', '#']).next().is_some_and(|own| own.ends_with(path)) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{} is not {path}: {}", self.url().await, self.main_text().await);
    }

    /// Runs a script in the page (also where the page itself may run none).
    pub async fn run(&self, script: &str) -> Value {
        self.page.execute(script, vec![]).await.expect("the script runs").json().clone()
    }

    /// The whole page, to `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&path).expect("a folder for screenshots");
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.command("Page.captureScreenshot", whole).await;
        let picture = picture["data"].as_str().expect("a picture");
        let picture = base64::engine::general_purpose::STANDARD.decode(picture).expect("base64");
        let path = path.join(format!("{name}.png"));
        std::fs::write(&path, picture).expect("the screenshot is written");
        path
    }

    /// What axe-core holds against the page, one line a violation; empty is good.
    pub async fn axe(&self) -> Vec<String> {
        self.load_axe().await;
        self.axe_says(&[]).await
    }

    /// Brings axe-core into the page that is open.
    pub async fn load_axe(&self) {
        let path = std::env::var("PRIMUM_TEST_AXE").expect("PRIMUM_TEST_AXE, see tests/all.sh");
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        // The driver's scripts are not under the page's Content-Security-Policy.
        self.page.execute(axe, vec![]).await.expect("axe-core loads");
    }

    /// As [`Browser::axe`] where it was loaded; of some of its rules, or of all.
    pub async fn axe_says(&self, rules: &[&str]) -> Vec<String> {
        let only = json!({ "type": "rule", "values": rules });
        let mut options = json!({ "resultTypes": ["violations"] });
        if !rules.is_empty() {
            options["runOnly"] = only;
        }
        let script = "const [options, done] = arguments;
            axe.run(document, options).then(
                result => done(result.violations.map(it => `${it.id} (${it.impact}): ${it.help}: `
                    + it.nodes.map(node => node.target.join(' ')).join(', '))),
                error => done([`axe-core failed: ${error}`]));";
        let found = self.page.execute_async(script, vec![options]).await.expect("axe-core runs");
        found.convert().expect("a list of violations")
    }

    /// Fails if the page is wider than its window, naming what sticks out.
    pub async fn no_horizontal_scroll(&self) {
        let wide = self.too_wide().await;
        assert!(wide.is_empty(), "{} scrolls sideways: {wide:?}", self.url().await);
    }

    /// What sticks out of the page to the side.
    pub async fn too_wide(&self) -> Vec<String> {
        let script = "const width = document.documentElement.clientWidth;
            if (document.scrollingElement.scrollWidth <= width) return [];
            const wide = [...document.body.querySelectorAll('*')]
                .filter(it => it.getBoundingClientRect().right > width + 0.5
                    || it.getBoundingClientRect().left < -0.5)
                .map(it => it.cloneNode(false).outerHTML);
            return wide.length ? wide : ['the page itself'];";
        serde_json::from_value(self.run(script).await).expect("a list")
    }

    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        let answer = self.page.cdp().send_raw(name, parameters).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// Text as a person sees it: one space where the source has any white space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends Chromium when it ends the session, and Chromium ends anyway once its
        // driver is gone. No runtime is needed here, which a drop may not have.
        let _ = self.driver.end_session(&self.page.session_id().to_string());
        let _ = self.page.clone().leak();
        self.driver.stop();
        wait_until_unused(self.profile.path());
    }
}

/// A chromedriver process. It chooses its own port, so that no other program can take it first.
struct Driver {
    process: Child,
    port: u16,
    /// Kept open: the driver may go on writing to it.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    fn start() -> Self {
        let program = std::env::var_os("PRIMUM_TEST_CHROMEDRIVER");
        let mut process = Command::new(program.unwrap_or_else(|| "chromedriver".into()))
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver on PATH or in PRIMUM_TEST_CHROMEDRIVER");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            let length = output.read_line(&mut line).expect("a line of chromedriver");
            assert_ne!(length, 0, "chromedriver ended before it listened");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim().trim_end_matches('.').parse().expect("a port");
            }
        };
        Self { process, port, _output: output }
    }

    fn end_session(&self, session: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
        stream.read_exact(&mut [0]) // the answer comes when Chromium has ended
    }

    fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Chromium's last processes may write to the profile for a moment: then it cannot be removed.
fn wait_until_unused(profile: &Path) {
    for _ in 0..100 {
        if processes_naming(profile).is_empty() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // Exactly ours: no other process was started with this profile.
    for id in processes_naming(profile) {
        let _ = Command::new("kill").arg("-KILL").arg(id).status();
    }
}

fn processes_naming(profile: &Path) -> Vec<String> {
    let Ok(processes) = Path::new("/proc").read_dir() else { return Vec::new() };
    let profile = profile.to_string_lossy();
    processes
        .flatten()
        .filter(|process| {
            let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&command).contains(&*profile)
        })
        .map(|process| process.file_name().to_string_lossy().into_owned())
        .collect()
}
