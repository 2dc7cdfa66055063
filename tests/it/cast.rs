//! Named people with roles: secretariat, chair, drafter, participant,
//! observer, and a stranger from another track.

use std::sync::OnceLock;

use primum::domain::ids::{AccountId, OrganisationId};
use primum::domain::language::Language;
use primum::domain::role::Role;
use primum::secrets::Passwords;
use primum::store::accounts::NewAccount;
use primum::store::organisations::Organisation;
use primum::store::{self, ids};

use crate::app::{Browser, TestApp};

pub const PASSWORD: &str = "four ships at dawn";
/// The track the cast works in, and another one.
pub const TRACK: &str = "resilience";
pub const OTHER_TRACK: &str = "national-regulation";

/// Everybody: name, role in [`TRACK`].
pub const PEOPLE: &[(&str, Option<Role>)] = &[
    ("secretariat", None),
    ("chair", Some(Role::Chair)),
    ("drafter", Some(Role::Drafter)),
    ("participant", Some(Role::Participant)),
    ("observer", Some(Role::Observer)),
];

pub fn email(who: &str) -> String {
    format!("{who}@example.org")
}

fn hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| Passwords::new(1).unwrap().hash(PASSWORD).unwrap()).clone()
}

/// Puts one person into the database, with a role in a track.
pub fn add(app: &TestApp, who: &str, track: &str, role: Option<Role>) -> AccountId {
    let now = app.app.now();
    app.write(|conn| {
        let programme = store::programme::load(conn)?;
        let track = programme.track(track).unwrap().id;
        let name = format!("{who}’s organisation");
        let organisation = OrganisationId(ids::fresh(now));
        let group = programme.groups[0].id;
        let row = Organisation { id: organisation, name, group, state: None, created_at: now };
        store::organisations::insert(conn, &row)?;
        let id = AccountId(ids::fresh(now));
        store::accounts::insert(
            conn,
            &NewAccount {
                id,
                email: email(who),
                name: format!("The {who}"),
                organisation,
                language: Language::En,
                password_hash: hash(),
                secretariat: who == "secretariat",
                created_at: now,
            },
        )?;
        store::accounts::set_role(conn, id, track, role, now)?;
        Ok(id)
    })
}

/// Puts everybody in, and the stranger, who drafts in another track.
pub fn add_all(app: &TestApp) {
    for (who, role) in PEOPLE {
        add(app, who, TRACK, *role);
    }
    add(app, "stranger", OTHER_TRACK, Some(Role::Drafter));
}

/// Signs in as one of the cast.
pub async fn sign_in(app: &TestApp, who: &str) -> Browser {
    let browser = app.visitor();
    let email = email(who);
    let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", "")];
    let done = browser.submit("/sign-in", "/sign-in", &fields).await;
    assert_eq!((done.status, done.location()), (303, "/desk"), "{who}: {}", done.body);
    browser
}

/// A recommendation of [`TRACK`] by the drafter; answers its reference.
pub async fn draft(drafter: &Browser, title: &str, statement: &str) -> String {
    let fields = [
        ("base", "0"),
        ("track", TRACK),
        ("workshop", ""),
        ("title", title),
        ("statement", statement),
        ("rationale", "Because hospitals were closed.\n"),
        ("for:policy-makers", "Fund it.\n"),
        ("for:technology-vendors", ""),
        ("for:diplomats", ""),
        ("for:healthcare-practitioners", ""),
        ("summary", "First draft"),
        ("intent", "save"),
    ];
    let done = drafter.submit("/drafts/new", "/drafts/new", &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let path = done.location().split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// Opens a text for comment, a week from now.
pub async fn open(chair: &Browser, app: &TestApp, reference: &str) {
    let until = (app.app.now() + chrono::TimeDelta::days(7)).format("%Y-%m-%dT%H:%M").to_string();
    let stage = format!("/drafts/{reference}/stage");
    let action = format!("/drafts/{reference}/opening");
    chair.submit_and_follow(&stage, &action, &[("until", &until)]).await;
}

/// Fields of a workshop of [`TRACK`].
pub const WORKSHOP: [(&str, &str); 8] = [
    ("title", "Paper forms"),
    ("track", TRACK),
    ("zone", "Europe/Prague"),
    ("starts", "2027-03-14T09:00"),
    ("ends", "2027-03-14T12:00"),
    ("place", "Prague"),
    ("link", ""),
    ("agenda", "What is kept where.\n"),
];

/// A workshop of [`TRACK`]; answers its slug.
pub async fn call_workshop(secretariat: &Browser) -> String {
    let new = "/secretariat/workshops/new";
    let done = secretariat.submit(new, new, &WORKSHOP).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let path = done.location().split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// The fields of a save on top of `base` that changes the statement of a text
/// made by [`draft`].
pub fn revision<'a>(base: &'a str, statement: &'a str) -> [(&'static str, &'a str); 10] {
    [
        ("base", base),
        ("title", "Revised"),
        ("statement", statement),
        ("rationale", "Because hospitals were closed.\n"),
        ("for:policy-makers", "Fund it.\n"),
        ("for:technology-vendors", ""),
        ("for:diplomats", ""),
        ("for:healthcare-practitioners", ""),
        ("summary", "A change"),
        ("intent", "save"),
    ]
}
