//! The codebook: what a team agreed on. Claim kinds with their colours and keys, tags, fields of its own, the scales
//! in use, which checks are on, relations, markings, styles, statuses, queries.
//!
//! A RON file, `codebook.ron`, in the collection's folder or any folder above; whoever calls hands in its text. A
//! section that the file leaves out is the built-in codebook's. What is not understood is told, kept, and printed
//! again. Knows no colours of its own: they are data. Held by `tests/codebook.rs`.

use std::fmt;

use super::{Extra, Scale, ScaleAxis, Scales};

mod check;
mod colour;
mod compare;
mod edit;
mod list;
mod merge;
mod print;
mod read;

pub use check::Finding;
pub use colour::{Eyes, FALLS_TOGETHER, Hues, LEAST_CONTRAST, Near, hues, ink_on_kinds, paper};
pub use compare::Difference;
pub use edit::{CodebookEdit, CodebookHistory};
pub use list::{Way, word_of};

/// The file's name in a collection.
pub const CODEBOOK_FILE: &str = "codebook.ron";

/// Version of the format that this program writes.
const VERSION: (u32, u32) = (1, 0);

/// What a team agreed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codebook {
    /// Version of the file's format, major and minor, as read.
    pub version: (u32, u32),
    /// Words of the format without which the file is not understood: none is known to this version.
    pub requires: Vec<String>,
    /// Whose it is.
    pub name: String,
    /// Its edition, as the team counts.
    pub edition: String,
    /// Claim kinds, in the order in which they are offered.
    pub kinds: Vec<Kind>,
    /// How a kind that the codebook does not have, or that was not chosen, is coloured.
    pub unknown: Colours,
    /// Tags; each may hold others.
    pub tags: Vec<Tag>,
    /// Fields of the team's own.
    pub fields: Vec<Field>,
    /// The scale in use on each axis, in the order in which the axes are shown.
    pub in_use: Vec<InUse>,
    /// The axis that the digit keys judge, and that decides on line styles.
    pub axis: String,
    /// Names of the checks that are on.
    pub checks: Vec<String>,
    /// Relations between claims.
    pub relations: Vec<Word>,
    /// Markings ("TLP:AMBER").
    pub markings: Vec<Word>,
    /// Styles of attribution.
    pub styles: Vec<Word>,
    /// Statuses of a claim.
    pub statuses: Vec<Word>,
    /// Queries over the collection, by name.
    pub queries: Vec<SavedQuery>,
    /// Scales of the team's own.
    pub own_scales: Vec<Scale>,
    /// The built-in scales and the team's own.
    pub scales: Scales,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A kind of claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kind {
    /// The word in files (`commitment`).
    pub key: String,
    /// The word on screen.
    pub label: String,
    /// The letter of its tile; goes with the colour everywhere.
    pub letter: String,
    /// The digit that chooses it after K, 1 to 9.
    pub digit: Option<u8>,
    /// Its colour in both themes.
    pub colours: Colours,
    /// What belongs to the kind.
    pub definition: String,
    /// Examples, each a claim as a release words it.
    pub examples: Vec<String>,
    /// When it is not to be used, and which kind to use instead.
    pub not_for: String,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A colour in each theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    /// In the light theme.
    pub light: Rgb,
    /// In the dark theme.
    pub dark: Rgb,
}

/// A colour, red, green and blue from 0 to 255; `#rrggbb` in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// A tag and those below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// The word in files.
    pub key: String,
    /// The word on screen.
    pub label: String,
    /// What it is for.
    pub definition: Option<String>,
    /// Narrower tags.
    pub tags: Vec<Tag>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A field of the team's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// The word in files.
    pub key: String,
    /// The word on screen.
    pub label: String,
    /// What has the field: `claim`, `source` or `document`.
    pub on: String,
    /// `text`, `number`, `date`, `choice` or `yes/no`; a word of a later version is treated as text.
    pub holds: String,
    /// What can be chosen, where it holds a choice.
    pub choices: Vec<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// What it is for.
    pub definition: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// Which scale an axis is judged on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InUse {
    /// The axis.
    pub axis: String,
    /// The scale's id.
    pub scale: String,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A word of a small vocabulary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// The word in files.
    pub key: String,
    /// The word on screen.
    pub label: String,
    /// What it means.
    pub definition: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A query over the collection that the team keeps by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedQuery {
    /// Its name, as people choose it.
    pub name: String,
    /// The query as it is typed.
    pub query: String,
    /// Fields of a later version.
    pub extra: Extra,
}

