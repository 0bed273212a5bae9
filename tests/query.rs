//! Queries: what each finds on a small shelf, what is said of those that cannot be understood, and that nothing typed
//! can upset them.

mod shelf;

use proptest::prelude::*;
use shelf::release;
use vouch::annotation::Codebook;
use vouch::collection::{In, Query, Sheet, faulty_queries};
use vouch::document::ByteSpan;
use vouch::exchange::{Export, Release, Scope, Whose};

const SUMMIT: &str = "Summit in Vilnius\n\nStoltenberg announced that a brigade of 4,000 troops will come. \
He warned of delays. Experts call it a café brigade.\n\nThe hall has Ülemiste’s “best” seats.";
const FERRIES: &str = "Ferries\n\nThe company expects a new berth by 2027.";

/// The sets of the shelf, one an annotator and release, as RON without the head; ‹words› is the anchor of their first place.
const ON_SUMMIT: &str = r#"
  sources: {
    "s-1": (kind: "person", name: "Jens Stoltenberg", role: "NATO Secretary General", aliases: ["Søren’s successor"]),
  },
  mentions: {
    "m-1": (anchor: ‹Stoltenberg›, source: "s-1"),
  },
  claims: {
    "c-brigade": (anchor: ‹a brigade of 4,000 troops will come›, said: [(by: ["m-1"], cue: [‹announced›])], kind: "commitment", style: "indirect", tags: ["defence"], time: "2024-05", value: "4000 troops", created: "2026-07-21T10:00:00Z", fields: {"stance": "for"}),
    "c-delays": (anchor: ‹delays›, said: [(by: ["s-1"])], kind: "prediction", note: "See the brigade", status: "retracted"),
    "c-cafe": (anchor: ‹it a café brigade›, kind: "gossip", marking: "TLP:RED"),
  },
  assessments: {
    "a-1": (on: "c-brigade", axis: "credibility", scale: "admiralty", term: "2"),
    "a-2": (on: "c-delays", axis: "credibility", scale: "admiralty", term: "6"),
    "a-3": (on: "c-brigade", axis: "reliability", scale: "admiralty", term: "A"),
    "a-4": (on: "c-brigade", axis: "likelihood", scale: "icd203-2015", term: "very-likely"),
    "a-5": (on: "c-delays", axis: "likelihood", scale: "phia-2019", value: 60),
    "a-6": (on: "c-cafe", axis: "reliability", scale: "of-another-team", term: "solid"),
  },
  remarks: { "r-1": (on: "c-cafe", text: "Who calls it so?") },
"#;
const ON_FERRIES: &str = r#"
  claims: {
    "c-berth": (anchor: ‹a new berth by 2027.›, said: [(by: [])], kind: "prediction", style: "indirect"),
  },
  assessments: {
    "a-7": (on: "c-berth", axis: "credibility", scale: "admiralty", term: "4"),
    "a-8": (on: "c-berth", axis: "likelihood", scale: "icd203-2015", term: "unlikely"),
  },
"#;

fn shelf() -> [Release; 2] {
    let about = r#"title: "Summit in Vilnius", publisher: "NATO", published: "2023-06-28""#;
    [
        release("summit.txt", SUMMIT, about, &[("anna", ON_SUMMIT)]),
        release(
            "ferries.txt",
            FERRIES,
            r#"publisher: "Skarvholm Ferries", published: "2026""#,
            &[("mart", ON_FERRIES)],
        ),
    ]
}

/// A sheet a release.
fn sheets(releases: &[Release], codebook: &Codebook) -> Vec<Sheet> {
    let scope = Scope::of(Whose::All);
    let claims = |release| Export::new(std::slice::from_ref(release), &scope, codebook, "credibility").claims;
    releases.iter().map(|release| Sheet::of_claims(&claims(release), codebook)).collect()
}

