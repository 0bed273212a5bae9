//! Version 1 of the file format: which field of which record stands under which name, in which order.
//!
//! One table a record serves reading and printing, so that the two cannot drift apart; a field of the model can be
//! renamed without the format following it. Records are read straight into the model: of a file with 100,000 items
//! every string is allocated once. Knows nothing of the file around the records. Held by `tests/sidecar.rs`.
//!
//! Each record keeps the fields that it does not know, with their value as it stands, and prints them after its own. A
//! field without a value is absent. What can grow (kinds, styles, axes, markings) is a string.

use std::fmt;
use std::marker::PhantomData;

use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::value::{Unread, check, value};
use super::{print, scan};
use crate::annotation::{
    About, Anchor, Annotator, Asserted, Assessment, Claim, Conflict, Descriptor, Dismissal, DocumentRef, Extra, Header,
    Held, Id, Mention, Relation, Remark, Source, TextRef, Voice, named_value, set_named_value,
};
use crate::document::CodeSpan;

/// The version that is written.
pub(super) const VERSION: Version = Version(1, 0);

/// Words of `requires` that this program fulfils: none has been needed yet.
pub(super) const FULFILLED: [&str; 0] = [];

/// A value of the format: how it is read and how it is printed, always on one line.
pub(super) trait Value: Default {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
    fn print(&self, out: &mut String);
    /// Whether a field of this value is left out.
    fn is_absent(&self) -> bool;

    /// Prints the value within this one at `path`, names with points between; nothing where it is absent. The empty
    /// path is the value itself.
    fn print_at(&self, path: &str) -> Option<String> {
        let mut out = String::new();
        self.print(&mut out);
        Some(out).filter(|_| path.is_empty() && !self.is_absent())
    }

    /// Reads a value within this one from RON, or takes it out.
    fn put_at(&mut self, path: &str, ron: Option<&str>) -> Result<(), Unread> {
        if !path.is_empty() {
            return Err(Unread { at: 0, what: format!("no field {path}"), is_twice: false });
        }
        *self = ron.map(value).transpose()?.unwrap_or_default();
        Ok(())
    }
}

/// The first name of a path, and the rest.
fn first_name(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

/// What stands between a record's parentheses.
pub(super) trait Fields {
    fn print_fields(&self, record: &mut print::Record<'_>);
}

/// Hands a [`Value`] to serde.
pub(super) struct As<T>(pub(super) T);

impl<'de, T: Value> Deserialize<'de> for As<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(As)
    }
}

/// What the reader says of a field that stands twice in a record; the name of one that the format does not know.
const UNKNOWN_FIELD: &str = "a field that this version does not know";

/// Whether a name stands twice; sorted, for a hostile line holds half a million of them.
fn has_twins(pairs: &[(String, String)]) -> bool {
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    !names.is_sorted_by(|a, b| a < b)
}

/// The table of a record: field of the model, its name in the file, and `always` where it is written even if empty.
macro_rules! record {
    ($model:ident { $($field:ident: $name:literal $($always:ident)?),* $(,)? }) => {
        impl Value for $model {
            fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'de> Visitor<'de> for Reader {
                    type Value = $model;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a record in parentheses, (name: value, …)")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$model, A::Error> {
                        let mut record = $model::default();
                        $(let mut $field = false;)*
                        while let Some(name) = map.next_key::<&'de str>()? {
                            match name {
                                $($name => {
                                    if std::mem::replace(&mut $field, true) {
                                        return Err(A::Error::duplicate_field($name));
                                    }
                                    record.$field = map.next_value::<As<_>>()?.0;
                                })*
                                _ => {
                                    let value = map.next_value::<Box<RawValue>>()?;
                                    record.extra.push((name.to_owned(), scan::on_one_line(value.get_ron())));
                                }
                            }
                        }
                        if has_twins(&record.extra) {
                            return Err(A::Error::duplicate_field(UNKNOWN_FIELD));
                        }
                        Ok(record)
                    }
                }
                from.deserialize_struct(stringify!($model), &[$($name),*], Reader)
            }

            fn print(&self, out: &mut String) {
                let mut record = print::Record::open(out);
                self.print_fields(&mut record);
                record.close();
            }

            fn is_absent(&self) -> bool {
                *self == Self::default()
            }

            fn print_at(&self, path: &str) -> Option<String> {
                let (name, rest) = first_name(path);
                match name {
                    "" => {
                        let mut out = String::new();
                        self.print(&mut out);
                        Some(out)
                    }
                    $($name => self.$field.print_at(rest),)*
                    _ => named_value(&self.extra, path).cloned(),
                }
            }

            fn put_at(&mut self, path: &str, ron: Option<&str>) -> Result<(), Unread> {
                let (name, rest) = first_name(path);
                match name {
                    "" => *self = ron.map(value).transpose()?.unwrap_or_default(),
                    $($name => self.$field.put_at(rest, ron)?,)*
                    _ => {
                        ron.map_or(Ok(()), check)?;
                        set_named_value(&mut self.extra, path, ron.map(scan::on_one_line));
                    }
                }
                Ok(())
            }
        }

        impl Fields for $model {
            fn print_fields(&self, record: &mut print::Record<'_>) {
                $(if record!(@always $($always)?) || !self.$field.is_absent() {
                    self.$field.print(record.field($name));
                })*
                for (name, value) in &self.extra {
                    record.field(name).push_str(value);
                }
            }
        }
    };
    (@always always) => { true };
    (@always) => { false };
}

