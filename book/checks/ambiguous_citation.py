"""Every cited source must be distinguishable by what the editions show of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from book.citing.cited import Cited, cited_sources
from book.citing.names import full
from book.model.manuscript import Manuscript
from book.problem import Problem, stops, warning

WHERE: Mapping[str, str] = {"attribution": "in attributions and in the index", "citation": "in running text"}
"""The forms in which a source is shown, and where an edition has each."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `ambiguous-citation` for each source that is shown in the same words as an earlier one.

    Sources with errors are left out, because it is not known yet what will be shown of them.
    """
    readable = [cited for cited in cited_sources(manuscript) if not stops(cited.source.problems)]
    told: set[frozenset[str]] = set()
    for form, where in WHERE.items():
        alike: dict[tuple[str, ...], list[Cited]] = defaultdict(list)
        for cited in readable:
            alike[tuple(map(str, getattr(cited.description, form)))].append(cited)
        for words, group in alike.items():
            for second in group[1:]:
                pair = frozenset((group[0].source.id, second.source.id))
                if pair not in told:
                    told.add(pair)
                    yield _ambiguous(group[0], second, f'{where} as "{", ".join(words)}"', manuscript)


def _ambiguous(first: Cited, second: Cited, shown: str, manuscript: Manuscript) -> Problem:
    """The problem of two sources that are shown alike, with what would tell them apart."""
    message = f'the sources "{first.source.id}" and "{second.source.id}" are both shown {shown}'
    differences = list(_differences(first, second, manuscript))
    hint = "; or ".join(differences) or (
        "nothing that a reader sees tells them apart: give one another `title-short`, `event-title` or `event-place`, "
        "a more exact date, or cite only one of them"
    )
    return warning("ambiguous-citation", message, second.source.at, hint)


def _differences(first: Cited, second: Cited, manuscript: Manuscript) -> Iterator[str]:
    """What the sources differ in that could be shown, and how to have it shown."""
    one, other = first.source, second.source
    names = [", ".join(map(full, cited.description.names)) for cited in (first, second)]
    if names[0] != names[1] and not manuscript.descriptions.named:
        yield f'they differ in who spoke ({names[0]}; {names[1]}): write speakers = "always" in [book]'
    short = first.description.short_title == second.description.short_title
    for what, key, values in (
        ("title", "title-short", (one.title, other.title)),
        ("event", "title-short", (one.event, other.event)),
        ("place", "title-short", (one.place, other.place)),
        ("container", "title-short", (one.container, other.container)),
    ):
        if short and values[0] != values[1]:
            said = "; ".join(f"“{value}”" if value else "none" for value in values)
            yield f"they differ in {what} ({said}): give each a `{key}` that says it"
            return
