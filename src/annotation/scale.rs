//! A scale: a published vocabulary of confidence, with its edition.
//!
//! A scale has one or more axes (the Admiralty scale has two, which are never mixed), an axis has terms in order. Every
//! scale is data: those in `assets/scales/` and a team's own in its codebook are read by the same code here. Knows
//! nothing of assessments (`scales.rs` does). Held by `tests/scales.rs`, which checks each built-in scale against its
//! publication's table.

use std::fmt;

use super::Extra;
use super::record::{Record, Warning};

/// A published vocabulary, in one edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// The word in files, edition included (`icd203-2015`).
    pub id: String,
    /// Short name for people ("ICD 203").
    pub name: String,
    /// Edition of the publication.
    pub edition: String,
    /// The publication that the terms are taken from.
    pub publication: String,
    /// The axes that it has terms for; at least one.
    pub axes: Vec<ScaleAxis>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// The terms of a scale on one axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScaleAxis {
    /// `reliability`, `credibility`, `likelihood`, `confidence` (analytic), or a codebook's own.
    pub axis: String,
    /// The axis for people ("information credibility").
    pub label: String,
    /// Unit of bands and numbers ("%"); `None`: a bare number, or no numbers.
    pub unit: Option<String>,
    /// What the publication says of its use.
    pub note: Option<String>,
    /// Whether the first term is the strongest (A, 1) and not the weakest (almost no chance).
    pub strongest_first: bool,
    /// Which term takes a number that lies in several bands.
    pub among: Among,
    /// The terms in the publication's order, those outside the order among them. At least one.
    pub terms: Vec<Term>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// Which of several bands that hold a number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Among {
    /// The narrowest band: nested scales.
    #[default]
    Narrowest,
    /// The upper band: scales whose neighbours share their edges.
    Upper,
}

/// One term of a scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// The word in files (`B`, `2`, `very-likely`).
    pub key: String,
    /// The term as the publication prints it ("very likely").
    pub label: String,
    /// The same term in the publication's further rows ("highly probable"). Rows are never mixed in one statement.
    pub also: Vec<String>,
    /// One or two signs for a badge; the key where it is that short.
    pub short: String,
    /// What the term means.
    pub gloss: Option<String>,
    /// How strong a line the term is drawn with.
    pub level: Level,
    /// Whether the term says that nothing can be said (F, 6): never sorted as low, averaged or converted.
    pub outside_order: bool,
    /// The numbers that the term stands for.
    pub band: Option<Band>,
    /// The one number that the publication writes for the term, where it names one.
    pub value: Option<f64>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A range of numbers; an end belongs to it unless it is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Lower end.
    pub from: f64,
    /// Upper end, not less than the lower.
    pub to: f64,
    /// Whether the lower end itself is left out.
    pub from_open: bool,
    /// Whether the upper end itself is left out.
    pub to_open: bool,
}

/// How an assessment is drawn, and nothing else: two terms of one level are not the same judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Nothing was judged, or in words that this program does not know.
    #[default]
    Unassessed,
    /// The analyst says that it cannot be judged.
    CannotJudge,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Band {
    /// Whether the number lies in the band.
    #[must_use]
    pub fn contains(self, number: f64) -> bool {
        let above = if self.from_open { number > self.from } else { number >= self.from };
        let below = if self.to_open { number < self.to } else { number <= self.to };
        above && below
    }

    /// Upper end less lower end.
    #[must_use]
    pub fn width(self) -> f64 {
        self.to - self.from
    }

    /// How much of the two bands taken together they share: 0 (nothing) to 1 (the same band).
    #[must_use]
    pub fn likeness(self, other: Self) -> f64 {
        let shared = self.to.min(other.to) - self.from.max(other.from);
        let together = self.to.max(other.to) - self.from.min(other.from);
        if together > 0.0 { (shared / together).max(0.0) } else { 1.0 }
    }
}

impl fmt::Display for Band {
    /// As publications print it: `55–80`, `40–<50`, `>50–100`; a band of one number as that number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.width() == 0.0 {
            return write!(f, "{}", self.from);
        }
        let (from_open, to_open) = (if self.from_open { ">" } else { "" }, if self.to_open { "<" } else { "" });
        write!(f, "{from_open}{}–{to_open}{}", self.from, self.to)
    }
}

