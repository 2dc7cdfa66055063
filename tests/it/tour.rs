//! Every page there is, with the demonstration's dialogue in it: one address
//! for each GET route, and who reads it there; and those pages that only a form
//! that was sent leads to.
//!
//! A route whose parameters are not known here fails the tests that use this:
//! say what stands for them, and every page is checked as soon as it exists.

use primum::app::Demo;
use primum::mail::Transport;
use primum::secrets;
use primum::store::tokens::Purpose;
use primum::web::routes::{Method, ROUTES, Route, Who};
use primum::{demo, jobs, store};

use crate::amendments;
use crate::app::{Browser, Engine, Setup, TestApp};
use crate::comments::{comment, on_block};

/// The text most pages are shown of: open, discussed, in the chair's track.
pub const TEXT: &str = "RES-06";
const SECRETARIAT: &str = "ines@secretariat.example";
pub const CHAIR: &str = "aroha@bergmar-cyber.example";
const DRAFTER: &str = "jonas@averland-health.example";
const PARTICIPANT: &str = "sofia@tessellate.example";
const OBSERVER: &str = "luca@regional-health.example";
/// Reads in Czech.
const CZECH_DRAFTER: &str = "pavel@bergmar-cyber.example";

/// One page, and whose eyes see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stop {
    /// The account's address; none for the public.
    pub who: Option<&'static str>,
    pub address: String,
    pub status: u16,
    /// The form that is sent to the address; none where the page is asked for.
    pub sent: Option<Sent>,
}

/// A form whose answer is a page and changes nothing, so that it can be sent
/// again and again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sent {
    /// The page that has its tokens.
    pub from: String,
    pub fields: Vec<(String, String)>,
    /// Tells the page that is meant from another.
    pub shows: &'static str,
}

pub struct Tour {
    pub app: TestApp,
    /// A deployment that nobody has set up.
    fresh: TestApp,
    pub stops: Vec<Stop>,
}

impl Tour {
    /// Where the server is that has the page.
    pub fn home(&self, stop: &Stop) -> &TestApp {
        if stop.address.starts_with("/set-up/") { &self.fresh } else { &self.app }
    }
}

/// What stands for the parameters of addresses.
struct Examples {
    account: String,
    organisation: String,
    /// Without an answer.
    comment: String,
    /// The participant's own: one without an answer, one with, and what they
    /// say against another answer.
    own: String,
    answered: String,
    contest: String,
    edition: String,
    /// Addresses with a token in them, by how they begin.
    letters: Vec<String>,
    /// Of the page to comment on a block: the query of a link on the draft.
    on_block: String,
    /// The permanent id of the statement's first block.
    block: String,
    /// Numbers of amendments: one that no longer fits, one that waits for an
    /// answer, one that has it.
    unfit: String,
    waiting: String,
    noted: String,
}

/// Starts a demonstration and finds its pages.
pub async fn start() -> Tour {
    let shown = Demo { accounts: demo::accounts().unwrap(), password: demo::PASSWORD };
    let setup =
        Setup { transport: Transport::memory(), demo: Some(shown), ..Setup::new(Engine::Sqlite) };
    let app = TestApp::start_with(setup).await;
    let shared = app.app.clone();
    tokio::task::spawn_blocking(move || demo::load(&shared, shared.now()).unwrap()).await.unwrap();
    let fresh = TestApp::start(Engine::Sqlite).await;
    let mut examples = prepare(&app).await;
    examples.letters.push(format!("/set-up/{}", set_up_token(&fresh)));
    let gets = ROUTES.iter().filter(|route| route.method == Method::Get);
    // A stream is no page, and never ends.
    let gets = gets.filter(|route| !route.path.ends_with("/presence"));
    let mut stops: Vec<Stop> = gets.flat_map(|route| stops_of(route, &examples)).collect();
    stops.extend(more(&examples));
    stops.extend(sent(&app, &examples));
    stops.sort();
    stops.dedup();
    Tour { app, fresh, stops }
}

/// Signs in as one of the demonstration's people.
pub async fn sign_in(app: &TestApp, email: &str) -> Browser {
    let browser = app.visitor();
    let fields = [("email", email), ("password", demo::PASSWORD), ("next", "")];
    let done = browser.submit("/sign-in", "/sign-in", &fields).await;
    assert_eq!((done.status, done.location()), (303, "/desk"), "{email}: {}", done.body);
    browser
}

