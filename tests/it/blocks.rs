//! Permanent links to paragraphs: the same address leads to the same paragraph
//! whatever happens around it.

use crate::app::{Page, both_engines};
use crate::cast;

/// The permanent id on the link before these words.
fn id_before(page: &Page, words: &str) -> String {
    let at = page.body.find(words).unwrap_or_else(|| panic!("{words} in {}", page.body));
    let start = page.body[..at].rfind("id=\"b").unwrap() + 4;
    let end = page.body[start..].find('"').unwrap();
    page.body[start..start + end].to_owned()
}

both_engines! {
    async fn a_paragraph_keeps_its_address(app: &TestApp) {
        cast::add_all(app);
        let drafter = cast::sign_in(app, "drafter").await;
        let text = "Hospitals keep paper forms.\n\nThey practise every year.\n";
        let reference = cast::draft(&drafter, "Keep paper forms", text).await;
        let page = format!("/drafts/{reference}");
        let first = drafter.get(&page).await;
        let forms = id_before(&first, "Hospitals keep paper forms.");
        let practise = id_before(&first, "They practise every year.");
        assert_ne!(forms, practise);

        let edit = format!("{page}/edit");
        let reworded = "Hospitals keep paper forms.\n\nA new thought.\n\n\
            They practise twice every year.\n";
        drafter.submit_and_follow(&edit, &edit, &cast::revision("1", reworded)).await;
        let second = drafter.get(&page).await;
        assert_eq!(id_before(&second, "Hospitals keep paper forms."), forms);
        assert_eq!(id_before(&second, "They practise twice every year."), practise);
        let new = id_before(&second, "A new thought.");
        assert!(new != forms && new != practise, "{new}");

        let moved = "They practise twice every year.\n\nA new thought.\n\n\
            Hospitals keep paper forms.\n";
        drafter.submit_and_follow(&edit, &edit, &cast::revision("2", moved)).await;
        let third = drafter.get(&page).await;
        assert_eq!(id_before(&third, "Hospitals keep paper forms."), forms);
        assert_eq!(id_before(&third, "They practise twice every year."), practise);
        assert_eq!(id_before(&third, "A new thought."), new);
    }
}
