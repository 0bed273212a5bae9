//! Renaming a kind over a collection: `cargo bench --bench recoding`.
//!
//! Budget: a kind that 100,000 claims of 3,126 releases carry is looked for, and renamed in all of them and in the codebook,
//! atomically and durably, in less than two seconds each.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use vouch::annotation::{Anchor, AnnotationSet, Annotator, Claim, Codebook, CodedWord, Edit, Header, Id, Item, Recode};
use vouch::collection::{Meant, reach};
use vouch::document::CodeSpan;
use vouch::files::{Disk, Files, Places};
use vouch::reading::Reading;
use vouch::sidecar::recoding::{CodebookChange, Recoding};
use vouch::sidecar::{FileKind, Origin, print};

const RELEASES: usize = 3126;
const CLAIMS: usize = 32;

fn main() {
    let home = tempfile::tempdir().expect("a folder to write in");
    let folder = home.path().join("docs");
    std::fs::create_dir_all(&folder).expect("a folder");
    for release in 0..RELEASES {
        fill(&folder, release);
    }
    let files: Arc<dyn Files> = Arc::new(Disk);
    let places = Places::under(&home.path().join("home"));
    let codebook = Codebook::built_in();
    let recode = Recode { what: CodedWord::Kind, from: "rule".to_owned(), to: Some("law".to_owned()) };
    let budget = Duration::from_secs(2);

    let start = Instant::now();
    let whose = ("anna", codebook);
    let found =
        reach(&*files, &Reading::here(), &folder, whose, (&recode, &Meant::All), &BTreeMap::new(), &|_, _| true);
    let found = found.expect("the folder is listed");
    common::time("what renaming a kind would change", start.elapsed(), budget);
    assert_eq!((found.claims(), found.mine.len()), (RELEASES * CLAIMS, RELEASES));

    let mut after = codebook.clone();
    "law".clone_into(&mut after.kinds[6].key);
    let change = CodebookChange { path: folder.join("codebook.ron"), before: codebook.print(), after: after.print() };
    let made = "2026-11-24T12:00:00Z".to_owned();
    let recoding = Recoding { label: "rename kind".to_owned(), made, sidecars: found.mine, codebook: Some(change) };
    let start = Instant::now();
    let applied = recoding.apply(&files, &places, &BTreeSet::new(), Timestamp::now()).expect("it is done");
    assert!(applied.trouble.is_none());
    applied.finish().expect("it is over");
    common::time("a kind renamed in 100,000 claims of 3,126 files", start.elapsed(), budget);
}

/// A release and my set of it.
fn fill(folder: &Path, number: usize) {
    let name = format!("release-{number:04}.txt");
    std::fs::write(folder.join(&name), "A text.").expect("written");
    let header =
        Header { annotator: Annotator { handle: "anna".to_owned(), ..Annotator::default() }, ..Header::default() };
    let mut set = AnnotationSet { header: Arc::new(header), ..AnnotationSet::default() };
    let mut edit = Edit::new("");
    for claim in 0..CLAIMS {
        let anchor = Anchor {
            spans: vec![CodeSpan { start: claim * 90, end: claim * 90 + 60 }],
            quote: vec!["over 300,000 troops on high readiness back these measures, he".to_owned()],
            ..Anchor::default()
        };
        let claim_of =
            Claim { anchor, kind: Some("rule".to_owned()), style: Some("indirect".to_owned()), ..Claim::default() };
        edit.put(&set, &Id::new(&format!("c-{number:04}-{claim:02}")), Item::Claim(Arc::new(claim_of)));
    }
    set.apply(&edit).expect("applied");
    let path = folder.join(format!("{name}.anna.vouch.ron"));
    std::fs::write(path, print(&set, &Origin::new(FileKind::Annotations))).expect("written");
}
