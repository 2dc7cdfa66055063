//! Who may what: every route of the table × every role × drafts of one's own
//! and of another track, at every stage. A route that is not named here fails.

use primum::domain::role::Role;
use primum::domain::stage::Stage;
use primum::store;
use primum::web::routes::{Method, PRIVATE, ROUTES, Route, Who};

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;

const ROLES: &[&str] = &["observer", "participant", "drafter", "chair"];

/// The least role of product.md for an address of one recommendation, and the
/// stages at which the verb is possible.
fn least(route: &Route) -> Option<(&'static str, &'static [Stage])> {
    use Stage::{Agreed, Draft, Open};
    let rest = route.path.strip_prefix("/drafts/{reference}")?;
    let any = Stage::ALL;
    Some(match (route.method, rest) {
        (
            Method::Get,
            ""
            | "/pen"
            | "/revisions"
            | "/revisions/{revision:[0-9]+}"
            | "/compare"
            | "/ledger"
            | "/amendments"
            | "/amendments/{number:[0-9]+}",
        ) => ("observer", any),
        (Method::Post, "/preview" | "/working-copy" | "/working-copy/discarding") => {
            ("drafter", &[Draft, Open])
        }
        (Method::Post, "/paste") => ("drafter", &[Draft, Open]),
        (Method::Get, "/presence" | "/brackets") => ("observer", any),
        (Method::Post, "/brackets/{bracket}/withdrawal") => ("participant", &[Draft, Open]),
        (Method::Post, "/upload" | "/merge" | "/merge/mine") => ("drafter", &[Draft, Open]),
        (Method::Post, "/merge/sending") => ("participant", &[Open]),
        (Method::Get, "/amendments/new") => ("participant", any),
        (Method::Post, "/amendments") => ("participant", &[Open]),
        (Method::Post, own) if own.contains("/co-sponsorship") => ("participant", &[Open]),
        // Only on one's own comment, or on what must be there first: the tests
        // of comments and of the ledger do it.
        (_, "/comments/{comment}/edit" | "/comments/{comment}/withdrawal") => ("participant", &[]),
        // Of one's own amendment: the test knows whose it is.
        (_, own) if own.ends_with("/adaptation") => ("participant", &[Draft, Open]),
        (Method::Post, "/amendments/{number:[0-9]+}/withdrawal") => ("participant", &[Draft, Open]),
        (_, own) if own.ends_with("}/disposition") && own.starts_with("/amendments/") => {
            ("chair", &[Draft, Open])
        }
        (Method::Post, "/amendments/{number:[0-9]+}/undo") => ("chair", &[Draft, Open]),
        (_, own) if own.starts_with("/consolidation") => ("chair", &[Draft, Open]),
        (_, "/edit") => ("drafter", &[Draft, Open]),
        (Method::Post, pen) if pen.starts_with("/pen/") => ("drafter", &[Draft, Open]),
        (Method::Get, "/comments/new") => ("participant", any),
        (Method::Post, "/comments" | "/comments/{comment}/replies") => ("participant", &[Open]),
        (_, "/comments/{comment}/disposition") => ("chair", &[Draft, Open]),
        (_, "/comments/{comment}/contest" | "/amendments/{number:[0-9]+}/contest") => {
            ("participant", &[])
        }
        (Method::Get, "/ledger.xlsx" | "/ledger.csv") => ("observer", any),
        (Method::Get, "/ledger/import") => ("participant", any),
        (Method::Post, "/ledger/import" | "/ledger/import/rows") => ("participant", &[]),
        (_, "/contests/{contest}" | "/ledger/answers") => ("chair", &[]),
        (Method::Post, "/contest-days") => ("chair", &[Draft, Open]),
        (Method::Get, "/stage") => ("chair", &[Draft, Open, Agreed]),
        (Method::Post, "/opening" | "/agreement") => ("chair", &[Draft, Open]),
        (Method::Post, "/closing") => ("chair", &[Open]),
        (Method::Post, "/reopening") => ("chair", &[Agreed]),
        (Method::Post, "/withdrawal") => ("chair", &[Draft, Open, Agreed]),
        (_, other) => panic!("say here who may {:?} {other}", route.method),
    })
}

