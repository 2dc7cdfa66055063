//! Tracks, audiences and the programme's own texts, as the secretariat edits
//! them.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::Chrome;
use super::secretariat::frame;
use super::track_label::TrackLabel;
use crate::actions::ActionError;
use crate::actions::programme::{self, NewTrack, Settings, TrackChange, audience_field, field};
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::programme::{
    Audience, AudienceText, Programme, ProgrammeText, Texts, Track, TrackText,
};
use crate::domain::role::AttributionRule;
use crate::i18n::{self, Loader};
use crate::store;

// ----------------------------------------------------------------- tracks

#[derive(Template)]
#[template(path = "secretariat/tracks.html")]
struct TracksPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<TrackRow>,
    /// Whether a colour is left for another track.
    has_room: bool,
}

struct TrackRow {
    label: TrackLabel,
    rule: String,
    chairs: Vec<Chair>,
}

struct Chair {
    id: AccountId,
    name: String,
}

pub fn show_tracks(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let chrome = frame(cx, conn, &fl!(l, "tracks-title"))?;
        let programme = cx.programme(conn)?;
        let chairs = store::accounts::list_chairs(conn)?;
        let row = |track: &Track| {
            let own = chairs.iter().filter(|(chaired, ..)| *chaired == track.id);
            TrackRow {
                label: TrackLabel::new(track, cx.language),
                rule: i18n::message(l, &format!("rule-{}", track.rule)),
                chairs: own.map(|(_, id, name)| Chair { id: *id, name: name.clone() }).collect(),
            }
        };
        let rows = programme.tracks.iter().map(row).collect();
        let has_room = !programme.free_marks().is_empty();
        Ok::<_, WebError>(TracksPage { l, chrome, area: "tracks", rows, has_room })
    })?;
    Reply::page(&page)
}

#[derive(Template)]
#[template(path = "secretariat/track.html")]
struct TrackPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    /// What cannot change of a track that is there; `None` for a new one.
    known: Option<TrackLabel>,
    texts: Vec<TrackFields>,
    slug: String,
    reference: String,
    marks: Vec<Mark>,
    rule: String,
    rules: Vec<(String, String)>,
    token: String,
}

/// The texts of a track in one language, and the names of their fields.
struct TrackFields {
    own_name: &'static str,
    name_field: String,
    name: String,
    summary_field: String,
    summary: String,
}

/// A colour with its shape, to choose.
struct Mark {
    colour: i32,
    shape: &'static str,
    name: String,
    chosen: bool,
}

/// A track's form as it was filled in.
#[derive(Default)]
struct TypedTrack {
    slug: String,
    reference: String,
    mark: String,
    rule: String,
    texts: Vec<(Language, TrackText)>,
}

/// A text has a field a language: the summary of a refused form says which.
fn errors(cx: &Cx, faults: &Faults) -> FieldErrors {
    const PARTS: [(&str, &str); 6] = [
        ("name", "track-name"),
        ("summary", "track-summary"),
        ("title", "settings-name"),
        ("tagline", "settings-tagline"),
        ("intro", "settings-intro"),
        ("reader", "settings-audience-reader"),
    ];
    cx.errors_called(faults, |asked| {
        let mut all = Language::ALL.iter().flat_map(|own| PARTS.map(|part| (*own, part)));
        let is_it = |own: Language, part: &str| asked.ends_with(&field(part, own));
        let (own, (_, label)) = all.find(|(own, (part, _))| is_it(*own, part))?;
        Some(format!("{}, {}", own.own_name(), i18n::message(cx.l(), label)))
    })
}

impl TypedTrack {
    /// The fields that every track's form has.
    fn take(form: &mut Fields) -> Self {
        let text = |language: &Language| {
            let name = form.take(&field("name", *language));
            let summary = form.take(&field("summary", *language));
            (*language, TrackText { name, summary })
        };
        let texts = Language::ALL.iter().map(text).collect();
        Self { rule: form.take("rule"), texts, ..Self::default() }
    }

    /// Those of a new track too.
    fn take_new(form: &mut Fields) -> Self {
        let typed = Self::take(form);
        let (slug, reference) = (form.take("slug"), form.take("reference"));
        Self { slug, reference, mark: form.take("mark"), ..typed }
    }

