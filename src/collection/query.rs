//! One query language for the shelf: the window's table, `vouch search` and the queries that a codebook keeps by name.
//!
//! ```text
//! kind:commitment source:NATO credibility:1-2 published:2023.. -status:retracted text:"brigade"
//! ```
//!
//! Terms that stand beside each other must all hold.
//!
//! ```text
//! query  = [ any ]
//! any    = all { "or" all }
//! all    = not { [ "and" ] not }
//! not    = [ "-" ] atom                         what is left out; no blank after the sign
//! atom   = "(" any ")" | name ":" value | words
//! value  = words | from ".." to | from ".." | ".." to | term "-" term
//! words  = a word | "several words"             \" is a quotation mark among them
//! ```
//!
//! - **Words** stand in any text of a claim: quote, statement, cue, source (aliases and affiliation too), role, note, title, publisher.
//!   `text:` asks the claim's own words only, quote and statement. Compared is without case, accents and the shapes of
//!   quotation marks and dashes; a part of a word is found.
//! - **Fields** are the columns of exports (`vouch export --format csv`), `value`, `time`, `evidence`, the fields of the
//!   codebook and its axes; `tag`, `role`, `chain`, `by`, `id` are short for `tags`, `source_role`, `source_chain`,
//!   `annotator` and `claim_id`. A field that holds text is asked whether the words stand in it; one that holds a word
//!   (kind, style, status, a tag, …) whether it is that word. A kind may be named by its label too, and a tag is also
//!   each tag above it.
//! - **Ranges** hold dates (`published:2023-06..2023-09`; a month or year is a range by itself, and what is known less
//!   exactly than is asked for is not found), numbers (`paragraph:3..5`), and terms by the order in which their own scale
//!   is printed (`credibility:1-2`, `reliability:A-C`, `likelihood:likely..`). A term is never carried over to another
//!   scale, and one outside the order (F, 6) is in no range. A range of numbers on an axis (`likelihood:60..70`) finds
//!   judgements that were given as a number.
//!
//! A word that stands neither in the codebook nor in any claim is an error that names the nearest one
//! ([`Query::check`]): a slip of the pen must not look like "nothing found".
//!
//! - **has:** any field, `assessment` or `remark`; `-has:source` finds what nobody is named as saying.
//! - **is:** `attributed`, `unattributed`, `assessed`, `unassessed`, `remarked`, `exact`, `moved`, `ambiguous`, `lost`,
//!   or a status.
//! - **in:text** looks in the paragraphs of the documents in the place of claims; fields of a claim are then not there.
//!
//! Knows no window and no files. Held by `tests/query.rs`.

mod condition;
mod dates;
mod fields;
mod parse;
mod words;

use std::borrow::Borrow;
use std::fmt;

use self::condition::Condition;
use self::parse::Parser;
use self::words::Asked;
use super::sheet::Sheet;
use crate::annotation::{Codebook, Finding, SavedQuery, Warning};
use crate::document::ByteSpan;

pub(super) use self::dates::days;
pub use self::fields::{Holds, MORE};
pub(super) use self::fields::{holds, holds_of_own, is_searched};
pub(super) use self::parse::term;

/// What a claim can be, beside its status.
pub(super) const FLAGS: [&str; 9] =
    ["attributed", "unattributed", "assessed", "unassessed", "remarked", "exact", "moved", "ambiguous", "lost"];

/// A query that was understood.
#[derive(Clone, Debug)]
pub struct Query {
    node: Node,
    looks_in: In,
    /// The words that it asks for where only some words can stand.
    asked: Vec<Asked>,
}

/// What a query looks through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum In {
    /// Claims.
    #[default]
    Claims,
    /// The paragraphs of the documents.
    Text,
}

/// Conditions and how they are joined.
#[derive(Clone, Debug)]
enum Node {
    /// All hold; none is a query that finds everything.
    All(Vec<Node>),
    /// One holds.
    Any(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// It holds.
    One(Condition),
}

/// What is wrong with a query, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The part that is wrong, in bytes of what was typed; may be empty, where something is missing.
    pub span: ByteSpan,
    /// Its first character, counted from 1.
    pub at: usize,
    /// What is wrong: what to write instead.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.at, self.message)
    }
}

impl std::error::Error for QueryError {}

impl From<Condition> for Node {
    fn from(condition: Condition) -> Self {
        Self::One(condition)
    }
}

impl Query {
    /// Understands what was typed. The codebook gives the team's own fields and axes, the scales and the statuses.
    ///
    /// # Errors
    /// [`QueryError`]: where it cannot be understood, and what to write instead.
    pub fn parse(text: &str, codebook: &Codebook) -> Result<Self, QueryError> {
        let mut parser = Parser::new(text, codebook);
        let node = parser.query()?;
        Ok(Self { node, looks_in: parser.looks_in.unwrap_or_default(), asked: parser.asked })
    }

    /// Whether each kind, style, status, tag, annotator, term, … that is asked for is one: of the codebook, or of a claim
    /// of these sheets, so that what only a colleague's codebook has is found too. The sheets are walked only where the
    /// codebook does not have a word, and only until all are met.
    ///
    /// # Errors
    /// [`QueryError`]: the first word that nobody has, with the nearest one that somebody has.
    pub fn check<S: Borrow<Sheet>>(
        &self,
        codebook: &Codebook,
        sheets: impl IntoIterator<Item = S>,
    ) -> Result<(), QueryError> {
        words::check(&self.asked, codebook, sheets)
    }

    /// What it looks through: [`Sheet::of_claims`] or [`Sheet::of_text`].
    pub fn looks_in(&self) -> In {
        self.looks_in
    }

    /// The rows of a sheet that it finds, in order. Costs one walk over the values of the fields that are asked
    /// for, and one over the rows for each condition.
    pub fn rows(&self, sheet: &Sheet) -> Vec<usize> {
        let found = self.node.rows(sheet);
        found.iter().enumerate().filter(|(_, found)| **found).map(|(row, _)| row).collect()
    }
}

/// Which of the queries that a codebook keeps by name cannot be understood, or ask for a word that it does not have, each
/// with what is wrong and where.
#[must_use]
pub fn faulty_queries(codebook: &Codebook) -> Vec<Finding> {
    let faulty = |(at, saved): (usize, &SavedQuery)| {
        let nothing: [Sheet; 0] = [];
        let understood = Query::parse(&saved.query, codebook);
        let error = understood.and_then(|query| query.check(codebook, nothing)).err()?;
        let (place, message) = (format!("queries[{at}].query"), format!("{:?}, {error}", saved.name));
        Some(Finding { what: "faulty-query", at: Warning { place, message } })
    };
    codebook.queries.iter().enumerate().filter_map(faulty).collect()
}

impl Node {
    fn rows(&self, sheet: &Sheet) -> Vec<bool> {
        match self {
            Self::All(nodes) => joined(nodes, sheet, true),
            Self::Any(nodes) => joined(nodes, sheet, false),
            Self::Not(node) => {
                let mut rows = node.rows(sheet);
                for row in &mut rows {
                    *row = !*row;
                }
                rows
            }
            Self::One(condition) => {
                let mut rows = vec![false; sheet.len()];
                condition.meet(sheet, &mut rows);
                rows
            }
        }
    }
}

/// The rows that all nodes find, or that one does.
fn joined(nodes: &[Node], sheet: &Sheet, all: bool) -> Vec<bool> {
    let mut rows = vec![all; sheet.len()];
    for node in nodes {
        for (row, found) in rows.iter_mut().zip(node.rows(sheet)) {
            *row = if all { *row && found } else { *row || found };
        }
    }
    rows
}
