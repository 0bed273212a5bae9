//! A codebook read from a file's bytes, or from those that come with the program.

use std::sync::LazyLock;

use super::{Codebook, Colours, Field, InUse, Kind, Rgb, SavedQuery, Tag, VERSION, Word};
use crate::annotation::record::{Record, Warning};
use crate::annotation::{Scale, Scales};

/// The codebook that comes with the program.
const BUILT_IN: &str = include_str!("../../../assets/codebook.ron");

/// The fields of a codebook: one of them makes a structure a codebook where it does not say that it is one.
const FIELDS: [&str; 17] = [
    "version",
    "requires",
    "name",
    "edition",
    "kinds",
    "unknown",
    "tags",
    "fields",
    "scales",
    "axis",
    "checks",
    "relations",
    "markings",
    "styles",
    "statuses",
    "queries",
    "own_scales",
];

impl Codebook {
    /// The codebook that comes with the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static READ: LazyLock<Codebook> = LazyLock::new(|| Codebook::read_built_in().0);
        &READ
    }

    /// Reads the built-in codebook anew, with what a reader has to say about it (nothing, as a test holds).
    #[must_use]
    pub fn read_built_in() -> (Self, Vec<Warning>) {
        Self::read(BUILT_IN, &Self::default()).unwrap_or_else(|refused| (Self::default(), vec![refused]))
    }

    /// Reads a codebook from the bytes of a file. Sections that it leaves out are the built-in one's.
    ///
    /// # Errors
    /// Where the bytes are not UTF-8, no RON structure, or no codebook: the caller then works with the built-in one and
    /// says so. One of a later version is read as far as it is understood: see [`Codebook::read_only`].
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Warning>), Warning> {
        let ron = std::str::from_utf8(bytes).map_err(|_| refused("not UTF-8: save it as UTF-8"))?;
        Self::read(ron.strip_prefix('\u{feff}').unwrap_or(ron), Self::built_in())
    }

    /// The sections that a codebook's file has; those that it leaves out are the built-in one's.
    #[must_use]
    pub fn sections_in(bytes: &[u8]) -> Vec<String> {
        let ron = std::str::from_utf8(bytes).unwrap_or_default();
        let record = Record::parse("", ron.strip_prefix('\u{feff}').unwrap_or(ron));
        record.map(|record| record.names().map(str::to_owned).collect()).unwrap_or_default()
    }

    fn read(ron: &str, fallback: &Self) -> Result<(Self, Vec<Warning>), Warning> {
        let mut told = Vec::new();
        let mut record = Record::parse("", ron).map_err(|message| {
            refused(if ron.trim().is_empty() { "the file is empty, and so no codebook" } else { &message })
        })?;
        let format = record.text("format", &mut told);
        if format.as_ref().is_some_and(|format| format != Codebook::FORMAT) {
            return Err(refused("not a codebook: its format is not \"vouch-codebook\""));
        }
        if format.is_none() && !record.names().any(|name| FIELDS.contains(&name)) {
            return Err(refused(if ron.trim().is_empty() {
                "the file is empty, and so no codebook"
            } else {
                "not a codebook: it has neither format: \"vouch-codebook\" nor a field of one (name, kinds, tags, …)"
            }));
        }
        let mut codebook = Self::from_record(record, fallback, &mut told);
        codebook.hold_together(&mut told);
        Ok((codebook, told))
    }

    fn from_record(mut record: Record, fallback: &Self, told: &mut Vec<Warning>) -> Self {
        let unknown = match record.record("unknown", told) {
            Some(mut colours) => read_colours(&mut colours, fallback.unknown, told),
            None => fallback.unknown,
        };
        let kind = |entry: Record, told: &mut Vec<Warning>| read_kind(entry, unknown, told);
        let own_scales: Vec<Scale> = section(&mut record, "own_scales", &fallback.own_scales, told, read_scale);
        Self {
            version: record.take("version", "a version (1, 0)", told).unwrap_or(VERSION),
            requires: record.texts("requires", told),
            name: record.text("name", told).unwrap_or_else(|| fallback.name.clone()),
            edition: record.text("edition", told).unwrap_or_else(|| fallback.edition.clone()),
            kinds: section(&mut record, "kinds", &fallback.kinds, told, kind),
            unknown,
            tags: section(&mut record, "tags", &fallback.tags, told, read_tag),
            fields: section(&mut record, "fields", &fallback.fields, told, read_field),
            in_use: section(&mut record, "scales", &fallback.in_use, told, read_in_use),
            axis: record.text("axis", told).unwrap_or_else(|| fallback.axis.clone()),
            checks: record.take("checks", "a list of texts", told).unwrap_or_else(|| fallback.checks.clone()),
            relations: section(&mut record, "relations", &fallback.relations, told, read_word),
            markings: section(&mut record, "markings", &fallback.markings, told, read_word),
            styles: section(&mut record, "styles", &fallback.styles, told, read_word),
            statuses: section(&mut record, "statuses", &fallback.statuses, told, read_word),
            queries: section(&mut record, "queries", &fallback.queries, told, read_query),
            scales: Scales::with_own(&own_scales),
            own_scales,
            extra: record.rest(told),
        }
    }

    /// Tells where the sections do not go together, and settles the axis in use.
    fn hold_together(&mut self, told: &mut Vec<Warning>) {
        told.extend(self.clashes().into_iter().map(|finding| finding.at));
        if self.axis_in_use(&self.axis).is_none() {
            let usable = self.in_use.iter().find(|in_use| self.axis_in_use(&in_use.axis).is_some());
            let other = usable.map_or_else(String::new, |in_use| in_use.axis.clone());
            let message = format!("no scale is in use for {:?}: {other:?} is taken", self.axis);
            told.push(Warning { place: "axis".to_owned(), message });
            self.axis = other;
        }
    }
}

