//! Who holds the pen and who reads, while a page is looked at.

use std::time::Duration;

use primum::app::presence::{MOST, MOST_OF_ACCOUNT};
use primum::domain::ids::{AccountId, RecommendationId};

use crate::app::{Browser, both_engines};
use crate::cast;
use crate::queries::Statements;

/// What the stream tells until `wanted` is in it.
async fn listen(browser: &Browser, path: &str, wanted: &str) -> (reqwest::Response, String) {
    let request = browser.client.get(format!("{}{path}", browser.origin));
    let mut response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let mut told = String::new();
    let all = async {
        while let Some(bytes) = response.chunk().await.unwrap() {
            told.push_str(&String::from_utf8_lossy(&bytes));
            if told.contains(wanted) {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(15), all).await.expect("news within 15 seconds");
    assert!(told.contains(wanted), "{told}");
    (response, told)
}

both_engines! {
    async fn there_is_an_end_to_streams_and_they_share_a_look(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let observer = cast::sign_in(app, "observer").await;
        let stranger = cast::sign_in(app, "stranger").await;
        let reference = cast::draft(&drafter, "Presence", "One writes.\n").await;
        let page = format!("/drafts/{reference}");
        let presence = format!("{page}/presence");
        let statements = Statements::of(app);
        let mut open = Vec::new();
        for _ in 0..MOST_OF_ACCOUNT {
            open.push(listen(&observer, &presence, "data:").await.0);
        }
        // One more than a few browsers hold is not opened; the page is read as ever.
        let asked = tokio::time::timeout(Duration::from_secs(15), observer.get(&presence));
        let full = asked.await.expect("an answer that ends");
        assert_eq!((full.status, full.body.as_str()), (204, ""));
        observer.get(&page).await.shows("Nobody holds the pen.");
        let (own, _) = listen(&drafter, &presence, "The observer").await;
        assert_eq!(stranger.get(&presence).await.status, 404);

        // In the time of three looks of each, thirteen streams look a few times together.
        statements.take();
        tokio::time::sleep(Duration::from_millis(10_500)).await;
        let ran = statements.take();
        let looks = ran.iter().filter(|sql| sql.contains("readings") && sql.contains("SELECT"));
        let looks = looks.count();
        assert!((1..=8).contains(&looks), "{looks} looks: {ran:#?}");

        // Nor has the server more than it can hold.
        let others: Vec<_> = (0..)
            .map_while(|n| app.app.presence.join(RecommendationId(1), AccountId(n)).ok())
            .collect();
        assert_eq!(others.len(), MOST - MOST_OF_ACCOUNT - 1);
        let asked = tokio::time::timeout(Duration::from_secs(15), drafter.get(&presence));
        let busy = asked.await.expect("an answer that ends");
        assert_eq!((busy.status, busy.header("retry-after")), (503, "20"));
        drafter.get(&page).await.shows("Reading now: The observer");
        drop(others);
        // Whose right was taken is not named any more to those who have it.
        app.raw("DELETE FROM memberships WHERE role = 'observer'").unwrap();
        tokio::time::sleep(Duration::from_millis(2_600)).await;
        let (_, told) = listen(&drafter, &presence, "data:").await;
        assert!(!told.contains("observer"), "{told}");
        drop((own, open));
    }

    async fn it_is_told_and_ends_with_the_server(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let observer = cast::sign_in(app, "observer").await;
        let reference = cast::draft(&drafter, "Presence", "One writes.\n").await;
        let page = format!("/drafts/{reference}");
        let presence = format!("{page}/presence");
        observer.get(&page).await.shows(&format!("data-presence=\"{presence}\""));
        let (mut first, told) = listen(&observer, &presence, "data:").await;
        assert!(told.contains("Nobody holds the pen."), "{told}");
        // Whoever takes the pen and whoever reads is told without a reload.
        drafter.submit(&page, &format!("{page}/pen/taking"), &[]).await;
        let (second, told) = listen(&drafter, &presence, "The observer").await;
        assert!(told.contains("You hold the pen") && told.contains("Reading now"), "{told}");
        let more = tokio::time::timeout(Duration::from_secs(15), first.chunk()).await;
        let more = String::from_utf8(more.unwrap().unwrap().unwrap().to_vec()).unwrap();
        assert!(more.contains("The drafter"), "{more}");
        // A save is told at once, to everybody, long before it would be looked for.
        let fields = cast::revision("1", "One writes, and then another.\n");
        drafter.submit_and_follow(&format!("{page}/edit"), &format!("{page}/edit"), &fields).await;
        let news = async {
            let mut told = String::new();
            while !told.contains("Revision 2 was saved while you read this.") {
                told.push_str(&String::from_utf8_lossy(&first.chunk().await.unwrap().unwrap()));
            }
        };
        tokio::time::timeout(Duration::from_secs(2), news).await.expect("told at once");
        observer.get(&page).await.shows("data-newer=\"2\"");
        // Without scripts the page says the same when it is loaded.
        observer.get(&page).await.shows("Reading now: The drafter");

        // A right that is taken ends it; and so does the end of the server, at once.
        app.raw("DELETE FROM memberships WHERE role = 'observer'").unwrap();
        let end = async { while first.chunk().await.unwrap().is_some() {} };
        tokio::time::timeout(Duration::from_secs(15), end).await.expect("the stream ends");
        app.app.closing.send_replace(true);
        let mut second = second;
        let end = async { while second.chunk().await.unwrap().is_some() {} };
        tokio::time::timeout(Duration::from_secs(2), end).await.expect("it ends at once");
    }
}