impl Level {
    /// The level of a bare likelihood in percent: high from 80, moderate from 45, low below.
    #[must_use]
    pub fn of_percent(percent: f64) -> Self {
        if percent >= 80.0 {
            Self::High
        } else if percent >= 45.0 {
            Self::Moderate
        } else {
            Self::Low
        }
    }
}

impl Term {
    /// Whether `written` names this term: its key, its label or one of the further rows', without regard to case and
    /// hyphens.
    #[must_use]
    pub fn is_named(&self, written: &str) -> bool {
        std::iter::once(&self.key).chain(std::iter::once(&self.label)).chain(&self.also).any(|own| same(own, written))
    }

    /// The label of the row that `written` is from; the first row's where it is the key.
    #[must_use]
    pub fn label_of(&self, written: &str) -> &str {
        self.also.iter().find(|label| same(label, written)).unwrap_or(&self.label)
    }
}

/// Whether two names of terms are the same but for case, and for hyphens in the place of blanks.
fn same(a: &str, b: &str) -> bool {
    let folded = |text: &str| text.trim().replace('-', " ").to_lowercase();
    a == b || folded(a) == folded(b)
}

impl ScaleAxis {
    /// The term that `written` names.
    #[must_use]
    pub fn term(&self, written: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.key == written).or_else(|| self.terms.iter().find(|t| t.is_named(written)))
    }

    /// The term under a digit key: 1 is the first, 9 the ninth, 0 the tenth.
    #[must_use]
    pub fn term_by_digit(&self, digit: u8) -> Option<&Term> {
        let at = if digit == 0 { 9 } else { usize::from(digit) - 1 };
        if digit > 9 { None } else { self.terms.get(at) }
    }

    /// The term that a number falls to. `None` where no band holds it: on some scales the gaps are meant.
    #[must_use]
    pub fn term_for(&self, number: f64) -> Option<&Term> {
        let holding = self.terms.iter().filter_map(|term| {
            let band = term.band?;
            (!term.outside_order && band.contains(number)).then_some((term, band))
        });
        let best = match self.among {
            Among::Narrowest => holding.min_by(|(_, a), (_, b)| a.width().total_cmp(&b.width())),
            Among::Upper => holding.max_by(|(_, a), (_, b)| a.from.total_cmp(&b.from)),
        };
        best.map(|(term, _)| term)
    }

    /// The term whose band is most like `band`; `None` where it shares nothing with any.
    #[must_use]
    pub fn term_like(&self, band: Band) -> Option<&Term> {
        if band.width() == 0.0 {
            return self.term_for(band.from);
        }
        let mut best: Option<(&Term, f64)> = None;
        for term in self.terms.iter().filter(|term| !term.outside_order) {
            let likeness = term.band.map_or(0.0, |own| own.likeness(band));
            if likeness > best.map_or(0.0, |(_, most)| most) {
                best = Some((term, likeness));
            }
        }
        best.map(|(term, _)| term)
    }

    /// The term's place in the order, the weakest being 0. `None` for terms outside the order, and for terms of
    /// another axis: they sort apart from the rest, never as low.
    #[must_use]
    pub fn strength(&self, term: &Term) -> Option<usize> {
        if term.outside_order {
            return None;
        }
        let in_order = || self.terms.iter().filter(|term| !term.outside_order);
        let at = in_order().position(|own| own.key == term.key)?;
        Some(if self.strongest_first { in_order().count() - 1 - at } else { at })
    }

    /// A number or band with its unit: "55–80 %".
    #[must_use]
    pub fn with_unit(&self, number: &dyn fmt::Display) -> String {
        self.unit.as_ref().map_or_else(|| number.to_string(), |unit| format!("{number}\u{a0}{unit}"))
    }
}

impl Scale {
    /// The terms on an axis.
    #[must_use]
    pub fn axis(&self, axis: &str) -> Option<&ScaleAxis> {
        self.axes.iter().find(|own| own.axis == axis)
    }

    /// Reads a scale from RON text.
    ///
    /// # Errors
    /// Where the text is no RON structure, or has no `id` or no axis with a term.
    pub fn parse(ron: &str) -> Result<(Self, Vec<Warning>), Warning> {
        let refused = |message: String| Warning { place: String::new(), message };
        let mut warnings = Vec::new();
        let record = Record::parse("", ron).map_err(refused)?;
        let scale = Self::from_record(record, &mut warnings).ok_or_else(|| {
            refused("not a scale: it needs an id, and an axis with at least one term that has a key".to_owned())
        })?;
        Ok((scale, warnings))
    }

