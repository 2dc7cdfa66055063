//! The ledger as a file: for those with a role in the track, and, with the
//! attribution rule applied, for passing on.

use std::collections::HashMap;

use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::ledger::{filter_of, find_track};
use super::ledger_rows::Loaded;
use super::recommendations::find;
use crate::app::Standings;
use crate::domain::attribution::{Attribution, Contributor, Shown};
use crate::domain::ids::{CommentId, GroupId, OrganisationId, RecommendationId, TrackId};
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::role::{AttributionRule, Capacity};
use crate::export::matrix::{self, Row, disposition_word};
use crate::store::amendments::Amendment;
use crate::store::comments::Comment;
use crate::store::ledger::{Entry, Scope};
use crate::store::{self, DbConn};

/// The most entries a file holds.
const MOST: i64 = 10_000;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// The two kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Csv,
}

pub fn show_xlsx(cx: &Cx) -> Answer {
    of_text(cx, Kind::Xlsx)
}

pub fn show_csv(cx: &Cx) -> Answer {
    of_text(cx, Kind::Csv)
}

pub fn show_track_xlsx(cx: &Cx) -> Answer {
    of_track(cx, Kind::Xlsx)
}

pub fn show_track_csv(cx: &Cx) -> Answer {
    of_track(cx, Kind::Csv)
}

fn is_outside(cx: &Cx) -> bool {
    cx.query().take("for") == "outside"
}

fn of_text(cx: &Cx, kind: Kind) -> Answer {
    let (name, rows) = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let scope = Scope::Recommendation(own.id);
        let source = Source::load(cx, conn, &programme, scope, own.track)?;
        Ok::<_, WebError>((own.reference, source.rows(is_outside(cx))))
    })?;
    file(cx, kind, &name, &rows)
}

fn of_track(cx: &Cx, kind: Kind) -> Answer {
    let (name, rows) = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let track = find_track(cx, &programme)?;
        let source = Source::load(cx, conn, &programme, Scope::Track(track.id), track.id)?;
        Ok::<_, WebError>((track.slug.clone(), source.rows(is_outside(cx))))
    })?;
    file(cx, kind, &name, &rows)
}

/// Neither its name nor its properties say who contributed or who asked.
fn file(cx: &Cx, kind: Kind, name: &str, rows: &[Row]) -> Answer {
    let suffix = if is_outside(cx) { "-outside" } else { "" };
    let failed = |fault: &dyn std::fmt::Display| WebError::Internal(format!("matrix: {fault}"));
    let (mime, ending, bytes) = match kind {
        Kind::Xlsx => {
            let title = fl!(cx.l(), "ledger-file-title", name = name);
            let bytes = matrix::xlsx(&title, rows, cx.now).map_err(|fault| failed(&fault))?;
            (XLSX, "xlsx", bytes)
        }
        Kind::Csv => (CSV, "csv", matrix::csv(rows).map_err(|fault| failed(&fault))?),
    };
    Ok(Reply::file(mime, bytes).saved_as(format!("{name}-ledger{suffix}.{ending}")))
}

/// Everything a file is made of.
struct Source<'a> {
    programme: &'a Programme,
    rule: AttributionRule,
    entries: Vec<Entry>,
    loaded: Loaded,
    groups: HashMap<OrganisationId, GroupId>,
    /// Who is named in each comment: outside, they are not.
    named: HashMap<CommentId, Vec<String>>,
    standings: Standings,
}

impl<'a> Source<'a> {
    fn load(
        cx: &Cx,
        conn: &mut DbConn,
        programme: &'a Programme,
        scope: Scope,
        track: TrackId,
    ) -> Result<Self, WebError> {
        let entries = store::ledger::list(conn, scope, &filter_of(cx), 0, MOST)?;
        let loaded = Loaded::read(conn, &entries)?;
        let groups = store::ledger::list_organisations(conn, scope, MOST)?;
        let ids: Vec<CommentId> = loaded.comments.iter().map(|own| own.id).collect();
        let mut named: HashMap<CommentId, Vec<String>> = HashMap::new();
        for (comment, _, name) in store::mentions::list_of(conn, &ids)? {
            named.entry(comment).or_default().push(name);
        }
        Ok(Self {
            programme,
            // What is not known is the strictest.
            rule: programme
                .track_by_id(track)
                .map_or(AttributionRule::ChathamHouse, |track| track.rule),
            entries,
            standings: loaded.standings(cx, conn)?,
            loaded,
            groups: groups.into_iter().map(|(id, group, _)| (id, group)).collect(),
            named,
        })
    }

