//! The codebook in force as RON text: what `vouch codebook` shows, and what a team starts its own from.

use super::{Codebook, Colours, Field, InUse, Kind, SavedQuery, Tag, Word};
use crate::annotation::printed::{Printed, lines, list};
use crate::annotation::{Among, Level, Scale, ScaleAxis, Term};

impl Codebook {
    /// The word in `format` at the head of a codebook's file.
    pub const FORMAT: &'static str = "vouch-codebook";

    /// The comment at the head of a printed codebook.
    pub const HEAD: &'static str = "\
// A codebook of Vouch. As codebook.ron in the folder of the releases, or in any folder above, it is in force there.
// A section that is left out is taken from the codebook that comes with the program. Colours are for the light and
// the dark theme; each goes with its letter. A scale of your own goes under own_scales, written as those in
// assets/scales.
";

    /// The codebook as RON text; reading it gives the same codebook. Comments of the file that it was read from are
    /// not kept.
    #[must_use]
    pub fn print(&self) -> String {
        format!("{}{}\n", Self::HEAD, self.printed().on_lines(0))
    }

    /// The codebook for a file that is there already, `old`: sections that the file leaves out stay left out where they
    /// are still as the program brings them, so that they go on following it.
    #[must_use]
    pub fn print_over(&self, old: &[u8]) -> String {
        let there = Self::sections_in(old);
        let delivered = Self::built_in().printed().into_fields();
        let own = self.printed().into_fields();
        let is_left_out =
            |name: &str| !there.iter().any(|section| section == name) && find(&own, name) == find(&delivered, name);
        let body = self.printed().keeping(|name| matches!(name, "format" | "version") || !is_left_out(name));
        format!("{}{}\n", Self::HEAD, body.on_lines(0))
    }

    fn printed(&self) -> Printed {
        let kinds: Vec<String> = self.kinds.iter().map(|kind| kind_fields(kind).on_lines(2)).collect();
        let tags: Vec<String> = self.tags.iter().map(|tag| print_tag(tag, 2)).collect();
        let fields: Vec<String> = self.fields.iter().map(|field| field_fields(field).on_one_line()).collect();
        let in_use: Vec<String> = self.in_use.iter().map(|in_use| in_use_fields(in_use).on_one_line()).collect();
        let scales: Vec<String> = self.own_scales.iter().map(|scale| scale_fields(scale, 2).on_lines(2)).collect();
        let queries: Vec<String> = self.queries.iter().map(|saved| query_fields(saved).on_one_line()).collect();
        let words = |words: &[Word]| {
            let printed: Vec<String> = words.iter().map(|word| word_fields(word).on_one_line()).collect();
            lines(&printed, 1)
        };
        let (major, minor) = self.version;
        Printed::default()
            .text("format", Self::FORMAT)
            .raw("version", format!("({major}, {minor})"))
            .texts("requires", &self.requires)
            .text("name", &self.name)
            .text("edition", &self.edition)
            .raw("kinds", lines(&kinds, 1))
            .raw("unknown", colours_fields(self.unknown).on_one_line())
            .raw("tags", lines(&tags, 1))
            .raw("fields", lines(&fields, 1))
            .raw("scales", lines(&in_use, 1))
            .text("axis", &self.axis)
            .raw("checks", list(&self.checks))
            .raw("relations", words(&self.relations))
            .raw("markings", words(&self.markings))
            .raw("styles", words(&self.styles))
            .raw("statuses", words(&self.statuses))
            .raw("queries", lines(&queries, 1))
            .raw("own_scales", lines(&scales, 1))
            .extra(&self.extra)
    }
}

fn find<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(own, _)| own == name).map(|(_, ron)| ron.as_str())
}

pub(super) fn colours_fields(colours: Colours) -> Printed {
    Printed::default().text("light", &colours.light.to_string()).text("dark", &colours.dark.to_string())
}

