//! Editions: built from what the tracks agreed, checked, and frozen for ever.

use std::fmt;

use super::{ActionError, By, Result, notify, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::edition::{
    Action, Blocker, Edition, Entry, FORMAT, LocalName, Manifest, ManifestEntry, NamedAudience,
    NamedTrack, Paragraph, Preflight, blockers,
};
use crate::domain::fault::Faults;
use crate::domain::ids::{EditionId, RecommendationId};
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;
use crate::domain::programme::{Programme, Texts};
use crate::domain::recommendation::{
    RATIONALE, Recommendation, STATEMENT, action_kind, anchor_prefix, audience_of,
};
use crate::domain::stage::Stage;
use crate::markdown::{self, Piece, RenderError, brackets, controls, paragraphs};
use crate::secrets::sha256_hex;
use crate::store::editions::StoredEntry;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn, ids};

/// Longest foreword, in characters.
pub const LONGEST_FOREWORD: usize = 50_000;
/// The language recommendations are written in.
const LANGUAGE: Language = Language::En;
/// More accounts than one programme has: a bound, not a choice.
const MOST_TOLD: i64 = 100_000;

/// Starts an empty edition.
///
/// # Errors
/// `NotFound` for all but the secretariat.
pub fn create(conn: &mut DbConn, actor: &Actor, now: Instant) -> Result<EditionId> {
    if !actor.secretariat {
        return Err(ActionError::NotFound);
    }
    let id = EditionId(ids::fresh(now));
    store::editions::insert(conn, id, now)?;
    log(conn, actor, AuditVerb::Created, id, now)?;
    Ok(id)
}

/// Replaces the foreword and what is picked, by reference and in this order.
///
/// # Errors
/// A fault of `foreword` (too long, nested too deep) or of `pick` (a text that
/// is not agreed); `NotFound`; `Conflict` when it is published.
pub fn change(
    conn: &mut DbConn,
    actor: &Actor,
    id: EditionId,
    foreword: &str,
    picks: &[String],
    now: Instant,
) -> Result<()> {
    find_building(conn, actor, id)?;
    let mut faults = Faults::default();
    let foreword = markdown::normalise(foreword);
    if foreword.chars().count() > LONGEST_FOREWORD {
        faults.add_n("foreword", "fault-too-long", LONGEST_FOREWORD);
    }
    let html = match render_foreword(&foreword) {
        Ok(html) => html,
        Err(fault) => {
            faults.add_n("foreword", fault.fault(), fault.line());
            String::new()
        }
    };
    // A text reopened after it was picked stays until somebody takes it out:
    // the preflight names it.
    let before = store::editions::list_picks(conn, id)?;
    let all = store::recommendations::list_all(conn)?;
    let mut chosen: Vec<RecommendationId> = Vec::with_capacity(picks.len());
    for reference in picks {
        let found = all.iter().find(|own| own.reference == *reference);
        let recommendation = found.ok_or(ActionError::NotFound)?;
        let agreed = recommendation.stage == Stage::Agreed;
        if !agreed && !before.contains(&recommendation.id) && !faults.names("pick") {
            faults.add("pick", "fault-pick");
        }
        if !chosen.contains(&recommendation.id) {
            chosen.push(recommendation.id);
        }
    }
    faults.into_result(())?;
    store::editions::set_foreword(conn, id, &foreword, &html, now)?;
    store::editions::set_picks(conn, id, &chosen)?;
    log(conn, actor, AuditVerb::Changed, id, now)
}

fn render_foreword(foreword: &str) -> std::result::Result<String, RenderError> {
    markdown::render_note(foreword, "foreword")
}

/// One picked text as it would be published, and what blocks that.
#[derive(Debug)]
pub struct Checked {
    pub recommendation: Recommendation,
    /// The agreed revision, or the newest of a text that is not agreed.
    pub revision: i32,
    pub sections: Vec<Section>,
    pub blockers: Vec<Blocker>,
    pub hidden: Vec<Hidden>,
}

impl Checked {
    /// The audiences it asks something of, by slug.
    pub fn audiences(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().filter_map(|section| audience_of(&section.kind))
    }
}

/// A character nobody sees, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// `title`, or the kind of a section.
    pub place: String,
    pub line: usize,
    pub character: char,
}

