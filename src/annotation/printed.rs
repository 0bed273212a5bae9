//! RON text of a data file's structures, as this project prints it: UTF-8, LF, no field without a value.
//!
//! The counterpart of `record.rs`. Held by `tests/codebook.rs`.

use std::fmt::Write as _;

use super::{Extra, push_quoted};

/// A structure under way, `(name: value, …)`, its fields in the order given.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    fields: Vec<(String, String)>,
}

/// Text in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// A list on one line.
pub(crate) fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A list with one entry a line; `depth` is the number of levels (two blanks each) that its field is set in by.
pub(crate) fn lines(entries: &[String], depth: usize) -> String {
    if entries.is_empty() {
        return "[]".to_owned();
    }
    let indent = "  ".repeat(depth);
    let mut out = String::from("[\n");
    for entry in entries {
        _ = writeln!(out, "{indent}  {entry},");
    }
    out + &indent + "]"
}

impl Printed {
    /// A field whose value is RON text already.
    pub fn raw(mut self, name: &str, ron: String) -> Self {
        self.fields.push((name.to_owned(), ron));
        self
    }

    /// A text.
    pub fn text(self, name: &str, text: &str) -> Self {
        self.raw(name, quoted(text))
    }

    /// A text, left out where there is none.
    pub fn some(self, name: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// A list of texts, left out where it is empty.
    pub fn texts(self, name: &str, texts: &[String]) -> Self {
        if texts.is_empty() { self } else { self.raw(name, list(texts)) }
    }

    /// `true`, left out where it is not.
    pub fn flag(self, name: &str, set: bool) -> Self {
        if set { self.raw(name, "true".to_owned()) } else { self }
    }

    /// A number, left out where there is none.
    pub fn number(self, name: &str, number: Option<f64>) -> Self {
        match number {
            Some(number) => self.raw(name, number.to_string()),
            None => self,
        }
    }

    /// Fields that were read and not understood, as they stood; one takes the place of a field of the same name that
    /// was given before.
    pub fn extra(mut self, extra: &Extra) -> Self {
        for (name, ron) in extra {
            self.fields.retain(|(own, _)| own != name);
            self.fields.push((name.clone(), ron.clone()));
        }
        self
    }

    /// Name and value of each field, in order.
    pub fn into_fields(self) -> Vec<(String, String)> {
        self.fields
    }

    /// Leaves out the fields of which `keep` says no.
    pub fn keeping(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.fields.retain(|(name, _)| keep(name));
        self
    }

    /// The structure on one line.
    pub fn on_one_line(self) -> String {
        let fields: Vec<String> = self.fields.into_iter().map(|(name, ron)| format!("{name}: {ron}")).collect();
        format!("({})", fields.join(", "))
    }

    /// The structure with one field a line, set in by `depth` levels.
    pub fn on_lines(self, depth: usize) -> String {
        let indent = "  ".repeat(depth);
        let mut out = String::from("(\n");
        for (name, ron) in self.fields {
            _ = writeln!(out, "{indent}  {name}: {ron},");
        }
        out + &indent + ")"
    }
}
