//! The dialogue itself, pure: no SQL, HTTP, HTML, clock, randomness or files.

pub mod account;
pub mod actor;
pub mod amendment;
pub mod attribution;
pub mod audit;
pub mod comment;
pub mod edition;
pub mod fault;
pub mod ids;
pub mod language;
pub mod ledger;
pub mod notice;
pub mod pen;
pub mod permission;
pub mod programme;
pub mod recommendation;
pub mod role;
pub mod stage;
pub mod working_copy;
pub mod workshop;

/// An instant, UTC, to the microsecond (what both engines keep).
pub type Instant = chrono::NaiveDateTime;

/// Spells an enum in columns, forms and addresses: one word a variant.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The variant of this exact spelling.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use text_enum;