/// How a claim's kind is shown, known or not: a colour never goes without its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look<'a> {
    /// The letter of the tile: the codebook's, the first one of a word that it does not have, or "–".
    pub letter: &'a str,
    /// The word on screen.
    pub label: &'a str,
    /// The colour.
    pub colours: Colours,
    /// Whether the codebook has the kind.
    pub known: bool,
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Rgb {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }
}

impl Field {
    /// What can be chosen in it: its choices, or yes and no.
    #[must_use]
    pub fn offered(&self) -> Vec<String> {
        match self.holds.as_str() {
            "choice" => self.choices.clone(),
            "yes/no" => vec!["yes".to_owned(), "no".to_owned()],
            _ => Vec::new(),
        }
    }

    /// Whether a value is what the field holds: a number, a day as `2023-06-28` (or its month, or its year), one of the
    /// choices. Anything is a text.
    #[must_use]
    pub fn fits(&self, value: &str) -> bool {
        let value = value.trim();
        match self.holds.as_str() {
            "number" => value.replace([' ', '\u{a0}', ','], "").parse::<f64>().is_ok_and(f64::is_finite),
            "date" => {
                let is = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
                match value.split('-').collect::<Vec<_>>().as_slice() {
                    [year] => is(year, 4),
                    [year, month] => is(year, 4) && is(month, 2),
                    [year, month, day] => is(year, 4) && is(month, 2) && is(day, 2),
                    _ => false,
                }
            }
            "choice" | "yes/no" => self.offered().iter().any(|offered| offered == value),
            _ => true,
        }
    }
}

impl Codebook {
    /// Why the codebook may be used but not changed here; `None` where it may. A later version means more by it than
    /// this one understands.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        let (major, minor) = self.version;
        if major > VERSION.0 {
            return Some(format!(
                "made for a later version of Vouch (format {major}.{minor}): what is understood of it is in force, and it \
                 is not changed here; update Vouch to change it"
            ));
        }
        let word = self.requires.first()?;
        Some(format!("needs {word:?}, which this version of Vouch does not have: it is not changed here; update Vouch"))
    }

    /// The kind of this key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// The kind that a letter or a digit chooses after K, without regard to case.
    #[must_use]
    pub fn kind_by_sign(&self, sign: char) -> Option<&Kind> {
        let digit = sign.to_digit(10);
        let mut letters = [0; 4];
        let sign = sign.encode_utf8(&mut letters).to_lowercase();
        self.kinds
            .iter()
            .find(|kind| kind.letter.to_lowercase() == sign || (digit.is_some() && kind.digit.map(u32::from) == digit))
    }

    /// How a claim of this kind is shown, be the kind known or not, chosen or not.
    #[must_use]
    pub fn look<'a>(&'a self, kind: Option<&'a str>) -> Look<'a> {
        let Some(key) = kind else {
            return Look { letter: "–", label: "no kind", colours: self.unknown, known: false };
        };
        if let Some(kind) = self.kind(key) {
            return Look { letter: &kind.letter, label: &kind.label, colours: kind.colours, known: true };
        }
        let first = key.chars().next().map_or(0, char::len_utf8);
        Look { letter: key.get(..first).unwrap_or("?"), label: key, colours: self.unknown, known: false }
    }

    /// The terms in use on an axis.
    #[must_use]
    pub fn axis_in_use(&self, axis: &str) -> Option<&ScaleAxis> {
        let in_use = self.in_use.iter().find(|in_use| in_use.axis == axis)?;
        self.scales.axis(&in_use.scale, axis)
    }

    /// The id of the scale in use on an axis.
    #[must_use]
    pub fn scale_in_use(&self, axis: &str) -> Option<&str> {
        self.in_use.iter().find(|in_use| in_use.axis == axis).map(|in_use| in_use.scale.as_str())
    }

    /// Whether a check is on.
    #[must_use]
    pub fn checks(&self, name: &str) -> bool {
        self.checks.iter().any(|check| check == name)
    }

    /// The query that is kept under a name, without regard to case.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&SavedQuery> {
        let wanted = name.trim().to_lowercase();
        self.queries.iter().find(|saved| saved.name.to_lowercase() == wanted)
    }

    /// All tags, each followed by those below it.
    #[must_use]
    pub fn all_tags(&self) -> Vec<&Tag> {
        check::all_tags(&self.tags)
    }

    /// The tag of this key, on whatever level.
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&Tag> {
        fn find<'a>(tags: &'a [Tag], key: &str) -> Option<&'a Tag> {
            tags.iter().find_map(|tag| if tag.key == key { Some(tag) } else { find(&tag.tags, key) })
        }
        find(&self.tags, key)
    }
}