    fn of(track: &Track) -> Self {
        Self { rule: track.rule.to_string(), texts: whole(&track.texts).0, ..Self::default() }
    }

    fn empty() -> Self {
        let rule = AttributionRule::ChathamHouse.to_string();
        Self { rule, texts: whole(&Texts(Vec::new())).0, ..Self::default() }
    }

    fn texts(&self) -> Texts<TrackText> {
        Texts(self.texts.clone())
    }
}

/// A text in every language there is, empty where nobody has written it.
fn whole<T: Clone + Default>(texts: &Texts<T>) -> Texts<T> {
    let own = |language: &Language| (*language, texts.get(*language).cloned().unwrap_or_default());
    Texts(Language::ALL.iter().map(own).collect())
}

fn track_page<'a>(
    cx: &'a Cx,
    errors: FieldErrors,
    known: Option<&Track>,
    typed: TypedTrack,
) -> Result<TrackPage<'a>, WebError> {
    let l = cx.l();
    cx.read(|conn| {
        let label = known.map(|track| TrackLabel::new(track, cx.language));
        let title = match &label {
            Some(label) => label.name.text.clone(),
            None => fl!(l, "track-new"),
        };
        let chrome = frame(cx, conn, &title)?;
        let programme = cx.programme(conn)?;
        let mark = |(colour, shape): (i32, &'static str)| Mark {
            colour,
            shape,
            name: i18n::message(l, &format!("shape-{shape}")),
            chosen: typed.mark == colour.to_string(),
        };
        let marks = programme.free_marks().into_iter().map(mark).collect();
        // A rule can only be tightened: the looser ones are not on offer.
        let allowed = |rule: &&AttributionRule| known.is_none_or(|track| **rule >= track.rule);
        let rule =
            |rule: &AttributionRule| (rule.to_string(), i18n::message(l, &format!("rule-{rule}")));
        let fields = |(language, text): (Language, TrackText)| TrackFields {
            own_name: language.own_name(),
            name_field: field("name", language),
            name: text.name,
            summary_field: field("summary", language),
            summary: text.summary,
        };
        Ok(TrackPage {
            l,
            chrome,
            area: "tracks",
            errors,
            known: label,
            marks,
            rules: AttributionRule::ALL.iter().filter(allowed).map(rule).collect(),
            texts: typed.texts.into_iter().map(fields).collect(),
            slug: typed.slug,
            reference: typed.reference,
            rule: typed.rule,
            token: cx.form_token(),
        })
    })
}

pub fn show_new_track(cx: &Cx) -> Answer {
    Reply::page(&track_page(cx, FieldErrors::default(), None, TypedTrack::empty())?)
}

pub fn create_track(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let typed = TypedTrack::take_new(&mut form);
    form.finish()?;
    let actor = cx.actor()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        let fields = [&typed.slug, &typed.reference, &typed.mark, &typed.rule];
        let new = NewTrack::parse(&programme, fields.map(String::as_str), &typed.texts())?;
        programme::create_track(conn, actor, &new, cx.now)?;
        Ok("/secretariat/tracks?done=track-created".to_owned())
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&track_page(cx, errors(cx, &faults), None, typed)?)
        }
        other => Ok(other?),
    }
}

fn find_track(cx: &Cx) -> Result<Track, WebError> {
    let programme = cx.read(|conn| cx.programme(conn))?;
    programme.track(cx.param("slug")).cloned().ok_or(WebError::NotFound)
}

pub fn show_track(cx: &Cx) -> Answer {
    let track = find_track(cx)?;
    let typed = TypedTrack::of(&track);
    Reply::page(&track_page(cx, FieldErrors::default(), Some(&track), typed)?)
}

pub fn change_track(cx: &Cx) -> Answer {
    let track = find_track(cx)?;
    let mut form = cx.form();
    let once = form.take("once");
    let typed = TypedTrack::take(&mut form);
    form.finish()?;
    let actor = cx.actor()?;
    let done = cx.once(&once, |conn| {
        let change = TrackChange::parse(&track, &typed.rule, &typed.texts())?;
        programme::change_track(conn, actor, track.id, &change, cx.now)?;
        Ok("/secretariat/tracks?done=track-saved".to_owned())
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&track_page(cx, errors(cx, &faults), Some(&track), typed)?)
        }
        other => Ok(other?),
    }
}