/// The claims that a query finds, without "c-"; all its words exist.
fn found(query: &str) -> String {
    let codebook = Codebook::built_in();
    let sheets = sheets(&shelf(), codebook);
    let understood = Query::parse(query, codebook).unwrap_or_else(|error| panic!("{query}: {error}"));
    assert_eq!(understood.looks_in(), In::Claims);
    understood.check(codebook, &sheets).unwrap_or_else(|error| panic!("{query}: {error}"));
    let ids = sheets
        .iter()
        .flat_map(|sheet| understood.rows(sheet).into_iter().map(|row| sheet.cell(row, "claim_id").replace("c-", "")));
    ids.collect::<Vec<_>>().join(" ")
}

/// What is said of a query that asks for a word that neither the codebook nor a claim has.
fn unknown(query: &str, expected: &str) {
    let codebook = Codebook::built_in();
    let understood = Query::parse(query, codebook).unwrap_or_else(|error| panic!("{query}: {error}"));
    let error = understood.check(codebook, sheets(&shelf(), codebook)).expect_err(query);
    assert_eq!(error.to_string(), expected, "{query}");
}

fn check(query: &str, expected: &str) {
    assert_eq!(found(query), expected, "{query}");
}

/// What is said of a query that cannot be understood.
fn wrong(query: &str, expected: &str) {
    let error = Query::parse(query, Codebook::built_in()).expect_err(query);
    assert_eq!(error.to_string(), expected, "{query}");
}

#[test]
fn words_and_phrases_stand_in_any_text() {
    check("", "brigade delays cafe berth");
    check("brigade", "brigade delays cafe");
    check("brigade troops", "brigade");
    check("\"a brigade\"", "brigade");
    check("text:brigade", "brigade cafe");
    check("text:\"café  BRIGADE\"", "cafe");
    check("note:brigade", "delays");
    check("berth or \"see the\"", "delays berth");
    check("brigade -text:brigade", "delays");
}

#[test]
fn whole_words_case_and_patterns_are_asked_for_by_the_query_itself() {
    check("text:troop", "brigade");
    check("text:troop match:word", "");
    check("match:word text:troops", "brigade");
    check("text:BRIGADE match:case", "");
    check("text:cafe match:case", "");
    check("text:\"café  brigade\" match:case", "cafe");
    check("text:/b[a-z]+ade of \\d,\\d{3}/", "brigade");
    check("/BRIGADE/", "brigade delays cafe");
    check("/BRIGADE/ match:case", "");
    check("text:/brig/ match:word", "");
    check("note:/^see .* brigade$/", "delays");
    check("kind:/^(event|gossip)$/", "cafe");
    check("/brigade/ -note:/./", "brigade cafe");
}

#[test]
fn words_can_be_kept_to_some_texts_of_a_claim() {
    check("in:quotes brigade", "brigade cafe");
    check("brigade in:notes", "delays");
    check("in:quotes in:notes brigade", "brigade delays cafe");
    check("in:sources secretary", "brigade delays");
    check("in:statements brigade", "");
    check("in:quotes kind:prediction", "delays berth");
}

#[test]
fn a_pattern_that_cannot_be_used_is_told_in_words() {
    wrong(
        "a /b",
        "character 3: this pattern is not closed: put “/” after it; to look for a stroke, put the word in quotation marks",
    );
    wrong("//", "character 1: no pattern between the strokes: write /will (not )?be/");
    wrong(
        "é /a(b/",
        "character 3: this pattern cannot be used, from its character 2: unclosed group; put the words in quotation marks to look for them as they are",
    );
    wrong(
        "/(a{1000}){1000}/",
        "character 1: this pattern cannot be used, from its character 1: it takes too much memory: write smaller numbers of repetitions; put the words in quotation marks to look for them as they are",
    );
    wrong(
        "match:all a",
        "character 1: match:case makes capitals and accents count, match:word finds whole words: write one of them",
    );
}

