//! Bytes to canonical text: decoded, byte order mark removed, CRLF and CR made LF; nothing else is touched.
//!
//! Knows which encoding to use, not how it was found. Held by `tests/document.rs`.

use std::borrow::Cow;

use encoding_rs::DecoderResult;

use super::encoding::Detected;

/// How many places of malformed bytes are remembered.
pub(super) const PLACES: usize = 100;

/// A canonical text and what was wrong with its bytes.
pub(super) struct Decoded<'a> {
    /// Borrowed from the bytes where they are the canonical text already: the common case, without a copy.
    pub text: Cow<'a, str>,
    /// How many sequences of bytes were no character of the encoding; each became U+FFFD.
    pub malformed: usize,
    /// Where the first of them stand, in bytes of the text.
    pub places: Vec<usize>,
}

/// Decodes `bytes` in the encoding that was found for them.
pub(super) fn decode<'a>(bytes: &'a [u8], detected: &Detected<'a>) -> Decoded<'a> {
    let bytes = bytes.get(detected.skip..).unwrap_or(&[]);
    if let Some(text) = detected.valid
        && !bytes.contains(&b'\r')
    {
        return Decoded { text: Cow::Borrowed(text), malformed: 0, places: Vec::new() };
    }
    let mut canonical = Canonical { text: String::with_capacity(bytes.len()), ..Canonical::default() };
    match (detected.valid, detected.used.encoding.label) {
        (Some(text), _) => canonical.push(text),
        (None, "utf-8") => {
            for chunk in bytes.utf8_chunks() {
                canonical.push(chunk.valid());
                if !chunk.invalid().is_empty() {
                    canonical.push_malformed();
                }
            }
        }
        (None, "utf-32le") => decode_utf_32(bytes, u32::from_le_bytes, &mut canonical),
        (None, "utf-32be") => decode_utf_32(bytes, u32::from_be_bytes, &mut canonical),
        (None, label) => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
            decode_whatwg(bytes, encoding, &mut canonical);
        }
    }
    Decoded { text: Cow::Owned(canonical.text), malformed: canonical.malformed, places: canonical.places }
}

fn decode_utf_32(bytes: &[u8], unit: fn([u8; 4]) -> u32, canonical: &mut Canonical) {
    let (units, rest) = bytes.as_chunks::<4>();
    let mut piece = String::new();
    for &bytes in units {
        if let Some(c) = char::from_u32(unit(bytes)) {
            piece.push(c);
        } else {
            canonical.push(&piece);
            piece.clear();
            canonical.push_malformed();
        }
        if piece.len() > 16 * 1024 {
            canonical.push(&piece);
            piece.clear();
        }
    }
    canonical.push(&piece);
    if !rest.is_empty() {
        canonical.push_malformed();
    }
}

fn decode_whatwg(bytes: &[u8], encoding: &'static encoding_rs::Encoding, canonical: &mut Canonical) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = "\0".repeat(16 * 1024);
    let mut rest = bytes;
    loop {
        let (result, read, written) = decoder.decode_to_str_without_replacement(rest, &mut buffer, true);
        canonical.push(buffer.get(..written).unwrap_or_default());
        rest = rest.get(read..).unwrap_or(&[]);
        match result {
            DecoderResult::Malformed(..) => canonical.push_malformed(),
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => return,
        }
    }
}

/// Collects decoded pieces, making line ends one as it goes.
#[derive(Default)]
struct Canonical {
    text: String,
    malformed: usize,
    places: Vec<usize>,
    /// The last piece ended in CR: an LF at the head of the next one belongs to it.
    after_cr: bool,
}

impl Canonical {
    fn push(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        let mut rest = if self.after_cr { piece.strip_prefix('\n').unwrap_or(piece) } else { piece };
        self.after_cr = piece.ends_with('\r');
        while let Some((line, after)) = rest.split_once('\r') {
            self.text.push_str(line);
            self.text.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        self.text.push_str(rest);
    }

    fn push_malformed(&mut self) {
        self.after_cr = false;
        if self.places.len() < PLACES {
            self.places.push(self.text.len());
        }
        self.malformed += 1;
        self.text.push(char::REPLACEMENT_CHARACTER);
    }
}
