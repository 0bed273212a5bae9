//! brat's standoff, in and out: what every annotation becomes, that nothing is lost, and that nothing shifts.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use vouch::annotation::{AnnotationSet, Annotator, Assessment, Claim, Codebook, Id, anchors, place_all};
use vouch::document::{Document, ReadOptions};
use vouch::exchange::{Export, ImportError, Imported, Layer, Release, Scope, Whose, format, importer};

const TEXT: &str = "Jens Stoltenberg said that NATO would send troops.\nHe added that Kyiv\nhad asked. Officials warned of delays, Jens Stoltenberg noted.\n";

fn document(bytes: &[u8]) -> Document {
    vouch::document::read("release.txt", bytes, &ReadOptions::default()).unwrap().0
}

fn anna() -> Annotator {
    Annotator { handle: "anna".to_owned(), ..Annotator::default() }
}

fn imported_onto(document: &Document, ann: &str) -> Imported {
    let imported = importer("brat").unwrap().read(ann.as_bytes(), document, &anna()).unwrap();
    // What a sidecar cannot hold would be lost.
    let bytes = vouch::sidecar::print(&imported.set, &vouch::sidecar::Origin::default());
    let read = vouch::sidecar::read(&bytes).unwrap();
    assert_eq!(read.problems, []);
    assert_eq!(read.set, imported.set);
    imported
}

fn imported(ann: &str) -> Imported {
    imported_onto(&document(TEXT.as_bytes()), ann)
}

fn exported_from(document: &Document, set: &AnnotationSet) -> String {
    let layer = Layer {
        handle: "anna".to_owned(),
        about: set.header.document.about.clone().unwrap_or_default(),
        placements: place_all(&document.text, true, anchors(set)).into_iter().collect(),
        set: Arc::new(set.clone()),
    };
    let releases = [Release {
        name: document.name.clone(),
        text: Some(document.text.clone()),
        text_sha256: document.text_sha256().to_owned(),
        paragraphs: Vec::new(),
        layers: vec![layer],
    }];
    let scope = Scope::of(Whose::All);
    let export = Export::new(&releases, &scope, Codebook::built_in(), "credibility");
    let mut bytes = Vec::new();
    format("brat").unwrap().write(&export, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn exported(set: &AnnotationSet) -> String {
    exported_from(&document(TEXT.as_bytes()), set)
}

/// A text-bound of words of the text, the first time that they stand there.
fn text_bound(id: &str, kind: &str, words: &str) -> String {
    let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
    format!("{id}\t{kind} {start} {}\t{words}\n", start + words.chars().count())
}

/// An attribution: words of its source, cue and content.
fn attribution(number: usize, source: &str, cue: &str, content: &str) -> String {
    let [s, c, t, e] = [1, 2, 3, 4].map(|at| format!("T{}", 4 * number + at));
    let event = format!("E{number}\tAttribution:{e} Source:{s} Cue:{c} Content:{t}\n");
    [
        text_bound(&s, "Source", source),
        text_bound(&c, "Cue", cue),
        text_bound(&t, "Content", content),
        text_bound(&e, "Attribution", cue),
        event,
    ]
    .concat()
}

fn troops() -> String {
    attribution(0, "Jens Stoltenberg", "said", "that NATO would send troops")
}

fn sorted(ann: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = ann.lines().collect();
    lines.sort_unstable();
    lines
}

/// Imports, and expects the same lines from an export, and these to be told.
#[track_caller]
fn check(ann: &str, told: &[&str]) -> AnnotationSet {
    let imported = imported(ann);
    let found: Vec<String> = imported.told.iter().map(ToString::to_string).collect();
    assert_eq!(found, told);
    assert_eq!(sorted(&exported(&imported.set)), sorted(ann));
    imported.set
}

fn only(set: &AnnotationSet) -> &Claim {
    assert_eq!(set.claims.len(), 1);
    set.claims.values().next().unwrap()
}

#[test]
fn an_attribution_is_a_claim_in_a_voice() {
    let set = check(&troops(), &[]);
    let claim = only(&set);
    assert_eq!(claim.anchor.quote, ["that NATO would send troops"]);
    let said = claim.said.as_ref().unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].cue[0].quote, ["said"]);
    assert_eq!(set.chain(claim), [["Jens Stoltenberg"]]);
    assert_eq!(set.header.document.text.as_ref().unwrap().length, Some(TEXT.chars().count()));
}

