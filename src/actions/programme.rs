//! The programme's own texts, its tracks and its audiences: what the
//! secretariat names.

use super::accounts::secretariat_only;
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AudienceId, TrackId};
use crate::domain::language::Language;
use crate::domain::programme::{
    Audience, AudienceText, Programme, ProgrammeText, Texts, Track, TrackText,
};
use crate::domain::role::AttributionRule;
use crate::markdown;
use crate::store::{self, DbConn, ids};

/// Longest names, one-line texts and introductions, in characters.
pub const LONGEST_NAME: usize = 80;
pub const LONGEST_LINE: usize = 400;
pub const LONGEST_INTRO: usize = 10_000;

/// The one programme's id in the audit log.
const PROGRAMME: i64 = 1;

/// The name of the form field that holds a text in a language.
#[must_use]
pub fn field(part: &str, language: Language) -> String {
    format!("{part}-{language}")
}

/// The name of the form field that holds an audience's text in a language.
#[must_use]
pub fn audience_field(slug: &str, part: &str, language: Language) -> String {
    format!("{slug}-{part}-{language}")
}

/// English is what every other language falls back to, so it must be there.
fn text(faults: &mut Faults, field: &str, raw: &str, longest: usize, language: Language) -> String {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if language == Language::En {
        faults.line(field, &line, longest)
    } else {
        faults.optional_line(field, &line, longest)
    }
}

fn intro(faults: &mut Faults, field: &str, raw: &str, language: Language) -> String {
    let text = markdown::normalise(raw);
    if text.is_empty() && language == Language::En {
        faults.add(field, "fault-required");
    } else if text.chars().count() > LONGEST_INTRO {
        faults.add_n(field, "fault-too-long", LONGEST_INTRO);
    } else if let Err(fault) = markdown::render_note(&text, "intro") {
        faults.add_n(field, fault.fault(), fault.line());
    }
    text
}

/// What the settings page changes, all at once.
#[derive(Debug, Clone)]
pub struct Settings {
    pub texts: Texts<ProgrammeText>,
    pub audiences: Vec<Audience>,
}

impl Settings {
    /// # Errors
    /// The faults of the fields that [`field`] and [`audience_field`] name.
    pub fn parse(typed: &Self) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        let programme_text =
            |faults: &mut Faults, (language, typed): &(Language, ProgrammeText)| {
                let own = |part| field(part, *language);
                let title = text(faults, &own("title"), &typed.title, LONGEST_NAME, *language);
                let tagline =
                    text(faults, &own("tagline"), &typed.tagline, LONGEST_LINE, *language);
                let intro = intro(faults, &own("intro"), &typed.intro, *language);
                (*language, ProgrammeText { title, tagline, intro })
            };
        let texts = typed.texts.0.iter().map(|typed| programme_text(&mut faults, typed)).collect();
        let mut audiences: Vec<Audience> = Vec::new();
        for typed in &typed.audiences {
            let audience = parse_audience(&mut faults, typed);
            // Files know an audience by its English name: two cannot share one.
            let name = audience.english_name().to_lowercase();
            if audiences.iter().any(|other| other.english_name().to_lowercase() == name) {
                let field = audience_field(&audience.slug, "name", Language::En);
                faults.add(field, "fault-name-twice");
            }
            audiences.push(audience);
        }
        faults.into_result(Self { texts: Texts(texts), audiences })
    }
}

fn parse_audience(faults: &mut Faults, typed: &Audience) -> Audience {
    let audience_text = |(language, texts): &(Language, AudienceText)| {
        let own = |part| audience_field(&typed.slug, part, *language);
        let name = text(faults, &own("name"), &texts.name, LONGEST_NAME, *language);
        let reader = text(faults, &own("reader"), &texts.reader, LONGEST_NAME, *language);
        let summary = text(faults, &own("summary"), &texts.summary, LONGEST_LINE, *language);
        (*language, AudienceText { name, reader, summary })
    };
    let texts = typed.texts.0.iter().map(audience_text).collect();
    Audience { id: typed.id, slug: typed.slug.clone(), texts: Texts(texts) }
}

