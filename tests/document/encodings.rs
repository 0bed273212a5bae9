//! Encodings: found, chosen, damaged; and files that are no text.

use vouch::document::{Document, ENCODINGS, Encoding, EncodingFound, MAX_BYTES, ReadError, ReadOptions, Warning, read};

const TEXT: &str = "Peaminister ütles: „Täna on hea päev, ja õhtul räägime edasi.“\nŠokolaad on kallis.\n";

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf_32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().map(u32::from).flat_map(bytes).collect()
}

fn with(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
    [mark, bytes].concat()
}

fn open(bytes: &[u8]) -> (Document, Vec<Warning>) {
    read("release.txt", bytes, &ReadOptions::default()).unwrap()
}

fn chosen(bytes: &[u8], label: &str) -> Result<(Document, Vec<Warning>), ReadError> {
    read("release.txt", bytes, &ReadOptions { encoding: Some(label.to_owned()), ..ReadOptions::default() })
}

/// The bytes read as `text` in the encoding of `label`, without a warning; choosing that encoding gives the same.
fn check(bytes: &[u8], text: &str, label: &str, found: EncodingFound) {
    let (document, warnings) = open(bytes);
    let used = document.encoding.unwrap();
    assert_eq!((used.encoding.label, used.found), (label, found));
    assert_eq!(document.text.as_str(), text);
    assert_eq!(warnings, []);
    let (document, _) = chosen(bytes, label).unwrap();
    assert_eq!((document.text.as_str(), document.encoding.unwrap().found), (text, EncodingFound::Chosen));
}

#[test]
fn unicode_with_a_mark() {
    let found = EncodingFound::Mark;
    check(&with(b"\xEF\xBB\xBF", TEXT.as_bytes()), TEXT, "utf-8", found);
    check(&with(b"\xFF\xFE", &utf_16(TEXT, u16::to_le_bytes)), TEXT, "utf-16le", found);
    check(&with(b"\xFE\xFF", &utf_16(TEXT, u16::to_be_bytes)), TEXT, "utf-16be", found);
    check(&with(b"\xFF\xFE\0\0", &utf_32(TEXT, u32::to_le_bytes)), TEXT, "utf-32le", found);
    check(&with(b"\0\0\xFE\xFF", &utf_32(TEXT, u32::to_be_bytes)), TEXT, "utf-32be", found);
    check(b"\xFF\xFE\0\0a\0", "\0a", "utf-16le", found);
    check(b"\xEF\xBB\xBF", "", "utf-8", found);
}

#[test]
fn unicode_without_a_mark() {
    let russian = "Премьер-министр сказал: «Сегодня хороший день».\nИ ушёл.\n";
    let chinese = "北约秘书长说：我们会赢。\n他随后离开了。\n";
    check(TEXT.as_bytes(), TEXT, "utf-8", EncodingFound::Valid);
    check(b"", "", "utf-8", EncodingFound::Valid);
    for text in [TEXT, russian, chinese, "Hello, world.\n"] {
        let found = EncodingFound::Pattern;
        check(&utf_16(text, u16::to_le_bytes), text, "utf-16le", found);
        check(&utf_16(text, u16::to_be_bytes), text, "utf-16be", found);
        check(&utf_32(text, u32::to_le_bytes), text, "utf-32le", found);
        check(&utf_32(text, u32::to_be_bytes), text, "utf-32be", found);
    }
}

