//! The article of a recommendation: one template for the preview and for the
//! published page, the same bytes but for the ¶ links.

use askama::Template;
use i18n_embed_fl::fl;

use super::error::WebError;
use super::names::Names;
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::recommendation::{RATIONALE, STATEMENT, anchor_prefix, audience_of};
use crate::i18n::Loader;
use crate::markdown::{self, Piece};

/// The finished HTML, and the headings in it for a list of contents.
#[derive(Debug, Clone)]
pub struct Article {
    pub html: String,
    /// Id and words of each heading.
    pub contents: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "parts/article.html")]
struct Parts {
    /// Of the text, which may not be the page's.
    language: &'static str,
    sections: Vec<Part>,
}

struct Part {
    statement: bool,
    id: String,
    heading: String,
    html: String,
}

/// What stands before each numbered block of a published text.
struct Pilcrow {
    /// For screen readers: "Paragraph".
    word: String,
    number: usize,
}

impl Article {
    /// Sections in order, each its kind and its pieces, under headings in the
    /// reader's language.
    ///
    /// # Errors
    /// When the template fails, which only a defect makes it do.
    pub fn new(
        l: &Loader,
        language: Language,
        programme: &Programme,
        sections: &[(String, Vec<Piece>)],
    ) -> Result<Self, WebError> {
        Self::compose(l, &Names::now(programme, language), sections, anchor_prefix, None)
    }

    /// The same under ids of its own ([`Article::preview_prefix`]), for the
    /// page whose form has fields of those names.
    ///
    /// # Errors
    /// As [`Article::new`].
    pub fn preview(
        l: &Loader,
        language: Language,
        programme: &Programme,
        sections: &[(String, Vec<Piece>)],
    ) -> Result<Self, WebError> {
        Self::compose(l, &Names::now(programme, language), sections, Self::preview_prefix, None)
    }

    /// What a section's blocks are called in a preview.
    #[must_use]
    pub fn preview_prefix(kind: &str) -> String {
        format!("preview-{}", anchor_prefix(kind))
    }

    /// The same with a ¶ link at every block, numbered through the sections;
    /// audiences are named as the edition froze them.
    ///
    /// # Errors
    /// As [`Article::new`].
    pub fn published(
        l: &Loader,
        names: &Names,
        sections: &[(String, Vec<Piece>)],
    ) -> Result<Self, WebError> {
        let pilcrow = Pilcrow { word: fl!(l, "paragraph"), number: 0 };
        Self::compose(l, names, sections, anchor_prefix, Some(pilcrow))
    }

    fn compose(
        l: &Loader,
        names: &Names,
        sections: &[(String, Vec<Piece>)],
        id: fn(&str) -> String,
        mut pilcrow: Option<Pilcrow>,
    ) -> Result<Self, WebError> {
        let part = |(kind, pieces): &(String, Vec<Piece>)| Part {
            statement: kind == STATEMENT,
            id: id(kind),
            heading: heading(l, names, kind),
            html: match &mut pilcrow {
                Some(pilcrow) => pilcrow.html(pieces),
                None => markdown::html(pieces),
            },
        };
        let sections: Vec<Part> = sections.iter().map(part).collect();
        let contents = sections.iter().map(|own| (own.id.clone(), own.heading.clone())).collect();
        // Recommendations are written in the programme's one working language.
        let html = Parts { language: Language::En.as_str(), sections }.render()?;
        Ok(Self { html, contents })
    }
}

/// The heading of a section in the reader's language.
fn heading(l: &Loader, names: &Names, kind: &str) -> String {
    match audience_of(kind) {
        Some(slug) => {
            let name = names.audience(slug).map_or(slug, |name| name.text.as_str());
            fl!(l, "section-action", audience = name)
        }
        None if kind == RATIONALE => fl!(l, "section-rationale"),
        None => fl!(l, "section-statement"),
    }
}

impl Pilcrow {
    fn html(&mut self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        let mut notes = false;
        for piece in pieces {
            notes |= piece.html.starts_with("<ol class=\"footnotes\"");
            match numbered(piece).filter(|_| !notes) {
                Some((id, at)) => {
                    out.push_str(&piece.html[..at]);
                    out.push_str(&self.next(id, piece.block));
                    out.push_str(&piece.html[at..]);
                }
                None => out.push_str(&piece.html),
            }
        }
        out
    }

    /// `dir` keeps its letters out of what the paragraph's own direction is
    /// taken from.
    fn next(&mut self, id: &str, block: Option<i32>) -> String {
        self.number += 1;
        let Self { word, number } = self;
        let link = permalink(id, block);
        format!(
            "<a class=\"pilcrow\" dir=\"ltr\" {link}><span class=\"vh\">{word} </span>\
             <span aria-hidden=\"true\">¶ </span>{number}</a>"
        )
    }
}

/// The attributes of a link to a block. A permanent id stands on the link
/// itself: the block's own is its place, which another revision changes.
pub fn permalink(place: &str, block: Option<i32>) -> String {
    match block {
        Some(block) => format!("id=\"b{block}\" href=\"#b{block}\""),
        None => format!("href=\"#{place}\""),
    }
}

/// The id of a block that has a number, and where its link goes: within a
/// paragraph, item or quotation, before a table or code, which may scroll.
/// Headings have none.
fn numbered(piece: &Piece) -> Option<(&str, usize)> {
    piece.text.as_ref()?;
    let (tag, rest) = piece.html.split_once(" id=\"")?;
    let (id, _) = rest.split_once('"')?;
    match tag {
        "<p" | "<li" | "<blockquote" => Some((id, piece.html.find('>')? + 1)),
        "<div" => Some((id, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_all_that_a_published_text_has_more() {
        let text = "One.\n\n### Two\n\n- three\n- four[^1]\n\n> five\n\n| a>b |\n|-|\n| c |\n\n\
            [^1]: Six.\n";
        let pieces = markdown::render(text, "statement").unwrap();
        let mut pilcrow = Pilcrow { word: "Paragraph".into(), number: 0 };
        let mut linked = pilcrow.html(&pieces);
        assert_eq!(pilcrow.number, 5, "{linked}");
        for (number, block) in [(1, 1), (2, 3), (3, 4), (4, 5), (5, 6)] {
            let link = format!(
                "<a class=\"pilcrow\" dir=\"ltr\" href=\"#statement-{block}\"><span class=\"vh\">\
                 Paragraph </span><span aria-hidden=\"true\">¶ </span>{number}</a>"
            );
            assert!(linked.contains(&link), "{link} in {linked}");
            linked = linked.replace(&link, "");
        }
        assert_eq!(linked, markdown::html(&pieces));
    }

    #[test]
    fn a_permanent_id_stands_on_the_link() {
        let mut pieces = markdown::render("One.\n", "statement").unwrap();
        pieces[0].block = Some(17);
        let mut pilcrow = Pilcrow { word: "Paragraph".into(), number: 0 };
        let html = pilcrow.html(&pieces);
        assert!(html.contains("id=\"b17\" href=\"#b17\""), "{html}");
    }
}
