//! Exports: every format holds what the set says, and nothing that a stranger wrote does anything in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::{prop_assert_eq, proptest};
use regex::Regex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use vouch::annotation::{About, AnnotationSet, Codebook, Id, anchors, place_all};
use vouch::document::{ByteSpan, Text};
use vouch::exchange::{
    COLUMNS, Cited, Export, Layer, Release, Scope, Whose, cited, cited_in_text, format, later, quotation,
};

const TEXT: &str = include_str!("../sample_docs/vilnius-summit.txt");
const SET: &str = include_str!("fixtures/sidecar/example.vouch.ron");

/// A release with one annotator's set on it.
fn release(name: &str, text: &str, sets: &[AnnotationSet]) -> Release {
    let start = |paragraph: &str| paragraph.as_ptr() as usize - text.as_ptr() as usize;
    let paragraphs = text.split("\n\n").map(|it| ByteSpan::new(start(it), start(it) + it.len())).collect();
    let layer = |set: &AnnotationSet| Layer {
        handle: set.header.annotator.handle.clone(),
        about: set.header.document.about.clone().unwrap_or_default(),
        set: Arc::new(set.clone()),
        placements: place_all(&Text::new(text), set.header.document.text.is_none(), anchors(set)).into_iter().collect(),
    };
    Release {
        name: name.to_owned(),
        text: Some(Text::new(text.to_owned())),
        text_sha256: "abc".to_owned(),
        paragraphs,
        layers: sets.iter().map(layer).collect(),
    }
}