/// Changes the programme's texts and its audiences' names; what is as before
/// leaves no audit row.
///
/// # Errors
/// `NotFound` for anybody but the secretariat, and for an unknown audience.
pub fn change_settings(
    conn: &mut DbConn,
    actor: &Actor,
    settings: &Settings,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let programme = locked(conn)?;
    if programme.texts != settings.texts {
        store::programme::set_texts(conn, &settings.texts)?;
        let object = (AuditObject::Programme, PROGRAMME);
        record(conn, By::account(actor.account), AuditVerb::Changed, object, None, now)?;
    }
    for audience in &settings.audiences {
        let old = programme.audience(&audience.slug).ok_or(ActionError::NotFound)?;
        if old.texts != audience.texts {
            set_audience(conn, actor, old.id, &audience.texts, now)?;
        }
    }
    Ok(())
}

fn set_audience(
    conn: &mut DbConn,
    actor: &Actor,
    id: AudienceId,
    texts: &Texts<AudienceText>,
    now: Instant,
) -> Result<()> {
    store::programme::set_audience_texts(conn, id, texts)?;
    let object = (AuditObject::Audience, id.0);
    record(conn, By::account(actor.account), AuditVerb::Changed, object, None, now)?;
    Ok(())
}

/// The programme as it stands, which nobody else changes until this
/// transaction ends: raising its version takes the lock.
fn locked(conn: &mut DbConn) -> Result<Programme> {
    store::programme::bump_public_version(conn)?;
    Ok(store::programme::load(conn)?)
}

/// A track as the form gives it, checked.
#[derive(Debug, Clone)]
pub struct NewTrack {
    pub slug: String,
    pub reference: String,
    pub colour: i32,
    pub rule: AttributionRule,
    pub texts: Texts<TrackText>,
}

impl NewTrack {
    /// # Errors
    /// The faults of `slug`, `reference`, `mark`, `rule`, and of the names and
    /// summaries.
    pub fn parse(
        programme: &Programme,
        [slug, reference, mark, rule]: [&str; 4],
        texts: &Texts<TrackText>,
    ) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        let texts = parse_track_texts(&mut faults, texts);
        let slug = slug.trim().to_owned();
        if !is_slug(&slug) {
            faults.add("slug", "fault-slug");
        }
        let reference = reference.trim().to_uppercase();
        if reference.len() != 3 || !reference.bytes().all(|byte| byte.is_ascii_uppercase()) {
            faults.add("reference", "fault-track-reference");
        }
        let colour = mark.parse().unwrap_or_default();
        let rule = parse_rule(&mut faults, rule);
        let new = Self { slug, reference, colour, rule, texts };
        new.check_free(programme, &mut faults);
        faults.into_result(new)
    }

    /// What a track that is there already has taken.
    fn check_free(&self, programme: &Programme, faults: &mut Faults) {
        if programme.track(&self.slug).is_some() {
            faults.add("slug", "fault-slug-taken");
        }
        if programme.tracks.iter().any(|track| track.reference == self.reference) {
            faults.add("reference", "fault-reference-taken");
        }
        if programme.free_marks().iter().all(|(colour, _)| *colour != self.colour) {
            faults.add("mark", "fault-choose");
        }
    }
}

/// Words of a-z and digits with hyphens between them; not `new`, which is the
/// address of the form itself.
fn is_slug(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (2..=40).contains(&text.len())
        && text != "new"
        && text.split('-').all(|word| !word.is_empty() && word.bytes().all(fine))
}

fn parse_rule(faults: &mut Faults, rule: &str) -> AttributionRule {
    AttributionRule::from_text(rule).unwrap_or_else(|| {
        faults.add("rule", "fault-choose");
        AttributionRule::ChathamHouse
    })
}

fn parse_track_texts(faults: &mut Faults, typed: &Texts<TrackText>) -> Texts<TrackText> {
    let one = |(language, typed): &(Language, TrackText)| {
        let own = |part| field(part, *language);
        let name = text(faults, &own("name"), &typed.name, LONGEST_NAME, *language);
        let summary = text(faults, &own("summary"), &typed.summary, LONGEST_LINE, *language);
        (*language, TrackText { name, summary })
    };
    Texts(typed.0.iter().map(one).collect())
}

/// Makes a track.
///
/// # Errors
/// `NotFound` for anybody but the secretariat; the faults of what another
/// track has taken meanwhile.
pub fn create_track(
    conn: &mut DbConn,
    actor: &Actor,
    new: &NewTrack,
    now: Instant,
) -> Result<TrackId> {
    secretariat_only(actor)?;
    let programme = locked(conn)?;
    let mut faults = Faults::default();
    new.check_free(&programme, &mut faults);
    faults.into_result(())?;
    let marks = programme.free_marks();
    let shape = marks.iter().find(|(colour, _)| *colour == new.colour).map_or("", |(_, it)| it);
    let id = TrackId(ids::fresh(now));
    let track = Track {
        id,
        slug: new.slug.clone(),
        reference: new.reference.clone(),
        shape: shape.to_owned(),
        colour: new.colour,
        rule: new.rule,
        texts: new.texts.clone(),
    };
    let position = i32::try_from(programme.tracks.len() + 1).unwrap_or(i32::MAX);
    store::programme::insert_track(conn, &track, position)?;
    let object = (AuditObject::Track, id.0);
    record(conn, By::account(actor.account), AuditVerb::Created, object, Some(id), now)?;
    Ok(id)
}