/// An edition being built, an invitation on its way, a password forgotten, a
/// pen in the hand: what the demonstration itself does not have.
async fn prepare(app: &TestApp) -> Examples {
    let secretariat = sign_in(app, SECRETARIAT).await;
    let begun = secretariat.submit("/secretariat/editions", "/secretariat/editions", &[]).await;
    let edition = begun.location().split('?').next().unwrap().to_owned();
    let picks = [("foreword", "What was agreed."), ("pick", "RES-05"), ("order-RES-05", "1")];
    secretariat.submit_and_follow(&edition, &edition, &picks).await;
    let edition = edition.rsplit('/').next().unwrap().to_owned();

    let organisation = app.write(|conn| Ok(store::organisations::list(conn)?[0].0.id.to_string()));
    let new = "/secretariat/invitations/new";
    let invited = [
        ("addresses", "new.person@example.org"),
        ("organisation", organisation.as_str()),
        ("new-organisation", ""),
        ("group", ""),
        ("state", ""),
        ("role", "participant"),
        ("track", "resilience"),
        ("language", "en"),
    ];
    let sent = secretariat.submit(new, new, &invited).await;
    assert!(matches!(sent.status, 200 | 303), "{}", sent.body);
    app.visitor().submit("/reset", "/reset", &[("email", OBSERVER)]).await;
    jobs::deliver(&app.app).await;
    let mail = app.visitor().get("/demo/mail").await.body;
    let letters: Vec<String> = ["/invitations/", "/reset/"]
        .map(|way| {
            let at = mail.find(&format!("{}{way}", app.origin)).unwrap_or_else(|| panic!("{way}"));
            let rest = &mail[at + app.origin.len()..];
            rest.split(['"', '<', ' ']).next().unwrap().to_owned()
        })
        .into();

    let drafter = sign_in(app, DRAFTER).await;
    let page = format!("/drafts/{TEXT}");
    let pen = format!("{page}/pen/taking");
    let token = drafter.get(&page).await.hidden("csrf");
    assert_eq!(drafter.post(&pen, &[("csrf", &token)]).await.status, 303);

    let draft = sign_in(app, PARTICIPANT).await.get(&page).await.body;
    let link = format!("{page}/comments/new?");
    let mut links = draft.split(&link).skip(1).filter_map(|rest| rest.split('"').next());
    let on_block = links.find(|query| query.contains("position=1")).expect("a block to comment on");
    let (account, comment) = app.write(|conn| {
        let account = store::accounts::find_credentials(conn, PARTICIPANT)?.unwrap().id;
        let text = store::recommendations::find_by_reference(conn, TEXT)?.unwrap();
        let said = store::comments::list_of(conn, text.id, 100)?;
        let top = said.iter().find(|own| own.is_unanswered()).expect("an unanswered comment");
        Ok((account.to_string(), top.id.to_string()))
    });
    let on_block = on_block.replace("&amp;", "&").replace("&#38;", "&");
    let (own, answered, contest) = contested(app).await;
    let (block, [unfit, waiting, noted]) = amended(app).await;
    Examples {
        account,
        organisation,
        comment,
        own,
        answered,
        contest,
        edition,
        letters,
        on_block,
        block,
        unfit,
        waiting,
        noted,
    }
}

/// Two amendments of one paragraph: the first accepted, so that the second no
/// longer fits; and two of another, one that waits for an answer and one that
/// has it. Answers that other paragraph and the numbers of the last three.
async fn amended(app: &TestApp) -> (String, [String; 3]) {
    let participant = sign_in(app, PARTICIPANT).await;
    let drafter = sign_in(app, DRAFTER).await;
    let chair = sign_in(app, CHAIR).await;
    let (first, second) = (amendments::block(app, TEXT, 1), amendments::block(app, TEXT, 2));
    let wording = "The same map should show the outside companies a service needs.";
    let accepted = proposed(app, &drafter, &second, wording).await;
    let wording = "The map should be kept by somebody.";
    let unfit = proposed(app, &participant, &second, wording).await;
    answered(&chair, &accepted, "accepted", "").await;
    let wording = "Vendors should give every buyer a list of software parts.";
    let waiting = proposed(app, &participant, &first, wording).await;
    let wording = "Vendors should give every health buyer the list.";
    let noted = proposed(app, &participant, &first, wording).await;
    answered(&chair, &noted, "noted", "Noted.").await;
    (first, [unfit, waiting, noted])
}