#[test]
fn the_same_file_gives_the_same_set_and_another_annotator_other_ids() {
    assert_eq!(imported(&troops()).set, imported(&troops()).set);
    let mart = Annotator { handle: "mart".to_owned(), ..Annotator::default() };
    let other = importer("brat").unwrap().read(troops().as_bytes(), &document(TEXT.as_bytes()), &mart).unwrap();
    assert!(imported(&troops()).set.claims.keys().all(|id| !other.set.claims.contains_key(id)));
}

#[test]
fn fragments_between_line_ends_are_one_span_and_others_are_not() {
    let set = check("T1\tContent 60 69;70 79\tthat Kyiv had asked\n", &[]);
    assert_eq!(only(&set).anchor.quote, ["that Kyiv\nhad asked"]);
    let set = check("T1\tContent 0 4;27 31\tJens NATO\n", &[]);
    assert_eq!(only(&set).anchor.quote, ["Jens", "NATO"]);
    // In another order, touching, and over a line end.
    check("T1\tContent 27 31;0 4\tNATO Jens\n", &[]);
    check("T1\tContent 0 4;4 16\tJens  Stoltenberg\n", &[]);
    check("T1\tContent 60 79\tthat Kyiv had asked\n", &[]);
}

#[test]
fn words_may_go_on_in_the_next_line() {
    let imported = imported("T1\tContent 60 79\tthat Kyiv\nhad asked\nT2\tContent 27 31\tNATO\n");
    assert_eq!(imported.told, []);
    assert_eq!(imported.set.claims.len(), 2);
    assert_eq!(exported(&imported.set), "T1\tContent 60 79\tthat Kyiv had asked\nT2\tContent 27 31\tNATO\n");
}

#[test]
fn several_contents_cues_and_sources_of_one_event() {
    let ann = [
        text_bound("T1", "Source", "Jens Stoltenberg"),
        text_bound("T2", "Source", "Officials"),
        text_bound("T3", "Cue", "said"),
        text_bound("T4", "Cue", "added"),
        text_bound("T5", "Content", "NATO would"),
        text_bound("T6", "Content", "send troops"),
        text_bound("T7", "Attribution", "said"),
        "E1\tAttribution:T7 Content:T5 Source:T1 Cue:T3 Source2:T2 Cue2:T4 Content2:T6\n".to_owned(),
    ];
    let set = check(&ann.concat(), &[]);
    let said: Vec<_> = set.claims.values().map(|claim| claim.said.clone().unwrap()).collect();
    assert_eq!(said.len(), 2);
    assert_eq!(said[0], said[1]);
    assert_eq!((said[0][0].by.len(), said[0][0].cue.len()), (2, 2));
}

#[test]
fn who_is_not_named_is_unnamed_unless_brat_says_more() {
    let ann = |kind: &str, more: &str| {
        [
            text_bound("T1", "Cue", "warned of"),
            text_bound("T2", "Content", "delays"),
            text_bound("T3", kind, "warned of"),
            format!("E1\t{kind}:T3 Cue:T1 Content:T2\n{more}"),
        ]
        .concat()
    };
    let set = check(&ann("Attribution-no-source", ""), &[]);
    assert_eq!(set.chain(only(&set)), [["unnamed"]]);
    assert_eq!(set.sources.values().next().unwrap().kind.as_deref(), Some("unnamed"));
    let set = check(&ann("Attribution", "A1\tWriter E1\n"), &[]);
    assert!(only(&set).is_by_writer());
    let set = check(&ann("Attribution", "#1\tSource E1\tThe ministry\n"), &[]);
    assert_eq!(set.chain(only(&set)), [["The ministry"]]);
}

#[test]
fn an_event_as_content_is_a_voice_outside() {
    let inner = attribution(1, "Officials", "warned", "of delays");
    let outer = [
        text_bound("T1", "Source", "Jens Stoltenberg"),
        text_bound("T2", "Cue", "noted"),
        text_bound("T3", "Attribution", "noted"),
        "E2\tAttribution:T3 Source:T1 Cue:T2 Content:E1\n".to_owned(),
    ];
    let set = check(&(inner + &outer.concat()), &[]);
    assert_eq!(set.chain(only(&set)), [["Jens Stoltenberg"], ["Officials"]]);
}

