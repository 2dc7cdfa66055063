//! What is not agreed: the brackets of a text, whose they are and since when.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::{Chrome, When};
use super::recommendations::{Head, find, section_title};
use crate::actions::{ActionError, brackets};
use crate::domain::ids::BracketId;
use crate::domain::permission::{Verb, allows};
use crate::domain::recommendation::anchor_prefix;
use crate::i18n::Loader;
use crate::markdown::block_of_piece;
use crate::markdown::brackets::{alternatives, clean_share, scan};
use crate::store::recommendations::Filter;
use crate::store::{self};

#[derive(Template)]
#[template(path = "drafts/brackets.html")]
struct BracketsPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    newer: Option<i32>,
    rows: Vec<Row>,
    /// Section and words of each choice, side by side.
    choices: Vec<(String, Vec<String>)>,
    /// Section and line of each bracket without its other half.
    unmatched: Vec<(String, usize)>,
    count: i32,
    track_count: i32,
    track_texts: usize,
    /// The other texts of the track with brackets: reference, title, how many.
    others: Vec<(String, String, i32)>,
    /// The share of words outside brackets, in per cent.
    clean: usize,
    token: String,
}

struct Row {
    id: BracketId,
    section: String,
    href: String,
    text: String,
    author: String,
    organisation: String,
    revision: i32,
    when: When,
    may_withdraw: bool,
}

/// Texts of a track that are counted together.
const MOST_TEXTS: i64 = 500;

pub fn show(cx: &Cx) -> Answer {
    Reply::page(&page(cx, None)?)
}

fn page(cx: &Cx, newer: Option<i32>) -> Result<BracketsPage<'_>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let may_withdraw = allows(actor, Verb::WithdrawBracket, &own.object());
        let filter = Filter { track: Some(own.track), stage: None };
        let texts = store::recommendations::list_visible_to(conn, actor, filter, 0, MOST_TEXTS)?;
        let (mut clean, mut all) = (0, 0);
        let (mut choices, mut unmatched) = (Vec::new(), Vec::new());
        for section in &sections {
            let title = section_title(cx, &programme, &section.kind);
            let (own_clean, own_all) = clean_share(&section.body);
            (clean, all) = (clean + own_clean, all + own_all);
            for run in alternatives(&section.body).into_iter().take(brackets::MOST) {
                let words = run.into_iter().map(|pair| pair.text).collect();
                choices.push((title.clone(), words));
            }
            let lines = scan(&section.body).unmatched;
            unmatched
                .extend(lines.into_iter().take(brackets::MOST).map(|line| (title.clone(), line)));
        }
        let href = |kind: &str, block: i32| {
            let section = sections.iter().find(|section| section.kind == kind)?;
            let at = section.blocks.position_of(block)? - 1;
            let piece = block_of_piece(&section.body).iter().position(|own| *own == at)? + 1;
            Some(format!("#{}-{piece}", anchor_prefix(kind)))
        };
        let rows = store::brackets::list_open(conn, own.id)?.into_iter().map(|row| Row {
            id: row.id,
            section: section_title(cx, &programme, &row.section),
            href: format!(
                "/drafts/{}{}",
                own.reference,
                href(&row.section, row.block).unwrap_or_default()
            ),
            text: row.text,
            author: row.author_name,
            organisation: row.organisation_name,
            revision: row.since_revision,
            when: When::time(cx.language, row.since_at),
            may_withdraw: may_withdraw && row.organisation == actor.organisation,
        });
        let title = format!("{}: {}", fl!(l, "brackets-title"), own.reference);
        Ok(BracketsPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            newer,
            rows: rows.collect(),
            choices,
            unmatched,
            count: own.brackets,
            track_count: texts.iter().map(|own| own.brackets).sum(),
            track_texts: texts.len(),
            others: texts
                .into_iter()
                .filter(|text| text.brackets > 0 && text.id != own.id)
                .map(|text| (text.reference, text.title, text.brackets))
                .collect(),
            clean: (clean * 100).checked_div(all).unwrap_or(100),
            head: Head::new(cx, conn, &programme, &own, "brackets")?,
            token: cx.form_token(),
        })
    })
}

/// Withdrawn by its holder: a revision without it, its words kept.
pub fn withdraw(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let id: BracketId = cx.param_as("bracket")?;
    let mut form = cx.form();
    let once = form.take("once");
    let base: i32 = form.take_parsed("base").ok_or(WebError::NotFound)?;
    form.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        brackets::withdraw(conn, actor, &programme, reference, id, base, cx.now)?;
        Ok(format!("/drafts/{reference}/brackets?done=bracket-withdrawn"))
    });
    match done {
        Err(ActionError::Stale(newest)) => Reply::refused(&page(cx, Some(newest))?),
        Err(ActionError::Faults(_)) => Err(WebError::Conflict("conflict-bracket-gone")),
        other => Ok(other?),
    }
}
