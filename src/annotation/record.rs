//! A structure of a data file (a scale, a codebook) read field by field: what is understood is taken, what is not is
//! told and kept.
//!
//! Knows RON's syntax and nothing of what the fields mean. Held by `tests/scales.rs` and `tests/codebook.rs`.

use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeOwned, MapAccess, Visitor};

use super::Extra;

/// What could not be understood in a data file, and where. The rest was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The way to the field: `kinds[3].digit`.
    pub place: String,
    /// What is wrong, and what was done instead.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.place, self.message) }
    }
}

/// The fields of one structure that were not taken yet, in the order of the file, each as RON text.
#[derive(Debug)]
pub(crate) struct Record {
    place: String,
    fields: Vec<(String, String)>,
    /// Fields that were asked for and are not what was expected; told already.
    misread: Vec<(String, String)>,
}

/// Any structure, its field names and the RON text of their values.
struct Fields(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyStructure;
        impl<'de> Visitor<'de> for AnyStructure {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure (name: value, …)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    fields.push((name, value.get_ron().trim().to_owned()));
                }
                Ok(Fields(fields))
            }

            // `()` has no fields, and ron takes it for an empty tuple.
            fn visit_unit<E>(self) -> Result<Fields, E> {
                Ok(Fields(Vec::new()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Fields, A::Error> {
                match items.next_element::<serde::de::IgnoredAny>()? {
                    None => Ok(Fields(Vec::new())),
                    Some(_) => Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self)),
                }
            }
        }
        deserializer.deserialize_any(AnyStructure)
    }
}

/// RON as this project reads it: a value stands for `Some(value)`.
fn from_ron<T: DeserializeOwned>(ron: &str) -> Result<T, ron::error::SpannedError> {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(ron)
}

impl Record {
    /// Reads a structure from RON text. `place` is put before the places in warnings.
    ///
    /// # Errors
    /// Where the text is not RON or no structure: line, column and what was expected.
    pub fn parse(place: &str, ron: &str) -> Result<Self, String> {
        match from_ron::<Fields>(ron) {
            Ok(Fields(fields)) => Ok(Self { place: place.to_owned(), fields, misread: Vec::new() }),
            Err(error) => {
                let at = error.span.end;
                Err(format!("line {}, column {}: {}", at.line, at.col, error.code))
            }
        }
    }

    /// The names of the fields that were not taken yet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// The way to a field of this structure.
    pub fn place(&self, field: &str) -> String {
        if self.place.is_empty() { field.to_owned() } else { format!("{}.{field}", self.place) }
    }

    /// The value of a field. Where it is not what is `expected`, that is told and the field stays for [`Self::rest`].
    pub fn take<T: DeserializeOwned>(&mut self, field: &str, expected: &str, warnings: &mut Vec<Warning>) -> Option<T> {
        let at = self.fields.iter().position(|(name, _)| name == field)?;
        let (name, ron) = self.fields.remove(at);
        if let Ok(value) = from_ron(&ron) {
            return Some(value);
        }
        let found: String = ron.chars().take(40).collect();
        warnings.push(Warning { place: self.place(field), message: format!("expected {expected}, found {found}") });
        self.misread.push((name, ron));
        None
    }

    /// A field that is text.
    pub fn text(&mut self, field: &str, warnings: &mut Vec<Warning>) -> Option<String> {
        self.take(field, "text in quotation marks", warnings)
    }

    /// A field that is a list of texts; empty where it is not there.
    pub fn texts(&mut self, field: &str, warnings: &mut Vec<Warning>) -> Vec<String> {
        self.take(field, "a list of texts", warnings).unwrap_or_default()
    }

    /// A field that is yes or no; no where it is not there.
    pub fn flag(&mut self, field: &str, warnings: &mut Vec<Warning>) -> bool {
        self.take(field, "true or false", warnings).unwrap_or(false)
    }

    /// A field that is a number; NaN and infinities are refused.
    pub fn number(&mut self, field: &str, warnings: &mut Vec<Warning>) -> Option<f64> {
        let number: f64 = self.take(field, "a number", warnings)?;
        if number.is_finite() {
            return Some(number);
        }
        warnings.push(Warning { place: self.place(field), message: "expected a finite number".to_owned() });
        None
    }

    /// A field that is a structure.
    pub fn record(&mut self, field: &str, warnings: &mut Vec<Warning>) -> Option<Self> {
        let ron: Box<RawValue> = self.take(field, "a structure (name: value, …)", warnings)?;
        let record = Self::parse(&self.place(field), ron.get_ron()).ok();
        if record.is_none() {
            let message = "expected a structure (name: value, …): left out".to_owned();
            warnings.push(Warning { place: self.place(field), message });
        }
        record
    }

    /// A field that is a list of structures; `None` where it is not there or no list. An entry that is no structure
    /// is told and left out.
    pub fn records(&mut self, field: &str, warnings: &mut Vec<Warning>) -> Option<Vec<Self>> {
        let entries: Vec<Box<RawValue>> = self.take(field, "a list", warnings)?;
        let place = self.place(field);
        let mut records = Vec::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            let place = format!("{place}[{i}]");
            if let Ok(record) = Self::parse(&place, entry.get_ron()) {
                records.push(record);
            } else {
                let message = "expected a structure (name: value, …): entry left out".to_owned();
                warnings.push(Warning { place, message });
            }
        }
        Some(records)
    }

    /// What was not taken, to be kept; each unknown field is told.
    pub fn rest(mut self, warnings: &mut Vec<Warning>) -> Extra {
        for (name, _) in &self.fields {
            let message = "not known to this version: kept as it is".to_owned();
            warnings.push(Warning { place: self.place(name), message });
        }
        self.fields.append(&mut self.misread);
        self.fields
    }
}
