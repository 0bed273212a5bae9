//! What is proposed: claims, cues, speakers, kinds, repeats; and what is found to be missing.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use vouch::annotation::{
    Anchor, AnnotationSet, Assessment, Claim, Codebook, Dismissal, Draft, Edit, Id, Index, Item, Mention, NOT_SAME,
    Source, Stamp, Voice,
};
use vouch::assist::{
    CHECKS, Figure, FigureKind, Finding, Known, Language, Scene, SpeakerProposal, Subject, Who, attribution, claim_at,
    decided, examine, figures, joinings, kind, repeats, speakers, style,
};
use vouch::document::{ByteSpan, Document, ReadOptions, Structure, read};

const SAMPLE: &str = include_str!("../sample_docs/vilnius-summit.txt");

/// A document, its structure, and the byte of the first `|` in the text, which is taken out.
fn open(text: &str) -> (Document, Structure, usize) {
    let caret = text.find('|').unwrap_or(0);
    let (document, _) =
        read("release.txt", text.replacen('|', "", 1).as_bytes(), &ReadOptions::default()).expect("reads");
    let structure = Structure::of(&document);
    (document, structure, caret)
}

fn english() -> &'static Language {
    Language::of(Some("en-GB"))
}

/// The first place of `words` in the text.
fn span(document: &Document, words: &str) -> ByteSpan {
    let start = document.text.as_str().find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    ByteSpan::new(start, start + words.len())
}

/// Anchors stand where they were made.
fn place(document: &Document) -> impl Fn(&Anchor) -> Vec<ByteSpan> {
    let text = document.text.clone();
    move |anchor| anchor.spans.iter().filter_map(|&span| text.byte_span_from_code_span(span)).collect()
}

/// What C on the text at `|` proposes: `speaker | cue | claim`, parts of a claim joined by " … ".
fn check(text: &str, expected: &str) {
    check_in("en", text, expected);
}

fn check_in(language: &str, text: &str, expected: &str) {
    let language = Language::of(Some(language));
    let (document, structure, caret) = open(text);
    let slice = |span: Option<ByteSpan>| span.map_or("-", |span| document.text.slice(span)).to_owned();
    let claim = claim_at(&document.text, &structure, language, caret);
    let found = attribution(&document.text, &structure, language, &claim);
    let (speaker, cue) = (found.and_then(|found| found.speaker), found.and_then(|found| found.cue));
    let words: Vec<String> = claim.iter().map(|&span| slice(Some(span))).collect();
    assert_eq!(format!("{} | {} | {}", slice(speaker), slice(cue), words.join(" … ")), expected, "{text}");
}

#[test]
fn the_word_lists_read() {
    let (languages, wrong) = Language::read_all();
    assert_eq!(wrong, Vec::<String>::new());
    let codes: Vec<&str> = languages.iter().map(Language::code).collect();
    assert_eq!(codes, ["en", "ar", "de", "es", "et", "fr"], "the first stands in for languages without lists");
    assert_eq!(Language::of(Some("tlh")).code(), "en");
    assert_eq!(Language::of(None).code(), "en");
}

#[test]
fn a_claim_and_its_speaker_in_the_ways_that_releases_put_them() {
    check("The minister said| that taxes will fall.", "The minister | said | taxes will fall");
    check("Anna Tamm told reporters on Monday that the plant| is safe.", "Anna Tamm | told | the plant is safe");
    check(
        "According to the ministry, exports| rose by 4 per cent.",
        "the ministry | According to | exports rose by 4 per cent",
    );
    check(
        "Exports rose by 4 per cent|, according to the ministry.",
        "the ministry | according to | Exports rose by 4 per cent",
    );
    check("“We will hire 200 nurses,|” said Jaan Kask.", "Jaan Kask | said | We will hire 200 nurses");
    check("“We will hire 200 nurses|,” Jaan Kask, the mayor, said.", "Jaan Kask | said | We will hire 200 nurses");
    check("“It works|,” she added, “and it is cheap.”", "she | added | It works … and it is cheap");
    check("Jaan Kask, the mayor of Valga, warned that|  roads are unsafe.", "Jaan Kask | warned | roads are unsafe");
    check("Kask praised the plan and said it would| help.", "Kask | said | it would help");
    check("The firm grew fast, Kask| said.", "Kask | said | The firm grew fast");
    check(
        "Nord Gas has been criticised by the regulator for its| delays.",
        "- | - | Nord Gas has been criticised by the regulator for its delays",
    );
}