/// The preflight: every picked text in its order. A bounded number of queries,
/// whatever is picked.
///
/// # Errors
/// When the database cannot be read.
pub fn check(conn: &mut DbConn, id: EditionId, acknowledged: bool) -> store::Result<Vec<Checked>> {
    let picks = store::editions::list_picks(conn, id)?;
    let mut all = store::recommendations::list_all(conn)?;
    all.retain(|recommendation| picks.contains(&recommendation.id));
    let place = |id: RecommendationId| picks.iter().position(|pick| *pick == id);
    all.sort_by_key(|recommendation| place(recommendation.id));
    let revision = |own: &Recommendation| own.agreed_revision.unwrap_or(own.revision);
    let at: Vec<_> = all.iter().map(|own| (own.id, revision(own))).collect();
    let mut sections = store::sections::list_at(conn, &at)?;
    let counts = store::comments::count_of_many(conn, &picks)?;
    let proposed = store::amendments::count_of_many(conn, &picks)?;
    let text = |recommendation: Recommendation| {
        let (own, rest) = std::mem::take(&mut sections)
            .into_iter()
            .partition::<Vec<_>, _>(|(id, ..)| *id == recommendation.id);
        sections = rest;
        let own = own.into_iter().map(|(.., section)| section).collect();
        let both = counts.iter().chain(&proposed).filter(|(id, ..)| *id == recommendation.id);
        let waiting = both.map(|(_, _, n)| *n).sum();
        inspect(recommendation, own, waiting, acknowledged)
    };
    Ok(all.into_iter().map(text).collect())
}

fn inspect(
    recommendation: Recommendation,
    sections: Vec<Section>,
    unanswered: i64,
    acknowledged: bool,
) -> Checked {
    let found: Vec<_> = sections.iter().map(|section| brackets::scan(&section.body)).collect();
    let pairs: usize = found.iter().map(|brackets| brackets.pairs).sum();
    let title = hidden_in("title", &recommendation.title);
    let bodies = sections.iter().flat_map(|section| hidden_in(&section.kind, &section.body));
    let hidden: Vec<Hidden> = title.into_iter().chain(bodies).collect();
    let preflight = Preflight {
        agreed: recommendation.stage == Stage::Agreed && recommendation.agreed_revision.is_some(),
        unanswered,
        brackets: i32::try_from(pairs).unwrap_or(i32::MAX),
        unmatched: found.iter().map(|brackets| brackets.unmatched.len()).sum(),
        audiences: sections.iter().filter(|own| audience_of(&own.kind).is_some()).count(),
        hidden_characters: !hidden.is_empty(),
        acknowledged,
    };
    let revision = recommendation.agreed_revision.unwrap_or(recommendation.revision);
    Checked { recommendation, revision, sections, blockers: blockers(&preflight), hidden }
}

fn hidden_in(place: &str, text: &str) -> Vec<Hidden> {
    let hidden = |(line, character)| Hidden { place: place.to_owned(), line, character };
    controls::scan(text).into_iter().map(hidden).collect()
}

/// Freezes the edition and tells everybody; answers its number.
///
/// # Errors
/// A fault of `pick` (nothing picked, a text that is blocked) or of
/// `acknowledged` (hidden characters nobody has looked at); `NotFound`;
/// `Conflict` when it is published, or another edition was a moment ago.
pub fn publish(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    id: EditionId,
    acknowledged: bool,
    now: Instant,
) -> Result<i32> {
    let edition = find_building(conn, actor, id)?;
    let checked = check(conn, id, acknowledged)?;
    refuse_blocked(&checked)?;
    let number = store::editions::next_number(conn)?;
    let mut contents = Vec::with_capacity(checked.len());
    for (text, position) in checked.iter().zip(1_i32..) {
        let entry = freeze(programme, number, text)?;
        // Entries come first: once the edition's row is published, the
        // database takes no more.
        store::editions::insert_entry(conn, id, position, &entry, now)?;
        contents.push(ManifestEntry { reference: entry.reference, sha256: entry.sha256 });
    }
    let manifest = canonical(&contents_of(programme, number, &edition, contents, now))?;
    let sha256 = sha256_hex(manifest.as_bytes());
    match store::editions::publish(conn, id, number, &manifest, &sha256, actor.account, now) {
        Ok(true) => {}
        Ok(false) => return Err(ActionError::Conflict("conflict-edition-published")),
        Err(fault) if fault.is_taken() => {
            return Err(ActionError::Conflict("conflict-edition-meanwhile"));
        }
        Err(fault) => return Err(fault.into()),
    }
    store::programme::bump_public_version(conn)?;
    log(conn, actor, AuditVerb::Published, id, now)?;
    let everybody = store::accounts::list_active(conn, MOST_TOLD)?;
    let by = By::account(actor.account);
    notify(conn, NoticeKind::Published, id.0, &everybody, by, now)?;
    Ok(number)
}

fn find_building(conn: &mut DbConn, actor: &Actor, id: EditionId) -> Result<Edition> {
    if !actor.secretariat {
        return Err(ActionError::NotFound);
    }
    let edition = store::editions::find(conn, id)?.ok_or(ActionError::NotFound)?;
    if edition.published_at.is_some() {
        return Err(ActionError::Conflict("conflict-edition-published"));
    }
    Ok(edition)
}