/// Proposes to replace a block of the statement; answers the number.
async fn proposed(app: &TestApp, who: &Browser, block: &str, wording: &str) -> String {
    let text = app.write(|conn| store::recommendations::find_by_reference(conn, TEXT)).unwrap();
    let page = amendments::propose(who, TEXT, &text.revision.to_string(), block, wording).await;
    let (_, rest) = page.body.split_once("Amendment A").expect("the page of an amendment");
    rest.chars().take_while(char::is_ascii_digit).collect()
}

async fn answered(chair: &Browser, number: &str, disposition: &str, reason: &str) {
    let number = number.parse().unwrap();
    let done = amendments::answer(chair, TEXT, number, disposition, reason, None).await;
    assert_eq!(done.status, 303, "{}", done.body);
}

/// Three comments of the participant: left alone, answered, contested; and a
/// fourth that was sent when nobody was signed in any more.
async fn contested(app: &TestApp) -> (String, String, String) {
    let participant = sign_in(app, PARTICIPANT).await;
    let chair = sign_in(app, CHAIR).await;
    let (page, reason) = (format!("/drafts/{TEXT}"), [("disposition", "noted"), ("reason", "So.")]);
    let (new, comments) = (format!("{page}/comments/new"), format!("{page}/comments"));
    let mut said = Vec::new();
    for (place, body) in ["Left alone.", "Answered.", "Contested."].into_iter().enumerate() {
        let fields = on_block("0", "", body);
        let id = comment(&participant, TEXT, &fields).await;
        if place > 0 {
            let answer = format!("{comments}/{id}/disposition");
            chair.submit_and_follow(&answer, &answer, &reason).await;
        }
        said.push(id);
    }
    let contest = format!("{comments}/{}/contest", said[2]);
    participant.submit_and_follow(&contest, &contest, &[("body", "It was asked.")]).await;
    let ledger = chair.get(&format!("{page}/ledger")).await.body;
    let ledger = chair.get(&page).await.body + ledger.as_str();
    let (_, rest) = ledger.split_once("/contests/").expect("the chair is led to the contest");
    let contest = rest.split(['"', '#', '?']).next().unwrap().to_owned();

    let fields = on_block("0", "", "Typed when the session was over.");
    let nobody = app.visitor();
    let asked = nobody.get(&new).await;
    let mut late = vec![("csrf", "of a session that is over"), ("once", "0123456789abcdef")];
    late.extend(fields);
    let asked = if asked.status == 303 { nobody.post(&comments, &late).await } else { asked };
    let (csrf, at) = (asked.hidden("csrf"), asked.hidden("parked_at"));
    let parked = asked.hidden("parked").replace("&#38;", "&").replace("&amp;", "&");
    let back = [
        ("csrf", csrf.as_str()),
        ("next", ""),
        ("parked_at", &at),
        ("parked", &parked),
        ("email", PARTICIPANT),
        ("password", demo::PASSWORD),
    ];
    assert_eq!(nobody.post("/sign-in", &back).await.status, 303);
    (said[0].clone(), said[1].clone(), contest)
}

fn set_up_token(app: &TestApp) -> String {
    let token = secrets::token();
    let hash = secrets::token_hash(&token);
    let now = app.app.now();
    let until = now + chrono::TimeDelta::hours(24);
    app.write(|conn| store::tokens::insert(conn, Purpose::SetUp, 0, &hash, now, until));
    token
}

