//! The columns of a claim: one table for every format that has columns or fields.

use std::borrow::Cow;

use super::ClaimView;

/// What stands in a column for one claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Absent,
    /// A position or a number of a paragraph.
    Number(usize),
    /// One text.
    Text(Cow<'a, str>),
    /// Several texts of equal standing.
    List(&'a [String]),
}

/// A column's name, and what it holds of a claim.
pub struct Column {
    /// The name, in lower case with `_`.
    pub name: &'static str,
    /// Its cell.
    pub cell: for<'a> fn(&'a ClaimView<'_>) -> Cell<'a>,
}

/// What joins the parts of a list where a cell can hold only one text.
pub const LIST: &str = "; ";

/// The columns, in this order. `start` is the start of the first span and `end` the end of the last one, in code
/// points of the text whose SHA-256 is `text_sha256`; both are empty where the anchor was not found. `reliability` to
/// `confidence_scale` are the annotator's judgements in force.
pub const COLUMNS: [Column; 36] = [
    column("document", |c| text(&c.release.name)),
    column("title", |c| option(c.layer.about.title.as_ref())),
    column("publisher", |c| option(c.layer.about.publisher.as_ref())),
    column("published", |c| option(c.layer.about.published.as_ref())),
    column("url", |c| option(c.layer.about.url.as_ref())),
    column("text_sha256", |c| text(&c.release.text_sha256)),
    column("annotator", |c| text(&c.layer.handle)),
    column("claim_id", |c| text(c.id.as_str())),
    column("anchor", |c| text(c.found.word())),
    column("start", |c| number(c.spans.first().map(|span| span.start))),
    column("end", |c| number(c.spans.last().map(|span| span.end))),
    column("paragraph", |c| number(c.paragraph)),
    column("quote", |c| owned(c.quote())),
    column("statement", |c| option(c.claim.statement.as_ref())),
    column("kind", |c| option(c.claim.kind.as_ref())),
    column("style", |c| option(c.claim.style.as_ref())),
    column("cue", |c| owned(c.cue())),
    column("source", |c| owned(c.each_speaker(|speaker| speaker.name.clone()))),
    column("source_id", |c| owned(c.each_speaker(|speaker| speaker.id.map_or_else(String::new, ToString::to_string)))),
    column("source_kind", |c| owned(c.each_speaker(|speaker| speaker.kind().unwrap_or_default().to_owned()))),
    column("source_role", |c| owned(c.each_speaker(|speaker| speaker.role().unwrap_or_default().to_owned()))),
    column("source_chain", |c| owned(c.chain())),
    column("reliability", |c| owned(c.term("reliability"))),
    column("credibility", |c| owned(c.term("credibility"))),
    column("likelihood", |c| owned(c.term("likelihood"))),
    column("likelihood_scale", |c| owned(c.scale("likelihood"))),
    column("confidence", |c| owned(c.term("confidence"))),
    column("confidence_scale", |c| owned(c.scale("confidence"))),
    column("check_worthy", |c| option(c.field("check_worthy"))),
    column("stance", |c| option(c.field("stance"))),
    column("status", |c| text(c.claim.status.as_deref().unwrap_or("open"))),
    column("tags", |c| Cell::List(&c.claim.tags)),
    column("note", |c| option(c.claim.note.as_ref())),
    column("marking", |c| option(c.marking())),
    column("created", |c| option(c.claim.created.as_ref())),
    column("modified", |c| option(c.claim.modified.as_ref())),
];

const fn column(name: &'static str, cell: for<'a> fn(&'a ClaimView<'_>) -> Cell<'a>) -> Column {
    Column { name, cell }
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Absent } else { Cell::Text(Cow::Borrowed(text)) }
}

fn option(text_or_none: Option<&String>) -> Cell<'_> {
    text_or_none.map_or(Cell::Absent, |found| text(found))
}

fn owned(text: String) -> Cell<'static> {
    if text.is_empty() { Cell::Absent } else { Cell::Text(Cow::Owned(text)) }
}

fn number(number: Option<usize>) -> Cell<'static> {
    number.map_or(Cell::Absent, Cell::Number)
}
