//! Everything a person reads, in every language: Fluent catalogues, embedded,
//! and dates as the language writes them.

pub mod format;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;

use crate::domain::language::Language;

pub use i18n_embed::fluent::FluentLanguageLoader as Loader;

#[derive(RustEmbed)]
#[folder = "src/i18n"]
#[include = "*.ftl"]
struct Catalogues;

/// The catalogues, one loader a language.
pub struct Catalog {
    loaders: Vec<(Language, Loader)>,
    right_to_left: bool,
}

/// Why the built-in catalogues could not be read: a defect of the build.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue of {language} cannot be read: {fault}")]
pub struct CatalogError {
    language: Language,
    fault: String,
}

impl Catalog {
    /// # Errors
    /// When a built-in catalogue is not valid Fluent.
    pub fn new() -> Result<Self, CatalogError> {
        let mut loaders = Vec::new();
        for language in Language::ALL {
            loaders.push((*language, load(*language)?));
        }
        Ok(Self { loaders, right_to_left: false })
    }

    /// A pseudo-language for tests: every message in ⟦brackets⟧ with accented
    /// letters, so that a text that went round the catalogue is seen; and the
    /// pages from right to left.
    ///
    /// # Errors
    /// As [`Catalog::new`].
    pub fn pseudo() -> Result<Self, CatalogError> {
        let catalog = Self::new()?;
        for (_, loader) in &catalog.loaders {
            loader.with_bundles_mut(|bundle| bundle.set_transform(Some(accented)));
        }
        Ok(Self { right_to_left: true, ..catalog })
    }

    #[must_use]
    pub fn loader(&self, language: Language) -> &Loader {
        // The constructor loaded every language there is.
        let found = self.loaders.iter().find(|(own, _)| *own == language);
        &found.unwrap_or(&self.loaders[0]).1
    }

    /// `ltr` or `rtl`, for the `dir` attribute.
    #[must_use]
    pub const fn direction(&self) -> &'static str {
        if self.right_to_left { "rtl" } else { "ltr" }
    }
}

fn load(language: Language) -> Result<Loader, CatalogError> {
    let fault = |fault: String| CatalogError { language, fault };
    let english: unic_langid::LanguageIdentifier =
        "en".parse().map_err(|_| fault("en is no language".into()))?;
    let wanted: unic_langid::LanguageIdentifier =
        language.as_str().parse().map_err(|_| fault("no such language".into()))?;
    let loader = FluentLanguageLoader::new("primum", english);
    loader.load_languages(&Catalogues, &[wanted]).map_err(|error| fault(error.to_string()))?;
    // Isolating marks would break addresses and byte-for-byte tests; names of
    // people stand in <bdi> instead.
    loader.set_use_isolating(false);
    Ok(loader)
}

fn accented(text: &str) -> std::borrow::Cow<'_, str> {
    text.chars()
        .map(|c| match c {
            'a' => 'å',
            'e' => 'é',
            'i' => 'î',
            'o' => 'ø',
            'u' => 'ü',
            'A' => 'Å',
            'E' => 'É',
            'O' => 'Ø',
            other => other,
        })
        .collect::<String>()
        .into()
}

/// The message of a key that is known only at run time (a stage, a fault).
/// Tests check that every such key exists.
#[must_use]
pub fn message(loader: &Loader, key: &str) -> String {
    loader.get(key)
}

/// As [`message`], with one text that the sentence mentions.
#[must_use]
pub fn message_with(loader: &Loader, key: &str, name: &str, value: &str) -> String {
    let mut arguments = std::collections::HashMap::new();
    arguments.insert(name, fluent_bundle::FluentValue::from(value));
    loader.get_args_concrete(key, arguments)
}

/// As [`message`], with the number the sentence mentions.
#[must_use]
pub fn message_n(loader: &Loader, key: &str, n: i64) -> String {
    let mut arguments = std::collections::HashMap::new();
    arguments.insert("n", fluent_bundle::FluentValue::from(n));
    loader.get_args_concrete(key, arguments)
}