/// Fields that make the verb go through, so that only the right decides.
pub fn fields(path: &str) -> Vec<(&'static str, String)> {
    let path = path.split('?').next().unwrap();
    let tomorrow = chrono::Utc::now() + chrono::TimeDelta::days(1);
    let owned = |pairs: &[(&'static str, &str)]| {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
    };
    if path.contains("/comments/") && path.ends_with("/withdrawal") {
        return Vec::new();
    }
    if path.ends_with("/opening") {
        return vec![("until", tomorrow.format("%Y-%m-%dT%H:%M").to_string())];
    }
    let amendment: &[(&'static str, &str)] = &[
        ("revision", "1"),
        ("section", "statement"),
        ("block", "1"),
        ("verb", "replace"),
        ("wording", "Another statement."),
        ("reason", "A reason"),
        ("capacity", "organisation"),
        ("intent", if path.ends_with("/amendments") { "save" } else { "check" }),
    ];
    if path.contains("/amendments/") {
        return owned(match path.rsplit('/').next().unwrap() {
            "adaptation" => &[
                ("revision", "1"),
                ("wording", "Adapted."),
                ("reason", "A reason"),
                ("intent", "save"),
            ],
            "disposition" => &[
                ("revision", "1"),
                ("back", ""),
                ("disposition", "noted"),
                ("reason", "Noted."),
                ("text", ""),
            ],
            _ => &[],
        });
    }
    owned(match path.rsplit('/').next().unwrap() {
        "amendments" | "compromise" => amendment,
        "edit" | "merge" | "mine" | "sending" => &[
            ("base", "1"),
            ("title", "T"),
            ("statement", "Changed.\n"),
            ("rationale", ""),
            ("for:policy-makers", ""),
            ("for:technology-vendors", ""),
            ("for:diplomats", ""),
            ("for:healthcare-practitioners", ""),
            ("summary", "S"),
            ("intent", "save"),
        ],
        "comments" => &[
            ("revision", "1"),
            ("section", ""),
            ("position", "0"),
            ("body", "A comment"),
            ("capacity", "personal"),
        ],
        "replies" => &[("body", "A reply"), ("capacity", "personal")],
        "disposition" => &[("disposition", "noted"), ("reason", "Noted.")],
        "contest-days" => &[("days", "5")],
        "seizure" => &[("reason", "A reason")],
        "agreement" => &[("revision", "1")],
        "paste" => &[("html", "<p>Pasted</p>")],
        "withdrawal" if path.contains("/brackets/") => &[("base", "1")],
        "reopening" | "withdrawal" => &[("reason", "A reason")],
        _ => &[],
    })
}

struct World {
    reference: String,
    comment: i64,
}

/// One recommendation with one answered comment, in the draft stage.
async fn world(app: &TestApp) -> World {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let participant = cast::sign_in(app, "participant").await;
    let reference = cast::draft(&drafter, "Rights", "Statement.\n").await;
    cast::open(&chair, app, &reference).await;
    let new = format!("/drafts/{reference}/comments/new");
    let all: Vec<_> = fields("/comments");
    let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (*n, v.as_str())).collect();
    participant.submit_and_follow(&new, &format!("/drafts/{reference}/comments"), &all).await;
    let comment = app.write(|conn| {
        let own = store::recommendations::find_by_reference(conn, &reference)?.unwrap();
        Ok(store::comments::list_of(conn, own.id, 10)?[0].id.0)
    });
    // One amendment of the participant's that waits, and one that is answered.
    for _ in 0..2 {
        let all = fields("/amendments");
        let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (*n, v.as_str())).collect();
        participant.submit_and_follow(&new, &format!("/drafts/{reference}/amendments"), &all).await;
    }
    World { reference, comment }
}

impl World {
    fn address(&self, route: &Route) -> String {
        let number = if route.path.ends_with("/undo") { "2" } else { "1" };
        let place = ["/amendments/new", "/consolidation/compromise"];
        let query = if place.iter().any(|own| route.path.ends_with(own)) {
            "?section=statement&block=1"
        } else {
            ""
        };
        let path = format!("{}{query}", route.path);
        path.replace("{reference}", &self.reference)
            .replace("{number:[0-9]+}", number)
            .replace("{comment}", &self.comment.to_string())
            .replace("{revision:[0-9]+}", "1")
            // No end of its own; and brackets are one's organisation's own.
            .replace("/presence", "/presence?once=1")
            .replace("{bracket}", "1")
    }

