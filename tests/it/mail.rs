//! An invitation, from the secretariat's form over a real SMTP conversation
//! to an account with a role.

use primum::jobs;
use primum::mail::Transport;

use crate::app::{Engine, Setup, TestApp};
use crate::cast::{self, PASSWORD};
use crate::smtp::SmtpSink;

/// Text of a quoted-printable body, enough to find a link.
pub fn decoded(data: &str) -> String {
    data.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
}

fn link(letter: &str, origin: &str, path: &str) -> String {
    let mark = format!("{origin}{path}");
    let at = letter.find(&mark).unwrap_or_else(|| panic!("no {mark} in {letter}"));
    let rest = &letter[at + origin.len()..];
    rest.split(|c: char| c.is_whitespace() || c == '<' || c == '>').next().unwrap().to_owned()
}

/// The link of a letter as it was sent.
pub fn letter_link(raw: &str, origin: &str, path: &str) -> String {
    link(&decoded(raw), origin, path)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_by_mail_is_accepted_once_sqlite() {
    an_invitation_by_mail_is_accepted_once(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn an_invitation_by_mail_is_accepted_once_postgres() {
    an_invitation_by_mail_is_accepted_once(Engine::Postgres).await;
}

async fn an_invitation_by_mail_is_accepted_once(engine: Engine) {
    let sink = SmtpSink::start().await;
    let transport = Transport::smtp(&sink.url(), "primum@example.org").unwrap();
    let app = TestApp::start_with(Setup { transport, ..Setup::new(engine) }).await;
    cast::add_all(&app);
    let secretariat = cast::sign_in(&app, "secretariat").await;
    let organisation =
        app.write(|conn| Ok(primum::store::organisations::list(conn)?[0].0.id.to_string()));
    let new = "/secretariat/invitations/new";
    let form = secretariat.get(new).await;
    let mut fields: Vec<(&str, &str)> =
        vec![("track", cast::TRACK), ("role", "participant"), ("language", "en")];
    for (name, value) in [
        ("emails", "new.person@example.org"),
        ("email", "new.person@example.org"),
        ("addresses", "new.person@example.org"),
        ("organisation", organisation.as_str()),
        ("new-organisation", ""),
        ("group", ""),
        ("state", ""),
    ] {
        if form.body.contains(&format!("name=\"{name}\"")) {
            fields.push((name, value));
        }
    }
    let done = secretariat.submit(new, new, &fields).await;
    assert!(matches!(done.status, 200 | 303), "{}: {}", done.status, done.body);

    assert_eq!(jobs::deliver(&app.app).await, 1);
    let letters = sink.wait_for(1).await;
    assert_eq!(letters.len(), 1);
    let letter = decoded(&letters[0].raw);
    let path = link(&letter, &app.origin, "/invitations/");

    // Scanners follow links: ten times, and nothing is used up.
    let visitor = app.visitor();
    for _ in 0..10 {
        assert_eq!(visitor.get(&path).await.status, 200);
        let head = visitor.client.head(format!("{}{path}", app.origin));
        assert_eq!(visitor.read(head).await.status, 200);
    }
    let person = [("name", "New Person"), ("password", PASSWORD), ("language", "en")];
    let desk = visitor.submit_and_follow(&path, &path, &person).await;
    desk.shows("New Person");
    assert_eq!(visitor.get("/drafts").await.status, 200);
    let again = app.visitor().get(&path).await;
    assert_eq!(again.status, 404, "used up");
}
