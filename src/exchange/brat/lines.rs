//! The lines of an `.ann` file: what each says, without what it means.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::document::CodeSpan;
use crate::exchange::import::{ImportError, Told};
use crate::sidecar::{MAX_ITEMS, MAX_STRING};

/// Longest file that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;
/// Most lines.
const MAX_LINES: usize = MAX_ITEMS / 4;
/// Longest line, in bytes: what a sidecar takes as one text, and room for its escapes.
const MAX_LINE: usize = MAX_STRING / 2;

/// One annotation.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Where it stands, from 1.
    pub number: usize,
    /// `T3`, `E1`; `*` and `#` alone may stand for many.
    pub id: &'a str,
    /// As it stands in the file, in one line.
    pub raw: Cow<'a, str>,
    pub what: What<'a>,
}

/// What an annotation says.
#[derive(Debug)]
pub(super) enum What<'a> {
    /// Words of the text, by the file's own count of positions.
    Text {
        kind: &'a str,
        fragments: Vec<CodeSpan>,
        words: Cow<'a, str>,
    },
    /// A trigger, and role and filler of each argument.
    Event {
        kind: &'a str,
        trigger: &'a str,
        roles: Vec<(&'a str, &'a str)>,
    },
    Relation {
        kind: &'a str,
        ends: Vec<(&'a str, &'a str)>,
    },
    /// Those that are the same (`*`).
    Equivalence {
        members: Vec<&'a str>,
    },
    Attribute {
        name: &'a str,
        of: &'a str,
        value: Option<&'a str>,
    },
    /// An entry of a register elsewhere.
    Reference {
        of: &'a str,
        to: &'a str,
        name: &'a str,
    },
    Note {
        kind: &'a str,
        of: &'a str,
        words: &'a str,
    },
}

/// A file's annotations in their order, each id once.
#[derive(Debug, Default)]
pub(super) struct Lines<'a> {
    pub all: Vec<Line<'a>>,
    /// Where the annotation of an id is in `all`.
    pub by_id: BTreeMap<&'a str, usize>,
    /// Lines that are none, or whose id stood before: number and text.
    pub unread: Vec<(usize, &'a str)>,
    pub told: Vec<Told>,
}

impl<'a> Lines<'a> {
    /// Reads a file.
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, ImportError> {
        if bytes.len() > MAX_BYTES {
            return Err(ImportError::TooLarge(MAX_BYTES));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
            ImportError::NotText { line: sound.split(|byte| *byte == b'\n').count() }
        })?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for (at, line) in text.split('\n').enumerate() {
            if at >= MAX_LINES {
                return Err(ImportError::TooManyLines(MAX_LINES));
            }
            if line.len() > MAX_LINE {
                return Err(ImportError::LongLine { line: at + 1, most: MAX_LINE });
            }
        }
        let lines = Self::of_text(text);
        match lines.unread.first() {
            Some((line, _)) if lines.all.is_empty() => Err(ImportError::NotThis { line: *line, format: "brat" }),
            _ => Ok(lines),
        }
    }

    /// Reads text that came out of a file before.
    pub(super) fn of_text(text: &'a str) -> Self {
        let mut found = Self::default();
        let mut lines =
            text.split('\n').enumerate().map(|(at, line)| (at + 1, line.strip_suffix('\r').unwrap_or(line)));
        let mut waiting = lines.next();
        while let Some((number, line)) = waiting {
            waiting = lines.next();
            if line.trim().is_empty() {
                continue;
            }
            let Some((id, mut what)) = annotation(line) else {
                found.told.push(Told { line: number, what: "no annotation of brat: kept aside".to_owned() });
                found.unread.push((number, line));
                continue;
            };
            let mut raw = Cow::Borrowed(line);
            if let What::Text { fragments, words, .. } = &mut what {
                // Some tools write line ends of the text as they are: the words go on in the next lines.
                let lengths = fragments.iter().map(|fragment| fragment.len());
                let wanted = lengths.fold(fragments.len() - 1, usize::saturating_add);
                let mut length = words.chars().count();
                while let Some((_, next)) = waiting
                    && length < wanted
                    && words.len() + next.len() < MAX_LINE
                    && annotation(next).is_none()
                {
                    for joined in [words.to_mut(), raw.to_mut()] {
                        joined.push(' ');
                        joined.push_str(next);
                    }
                    length += 1 + next.chars().count();
                    waiting = lines.next();
                }
            }
            let at = found.all.len();
            if let Some(before) = found.by_id.get(id).copied() {
                if found.all.get(before).is_none_or(|before| before.raw != raw) {
                    let what = format!("{id} stood before, and was something else: kept aside");
                    found.told.push(Told { line: number, what });
                    found.unread.push((number, line));
                }
                continue;
            }
            if id.len() > 1 {
                found.by_id.insert(id, at);
            }
            found.all.push(Line { number, id, raw, what });
        }
        found
    }
}