record!(DocumentRef {
    name: "name" always,
    media_type: "media_type",
    sha256: "sha256",
    text: "text",
    about: "about",
});

record!(TextRef {
    reader: "reader" always,
    sha256: "sha256" always,
    length: "length",
    encoding: "encoding",
});

record!(About {
    title: "title",
    publisher: "publisher",
    published: "published",
    url: "url",
    retrieved: "retrieved",
    language: "language",
    fields: "fields",
});

record!(Annotator {
    handle: "handle" always,
    name: "name",
});

record!(Anchor {
    spans: "spans" always,
    quote: "quote" always,
    before: "before",
    after: "after",
});

record!(Source {
    kind: "kind",
    name: "name" always,
    role: "role",
    affiliation: "affiliation",
    held: "held",
    aliases: "aliases",
    asserted: "asserted",
    descriptor: "descriptor",
    fields: "fields",
    note: "note",
    same_as: "same_as",
});

record!(Held { role: "role", affiliation: "affiliation", from: "from", until: "until" });

record!(Asserted {
    alias: "alias" always,
    by: "by",
    why: "why",
    made: "made",
});

record!(Descriptor {
    access: "access",
    track_record: "track_record",
    bias: "bias",
    completeness: "completeness",
    currency: "currency",
});

record!(Mention { anchor: "anchor", source: "source" });

record!(Claim {
    anchor: "anchor",
    said: "said",
    kind: "kind",
    style: "style",
    statement: "statement",
    value: "value",
    time: "time",
    tags: "tags",
    fields: "fields",
    note: "note",
    status: "status",
    evidence: "evidence",
    marking: "marking",
    from: "from",
    created: "created",
    modified: "modified",
});

record!(Voice {
    by: "by" always,
    cue: "cue",
});

record!(Assessment {
    on: "on",
    axis: "axis" always,
    scale: "scale" always,
    term: "term",
    value: "value",
    why: "why",
    replaces: "replaces",
    made: "made",
    marking: "marking",
});

record!(Relation { from: "from", to: "to", kind: "kind", document: "document", note: "note", made: "made" });

record!(Remark {
    on: "on",
    text: "text" always,
    resolved: "resolved",
    made: "made",
    marking: "marking",
});

record!(Dismissal {
    what: "what" always,
    on: "on",
    with: "with",
    anchor: "anchor",
    why: "why",
    by: "by",
    made: "made",
});

record!(Conflict { on: "on", field: "field", base: "base", ours: "ours", theirs: "theirs" });

impl Value for String {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn print(&self, out: &mut String) {
        print::string(out, self);
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Value for Id {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id in quotes")
            }

            fn visit_str<E>(self, text: &str) -> Result<Id, E> {
                Ok(Id::new(text))
            }
        }
        from.deserialize_str(Text)
    }

    fn print(&self, out: &mut String) {
        print::string(out, self.as_str());
    }

    fn is_absent(&self) -> bool {
        self.as_str().is_empty()
    }
}

impl Value for bool {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn print(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Value for usize {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    fn print(&self, out: &mut String) {
        print::integer(out, *self);
    }

    fn is_absent(&self) -> bool {
        false
    }
}

/// A number that is one: ron reads `NaN`, `inf`, and `1e999` as infinity, in silence.
struct Finite(f64);

impl<'de> Deserialize<'de> for Finite {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(from)?;
        if number.is_finite() { Ok(Self(number)) } else { Err(D::Error::custom("not a finite number")) }
    }
}

impl Value for f64 {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Finite::deserialize(from).map(|finite| finite.0)
    }

    fn print(&self, out: &mut String) {
        print::number(out, *self);
    }

    fn is_absent(&self) -> bool {
        false
    }
}

