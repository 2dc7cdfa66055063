//! A comment-resolution matrix that comes back: XLSX or CSV, read within
//! bounds, whoever wrote it.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::matrix::{COLUMNS, Row, unguard};

/// The most rows a sheet may have, the head apart.
pub const MOST_ROWS: usize = 1_000;
/// The most bytes an XLSX file may unfold to, over all its parts.
const MOST_UNFOLDED: u64 = 24 * 1024 * 1024;
/// The most parts an XLSX file may have.
const MOST_PARTS: usize = 200;
/// The most characters all cells together may have.
const MOST_CHARACTERS: usize = 600_000;
/// The most columns a sheet may have.
const MOST_COLUMNS: u32 = 60;

/// Why a sheet is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Neither XLSX nor CSV, or broken.
    #[error("not a sheet")]
    Unreadable,
    /// The first row has not the heads that it needs.
    #[error("other columns")]
    Columns,
    #[error("too many rows")]
    TooMany,
    #[error("too large")]
    TooLarge,
}

/// A row with the number a person sees beside it: 2 is the first below the
/// head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub number: usize,
    pub row: Row,
}

/// Reads a sheet; what it is is told by its first bytes, not by its name.
///
/// # Errors
/// When it is none, has other columns, or is beyond the bounds.
pub fn read(bytes: &[u8]) -> Result<Vec<Numbered>, SheetError> {
    let table = if bytes.starts_with(b"PK\x03\x04") { read_xlsx(bytes)? } else { read_csv(bytes)? };
    rows(table)
}

/// Rows of cells, with their numbers.
type Table = Vec<(usize, Vec<String>)>;

fn read_csv(bytes: &[u8]) -> Result<Table, SheetError> {
    let text = std::str::from_utf8(bytes).map_err(|_| SheetError::Unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\0') {
        return Err(SheetError::Unreadable);
    }
    // Spreadsheets of half of Europe write semicolons.
    let head = text.lines().next().unwrap_or_default();
    let semicolons = head.matches(';').count() > head.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut table = Table::new();
    let mut characters = 0;
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_| SheetError::Unreadable)?;
        let cells: Vec<String> = record.iter().map(|cell| unguard(cell).to_owned()).collect();
        characters += cells.iter().map(|cell| cell.chars().count()).sum::<usize>();
        check(at, cells.len(), characters)?;
        table.push((at + 1, cells));
    }
    Ok(table)
}

fn check(row: usize, columns: usize, characters: usize) -> Result<(), SheetError> {
    if row > MOST_ROWS {
        return Err(SheetError::TooMany);
    }
    let wide = columns > usize::try_from(MOST_COLUMNS).unwrap_or(usize::MAX);
    if wide || characters > MOST_CHARACTERS { Err(SheetError::TooLarge) } else { Ok(()) }
}

fn read_xlsx(bytes: &[u8]) -> Result<Table, SheetError> {
    refuse_bombs(bytes)?;
    let unreadable = |_| SheetError::Unreadable;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    let name = names.first().ok_or(SheetError::Unreadable)?;
    // Cell by cell: one cell far out would make the whole range enormous.
    let mut cells = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let mut table = Table::new();
    let mut characters = 0;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        characters += text.chars().count();
        let row = usize::try_from(row).map_err(|_| SheetError::TooMany)?;
        let column = usize::try_from(column).map_err(|_| SheetError::TooLarge)?;
        check(row, column + 1, characters)?;
        if table.last().is_none_or(|(number, _)| *number != row + 1) {
            table.push((row + 1, Vec::new()));
        }
        if let Some((_, own)) = table.last_mut() {
            if own.len() <= column {
                own.resize(column + 1, String::new());
            }
            own[column] = text;
        }
    }
    Ok(table)
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        _ => String::new(),
    }
}

