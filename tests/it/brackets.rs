//! What is not agreed stands in brackets: whose, since when, and withdrawn by
//! those who put it there alone.

use primum::actions::{ActionError, editions};
use primum::store;

use crate::app::both_engines;
use crate::cast;

const TEXT: &str = "Hospitals [shall][should] keep backups.\n\nThey report [within a day].\n";

both_engines! {
    async fn one_without_its_other_half_counts_too(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Brackets", "Hospitals [keep backups.\n").await;
        let page = format!("/drafts/{reference}");
        chair.get(&page).await.shows("1 bracket");
        let csrf = chair.get("/account").await.hidden("csrf");
        let once = primum::secrets::token();
        let form = [("csrf", csrf.as_str()), ("once", once.as_str()), ("revision", "1")];
        let refused = chair.post(&format!("{page}/agreement"), &form).await;
        assert_eq!(refused.status, 409);
        refused.shows("Settle every bracket first.");
        // However it came to be agreed, it is not published: neither this nor a pair.
        let paired = cast::draft(&drafter, "Pairs", "Hospitals [keep] backups.\n").await;
        let now = app.app.now();
        app.raw(
            "UPDATE recommendations SET stage = 'agreed', agreed_revision = 1, \
             agreed_at = created_at",
        )
        .unwrap();
        for own in [reference, paired] {
            let published = app.app.write(|conn| {
                let programme = store::programme::load(conn)?;
                let (account, _) = store::accounts::find_first_secretariat(conn)?.unwrap();
                let actor = store::accounts::find_actor(conn, account)?.unwrap();
                let id = editions::create(conn, &actor, now)?;
                editions::change(conn, &actor, id, "A foreword.", std::slice::from_ref(&own), now)?;
                editions::publish(conn, &actor, &programme, id, true, now)
            });
            assert!(matches!(published, Err(ActionError::Faults(_))), "{own}: {published:?}");
        }
        assert_eq!(app.visitor().get("/en/editions/1").await.status, 404);
    }

    async fn they_keep_whose_they_are(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let observer = cast::sign_in(app, "observer").await;
        let reference = cast::draft(&drafter, "Brackets", TEXT).await;
        let page = format!("/drafts/{reference}");
        let edit = format!("{page}/edit");
        let brackets = format!("{page}/brackets");
        observer.get(&page).await.shows(&format!("href=\"{brackets}\"")).shows("3 brackets");
        let shown = observer.get(&brackets).await;
        shown.shows("3 brackets are in this text.").shows("To choose between").shows("The drafter");
        shown.shows("[within a day]").hides("Withdraw<").shows(&format!("{page}#statement-2"));
        shown.shows("% of its words are clean");

        // A text without any says so, and which others have some.
        let clean = cast::draft(&drafter, "Clean", "Hospitals keep backups.\n").await;
        let none = observer.get(&format!("/drafts/{clean}/brackets")).await;
        none.shows("No bracket is left in this text").hides("% of its words are clean");
        none.shows("Brackets in other texts of the track").shows(&format!("href=\"{brackets}\""));

        // The chair moves a paragraph, changes words in brackets, adds a pair.
        let changed = "They report [within one day].\n\nHospitals [shall][should] keep backups.\n\n\
            [Nobody pays.]\n";
        chair.submit_and_follow(&edit, &edit, &cast::revision("1", changed)).await;
        let shown = chair.get(&brackets).await;
        let row = |words: &str| {
            let row = shown.body.split("<tr>").find(|row| row.contains(&format!("[{words}]")));
            row.unwrap_or_else(|| panic!("no {words} in {}", shown.body)).to_owned()
        };
        assert!(row("within one day").contains("The drafter"), "{}", row("within one day"));
        assert!(row("shall").contains("revisions/1"));
        let new = row("Nobody pays.");
        assert!(new.contains("The chair") && new.contains("revisions/2"), "{new}");
        // Withdrawn by its own people only, the words kept.
        assert!(row("Nobody pays.").contains("/withdrawal"));
        assert!(!row("shall").contains("/withdrawal"));
        let own = row("Nobody pays.");
        let action = own.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let theirs = drafter.submit(&brackets, &action, &[("base", "2")]).await;
        assert_eq!(theirs.status, 404);
        let stale = chair.submit(&brackets, &action, &[("base", "1")]).await;
        assert_eq!(stale.status, 422);
        stale.shows("revision 2 was saved since you looked");
        let done = chair.submit_and_follow(&brackets, &action, &[("base", "2")]).await;
        done.shows("The brackets are withdrawn").shows("3 brackets are in this text.");
        done.hides("[Nobody pays.]");
        let text = chair.get(&page).await;
        text.shows("Nobody pays.").shows("Brackets withdrawn round “Nobody pays.”");

        // Words in brackets cannot be agreed.
        let stage = chair.get(&format!("{page}/stage")).await;
        stage.shows("3 brackets are still in the text").hides("/agreement\"");
        let csrf = stage.hidden("csrf");
        let once = primum::secrets::token();
        let form = [("csrf", csrf.as_str()), ("once", once.as_str()), ("revision", "3")];
        let refused = chair.post(&format!("{page}/agreement"), &form).await;
        assert_eq!(refused.status, 409);
        refused.shows("Settle every bracket first.");
    }
}
