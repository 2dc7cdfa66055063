//! Proposing an amendment: the form, the page that shows what it does, and a
//! text that moved on in between.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Card, Cards, Change, ClashLine, verb_name};
use super::cx::{Answer, Cx, Reply};
use super::discussion::number_at;
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::Chrome;
use super::recommendations::{Head, find, section_title};
use crate::actions::ActionError;
use crate::actions::amendments::{self, Place};
use crate::actions::rebases::{Spot, carry_over, find_spot};
use crate::domain::amendment::{AmendmentState, AmendmentVerb, NewAmendment, is_alike};
use crate::domain::fault::Faults;
use crate::domain::permission::{Object, Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Recommendation, anchor_prefix, audience_of};
use crate::domain::role::Capacity;
use crate::domain::stage::Stage;
use crate::i18n::{self, Loader};
use crate::markdown::compare::{RowKind, SpanKind};
use crate::markdown::{self, block_of_piece};
use crate::store::amendments::Amendment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// What the form of an amendment carries.
#[derive(Debug, Clone)]
pub struct AmendForm {
    pub revision: i32,
    pub section: String,
    /// `None` at the start of the section.
    pub block: Option<i32>,
    pub verb: AmendmentVerb,
    pub wording: String,
    pub reason: String,
    pub capacity: String,
    /// The numbers of what falls, for a compromise.
    pub falls: Vec<i32>,
}

impl AmendForm {
    /// # Errors
    /// `NotFound` when the place is none.
    pub fn take(fields: &mut Fields) -> Result<Self, WebError> {
        Ok(Self {
            revision: fields.take_parsed("revision").ok_or(WebError::NotFound)?,
            section: fields.take("section"),
            block: parse_block(&fields.take("block"))?,
            verb: AmendmentVerb::from_text(&fields.take("verb")).ok_or(WebError::NotFound)?,
            wording: fields.take("wording"),
            reason: fields.take("reason"),
            capacity: fields.take("capacity"),
            falls: fields.take_all("falls").iter().filter_map(|n| n.parse().ok()).collect(),
        })
    }

    #[must_use]
    pub fn block_text(&self) -> String {
        self.block.unwrap_or(0).to_string()
    }

    /// Every field, for a page that carries them on.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("revision", self.revision.to_string()),
            ("section", self.section.clone()),
            ("block", self.block_text()),
            ("verb", self.verb.to_string()),
            ("wording", self.wording.clone()),
            ("reason", self.reason.clone()),
        ];
        if !self.capacity.is_empty() {
            fields.push(("capacity", self.capacity.clone()));
        }
        fields.extend(self.falls.iter().map(|n| ("falls", n.to_string())));
        fields
    }

    #[must_use]
    pub fn place(&self) -> Place {
        Place { revision: self.revision, section: self.section.clone(), block: self.block }
    }

    /// # Errors
    /// The faults of its fields.
    pub fn parse(&self, original: &str) -> Result<NewAmendment, Faults> {
        let wording = markdown::normalise(&self.wording);
        let reason = markdown::normalise(&self.reason);
        NewAmendment::parse(self.verb, original, &wording, &reason, &self.capacity)
    }
}

/// A block's id in an address or a form; 0 stands for the start of the section.
///
/// # Errors
/// `NotFound` when it is no number.
pub fn parse_block(text: &str) -> Result<Option<i32>, WebError> {
    let id: i32 = text.trim().parse().map_err(|_| WebError::NotFound)?;
    Ok((id != 0).then_some(id))
}

/// `Rationale, ¶ 3`, and the address of the block on the draft page.
#[must_use]
pub fn name_place(
    cx: &Cx,
    programme: &Programme,
    reference: &str,
    kind: &str,
    spot: Option<&Spot<'_>>,
) -> (String, String) {
    let section = section_title(cx, programme, kind);
    let draft = format!("/drafts/{reference}");
    let Some(spot) = spot else { return (section, String::new()) };
    let prefix = anchor_prefix(&spot.section.kind);
    let of_piece = block_of_piece(&spot.section.body);
    match spot.at.and_then(|at| of_piece.iter().position(|own| *own == at)) {
        Some(piece) => {
            let place = match number_at(&spot.section, piece + 1) {
                Some(n) => format!("{section}, ¶\u{a0}{n}"),
                None => section,
            };
            (place, format!("{draft}#{prefix}-{}", piece + 1))
        }
        None => (section, format!("{draft}#{prefix}")),
    }
}

/// The text moved on while the form was open.
struct Moved {
    sentence: String,
    /// What changed in the block since.
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "amendments/new.html")]
struct NewPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    moved: Option<Moved>,
    heading: String,
    place: String,
    verbs: Vec<(AmendmentVerb, String, String)>,
    cards: Vec<Card>,
    source: String,
    form: AmendForm,
    organisation: String,
    back: String,
    token: String,
}

