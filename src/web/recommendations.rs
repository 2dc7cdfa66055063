//! Drafts: the list, a new one, and the page where a text is read and
//! discussed.

use std::sync::Arc;

use askama::Template;
use i18n_embed_fl::fl;

use super::article::action_heading;
use super::cx::{Answer, Cx, Reply};
use super::draft_bodies;
use super::editor::{self, EditForm, Extra};
use super::error::WebError;
use super::files;
use super::notes::Rights;
use super::page::{Chrome, When};
use super::pens::PenBar;
use crate::actions::{ActionError, recommendations, working_copies};
use crate::app::bodies::Body;
use crate::domain::actor::Actor;
use crate::domain::ids::{RecommendationId, TrackId, WorkshopId};
use crate::domain::permission::{Object, Verb, allows};
use crate::domain::programme::{Programme, Track};
use crate::domain::recommendation::{RATIONALE, Recommendation, STATEMENT, audience_of};
use crate::domain::stage::Stage;
use crate::domain::working_copy;
use crate::i18n::{self, Loader};
use crate::store::recommendations::Filter;
use crate::store::{self, DbConn};

/// Rows on a page of the list.
const PAGE: i64 = 50;

/// A track as labels show it.
#[derive(Debug, Clone)]
pub struct TrackLabel {
    pub slug: String,
    pub name: String,
    pub shape: String,
    pub colour: i32,
}

impl TrackLabel {
    #[must_use]
    pub fn new(track: &Track, cx: &Cx) -> Self {
        Self {
            slug: track.slug.clone(),
            name: track.name(cx.language).text.to_owned(),
            shape: track.shape.clone(),
            colour: track.colour,
        }
    }

    /// The label of a track that the programme must know.
    ///
    /// # Errors
    /// `Internal` when it does not.
    pub fn of(programme: &Programme, id: TrackId, cx: &Cx) -> Result<Self, WebError> {
        let track = programme.track_by_id(id);
        let missing = || WebError::Internal(format!("track {id} is not in the programme"));
        track.map(|track| Self::new(track, cx)).ok_or_else(missing)
    }
}

// ------------------------------------------------------------------- list

#[derive(Template)]
#[template(path = "drafts/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    rows: Vec<ListRow>,
    tracks: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    track: String,
    stage: String,
    creates: bool,
    total: i64,
    page: i64,
    previous: Option<String>,
    next: Option<String>,
}

struct ListRow {
    reference: String,
    title: String,
    track: TrackLabel,
    stage: Stage,
    stage_name: String,
    revision: i32,
    until: Option<When>,
    overdue: bool,
    comments: i64,
    unanswered: i64,
    brackets: i32,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let mut query = cx.query();
    let (track, stage) = (query.take("track"), query.take("stage"));
    let number: i64 = query.take_parsed("page").unwrap_or(1).clamp(1, 10_000);
    let page = cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "drafts-title"))?.in_section("drafts");
        let programme = cx.programme(conn)?;
        let filter = Filter {
            track: programme.track(&track).map(|track| track.id),
            stage: Stage::from_text(&stage),
        };
        let total = store::recommendations::count_visible_to(conn, actor, filter)?;
        let found = store::recommendations::list_visible_to(
            conn,
            actor,
            filter,
            (number - 1) * PAGE,
            PAGE,
        )?;
        let ids: Vec<RecommendationId> = found.iter().map(|own| own.id).collect();
        let counts = store::comments::count_of_many(conn, &ids)?;
        let rows = found.into_iter().map(|own| list_row(cx, &programme, own, &counts));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let visible = programme.tracks.iter().filter(|track| actor.sees(track.id));
        let address = |to: i64| format!("/drafts?track={track}&stage={stage}&page={to}");
        Ok::<_, WebError>(ListPage {
            l,
            chrome,
            rows,
            tracks: visible
                .map(|track| (track.slug.clone(), track.name(cx.language).text.to_owned()))
                .collect(),
            stages: stage_names(l),
            track: track.clone(),
            stage: stage.clone(),
            creates: !creatable(conn, actor, &programme)?.is_empty(),
            total,
            page: number,
            previous: (number > 1).then(|| address(number - 1)),
            next: (number * PAGE < total).then(|| address(number + 1)),
        })
    })?;
    Reply::page(&page)
}