    fn rows(&self, outside: bool) -> Vec<Row> {
        let comments: HashMap<i64, &Comment> =
            self.loaded.comments.iter().map(|own| (own.id.0, own)).collect();
        let amendments: HashMap<i64, &Amendment> =
            self.loaded.amendments.iter().map(|own| (own.id.0, own)).collect();
        let attributions = self.attributions();
        let row = |entry: &Entry| match entry {
            Entry::Comment(id) => {
                let own = comments.get(&id.0)?;
                let mut row = self.comment(own);
                if outside {
                    let attribution = attributions.get(&own.recommendation)?;
                    let name = (own.author_name.as_str(), own.organisation_name.as_str());
                    let said = (own.organisation, own.capacity, own.rule);
                    row.organisation = self.outside(attribution, name, said);
                    if attribution.is_anonymous(own.rule) {
                        for name in self.named.get(&own.id).into_iter().flatten() {
                            row.comment = row.comment.replace(name.as_str(), "…");
                        }
                    }
                }
                Some(row)
            }
            Entry::Amendment(id) => {
                let own = amendments.get(&id.0)?;
                let mut row = self.amendment(own);
                if outside {
                    let attribution = attributions.get(&own.recommendation)?;
                    let name = (own.author_name.as_str(), own.organisation_name.as_str());
                    let said = (own.organisation, own.capacity, own.rule);
                    row.organisation = self.outside(attribution, name, said);
                }
                Some(row)
            }
        };
        let mut rows: Vec<Row> = self.entries.iter().filter_map(row).collect();
        if outside {
            // Ids and the order in which things were said would tell who spoke
            // when: outside, rows stand by place and then by their words.
            let place = |row: &Row| row.paragraph.parse::<u32>().unwrap_or(0);
            rows.sort_by(|one, other| {
                (&one.reference, &one.section, place(one), &one.comment).cmp(&(
                    &other.reference,
                    &other.section,
                    place(other),
                    &other.comment,
                ))
            });
            for (row, n) in rows.iter_mut().zip(1..) {
                row.id = format!("{n}");
            }
        }
        rows
    }

    /// For each recommendation, from how many organisations of a group it has
    /// contributions.
    fn attributions(&self) -> HashMap<RecommendationId, Attribution> {
        let comments =
            self.loaded.comments.iter().map(|own| (own.recommendation, own.organisation));
        let amendments =
            self.loaded.amendments.iter().map(|own| (own.recommendation, own.organisation));
        let mut pairs: HashMap<RecommendationId, Vec<(OrganisationId, GroupId)>> = HashMap::new();
        for (of, organisation) in comments.chain(amendments) {
            let group = self.groups.get(&organisation).copied();
            pairs.entry(of).or_default().extend(group.map(|group| (organisation, group)));
        }
        pairs.into_iter().map(|(of, own)| (of, Attribution::outside(self.rule, &own))).collect()
    }

    fn outside(
        &self,
        attribution: &Attribution,
        (name, organisation_name): (&str, &str),
        (organisation, capacity, rule): (OrganisationId, Capacity, AttributionRule),
    ) -> String {
        let Some(group) = self.groups.get(&organisation).copied() else { return String::new() };
        let of = Contributor { name, organisation, organisation_name, group, capacity, rule };
        match attribution.shown(&of) {
            Shown::Person(name, organisation) => format!("{name}, {organisation}"),
            Shown::Organisation(name) => name.to_owned(),
            Shown::Group(group) => {
                let group = self.programme.group_by_id(group);
                group.map(|own| own.name(Language::En).text.to_owned()).unwrap_or_default()
            }
            Shown::Personally => "personal capacity".to_owned(),
            Shown::Nobody => String::new(),
        }
    }

    fn comment(&self, own: &Comment) -> Row {
        // Where it stands now; the section it was put in when its words are gone.
        let now = self.standings.get(&own.id).filter(|now| now.position.is_some());
        let section = now.and_then(|now| now.section.clone()).or_else(|| own.section.clone());
        let paragraph = now.and_then(|now| now.number).map(|number| number.to_string());
        let withdrawn = own.withdrawn_at.map(|_| "withdrawn".to_owned());
        Row {
            id: own.id.to_string(),
            revision: own.revision.to_string(),
            organisation: speaker(own.capacity, &own.organisation_name),
            reference: self.loaded.reference(own.recommendation),
            section: section.unwrap_or_default(),
            paragraph: paragraph.unwrap_or_default(),
            words: own.exact.clone().unwrap_or_default(),
            kind: own.kind.map(|kind| kind.letters().to_owned()).unwrap_or_default(),
            comment: own.body.clone(),
            proposed: own.proposed.clone().unwrap_or_default(),
            disposition: own.disposition.map(disposition_word).or(withdrawn).unwrap_or_default(),
            observations: own.reason.clone().unwrap_or_default(),
        }
    }

    fn amendment(&self, own: &Amendment) -> Row {
        let withdrawn = own.withdrawn_at.map(|_| "withdrawn".to_owned());
        let deletes = own.verb == crate::domain::amendment::AmendmentVerb::Delete;
        Row {
            id: own.name(),
            revision: own.revision.to_string(),
            organisation: speaker(own.capacity, &own.organisation_name),
            reference: self.loaded.reference(own.recommendation),
            section: own.section.clone(),
            paragraph: self.loaded.number_of(own).map(|n| n.to_string()).unwrap_or_default(),
            words: own.original.trim().to_owned(),
            kind: "te".to_owned(),
            comment: own.reason.clone(),
            proposed: if deletes { "(delete)".to_owned() } else { own.wording.trim().to_owned() },
            disposition: own.disposition.map(disposition_word).or(withdrawn).unwrap_or_default(),
            observations: own.disposition_reason.clone().unwrap_or_default(),
        }
    }
}

/// The organisation as those inside read it.
fn speaker(capacity: Capacity, organisation: &str) -> String {
    match capacity {
        Capacity::Organisation => organisation.to_owned(),
        Capacity::Personal => format!("{organisation} (personal capacity)"),
    }
}
