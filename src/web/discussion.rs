//! The discussion of a text as a page shows it: threads, each beside the
//! words it was written on, or said to be on words that are gone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{BlockAmendments, SectionAmendments};
use super::article::permalink;
use super::cx::Cx;
use super::error::WebError;
use super::notes::{Maker, Note, Rights, notes_html};
use super::{marks, standings};
use crate::domain::ids::CommentId;
use crate::domain::recommendation::{Recommendation, anchor_prefix};
use crate::i18n::Loader;
use crate::markdown::Piece;
use crate::store::DbConn;
use crate::store::brackets::Bracket;
use crate::store::comments::Comment;
use crate::store::recommendations::Section;

/// The most comments one page shows; a text with more has a ledger.
pub const MOST_COMMENTS: i64 = 1_000;

/// The threads of one section: by block position, and those whose words
/// changed.
#[derive(Default)]
pub struct SectionNotes {
    pub beside: Vec<(usize, Vec<Note>)>,
    pub elsewhere: Vec<Note>,
    /// Block position, and the characters of it that somebody commented on.
    pub words: Vec<(usize, Range<usize>)>,
}

/// Every thread of a recommendation, where it stands on `revision`.
pub struct Discussion {
    pub whole: Vec<Note>,
    pub sections: Vec<(String, SectionNotes)>,
    pub count: usize,
    pub unanswered: usize,
}

/// # Errors
/// When a stored rendering cannot be read.
pub fn pieces(section: &Section) -> Result<Vec<Piece>, WebError> {
    serde_json::from_str(&section.rendered)
        .map_err(|fault| WebError::Internal(format!("stored pieces: {fault}")))
}

/// The ¶ number of the commentable piece at this position (1 is the first);
/// headings and footnotes have none.
#[must_use]
pub fn number_at(section: &Section, position: usize) -> Option<usize> {
    let pieces = pieces(section).ok()?;
    let mut shown = pieces.iter().filter(|piece| piece.text.is_some());
    shown.nth(position.checked_sub(1)?)?.number
}

/// Places the discussion: a fixed number of queries.
///
/// # Errors
/// When the database cannot be read.
pub fn load(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    comments: Vec<Comment>,
    sections: &[(Section, Vec<Piece>)],
    rights: Rights,
) -> Result<Discussion, WebError> {
    let standings = standings::load(cx, conn, own, &comments)?;
    let mut maker = Maker::load(cx, conn, own, &comments, rights)?;
    let count = comments.len();
    let unanswered = comments.iter().filter(|comment| comment.is_unanswered()).count();
    let mut discussion = Discussion {
        whole: Vec::new(),
        sections: sections
            .iter()
            .map(|(section, _)| (section.kind.clone(), SectionNotes::default()))
            .collect(),
        count,
        unanswered,
    };
    for (top, replies) in threads(comments) {
        let section = top.section.clone();
        let withdrawn = top.withdrawn_at.is_some();
        let (note, standing) = maker.thread(top, replies, &standings);
        let Some(standing) = standing else {
            discussion.whole.push(note);
            continue;
        };
        let place = standing.section.as_ref().zip(standing.position);
        let home = place.map(|(section, _)| section).or(section.as_ref());
        let home = discussion.sections.iter_mut().find(|(kind, _)| Some(kind) == home);
        match (home, place) {
            (Some((_, notes)), Some((_, at))) => {
                let words = standing.range.clone().filter(|_| !withdrawn);
                if let Some(words) = words {
                    notes.words.push((at, words));
                }
                match notes.beside.iter_mut().find(|(own, _)| *own == at) {
                    Some((_, thread)) => thread.push(note),
                    None => notes.beside.push((at, vec![note])),
                }
            }
            (Some((_, notes)), None) => notes.elsewhere.push(note),
            // The section itself is gone: the comment stays, with the whole.
            (None, _) => discussion.whole.push(note),
        }
    }
    Ok(discussion)
}

/// Top-level comments with their replies, both oldest first.
fn threads(comments: Vec<Comment>) -> Vec<(Comment, Vec<Comment>)> {
    let (tops, replies): (Vec<_>, Vec<_>) =
        comments.into_iter().partition(|comment| comment.parent.is_none());
    let mut by_parent: HashMap<CommentId, Vec<Comment>> = HashMap::new();
    for reply in replies {
        if let Some(parent) = reply.parent {
            by_parent.entry(parent).or_default().push(reply);
        }
    }
    let thread = |top: Comment| {
        let replies = by_parent.remove(&top.id).unwrap_or_default();
        (top, replies)
    };
    tops.into_iter().map(thread).collect()
}

#[derive(Template)]
#[template(path = "drafts/block_tools.html")]
struct BlockTools<'a> {
    l: &'a Loader,
    /// Empty when the reader may not.
    comment: String,
    amend: String,
    n: usize,
    /// What is in brackets here, and whose they are.
    brackets: Vec<&'a Bracket>,
    reference: &'a str,
}

