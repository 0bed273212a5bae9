//! PDF, `pdf-1`: the words of its pages in the order in which they are read.
//!
//! A PDF draws letters at places; it has neither words nor lines. hayro interprets the file; what is here puts the
//! letters together: segments of a baseline, columns, lines, paragraphs over lines and pages. Held by
//! `tests/document.rs`.

mod blocks;
mod columns;
mod flow;
mod furniture;
mod glyphs;
mod layout;
mod lines;
mod segments;

use std::borrow::Cow;

use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::format::{Content, Format, Input};
use super::original::{Apart, Block, BlockKind, Original, Places, Stated, TextBox, Told};
use super::read::{ReadError, ReadOptions, Warning};
use super::text::ByteSpan;
use blocks::Kind;
use flow::Flow;
use layout::{Laid, lay_out};

pub(super) static FORMAT: Format = Format {
    reader: "pdf-1",
    media_type: "application/pdf",
    extensions: &["pdf"],
    is_text: false,
    takes,
    read,
    mark: |_| None,
};

/// Where the signature may stand: some files have a printer's or a mail's lines before it.
const HEAD: usize = 1024;

fn takes(file: &Input<'_>) -> bool {
    let head = file.bytes.get(..HEAD).unwrap_or(file.bytes);
    let at = memchr::memmem::find(head, b"%PDF-");
    at == Some(0) || at.is_some() && file.has_extension(&["pdf"])
}

fn read<'a>(file: &Input<'a>, _: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    let pdf = Pdf::new(file.bytes.to_vec()).map_err(unreadable)?;
    let laid = lay_out(&pdf);
    if laid.flow.words.is_empty() {
        return Err(without_text(&laid));
    }
    warn(&laid, warnings);
    let blocks = blocks_from_flow(&laid.flow);
    let boxes = laid.flow.words.iter().map(|word| TextBox {
        start: word.span.start as u32,
        end: word.span.end as u32,
        page: word.page as u32,
        sides: word.place,
    });
    let places = Places { boxes: boxes.collect(), pages: laid.pages, elements: Vec::new() };
    let original = Original { blocks, told: told(&pdf), places, ..Original::default() };
    Ok(Content { text: Cow::Owned(laid.flow.text), original, ..Content::default() })
}

fn unreadable(error: LoadPdfError) -> ReadError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::unreadable(
            "this PDF is protected with a password",
            "open it in a PDF program with the password, save a copy without one, and open that",
        ),
        LoadPdfError::Decryption(_) => ReadError::unreadable(
            "this PDF is encrypted in a way that is not known here",
            "open it in a PDF program, print it to a new PDF, and open that",
        ),
        LoadPdfError::Invalid => ReadError::unreadable(
            "this PDF is damaged: no page can be found in it",
            "get the file once more, or open it in a PDF program and save it anew",
        ),
    }
}

fn without_text(laid: &Laid) -> ReadError {
    const RECOGNISE: &str = "let a text recognition program (OCR) add its text, and open what it saves";
    if laid.unknown > 0 {
        let what = "the letters of this PDF are drawn without saying which letters they are";
        return ReadError::unreadable(what, RECOGNISE);
    }
    if laid.scanned > 0 {
        return ReadError::unreadable("this PDF holds pictures and no text, as a scan does", RECOGNISE);
    }
    ReadError::unreadable("this PDF has no text", "choose the document that you meant")
}

fn warn(laid: &Laid, warnings: &mut Vec<Warning>) {
    let mut odd = |words: String| warnings.push(Warning::Odd(words));
    if laid.scanned > 0 {
        odd(format!(
            "{} of {} pages hold pictures and no text, as of a scan: what stands on them is not in the text",
            laid.scanned,
            laid.pages.len()
        ));
    }
    if laid.unknown * 50 > laid.letters() {
        odd(format!(
            "{} letters are drawn without saying which they are, and are left out: compare with the page",
            laid.unknown
        ));
    }
    if laid.is_cut {
        odd("this PDF has more letters than are taken in: its end is left out".to_owned());
    }
}

