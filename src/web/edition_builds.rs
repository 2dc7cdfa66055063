//! Editions being built: what is picked, what blocks, and publishing.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply, SessionChange, WebErrorOrFaults};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::names::{Coverage, Names};
use super::page::{Chrome, When};
use super::track_label::TrackLabel;
use crate::actions::ActionError;
use crate::actions::editions::{self, Checked, Hidden};
use crate::domain::edition::{Blocker, Edition};
use crate::domain::fault::Faults;
use crate::domain::ids::EditionId;
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Recommendation, audience_of};
use crate::domain::stage::Stage;
use crate::i18n::{self, Loader};
use crate::markdown::controls;
use crate::store::{self, DbConn};

/// Hidden characters listed one by one for each text.
const MOST_HIDDEN: usize = 20;

#[derive(Template)]
#[template(path = "secretariat/editions/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    builds: Vec<BuildRow>,
    published: Vec<PublishedRow>,
    token: String,
}

struct BuildRow {
    id: EditionId,
    begun: When,
    changed: When,
    picks: i64,
}

struct PublishedRow {
    number: i32,
    href: String,
    published: When,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "nav-editions"))?.in_section("secretariat");
        let building = store::editions::list_unpublished(conn)?;
        let ids: Vec<EditionId> = building.iter().map(|edition| edition.id).collect();
        let picks = store::editions::count_picks(conn, &ids)?;
        let build = |edition: &Edition| BuildRow {
            id: edition.id,
            begun: When::time(cx.language, edition.created_at),
            changed: When::time(cx.language, edition.updated_at),
            picks: picks.iter().find(|(id, _)| *id == edition.id).map_or(0, |(_, n)| *n),
        };
        let row = |edition: Edition| {
            let number = edition.number?;
            let href = chrome.href(&format!("/editions/{number}"));
            let published = When::time(cx.language, edition.published_at?);
            Some(PublishedRow { number, href, published })
        };
        let published = store::editions::list_published(conn)?;
        Reply::page(&ListPage {
            l,
            area: "editions",
            builds: building.iter().map(build).collect(),
            published: published.into_iter().filter_map(row).collect(),
            token: cx.form_token(),
            chrome,
        })
    })
}

pub fn create(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    let actor = cx.actor()?;
    let done = cx.once(&once, |conn| {
        let id = editions::create(conn, actor, cx.now)?;
        Ok(format!("/secretariat/editions/{id}?done=edition-created"))
    });
    Ok(done?)
}

#[derive(Template)]
#[template(path = "secretariat/editions/build.html")]
struct BuildPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    area: &'static str,
    id: EditionId,
    foreword: String,
    /// Every text that is agreed, and those picked before they were reopened.
    texts: Vec<TextRow>,
    checks: Vec<CheckRow>,
    /// How many are picked as saved.
    picked: usize,
    coverage: Coverage,
    token: String,
}

struct TextRow {
    reference: String,
    title: String,
    track: Option<TrackLabel>,
    picked: bool,
    /// As typed, or the saved place.
    order: String,
    agreed: bool,
}

/// One picked text and what keeps it from being published.
struct CheckRow {
    reference: String,
    title: String,
    track: Option<TrackLabel>,
    revision: i32,
    blockers: Vec<BlockerRow>,
}

struct BlockerRow {
    sentence: String,
    /// Where it is put right.
    href: String,
}

/// What the build form carries.
#[derive(Default)]
struct BuildForm {
    foreword: String,
    picks: Vec<String>,
    /// Reference and number as typed.
    orders: Vec<(String, String)>,
}

impl BuildForm {
    fn take(mut fields: Fields) -> Result<Self, WebError> {
        let foreword = fields.take("foreword");
        let picks = fields.take_all("pick");
        let (mut orders, mut rest) = (Vec::new(), None);
        for (name, value) in fields.into_typed() {
            match name.strip_prefix("order-") {
                Some(reference) => orders.push((reference.to_owned(), value)),
                None => rest = Some(name),
            }
        }
        match rest {
            Some(name) => Err(WebError::UnknownField(name)),
            None => Ok(Self { foreword, picks, orders }),
        }
    }

    fn typed_order(&self, reference: &str) -> &str {
        let own = self.orders.iter().find(|(own, _)| own == reference);
        own.map_or("", |(_, typed)| typed.trim())
    }

    /// The picks by their numbers, those without one last, then by reference.
    fn in_order(&self) -> Vec<String> {
        let mut picks = self.picks.clone();
        let place = |reference: &str| self.typed_order(reference).parse().unwrap_or(u32::MAX);
        picks.sort_by_key(|reference| (place(reference), reference.clone()));
        picks
    }
}

