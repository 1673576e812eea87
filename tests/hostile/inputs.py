"""Inputs that try to break a build, by kind: each is the files of a project that differ from the minimal one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from tests.hostile.chapters import CHAPTERS

Files = Mapping[str, str | bytes | None]
CHAPTER = "chapters/01-first.md"
HEAD = "---\ntitle: First\n---\n\n"
BOOK = '[book]\ntitle = "B"\n'
EDITIONS = '\n[editions.print]\noutput = "pdf"\n\n[editions.ebook]\noutput = "epub"\n'


@dataclass(frozen=True, slots=True)
class Input:
    """One input."""

    kind: str
    """What it tries: the name of a function below."""
    name: str
    """What it is, short."""
    files: Files
    """The files of the project that are not those of the minimal one."""


def inputs() -> tuple[Input, ...]:
    """All inputs."""
    found = [Input(make.__name__.strip("_"), name, files) for make in KINDS for name, files in make()]
    return (*found, *(Input(make.__name__, name, _chapter(body)) for make in CHAPTERS for name, body in make()))


def _chapter(body: str) -> Files:
    """A project whose only chapter has this text."""
    return {CHAPTER: f"{HEAD}{body}\n"}


def _forged() -> Iterator[tuple[str, Files]]:
    """The program's own classes, ids and attributes, written by an author."""
    classes = [
        "citation",
        "citations",
        "noteref",
        "xref",
        "footnote",
        "footnotes",
        "backlink",
        "attribution",
        "quotation",
        "index",
        "timeline",
        "pagebreak",
        "formula",
        "math",
        "note",
        "chapter",
        "toc",
        "titlepage",
        "furniture",
        "folio",
        "abbr",
        "locator",
        "entry",
        "task-list-item",
        "division",
        "data-n",
    ]
    forms = (
        "[words]{.%s}",
        '<span class="%s">words</span>',
        '<section class="%s"><ol><li id="fn:1"><p>words</p></li></ol></section>',
        "> words\n> {: .%s }\n",
    )
    for name, form in product(classes, forms):
        yield f"{form.split('%s')[0]}{name}", _chapter(form % name)
    ids = ("fnref:1", "fn:1", "fnref-1", "cite-1", "q-1", "page-1", "c-0", "first#x", "a b", "1", "-", "ü", "#", "%20")
    for one in ids:
        yield (
            f"id {one}",
            _chapter(f'<b id="{one}">words</b> [words]{{#{one}}} [@talk-2013] and a note.[^1]\n\n[^1]: Note.'),
        )
    for one in ("&#8", "&#11", "&#12", "&#x1F", "&#xFFFE", "%08", "%1F", "%C2%85"):
        yield f"address {one}", _chapter(f'<a href=java{one}script:x>a</a> [a](a{one}b.md) <img src="a{one}b" alt="x">')
    for one in ("data-n", "data-n='1'", "role='doc-noteref'", "epub:type='noteref'", "xmlns:epub='x'", "data-book='x'"):
        yield f"attribute {one}", _chapter(f"<span {one}>words</span> [words]{{{one}}} [@talk-2013]")


def _attributes() -> Iterator[tuple[str, Files]]:
    """Values of attributes that HTML does not allow."""
    places = (
        '<table><tr><td colspan="%s">a</td></tr></table>',
        '<table><tr><td rowspan="%s">a</td><td>b</td></tr></table>',
        '<table><colgroup span="%s"></colgroup><tr><td>a</td></tr></table>',
        '<ol start="%s"><li value="%s">a</li></ol>',
        '<img src="x.png" alt="x" width="%s" height="%s">',
        '<p lang="%s" dir="%s">a</p>',
        '<time datetime="%s">a</time>',
        '<a href="%s">a</a>',
        "[a]{lang=%s dir=%s}",
    )
    values = ("1000000", "-1", "0", "NaN", "", "1e9", "100%", "\U0001f4a5", "javascript:alert(1)", "x" * 5000, "&#0;")
    for place, value in product(places, values):
        yield f"{place[:24]} {value[:12]}", _chapter(place.replace("%s", value))


