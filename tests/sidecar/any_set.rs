//! Arbitrary sets, with hard text in every field.

use std::sync::Arc;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use vouch::annotation::*;
use vouch::document::CodeSpan;

/// Text of every kind that has been torn, escaped or lost somewhere: quotes, escapes, comments, brackets, combining
/// marks, scripts, emoji, invisible characters, controls.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "\"",
        "\\",
        "'",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "//",
        "/*",
        "*/",
        "(",
        "]",
        "}",
        "{",
        ",",
        ":",
        "e\u{301}",
        "ที่นี่",
        "हिन्दी",
        "שָׁלוֹם",
        "العربية",
        "👩\u{200d}🚀",
        "🇱🇹",
        "\u{200b}",
        "\u{202e}",
        "\u{2066}",
        "\u{feff}",
        "\u{61c}",
        "\u{2028}",
        "<<<<<<< ours",
        "Estonia's",
        "r#\"",
        "Some(1)",
        "\u{fffd}",
    ];
    prop_oneof![vec(prop::sample::select(pieces.to_vec()), 0..5).prop_map(|pieces| pieces.concat()), any::<String>()]
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    option::weighted(0.3, text())
}

fn some(flag: f64, of: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = Vec<String>> {
    option::weighted(flag, of).prop_map(Option::unwrap_or_default)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    some(0.2, vec(text(), 0..3))
}

fn id() -> impl Strategy<Value = Id> {
    prop_oneof![4 => "[a-z]-[0-9a-z]{4}", 1 => text()].prop_map(|text| Id::new(&text))
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(-0.0), Just(1e300), Just(5e-324), Just(0.1), 0.0..100.0, prop::num::f64::NORMAL]
}

/// Fields of a later version, in the forms that RON has.
fn extra() -> impl Strategy<Value = Extra> {
    let values = [
        "1",
        "-0.5",
        "\"text // no comment\"",
        "(a: 1, b: [2, 3])",
        "[(1, 2), (3, 4)]",
        "{\"k\": (), 7: 'c'}",
        "Some(None)",
        "r#\"raw \" text\"#",
        "Word(x: 1)",
        "b\"bytes\"",
        "0xff_u8",
        "true",
    ];
    let name = prop_oneof!["x_[a-z]{1,6}", "[0-9][a-z.+-]{1,4}"];
    let extra = btree_map(name, prop::sample::select(values.to_vec()), 0..3);
    option::weighted(0.15, extra)
        .prop_map(|extra| extra.into_iter().flatten().map(|(name, value)| (name, value.to_owned())).collect())
}

fn anchor() -> impl Strategy<Value = Anchor> {
    let spans = vec((0usize..9_999, 0usize..9_999).prop_map(|(start, end)| CodeSpan { start, end }), 0..3);
    (spans, vec(text(), 0..3), text(), text(), extra()).prop_map(|(spans, quote, before, after, extra)| Anchor {
        spans,
        quote,
        before,
        after,
        extra,
    })
}

/// Fields of a team's own: no name twice.
fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
    btree_map(text(), text(), 0..3).prop_map(|fields| fields.into_iter().collect())
}

fn source() -> impl Strategy<Value = Source> {
    let descriptor = (maybe(), maybe(), maybe(), maybe(), maybe(), extra()).prop_map(
        |(access, track_record, bias, completeness, currency, extra)| Descriptor {
            access,
            track_record,
            bias,
            completeness,
            currency,
            extra,
        },
    );
    let same_as = prop_oneof![3 => Just(Vec::new()), 1 => vec(id(), 1..3)];
    let held = (maybe(), maybe(), maybe(), maybe(), extra()).prop_map(|(role, affiliation, from, until, extra)| Held {
        role,
        affiliation,
        from,
        until,
        extra,
    });
    let asserted = (text(), maybe(), maybe(), maybe(), extra()).prop_map(|(alias, by, why, made, extra)| Asserted {
        alias,
        by,
        why,
        made,
        extra,
    });
    let names = (texts(), vec(asserted, 0..2), vec(held, 0..2));
    let worth = (option::weighted(0.2, descriptor), fields(), maybe());
    (maybe(), text(), maybe(), maybe(), names, worth, same_as, extra()).prop_map(
        |(kind, name, role, affiliation, (aliases, asserted, held), (descriptor, fields, note), same_as, extra)| {
            Source { kind, name, role, affiliation, held, aliases, asserted, descriptor, fields, note, same_as, extra }
        },
    )
}