// --------------------------------------------------------------- settings

#[derive(Template)]
#[template(path = "secretariat/settings.html")]
struct SettingsPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    texts: Vec<ProgrammeFields>,
    audiences: Vec<AudienceFields>,
    token: String,
}

struct ProgrammeFields {
    own_name: &'static str,
    title: Typed,
    tagline: Typed,
    intro: Typed,
}

struct AudienceFields {
    slug: String,
    name: String,
    texts: Vec<AudienceTextFields>,
}

struct AudienceTextFields {
    own_name: &'static str,
    name: Typed,
    reader: Typed,
    summary: Typed,
}

/// A field's name and what stands in it.
struct Typed {
    field: String,
    value: String,
}

/// The settings as they stand.
fn stored(programme: &Programme) -> Settings {
    let audience = |own: &Audience| Audience { texts: whole(&own.texts), ..own.clone() };
    Settings {
        texts: whole(&programme.texts),
        audiences: programme.audiences.iter().map(audience).collect(),
    }
}

/// The settings as a form gives them: a field for each stored text.
fn take_settings(form: &mut Fields, programme: &Programme) -> Settings {
    let mut settings = stored(programme);
    for (language, text) in &mut settings.texts.0 {
        let mut own = |part| form.take(&field(part, *language));
        *text = ProgrammeText { title: own("title"), tagline: own("tagline"), intro: own("intro") };
    }
    for audience in &mut settings.audiences {
        for (language, text) in &mut audience.texts.0 {
            let mut own = |part| form.take(&audience_field(&audience.slug, part, *language));
            *text =
                AudienceText { name: own("name"), reader: own("reader"), summary: own("summary") };
        }
    }
    settings
}

fn settings_page<'a>(
    cx: &'a Cx,
    errors: FieldErrors,
    programme: &Programme,
    settings: Settings,
) -> Result<SettingsPage<'a>, WebError> {
    let l = cx.l();
    let chrome = cx.read(|conn| frame(cx, conn, &fl!(l, "settings-title")))?;
    let texts = |(language, text): (Language, ProgrammeText)| {
        let own = |part, value| Typed { field: field(part, language), value };
        ProgrammeFields {
            own_name: language.own_name(),
            title: own("title", text.title),
            tagline: own("tagline", text.tagline),
            intro: own("intro", text.intro),
        }
    };
    let audience = |audience: Audience| {
        let stored = programme.audience(&audience.slug);
        let fields = |(language, text): (Language, AudienceText)| {
            let own = |part, value| Typed {
                field: audience_field(&audience.slug, part, language),
                value,
            };
            AudienceTextFields {
                own_name: language.own_name(),
                name: own("name", text.name),
                reader: own("reader", text.reader),
                summary: own("summary", text.summary),
            }
        };
        AudienceFields {
            slug: audience.slug.clone(),
            name: stored.map(|own| own.name(cx.language).text.to_owned()).unwrap_or_default(),
            texts: audience.texts.0.into_iter().map(fields).collect(),
        }
    };
    Ok(SettingsPage {
        l,
        chrome,
        area: "settings",
        errors,
        texts: settings.texts.0.into_iter().map(texts).collect(),
        audiences: settings.audiences.into_iter().map(audience).collect(),
        token: cx.form_token(),
    })
}

pub fn show_settings(cx: &Cx) -> Answer {
    let programme = cx.read(|conn| cx.programme(conn))?;
    let settings = stored(&programme);
    Reply::page(&settings_page(cx, FieldErrors::default(), &programme, settings)?)
}

pub fn change_settings(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let typed = take_settings(&mut form, &programme);
    form.finish()?;
    let actor = cx.actor()?;
    let done = cx.once(&once, |conn| {
        let settings = Settings::parse(&typed)?;
        programme::change_settings(conn, actor, &settings, cx.now)?;
        Ok("/secretariat/settings?done=settings-saved".to_owned())
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&settings_page(cx, errors(cx, &faults), &programme, typed)?)
        }
        other => Ok(other?),
    }
}