/// The words that a query that looks in text says to have found.
fn places(query: &str, text: &str, expected: &[&str]) {
    let query = Query::parse(&format!("in:text {query}"), Codebook::built_in()).unwrap();
    let found = query.places(text);
    let words: Vec<&str> = found.iter().map(|span| &text[span.start..span.end]).collect();
    assert_eq!(words, expected);
    assert_eq!(query.finds(text), !expected.is_empty());
    assert!(expected.is_empty() || query.may_find_in(text));
}

#[test]
fn where_the_words_stand_is_told_in_the_text_as_it_is() {
    places("cafe", "The café, CAFE\u{301} and cafés", &["café", "CAFE\u{301}", "café"]);
    places("cafe match:word", "The café, CAFE\u{301} and cafés", &["café", "CAFE\u{301}"]);
    places("\"a b\"", "x a \n b", &["a \n b"]);
    places("strasse", "Die Straße", &["Straße"]);
    places("soft", "so\u{ad}ft", &["so\u{ad}ft"]);
    places("/b.d/ or brigade", "bid a brigade", &["bid", "brigade"]);
    places("brigade /rig/ -troops", "a brigade", &["brigade"]);
    places("/^b$/", "a\nb", &["b"]);
    places("gone", "Nothing", &[]);
}

#[test]
fn case_accents_and_typesetting_do_not_matter() {
    check("CAFE", "cafe");
    check("cafe\u{301}", "cafe");
    check("source:soren's", "brigade delays");
    check("“a brigade”", "brigade");
    assert_eq!(found("source:'"), found("source:’"));
}

#[test]
fn fields_are_the_columns_of_exports_and_the_words_of_the_codebook() {
    check("kind:commitment", "brigade");
    check("KIND:Commitment", "brigade");
    check("kind:gossip", "cafe");
    check("source:stoltenberg", "brigade delays");
    check("source:NATO", "");
    check("source:skarvholm", "berth");
    check("role:NATO source_kind:person", "brigade delays");
    check("source_kind:writer", "berth");
    check("source_id:s-1", "brigade delays");
    check("chain:release", "brigade delays berth");
    check("cue:announced", "brigade");
    check("style:indirect", "brigade berth");
    check("tag:defence", "brigade");
    check("tag:topic", "brigade");
    check("stance:for", "brigade");
    check("annotator:mart", "berth");
    check("by:anna publisher:nato", "brigade delays cafe");
    check("document:ferries.txt", "berth");
    check("id:c-cafe", "cafe");
    check("marking:tlp:red", "cafe");
    check("value:4000", "brigade");
    check("status:open", "brigade cafe berth");
    check(
        "kind:commitment source:stoltenberg credibility:1-2 published:2023.. -status:retracted text:\"brigade\"",
        "brigade",
    );
}

#[test]
fn dates_lie_within() {
    check("published:2023", "brigade delays cafe");
    check("published:2023-06", "brigade delays cafe");
    check("published:2023-07..", "berth");
    check("published:..2023-06-28", "brigade delays cafe");
    check("published:2023-06-29..", "berth");
    check("published:2023..2026", "brigade delays cafe berth");
    // Of a release of "2026" nobody knows the month.
    check("published:2026-01..2026-11", "");
    check("published:2026-01..", "berth");
    check("created:2026-07-21", "brigade");
    check("time:2024", "brigade");
    check("time:2024-06..", "");
}

#[test]
fn numbers_lie_between() {
    check("paragraph:2", "brigade delays cafe berth");
    check("paragraph:3..", "");
    check("start:40-60", "brigade");
    check("start:..46", "brigade berth");
}

