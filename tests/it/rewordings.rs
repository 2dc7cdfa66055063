//! What its proposer does with an amendment that nobody has answered: other
//! words, or none; and who hears of it.

use primum::domain::ids::AccountId;
use primum::jobs;
use primum::mail::Transport;
use primum::store;

use crate::amendments::{FIRST, TEXT, answer, block, body, notices, open_text, propose};
use crate::app::{Engine, Setup, TestApp, both_engines};
use crate::cast;
use crate::smtp::SmtpSink;

/// Whom the notices of a kind are for.
fn told(app: &TestApp, kind: &str) -> Vec<Option<AccountId>> {
    let due = app.app.now() + chrono::TimeDelta::hours(1);
    let found = app.write(|conn| store::outbox::list_due(conn, due, 1_000));
    found.iter().filter(|own| own.kind.as_str() == kind).map(|own| own.account).collect()
}

fn account(app: &TestApp, who: &str) -> Option<AccountId> {
    let email = cast::email(who);
    app.write(|conn| Ok(store::accounts::find_credentials(conn, &email)?.map(|own| own.id)))
}

/// Other words for the same reason.
fn reworded<'a>(revision: &'a str, wording: &'a str) -> [(&'static str, &'a str); 4] {
    anew(revision, wording, "Storms last longer.")
}

fn anew<'a>(revision: &'a str, wording: &'a str, reason: &'a str) -> [(&'static str, &'a str); 4] {
    [("revision", revision), ("wording", wording), ("reason", reason), ("intent", "save")]
}

