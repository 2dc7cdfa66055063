//! The ledger of a recommendation: every comment with its answer.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::discussion::MOST_COMMENTS;
use super::error::WebError;
use super::page::{Chrome, When};
use super::recommendations::{Head, find, section_title};
use crate::domain::permission::{Verb, allows};
use crate::i18n::{self, Loader};
use crate::store;

#[derive(Template)]
#[template(path = "drafts/ledger.html")]
struct LedgerPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    rows: Vec<LedgerRow>,
    total: usize,
    unanswered: usize,
    only_unanswered: bool,
    may_dispose: bool,
}

struct LedgerRow {
    id: i64,
    who: String,
    organisation: String,
    when: When,
    revision: i32,
    section: String,
    html: String,
    disposition: Option<String>,
    reason: String,
    replies: usize,
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let only_unanswered = cx.query().take("show") == "unanswered";
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let comments = store::comments::list_of(conn, own.id, MOST_COMMENTS)?;
        let replies = |id| comments.iter().filter(|other| other.parent == Some(id)).count();
        let tops: Vec<_> = comments.iter().filter(|comment| comment.parent.is_none()).collect();
        let row = |comment: &store::comments::Comment| LedgerRow {
            id: comment.id.0,
            who: comment.author_name.clone(),
            organisation: comment.organisation_name.clone(),
            when: When::date(cx.language, comment.created_at),
            revision: comment.revision,
            section: match (&comment.section, comment.position) {
                (Some(section), Some(n)) => {
                    format!("{}, ¶ {n}", section_title(cx, &programme, section))
                }
                _ => fl!(l, "section-whole"),
            },
            html: comment.html.clone(),
            disposition: comment
                .disposition
                .map(|own| i18n::message(l, &format!("disposition-{own}"))),
            reason: comment.reason.clone().unwrap_or_default(),
            replies: replies(comment.id),
        };
        let shown =
            |comment: &&&store::comments::Comment| !only_unanswered || comment.is_unanswered();
        let title = format!("{}: {}", fl!(l, "draft-tab-ledger"), own.reference);
        Ok::<_, WebError>(LedgerPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            rows: tops.iter().filter(shown).map(|comment| row(comment)).collect(),
            total: tops.len(),
            unanswered: tops.iter().filter(|comment| comment.is_unanswered()).count(),
            only_unanswered,
            may_dispose: allows(cx.actor()?, Verb::Dispose, &own.object()),
        })
    })?;
    Reply::page(&page)
}