fn stage_names(l: &Loader) -> Vec<(String, String)> {
    let name = |stage: &Stage| (stage.to_string(), i18n::message(l, &format!("stage-{stage}")));
    Stage::ALL.iter().map(name).collect()
}

fn list_row(
    cx: &Cx,
    programme: &Programme,
    own: Recommendation,
    counts: &[(RecommendationId, i64, i64)],
) -> Result<ListRow, WebError> {
    let counted = counts.iter().find(|(id, ..)| *id == own.id);
    Ok(ListRow {
        track: TrackLabel::of(programme, own.track, cx)?,
        stage_name: i18n::message(cx.l(), &format!("stage-{}", own.stage)),
        overdue: own.is_overdue(cx.now),
        until: own.comments_until.map(|until| When::date(cx.language, until)),
        comments: counted.map_or(0, |(_, all, _)| *all),
        unanswered: counted.map_or(0, |(_, _, waiting)| *waiting),
        reference: own.reference,
        title: own.title,
        stage: own.stage,
        revision: own.revision,
        brackets: own.brackets,
    })
}

/// The tracks in which the actor may start a recommendation.
///
/// # Errors
/// When the database cannot be read.
pub fn creatable(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
) -> Result<Vec<(String, String)>, WebError> {
    let chaired = store::accounts::chaired_tracks(conn)?;
    let may = |track: &&Track| {
        let has_chair = chaired.contains(&track.id);
        allows(actor, Verb::Create, &Object { track: track.id, has_chair, stage: None })
    };
    let row = |track: &Track| (track.slug.clone(), track.name(actor.language).text.to_owned());
    Ok(programme.tracks.iter().filter(may).map(row).collect())
}

// -------------------------------------------------------------------- new

/// What the new form asks before the text: track and workshop.
pub struct Start {
    pub tracks: Vec<(String, String)>,
    pub track: String,
    pub workshops: Vec<(String, String)>,
    pub workshop: String,
}

/// Whether the asker may start one somewhere.
///
/// # Errors
/// `NotFound` otherwise.
pub fn may_start(cx: &Cx) -> Result<(), WebError> {
    let actor = cx.actor()?;
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let none = creatable(conn, actor, &programme)?.is_empty();
        if none { Err(WebError::NotFound) } else { Ok(()) }
    })
}

/// # Errors
/// `NotFound` for who may start none.
pub fn start(cx: &Cx, track: String, workshop: String) -> Result<Start, WebError> {
    let actor = cx.actor()?;
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let tracks = creatable(conn, actor, &programme)?;
        if tracks.is_empty() {
            return Err(WebError::NotFound);
        }
        let workshops = store::workshops::list(conn, 200)?
            .into_iter()
            .filter(|own| actor.sees(own.track))
            .map(|own| (own.slug, own.title))
            .collect();
        let track = if track.is_empty() { tracks[0].0.clone() } else { track };
        Ok(Start { tracks, track, workshops, workshop })
    })
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let (track, workshop) = (fields.take("track"), fields.take("workshop"));
    let programme = cx.read(|conn| cx.programme(conn))?;
    let form = EditForm::take(&programme, &mut fields);
    fields.finish()?;
    let start = start(cx, track.clone(), workshop.clone())?;
    let checked = form.check(&programme);
    let mut faults = checked.as_ref().err().cloned().unwrap_or_default();
    let chosen = programme
        .track(&track)
        .filter(|own| start.tracks.iter().any(|(slug, _)| *slug == own.slug));
    if chosen.is_none() {
        faults.add("track", "fault-choose");
    }
    let (Ok((draft, rendered)), Some(chosen)) = (checked, chosen) else {
        return editor::page(cx, form, Extra { start: Some(start), ..Extra::default() }, &faults);
    };
    if form.preview {
        let preview = Some(&rendered);
        let extra = Extra { start: Some(start), preview, ..Extra::default() };
        return editor::page(cx, form, extra, &faults);
    }
    let from: Option<WorkshopId> = cx.read(|conn| {
        let found = store::workshops::find_by_slug(conn, &workshop)?;
        Ok::<_, WebError>(found.filter(|own| actor.sees(own.track)).map(|own| own.id))
    })?;
    let done = cx.once(&once, |conn| {
        let made = recommendations::create(conn, actor, chosen, &draft, &rendered, from, cx.now)?;
        working_copies::discard(conn, actor.account, working_copy::NEW)?;
        Ok(format!("/drafts/{}?done=created", made.reference))
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            editor::page(cx, form, Extra { start: Some(start), ..Extra::default() }, &faults)
        }
        other => Ok(other?),
    }
}