both_engines! {
    async fn one_that_waits_is_reworded_on_the_record(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let seven = FIRST.replace("three", "seven");
        let nine = FIRST.replace("three", "nine");
        propose(&participant, &reference, "1", &id, &seven).await;
        let page = format!("/drafts/{reference}/amendments/1");
        let join = format!("{page}/co-sponsorship");
        drafter.submit_and_follow(&page, &join, &[]).await;

        // Its proposer alone can, and is told what it means for the others.
        let edit = format!("{page}/adaptation");
        participant.get(&page).await.shows("Change its wording").shows("Its co-sponsors are told.");
        drafter.get(&page).await.hides("Change its wording");
        assert_eq!(drafter.get(&edit).await.status, 404);
        assert_eq!(chair.submit(&page, &edit, &reworded("1", &nine)).await.status, 404);
        let form = participant.get(&edit).await;
        form.shows("1 organisation has put its name").shows(&format!("{seven}</textarea>"));
        let same = participant.submit(&edit, &edit, &reworded("1", &seven)).await;
        assert_eq!(same.status, 422);
        same.shows("This is what it says already");
        let mut looked = reworded("1", &nine);
        looked[3].1 = "check";
        participant.submit(&edit, &edit, &looked).await.shows("nine</ins>");
        assert_eq!(told(app, "amendment-reworded"), [], "a look tells nobody");

        // The chair has it open meanwhile.
        let disposition = format!("{page}/disposition");
        let seen = chair.get(&disposition).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut fields = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        fields.extend(reworded("1", &nine));
        for _ in 0..2 {
            let done = participant.post(&edit, &fields).await;
            assert_eq!(done.location(), format!("{page}?done=amendment-reworded"), "{}", done.body);
        }
        assert_eq!(told(app, "amendment-reworded"), [account(app, "drafter")], "once");
        let shown = participant.get(&page).await;
        shown.shows("nine</ins>").shows("Reworded by its proposer, on revision 1");
        assert!(shown.body.split("Its road").nth(1).unwrap().contains("seven</ins>"), "{}", shown.body);
        // Whoever stood beside it sees that, and may go.
        drafter.get(&page).await.shows("joined before the wording was written anew")
            .shows("Its wording has changed since your organisation put its name to it");

        // No answer to words nobody looked at; what was typed is kept.
        let (csrf, once, mark) = (seen.hidden("csrf"), seen.hidden("once"), seen.hidden("seen"));
        for (choice, text) in [("accepted", seven.as_str()), ("not-accepted", "")] {
            let stale = [
                ("csrf", csrf.as_str()),
                ("once", once.as_str()),
                ("revision", "1"),
                ("seen", mark.as_str()),
                ("back", ""),
                ("disposition", choice),
                ("reason", "Seven it is."),
                ("text", text),
            ];
            let refused = chair.post(&disposition, &stale).await;
            assert_eq!(refused.status, 422, "{choice}");
            refused.shows("Its proposer has changed it since you looked").shows("Seven it is.</textarea>");
            if choice == "accepted" {
                refused.shows(&format!("{nine}</textarea>")).hides(&format!("{seven}</textarea>"));
            }
        }
        assert_eq!(body(app, &reference), (1, TEXT.to_owned()));

        let leave = format!("{join}/withdrawal");
        drafter.submit_and_follow(&page, &leave, &[]).await;
        let ten = FIRST.replace("three", "ten");
        participant.submit_and_follow(&edit, &edit, &reworded("1", &ten)).await.shows("ten</ins>");
        assert_eq!(told(app, "amendment-reworded").len(), 1, "who has gone is not told");
        answer(&chair, &reference, 1, "accepted", "", None).await;
        assert_eq!(body(app, &reference), (2, TEXT.replace("three", "ten")));
        assert_eq!(participant.get(&edit).await.status, 409, "answered");
    }

    async fn other_words_come_in_time_or_not_at_all(app: &TestApp) {
        let (reference, drafter, _, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        let page = format!("/drafts/{reference}/amendments/1");
        let edit = format!("{page}/adaptation");
        let nine = FIRST.replace("three", "nine");
        let form = participant.get(&edit).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut fields = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        fields.extend(reworded("1", &nine));
        // A text that moved on is shown first.
        let drafts = format!("/drafts/{reference}/edit");
        let ward = TEXT.replace("ward", "ward and theatre");
        drafter.submit_and_follow(&drafts, &drafts, &cast::revision("1", &ward)).await;
        let moved = participant.post(&edit, &fields).await;
        assert_eq!(moved.status, 422);
        moved.shows("Nothing is lost").shows(&format!("{nine}</textarea>"));
        assert_eq!(moved.hidden("revision"), "2");
        let over = (app.app.now() - chrono::TimeDelta::minutes(1)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!("UPDATE recommendations SET comments_until = '{over}'")).unwrap();
        participant.get(&page).await.hides("Change its wording");
        let last = fields.len() - 4;
        fields[last].1 = "2";
        let late = participant.post(&edit, &fields).await;
        assert_eq!(late.status, 422, "{}", late.body);
        late.shows("time for comments and amendments has passed").shows(&format!("{nine}</textarea>"));
        assert_eq!(participant.get(&edit).await.status, 409);
        participant.get(&page).await.shows("seven</ins>").hides("nine");
    }

    async fn what_was_written_anew_survives_an_undo(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        propose(&drafter, &reference, "1", &id, &FIRST.replace("three", "five")).await;
        answer(&chair, &reference, 1, "accepted", "", None).await;
        let two = format!("/drafts/{reference}/amendments/2");
        let edit = format!("{two}/adaptation");
        let theatre = FIRST.replace("three", "seven").replace("ward", "ward and theatre");
        drafter.submit_and_follow(&edit, &edit, &reworded("2", &theatre)).await
            .shows("Written anew on revision 2");
        let one = format!("/drafts/{reference}/amendments/1");
        chair.submit_and_follow(&one, &format!("{one}/undo"), &[]).await;
        drafter.get(&two).await.shows("and theatre</ins>").shows("Waits for an answer");
        answer(&chair, &reference, 2, "accepted", "", None).await;
        assert_eq!(body(app, &reference).1, TEXT.replace("ward", "ward and theatre"));
    }

    async fn a_withdrawal_is_told_to_whoever_stood_beside_it(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        let page = format!("/drafts/{reference}/amendments/1");
        for who in [&drafter, &chair] {
            who.submit_and_follow(&page, &format!("{page}/co-sponsorship"), &[]).await;
        }
        let form = participant.get(&page).await;
        let (csrf, once) = (form.hidden("csrf"), primum::secrets::token());
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str())];
        for _ in 0..2 {
            let done = participant.post(&format!("{page}/withdrawal"), &fields).await;
            assert_eq!(done.status, 303, "{}", done.body);
        }
        let mut all = told(app, "amendment-withdrawn");
        all.sort_unstable();
        let mut expected = vec![account(app, "drafter"), account(app, "chair")];
        expected.sort_unstable();
        assert_eq!(all, expected);
        assert_eq!(notices(app, "amendment-reworded"), 0);
    }

    async fn another_reason_is_given_on_the_record(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let seven = FIRST.replace("three", "seven");
        propose(&participant, &reference, "1", &id, &seven).await;
        let page = format!("/drafts/{reference}/amendments/1");
        let edit = format!("{page}/adaptation");
        let join = format!("{page}/co-sponsorship");
        drafter.submit_and_follow(&page, &join, &[]).await;
        drafter.get(&page).await.hides("has changed since your organisation");
        participant.get(&edit).await.shows("Storms last longer.</textarea>");

        // None is a fault of its field; a look shows what would change.
        let empty = participant.submit(&edit, &edit, &anew("1", &seven, " ")).await;
        assert_eq!(empty.status, 422);
        empty.shows(r#"id="reason-error""#).shows(&format!("{seven}</textarea>"));
        let mut look = anew("1", &seven, "Fuel lasts *seven* days.");
        look[3].1 = "check";
        participant.submit(&edit, &edit, &look).await.shows("Storms last longer.</del>")
            .shows("Fuel lasts *seven* days.</textarea>");
        assert_eq!(told(app, "amendment-reworded"), []);

        // Sent twice, it is given once; the chair has it open meanwhile.
        let disposition = format!("{page}/disposition");
        let seen = chair.get(&disposition).await;
        let form = participant.get(&edit).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut fields = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        fields.extend(anew("1", &seven, "Fuel lasts *seven* days."));
        for _ in 0..2 {
            let done = participant.post(&edit, &fields).await;
            assert_eq!(done.location(), format!("{page}?done=amendment-reasoned"), "{}", done.body);
        }
        assert_eq!(told(app, "amendment-reworded"), [account(app, "drafter")], "once");
        let shown = participant.get(&page).await;
        shown.shows("Its proposer gave it another reason, on revision 1").hides("Reworded by");
        // The card has the new reason, its road both.
        let (card, road) = shown.body.split_once("Its road").unwrap();
        assert!(card.contains("Fuel lasts <em>seven</em> days."), "{card}");
        assert!(!card.contains("Storms last longer."), "{card}");
        let (former, new) = (road.find("Storms last longer."), road.find("Fuel lasts *seven* days."));
        assert!(former.is_some() && former < new, "{road}");
        assert!(!road.contains("seven</ins>"), "its words did not change: {road}");
        drafter.get(&page).await.shows("The reason given for it has changed since your organisation")
            .hides("joined before the wording was written anew");
        chair.get(&format!("/drafts/{reference}/ledger")).await.shows("Fuel lasts")
            .hides("Storms last longer.");

        // No answer to a reason nobody has read; what was typed is kept.
        let (csrf, once, mark) = (seen.hidden("csrf"), seen.hidden("once"), seen.hidden("seen"));
        let stale = [
            ("csrf", csrf.as_str()),
            ("once", once.as_str()),
            ("revision", "1"),
            ("seen", mark.as_str()),
            ("back", ""),
            ("disposition", "not-accepted"),
            ("reason", "Storms are short here."),
            ("text", seven.as_str()),
        ];
        let refused = chair.post(&disposition, &stale).await;
        assert_eq!(refused.status, 422);
        refused.shows("Its proposer has changed it since you looked")
            .shows("Storms are short here.</textarea>").shows("Fuel lasts <em>seven</em> days.");

        // Words and reason at once; an undone answer leaves the reason.
        let eight = FIRST.replace("three", "eight");
        participant.submit_and_follow(&edit, &edit, &anew("1", &eight, "Eight is the law.")).await
            .shows("Reworded by its proposer").shows("The wording and the reason");
        drafter.get(&page).await.shows("Its wording has changed since your organisation");
        answer(&chair, &reference, 1, "accepted", "", None).await;
        chair.submit_and_follow(&page, &format!("{page}/undo"), &[]).await;
        participant.get(&page).await.shows("Eight is the law.").shows("eight</ins>");
    }

    async fn another_reason_does_not_keep_words_from_coming_back(app: &TestApp) {
        let (reference, drafter, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let ward = FIRST.replace("ward", "ward and theatre");
        propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
        propose(&drafter, &reference, "1", &id, &ward).await;
        answer(&chair, &reference, 1, "accepted", "", None).await;
        let two = format!("/drafts/{reference}/amendments/2");
        let edit = format!("{two}/adaptation");
        let both = FIRST.replace("three", "seven").replace("ward", "ward and theatre");
        drafter.submit_and_follow(&edit, &edit, &anew("2", &both, "Theatres too.")).await
            .shows("Its proposer gave it another reason, on revision 2");
        let one = format!("/drafts/{reference}/amendments/1");
        chair.submit_and_follow(&one, &format!("{one}/undo"), &[]).await;
        drafter.get(&two).await.shows("Restored as it stood, on revision 3").shows("Theatres too.");
        answer(&chair, &reference, 2, "accepted", "", None).await;
        assert_eq!(body(app, &reference).1, TEXT.replace("ward", "ward and theatre"));
    }

    async fn a_deletion_has_a_reason_to_change_and_no_words(app: &TestApp) {
        let (reference, _, _, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let new = format!("/drafts/{reference}/amendments/new?section=statement&block={id}&verb=delete");
        let fields = [
            ("revision", "1"),
            ("section", "statement"),
            ("block", id.as_str()),
            ("verb", "delete"),
            ("wording", ""),
            ("reason", "It is said elsewhere."),
            ("capacity", "organisation"),
            ("intent", "save"),
        ];
        let send = format!("/drafts/{reference}/amendments");
        participant.submit_and_follow(&new, &send, &fields).await.hides("Change its wording")
            .shows("Change its reason");
        let edit = format!("{send}/1/adaptation");
        participant.get(&edit).await.shows("Another reason for amendment A1")
            .hides("<textarea id=\"wording\"").hides("Do you still want it deleted");
        let same = participant.submit(&edit, &edit, &anew("1", "", "It is said elsewhere.")).await;
        assert_eq!(same.status, 422);
        same.shows("This is what it says already");
        participant.submit_and_follow(&edit, &edit, &anew("1", "Other words.", "It is law.")).await
            .shows("Its proposer gave it another reason").shows("It is law.").hides("Other words.");
    }
}

/// The letters name the text and say what happened, not who did it; each in
/// its reader's language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_letters_name_nobody() {
    let sink = SmtpSink::start().await;
    let transport = Transport::smtp(&sink.url(), "primum@example.org").unwrap();
    let app = TestApp::start_with(Setup { transport, ..Setup::new(Engine::Sqlite) }).await;
    let (reference, drafter, chair, participant) = open_text(&app).await;
    app.raw("UPDATE accounts SET language = 'cs' WHERE email = 'chair@example.org'").unwrap();
    while jobs::deliver(&app.app).await > 0 {}
    let before = sink.received().len();
    let id = block(&app, &reference, 1);
    propose(&participant, &reference, "1", &id, &FIRST.replace("three", "seven")).await;
    let page = format!("/drafts/{reference}/amendments/1");
    for who in [&drafter, &chair] {
        who.submit_and_follow(&page, &format!("{page}/co-sponsorship"), &[]).await;
    }
    let edit = format!("{page}/adaptation");
    let nine = FIRST.replace("three", "nine");
    participant.submit_and_follow(&edit, &edit, &reworded("1", &nine)).await;
    while jobs::deliver(&app.app).await > 0 {}
    participant.submit_and_follow(&page, &format!("{page}/withdrawal"), &[]).await;
    while jobs::deliver(&app.app).await > 0 {}
    let letters = sink.wait_for(before + 4).await.split_off(before);
    assert_eq!(letters.len(), 4);
    let mut czech = 0;
    for letter in &letters {
        let raw = letter.raw.to_lowercase();
        assert!(raw.contains(&reference.to_lowercase()), "{raw}");
        assert!(!raw.contains("participant") && !raw.contains("nine"), "{raw}");
        czech += usize::from(letter.recipients.iter().any(|to| to.contains("chair")));
    }
    assert_eq!(czech, 2);
    let english = letters.iter().filter(|own| own.recipients[0].contains("drafter"));
    let subjects: Vec<bool> = english.map(|own| own.raw.contains("that you co-sponsor")).collect();
    assert_eq!(subjects.len(), 2);
}
