//! Two edits of one revision: put together where they fit, decided where they
//! collide, and no word of either lost.

use crate::app::{Page, both_engines};
use crate::cast;

const TEXT: &str = "Hospitals keep offline backups.\n\nThey practise once a year.\n\n\
    They tell the others what happened.\n";

fn fields<'a>(base: &'a str, statement: &'a str, rationale: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("base", base),
        ("title", "Merging"),
        ("statement", statement),
        ("rationale", rationale),
        ("for:policy-makers", "Fund it.\n"),
        ("for:technology-vendors", ""),
        ("for:diplomats", ""),
        ("for:healthcare-practitioners", ""),
        ("summary", "A change of mine"),
    ]
}

/// The hidden fields of the merge page, as its form would send them.
fn carried(page: &Page) -> Vec<(String, String)> {
    let form = page.body.split("class=\"form form-wide merge\"").nth(1).expect("a merge form");
    let form = form.split("</form>").next().unwrap();
    let read = |text: &str| {
        let pairs =
            [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
        pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    form.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            (read(name), read(rest.split("\">").next().unwrap()))
        })
        .collect()
}

async fn decide(
    browser: &crate::app::Browser,
    reference: &str,
    page: &Page,
    more: &[(&str, &str)],
) -> Page {
    let carried = carried(page);
    let mut all: Vec<(&str, &str)> =
        carried.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.push(("summary", "Merged by me"));
    all.extend_from_slice(more);
    browser.post(&format!("/drafts/{reference}/merge"), &all).await
}

