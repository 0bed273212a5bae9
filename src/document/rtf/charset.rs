//! Code pages and character sets of fonts, as RTF numbers them.
//!
//! Held by `tests/document.rs`.

use encoding_rs::Encoding;

/// The encoding of a code page.
pub(super) fn from_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        437 | 850 | 1361 => return None,
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        65001 => "utf-8",
        874 => "windows-874",
        866 => "ibm866",
        page => return Encoding::for_label(format!("windows-{page}").as_bytes()),
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a font's character set; `None`: the document's own.
pub(super) fn page_from_charset(charset: i32) -> Option<i32> {
    Some(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => return None,
    })
}