#[test]
fn the_same_in_other_languages() {
    check_in("de", "Der Minister sagte, dass die Steuern| sinken.", "Der Minister | sagte | die Steuern sinken");
    check_in("de", "„Wir stellen ein|“, sagte Anna Tamm.", "Anna Tamm | sagte | Wir stellen ein");
    check_in(
        "fr",
        "Le ministre a déclaré que les impôts| baisseront.",
        "Le ministre | déclaré | les impôts baisseront",
    );
    check_in("fr", "Selon Anna Tamm, l’usine| est sûre.", "Anna Tamm | Selon | l’usine est sûre");
    check_in(
        "es",
        "La ministra Anna Tamm dijo que los impuestos| bajarán.",
        "La ministra Anna Tamm | dijo | los impuestos bajarán",
    );
    check_in("et", "Minister Anna Tamm ütles, et maksud| langevad.", "Minister Anna Tamm | ütles | maksud langevad");
    check_in("ar", "وقالت المديرة سلمى الرافعي إن الفاقد| انخفض.", "المديرة سلمى الرافعي | وقالت | الفاقد انخفض");
}

#[test]
fn a_sentence_without_a_cue_is_the_claim_itself() {
    check("The bridge was opened| in 1998.", "- | - | The bridge was opened in 1998");
    check("|", "- | - | ");
}

/// Two cues in one sentence: the caret tells which is meant.
#[test]
fn the_caret_chooses_among_the_claims_of_a_sentence() {
    let with_caret = |before: &str| SAMPLE.replacen(before, &format!("{before}|"), 1);
    check(&with_caret("this was an internal"), "Stoltenberg | stated | this was an internal Russian issue");
    check(
        &with_caret("the strategic error"),
        "he | emphasized | it reaffirmed the strategic error of President Putin’s illicit war in Ukraine",
    );
    check(
        &with_caret("He stressed"),
        "He | stressed | the conflict had not only intensified existing fractures but also spawned fresh tensions within Russia",
    );
}

#[test]
fn an_attribution_next_door_serves_a_quotation_that_goes_on() {
    let text = "“The line is open,” said Mari Saar. “Trains run every| hour.”";
    let (document, structure, caret) = open(text);
    let claim = claim_at(&document.text, &structure, english(), caret);
    assert_eq!(document.text.slice(claim[0]), "Trains run every hour");
    let found = attribution(&document.text, &structure, english(), &claim).expect("said before");
    assert_eq!(found.speaker.map(|span| document.text.slice(span)), Some("Mari Saar"));
}

#[test]
fn a_caret_on_neither_the_claim_nor_who_says_it_means_the_sentence() {
    let claim_at_word = |words: &str| {
        let (document, structure, _) = open(SAMPLE);
        let caret = span(&document, words).start + 1;
        let claim = claim_at(&document.text, &structure, english(), caret);
        document.text.slice(claim[0]).to_owned()
    };
    let battlegroup = "the multinational battlegroup in Estonia, led by the UK";
    assert_eq!(claim_at_word(battlegroup), battlegroup);
    assert_eq!(claim_at_word("highlighting the"), battlegroup);
    let sentence = claim_at_word("NATO's substantial");
    assert!(sentence.starts_with("Stoltenberg elaborated on NATO's") && sentence.ends_with("led by the UK"));
    check("Anna Tamm told reporters on Mon|day that the plant is safe.", "Anna Tamm | told | the plant is safe");
    check("The minister said that taxes will fall.|", "The minister | said | taxes will fall");
}

/// A line of two megabytes without a full stop: what is read, and how deep the search goes, does not grow with it.
#[test]
fn a_sentence_without_an_end_is_read_near_the_caret() {
    let line = "he said so and she said so and ".repeat(70_000);
    let (document, structure, _) = open(&line);
    let caret = line.len() / 2;
    let claim = claim_at(&document.text, &structure, english(), caret);
    let found = attribution(&document.text, &structure, english(), &claim).expect("said");
    assert!(found.speaker.is_some_and(|speaker| speaker.start.abs_diff(caret) < 10_000));
    let all = [ByteSpan::new(0, document.text.len())];
    assert_eq!(attribution(&document.text, &structure, english(), &all), None, "nothing is left outside the claim");
}

#[test]
fn style_is_read_from_the_quotation_marks() {
    let (document, structure, _) =
        open("He said “it is over” and left. The firm calls it “a win” for all. She denied it.");
    let style = |words: &str| style(&document.text, &structure, &[span(&document, words)]);
    assert_eq!(style("it is over"), "direct");
    assert_eq!(style("“it is over”"), "direct");
    assert_eq!(style("it “a win” for all"), "mixed");
    assert_eq!(style("She denied it"), "indirect");
    assert_eq!(vouch::assist::style(&document.text, &structure, &[]), "indirect");
}

