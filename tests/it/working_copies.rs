//! Nothing typed is lost: working copies, forms that came after the session
//! had expired, files brought into the editor.

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;

/// Ends every session, as twelve idle hours do.
fn expire(app: &TestApp) {
    app.raw("UPDATE sessions SET expires_at = '2020-01-01 00:00:00'").unwrap();
}

async fn keep(browser: &Browser, edit: &str, place: &str, fields: &[(&str, &str)]) -> Page {
    let mut all = fields.to_vec();
    all.retain(|(name, _)| *name != "intent");
    all.push(("answer", "json"));
    let form = browser.get(edit).await;
    let csrf = form.hidden("csrf");
    all.push(("csrf", csrf.as_str()));
    browser.post(&format!("/drafts/{place}/working-copy"), &all).await
}

/// The form that a page carries, as a browser reads attributes.
fn carried(page: &Page) -> String {
    page.hidden("parked").replace("&#38;", "&").replace("&amp;", "&")
}

/// Signs in on the page that carries a form.
async fn sign_in_there(browser: &Browser, page: &Page, who: &str) -> Page {
    let email = cast::email(who);
    let (csrf, at, parked) = (page.hidden("csrf"), page.hidden("parked_at"), carried(page));
    let fields = [
        ("csrf", csrf.as_str()),
        ("next", ""),
        ("parked_at", at.as_str()),
        ("parked", parked.as_str()),
        ("email", email.as_str()),
        ("password", cast::PASSWORD),
    ];
    browser.post("/sign-in", &fields).await
}