#[test]
fn terms_are_compared_by_the_order_of_their_own_scale_only() {
    check("credibility:2", "brigade");
    check("credibility:\"probably true\"", "brigade");
    check("credibility:1-4", "brigade berth");
    check("credibility:4-1", "brigade berth");
    check("credibility:1..2", "brigade");
    check("credibility:3..", "berth");
    check("credibility:..3", "brigade");
    // What cannot be judged is not low: it is in no range.
    check("credibility:6", "delays");
    check("credibility:1-5", "brigade berth");
    check("-credibility:1-5", "delays cafe");
    check("reliability:A-C", "brigade");
    check("reliability:solid", "cafe");
    check("likelihood:very-likely", "brigade");
    check("likelihood:\"Highly Probable\"", "brigade");
    check("likelihood:likely..", "brigade delays");
    check("likelihood:likely..almost-certain", "brigade delays");
    check("likelihood:..roughly-even-chance", "berth");
    check("likelihood_scale:icd203-2015", "brigade berth");
    // A number is found as one, a term is not taken for its band.
    check("likelihood:55..70", "delays");
    check("likelihood:60", "delays");
}

#[test]
fn presence_and_absence() {
    check("-has:source", "cafe");
    check("has:likelihood", "brigade delays berth");
    check("-has:assessment", "cafe");
    check("has:remark", "cafe");
    check("has:stance", "brigade");
    check("is:unattributed", "cafe");
    check("is:assessed is:exact", "brigade delays berth");
    check("is:retracted", "delays");
}

#[test]
fn terms_join_and_exclude() {
    check("kind:event or kind:prediction", "delays berth");
    check("kind:prediction -status:retracted", "berth");
    check("-(kind:prediction or kind:commitment)", "cafe");
    check("(brigade or berth) and annotator:mart", "berth");
    check("annotator:anna kind:commitment or annotator:mart", "brigade berth");
    check("-kind:prediction OR source:stoltenberg", "brigade delays cafe");
}

#[test]
fn what_cannot_be_understood_is_said_with_its_place_and_what_to_write() {
    wrong(
        "a knd:event",
        "character 3: there is no field “knd”: write “kind:”, or put the words in quotation marks to look for them",
    );
    wrong(
        "https://nato.int",
        "character 1: there is no field “https”: put the words in quotation marks to look for them",
    );
    wrong("kind:", "character 1: “kind:” needs a value right after the colon");
    wrong("kind:(a or b)", "character 1: “kind:” needs a value right after the colon: write (kind:a or kind:b)");
    wrong("kind: event", "character 1: “kind:” needs a value right after the colon");
    wrong("café \"open", "character 6: this quotation mark is not closed: put one after the last word");
    wrong("(a or b", "character 1: this bracket is not closed: put “)” after its last term");
    wrong("a)", "character 2: this bracket closes nothing: take it out, or put “(” before");
    wrong("a - b", "character 3: “-” stands right before what is left out: -status:retracted");
    wrong(
        "published:June",
        "character 1: “June” is no date: write 2023, 2023-06, 2023-06-28, or a range 2023-06..2023-09",
    );
    wrong("published:..", "character 1: a range needs an end at least: write 2.. or ..5; has: asks for any");
    wrong("published:2024..2023", "character 1: this range ends before it begins: write its ends the other way round");
    wrong("paragraph:first", "character 1: “first” is no number: write 3, or a range 3..5");
    wrong(
        "credibility:1-6",
        "character 1: “6” says that it cannot be judged and stands outside the order, so no range has it: write credibility:6 for it alone",
    );
    wrong(
        "likelihood:..maybe",
        "character 1: no scale has “maybe” on the axis likelihood: take a term of the scale in use",
    );
    wrong(
        "likelihood:likely..realistic-possibility-",
        "character 1: no scale has “realistic-possibility-” on the axis likelihood: take a term of the scale in use",
    );
    wrong(
        "likelihood:remote..realistic-possibility",
        "character 1: no scale has both “remote” and “realistic-possibility” on the axis likelihood: take two of one scale",
    );
    wrong("has:sorce", "character 1: there is no field “sorce”: write “has:source”");
    wrong("is:retraced", "character 1: no claim is “retraced”: write “is:retracted”");
    wrong(
        "in:titles",
        "character 1: a query looks in claims or in text: write in:claims or in:text, or keep the words to in:quotes, in:statements, in:notes or in:sources",
    );
    wrong("in:text in:claims", "character 9: a query looks in claims or in text: leave one of the two out");
    wrong(
        "a or",
        "character 5: something must stand here: “or” has a term on each side, and brackets have one within; write \"or\" in quotation marks to look for the word",
    );
    let error = Query::parse("é knd:event", Codebook::built_in()).unwrap_err();
    assert_eq!((error.span, error.at), (ByteSpan::new(3, 6), 3), "bytes for whoever marks it, characters for people");
}

