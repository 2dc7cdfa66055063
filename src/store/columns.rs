//! How domain values are spelled in columns.

use diesel::backend::Backend;
use diesel::deserialize::{FromSql, Queryable, Result};
use diesel::sql_types::{BigInt, Text};

use crate::domain::amendment::{AmendmentVerb, RebaseKind};
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::comment::{CommentKind, Disposition};
use crate::domain::ids::{
    AccountId, AmendmentId, AudienceId, BracketId, CommentId, ContestId, DecisionId, EditionId,
    GroupId, InvitationId, OrganisationId, RecommendationId, RevisionId, SessionId, TrackId,
    WorkshopId,
};
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;
use crate::domain::pen::PenMove;
use crate::domain::recommendation::BlockIds;
use crate::domain::role::{AttributionRule, Capacity, Role};
use crate::domain::stage::Stage;

macro_rules! ids_from_sql {
    ($($name:ident),+ $(,)?) => {$(
        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> Result<Self> {
                i64::from_sql(bytes).map($name)
            }
        }

        impl<DB: Backend> Queryable<BigInt, DB> for $name
        where
            Self: FromSql<BigInt, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> Result<Self> {
                Ok(row)
            }
        }
    )+};
}

impl<DB: Backend> FromSql<Text, DB> for BlockIds
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> Result<Self> {
        let text = String::from_sql(bytes)?;
        Self::from_text(&text).ok_or_else(|| format!("no block ids: {text:?}").into())
    }
}

impl<DB: Backend> Queryable<Text, DB> for BlockIds
where
    Self: FromSql<Text, DB>,
{
    type Row = Self;
    fn build(row: Self) -> Result<Self> {
        Ok(row)
    }
}

macro_rules! enums_from_sql {
    ($($name:ident),+ $(,)?) => {$(
        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> Result<Self> {
                let text = String::from_sql(bytes)?;
                $name::from_text(&text)
                    .ok_or_else(|| format!("unknown {}: {text:?}", stringify!($name)).into())
            }
        }

        impl<DB: Backend> Queryable<Text, DB> for $name
        where
            Self: FromSql<Text, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> Result<Self> {
                Ok(row)
            }
        }
    )+};
}

ids_from_sql!(
    AccountId,
    AmendmentId,
    AudienceId,
    BracketId,
    CommentId,
    ContestId,
    DecisionId,
    EditionId,
    GroupId,
    InvitationId,
    OrganisationId,
    RecommendationId,
    RevisionId,
    SessionId,
    TrackId,
    WorkshopId,
);

enums_from_sql!(
    AmendmentVerb,
    AttributionRule,
    AuditObject,
    AuditVerb,
    Capacity,
    CommentKind,
    Disposition,
    Language,
    NoticeKind,
    PenMove,
    RebaseKind,
    Role,
    Stage,
);