both_engines! {
    async fn what_fits_is_confirmed_and_saved(app: &TestApp) {
        cast::add_all(app);
        let one = cast::sign_in(app, "drafter").await;
        let two = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&one, "Merging", TEXT).await;
        let page = format!("/drafts/{reference}");
        let edit = format!("{page}/edit");
        let theirs = TEXT.replace("once a year", "twice a year");
        let mine = TEXT.replace("the others what happened", "the others within a day");
        let because = "Because hospitals were closed.\n";
        let other = "Because wards were closed.\n";
        let mut save = fields("1", &theirs, because);
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        let mut save = fields("1", &mine, other);
        save.push(("intent", "save"));
        let shown = two.submit(&edit, &edit, &save).await;
        assert_eq!(shown.status, 422);
        shown.shows("Nothing is lost").shows("What you both changed fits together");
        shown.shows("The drafter").shows("You changed this").shows("Changed by the other author");
        shown.shows("Save the merged text as revision 3").hides("Decision 1");
        // Until then it is nobody's revision, and its author's working copy.
        two.get(&format!("{page}/revisions")).await.hides("revisions/3");
        two.get(&edit).await.shows("You have unsaved text").shows("within a day");

        let done = decide(&two, &reference, &shown, &[("intent", "save")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let text = two.get(&page).await;
        text.shows("twice a year").shows("within a day").shows("Because wards");
        two.get(&edit).await.hides("You have unsaved text");
        two.get(&format!("{page}/revisions")).await.shows("Written on revision 1, then merged");
        // The same form sent again makes no second revision.
        let again = decide(&two, &reference, &shown, &[("intent", "save")]).await;
        assert_eq!(again.location(), done.location());
        two.get(&format!("{page}/revisions")).await.hides("revisions/4");
    }

    async fn what_collides_is_decided(app: &TestApp) {
        cast::add_all(app);
        let one = cast::sign_in(app, "drafter").await;
        let two = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&one, "Merging", TEXT).await;
        let page = format!("/drafts/{reference}");
        let edit = format!("{page}/edit");
        let theirs = TEXT.replace("once a year", "twice a year");
        let mine = TEXT.replace("once a year", "every <month>").replace("offline", "tested");
        let mut save = fields("1", &theirs, "");
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        let mut save = fields("1", &mine, "Because hospitals were closed.\n");
        save.push(("intent", "save"));
        let shown = two.submit(&edit, &edit, &save).await;
        shown.shows("In one place you both changed the same words").shows("Decision 1");
        shown.shows("As in revision 2").shows("twice").shows("every &#60;month&#62;");
        shown.hides("Decision 2");

        // Nothing chosen: nothing saved, nothing lost.
        let none = decide(&two, &reference, &shown, &[("intent", "save")]).await;
        assert_eq!(none.status, 422);
        none.shows("Choose which words stand here.").shows("href=\"#choice-1\"");
        none.shows("every &#60;month&#62;");

        // Mine as a file, and the whole in the editor.
        let carried = carried(&shown);
        let all: Vec<(&str, &str)> = carried.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let file = two.post(&format!("{page}/merge/mine"), &all).await;
        let name = format!("attachment; filename=\"{reference}-mine.md\"");
        assert_eq!(file.header("content-disposition"), name);
        file.shows("They practise every <month>.").shows("title: Merging");
        let choice = [("intent", "edit"), ("choice-1", "theirs"), ("own-1", "")];
        let editor = decide(&two, &reference, &shown, &choice).await;
        assert_eq!(editor.status, 200);
        assert_eq!([editor.hidden("base"), editor.hidden("merged")], ["2", "1"]);
        editor.shows("twice a year").shows("tested backups");

        // A third was quicker: merged again, with what was decided.
        let third = theirs.replace("the others", "everybody");
        let mut save = fields("2", &third, "");
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        let own = [("intent", "save"), ("choice-1", "own"), ("own-1", "They practise monthly, twice.")];
        let again = decide(&two, &reference, &shown, &own).await;
        assert_eq!(again.status, 422);
        again.shows("What you both changed fits together").shows("monthly, twice");
        let done = decide(&two, &reference, &again, &[("intent", "save")]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        two.get(&page).await.shows("monthly, twice").shows("tell everybody").shows("tested backups");
        // Somebody who may only take part has no such page.
        let participant = cast::sign_in(app, "participant").await;
        let csrf = participant.get("/account").await.hidden("csrf");
        let asked = participant.post(&format!("{page}/merge"), &[("csrf", &csrf)]).await;
        assert_eq!(asked.status, 404);
    }

    async fn mine_is_sent_as_amendments_instead(app: &TestApp) {
        cast::add_all(app);
        let one = cast::sign_in(app, "drafter").await;
        let two = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&one, "Merging", TEXT).await;
        let page = format!("/drafts/{reference}");
        let edit = format!("{page}/edit");
        let theirs = TEXT.replace("once a year", "twice a year");
        let mine = TEXT.replace("once a year", "each <month>").replace("offline", "tested");
        let mine = format!("{mine}\nNobody pays.\n");
        let mut save = fields("1", &theirs, "Because hospitals were closed.\n");
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        let mut save = fields("1", &mine, "Because wards were closed.\n");
        save.push(("intent", "save"));
        // A draft takes no amendments: the page says so, and has no dead end.
        let early = two.submit(&edit, &edit, &save).await;
        assert_eq!(early.status, 422);
        early.shows("once the text is open for comment").hides("merge/sending");
        cast::open(&two, app, &reference).await;
        let shown = two.submit(&edit, &edit, &save).await;
        shown.shows("Send mine as amendments instead");

        let sending = format!("{page}/merge/sending");
        let kept = carried(&shown);
        let mut all: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        // Whatever was decided of the text as it stands has no part in it.
        all.extend([("summary", "Mine"), ("choice-1", "own"), ("own-1", "Half decided")]);
        let look = two.post(&sending, &all).await;
        assert_eq!(look.status, 200, "{}", look.body);
        look.shows("Your changes as amendments").shows("tested</ins>").shows("Nobody pays.")
            .shows("each &#60;month&#62;").shows("wards</ins>").hides("Half decided");
        assert_eq!(look.body.matches("name=\"pick\"").count(), 4, "{}", look.body);
        two.get(&format!("{page}/amendments")).await.shows("0 amendments");
        // The typing comes back with what is wrong with it.
        let (csrf, once) = (look.hidden("csrf"), look.hidden("once"));
        let form = |reason: &'static str, picks: &[&'static str]| {
            let mut all = fields("1", &mine, "Because wards were closed.\n");
            all.extend([("csrf", csrf.as_str()), ("once", once.as_str()), ("onto", "2")]);
            all.extend([("reason", reason), ("capacity", "organisation"), ("intent", "send")]);
            all.extend(picks.iter().map(|n| ("pick", *n)));
            all
        };
        let silent = two.post(&sending, &form(" ", &["1", "2"])).await;
        assert_eq!(silent.status, 422);
        silent.shows("id=\"reason-error\"").shows("tested</ins>");
        assert_eq!(silent.body.matches("checked><label for=\"pick-").count(), 2, "{}", silent.body);
        let none = two.post(&sending, &form("Why not?", &[])).await;
        assert_eq!(none.status, 422);
        none.shows("Choose at least one change").shows("Why not?</textarea>");

        // Sent, twice: three amendments, and the copy stays for the fourth.
        for _ in 0..2 {
            let done = two.post(&sending, &form("Wards first.", &["1", "2", "4"])).await;
            assert_eq!(done.location(), format!("{page}/amendments?done=amended-several"));
        }
        let list = two.get(&format!("{page}/amendments")).await;
        list.shows("3 amendments").shows("tested</ins>").shows("Wards first.").hides("Nobody pays.");
        two.get(&edit).await.shows("You have unsaved text").shows("Nobody pays.");
        one.get(&page).await.hides("tested backups").shows("twice a year");

        // The text moves on: nothing is sent unseen, nothing typed is lost.
        let third = theirs.replace("the others", "everybody");
        let mut save = fields("2", &third, "Because hospitals were closed.\n");
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        let mut late = form("Say it.", &["3"]);
        let fresh = primum::secrets::token();
        for field in &mut late {
            if field.0 == "once" {
                field.1 = &fresh;
            }
        }
        let moved = two.post(&sending, &late).await;
        assert_eq!(moved.status, 422);
        moved.shows("Revision 3 was saved since you looked").shows("Say it.</textarea>");
        moved.shows("Nobody pays.").hides("everybody</del>");
        // After the deadline it is kept as well.
        let over = (app.app.now() - chrono::TimeDelta::minutes(1)).format("%Y-%m-%d %H:%M:%S");
        app.raw(&format!("UPDATE recommendations SET comments_until = '{over}'")).unwrap();
        for field in &mut late {
            if field.0 == "onto" {
                field.1 = "3";
            }
        }
        let over = two.post(&sending, &late).await;
        assert_eq!(over.status, 422, "{}", over.body);
        over.shows("time for comments and amendments has passed").shows("Nobody pays.");
        two.get(&format!("{page}/amendments")).await.shows("3 amendments");
    }

    async fn all_of_mine_sent_is_nothing_left(app: &TestApp) {
        cast::add_all(app);
        let one = cast::sign_in(app, "drafter").await;
        let two = cast::sign_in(app, "chair").await;
        let reference = cast::draft(&one, "Merging", TEXT).await;
        cast::open(&two, app, &reference).await;
        let page = format!("/drafts/{reference}");
        let edit = format!("{page}/edit");
        let mut save = fields("1", "All of it anew, in one paragraph.\n", "");
        save.push(("intent", "save"));
        one.submit_and_follow(&edit, &edit, &save).await;
        // A section that has no text any more is amended too.
        let mut save = fields("1", TEXT, "Because wards were closed.\n");
        save.push(("intent", "save"));
        let shown = two.submit(&edit, &edit, &save).await;
        assert_eq!(shown.status, 422);
        two.get(&edit).await.shows("You have unsaved text");
        let mut all = fields("1", TEXT, "Because wards were closed.\n");
        let csrf = shown.hidden("csrf");
        let once = primum::secrets::token();
        all.extend([("csrf", csrf.as_str()), ("once", once.as_str()), ("onto", "2")]);
        all.extend([("reason", "They were."), ("capacity", "personal"), ("intent", "send")]);
        all.extend([("pick", "1"), ("pick", "2"), ("pick", "3")]);
        let done = two.post(&format!("{page}/merge/sending"), &all).await;
        assert_eq!(done.status, 303, "{}", done.body);
        two.get(&edit).await.hides("You have unsaved text");
        two.get(&page).await.shows("wards were closed");
    }

    async fn of_a_hundred_saves_of_one_base_one_wins(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let reference = cast::draft(&drafter, "Merging", TEXT).await;
        let edit = format!("/drafts/{reference}/edit");
        let csrf = drafter.get(&edit).await.hidden("csrf");
        let mut under_way = tokio::task::JoinSet::new();
        for n in 0..100 {
            let (browser, edit, csrf) = (drafter.clone(), edit.clone(), csrf.clone());
            under_way.spawn(async move {
                let mine = TEXT.replace("once a year", &format!("number {n} times a year"));
                let once = primum::secrets::token();
                let mut all = fields("1", &mine, "");
                all.extend([("intent", "save"), ("csrf", &csrf), ("once", &once)]);
                (n, browser.post(&edit, &all).await)
            });
        }
        let (mut won, mut told) = (Vec::new(), 0);
        while let Some(done) = under_way.join_next().await {
            let (n, page) = done.unwrap();
            if page.status == 303 {
                won.push(n);
                continue;
            }
            // The others see theirs beside the winner's, with their words in the form.
            assert_eq!(page.status, 422, "{n}: {}", page.body);
            page.shows("Nothing is lost");
            let kept = carried(&page);
            let statement = kept.iter().find(|(name, _)| name == "statement").unwrap();
            assert!(statement.1.contains(&format!("number {n} times")), "{n}: {statement:?}");
            told += 1;
        }
        assert_eq!((won.len(), told), (1, 99));
        let page = drafter.get(&format!("/drafts/{reference}")).await;
        page.shows(&format!("number {} times", won[0])).shows("Revision 2");
        let history = format!("/drafts/{reference}/revisions");
        drafter.get(&history).await.hides("revisions/3");

        // The same form, ten times at once: one revision.
        let daily = TEXT.replace("once a year", "daily");
        let mut all = fields("2", &daily, "");
        let once = primum::secrets::token();
        all.extend([("intent", "save"), ("csrf", csrf.as_str()), ("once", once.as_str())]);
        let sent: Vec<_> = (0..10).map(|_| drafter.post(&edit, &all)).collect();
        for page in futures_util::future::join_all(sent).await {
            assert_eq!(page.status, 303, "{}", page.body);
        }
        drafter.get(&history).await.shows("revisions/3").hides("revisions/4");
    }
}