/// The blocks as all formats have them.
fn blocks_from_flow(flow: &Flow) -> Vec<Block> {
    let mut blocks = Vec::new();
    let title = title(flow);
    let mut table = 0;
    for (index, (range, kind)) in flow.blocks.iter().enumerate() {
        let span = ByteSpan { start: range.start, end: range.end };
        let (kind, apart) = match kind {
            Kind::Heading if title == Some(index) => (BlockKind::Title, None),
            Kind::Heading => (BlockKind::Heading(2), None),
            Kind::Item => (BlockKind::ListItem { depth: 1, label: "".into() }, None),
            Kind::Body => (BlockKind::Paragraph, None),
            Kind::Furniture => (BlockKind::Paragraph, Some(Apart::Furniture)),
            Kind::Table => {
                cells(&flow.text, span, table, &mut blocks);
                table += 1;
                continue;
            }
        };
        blocks.push(Block { span, kind, quoted: 0, apart });
    }
    blocks
}

/// The cells of a table: its lines are rows, with tabs between the cells.
fn cells(text: &str, span: ByteSpan, table: u32, blocks: &mut Vec<Block>) {
    let mut start = span.start;
    for (row, line) in text.get(span.start..span.end).unwrap_or_default().split('\n').enumerate() {
        for (column, cell) in line.split('\t').enumerate() {
            let (row, column) = (row as u32, column as u32);
            let kind = BlockKind::Cell { table, row, column, is_head: false };
            let span = ByteSpan { start, end: start + cell.len() };
            if !cell.is_empty() {
                blocks.push(Block { span, kind, quoted: 0, apart: None });
            }
            start = span.end + 1;
        }
    }
}

/// The title: the largest of the headings with which the document begins.
fn title(flow: &Flow) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for (index, (range, kind)) in flow.blocks.iter().enumerate().take(TITLE_BLOCKS) {
        let word = flow.words.partition_point(|word| word.span.end <= range.start);
        let Some(word) = flow.words.get(word).filter(|word| word.page == 0) else { break };
        let size = (word.place[3] - word.place[1]).min(word.place[2] - word.place[0] + 4.0);
        if *kind == Kind::Heading && range.len() >= 8 && best.is_none_or(|(most, _)| size > most + 0.5) {
            best = Some((size, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Among how many blocks the title is looked for.
const TITLE_BLOCKS: usize = 12;

/// What the file says of itself.
fn told(pdf: &Pdf) -> Told {
    let metadata = Pdf::metadata(pdf);
    let stated = |value: Option<&[u8]>, place: &str| value.and_then(|value| Stated::new(&words(value), place));
    let title = stated(metadata.title.as_deref(), "Title").filter(|title| !is_file_name(&title.value));
    let date = metadata
        .creation_date
        .and_then(|at| (at.year > 1900).then(|| format!("{:04}-{:02}-{:02}", at.year, at.month.max(1), at.day.max(1))));
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let language = root.and_then(|root| root.get::<PdfString<'_>>(b"Lang"));
    Told {
        title,
        issuer: stated(metadata.author.as_deref(), "Author"),
        published: date.and_then(|date| Stated::new(&date, "CreationDate")),
        url: None,
        subject: stated(metadata.subject.as_deref(), "Subject"),
        language: language.and_then(|language| Stated::new(&words(language.as_bytes()), "Lang")),
    }
}

/// Whether a title is the name of the file that the PDF was made from.
fn is_file_name(title: &str) -> bool {
    let lower = title.to_lowercase();
    let ends = [".doc", ".docx", ".odt", ".indd", ".rtf", ".qxd", ".pdf", ".tex", ".ppt", ".pptx", ".xls", ".xlsx"];
    lower.starts_with("microsoft word - ") || lower == "untitled" || ends.iter().any(|end| lower.ends_with(end))
}

/// A text string of a PDF: UTF-16 or UTF-8 where it says so, else `PDFDocEncoding`, which for letters is Latin-1.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