#[derive(Template)]
#[template(path = "amendments/check.html")]
struct CheckPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    moved: Option<Moved>,
    place: String,
    verb_name: String,
    changes: Vec<Change>,
    similar: Vec<Card>,
    clashes: Vec<ClashLine>,
    form: AmendForm,
    organisation: String,
    back: String,
    token: String,
}

/// What both pages stand on.
struct Ground {
    own: Recommendation,
    sections: Vec<Section>,
    /// Those that wait on the same block.
    waiting: Vec<Amendment>,
}

impl Ground {
    fn load(cx: &Cx, conn: &mut DbConn, form: &AmendForm) -> Result<Self, WebError> {
        let own = find(cx, conn)?;
        // Whoever may only read has no such page; a text that was closed
        // meanwhile still shows what was typed.
        let open = Object { stage: Some(Stage::Open), ..own.object() };
        may(cx.actor()?, Verb::Amend, &open)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let mut waiting = store::amendments::list_unanswered(conn, own.id)?;
        waiting.retain(|other| {
            other.block == form.block && (form.block.is_some() || other.section == form.section)
        });
        Ok(Self { own, sections, waiting })
    }
}

fn new_page(cx: &Cx, form: AmendForm, moved: Option<Moved>, faults: &Faults) -> Answer {
    let l = cx.l();
    let refused = !faults.is_empty() || moved.is_some();
    let page = cx.read(|conn| {
        let ground = Ground::load(cx, conn, &form)?;
        let own = &ground.own;
        let spot = find_spot(&ground.sections, &form.section, form.block);
        let spot = spot.ok_or(WebError::NotFound)?;
        let programme = cx.programme(conn)?;
        let (place, back) =
            name_place(cx, &programme, &own.reference, &spot.section.kind, Some(&spot));
        let heading = match (form.block, spot.section.body.is_empty()) {
            (Some(_), _) => fl!(l, "amendment-new"),
            (None, false) => fl!(l, "amendment-new-start"),
            (None, true) => fl!(l, "amendment-new-section"),
        };
        let title = format!("{heading} – {}", own.reference);
        let cards = Cards::load(cx, conn, &own.reference, &ground.waiting)?;
        Ok::<_, WebError>(NewPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, own, "amendments")?,
            errors: cx.errors(faults),
            moved,
            heading,
            place,
            verbs: verb_links(cx, &own.reference, &form),
            cards: ground.waiting.iter().map(|other| cards.card(other, &[])).collect(),
            source: spot.source,
            organisation: cx.actor()?.organisation_name.clone(),
            back,
            token: cx.form_token(),
            form,
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

/// Replace, insert after, delete: each its own page, so that the form shows
/// only what it asks.
fn verb_links(cx: &Cx, reference: &str, form: &AmendForm) -> Vec<(AmendmentVerb, String, String)> {
    let here = format!(
        "/drafts/{reference}/amendments/new?section={}&block={}",
        form.section,
        form.block_text()
    );
    // Before the first block there is nothing to replace.
    let possible = |verb: &&AmendmentVerb| form.block.is_some() || **verb == AmendmentVerb::Insert;
    let link = |verb: &AmendmentVerb| {
        let label = i18n::message(cx.l(), &format!("amendment-do-{verb}"));
        (*verb, label, format!("{here}&verb={verb}"))
    };
    AmendmentVerb::ALL.iter().filter(possible).map(link).collect()
}

pub fn show_new(cx: &Cx) -> Answer {
    let mut query = cx.query();
    let section = query.take("section");
    let block = parse_block(&query.take("block"))?;
    let asked = AmendmentVerb::from_text(&query.take("verb"));
    let (revision, source) = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let spot = find_spot(&sections, &section, block).ok_or(WebError::NotFound)?;
        let slug = audience_of(&section);
        if slug.is_some() && slug.and_then(|slug| programme.audience(slug)).is_none() {
            return Err(WebError::NotFound);
        }
        Ok::<_, WebError>((own.revision, spot.source))
    })?;
    let default = if block.is_some() { AmendmentVerb::Replace } else { AmendmentVerb::Insert };
    let verb = asked.filter(|_| block.is_some()).unwrap_or(default);
    let wording = if verb == AmendmentVerb::Replace { source } else { String::new() };
    let capacity = Capacity::Organisation.to_string();
    let reason = String::new();
    let falls = Vec::new();
    let form = AmendForm { revision, section, block, verb, wording, reason, capacity, falls };
    new_page(cx, form, None, &Faults::default())
}

fn check_page(cx: &Cx, form: AmendForm, new: &NewAmendment, moved: Option<Moved>) -> Answer {
    let l = cx.l();
    let refused = moved.is_some();
    let page = cx.read(|conn| {
        let ground = Ground::load(cx, conn, &form)?;
        let own = &ground.own;
        let spot = find_spot(&ground.sections, &form.section, form.block);
        let spot = spot.ok_or(WebError::NotFound)?;
        let programme = cx.programme(conn)?;
        let (place, back) =
            name_place(cx, &programme, &own.reference, &spot.section.kind, Some(&spot));
        let title = format!("{} – {}", fl!(l, "amendment-check-title"), own.reference);
        let cards = Cards::load(cx, conn, &own.reference, &ground.waiting)?;
        let alike = |other: &&Amendment| {
            other.state() == AmendmentState::Waiting
                && other.verb == form.verb
                && is_alike(&other.base_text, &other.text, &new.wording)
        };
        let similar = ground.waiting.iter().filter(alike).map(|other| cards.card(other, &[]));
        Ok::<_, WebError>(CheckPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, own, "amendments")?,
            moved,
            place,
            verb_name: verb_name(l, form.verb, form.block),
            changes: Change::new(form.verb, &spot.source, &new.wording),
            similar: similar.collect(),
            clashes: cards.foresee(form.verb, &spot.source, &new.wording, &ground.waiting),
            organisation: cx.actor()?.organisation_name.clone(),
            back,
            token: cx.form_token(),
            form,
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

/// What was typed, against the text it was typed on.
enum Checked {
    Good(NewAmendment),
    Bad(Faults),
}

fn check(cx: &Cx, form: &AmendForm) -> Result<Checked, WebError> {
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, form.revision)?;
        let spot = find_spot(&sections, &form.section, form.block).ok_or(WebError::NotFound)?;
        Ok(match form.parse(&spot.source) {
            Ok(new) => Checked::Good(new),
            Err(faults) => Checked::Bad(faults),
        })
    })
}

/// Puts what was typed on the text as it is now. `Ok` when it fits and only
/// wants another look; `Err` when both changed the same words, or the block
/// is gone.
fn move_on(cx: &Cx, form: &mut AmendForm) -> Result<Result<Moved, Moved>, WebError> {
    let l = cx.l();
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let before = store::recommendations::list_sections(conn, own.id, form.revision)?;
        let before = find_spot(&before, &form.section, form.block).ok_or(WebError::NotFound)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let Some(now) = find_spot(&sections, &form.section, form.block) else {
            return Err(WebError::Conflict("conflict-amendment-gone"));
        };
        let typed = markdown::normalise(&form.wording).trim_end().to_owned();
        let carried = carry_over(form.verb, &before.source, &typed, &now.source);
        let changes = Change::new(AmendmentVerb::Replace, &before.source, &now.source);
        form.revision = own.revision;
        form.section.clone_from(&now.section.kind);
        Ok(match carried {
            Some(text) => {
                form.wording = text;
                Ok(Moved { sentence: fl!(l, "amendment-moved-fits", n = own.revision), changes })
            }
            None => {
                Err(Moved { sentence: fl!(l, "amendment-moved-clash", n = own.revision), changes })
            }
        })
    })
}