    /// Puts the text back to a stage, at revision 1, its comment answered; an
    /// amendment waits where the address asks for one.
    fn reset(&self, app: &TestApp, stage: Stage, route: &Route) {
        let tomorrow = (app.app.now() + chrono::TimeDelta::days(1)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!(
            "UPDATE recommendations SET stage = '{stage}', revision = 1, \
             comments_until = '{tomorrow}' WHERE reference = '{}'",
            self.reference
        ))
        .unwrap();
        app.raw("DELETE FROM comments WHERE parent_id IS NOT NULL").unwrap();
        app.raw(&format!("DELETE FROM comments WHERE id <> {}", self.comment)).unwrap();
        app.raw("UPDATE comments SET disposition = 'noted', reason = 'x', disposed_at = NULL")
            .unwrap();
        app.raw(
            "UPDATE amendments SET disposition = 'noted', disposition_reason = 'x', \
             withdrawn_at = NULL, base_text = 'Earlier.', stale_at = created_at",
        )
        .unwrap();
        if route.path.contains("/amendments/{number") {
            app.raw("UPDATE amendments SET disposition = NULL WHERE number = 1").unwrap();
        }
    }
}

async fn ask(browser: &Browser, route: &Route, address: &str, csrf: &str) -> Page {
    match route.method {
        Method::Get => browser.get(address).await,
        Method::Post => {
            let once = primum::secrets::token();
            let rest = fields(address);
            let mut all = vec![("csrf", csrf), ("once", once.as_str())];
            all.extend(rest.iter().map(|(name, value)| (*name, value.as_str())));
            browser.post(address, &all).await
        }
    }
}