/// The edition of the address, while it is being built.
fn find(cx: &Cx, conn: &mut DbConn) -> Result<Edition, WebError> {
    let id: EditionId = cx.param_as("edition")?;
    store::editions::find(conn, id)?.ok_or(WebError::NotFound)
}

/// A published edition is read where everybody reads it.
fn elsewhere(cx: &Cx, edition: &Edition) -> Option<Reply> {
    let number = edition.number?;
    Some(Reply::see_other(format!("/{}/editions/{number}", cx.language)))
}

pub fn show(cx: &Cx) -> Answer {
    build_page(cx, None, &Faults::default())
}

fn build_page(cx: &Cx, typed: Option<BuildForm>, faults: &Faults) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let edition = find(cx, conn)?;
        if let Some(reply) = elsewhere(cx, &edition) {
            return Ok::<_, WebError>(Err(reply));
        }
        let programme = cx.programme(conn)?;
        let title = fl!(l, "build-title");
        let chrome = cx.chrome(conn, &title)?.in_section("secretariat");
        let checked = editions::check(conn, edition.id, false)?;
        let form = typed.unwrap_or_else(|| stored(&edition, &checked));
        let all = store::recommendations::list_all(conn)?;
        let row = |own: Recommendation| {
            let picked = form.picks.contains(&own.reference);
            let agreed = own.stage == Stage::Agreed;
            (agreed || picked).then(|| TextRow {
                title: controls::visible(&own.title).into_owned(),
                track: TrackLabel::find(&programme, Some(own.track), cx.language),
                picked,
                order: form.typed_order(&own.reference).to_owned(),
                agreed,
                reference: own.reference,
            })
        };
        Ok(Ok(BuildPage {
            l,
            chrome,
            errors: cx.errors(faults),
            area: "editions",
            id: edition.id,
            texts: all.into_iter().filter_map(row).collect(),
            checks: checked.iter().map(|own| check_row(cx, &programme, own)).collect(),
            picked: checked.len(),
            coverage: coverage(cx, &programme, &checked),
            token: cx.form_token(),
            foreword: form.foreword,
        }))
    })?;
    match page {
        Err(reply) => Ok(reply),
        Ok(page) if faults.is_empty() => Reply::page(&page),
        Ok(page) => Reply::refused(&page),
    }
}

fn stored(edition: &Edition, checked: &[Checked]) -> BuildForm {
    let references = checked.iter().map(|own| own.recommendation.reference.clone());
    let numbered = references.clone().zip(1..).map(|(own, place)| (own, place.to_string()));
    BuildForm {
        foreword: edition.foreword.clone(),
        picks: references.collect(),
        orders: numbered.collect(),
    }
}

fn coverage(cx: &Cx, programme: &Programme, checked: &[Checked]) -> Coverage {
    let mut texts: Vec<(&str, Vec<&str>)> = Vec::with_capacity(checked.len());
    for own in checked {
        let track = programme.track_by_id(own.recommendation.track);
        let slug = track.map_or("", |track| track.slug.as_str());
        texts.push((slug, own.audiences().collect()));
    }
    Coverage::of(&Names::now(programme, cx.language), &texts)
}

fn check_row(cx: &Cx, programme: &Programme, own: &Checked) -> CheckRow {
    let reference = &own.recommendation.reference;
    let blocker = |blocker: &Blocker| {
        let l = cx.l();
        let draft = format!("/drafts/{reference}");
        let (sentence, href) = match *blocker {
            Blocker::NotAgreed => (fl!(l, "build-not-agreed"), draft),
            Blocker::Unanswered(n) => {
                (fl!(l, "build-unanswered", n = n), format!("{draft}/ledger"))
            }
            Blocker::Brackets(n) => (fl!(l, "build-brackets", n = n), draft),
            Blocker::NoAudience => (fl!(l, "build-no-audience"), draft),
            Blocker::HiddenCharacters => {
                let places = places(l, programme, cx, &own.hidden);
                (fl!(l, "build-hidden", places = places), draft)
            }
        };
        BlockerRow { sentence, href }
    };
    CheckRow {
        reference: reference.clone(),
        title: controls::visible(&own.recommendation.title).into_owned(),
        track: TrackLabel::find(programme, Some(own.recommendation.track), cx.language),
        revision: own.revision,
        blockers: own.blockers.iter().map(blocker).collect(),
    }
}

/// `Why, line 3: U+202E; …`, as many as a reader looks at.
fn places(l: &Loader, programme: &Programme, cx: &Cx, hidden: &[Hidden]) -> String {
    let place = |own: &Hidden| {
        let name = match audience_of(&own.place).map(|slug| programme.audience(slug)) {
            Some(Some(audience)) => audience.name(cx.language).text.to_owned(),
            _ if own.place == "title" => fl!(l, "build-in-title"),
            _ => i18n::message(l, &format!("section-{}", own.place)),
        };
        let code = format!("U+{:04X}", u32::from(own.character));
        fl!(l, "build-hidden-place", place = name, line = own.line, code = code)
    };
    let mut places: Vec<String> = hidden.iter().take(MOST_HIDDEN).map(place).collect();
    if hidden.len() > MOST_HIDDEN {
        places.push("…".to_owned());
    }
    places.join("; ")
}

