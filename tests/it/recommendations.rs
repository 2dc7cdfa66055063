//! A text's road: written, discussed, answered, agreed, and what two people
//! who save at once see.

use crate::app::both_engines;
use crate::cast;

both_engines! {
    async fn from_a_draft_to_agreement(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let participant = cast::sign_in(app, "participant").await;
        let statement = "Hospitals should keep paper forms.\n\nThey should practise yearly.\n";
        let reference = cast::draft(&drafter, "Keep paper forms", statement).await;
        assert_eq!(reference, "RES-01");
        let page = format!("/drafts/{reference}");
        participant.get(&page).await.shows("Keep paper forms").shows("They should practise yearly.");

        // Nobody comments on what is not open.
        let new = format!("{page}/comments/new?revision=1&section=statement&position=2");
        let comments = format!("{page}/comments");
        let comment = [
            ("revision", "1"),
            ("section", "statement"),
            ("position", "2"),
            ("body", "Twice a year, please."),
            ("capacity", "organisation"),
        ];
        let early = participant.submit(&new, &comments, &comment).await;
        assert_eq!(early.status, 422);
        early.shows("Twice a year, please.").shows("not open for comment");

        cast::open(&chair, app, &reference).await;
        let after = participant.submit_and_follow(&new, &comments, &comment).await;
        after.shows("Twice a year, please.").shows("The participant");

        // The chair must answer before agreeing.
        let stage = format!("{page}/stage");
        chair.get(&stage).await.shows("1 comment or amendment has no disposition");
        let ledger = chair.get(&format!("{page}/ledger")).await;
        let at = ledger.body.find("/disposition").unwrap();
        let start = ledger.body[..at].rfind("/drafts/").unwrap();
        let answer = ledger.body[start..at + "/disposition".len()].to_owned();
        let empty = chair.submit(&answer, &answer, &[("disposition", ""), ("reason", "")]).await;
        assert_eq!(empty.status, 422);
        let fields = [("disposition", "accepted"), ("reason", "Agreed, twice a year.")];
        chair.submit_and_follow(&answer, &answer, &fields).await.shows("Agreed, twice a year.");
        participant.get(&page).await.shows("Agreed, twice a year.");

        // The revision that carries it out: the comment says that words changed.
        let edit = format!("{page}/edit");
        let revised = [
            ("base", "1"),
            ("title", "Keep paper forms"),
            ("statement", "Hospitals should keep paper forms.\n\nThey should practise twice a year.\n"),
            ("rationale", "Because hospitals were closed.\n"),
            ("for:policy-makers", "Fund it.\n"),
            ("for:technology-vendors", ""),
            ("for:diplomats", ""),
            ("for:healthcare-practitioners", ""),
            ("summary", "Twice a year"),
            ("intent", "save"),
        ];
        let shown = drafter.submit_and_follow(&edit, &edit, &revised).await;
        shown.shows("Written on revision 1; ").shows("Revision 2");
        let compare = participant.get(&format!("{page}/compare?from=1&to=2")).await;
        compare.shows("<ins>").shows("twice a");

        // Agreement binds the revision looked at.
        let agreement = format!("{page}/agreement");
        let stale = chair.submit(&stage, &agreement, &[("revision", "1")]).await;
        assert_eq!(stale.status, 422);
        stale.shows("revision 2 was saved since you looked");
        chair.submit_and_follow(&stage, &agreement, &[("revision", "2")]).await.shows("Agreed");
        assert_eq!(drafter.get(&edit).await.status, 409);

        // And back, with a reason.
        let reopening = format!("{page}/reopening");
        assert_eq!(chair.submit(&stage, &reopening, &[("reason", " ")]).await.status, 422);
        chair.submit_and_follow(&stage, &reopening, &[("reason", "New facts")]).await;
        assert_eq!(drafter.get(&edit).await.status, 200);
    }

    async fn a_repeated_post_makes_one_row(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let form = drafter.get("/drafts/new").await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("once", once.as_str()),
            ("base", "0"),
            ("track", cast::TRACK),
            ("workshop", ""),
            ("title", "Once"),
            ("statement", "Once only.\n"),
            ("rationale", ""),
            ("for:policy-makers", ""),
            ("for:technology-vendors", ""),
            ("for:diplomats", ""),
            ("for:healthcare-practitioners", ""),
            ("summary", "First"),
            ("intent", "save"),
        ];
        let (a, b, c) = tokio::join!(
            drafter.post("/drafts/new", &fields),
            drafter.post("/drafts/new", &fields),
            drafter.post("/drafts/new", &fields)
        );
        for answer in [&a, &b, &c] {
            assert_eq!((answer.status, answer.location()), (303, a.location()));
        }
        drafter.get("/drafts").await.shows("1 recommendation").hides("RES-02");
    }

    async fn the_deadline_keeps_what_was_typed(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Deadline", "Close in time.\n").await;
        cast::open(&chair, app, &reference).await;
        let past = app.app.now() - chrono::TimeDelta::minutes(1);
        app.write(|conn| {
            let own = primum::store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            primum::store::recommendations::set_deadline(conn, own.id, Some(past))
        });
        let participant = cast::sign_in(app, "participant").await;
        let new = format!("/drafts/{reference}/comments/new");
        let comment = [
            ("revision", "1"),
            ("section", ""),
            ("position", "0"),
            ("body", "Too late <b>but kept</b>"),
            ("capacity", "personal"),
        ];
        let late = participant.submit(&new, &format!("/drafts/{reference}/comments"), &comment).await;
        assert_eq!(late.status, 422);
        late.shows("Too late &#60;b&#62;but kept").shows("time for comments has passed");
    }

    async fn a_text_over_the_bounds_is_kept_on_the_page(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let deep = format!("{}deep\n", "> ".repeat(101));
        let long = "word ".repeat(110_000);
        for (statement, sentence) in [(deep, "nested too deep"), (long, "longer than 512 KiB")] {
            let fields = [
                ("base", "0"),
                ("track", cast::TRACK),
                ("workshop", ""),
                ("title", "Bounds"),
                ("statement", statement.as_str()),
                ("rationale", ""),
                ("for:policy-makers", ""),
                ("for:technology-vendors", ""),
                ("for:diplomats", ""),
                ("for:healthcare-practitioners", ""),
                ("summary", "First"),
                ("intent", "save"),
            ];
            let refused = drafter.submit("/drafts/new", "/drafts/new", &fields).await;
            assert_eq!(refused.status, 422);
            refused.shows(sentence).shows("value=\"Bounds\"");
            assert!(refused.body.len() > statement.len(), "the text is still there");
        }
        // Within the bounds, however hostile: saved, or refused with the text kept.
        let big = 500 * 1024;
        for (place, unit) in ["[", "![a](", "> - 1. "].into_iter().enumerate()
        {
            let lines = if unit.starts_with('>') { format!("{}a\n", unit.repeat(20)) } else { unit.into() };
            let text = lines.repeat(big / lines.len());
            let fields = [
                ("base", "0"),
                ("track", cast::TRACK),
                ("workshop", ""),
                ("title", "Hostile"),
                ("statement", text.as_str()),
                ("rationale", ""),
                ("for:policy-makers", ""),
                ("for:technology-vendors", ""),
                ("for:diplomats", ""),
                ("for:healthcare-practitioners", ""),
                ("summary", "First"),
                ("intent", "save"),
            ];
            let began = std::time::Instant::now();
            let done = drafter.submit("/drafts/new", "/drafts/new", &fields).await;
            println!("hostile {place}: {} in {:?}", done.status, began.elapsed());
            assert!(matches!(done.status, 303 | 422), "{unit}: {}", done.status);
            if done.status == 303 {
                let path = done.location().split(['?', '#']).next().unwrap().to_owned();
                assert_eq!(drafter.get(&path).await.status, 200, "{unit}");
            } else {
                assert!(done.body.len() > text.len(), "{unit}: the text is still there");
            }
        }
        let huge = "x".repeat(4 * 1024 * 1024 + 1);
        let form = drafter.get("/account").await;
        let csrf = form.hidden("csrf");
        let refused = drafter.post("/account", &[("csrf", &csrf), ("name", &huge)]).await;
        assert_eq!(refused.status, 413);
        refused.shows("one step back");
    }
}
