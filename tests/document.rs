//! The room `document`: bytes to canonical text, its structure, and what a release says of itself.

mod document {
    mod docx;
    mod encodings;
    mod mail;
    mod odt;
    mod pages;
    mod pdf;
    mod pdf_file;
    mod properties;
    mod proposals;
    mod quotations;
    mod rtf;
    mod sentences;
    mod structure;
    mod text;
    mod words;
    mod zip_file;

    use vouch::document::{Document, ReadOptions, Structure, read};

    /// A document of plain text, which reads without a warning.
    fn plain(text: &str) -> Document {
        named("release.txt", text)
    }

    fn named(name: &str, text: &str) -> Document {
        let (document, warnings) = read(name, text.as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(warnings, []);
        document
    }

    fn structured(text: &str) -> (Document, Structure) {
        let document = plain(text);
        let structure = Structure::of(&document);
        (document, structure)
    }
}
