//! What the secretariat reads while it convenes.

use crate::app::both_engines;
use crate::cast;

both_engines! {
    async fn a_refused_form_does_not_say_what_was_done_before(app: &TestApp) {
        cast::add_all(app);
        let secretariat = cast::sign_in(app, "secretariat").await;
        let new = "/secretariat/workshops/new";
        let called = secretariat.submit(new, new, &cast::WORKSHOP).await;
        // The page that says so is the one whose form is sent next.
        let here = called.location().to_owned();
        secretariat.get(&here).await.shows("The workshop is announced.");
        let mut late = cast::WORKSHOP;
        late[4] = ("ends", "2027-03-13T12:00");
        let refused = secretariat.submit(&here, &here, &late).await;
        assert_eq!(refused.status, 422);
        refused.shows("The end must come after the start").hides("The workshop is announced.");
    }

    async fn a_refused_form_calls_its_fields_by_their_names(app: &TestApp) {
        cast::add_all(app);
        let secretariat = cast::sign_in(app, "secretariat").await;
        let new = "/secretariat/organisations/new";
        let fields = [("name", ""), ("group", "healthcare"), ("state", "")];
        let refused = secretariat.submit(new, new, &fields).await;
        assert_eq!(refused.status, 422);
        refused.shows(">Name: Fill in this field<").hides("Your name");
        let track = "/secretariat/tracks/resilience";
        let fields = [
            ("name-en", ""),
            ("summary-en", ""),
            ("name-cs", ""),
            ("summary-cs", ""),
            ("rule", "chatham-house"),
        ];
        let refused = secretariat.submit(track, track, &fields).await;
        assert_eq!(refused.status, 422);
        refused.shows(">English, Name: Fill in this field<");
    }

    async fn an_invitation_is_written_in_its_senders_language_unless_they_choose(app: &TestApp) {
        cast::add_all(app);
        let secretariat = cast::sign_in(app, "secretariat").await;
        let new = "/secretariat/invitations/new";
        secretariat.get(new).await.shows("<option value=\"en\" selected>");
        app.raw("UPDATE accounts SET language = 'cs'").unwrap();
        secretariat.get(new).await.shows("<option value=\"cs\" selected>");
    }
}
