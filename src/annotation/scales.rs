//! The scales at hand, and what they make of an assessment: its line style, its words, its place in another scale.
//!
//! An assessment keeps the scale and the term as chosen; everything here is worked out for display and stored nowhere.
//! Held by `tests/scales.rs`.

use std::sync::LazyLock;

use super::scale::{Band, Level, Scale, ScaleAxis, Term};
use super::{Assessment, Warning};

/// The files of `assets/scales`, in the order in which they are offered.
const BUILT_IN: [&str; 10] = [
    include_str!("../../assets/scales/admiralty.ron"),
    include_str!("../../assets/scales/icd203-2015.ron"),
    include_str!("../../assets/scales/phia-2019.ron"),
    include_str!("../../assets/scales/ipcc-ar5.ron"),
    include_str!("../../assets/scales/stix21.ron"),
    include_str!("../../assets/scales/stix21-0-10.ron"),
    include_str!("../../assets/scales/stix21-admiralty.ron"),
    include_str!("../../assets/scales/stix21-wep.ron"),
    include_str!("../../assets/scales/stix21-dni.ron"),
    include_str!("../../assets/scales/low-medium-high.ron"),
];

/// The scales that can be named: the built-in ones and a codebook's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Scales {
    all: Vec<Scale>,
}

/// A judgement carried over to another scale: for display only, and always called approximate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversion<'a> {
    /// What was chosen.
    pub from: &'a Term,
    /// The numbers that it stands for.
    pub from_band: Band,
    /// The term of the other scale whose band is most like it.
    pub to: &'a Term,
    /// The numbers that this one stands for.
    pub to_band: Band,
}

/// An assessment looked up: the scale, the terms it chose from, and its term.
#[derive(Clone, Copy, Debug)]
struct Known<'a> {
    scale: &'a Scale,
    axis: &'a ScaleAxis,
    term: Option<&'a Term>,
}

impl Default for Scales {
    fn default() -> Self {
        Self::built_in().clone()
    }
}

