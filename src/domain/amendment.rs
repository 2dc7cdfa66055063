//! Amendments: a change of one block that somebody proposes.

use super::text_enum;

text_enum!(
    /// What an amendment does to its block.
    AmendmentVerb {
        Replace = "replace",
        /// Puts new text after the block.
        Insert = "insert",
        Delete = "delete",
    }
);
