//! `vouch import`: what another tool has marked becomes a sidecar beside the document.
//!
//! It goes through the same keeper as every edit. A set that has anything in it is left as it is: two sets are compared
//! and merged in the window, where one sees what one does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser};
use jiff::Timestamp;

use super::say::{Progress, complain};
use super::{Status, load, say};
use crate::annotation::{Act, AnnotationSet, Annotator, Edit, Header, Id, Item, ItemKind, Record};
use crate::collection::read_document;
use crate::document::ReadOptions;
use crate::exchange::{IMPORTERS, Imported, Importer, counted, importer};
use crate::files::{Action, Disk, FileError, Files};
use crate::reading::Reading;
use crate::sidecar::MAX_BYTES;
use crate::sidecar::names::{is_handle, sidecar_name};
use crate::sidecar::store::{Keeper, Opened, Standing};

/// Most parts of one file that are told one by one.
const MOST_TOLD: usize = 20;
/// How many folders below each other are looked into.
const DEPTH: usize = 16;

/// Make sidecars of what another tool has marked
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch import release.ann --format brat                        onto release.txt, as mine
  vouch import release.ann --format brat --document press.txt --annotator mart
  vouch import corpus/ --format brat                            each NAME.ann onto NAME.txt beside it
  vouch import attributions/ --format brat --document text/     NAME_mart.ann onto text/NAME.txt, as mart's

A set that has anything in it is not touched: import under another handle, then compare and copy in the window. The same \
file twice adds nothing. Exit status 1: something was not found in the text, or is kept only for an export to the same \
format.")]
pub(super) struct Args {
    /// The foreign file, or a folder of them
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Its format
    #[arg(long, short, value_name = "FORMAT", value_parser = format_names())]
    format: String,
    /// The document that it is about, or the folder of the documents. Not given: the .txt of the same name beside it
    #[arg(long, value_name = "DOC")]
    document: Option<PathBuf>,
    /// Whose work it is. Not given: the one after the last _ of the file's name where the document's name ends there,
    /// else mine
    #[arg(long, value_name = "HANDLE")]
    annotator: Option<String>,
}

fn format_names() -> PossibleValuesParser {
    IMPORTERS.iter().map(|importer| PossibleValue::new(importer.name()).help(importer.title())).into()
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let Some(importer) = importer(&args.format) else { return Err(format!("{}: no such format", args.format)) };
    if let Some(handle) = args.annotator.as_deref().filter(|handle| !is_handle(handle)) {
        return Err(format!("{handle}: no handle: use up to 32 small letters, digits and -"));
    }
    let settings = load::settings(&Disk);
    let is_folder = |path: &Path| Disk.stat(path).is_ok_and(|stat| stat.is_folder);
    let mut files = Vec::new();
    let root = if is_folder(&args.path) {
        find(&args.path, importer.extension(), 0, &mut files)?;
        if files.is_empty() {
            return Err(format!("{}: no .{} in it: name another folder", args.path.display(), importer.extension()));
        }
        args.path.clone()
    } else {
        files.push(args.path.clone());
        args.path.parent().unwrap_or(Path::new("")).to_owned()
    };
    let is_one = files.len() == 1 && !is_folder(&args.path);
    let mut status = Status::Done;
    let mut progress = Progress::new("Importing", files.len());
    for (at, file) in files.iter().enumerate() {
        progress.done(at);
        let below = file.parent().and_then(|parent| parent.strip_prefix(&root).ok()).unwrap_or(Path::new(""));
        let target = match &args.document {
            Some(document) if is_one && !is_folder(document) => Some((document.clone(), None)),
            Some(folder) => beside(file, &folder.join(below)),
            None => beside(file, file.parent().unwrap_or(Path::new(""))),
        };
        let done = match target {
            None => Err(format!("{}: no document of this name: name it with --document", file.display())),
            Some((document, named)) => {
                let handle = args.annotator.clone().or(named).unwrap_or_else(|| settings.handle.clone());
                let name = (handle == settings.handle).then(|| settings.name.clone()).filter(|name| !name.is_empty());
                import(importer, file, &document, reading, &Annotator { handle, name, ..Annotator::default() })
            }
        };
        status = status.max(done.unwrap_or_else(|error| {
            complain(error);
            Status::Failed
        }));
    }
    Ok(status)
}

/// The files of a folder and those below it that have an extension, sorted by path.
fn find(folder: &Path, extension: &str, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let mut entries =
        Disk.list(folder).map_err(FileError::when(Action::List, folder)).map_err(|error| error.to_string())?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    for entry in entries {
        let path = folder.join(&entry.name);
        if entry.stat.is_folder {
            let is_hidden = entry.name.as_encoded_bytes().starts_with(b".");
            if depth < DEPTH && !is_hidden && !Disk.is_link(&path).unwrap_or(true) {
                find(&path, extension, depth + 1, found)?;
            }
        } else if path.extension().is_some_and(|it| it.eq_ignore_ascii_case(extension)) {
            found.push(path);
        }
    }
    Ok(())
}

