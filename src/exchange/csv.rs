//! CSV: one row a claim, for spreadsheets and data frames.
//!
//! UTF-8 without a byte order mark, LF, quoted where RFC 4180 asks for it. The text comes from strangers, and a
//! spreadsheet takes a cell that begins with `=` for a formula: such cells get an apostrophe in front.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{COLUMNS, Cell, LIST};
use super::{Export, Format};

pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn title(&self) -> &'static str {
        "Table (CSV)"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(COLUMNS.iter().map(|column| column.name))?;
        for claim in &export.claims {
            for column in &COLUMNS {
                table.write_field(field((column.cell)(claim)).as_bytes())?;
            }
            table.write_record(None::<&[u8]>)?;
        }
        table.flush()
    }
}

/// A cell as CSV has it.
fn field(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Absent => Cow::Borrowed(""),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Text(text) => guarded(text),
        Cell::List(parts) => guarded(Cow::Owned(parts.join(LIST))),
    }
}

/// The text, which no spreadsheet takes for a formula.
fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { Cow::Owned(format!("'{text}")) } else { text }
}
