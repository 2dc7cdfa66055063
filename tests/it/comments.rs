//! What people say on a text: on words, with a type and a wording, edited,
//! withdrawn, naming others; what becomes of the words; and answers contested.

use primum::domain::notice::NoticeKind;
use primum::store;

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;

const STATEMENT: &str = "Hospitals should keep paper forms.\n\nThey should practise yearly, and keep \
     keys where they keep keys.\n\nThe third paragraph stays.\n";

/// Fields of a comment on a block of the statement.
pub fn on_block<'a>(
    position: &'a str,
    words: &'a str,
    body: &'a str,
) -> Vec<(&'static str, &'a str)> {
    vec![
        ("revision", "1"),
        ("section", if position == "0" { "" } else { "statement" }),
        ("position", position),
        ("words", words),
        ("body", body),
        ("capacity", "organisation"),
    ]
}

/// Sends a comment and answers its id.
pub async fn comment(who: &Browser, reference: &str, fields: &[(&'static str, &str)]) -> String {
    let page = format!("/drafts/{reference}");
    let done =
        who.submit(&format!("{page}/comments/new"), &format!("{page}/comments"), fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().rsplit("#c").next().unwrap().to_owned()
}

/// The note of a comment, as the page has it.
fn note<'a>(page: &'a Page, id: &str) -> &'a str {
    let mark = format!("<article class=\"note\" id=\"c{id}\">");
    let start = page.body.find(&mark).unwrap_or_else(|| panic!("no {id}:\n{}", page.body));
    let rest = &page.body[start..];
    rest.split("</article>").next().unwrap()
}

fn notices(app: &TestApp, kind: NoticeKind) -> usize {
    let due = app.app.now() + chrono::TimeDelta::hours(1);
    let found = app.write(|conn| store::outbox::list_due(conn, due, 200));
    found.iter().filter(|own| own.kind == kind).count()
}

/// An open text by the drafter: its reference.
async fn text(app: &TestApp) -> String {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let reference = cast::draft(&drafter, "Words", STATEMENT).await;
    cast::open(&chair, app, &reference).await;
    reference
}

both_engines! {
    async fn words_are_found_or_asked_for_again(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let (new, create) = (format!("{page}/comments/new"), format!("{page}/comments"));
        let missing = on_block("2", "keep lists", "Which lists?");
        let refused = participant.submit(&new, &create, &missing).await;
        assert_eq!(refused.status, 422);
        refused.shows("These words are not in the paragraph").shows("Which lists?")
            .shows("value=\"keep lists\"");
        let twice = on_block("2", "keep keys", "Which keys?");
        participant.submit(&new, &create, &twice).await.shows("in the paragraph 2 times");
        // A script sends what stands before them; then they are told apart.
        let mut told = on_block("2", "keep  keys", "These keys.");
        told.push(("before", "ey should practise yearly, and "));
        told.push(("kind", "editorial"));
        told.push(("proposed", "hold <keys>"));
        let id = comment(&participant, &reference, &told).await;
        let shown = participant.get(&page).await;
        shown.shows("and <mark class=\"said\">keep keys</mark> where they keep keys.");
        let note = note(&shown, &id);
        for words in ["Editorial", "Proposed wording", "hold &#60;keys&#62;", "keep keys</blockquote>"] {
            assert!(note.contains(words), "{words}: {note}");
        }
        let bad = [&on_block("0", "", " ")[..], &[("kind", "furious")]].concat();
        let refused = participant.submit(&new, &create, &bad).await;
        assert_eq!(refused.status, 422);
        refused.shows("Write your comment").shows("Choose one of the options");
    }

    async fn every_comment_states_its_fate(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let whole = comment(&participant, &reference, &on_block("0", "", "On it all")).await;
        let same = comment(&participant, &reference, &on_block("3", "", "Stays")).await;
        let changed = comment(&participant, &reference, &on_block("1", "", "Changes")).await;
        let words = comment(&participant, &reference, &on_block("2", "practise yearly", "W")).await;
        let kept = comment(&participant, &reference, &on_block("2", "where they", "K")).await;
        let drafter = cast::sign_in(app, "drafter").await;
        let edit = format!("{page}/edit");
        let second = "Hospitals should keep paper forms and pens.\n\nThey should practise monthly, and \
            keep keys where they keep keys.\n\nThe third paragraph stays.\n";
        let shown = drafter.submit_and_follow(&edit, &edit, &cast::revision("1", second)).await;
        let fate = |id: &str, words: &str| {
            let note = note(&shown, id);
            assert!(note.contains(words), "{words}: {note}");
        };
        assert!(!note(&shown, &whole).contains("note-fate"), "the whole is the whole");
        fate(&same, "Written on revision 1; this paragraph is unchanged.");
        fate(&changed, "Written on revision 1; this paragraph has changed.");
        let inserted = |words: &str| format!("<ins><span class=\"vh\">inserted: </span>{words}</ins>");
        let deleted = |words: &str| format!("<del><span class=\"vh\">deleted: </span>{words}</del>");
        let both = format!("Hospitals should keep paper forms{}.", inserted(" and pens"));
        fate(&changed, &both);
        fate(&words, "these words have changed");
        fate(&words, &format!("practise {}{}", deleted("yearly"), inserted("monthly")));
        fate(&kept, "these words are unchanged");
        shown.shows("<mark class=\"said\">where they</mark>");
        // And once more, read twice: the second time from memory.
        let third = "The third paragraph stays.\n\nThey should practise monthly.\n";
        drafter.submit_and_follow(&edit, &edit, &cast::revision("2", third)).await;
        for _ in 0..2 {
            let shown = drafter.get(&page).await;
            let gone = note(&shown, &kept);
            assert!(gone.contains("gone from the text"), "{gone}");
            assert!(note(&shown, &same).contains("Written on revision 1"), "{}", shown.body);
            shown.shows("On words that have changed since");
        }
        drafter.get(&format!("{page}/ledger")).await.shows("gone from the text");
    }

    async fn ones_own_is_edited_and_withdrawn_until_it_is_answered(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("1", "", "First *words*")).await;
        let edit = format!("{page}/comments/{id}/edit");
        assert_eq!(chair.get(&edit).await.status, 404, "not theirs");
        participant.get(&edit).await.shows("First *words*");
        let empty = participant.submit(&edit, &edit, &[("body", ""), ("kind", "")]).await;
        assert_eq!(empty.status, 422);
        let fields = [("body", "Second words"), ("kind", "general"), ("proposed", "Better")];
        let form = participant.get(&edit).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut all = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        all.extend(fields);
        let (one, two) =
            tokio::join!(participant.post(&edit, &all), participant.post(&edit, &all));
        assert_eq!((one.status, one.location()), (303, two.location()));
        let shown = chair.get(&page).await;
        let own = note(&shown, &id);
        for words in ["Second words", "earlier wording", "First <em>words</em>", "General"] {
            assert!(own.contains(words), "{words}: {own}");
        }
        assert_eq!(own.matches("note-when").count(), 2, "one earlier wording: {own}");

        // Withdrawn: kept, and no answer is owed.
        let away = comment(&participant, &reference, &on_block("2", "", "Never mind")).await;
        chair.get(&format!("{page}/stage")).await.shows("2 comments and amendments have no disposition");
        let withdrawal = format!("{page}/comments/{away}/withdrawal");
        participant.get(&withdrawal).await.shows("Never mind").shows("cannot be undone");
        participant.submit_and_follow(&withdrawal, &withdrawal, &[]).await
            .shows("Your comment is withdrawn.");
        let shown = chair.get(&page).await;
        assert!(note(&shown, &away).contains("Withdrawn by its author"), "{}", shown.body);
        chair.get(&format!("{page}/stage")).await.shows("1 comment or amendment has no disposition");
        let answer = format!("{page}/comments/{away}/disposition");
        assert_eq!(chair.get(&answer).await.status, 409);
        let answer = format!("{page}/comments/{id}/disposition");
        let noted = [("disposition", "noted"), ("reason", "Noted."), ("changed", "")];
        chair.submit_and_follow(&answer, &answer, &noted).await;
        assert_eq!(participant.get(&edit).await.status, 409, "answered");
        let withdrawal = format!("{page}/comments/{id}/withdrawal");
        assert_eq!(participant.get(&withdrawal).await.status, 409);
    }

    async fn who_is_named_is_told(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let form = participant.get(&format!("{page}/comments/new")).await;
        form.shows("@<bdi>The observer</bdi>").hides("The stranger").hides("The secretariat");
        let before = form.body.split("@<bdi>The observer").next().unwrap();
        let observer = before.rsplit("mention-").next().unwrap().split('"').next().unwrap();
        let mut fields = on_block("0", "", "See this, @The drafter and @The stranger.");
        fields.push(("mention", observer));
        fields.push(("mention", "12345"));
        let id = comment(&participant, &reference, &fields).await;
        assert_eq!(notices(app, NoticeKind::Mentioned), 2, "those with a role in the track");
        let shown = participant.get(&page).await;
        assert!(note(&shown, &id).contains("@<bdi>The observer</bdi>"), "{}", shown.body);
        // A chair who replies and names the author tells them once.
        let chair = cast::sign_in(app, "chair").await;
        let replies = format!("{page}/comments/{id}/replies");
        let reply = [("body", "Thank you, @The participant."), ("capacity", "personal")];
        chair.submit_and_follow(&format!("{page}/comments/new?reply={id}"), &replies, &reply).await;
        assert_eq!(notices(app, NoticeKind::Mentioned), 3);
        assert_eq!(notices(app, NoticeKind::Replied), 0);
    }

    async fn an_answer_is_contested_once_and_answered(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("1", "", "Please change")).await;
        let answer = format!("{page}/comments/{id}/disposition");
        let refused = [("disposition", "not-accepted"), ("reason", "No."), ("changed", "")];
        let contest = format!("{page}/comments/{id}/contest");
        assert_eq!(participant.get(&contest).await.status, 404, "nothing to contest");
        chair.submit_and_follow(&answer, &answer, &refused).await;
        assert_eq!(drafter.get(&contest).await.status, 404, "not theirs");
        participant.get(&page).await.shows("Contest this answer");
        let empty = participant.submit(&contest, &contest, &[("body", " ")]).await;
        assert_eq!(empty.status, 422);
        let body = [("body", "It says <nothing>.")];
        participant.submit_and_follow(&contest, &contest, &body).await
            .shows("It says &#60;nothing&#62;.").shows("Contest not answered yet");
        assert_eq!(notices(app, NoticeKind::Contested), 1);
        let again = participant.submit(&contest, &contest, &body).await;
        assert_eq!(again.status, 409);
        // No agreement over an unanswered contest.
        chair.get(&format!("{page}/stage")).await.shows("An author contests an answer");
        let form = chair.get(&page).await;
        let csrf = form.hidden("csrf");
        let once = primum::secrets::token();
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("revision", "1")];
        assert_eq!(chair.post(&format!("{page}/agreement"), &fields).await.status, 409);
        let at = form.body.find("/contests/").unwrap();
        let to = form.body[at..].split('"').next().unwrap();
        let address = format!("{page}{to}");
        assert_eq!(participant.get(&address).await.status, 404);
        let said = [("body", "It says enough.")];
        chair.submit_and_follow(&address, &address, &said).await.shows("It says enough.");
        assert_eq!(notices(app, NoticeKind::ContestAnswered), 1);
        assert_eq!(chair.submit(&address, &address, &said).await.status, 409, "once");
        chair.submit_and_follow(&format!("{page}/stage"), &format!("{page}/agreement"),
            &[("revision", "1")]).await.shows("Agreed");
    }

    async fn the_chair_sets_how_long_one_may_contest(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("1", "", "Please change")).await;
        let answer = format!("{page}/comments/{id}/disposition");
        let refused = [("disposition", "not-accepted"), ("reason", "No."), ("changed", "")];
        chair.submit_and_follow(&answer, &answer, &refused).await;
        let (stage, days) = (format!("{page}/stage"), format!("{page}/contest-days"));
        let bad = chair.submit(&stage, &days, &[("days", "900")]).await;
        assert_eq!(bad.status, 422);
        bad.shows("from 0 to 60").shows("value=\"900\"");
        chair.submit_and_follow(&stage, &days, &[("days", "0")]).await.shows("value=\"0\"");
        participant.get(&page).await.hides("Contest this answer");
        let contest = format!("{page}/comments/{id}/contest");
        let late = participant.submit(&contest, &contest, &[("body", "Still")]).await;
        assert_eq!(late.status, 409);
        late.shows("time to contest this answer is over");
    }

    async fn of_a_hundred_answers_at_once_one_counts(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("1", "", "Please change")).await;
        let answer = format!("{page}/comments/{id}/disposition");
        let csrf = chair.get(&answer).await.hidden("csrf");
        let mut all = tokio::task::JoinSet::new();
        for n in 0..100 {
            let (chair, answer, csrf) = (chair.clone(), answer.clone(), csrf.clone());
            all.spawn(async move {
                let (once, reason) = (primum::secrets::token(), format!("Reason {n}."));
                let fields = [
                    ("csrf", csrf.as_str()),
                    ("once", once.as_str()),
                    ("seen", ""),
                    ("disposition", "noted"),
                    ("reason", reason.as_str()),
                    ("changed", ""),
                ];
                // A busy database asks to try again: the form is still there.
                loop {
                    let done = chair.post(&answer, &fields).await;
                    if done.status != 503 {
                        return (n, done);
                    }
                }
            });
        }
        let mut winners = Vec::new();
        while let Some(done) = all.join_next().await {
            let (n, page) = done.unwrap();
            match page.status {
                303 => winners.push(n),
                422 => {
                    page.shows("Somebody else has answered this meanwhile")
                        .shows(&format!("Reason {n}.</textarea>"));
                }
                other => panic!("{other}: {}", page.body),
            }
        }
        assert_eq!(winners.len(), 1, "{winners:?}");
        let kept = format!("Reason {}.", winners[0]);
        chair.get(&format!("{page}/ledger")).await.shows(&kept);
        assert_eq!(notices(app, NoticeKind::Answered), 1);
        let decided = app.write(|conn| {
            let own = store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            store::decisions::list_standing(conn, own.id, 500)
        });
        assert_eq!(decided.len(), 1);
    }

    async fn a_repeated_answer_makes_one_row(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("1", "", "Please change")).await;
        let answer = format!("{page}/comments/{id}/disposition");
        let form = chair.get(&answer).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("once", once.as_str()),
            ("seen", ""),
            ("disposition", "noted"),
            ("reason", "Noted once."),
            ("changed", ""),
        ];
        let sent: Vec<_> = (0..10).map(|_| chair.post(&answer, &fields)).collect();
        for page in futures_util::future::join_all(sent).await {
            assert_eq!(page.status, 303, "{}", page.body);
        }
        assert_eq!(notices(app, NoticeKind::Answered), 1);
        let decided = app.write(|conn| {
            let own = store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            store::decisions::list_standing(conn, own.id, 500)
        });
        assert_eq!(decided.len(), 1);
    }
}