impl Scales {
    /// The scales that come with the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static PARSED: LazyLock<Scales> = LazyLock::new(|| Scales { all: Scales::read_built_in().0 });
        &PARSED
    }

    /// Reads the built-in scales anew, with what a reader has to say about them (nothing, as a test holds).
    #[must_use]
    pub fn read_built_in() -> (Vec<Scale>, Vec<Warning>) {
        let mut scales = Vec::new();
        let mut warnings = Vec::new();
        for ron in BUILT_IN {
            match Scale::parse(ron) {
                Ok((scale, mut told)) => {
                    scales.push(scale);
                    warnings.append(&mut told);
                }
                Err(refused) => warnings.push(refused),
            }
        }
        (scales, warnings)
    }

    /// The built-in scales and a team's own; one with the id of a built-in scale takes its place.
    #[must_use]
    pub fn with_own(own: &[Scale]) -> Self {
        let mut all = Self::built_in().all.clone();
        for scale in own {
            match all.iter_mut().find(|other| other.id == scale.id) {
                Some(other) => *other = scale.clone(),
                None => all.push(scale.clone()),
            }
        }
        Self { all }
    }

    /// All of them, in the order in which they are offered.
    pub fn iter(&self) -> impl Iterator<Item = &Scale> {
        self.all.iter()
    }

    /// The scale of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Scale> {
        self.all.iter().find(|scale| scale.id == id)
    }

    /// The terms of a scale on an axis.
    #[must_use]
    pub fn axis(&self, scale: &str, axis: &str) -> Option<&ScaleAxis> {
        self.get(scale)?.axis(axis)
    }

    fn known(&self, assessment: &Assessment) -> Option<Known<'_>> {
        let scale = self.get(&assessment.scale)?;
        let axis = scale.axis(&assessment.axis)?;
        let term = match (&assessment.term, assessment.value) {
            (Some(written), _) => Some(axis.term(written)?),
            (None, Some(number)) => axis.term_for(number),
            (None, None) => None,
        };
        Some(Known { scale, axis, term })
    }

    /// The term that an assessment chose; where it gave only a number, the one that the number falls to.
    #[must_use]
    pub fn term(&self, assessment: &Assessment) -> Option<&Term> {
        self.known(assessment)?.term
    }

    /// How an assessment is drawn. A term of a scale that is not known here is drawn as unassessed, never as certain.
    #[must_use]
    pub fn level(&self, assessment: Option<&Assessment>) -> Level {
        let Some(assessment) = assessment else { return Level::Unassessed };
        match (self.known(assessment), assessment.value) {
            (Some(Known { term: Some(term), .. }), _) => term.level,
            (Some(Known { axis, .. }), Some(number)) if axis.unit.as_deref() == Some("%") => Level::of_percent(number),
            _ => Level::Unassessed,
        }
    }

    /// Where an assessment stands in its scale's order, the weakest term being 0. `None` outside the order and for
    /// words not known here: sorted apart, never as low.
    #[must_use]
    pub fn strength(&self, assessment: &Assessment) -> Option<usize> {
        let known = self.known(assessment)?;
        known.axis.strength(known.term?)
    }

    /// Reliability and credibility as a badge has them: "B2", "B–", "–3"; "–" where there is neither.
    #[must_use]
    pub fn badge(&self, reliability: Option<&Assessment>, credibility: Option<&Assessment>) -> String {
        let short = |assessment: Option<&Assessment>| {
            assessment.map(|own| match self.term(own) {
                Some(term) => term.short.clone(),
                None => own.term.as_deref().unwrap_or("?").chars().take(2).collect(),
            })
        };
        match (short(reliability), short(credibility)) {
            (None, None) => "–".to_owned(),
            (reliability, credibility) => {
                let part = |short: Option<String>| short.unwrap_or_else(|| "–".to_owned());
                part(reliability) + &part(credibility)
            }
        }
    }

    /// Reliability and credibility in words, after their badge: "B2 usually reliable · probably true". Empty where
    /// there is neither.
    #[must_use]
    pub fn gloss(&self, reliability: Option<&Assessment>, credibility: Option<&Assessment>) -> String {
        let words: Vec<String> = [reliability, credibility].into_iter().flatten().map(|own| self.label(own)).collect();
        if words.is_empty() {
            return String::new();
        }
        format!("{} {}", self.badge(reliability, credibility), words.join(" · "))
    }

    /// The words of an assessment's term, without number and scale: "probably true", "likely". A term that is not
    /// known here, as written, in quotation marks.
    #[must_use]
    pub fn label(&self, assessment: &Assessment) -> String {
        let known = self.known(assessment);
        match (known, &assessment.term, assessment.value) {
            (Some(Known { term: Some(term), .. }), Some(written), _) => term.label_of(written).to_owned(),
            (Some(Known { term: Some(term), .. }), None, _) => term.label.clone(),
            (_, Some(written), _) => format!("“{written}”"),
            (Some(Known { axis, .. }), None, Some(number)) => axis.with_unit(&number),
            (None, None, Some(number)) => number.to_string(),
            (_, None, None) => "not judged".to_owned(),
        }
    }

    /// An assessment for a report: the term, the number or band that it stands for, and the scale:
    /// "likely (55–80 %, ICD 203)", "moderate analytic confidence (ICD 203)", "22 % (no term in UK PHIA)".
    #[must_use]
    pub fn words(&self, assessment: &Assessment) -> String {
        let label = self.label(assessment);
        let Some(Known { scale, axis, term }) = self.known(assessment) else {
            return format!("{label} ({}, not known here)", assessment.scale);
        };
        let Some(term) = term else {
            let why = if assessment.value.is_some() { "no term in " } else { "" };
            return format!("{label} ({why}{})", scale.name);
        };
        let number = assessment.value.map(|number| axis.with_unit(&number));
        let meaning = number.or_else(|| term.band.map(|band| axis.with_unit(&band)));
        match meaning {
            Some(meaning) => format!("{label} ({meaning}, {})", scale.name),
            None if term.key == label => format!("{label} {} ({})", axis.label, scale.name),
            None if term.key.chars().count() <= 2 => format!("{} {label} ({})", term.key, scale.name),
            None => format!("{label} ({})", scale.name),
        }
    }

    /// An assessment on another scale, in words that say that it is approximate and from which band to which:
    /// "≈ likely 55–75 % (UK PHIA), from likely 55–80 % (ICD 203)". `None` as for [`Scales::convert`].
    #[must_use]
    pub fn approximate(&self, assessment: &Assessment, to_scale: &str) -> Option<String> {
        let Conversion { from_band, to, to_band, .. } = self.convert(assessment, to_scale)?;
        let (scale, other) = (self.get(&assessment.scale)?, self.get(to_scale)?);
        let (from_axis, to_axis) = (scale.axis(&assessment.axis)?, other.axis(&assessment.axis)?);
        let (from_band, to_band) = (from_axis.with_unit(&from_band), to_axis.with_unit(&to_band));
        let label = self.label(assessment);
        Some(format!("≈ {} {to_band} ({}), from {label} {from_band} ({})", to.label, other.name, scale.name))
    }

    /// What an assessment would be on another scale of the same axis. `None` where one of the two has no numbers,
    /// nothing is shared, the term is outside the order, or the scale is the same.
    #[must_use]
    pub fn convert<'a>(&'a self, assessment: &Assessment, to_scale: &str) -> Option<Conversion<'a>> {
        if to_scale == assessment.scale {
            return None;
        }
        let known = self.known(assessment)?;
        let from = known.term.filter(|term| !term.outside_order)?;
        let from_band = from.band?;
        let other = self.axis(to_scale, &assessment.axis)?;
        let to = match assessment.value {
            Some(number) => other.term_for(number)?,
            None => other.term_like(from_band)?,
        };
        Some(Conversion { from, from_band, to, to_band: to.band? })
    }
}