#[test]
fn kinds_are_proposed_with_the_words_that_speak_for_them() {
    for (text, expected) in [
        ("prices will fall by 3 per cent", Some(("prediction", "will"))),
        ("the ministry will send 3,000 troops", Some(("commitment", "ministry will"))),
        ("we will send troops", Some(("commitment", "we will"))),
        ("the company pledged to cut prices", Some(("commitment", "pledged"))),
        ("both sides must show restraint", Some(("normative", "must"))),
        ("delays were caused by the strike", Some(("causal", "caused"))),
        ("exports rose to 4.5 per cent", Some(("statistic", "4.5 per cent"))),
        ("the plant employs 340 people", Some(("statistic", "340"))),
        ("applicants must not be under 18", Some(("normative", "must"))),
        ("members are entitled to a refund", Some(("rule", "are entitled to"))),
        ("this is a historic step", Some(("opinion", "historic"))),
        ("the ministers met in 2019", Some(("event", "met"))),
        ("Vilnius", None),
    ] {
        let (document, _, _) = open(text);
        let all = [ByteSpan::new(0, document.text.len())];
        let proposed = kind(&document.text, english(), Codebook::built_in(), &all, None);
        let proposed = proposed.as_ref().map(|proposal| (proposal.kind.as_str(), proposal.because.as_str()));
        assert_eq!(proposed, expected, "{text}");
    }
}

