//! What many do at once to the amendments of one text: one of them wins, the
//! others are told, and nothing is lost or done twice.

use futures_util::future::join_all;
use primum::domain::amendment::{AmendmentVerb, NewAmendment};
use primum::domain::role::Capacity;
use primum::store;

use crate::amendments::{FIRST, TEXT, answer, block, body, fields, notices, open_text, propose};
use crate::app::{TestApp, both_engines};
use crate::cast;

both_engines! {
    async fn a_repeated_form_makes_one_row(app: &TestApp) {
        let (reference, _, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let send = format!("/drafts/{reference}/amendments");
        let form = participant.get(&format!("{send}/new?section=statement&block={id}")).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let mut all = vec![("csrf", csrf.as_str()), ("once", once.as_str())];
        all.extend(fields("1", &id, "replace", "Other words.", "save"));
        let sent: Vec<_> = (0..10).map(|_| participant.post(&send, &all)).collect();
        for page in join_all(sent).await {
            assert_eq!((page.status, page.location().contains("/amendments/1")), (303, true));
        }
        participant.get(&send).await.shows("1 amendment,");

        // And one revision.
        let page = format!("{send}/1/disposition");
        let form = chair.get(&page).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let all = [
            ("csrf", csrf.as_str()),
            ("once", once.as_str()),
            ("revision", "1"),
            ("back", ""),
            ("disposition", "accepted"),
            ("reason", ""),
            ("text", "Other words."),
        ];
        let sent: Vec<_> = (0..10).map(|_| chair.post(&page, &all)).collect();
        for page in join_all(sent).await {
            assert_eq!((page.status, page.location().contains("/amendments/1")), (303, true));
        }
        assert_eq!(body(app, &reference), (2, TEXT.replace(FIRST, "Other words.")));
        assert_eq!(notices(app, "amendment-answered"), 1);
    }

    async fn of_a_hundred_answers_to_one_amendment_one_counts(app: &TestApp) {
        let (reference, _, chair, participant) = open_text(app).await;
        let id = block(app, &reference, 1);
        let seven = FIRST.replace("three", "seven");
        propose(&participant, &reference, "1", &id, &seven).await;
        let page = format!("/drafts/{reference}/amendments/1/disposition");
        let csrf = chair.get(&page).await.hidden("csrf");
        let sent = (0..100).map(|n| {
            let (chair, csrf, page, seven) =
                (chair.clone(), csrf.clone(), page.clone(), seven.clone());
            async move {
                let (once, reason) = (primum::secrets::token(), format!("Reason number {n}."));
                let choice = ["accepted", "noted", "not-accepted"][n % 3];
                let all = [
                    ("csrf", csrf.as_str()),
                    ("once", once.as_str()),
                    ("revision", "1"),
                    ("back", ""),
                    ("disposition", choice),
                    ("reason", reason.as_str()),
                    ("text", seven.as_str()),
                ];
                // A busy database asks to try again: the form is still there.
                loop {
                    let done = chair.post(&page, &all).await;
                    if done.status != 503 {
                        return (n, done);
                    }
                }
            }
        });
        let mut won = Vec::new();
        for (n, page) in join_all(sent).await {
            match page.status {
                303 => won.push(n),
                422 => {
                    // Whoever came late reads how it stands, and has what they typed.
                    assert!(page.body.contains("Somebody else has answered this meanwhile")
                        || page.body.contains("was saved since you looked"), "{}", page.body);
                    page.shows(&format!("Reason number {n}.</textarea>"));
                }
                other => panic!("{n}: {other}: {}", page.body),
            }
        }
        assert_eq!(won.len(), 1, "{won:?}");
        let accepted = won[0] % 3 == 0;
        let expected = if accepted { (2, TEXT.replace("three", "seven")) } else { (1, TEXT.into()) };
        assert_eq!(body(app, &reference), expected);
        participant.get(&format!("/drafts/{reference}/amendments/1")).await
            .shows(&format!("Reason number {}.", won[0]));
        assert_eq!(notices(app, "amendment-answered"), 1, "its author is told once");
    }

    async fn of_a_hundred_acceptances_one_wins(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let many = 100;
        let text: String = (1..=many).map(|n| format!("Paragraph number {n} of the text.\n\n")).collect();
        let reference = cast::draft(&drafter, "A hundred", &text).await;
        cast::open(&chair, app, &reference).await;
        propose_many(app, &reference, many);
        let csrf = chair.get("/account").await.hidden("csrf");
        let tokens: Vec<String> = (0..many).map(|_| primum::secrets::token()).collect();
        let sent = tokens.iter().zip(1..).map(|(once, n)| {
            let (chair, csrf, reference) = (chair.clone(), csrf.clone(), reference.clone());
            async move {
                let page = format!("/drafts/{reference}/amendments/{n}/disposition");
                let text = format!("Paragraph {n} of the text, amended.");
                let reason = format!("Reason number {n}.");
                let all = [
                    ("csrf", csrf.as_str()),
                    ("once", once.as_str()),
                    ("revision", "1"),
                    ("back", ""),
                    ("disposition", "accepted"),
                    ("reason", reason.as_str()),
                    ("text", text.as_str()),
                ];
                loop {
                    let done = chair.post(&page, &all).await;
                    if done.status != 503 {
                        return done;
                    }
                }
            }
        });
        let pages = join_all(sent).await;
        let won = pages.iter().filter(|page| page.status == 303).count();
        let told = pages.iter().zip(1..).filter(|(page, _)| page.status == 422);
        for (page, n) in told.clone() {
            page.shows("Revision 2 was saved since you looked");
            page.shows(&format!("Reason number {n}.</textarea>"));
            page.shows(&format!("Paragraph {n} of the text, amended.</textarea>"));
        }
        assert_eq!((won, told.count()), (1, 99));
        assert_eq!(notices(app, "amendment-answered"), 1, "of one answer one is told");
        let winner = pages.iter().zip(1..).find(|(page, _)| page.status == 303).unwrap().1;
        participant_sees(app, &reference, winner).await;
        let (revision, now) = body(app, &reference);
        assert_eq!((revision, now.matches("amended").count()), (2, 1));
        assert_eq!(now.matches("of the text").count(), many, "no text is lost");

        // And one after another, none of the rest is.
        for n in 1..=many {
            let page = format!("/drafts/{reference}/amendments/{n}/disposition");
            if chair.get(&page).await.status == 200 {
                let n = i32::try_from(n).unwrap();
                assert_eq!(answer(&chair, &reference, n, "accepted", "", None).await.status, 303);
            }
            if n == 5 {
                break;
            }
        }
        let now = body(app, &reference).1;
        for n in 1..=5 {
            assert!(now.contains(&format!("Paragraph {n} of the text, amended.")), "{n}");
        }
    }
}

/// The proposer reads the answer to the one, and that the others wait.
async fn participant_sees(app: &TestApp, reference: &str, winner: i32) {
    let participant = cast::sign_in(app, "participant").await;
    let page = |n: i32| format!("/drafts/{reference}/amendments/{n}");
    participant.get(&page(winner)).await.shows(&format!("Reason number {winner}."));
    participant.get(&page(winner % 100 + 1)).await.shows("Waits for an answer");
}

/// One amendment a paragraph, straight through the verbs.
fn propose_many(app: &TestApp, reference: &str, many: usize) {
    let now = app.app.now();
    let blocks: Vec<i32> = (1..=many).map(|n| block(app, reference, n).parse().unwrap()).collect();
    app.write(|conn| {
        let programme = store::programme::load(conn)?;
        let email = cast::email("participant");
        let account = store::accounts::find_credentials(conn, &email)?.unwrap().id;
        let actor = store::accounts::find_actor(conn, account)?.unwrap();
        for (block, n) in blocks.iter().zip(1..) {
            let place = primum::actions::amendments::Place {
                revision: 1,
                section: "statement".into(),
                block: Some(*block),
            };
            let new = NewAmendment {
                verb: AmendmentVerb::Replace,
                wording: format!("Paragraph {n} of the text, amended."),
                reason: "Shorter.".into(),
                capacity: Capacity::Organisation,
            };
            primum::actions::amendments::propose(
                conn, &actor, &programme, reference, &place, &new, now,
            )
            .unwrap();
        }
        Ok(())
    });
}
