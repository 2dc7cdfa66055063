//! What somebody wrote on an older revision, sent as amendments to the newest
//! one instead of saved over it: each change looked over, one reason for all.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Change, verb_name};
use super::amendment_forms::name_place;
use super::cx::{Answer, Cx, Reply};
use super::editor::EditForm;
use super::error::WebError;
use super::form::FieldErrors;
use super::merges;
use super::page::Chrome;
use super::recommendations::{Head, find, section_title};
use crate::actions::amendments::{self, Place};
use crate::actions::rebases::find_spot;
use crate::actions::{ActionError, working_copies};
use crate::domain::amendment::{AmendmentVerb, NewAmendment};
use crate::domain::fault::Faults;
use crate::domain::permission::{Object, Verb, allows, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{RATIONALE, Recommendation, STATEMENT, action_kind};
use crate::domain::role::Capacity;
use crate::domain::stage::Stage;
use crate::i18n::Loader;
use crate::markdown;
use crate::markdown::changes::{Edit, changes};
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Amendments sent at once.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "drafts/merge_amendments.html")]
struct SendPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    /// The text moved on since this page was shown.
    moved: bool,
    items: Vec<ItemView>,
    /// Sections whose changes no amendment of a block could carry.
    whole: Vec<String>,
    title: bool,
    more: Option<usize>,
    form: Typed,
    organisation: String,
    carried: Vec<(String, String)>,
    token: String,
}

/// What is typed and chosen on the page.
#[derive(Default)]
struct Typed {
    reason: String,
    capacity: String,
    picks: Vec<usize>,
}

struct ItemView {
    n: usize,
    /// What the field is called, and what is wrong with it.
    field: String,
    fault: String,
    verb: String,
    place: String,
    picked: bool,
    changes: Vec<Change>,
}

/// One change, as an amendment of the newest text.
struct Item {
    place: Place,
    verb: AmendmentVerb,
    /// The block's source before.
    source: String,
    wording: String,
}

/// A text taken apart into changes of another.
#[derive(Default)]
struct Apart {
    items: Vec<Item>,
    whole: Vec<String>,
    title: bool,
    more: bool,
}

impl Apart {
    /// Whether something would not go with the amendments of `chosen` items.
    fn leaves(&self, chosen: usize) -> bool {
        chosen < self.items.len() || !self.whole.is_empty() || self.title || self.more
    }

    fn of(
        programme: &Programme,
        own: &Recommendation,
        theirs: &[Section],
        mine: &EditForm,
    ) -> Self {
        let mut apart = Self { title: mine.title != own.title, ..Self::default() };
        let after = mine.sections();
        let mut kinds = vec![STATEMENT.to_owned(), RATIONALE.to_owned()];
        kinds.extend(programme.audiences.iter().map(|audience| action_kind(&audience.slug)));
        for kind in kinds {
            let before = theirs.iter().find(|section| section.kind == kind);
            let text = after.iter().find(|(own, _)| *own == kind).map_or("", |(_, text)| text);
            match items(own.revision, &kind, theirs, before, text) {
                Some(items) => apart.items.extend(items),
                None => apart.whole.push(kind),
            }
        }
        apart.more = apart.items.len() > MOST;
        apart.items.truncate(MOST);
        apart
    }
}

/// The changes of one section; `None` when they cannot be told block by block.
fn items(
    revision: i32,
    kind: &str,
    theirs: &[Section],
    before: Option<&Section>,
    after: &str,
) -> Option<Vec<Item>> {
    let body = before.map_or("", |section| section.body.as_str());
    if body == after {
        return Some(Vec::new());
    }
    let item = |own: markdown::changes::Change| {
        let block = match own.at {
            Some(at) => Some(before?.blocks.at(at + 1)?),
            None => None,
        };
        let place = Place { revision, section: kind.to_owned(), block };
        let source = find_spot(theirs, kind, block)?.source;
        let (verb, wording) = match own.edit {
            Edit::Replace(with) => (AmendmentVerb::Replace, with),
            Edit::InsertAfter(new) => (AmendmentVerb::Insert, new),
            Edit::Delete => (AmendmentVerb::Delete, String::new()),
        };
        Some(Item { place, verb, source, wording })
    };
    changes(body, after)?.into_iter().map(item).collect()
}

/// The newest text, and mine put together with it wherever mine is decided.
fn take_apart(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    mine: &EditForm,
) -> Result<(Apart, Vec<Section>), WebError> {
    let programme = cx.programme(conn)?;
    let merged = merges::load(conn, own, &programme, mine, own.revision)?;
    let resolved = merged.resolve(mine, own.revision, &[]);
    let theirs = store::recommendations::list_sections(conn, own.id, own.revision)?;
    Ok((Apart::of(&programme, own, &theirs, &resolved), theirs))
}