#[test]
fn events_in_a_ring_end() {
    let ann = "T1\tContent 0 4\tJens\nT2\tAttribution 17 21\tsaid\nE1\tAttribution:T2 Content:T1 Content2:E2\nE2\tAttribution:T2 Content:E1\nE3\tAttribution:T2 Content:E3\n";
    let set = check(
        ann,
        &[
            "line 4: E2: Attribution, an attribution without content: kept aside",
            "line 5: E3: Attribution, an attribution without content: kept aside",
        ],
    );
    assert_eq!(only(&set).said.as_ref().unwrap().len(), 1);
}

#[test]
fn other_types_are_kinds() {
    let ann = [
        text_bound("T1", "Prediction", "NATO would send troops"),
        text_bound("T2", "Source", "Officials"),
        text_bound("T3", "Content", "delays"),
    ];
    let set = check(&ann.concat(), &[]);
    let kinds: Vec<_> = set.claims.values().map(|claim| claim.kind.as_deref()).collect();
    assert!(kinds.contains(&Some("Prediction")) && kinds.contains(&None));
    assert!(set.claims.values().all(|claim| claim.said.is_none()));
    assert_eq!(set.mentions.len(), 1);
}

#[test]
fn what_has_no_place_is_told_and_comes_back() {
    let ann = troops()
        + &text_bound("T20", "Cue", "noted")
        + &text_bound("T21", "Attribution", "added")
        + &text_bound("T22", "Cue", "added")
        + &text_bound("T23", "Source", "He")
        + &text_bound("T24", "Transport", "send")
        + "E20\tAttribution:T21 Cue:T22 Source:T23\n\
           E21\tTransport:T24 Agent:T1\n\
           #7\tAnnotatorNotes T1\twho else?\n\
           A3\tNegated E20\n\
           R1\tPart-of Arg1:T1 Arg2:T23\n";
    check(
        &ann,
        &[
            "line 6: T20: Cue, of no attribution: kept aside",
            "line 11: E20: Attribution, an attribution without content: kept aside",
            "line 12: E21: Transport, no attribution: kept aside",
            "line 13: #7: “#7 AnnotatorNotes T1 who else?” has no place here: kept aside",
            "line 14: A3: “A3 Negated E20” has no place here: kept aside",
            "line 15: R1: “R1 Part-of Arg1:T1 Arg2:T23” has no place here: kept aside",
        ],
    );
}

#[test]
fn attributes_notes_and_relations_of_claims() {
    let ann = troops()
        + &text_bound("T20", "Prediction", "delays")
        + "A1\tKind T3 commitment\n\
           A2\tStyle T3 indirect\n\
           A3\tCredibility T3 2\n\
           A4\tNegated T3\n\
           #1\tAnnotatorNotes T3\twhen?\n\
           #2\tTags T3\ttroops; NATO\n\
           R1\tsupports Arg1:T3 Arg2:T20\n";
    let set = check(&ann, &[]);
    let claim = set.claims.values().find(|claim| claim.said.is_some()).unwrap();
    assert_eq!((claim.kind.as_deref(), claim.style.as_deref()), (Some("commitment"), Some("indirect")));
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(claim.fields, [field("Credibility", "2"), field("Negated", "yes")]);
    assert_eq!(
        (claim.note.as_deref(), &claim.tags[..]),
        (Some("when?"), &["troops".to_owned(), "NATO".to_owned()][..])
    );
    assert_eq!(set.relations.values().next().unwrap().kind.as_deref(), Some("supports"));
    // On the event instead.
    check(&(troops() + "A1\tNegated E0\n#1\tAnnotatorNotes E0\twhen?\n"), &[]);
}

#[test]
fn names_are_one_source_and_pronouns_nobody() {
    let again = TEXT.rfind("Jens Stoltenberg").unwrap();
    let ann = attribution(0, "Jens Stoltenberg", "said", "NATO would send troops")
        + &attribution(1, "He", "added", "that Kyiv")
        + &format!("T20\tSource {again} {}\tJens Stoltenberg\n", again + 16);
    let set = check(&ann, &[]);
    assert_eq!(set.sources.values().map(|source| source.name.as_str()).collect::<Vec<_>>(), ["Jens Stoltenberg"]);
    let resolved = set.mentions.values().filter(|mention| mention.source.is_some()).count();
    assert_eq!((set.mentions.len(), resolved), (3, 2));
}