#[test]
fn a_word_that_nobody_has_is_told_with_the_nearest_one() {
    unknown("a kind:comitment", "character 3: no kind “comitment”; did you mean “commitment”?");
    unknown("kind:commit", "character 1: no kind “commit”; did you mean “commitment”?");
    unknown("kind:gosip", "character 1: no kind “gosip”; did you mean “gossip”?");
    unknown("-status:foo", "character 2: no status “foo”: known are open, checked, disputed, retracted");
    unknown("style:indirekt", "character 1: no style “indirekt”; did you mean “indirect”?");
    unknown("by:nobody", "character 1: no annotator “nobody”: known are anna, mart");
    unknown("by:ana", "character 1: no annotator “ana”; did you mean “anna”?");
    unknown("tag:defense", "character 1: no tag “defense”; did you mean “defence”?");
    unknown("source_kind:persons", "character 1: no source kind “persons”; did you mean “person”?");
    unknown("credibility:7", "character 1: no credibility “7”: known are 1, 2, 3, 4, 5, 6");
    unknown("credibility:1-7", "character 1: no credibility “1-7”: known are 1, 2, 3, 4, 5, 6");
    unknown("credibility:7..9", "character 1: no credibility “7..9”: known are 1, 2, 3, 4, 5, 6");
    unknown(
        "credibility:\"probably tru\"",
        "character 1: no credibility “probably tru”; did you mean “probably true”?",
    );
    unknown("likelihood:likly", "character 1: no likelihood “likly”; did you mean “likely”?");
    unknown("reliability:sold", "character 1: no reliability “sold”; did you mean “solid”?");
    unknown("kind:event (brigade or kind:evnt)", "character 24: no kind “evnt”; did you mean “event”?");
    // A number is a judgement on an axis in numbers, and an id or an address may be of a set that is not here.
    check("likelihood:99", "");
    check("id:c-other", "");
    // A word of the codebook that no claim has finds nothing, and is no error.
    check("kind:causal", "");
    check("style:mixed", "");
    // Where there is no claim at all nobody knows who could have made one.
    let codebook = Codebook::built_in();
    assert_eq!(Query::parse("by:anna", codebook).unwrap().check(codebook, std::iter::empty::<&Sheet>()), Ok(()));
}

#[test]
fn a_query_of_the_codebook_that_asks_for_a_word_that_it_does_not_have_is_faulty() {
    let ron = r#"(queries: [(name: "Hopes", query: "kind:comitment"), (name: "Mine", query: "by:anna kind:event")])"#;
    let (codebook, _) = Codebook::parse(ron.as_bytes()).unwrap();
    let told: Vec<_> = faulty_queries(&codebook).into_iter().map(|finding| finding.at.to_string()).collect();
    assert_eq!(told, ["queries[0].query: \"Hopes\", character 1: no kind “comitment”; did you mean “commitment”?"]);
}

