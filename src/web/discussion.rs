//! The discussion of a text as a page shows it: threads, each beside the
//! words it was written on, or said to be on earlier ones.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::permalink;
use super::cx::Cx;
use super::error::WebError;
use super::page::When;
use crate::domain::comment::{Disposition, Place, place};
use crate::domain::ids::{AccountId, CommentId};
use crate::domain::role::Capacity;
use crate::i18n::{self, Loader};
use crate::markdown::Piece;
use crate::store::comments::Comment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// The most comments one page shows; a text with more has a ledger.
pub const MOST_COMMENTS: i64 = 1_000;

/// A comment or reply, ready to show.
pub struct Note {
    pub id: CommentId,
    pub who: String,
    pub on_behalf: String,
    pub when: When,
    pub quote: Option<String>,
    /// Set when the words it was written on have changed since.
    pub fate: Option<String>,
    pub html: String,
    pub decision: Option<Decision>,
    pub replies: Vec<Note>,
    /// Addresses of what the reader may do; empty when they may not.
    pub reply_href: String,
    pub answer_href: String,
    pub unanswered: bool,
}

pub struct Decision {
    pub class: &'static str,
    pub title: String,
    pub by: String,
    pub when: When,
    pub reason: String,
}

/// The threads of one section: by block position, and those whose words
/// changed.
#[derive(Default)]
pub struct SectionNotes {
    pub beside: Vec<(usize, Vec<Note>)>,
    pub elsewhere: Vec<Note>,
}

/// What the reader may do in a discussion.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rights {
    pub comment: bool,
    pub dispose: bool,
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

/// Loads and places the discussion: a fixed number of queries.
///
/// # Errors
/// When the database cannot be read.
pub fn load(
    cx: &Cx,
    conn: &mut DbConn,
    reference: &str,
    comments: Vec<Comment>,
    current: i32,
    sections: &[(Section, Vec<Piece>)],
    rights: Rights,
) -> Result<Discussion, WebError> {
    let mut answering: Vec<AccountId> =
        comments.iter().filter_map(|comment| comment.disposed_by).collect();
    answering.sort_unstable();
    answering.dedup();
    let names = store::comments::names_of(conn, &answering)?;
    let maker = Maker { cx, reference, names, rights };

    let count = comments.len();
    let unanswered = comments.iter().filter(|comment| comment.is_unanswered()).count();
    let (tops, replies): (Vec<_>, Vec<_>) =
        comments.into_iter().partition(|comment| comment.parent.is_none());
    let mut threads: Vec<(Comment, Vec<Comment>)> =
        tops.into_iter().map(|top| (top, Vec::new())).collect();
    for reply in replies {
        if let Some((_, own)) = threads.iter_mut().find(|(top, _)| Some(top.id) == reply.parent) {
            own.push(reply);
        }
    }

    let mut discussion = Discussion {
        whole: Vec::new(),
        sections: sections
            .iter()
            .map(|(section, _)| (section.kind.clone(), SectionNotes::default()))
            .collect(),
        count,
        unanswered,
    };
    let blocks: Vec<(&str, Vec<&str>)> = sections
        .iter()
        .map(|(section, pieces)| {
            let texts = pieces.iter().filter_map(|piece| piece.text.as_deref()).collect();
            (section.kind.as_str(), texts)
        })
        .collect();
    for (top, replies) in threads {
        let Some(anchor) = top.anchor() else {
            discussion.whole.push(maker.note(top, replies, None));
            continue;
        };
        let texts = blocks.iter().find(|(kind, _)| *kind == anchor.section);
        let home = discussion.sections.iter_mut().find(|(kind, _)| *kind == anchor.section);
        match (texts, home) {
            (Some((_, texts)), Some((_, notes))) => {
                match place(&anchor, top.revision == current, texts) {
                    Place::Beside(at) => {
                        let note = maker.note(top, replies, None);
                        match notes.beside.iter_mut().find(|(own, _)| *own == at) {
                            Some((_, thread)) => thread.push(note),
                            None => notes.beside.push((at, vec![note])),
                        }
                    }
                    Place::Changed => {
                        let fate = maker.fate(top.revision);
                        notes.elsewhere.push(maker.note(top, replies, Some(fate)));
                    }
                }
            }
            // The section itself is gone: the comment stays, with the whole.
            _ => {
                let fate = maker.fate(top.revision);
                discussion.whole.push(maker.note(top, replies, Some(fate)));
            }
        }
    }
    Ok(discussion)
}

struct Maker<'a> {
    cx: &'a Cx,
    reference: &'a str,
    names: Vec<(AccountId, String)>,
    rights: Rights,
}