pub(super) fn kind_fields(kind: &Kind) -> Printed {
    let digit = kind.digit.map(f64::from);
    Printed::default()
        .text("key", &kind.key)
        .text("label", &kind.label)
        .text("letter", &kind.letter)
        .number("digit", digit)
        .text("light", &kind.colours.light.to_string())
        .text("dark", &kind.colours.dark.to_string())
        .text("definition", &kind.definition)
        .raw("examples", list(&kind.examples))
        .text("not_for", &kind.not_for)
        .extra(&kind.extra)
}

/// A tag without those below it.
pub(super) fn tag_fields(tag: &Tag) -> Printed {
    Printed::default().text("key", &tag.key).text("label", &tag.label).some("definition", tag.definition.as_deref())
}

fn print_tag(tag: &Tag, depth: usize) -> String {
    let narrower: Vec<String> = tag.tags.iter().map(|tag| print_tag(tag, depth + 1)).collect();
    let printed = tag_fields(tag);
    let printed = if narrower.is_empty() { printed } else { printed.raw("tags", lines(&narrower, depth)) };
    printed.extra(&tag.extra).on_one_line()
}

pub(super) fn field_fields(field: &Field) -> Printed {
    Printed::default()
        .text("key", &field.key)
        .text("label", &field.label)
        .text("on", &field.on)
        .text("holds", &field.holds)
        .texts("choices", &field.choices)
        .flag("required", field.required)
        .some("definition", field.definition.as_deref())
        .extra(&field.extra)
}

pub(super) fn in_use_fields(in_use: &InUse) -> Printed {
    Printed::default().text("axis", &in_use.axis).text("scale", &in_use.scale).extra(&in_use.extra)
}

pub(super) fn word_fields(word: &Word) -> Printed {
    Printed::default()
        .text("key", &word.key)
        .text("label", &word.label)
        .some("definition", word.definition.as_deref())
        .extra(&word.extra)
}

pub(super) fn query_fields(saved: &SavedQuery) -> Printed {
    Printed::default().text("name", &saved.name).text("query", &saved.query).extra(&saved.extra)
}

/// A scale, to be set in by `depth` levels, written as the files of `assets/scales` are.
pub(super) fn scale_fields(scale: &Scale, depth: usize) -> Printed {
    let axes: Vec<String> = scale.axes.iter().map(|axis| print_axis(axis, depth + 2)).collect();
    Printed::default()
        .text("id", &scale.id)
        .text("name", &scale.name)
        .text("edition", &scale.edition)
        .text("publication", &scale.publication)
        .raw("axes", lines(&axes, depth + 1))
        .extra(&scale.extra)
}

fn print_axis(axis: &ScaleAxis, depth: usize) -> String {
    let terms: Vec<String> = axis.terms.iter().map(print_term).collect();
    let among = match axis.among {
        Among::Narrowest => None,
        Among::Upper => Some("upper"),
    };
    Printed::default()
        .text("axis", &axis.axis)
        .text("label", &axis.label)
        .some("unit", axis.unit.as_deref())
        .flag("strongest_first", axis.strongest_first)
        .some("among", among)
        .some("note", axis.note.as_deref())
        .raw("terms", lines(&terms, depth + 1))
        .extra(&axis.extra)
        .on_lines(depth)
}

fn print_term(term: &Term) -> String {
    let level = match term.level {
        Level::Unassessed => None,
        Level::CannotJudge => Some("cannot judge"),
        Level::Low => Some("low"),
        Level::Moderate => Some("moderate"),
        Level::High => Some("high"),
    };
    Printed::default()
        .text("key", &term.key)
        .text("label", &term.label)
        .texts("also", &term.also)
        .text("short", &term.short)
        .some("gloss", term.gloss.as_deref())
        .some("level", level)
        .flag("outside_order", term.outside_order)
        .number("from", term.band.map(|band| band.from))
        .number("to", term.band.map(|band| band.to))
        .flag("from_open", term.band.is_some_and(|band| band.from_open))
        .flag("to_open", term.band.is_some_and(|band| band.to_open))
        .number("value", term.value)
        .extra(&term.extra)
        .on_one_line()
}