#[test]
fn own_fields_of_sources_and_documents_are_asked_as_those_of_claims() {
    let ron = r#"(fields: [
        (key: "bloc", on: "source", holds: "choice", choices: ["east", "west"]),
        (key: "since", on: "source", holds: "number"),
        (key: "desk", on: "document", holds: "choice", choices: ["north", "south"]),
        (key: "filed", on: "document", holds: "date"),
    ])"#;
    let (codebook, _) = Codebook::parse(ron.as_bytes()).unwrap();
    let sets = r#"
        sources: {
            "s-1": (name: "Anna Tamm", fields: {"bloc": "east", "since": "1990"}),
            "s-2": (name: "Mart Ilves", fields: {"bloc": "west", "since": "2004"}),
        },
        claims: {
            "c-1": (anchor: ‹A claim›, said: [(by: ["s-1", "s-2"])]),
            "c-2": (anchor: ‹And another›, said: [(by: ["s-2"])]),
            "c-3": (anchor: ‹And a third›),
        },"#;
    let about = r#"fields: {"desk": "north", "filed": "2024-05"}"#;
    let release = release("a.txt", "A claim. And another. And a third.", about, &[("anna", sets)]);
    let sheets = sheets(std::slice::from_ref(&release), &codebook);
    let text = Sheet::of_text(&release, &codebook);
    for (query, rows) in [
        ("bloc:east", &[0][..]),
        ("bloc:west", &[0, 1]),
        ("since:1980..1999", &[0]),
        ("since:2004", &[0, 1]),
        ("-has:bloc", &[2]),
        ("desk:north", &[0, 1, 2]),
        ("desk:south", &[]),
        ("filed:2024", &[0, 1, 2]),
        ("filed:2023", &[]),
    ] {
        let query = Query::parse(query, &codebook).unwrap();
        query.check(&codebook, &sheets).unwrap();
        assert_eq!(query.rows(&sheets[0]), rows, "{query:?}");
    }
    let in_text = |query: &str| Query::parse(query, &codebook).unwrap().rows(&text);
    assert_eq!((in_text("in:text desk:north"), in_text("in:text desk:south")), (vec![0], vec![]));
    let misspelt = Query::parse("desk:nort", &codebook).unwrap().check(&codebook, &sheets).unwrap_err();
    assert_eq!(misspelt.message, "no desk “nort”; did you mean “north”?");
}

#[test]
fn in_text_looks_through_the_paragraphs_of_documents() {
    let query = Query::parse("in:text ulemiste or brigade", Codebook::built_in()).unwrap();
    assert_eq!(query.looks_in(), In::Text);
    let [summit, _] = shelf();
    let sheet = Sheet::of_text(&summit, Codebook::built_in());
    let rows = query.rows(&sheet);
    let cells = |column| rows.iter().map(|&row| sheet.cell(row, column)).collect::<Vec<_>>();
    assert_eq!(cells("paragraph"), ["2", "3"]);
    assert_eq!(cells("start"), ["19", "137"]);
    // A paragraph has no source, whatever is claimed in it.
    let query = Query::parse("in:text has:source", Codebook::built_in()).unwrap();
    assert_eq!(query.rows(&sheet), [0; 0]);
}

