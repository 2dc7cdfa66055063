//! Two revisions beside each other: what moved, was split or was merged is
//! said to be so, and items of nested lists are paragraphs of their own.

use crate::app::both_engines;
use crate::cast;

const OLD: &str = "\
Every hospital keeps copies of its records on paper. It tries once a year whether its wards can \
work from them.

Vendors answer within a day.

They say what they did.

- Ministries pay.
  - They pay in time.
  - They pay in full.
  - They pay in cash.

Closing words.
";

const NEW: &str = "\
Closing words.

Every hospital keeps copies of its records on paper.

It tries twice a year whether its wards can work from them.

Vendors answer within a day. They say what they did.

- Ministries pay.
  - They pay in full.
  - They pay in cash.
  - They pay in time, mostly.
";

both_engines! {
    async fn a_comparison_says_what_became_of_paragraphs(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let participant = cast::sign_in(app, "participant").await;
        let reference = cast::draft(&drafter, "Keep paper forms", OLD).await;
        let page = format!("/drafts/{reference}");

        // Each item is a paragraph with a number, the inner ones too.
        let draft = participant.get(&page).await;
        draft.shows("<ul><li id=\"statement-4\"").shows("<ul><li id=\"statement-5\"");

        let edit = format!("{page}/edit");
        drafter.submit_and_follow(&edit, &edit, &cast::revision("1", NEW)).await.shows("Revision 2");
        let compare = format!("{page}/compare?from=1&to=2");
        let words = participant.get(&compare).await;
        words.shows("Split into 2 paragraphs").shows("Merged from 2 paragraphs");
        words.shows("Moved, otherwise unchanged").shows("Moved and changed");
        words.shows("2 paragraphs moved. 1 paragraph was split. Paragraphs were merged in 1 place.");
        words.shows("<del><span class=\"vh\">deleted: </span>once</del>");
        let side = participant.get(&format!("{compare}&view=side")).await;
        side.shows("Split into 2 paragraphs").shows("side-col");
    }
}
