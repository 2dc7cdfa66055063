//! What is wrong with a form, field by field.

/// One fault: the field's name and the key of the sentence that says what to
/// do. The web layer speaks the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub key: &'static str,
    /// A number the sentence mentions, `n` (a limit, a line).
    pub n: Option<i64>,
}

/// All the faults of one form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub fn add(&mut self, field: impl Into<String>, key: &'static str) {
        self.0.push(Fault { field: field.into(), key, n: None });
    }

    pub fn add_n(&mut self, field: impl Into<String>, key: &'static str, n: usize) {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        self.0.push(Fault { field: field.into(), key, n: Some(n) });
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A form with a single fault.
    #[must_use]
    pub fn one(field: &str, key: &'static str) -> Self {
        let mut faults = Self::default();
        faults.add(field, key);
        faults
    }

    /// One line of text, trimmed: required, at most `longest` characters.
    pub fn line(&mut self, field: &str, raw: &str, longest: usize) -> String {
        let value = self.optional_line(field, raw, longest);
        if value.is_empty() && !self.names(field) {
            self.add(field, "fault-required");
        }
        value
    }

    /// One line of text, trimmed, that may be empty.
    pub fn optional_line(&mut self, field: &str, raw: &str, longest: usize) -> String {
        let value = raw.trim();
        if value.chars().any(char::is_control) {
            self.add(field, "fault-one-line");
        } else if value.chars().count() > longest {
            self.add_n(field, "fault-too-long", longest);
        }
        value.to_owned()
    }

    /// Whether a fault of this field is already known.
    #[must_use]
    pub fn names(&self, field: &str) -> bool {
        self.0.iter().any(|fault| fault.field == field)
    }

    /// `value`, or the faults found on the way to it.
    ///
    /// # Errors
    /// The faults, when there are any.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}