impl Maker<'_> {
    fn fate(&self, revision: i32) -> String {
        fl!(self.cx.l(), "comment-fate-changed", n = revision)
    }

    fn note(&self, comment: Comment, replies: Vec<Comment>, fate: Option<String>) -> Note {
        let l = self.cx.l();
        let top = comment.parent.is_none();
        let base = format!("/drafts/{}/comments/{}", self.reference, comment.id);
        let decision = self.decision(&comment);
        let on_behalf = match comment.capacity {
            Capacity::Organisation => comment.organisation_name.clone(),
            Capacity::Personal => {
                fl!(l, "comment-personally", organisation = comment.organisation_name.as_str())
            }
        };
        Note {
            id: comment.id,
            unanswered: comment.is_unanswered(),
            who: comment.author_name,
            on_behalf,
            when: When::time(self.cx.language, comment.created_at),
            quote: comment.quote.filter(|_| fate.is_some()),
            fate,
            html: comment.html,
            decision,
            replies: replies.into_iter().map(|reply| self.note(reply, Vec::new(), None)).collect(),
            reply_href: if top && self.rights.comment {
                format!("/drafts/{}/comments/new?reply={}", self.reference, comment.id)
            } else {
                String::new()
            },
            answer_href: if top && self.rights.dispose {
                format!("{base}/disposition")
            } else {
                String::new()
            },
        }
    }

    fn decision(&self, comment: &Comment) -> Option<Decision> {
        let disposition = comment.disposition?;
        let by = comment
            .disposed_by
            .and_then(|by| self.names.iter().find(|(own, _)| *own == by))
            .map(|(_, name)| name.clone())
            .unwrap_or_default();
        Some(Decision {
            class: class_of(disposition),
            title: i18n::message(self.cx.l(), &format!("disposition-{disposition}")),
            by,
            when: When::date(self.cx.language, comment.disposed_at.unwrap_or(comment.created_at)),
            reason: comment.reason.clone().unwrap_or_default(),
        })
    }
}

/// The style of a decision card.
#[must_use]
pub const fn class_of(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Accepted => "decision-accepted",
        Disposition::AcceptedInPart => "decision-part",
        Disposition::AcceptedInPrinciple => "decision-principle",
        Disposition::Noted => "decision-noted",
        Disposition::NotAccepted => "decision-refused",
    }
}

#[derive(Template)]
#[template(path = "drafts/notes.html")]
struct Notes<'a> {
    l: &'a Loader,
    notes: &'a [Note],
    label: String,
}

/// The HTML of threads, for under a block or a section.
///
/// # Errors
/// When the template fails.
pub fn notes_html(l: &Loader, notes: &[Note], label: String) -> Result<String, WebError> {
    Ok(Notes { l, notes, label }.render()?)
}

#[derive(Template)]
#[template(path = "drafts/block_tools.html")]
struct BlockTools<'a> {
    l: &'a Loader,
    href: String,
    n: usize,
}

/// A section's blocks with their numbers, and their threads under them.
///
/// # Errors
/// When a template fails.
pub fn blocks_html(
    cx: &Cx,
    pieces: &[Piece],
    prefix: &str,
    notes: &SectionNotes,
    comment_href: Option<&str>,
) -> Result<String, WebError> {
    let l = cx.l();
    let mut out = String::new();
    let mut position = 0;
    for piece in pieces {
        if piece.text.is_none() {
            out.push_str(&piece.html);
            continue;
        }
        position += 1;
        let number = pilcrow(l, &permalink(&format!("{prefix}-{position}"), piece.block), position);
        let tools = match comment_href {
            Some(base) => {
                let href = format!("{base}&position={position}");
                BlockTools { l, href, n: position }.render()?
            }
            None => String::new(),
        };
        let own = notes.beside.iter().find(|(at, _)| *at == position);
        let threads = match own {
            Some((_, threads)) => {
                notes_html(l, threads, fl!(l, "comment-notes-label", n = position))?
            }
            None => String::new(),
        };
        if piece.html.starts_with("<li") {
            // Inside a list nothing but items may stand: the rest goes into it. An item with a
            // list in it is closed by a later piece.
            let inner = piece.html.strip_suffix("</li>");
            out.push_str(&after_first_tag(inner.unwrap_or(&piece.html), &number));
            out.push_str(&tools);
            out.push_str(&threads);
            out.push_str(if inner.is_some() { "</li>" } else { "" });
        } else {
            out.push_str("<div class=\"block\"><div class=\"para\">");
            out.push_str(&number);
            out.push_str(&piece.html);
            out.push_str(&tools);
            out.push_str("</div>");
            out.push_str(&threads);
            out.push_str("</div>");
        }
    }
    Ok(out)
}

/// The link to a block: `¶ 3`.
fn pilcrow(l: &Loader, link: &str, position: usize) -> String {
    let word = fl!(l, "paragraph");
    format!(
        "<a class=\"pilcrow\" {link}><span class=\"vh\">{word} </span>\
         <span aria-hidden=\"true\">¶ </span>{position}</a>"
    )
}

fn after_first_tag(html: &str, insert: &str) -> String {
    match html.find('>') {
        Some(at) => format!("{}{insert}{}", &html[..=at], &html[at + 1..]),
        None => format!("{insert}{html}"),
    }
}