/// Both looks at the form and, with the intent `save`, the proposal.
pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let (once, intent) = (fields.take("once"), fields.take("intent"));
    let form = AmendForm::take(&mut fields)?;
    fields.finish()?;
    if intent == "edit" {
        return new_page(cx, form, None, &Faults::default());
    }
    let new = match check(cx, &form)? {
        Checked::Good(new) => new,
        Checked::Bad(faults) => return new_page(cx, form, None, &faults),
    };
    let reference = cx.param("reference");
    if intent != "save" {
        let current = cx.read(|conn| find(cx, conn))?.revision;
        return if current == form.revision {
            check_page(cx, form, &new, None)
        } else {
            look_again(cx, form)
        };
    }
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let place = form.place();
        let n = amendments::propose(conn, actor, &programme, reference, &place, &new, cx.now)?;
        Ok(format!("/drafts/{reference}/amendments/{n}?done=amended"))
    });
    match done {
        Err(ActionError::Faults(faults)) => new_page(cx, form, None, &faults),
        Err(ActionError::Stale(_)) => look_again(cx, form),
        other => Ok(other?),
    }
}

/// The text moved on: the same page again, with both in sight.
fn look_again(cx: &Cx, mut form: AmendForm) -> Answer {
    match move_on(cx, &mut form)? {
        Err(moved) => new_page(cx, form, Some(moved), &Faults::default()),
        Ok(moved) => match check(cx, &form)? {
            Checked::Good(new) => check_page(cx, form, &new, Some(moved)),
            Checked::Bad(faults) => new_page(cx, form, Some(moved), &faults),
        },
    }
}