impl Examples {
    /// The address of a route with its parameters filled in.
    fn address(&self, path: &str) -> String {
        if let Some((way, _)) = path.split_once("{token}") {
            let found = self.letters.iter().find(|address| address.starts_with(way));
            return found.unwrap_or_else(|| panic!("say what stands for {path}")).clone();
        }
        let mut address = String::new();
        let mut rest = path;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap();
            let name = name.split(':').next().unwrap();
            address.push_str(before);
            address.push_str(match (name, before) {
                ("reference", "/") if address.starts_with("/editions/") => "RES-01",
                ("reference", _) => TEXT,
                ("slug", "/workshops/" | "/secretariat/workshops/") => "resilience-2",
                ("slug", _) => "resilience",
                ("audience", _) => "technology-vendors",
                ("number", "/amendments/") if path.ends_with("/adaptation") => &self.unfit,
                ("number", "/amendments/") if path.ends_with("/contest") => &self.noted,
                ("number", "/amendments/") => &self.waiting,
                ("number" | "revision", _) => "1",
                ("account", _) => &self.account,
                ("organisation", _) => &self.organisation,
                ("comment", _) if path.ends_with("/contest") => &self.answered,
                ("comment", _) if path.ends_with("/disposition") => &self.comment,
                ("comment", _) => &self.own,
                ("contest", _) => &self.contest,
                ("edition", _) => &self.edition,
                _ => panic!("say in tests/it/tour.rs what stands for {{{name}}} in {path}"),
            });
            rest = after;
        }
        address + rest
    }
}

/// Where a route is looked at: public pages in both languages.
fn stops_of(route: &Route, examples: &Examples) -> Vec<Stop> {
    let address = examples.address(route.path);
    let stop = |who, address| Stop { who, address, status: 200, sent: None };
    match (route.who, route.path) {
        (Who::PublicPage, _) => {
            ["en", "cs"].map(|own| stop(None, format!("/{own}{address}"))).into()
        }
        (Who::PublicFile | Who::Visitor | Who::Demo, _) => vec![stop(None, address)],
        (Who::Secretariat, _) => vec![stop(Some(SECRETARIAT), address)],
        (Who::Member, "/drafts/{reference}/compare") => vec![
            stop(Some(CHAIR), format!("{address}?from=1&to=2")),
            stop(Some(CHAIR), format!("{address}?from=1&to=2&view=side")),
        ],
        (Who::Member, "/drafts/{reference}/comments/new") => vec![
            stop(Some(PARTICIPANT), format!("{address}?{}", examples.on_block)),
            stop(Some(PARTICIPANT), address),
        ],
        (
            Who::Member,
            "/drafts/{reference}/comments/{comment}/edit"
            | "/drafts/{reference}/comments/{comment}/withdrawal"
            | "/drafts/{reference}/comments/{comment}/contest"
            | "/drafts/{reference}/amendments/{number:[0-9]+}/adaptation"
            | "/drafts/{reference}/amendments/{number:[0-9]+}/contest",
        ) => vec![stop(Some(PARTICIPANT), address)],
        (Who::Member, "/drafts/{reference}/amendments/new") => vec![stop(
            Some(PARTICIPANT),
            format!("{address}?section=statement&block={}", examples.block),
        )],
        (Who::Member, "/drafts/{reference}/consolidation/compromise") => {
            vec![stop(Some(CHAIR), format!("{address}?section=statement&block={}", examples.block))]
        }
        (Who::Member, "/drafts/{reference}/amendments/{number:[0-9]+}") => {
            vec![stop(Some(PARTICIPANT), address.clone()), stop(Some(CHAIR), address)]
        }
        (Who::Member, "/drafts/{reference}/ledger/answers") => {
            vec![stop(Some(CHAIR), format!("{address}?comment={}", examples.comment))]
        }
        (Who::Member, "/desk/parked") => {
            vec![stop(Some(PARTICIPANT), format!("{address}?at=/drafts/{TEXT}/comments"))]
        }
        // The drafter holds the pen; to the chair the page says so.
        (Who::Member, "/drafts/{reference}/edit") => vec![stop(Some(DRAFTER), address)],
        (Who::Member, "/drafts/{reference}/pen") => {
            vec![stop(Some(DRAFTER), address.clone()), stop(Some(CHAIR), address)]
        }
        (Who::Member, _) => vec![stop(Some(CHAIR), address)],
    }
}