#[test]
fn brat_may_say_who_is_who() {
    let two = attribution(0, "Jens Stoltenberg", "said", "NATO would send troops")
        + &attribution(1, "He", "added", "that Kyiv");
    for more in [
        "*\tEquiv T1 T5\n",
        "N1\tReference T1 Wikidata:Q57665\tJens Stoltenberg\nN2\tReference T5 Wikidata:Q57665\tJens Stoltenberg\n",
    ] {
        let set = check(&(two.clone() + more), &[]);
        assert_eq!(set.sources.len(), 1, "{more}");
        assert!(set.mentions.values().all(|mention| mention.source.is_some()), "{more}");
    }
}

#[test]
fn who_was_resolved_here_is_said_to_brat() {
    let mut set = imported(&(troops() + &attribution(1, "He", "added", "that Kyiv"))).set;
    let (id, _) = set.sources.iter().next().unwrap();
    let id = id.clone();
    for mention in set.mentions.values_mut() {
        Arc::make_mut(mention).source = Some(id.clone());
    }
    let again = imported(&exported(&set));
    assert_eq!(again.told, []);
    assert_eq!(again.set.sources.len(), 1);
    assert!(again.set.mentions.values().all(|mention| mention.source.is_some()));
}

#[test]
fn crlf_and_byte_order_mark_are_counted_as_brat_counted_them() {
    let plain = troops() + &attribution(1, "Officials", "warned", "delays");
    let crlf = TEXT.replace('\n', "\r\n");
    let words_behind = "T5\tSource 83 92\tOfficials\nT6\tCue 93 99\twarned\nT7\tContent 103 109\tdelays\nT8\tAttribution 93 99\twarned\n";
    let ann = troops() + words_behind + "E1\tAttribution:T8 Source:T5 Cue:T6 Content:T7\n";
    let with_crlf = imported_onto(&document(crlf.as_bytes()), &ann);
    assert_eq!(with_crlf.told, []);
    assert_eq!(with_crlf.notes, ["its positions count CRLF as two: they were counted anew"]);
    assert_eq!(sorted(&exported(&with_crlf.set)), sorted(&plain));

    let marked = format!("\u{FEFF}{TEXT}");
    let with_mark = imported_onto(&document(marked.as_bytes()), "T1\tContent 1 5\tJens\nT2\tContent 28 32\tNATO\n");
    assert_eq!((with_mark.told.len(), with_mark.notes.len()), (0, 1));
    assert_eq!(sorted(&exported(&with_mark.set)), ["T1\tContent 0 4\tJens", "T2\tContent 27 31\tNATO"]);
}

#[test]
fn words_that_are_elsewhere_move_only_where_there_is_one_place() {
    let imported =
        imported("T1\tContent 3 31\tthat NATO would send troops\nT2\tContent 5 9\tthat\nT3\tContent 9 13\tParis\n");
    let told: Vec<String> = imported.told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 1: T1: “that NATO would send troops” is not where it says, and was found at 22 49",
            "line 2: T2: “that” is not where it says, nor surely anywhere else: place it by hand",
            "line 3: T3: “Paris” is not where it says, nor surely anywhere else: place it by hand",
        ]
    );
    let quotes: Vec<_> = imported.set.claims.values().map(|claim| claim.anchor.quote.join("|")).collect();
    assert_eq!(imported.set.claims.len(), 3, "{quotes:?}");
    // What is nowhere is not put anywhere.
    assert_eq!(exported(&imported.set), "T1\tContent 22 49\tthat NATO would send troops\n");
}

