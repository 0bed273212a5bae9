//! What a reader gives, as bytes: so that another process can read a file and hand over what it found.
//!
//! Those bytes are of a process that a stranger's file may have taken over: nothing is taken from them that the rest of
//! the program relies on and that is not looked at here. Held by `tests/worker.rs`.

use std::borrow::Cow;

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};

use super::encoding::{ENCODINGS, Encoding, EncodingFound, EncodingUsed};
use super::format::Content;
use super::limits::{ANSWER, ATTACHMENTS, TEXT};
use super::original::{BlockKind, Original};
use super::read::{ReadError, Warning, reader_named};
use super::text::ByteSpan;

/// What the bytes begin with. Two versions of the program do not understand each other, and need not.
const BEGIN: &str = concat!("vouch ", env!("CARGO_PKG_VERSION"), " document 1\n");

/// What a reader gives, and what it found odd.
pub(super) type Read<'a> = Result<(Content<'a>, Vec<Warning>), ReadError>;

#[derive(Serialize, Deserialize)]
enum Packed<'a> {
    Read {
        #[serde(borrow)]
        text: Cow<'a, str>,
        encoding: Option<(String, EncodingFound)>,
        reader: Option<String>,
        original: Box<Original>,
        warnings: Vec<PackedWarning>,
    },
    Failed(ReadError),
}

#[derive(Serialize, Deserialize)]
enum PackedWarning {
    Malformed { encoding: String, count: usize, places: Vec<usize> },
    Odd(String),
}

/// As bytes; an error in their place where they would be more than are taken.
pub(super) fn pack(read: Read<'_>) -> Vec<u8> {
    let packed = match read {
        Ok((content, warnings)) => Packed::Read {
            text: content.text,
            encoding: content.encoding.map(|used| (used.encoding.label.to_owned(), used.found)),
            reader: content.reader.map(str::to_owned),
            original: Box::new(content.original),
            warnings: warnings.into_iter().map(PackedWarning::from).collect(),
        },
        Err(error) => Packed::Failed(error),
    };
    bytes_of(&packed).or_else(|| bytes_of(&Packed::Failed(ReadError::too_much()))).unwrap_or_default()
}

fn bytes_of(packed: &Packed<'_>) -> Option<Vec<u8>> {
    let begun = Capped(BEGIN.as_bytes().to_vec());
    postcard::serialize_with_flavor(packed, begun).ok()
}

/// Bytes up to [`ANSWER`].
struct Capped(Vec<u8>);

impl Flavor for Capped {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        if self.0.len() + bytes.len() > ANSWER {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// What was packed.
///
/// # Errors
/// What the reader said, or that the bytes are not what a reader gives.
pub(super) fn unpack(bytes: &[u8]) -> Read<'static> {
    let packed = bytes.strip_prefix(BEGIN.as_bytes()).and_then(|rest| postcard::take_from_bytes(rest).ok());
    let Some((packed, [])) = packed else { return Err(ReadError::garbled()) };
    match packed {
        Packed::Failed(error) => Err(error),
        Packed::Read { text, .. } if text.len() > TEXT => Err(ReadError::too_much()),
        Packed::Read { text, encoding, reader, original, warnings } => {
            let is_sound = is_sound(&original, &text);
            let encoding = encoding.map(|(label, found)| used(&label, found));
            let reader = reader.map(|name| reader_named(&name));
            let warnings = warnings.into_iter().map(PackedWarning::unpack);
            let known = (|| {
                let (encoding, reader) = (swapped(encoding)?, swapped(reader)?);
                let text = Cow::Owned(text.into_owned());
                Some((Content { text, encoding, reader, original: *original }, warnings.collect::<Option<Vec<_>>>()?))
            })();
            known.filter(|_| is_sound).ok_or_else(ReadError::garbled)
        }
    }
}

/// None where there is one that is not known.
#[expect(clippy::option_option, reason = "there need be none, and one need not be known")]
fn swapped<T>(given: Option<Option<T>>) -> Option<Option<T>> {
    given.map_or(Some(None), |known| known.map(Some))
}

fn used(label: &str, found: EncodingFound) -> Option<EncodingUsed> {
    let encoding: &'static Encoding = ENCODINGS.iter().find(|encoding| encoding.label == label)?;
    Some(EncodingUsed { encoding, found })
}

impl From<Warning> for PackedWarning {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::Malformed { encoding, count, places } => {
                Self::Malformed { encoding: encoding.to_owned(), count, places }
            }
            Warning::Odd(words) => Self::Odd(words),
            // Of markup that has no reader, and so is never read apart.
            Warning::Source { .. } => Self::Odd(warning.to_string()),
        }
    }
}

impl PackedWarning {
    fn unpack(self) -> Option<Warning> {
        Some(match self {
            Self::Malformed { encoding, count, places } => {
                let encoding = ENCODINGS.iter().find(|known| known.name == encoding)?.name;
                Warning::Malformed { encoding, count, places }
            }
            Self::Odd(words) => Warning::Odd(words),
        })
    }
}

/// Whether all positions are of this text, in the order that is promised, and all numbers are such as can be drawn.
fn is_sound(original: &Original, text: &str) -> bool {
    let Original { blocks, styles, told: _, places, attachments, asides } = original;
    let is_in =
        |span: ByteSpan| span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    let boxes = places.boxes.iter();
    let boxed = || boxes.clone().map(|found| ByteSpan { start: found.start as usize, end: found.end as usize });
    let is_length = |length: f32| length.is_finite() && length >= 0.0;
    blocks.iter().all(|block| is_in(block.span) && !block.span.is_empty())
        && blocks.iter().all(|block| !matches!(block.kind, BlockKind::Heading(level) if !(1..=6).contains(&level)))
        && are_disjoint(blocks.iter().map(|block| block.span))
        && styles.iter().all(|styled| is_in(styled.span))
        && styles.is_sorted_by_key(|styled| styled.span.start)
        && places.pages.iter().all(|page| is_length(page.width) && is_length(page.height))
        && boxes.clone().all(|found| (found.page as usize) < places.pages.len())
        && boxes.clone().all(|found| found.sides.iter().all(|side| side.is_finite()))
        && boxed().all(is_in)
        && are_disjoint(boxed())
        && places.elements.iter().all(|element| is_in(element.span))
        && are_disjoint(places.elements.iter().map(|element| element.span))
        && attachments.len() <= ATTACHMENTS
        && attachments.iter().all(|attachment| !attachment.name.is_empty())
        && asides.iter().all(|aside| is_in(aside.at))
}

/// Whether each begins where the one before ends, or later.
fn are_disjoint(spans: impl Iterator<Item = ByteSpan>) -> bool {
    let mut end = 0;
    let follows = |span: ByteSpan| span.start >= std::mem::replace(&mut end, span.end);
    spans.into_iter().all(follows)
}

/// A short text.
pub(super) mod word {
    use serde::{Deserialize, Deserializer, Serializer};
    use smol_str::SmolStr;

    pub fn serialize<S: Serializer>(word: &SmolStr, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(word)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SmolStr, D::Error> {
        String::deserialize(deserializer).map(SmolStr::from)
    }
}

/// Bytes, as one piece rather than one after another.
pub(super) mod bytes {
    use std::fmt::{self, Formatter};
    use std::sync::Arc;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Arc<[u8]>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(bytes.into())
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}
