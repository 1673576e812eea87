"""BibTeX with biblatex's fields, in UTF-8: `entrysubtype` says the CSL type, `eventtitle` and `venue` the occasion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from book.exports.export import Export, count_lost
from book.model.sources import RichText, Source
from book.project.rich_text import from_csl
from book.sources.bibtex_words import DATES, ENTRIES, TEXTS, TYPES, VERBATIM
from book.sources.csl_item import date_text, whole_item
from book.sources.csl_words import NAMES
from book.sources.latex import write_latex, write_rich_latex

_FIELDS: Mapping[str, str] = {
    "title": "title", "container-author": "bookauthor", "original-author": "origauthor", "shortTitle": "shorttitle",
    "event": "eventtitle", "language": "language", "issue": "number", "number": "number", "collection-number": "number",
    **{variable: name for name, variable in reversed(list(TEXTS.items()))},
    **{variable: name for table in (DATES, VERBATIM) for name, variable in table.items()},
    "note": "note", "annote": "annotation",
}  # fmt: skip
"""The field for each CSL variable that is not a field of its own name."""
_PARTS = {"family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle", "parse-names"}
_KEY = re.compile(r"[\s,{}\"#%~\\='()]+")


def write(sources: Sequence[Source]) -> Export:
    """The sources as BibTeX."""
    entries, lost = [], []
    for source in sources:
        item = whole_item(source)
        fields = {_field(name, item): written for name, value in item.items() if (written := _written(name, value))}
        fields = {name: text for name, text in fields.items() if name}
        kind = ENTRIES.get(source.type, "misc")
        fields |= _subtype(source.type, kind)
        if _uses_prefix(item):
            fields["options"] = "useprefix=true"
        key = _KEY.sub("-", source.id)
        entries.append(_entry(kind, key, fields))
        lost += [name for name, value in item.items() if value not in ([], {}) and not _written(name, value)]
        lost += sorted(set(_lost_parts(item)))
        lost += ["id"] if key != source.id else []
    return Export("\n".join(entries), count_lost(name for name in lost if name != "type"))


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """One entry."""
    width = max((len(name) for name in fields), default=0)
    lines = "".join(f"  {name:{width}} = {{{text}}},\n" for name, text in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def _field(name: str, item: Mapping[str, object]) -> str:
    """The field for a variable."""
    if name in ("id", "type"):
        return ""
    if name == "container-title":
        return "journaltitle" if str(item.get("type", "")).startswith("article") else "booktitle"
    return _FIELDS.get(name, name)


def _written(name: str, value: object) -> str:
    """A value as LaTeX; empty for one that BibTeX cannot take."""
    if name in NAMES:
        people = value if isinstance(value, list) else [value]
        return " and ".join(_name(person) for person in people if isinstance(person, Mapping))
    if name in DATES.values():
        text = date_text(value)
        return text if re.fullmatch(r"[-0-9XYESx/.~?%,\[\]{}+]+", text) else write_latex(text)
    if not isinstance(value, (str, int, float)) or (name != "type" and name not in _TAKEN):
        return ""
    text = from_csl(str(value))
    if name in VERBATIM.values():
        return str(value)
    return write_rich_latex(text.html) if isinstance(text, RichText) else write_latex(text)


_TAKEN = frozenset({"id", "container-title", *_FIELDS, *NAMES})
"""The variables that are written."""


def _name(person: Mapping[str, object]) -> str:
    """A name: `von Family, Suffix, Given`; a whole one in braces."""
    parts = {key: write_latex(str(value)) for key, value in person.items() if isinstance(value, (str, int))}
    if parts.get("literal") or not (parts.get("family") and parts.get("given")):
        return f"{{{parts.get('literal') or parts.get('family') or parts.get('given', '')}}}"
    particle = parts.get("non-dropping-particle") or parts.get("dropping-particle")
    family = parts["family"] if " " not in parts["family"] or particle else f"{{{parts['family']}}}"
    if re.match(r"[a-z]", parts["family"]) and not particle:
        family = parts["family"]
    return ", ".join(filter(None, (" ".join(filter(None, (particle, family))), parts.get("suffix"), parts["given"])))


def _uses_prefix(item: Mapping[str, object]) -> bool:
    """Whether a particle stays with its family name."""
    people = (person for name in NAMES for person in _people(item.get(name)))
    return any(person.get("non-dropping-particle") for person in people)


def _subtype(kind: str, entry: str) -> dict[str, str]:
    """The field that tells a CSL type, where the entry type alone does not."""
    if TYPES.get(entry) == kind and entry not in ("misc", "unpublished", "article"):
        return {}
    short = {"article-newspaper": "newspaper", "article-magazine": "magazine", "article-journal": ""}.get(kind, kind)
    return {"entrysubtype": short} if short and not (kind == "document" and entry == "misc") else {}


def _people(value: object) -> Iterator[Mapping[str, object]]:
    """The people of a name variable."""
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, Mapping):
            yield person


def _lost_parts(item: Mapping[str, object]) -> Iterator[str]:
    """The parts of names that BibTeX does not have."""
    for name in NAMES:
        for person in _people(item.get(name)):
            yield from (f"{key} of a name" for key in person if key not in _PARTS)
