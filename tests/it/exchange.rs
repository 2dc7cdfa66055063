//! The ledger as a file: out, filled in, and back; and what of it is passed on.

use std::io::{Cursor, Read};

use primum::export::{matrix, sheet};
use primum::store;

use crate::app::{Browser, Page, TestApp, both_engines};
use crate::cast;
use crate::comments::{comment, on_block};

const STATEMENT: &str = "One stands here.\n\nTwo stands here, and two again.\n";

async fn text(app: &TestApp) -> String {
    cast::add_all(app);
    let drafter = cast::sign_in(app, "drafter").await;
    let chair = cast::sign_in(app, "chair").await;
    let reference = cast::draft(&drafter, "Exchange", STATEMENT).await;
    cast::open(&chair, app, &reference).await;
    reference
}

/// A file, with the name it is to be saved under.
pub async fn download(who: &Browser, path: &str) -> (String, Vec<u8>) {
    let response = who.client.get(format!("{}{path}", who.origin)).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    let named = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    (named, response.bytes().await.unwrap().to_vec())
}

/// Everything that is written in an XLSX file, its properties included.
pub fn inner(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        all.push_str(&part.name().unwrap());
        part.read_to_string(&mut all).unwrap();
    }
    all
}

/// Uploads a sheet and answers the page that says what it would do.
pub async fn look(who: &Browser, reference: &str, bytes: &[u8]) -> Page {
    let path = format!("/drafts/{reference}/ledger/import");
    let csrf = who.get(&path).await.hidden("csrf");
    let mark = "----a-boundary-of-ours";
    let mut body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--{mark}\r\n\
         Content-Disposition: form-data; name=\"sheet\"; filename=\"sheet.bin\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{mark}--\r\n").as_bytes());
    let request = who
        .client
        .post(format!("{}{path}", who.origin))
        .header("Origin", &who.origin)
        .header("Sec-Fetch-Site", "same-origin")
        .header("Content-Type", format!("multipart/form-data; boundary={mark}"))
        .body(body);
    who.read(request).await
}

