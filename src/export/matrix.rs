//! The ledger as a comment-resolution matrix, after the ISO/IEC template: the
//! same rows as XLSX and as CSV.

use std::borrow::Cow;

use rust_xlsxwriter::{DataValidation, DocProperties, Format, FormatAlign, Workbook, XlsxError};

use crate::domain::Instant;
use crate::domain::comment::Disposition;

/// The heads of the columns, which an import knows again: never translated.
pub const COLUMNS: [&str; 12] = [
    "id",
    "revision",
    "organisation",
    "reference",
    "section",
    "¶",
    "words",
    "type",
    "comment",
    "proposed change",
    "disposition",
    "observations",
];

/// The widths of the columns in XLSX, in characters.
const WIDTHS: [f64; 12] = [20.0, 9.0, 24.0, 11.0, 18.0, 6.0, 28.0, 8.0, 56.0, 40.0, 22.0, 44.0];

/// One comment or amendment; a cell that is empty says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// By which an answer filled in offline finds its comment.
    pub id: String,
    pub revision: String,
    pub organisation: String,
    pub reference: String,
    /// A section's kind, `statement`.
    pub section: String,
    /// The ¶ number, through all sections of the revision.
    pub paragraph: String,
    pub words: String,
    /// `ge`, `te` or `ed`.
    pub kind: String,
    pub comment: String,
    pub proposed: String,
    /// The word of a disposition, `accepted-in-part`, or `withdrawn`.
    pub disposition: String,
    pub observations: String,
}

impl Row {
    /// The cells in the order of [`COLUMNS`]; `None` for any other number.
    #[must_use]
    pub fn from_cells(cells: Vec<String>) -> Option<Self> {
        let cells: [String; 12] = cells.try_into().ok()?;
        let [id, revision, organisation, reference, section, paragraph, words, kind, ..] = &cells;
        let [.., comment, proposed, disposition, observations] = &cells;
        Some(Self {
            id: id.clone(),
            revision: revision.clone(),
            organisation: organisation.clone(),
            reference: reference.clone(),
            section: section.clone(),
            paragraph: paragraph.clone(),
            words: words.clone(),
            kind: kind.clone(),
            comment: comment.clone(),
            proposed: proposed.clone(),
            disposition: disposition.clone(),
            observations: observations.clone(),
        })
    }

    #[must_use]
    pub fn cells(&self) -> [&str; 12] {
        [
            &self.id,
            &self.revision,
            &self.organisation,
            &self.reference,
            &self.section,
            &self.paragraph,
            &self.words,
            &self.kind,
            &self.comment,
            &self.proposed,
            &self.disposition,
            &self.observations,
        ]
    }
}

/// What stands in the sheet for a disposition.
#[must_use]
pub fn disposition_word(of: Disposition) -> String {
    of.as_str().replace('-', " ")
}

/// The matrix as an XLSX file. Every cell is text, unaltered; the document's
/// properties name the text and the day, nobody.
///
/// # Errors
/// When a cell is longer than XLSX can hold, which the bounds of comments
/// prevent.
pub fn xlsx(title: &str, rows: &[Row], now: Instant) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_timestamp(now.and_utc().timestamp())?;
    let properties =
        DocProperties::new().set_title(title).set_author("Primum").set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Ledger")?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, &cell)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    for (number, row) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row.cells()) {
            if !text.is_empty() {
                sheet.write_string_with_format(number, column, fit(text), &cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(200);
    let words: Vec<String> = Disposition::ALL.iter().map(|own| disposition_word(*own)).collect();
    let kinds = DataValidation::new().allow_list_strings(&["ge", "te", "ed"])?;
    let dispositions = DataValidation::new().allow_list_strings(&words)?;
    sheet.add_data_validation(1, 7, last, 7, &kinds)?;
    sheet.add_data_validation(1, 10, last, 10, &dispositions)?;
    workbook.save_to_buffer()
}

/// The most that a cell of XLSX can hold, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// What stands at the end of a text that no cell can hold.
const CUT: &str = " … [too long for a cell; the whole of it is in the CSV]";

/// The text, unaltered unless no cell can hold it: twenty thousand emoji.
fn fit(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return Cow::Borrowed(text);
    }
    let mut left = LONGEST_CELL - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let fits = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push_str(CUT);
    Cow::Owned(cut)
}

/// The matrix as a CSV file for spreadsheets: UTF-8 with its mark, and no cell
/// that one of them would take for a formula.
///
/// # Errors
/// Never: the buffer is memory.
pub fn csv(rows: &[Row]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(row.cells().map(guard))?;
    }
    writer.into_inner().map_err(|fault| csv::Error::from(fault.into_error()))
}

/// What a spreadsheet takes for the start of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// An apostrophe before what a spreadsheet would reckon, and before a text that
/// looks as if it had one already.
fn guard(text: &str) -> String {
    if is_guarded(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

fn is_guarded(rest: &str) -> bool {
    rest.starts_with(FORMULA)
}

/// Takes the apostrophe away again that [`csv`] put there.
#[must_use]
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_guarded(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_survives_a_round() {
        for text in ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "'=1", "''-1", "'x", "x", "", "'"] {
            let guarded = guard(text);
            assert!(!guarded.starts_with(FORMULA), "{text:?}: {guarded:?}");
            assert_eq!(unguard(&guarded), text);
        }
        assert_eq!(guard("Plain - text"), "Plain - text");
    }

    #[test]
    fn a_file_names_nobody_and_keeps_every_character() {
        let comment = "=HYPERLINK(\"x\") & <b> _x0041_ \u{7}\nžluť 🚑".to_owned();
        let row = Row { id: "12".into(), comment, ..Row::default() };
        let now = Instant::default();
        let bytes = xlsx("RES-03", std::slice::from_ref(&row), now).unwrap();
        assert_eq!(bytes, xlsx("RES-03", &[row], now).unwrap(), "the same rows, the same file");
        let long = Row { comment: "🚑".repeat(20_000), ..Row::default() };
        assert!(xlsx("T", &[long], now).is_ok(), "no comment is too long");
        assert_eq!(fit("🚑"), "🚑");
    }
}