fn set(ron: &str) -> AnnotationSet {
    let read = vouch::sidecar::read(ron.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    read.set
}

fn everything() -> Scope {
    Scope::of(Whose::All)
}

/// The releases in a format.
fn written(name: &str, releases: &[Release], scope: &Scope) -> String {
    let export = Export::new(releases, scope, Codebook::built_in(), "credibility");
    let mut bytes = Vec::new();
    format(name).unwrap().write(&export, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn example() -> Vec<Release> {
    vec![release("vilnius-summit.txt", TEXT, &[set(SET)])]
}

/// The fields of the only claim of a set whose tables are `tables`, marked on `text`.
fn only_claim(text: &str, tables: &str) -> Value {
    let releases = [release("a.txt", text, &[set_of("anna", tables)])];
    let json: Value = serde_json::from_str(&written("json", &releases, &everything())).unwrap();
    let claims = json["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 1);
    claims[0].clone()
}

/// A set with these tables, as RON.
fn set_of(handle: &str, tables: &str) -> AnnotationSet {
    set(&format!(
        "(format: \"vouch-annotations\", version: (1, 0), requires: [], document: (name: \"a.txt\"), annotator: (handle: \"{handle}\"), {tables})"
    ))
}

/// An anchor on the first place of `words` in `text`, as RON.
fn anchor(text: &str, words: &str) -> String {
    let start = text[..text.find(words).unwrap()].chars().count();
    let quote = words.replace('\\', "\\\\").replace('"', "\\\"");
    format!("(spans: [({start}, {})], quote: [\"{quote}\"])", start + words.chars().count())
}

#[test]
fn csv_has_the_columns_of_the_contract() {
    let expected = "\
document,title,publisher,published,url,text_sha256,annotator,claim_id,anchor,start,end,paragraph,quote,statement,kind,\
style,cue,source,source_id,source_kind,source_role,source_chain,reliability,credibility,likelihood,likelihood_scale,\
confidence,confidence_scale,check_worthy,stance,status,tags,note,marking,created,modified
vilnius-summit.txt,Strengthening Alliances and Prioritizing Security,,2023-06-28,,abc,anna,c-p3qe,exact,693,770,4,\
it reaffirmed the strategic error of President Putin’s illicit war in Ukraine,,opinion,indirect,emphasized,\
Jens Stoltenberg,s-7k2m,person,NATO Secretary General,the release → Jens Stoltenberg,,,,,,,,,open,,,,\
2026-11-24T03:15:10Z,
vilnius-summit.txt,Strengthening Alliances and Prioritizing Security,,2023-06-28,,abc,anna,c-5w0a,exact,1790,1827,6,\
\"over 300,000 troops on high readiness\",,commitment,indirect,announced,Jens Stoltenberg,s-7k2m,person,\
NATO Secretary General,the release → Jens Stoltenberg,,2,,,,,,,open,,,,2026-11-24T03:14:00Z,
";
    assert_eq!(written("csv", &example(), &everything()), expected);
}

#[test]
fn json_carries_own_fields_of_source_and_document_and_csv_keeps_its_columns() {
    let with_fields = SET
        .replacen("aliases: [\"Stoltenberg\"])", "aliases: [\"Stoltenberg\"], fields: {\"party\": \"none\"})", 1)
        .replacen("\"2023-06-28\")", "\"2023-06-28\", fields: {\"desk\": \"east\"})", 1);
    let releases = [release("vilnius-summit.txt", TEXT, &[set(&with_fields)])];
    let json: Value = serde_json::from_str(&written("json", &releases, &everything())).unwrap();
    let claim = &json["claims"][1];
    assert_eq!(claim["document_fields"], json!({"desk": "east"}));
    assert_eq!(claim["chain"][0]["by"][0]["fields"], json!({"party": "none"}));
    let lines = written("jsonl", &releases, &everything());
    assert_eq!(serde_json::from_str::<Value>(lines.lines().nth(1).unwrap()).unwrap(), *claim);
    assert_eq!(written("csv", &releases, &everything()), written("csv", &example(), &everything()));
}

#[test]
fn json_has_the_columns_and_lists() {
    let json: Value = serde_json::from_str(&written("json", &example(), &everything())).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"vouch-claims".into(), &1.into()));
    let claim = &json["claims"][1];
    let fields: Vec<&String> = claim.as_object().unwrap().keys().collect();
    let columns: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(&fields[..columns.len()], &columns);
    assert_eq!(claim["spans"], json!([[1790, 1827]]));
    let speaker = json!({"name": "Jens Stoltenberg", "id": "s-7k2m", "kind": "person", "role": "NATO Secretary General", "mention": "The Secretary General", "fields": {}});
    assert_eq!(claim["chain"], json!([{"by": [speaker], "cue": ["announced"]}]));
    assert_eq!(claim["assessments"][0]["why"], "Same figure as the Madrid communiqué.");
    assert_eq!(claim["assessments"][0]["current"], true);
}

#[test]
fn json_lines_are_the_claims_of_json() {
    let json: Value = serde_json::from_str(&written("json", &example(), &everything())).unwrap();
    let lines = written("jsonl", &example(), &everything());
    let claims: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["claims"], Value::Array(claims));
}

#[test]
fn a_set_loads_again() {
    let file = vouch::sidecar::read_set_file(written("set", &example(), &everything()).as_bytes()).unwrap();
    assert_eq!(file.problems, []);
    assert_eq!(file.sets.len(), 1);
    assert_eq!(file.sets[0].name, "vilnius-summit.txt.anna.vouch.ron");
    assert_eq!(file.sets[0].set, set(SET));
}

#[test]
fn a_part_of_a_set_has_what_belongs_to_its_claims() {
    let scope = Scope { claims: Some(BTreeSet::from([Id::new("c-p3qe")])), ..everything() };
    let file = vouch::sidecar::read_set_file(written("set", &example(), &scope).as_bytes()).unwrap();
    let part = &file.sets[0].set;
    assert_eq!(part.claims.keys().map(Id::as_str).collect::<Vec<_>>(), ["c-p3qe"]);
    assert_eq!(part.mentions.keys().map(Id::as_str).collect::<Vec<_>>(), ["m-8c1d"]);
    assert_eq!(part.sources, set(SET).sources);
    assert_eq!(part.remarks, set(SET).remarks);
    assert!(part.assessments.is_empty() && part.dismissed.is_empty() && part.deleted.is_empty());
}

#[test]
fn a_spreadsheet_finds_no_formula() {
    let text = "=1+2 and more";
    for (note, cell) in [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\\t=1", "'\t=1"),
        ("\\r=1", "\"'\r=1\""),
        ("\\u{0}x", "'\0x"),
        ("1 = 1", "1 = 1"),
    ] {
        let tables =
            format!("claims: {{\"c-1\": (anchor: {}, note: \"{note}\", tags: [\"=a\", \"b\"])}}", anchor(text, "=1+2"));
        let csv = written("csv", &[release("a.txt", text, &[set_of("anna", &tables)])], &everything());
        assert!(csv.contains(&format!(",open,'=a; b,{cell},")), "{csv}");
        assert!(csv.contains(",exact,0,4,1,'=1+2,"), "{csv}");
    }
}

#[test]
fn voices_chain_in_words() {
    let text = "X and Y say that Z had warned of it.";
    let sources = "sources: {\"s-x\": (kind: \"person\", name: \"X\", role: \"spokesman\"), \"s-y\": (name: \"Y\"), \"s-z\": (kind: \"organisation\", name: \"Z\", same_as: [\"s-zz\"]), \"s-zz\": (kind: \"organisation\", name: \"Zett\")}";
    let claim = |said: &str| {
        only_claim(text, &format!("{sources}, claims: {{\"c-1\": (anchor: {}, {said})}}", anchor(text, "of it")))
    };
    let words = |claim: &Value| {
        ["source", "source_id", "source_kind", "source_role", "source_chain"]
            .map(|name| claim[name].as_str().unwrap_or("").to_owned())
    };

    assert_eq!(words(&claim("")), ["", "", "", "", ""]);
    assert_eq!(claim("")["chain"], Value::Null);
    assert_eq!(words(&claim("said: []")), ["the release", "", "writer", "", "the release"]);
    assert_eq!(words(&claim("said: [(by: [])]")), ["the release", "", "writer", "", "the release"]);
    assert_eq!(
        claim("said: [(by: [])]")["chain"],
        json!([{"by": [{"name": "the release", "id": null, "kind": "writer", "role": null, "mention": null, "fields": {}}], "cue": []}])
    );
    assert_eq!(
        words(&claim("said: [(by: [\"s-x\", \"s-y\"])]")),
        ["X; Y", "s-x; s-y", "person; ", "spokesman; ", "the release → X; Y"]
    );
    // A source that was joined to another one stands under that one's name.
    assert_eq!(
        words(&claim("said: [(by: [\"s-x\"]), (by: [\"s-z\"])]")),
        ["Zett", "s-zz", "organisation", "", "the release → X → Zett"]
    );
    // An id that the set does not hold is better than nothing.
    assert_eq!(words(&claim("said: [(by: [\"m-gone\"])]")), ["m-gone", "", "", "", "the release → m-gone"]);
}

#[test]
fn judgements_in_force_and_all_of_them() {
    let text = "It is so.";
    let tables = format!(
        "claims: {{\"c-1\": (anchor: {})}}, assessments: {{\
         \"a-1\": (on: \"c-1\", axis: \"credibility\", scale: \"admiralty\", term: \"3\", made: \"2026-01-01T00:00:00Z\"),\
         \"a-2\": (on: \"c-1\", axis: \"credibility\", scale: \"admiralty\", term: \"2\", replaces: \"a-1\", made: \"2026-01-02T00:00:00Z\"),\
         \"a-3\": (on: \"c-1\", axis: \"likelihood\", scale: \"icd203-2015\", value: 70.0),\
         \"a-4\": (on: \"c-1\", axis: \"reliability\", scale: \"admiralty\", term: \"B\", made: \"2026-01-01T00:00:00Z\"),\
         \"a-5\": (on: \"c-1\", axis: \"reliability\", scale: \"admiralty\", replaces: \"a-4\", made: \"2026-01-02T00:00:00Z\")}}",
        anchor(text, "so")
    );
    let releases = [release("a.txt", text, &[set_of("anna", &tables)])];
    let ids = |scope: &Scope| -> Vec<(String, bool)> {
        let line: Value = serde_json::from_str(&written("jsonl", &releases, scope)).unwrap();
        let all = line["assessments"].as_array().unwrap().clone();
        all.iter().map(|it| (it["id"].as_str().unwrap().to_owned(), it["current"].as_bool().unwrap())).collect()
    };
    let current = [("a-2", true), ("a-3", true)].map(|(id, current)| (id.to_owned(), current));
    assert_eq!(ids(&everything()), current);
    let all = [("a-3", true), ("a-1", false), ("a-4", false), ("a-2", true), ("a-5", false)];
    assert_eq!(ids(&Scope { history: true, ..everything() }), all.map(|(id, current)| (id.to_owned(), current)));

    let claim = only_claim(text, &tables);
    let terms = ["reliability", "credibility", "likelihood", "likelihood_scale"].map(|name| claim[name].clone());
    assert_eq!(terms, [Value::Null, "2".into(), "70".into(), "icd203-2015".into()]);
}

#[test]
fn whose_claims() {
    let text = "One.";
    let layer = |handle: &str| {
        set_of(handle, &format!("claims: {{\"c-1\": (anchor: {}, kind: \"event\")}}", anchor(text, "One")))
    };
    let who = |handles: &[&str], whose: Whose| -> Vec<String> {
        let sets: Vec<_> = handles.iter().map(|handle| layer(handle)).collect();
        let csv = written("csv", &[release("a.txt", text, &sets)], &Scope::of(whose));
        csv.lines().skip(1).map(|line| line.split(',').nth(6).unwrap().to_owned()).collect()
    };
    let settled = || Whose::Settled("mart".to_owned());
    assert_eq!(who(&["anna", "mart", "agreed"], settled()), ["agreed"]);
    assert_eq!(who(&["anna", "mart"], settled()), ["mart"]);
    assert_eq!(who(&["anna", "kati"], settled()), ["anna", "kati"]);
    assert_eq!(who(&["anna", "mart", "agreed"], Whose::All), ["anna", "mart", "agreed"]);
    assert_eq!(who(&["anna", "mart"], Whose::One("ANNA".to_owned())), ["anna"]);
    assert_eq!(who(&["anna"], Whose::One("kati".to_owned())), [""; 0]);
}

#[test]
fn only_some_kinds() {
    let scope = Scope { kinds: vec!["opinion".to_owned()], ..everything() };
    let csv = written("csv", &example(), &scope);
    assert_eq!(csv.lines().count(), 2);
    assert!(csv.contains(",opinion,"));
}

#[test]
fn a_lost_anchor_has_no_position() {
    let changed = TEXT.replace("over 300,000 troops on high readiness", "something");
    let releases = [release("vilnius-summit.txt", &changed, &[set(SET)])];
    let export = Export::new(&releases, &everything(), Codebook::built_in(), "credibility").report();
    assert_eq!((export.claims, export.unplaced), (2, 1));
    let csv = written("csv", &releases, &everything());
    assert!(csv.contains(",c-5w0a,lost,,,,\"over 300,000"), "{csv}");
    assert!(written("html", &releases, &everything()).contains("<span class=\"dim\">2</span>"));
}

#[test]
fn a_moved_anchor_has_the_position_where_it_is_now() {
    let changed = format!("A line before it all.\n\n{TEXT}");
    let releases = [release("vilnius-summit.txt", &changed, &[set(SET)])];
    let csv = written("csv", &releases, &everything());
    assert!(csv.contains(",c-5w0a,moved,1813,1850,7,\"over 300,000 troops on high readiness\","), "{csv}");
    let html = written("html", &releases, &everything());
    assert!(html.contains("lane-0\">over 300,000 troops on high readiness</mark>"));
    assert!(html.contains("<span class=\"by\">The Secretary General</span> <span class=\"cue\">announced</span>"));
    assert!(written("markdown", &releases, &everything()).contains("- Place: ¶ 7, moved in the text"));
}

#[test]
fn without_the_document_positions_are_unchecked() {
    let mut releases = example();
    releases[0].text = None;
    assert!(written("csv", &releases, &everything()).contains(",c-5w0a,unchecked,1790,1827,,"));
    let html = written("html", &releases, &everything());
    assert!(html.contains("not found beside its annotations") && !html.contains("href=\"#t"));
}

/// A set on `HOSTILE`, with as hostile words in every field that people type.
const HOSTILE: &str =
    "# <script>alert(1)</script>\n\n[a](javascript:x) & \"b\" 'c' `d` *e* _f_ <img src=x onerror=y>\u{1b}[2J\u{9b}";

fn hostile() -> Vec<Release> {
    let text = HOSTILE;
    let words = "</style></title><script>alert(1)</script>\\\"'><img src=x onerror=y> [a](javascript:x) | # `";
    let tables = format!(
        "sources: {{\"s-1\": (kind: \"{words}\", name: \"{words}\", role: \"{words}\")}}, claims: {{\
         \"c-1\": (anchor: {}, said: [(by: [\"s-1\"], cue: [{}])], kind: \"{words}\", style: \"{words}\", statement: \"{words}\",\
         value: \"{words}\", time: \"{words}\", tags: [\"{words}\"], note: \"{words}\", evidence: [\"javascript:alert(1)\", \"https://example.org/\\\"><script>\"], marking: \"{words}\")}},\
         assessments: {{\"a-1\": (on: \"c-1\", axis: \"{words}\", scale: \"{words}\", term: \"{words}\", why: \"{words}\")}}",
        anchor(text, "<script>alert(1)</script>"),
        anchor(text, "[a](javascript:x)"),
    );
    let mut releases = vec![release("</title><script>.txt", text, &[set_of("anna", &tables)])];
    let words = words.replace("\\\"", "\"");
    releases[0].layers[0].about = About {
        title: Some(words.clone()),
        publisher: Some(words.clone()),
        published: Some(words.clone()),
        url: Some("javascript:alert(1)".to_owned()),
        ..About::default()
    };
    releases
}

#[test]
fn html_does_nothing_that_a_stranger_wrote() {
    let html = written("html", &hostile(), &everything());
    let tag = Regex::new(r"<[^>]*>").unwrap();
    let known = Regex::new(
        r#"^</?(html|head|meta|title|style|body|header|main|section|h1|h2|h3|ol|ul|li|a|div|blockquote|p|dl|dt|dd|span|mark|!DOCTYPE html)( (lang|charset|http-equiv|content|name|class|id|href|aria-label|aria-labelledby|aria-hidden|dir|rel)="[^"<>]*")*>$"#,
    )
    .unwrap();
    for found in tag.find_iter(&html) {
        assert!(known.is_match(found.as_str()), "{}", found.as_str());
    }
    let links = Regex::new("href=\"([^\"]*)\"").unwrap();
    let links: BTreeSet<&str> = links.captures_iter(&html).map(|found| found.get(1).unwrap().as_str()).collect();
    assert_eq!(links, BTreeSet::from(["#c1", "#t1", "https://example.org/&quot;&gt;&lt;script&gt;"]));
    assert!(!html.contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn html_allows_only_its_own_style() {
    let html = written("html", &hostile(), &everything());
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    assert!(!style.contains("url(") && !style.contains("@import"));
    let policy =
        Regex::new("content=\"default-src 'none'; style-src 'sha256-([^']*)'; base-uri 'none'; form-action 'none'\"");
    let hash = policy.unwrap().captures(&html).unwrap()[1].to_owned();
    // Base 64 read back: four digits are three bytes.
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = hash.trim_end_matches('=').chars().map(|c| format!("{:06b}", digits.find(c).unwrap())).collect();
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect();
    assert_eq!(bytes, Sha256::digest(style).to_vec());
}

#[test]
fn html_links_lead_only_to_the_web_and_to_mail() {
    let text = "So.";
    let tables = format!(
        "claims: {{\"c-1\": (anchor: {}, statement: \"https://example.org/a?b=1&c=2\", note: \"see https://example.org\", value: \"mailto:a@example.org\", time: \"file:///x\")}}",
        anchor(text, "So")
    );
    let html = written("html", &[release("a.txt", text, &[set_of("anna", &tables)])], &everything());
    assert!(html.contains("<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer\">"));
    assert!(html.contains("<a href=\"mailto:a@example.org\""));
    assert!(html.contains(">see https://example.org<") && html.contains(">file:///x<"));
}

#[test]
fn markdown_means_nothing_that_a_stranger_wrote() {
    let markdown = written("markdown", &hostile(), &everything());
    let unescaped = Regex::new(r"(^|[^\\])(\\\\)*[<>`\[\]|#]").unwrap();
    for line in markdown.lines() {
        let own = ["# ", "## ", "> ", "- **"].into_iter().find(|own| line.starts_with(own)).unwrap_or("");
        assert!(!unescaped.is_match(&line[own.len()..]), "{line}");
    }
    for (quote, line) in
        [("1. a", "> 1\\. a"), ("- a", "> \\- a"), ("a - 1. b", "> a - 1. b"), ("+", "> \\+"), ("2) a", "> 2\\) a")]
    {
        let tables = format!("claims: {{\"c-1\": (anchor: {})}}", anchor(quote, quote));
        let markdown = written("markdown", &[release("a.txt", quote, &[set_of("anna", &tables)])], &everything());
        assert!(markdown.lines().any(|found| found == line), "{line}: {markdown}");
    }
}

#[test]
fn reports_say_how_sure_in_words_and_who_says_nothing_last() {
    let text = "A, b, c and d.";
    let claim = |id: &str, words: &str, said: &str| format!("\"{id}\": (anchor: {}, {said})", anchor(text, words));
    let claims = [
        claim("c-1", "A", ""),
        claim("c-2", "b", "said: []"),
        claim("c-3", "c", "said: [(by: [\"s-z\"])]"),
        claim("c-4", "d", "said: [(by: [\"s-a\"])]"),
    ];
    let tables = format!(
        "sources: {{\"s-a\": (name: \"zoë\", role: \"mayor\"), \"s-z\": (name: \"Zita\")}}, claims: {{{}}}, assessments: {{\"a-1\": (on: \"c-4\", axis: \"likelihood\", scale: \"icd203-2015\", term: \"likely\", why: \"twice before\"), \"a-2\": (on: \"c-4\", axis: \"reliability\", scale: \"admiralty\", term: \"F\")}}",
        claims.join(", ")
    );
    let markdown = written("markdown", &[release("a.txt", text, &[set_of("anna", &tables)])], &everything());
    let headings: Vec<&str> = markdown.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Zita", "## zoë, mayor", "## the release", "## Without a source"]);
    assert!(
        markdown.contains("- **F reliability cannot be judged (Admiralty); likely (55–80 %, ICD 203)**\n"),
        "{markdown}"
    );
    assert!(markdown.contains("- Because: twice before\n"));
    assert_eq!(markdown.matches("- **not assessed**").count(), 3);
}

/// The text of the report's paragraphs, tags and numbers taken out.
fn text_in_html(html: &str) -> Vec<String> {
    let paragraph =
        Regex::new("(?s)<p dir=\"auto\"><span class=\"number\" aria-hidden=\"true\">\\d+</span>(.*?)</p>").unwrap();
    let tag = Regex::new("<a [^>]*>\\d+</a>|<[^>]*>").unwrap();
    let plain = |html: &str| {
        tag.replace_all(html, "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    };
    paragraph.captures_iter(html).map(|found| plain(&found[1])).collect()
}

#[test]
fn html_marks_overlapping_claims_with_the_style_of_their_confidence() {
    let text = "one two three four";
    let at = |words: &str| anchor(text, words);
    let tables = format!(
        "claims: {{\"c-1\": (anchor: {}, kind: \"event\"), \"c-2\": (anchor: {}), \"c-3\": (anchor: (spans: [(0, 3), (14, 18)], quote: [\"one\", \"four\"]))}},\
         assessments: {{\"a-1\": (on: \"c-1\", axis: \"credibility\", scale: \"admiralty\", term: \"1\"), \"a-2\": (on: \"c-2\", axis: \"credibility\", scale: \"admiralty\", term: \"6\")}}",
        at("one two"),
        at("two three")
    );
    let html = written("html", &[release("a.txt", text, &[set_of("anna", &tables)])], &everything());
    let line = html.lines().find(|line| line.contains("class=\"number\"")).unwrap();
    let link = Regex::new(" (id|href|aria-label|dir|aria-hidden)=\"[^\"]*\"").unwrap();
    assert_eq!(
        link.replace_all(line, ""),
        "<p><span class=\"number\">1</span><mark class=\"unassessed kind-9 lane-0\"><mark class=\"high kind-1 lane-1\">one</mark></mark>\
         <mark class=\"high kind-1 lane-1\"> </mark><mark class=\"high kind-1 lane-1\"><mark class=\"cannot-judge kind-9 lane-2\">two</mark></mark><a class=\"ref\">2</a>\
         <mark class=\"cannot-judge kind-9 lane-2\"> three</mark><a class=\"ref\">3</a> <mark class=\"unassessed kind-9 lane-0\">four</mark><a class=\"ref\">1</a></p>"
    );
    assert_eq!(text_in_html(&html), [text]);
}

proptest! {
    /// However marks nest, cross, repeat and reach over paragraphs, the text in the report is the text.
    #[test]
    fn marks_leave_the_text_of_the_report_alone(
        words in "[a-z <&\"é🙂ש]{1,60}(\n\n[a-z <&\"é🙂ש]{1,40}){0,3}",
        places in proptest::collection::vec((0usize..100, 1usize..60), 0..12),
    ) {
        let length = words.chars().count();
        let spans = places.iter().map(|(start, len)| (start % length, (start % length + len).min(length)));
        let claims: Vec<String> = spans.enumerate().map(|(i, (start, end))| {
            let quote: String = words.chars().skip(start).take(end - start).collect();
            format!("\"c-{i:02}\": (anchor: (spans: [({start}, {end})], quote: [{quote:?}]))", quote = quote.as_str())
        }).collect();
        let tables = format!("claims: {{{}}}", claims.join(", "));
        let releases = [release("a.txt", &words, &[set_of("anna", &tables)])];
        let html = written("html", &releases, &everything());
        let paragraphs: Vec<&str> = words.split("\n\n").collect();
        prop_assert_eq!(text_in_html(&html), paragraphs);
        // Every claim can be reached in the text, once.
        for number in 1..=claims.len() {
            prop_assert_eq!(html.matches(&format!("id=\"t{number}\"")).count(), 1);
        }
    }
}

#[test]
fn a_quotation_with_its_citation() {
    let about = About {
        title: Some("A headline".to_owned()),
        publisher: Some("NATO".to_owned()),
        published: Some("2023-06-28".to_owned()),
        url: Some("https://example.org/1".to_owned()),
        ..About::default()
    };
    assert_eq!(
        quotation("over 300,000\n troops ", "Jens Stoltenberg", &about, "a.txt", Some(6)),
        "“over 300,000 troops” (Jens Stoltenberg, in: NATO, “A headline”, 28 June 2023, ¶ 6, https://example.org/1)"
    );
    let nothing = About { published: Some("summer".to_owned()), ..About::default() };
    assert_eq!(quotation("So.", "", &nothing, "a.txt", None), "“So.” (“a.txt”, summer)");
}

#[test]
fn the_time_between_two_judgements_is_told_in_words() {
    let after = |moment| later("2026-03-01T08:00:00Z", moment).unwrap_or_default();
    for (moment, words) in [
        ("2026-03-01T08:00:30Z", "moments later"),
        ("2026-03-01T08:01:00Z", "one minute later"),
        ("2026-03-01T10:59:00Z", "two hours later"),
        ("2026-03-02T07:59:00Z", "23 hours later"),
        ("2026-03-02T08:00:00Z", "one day later"),
        ("2026-03-04T12:00:00Z", "three days later"),
        ("2026-03-16T08:00:00Z", "two weeks later"),
        ("2026-06-01T08:00:00Z", "three months later"),
        ("2029-06-01T08:00:00Z", "three years later"),
        ("2026-02-01T08:00:00Z", ""),
        ("yesterday", ""),
    ] {
        assert_eq!(after(moment), words, "{moment}");
    }
}

/// The only claim of a set on `text`, as a sentence with its note.
fn cited_claim(text: &str, about: &str, tables: &str) -> Cited {
    let set = set(&format!(
        "(format: \"vouch-annotations\", version: (1, 0), requires: [], document: (name: \"a.txt\", about: ({about})), \
         annotator: (handle: \"anna\"), {tables})"
    ));
    let releases = [release("a.txt", text, &[set])];
    let scope = everything();
    let export = Export::new(&releases, &scope, Codebook::built_in(), "credibility");
    assert_eq!(export.claims.len(), 1);
    cited(&export.claims[0], Codebook::built_in())
}

#[test]
fn a_claim_is_a_sentence_that_says_through_whom() {
    let text = "X and Y said that Z had warned of “more of it”.";
    let sources = "sources: {\"s-x\": (name: \"X\", role: \"spokesman\"), \"s-y\": (name: \"Y\", affiliation: \"Desk\"), \"s-z\": (name: \"Z\")}";
    let cue = |words: &str| format!("cue: [{}]", anchor(text, words));
    let sentence = |about: &str, said: &str| {
        let claim = format!("claims: {{\"c-1\": (anchor: {}, {said})}}", anchor(text, "more of it"));
        cited_claim(text, about, &format!("{sources}, {claim}")).sentence
    };
    let nato = "publisher: \"NATO\"";
    let warned = cue("had warned of");
    for (about, said, expected) in [
        (nato, String::new(), "Without a named source, in NATO’s release: “more of it”."),
        ("", "said: []".to_owned(), "The release says: “more of it”."),
        (nato, "said: [(by: [])]".to_owned(), "NATO’s release says: “more of it”."),
        (
            "publisher: \"Skarvholm Ferries\"",
            format!("said: [(by: [], {})]", cue("said")),
            "Skarvholm Ferries’ release said: “more of it”.",
        ),
        (
            nato,
            format!("said: [(by: [\"s-x\"], {warned})]"),
            "X, spokesman, according to NATO’s release, had warned of: “more of it”.",
        ),
        (nato, "said: [(by: [\"s-z\"])]".to_owned(), "Z, according to NATO’s release, says: “more of it”."),
        (
            nato,
            format!("said: [(by: [\"s-x\", \"s-y\"], {}), (by: [\"s-z\"], {warned})]", cue("said")),
            "Z, according to X, spokesman and Y, Desk in NATO’s release, had warned of: “more of it”.",
        ),
        (
            nato,
            "said: [(by: []), (by: [\"s-x\"]), (by: [\"s-y\"]), (by: [\"s-z\"])]".to_owned(),
            "Z, according to Y, Desk, as told by X, spokesman in NATO’s release, says: “more of it”.",
        ),
    ] {
        assert_eq!(sentence(about, &said), expected, "{said}");
    }
    // Quotation marks within are single ones, and a sentence that ends has no second full stop.
    let whole = format!("claims: {{\"c-1\": (anchor: {})}}", anchor(text, "warned of “more of it”."));
    assert_eq!(
        cited_claim(text, "", &whole).sentence,
        "Without a named source, in the release: “warned of ‘more of it’.”"
    );
}

#[test]
fn a_note_says_where_and_how_sure_a_scale_a_sentence() {
    let text = "Title\n\nIt will open by May.";
    let about = "publisher: \"NATO\", title: \"Title\", published: \"2023-06-28\", url: \"https://nato.int/1\"";
    let tables = format!(
        "claims: {{\"c-1\": (anchor: {}, style: \"indirect\", status: \"disputed\", statement: \"The hall opens by May\", marking: \"TLP:AMBER\")}}, \
         assessments: {{\
         \"a-1\": (on: \"c-1\", axis: \"reliability\", scale: \"admiralty\", term: \"B\"),\
         \"a-2\": (on: \"c-1\", axis: \"credibility\", scale: \"admiralty\", term: \"2\"),\
         \"a-3\": (on: \"c-1\", axis: \"likelihood\", scale: \"phia-2019\", term: \"likely\"),\
         \"a-4\": (on: \"c-1\", axis: \"confidence\", scale: \"icd203-2015\", term: \"moderate\")}}",
        anchor(text, "It will open by May")
    );
    let note = cited_claim(text, about, &tables).note;
    assert_eq!(
        note,
        "NATO, “Title”, 28 June 2023, ¶ 2. In the release’s words. That is: The hall opens by May. Source reliability: B \
         usually reliable (Admiralty). Information credibility: 2 probably true (Admiralty). Likelihood: likely \
         (55–75\u{a0}%, UK PHIA). Moderate analytic confidence (ICD 203). Status: disputed. Marked by anna. TLP:AMBER. \
         https://nato.int/1"
    );
    for sentence in note.split(". ") {
        let scales = ["Admiralty", "PHIA", "ICD 203"].into_iter().filter(|scale| sentence.contains(scale)).count();
        assert!(scales <= 1, "{sentence}");
    }
    let bare = format!("claims: {{\"c-1\": (anchor: {})}}", anchor(text, "May"));
    assert_eq!(cited_claim(text, "", &bare).note, "“a.txt”, ¶ 2. Not assessed. Marked by anna.");
    let moved = "claims: {\"c-1\": (anchor: (spans: [(0, 2)], quote: [\"gone with the wind\"]))}";
    assert_eq!(cited_claim(text, "", moved).note, "“a.txt”. Lost in the text. Not assessed. Marked by anna.");
}

#[test]
fn sentences_with_footnotes_as_markdown_and_as_plain_text() {
    let expected = "\
Jens Stoltenberg, NATO Secretary General, according to the release, emphasized: “it reaffirmed the strategic error of \
President Putin’s illicit war in Ukraine”.[^1]

Jens Stoltenberg, NATO Secretary General, according to the release, announced: “over 300,000 troops on high readiness”.[^2]

[^1]: “Strengthening Alliances and Prioritizing Security”, 28 June 2023, ¶ 4. In the release’s words. Not assessed. \
Marked by anna.
[^2]: “Strengthening Alliances and Prioritizing Security”, 28 June 2023, ¶ 6. In the release’s words. Information \
credibility: 2 probably true (Admiralty). Marked by anna.
";
    assert_eq!(written("footnotes", &example(), &everything()), expected);
    let (releases, scope) = (example(), everything());
    let export = Export::new(&releases, &scope, Codebook::built_in(), "credibility");
    let claims: Vec<Cited> = export.claims.iter().map(|claim| cited(claim, Codebook::built_in())).collect();
    let plain = expected
        .replace("[^1]: ", "[1] ")
        .replace("[^2]: ", "[2] ")
        .replace("[^1]\n\n", " [1]\n")
        .replace("[^2]", " [2]");
    assert_eq!(cited_in_text(&claims), plain);
    // What a stranger wrote is no markup.
    let hostile = "claims: {\"c-1\": (anchor: (spans: [(0, 6)], quote: [\"[^1]<b>\"]), status: \"[^9]\")}";
    let markdown = written("footnotes", &[release("a.txt", "[^1]<b>", &[set_of("anna", hostile)])], &everything());
    assert!(!markdown.contains("<b>") && markdown.matches("[^").count() == 2, "{markdown}");
}

#[test]
fn what_others_think_of_a_claim_is_exported_beside_the_annotators_own_and_never_as_it() {
    let text = "Ferries sail by May.\n";
    let judged = |id: &str, term: &str| {
        format!(
            "\"{id}\": (on: \"c-1\", axis: \"credibility\", scale: \"admiralty\", term: \"{term}\", made: \"2026-11-24T03:00:00Z\"),"
        )
    };
    let claims = format!("claims: {{\"c-1\": (anchor: {})}},", anchor(text, "Ferries sail"));
    let mart = set_of("mart", &format!("{claims} assessments: {{{}}}", judged("a-1", "2")));
    let anna = set_of("anna", &format!("assessments: {{{}}}", judged("a-2", "4")));
    let releases = [release("a.txt", text, &[anna, mart])];
    // Whosever claims are asked for, what others think of them is said.
    for scope in [everything(), Scope::of(Whose::One("mart".to_owned()))] {
        let json: Value = serde_json::from_str(&written("json", &releases, &scope)).unwrap();
        let claim = &json["claims"][0];
        assert_eq!((&claim["annotator"], &claim["credibility"]), (&json!("mart"), &json!("2")));
        assert_eq!(claim["assessments"].as_array().unwrap().len(), 1);
        let others = claim["other_assessments"].as_array().unwrap();
        assert_eq!(others.len(), 1);
        assert_eq!((&others[0]["annotator"], &others[0]["term"]), (&json!("anna"), &json!("4")));
    }
    assert!(written("markdown", &releases, &everything()).contains("anna: 4 doubtful"), "the report says it");
    assert!(!written("csv", &releases, &everything()).contains("doubtful"), "its columns are the annotator's own");
}