/// What a page carries to be confirmed.
fn carried(page: &Page) -> String {
    let at = page.body.find("name=\"rows\"").expect("rows to confirm");
    let rest = &page.body[at..];
    let start = rest.find('\n').unwrap() + 1;
    let end = rest.find("</textarea>").unwrap();
    let text = &rest[start..end];
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

async fn confirm(who: &Browser, reference: &str, page: &Page) -> Page {
    let (csrf, once, rows) = (page.hidden("csrf"), page.hidden("once"), carried(page));
    let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("rows", rows.as_str())];
    let done = who.post(&format!("/drafts/{reference}/ledger/import/rows"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    who.get(done.location()).await
}

both_engines! {
    async fn it_goes_out_filled_in_and_comes_back(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let chair = cast::sign_in(app, "chair").await;
        let odd = "=SUM(A1) & <b>\nžluť 🚑 _x0041_";
        let first = [&on_block("2", "two again", odd)[..], &[("kind", "editorial"),
            ("proposed", "+twice")]].concat();
        let one = comment(&participant, &reference, &first).await;
        let two = comment(&participant, &reference, &on_block("0", "", "On it all")).await;
        for ending in ["xlsx", "csv"] {
            let (name, bytes) = download(&chair, &format!("{page}/ledger.{ending}")).await;
            assert_eq!(name, format!("attachment; filename=\"{reference}-ledger.{ending}\""));
            let rows = sheet::read(&bytes).unwrap();
            let own = &rows.iter().find(|own| own.row.id == one).unwrap().row;
            assert_eq!(own.cells()[..10], [one.as_str(), "1", "participant’s organisation",
                reference.as_str(), "statement", "2", "two again", "ed",
                odd, "+twice"]);
            if ending == "csv" {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.starts_with("\u{feff}id,revision,organisation"), "{text}");
                assert!(text.contains("\"'=SUM(A1)") && text.contains(",'+twice,"), "{text}");
            }
        }
        // Filled in offline: an answer, a new comment, and rows that cannot be.
        let mut filled = vec![
            matrix::Row { id: one.clone(), disposition: "Accepted in part".into(),
                observations: "=Partly\nso".into(), ..matrix::Row::default() },
            matrix::Row { id: two.clone(), disposition: "perhaps".into(),
                observations: "x".into(), ..matrix::Row::default() },
            matrix::Row { id: "12".into(), disposition: "noted".into(),
                observations: "x".into(), ..matrix::Row::default() },
            matrix::Row { comment: "New from the sheet".into(), section: "statement".into(),
                paragraph: "1".into(), kind: "te".into(), ..matrix::Row::default() },
            matrix::Row { comment: "Nowhere".into(), section: "statement".into(),
                paragraph: "9".into(), ..matrix::Row::default() },
        ];
        let bytes = matrix::xlsx("T", &filled, app.app.now()).unwrap();
        let seen = look(&chair, &reference, &bytes).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        seen.shows("Answer: Accepted in part").shows("none of the five words")
            .shows("no comment with this id").shows("New comment").shows("no such section")
            .shows("Answers: 1. New comments: 1.");
        chair.get(&page).await.hides("New from the sheet");
        let done = confirm(&chair, &reference, &seen).await;
        done.shows("answers 1, new comments 1. Left out meanwhile: 0.");
        let ledger = chair.get(&format!("{page}/ledger")).await;
        ledger.shows("New from the sheet").shows("=Partly").shows("Accepted in part");
        // Again: nothing new but what cannot be.
        look(&chair, &reference, &bytes).await.shows("Answers: 0. New comments: 0.");

        // A participant answers nothing, and comments for their organisation.
        filled[0].observations = "Other".into();
        filled[3].comment = "From a participant".into();
        let bytes = matrix::csv(&filled).unwrap();
        let seen = look(&participant, &reference, &bytes).await;
        seen.shows("Only the chair answers").shows("Answers: 0. New comments: 1.");
        confirm(&participant, &reference, &seen).await;
        chair.get(&page).await.shows("From a participant");
        // An answer given between the look and the confirmation is not written over.
        filled[1].disposition = "noted".into();
        let bytes = matrix::csv(&filled[1..2]).unwrap();
        let seen = look(&chair, &reference, &bytes).await;
        seen.shows("Answers: 1.");
        let answer = format!("{page}/comments/{two}/disposition");
        let fields = [("disposition", "accepted"), ("reason", "Quicker."), ("changed", "")];
        chair.submit_and_follow(&answer, &answer, &fields).await;
        let (csrf, once, rows) = (seen.hidden("csrf"), seen.hidden("once"), carried(&seen));
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("rows", rows.as_str())];
        let late = chair.post(&format!("{page}/ledger/import/rows"), &fields).await;
        assert_eq!(late.status, 422);
        chair.get(&format!("{page}/ledger")).await.shows("Quicker.");

        // What is no sheet says so; who may only read has no such page.
        let refused = look(&chair, &reference, b"no,sheet\n1,2\n").await;
        assert_eq!(refused.status, 422);
        refused.shows("lacks the heads of the ledger");
        look(&chair, &reference, b"").await.shows("Choose a file");
        let observer = cast::sign_in(app, "observer").await;
        assert_eq!(observer.get(&format!("{page}/ledger/import")).await.status, 404);
        observer.get(&format!("{page}/ledger")).await.hides("Bring a filled-in sheet back");
    }

    async fn a_row_of_another_text_is_no_row_of_this_one(app: &TestApp) {
        let reference = text(app).await;
        let chair = cast::sign_in(app, "chair").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let participant = cast::sign_in(app, "participant").await;
        let other = cast::draft(&drafter, "Another", STATEMENT).await;
        cast::open(&chair, app, &other).await;
        let theirs = comment(&participant, &other, &on_block("1", "", "On the other")).await;
        let own = comment(&participant, &reference, &on_block("1", "", "On this one")).await;
        let answer = |id: &str, reference: &str| matrix::Row {
            id: id.into(), reference: reference.into(), disposition: "noted".into(),
            observations: "From the sheet".into(), ..matrix::Row::default()
        };
        let new = matrix::Row {
            comment: "Said of the other".into(), reference: other.clone(), ..matrix::Row::default()
        };
        let rows = [answer(&theirs, ""), answer(&theirs, &other), answer(&own, &other), new];
        let seen = look(&chair, &reference, &matrix::csv(&rows).unwrap()).await;
        seen.shows("Answers: 0. New comments: 0.");
        // Nor by carrying the rows past the look.
        let (csrf, once) = (seen.hidden("csrf"), primum::secrets::token());
        let packed = rows.map(|row| (2, row.cells().map(str::to_owned).to_vec(), String::new()));
        let packed = serde_json::to_string(&packed).unwrap();
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("rows", packed.as_str())];
        let forced = chair.post(&format!("/drafts/{reference}/ledger/import/rows"), &fields).await;
        assert_eq!(forced.status, 422, "{}", forced.body);
        for text in [&reference, &other] {
            chair.get(&format!("/drafts/{text}/ledger")).await
                .hides("From the sheet").hides("Said of the other");
        }
    }

    async fn a_row_on_an_older_revision_finds_its_words(app: &TestApp) {
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let participant = cast::sign_in(app, "participant").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let edit = format!("{page}/edit");
        let second = cast::revision("1", "Two stands here, and two again.\n\nNew behind, of other things.\n");
        drafter.submit_and_follow(&edit, &edit, &second).await;
        let row = |comment: &str, paragraph: &str, words: &str| matrix::Row {
            comment: comment.into(), section: "statement".into(), revision: "1".into(),
            paragraph: paragraph.into(), words: words.into(), ..matrix::Row::default()
        };
        let rows = [row("Kept", "2", "two again"), row("Lost", "1", "One stands"),
            row("Ahead", "2", "nothing of it")];
        let seen = look(&participant, &reference, &matrix::csv(&rows).unwrap()).await;
        seen.shows("its words on revision 1 are unchanged").shows("not, or more than once");
        seen.shows("Answers: 0. New comments: 1.");
        let done = confirm(&participant, &reference, &seen).await;
        assert_eq!(done.status, 200);
        participant.get(&page).await.shows("Kept").hides("Ahead").hides("Lost")
            .shows("and <mark class=\"said\">two again</mark>");
    }

    async fn to_pass_on_a_group_is_named_from_three_organisations_on(app: &TestApp) {
        app.raw("UPDATE tracks SET attribution_rule = 'chatham-house'").unwrap();
        app.raw("UPDATE programme SET public_version = public_version + 1").unwrap();
        let reference = text(app).await;
        let page = format!("/drafts/{reference}");
        let chair = cast::sign_in(app, "chair").await;
        let drafter = cast::sign_in(app, "drafter").await;
        let participant = cast::sign_in(app, "participant").await;
        let id = comment(&chair, &reference, &on_block("1", "", "Said by one")).await;
        comment(&drafter, &reference, &on_block("0", "", "As @The chair says")).await;
        let group = app.write(|conn| {
            let programme = store::programme::load(conn)?;
            let english = primum::domain::language::Language::En;
            Ok(programme.groups[0].name(english).text.to_owned())
        });
        let outside = async || {
            let (name, bytes) = download(&chair, &format!("{page}/ledger.xlsx?for=outside")).await;
            let (csv_name, csv) = download(&chair, &format!("{page}/ledger.csv?for=outside")).await;
            let of_track = format!("/drafts/tracks/{}/ledger.csv?for=outside", cast::TRACK);
            let (_, track) = download(&chair, &of_track).await;
            let csv = [csv, track].concat();
            format!("{name}{csv_name}{}{}", inner(&bytes), String::from_utf8(csv).unwrap())
        };
        // Two organisations are too few to name their group.
        let two = outside().await;
        assert!(two.contains("Said by one") && !two.contains(&group), "{two}");
        assert!(two.contains("As @… says") && !two.contains("The chair"), "{two}");
        assert!(!two.contains(&id), "an id tells when it was said: {two}");
        comment(&participant, &reference, &on_block("2", "", "The third organisation")).await;
        let three = outside().await;
        assert!(three.contains(&group) && !three.contains("’s organisation"), "{three}");
    }
}