#[test]
fn only_kinds_of_the_codebook_are_proposed() {
    let (codebook, _) = Codebook::parse(br#"(kinds: [(key: "statistic"), (key: "threat")])"#).expect("a codebook");
    let (document, _, _) = open("We will send 3,000 troops.");
    let all = [ByteSpan::new(0, document.text.len())];
    let proposed = kind(&document.text, english(), &codebook, &all, None);
    assert_eq!(proposed.map(|proposal| proposal.kind), Some("statistic".to_owned()));
}

#[test]
fn figures_in_the_digits_of_any_script() {
    use FigureKind::{Date, Number, Percentage};
    let check = |text: &str, expected: &[(&str, FigureKind)]| {
        let (document, _, _) = open(text);
        let found = figures(&document.text, english(), ByteSpan::new(0, document.text.len()));
        let found: Vec<_> = found.iter().map(|Figure { span, kind }| (document.text.slice(*span), *kind)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("over 300,000 troops", &[("300,000", Number)]);
    check("€ 4.2 million, then $5", &[("€ 4.2 million", Number), ("$5", Number)]);
    check(
        "2 percent of GDP, 5 % and 7 per cent",
        &[("2 percent", Percentage), ("5 %", Percentage), ("7 per cent", Percentage)],
    );
    check(
        "on 28 June 2023, on June 28th, 2023 and in May 2024",
        &[("28 June 2023", Date), ("June 28th, 2023", Date), ("May 2024", Date)],
    );
    check("since 2014, 2023-06-28, 28.06.2023", &[("2014", Date), ("2023-06-28", Date), ("28.06.2023", Date)]);
    check("some may come", &[]);
    check("between January and June, 9.5 percent more", &[("9.5 percent", Percentage)]);
    check("نمو ٤٫٢٪ في عام ٢٠٢٤", &[("٤٫٢٪", Percentage), ("٢٠٢٤", Date)]);
}

#[test]
fn repeats_are_whole_words_in_any_case_over_line_ends() {
    let (document, _, _) = open("Air defence is costly. AIR\ndefence matters. fair defence. Air  defence!");
    let selection = span(&document, "Air defence");
    let found: Vec<&str> =
        repeats(&document.text, selection).into_iter().map(|span| document.text.slice(span)).collect();
    assert_eq!(found, ["AIR\ndefence", "Air  defence"]);
    let (document, _, _) = open("Estonia's plan (A+B). Estonia’s plan (a+b). Estonia's plan");
    assert_eq!(repeats(&document.text, span(&document, "Estonia's plan (A+B)")).len(), 1);
    let (document, _, _) = open("北京的天气。我在北京工作。");
    assert_eq!(repeats(&document.text, span(&document, "北京")).len(), 1, "scripts without blanks have no word ends");
    assert_eq!(repeats(&document.text, ByteSpan::new(3, 3)), []);
}

/// A register, and what the strip shows for the claim on `words`: `reason: name` a line.
struct Strip {
    document: Document,
    structure: Structure,
    set: AnnotationSet,
    register: Vec<Known>,
    last_used: Option<Id>,
}

impl Strip {
    fn new(text: &str) -> Self {
        let (document, structure, _) = open(text);
        Self { document, structure, set: AnnotationSet::default(), register: Vec::new(), last_used: None }
    }

    fn with(mut self, id: &str, kind: &str, name: &str, role: Option<&str>, aliases: &[&str], here: usize) -> Self {
        let source = Source {
            kind: Some(kind.to_owned()),
            name: name.to_owned(),
            role: role.map(str::to_owned),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            ..Source::default()
        };
        let source = Arc::new(source);
        self.put(id, Item::Source(Arc::clone(&source)));
        self.register.push(Known { id: Id::new(id), source, here, elsewhere: 0 });
        self
    }

    /// What the checks are given.
    fn subject<'a>(&'a self, place: &'a dyn Fn(&Anchor) -> Vec<ByteSpan>) -> Subject<'a> {
        let Self { document, structure, set, .. } = self;
        Subject { text: &document.text, structure, language: english(), set, place }
    }

    fn put(&mut self, id: &str, item: Item) {
        let mut edit = Edit::new("test");
        edit.put(&self.set, &Id::new(id), item);
        self.set.apply(&edit).expect("applies");
    }

    fn mention(mut self, id: &str, words: &str, source: &str) -> Self {
        let anchor = Anchor::new(&self.document.text, &[span(&self.document, words)]).expect("an anchor");
        let mention = Mention { anchor, source: Some(Id::new(source)), ..Mention::default() };
        self.put(id, Item::Mention(Arc::new(mention)));
        self
    }

    fn claim(mut self, id: &str, words: &str, by: &[&str]) -> Self {
        let anchor = Anchor::new(&self.document.text, &[span(&self.document, words)]).expect("an anchor");
        let voice = Voice { by: by.iter().map(|id| Id::new(id)).collect(), ..Voice::default() };
        self.put(id, Item::Claim(Arc::new(Claim { anchor, said: Some(vec![voice]), ..Claim::default() })));
        self
    }

    fn proposals(&self, words: &str, typed: &str) -> Vec<SpeakerProposal> {
        let place = place(&self.document);
        let mentions = |range: ByteSpan| {
            let all = self
                .set
                .mentions
                .iter()
                .flat_map(|(id, mention)| place(&mention.anchor).into_iter().map(move |span| (id.clone(), span)));
            all.filter(|(_, span)| span.overlaps(range)).collect()
        };
        let index = Index::of(&self.set);
        let scene = Scene {
            text: &self.document.text,
            structure: &self.structure,
            language: english(),
            set: &self.set,
            index: &index,
            mentions: &mentions,
            register: &self.register,
            last_used: self.last_used.as_ref(),
            writer: Some("NATO"),
        };
        speakers(&scene, &[span(&self.document, words)], typed)
    }

    fn check(&self, words: &str, typed: &str, expected: &[&str]) {
        let shown: Vec<String> = self
            .proposals(words, typed)
            .iter()
            .map(|proposal| format!("{}: {}", proposal.reason, proposal.name).trim_start_matches(": ").to_owned())
            .collect();
        assert_eq!(shown, expected, "claim {words:?}, typed {typed:?}");
    }
}

fn vilnius() -> Strip {
    Strip::new(SAMPLE)
        .with("s-js", "person", "Jens Stoltenberg", Some("NATO Secretary General"), &[], 12)
        .with("s-kk", "person", "Kaja Kallas", Some("Prime Minister of Estonia"), &[], 1)
        .with("s-vp", "person", "Vladimir Putin", Some("President of Russia"), &[], 0)
        .with("s-ee", "organisation", "Government of Estonia", None, &[], 0)
}

#[test]
fn a_strip_looks_at_marks_near_the_claim_alone() {
    let far = "Nobody said anything of note on that day either. ".repeat(20_000);
    let strip = Strip::new(&format!("{far}\n\nHe warned that costs had doubled.\n\n{far}"));
    let claim = span(&strip.document, "costs had doubled");
    let asked = std::cell::RefCell::new(Vec::new());
    let mentions = |range: ByteSpan| {
        asked.borrow_mut().push(range);
        Vec::new()
    };
    let scene = Scene {
        text: &strip.document.text,
        structure: &strip.structure,
        language: english(),
        set: &strip.set,
        index: &Index::default(),
        mentions: &mentions,
        register: &[],
        last_used: None,
        writer: None,
    };
    assert!(!speakers(&scene, &[claim], "").is_empty());
    let asked = asked.into_inner();
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|range| range.overlaps(claim) && range.len() < 20_000), "{asked:?}");
}

#[test]
fn a_speaker_is_proposed_by_name_role_and_pronoun_with_the_words_that_name_him() {
    let strip = vilnius();
    let first = |words: &str| {
        let proposal = strip.proposals(words, "").into_iter().next().expect("a proposal");
        let slice = |span: Option<ByteSpan>| span.map_or("-", |span| strip.document.text.slice(span)).to_owned();
        format!("{} {} | {} | {}", proposal.reason, proposal.name, slice(proposal.words), slice(proposal.cue))
    };
    assert_eq!(first("this was an internal Russian issue"), "“Stoltenberg” is Jens Stoltenberg | Stoltenberg | stated");
    assert_eq!(
        first("the need to maintain strong defense measures"),
        "“the Secretary General” is by role Jens Stoltenberg | the Secretary General | emphasizing"
    );
    assert_eq!(first("efforts are underway to finalize"), "“He” is Jens Stoltenberg | He | added");
    assert_eq!(
        first("Estonian Prime Minister Kaja Kallas was welcomed"),
        "writer NATO release | - | -",
        "where nobody is said to say it, the writer does"
    );
}

/// "He" is who spoke last, though Putin was named since.
#[test]
fn a_pronoun_means_who_spoke_last_before_who_was_named_last() {
    let words = "the conflict had not only intensified";
    assert_eq!(
        vilnius().proposals(words, "")[0].name,
        "Vladimir Putin",
        "nobody is marked as speaking: the last one named"
    );
    let strip = vilnius().mention("m-1", "Stoltenberg stated", "s-js").claim(
        "c-1",
        "this was an internal Russian issue",
        &["m-1"],
    );
    assert_eq!(strip.proposals(words, "")[0].name, "Jens Stoltenberg");
    assert_eq!(strip.proposals(words, "")[0].reason, "“He” is");
}

#[test]
fn a_pronoun_is_not_given_to_whom_it_cannot_mean() {
    let strip = Strip::new("Mrs Saar met Jaan Kask of Nord Bank. She said prices are stable. It said rates are low.")
        .with("s-1", "person", "Mari Saar", Some("chairwoman"), &[], 0)
        .with("s-2", "person", "Jaan Kask", None, &[], 0)
        .with("s-3", "organisation", "Nord Bank", None, &[], 0);
    assert_eq!(strip.proposals("rates are low", "")[0].name, "Nord Bank");
    // Nothing says that Jaan Kask is a man, until a pronoun of his is marked.
    let strip = strip.mention("m-1", "Jaan Kask", "s-2");
    assert_eq!(strip.proposals("prices are stable", "")[0].name, "Jaan Kask");
    let mut marked = strip;
    marked.register[1].source =
        Arc::new(Source { role: Some("spokesman".to_owned()), ..(*marked.register[1].source).clone() });
    assert_eq!(marked.proposals("prices are stable", "")[0].name, "Mari Saar");
}

#[test]
fn the_strip_lists_the_last_used_the_writer_and_the_register() {
    let mut strip = vilnius();
    strip.last_used = Some(Id::new("s-ee"));
    strip.check(
        "efforts are underway to finalize",
        "",
        &[
            "“He” is: Jens Stoltenberg",
            "used last: Government of Estonia",
            "writer: NATO release",
            "Kaja Kallas",
            "Vladimir Putin",
        ],
    );
    strip.check(
        "Estonian Prime Minister Kaja Kallas was welcomed",
        "",
        &[
            "writer: NATO release",
            "“Jens Stoltenberg” is near: Jens Stoltenberg",
            "“Kaja Kallas” is near: Kaja Kallas",
            "used last: Government of Estonia",
            "Vladimir Putin",
        ],
    );
}

#[test]
fn letters_filter_by_name_alias_and_role() {
    let strip = vilnius().with("s-mfa", "unnamed", "State Secretary, MFA", None, &["Tsahkna"], 0);
    let words = "efforts are underway to finalize";
    strip.check(words, "st", &["“He” is: Jens Stoltenberg", "State Secretary, MFA", "Government of Estonia"]);
    strip.check(words, "TSAH", &["State Secretary, MFA"]);
    strip.check(words, "president", &["Vladimir Putin"]);
    strip.check(words, "nat", &["writer: NATO release", "“He” is: Jens Stoltenberg"]);
    strip.check(words, "zz", &[]);
    let proposals = strip.proposals(words, "st");
    let letters: Vec<&str> = proposals.iter().map(|proposal| &proposal.name[proposal.matched[0].clone()]).collect();
    assert_eq!(letters, ["St", "St", "st"]);
}

#[test]
fn a_name_that_the_register_lacks_is_proposed_as_new() {
    let new = |text: &str, words: &str| {
        let proposal = Strip::new(text).proposals(words, "").into_iter().next().expect("a proposal");
        match proposal.who {
            Who::New { kind, name, role } => format!("{kind} {name} / {}", role.unwrap_or_default()),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(
        new("Finance Minister Keit Pent said taxes fall.", "taxes fall"),
        "person Finance Minister Keit Pent / "
    );
    assert_eq!(new("Prime Minister Kaja Kallas said taxes fall.", "taxes fall"), "person Kaja Kallas / Prime Minister");
    assert_eq!(new("The Ministry of Finance said taxes fall.", "taxes fall"), "organisation Ministry of Finance / ");
    assert_eq!(new("A senior official said taxes fall.", "taxes fall"), "unnamed A senior official / ");
    assert_eq!(new("He said taxes fall.", "taxes fall"), "Writer");
    let both = Strip::new("With Prime Minister Kaja Kallas at her side, Anna Tamm said taxes fall.");
    both.check(
        "taxes fall",
        "",
        &["“Anna Tamm”, new: Anna Tamm", "“Prime Minister Kaja Kallas”, new: Kaja Kallas", "writer: NATO release"],
    );
}

/// Two claims, one whole and one with everything missing, on a release with what checks look for.
fn incomplete() -> Strip {
    Strip::new(
        "Nord Gas raises prices\n\nPrices rise by 12 per cent from 1 May 2024, Nord Gas said.\n\n“We have no other choice \
         at all,” said Jaan Kask.\n\nHe told the board that costs doubled.\n\nThe firm is “a good neighbour”.",
    )
    .with("s-1", "organisation", "Nord Gas", None, &[], 0)
    .claim("c-whole", "Prices rise by 12 per cent", &["s-1"])
}

fn checked(strip: &Strip, checks: &str) -> Vec<String> {
    let (codebook, _) = Codebook::parse(format!("(checks: [{checks}])").as_bytes()).expect("a codebook");
    let place = place(&strip.document);
    let subject = strip.subject(&place);
    let shown = |finding: &Finding| {
        let on = finding.on.as_ref().map_or("-", Id::as_str);
        let words = finding.span.map_or("-", |span| strip.document.text.slice(span));
        format!("{} {on} [{words}] {}", finding.check, finding.words)
    };
    examine(subject, &codebook).findings.iter().map(shown).collect()
}

#[test]
fn each_check_finds_what_it_is_for() {
    let mut strip = incomplete();
    assert_eq!(checked(&strip, "\"no-source\""), Vec::<String>::new());
    assert_eq!(
        checked(&strip, "\"no-assessment\""),
        ["no-assessment c-whole [Prices rise by 12 per cent] not assessed"]
    );
    assert_eq!(
        checked(&strip, "\"no-speaker\""),
        ["no-speaker - [“We have no other choice at all,”] quoted, and no claim says by whom"],
        "a name in quotation marks needs no speaker"
    );
    assert_eq!(
        checked(&strip, "\"no-cue\""),
        ["no-cue c-whole [Prices rise by 12 per cent] no words are marked that attribute it"]
    );
    assert_eq!(
        checked(&strip, "\"no-claim\""),
        ["no-claim - [said] “said”, and no claim", "no-claim - [told] “told”, and no claim"]
    );
    assert_eq!(checked(&strip, "\"no-reliability\""), ["no-reliability s-1 [-] Nord Gas: no reliability"]);
    assert_eq!(
        checked(&strip, "\"untagged-figure\""),
        ["untagged-figure - [1 May 2024] a date outside every claim: 1 May 2024"]
    );
    assert_eq!(checked(&strip, "\"untouched-paragraph\"").len(), 3, "the title is no running text");

    let bare = Claim { said: None, ..(*strip.set.claims[&Id::new("c-whole")]).clone() };
    strip.put("c-bare", Item::Claim(Arc::new(bare.clone())));
    assert_eq!(checked(&strip, "\"no-source\"").len(), 1);
    let lost = Voice { by: vec![Id::new("m-gone")], ..Voice::default() };
    strip.put("c-torn", Item::Claim(Arc::new(Claim { said: Some(vec![lost]), ..bare })));
    assert_eq!(
        checked(&strip, "\"open-chain\""),
        ["open-chain c-torn [Prices rise by 12 per cent] its voice m-gone is not in the set"]
    );
}

#[test]
fn a_reliability_alone_does_not_say_that_anybody_looked_at_the_claim() {
    let mut strip = incomplete();
    let assessed = |axis: &str, term: Option<&str>| Assessment {
        on: Some(Id::new("c-whole")),
        axis: axis.to_owned(),
        scale: "admiralty".to_owned(),
        term: term.map(str::to_owned),
        ..Assessment::default()
    };
    strip.put("a-1", Item::Assessment(Arc::new(assessed("reliability", Some("B")))));
    assert_eq!(checked(&strip, "\"no-assessment\"").len(), 1);
    strip.put("a-2", Item::Assessment(Arc::new(assessed("credibility", Some("2")))));
    assert_eq!(checked(&strip, "\"no-assessment\"").len(), 0);
    let withdrawn = Assessment { replaces: Some(Id::new("a-2")), ..assessed("credibility", None) };
    strip.put("a-3", Item::Assessment(Arc::new(withdrawn)));
    assert_eq!(checked(&strip, "\"no-assessment\"").len(), 1, "taken back");
}

#[test]
fn what_was_waived_is_not_found_again() {
    let mut strip = incomplete();
    let all: Vec<String> = CHECKS.iter().map(|check| format!("{:?}", check.name)).collect();
    let before = checked(&strip, &all.join(", ")).len();
    let why = Some("Not ours to judge.".to_owned());
    let waived =
        Dismissal { what: "no-assessment".to_owned(), on: Some(Id::new("c-whole")), why, ..Dismissal::default() };
    strip.put("d-1", Item::Dismissal(Arc::new(waived)));
    let anchor = Anchor::new(&strip.document.text, &[span(&strip.document, "no other choice")]);
    let waived = Dismissal { what: "no-speaker".to_owned(), anchor, ..Dismissal::default() };
    strip.put("d-2", Item::Dismissal(Arc::new(waived)));
    // What is waived of a check that finds nothing here, or of another one at the same place, waives nothing.
    let anchor = Anchor::new(&strip.document.text, &[span(&strip.document, "no other choice")]);
    let waived = Dismissal { what: "untagged-figure".to_owned(), anchor, ..Dismissal::default() };
    strip.put("d-3", Item::Dismissal(Arc::new(waived)));
    assert_eq!(checked(&strip, &all.join(", ")).len(), before - 2);

    let (codebook, _) = Codebook::parse(format!("(checks: [{}])", all.join(", ")).as_bytes()).expect("a codebook");
    let place = place(&strip.document);
    let report = examine(strip.subject(&place), &codebook);
    let waived: Vec<_> = report.waived.iter().map(|it| (it.finding.check, it.by.as_str(), it.why.as_deref())).collect();
    assert_eq!(waived, [("no-assessment", "d-1", Some("Not ours to judge.")), ("no-speaker", "d-2", None)]);
}

#[test]
fn a_required_field_is_asked_for() {
    let strip = incomplete();
    let (codebook, _) = Codebook::parse(
        br#"(checks: ["empty-field"], fields: [(key: "desk", label: "Desk", required: true), (key: "x")])"#,
    )
    .expect("a codebook");
    let place = place(&strip.document);
    let subject = strip.subject(&place);
    let words: Vec<String> = examine(subject, &codebook).findings.into_iter().map(|finding| finding.words).collect();
    assert_eq!(words, ["Desk is empty"]);
}

#[test]
fn required_fields_of_the_sources_in_use_and_of_the_document_are_asked_for() {
    let mut strip = incomplete().with("s-2", "person", "Nobody asks", None, &[], 0);
    let (codebook, _) = Codebook::parse(
        br#"(checks: ["empty-field"], fields: [(key: "owner", label: "Owner", on: "source", required: true),
            (key: "desk", label: "Desk", on: "document", required: true), (key: "x", on: "document")])"#,
    )
    .expect("a codebook");
    let found = |strip: &Strip| -> Vec<String> {
        let place = place(&strip.document);
        let found = examine(strip.subject(&place), &codebook).findings;
        found.into_iter().map(|it| format!("{} {}", it.on.expect("an item"), it.words)).collect()
    };
    assert_eq!(found(&strip), ["s-1 Nord Gas: Owner is empty", " the release: Desk is empty"]);

    // What stands for a joined entry is asked in its place.
    let own = |name: &str| vec![(name.to_owned(), "the state".to_owned())];
    let nord = (*strip.set.sources[&Id::new("s-1")]).clone();
    strip.put("s-1", Item::Source(Arc::new(Source { same_as: vec![Id::new("s-2")], ..nord.clone() })));
    assert_eq!(found(&strip), ["s-2 Nobody asks: Owner is empty", " the release: Desk is empty"]);
    strip.put("s-1", Item::Source(Arc::new(Source { fields: own("owner"), ..nord })));
    assert_eq!(found(&strip), [" the release: Desk is empty"]);

    // Of the document too it can be waived, or filled.
    let head = (*strip.set.header).clone();
    let waived = Dismissal { what: "empty-field".to_owned(), on: Some(Id::default()), ..Dismissal::default() };
    strip.put("d-1", Item::Dismissal(Arc::new(waived)));
    assert_eq!(found(&strip), [""; 0]);
    let mut filled = head;
    filled.document.about.get_or_insert_default().fields = own("desk");
    strip.put("", Item::Header(Arc::new(filled)));
    let report = examine(strip.subject(&place(&strip.document)), &codebook);
    assert_eq!((report.findings, report.waived), (Vec::new(), Vec::new()));
}

#[test]
fn a_waiver_of_one_empty_field_leaves_the_others() {
    let mut strip = incomplete();
    let (codebook, _) = Codebook::parse(
        br#"(checks: [], fields: [(key: "desk", label: "Desk", on: "document", required: true),
            (key: "case", label: "Case", on: "document", required: true), (key: "lead", label: "Lead", required: true)])"#,
    )
    .expect("a codebook");
    let found = |strip: &Strip| -> Vec<String> {
        let place = place(&strip.document);
        examine(strip.subject(&place), &codebook)
            .findings
            .iter()
            .map(|it| format!("{} {}", it.name(), it.words))
            .collect()
    };
    let (desk, case) = ("empty-field:desk the release: Desk is empty", "empty-field:case the release: Case is empty");
    assert_eq!(found(&strip), ["empty-field:lead Lead is empty", desk, case]);
    let waived = |what: &str| {
        let on = Some(Id::default());
        Item::Dismissal(Arc::new(Dismissal { what: what.to_owned(), on, ..Dismissal::default() }))
    };
    strip.put("d-1", waived("empty-field:desk"));
    assert_eq!(found(&strip), ["empty-field:lead Lead is empty", case]);
    strip.put("d-2", waived("empty-field:case"));
    assert_eq!(found(&strip), ["empty-field:lead Lead is empty"]);
    let place = place(&strip.document);
    let report = examine(strip.subject(&place), &codebook);
    let by: Vec<_> = report.waived.iter().map(|it| (it.finding.name(), it.by.as_str())).collect();
    assert_eq!(by, [("empty-field:desk".to_owned(), "d-1"), ("empty-field:case".to_owned(), "d-2")]);
}