fn refuse_blocked(checked: &[Checked]) -> std::result::Result<(), Faults> {
    let blocked = |own: &Checked, hidden: bool| {
        own.blockers.iter().any(|blocker| (*blocker == Blocker::HiddenCharacters) == hidden)
    };
    let mut faults = Faults::default();
    if checked.is_empty() {
        faults.add("pick", "fault-edition-empty");
    }
    if checked.iter().any(|own| blocked(own, false)) {
        faults.add("pick", "fault-edition-blocked");
    }
    if checked.iter().any(|own| blocked(own, true)) {
        faults.add("acknowledged", "fault-edition-hidden");
    }
    faults.into_result(())
}

/// The entry of one agreed text: its canonical words, their hash, their HTML.
fn freeze(programme: &Programme, edition: i32, text: &Checked) -> Result<StoredEntry> {
    let recommendation = &text.recommendation;
    let track = programme.track_by_id(recommendation.track).ok_or(ActionError::NotFound)?;
    let agreed_at = recommendation.agreed_at.ok_or(ActionError::Conflict("conflict-stage"))?;
    let body = |kind: &str| {
        let own = text.sections.iter().find(|section| section.kind == kind);
        own.map(|section| section.body.clone()).unwrap_or_default()
    };
    let action = |section: &Section| {
        let audience = audience_of(&section.kind)?.to_owned();
        Some(Action { audience, text: section.body.clone() })
    };
    let entry = Entry {
        format: FORMAT.to_owned(),
        edition,
        reference: recommendation.reference.clone(),
        title: recommendation.title.clone(),
        language: LANGUAGE.to_string(),
        track: track.slug.clone(),
        revision: text.revision,
        agreed_on: agreed_at.format("%Y-%m-%d").to_string(),
        statement: body(STATEMENT),
        rationale: body(RATIONALE),
        actions: text.sections.iter().filter_map(action).collect(),
        paragraphs: paragraphs_of(&text.sections),
    };
    let document = canonical(&entry)?;
    Ok(StoredEntry {
        reference: entry.reference.clone(),
        sha256: sha256_hex(document.as_bytes()),
        document,
        rendered: render_entry(&entry)?,
        renderer: markdown::RENDERER_VERSION,
    })
}

/// Every block of a text, and its number where it has one.
fn paragraphs_of(sections: &[Section]) -> Vec<Paragraph> {
    let mut found = Vec::new();
    for section in sections {
        let pieces: Vec<Piece> = serde_json::from_str(&section.rendered).unwrap_or_default();
        let number = |block| pieces.iter().find(|own| own.block == Some(block))?.number;
        let paragraph = |block: &i32| Paragraph {
            section: section.kind.clone(),
            block: *block,
            number: number(*block),
        };
        found.extend(section.blocks.0.iter().map(paragraph));
    }
    found
}

/// The safe HTML of an entry, made from its own words: what pages show can
/// always be made again from what was hashed.
fn render_entry(entry: &Entry) -> store::Result<String> {
    let mut sections = vec![(STATEMENT.to_owned(), &entry.statement)];
    if !entry.rationale.is_empty() {
        sections.push((RATIONALE.to_owned(), &entry.rationale));
    }
    sections.extend(entry.actions.iter().map(|own| (action_kind(&own.audience), &own.text)));
    let mut rendered: Vec<(String, Vec<Piece>)> = Vec::with_capacity(sections.len());
    let mut last = 0;
    for (kind, body) in sections {
        let mut pieces = markdown::render(body, &anchor_prefix(&kind))
            .map_err(|fault| corrupt(&entry.reference, &fault))?;
        let own = entry.paragraphs.iter().filter(|own| own.section == kind);
        let ids: Vec<i32> = own.map(|own| own.block).collect();
        last = paragraphs::number(&mut pieces, body, &ids, last);
        rendered.push((kind, pieces));
    }
    serde_json::to_string(&rendered).map_err(|fault| corrupt(&entry.reference, &fault))
}

fn contents_of(
    programme: &Programme,
    number: i32,
    edition: &Edition,
    entries: Vec<ManifestEntry>,
    now: Instant,
) -> Manifest {
    let track = |track: &crate::domain::programme::Track| NamedTrack {
        slug: track.slug.clone(),
        reference: track.reference.clone(),
        names: names(&track.texts, |text| &text.name),
    };
    let audience = |audience: &crate::domain::programme::Audience| NamedAudience {
        slug: audience.slug.clone(),
        names: names(&audience.texts, |text| &text.name),
    };
    Manifest {
        format: FORMAT.to_owned(),
        number,
        published_at: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        language: LANGUAGE.to_string(),
        foreword: edition.foreword.clone(),
        tracks: programme.tracks.iter().map(track).collect(),
        audiences: programme.audiences.iter().map(audience).collect(),
        entries,
    }
}

