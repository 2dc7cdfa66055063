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
    /// Names of the track's people and of their organisations, the longest
    /// first: whoever is named in somebody's words is not, outside.
    people: Vec<String>,
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
        let people = list_people(conn, track, &loaded)?;
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
            people,
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
                        self.leave_out_names(&mut row);
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
                    if attribution.is_anonymous(own.rule) {
                        self.leave_out_names(&mut row);
                    }
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

    /// Neither what was said nor the answer to it names anybody.
    fn leave_out_names(&self, row: &mut Row) {
        for cell in [&mut row.comment, &mut row.proposed, &mut row.observations] {
            for name in &self.people {
                *cell = without(cell, name);
            }
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

/// Everybody with a role in the track or a word in what is loaded, and their
/// organisations.
fn list_people(conn: &mut DbConn, track: TrackId, loaded: &Loaded) -> store::Result<Vec<String>> {
    let ids: Vec<CommentId> = loaded.comments.iter().map(|own| own.id).collect();
    let mut people: Vec<String> =
        store::mentions::list_of(conn, &ids)?.into_iter().map(|(.., name)| name).collect();
    for own in store::mentions::list_candidates(conn, track, MOST)? {
        people.extend([own.name, own.organisation]);
    }
    for own in &loaded.comments {
        people.extend([own.author_name.clone(), own.organisation_name.clone()]);
    }
    for own in &loaded.amendments {
        people.extend([own.author_name.clone(), own.organisation_name.clone()]);
    }
    people.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    people.dedup();
    Ok(people)
}

/// The text with `…` for a name, where it stands as words of its own.
fn without(text: &str, name: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name).filter(|_| !name.is_empty()) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let inside = before.ends_with(char::is_alphanumeric)
            || (before.is_empty() && kept.ends_with(char::is_alphanumeric))
            || after.starts_with(char::is_alphanumeric);
        kept.push_str(before);
        kept.push_str(if inside { name } else { "…" });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The organisation as those inside read it.
fn speaker(capacity: Capacity, organisation: &str) -> String {
    match capacity {
        Capacity::Organisation => organisation.to_owned(),
        Capacity::Personal => format!("{organisation} (personal capacity)"),
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn a_name_is_left_out_where_it_is_a_word_of_its_own() {
        assert_eq!(
            without("As @Ana Lee, Ana Lee’s and Ana Leeds say", "Ana Lee"),
            "As @…, …’s and Ana Leeds say"
        );
        assert_eq!(without("CERTAINLY CERT", "CERT"), "CERTAINLY …");
        assert_eq!(without("nothing", ""), "nothing");
    }
}