// ------------------------------------------------------------------- show

#[derive(Template)]
#[template(path = "drafts/show.html")]
struct ShowPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    body: Arc<Body>,
    may_comment: bool,
    annotate_js: String,
}

/// The head of every page of one recommendation.
pub struct Head {
    pub reference: String,
    pub title: String,
    pub track: TrackLabel,
    pub stage: Stage,
    pub stage_name: String,
    pub revision: i32,
    pub brackets: i32,
    pub until: Option<When>,
    pub overdue: bool,
    pub withdrawn_reason: Option<String>,
    pub agreed: Option<(i32, When)>,
    pub may_revise: bool,
    pub may_chair: bool,
    /// Who holds the pen and who reads; `None` once nobody can write.
    pub pen: Option<PenBar>,
    /// The page of this recommendation that is being shown.
    pub tab: &'static str,
}

impl Head {
    /// # Errors
    /// `Internal` when the track is unknown.
    pub fn new(
        cx: &Cx,
        conn: &mut DbConn,
        programme: &Programme,
        own: &Recommendation,
        tab: &'static str,
    ) -> Result<Self, WebError> {
        let actor = cx.actor()?;
        let object = own.object();
        let chairs = [Verb::Open, Verb::Close, Verb::Agree, Verb::Reopen, Verb::Withdraw];
        Ok(Self {
            reference: own.reference.clone(),
            title: own.title.clone(),
            track: TrackLabel::of(programme, own.track, cx)?,
            stage: own.stage,
            stage_name: i18n::message(cx.l(), &format!("stage-{}", own.stage)),
            revision: own.revision,
            brackets: own.brackets,
            until: own.comments_until.map(|until| When::time(cx.language, until)),
            overdue: own.is_overdue(cx.now),
            withdrawn_reason: own.withdrawn_reason.clone(),
            agreed: own
                .agreed_revision
                .zip(own.agreed_at)
                .map(|(revision, at)| (revision, When::date(cx.language, at))),
            may_revise: allows(actor, Verb::Revise, &object),
            pen: PenBar::load(cx, conn, own)?,
            may_chair: chairs.iter().any(|verb| allows(actor, *verb, &object)),
            tab,
        })
    }
}

/// The heading of a section in the reader's language.
#[must_use]
pub fn section_title(cx: &Cx, programme: &Programme, kind: &str) -> String {
    match (kind, audience_of(kind)) {
        (STATEMENT, _) => fl!(cx.l(), "section-statement"),
        (RATIONALE, _) => fl!(cx.l(), "section-rationale"),
        (_, Some(slug)) => {
            let name = programme.audience(slug).map(|own| own.name(cx.language).text);
            action_heading(cx.l(), slug, name.unwrap_or(slug))
        }
        _ => kind.to_owned(),
    }
}

/// The recommendation of the address, if it is the asker's to read.
///
/// # Errors
/// `NotFound` otherwise.
pub fn find(cx: &Cx, conn: &mut DbConn) -> Result<Recommendation, WebError> {
    let actor = cx.actor()?;
    let found = store::recommendations::find_visible_to(conn, actor, cx.param("reference"))?;
    found.ok_or(WebError::NotFound)
}

pub fn show(cx: &Cx) -> Answer {
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let title = format!("{} {}", own.reference, own.title);
        let chrome = cx.chrome(conn, &title)?.in_section("drafts");
        let head = Head::new(cx, conn, &programme, &own, "text")?;
        let rights = Rights::of(cx, &own)?;
        Ok::<_, WebError>(ShowPage {
            l: cx.l(),
            chrome,
            head,
            body: draft_bodies::find(cx, conn, &programme, own, rights)?,
            may_comment: rights.comment,
            annotate_js: files::address("js/annotate.js"),
        })
    })?;
    Reply::page(&page)
}