fn names<T>(texts: &Texts<T>, name: impl Fn(&T) -> &String) -> Vec<LocalName> {
    let local = |language: &Language| {
        let name = name(texts.get(*language)?).clone();
        (!name.is_empty()).then(|| LocalName { language: language.to_string(), name })
    };
    Language::ALL.iter().filter_map(local).collect()
}

/// RFC 8785: one spelling of every document, so that its hash means something.
fn canonical(document: &impl serde::Serialize) -> store::Result<String> {
    serde_json_canonicalizer::to_string(document).map_err(|fault| corrupt("canonical", &fault))
}

fn corrupt(what: &str, fault: &dyn fmt::Display) -> store::Error {
    store::Error::Corrupt(format!("{what}: {fault}"))
}

fn log(
    conn: &mut DbConn,
    actor: &Actor,
    verb: AuditVerb,
    id: EditionId,
    now: Instant,
) -> Result<()> {
    let by = By::account(actor.account);
    record(conn, by, verb, (AuditObject::Edition, id.0), None, now)?;
    Ok(())
}

/// Something published that is not what was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    pub edition: i32,
    /// `None`: the edition itself.
    pub reference: Option<String>,
    pub what: &'static str,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reference {
            Some(reference) => write!(f, "edition {}, {reference}: {}", self.edition, self.what),
            None => write!(f, "edition {}: {}", self.edition, self.what),
        }
    }
}

/// Makes every published hash again, and every page's HTML from the words that
/// were hashed: for `primum doctor`.
///
/// # Errors
/// When the database cannot be read.
pub fn verify(conn: &mut DbConn) -> store::Result<Vec<Damage>> {
    let mut found = Vec::new();
    for edition in store::editions::list_published(conn)? {
        let number = edition.number.unwrap_or_default();
        let manifest = store::editions::find_manifest(conn, number)?.unwrap_or_default();
        let entries = store::editions::list_entries(conn, edition.id)?;
        examine(&edition, &manifest, &entries, &mut found);
    }
    Ok(found)
}

fn examine(edition: &Edition, text: &str, entries: &[StoredEntry], found: &mut Vec<Damage>) {
    let number = edition.number.unwrap_or_default();
    let mut add = |reference: Option<&str>, what| {
        found.push(Damage { edition: number, reference: reference.map(str::to_owned), what });
    };
    if edition.sha256.as_deref() != Some(sha256_hex(text.as_bytes()).as_str()) {
        add(None, "the manifest does not have the edition's hash");
    }
    let manifest: Option<Manifest> = serde_json::from_str(text).ok();
    let Some(manifest) = manifest.filter(|manifest| manifest.number == number) else {
        add(None, "the manifest cannot be read as this edition's");
        return;
    };
    let published_at = edition.published_at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    if published_at.as_deref() != Some(manifest.published_at.as_str()) {
        add(None, "the time of publication is not the manifest's");
    }
    // HTML made by another version of the renderer may differ in good faith.
    let present = |entry: &StoredEntry| entry.renderer == markdown::RENDERER_VERSION;
    let foreword = entries.iter().all(present).then(|| render_foreword(&manifest.foreword));
    let same_page = foreword.is_none_or(|html| html.ok().as_ref() == Some(&edition.foreword_html));
    if edition.foreword != manifest.foreword || !same_page {
        add(None, "the foreword is not the manifest's");
    }
    for (at, entry) in entries.iter().enumerate() {
        let own = Some(entry.reference.as_str());
        let hash = sha256_hex(entry.document.as_bytes());
        if hash != entry.sha256 {
            add(own, "the text does not have its hash");
        }
        let listed = manifest.entries.iter().find(|listed| listed.reference == entry.reference);
        match listed {
            None => add(own, "the manifest does not list it"),
            Some(listed) if listed.sha256 != hash => {
                add(own, "the text is not the one the manifest lists");
            }
            Some(_) => {}
        }
        if listed.is_some() && manifest.entries.get(at) != listed {
            add(own, "it does not stand where the manifest has it");
        }
        let document: Option<Entry> = serde_json::from_str(&entry.document).ok();
        let named =
            |document: &Entry| document.reference == entry.reference && document.edition == number;
        match document.filter(named) {
            None => add(own, "the text cannot be read as this entry's"),
            Some(document) => {
                let page = render_entry(&document).ok();
                if present(entry) && page.as_ref() != Some(&entry.rendered) {
                    add(own, "the stored page is not made from the text");
                }
            }
        }
    }
    for listed in &manifest.entries {
        if !entries.iter().any(|entry| entry.reference == listed.reference) {
            add(Some(&listed.reference), "the manifest lists it, but it is missing");
        }
    }
}

#[cfg(test)]
#[path = "editions_tests.rs"]
mod tests;