proptest! {
    /// Whatever the text, proposals stand in it, on character boundaries and off the claim.
    #[test]
    fn proposals_never_panic_and_stand_in_the_text(text in "(\\PC|[a-z]{1,6} |said |“|”|, |\\. |He |\n\n|7 %){0,40}", at in any::<prop::sample::Index>()) {
        let (document, structure, _) = open(&text.replace('|', ""));
        let text = document.text.as_str();
        let byte = (0..=at.index(text.len() + 1)).rev().find(|&byte| text.is_char_boundary(byte)).unwrap_or(0);
        let claim = claim_at(&document.text, &structure, english(), byte);
        for span in &claim {
            prop_assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
        }
        if let Some(found) = attribution(&document.text, &structure, english(), &claim) {
            for words in [found.cue, found.speaker].into_iter().flatten() {
                prop_assert!(text.get(words.start..words.end).is_some());
                prop_assert!(claim.iter().all(|span| !span.overlaps(words)), "{:?} {:?} {:?}", text, claim, words);
            }
        }
        for figure in figures(&document.text, english(), ByteSpan::new(0, text.len())) {
            prop_assert!(text.get(figure.span.start..figure.span.end).is_some());
        }
        if let Some(first) = claim.first() {
            for again in repeats(&document.text, *first) {
                prop_assert!(text.get(again.start..again.end).is_some());
            }
        }
        let _ = kind(&document.text, english(), Codebook::built_in(), &claim, None);
    }
}