both_engines! {
    async fn signed_out_every_member_address_leads_to_sign_in(app: &TestApp) {
        let visitor = app.visitor();
        for route in ROUTES.iter().filter(|r| matches!(r.who, Who::Member | Who::Secretariat)) {
            let address = route.path.replace(['{', '}'], "x");
            let page = match route.method {
                Method::Get => visitor.get(&address).await,
                Method::Post => visitor.post(&address, &[("csrf", "x")]).await,
            };
            let to = page.location();
            assert_eq!(page.status, 303, "{address}");
            assert!(to.starts_with("/sign-in?next=%2F"), "{address}: {to}");
        }
        for first in PRIVATE {
            let page = visitor.get(&format!("/{first}/no/such/page?a=b")).await;
            assert_eq!(page.status, 303, "/{first}");
            assert!(page.location().ends_with("%3Fa%3Db"), "{}", page.location());
        }
        assert_eq!(visitor.get("/en/no-such-page").await.status, 404);
        assert_eq!(visitor.get("/fr/").await.status, 404);
        assert_eq!(visitor.get("/demo").await.status, 404, "only in the demonstration");
        let page = visitor.post("/demo/sign-in", &[("account", "chair@example.org")]).await;
        assert_eq!(page.status, 404, "only in the demonstration");
    }

    async fn every_role_may_what_the_table_says(app: &TestApp) {
        let world = world(app).await;
        cast::add(app, "chair-elsewhere", cast::OTHER_TRACK, Some(Role::Chair));
        for role in ROLES.iter().chain(&["stranger", "chair-elsewhere", "secretariat"]) {
            let browser = cast::sign_in(app, role).await;
            let csrf = browser.get("/account").await.hidden("csrf");
            for route in ROUTES {
                let Some((least, stages)) = least(route) else { continue };
                let rank = |name: &str| ROLES.iter().position(|own| *own == name);
                // The track has a chair, so the secretariat only reads.
                let own = if *role == "secretariat" { Some(0) } else { rank(role) };
                let may = own.is_some_and(|own| own >= rank(least).unwrap());
                // An amendment is its author's to adapt or withdraw.
                let theirs = route.path.ends_with("/adaptation")
                    || route.path.ends_with("/amendments/{number:[0-9]+}/withdrawal");
                let may = may && (!theirs || *role == "participant");
                for stage in Stage::ALL {
                    world.reset(app, *stage, route);
                    let address = world.address(route);
                    let page = ask(&browser, route, &address, &csrf).await;
                    let what = format!("{role} {:?} {address} at {stage}", route.method);
                    let done = matches!(page.status, 200 | 303);
                    if !may {
                        assert_eq!(page.status, 404, "{what}: {}", page.body);
                    } else if stages.contains(stage) && route.method == Method::Post
                        && (address.ends_with("/edit") || address.ends_with("/merge"))
                    {
                        // The second revision may be there from before.
                        assert!(matches!(page.status, 303 | 422 | 503), "{what}: {}", page.status);
                    } else if address.ends_with("/brackets/1/withdrawal") {
                        // Whose it is, is another question: tests/it/brackets.rs.
                        assert!(matches!(page.status, 404 | 409), "{what}: {}", page.status);
                    } else if stages.contains(stage) && address.ends_with("/upload") {
                        assert_eq!(page.status, 422, "{what}: without a file");
                    } else if stages.contains(stage) && address.ends_with("/pen/handing") {
                        // To whom, and whether the pen is theirs, is another question.
                        assert!(matches!(page.status, 409 | 422), "{what}: {}", page.status);
                    } else if *role == "participant" && address.ends_with("/co-sponsorship") {
                        assert_eq!(page.status, 409, "{what}: their own organisation's");
                    } else if route.method == Method::Post
                        && matches!(
                            route.path,
                            "/drafts/{reference}/edit" | "/drafts/{reference}/working-copy"
                        )
                        && !(stages.contains(stage) && done)
                    {
                        // Kept as a working copy, and shown there.
                        assert_eq!(page.status, 303, "{what}");
                        assert!(page.location().starts_with("/desk/parked"), "{what}");
                    } else if stages.contains(stage) {
                        assert!(done, "{what}: {} {}", page.status, page.body);
                    } else {
                        assert!(matches!(page.status, 404 | 409 | 422), "{what}: {}", page.status);
                    }
                }
            }
        }
    }

    async fn what_is_not_yours_is_a_missing_page(app: &TestApp) {
        let world = world(app).await;
        let stranger = cast::sign_in(app, "stranger").await;
        let theirs = stranger.get(&format!("/drafts/{}", world.reference)).await;
        let missing = stranger.get("/drafts/RES-99").await;
        assert_eq!((theirs.status, missing.status), (404, 404));
        // The one thing that is never the same twice.
        let said = |page: &Page| page.body.replace(&page.hidden("csrf"), "");
        assert_eq!(said(&theirs), said(&missing));
        let secretariat = stranger.get("/secretariat/people").await;
        assert_eq!(said(&secretariat), said(&missing));
        stranger.get("/drafts").await.hides("Rights");
        let public = app.visitor().get("/en/tracks/resilience").await;
        public.hides("Rights").hides(&world.reference);
    }

    async fn only_the_secretariat_convenes(app: &TestApp) {
        cast::add_all(app);
        for role in ROLES.iter().chain(&["stranger", "secretariat"]) {
            let browser = cast::sign_in(app, role).await;
            let csrf = browser.get("/account").await.hidden("csrf");
            for route in ROUTES.iter().filter(|route| route.who == Who::Secretariat) {
                let address = route.path.replace("{slug}", "resilience").replace(['{', '}'], "");
                let page = ask(&browser, route, &address, &csrf).await;
                let what = format!("{role} {:?} {address}", route.method);
                if *role != "secretariat" {
                    assert_eq!(page.status, 404, "{what}");
                } else if !route.path.contains('{') {
                    assert_ne!(page.status, 404, "{what}");
                    assert!(page.status < 500, "{what}: {}", page.body);
                }
            }
        }
    }
}

/// An agreed text, picked for an edition that is being built.
async fn embargoed(app: &TestApp) -> (String, String) {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let reference = cast::draft(&drafter, "Embargoed title", "Embargoed words.\n").await;
    let (stage, agree) =
        (format!("/drafts/{reference}/stage"), format!("/drafts/{reference}/agreement"));
    chair.submit_and_follow(&stage, &agree, &[("revision", "1")]).await;
    let secretariat = cast::sign_in(app, "secretariat").await;
    let list = "/secretariat/editions";
    let begun = secretariat.submit(list, list, &[]).await;
    let build = begun.location().split('?').next().unwrap().to_owned();
    let picks = [("foreword", "Embargoed foreword."), ("pick", reference.as_str())];
    secretariat.submit_and_follow(&build, &build, &picks).await;
    (reference, build)
}