fn refused(message: &str) -> Warning {
    Warning { place: String::new(), message: message.to_owned() }
}

/// A list of structures, or the fallback's where the file has none.
fn section<T: Clone>(
    record: &mut Record,
    field: &str,
    fallback: &[T],
    told: &mut Vec<Warning>,
    read: impl Fn(Record, &mut Vec<Warning>) -> Option<T>,
) -> Vec<T> {
    match record.records(field, told) {
        Some(entries) => entries.into_iter().filter_map(|entry| read(entry, told)).collect(),
        None => fallback.to_vec(),
    }
}

/// The key of an entry, without which it is left out.
fn read_key(record: &mut Record, told: &mut Vec<Warning>) -> Option<String> {
    let key = record.text("key", told).filter(|key| !key.trim().is_empty());
    if key.is_none() {
        told.push(Warning { place: record.place("key"), message: "an entry needs a key: left out".to_owned() });
    }
    key
}

fn read_colours(record: &mut Record, fallback: Colours, told: &mut Vec<Warning>) -> Colours {
    let mut colour = |field: &str, fallback: Rgb| match record.text(field, told) {
        None => fallback,
        Some(text) => Rgb::parse(&text).unwrap_or_else(|| {
            let message = format!("expected a colour \"#rrggbb\", found {text:?}: shown neutral");
            told.push(Warning { place: record.place(field), message });
            fallback
        }),
    };
    Colours { light: colour("light", fallback.light), dark: colour("dark", fallback.dark) }
}

fn read_kind(mut record: Record, neutral: Colours, told: &mut Vec<Warning>) -> Option<Kind> {
    let key = read_key(&mut record, told)?;
    let digit: Option<u8> = record.take("digit", "a digit from 1 to 9", told);
    let digit = digit.filter(|digit| {
        let fits = (1..=9).contains(digit);
        if !fits {
            let message = format!("expected a digit from 1 to 9, found {digit}: left out");
            told.push(Warning { place: record.place("digit"), message });
        }
        fits
    });
    let letter = record.text("letter", told).filter(|letter| !letter.is_empty());
    Some(Kind {
        label: record.text("label", told).unwrap_or_else(|| key.clone()),
        letter: letter.unwrap_or_else(|| key.chars().take(1).flat_map(char::to_uppercase).collect()),
        digit,
        colours: read_colours(&mut record, neutral, told),
        definition: record.text("definition", told).unwrap_or_default(),
        examples: record.texts("examples", told),
        not_for: record.text("not_for", told).unwrap_or_default(),
        key,
        extra: record.rest(told),
    })
}

fn read_tag(mut record: Record, told: &mut Vec<Warning>) -> Option<Tag> {
    let key = read_key(&mut record, told)?;
    Some(Tag {
        label: record.text("label", told).unwrap_or_else(|| key.clone()),
        definition: record.text("definition", told),
        tags: section(&mut record, "tags", &[], told, read_tag),
        key,
        extra: record.rest(told),
    })
}

fn read_field(mut record: Record, told: &mut Vec<Warning>) -> Option<Field> {
    let key = read_key(&mut record, told)?;
    let on = record.text("on", told).unwrap_or_else(|| "claim".to_owned());
    let holds = record.text("holds", told).unwrap_or_else(|| "text".to_owned());
    if !["claim", "source", "document"].contains(&on.as_str()) {
        let message = format!("expected \"claim\", \"source\" or \"document\", found {on:?}: the field is not shown");
        told.push(Warning { place: record.place("on"), message });
    }
    if !["text", "number", "date", "choice", "yes/no"].contains(&holds.as_str()) {
        let message = format!("{holds:?} is not known to this version: treated as text");
        told.push(Warning { place: record.place("holds"), message });
    }
    Some(Field {
        label: record.text("label", told).unwrap_or_else(|| key.clone()),
        on,
        holds,
        choices: record.texts("choices", told),
        required: record.flag("required", told),
        definition: record.text("definition", told),
        key,
        extra: record.rest(told),
    })
}

fn read_in_use(mut record: Record, told: &mut Vec<Warning>) -> Option<InUse> {
    let (axis, scale) = (record.text("axis", told), record.text("scale", told));
    let (Some(axis), Some(scale)) = (axis, scale) else {
        let message = "a scale in use needs an axis and the id of a scale: left out".to_owned();
        told.push(Warning { place: record.place("scale"), message });
        return None;
    };
    Some(InUse { axis, scale, extra: record.rest(told) })
}

fn read_word(mut record: Record, told: &mut Vec<Warning>) -> Option<Word> {
    let key = read_key(&mut record, told)?;
    Some(Word {
        label: record.text("label", told).unwrap_or_else(|| key.clone()),
        definition: record.text("definition", told),
        key,
        extra: record.rest(told),
    })
}

fn read_query(mut record: Record, told: &mut Vec<Warning>) -> Option<SavedQuery> {
    let (name, query) = (record.text("name", told), record.text("query", told));
    let (Some(name), Some(query)) = (name.filter(|name| !name.trim().is_empty()), query) else {
        let message = "a query that is kept needs a name and the query itself: left out".to_owned();
        told.push(Warning { place: record.place("name"), message });
        return None;
    };
    Some(SavedQuery { name, query, extra: record.rest(told) })
}

fn read_scale(record: Record, told: &mut Vec<Warning>) -> Option<Scale> {
    let place = record.place("id");
    let scale = Scale::from_record(record, told);
    if scale.is_none() {
        let message = "a scale needs an id and an axis with at least one term: left out".to_owned();
        told.push(Warning { place, message });
    }
    scale
}
