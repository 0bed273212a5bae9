//! How I look at the colleagues' sets of a document: which are hidden or dimmed, which one is alone, which were loaded
//! from elsewhere, and which remarks I have read.
//!
//! None of it is an annotation, so that it is kept in the state folder, a small RON file a document, and nobody else
//! sees it. Held by `tests/threads.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::annotation::printed::{self, Printed};
use crate::annotation::record::Record;
use crate::annotation::{Extra, Id};
use crate::files::{self, Action, FileError, Files, Places};

/// Bytes that such a file may have.
const LIMIT: u64 = 16 << 20;

/// How a layer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    #[default]
    Shown,
    /// There, but faint.
    Dimmed,
    /// Not at all.
    Hidden,
}

impl Look {
    /// All of them, from the strongest to the weakest.
    pub const ALL: [Self; 3] = [Self::Shown, Self::Dimmed, Self::Hidden];

    /// Its word in the file, and in what is read aloud.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Dimmed => "dimmed",
            Self::Hidden => "hidden",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.word() == word)
    }
}

/// A set that lies elsewhere and is shown with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Elsewhere {
    /// A sidecar, or a file with the sets of many documents.
    pub file: PathBuf,
    /// The set's name in such a file; `None` for a sidecar.
    pub member: Option<String>,
}

/// How I look at the layers of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// How the layers are shown that are not as they are, by handle.
    pub looks: BTreeMap<String, Look>,
    /// The handle of the one that is shown alone.
    pub alone: Option<String>,
    /// Sets that were loaded from elsewhere, in the order of loading.
    pub from: Vec<Elsewhere>,
    /// Remarks of colleagues that I have read.
    pub read: BTreeSet<Id>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl View {
    /// How a layer is shown, the one that is alone minded.
    #[must_use]
    pub fn look(&self, handle: &str) -> Look {
        match &self.alone {
            Some(alone) if alone == handle => Look::Shown,
            Some(_) => Look::Hidden,
            None => self.looks.get(handle).copied().unwrap_or_default(),
        }
    }

    /// Shows a layer so from now on. Who shows or hides one while another is alone means that layer, and no longer to
    /// have the other alone.
    pub fn set_look(&mut self, handle: &str, look: Look) {
        self.alone = None;
        if look == Look::Shown {
            self.looks.remove(handle);
        } else {
            self.looks.insert(handle.to_owned(), look);
        }
    }

    /// The file of a document in the state folder.
    fn file(places: &Places, document: &Path) -> PathBuf {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
        let digest = Sha256::digest(document.as_os_str().as_encoded_bytes());
        let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        places.state.join("views").join(format!("{name}-{hash}.ron"))
    }

    /// Reads how a document was looked at; what cannot be read is as delivered, for nothing in it is work.
    #[must_use]
    pub fn load(files: &dyn Files, places: &Places, document: &Path) -> Self {
        let bytes = files.read(&Self::file(places, document), LIMIT).unwrap_or_default();
        std::str::from_utf8(&bytes).map(Self::parse).unwrap_or_default()
    }

    /// Writes it; one that says nothing leaves no file.
    ///
    /// # Errors
    /// The folder or the file could not be written; an older file is then as it was.
    pub fn save(&self, files: &dyn Files, places: &Places, document: &Path) -> Result<(), FileError> {
        let path = Self::file(places, document);
        if *self == Self::default() {
            return match files.remove(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(FileError::when(Action::Remove, &path)(error)),
                _ => Ok(()),
            };
        }
        files::create_folders(files, &places.state.join("views"))?;
        files::replace(files, &path, self.print().as_bytes())
    }

    /// Reads it from RON text, field by field.
    #[must_use]
    pub fn parse(ron: &str) -> Self {
        let mut view = Self::default();
        let Ok(mut record) = Record::parse("", ron) else { return view };
        let mut ignored = Vec::new();
        let looks: Vec<(String, String)> = record.take("looks", "a list", &mut ignored).unwrap_or_default();
        let looks = looks.into_iter().filter_map(|(handle, word)| Some((handle, Look::from_word(&word)?)));
        view.looks = looks.filter(|(_, look)| *look != Look::Shown).collect();
        view.alone = record.text("alone", &mut ignored);
        let from: Vec<(PathBuf, String)> = record.take("from", "a list", &mut ignored).unwrap_or_default();
        let elsewhere = |(file, member): (PathBuf, String)| Elsewhere {
            file,
            member: Some(member).filter(|member| !member.is_empty()),
        };
        view.from = from.into_iter().map(elsewhere).collect();
        view.read = record.texts("read", &mut ignored).iter().map(|id| Id::new(id)).collect();
        view.extra = record.rest(&mut ignored);
        view
    }

    /// As RON text, one field a line.
    #[must_use]
    pub fn print(&self) -> String {
        let pair = |a: &str, b: &str| format!("({}, {})", printed::quoted(a), printed::quoted(b));
        let looks: Vec<String> = self.looks.iter().map(|(handle, look)| pair(handle, look.word())).collect();
        // A path that is not Unicode cannot be written in RON, and is left out.
        let from = self.from.iter().filter_map(|from| Some((from.file.to_str()?, from.member.as_deref())));
        let from: Vec<String> = from.map(|(file, member)| pair(file, member.unwrap_or_default())).collect();
        let read: Vec<String> = self.read.iter().map(|id| id.as_str().to_owned()).collect();
        Printed::default()
            .raw("looks", printed::lines(&looks, 1))
            .some("alone", self.alone.as_deref())
            .raw("from", printed::lines(&from, 1))
            .texts("read", &read)
            .extra(&self.extra)
            .on_lines(0)
            + "\n"
    }
}