pub fn change(cx: &Cx) -> Answer {
    let mut fields = cx.form();
    let once = fields.take("once");
    let form = BuildForm::take(fields)?;
    let id: EditionId = cx.param_as("edition")?;
    let actor = cx.actor()?;
    let picks = form.in_order();
    let done = cx.once(&once, |conn| {
        editions::change(conn, actor, id, &form.foreword, &picks, cx.now)?;
        Ok(format!("/secretariat/editions/{id}?done=edition-saved"))
    });
    match done {
        Err(ActionError::Faults(faults)) => build_page(cx, Some(form), &faults),
        done => Ok(done?),
    }
}

#[derive(Template)]
#[template(path = "secretariat/editions/publish.html")]
struct PublishPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    area: &'static str,
    id: EditionId,
    /// The number it takes when it is published next.
    number: i32,
    foreword_html: String,
    checks: Vec<CheckRow>,
    /// What no acknowledgement lifts.
    blocked: bool,
    /// Whether the box for hidden characters is ticked; `None`: there are none.
    acknowledged: Option<bool>,
    confirmed: bool,
    token: String,
}

pub fn show_publish(cx: &Cx) -> Answer {
    publish_page(cx, false, &Faults::default())
}

fn publish_page(cx: &Cx, acknowledged: bool, faults: &Faults) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let edition = find(cx, conn)?;
        if let Some(reply) = elsewhere(cx, &edition) {
            return Ok::<_, WebError>(Err(reply));
        }
        let programme = cx.programme(conn)?;
        let chrome = cx.chrome(conn, &fl!(l, "publish-title"))?.in_section("secretariat");
        let checked = editions::check(conn, edition.id, false)?;
        let serious = |blocker: &Blocker| *blocker != Blocker::HiddenCharacters;
        let hidden = checked.iter().any(|own| !own.hidden.is_empty());
        Ok(Ok(PublishPage {
            l,
            chrome,
            errors: cx.errors(faults),
            area: "editions",
            id: edition.id,
            number: store::editions::next_number(conn)?,
            foreword_html: edition.foreword_html,
            checks: checked.iter().map(|own| check_row(cx, &programme, own)).collect(),
            blocked: checked.iter().any(|own| own.blockers.iter().any(serious)),
            acknowledged: hidden.then_some(acknowledged),
            confirmed: cx.confirmed,
            token: cx.form_token(),
        }))
    })?;
    match page {
        Err(reply) => Ok(reply),
        Ok(page) if faults.is_empty() => Reply::page(&page),
        Ok(page) => Reply::refused(&page),
    }
}

pub fn publish(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let password = form.take_optional("password");
    let acknowledged = form.take_optional("acknowledged").is_some();
    form.finish()?;
    let id: EditionId = cx.param_as("edition")?;
    let actor = cx.actor()?;
    match cx.confirm(password.as_deref()) {
        Ok(()) => {}
        Err(WebErrorOrFaults::Faults(faults)) => return publish_page(cx, acknowledged, &faults),
        Err(WebErrorOrFaults::Web(fault)) => return Err(fault),
    }
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = cx.once(&once, |conn| {
        editions::publish(conn, actor, &programme, id, acknowledged, cx.now)?;
        Ok("/secretariat/editions?done=edition-published".to_owned())
    });
    match done {
        Err(ActionError::Faults(faults)) => publish_page(cx, acknowledged, &faults),
        // The password was right: it need not be asked for again at once.
        Ok(reply) if !cx.confirmed => Ok(reply.with_session(SessionChange::Confirm)),
        done => Ok(done?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_stand_by_number_then_by_reference() {
        let fields = b"foreword=x&pick=RES-02&pick=LAW-01&pick=INC-03&pick=RES-01\
            &order-RES-02=2&order-LAW-01=&order-INC-03=1&order-RES-01=2&order-REG-01=1";
        let form = BuildForm::take(Fields::parse(fields)).unwrap();
        assert_eq!(form.in_order(), ["INC-03", "RES-01", "RES-02", "LAW-01"]);
        assert_eq!(form.typed_order("LAW-01"), "");
        assert!(BuildForm::take(Fields::parse(b"foreword=x&stage=agreed")).is_err());
        assert!(BuildForm::take(Fields::parse(b"foreword=x&foreword=y")).is_err());
    }
}
