//! What a file is that is no text, by its content: so that the error can name it and say what to do next.
//!
//! Knows nothing of encodings. Held by `tests/document.rs`.

/// A kind of file that is no text: what it is, and what the reader of the error can do.
pub(super) struct Binary {
    pub what: &'static str,
    pub next: &'static str,
}

const COPY: &str = "save its text as a .txt file, or copy the text and paste it into the window";
const SAVE_AS_TEXT: &str = "open it in the program that it was written with and save it as plain text (.txt)";
const UNPACK: &str = "unpack it and open the files inside";
const RECOGNISE: &str = "let a text recognition program read it, and open the text";
const TRANSCRIBE: &str = "open a transcript of it";
const NO_TEXT: &str = "choose the document that you meant";

/// Signatures of files that are text for the most part, at their very beginning.
const TEXTUAL: &[(&[u8], Binary)] = &[
    (b"{\\rtf", Binary { what: "a rich text file (RTF)", next: SAVE_AS_TEXT }),
    (b"%!PS", Binary { what: "a PostScript file", next: COPY }),
];

/// Where a signature stands, the signature, what it tells. The first one that fits wins. Some are plain letters, so
/// they count only in files that have control characters too: a release may well begin with "OTTO".
const SIGNATURES: &[(usize, &[u8], Binary)] = &[
    (
        0,
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        Binary { what: "an old Office file or Outlook message", next: SAVE_AS_TEXT },
    ),
    (0, b"\x89PNG\r\n\x1A\n", Binary { what: "a picture (PNG)", next: RECOGNISE }),
    (0, b"\xFF\xD8\xFF", Binary { what: "a picture (JPEG)", next: RECOGNISE }),
    (0, b"GIF87a", Binary { what: "a picture (GIF)", next: RECOGNISE }),
    (0, b"GIF89a", Binary { what: "a picture (GIF)", next: RECOGNISE }),
    (0, b"II*\0", Binary { what: "a picture (TIFF)", next: RECOGNISE }),
    (0, b"MM\0*", Binary { what: "a picture (TIFF)", next: RECOGNISE }),
    (8, b"WEBP", Binary { what: "a picture (WebP)", next: RECOGNISE }),
    (4, b"ftypheic", Binary { what: "a picture (HEIC)", next: RECOGNISE }),
    (4, b"ftypavif", Binary { what: "a picture (AVIF)", next: RECOGNISE }),
    (4, b"ftyp", Binary { what: "a film or sound file (MP4)", next: TRANSCRIBE }),
    (8, b"WAVEfmt", Binary { what: "a sound file (WAV)", next: TRANSCRIBE }),
    (0, b"ID3", Binary { what: "a sound file (MP3)", next: TRANSCRIBE }),
    (0, b"OggS", Binary { what: "a sound file (Ogg)", next: TRANSCRIBE }),
    (0, b"fLaC", Binary { what: "a sound file (FLAC)", next: TRANSCRIBE }),
    (0, b"\x1A\x45\xDF\xA3", Binary { what: "a film (Matroska)", next: TRANSCRIBE }),
    (0, b"\x1F\x8B", Binary { what: "a compressed file (gzip)", next: UNPACK }),
    (0, b"BZh", Binary { what: "a compressed file (bzip2)", next: UNPACK }),
    (0, b"\xFD7zXZ\0", Binary { what: "a compressed file (xz)", next: UNPACK }),
    (0, b"\x28\xB5\x2F\xFD", Binary { what: "a compressed file (zstd)", next: UNPACK }),
    (0, b"7z\xBC\xAF\x27\x1C", Binary { what: "an archive (7-Zip)", next: UNPACK }),
    (0, b"Rar!\x1A\x07", Binary { what: "an archive (RAR)", next: UNPACK }),
    (0, b"SQLite format 3\0", Binary { what: "a database (SQLite)", next: NO_TEXT }),
    (0, b"\x7FELF", Binary { what: "a program", next: NO_TEXT }),
    (0, b"wOF2", Binary { what: "a font", next: NO_TEXT }),
    (0, b"OTTO", Binary { what: "a font", next: NO_TEXT }),
];

/// Names inside a ZIP file that tell what it is.
const INSIDE_ZIP: &[(&[u8], Binary)] = &[
    (b"word/", Binary { what: "a Word document (DOCX)", next: SAVE_AS_TEXT }),
    (b"xl/", Binary { what: "an Excel workbook (XLSX)", next: SAVE_AS_TEXT }),
    (b"ppt/", Binary { what: "a PowerPoint presentation (PPTX)", next: SAVE_AS_TEXT }),
    (b"epub+zip", Binary { what: "an e-book (EPUB)", next: SAVE_AS_TEXT }),
];

const ZIP: Binary = Binary { what: "an archive (ZIP)", next: UNPACK };

/// How much of a file is looked at.
const HEAD: usize = 4096;

/// What the file is, if its head is that of a known kind that is no text.
pub(super) fn recognise(bytes: &[u8]) -> Option<&'static Binary> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.starts_with(b"PK\x03\x04") {
        // The central directory at the end has all names, also where the first entries are others.
        let tail = bytes.get(bytes.len().saturating_sub(HEAD)..).unwrap_or(bytes);
        let inside = |name: &[u8]| [head, tail].iter().any(|part| part.windows(name.len()).any(|at| at == name));
        return Some(INSIDE_ZIP.iter().find(|(name, _)| inside(name)).map_or(&ZIP, |(_, binary)| binary));
    }
    if let Some((_, binary)) = TEXTUAL.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(binary);
    }
    if !head.iter().any(|&byte| byte < 0x09) {
        return None;
    }
    let has = |at: usize, signature: &[u8]| head.get(at..).is_some_and(|head| head.starts_with(signature));
    SIGNATURES.iter().find(|(at, signature, _)| has(*at, signature)).map(|(_, _, binary)| binary)
}

/// What to say of a file that is not text and not a known kind either.
pub(super) fn unknown(bytes: &[u8]) -> Binary {
    if bytes.iter().all(|&byte| byte == 0) {
        let next = "it was damaged, perhaps by a crash or a full disk; look for a backup of it";
        return Binary { what: "a file of nothing but NUL bytes", next };
    }
    let next = "if it is text, choose its encoding; else choose the document that you meant";
    Binary { what: "not text: it is full of control characters", next }
}
