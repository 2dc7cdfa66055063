//! Amendments: proposed from a paragraph, co-sponsored, answered; what becomes
//! of the others, and of a text that two people change at once.

use primum::store;

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;

pub const TEXT: &str = "Hospitals should keep paper forms for three days of care in every ward.\n\n\
                    They should practise with them each year.\n";
pub const FIRST: &str = "Hospitals should keep paper forms for three days of care in every ward.";

/// How many notices of a kind wait for delivery.
pub fn notices(app: &TestApp, kind: &str) -> usize {
    let due = app.app.now() + chrono::TimeDelta::hours(1);
    let found = app.write(|conn| store::outbox::list_due(conn, due, 1_000));
    found.iter().filter(|own| own.kind.as_str() == kind).count()
}

/// The permanent id of a block of the statement.
pub fn block(app: &TestApp, reference: &str, position: usize) -> String {
    app.write(|conn| {
        let own = store::recommendations::find_by_reference(conn, reference)?.unwrap();
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        Ok(sections[0].blocks.at(position).unwrap().to_string())
    })
}

pub fn body(app: &TestApp, reference: &str) -> (i32, String) {
    app.write(|conn| {
        let own = store::recommendations::find_by_reference(conn, reference)?.unwrap();
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        Ok((own.revision, sections[0].body.clone()))
    })
}

/// An open text with the cast around it.
pub async fn open_text(app: &TestApp) -> (String, Browser, Browser, Browser) {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let participant = cast::sign_in(app, "participant").await;
    let reference = cast::draft(&drafter, "Keep paper forms", TEXT).await;
    cast::open(&chair, app, &reference).await;
    (reference, drafter, chair, participant)
}

/// The fields of the form, on a block of the statement.
pub fn fields<'a>(
    revision: &'a str,
    block: &'a str,
    verb: &'a str,
    wording: &'a str,
    intent: &'a str,
) -> [(&'static str, &'a str); 8] {
    [
        ("revision", revision),
        ("section", "statement"),
        ("block", block),
        ("verb", verb),
        ("wording", wording),
        ("reason", "Storms last longer."),
        ("capacity", "organisation"),
        ("intent", intent),
    ]
}

/// An amendment of a block of the statement: the page that shows it.
pub async fn propose(
    who: &Browser,
    reference: &str,
    revision: &str,
    block: &str,
    wording: &str,
) -> Page {
    let new = format!("/drafts/{reference}/amendments/new?section=statement&block={block}");
    let all = fields(revision, block, "replace", wording, "save");
    who.submit_and_follow(&new, &format!("/drafts/{reference}/amendments"), &all).await
}

/// The chair's answer to an amendment, on the revision of the form.
pub async fn answer(
    chair: &Browser,
    reference: &str,
    number: i32,
    disposition: &str,
    reason: &str,
    text: Option<&str>,
) -> Page {
    let page = format!("/drafts/{reference}/amendments/{number}/disposition");
    let form = chair.get(&page).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let revision = form.hidden("revision");
    let kept = form.body.split("name=\"text\"").nth(1).and_then(|rest| rest.split_once(">\n"));
    let kept = kept.and_then(|(_, rest)| rest.split_once("</textarea>")).map_or("", |own| own.0);
    let all = [
        ("revision", revision.as_str()),
        ("back", ""),
        ("disposition", disposition),
        ("reason", reason),
        ("text", text.unwrap_or(kept)),
    ];
    chair.submit(&page, &page, &all).await
}