#[test]
fn the_codebooks_own_fields_axes_and_queries_are_known() {
    let ron = r#"(
        fields: [(key: "urgency", holds: "number"), (key: "desk", holds: "choice", choices: ["north", "south"])],
        scales: [(axis: "harm", scale: "harm-1")],
        axis: "harm",
        own_scales: [(id: "harm-1", axes: [(axis: "harm", terms: [(key: "none"), (key: "some"), (key: "much"), (key: "unknown", outside_order: true)])])],
        queries: [(name: "Hot", query: "urgency:3..", colour: "red")],
    )"#;
    let (codebook, _) = Codebook::parse(ron.as_bytes()).unwrap();
    let release = release(
        "a.txt",
        "A claim. And another.",
        "",
        &[(
            "anna",
            r#"claims: {
            "c-1": (anchor: ‹A claim›, fields: {"urgency": "4", "desk": "north"}),
            "c-2": (anchor: ‹And another›, fields: {"urgency": "2"}),
        },
        assessments: {
            "a-1": (on: "c-1", axis: "harm", scale: "harm-1", term: "much"),
            "a-2": (on: "c-2", axis: "harm", scale: "harm-1", term: "unknown"),
        },"#,
        )],
    );
    let scope = Scope::of(Whose::All);
    let releases = [release];
    let export = Export::new(&releases, &scope, &codebook, "harm");
    let sheet = Sheet::of_claims(&export.claims, &codebook);
    let saved = codebook.query("hot").unwrap();
    for (query, rows) in [
        (saved.query.as_str(), &[0][..]),
        ("urgency:2", &[1]),
        ("desk:north", &[0]),
        ("harm:some..", &[0]),
        ("harm:none-much", &[0]),
        ("harm:unknown", &[1]),
        ("-has:desk", &[1]),
    ] {
        assert_eq!(Query::parse(query, &codebook).unwrap().rows(&sheet), rows, "{query}");
    }
    // A field of a later version is kept.
    assert!(codebook.print().contains(r#"(name: "Hot", query: "urgency:3..", colour: "red")"#));
    let (again, _) = Codebook::parse(codebook.print().as_bytes()).unwrap();
    assert_eq!(again.queries, codebook.queries);
}

#[test]
fn the_queries_that_come_with_the_program_are_queries() {
    let codebook = Codebook::built_in();
    assert!(!codebook.queries.is_empty());
    for saved in &codebook.queries {
        Query::parse(&saved.query, codebook).unwrap_or_else(|error| panic!("{}: {error}", saved.name));
    }
}

/// What queries are made of that are put together at random: some of these are no query, which is told.
const WORDS: &[&str] = &[
    "a",
    "-a",
    "É",
    "-É",
    "ß",
    "'a",
    r"/a\s?b?/",
    r"/^a\s?b?$/",
    r"/\bb/",
    r"-/\bb/",
    r"/(é|B)+\z/",
    "/s{2}/",
    "match:case",
    "match:word",
    "or a",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// Whatever is typed is understood or told, with a place that lies in it, and never panics.
    #[test]
    fn anything_can_be_typed(text in "([a-z]{1,4}|kind:|credibility:|published:|[-()\"“”:.0-9 é\\\\]| or |\\PC){0,24}") {
        match Query::parse(&text, Codebook::built_in()) {
            Ok(query) => {
                let [summit, _] = shelf();
                let sheet = Sheet::of_text(&summit, Codebook::built_in());
                prop_assert!(query.rows(&sheet).len() <= sheet.len());
            }
            Err(error) => {
                prop_assert!(text.get(error.span.start..error.span.end).is_some());
                prop_assert!(error.at <= text.chars().count() + 1);
            }
        }
    }

    /// What is left out and what is found are all there is.
    #[test]
    fn a_negation_finds_the_rest(word in "[a-z]{1,3}") {
        let (with, without) = (found(&format!("\"{word}\"")), found(&format!("-\"{word}\"")));
        let count = |ids: &str| ids.split_whitespace().count();
        prop_assert_eq!(count(&with) + count(&without), 4);
    }

    /// The quick look at a whole text lets every paragraph through that the query finds, and what is found in a
    /// paragraph by itself is what is found in the sheet.
    #[test]
    fn the_quick_look_at_a_text_loses_nothing(
        words in prop::collection::vec(prop::sample::select(WORDS), 1..5),
        paragraphs in prop::collection::vec("[aAbBéÉe\u{301}ßs'’ \n]{1,12}", 1..4),
    ) {
        let text = paragraphs.join("\n\n");
        let query = format!("in:text {}", words.join(" "));
        let Ok(query) = Query::parse(&query, Codebook::built_in()) else { return Ok(()) };
        let summit = release("any.txt", &text, "", &[]);
        let rows = query.rows(&Sheet::of_text(&summit, Codebook::built_in()));
        let found: Vec<usize> = summit.paragraphs.iter().enumerate()
            .filter(|(_, span)| query.finds(&text[span.start..span.end])).map(|(at, _)| at).collect();
        prop_assert_eq!(&rows, &found);
        prop_assert!(found.is_empty() || query.may_find_in(&text));
    }
}
