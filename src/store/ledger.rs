//! The ledger: comments and amendments as one list, oldest first.

use std::fmt::Write;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{DbConn, Result};
use crate::domain::comment::CommentKind;
use crate::domain::ids::{
    AmendmentId, CommentId, GroupId, OrganisationId, RecommendationId, TrackId,
};
use crate::domain::ledger::{EntryKind, EntryState, Filter, WHOLE};

/// Of what it is the ledger.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    Recommendation(RecommendationId),
    Track(TrackId),
}

/// One row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Comment(CommentId),
    Amendment(AmendmentId),
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = BigInt)]
    what: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    group_id: i64,
    #[diesel(sql_type = Text)]
    name: String,
}

/// One page of the entries.
pub fn list(
    conn: &mut DbConn,
    scope: Scope,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT what, id FROM ({}) AS entries ORDER BY at, id LIMIT {limit} OFFSET {offset}",
        union(scope, filter)
    );
    let keys: Vec<Key> = diesel::sql_query(sql).bind::<Text, _>(section_of(filter)).load(conn)?;
    let entry = |key: Key| match key.what {
        0 => Entry::Comment(CommentId(key.id)),
        _ => Entry::Amendment(AmendmentId(key.id)),
    };
    Ok(keys.into_iter().map(entry).collect())
}

pub fn count(conn: &mut DbConn, scope: Scope, filter: &Filter) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS n FROM ({}) AS entries", union(scope, filter));
    let found: Count =
        diesel::sql_query(sql).bind::<Text, _>(section_of(filter)).get_result(conn)?;
    Ok(found.n)
}

/// Every organisation that contributed, with its group and its name, by name.
pub fn list_organisations(
    conn: &mut DbConn,
    scope: Scope,
    limit: i64,
) -> Result<Vec<(OrganisationId, GroupId, String)>> {
    let within = within(scope);
    let sql = format!(
        "SELECT id, group_id, name FROM organisations WHERE id IN ( \
         SELECT e.organisation_id FROM comments e \
         JOIN recommendations r ON r.id = e.recommendation_id WHERE {within} \
         UNION SELECT e.organisation_id FROM amendments e \
         JOIN recommendations r ON r.id = e.recommendation_id WHERE {within}) \
         ORDER BY name, id LIMIT {limit}"
    );
    let pairs: Vec<Pair> = diesel::sql_query(sql).load(conn)?;
    let pair = |own: Pair| (OrganisationId(own.id), GroupId(own.group_id), own.name);
    Ok(pairs.into_iter().map(pair).collect())
}

/// Numbers and words of our own enums stand in the statement itself; the one
/// text that came from outside, the section, is `$1`.
fn union(scope: Scope, filter: &Filter) -> String {
    let within = within(scope);
    let from = |table: &str| {
        format!("FROM {table} e JOIN recommendations r ON r.id = e.recommendation_id")
    };
    format!(
        "SELECT CAST(0 AS BIGINT) AS what, e.id AS id, e.created_at AS at {} \
         WHERE {within} AND e.parent_id IS NULL{} \
         UNION ALL SELECT CAST(1 AS BIGINT), e.id, e.created_at {} WHERE {within}{}",
        from("comments"),
        conditions(filter, "comment"),
        from("amendments"),
        conditions(filter, "amendment"),
    )
}

fn within(scope: Scope) -> String {
    match scope {
        Scope::Recommendation(id) => format!("e.recommendation_id = {id}"),
        Scope::Track(id) => format!("r.track_id = {id}"),
    }
}

fn section_of(filter: &Filter) -> &str {
    &filter.section
}

/// What of the filter narrows comments, or amendments.
fn conditions(filter: &Filter, table: &str) -> String {
    let mut sql = String::new();
    match filter.state {
        None => {}
        Some(EntryState::Open) => {
            sql.push_str(" AND e.disposition IS NULL AND e.withdrawn_at IS NULL");
        }
        Some(EntryState::Answered) => sql.push_str(" AND e.disposition IS NOT NULL"),
        Some(EntryState::Withdrawn) => sql.push_str(" AND e.withdrawn_at IS NOT NULL"),
        Some(EntryState::Contested) => {
            _ = write!(sql, " AND EXISTS (SELECT 1 FROM contests k WHERE k.{table}_id = e.id)");
        }
    }
    let comments = table == "comment";
    let kind = match filter.kind {
        None => None,
        Some(EntryKind::Comment) => {
            sql.push_str(if comments { "" } else { " AND 1 = 0" });
            None
        }
        Some(EntryKind::Amendment) => {
            sql.push_str(if comments { " AND 1 = 0" } else { "" });
            None
        }
        Some(EntryKind::General) => Some(CommentKind::General),
        Some(EntryKind::Substantive) => Some(CommentKind::Substantive),
        Some(EntryKind::Editorial) => Some(CommentKind::Editorial),
    };
    if let Some(kind) = kind {
        if comments {
            _ = write!(sql, " AND e.kind = '{kind}'");
        } else {
            sql.push_str(" AND 1 = 0");
        }
    }
    if let Some(id) = filter.organisation {
        _ = write!(sql, " AND e.organisation_id = {id}");
    }
    if let Some(disposition) = filter.disposition {
        _ = write!(sql, " AND e.disposition = '{disposition}'");
    }
    if comments {
        _ = write!(
            sql,
            " AND ($1 = '' OR e.section = $1 OR ($1 = '{WHOLE}' AND e.section IS NULL))"
        );
    } else {
        sql.push_str(" AND ($1 = '' OR e.section = $1)");
    }
    sql
}