both_engines! {
    async fn from_a_paragraph_into_the_text(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let observer = cast::sign_in(app, "observer").await;
        let draft = format!("/drafts/{reference}");
        let id = block(app, &reference, 1);
        let new = format!("{draft}/amendments/new?section=statement&block={id}");
        participant.get(&draft).await.shows(&new.replace('&', "&#38;"));
        observer.get(&draft).await.hides("amendments/new");
        assert_eq!(observer.get(&new).await.status, 404);

        // The form has the paragraph; what is wrong stands at its field.
        participant.get(&new).await.shows(FIRST).shows("Replace").shows("Insert after");
        let send = format!("{draft}/amendments");
        let same = fields("1", &id, "replace", FIRST, "check");
        let refused = participant.submit(&new, &send, &same).await;
        assert_eq!(refused.status, 422);
        refused.shows("id=\"wording-error\"").shows("Storms last longer.");
        let mut silent = fields("1", &id, "replace", "Other words.", "check");
        silent[5].1 = " ";
        let refused = participant.submit(&new, &send, &silent).await;
        assert_eq!(refused.status, 422);
        refused.shows("id=\"reason-error\"").shows("Other words.");

        // The page that shows what it does changes nothing.
        let seven = "Hospitals should keep paper forms for seven days of care in every ward.";
        let looked = fields("1", &id, "replace", seven, "check");
        let check = participant.submit(&new, &send, &looked).await;
        assert_eq!(check.status, 200);
        check.shows("Is this what you propose?").shows("seven</ins>").shows("three</del>");
        participant.get(&send).await.shows("0 amendments");
        let shown = participant
            .submit_and_follow(&new, &send, &fields("1", &id, "replace", seven, "save"))
            .await;
        shown.shows("Amendment A1").shows("Proposed on revision 1").shows("Storms last longer.");
        observer.get(&draft).await.shows("1 amendment: ").shows("A1").hides("/disposition");
        chair.get(&draft).await.shows("/amendments/1/disposition");

        // Another organisation puts its name to it, once, and is told first what that means.
        let page = format!("{draft}/amendments/1");
        participant.get(&page).await.hides("Co-sponsor for");
        drafter.get(&page).await.shows("puts your organisation on record");
        let join = format!("{page}/co-sponsorship");
        drafter.submit_and_follow(&page, &join, &[]).await.shows("drafter’s organisation</bdi></b>");
        let again = drafter.submit_and_follow(&page, &join, &[]).await;
        assert_eq!(again.body.matches("drafter’s organisation</bdi></b>").count(), 1);
        let leave = format!("{join}/withdrawal");
        drafter.submit_and_follow(&page, &leave, &[]).await.hides("drafter’s organisation</bdi></b>");
        drafter.submit_and_follow(&page, &join, &[]).await;
        let own = participant.submit(&page, &join, &[]).await;
        assert_eq!(own.status, 409);

        // A text with an amendment that waits cannot be agreed.
        chair.get(&format!("{draft}/stage")).await.shows("1 comment or amendment has no disposition");
        let taken = answer(&chair, &reference, 1, "accepted", "", None).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert_eq!(body(app, &reference), (2, TEXT.replace("three", "seven")));
        observer.get(&page).await.shows("Accepted").shows("See the words it changed in revision 2");
        let history = observer.get(&format!("{draft}/revisions")).await;
        history.shows("Amendment A1, proposed by").shows("The participant");
        assert_eq!(notices(app, "amendment-answered"), 2, "its author and its co-sponsor");
        observer.get(&draft).await.hides("1 amendment<");
        chair.get(&format!("{draft}/stage")).await.hides("has no disposition");
    }

    async fn the_others_follow_the_text_or_go_back(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        propose(&chair, &reference, "1", &id, &FIRST.replace("ward", "ward and theatre")).await;
        let new = format!("/drafts/{reference}/amendments/new?section=statement&block={id}");
        let send = format!("/drafts/{reference}/amendments");
        let five = FIRST.replace("three", "five");
        let looked = fields("1", &id, "replace", &five, "check");
        let check = drafter.submit(&new, &send, &looked).await;
        check.shows("changes the same words").shows("can be accepted beside");
        let same = FIRST.replace("three", "seven");
        let looked = fields("1", &id, "replace", &same, "check");
        drafter.submit(&new, &send, &looked).await.shows("says much the same");
        propose(&drafter, &reference, "1", &id, &five).await;

        answer(&chair, &reference, 1, "accepted", "", None).await;
        let second = format!("/drafts/{reference}/amendments/2");
        participant.get(&second).await.shows("Carried over to revision 2")
            .shows("Waits for an answer");
        let third = format!("/drafts/{reference}/amendments/3");
        drafter.get(&third).await.shows("No longer fits").shows("Write it anew");
        participant.get(&third).await.shows("No longer fits").hides("adaptation");
        assert_eq!(notices(app, "amendment-stale"), 1);
        drafter.get("/desk").await.shows("Your amendment A3");
        // A stale one still counts: nothing is agreed over it, nor taken in unseen.
        chair.get(&format!("/drafts/{reference}/stage")).await.shows("2 comments and amendments");
        let refused = answer(&chair, &reference, 3, "accepted", "", Some("x")).await;
        assert_eq!(refused.status, 422);
        answer(&chair, &reference, 2, "accepted", "", None).await;
        let both = TEXT.replace("three", "seven").replace("ward", "ward and theatre");
        assert_eq!(body(app, &reference), (3, both.clone()));

        // Its proposer sees both texts and writes it anew.
        let adapt = format!("{third}/adaptation");
        drafter.get(&adapt).await.shows("What you changed").shows("What the text changed since");
        let first = both.lines().next().unwrap();
        let empty = [("revision", "3"), ("wording", first), ("reason", "Why"), ("intent", "save")];
        assert_eq!(drafter.submit(&adapt, &adapt, &empty).await.status, 422);
        let ten = first.replace("seven", "ten");
        let anew =
            [("revision", "3"), ("wording", &ten), ("reason", "Longer."), ("intent", "save")];
        let done = drafter.submit_and_follow(&adapt, &adapt, &anew).await;
        done.shows("Written anew on revision 3").shows("Waits for an answer");
        answer(&chair, &reference, 3, "accepted", "", None).await;
        assert_eq!(body(app, &reference), (4, both.replace("seven", "ten")));
    }

    async fn an_ordinary_revision_moves_them_too(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 2);
        let wording = "They should practise with them twice each year.";
        propose(&participant, &reference, "1", &id, wording).await;
        let send = format!("/drafts/{reference}/amendments");
        let new = format!("{send}/new?section=statement&block={id}&verb=insert");
        let behind = fields("1", &id, "insert", "Whoever is new does so at once.", "save");
        participant.submit_and_follow(&new, &send, &behind).await;
        let edit = format!("/drafts/{reference}/edit");
        let revised = format!("A first thought.\n\n{TEXT}");
        drafter.submit_and_follow(&edit, &edit, &cast::revision("1", &revised)).await;
        let page = format!("/drafts/{reference}/amendments/1");
        participant.get(&page).await.shows("statement-3").shows("Waits for an answer");
        let gone = "A first thought.\n";
        drafter.submit_and_follow(&edit, &edit, &cast::revision("2", gone)).await;
        participant.get(&page).await.shows("took away the paragraph");
        // What was to stand behind it stands behind nothing else.
        let insertion = format!("{send}/2");
        participant.get(&insertion).await.shows("took away the paragraph");
        assert_eq!(answer(&chair, &reference, 2, "accepted", "", None).await.status, 422);
        let withdrawal = format!("{insertion}/withdrawal");
        participant.submit_and_follow(&insertion, &withdrawal, &[]).await;
        // Withdrawn by its author, it is answered.
        let withdrawal = format!("{page}/withdrawal");
        assert_eq!(drafter.submit(&page, &withdrawal, &[]).await.status, 404);
        participant.submit_and_follow(&page, &withdrawal, &[]).await.shows("Withdrawn by its author");
        chair.get(&format!("/drafts/{reference}/stage")).await.hides("has no disposition");
    }

    async fn in_part_or_not_and_undone(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        propose(&drafter, &reference, "1", &id, &FIRST.replace("three", "five")).await;
        let other = block(app, &reference, 2);
        propose(&drafter, &reference, "1", &other, "They should practise often.").await;

        // Edited wording is an acceptance in part, and says why.
        let four = FIRST.replace("three", "four");
        let whole = answer(&chair, &reference, 1, "accepted", "Yes", Some(&four)).await;
        assert_eq!(whole.status, 422);
        whole.shows("Accepted in part").shows(&four);
        let why = answer(&chair, &reference, 1, "accepted-in-part", "", Some(&four)).await;
        assert_eq!(why.status, 422);
        why.shows("id=\"reason-error\"").shows(&four);
        let untouched = answer(&chair, &reference, 1, "accepted-in-part", "Four.", None).await;
        assert_eq!(untouched.status, 422);
        untouched.shows("id=\"text-error\"");
        answer(&chair, &reference, 1, "accepted-in-part", "Four is what we can pay.", Some(&four)).await;
        assert_eq!(body(app, &reference), (2, TEXT.replace("three", "four")));
        let one = format!("/drafts/{reference}/amendments/1");
        let two = format!("/drafts/{reference}/amendments/2");
        participant.get(&one).await.shows("Accepted in part").shows("As it was first proposed");
        participant.get(&two).await.shows("No longer fits");

        // Undone: the text is back, and each amendment stands as it did.
        chair.submit_and_follow(&one, &format!("{one}/undo"), &[]).await.shows("The answer was taken back");
        assert_eq!(body(app, &reference), (3, TEXT.to_owned()));
        assert_eq!(block(app, &reference, 1), id, "the paragraph keeps its address");
        participant.get(&one).await.shows("Waits for an answer");
        participant.get(&two).await.shows("Waits for an answer").shows("Restored as it stood");
        assert!(notices(app, "amendment-reopened") >= 1);

        // What changed nothing can be taken back as well.
        answer(&chair, &reference, 3, "not-accepted", "Each year is enough.", None).await;
        let three = format!("/drafts/{reference}/amendments/3");
        drafter.get(&three).await.shows("Each year is enough.").hides("Undo the answer");
        let again = answer_status(&chair, &reference, 3).await;
        assert_eq!(again, 409);
        chair.submit_and_follow(&three, &format!("{three}/undo"), &[]).await.shows("Waits for an answer");
        // An answer that a later revision stands on stays.
        answer(&chair, &reference, 1, "accepted", "", None).await;
        answer(&chair, &reference, 3, "accepted", "", None).await;
        let late = chair.submit(&three, &format!("{one}/undo"), &[]).await;
        assert_eq!(late.status, 409);
        late.shows("A later revision stands on this answer");
    }

    async fn at_the_start_and_in_sections_without_text(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let observer = cast::sign_in(app, "observer").await;
        let draft = format!("/drafts/{reference}");
        let send = format!("{draft}/amendments");
        let new = |section: &str| format!("{send}/new?section={section}&block=0");
        let shown = participant.get(&draft).await;
        shown.shows("Insert at the start").shows("Sections without text").shows("Propose text");
        for section in ["statement", "rationale", "for:diplomats", "for:technology-vendors"] {
            shown.shows(&new(section).replace('&', "&#38;"));
        }
        observer.get(&draft).await.hides("Insert at the start").hides("Sections without text");
        participant.get(&new("statement")).await.shows("Insert at the start of this section")
            .hides("Delete");
        participant.get(&new("for:diplomats")).await.shows("Propose text for this section");
        for nowhere in ["for:nobody", "statements", ""] {
            assert_eq!(participant.get(&new(nowhere)).await.status, 404, "{nowhere}");
        }
        let mut front = fields("1", "0", "insert", "Before all else, care.", "check");
        participant.submit(&new("statement"), &send, &front).await
            .shows("Inserts at the start of the section").shows("all else, care.</ins>");
        front[7].1 = "save";
        participant.submit_and_follow(&new("statement"), &send, &front).await;
        for (section, words) in [("for:diplomats", "Speak of it."), ("for:technology-vendors", "Mend it.")] {
            let mut all = fields("1", "0", "insert", words, "save");
            all[1].1 = section;
            participant.submit_and_follow(&new(section), &send, &all).await.shows(words);
        }
        let mut nowhere = fields("1", "0", "insert", "Lost.", "save");
        nowhere[1].1 = "for:nobody";
        let refused = participant.submit(&new("statement"), &send, &nowhere).await;
        assert_eq!(refused.status, 404);
        observer.get(&draft).await.shows("Sections without text").shows("Mend it.");
        // They stand where they are while the text changes.
        let edit = format!("{draft}/edit");
        let revised = TEXT.replace("three", "four");
        drafter.submit_and_follow(&edit, &edit, &cast::revision("1", &revised)).await;
        for n in 1..=3 {
            participant.get(&format!("{send}/{n}")).await.shows("Waits for an answer");
        }
        chair.get(&format!("{draft}/consolidation")).await.shows("Paragraph 1 of 3");
        for n in 1..=3 {
            let done = answer(&chair, &reference, n, "accepted", "", None).await;
            assert_eq!(done.status, 303, "{n}: {}", done.body);
        }
        let sections = app.write(|conn| {
            let own = store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            store::recommendations::list_sections(conn, own.id, own.revision)
        });
        let kinds: Vec<&str> = sections.iter().map(|own| own.kind.as_str()).collect();
        let order = ["statement", "rationale", "for:policy-makers", "for:technology-vendors",
            "for:diplomats"];
        assert_eq!(kinds, order);
        assert_eq!(sections[0].body, format!("Before all else, care.\n\n{revised}"));
        assert_eq!((sections[3].body.as_str(), sections[4].body.as_str()), ("Mend it.\n", "Speak of it.\n"));
        participant.get(&draft).await.hides("for:diplomats&#38;block=0\">Propose");
    }

    async fn insertions_and_deletions(app: &TestApp) {
        let (reference, _, chair, participant) = open_text(app).await;
        let (id, second) = (block(app, &reference, 1), block(app, &reference, 2));
        let send = format!("/drafts/{reference}/amendments");
        let at = |block: &str, verb: &str| format!("{send}/new?section=statement&block={block}&verb={verb}");
        let inserted = fields("1", &id, "insert", "Copies lie at the reception.", "save");
        participant.submit_and_follow(&at(&id, "insert"), &send, &inserted).await
            .shows("Inserts after the paragraph");
        let deleted = fields("1", &second, "delete", "", "save");
        participant.submit_and_follow(&at(&second, "delete"), &send, &deleted).await
            .shows("Deletes the paragraph");
        let first = fields("1", "0", "insert", "Before all else, care.", "save");
        participant.submit_and_follow(&at("0", "insert"), &send, &first).await;
        for n in 1..=3 {
            let done = answer(&chair, &reference, n, "accepted", "", None).await;
            assert_eq!(done.status, 303, "{n}: {}", done.body);
        }
        let expected = format!("Before all else, care.\n\n{FIRST}\n\nCopies lie at the reception.\n");
        assert_eq!(body(app, &reference), (4, expected));
    }

    async fn a_compromise_says_what_falls(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        propose(&drafter, &reference, "1", &id, &FIRST.replace("three", "five")).await;
        let consolidation = format!("/drafts/{reference}/consolidation");
        assert_eq!(drafter.get(&consolidation).await.status, 404);
        let shown = chair.get(&consolidation).await;
        shown.shows("Paragraph 1 of 1 with amendments").shows("A1").shows("A2")
            .shows("changes the same words").shows(FIRST);
        let page = format!("{consolidation}/compromise?section=statement&block={id}");
        let six = FIRST.replace("three", "six");
        let form = |intent| [
            ("revision", "1"),
            ("section", "statement"),
            ("block", id.as_str()),
            ("verb", "replace"),
            ("wording", six.as_str()),
            ("reason", "Between the two."),
            ("falls", "1"),
            ("falls", "2"),
            ("intent", intent),
        ];
        let send = format!("{consolidation}/compromise");
        let check = chair.submit(&page, &send, &form("check")).await;
        check.shows("When it is accepted, these fall").shows("The participant").shows("six</ins>");
        assert_eq!(body(app, &reference).0, 1, "a look changes nothing");
        let done = chair.submit_and_follow(&page, &send, &form("adopt")).await;
        done.shows("Fell with it").shows("Compromise");
        assert_eq!(body(app, &reference), (2, TEXT.replace("three", "six")));
        participant.get(&format!("/drafts/{reference}/amendments/1")).await
            .shows("Falls with the compromise A3.").shows("Not accepted");
        assert_eq!(notices(app, "amendment-answered"), 2);
        // Undone as one: both wait again.
        let three = format!("/drafts/{reference}/amendments/3");
        chair.submit_and_follow(&three, &format!("{three}/undo"), &[]).await;
        assert_eq!(body(app, &reference), (3, TEXT.to_owned()));
        participant.get(&format!("/drafts/{reference}/amendments/2")).await.shows("Waits for an answer");
        chair.get(&consolidation).await.shows("Would fall with it");
    }

    async fn a_text_that_moved_on_is_said_so(app: &TestApp) {
        let (reference, drafter, _, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let new = format!("/drafts/{reference}/amendments/new?section=statement&block={id}");
        let send = format!("/drafts/{reference}/amendments");
        let form = participant.get(&new).await;
        let edit = format!("/drafts/{reference}/edit");
        let ward = TEXT.replace("ward", "ward and theatre");
        drafter.submit_and_follow(&edit, &edit, &cast::revision("1", &ward)).await;
        // What fits is carried over, and shown before it counts.
        let seven = FIRST.replace("three", "seven");
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut all = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        all.extend(fields("1", &id, "replace", &seven, "save"));
        let moved = participant.post(&send, &all).await;
        assert_eq!(moved.status, 422);
        moved.shows("Nothing is lost").shows("put on it without a collision");
        assert_eq!(moved.hidden("revision"), "2");
        let both = seven.replace("ward", "ward and theatre");
        assert_eq!(moved.hidden("wording"), both);
        // What does not is shown beside it, with the typing kept.
        let days = ward.replace("three", "nine");
        drafter.submit_and_follow(&edit, &edit, &cast::revision("2", &days)).await;
        let mut all = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        all.extend(fields("2", &id, "replace", &both, "save"));
        let clash = participant.post(&send, &all).await;
        assert_eq!(clash.status, 422);
        clash.shows("changed the same words").shows(&format!("{both}</textarea>")).shows("nine</ins>");
        participant.get(&send).await.shows("0 amendments");
    }
}

async fn answer_status(chair: &Browser, reference: &str, number: i32) -> u16 {
    chair.get(&format!("/drafts/{reference}/amendments/{number}/disposition")).await.status
}