/// What one page of a route does not show: other stages, other eyes, nothing
/// there, the second language.
fn more(examples: &Examples) -> Vec<Stop> {
    let page =
        |who, address: &str, status| Stop { who, address: address.into(), status, sent: None };
    let stop = |who, address: &str| page(Some(who), address, 200);
    let missing = |who, address: &str| page(who, address, 404);
    vec![
        stop(PARTICIPANT, "/desk"),
        stop(OBSERVER, "/desk"),
        stop(SECRETARIAT, "/desk"),
        stop(CZECH_DRAFTER, "/desk"),
        stop(PARTICIPANT, &format!("/drafts/{TEXT}")),
        stop(CZECH_DRAFTER, &format!("/drafts/{TEXT}")),
        stop(CZECH_DRAFTER, "/drafts/new"),
        // Agreed, withdrawn, with brackets.
        stop(CHAIR, "/drafts/RES-01"),
        stop(CHAIR, "/drafts/RES-01/stage"),
        stop(CHAIR, "/drafts/INC-05"),
        stop(DRAFTER, "/drafts/RES-07"),
        stop(DRAFTER, "/drafts/RES-07/ledger"),
        stop(DRAFTER, "/drafts?track=practitioner-impact&stage=withdrawn&page=1"),
        missing(None, "/en/no-such-page"),
        missing(None, &format!("{}x", examples.letters[0])),
        missing(Some(CHAIR), "/drafts/RES-99"),
    ]
}

/// Pages that answer a form: an edit of an old revision that collides with the
/// newest, the same as amendments, an amendment looked over, and refusals.
fn sent(app: &TestApp, examples: &Examples) -> Vec<Stop> {
    let old = app.write(|conn| {
        let text = store::recommendations::find_by_reference(conn, TEXT)?.unwrap();
        Ok((text.title, store::recommendations::list_sections(conn, text.id, 1)?))
    });
    let (title, sections) = old;
    let mut mine = vec![("base", "1".to_owned()), ("title", title), ("summary", "Mine".into())];
    for kind in ["statement", "rationale"].into_iter().chain(ACTIONS) {
        let found = sections.iter().find(|section| section.kind == kind);
        let mut body = found.map(|section| section.body.clone()).unwrap_or_default();
        if kind == "statement" {
            let mut blocks: Vec<&str> = body.split("\n\n").collect();
            blocks[1] = "Another map altogether: **every cable** and [every][each] pipe.";
            blocks.push("[Nobody](https://example.org/pays) pays.\n");
            body = blocks.join("\n\n");
        }
        mine.push((kind, body));
    }
    let page = format!("/drafts/{TEXT}");
    let stop = |who, path: &str, from: &str, status, shows, fields: &[(&str, String)]| {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let (from, address) = (format!("{page}{from}"), format!("{page}{path}"));
        Stop {
            who: Some(who),
            address,
            status,
            sent: Some(Sent { from, fields: fields.collect(), shows }),
        }
    };
    let own = |fields: &[(&'static str, &str)]| {
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
    };
    let mut unnamed = mine.clone();
    unnamed[1].1.clear();
    unnamed.push(("intent", "save".into()));
    let mut silent = mine.clone();
    silent.extend(own(&[("reason", ""), ("capacity", "organisation"), ("intent", "send")]));
    silent.extend(own(&[("pick", "1")]));
    let mut saved = mine.clone();
    saved.push(("intent", "save".into()));
    let text = app.write(|conn| store::recommendations::find_by_reference(conn, TEXT)).unwrap();
    let revision = text.revision.to_string();
    let looked = own(&amendments::fields(
        &revision,
        &examples.block,
        "replace",
        "Vendors should give **every** buyer [a list](https://example.org/list) of parts.",
        "check",
    ));
    let new = format!("/amendments/new?section=statement&block={}", examples.block);
    let empty = own(&on_block("0", "", ""));
    vec![
        stop(DRAFTER, "/edit", "/edit", 422, "Decision 1", &saved),
        stop(DRAFTER, "/edit", "/edit", 422, "title-error", &unnamed),
        stop(DRAFTER, "/merge/sending", "/edit", 200, "Your changes as amendments", &mine),
        stop(DRAFTER, "/merge/sending", "/edit", 422, "reason-error", &silent),
        stop(PARTICIPANT, "/amendments", &new, 200, "Is this what you propose?", &looked),
        stop(PARTICIPANT, "/comments", "/comments/new", 422, "body-error", &empty),
    ]
}

/// The kinds of sections that ask something of an audience.
const ACTIONS: [&str; 4] = [
    "for:policy-makers",
    "for:technology-vendors",
    "for:diplomats",
    "for:healthcare-practitioners",
];