#[test]
fn a_set_of_our_own_goes_out_and_comes_back() {
    let tables = r#"
        sources: {"s-1": (kind: "person", name: "Jens Stoltenberg"), "s-2": (name: "Reuters")},
        mentions: {"m-1": (anchor: (spans: [(51, 53)], quote: ["He"]), source: "s-1")},
        claims: {
            "c-1": (anchor: (spans: [(60, 79)], quote: ["that Kyiv\nhad asked"]), kind: "event", style: "indirect",
                note: "one\ntwo", fields: {"desk": "east wing"},
                said: [(by: ["s-2"]), (by: ["m-1"], cue: [(spans: [(54, 59)], quote: ["added"])])]),
            "c-2": (anchor: (spans: [(27, 31)], quote: ["NATO"]), said: [(by: ["m-1"], cue: [(spans: [(54, 59)], quote: ["added"])])]),
            "c-3": (anchor: (spans: [(32, 49)], quote: ["would send troops"]), kind: "prediction", said: [(by: [])]),
            "c-4": (anchor: (spans: [(81, 90)], quote: ["Officials"]), kind: "opinion"),
        },"#;
    let ron = format!(
        "(format: \"vouch-annotations\", version: (1, 0), requires: [], document: (name: \"release.txt\"), annotator: (handle: \"anna\"), {tables})"
    );
    let read = vouch::sidecar::read(ron.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    let mut set = read.set;
    let made = Assessment {
        on: Some(Id::new("c-2")),
        axis: "likelihood".to_owned(),
        scale: "icd203-2015".to_owned(),
        term: Some("very likely".to_owned()),
        ..Assessment::default()
    };
    set.assessments.insert(Id::new("a-1"), Arc::new(made));
    let ann = exported(&set);
    assert_eq!(
        ann,
        "T1\tContent 27 31\tNATO\n\
         T2\tSource 51 53\tHe\n\
         T3\tCue 54 59\tadded\n\
         T4\tAttribution 54 59\tadded\n\
         T5\tContent 32 49\twould send troops\n\
         T6\tAttribution 32 49\twould send troops\n\
         T7\tContent 60 69;70 79\tthat Kyiv had asked\n\
         T8\tAttribution 60 69;70 79\tthat Kyiv had asked\n\
         T9\tCue 54 59\tadded\n\
         T10\tAttribution 54 59\tadded\n\
         T11\topinion 81 90\tOfficials\n\
         E1\tAttribution:T4 Source:T2 Cue:T3 Content:T1\n\
         E2\tAttribution:T6 Content:T5\n\
         E3\tAttribution:T8 Content:E4\n\
         E4\tAttribution:T10 Source:T2 Cue:T9 Content:T7\n\
         A1\tLikelihood T1 very_likely\n\
         A2\tWriter E2\n\
         A3\tKind T5 prediction\n\
         #1\tSource E3\tReuters\n\
         A4\tKind T7 event\n\
         A5\tStyle T7 indirect\n\
         #2\tField T7\tdesk: east wing\n\
         #3\tAnnotatorNotes T7\tone two\n\
         N1\tReference T2 vouch:s-1\tJens Stoltenberg\n"
    );
    let again = imported(&ann);
    assert_eq!(again.told, []);
    assert_eq!(exported(&again.set), ann);
    let chains = |set: &AnnotationSet| {
        let mut chains: Vec<_> =
            set.claims.values().map(|claim| (claim.anchor.quote.clone(), set.chain(claim))).collect();
        chains.sort();
        chains
    };
    assert_eq!(chains(&again.set), chains(&set));
}

#[test]
fn what_is_no_annotation_is_kept_and_told() {
    let told = imported(&(troops() + "nonsense\nT1\tSource 5 6\tx\nT99\tClaim 9 3\tbackwards\n")).told;
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "line 6: no annotation of brat: kept aside",
            "line 7: T1 stood before, and was something else: kept aside",
            "line 8: no annotation of brat: kept aside",
        ]
    );
}

#[test]
fn what_cannot_be_read_says_where() {
    let read = |bytes: &[u8]| importer("brat").unwrap().read(bytes, &document(TEXT.as_bytes()), &anna()).unwrap_err();
    assert_eq!(read(b"T1\tClaim 0 4\tJens\nT2\tClaim 0 4\t\xff\n"), ImportError::NotText { line: 2 });
    assert_eq!(read(b"\n{\"format\": \"vouch-claims\"}\n"), ImportError::NotThis { line: 2, format: "brat" });
    let long = format!("T1\tClaim 0 4\tJens\n#1\tAnnotatorNotes T1\t{}\n", "x".repeat(1 << 20));
    assert!(matches!(read(long.as_bytes()), ImportError::LongLine { line: 2, .. }));
    assert!(matches!(read(&b"\n".repeat(1 << 20)), ImportError::TooManyLines(_)));
    assert!(matches!(read(&vec![b'\n'; 65 << 20]), ImportError::TooLarge(_)));
}

#[test]
fn numbers_of_any_size_do_no_harm() {
    let most = usize::MAX;
    let ann = format!(
        "T{most}\tContent {most} {most}\tx\nT1\tContent 0 {most}\ty\nT2\tSource 0 4;{most} {most}\tJens\nT3\tCue {most}{most} 1\tz\nE{most}\tAttribution:T1 Content:T1\n"
    );
    let imported = imported(&ann);
    assert!(!imported.told.is_empty());
    exported(&imported.set);
}

