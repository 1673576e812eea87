"""Whatever data says (tags, ids, values, elements, addresses), EPUBCheck is silent or the build names the line.

Hypothesis invents the data. Many chapters go into one EPUB, because EPUBCheck needs seconds to start.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from PIL import Image

from book.build import build_book
from book.problem import BookError
from tests.conftest import MINIMAL
from tests.outputs.test_epub import epubcheck_messages
from tests.soak.trial import Campaign, FoundError

CHAPTERS = 120
"""Chapters of one trial, each with one to three fragments."""
SOURCES = 12
ATTEMPTS = 6
"""How often what a build refuses may be taken out until the rest has to pass."""

ODD = "'\"<>&#%{}[]()|\\`*_~^$@!?:;,. /=+-\t\u00a0\u00ad\u200f\u202e\u2028\ufeff\U0001f600é漢اж\u0301\u0001\ufffe"
TAGS = (
    "en", "de-AT", "zh-Hans", "ar", "sr-Latn-RS", "x-klingon", "i-klingon", "en_GB", "EN", "deutsch", "e", "xx",
    "zz-ZZ", "en-", "-en", "de--AT", "en-GB-oed", "a-b-c", "und", "mul", "zxx", "root", "de-1996", "de-DE-1996-1996",
    "qaa-Qaaa", "123", "en-x", "en-u-ca-gregory", "ja-JP-u-ca-japanese", "C", "POSIX", "français", "",
)  # fmt: skip
ELEMENTS = (
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h6", "hr", "i", "img", "ins", "kbd",
    "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr", "svg",
    "math", "center", "font", "details", "iframe", "input", "nav", "article", "main", "header", "label", "button",
    "object", "video", "map", "style", "audio", "source", "track", "summary", "select", "option", "textarea", "form",
    "fieldset", "legend", "canvas", "picture", "embed", "param", "rb", "rtc", "data", "address", "hgroup", "noscript",
    "template", "slot", "dialog", "meter", "progress", "output", "area", "link", "meta", "base", "search", "menu",
    "mi", "mo", "mrow", "mfrac", "semantics", "annotation-xml", "g", "path", "use", "text", "foreignObject",
    "linearGradient", "x-own", "p:x",
)  # fmt: skip
ATTRIBUTES = (
    "id", "class", "lang", "dir", "title", "translate", "href", "cite", "span", "src", "alt", "width", "height",
    "value", "start", "type", "reversed", "colspan", "rowspan", "headers", "align", "scope", "abbr", "datetime",
    "style", "xml:lang", "role", "aria-label", "hidden", "epub:type", "data-x", "onclick", "note", "name", "rel",
    "target", "tabindex", "poster", "srcset", "sizes", "usemap", "controls", "data", "open", "loading", "itemprop",
    "xlink:href", "viewBox", "fill", "transform", "xmlns", "contenteditable", "draggable", "aria-details",
    "aria-describedby", "aria-labelledby", "aria-hidden", "download", "media", "hreflang", "border", "bgcolor",
    "valign", "summary", "alttext", "display", "mathvariant", "encoding", "for", "is", "slot", "accesskey",
)  # fmt: skip
VALUES = (
    "", "0", "1", "-1", "1.5", "50%", "1e9", "99999999999", "auto", "ltr", "rtl", "RTL", "up", "yes", "no", "maybe",
    "a", "A", "i", "I", "disc", "row", "rowgroup", "col", "left", "x", "x y", "1a", "#", "a.png", "01.md", "#x",
    "#gone", "2019-02-30", "2019-13", "2019-W60", "25:61", "P3D", "2019-05-01T12:00Z", "0000",
    "http://x.org/?a=1&b=2", 'http://x.org/"q"', "http://[x", "http://x y/", "http://x.org/%zz", "javascript:x",
    "mailto:a@b.c", "data:text/html,x", "//x.org", "HTTP://X", "urn:x", "http://", "http:x",
    "http://ex ample.org:99999999/", "http://x.org/é?ü#ß", "http://x.org/{a}|b\\c^`", "doc-note", "chapter",
    "footnotes", "index", "lining",
)  # fmt: skip
SHEETS = (
    '@import "data:text/css,p{}";', '@import url("data:text/css,p%7B%7D");',
    "@import url(data:text/css;base64,cHt9);", 'p { background: url("data:image/png;base64,iVBORw0KGgo=") }',
    'p { content: "a"; background: url() }', "@import 'print.css' print;",
    '@namespace x "http://x.org"; x|p { color: red }', "@media { p { } }", "p { x: url(#a) }",
    '@font-face { font-family: X; src: url("data:font/woff,x") }', '@charset "utf-8"; p { }', "p { direction: rtl }",
    "p { position: fixed; unicode-bidi: embed }", "p:not(.x)::before { content: '\\'' }", "@page { margin: 1in }",
    "}", "p {", "@import", "@supports (display: grid) { p { display: grid } }",
    "p { background: url('http://x.org/a.png') }", "<!-- p -->",
)  # fmt: skip
LISTED = (
    "- item\n",
    "1. item\n",
    "Term\n:   meaning\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "> words\n",
    "```\ncode\n```\n",
)

odd = st.text(st.sampled_from(ODD + "abcxyz019"), max_size=12)
word = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8) | st.just("word")
tag = st.sampled_from(TAGS) | st.from_regex(r"[A-Za-z]{1,9}(-[A-Za-z0-9]{1,9}){0,3}", fullmatch=True) | odd
value = st.sampled_from(VALUES) | odd | st.integers(-10, 10**6).map(str)


def _attribute(name: str) -> SearchStrategy[tuple[str, str]]:
    """An attribute with a value, which is often one that could be meant for it."""
    return st.tuples(st.just(name), tag if name in ("lang", "xml:lang") else value)


attributes = st.lists(st.sampled_from(ATTRIBUTES).flatmap(_attribute), max_size=3)


def _raw(name: str, pairs: list[tuple[str, str]], inside: str, closed: bool) -> str:
    """An element as it is written in HTML."""
    given_ = "".join(f' {key}="{text.replace(chr(34), "&quot;")}"' for key, text in pairs)
    return f"<{name}{given_}>{inside}" + (f"</{name}>" if closed else "")


def _nested(inside: SearchStrategy[str]) -> SearchStrategy[str]:
    """An element with others in it."""
    return st.builds(
        _raw, st.sampled_from(ELEMENTS), attributes, st.lists(inside, max_size=3).map("".join), st.booleans()
    )


html = st.recursive(
    st.sampled_from(["words", "<br>", "\n", "&amp;", '<img src="a.png" alt="x">']), _nested, max_leaves=6
)


def _braces(pairs: list[tuple[str, str]]) -> str:
    """Attributes as they are written in Markdown."""
    return "{" + " ".join(f'{key}="{text.replace(chr(34), "")}"' for key, text in pairs) + "}"


braces = attributes.map(_braces) | odd.map("{{#{}}}".format) | odd.map("{{.{}}}".format) | tag.map("{{lang={}}}".format)
fragment = st.one_of(
    html,
    html.map("Before {} behind.".format),
    st.builds("[words]{}".format, braces),
    st.builds("# Heading {}\n\n## Another {}".format, braces, braces),
    st.builds("![alt](a.png){}".format, braces),
    st.builds("[words]({})".format, value) | st.builds("[words](<{}>)".format, value),
    st.builds("<http://{}>".format, odd) | st.builds('[words]({} "{}")'.format, value, word),
    st.builds("Call[^{0}].\n\n[^{0}]: Note {1}.".format, word, html),
    st.builds("::: {}\n{}\n:::".format, braces, html),
    st.builds("{0}::: {1}\n  {2}\n{0}{3}\n\n:::\n".format, st.sampled_from(("- ", "> ", "> - ")), braces, html, word),
    st.builds("- {}\n\n  ::: {}\n  {}\n  :::\n{}".format, word, braces, html, word),
    st.builds("Term\n:   ::: {}\n    {}\n\n{}\n".format, braces, html, word),
    st.builds("![alt](a.png{})\n\n::: {{.description{}}}\n{}\n:::".format, value.map(' "{}"'.format), odd, html),
    st.builds("| a | b |\n|---|---|\n| {} | {} |\n\nTable: {} {}\n".format, html, html, word, braces),
    st.builds("{{{}|{}}} [{}]{{.smallcaps}} =={}== H~{}~ x^{}^".format, word, word, html, odd, odd, odd),
    st.builds("{}{}".format, st.sampled_from(LISTED), braces.map("\n{}".format) | st.just("")),
    st.builds("> {}\n>\n> — [@s{}]".format, html, st.integers(0, SOURCES - 1)),
    st.builds("{} [@s{}, {}]".format, word, st.integers(0, SOURCES - 1), odd),
    st.builds("[{}]{{.index term={}}}".format, word, odd.map(json.dumps)),
    st.builds("*[{0}]: {1}\n\n{0} and {0}".format, word, odd),
    st.builds("$x^{}$".format, odd),
    word,
)  # fmt: skip
front = st.fixed_dictionaries(
    {"title": word},
    optional={
        "language": tag,
        "slug": odd,
        "summary": html,
        "questions": st.lists(html, max_size=2),
        "subtitle": html,
        "author": odd,
        "date": odd,
        "short-title": html,
        "tags": st.lists(odd, max_size=2),
        "role": st.sampled_from(["preface", "appendix", "chapter", "odd"]),
    },
)
chapter = st.builds(
    "---\n{}\n---\n\n{}\n".format,
    front.map(lambda data: "\n".join(f"{key}: {json.dumps(data[key], ensure_ascii=False)}" for key in data)),
    st.lists(fragment, min_size=1, max_size=3).map("\n\n".join),
)
source = st.fixed_dictionaries(
    {"title": word | html, "type": st.sampled_from(["speech", "book", "webpage", "strange"])},
    optional={
        "language": tag,
        "issued": st.sampled_from(["2013-11-03", "20XX", "2001/2003", "-0044", "today"]),
        "URL": value,
        "DOI": odd,
        "event-title": word,
        "event-place": odd,
        "author": st.lists(st.fixed_dictionaries({"family": word, "given": word}), max_size=2),
        "container-title": html,
    },
)


def invented(number: int) -> tuple[list[Any], list[Any]]:
    """Sources and chapters that Hypothesis makes, decided by a number.

    In a process of its own: one in which Hypothesis and Pango were used crashes when it ends.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_invent, number).result()


