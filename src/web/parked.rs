//! Forms that came while nobody was signed in any more: what was typed is
//! carried through signing in, and shown again. Nothing is sent by itself.
//!
//! The page that asks who it is carries the fields, so nothing is stored for a
//! stranger. Whoever signs in there gets them as a working copy: the editor's
//! in the editor, any other form's on a page that shows it for confirmation.

use askama::Template;
use i18n_embed_fl::fl;

use super::accounts::{self, Parked};
use super::body::Form;
use super::cx::{Answer, Cx, Reply};
use super::editor::EditForm;
use super::error::WebError;
use super::form::{Fields, LABELS};
use super::merges;
use super::page::{Chrome, When};
use super::recommendations::{creatable, section_title};
use super::routes::{Method, ROUTES, Route};
use crate::actions::working_copies;
use crate::domain::ids::AccountId;
use crate::domain::permission::{Refusal, Verb, may};
use crate::domain::working_copy::{LONGEST, NEW, WorkingCopy, aside, editor_of};
use crate::i18n::{self, Loader};
use crate::store::{self, DbConn};

/// The field by which a form says that it was parked before.
pub const MARK: &str = "parked_form";
/// Where the forms come from whose fields are carried: those of a text. Roles,
/// tracks and editions are changed by who is signed in, not by who was.
const PREFIX: &str = "/drafts/";
/// Fields that a page sets, not its reader.
const OF_THE_PAGE: &[&str] = &["csrf", "once", "intent", "answer", MARK];

/// The page that asks who it is; with a form that was posted, carrying it.
///
/// # Errors
/// When the page cannot be made.
pub fn ask_who(route: Option<&Route>, cx: &Cx, form: Option<Form>) -> Answer {
    let typed = form.filter(|_| route.is_some_and(|own| own.path.starts_with(PREFIX)));
    let parked = typed.and_then(|form| encode(form.fields));
    match parked {
        Some(form) => accounts::show_parked(cx, Parked { at: cx.path.clone(), form }),
        None => Ok(Reply::see_other(sign_in_address(cx))),
    }
}

/// Where to sign in, and to come back to. A form with nothing typed comes back
/// to nothing.
fn sign_in_address(cx: &Cx) -> String {
    let query = &cx.query_string;
    let back = if query.is_empty() { cx.path.clone() } else { format!("{}?{query}", cx.path) };
    let next: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("/sign-in?next={next}")
}

/// The fields worth carrying; `None` when nobody typed anything, or when it is
/// more than a working copy holds.
fn encode(fields: Fields) -> Option<String> {
    let typed = fields.into_typed();
    let words = |(name, value): &(String, String)| {
        !OF_THE_PAGE.contains(&name.as_str()) && value.trim().contains(char::is_alphabetic)
    };
    let secret = typed.iter().any(|(name, _)| name.contains("password"));
    let length: usize = typed.iter().map(|(name, value)| name.len() + value.len()).sum();
    if secret || length > LONGEST || !typed.iter().any(words) {
        return None;
    }
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in typed.iter().filter(|(name, _)| !OF_THE_PAGE.contains(&name.as_str())) {
        out.append_pair(name, value);
    }
    Some(out.finish())
}

/// Keeps a parked form for who has just signed in; answers where it is shown.
///
/// # Errors
/// When the database refuses.
pub fn keep(
    cx: &Cx,
    conn: &mut DbConn,
    owner: AccountId,
    parked: &Parked,
) -> Result<Option<String>, WebError> {
    let known = |own: &&Route| own.method == Method::Post && fits(own.path, &parked.at);
    let Some(route) = ROUTES.iter().find(known) else { return Ok(None) };
    let fields = Fields::parse(parked.form.as_bytes());
    let base = fields.get("base").and_then(|base| base.parse().ok()).unwrap_or(0);
    let Some(form) = encode(fields).filter(|_| route.path.starts_with(PREFIX)) else {
        return Ok(None);
    };
    let length = form_urlencoded::parse(form.as_bytes()).map(|(_, value)| value.len()).sum();
    let copy = WorkingCopy { base, form, saved_at: cx.now };
    let editor = editor_of(&parked.at);
    working_copies::park(conn, owner, editor.unwrap_or(&parked.at), &copy, length)?;
    let opens = match editor {
        Some(place) => refusal(cx, conn, owner, place)?.is_none(),
        None => false,
    };
    Ok(Some(if opens {
        format!("{}?done=parked", parked.at)
    } else {
        format!("/desk/parked?at={}", parked.at)
    }))
}

