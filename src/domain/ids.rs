//! Typed ids: an account's id cannot be passed for a track's.

macro_rules! ids {
    ($($name:ident),+ $(,)?) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids!(
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
