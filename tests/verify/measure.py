"""Compares all made quotations with their speeches, and counts how many verdicts are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from book.check import check_book
from book.model.verification import Verdict
from tests.verify import audiences_and_numbers, kinds
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
    transcripts = {name: ("txt", LANGUAGES[name], text) for name, text in SPEECHES.items()}
    blocks = [_written(quotation) for quotation in QUOTATIONS]
    findings = _findings(folder, transcripts, {"all": "\n\nNext.\n\n".join(blocks)})
    for quotation, (_, verdict) in zip(QUOTATIONS, findings, strict=True):
        yield quotation.words, quotation.verdict, verdict


def of_kinds(folder: Path) -> Iterator[Outcome]:
    """Quotations of further kinds, each in a chapter of its own."""
    quotations = (*kinds.QUOTATIONS, *audiences_and_numbers.QUOTATIONS)
    chapters = {f"n{number:03}": _formed(kind) for number, kind in enumerate(quotations)}
    findings = list(_findings(folder, {**kinds.TRANSCRIPTS, **audiences_and_numbers.TRANSCRIPTS}, chapters))
    for number, kind in enumerate(quotations):
        verdicts = [verdict for chapter, verdict in findings if chapter == f"n{number:03}"]
        yield kind.words, kind.verdict, verdicts[0] if len(verdicts) == 1 else Verdict.NO_TRANSCRIPT


def _formed(kind: kinds.Kind) -> str:
    """A quotation as it stands in a chapter."""
    words = kind.words.replace("[", "\\[").replace("]", "\\]").replace("*", "\\*")
    return kind.form.format(words=words, source=kind.source)


def _findings(
    folder: Path, transcripts: Mapping[str, tuple[str, str, str | bytes]], chapters: Mapping[str, str]
) -> Iterator[tuple[str, Verdict]]:
    """The slug of the chapter and the verdict of each quotation of a book that is written into a folder."""
    items = [
        {"id": name, "type": "speech", "title": name, "issued": "1900", "language": language}
        for name, (_, language, _) in transcripts.items()
    ]
    files: dict[str, str | bytes] = {
        "book.toml": '[book]\ntitle = "Speeches"\nlanguage = "en"\n',
        "sources.yaml": yaml.safe_dump(items),
        **{f"chapters/{name}.md": f"---\ntitle: {name}\n---\n\n{text}\n" for name, text in chapters.items()},
        **{f"transcripts/{name}.{suffix}": text for name, (suffix, _, text) in transcripts.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    manuscript = check_book(folder).value
    if manuscript is None:
        raise AssertionError("the book of the quotations cannot be read")
    for finding in manuscript.verification.findings:
        yield finding.quoted.anchor.partition("#")[0], finding.verdict


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
