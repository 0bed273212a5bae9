"""Reads Vouch's exports with other people's programs and holds them against each other.

Usage: check.py FOLDER, with all.csv, all.json, all.jsonl, all.markdown, all.html, check.json and text/NAME, the
canonical text of each document. Prints what it checked; fails with the first thing that does not hold.
"""

import csv
import json
import re
import sys
from pathlib import Path

import html5lib
import pandas
from markdown_it import MarkdownIt

COLUMNS = """document title publisher published url text_sha256 annotator claim_id anchor start end paragraph quote
statement kind style cue source source_id source_kind source_role source_chain reliability credibility likelihood
likelihood_scale confidence confidence_scale check_worthy stance status tags note marking created modified""".split()
NUMBERS = {"start", "end", "paragraph"}
XHTML = "{http://www.w3.org/1999/xhtml}"


def unguarded(cell):
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\0]", cell) else cell


def folded(text):
    return " ".join(text.split())


def check_json(folder):
    whole = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    assert (whole["format"], whole["version"]) == ("vouch-claims", 1)
    claims = whole["claims"]
    assert claims, "no claims: nothing is checked"
    for claim in claims:
        assert list(claim)[: len(COLUMNS)] == COLUMNS, list(claim)
        text = (folder / "text" / claim["document"]).read_bytes().decode("utf-8")
        # Python counts code points too: what stands at the positions are the words.
        assert claim["anchor"] == "exact", claim
        assert " … ".join(text[start:end] for start, end in claim["spans"]) == claim["quote"], claim["quote"]
        assert (claim["start"], claim["end"]) == (claim["spans"][0][0], claim["spans"][-1][1])
        assert all(set(voice) == {"by", "cue"} for voice in claim["chain"] or [])
        assert sum(assessment["current"] for assessment in claim["assessments"]) == len(claim["assessments"])
    lines = (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == claims
    frame = pandas.read_json(folder / "all.jsonl", lines=True)
    assert list(frame["quote"]) == [claim["quote"] for claim in claims]
    print(f"json, jsonl: {len(claims)} claims, every position holds")
    return claims


def check_csv(folder, claims):
    with open(folder / "all.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert len(rows) == len(claims)
    for row, claim in zip(rows, claims):
        assert list(row) == COLUMNS
        for name, cell in row.items():
            assert name in NUMBERS or not re.match(r"[=+\-@\t\r\0]", cell), (name, cell)
            value = claim[name]
            value = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            assert unguarded(cell) == value, (name, cell, value)
    frame = pandas.read_csv(folder / "all.csv")
    assert list(frame.columns) == COLUMNS and len(frame) == len(claims)
    assert frame["start"].dtype.kind == "i" and frame["end"].dtype.kind == "i"
    print(f"csv: {len(rows)} rows, the same as JSON's, no cell that a spreadsheet would compute")


def check_markdown(folder, claims):
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse((folder / "all.markdown").read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in tokens} | {child.type for child in inline}
    allowed = "heading paragraph blockquote bullet_list list_item strong".split()
    allowed = {f"{kind}_{end}" for kind in allowed for end in ("open", "close")} | {"inline", "text", "text_special"}
    assert kinds <= allowed, kinds - allowed
    quotes = []
    for before, token in zip(tokens, tokens[2:]):
        if before.type == "blockquote_open":
            quotes.append("".join(child.content for child in token.children))
    assert sorted(quotes) == sorted(folded(claim["quote"]) for claim in claims)
    print(f"markdown: {len(quotes)} quotations, nothing in them means anything")


def check_html(folder, claims):
    parser = html5lib.HTMLParser(strict=True)
    root = parser.parse((folder / "all.html").read_bytes(), transport_encoding="utf-8")
    assert not parser.errors
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    tags = {element.tag.removeprefix(XHTML) for element in elements}
    assert not tags & set("script img iframe object embed link base form input svg video audio".split()), tags
    names = {name for element in elements for name in element.attrib}
    assert not any(name.startswith("on") or name in ("src", "style", "srcset") for name in names), names
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.iter(f"{XHTML}a"):
        target = link.get("href")
        assert target[1:] in ids if target.startswith("#") else re.match(r"(https?://|mailto:)", target), target
    quotes = [quote.text for quote in root.iter(f"{XHTML}blockquote")]
    assert sorted(quotes) == sorted(claim["quote"] for claim in claims)

    texts = {}
    for section in root.iter(f"{XHTML}section"):
        for division in section.iter(f"{XHTML}div"):
            if division.get("class") == "text":
                name = "".join(section.find(f"{XHTML}p").itertext()).split(" · ")[-1]
                texts[name] = [words(paragraph) for paragraph in division.iter(f"{XHTML}p")]
    assert set(texts) == {claim["document"] for claim in claims}
    for name, paragraphs in texts.items():
        text = (folder / "text" / name).read_bytes().decode("utf-8")
        assert folded(" ".join(paragraphs)) == folded(text), name
    print(f"html: valid, {len(texts)} texts as they are, nothing that runs or is fetched")


def words(paragraph):
    """The text of a paragraph, without the numbers of paragraphs and claims."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.get("class") not in ("number", "ref"):
            parts.append(words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def check_check(folder):
    report = json.loads((folder / "check.json").read_text(encoding="utf-8"))
    assert (report["format"], report["version"]) == ("vouch-check", 1)
    for sidecar in report["sidecars"]:
        assert sidecar["anchors"] == sidecar["exact"] > 0, sidecar["sidecar"]
        assert not any(finding["fault"] for finding in sidecar["findings"]), sidecar["findings"]
    print(f"check: {len(report['sidecars'])} sidecars, nothing wrong")


def main():
    folder = Path(sys.argv[1])
    claims = check_json(folder)
    check_csv(folder, claims)
    check_markdown(folder, claims)
    check_html(folder, claims)
    check_check(folder)


if __name__ == "__main__":
    main()
