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
use crate::store;

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

/// What stands before each numbered block of a published text: for screen
/// readers "Paragraph".
struct Pilcrow {
    word: String,
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

    /// The same with a ¶ link at every block that has a number; audiences are
    /// named as the edition froze them.
    ///
    /// # Errors
    /// As [`Article::new`].
    pub fn published(
        l: &Loader,
        names: &Names,
        sections: &[(String, Vec<Piece>)],
    ) -> Result<Self, WebError> {
        let pilcrow = Pilcrow { word: fl!(l, "paragraph") };
        Self::compose(l, names, sections, anchor_prefix, Some(&pilcrow))
    }

    fn compose(
        l: &Loader,
        names: &Names,
        sections: &[(String, Vec<Piece>)],
        id: fn(&str) -> String,
        pilcrow: Option<&Pilcrow>,
    ) -> Result<Self, WebError> {
        let part = |(kind, pieces): &(String, Vec<Piece>)| Part {
            statement: kind == STATEMENT,
            id: id(kind),
            heading: heading(l, names, kind),
            html: match pilcrow {
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

/// “For policy makers”: a sentence of its own for the audiences a programme
/// starts with, since a language may have to inflect them; one that the
/// secretariat named stands as it was written.
#[must_use]
pub fn action_heading(l: &Loader, slug: &str, name: &str) -> String {
    let known = if store::seed::is_first_name(slug, name) { slug } else { "" };
    fl!(l, "section-action", audience = name, known = known)
}

/// The heading of a section in the reader's language.
fn heading(l: &Loader, names: &Names, kind: &str) -> String {
    match audience_of(kind) {
        Some(slug) => {
            let name = names.audience(slug).map_or(slug, |name| name.text.as_str());
            action_heading(l, slug, name)
        }
        None if kind == RATIONALE => fl!(l, "section-rationale"),
        None => fl!(l, "section-statement"),
    }
}

impl Pilcrow {
    fn html(&self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece.number.zip(place_of(piece)) {
                Some((number, (id, at))) => {
                    out.push_str(&piece.html[..at]);
                    out.push_str(&self.link(id, piece.block, number));
                    out.push_str(&piece.html[at..]);
                }
                None => out.push_str(&piece.html),
            }
        }
        out
    }

    /// `dir` keeps its letters out of what the paragraph's own direction is
    /// taken from.
    fn link(&self, id: &str, block: Option<i32>, number: usize) -> String {
        let word = &self.word;
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

/// The id of a block, and where its link goes: within a paragraph, item or
/// quotation, before a table or code, which may scroll.
fn place_of(piece: &Piece) -> Option<(&str, usize)> {
    piece.text.as_ref()?;
    let (tag, rest) = piece.html.split_once(" id=\"")?;
    let (id, _) = rest.split_once('"')?;
    let within = !tag.ends_with("<div");
    Some((id, if within { piece.html.find('>')? + 1 } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::paragraphs;

    #[test]
    fn links_are_all_that_a_published_text_has_more() {
        let text = "One.\n\n### Two\n\n- three\n- four[^1]\n\n> five\n\n| a>b |\n|-|\n| c |\n\n\
            [^1]: Six.\n";
        let mut pieces = markdown::render(text, "statement").unwrap();
        let ids = [31, 32, 33, 34, 35, 36, 37];
        assert_eq!(paragraphs::number(&mut pieces, text, &ids, 0), 5);
        let mut linked = Pilcrow { word: "Paragraph".into() }.html(&pieces);
        for (number, block) in [(1, 31), (2, 33), (3, 34), (4, 35), (5, 36)] {
            let link = format!(
                "<a class=\"pilcrow\" dir=\"ltr\" id=\"b{block}\" href=\"#b{block}\">\
                 <span class=\"vh\">Paragraph </span><span aria-hidden=\"true\">¶ </span>{number}</a>"
            );
            assert!(linked.contains(&link), "{link} in {linked}");
            linked = linked.replace(&link, "");
        }
        assert_eq!(linked, markdown::html(&pieces));
    }

    #[test]
    fn an_audience_is_named_in_its_case_until_the_secretariat_names_it() {
        let catalog = crate::i18n::Catalog::new().unwrap();
        let (english, czech) = (catalog.loader(Language::En), catalog.loader(Language::Cs));
        let of = |l, slug: &str, name: &str| action_heading(l, slug, name);
        assert_eq!(of(english, "policy-makers", "Policy makers"), "For policy makers");
        let makers = "Tvůrci veřejných politik";
        assert_eq!(of(czech, "policy-makers", makers), "Pro tvůrce veřejných politik");
        assert_eq!(of(czech, "policy-makers", "Policy makers"), "Pro tvůrce veřejných politik");
        assert_eq!(of(czech, "diplomats", "Vyslanci"), "Pro adresáty: Vyslanci");
        // Every audience a programme starts with has its own sentence.
        for (slug, name) in [
            ("technology-vendors", "Dodavatelé technologií"),
            ("diplomats", "Diplomaté"),
            ("healthcare-practitioners", "Zdravotníci"),
        ] {
            let heading = of(czech, slug, name);
            assert!(heading.starts_with("Pro ") && !heading.contains(':'), "{heading}");
        }
    }

    #[test]
    fn a_text_without_permanent_ids_links_to_places() {
        let text = "One.\n";
        let mut pieces = markdown::render(text, "statement").unwrap();
        _ = paragraphs::number(&mut pieces, text, &[], 0);
        let html = Pilcrow { word: "Paragraph".into() }.html(&pieces);
        assert!(html.contains("href=\"#statement-1\""), "{html}");
    }
}