both_engines! {
    async fn what_is_typed_is_kept_for_its_owner_alone(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Copies", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        let kept = keep(&drafter, &edit, &reference, &cast::revision("1", "Half a thought")).await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        kept.shows("Kept as your working copy at ").shows("words.").shows("\"pen\":true");

        // Not a revision; nobody else sees it, whatever their role.
        drafter.get(&format!("/drafts/{reference}")).await.shows("As saved.").hides("Half a");
        chair.get(&edit).await.shows("As saved.").hides("Half a thought").hides("unsaved text");
        let secretariat = cast::sign_in(app, "secretariat").await;
        secretariat.get(&edit).await.hides("Half a thought");
        assert_eq!(keep(&chair, &edit, &reference, &cast::revision("1", "Mine")).await.status, 200);
        drafter.get(&edit).await.shows("You have unsaved text of").shows("Half a thought").hides("Mine");

        // Saving takes it away, and one that comes late finds its text saved.
        let saved = cast::revision("1", "Half a thought\n");
        drafter.submit_and_follow(&edit, &edit, &saved).await.shows("Half a thought");
        let late = keep(&drafter, &edit, &reference, &saved).await;
        late.shows("This is revision 2 as it was saved");
        drafter.get(&edit).await.hides("unsaved text");
        // The chair is told that theirs is older now, and can throw it away.
        let older = chair.get(&edit).await;
        older.shows("Mine").shows("Revision 2 was saved since you began");
        assert_eq!(older.hidden("base"), "1");
        let discard = format!("/drafts/{reference}/working-copy/discarding");
        let empty = chair.submit_and_follow(&edit, &discard, &[]).await;
        empty.shows("Half a thought").hides(">Mine").hides("unsaved text");
    }

    async fn a_button_keeps_it_without_scripts(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let mut fields = cast::revision("0", "Only begun").to_vec();
        fields.retain(|(name, _)| *name != "intent");
        fields.extend([("track", cast::TRACK), ("workshop", "")]);
        let done = drafter.submit("/drafts/new", "/drafts/new/working-copy", &fields).await;
        assert_eq!(done.location(), "/drafts?done=kept");
        drafter.get(done.location()).await.shows("the editor brings it back");
        let again = drafter.get("/drafts/new").await;
        again.shows("Only begun").shows("You have unsaved text of");
        cast::sign_in(app, "chair").await.get("/drafts/new").await.hides("Only begun");
        // A text longer than can be saved is not kept, and not lost.
        let long = "word ".repeat(120_000);
        fields[2].1 = &long;
        let refused = drafter.submit("/drafts/new", "/drafts/new/working-copy", &fields).await;
        assert_eq!(refused.status, 422);
        refused.shows("longer than 512 KiB");
        assert!(refused.body.len() > long.len());
        // Made into a recommendation, it is gone from there.
        cast::draft(&drafter, "Done", "All of it.\n").await;
        drafter.get("/drafts/new").await.hides("Only begun");
    }

    async fn a_month_later_it_is_forgotten(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Copies", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        keep(&drafter, &edit, &reference, &cast::revision("1", "Old words")).await;
        primum::jobs::prune(&app.app).unwrap();
        drafter.get(&edit).await.shows("Old words");
        let old = (app.app.now() - chrono::TimeDelta::days(31)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!("UPDATE working_copies SET saved_at = '{old}'")).unwrap();
        primum::jobs::prune(&app.app).unwrap();
        drafter.get(&edit).await.hides("Old words");
    }

    async fn a_save_after_the_session_has_expired_comes_back(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Sessions", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        keep(&drafter, &edit, &reference, &cast::revision("1", "Kept before")).await;
        let form = drafter.get(&edit).await;
        let mut fields = cast::revision("1", "Typed <for> an hour & more").to_vec();
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        fields.extend([("csrf", csrf.as_str()), ("once", once.as_str())]);
        expire(app);
        let asked = drafter.post(&edit, &fields).await;
        assert_eq!(asked.status, 422);
        asked.shows("You have been signed out. Nothing you typed is lost.");
        // A wrong password keeps it too.
        let wrong = [
            ("csrf", asked.hidden("csrf")),
            ("next", String::new()),
            ("parked_at", asked.hidden("parked_at")),
            ("parked", carried(&asked)),
            ("email", cast::email("drafter")),
            ("password", "not the password".to_owned()),
        ];
        let again = drafter.post("/sign-in", &wrong.each_ref().map(|(n, v)| (*n, &**v))).await;
        assert_eq!((again.status, carried(&again)), (422, carried(&asked)));

        let done = sign_in_there(&drafter, &asked, "drafter").await;
        assert_eq!((done.status, done.location()), (303, format!("{edit}?done=parked").as_str()));
        let back = drafter.get(done.location()).await;
        back.shows("Typed &#60;for&#62; an hour &#38; more").shows("is not saved yet");
        drafter.get(&format!("/drafts/{reference}")).await.shows("As saved.").hides("for an hour");
        // What was kept there before is put aside, not lost.
        back.shows("Show another unsaved text of");
        drafter.get(&format!("{edit}?copy=earlier")).await.shows("Kept before");
        // Then it is saved by its author's own button.
        let fields = cast::revision("1", "Typed <for> an hour & more");
        drafter.submit_and_follow(&edit, &edit, &fields).await.shows("an hour");
    }

    async fn who_may_no_longer_write_still_gets_their_text_back(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Sessions", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        keep(&drafter, &edit, &reference, &cast::revision("1", "Kept before")).await;
        let form = drafter.get(&edit).await;
        let mut fields = cast::revision("1", "Typed <for> an hour").to_vec();
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        fields.extend([("csrf", csrf.as_str()), ("once", once.as_str())]);
        let drafter_only = "role = 'drafter' AND track_id IN (SELECT track_id FROM recommendations)";
        for change in [
            format!("UPDATE memberships SET role = 'observer' WHERE {drafter_only}"),
            "DELETE FROM memberships WHERE role = 'observer'".to_owned(),
        ] {
            expire(app);
            let asked = drafter.post(&edit, &fields).await;
            app.raw(&change).unwrap();
            let done = sign_in_there(&drafter, &asked, "drafter").await;
            let parked = format!("/desk/parked?at={edit}");
            assert_eq!((done.status, done.location()), (303, parked.as_str()), "{change}");
            let back = drafter.get(&parked).await;
            assert_eq!(back.status, 200, "{}", back.body);
            back.shows("no longer have the right to write").shows("Typed &#60;for&#62; an hour");
            back.shows("Because hospitals were closed.").shows("Fund it.").hides("Kept before");
            let file = drafter.get(&format!("{parked}&as=file")).await;
            let name = format!("attachment; filename=\"{reference}-mine.md\"");
            assert_eq!(file.header("content-disposition"), name);
            file.shows("Typed <for> an hour");
            drafter.get(&format!("{parked}&copy=earlier")).await.shows("Kept before");
            // Theirs alone, and no way into the text.
            assert_eq!(drafter.get(&edit).await.status, 404);
            let theirs = cast::sign_in(app, "chair").await.get(&parked).await;
            assert_eq!((theirs.status, theirs.location()), (303, edit.as_str()));
        }
        let parked = format!("/desk/parked?at={edit}");
        let thrown = drafter.submit(&parked, "/desk/parked", &[("at", &edit)]).await;
        assert_eq!(thrown.location(), "/desk?done=discarded");
        assert_eq!(drafter.get(&parked).await.location(), edit);
        _ = chair;
    }

    async fn who_loses_the_right_while_signed_in_is_led_to_their_text(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Rights", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        let lost = format!("/desk/parked?at={edit}");
        drafter.get("/desk").await.hides("Typed and not saved");
        keep(&drafter, &edit, &reference, &cast::revision("1", "Kept before")).await;
        // While it opens, the desk leads into the editor.
        drafter.get("/desk").await.shows("Typed and not saved").shows(&format!("href=\"{edit}\""))
            .hides("It cannot be saved there any more");

        let copy = format!("/drafts/{reference}/working-copy");
        let form = drafter.get(&edit).await;
        let csrf = form.hidden("csrf");
        let send = async |path: &str, statement: &str, more: &[(&str, &str)]| {
            let mut fields = cast::revision("1", statement).to_vec();
            fields.retain(|(name, _)| *name != "intent");
            let once = primum::secrets::token();
            fields.extend([("csrf", csrf.as_str()), ("once", once.as_str())]);
            fields.extend_from_slice(more);
            drafter.post(path, &fields).await
        };
        let mine = "role = 'drafter' AND track_id IN (SELECT track_id FROM recommendations)";
        for (n, change) in [
            format!("UPDATE memberships SET role = 'observer' WHERE {mine}"),
            "DELETE FROM memberships WHERE role = 'observer'".to_owned(),
        ].iter().enumerate() {
            app.raw(change).unwrap();
            let typed = |how: &str| format!("Typed {n} by {how}");
            // As the editor's script sends it, as its button does, and saved.
            let kept = send(&copy, &typed("script"), &[("answer", "json")]).await;
            assert_eq!(kept.status, 409, "{}", kept.body);
            kept.shows("you can no longer write in this text").shows(&format!("\"href\":\"{lost}\""));
            drafter.get(&lost).await.shows(&typed("script"));
            let kept = send(&copy, &typed("button"), &[]).await;
            assert_eq!((kept.status, kept.location()), (303, lost.as_str()));
            drafter.get(&lost).await.shows(&typed("button"));
            let kept = send(&edit, &typed("saving"), &[("intent", "save")]).await;
            assert_eq!((kept.status, kept.location()), (303, lost.as_str()));
            drafter.get(&lost).await.shows(&typed("saving"));
            drafter.get("/desk").await.shows(&format!("href=\"{lost}\""))
                .shows("It cannot be saved there any more").hides(&format!("href=\"{edit}\""));
        }
        // Who never wrote there keeps nothing there.
        drafter.submit(&lost, "/desk/parked", &[("at", &edit)]).await;
        drafter.get("/desk").await.hides("Typed and not saved");
        assert_eq!(send(&copy, "Mine", &[("answer", "json")]).await.status, 404);
        assert_eq!(send(&edit, "Mine", &[("intent", "save")]).await.status, 404);
        drafter.get("/desk").await.hides("Typed and not saved");
    }

    async fn a_save_after_the_text_was_agreed_is_kept(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&drafter, "Stages", "As saved.\n").await;
        let (page, edit) = (format!("/drafts/{reference}"), format!("/drafts/{reference}/edit"));
        let form = drafter.get(&edit).await;
        let agreement = format!("{page}/agreement");
        chair.submit_and_follow(&format!("{page}/stage"), &agreement, &[("revision", "1")]).await;
        let mut fields = cast::revision("1", "Typed for an hour").to_vec();
        let (csrf, once) = (form.hidden("csrf"), form.hidden("once"));
        fields.extend([("csrf", csrf.as_str()), ("once", once.as_str())]);
        let done = drafter.post(&edit, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        drafter.get(done.location()).await.shows("was agreed or withdrawn meanwhile")
            .shows("Typed for an hour");
        drafter.get(&page).await.shows("As saved.").hides("for an hour");
        // Reopened, the editor has it.
        let reason = [("reason", "One more thing")];
        chair.submit_and_follow(&format!("{page}/stage"), &format!("{page}/reopening"), &reason).await;
        assert_eq!(drafter.get(done.location()).await.location(), edit);
        drafter.get(&edit).await.shows("Typed for an hour").shows("You have unsaved text");
    }

    async fn any_form_of_a_text_comes_back_to_be_confirmed(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let chair = cast::sign_in(app, "chair").await;
        let participant = cast::sign_in(app, "participant").await;
        let reference = cast::draft(&drafter, "Sessions", "As saved.\n").await;
        cast::open(&chair, app, &reference).await;
        let comments = format!("/drafts/{reference}/comments");
        let comment = [
            ("csrf", "of a session that is over"),
            ("once", "0123456789abcdef"),
            ("revision", "1"),
            ("section", ""),
            ("position", "0"),
            ("body", "A long comment\nof two lines"),
            ("capacity", "personal"),
        ];
        expire(app);
        let asked = participant.post(&comments, &comment).await;
        asked.shows("Nothing you typed is lost");
        let done = sign_in_there(&participant, &asked, "participant").await;
        assert_eq!(done.location(), format!("/desk/parked?at={comments}"));
        let page = participant.get(done.location()).await;
        page.shows("A long comment\nof two lines").shows("Send it now").shows("personal");
        participant.get(&format!("/drafts/{reference}")).await.hides("A long comment");
        participant.get("/desk").await.shows(&format!("href=\"{}\"", done.location()))
            .shows(&format!("What you typed on {reference} and have not sent"));
        let mut fields: Vec<(&str, &str)> = comment[2..].to_vec();
        fields.push(("parked_form", "1"));
        participant
            .submit_and_follow(done.location(), &comments, &fields)
            .await
            .shows("A long comment");
        assert_eq!(participant.get(&format!("/desk/parked?at={comments}")).await.status, 404);

        // Somebody else at that browser gets a form to look at, nothing more.
        expire(app);
        let asked = participant.post(&comments, &comment).await;
        let done = sign_in_there(&participant, &asked, "stranger").await;
        let theirs = participant.get(done.location()).await;
        theirs.shows("A long comment");
        let sent = participant.submit(done.location(), &comments, &fields).await;
        assert_eq!(sent.status, 404);
        let gone = participant.submit(done.location(), "/desk/parked", &[("at", &comments)]).await;
        assert_eq!(gone.location(), "/desk?done=discarded");

        // A form from another site is not carried, nor are roles and passwords.
        expire(app);
        let request = participant
            .client
            .post(format!("{}{comments}", app.origin))
            .header("Origin", "https://evil.example")
            .header("Sec-Fetch-Site", "cross-site")
            .form(&comment);
        assert_eq!(participant.read(request).await.status, 303);
        let roles = [("role", "chair of the track")];
        assert_eq!(participant.post("/secretariat/people/1/roles", &roles).await.status, 303);
    }

    async fn a_file_is_looked_over_before_it_is_saved(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Files", "As saved.\n").await;
        let edit = format!("/drafts/{reference}/edit");
        let upload = format!("/drafts/{reference}/upload");
        let send = async |text: Vec<u8>| {
            let form = drafter.get(&edit).await;
            let csrf = form.hidden("csrf");
            let mut body = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n\
                 Content-Disposition: form-data; name=\"file\"; filename=\"cleared.md\"\r\n\
                 Content-Type: text/markdown\r\n\r\n"
            )
            .into_bytes();
            body.extend(text);
            body.extend(b"\r\n--edge--\r\n");
            let request = drafter
                .client
                .post(format!("{}{upload}", app.origin))
                .header("Origin", &app.origin)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .body(body);
            drafter.read(request).await
        };
        let file = format!(
            "---\nreference: {reference}\ntitle: Files\ntrack: {}\naudiences: []\n---\n\
             As cleared by the capital.\n\n## Rationale\n\nBecause hospitals were closed.\n",
            cast::TRACK
        );
        let taken = send(file.clone().into_bytes()).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        let page = drafter.get(taken.location()).await;
        page.shows("What it changes in the current revision").shows("From the file cleared.md");
        page.shows("As cleared by the capital.").shows("<del>");
        drafter.get(&format!("/drafts/{reference}")).await.shows("As saved.");
        // Faults are told by line, in the file and in its encoding.
        let twice = "## For nobody-known\n\n## Rationale\n\na\n\n## Rationale";
        let broken = send(file.replace("## Rationale", twice).into_bytes()).await;
        assert_eq!(broken.status, 422);
        broken.shows("cleared.md was not taken").shows("Line 1");
        let latin = send([file.as_bytes(), b"caf\xe9\n"].concat()).await;
        latin.shows("This is not UTF-8 text.");
        send(file.replace(&reference, "RES-77").into_bytes()).await.shows("another recommendation");
        send(Vec::new()).await.shows("No file was chosen.");
    }
}
