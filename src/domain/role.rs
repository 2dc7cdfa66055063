//! Roles in a track, and the capacity in which somebody speaks.

use super::text_enum;

text_enum!(
    /// A role in one track; each includes those before it.
    Role { Observer = "observer", Participant = "participant", Drafter = "drafter", Chair = "chair" }
);

text_enum!(
    /// In whose name a contribution is made.
    Capacity { Organisation = "organisation", Personal = "personal" }
);

text_enum!(
    /// How contributions of a track are attributed outside it, loosest first.
    AttributionRule { Named = "named", Organisation = "organisation", ChathamHouse = "chatham-house" }
);
