//! Where a recommendation stands on its road.

use super::text_enum;

text_enum!(
    /// The stage of a recommendation. Being published is a property of an
    /// edition's entry, not a stage.
    Stage { Draft = "draft", Open = "open", Agreed = "agreed", Withdrawn = "withdrawn" }
);
