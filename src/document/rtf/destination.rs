//! Destinations: what the text of an RTF group is for.
//!
//! Held by `tests/document.rs`.

use super::super::original::{Stated, Told};

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// It is shown.
    Text,
    /// It is for programs, or shown elsewhere.
    Nothing,
    Fonts,
    Styles,
    /// The sign or number before a list item.
    Label,
    /// A field's code.
    Code,
    /// About a comment: by the control word's name.
    Comment(&'static str),
    /// About the document: by the control word's name.
    Info(&'static str),
}

/// Which text of its own a group is, apart from the one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apartness {
    Note,
    Head,
    Foot,
    TextBox,
    Remark,
}

/// The destination that a control word names, if it names one.
pub(super) fn find(word: &str) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "listtext" | "pntext" => Destination::Label,
        "fldinst" => Destination::Code,
        "atnauthor" => Destination::Comment("author"),
        "atndate" => Destination::Comment("date"),
        "atnref" => Destination::Comment("reference"),
        "atrfstart" => Destination::Comment("begins"),
        "atrfend" => Destination::Comment("ends"),
        "title" => Destination::Info("title"),
        "subject" => Destination::Info("subject"),
        "author" => Destination::Info("author"),
        "company" => Destination::Info("company"),
        "creatim" => Destination::Info("creatim"),
        "info" | "pict" | "nonshppict" | "colortbl" | "filetbl" | "listtable" | "listoverridetable" | "revtbl"
        | "rsidtbl" | "themedata" | "colorschememapping" | "latentstyles" | "datastore" | "generator" | "objdata"
        | "objclass" | "objname" | "objalias" | "shpinst" | "shprslt" | "do" | "sp" | "xe" | "tc" | "rxe" | "upr"
        | "bkmkstart" | "bkmkend" | "pn" | "pntxta" | "pntxtb" | "pnseclvl" | "ftnsep" | "ftnsepc" | "aftnsep"
        | "aftnsepc" | "ftncn" | "aftncn" | "template" | "operator" | "manager" | "category" | "keywords"
        | "comment" | "doccomm" | "hlinkbase" | "revtim" | "printim" | "buptim" | "userprops" | "xmlnstbl"
        | "mmathPr" | "wgrffmtfilter" | "atnid" | "atnicn" | "atntime" | "atnparent" | "formfield" | "datafield"
        | "private" | "docvar" | "fchars" | "lchars" | "panose" | "falt" | "fontemb" | "background"
        | "passwordhash" | "protusertbl" => Destination::Nothing,
        _ => return None,
    })
}

/// The text of its own that a control word begins, if it begins one.
pub(super) fn apart(word: &str) -> Option<Apartness> {
    Some(match word {
        "footnote" => Apartness::Note,
        "header" | "headerl" | "headerr" | "headerf" => Apartness::Head,
        "footer" | "footerl" | "footerr" | "footerf" => Apartness::Foot,
        "shptxt" | "dptxbxtext" => Apartness::TextBox,
        "annotation" => Apartness::Remark,
        _ => return None,
    })
}

/// Takes a value of the group `\info`.
pub(super) fn tell(told: &mut Told, name: &str, value: &str) {
    let (field, place) = match name {
        "title" => (&mut told.title, "\\title"),
        "subject" => (&mut told.subject, "\\subject"),
        "company" => (&mut told.issuer, "\\company"),
        "author" => (&mut told.issuer, "\\author"),
        "creatim" => (&mut told.published, "\\creatim"),
        _ => return,
    };
    // A company is named rather than a person.
    if field.is_none() || name == "company" {
        *field = Stated::new(value, place).or_else(|| field.take());
    }
}
