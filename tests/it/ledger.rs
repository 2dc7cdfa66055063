//! The ledger: what it shows and hides, one answer to several, and the ledger
//! of a whole track.

use primum::domain::notice::NoticeKind;
use primum::store;

use crate::amendments;
use crate::app::{TestApp, both_engines};
use crate::cast;
use crate::comments::{comment, on_block};

const STATEMENT: &str = "One stands here.\n\nTwo stands here.\n";

async fn text(app: &TestApp) -> String {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let reference = cast::draft(&drafter, "Ledger", STATEMENT).await;
    cast::open(&chair, app, &reference).await;
    reference
}

both_engines! {
    async fn it_is_narrowed_and_turned_page_by_page(app: &TestApp) {
        let reference = text(app).await;
        let participant = cast::sign_in(app, "participant").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let editorial =
            [&on_block("1", "", "An editorial remark")[..], &[("kind", "editorial")]].concat();
        comment(&participant, &reference, &editorial).await;
        let id = comment(&drafter, &reference, &on_block("0", "", "On all of it")).await;
        let (page, ledger) = (format!("/drafts/{reference}"), format!("/drafts/{reference}/ledger"));
        let answer = format!("{page}/comments/{id}/disposition");
        let noted = [("disposition", "noted"), ("reason", "Noted so."), ("changed", "")];
        chair.submit_and_follow(&answer, &answer, &noted).await;
        let all = chair.get(&ledger).await;
        all.shows("An editorial remark").shows("On all of it").shows("2 entries");
        let organisation = all.body.split("participant’s organisation</option>").next().unwrap();
        let organisation = organisation.rsplit("value=\"").next().unwrap();
        let organisation = organisation.split('"').next().unwrap();
        for (query, first, second) in [
            ("state=open".to_owned(), true, false),
            ("state=answered".to_owned(), false, true),
            ("state=contested".to_owned(), false, false),
            ("kind=editorial".to_owned(), true, false),
            ("kind=amendment".to_owned(), false, false),
            ("disposition=noted".to_owned(), false, true),
            ("section=statement".to_owned(), true, false),
            ("section=whole".to_owned(), false, true),
            (format!("organisation={organisation}"), true, false),
            ("section=' OR 1=1 --&state=nonsense".to_owned(), false, false),
        ] {
            let shown = chair.get(&format!("{ledger}?{}", query.replace(' ', "%20"))).await;
            assert_eq!(shown.status, 200, "{query}");
            assert_eq!(shown.body.contains("An editorial remark"), first, "{query}");
            assert_eq!(shown.body.contains("On all of it"), second, "{query}");
        }
        for n in 0..52 {
            comment(&participant, &reference, &on_block("2", "", &format!("Number {n} of many"))).await;
        }
        let first = chair.get(&ledger).await;
        first.shows("Number 1 of many").hides("Number 51 of many").shows("rel=\"next\"");
        chair.get(&format!("{ledger}?section=statement&page=2")).await
            .shows("Number 51 of many").hides("Number 1 of many").shows("section=statement");
        assert_eq!(chair.get(&format!("{ledger}?page=9")).await.status, 404);

        // The track's ledger is for those of the track.
        let of_track = format!("/drafts/tracks/{}/ledger", cast::TRACK);
        drafter.get(&of_track).await.shows("An editorial remark").shows(&reference);
        let stranger = cast::sign_in(app, "stranger").await;
        assert_eq!(stranger.get(&of_track).await.status, 404);
        let secretariat = cast::sign_in(app, "secretariat").await;
        secretariat.get(&of_track).await.shows("An editorial remark");
        assert_eq!(drafter.get("/drafts/tracks/nowhere/ledger").await.status, 404);
    }

    async fn one_answer_goes_to_several_and_each_author_is_told(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let one = comment(&participant, &reference, &on_block("1", "", "First voice")).await;
        let two = comment(&drafter, &reference, &on_block("1", "", "Second voice")).await;
        let three = comment(&drafter, &reference, &on_block("1", "", "Third voice")).await;
        let answers = format!("{page}/ledger/answers");
        chair.get(&format!("{page}/ledger")).await.shows("Answer the chosen together");
        participant.get(&format!("{page}/ledger")).await.hides("Answer the chosen together");
        assert_eq!(chair.get(&answers).await.status, 422, "none chosen");
        let chosen = format!("{answers}?comment={one}&comment={two}");
        assert_eq!(participant.get(&chosen).await.status, 404);
        let form = chair.get(&chosen).await;
        form.shows("First voice").shows("Second voice").hides("Third voice");
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let fields = |intent: &'static str, reason: &'static str| {
            vec![
                ("csrf", csrf.clone()),
                ("once", once.clone()),
                ("comment", one.clone()),
                ("comment", two.clone()),
                ("disposition", "accepted".to_owned()),
                ("reason", reason.to_owned()),
                ("changed", String::new()),
                ("intent", intent.to_owned()),
            ]
        };
        let send = async |intent, reason| {
            let fields = fields(intent, reason);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            chair.post(&answers, &fields).await
        };
        assert_eq!(send("check", " ").await.status, 422);
        let check = send("check", "Both are <right>.").await;
        assert_eq!(check.status, 200);
        check.shows("Is this right?").shows("2 authors are told").shows("Both are &#60;right&#62;.");
        chair.get(&page).await.hides("Both are &#60;right&#62;.");
        let (first, again) =
            (send("record", "Both are right.").await, send("record", "Both are right.").await);
        assert_eq!((first.status, again.status), (303, 303));
        let shown = chair.get(&format!("{page}/ledger?state=answered")).await;
        assert_eq!(shown.body.matches("Both are right.").count(), 2);
        let due = app.app.now() + chrono::TimeDelta::hours(1);
        let mail = app.write(|conn| store::outbox::list_due(conn, due, 100));
        let told = mail.iter().filter(|own| own.kind == NoticeKind::Answered);
        let mut told: Vec<_> = told.map(|own| (own.account, own.subject)).collect();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), 2, "each author of their own comment");
        // One that is answered meanwhile: nothing is recorded, the others stay chosen.
        let late = format!("{answers}?comment={one}&comment={three}");
        let late = chair.get(&late).await;
        assert_eq!(late.status, 422);
        late.shows("answered or withdrawn meanwhile").shows("Third voice").hides("First voice");
    }

    async fn an_answer_shows_the_words_before_and_after(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let id = comment(&participant, &reference, &on_block("2", "", "Make it three")).await;
        let edit = format!("{page}/edit");
        let second = cast::revision("1", "One stands here.\n\nThree stands here.\n");
        drafter.submit_and_follow(&edit, &edit, &second).await;
        let answer = format!("{page}/comments/{id}/disposition");
        chair.get(&answer).await.shows("<option value=\"2\">Revision 2: A change</option>");
        let wrong = [("disposition", "accepted"), ("reason", "Yes."), ("changed", "7")];
        assert_eq!(chair.submit(&answer, &answer, &wrong).await.status, 422);
        let right = [("disposition", "accepted"), ("reason", "Yes."), ("changed", "2")];
        let ledger = chair.submit_and_follow(&answer, &answer, &right).await;
        let said = |tag: &str, word: &str, text: &str| {
            format!("<{tag}><span class=\"vh\">{word}: </span>{text}</{tag}>")
        };
        let (gone, come) = (said("del", "deleted", "Two"), said("ins", "inserted", "Three"));
        let both = format!("{gone}{come} stands here.");
        ledger.shows(&both).shows(&format!("{page}/compare?from=1&#38;to=2"));
        let of_track = format!("/drafts/tracks/{}/ledger", cast::TRACK);
        // The ledger of the track knows the same of each text in it.
        chair.get(&of_track).await.shows(&both)
            .shows("¶\u{a0}2").shows("Written on revision 1; this paragraph has changed.");
        participant.get(&page).await.shows("See what revision 2 changed");
    }

    async fn an_amendment_stands_in_it_and_its_answer_is_contested(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let block = amendments::block(app, &reference, 2);
        amendments::propose(&participant, &reference, "1", &block, "Two walks here.").await;
        let ledger = format!("{page}/ledger");
        chair.get(&format!("{ledger}?kind=amendment&state=open")).await
            .shows("Amendment A1").shows("Two walks here.").shows("amendments/1/disposition");
        chair.get("/desk/queue").await.shows("Answer amendment A1 of The participant");
        let contest = format!("{page}/amendments/1/contest");
        assert_eq!(participant.get(&contest).await.status, 404, "nothing to contest");
        let done =
            amendments::answer(&chair, &reference, 1, "not-accepted", "It stands.", None).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(chair.get(&contest).await.status, 404, "not theirs");
        participant.get(&format!("{page}/amendments/1")).await.shows("Contest this answer");
        let body = [("body", "It walks already.")];
        participant.submit_and_follow(&contest, &contest, &body).await
            .shows("It walks already.").hides("Contest this answer");
        let shown = chair.get(&format!("{ledger}?state=contested")).await;
        shown.shows("It walks already.").shows("Contest not answered yet");
        let at = shown.body.find("/contests/").unwrap();
        let address = format!("{page}{}", shown.body[at..].split('"').next().unwrap());
        chair.submit_and_follow(&address, &address, &[("body", "It only stands.")]).await
            .shows("It only stands.");
        participant.get(&format!("{page}/amendments/1")).await.shows("It only stands.");
        let (_, csv) = crate::exchange::download(&chair, &format!("{ledger}.csv")).await;
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.contains("A1,1,") && csv.contains("Two walks here."), "{csv}");
    }
}
