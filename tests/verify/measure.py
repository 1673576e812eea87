"""Compares all made quotations with their speeches, and counts how many verdicts are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from book.check import check_book
from book.model.verification import Verdict
from tests.verify.speeches import LANGUAGES, QUOTATIONS, SPEECHES, Quotation
from tests.verify.test_compare import CASES, verdict_on

Outcome = tuple[str, Verdict, Verdict]
"""A quotation, the verdict that it deserves, and the one that it gets."""


def of_sentences() -> Iterator[Outcome]:
    """Quotations made from single speeches by rules, compared with these directly."""
    for case in CASES:
        expected = Verdict.EXACT if case.quotation.startswith("… the men") else case.verdict
        yield case.quotation, expected or Verdict.NOT_FOUND, verdict_on(case) or Verdict.NOT_FOUND


def of_a_book(folder: Path) -> Iterator[Outcome]:
    """Quotations chosen by hand, in a book with four transcripts that is written into a folder and checked."""
    items = [
        {"id": name, "type": "speech", "title": name, "issued": name[-4:], "language": LANGUAGES[name]}
        for name in SPEECHES
    ]
    files = {
        "book.toml": '[book]\ntitle = "Speeches"\nlanguage = "en"\n',
        "sources.yaml": yaml.safe_dump(items),
        "chapters/01-all.md": "---\ntitle: All\n---\n\n" + "\n\nNext.\n\n".join(map(_written, QUOTATIONS)) + "\n",
        **{f"transcripts/{name}.txt": text for name, text in SPEECHES.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    manuscript = check_book(folder).value
    if manuscript is None:
        raise AssertionError("the book of the quotations cannot be read")
    for quotation, finding in zip(QUOTATIONS, manuscript.verification.findings, strict=True):
        yield quotation.words, quotation.verdict, finding.verdict


def _written(quotation: Quotation) -> str:
    """A quotation as a block with its attribution."""
    words = quotation.words.replace("[", "\\[").replace("]", "\\]").replace("\n", "\n> ")
    return f"> {words}\n>\n> — [@{quotation.source}]"


def table(outcomes: Iterable[Outcome]) -> str:
    """Precision and recall of each verdict, and what went wrong."""
    found = list(outcomes)
    deserved, given = Counter(one[1] for one in found), Counter(one[2] for one in found)
    right = Counter(one[1] for one in found if one[1] is one[2])
    lines = [f"{'verdict':24} {'cases':>5} {'precision':>9} {'recall':>7}"]
    for verdict in Verdict:
        if deserved[verdict] or given[verdict]:
            precision = right[verdict] / given[verdict] if given[verdict] else 0
            recall = right[verdict] / deserved[verdict] if deserved[verdict] else 0
            lines.append(f"{verdict:24} {deserved[verdict]:5} {precision:9.3f} {recall:7.3f}")
    lines.append(f"{'all':24} {len(found):5} {right.total():5} right")
    lines += [f'  {one[1]} was called {one[2]}: "{one[0][:80]}"' for one in found if one[1] is not one[2]]
    return "\n".join(lines)