/// Unfolds every part once, within bounds: what a file says of its own size is
/// not believed.
fn refuse_bombs(bytes: &[u8]) -> Result<(), SheetError> {
    let unreadable = |_| SheetError::Unreadable;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MOST_PARTS {
        return Err(SheetError::TooLarge);
    }
    let mut left = MOST_UNFOLDED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|_| SheetError::Unreadable)?;
        left = left.checked_sub(read).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// Which column of the matrix a head names.
fn column(head: &str) -> Option<usize> {
    let head = head.trim().to_lowercase();
    match head.as_str() {
        "paragraph" | "para" => Some(5),
        "type (ge/te/ed)" => Some(7),
        "comments" => Some(8),
        other => COLUMNS.iter().position(|own| *own == other),
    }
}

fn rows(table: Table) -> Result<Vec<Numbered>, SheetError> {
    let mut table = table.into_iter();
    let (_, head) = table.next().ok_or(SheetError::Columns)?;
    let columns: Vec<Option<usize>> = head.iter().map(|cell| column(cell)).collect();
    // Without these a row says nothing.
    if !columns.contains(&Some(8)) || !columns.contains(&Some(10)) {
        return Err(SheetError::Columns);
    }
    let mut found = Vec::new();
    for (number, cells) in table {
        let mut own: [String; 12] = Default::default();
        for (cell, column) in cells.into_iter().zip(&columns) {
            if let Some(column) = column {
                own[*column] = cell;
            }
        }
        if own.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(row) = Row::from_cells(own.to_vec()) else { continue };
        found.push(Numbered { number, row });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::matrix;

    fn sample() -> Vec<Row> {
        let odd = |text: &str| Row {
            id: "9007199254740993".into(),
            revision: "2".into(),
            section: "for:policy-makers".into(),
            comment: text.into(),
            observations: text.into(),
            ..Row::default()
        };
        ["=1+1", "'=x", "_x0041_", "a\nb, \"c\"; d", "ž 🚑 \u{202e}"].map(odd).to_vec()
    }

    #[test]
    fn what_goes_out_comes_back() {
        let rows = sample();
        let back = |bytes: &[u8]| -> Vec<Row> {
            read(bytes).unwrap().into_iter().map(|own| own.row).collect()
        };
        assert_eq!(
            back(&matrix::xlsx("T", &rows, crate::domain::Instant::default()).unwrap()),
            rows
        );
        assert_eq!(back(&matrix::csv(&rows).unwrap()), rows);
    }

    #[test]
    fn other_programs_write_other_csv() {
        let text = "Comment;Disposition;ID\r\nOne;noted;\r\n;;\r\n\"Two;\nlines\";;7\r\n";
        let found = read(text.as_bytes()).unwrap();
        let own: Vec<_> = found.iter().map(|own| (own.number, own.row.comment.as_str())).collect();
        assert_eq!(own, [(2, "One"), (4, "Two;\nlines")]);
        assert_eq!(found[1].row.id, "7");
    }

    #[test]
    fn what_is_no_sheet_or_too_much_is_refused() {
        assert_eq!(read(b"a,b\n1,2\n").unwrap_err(), SheetError::Columns);
        assert_eq!(read(&[0xff, 0xfe, 0x00]).unwrap_err(), SheetError::Unreadable);
        assert_eq!(read(b"PK\x03\x04nothing").unwrap_err(), SheetError::Unreadable);
        assert_eq!(read(b"").unwrap_err(), SheetError::Columns);
        let many = format!("comment,disposition\n{}", "x,\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(many.as_bytes()).unwrap_err(), SheetError::TooMany);
        let long = format!("comment,disposition\n{},\n", "x".repeat(MOST_CHARACTERS + 1));
        assert_eq!(read(long.as_bytes()).unwrap_err(), SheetError::TooLarge);
    }

    #[test]
    fn a_bomb_is_not_unfolded() {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file("xl/workbook.xml", options).unwrap();
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..32 {
            archive.write_all(&zeros).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 100_000);
        assert_eq!(read(&bytes).unwrap_err(), SheetError::TooLarge);
    }
}