/// Which of these entries (kind, name, aliases and role parted by `|`) are proposed as one, as lines.
fn joined(entries: &[(&str, &str, &str)]) -> Vec<String> {
    let sources: Vec<(Id, Source)> = entries
        .iter()
        .enumerate()
        .map(|(at, (kind, names, role))| {
            let mut names = names.split('|').map(str::to_owned);
            let source = Source {
                kind: Some((*kind).to_owned()),
                name: names.next().unwrap(),
                aliases: names.collect(),
                role: Some((*role).to_owned()).filter(|role| !role.is_empty()),
                ..Source::default()
            };
            (Id::new(&format!("s-{at}")), source)
        })
        .collect();
    let entries: Vec<(&Id, &Source)> = sources.iter().map(|(id, source)| (id, source)).collect();
    let found = joinings(&entries, &BTreeSet::new(), Language::of(None));
    found.iter().map(|it| format!("{} <- {}: “{}” {}", it.principal, it.other, it.matched, it.how)).collect()
}

#[test]
fn entries_that_may_be_one_source() {
    assert_eq!(
        joined(&[
            ("person", "Jens Stoltenberg", "NATO Secretary General"),
            ("person", "Stoltenberg", ""),
            ("unnamed", "the Secretary General", ""),
            ("organisation", "North Atlantic Treaty Organization", ""),
            ("organisation", "NATO", ""),
        ]),
        [
            "s-0 <- s-1: “Stoltenberg” is the last name",
            "s-0 <- s-2: “the Secretary General” is the role",
            "s-3 <- s-4: “NATO” is the short form",
        ]
    );
    assert_eq!(joined(&[("person", "Jens Holm", ""), ("person", "Anna Holm", "")]), Vec::<String>::new(), "a family");
    assert_eq!(joined(&[("person", "Estonia", ""), ("organisation", "Estonia", "")]), Vec::<String>::new());
    assert_eq!(
        joined(&[("organisation", "Ministry of Defence|the ministry", ""), ("organisation", "The Ministry", "")]),
        ["s-0 <- s-1: “The Ministry” is a name of both"]
    );
}

#[test]
fn a_decided_pair_is_not_proposed_again() {
    let one = Source { name: "NATO".to_owned(), ..Source::default() };
    let (a, b) = (Id::new("s-a"), Id::new("s-b"));
    let entries = [(&a, &one), (&b, &one)];
    assert_eq!(joinings(&entries, &BTreeSet::new(), Language::of(None)).len(), 1);
    let mut register = AnnotationSet::default();
    let index = Index::of(&register);
    let stamp = Stamp { now: "2026-01-01T00:00:00Z".to_owned(), session: String::new(), random: 7 };
    let mut draft = Draft::new(&register, &index, stamp);
    draft.decide_pair(NOT_SAME, &b, &a, Some("two bodies".to_owned()));
    register.apply(&draft.finish()).unwrap();
    assert_eq!(joinings(&entries, &decided(&register), Language::of(None)), []);
}
