"""Inputs that try to break a build by what chapters say: notes, tables, citations, scripts, formulas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

Body = tuple[str, str]
"""What it is, short, and the text of a chapter."""


def notes() -> Iterator[Body]:
    """Notes that call one another, are never called, or stand where no note can."""
    texts = {
        "in itself": "a[^1]\n\n[^1]: b[^1]\n",
        "in a circle": "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n",
        "inline in inline": "a^[b^[c^[d]]]\n",
        "inline in a note": "a[^1]\n\n[^1]: b^[c]\n",
        "twice": "a[^1] b[^1]\n\n[^1]: c\n\n[^1]: d\n",
        "never called": "a\n\n[^1]: b\n",
        "not there": "a[^1]\n",
        "empty": "a[^1]\n\n[^1]:\n",
        "empty inline": "a^[]\n",
        "in a heading": "# A[^1]\n\n[^1]: b\n",
        "in a caption": "| a |\n|---|\n| b[^1] |\n\nTable: c[^1]\n\n[^1]: d\n",
        "in a link": "[a[^1]](https://example.invalid/)\n\n[^1]: b\n",
        "in code": "`a[^1]`\n\n[^1]: b\n",
        "in a quotation": "> a[^1]\n>\n> — [@talk-2013]\n\n[^1]: b\n",
        "with a table": "a[^1]\n\n[^1]: b\n\n    | c | d |\n    |---|---|\n    | e | f |\n",
        "with a heading": "a[^1]\n\n[^1]: # b\n",
        "with a picture": "a[^1]\n\n[^1]: ![b](c.png)\n",
        "with code": "a[^1]\n\n[^1]: b\n\n        c\n",
        "as long as pages": "a[^1]\n\n[^1]: " + "words of a note " * 3000 + "\n",
        "many in a word": "a" + "".join(f"[^{n}]" for n in range(60)) + "".join(f"\n\n[^{n}]: b\n" for n in range(60)),
        "many in a cell": "| a |\n|---|\n| "
        + "".join(f"b[^{n}]" for n in range(60))
        + " |\n"
        + "".join(f"\n\n[^{n}]: c\n" for n in range(60)),
        "odd names": "a[^ü b] c[^*] d[^<b>] e[^1.2] f[^\u202ex]\n\n[^*]: g\n\n[^<b>]: h\n\n[^1.2]: i\n",
        "a list in a list": "- a[^1]\n  - b[^2]\n\n[^1]: c\n\n    - d\n      - e\n\n[^2]: f\n",
    }
    yield from texts.items()


def tables() -> Iterator[Body]:
    """Tables without rows, with cells that overlap, wider or higher than any page."""
    wide, cell = "|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|word" * 60 + "|\n", "word " * 2000
    texts = {
        "no rows": "| a |\n|---|\n",
        "no cells": "|\n|-|\n|\n",
        "60 columns": wide,
        "a cell of pages": f"| a | b |\n|---|---|\n| {cell} | b |\n",
        "a head of pages": f"| {cell} |\n|---|\n| b |\n",
        "one long word": f"| a | b |\n|---|---|\n| {'x' * 500} | b |\n",
        "empty": "<table></table>",
        "only a caption": "<table><caption>a</caption></table>",
        "only a head": "<table><thead><tr><th>a</th></tr></thead></table>",
        "two heads": "<table><thead><tr><th>a</th></tr></thead><thead><tr><th>b</th></tr></thead></table>",
        "a foot first": "<table><tfoot><tr><td>a</td></tr></tfoot><tr><td>b</td></tr></table>",
        "words beside cells": "<table>a<tr>b<td>c</td>d</tr>e</table>",
        "a table in a cell": "| a |\n|---|\n| <table><tr><td>b</td></tr></table> |\n",
        "cells that overlap": "<table><tr><td rowspan='3'>a</td><td>b</td></tr><tr><td colspan='2'>c</td></tr></table>",
        "rows below the end": "<table><tr><td rowspan='99'>a</td></tr></table>",
        "no rows to span": "<table><tr><td rowspan='0'>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "headers that are not there": "<table><tr><td headers='x y'>a</td></tr></table>",
        "drawn, not closed": "+---+---+\n| a | b |\n",
        "drawn, crooked": "+---+---+\n| a | b |\n+--+----+\n| c | d |\n+---+---+\n",
        "drawn in drawn": "+-------+\n| +---+ |\n| | a | |\n| +---+ |\n+-------+\n",
        "simple, no end": "a   b\n--- ---\nc   d\n\n\n--- ---",
        "in a list in a quotation": "> - a\n>\n>   | b | c |\n>   |---|---|\n>   | d | e |\n",
        "2,000 rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * 2000,
    }
    yield from texts.items()


def citations() -> Iterator[Body]:
    """Citations of nothing, in the wrong place, or with locators that go on and on."""
    locators = (
        "p. ",
        "pp. 1–",
        "p. 99999999999999",
        "§§ " + ", ".join(map(str, range(300))),
        "opening" * 100,
        "p. <b>",
        "[p. 1]",
        "p. 1; @talk-2013, p. 2",
        "**p.** 1",
        "p. [^1]",
        "1:2:3:4",
        "١٢",
        "ⅳ–ⅸ",
        "-1",
        "p. \u202e1",
    )
    for locator in locators:
        yield (
            f"locator {locator[:12]}",
            f"Words [@talk-2013, {locator}].\n\n> Quoted.\n>\n> — [@talk-2013, {locator}]\n",
        )
    texts = {
        "in a heading": "# A [@talk-2013]\n",
        "in a cell": "| a |\n|---|\n| b [@talk-2013] |\n",
        "in a link": "[a [@talk-2013]](https://example.invalid/)\n",
        "in code": "`[@talk-2013]`\n",
        "in a note": "a[^1]\n\n[^1]: [@talk-2013]\n",
        "in emphasis": "*[@talk-2013]* **[@talk-2013]**\n",
        "in itself": "[@talk-2013, [@talk-2013]]\n",
        "of nothing": "[@] [@ ] [@;] [@nobody] @nobody [-@talk-2013] [see @talk-2013]\n",
        "1,000 times": "[@talk-2013] " * 1000,
        "1,000 quotations": "> a\n>\n> — [@talk-2013]\n\n" * 300,
        "a quotation in a quotation": "> > a\n> >\n> > — [@talk-2013]\n>\n> — [@talk-2013]\n",
        "an attribution alone": "> — [@talk-2013]\n",
        "in a picture": "![a [@talk-2013]](b.png)\n",
        "in the description of a term": "a\n:   b [@talk-2013]\n",
    }
    yield from texts.items()


def languages() -> Iterator[Body]:
    """Words of many scripts, in directions that contradict each other, with marks on marks."""
    words = {
        "arabic": "قال الرئيس كلمة",
        "hebrew": "שָׁלוֹם עוֹלָם",
        "thai": "ภาษาไทยไม่มีช่องว่าง" * 10,
        "hindi": "क्षत्रिय विद्यार्थी",
        "greek": "ἄνθρωπος",
        "marks": "a" + "\u0301" * 300,
        "emoji": "👩\u200d👩\u200d👧\u200d👦" * 30,
        "flags": "🇪🇸🇩" * 20,
        "jamo": "ᄒ" * 60,
        "isolates": "\u2066" * 200 + "a" + "\u2069" * 3,
        "overrides": "\u202e\u202d" * 100 + "abc",
        "tatweel": "ـ" * 150,
        "no-break": "word\u00a0" * 60,
        "joiners": "\u200d\u200c\u2060" * 60,
        "hyphens": "a\u00ad" * 60,
        "one word": "x" * 600,
        "dashes": "—" * 150,
        "ideographs": "漢" * 300,
        "small kana": "ゃ" * 150,
        "punctuation": "。、」" * 60,
    }
    for name, form in product(words, ("%s", "[%s]{lang=ar dir=rtl}", "# %s", "| %s |\n|---|\n| a |")):
        yield f"{name} {form[:6]}", form % words[name]


def formulas() -> Iterator[Body]:
    """Formulas that nobody can set."""
    texts = (
        r"\frac" * 50,
        r"\frac{1}{" * 60 + "x" + "}" * 60,
        r"\sqrt{" * 60 + "x" + "}" * 60,
        "{" * 300,
        "}" * 300,
        "x^" * 100,
        "x_{" * 100 + "}" * 100,
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{\a}\a",
        r"\input{/etc/passwd}",
        r"\begin{matrix}" * 40,
        r"\begin{aligned} a &= b \\ " + r"& \\ " * 200 + r"\end{aligned}",
        r"\left(" * 50,
        r"\text{$x$}",
        r"\nosuch{x}",
        "",
        " ",
        "\\",
        "%",
        "#",
        "&",
        "~",
        "<b>",
        "漢",
        "\u0301",
        "x" * 3000,
        r"\color{red}{x}",
        r"\href{javascript:x}{y}",
        r"\hspace{9999in}",
    )
    for number, text in enumerate(texts):
        yield f"inline {number}", f"Words ${text}$ words.\n"
        yield f"display {number}", f"$$\n{text}\n$$\n"


CHAPTERS = (notes, tables, citations, languages, formulas)
"""The kinds, in the order in which they are tried."""