/// Every public address, in English where it has a language.
fn public_addresses(reference: &str) -> Vec<String> {
    let public = ROUTES.iter().filter(|r| matches!(r.who, Who::PublicPage | Who::PublicFile));
    let mut found = Vec::new();
    for route in public {
        let mut address = route.path.to_owned();
        for (parameter, value) in [
            ("{slug:[a-z0-9-]+}", "resilience-1"),
            ("{reference:[A-Z]+-[0-9]+}", reference),
            ("{number:[0-9]+}", "1"),
            ("{audience}", "policy-makers"),
            ("/workshops/{slug}", "/workshops/resilience-1"),
            ("{slug}", "resilience"),
        ] {
            address = address.replace(parameter, value);
        }
        assert!(!address.contains('{'), "say here what stands for {}", route.path);
        let page = route.who == Who::PublicPage;
        found.push(if page { format!("/en{address}") } else { address });
    }
    found
}

both_engines! {
    async fn what_is_under_embargo_is_seen_by_nobody_until_it_is_published(app: &TestApp) {
        let (reference, build) = embargoed(app).await;
        let mut readers = vec![("nobody", app.visitor())];
        for role in ROLES.iter().chain(&["stranger", "secretariat"]) {
            readers.push((role, cast::sign_in(app, role).await));
        }
        let words = ["Embargoed title", "Embargoed words", "Embargoed foreword", &reference];
        for published in [false, true] {
            if published {
                let (_, secretariat) = readers.last().unwrap();
                let publish = format!("{build}/publish");
                secretariat.submit_and_follow(&publish, &publish, &[]).await;
            }
            let mut shown = 0;
            for address in public_addresses(&reference) {
                let mut first: Option<Page> = None;
                for (who, reader) in &readers {
                    let page = reader.get(&address).await;
                    let what = format!("{who} at {address}, published: {published}");
                    if !published {
                        for word in words {
                            // A missing page names the address asked for.
                            let asked = address.contains(word);
                            assert!(asked || !page.body.contains(word), "{what}: {word}");
                        }
                        let edition = address.contains("/editions/1");
                        assert!(page.status == 404 || !edition, "{what}: {}", page.status);
                    } else if !address.contains("/workshops/") {
                        assert_eq!(page.status, 200, "{what}");
                        shown += usize::from(page.body.contains("Embargoed"));
                    }
                    // The same for everybody.
                    if let Some(first) = &first {
                        assert_eq!((first.status, &first.body), (page.status, &page.body), "{what}");
                    }
                    first.get_or_insert(page);
                }
            }
            assert!(!published || shown > 8 * readers.len(), "{shown} pages show it");
            for (who, reader) in &readers {
                // The builder, and the text in its room.
                for (address, allowed) in [
                    (build.clone(), *who == "secretariat" && !published),
                    (format!("{build}/publish"), *who == "secretariat" && !published),
                    (format!("/drafts/{reference}"), !matches!(*who, "nobody" | "stranger")),
                ] {
                    let page = reader.get(&address).await;
                    let what = format!("{who} at {address}, published: {published}");
                    let expected = match (allowed, *who) {
                        (true, _) => 200,
                        (false, "nobody") => 303,
                        (false, _) => 404,
                    };
                    // What became of it is told to the secretariat only.
                    let moved_on = published && *who == "secretariat" && page.status == 303;
                    assert!(page.status == expected || moved_on, "{what}: {}", page.status);
                }
            }
        }
        // Nobody changes what is published.
        let (_, secretariat) = readers.last().unwrap();
        let csrf = secretariat.get("/account").await.hidden("csrf");
        for address in [build.clone(), format!("{build}/publish")] {
            let once = primum::secrets::token();
            let fields = [("csrf", csrf.as_str()), ("once", &once), ("foreword", "Changed.")];
            let fields = if address == build { &fields[..] } else { &fields[..2] };
            let page = secretariat.post(&address, fields).await;
            assert!(matches!(page.status, 404 | 409), "{address}: {}", page.status);
        }
        app.visitor().get("/en/editions/1").await.shows("Embargoed foreword.");
    }
}

/// The gate can fail: a table that forgets a route is noticed.
#[test]
#[should_panic(expected = "say here who may")]
fn an_address_without_a_rule_is_noticed() {
    fn nobody(_: &primum::web::cx::Cx) -> primum::web::cx::Answer {
        Err(primum::web::error::WebError::NotFound)
    }
    let route = Route {
        method: Method::Get,
        path: "/drafts/{reference}/new-thing",
        who: Who::Member,
        handler: nobody,
    };
    least(&route);
}