/// What a section's blocks are shown with.
pub struct Beside<'a> {
    pub notes: &'a SectionNotes,
    pub amendments: &'a SectionAmendments,
    /// The brackets of the whole text.
    pub brackets: &'a [Bracket],
    /// Where a comment is written; `None` when the reader may not.
    pub comment_href: Option<&'a str>,
}

/// A section's blocks with their numbers, and their threads under them.
///
/// # Errors
/// When a template fails.
pub fn blocks_html(
    cx: &Cx,
    section: &Section,
    pieces: &[Piece],
    beside: &Beside<'_>,
) -> Result<String, WebError> {
    let l = cx.l();
    let prefix = anchor_prefix(&section.kind);
    let Beside { notes, amendments, brackets, comment_href } = *beside;
    let reference = cx.param("reference");
    let (href, start) = (amendments.start_href.clone(), amendments.start.as_str());
    let mut out = start_html(l, href, String::new(), start)?;
    let mut position = 0;
    let none = BlockAmendments::default();
    for piece in pieces {
        if piece.text.is_none() {
            out.push_str(&piece.html);
            continue;
        }
        position += 1;
        let number =
            pilcrow(l, &permalink(&format!("{prefix}-{position}"), piece.block), piece.number);
        let proposed = amendments.at(position).unwrap_or(&none);
        let comment = comment_href.map(|base| format!("{base}&position={position}"));
        let (comment, amend) = (comment.unwrap_or_default(), proposed.amend_href.clone());
        let n = piece.number.unwrap_or_default();
        let here = |own: &&Bracket| own.section == section.kind && Some(own.block) == piece.block;
        let brackets = brackets.iter().filter(here).collect();
        let tools = BlockTools { l, comment, amend, n, brackets, reference }.render()?;
        let html = marked(piece, position, notes);
        let own = notes.beside.iter().find(|(at, _)| *at == position);
        let threads = match own {
            Some((_, threads)) => {
                let n = piece.number.unwrap_or_default();
                notes_html(l, threads, fl!(l, "comment-notes-label", n = n))?
            }
            None => String::new(),
        };
        if html.starts_with("<li") {
            // Inside a list nothing but items may stand: the rest goes into it. An item with a
            // list in it is closed by a later piece.
            let inner = html.strip_suffix("</li>");
            out.push_str(&after_first_tag(inner.unwrap_or(&html), &number));
            out.push_str(&tools);
            out.push_str(&proposed.html);
            out.push_str(&threads);
            out.push_str(if inner.is_some() { "</li>" } else { "" });
        } else {
            out.push_str("<div class=\"block\"><div class=\"para\">");
            out.push_str(&number);
            out.push_str(&html);
            out.push_str(&tools);
            out.push_str("</div>");
            out.push_str(&proposed.html);
            out.push_str(&threads);
            out.push_str("</div>");
        }
    }
    Ok(out)
}

#[derive(Template)]
#[template(path = "drafts/start_tools.html")]
struct StartTools<'a> {
    l: &'a Loader,
    /// Empty when the reader may not.
    amend: String,
    /// The section that has no text yet; empty for one that has.
    section: String,
}

/// What stands before the first block of a section: the way to put something
/// there, and what others have put there already.
///
/// # Errors
/// When a template fails.
pub fn start_html(
    l: &Loader,
    amend: String,
    section: String,
    amendments: &str,
) -> Result<String, WebError> {
    Ok(format!("{}{amendments}", StartTools { l, amend, section }.render()?))
}

/// The block's HTML with the words marked that somebody commented on.
fn marked<'a>(piece: &'a Piece, position: usize, notes: &SectionNotes) -> Cow<'a, str> {
    let ranges: Vec<Range<usize>> = notes
        .words
        .iter()
        .filter(|(at, _)| *at == position)
        .map(|(_, range)| range.clone())
        .collect();
    match &piece.text {
        Some(text) if !ranges.is_empty() => Cow::Owned(marks::mark(&piece.html, text, &ranges)),
        _ => Cow::Borrowed(&piece.html),
    }
}

/// The link to a block: `¶ 3`, or `¶` for a heading or a footnote.
fn pilcrow(l: &Loader, link: &str, number: Option<usize>) -> String {
    let word = fl!(l, "paragraph");
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    format!(
        "<a class=\"pilcrow\" {link}><span class=\"vh\">{word} </span>\
         <span aria-hidden=\"true\">¶ </span>{number}</a>"
    )
}

fn after_first_tag(html: &str, insert: &str) -> String {
    match html.find('>') {
        Some(at) => format!("{}{insert}{}", &html[..=at], &html[at + 1..]),
        None => format!("{insert}{html}"),
    }
}