def _characters() -> Iterator[tuple[str, Files]]:
    """Characters that XML does not know, and those that hide or turn text, raw and as escapes."""
    codes = (
        0,
        1,
        8,
        0xB,
        0xC,
        0x1B,
        0x7F,
        0x85,
        0xAD,
        0x200B,
        0x202E,
        0x2028,
        0xD800,
        0xDFFF,
        0xFEFF,
        0xFFFE,
        0x10FFFF,
    )
    for code in codes:
        raw = chr(code)
        data = raw.encode("utf-8", "surrogatepass")
        short = f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
        pair = json.dumps(raw)
        yield f"U+{code:04X} raw", {CHAPTER: HEAD.encode() + b"a" + data + b"b\n"}
        yield f"U+{code:04X} entity", _chapter(f"a&#x{code:X};b **a&#{code};**")
        yield f"U+{code:04X} title", {CHAPTER: f'---\ntitle: "F{short}x"\n---\n\nWords.\n'}
        yield f"U+{code:04X} toml", {"book.toml": f'[book]\ntitle = "B{short}"\n'}
        yield f"U+{code:04X} yaml", {"sources.yaml": f'- id: talk-2013\n  type: speech\n  title: "T{short}"\n'}
        yield (
            f"U+{code:04X} json",
            {
                "book.toml": f'{BOOK}sources = ["s.json"]\n',
                "s.json": f'[{{"id": "talk-2013", "type": "speech", "title": {pair}}}]',
            },
        )


