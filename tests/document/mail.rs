//! Mail: what is to be read, what its headers tell, what is an older mail, what is attached.

use std::io::Write as _;

use vouch::document::{Apart, Document, ReadOptions, read};

fn opened(name: &str, bytes: &[u8]) -> Document {
    let (document, warnings) = read(name, bytes, &ReadOptions::default()).unwrap();
    assert_eq!(warnings, []);
    document
}

/// The stretches of the text that are an older mail.
fn history(document: &Document) -> Vec<&str> {
    let blocks = document.original.blocks.iter().filter(|block| block.apart == Some(Apart::History));
    blocks.map(|block| document.text.slice(block.span)).collect()
}

const HEADERS: &str = "Message-ID: <1@example.org>\r\nDate: Tue, 11 Jul 2023 14:00:00 +0200\r\n\
    From: \"NATO Press\" <press@example.org>\r\nTo: desk@example.org\r\n\
    Subject: =?utf-8?Q?Communiqu=C3=A9_of_the_Summit?=\r\nMIME-Version: 1.0\r\n";

#[test]
fn the_text_is_read_and_the_headers_tell() {
    let mail = format!(
        "{HEADERS}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe allies m=E9t.\r\n\r\nThey agreed.\r\n"
    );
    let document = opened("release.eml", mail.as_bytes());
    assert_eq!(document.text.as_str(), "The allies mét.\n\nThey agreed.");
    assert_eq!((document.reader, document.media_type), ("eml-1", "message/rfc822"));
    let told = &document.original.told;
    let value = |stated: &Option<vouch::document::Stated>| stated.as_ref().unwrap().value.clone();
    assert_eq!(value(&told.title), "Communiqué of the Summit");
    assert_eq!(value(&told.issuer), "NATO Press");
    assert_eq!(value(&told.published), "2023-07-11T14:00:00+02:00");
}

#[test]
fn of_two_ways_of_saying_it_the_plain_one_is_read_and_files_are_offered() {
    let mail = format!(
        "{HEADERS}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>A page.</p>\r\n--a--\r\n\
         --m\r\nContent-Type: application/pdf; name=\"../../plan.pdf\"\r\nContent-Disposition: attachment; filename=\"../../plan.pdf\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--m--\r\n"
    );
    let document = opened("release.eml", mail.as_bytes());
    assert_eq!(document.text.as_str(), "Plain words.");
    let [plan] = document.original.attachments.as_slice() else { panic!("{:?}", document.original.attachments) };
    assert_eq!(
        (plan.name.as_str(), plan.media_type.as_str(), &*plan.bytes),
        ("plan.pdf", "application/pdf", &b"%PDF-1.4"[..])
    );
}

#[test]
fn a_mail_that_is_a_page_is_read_as_one() {
    let mail = format!(
        "{HEADERS}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Summit</h1><p>They <b>agreed</b>.\
         <img src=\"https://example.org/tracker.gif\"></p></body></html>\r\n"
    );
    let document = opened("release.eml", mail.as_bytes());
    assert_eq!(document.text.as_str(), "Summit\n\nThey agreed.");
}

#[test]
fn older_mails_stand_apart() {
    let mail = |body: &str| opened("release.eml", format!("{HEADERS}\r\n{}", body.replace('\n', "\r\n")).as_bytes());
    let answered = mail(
        "Yes, we did.\n\nOn Tue, 11 Jul 2023 at 12:00, Anna <a@example.org> wrote:\n> Did you agree?\n>\n> Anna\n\nBest,\nB\n",
    );
    assert_eq!(
        history(&answered),
        ["On Tue, 11 Jul 2023 at 12:00, Anna <a@example.org> wrote:\n> Did you agree?\n>\n> Anna"]
    );
    assert!(answered.text.as_str().ends_with("Best,\nB"));
    let passed_on = mail("See below.\n\n-----Original Message-----\nFrom: Anna\nSubject: x\n\nDid you agree?\n");
    assert_eq!(history(&passed_on), ["-----Original Message-----\nFrom: Anna\nSubject: x\n\nDid you agree?"]);
    let release = mail("They agreed.\n\n____________________\n\nContact: press\n");
    assert_eq!(history(&release), [""; 0]);
}

#[test]
fn a_release_with_a_few_headers_of_its_own_is_no_mail() {
    for release in [
        "Contact: press@example.org\nDate: 11 July 2023\nSubject: Summit\n\nThey agreed.\n",
        "FOR IMMEDIATE RELEASE\n\nThey agreed.\n",
    ] {
        assert_eq!(opened("release.txt", release.as_bytes()).reader, "plain-1");
    }
}

#[test]
fn a_saved_page_is_the_article_in_it() {
    let article = "<p>The allies agreed on Tuesday on a plan that sets out what each of them will do, and by when it will be done.</p>".repeat(4);
    let mail = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: Summit\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\
         Content-Location: https://example.org/a\r\n\r\n<html><body><article><h1>Summit of the allies</h1>{article}</article></body></html>\r\n--b--\r\n"
    );
    let document = opened("page.mhtml", mail.as_bytes());
    assert_eq!(document.reader, "mhtml-1");
    assert!(document.text.as_str().contains("The allies agreed on Tuesday"), "{}", document.text.as_str());
    assert_eq!(document.original.told.url.as_ref().unwrap().value, "https://example.org/a");
}

#[test]
fn mails_in_mails_without_end_are_refused() {
    let mut mail = HEADERS.to_owned();
    for level in 0..2000 {
        let inner = format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n{HEADERS}"
        );
        mail.push_str(&inner);
    }
    let error = read("deep.eml", mail.as_bytes(), &ReadOptions::default()).unwrap_err().to_string();
    assert!(error.starts_with("this mail holds more mails in mails than are followed: "), "{error}");
    let parts: String = (0..3000)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"))
        .collect();
    drop(read("deep.eml", format!("{HEADERS}{parts}").as_bytes(), &ReadOptions::default()));
}

#[test]
fn an_outlook_message_gives_the_same() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut put = |path: &str, bytes: &[u8]| file.create_stream(path).unwrap().write_all(bytes).unwrap();
    put("/__substg1.0_0037001F", &wide("Summit"));
    put("/__substg1.0_0C1A001F", &wide("NATO Press"));
    put("/__substg1.0_1000001F", &wide("The allies agreed.\r\n\r\nThey met.\r\n"));
    let mut properties = vec![0; 32];
    properties.extend([0x40, 0, 0x39, 0, 6, 0, 0, 0]);
    properties.extend(((11_644_473_600 + 1_689_076_800_u64) * 10_000_000).to_le_bytes());
    put("/__properties_version1.0", &properties);
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    let mut put = |path: &str, bytes: &[u8]| file.create_stream(path).unwrap().write_all(bytes).unwrap();
    put("/__attach_version1.0_#00000000/__substg1.0_37010102", b"abc");
    put("/__attach_version1.0_#00000000/__substg1.0_3707001F", &wide("plan.txt"));
    let bytes = file.into_inner().into_inner();
    let document = opened("release.msg", &bytes);
    assert_eq!(document.text.as_str(), "The allies agreed.\n\nThey met.");
    let told = &document.original.told;
    assert_eq!(told.title.as_ref().unwrap().value, "Summit");
    assert_eq!(told.issuer.as_ref().unwrap().value, "NATO Press");
    assert_eq!(told.published.as_ref().unwrap().value, "2023-07-11T12:00:00Z");
    assert_eq!(document.original.attachments[0].name, "plan.txt");
    for cut in (0..bytes.len()).step_by(211) {
        drop(read("release.msg", &bytes[..cut], &ReadOptions::default()));
    }
}
