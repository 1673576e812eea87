"""Writes the report of an import: every decision with its evidence, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from book.imports.decisions import Decision, Subject, unit

_MOST = 2000
"""Maximum length in characters of what the data of the report quote of the original."""
_EVIDENCE = 200
"""Maximum length in characters of a quotation of the original in the report."""


def as_markdown(decisions: Sequence[Decision], summary: str) -> str:
    """The report as Markdown: what to look at first, then everything by subject and line."""
    lines = ["# Import report", "", summary, ""]
    doubtful = [decision for decision in decisions if decision.asked]
    if doubtful:
        lines += ["## To be decided by a person", ""]
        lines += [f"- {_place(one)}: {one.asked}" + _evidence(one) for one in doubtful]
        lines.append("")
    order = list(Subject)
    ordered = sorted(decisions, key=lambda one: (order.index(one.subject), one.path, one.line))
    for subject, group in groupby(ordered, key=lambda one: one.subject):
        lines += [f"## {str(subject)[:1].upper()}{str(subject)[1:]}", ""]
        lines += [f"- {_place(one)} ({one.score:.0%}): {one.what}" + _evidence(one) for one in group]
        lines.append("")
    return "\n".join(lines)


def _place(decision: Decision) -> str:
    """Where in the originals."""
    return f"`{decision.path}`, {unit(decision.path)} {decision.line}"


def _evidence(decision: Decision) -> str:
    """The words that a decision rests on, as a quotation below it."""
    words = " ".join(decision.evidence[:_MOST].split())
    if not words:
        return ""
    shown = words if len(words) <= _EVIDENCE else words[:_EVIDENCE].rsplit(" ", 1)[0] + " …"
    return f"\n  > {shown}"


def as_json(decisions: Sequence[Decision]) -> str:
    """The report as data."""
    records = [
        {
            "subject": str(one.subject),
            "what": one.what,
            "path": one.path,
            unit(one.path): one.line,
            "evidence": one.evidence[:_MOST],
            "score": round(one.score, 2),
            "question": one.question,
        }
        for one in decisions
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