/// `value`, and by courtesy to other printers `Some(value)` and `None`; only the first is ever written.
impl<T: Value> Value for Option<T> {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::<As<T>>::deserialize(from).map(|value| value.map(|value| value.0))
    }

    fn print(&self, out: &mut String) {
        if let Some(value) = self {
            value.print(out);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn print_at(&self, path: &str) -> Option<String> {
        self.as_ref().and_then(|value| value.print_at(path))
    }

    fn put_at(&mut self, path: &str, ron: Option<&str>) -> Result<(), Unread> {
        if path.is_empty() {
            *self = ron.map(value).transpose()?;
            return Ok(());
        }
        let mut inner = self.take().unwrap_or_default();
        let put = inner.put_at(path, ron);
        *self = Some(inner).filter(|inner| !inner.is_absent());
        put
    }
}

impl<T: Value> Value for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: Value> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list in brackets, […]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element::<As<T>>()? {
                    list.push(item.0);
                }
                Ok(list)
            }
        }
        from.deserialize_seq(Items(PhantomData))
    }

    fn print(&self, out: &mut String) {
        print::list(out, self, |out, item| item.print(out));
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// `(start, end)`
impl Value for CodeSpan {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <(usize, usize)>::deserialize(from).map(|(start, end)| Self { start, end })
    }

    fn print(&self, out: &mut String) {
        print::pair(out, self.start as u64, self.end as u64);
    }

    fn is_absent(&self) -> bool {
        false
    }
}

/// `(major, minor)`: a higher major is read but not written, a higher minor adds fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Version(pub(super) u64, pub(super) u64);

impl Value for Version {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <(u64, u64)>::deserialize(from).map(|(major, minor)| Self(major, minor))
    }

    fn print(&self, out: &mut String) {
        print::pair(out, self.0, self.1);
    }

    fn is_absent(&self) -> bool {
        false
    }
}

/// Most paragraphs that `read` may list: a range is short, what it stands for need not be.
const MOST_PARAGRAPHS: usize = 1_000_000;

/// Numbers of paragraphs, as `[(first, last), …]`, both included.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraphs(pub(super) Vec<usize>);

impl Paragraphs {
    pub(super) fn print_list(numbers: &[usize], out: &mut String) {
        let runs: Vec<&[usize]> = numbers.chunk_by(|a, b| a.checked_add(1) == Some(*b)).collect();
        print::list(out, &runs, |out, run| {
            if let (Some(&first), Some(&last)) = (run.first(), run.last()) {
                print::pair(out, first as u64, last as u64);
            }
        });
    }
}

impl Value for Paragraphs {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut numbers = Vec::new();
        for (first, last) in Vec::<(usize, usize)>::deserialize(from)? {
            if last < first || last - first >= MOST_PARAGRAPHS - numbers.len() {
                return Err(D::Error::custom("not a range of paragraphs"));
            }
            numbers.extend(first..=last);
        }
        Ok(Self(numbers))
    }

    fn print(&self, out: &mut String) {
        Self::print_list(&self.0, out);
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

/// A team's own fields, `{"name": "value", …}`. A value that is not a string is taken as its RON text.
impl Value for Vec<(String, String)> {
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Vec<(String, String)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields in braces, {\"name\": \"value\", …}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Self::Value::new();
                while let Some(name) = map.next_key::<String>()? {
                    let value = map.next_value::<Box<RawValue>>()?;
                    let text = ron::from_str(value.get_ron()).unwrap_or_else(|_| scan::on_one_line(value.get_ron()));
                    pairs.push((name, text));
                }
                if has_twins(&pairs) {
                    return Err(A::Error::duplicate_field(UNKNOWN_FIELD));
                }
                Ok(pairs)
            }
        }
        from.deserialize_map(Pairs)
    }

    fn print(&self, out: &mut String) {
        print::map(out, self);
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn print_at(&self, path: &str) -> Option<String> {
        let mut out = String::new();
        if path.is_empty() {
            self.print(&mut out);
            return Some(out).filter(|_| !self.is_absent());
        }
        print::string(&mut out, named_value(self, path)?);
        Some(out)
    }

    fn put_at(&mut self, path: &str, ron: Option<&str>) -> Result<(), Unread> {
        if path.is_empty() {
            *self = ron.map(value).transpose()?.unwrap_or_default();
        } else {
            set_named_value(self, path, ron.map(value).transpose()?);
        }
        Ok(())
    }
}

/// The head of a set as one record, for the journal. What stands verbatim in a file, over several lines perhaps, is
/// text here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct HeadItem {
    document: DocumentRef,
    annotator: Annotator,
    state: Option<String>,
    marking: Option<String>,
    read: Paragraphs,
    ext: Option<String>,
    foreign: Vec<(String, String)>,
    extra: Extra,
}

record!(HeadItem {
    document: "document",
    annotator: "annotator",
    state: "state",
    marking: "marking",
    read: "read",
    ext: "ext",
    foreign: "foreign",
});

impl From<&Header> for HeadItem {
    fn from(header: &Header) -> Self {
        let Header { document, annotator, state, marking, read, ext, extra } = header.clone();
        Self { document, annotator, state, marking, read: Paragraphs(read), ext, foreign: extra, extra: Extra::new() }
    }
}

impl From<&HeadItem> for Header {
    fn from(head: &HeadItem) -> Self {
        let HeadItem { document, annotator, state, marking, read, ext, foreign, extra: _ } = head.clone();
        Self { document, annotator, state, marking, read: read.0, ext, extra: foreign }
    }
}
