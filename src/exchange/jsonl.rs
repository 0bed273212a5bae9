//! JSON Lines: one claim a line, each the object that [`json`](super::json) has in its list.

use std::io::{self, Write};

use super::{Export, Format, json};

pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn title(&self) -> &'static str {
        "JSON Lines"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        for claim in &export.claims {
            serde_json::to_writer(&mut *out, &json::object(claim))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