/// What can change of a track; slug, reference, shape and colour cannot.
#[derive(Debug, Clone)]
pub struct TrackChange {
    pub rule: AttributionRule,
    pub texts: Texts<TrackText>,
}

impl TrackChange {
    /// # Errors
    /// The faults of `rule`, which can only be tightened, and of the names
    /// and summaries.
    pub fn parse(
        track: &Track,
        rule: &str,
        texts: &Texts<TrackText>,
    ) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        let texts = parse_track_texts(&mut faults, texts);
        let rule = parse_rule(&mut faults, rule);
        if rule < track.rule && !faults.names("rule") {
            faults.add("rule", "fault-rule-loosened");
        }
        faults.into_result(Self { rule, texts })
    }
}

/// Changes a track's names and summaries and tightens its attribution rule.
///
/// # Errors
/// `NotFound` for anybody but the secretariat; a fault of `rule` when it was
/// tightened beyond this meanwhile.
pub fn change_track(
    conn: &mut DbConn,
    actor: &Actor,
    id: TrackId,
    change: &TrackChange,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let programme = locked(conn)?;
    let track = programme.track_by_id(id).ok_or(ActionError::NotFound)?;
    if change.rule < track.rule {
        return Err(Faults::one("rule", "fault-rule-loosened").into());
    }
    if change.rule == track.rule && change.texts == track.texts {
        return Ok(());
    }
    store::programme::set_track_texts(conn, id, &change.texts)?;
    store::programme::set_track_rule(conn, id, change.rule)?;
    let object = (AuditObject::Track, id.0);
    record(conn, By::account(actor.account), AuditVerb::Changed, object, Some(id), now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Texts<TrackText> {
        let text = |name: &str| TrackText { name: name.into(), summary: "S".into() };
        Texts(vec![(Language::En, text(name)), (Language::Cs, text(""))])
    }

    fn programme() -> Programme {
        let track = Track {
            id: TrackId(1),
            slug: "resilience".into(),
            reference: "RES".into(),
            shape: "circle".into(),
            colour: 1,
            rule: AttributionRule::Organisation,
            texts: texts("Resilience"),
        };
        Programme {
            version: 1,
            texts: Texts(Vec::new()),
            tracks: vec![track],
            audiences: Vec::new(),
            groups: Vec::new(),
        }
    }

    #[test]
    fn a_new_track_takes_what_is_free() {
        let faults = |fields, name| {
            let parsed = NewTrack::parse(&programme(), fields, &texts(name));
            let found = parsed.err().unwrap_or_default().0;
            found.into_iter().map(|fault| (fault.field, fault.key)).collect::<Vec<_>>()
        };
        assert_eq!(faults(["water", "wat", "2", "named"], "Water"), []);
        let one = |field: &str, key| vec![(field.to_owned(), key)];
        assert_eq!(faults(["water", "WAT", "2", "named"], " "), one("name-en", "fault-required"));
        for bad in ["", "a", "Water", "wa ter", "-water", "water-", "new"] {
            assert_eq!(faults([bad, "WAT", "2", "named"], "Water"), one("slug", "fault-slug"));
        }
        let taken = ["resilience", "RES", "1", "open"];
        let keys: Vec<_> = faults(taken, "R").into_iter().map(|(_, key)| key).collect();
        let (slug, reference) = ("fault-slug-taken", "fault-reference-taken");
        assert_eq!(keys, ["fault-choose", slug, reference, "fault-choose"]);
    }

    #[test]
    fn an_attribution_rule_is_never_loosened() {
        let programme = programme();
        let parse = |rule| TrackChange::parse(&programme.tracks[0], rule, &texts("R"));
        assert_eq!(parse("named").unwrap_err().0[0].key, "fault-rule-loosened");
        assert!(parse("organisation").is_ok());
        assert!(parse("chatham-house").is_ok());
        assert_eq!(parse("").unwrap_err().0[0].key, "fault-choose");
    }
}
