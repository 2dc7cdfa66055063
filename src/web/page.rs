//! The frame of every page, built once a request.

use crate::domain::Instant;
use crate::domain::language::Language;
use crate::domain::programme::{Phrase, Programme};
use crate::i18n::format;
use crate::secrets;

use super::cx::Cx;
use super::files;

/// What `layout.html` shows round a page.
pub struct Chrome {
    pub language: Language,
    pub direction: &'static str,
    pub title: String,
    /// The programme's title, in the page's language or else English.
    pub programme: Localised,
    /// The page's own address, for the language list; without its language.
    pub languages: Vec<LanguageLink>,
    pub member: Option<Member>,
    pub csrf: String,
    pub demo: bool,
    /// Messages that wait because nobody said where to send them.
    pub mail_waiting: i64,
    /// A sentence about what was just done.
    pub flash: Option<String>,
    /// The part of the navigation this page belongs to.
    pub section: &'static str,
    /// What the print footer says of an edition.
    pub print_line: Option<String>,
    pub css: String,
    /// The drafting room's styles, for members.
    pub room_css: String,
    pub ui_js: String,
    pub editor_js: String,
    pub save_js: String,
    pub presence_js: String,
    pub theme_js: String,
    public: bool,
}

/// Who is signed in, for the frame.
pub struct Member {
    pub name: String,
    pub organisation: String,
    pub secretariat: bool,
}

pub struct LanguageLink {
    pub language: Language,
    pub href: String,
    pub current: bool,
}

/// A text with the language it is in, if not the page's.
#[derive(Debug, Clone, Default)]
pub struct Localised {
    pub text: String,
    pub lang: Option<&'static str>,
}

impl From<Phrase<'_>> for Localised {
    fn from(phrase: Phrase<'_>) -> Self {
        Self { text: phrase.text.to_owned(), lang: phrase.foreign.map(Language::as_str) }
    }
}

impl std::fmt::Display for Localised {
    /// Escaped HTML, in a `<span lang>` when it is in another language.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(lang) = self.lang {
            write!(f, "<span lang=\"{lang}\">{}</span>", Escaped(&self.text))
        } else {
            write!(f, "{}", Escaped(&self.text))
        }
    }
}

impl askama::filters::HtmlSafe for Localised {}

struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => std::fmt::Write::write_char(f, other)?,
            }
        }
        Ok(())
    }
}

/// An instant for a page: machine and human form.
#[derive(Debug, Clone)]
pub struct When {
    pub machine: String,
    pub human: String,
}

impl When {
    /// The day, UTC.
    #[must_use]
    pub fn date(language: Language, at: Instant) -> Self {
        Self { machine: format::machine(at), human: format::date(language, at) }
    }

    /// Day and time, said to be UTC.
    #[must_use]
    pub fn time(language: Language, at: Instant) -> Self {
        let human = format!("{} UTC", format::date_time(language, at));
        Self { machine: format::machine(at), human }
    }
}

impl Chrome {
    #[must_use]
    pub fn new(cx: &Cx, programme: &Programme, title: &str, mail_waiting: i64) -> Self {
        let name = programme.texts.phrase(cx.language, |text| text.title.as_str());
        let member = cx.actor.as_ref().map(|actor| Member {
            name: actor.name.clone(),
            organisation: actor.organisation_name.clone(),
            secretariat: actor.secretariat,
        });
        let bare = bare_path(&cx.path);
        let localised = bare.is_some();
        let link = |language: &Language| LanguageLink {
            language: *language,
            href: format!("/{language}{}", bare.unwrap_or("/")),
            current: *language == cx.language,
        };
        // A form that comes back refused stands at the address of what was done before.
        let done = cx.query().take_optional("done").filter(|_| !localised && !cx.posted);
        let flash = done
            .map(|key| format!("done-{key}"))
            .filter(|key| cx.l().has(key))
            .map(|key| crate::i18n::message(cx.l(), &key));
        Self {
            language: cx.language,
            direction: cx.app.catalog.direction(),
            title: title.to_owned(),
            programme: name.into(),
            languages: Language::ALL.iter().map(link).collect(),
            member,
            csrf: secrets::mask(&cx.csrf),
            demo: cx.app.demo.is_some(),
            mail_waiting,
            flash,
            section: "",
            print_line: None,
            css: files::address("css/primum.css"),
            room_css: files::address("css/room.css"),
            ui_js: files::address("js/ui.js"),
            editor_js: files::address("js/editor.js"),
            save_js: files::address("js/save.js"),
            presence_js: files::address("js/presence.js"),
            theme_js: files::address("js/theme.js"),
            public: localised,
        }
    }

    /// Marks the navigation's entry this page belongs to.
    #[must_use]
    pub const fn in_section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// What the footer of the printed page says.
    #[must_use]
    pub fn printed_as(mut self, line: String) -> Self {
        self.print_line = Some(line);
        self
    }

    /// Whether the page has its language in its address.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.public
    }

    /// The address of a public page in this page's language.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("/{}{path}", self.language)
    }
}

/// The path without its language: `/en/tracks/x` is `/tracks/x`.
#[must_use]
pub fn bare_path(path: &str) -> Option<&str> {
    Language::ALL.iter().find_map(|language| {
        let rest = path.strip_prefix('/')?.strip_prefix(language.as_str())?;
        rest.starts_with('/').then_some(rest)
    })
}