def _growth() -> Iterator[tuple[str, Files]]:
    """What costs a careless reader quadratic time, or its stack."""
    for many in (300, 3000):
        yield f"brackets {many}", _chapter("[" * many + "a" + "]" * many)
        yield f"images {many}", _chapter("![" * many)
        yield f"stars {many}", _chapter("*a **a " * many)
        yield f"backticks {many}", _chapter(" ".join("`" * n for n in range(1, many // 10)))
        yield f"quotes {many}", _chapter("> " * (many // 10) + "a")
        yield f"lists {many}", _chapter("\n".join("  " * n + "- a" for n in range(many // 10)))
        yield f"links {many}", _chapter("[a](b" * many)
        yield f"autolinks {many}", _chapter("<http://a" * many)
        yield f"entities {many}", _chapter("&a;" * many)
        yield f"spans {many}", _chapter("[a]{.b " * many)
        yield f"tags {many}", _chapter("<b>" * many + "a")
        yield f"closing tags {many}", _chapter("</b>" * many + "a")
        yield f"comments {many}", _chapter("<!--" * many)
        yield f"notes {many}", _chapter("".join(f"a[^{n}]" for n in range(many)))
        yield f"ids {many}", _chapter("\n\n".join("## Same" for _ in range(many // 3)))
        yield f"citations {many}", _chapter("[@talk-2013; " * many)
        yield f"tabs {many}", _chapter("a\t" * many)
        yield f"dashes {many}", _chapter("a " + "-" * 20 * many + " b")
        yield f"spaces {many}", _chapter("a | b\n" + " " * 20 * many + "x\n\n|-|")
        yield f"pipes {many}", _chapter("|" * many + "\n" + "|-" * many)
        yield f"dollars {many}", _chapter("$" * many)
        yield f"definitions {many}", _chapter("".join(f"[{n}]: x\n" for n in range(many)))
        yield f"nested yaml {many}", {"sources.yaml": "[" * many + "]" * many}
        yield f"nested toml {many}", {"book.toml": f"{BOOK}x = {'[' * many}{']' * many}\n"}
        yield (
            f"nested json {many}",
            {
                "book.toml": f'{BOOK}sources = ["s.json"]\n',
                "s.json": "[" * many + "]" * many,
            },
        )
        yield (
            f"nested CSS {many}",
            {
                "book.toml": BOOK + EDITIONS.replace('"pdf"\n', '"pdf"\nstyles = ["a.css"]\n'),
                "a.css": "a{" * many + "}" * many,
            },
        )
    anchors = "- &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"- &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    yield "billion laughs in YAML", {"sources.yaml": anchors}


def _nested() -> Iterator[tuple[str, Files]]:
    """Elements inside one another, as deep as is read, and deeper."""
    for many in (95, 150, 400):
        yield f"quotations {many}", _chapter("> " * many + "a")
        yield f"elements {many}", _chapter("<div>" * many + "a" + "</div>" * many)
        yield f"words {many}", _chapter("<b>" * many + "a" + "</b>" * many)
        inner = "\n".join(":" * (many - n + 3) + " {.a}" for n in range(many))
        yield f"divisions {many}", _chapter(f"{inner}\na\n" + "\n".join(":" * (n + 4) for n in range(many)))
        yield f"lists {many}", _chapter("\n".join("  " * n + "- a" for n in range(many // 2)))
        yield f"tables {many}", _chapter("<table><tr><td>" * (many // 5) + "a" + "</td></tr></table>" * (many // 5))


def _dates() -> Iterator[tuple[str, Files]]:
    """Dates at the borders of the standard, and beyond."""
    dates = [
        "2015-13-45",
        "0000",
        "-0001",
        "-9999",
        "Y-999999999999",
        "Y1E999999999",
        "99999999-01-01",
        "2015-02-30",
        "2015/2014",
        "../..",
        "/",
        "[]",
        "{}",
        "[2015..2014]",
        "{..}",
        "2015-21",
        "2015-99",
        "201X",
        "20XX",
        "XXXX",
        "2015-XX-XX",
        "~",
        "?",
        "%",
        "2015-06-~",
        "2015?~%",
        "2015-W53",
        "2015-366",
        "2015-06-15T25:61",
        "10000-01-01",
        "0001-01-01",
        "-0044-03-15",
        "1582-10-10",
        "1900-02-29",
        "2015-06-15/open",
        "null",
        "true",
        "1e3",
        "0x7df",
        "2015-11-31",
        "[1667,1668,1670..1672]",
        "{1960,1961-12}",
        "1950S2",
        "-17E7",
        "156u",
        "1984-06-02?/2004-08-08~",
        "Y17E8S3",
    ]
    for date in dates:
        yield date, {"sources.yaml": f"- id: talk-2013\n  type: speech\n  title: T\n  issued: {date}\n"}
        yield f'"{date}"', {"sources.yaml": f'- id: talk-2013\n  type: speech\n  title: T\n  issued: "{date}"\n'}


def _sources() -> Iterator[tuple[str, Files]]:
    """Source lists that are not what they say, in every format."""
    broken: Mapping[str, tuple[str | bytes, ...]] = {
        "yaml": (
            "- id: a\n  id: a\n",
            "id: a\n",
            "- - a\n",
            "- id: [a]\n",
            "- id: {a: b}\n",
            "- id: 1\n- id: 1\n",
            "&a *a\n",
            "- !!python/object/apply:os.system ['x']\n",
            "\t- id: a\n",
            "- id: a\n  author: 5\n",
            "- null\n",
            "- id: a\n  author: [{family: [x]}]\n",
            "- id: a\n  title: {x: y}\n",
            b"\xff\xfe-\x00 \x00",
            b"\xff",
            "- id: a\n  type: speech\n  issued: {date-parts: [[2015, 99]]}\n",
            "---\n---\n",
            '- id: ""\n  title: T\n',
        ),
        "json": (
            "",
            "{",
            "[]x",
            "5",
            "null",
            '{"items": 5}',
            '[{"id": null}]',
            '[{"id": {"a": []}}]',
            '[{"id": "a", "id": "b"}]',
            '[{"id": "a", "issued": {"date-parts": "x"}}]',
            '[{"id": "a", "issued": {"date-parts": [[1e400]]}}]',
            '[{"id": "a", "author": [[]]}]',
            '[{"id": "a", "issued": []}]',
            "[NaN]",
            '[{"id": "\\ud800"}]',
        ),
        "bib": (
            "@",
            "@speech{",
            "@book{a,}",
            "@book{a, title = {x}",
            "@book{a, title = #}",
            "@string{a = a # a}",
            "@comment{",
            "@book{a, author = { and and , , , }, date = {{{{}}}}}",
            "@book{a, title = {\\input{/etc/passwd}}}",
            '@book{a, title = {$\\frac{1}{}$ \\"{}}}',
            "@book{a\n@book{b, title={x}}",
            "@book{a,title={" + "{" * 2000 + "}",
        ),
        "ris": (
            "TY  - ",
            "ER  - ",
            "TY  - SPCH\nTI  - x\n",
            "TY  - SPCH\nID  - a\nPY  - ////\nER  - \n",
            "\0",
            "TY  - SPCH\nAU  - ,,,\nER  - \n",
            "TY  - NONSENSE\nID  - a\nER  - \n",
        ),
        "csv": (
            "",
            "id\n",
            "id,title\na\n",
            "id,id\na,b\n",
            'id,title\n"a,b\n',
            "id;title\na;b\n",
            ",\n,\n",
            "id,title\na,b,c,d\n",
            "id,issued\na,\0\n",
            "title\nx\n",
            "id,author\na,;;;|||\n",
        ),
    }
    for suffix, texts in broken.items():
        for number, text in enumerate(texts):
            files: dict[str, str | bytes | None] = {
                "book.toml": f'{BOOK}sources = ["s.{suffix}"]\n',
                f"s.{suffix}": text,
                "sources.yaml": None,
            }
            yield f"{suffix} {number}", files


def _settings() -> Iterator[tuple[str, Files]]:
    """Settings that no book can have."""
    lines = (
        "",
        "title = 5",
        'title = ""',
        'title = " "',
        'language = "x-klingon"',
        'language = "../../etc"',
        "authors = 5",
        "authors = [[]]",
        'identifier = "urn:isbn:123"',
        'identifier = "\\n"',
        "sources = [5]",
        'sources = ["/etc/passwd"]',
        'sources = ["../x.yaml"]',
        'sources = ["x\\u0000y.yaml"]',
        f'sources = ["{"x" * 300}.yaml"]',
        'cover = "/dev/zero"',
        'cover = "chapters"',
        "x = 1",
        "[book]",
        "title = 1979-05-27T07:32:00Z",
        "chapters = 9999999999999999999999",
        f'title = "{"wörd " * 2000}"',
    )
    for line in lines:
        title = "" if line.startswith("title") else 'title = "B"\n'
        yield f"book {line[:30]}", {"book.toml": f"[book]\n{title}{line}\n{EDITIONS}"}
    keys = (
        'page = { width = "0in" }',
        'page = { width = "-1in", height = "1in" }',
        'page = { width = "10km" }',
        "page = 5",
        'page = { width = "1e9999in", height = "9in" }',
        'page = { width = "NaNin", height = "9in" }',
        'styles = ["/etc/passwd"]',
        'styles = [".."]',
        "sections = []",
        'sections = ["x"]',
        'sections = ["toc", "toc"]',
        'split = "x"',
        'variant = "pdf/x-4"',
        'bleed = "9in"',
        'notes = "nowhere"',
        'pages = "print"',
        "standard = 5",
        'printing = { profile = "/dev/zero" }',
        'output = "exe"',
        "output = []",
    )
    for key in keys:
        head = "" if key.startswith("output") else 'output = "pdf"\n'
        yield f"edition {key[:30]}", {"book.toml": f"{BOOK}\n[editions.print]\n{head}{key}\n"}
    for name in ("..", "a/b", "", "x" * 300, "con", "a\\u0000b", "ü", ".store", ".staged", "index", " ", "-rf", "*"):
        yield f"edition called {name[:20]}", {"book.toml": f'{BOOK}\n[editions."{name}"]\noutput = "epub"\n'}


def _styles() -> Iterator[tuple[str, Files]]:
    """Stylesheets of a careless owner."""
    texts: tuple[str | bytes, ...] = (
        "}",
        "{",
        "@page { size: 10km 10km }",
        "@page { size: 0 }",
        "@import 'a.css';",
        "@import url(http://example.invalid/x.css);",
        "@import '/etc/passwd';",
        "p { background: url(file:///etc/passwd) }",
        "p { background: url(../../../etc/passwd) }",
        "p { content: '\\0' }",
        "p { font-size: 1e9pt }",
        "p { font-size: -5pt }",
        "p { margin: 9999in }",
        "p { width: calc(1px / 0) }",
        "p::before { content: counter(x, 1) }",
        "p { columns: 9999 }",
        "@font-face { font-family: X; src: url(/etc/passwd) }",
        "p { font-family: 'No Such Font' }",
        "* { display: none }",
        "p { position: running(x) }",
        "@media print { @media print { p {",
        "/* never closed",
        "@charset 'utf-16'; p {}",
        "p {}".encode("utf-16"),
        b"\xff\xfe\x00",
        b"p { color: \xff }",
        "\0",
        "p { --x: var(--x); color: var(--x) }",
        "p { string-set: x content() }",
        ":is(" * 200 + "p" + ")" * 200 + " {}",
        "p { color: " + "rgb(" * 5000 + " }",
        "@page :nth(1e9) { margin: 0 }",
    )
    for number, text in enumerate(texts):
        styled = EDITIONS.replace('"pdf"\n', '"pdf"\nstyles = ["a.css"]\n').replace(
            '"epub"\n', '"epub"\nstyles = ["a.css"]\n'
        )
        yield f"{number} {text[:24]!r}", {"book.toml": BOOK + styled, "a.css": text}


def _layouts() -> Iterator[tuple[str, Files]]:
    """Layouts that fail, never end, or reach for more than they are given."""
    texts: tuple[str | bytes, ...] = (
        "{{ 1/0 }}",
        "{% if %}",
        "{{",
        "{% include 'colophon.html' %}",
        "{% extends 'colophon.html' %}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ range(99999999) | list }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ 9**9**9 }}",
        "{{ nothing.at.all }}",
        "{% raw %}",
        "<p>unclosed",
        "</section>",
        "<script>alert(1)</script>",
        "<p>&nosuch;</p>",
        "plain words",
        "",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'a' | nofilter }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ 'x' | center(999999999) }}",
        b"\xff\xfe{\x00",
        b"\xff",
        "\0",
        "{{ (1).__class__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ 'x'.join('y' * 99999999) }}",
        "{% set x = namespace() %}{{ x.__dict__ }}",
    )
    for number, text in enumerate(texts):
        yield f"{number} {text[:30]!r}", {"book.toml": BOOK + EDITIONS, "layouts/colophon.html": text}


def _drawings() -> Iterator[tuple[str, Files]]:
    """Drawings with scripts, bombs and other files in them, and pictures that are none."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">%s</svg>'
    )
    inner = (
        "<script>alert(1)</script>",
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<g onload="x()"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        '<image href="file:///etc/passwd"/>',
        '<use href="#a"/><g id="a"><use href="#a"/></g>',
        "<style>@import url(http://example.invalid/)</style>",
        '<filter id="f"><feGaussianBlur stdDeviation="9999999"/></filter><rect filter="url(#f)" width="9" height="9"/>',
        "".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(10))
        + '<path id="a10" d="M0 0"/>',
        "<g>" * 2000 + "</g>" * 2000,
        '<path d="' + "M0 0L9 9" * 20000 + '"/>',
        '<rect width="1e99" height="NaN"/>',
        '<animate attributeName="href" to="x"/>',
        "<text>\ud83d</text>".encode("utf-8", "surrogatepass").decode("latin-1"),
    )
    whole: tuple[str | bytes, ...] = (
        "",
        "<svg",
        "<html><body>x</body></html>",
        "x",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg % "<text>&x;</text>",
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + svg % "<text>&b;</text>",
        '<?xml-stylesheet href="http://example.invalid/x.css"?>' + svg % "",
        '<?xml version="1.0" encoding="nonsense"?>' + svg % "",
        (svg % "").encode("utf-16"),
        '<svg viewBox="0 0 0 0"/>',
        '<svg width="1e9" height="1e9" xmlns="http://www.w3.org/2000/svg"/>',
    )
    for number, drawing in enumerate((*(svg % one for one in inner), *whole)):
        yield f"{number} {drawing[:24]!r}", {**_chapter("![A drawing](a.svg)"), "chapters/a.svg": drawing}
    for suffix in ("png", "jpg", "gif", "webp", "bmp", "tif", "eps"):
        yield f"text as {suffix}", {**_chapter(f"![A picture](a.{suffix})"), f"chapters/a.{suffix}": "words"}


def _places() -> Iterator[tuple[str, Files]]:
    """Names of files and addresses that lead elsewhere or nowhere."""
    targets = (
        "/etc/passwd",
        "../../../etc/passwd",
        "file:///etc/passwd",
        "//example.invalid/x",
        "http://example.invalid/x.png",
        "a\\b",
        "%00",
        "%2e%2e/x",
        "data:text/html,<script>",
        "javascript:alert(1)",
        "x" * 3000,
        "#",
        "?",
        "",
        " ",
        "con",
        "book.toml",
        "01-first.md",
        "01-first.md#nowhere",
        "mailto:",
        "http://[::1",
        "http://x:99999999/",
        "vbscript:x",
        "\u202egnp.x",
    )
    for target in targets:
        yield f"picture {target[:30]}", _chapter(f"![A picture](<{target}>)")
        yield f"link {target[:30]}", _chapter(f"[words](<{target}>)")
    for name in (
        "x" * 240,
        "ü",
        "a b",
        "a#b",
        "a%b",
        "..b",
        "-",
        "a'b\"c",
        "名",
        "a\nb",
        "a\tb",
        "\u202eb",
        "index",
        "print",
    ):
        yield f"chapter called {name[:20]!r}", {f"chapters/{name}.md": HEAD + "Words.\n"}
    for text in (
        b"",
        b"\xff\xfe",
        b"\xff",
        "words".encode("utf-16"),
        "words".encode("utf-32"),
        b"\0" * 50,
        b"\r",
        b"---\n",
        b"---\n---\n",
    ):
        yield f"chapter of {text[:12]!r}", {CHAPTER: text}
    for head in (
        "title: [x]",
        "title: {a: b}",
        "title: null",
        "title:",
        "- x",
        "x",
        "title: |\n  a\n  b",
        "title: !!binary x",
        "&a",
        "questions: 5",
        "questions: [[x]]",
        "language: x y",
        "unknown: 1",
        "title: 'x",
        'title: "\\x"',
    ):
        yield f"front matter {head!r}", {CHAPTER: f"---\n{head}\n---\n\nWords.\n"}


KINDS = (
    _forged,
    _attributes,
    _characters,
    _growth,
    _nested,
    _dates,
    _sources,
    _settings,
    _styles,
    _layouts,
    _drawings,
    _places,
)