#[test]
fn a_long_chain_is_cut_and_told() {
    let mut ann = String::from("T1\tContent 0 4\tJens\nT2\tAttribution 17 21\tsaid\nE1\tAttribution:T2 Content:T1\n");
    for number in 2..=5000 {
        writeln!(ann, "E{number}\tAttribution:T2 Content:E{}", number - 1).unwrap();
    }
    let imported = imported(&ann);
    assert_eq!(only(&imported.set).said.as_ref().unwrap().len(), 16);
    assert_eq!(imported.told.len(), 5000 - 16);
}

/// A file over a text: spans as pairs of positions, events as choices among them.
fn any_file(text: &'static str) -> impl Strategy<Value = (String, String)> {
    let bounds = prop::collection::vec((0..6_usize, prop::collection::vec((0..60_usize, 1..9_usize), 1..4)), 1..14);
    let events = prop::collection::vec(
        (
            0..2_usize,
            any::<prop::sample::Index>(),
            prop::collection::vec((0..5_usize, any::<prop::sample::Index>()), 0..6),
        ),
        0..7,
    );
    (text, bounds, events).prop_map(|(text, bounds, events)| {
        let chars: Vec<char> = text.chars().collect();
        let mut ann = String::new();
        let mut texts = Vec::new();
        for (at, (kind, fragments)) in bounds.iter().enumerate() {
            let kind = ["Source", "Cue", "Content", "Attribution", "Claim", "Person"][*kind];
            let fragments: Vec<(usize, usize)> = fragments
                .iter()
                .map(|(start, length)| (*start % chars.len(), length))
                .map(|(start, length)| (start, (start + length).min(chars.len())))
                .collect();
            let slice = |(start, end): &(usize, usize)| chars[*start..*end].iter().collect::<String>();
            let words = fragments.iter().map(slice).collect::<Vec<_>>().join(" ").replace('\n', " ");
            let places = fragments.iter().map(|(start, end)| format!("{start} {end}")).collect::<Vec<_>>().join(";");
            writeln!(ann, "T{}\t{kind} {places}\t{words}", at + 1).unwrap();
            texts.push(format!("T{}", at + 1));
        }
        for (at, (kind, trigger, roles)) in events.iter().enumerate() {
            let kind = ["Attribution", "Attribution-no-source"][*kind];
            write!(ann, "E{}\t{kind}:{}", at + 1, trigger.get(&texts)).unwrap();
            for (number, (role, of)) in roles.iter().enumerate() {
                let role = ["Source", "Cue", "Content", "Place", "Content"][*role];
                // The last ones may be events.
                let of = if number > 3 { format!("E{}", of.index(events.len()) + 1) } else { of.get(&texts).clone() };
                write!(ann, " {role}{}:{of}", number + 1).unwrap();
            }
            ann.push('\n');
        }
        (text, ann)
    })
}

proptest! {
    #[test]
    fn every_file_comes_back((text, ann) in any_file("[a-c é😀\n]{1,60}")) {
        let document = document(text.as_bytes());
        let imported = imported_onto(&document, &ann);
        let exported = exported_from(&document, &imported.set);
        prop_assert_eq!(sorted(&exported), sorted(&ann));
    }

    #[test]
    fn an_export_without_what_was_kept_says_the_same((text, ann) in any_file("[a-c é😀]{1,60}")) {
        let document = document(text.as_bytes());
        let mut set = imported_onto(&document, &ann).set;
        Arc::make_mut(&mut set.header).ext = None;
        let again = imported_onto(&document, &exported_from(&document, &set)).set;
        let said = |set: &AnnotationSet| {
            let claims = set.claims.values().map(|claim| {
                let quotes = |id: &Id| set.mentions.get(id).map(|mention| mention.anchor.clone());
                let voices = claim.said.clone().map(|said| said.into_iter().map(|voice| (voice.by.iter().map(quotes).collect::<Vec<_>>(), voice.cue)).collect::<Vec<_>>());
                format!("{:?} {voices:?}", claim.anchor)
            });
            let mut claims: Vec<String> = claims.collect();
            claims.sort();
            claims.dedup();
            claims
        };
        prop_assert_eq!(said(&again), said(&set));
    }

    #[test]
    fn no_file_does_harm(text in "[a-z \r\n]{0,40}", ann in "([TERAMN#*][0-9]?\t?[A-Za-z]{0,7}:?[TE]?[0-9]{0,3} ?[0-9]{0,2}[; \t\n]?[a-z\n]{0,4}\n?){0,30}") {
        let document = document(text.as_bytes());
        if let Ok(imported) = importer("brat").unwrap().read(ann.as_bytes(), &document, &anna()) {
            exported_from(&document, &imported.set);
        }
    }
}