    /// A scale from its fields; `None` where it is of another format, or has no id or no term.
    pub(super) fn from_record(mut record: Record, warnings: &mut Vec<Warning>) -> Option<Self> {
        if record.text("format", warnings).is_some_and(|format| format != "vouch-scale") {
            return None;
        }
        let id = record.text("id", warnings)?;
        let records = record.records("axes", warnings)?;
        let axes: Vec<_> = records.into_iter().filter_map(|record| ScaleAxis::from_record(record, warnings)).collect();
        if axes.is_empty() {
            return None;
        }
        Some(Self {
            name: record.text("name", warnings).unwrap_or_else(|| id.clone()),
            edition: record.text("edition", warnings).unwrap_or_default(),
            publication: record.text("publication", warnings).unwrap_or_default(),
            axes,
            id,
            extra: record.rest(warnings),
        })
    }
}

impl ScaleAxis {
    fn from_record(mut record: Record, warnings: &mut Vec<Warning>) -> Option<Self> {
        let Some(axis) = record.text("axis", warnings) else {
            let message = "needs the name of its axis: left out".to_owned();
            warnings.push(Warning { place: record.place("axis"), message });
            return None;
        };
        let records = record.records("terms", warnings).unwrap_or_default();
        let terms: Vec<_> = records.into_iter().filter_map(|record| Term::from_record(record, warnings)).collect();
        if terms.is_empty() {
            warnings.push(Warning { place: record.place("terms"), message: "no term: axis left out".to_owned() });
            return None;
        }
        let among = match record.text("among", warnings).as_deref() {
            None | Some("narrowest") => Among::Narrowest,
            Some("upper") => Among::Upper,
            Some(_) => {
                let message = "expected \"narrowest\" or \"upper\": taken as \"narrowest\"".to_owned();
                warnings.push(Warning { place: record.place("among"), message });
                Among::Narrowest
            }
        };
        Some(Self {
            label: record.text("label", warnings).unwrap_or_else(|| axis.clone()),
            axis,
            unit: record.text("unit", warnings),
            note: record.text("note", warnings),
            strongest_first: record.flag("strongest_first", warnings),
            among,
            terms,
            extra: record.rest(warnings),
        })
    }
}

impl Term {
    fn from_record(mut record: Record, warnings: &mut Vec<Warning>) -> Option<Self> {
        let Some(key) = record.text("key", warnings) else {
            warnings.push(Warning { place: record.place("key"), message: "a term needs a key: left out".to_owned() });
            return None;
        };
        let label = record.text("label", warnings).unwrap_or_else(|| key.clone());
        let short = record.text("short", warnings).unwrap_or_else(|| {
            let letters = if key.chars().count() <= 2 { 2 } else { 1 };
            key.chars().take(letters).collect::<String>().to_uppercase()
        });
        let ends = (record.number("from", warnings), record.number("to", warnings));
        let (from_open, to_open) = (record.flag("from_open", warnings), record.flag("to_open", warnings));
        let band = match ends {
            (Some(from), Some(to)) if from <= to => Some(Band { from, to, from_open, to_open }),
            (None, None) => None,
            _ => {
                let message = "a band needs both ends, the lower first: left out".to_owned();
                warnings.push(Warning { place: record.place("from"), message });
                None
            }
        };
        let level = match record.text("level", warnings).as_deref() {
            Some("high") => Level::High,
            Some("moderate") => Level::Moderate,
            Some("low") => Level::Low,
            Some("cannot judge") => Level::CannotJudge,
            other => {
                if other.is_some() {
                    let message = "expected \"high\", \"moderate\", \"low\" or \"cannot judge\"".to_owned();
                    warnings.push(Warning { place: record.place("level"), message });
                }
                Level::Unassessed
            }
        };
        Some(Self {
            label,
            short,
            also: record.texts("also", warnings),
            gloss: record.text("gloss", warnings),
            level,
            outside_order: record.flag("outside_order", warnings),
            band,
            value: record.number("value", warnings),
            key,
            extra: record.rest(warnings),
        })
    }
}