/// What a line says, and its id; `None` where it is no annotation.
fn annotation(line: &str) -> Option<(&str, What<'_>)> {
    let (id, rest) = line.split_once('\t')?;
    let (letter, number) = id.split_at_checked(1)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) || (number.is_empty() && !matches!(letter, "*" | "#")) {
        return None;
    }
    let what = match letter {
        "T" => {
            let (head, words) = rest.split_once('\t')?;
            let (kind, fragments) = head.split_once(' ')?;
            What::Text { kind: word(kind)?, fragments: fragments_from_text(fragments)?, words: Cow::Borrowed(words) }
        }
        "E" => {
            let mut roles = rest.split_ascii_whitespace().map(|role| role.split_once(':').filter(|(_, of)| is_id(of)));
            let (kind, trigger) = roles.next()??;
            What::Event { kind, trigger, roles: roles.collect::<Option<_>>()? }
        }
        "R" => {
            let (kind, ends) = rest.trim_end().split_once(' ')?;
            let ends = ends.split_ascii_whitespace().map(|end| end.split_once(':').filter(|(_, of)| is_id(of)));
            What::Relation { kind: word(kind)?, ends: ends.collect::<Option<_>>()? }
        }
        "*" => {
            let (kind, members) = rest.trim_end().split_once(' ')?;
            word(kind)?;
            let members = members.split_ascii_whitespace();
            What::Equivalence { members: members.map(|id| is_id(id).then_some(id)).collect::<Option<_>>()? }
        }
        "A" | "M" => {
            let mut parts = rest.trim_end().splitn(3, ' ');
            let (name, of) = (word(parts.next()?)?, parts.next().filter(|of| is_id(of))?);
            What::Attribute { name, of, value: parts.next() }
        }
        "N" => {
            let (head, name) = rest.split_once('\t').unwrap_or((rest, ""));
            let mut parts = head.split_ascii_whitespace();
            let (_, of, to) = (parts.next()?, parts.next().filter(|of| is_id(of))?, parts.next()?);
            What::Reference { of, to, name }
        }
        "#" => {
            let (head, words) = rest.split_once('\t').unwrap_or((rest, ""));
            let (kind, of) = head.trim_end().split_once(' ')?;
            What::Note { kind: word(kind)?, of: Some(of).filter(|of| is_id(of))?, words }
        }
        _ => return None,
    };
    Some((id, what))
}

/// The fragments of `12 20;25 30`; `None` where it is not that, or ends before it begins.
pub(super) fn fragments_from_text(text: &str) -> Option<Vec<CodeSpan>> {
    let fragments = text.split(';').map(|fragment| {
        let (start, end) = fragment.split_once(' ')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some(CodeSpan { start, end })
    });
    fragments.collect()
}

/// The letter and number of an annotation that others can name.
fn is_id(text: &str) -> bool {
    let (letter, number) = text.split_at_checked(1).unwrap_or_default();
    letter.bytes().all(|byte| byte.is_ascii_uppercase())
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name as brat takes it for a type, a role, an attribute.
pub(super) fn word(text: &str) -> Option<&str> {
    let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    (!text.is_empty() && text.chars().all(is_allowed)).then_some(text)
}