/// Shows the changes and, with the intent `send`, proposes the chosen ones.
pub fn send(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let (own, programme) = cx.read(|conn| {
        let own = find(cx, conn)?;
        // Whoever may only read has no such page; one that was closed
        // meanwhile still shows what was typed.
        let open = Object { stage: Some(Stage::Open), ..own.object() };
        may(actor, Verb::Amend, &open)?;
        Ok::<_, WebError>((own, cx.programme(conn)?))
    })?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let sends = fields.get("intent") == Some("send");
    let looked: i32 = fields.take_parsed("onto").unwrap_or(own.revision);
    let mut mine = EditForm::take(&programme, &mut fields);
    mine.base = mine.base.clamp(0, own.revision);
    let mut typed = Typed {
        reason: fields.take("reason"),
        capacity: fields.take("capacity"),
        picks: fields.take_all("pick").iter().filter_map(|n| n.parse().ok()).collect(),
    };
    // What was decided for the text as it stands is no matter of amendments.
    let decided = |name: &str| name.starts_with("choice-") || name.starts_with("own-");
    if let Some((name, _)) = fields.into_typed().into_iter().find(|(name, _)| !decided(name)) {
        return Err(WebError::UnknownField(name));
    }
    if !sends {
        typed.capacity = Capacity::Organisation.to_string();
    }
    let moved = looked != own.revision;
    if !sends || moved {
        typed.picks = (1..=MOST).collect();
        return page(cx, &own, &mine, typed, sends && moved, &Faults::default());
    }
    let (apart, _) = cx.read(|conn| take_apart(cx, conn, &own, &mine))?;
    let chosen = match parse(&apart, &typed) {
        Ok(chosen) => chosen,
        Err(faults) => return page(cx, &own, &mine, typed, false, &faults),
    };
    let reference = own.reference.as_str();
    let done = cx.once(&once, |conn| {
        let n = amendments::propose_each(conn, actor, &programme, reference, &chosen, cx.now)?;
        if !apart.leaves(n) {
            working_copies::discard(conn, actor.account, reference)?;
        }
        Ok(format!("/drafts/{reference}/amendments?done=amended-several"))
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            // Among the chosen ones; the page counts all.
            let faults = at_items(faults, &typed.picks, apart.items.len());
            page(cx, &own, &mine, typed, false, &faults)
        }
        Err(ActionError::Stale(_)) => {
            let own = cx.read(|conn| find(cx, conn))?;
            typed.picks = (1..=MOST).collect();
            page(cx, &own, &mine, typed, true, &Faults::default())
        }
        other => Ok(other?),
    }
}

/// The chosen changes as amendments, each with the reason that was typed.
fn parse(apart: &Apart, typed: &Typed) -> Result<Vec<(Place, NewAmendment)>, Faults> {
    let (mut faults, mut chosen) = (Faults::default(), Vec::new());
    let reason = markdown::normalise(&typed.reason);
    for (n, item) in (1..).zip(&apart.items).filter(|(n, _)| typed.picks.contains(n)) {
        let wording = markdown::normalise(&item.wording);
        let parsed =
            NewAmendment::parse(item.verb, &item.source, &wording, &reason, &typed.capacity);
        match parsed {
            Ok(new) => chosen.push((item.place.clone(), new)),
            Err(found) => {
                for mut fault in found.0 {
                    if fault.field == "wording" {
                        fault.field = format!("change-{n}");
                    }
                    if !faults.names(&fault.field) {
                        faults.0.push(fault);
                    }
                }
            }
        }
    }
    if chosen.is_empty() && faults.is_empty() {
        faults.add("change-1", "fault-merge-send");
    }
    faults.into_result(chosen)
}

/// A fault of the second chosen change belongs to the item that was chosen
/// second.
fn at_items(mut faults: Faults, picks: &[usize], items: usize) -> Faults {
    let chosen: Vec<usize> = (1..=items).filter(|n| picks.contains(n)).collect();
    for fault in &mut faults.0 {
        let n = fault.field.strip_prefix("change-").and_then(|n| n.parse::<usize>().ok());
        if let Some(item) = n.and_then(|n| chosen.get(n.checked_sub(1)?)) {
            fault.field = format!("change-{item}");
        }
    }
    faults
}

fn page(
    cx: &Cx,
    own: &Recommendation,
    mine: &EditForm,
    typed: Typed,
    moved: bool,
    faults: &Faults,
) -> Answer {
    let l = cx.l();
    let mut faults = faults.clone();
    let late = if !allows(cx.actor()?, Verb::Amend, &own.object()) {
        Some("fault-amendment-not-open")
    } else if own.is_overdue(cx.now) {
        Some("fault-amendment-deadline")
    } else {
        None
    };
    if let Some(key) = late.filter(|_| !faults.names("reason")) {
        faults.add("reason", key);
    }
    let refused = moved || !faults.is_empty();
    let page = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let (apart, theirs) = take_apart(cx, conn, own, mine)?;
        let errors = cx.errors(&faults);
        let view = |(n, item): (usize, &Item)| {
            let spot = find_spot(&theirs, &item.place.section, item.place.block);
            let section = &item.place.section;
            let place = name_place(cx, &programme, &own.reference, section, spot.as_ref()).0;
            let field = format!("change-{n}");
            ItemView {
                n,
                fault: errors.of(&field).to_owned(),
                field,
                verb: verb_name(l, item.verb, item.place.block),
                place,
                picked: typed.picks.contains(&n),
                changes: Change::new(item.verb, &item.source, &item.wording),
            }
        };
        let mut carried = mine.fields();
        carried.push(("onto".to_owned(), own.revision.to_string()));
        let items = (1..).zip(&apart.items).map(view).collect();
        let title = format!("{} – {}", fl!(l, "merge-send-title"), own.reference);
        Ok::<_, WebError>(SendPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, own, "amendments")?,
            errors,
            moved,
            items,
            whole: apart.whole.iter().map(|kind| section_title(cx, &programme, kind)).collect(),
            title: apart.title,
            more: apart.more.then_some(MOST),
            organisation: cx.actor()?.organisation_name.clone(),
            carried,
            token: cx.form_token(),
            form: typed,
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}