/// The document in `folder` that a foreign file is about, by its name: `NAME.txt` for `NAME.ann`, and for
/// `NAME_mart.ann`, then with the handle.
fn beside(file: &Path, folder: &Path) -> Option<(PathBuf, Option<String>)> {
    let stem = file.file_stem()?.to_str()?;
    let document = |stem: &str| {
        let path = folder.join(format!("{stem}.txt"));
        Disk.stat(&path).is_ok_and(|stat| !stat.is_folder).then_some(path)
    };
    if let Some(path) = document(stem) {
        return Some((path, None));
    }
    let (stem, handle) = stem.rsplit_once('_').filter(|(_, handle)| is_handle(handle))?;
    Some((document(stem)?, Some(handle.to_owned())))
}

/// Makes the sidecar of one foreign file.
fn import(
    importer: &dyn Importer,
    file: &Path,
    document: &Path,
    reading: &Reading,
    annotator: &Annotator,
) -> Result<Status, String> {
    let failed = |error: FileError| error.to_string();
    let (read, warnings) = read_document(&Disk, reading, document, &ReadOptions::default())?;
    for warning in warnings {
        complain(format!("{}: {warning}", document.display()));
    }
    let bytes = Disk.read(file, MAX_BYTES as u64).map_err(FileError::when(Action::Read, file)).map_err(failed)?;
    let imported = importer.read(&bytes, &read, annotator).map_err(|error| format!("{}: {error}", file.display()))?;
    let path = document.with_file_name(sidecar_name(&read.name, &annotator.handle));
    let places =
        load::places().ok_or("no home folder is known: set VOUCH_HOME to a folder for settings and journals")?;
    let now = Timestamp::now();
    let header = Header { ext: None, ..(*imported.set.header).clone() };
    let fresh = AnnotationSet { header: Arc::new(header), ..AnnotationSet::default() };
    let opened = Keeper::open(Arc::new(Disk), &places, &path, fresh, now).map_err(|error| error.to_string())?;
    let said = match keep(opened, &imported, now)? {
        Kept::Already => "all of it is there already".to_owned(),
        Kept::Now => {
            let AnnotationSet { claims, mentions, sources, .. } = &imported.set;
            format!(
                "{}, {}, {}",
                counted(claims.len(), "claim"),
                counted(mentions.len(), "mention"),
                counted(sources.len(), "source")
            )
        }
    };
    say::print(say::visible(&format!("{}: {said}", path.display())).as_bytes())?;
    say::print(b"\n")?;
    Ok(tell(file, &imported))
}

enum Kept {
    Now,
    Already,
}

/// Puts an imported set into a sidecar that has nothing in it.
fn keep(opened: Opened, imported: &Imported, now: Timestamp) -> Result<Kept, String> {
    let Opened { mut keeper, set, .. } = opened;
    let path = keeper.path().display().to_string();
    match keeper.standing() {
        Standing::Open => {}
        Standing::Damaged(problems) => {
            return Err(format!("{path}: damaged ({}): open it with vouch and mend it first", problems.join("; ")));
        }
        Standing::ReadOnly(why) => return Err(format!("{path}: {why}")),
    }
    let mut edit = Edit::new("import");
    for (id, item) in items(&imported.set) {
        edit.put(&set, &id, item);
    }
    let ext = &imported.set.header.ext;
    if edit.is_empty() && set.header.ext == *ext {
        return Ok(Kept::Already);
    }
    if !(set.is_empty() && set.deleted.is_empty() && set.header.ext.is_none()) {
        let handle = &set.header.annotator.handle;
        return Err(format!(
            "{path}: {handle} has marked something here already: import under another handle with --annotator, then \
             compare and copy in the window"
        ));
    }
    let header = Header { ext: ext.clone(), ..(*set.header).clone() };
    edit.put(&set, &Id::default(), Item::Header(Arc::new(header)));
    keeper.acknowledge(&Record { act: Act::Do, edit }, now).map_err(|error| format!("{path}: {error}"))?;
    keeper.save(now).map_err(|error| error.to_string())?;
    Ok(Kept::Now)
}

/// The items of a set, the head not among them.
fn items(set: &AnnotationSet) -> impl Iterator<Item = (Id, Item)> {
    let AnnotationSet { sources, mentions, claims, assessments, relations, remarks, .. } = set;
    let ids = sources.keys().map(|id| (ItemKind::Source, id));
    let ids = ids.chain(mentions.keys().map(|id| (ItemKind::Mention, id)));
    let ids = ids.chain(claims.keys().map(|id| (ItemKind::Claim, id)));
    let ids = ids.chain(assessments.keys().map(|id| (ItemKind::Assessment, id)));
    let ids = ids.chain(relations.keys().map(|id| (ItemKind::Relation, id)));
    let ids = ids.chain(remarks.keys().map(|id| (ItemKind::Remark, id)));
    ids.filter_map(|(kind, id)| Some((id.clone(), set.item(kind, id)?)))
}

/// Says what the analyst should know.
fn tell(file: &Path, imported: &Imported) -> Status {
    let Imported { told, notes, .. } = imported;
    for note in notes {
        complain(format!("{}: {note}", file.display()));
    }
    for what in told.iter().take(MOST_TOLD) {
        complain(format!("{}: {what}", file.display()));
    }
    if told.len() > MOST_TOLD {
        complain(format!("{}: and {} more of the kind", file.display(), told.len() - MOST_TOLD));
    }
    if told.is_empty() { Status::Done } else { Status::Found }
}
