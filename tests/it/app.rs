//! A running Primum for a test: real HTTP on loopback, a database of its own.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::{HttpServer, middleware, web};
use primum::app::{App, Demo};
use primum::config::Origin;
use primum::i18n::Catalog;
use primum::mail::Transport;
use primum::secrets::{Key, Passwords};
use primum::store::{self, DbConn};
use primum::web::{headers, shell};
use reqwest::redirect::Policy;

/// Runs a test on SQLite, and on PostgreSQL where there is one.
macro_rules! both_engines {
    ($(async fn $name:ident($app:ident: &TestApp) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every test uses all of them")]
            use super::*;

            async fn check($app: &$crate::app::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                check(&$crate::app::TestApp::start($crate::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL"]
            async fn postgres() {
                check(&$crate::app::TestApp::start($crate::app::Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(crate) use both_engines;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct TestApp {
    pub app: Arc<App>,
    pub origin: String,
    pub url: String,
    server: actix_web::dev::ServerHandle,
    _folder: tempfile::TempDir,
}

/// What a test may choose before the server starts.
pub struct Setup {
    pub engine: Engine,
    pub catalog: Catalog,
    pub transport: Transport,
    pub demo: Option<Demo>,
}

impl Setup {
    pub fn new(engine: Engine) -> Self {
        Self { engine, catalog: Catalog::new().unwrap(), transport: Transport::Unset, demo: None }
    }
}

impl TestApp {
    pub async fn start(engine: Engine) -> Self {
        Self::start_with(Setup::new(engine)).await
    }

    pub async fn start_with(setup: Setup) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = database(setup.engine, &folder);
        let pool = {
            let url = url.clone();
            tokio::task::spawn_blocking(move || {
                let pool = store::open(&url).unwrap();
                let mut conn = pool.get().unwrap();
                store::write(&mut conn, |conn| store::seed::sow(conn, primum::app::now())).unwrap();
                drop(conn);
                pool
            })
            .await
            .unwrap()
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let app = Arc::new(App::new(
            pool,
            setup.catalog,
            Origin::of_listener(address),
            Key::random(),
            Passwords::new(2).unwrap(),
            setup.transport,
            setup.demo,
        ));
        let (send, receive) = std::sync::mpsc::channel();
        let shared = app.clone();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    let inner = shared.clone();
                    actix_web::App::new()
                        .app_data(web::Data::new(shared.clone()))
                        .wrap(middleware::from_fn(headers::guard))
                        .configure(move |config| shell::configure(config, &inner))
                })
                .workers(2)
                // A busy machine may leave a connection waiting for longer
                // than a server would let a stranger do.
                .client_request_timeout(std::time::Duration::ZERO)
                // Nor is one closed on which a test is about to send again.
                .keep_alive(std::time::Duration::from_mins(2))
                .disable_signals()
                .listen(listener)
                .unwrap()
                .run();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = receive.recv().unwrap();
        Self { app, origin: format!("http://{address}"), url, server, _folder: folder }
    }

    /// Works on the database directly, as no person could.
    pub fn write<T>(&self, work: impl FnOnce(&mut DbConn) -> store::Result<T>) -> T {
        self.app.write(work).unwrap()
    }

    /// The database's own answer to raw SQL: `Err` when it refuses.
    pub fn raw(&self, sql: &str) -> Result<(), String> {
        let mut conn = self.app.pool.get().unwrap();
        store::execute_raw(&mut conn, sql).map_err(|fault| format!("{fault:?}"))
    }

    /// Somebody with an empty browser.
    pub fn visitor(&self) -> Browser {
        let client =
            reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
        Browser { client, origin: self.origin.clone() }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let stop = self.server.stop(false);
        // The server's own thread ends it; nobody needs to wait.
        drop(stop);
    }
}

fn database(engine: Engine, folder: &tempfile::TempDir) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    match engine {
        Engine::Sqlite => format!("sqlite:{}", folder.path().join("test.sqlite").display()),
        Engine::Postgres => {
            let base = std::env::var("PRIMUM_TEST_POSTGRES")
                .expect("PRIMUM_TEST_POSTGRES names the server; tests/all.sh starts one");
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let schema = format!("t{}_{number}", std::process::id());
            let create = format!("CREATE SCHEMA {schema}");
            let joint = if base.contains('?') { '&' } else { '?' };
            let url = format!("{base}{joint}options=-csearch_path%3D{schema}");
            std::thread::spawn(move || {
                let mut conn = store::connect(&base).unwrap();
                store::execute_raw(&mut conn, &create).unwrap();
            })
            .join()
            .unwrap();
            url
        }
    }
}

/// A person's browser without scripts: cookies, forms, redirects one by one.
#[derive(Clone)]
pub struct Browser {
    pub client: reqwest::Client,
    pub origin: String,
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&mark).map(|at| at + mark.len());
        let at =
            at.unwrap_or_else(|| panic!("{}: no field {name} in:\n{}", self.status, self.body));
        self.body[at..].split('"').next().unwrap().to_owned()
    }

    /// What a browser would send of the form that goes to `action`, or to the
    /// page itself, were it sent as it stands.
    pub fn filled(&self, action: &str) -> Vec<(String, String)> {
        let read = |text: &str| {
            let marks =
                [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
            marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        };
        let attribute = |tag: &str, name: &str| {
            let on_a_line = || tag.split_once(&format!("\n{name}=\""));
            let (_, rest) = tag.split_once(&format!(" {name}=\"")).or_else(on_a_line)?;
            Some(read(rest.split('"').next().unwrap_or_default()))
        };
        let form = self.body.split("<form ").skip(1).find(|form| {
            let tag = form.split('>').next().unwrap_or_default();
            let to = attribute(&format!(" {tag}"), "action");
            to.is_none_or(|own| own == action) && tag.contains("method=\"post\"")
        });
        let form = form.unwrap_or_else(|| panic!("no form to {action} in:\n{}", self.body));
        let form = form.split("</form>").next().unwrap();
        let mut fields = Vec::new();
        for (at, _) in form.match_indices('<') {
            let rest = &form[at + 1..];
            let Some((tag, after)) = rest.split_once('>') else { continue };
            let Some(name) = attribute(tag, "name") else { continue };
            if tag.starts_with("input ") {
                let choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                if !choice || tag.contains(" checked") {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            } else if tag.starts_with("textarea") {
                let text = after.split("</textarea>").next().unwrap_or_default();
                fields.push((name, read(text.strip_prefix('\n').unwrap_or(text))));
            } else if tag.starts_with("select") {
                let options = after.split("</select>").next().unwrap_or_default();
                let mut options = options.split("<option").skip(1);
                let first = options.clone().next().unwrap_or_default();
                let chosen = options
                    .find(|own| own.split('>').next().unwrap_or_default().contains(" selected"));
                fields
                    .push((name, attribute(chosen.unwrap_or(first), "value").unwrap_or_default()));
            }
        }
        fields
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{} lacks {text:?}:\n{}", self.status, self.body);
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{} shows {text:?}:\n{}", self.status, self.body);
        self
    }
}

impl Browser {
    pub async fn get(&self, path: &str) -> Page {
        self.read(self.client.get(format!("{}{path}", self.origin))).await
    }

    /// Posts fields as they are, with the headers a browser would send.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self
            .client
            .post(format!("{}{path}", self.origin))
            .header("Origin", &self.origin)
            .header("Sec-Fetch-Site", "same-origin")
            .form(fields);
        self.read(request).await
    }

    pub async fn read(&self, request: reqwest::RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        Page {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        }
    }

    /// Opens the page with the form, fills it, sends it to `action`.
    pub async fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let form = self.get(page).await;
        assert_eq!(form.status, 200, "{page}: {}", form.body);
        let csrf = form.hidden("csrf");
        let mut all = vec![("csrf", csrf.as_str())];
        let once =
            if form.body.contains("name=\"once\"") { form.hidden("once") } else { String::new() };
        if !once.is_empty() {
            all.push(("once", once.as_str()));
        }
        all.extend_from_slice(fields);
        self.post(action, &all).await
    }

    /// As [`Browser::submit`], then follows the redirect it must answer with.
    pub async fn submit_and_follow(
        &self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let done = self.submit(page, action, fields).await;
        assert_eq!(done.status, 303, "{action}: {}", done.body);
        let next = self.get(done.location()).await;
        assert_eq!(next.status, 200, "{}: {}", done.location(), next.body);
        next
    }
}