fn claim() -> impl Strategy<Value = Claim> {
    let voice = (vec(id(), 0..3), vec(anchor(), 0..2), extra()).prop_map(|(by, cue, extra)| Voice { by, cue, extra });
    let words = (maybe(), maybe(), maybe(), maybe(), maybe(), texts(), fields());
    let more = (maybe(), maybe(), texts(), maybe(), vec(id(), 0..2), maybe(), maybe(), extra());
    (anchor(), option::of(vec(voice, 0..3)), words, more).prop_map(
        |(anchor, said, (kind, style, statement, value, time, tags, fields), more)| {
            let (note, status, evidence, marking, from, created, modified, extra) = more;
            Claim {
                anchor,
                said,
                kind,
                style,
                statement,
                value,
                time,
                tags,
                fields,
                note,
                status,
                evidence,
                marking,
                from,
                created,
                modified,
                extra,
            }
        },
    )
}

fn assessment() -> impl Strategy<Value = Assessment> {
    let first = (option::of(id()), text(), text(), maybe(), option::of(number()));
    (first, maybe(), option::of(id()), maybe(), maybe(), extra()).prop_map(
        |((on, axis, scale, term, value), why, replaces, made, marking, extra)| Assessment {
            on,
            axis,
            scale,
            term,
            value,
            why,
            replaces,
            made,
            marking,
            extra,
        },
    )
}

fn header() -> impl Strategy<Value = Header> {
    let about = (maybe(), maybe(), maybe(), maybe(), maybe(), maybe(), fields(), extra()).prop_map(
        |(title, publisher, published, url, retrieved, language, fields, extra)| About {
            title,
            publisher,
            published,
            url,
            retrieved,
            language,
            fields,
            extra,
        },
    );
    let text_ref = (text(), text(), option::of(any::<usize>()), maybe(), extra())
        .prop_map(|(reader, sha256, length, encoding, extra)| TextRef { reader, sha256, length, encoding, extra });
    let document = (text(), maybe(), maybe(), option::of(text_ref), option::of(about), extra()).prop_map(
        |(name, media_type, sha256, text, about, extra)| DocumentRef { name, media_type, sha256, text, about, extra },
    );
    let annotator = (text(), maybe(), extra()).prop_map(|(handle, name, extra)| Annotator { handle, name, extra });
    let read = prop_oneof![Just(Vec::new()), Just(vec![1, 2, 3, 7, 9, 10]), vec(0usize..50, 0..6)];
    let ext = option::of(prop_oneof![
        Just("{\"brat\": (id: 7)}".to_owned()),
        Just("(\n    a: \"two\",\n    // kept\n    b: [\n    1],\n  )".to_owned()),
    ]);
    let foreign = prop_oneof![
        2 => extra(),
        1 => Just(vec![("figures".to_owned(), "{\n    \"f-1\": (page: 3),\n  }".to_owned())]),
    ];
    (document, annotator, maybe(), maybe(), read, ext, foreign).prop_map(
        |(document, annotator, state, marking, read, ext, extra)| Header {
            document,
            annotator,
            state,
            marking,
            read,
            ext,
            extra,
        },
    )
}

fn table<T: std::fmt::Debug>(items: impl Strategy<Value = T>) -> impl Strategy<Value = Table<T>> {
    btree_map(id(), items.prop_map(Arc::new), 0..4)
}

/// Any set of annotations.
pub fn any_set() -> impl Strategy<Value = AnnotationSet> {
    let mention =
        (anchor(), option::of(id()), extra()).prop_map(|(anchor, source, extra)| Mention { anchor, source, extra });
    let relation = (option::of(id()), option::of(id()), maybe(), maybe(), maybe(), maybe(), extra()).prop_map(
        |(from, to, kind, document, note, made, extra)| Relation { from, to, kind, document, note, made, extra },
    );
    let remark = (option::of(id()), text(), any::<bool>(), maybe(), maybe(), extra())
        .prop_map(|(on, text, resolved, made, marking, extra)| Remark { on, text, resolved, made, marking, extra });
    let on = (option::of(id()), option::of(id()));
    let dismissal = (text(), on, option::of(anchor()), maybe(), maybe(), maybe(), extra()).prop_map(
        |(what, (on, with), anchor, why, by, made, extra)| Dismissal { what, on, with, anchor, why, by, made, extra },
    );
    let conflict = (option::of(id()), maybe(), maybe(), maybe(), maybe(), extra())
        .prop_map(|(on, field, base, ours, theirs, extra)| Conflict { on, field, base, ours, theirs, extra });
    let first = (table(source()), table(mention), table(claim()), table(assessment()));
    let second = (table(relation), table(remark), table(dismissal), table(conflict), table(text()));
    (header(), first, second).prop_map(|(header, first, second)| {
        let (sources, mentions, claims, assessments) = first;
        let (relations, remarks, dismissed, conflicts, deleted) = second;
        AnnotationSet {
            header: Arc::new(header),
            sources,
            mentions,
            claims,
            assessments,
            relations,
            remarks,
            dismissed,
            conflicts,
            deleted,
        }
    })
}