def _invent(number: int) -> tuple[list[Any], list[Any]]:
    """Make sources and chapters."""
    return _made(source, SOURCES, number), _made(chapter, CHAPTERS, number)


def _made(strategy: SearchStrategy[Any], number: int, start: int) -> list[Any]:
    """A number of values of a strategy."""
    found: list[Any] = []

    @seed(start)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found[:number]


def run(chance: random.Random, folder: Path) -> None:
    """Build a book of invented chapters and sources, without what is refused, and ask EPUBCheck."""
    root = folder / "project"
    _write(root, chance)
    for _ in range(ATTEMPTS):
        try:
            build_book(root, output=folder / "build", jobs=1)
        except BookError as failure:
            _take_out(root, failure)
            continue
        break
    else:
        raise FoundError(f"after {ATTEMPTS} attempts the book is still refused")
    said = epubcheck_messages((folder / "build" / "ebook.epub").read_bytes(), folder)
    if said:
        raise FoundError("\n".join(_told(root, said)))


def _write(root: Path, chance: random.Random) -> None:
    """Write the project."""
    for name, content in MINIMAL.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    (root / "chapters" / "a.png").write_bytes(_png())
    (root / "own.css").write_text(chance.choice(SHEETS) + "\np { margin: 0 }\n", encoding="utf-8")
    names = [f"s{number}.json" for number in range(SOURCES)]
    sources, chapters = invented(chance.randrange(2**32))
    for number, data in enumerate(sources):
        item = [{"id": f"s{number}", **data}]
        (root / names[number]).write_text(json.dumps(item), encoding="utf-8")
    language = chance.choice(["en", "de", "ar", "zh-Hans", "ja", "he", "sr-Latn"])
    (root / "book.toml").write_text(
        f'[book]\ntitle = "Markup"\nlanguage = "{language}"\nsources = {json.dumps(["sources.yaml", *names])}\n'
        '[editions.ebook]\noutput = "epub"\npages = "none"\nembed-fonts = false\nstyles = ["own.css"]\n',
        encoding="utf-8",
    )
    for number, text in enumerate(chapters, 1):
        data = text.encode("utf-8", "replace")
        (root / "chapters" / f"x{number:03}.md").write_bytes(data)