/// Why somebody cannot save what they typed in an editor, as the key of the
/// sentence that says so; `None` when they can.
fn refusal(
    cx: &Cx,
    conn: &mut DbConn,
    owner: AccountId,
    place: &str,
) -> Result<Option<&'static str>, WebError> {
    let Some(actor) = store::accounts::find_actor(conn, owner)? else {
        return Ok(Some("parked-lost-right"));
    };
    if place == NEW {
        let programme = cx.programme(conn)?;
        let none = creatable(conn, &actor, &programme)?.is_empty();
        return Ok(none.then_some("parked-lost-right"));
    }
    let found = store::recommendations::find_visible_to(conn, &actor, place)?;
    let may = found.map(|own| may(&actor, Verb::Revise, &own.object()));
    Ok(match may {
        Some(Ok(_)) => None,
        Some(Err(Refusal::WrongStage)) => Some("parked-lost-stage"),
        Some(Err(Refusal::NotYours)) | None => Some("parked-lost-right"),
    })
}

/// Whether an address is one of this route; names and numbers are anything.
fn fits(pattern: &str, path: &str) -> bool {
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || "-:~".contains(c));
    let (mut of, mut own) = (pattern.split('/'), path.split('/'));
    loop {
        match (of.next(), own.next()) {
            (None, None) => return true,
            (Some(part), Some(name)) if part.starts_with('{') => {
                if name.is_empty() || !plain(name) {
                    return false;
                }
            }
            (Some(part), Some(name)) if part == name => {}
            _ => return false,
        }
    }
}

/// The form was sent: its parked copy is done with.
pub fn forget(cx: &Cx) {
    let Some(actor) = &cx.actor else { return };
    if let Err(fault) = cx.write(|conn| working_copies::discard(conn, actor.account, &cx.path)) {
        tracing::warn!(%fault, "a parked form stays until it is pruned");
    }
}

// ------------------------------------------------------------------- page

#[derive(Template)]
#[template(path = "accounts/parked.html")]
struct ParkedPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    at: String,
    when: When,
    shown: Vec<ParkedField>,
    hidden: Vec<(String, String)>,
    token: String,
}

struct ParkedField {
    name: String,
    label: String,
    value: String,
    /// Free text, which may be changed here; a choice is shown as it was made.
    free: bool,
}

/// Choices, told from free text by their names.
const CHOICES: &[&str] = &["capacity", "disposition", "kind", "verb", "type"];

#[derive(Template)]
#[template(path = "accounts/parked_lost.html")]
struct LostPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    at: String,
    when: When,
    why: String,
    /// Label and words of every part that has any.
    parts: Vec<(String, String)>,
    file_href: String,
    /// Where another text that was typed there is shown.
    earlier_href: String,
    token: String,
}