#[test]
fn legacy_encodings_are_guessed() {
    let texts = [
        (
            "windows-1252",
            "Der Präsident sagte: „Wir müssen für Österreich größere Anstrengungen unternehmen.“ Später fügte er hinzu, dass es schön wäre.",
        ),
        (
            "windows-1251",
            "Премьер-министр встретился с генеральным секретарём и сказал, что страна готова к переговорам.",
        ),
        ("koi8-u", "Премьер-министр встретился с генеральным секретарем и сказал, что страна готова к переговорам."),
        (
            "windows-1253",
            "Ο πρωθυπουργός συναντήθηκε με τον γενικό γραμματέα και είπε ότι η χώρα είναι έτοιμη για συνομιλίες.",
        ),
        (
            "windows-1250",
            "Premiér řekl, že země je připravena k jednání, a že příští týden přijede do Prahy předseda vlády. Žádné další podrobnosti nejsou.",
        ),
        ("shift_jis", "首相は記者会見で、我々は必ず勝つと述べた。会談は六月に行われた。"),
        ("euc-kr", "총리는 기자회견에서 우리는 반드시 이길 것이라고 말했다."),
        ("big5", "總理在記者會上說我們一定會贏，會談在六月舉行。"),
        ("gbk", "总理在记者会上说我们一定会赢，会谈在六月举行。"),
    ];
    for (label, text) in texts {
        let (bytes, _, lossy) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lossy, "{label}");
        check(&bytes, text, label, EncodingFound::Guess);
    }
    let japanese = "首相は記者会見で、我々は必ず勝つと述べた。";
    let (bytes, ..) = encoding_rs::ISO_2022_JP.encode(japanese);
    check(&bytes, japanese, "iso-2022-jp", EncodingFound::Guess);
}

#[test]
fn every_encoding_of_the_list_can_be_chosen_and_has_one_name() {
    for encoding in ENCODINGS {
        assert!(std::ptr::eq(Encoding::from_label(encoding.label).unwrap(), encoding));
        let (document, _) = chosen(b"", encoding.label).unwrap();
        assert_eq!(document.encoding.unwrap().encoding, encoding);
    }
    let label = |label| Encoding::from_label(label).map(|encoding| encoding.label);
    assert_eq!(
        [label("Latin1"), label(" UTF8 "), label("utf-32"), label("cp1251")].map(Option::unwrap),
        ["windows-1252", "utf-8", "utf-32le", "windows-1251"]
    );
    assert_eq!(label("klingon"), None);
    let error = chosen(b"a", "klingon").unwrap_err();
    assert!(error.to_string().contains("klingon") && error.to_string().contains("utf-8"), "{error}");
}

#[test]
fn a_choice_overrides_what_was_found() {
    let (document, _) = chosen("ä".as_bytes(), "windows-1252").unwrap();
    assert_eq!(document.text.as_str(), "Ã¤");
    let (document, warnings) = chosen(b"%PDF-1.7 \0\0\0\0", "windows-1252").unwrap();
    assert_eq!((document.text.as_str(), warnings.len()), ("%PDF-1.7 \0\0\0\0", 0));
}

#[test]
fn line_ends_become_one_and_nothing_else_changes() {
    let (document, _) = open("a\r\nb\rc\n\r\r\nd\u{85}e\u{2028}\u{FEFF}e\u{301}\0\x07\t".as_bytes());
    assert_eq!(document.text.as_str(), "a\nb\nc\n\n\nd\u{85}e\u{2028}\u{FEFF}e\u{301}\0\x07\t");
    let (document, _) = open(&with(b"\xFF\xFE", &utf_16("a\r\nb\r", u16::to_le_bytes)));
    assert_eq!(document.text.as_str(), "a\nb\n");
    // A pair may be cut by the pieces in which long files are decoded.
    let long = "abc\r\n".repeat(50_000);
    let (document, _) = open(&with(b"\xFF\xFE", &utf_16(&long, u16::to_le_bytes)));
    assert_eq!(document.text.as_str(), long.replace("\r\n", "\n"));
    let (document, _) = open(&utf_32(&long, u32::to_be_bytes));
    assert_eq!(document.text.as_str(), long.replace("\r\n", "\n"));
}

#[test]
fn a_second_mark_is_text() {
    let (document, _) = open("\u{FEFF}\u{FEFF}a".as_bytes());
    assert_eq!(document.text.as_str(), "\u{FEFF}a");
}

/// Where malformed bytes stand, counted and placed.
fn malformed(bytes: &[u8], text: &str, label: &str, count: usize, places: &[usize]) {
    let (document, warnings) = open(bytes);
    assert_eq!(document.text.as_str(), text);
    let encoding = document.encoding.unwrap().encoding;
    assert_eq!(encoding.label, label);
    assert_eq!(warnings, [Warning::Malformed { encoding: encoding.name, count, places: places.to_vec() }]);
}

