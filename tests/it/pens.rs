//! The pen: one person writes; the others ask, are given it, or take it and
//! say why.

use crate::app::both_engines;
use crate::cast;

/// How many notices of a kind wait for delivery.
fn notices(app: &crate::app::TestApp, kind: &str) -> usize {
    let due = app.app.now() + chrono::TimeDelta::hours(1);
    let found = app.write(|conn| primum::store::outbox::list_due(conn, due, 100));
    found.iter().filter(|own| own.kind.as_str() == kind).count()
}

both_engines! {
    async fn it_goes_from_hand_to_hand(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let observer = cast::sign_in(app, "observer").await;
        let reference = cast::draft(&drafter, "Pens", "One writes.\n").await;
        let page = format!("/drafts/{reference}");
        let pen = format!("{page}/pen");
        chair.get(&page).await.shows("Nobody holds the pen.");

        // Reading the editor's page changes nothing; the button takes it.
        drafter.get(&format!("{page}/edit")).await.shows("Nobody holds the pen.");
        let taken = drafter.submit(&page, &format!("{pen}/taking"), &[]).await;
        assert_eq!(taken.location(), format!("{page}/edit"));
        drafter.get(taken.location()).await.shows("You hold the pen until");
        observer.get(&page).await.shows("The drafter (drafter’s organisation) holds the pen");

        // A second editor is told who, and since when.
        let elsewhere = chair.submit(&page, &format!("{pen}/taking"), &[]).await;
        assert_eq!(elsewhere.location(), format!("{page}/edit#pen"));
        chair
            .get(&format!("{page}/edit"))
            .await
            .shows("Somebody else is writing")
            .shows("Ask for the pen");
        let asked = chair.submit_and_follow(&pen, &format!("{pen}/request"), &[]).await;
        asked.shows("You asked for it on");
        chair.submit_and_follow(&page, &format!("{page}/pen/taking"), &[]).await;
        drafter.get(&pen).await.shows("Who asked for it").shows("The chair");
        assert_eq!(notices(app, "pen-asked"), 1);

        // Taken from its holder: with a reason, which stays.
        let empty = chair.submit(&pen, &format!("{pen}/seizure"), &[("reason", " ")]).await;
        assert_eq!(empty.status, 422);
        empty.shows("id=\"reason-error\"");
        let why = [("reason", "The minister waits <now>")];
        let seized = chair.submit_and_follow(&pen, &format!("{pen}/seizure"), &why).await;
        seized.shows("You hold the pen.");
        assert_eq!(notices(app, "pen-taken"), 1);
        observer.get(&pen).await.shows("The chair took the pen from The drafter")
            .shows("The minister waits &#60;now&#62;").hides("name=\"reason\"");

        // Handed over, to somebody who can hold it.
        let nobody = chair.submit(&pen, &format!("{pen}/handing"), &[("to", "1")]).await;
        assert_eq!(nobody.status, 422);
        let option = nobody.body.split("The drafter</option>").next().unwrap();
        let to = option.rsplit("<option value=\"").next().unwrap();
        let to = to.split('"').next().unwrap().to_owned();
        chair.submit_and_follow(&pen, &format!("{pen}/handing"), &[("to", &to)]).await
            .shows("The pen was handed from The chair to The drafter");
        assert_eq!(notices(app, "pen-handed"), 1);
        drafter.submit_and_follow(&pen, &format!("{pen}/release"), &[]).await
            .shows("The drafter put the pen down").shows("Nobody holds the pen.");
        // A chair gives a pen that lies free.
        chair.submit_and_follow(&pen, &format!("{pen}/handing"), &[("to", &to)]).await
            .shows("The pen was handed to The drafter");
        // A drafter who does not hold it cannot give it.
        chair.submit_and_follow(&pen, &format!("{pen}/seizure"), &[("reason", "Mine")]).await;
        let form = drafter.get(&pen).await;
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("to", to.as_str())];
        assert_eq!(drafter.post(&format!("{pen}/handing"), &fields).await.status, 409);
    }

    async fn a_lease_ends_and_a_save_renews_it(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Leases", "One writes.\n").await;
        let page = format!("/drafts/{reference}");
        drafter.submit(&page, &format!("{page}/pen/taking"), &[]).await;
        let over = (app.app.now() - chrono::TimeDelta::minutes(1)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!("UPDATE pens SET expires_at = '{over}'")).unwrap();
        chair.get(&page).await.shows("Nobody holds the pen.");
        // Whoever writes holds it then, and what the editor keeps by itself renews the lease.
        drafter.submit(&page, &format!("{page}/pen/taking"), &[]).await;
        let soon = (app.app.now() + chrono::TimeDelta::minutes(1)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!("UPDATE pens SET expires_at = '{soon}'")).unwrap();
        let form = drafter.get(&format!("{page}/edit")).await;
        let (csrf, mut fields) = (form.hidden("csrf"), cast::revision("1", "Half\n").to_vec());
        fields.retain(|(name, _)| *name != "intent");
        fields.extend([("csrf", csrf.as_str()), ("answer", "json")]);
        let kept = drafter.post(&format!("{page}/working-copy"), &fields).await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        let until = app.write(|conn| {
            let own = primum::store::recommendations::find_by_reference(conn, &reference)?.unwrap();
            Ok(primum::store::pens::find(conn, own.id)?.unwrap().expires_at)
        });
        assert!(until > app.app.now() + chrono::TimeDelta::minutes(20), "{until}");
        app.raw(&format!("UPDATE pens SET expires_at = '{over}'")).unwrap();
        // Whoever saves holds it as well.
        let edit = format!("{page}/edit");
        let saved = chair.submit_and_follow(&edit, &edit, &cast::revision("1", "Two write.\n")).await;
        saved.shows("You hold the pen until");
        drafter.get(&page).await.shows("The chair (chair’s organisation) holds the pen");
        drafter.get(&format!("{page}/pen")).await.shows("The chair took the pen");
    }

    async fn of_many_who_take_it_one_does(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Races", "One writes.\n").await;
        let page = format!("/drafts/{reference}");
        let taking = format!("{page}/pen/taking");
        let (one, two) = tokio::join!(
            drafter.submit(&page, &taking, &[]),
            chair.submit(&page, &taking, &[])
        );
        let mut to = [one.location().to_owned(), two.location().to_owned()];
        to.sort();
        assert_eq!(to, [format!("{page}/edit"), format!("{page}/edit#pen")]);
    }
}