/// What was typed in an editor that no longer opens: to be copied, downloaded
/// or thrown away.
fn show_lost(cx: &Cx, at: &str, place: &str) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let mut query = cx.query();
    let earlier = query.take("copy") == "earlier";
    let as_file = query.take("as") == "file";
    let (page, form) = cx.read(|conn| {
        let why = refusal(cx, conn, actor.account, place)?;
        let aside = store::working_copies::find(conn, actor.account, &aside(place))?;
        let there = aside.is_some() && !earlier;
        let copy =
            if earlier { aside } else { store::working_copies::find(conn, actor.account, place)? };
        let (Some(why), Some(copy)) = (why, copy) else { return Ok((None, None)) };
        let programme = cx.programme(conn)?;
        let form = EditForm::take(&programme, &mut Fields::parse(copy.form.as_bytes()));
        let mut parts = vec![
            (fl!(l, "edit-field-title"), form.title.clone()),
            (fl!(l, "edit-summary"), form.summary.clone()),
        ];
        let sections = form.sections();
        parts.extend(
            sections.into_iter().map(|(kind, body)| (section_title(cx, &programme, &kind), body)),
        );
        parts.retain(|(_, words)| !words.trim().is_empty());
        let href = format!("/desk/parked?at={at}");
        let title = fl!(l, "parked-lost-title");
        let page = LostPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("desk"),
            at: at.to_owned(),
            when: When::time(cx.language, copy.saved_at),
            why: i18n::message(l, why),
            parts,
            file_href: format!("{href}&as=file{}", if earlier { "&copy=earlier" } else { "" }),
            earlier_href: if there { format!("{href}&copy=earlier") } else { String::new() },
            token: cx.form_token(),
        };
        Ok::<_, WebError>((Some(page), Some(form)))
    })?;
    match (page, form) {
        (Some(_), Some(form)) if as_file => Ok(merges::file_of(place, String::new(), &form)),
        (Some(page), _) => Reply::page(&page),
        // It opens after all, or holds nothing: the editor says so.
        (None, _) => Ok(Reply::see_other(at)),
    }
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let at = cx.query().take("at");
    let editor = fits("/drafts/{reference}/edit", &at) || at == "/drafts/new";
    if let Some(place) = editor_of(&at).filter(|_| editor) {
        return show_lost(cx, &at, place);
    }
    let page = cx.read(|conn| {
        let copy = store::working_copies::find(conn, actor.account, &at)?;
        let copy = copy.filter(|_| at.starts_with(PREFIX)).ok_or(WebError::NotFound)?;
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for (name, value) in Fields::parse(copy.form.as_bytes()).into_typed() {
            let label = LABELS.iter().find(|(own, _)| *own == name);
            let free = !CHOICES.contains(&name.as_str());
            match label {
                Some((_, key)) if !value.trim().is_empty() => {
                    let label = i18n::message(l, key);
                    shown.push(ParkedField { name, label, value, free });
                }
                // Words nobody has a label for are still shown before they are sent.
                None if value.trim().contains(char::is_whitespace) => {
                    shown.push(ParkedField { label: name.clone(), name, value, free });
                }
                _ => hidden.push((name, value)),
            }
        }
        let title = fl!(l, "parked-title");
        Ok::<_, WebError>(ParkedPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("desk"),
            at: at.clone(),
            when: When::time(cx.language, copy.saved_at),
            shown,
            hidden,
            token: cx.form_token(),
        })
    })?;
    Reply::page(&page)
}

pub fn discard(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    // To throw it away twice is to throw it away once.
    form.take("once");
    let at = form.take("at");
    form.finish()?;
    let place = editor_of(&at).unwrap_or(&at);
    cx.write(|conn| working_copies::discard(conn, actor.account, place))?;
    Ok(Reply::see_other("/desk?done=discarded"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_the_route_it_is_of() {
        assert!(fits("/drafts/{reference}/comments", "/drafts/RES-03/comments"));
        for other in ["/drafts//comments", "/drafts/a/b/comments", "/drafts/..?/comments", "//x"] {
            assert!(!fits("/drafts/{reference}/comments", other), "{other}");
        }
    }

    #[test]
    fn what_nobody_typed_is_not_carried() {
        let kept = |form: &str| encode(Fields::parse(form.as_bytes()));
        assert_eq!(kept("csrf=abc&once=def&intent=save&revision=3"), None);
        assert_eq!(kept("password=secret&body=x"), None);
        assert_eq!(kept("csrf=abc&body=x+y&revision=3").as_deref(), Some("body=x+y&revision=3"));
        assert_eq!(kept(&format!("body={}", "x".repeat(LONGEST + 1))), None);
    }
}