#[test]
fn malformed_bytes_are_shown_counted_and_placed() {
    // Places are in the text, after its line ends have become one.
    malformed(b"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xB5\r\n\xFF!", "äöüõ\n\u{FFFD}!", "utf-8", 1, &[9]);
    malformed(b"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xB5 \xE2\x82", "äöüõ \u{FFFD}", "utf-8", 1, &[9]);
    malformed(b"\xFF\xFEa\0\0\xD8b\0\0\xDC", "a\u{FFFD}b\u{FFFD}", "utf-16le", 2, &[1, 5]);
    malformed(b"\xFF\xFE\0\0a\0\0\0\0\0\x11\0b\0\0\0c", "a\u{FFFD}b\u{FFFD}", "utf-32le", 2, &[1, 5]);
    malformed(b"\xEF\xBB\xBF\xFFa", "\u{FFFD}a", "utf-8", 1, &[0]);
}

#[test]
fn only_the_first_hundred_places_are_kept() {
    let (document, warnings) = open(&with(b"\xEF\xBB\xBF", &[0xFF; 1000]));
    assert_eq!(document.text.len_code_points(), 1000);
    let Warning::Malformed { count, places, .. } = &warnings[0] else { panic!("{warnings:?}") };
    assert_eq!((*count, places.len(), places.last()), (1000, 100, Some(&297)));
    assert!(warnings[0].to_string().starts_with("1000 places are not valid Unicode (UTF-8)"), "{}", warnings[0]);
}

#[test]
fn files_that_are_no_text_are_named() {
    let error = |bytes: &[u8]| read("release.txt", bytes, &ReadOptions::default()).unwrap_err().to_string();
    let zip = |inside: &str| with(b"PK\x03\x04\x14\0\0\0\0\0", inside.as_bytes());
    assert_eq!(
        error(b"%!PS-Adobe-3.0\n"),
        "this is a PostScript file, which cannot be opened as a document: save its text as a .txt file, or copy the text \
         and paste it into the window"
    );
    for (bytes, what) in [
        (zip("[Content_Types].xml xl/workbook.xml"), "an Excel workbook"),
        (zip("[Content_Types].xml word/document.xml"), "this file is damaged"),
        (zip("mimetypeapplication/vnd.oasis.opendocument.text"), "this file is damaged"),
        (zip("photos/1"), "an archive (ZIP)"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(), "a picture (PNG)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec(), "an old Office file"),
        (vec![0; 4096], "nothing but NUL bytes"),
        (vec![0; 4], "nothing but NUL bytes"),
        ((0..=255).cycle().take(10_000).collect(), "full of control characters"),
    ] {
        let message = error(&bytes);
        assert!(message.contains(what) && message.contains(": "), "{message}");
    }
    let (document, _) = open(b"OTTO presents plan\n");
    assert_eq!(document.text.as_str(), "OTTO presents plan\n");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let error = read("release.txt", &vec![0; MAX_BYTES + 1], &ReadOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this file has 1025 MiB, and documents of up to 1024 MiB can be opened: split it into parts"
    );
}

#[test]
fn markup_is_shown_as_its_source() {
    for (text, what) in [("<?xml version='1.0'?>\n<a>b</a>", "XML"), ("Received: from x\nSubject: y\n\nz", "mail")] {
        let (document, warnings) = open(text.as_bytes());
        assert_eq!(document.text.as_str(), text);
        assert!(warnings.len() == 1 && warnings[0].to_string().contains(what), "{warnings:?}");
    }
}

#[test]
fn a_document_knows_its_hashes_and_its_reader() {
    let (document, _) = open(include_bytes!("../../sample_docs/vilnius-summit.txt"));
    assert_eq!(document.sha256(), "099260c4e9ddc1b27f510976d5bb00a04823d343d31412f916e6bf74d8468b0f");
    assert_eq!(document.text_sha256(), document.sha256());
    assert_eq!(document.text.len_code_points(), 2955);
    assert_eq!((document.reader, document.media_type), ("plain-1", "text/plain"));
    let (document, _) = read("plan.markdown", b"a\r\n", &ReadOptions::default()).unwrap();
    assert_eq!(document.sha256(), "8e4621379786ef42a4fec155cd525c291dd7db3c1fde3478522f4f61c03fd1bd");
    assert_eq!(document.text_sha256(), "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7");
    assert_eq!((document.reader, document.media_type), ("markdown-source-1", "text/markdown"));
}
