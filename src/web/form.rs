//! Forms and queries: parsed, not checked. Every field is taken by name, and
//! one that nobody takes refuses the form.

use i18n_embed_fl::fl;

use super::error::WebError;
use crate::domain::fault::Faults;
use crate::i18n::{self, Loader};

/// The fields of a form or a query, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The first field of this name, or an empty text.
    pub fn take(&mut self, name: &str) -> String {
        self.take_optional(name).unwrap_or_default()
    }

    pub fn take_optional(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(own, _)| own == name)?;
        Some(self.0.remove(at).1)
    }

    /// Every field of this name, in order.
    pub fn take_all(&mut self, name: &str) -> Vec<String> {
        let (taken, rest) =
            std::mem::take(&mut self.0).into_iter().partition(|(own, _)| own == name);
        self.0 = rest;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// The field, read as `T`; `None` when absent or not one.
    pub fn take_parsed<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        self.take(name).trim().parse().ok()
    }

    /// The value of a field, left in place.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// What is left of the form: for the page that gives the typing back.
    #[must_use]
    pub fn into_typed(self) -> Vec<(String, String)> {
        self.0
    }

    /// Refuses what nobody took: an unknown field, or one given twice.
    ///
    /// # Errors
    /// `BadRequest` naming the field.
    pub fn finish(self) -> Result<(), WebError> {
        match self.0.into_iter().next() {
            Some((name, _)) => Err(WebError::UnknownField(name)),
            None => Ok(()),
        }
    }
}

/// Sentences that fit any field: the summary above a form puts the field's
/// label before them, so that every link there says where it leads.
const NAMELESS: &[&str] = &[
    "fault-required",
    "fault-one-line",
    "fault-too-long",
    "fault-too-deep",
    "fault-too-many-blocks",
    "fault-choose",
    "fault-date-time",
    "fault-time",
];

/// What fields are called, by their names; a test reads it too.
pub const LABELS: &[(&str, &str)] = &[
    ("addresses", "invite-addresses"),
    ("agenda", "workshop-agenda"),
    ("body", "comment-body"),
    ("capacity", "comment-capacity"),
    ("changed", "answer-changed"),
    ("disposition", "comment-disposition"),
    ("ends", "workshop-ends"),
    ("days", "stage-contest-days"),
    ("falls", "compromise-falls"),
    ("foreword", "edition-foreword"),
    ("group", "organisation-group"),
    ("kind", "comment-kind"),
    ("language", "nav-language"),
    ("link", "workshop-link"),
    ("mark", "track-mark"),
    ("name", "account-name"),
    ("organisation", "account-organisation"),
    ("place", "workshop-place"),
    ("proposed", "comment-proposed-field"),
    ("rationale", "section-rationale"),
    ("reason", "word-reason"),
    ("role", "invitation-role"),
    ("rule", "track-rule"),
    ("sheet", "import-file"),
    ("starts", "workshop-starts"),
    ("state", "organisation-state"),
    ("statement", "section-statement"),
    ("summary", "edit-summary"),
    ("text", "answer-text"),
    ("title", "edit-field-title"),
    ("track", "word-track"),
    ("until", "stage-until"),
    ("words", "comment-words"),
    ("wording", "amendment-wording"),
    ("zone", "workshop-zone"),
];

/// The faults of a form in the reader's language: what templates show.
#[derive(Debug, Clone, Default)]
pub struct FieldErrors {
    at_fields: Vec<(String, String)>,
    in_summary: Vec<(String, String)>,
}

impl FieldErrors {
    #[must_use]
    pub fn new(faults: &Faults, loader: &Loader) -> Self {
        Self::called(faults, loader, |_| None)
    }

    /// As [`FieldErrors::new`], with what this form itself calls a field.
    #[must_use]
    pub fn called(faults: &Faults, loader: &Loader, own: impl Fn(&str) -> Option<String>) -> Self {
        let mut errors = Self::default();
        for fault in &faults.0 {
            let text = match fault.n {
                Some(n) => i18n::message_n(loader, fault.key, n),
                None => i18n::message(loader, fault.key),
            };
            let known = || LABELS.iter().find(|(field, _)| *field == fault.field);
            let label = own(&fault.field)
                .or_else(|| known().map(|(_, label)| i18n::message(loader, label)));
            let whole = match label {
                Some(label) if NAMELESS.contains(&fault.key) => {
                    fl!(loader, "fault-at", field = label, sentence = text.clone())
                }
                _ => text.clone(),
            };
            errors.at_fields.push((fault.field.clone(), text));
            errors.in_summary.push((fault.field.clone(), whole));
        }
        errors
    }

    /// The sentence at a field; empty when it is in order.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.at_fields.iter().find(|(own, _)| own == field).map_or("", |(_, text)| text)
    }

    #[must_use]
    pub fn any(&self) -> bool {
        !self.at_fields.is_empty()
    }

    /// Field and sentence of each, for the summary; the field's id is its name.
    #[must_use]
    pub fn list(&self) -> &[(String, String)] {
        &self.in_summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_nobody_asked_for_refuses_the_form() {
        let mut fields = Fields::parse(b"a=1&b=2&b=3");
        assert_eq!(fields.take("a"), "1");
        assert_eq!(fields.take_all("b"), ["2", "3"]);
        assert!(fields.finish().is_ok());
        let mut fields = Fields::parse(b"title=x&role=chair");
        assert_eq!(fields.take("title"), "x");
        assert!(fields.finish().is_err());
        let mut twice = Fields::parse(b"title=x&title=y");
        assert_eq!(twice.take("title"), "x");
        assert!(twice.finish().is_err());
    }
}
