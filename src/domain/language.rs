//! The languages the interface speaks.

use super::text_enum;

text_enum!(
    /// An interface language. `/fr/…` is a missing page until French exists.
    Language { En = "en", Cs = "cs" }
);

impl Language {
    /// The language's name in itself, for the language list.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cs => "Čeština",
        }
    }

    /// The best of our languages for an `Accept-Language` header.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best = (Self::En, 0.0_f32);
        for part in header.split(',').take(20) {
            let mut fields = part.split(';');
            let tag = fields.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = fields
                .find_map(|field| field.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            let primary = tag.split('-').next().unwrap_or_default();
            if let Some(language) = Self::from_text(primary)
                && weight > best.1
            {
                best = (language, weight);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Language::accepted("cs-CZ,cs;q=0.9,en;q=0.8"), Language::Cs);
        assert_eq!(Language::accepted("fr,cs;q=0.3,en;q=0.5"), Language::En);
        assert_eq!(Language::accepted("cs;q=0"), Language::En);
        assert_eq!(Language::accepted(""), Language::En);
    }
}