def _take_out(root: Path, failure: BookError) -> None:
    """Delete the files that errors name, or what they name in other files."""
    for problem in failure.problems:
        if problem.severity != "error":
            continue
        if not problem.at.line and problem.at.path != "own.css":
            raise FoundError(f"an error without a line: {problem}")
        path = root / problem.at.path
        if path.suffix == ".json":
            path.write_text(json.dumps([{"id": path.stem, "title": "T", "type": "book"}]), encoding="utf-8")
        elif path.suffix == ".css":
            path.write_text("p { margin: 0 }", encoding="utf-8")
        elif path.suffix == ".md":
            path.unlink(missing_ok=True)
        else:
            raise FoundError(f"an error in a file that was not invented: {problem}")


def _told(root: Path, said: Iterable[str]) -> Iterator[str]:
    """What EPUBCheck says, with the chapter that it says it of."""
    for line in said:
        yield line
        stem = line.rpartition("/")[2].partition(".xhtml")[0]
        for path in sorted((root / "chapters").glob("x*.md")):
            if path.stem == stem or path.stem.lstrip("0") == stem:
                yield path.read_text(encoding="utf-8")


def _png() -> bytes:
    """A picture."""
    data = io.BytesIO()
    Image.new("L", (40, 30), 128).save(data, "PNG")
    return data.getvalue()


CAMPAIGN = Campaign(
    "EPUBCheck has nothing to say of what data puts into a book, or the build names the line",
    run,
    sample=(0,),
    seconds=300,
)
