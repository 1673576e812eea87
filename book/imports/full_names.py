"""Finds the people whom a document names in full, and puts their full names where it has the family name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from book.imports.document import Block, Kind
from book.imports.frames import MEETING, SAID
from book.imports.language import language_of
from book.imports.people import CAPITALISED, NO_NAME, OFFICE, PARTICLE, UPPER, without_offices
from book.verify.quoted import quoted_spans

FULL_NAME = rf"{CAPITALISED}(?<=\w)(?:\s+(?:{PARTICLE}\s+)*{CAPITALISED}(?!\w)){{1,3}}"
"""A given name and a family name, as a regular expression."""
_FULL_NAME = re.compile(rf"(?<![\w'\u2019.-]){FULL_NAME}")
_KINDS = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.QUOTATION, Kind.NOTE, Kind.BYLINE})
_ALONE = re.compile(
    rf"(?<![\w'\u2019.-])(?P<before>[{UPPER}][\w'\u2019-]+)(?=,?\s+(?:{SAID.pattern}))|"
    rf"(?:{SAID.pattern.replace('?P<verb>', '?:')})\s+(?P<behind>[{UPPER}][\w'\u2019-]+)(?!\w)"
    rf"(?!\s+(?:{PARTICLE}\s+)*[{UPPER}])"
)
"""One word with a capital letter directly before or behind a verb of saying."""
_PARTICLES = re.compile(rf"(?<!\w)(?:{PARTICLE}\s+)+$")
_NEAR = 60
"""Characters before a name in which the words that belong to it are looked for."""
_NAMED_BEFORE = re.compile(rf"(?P<word>[{UPPER}][\w.'\u2019-]*)\s+(?:{PARTICLE}\s+)*$")
_NOUN = re.compile(
    rf"(?<!\w)(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?|[Kk]eine?[mnrs]?|[Zz]um|[Zz]ur|[IiAa]m|[Vv]om|[Bb]eim)\s+([{UPPER}]\w+)"
)
"""A German noun behind an article."""
_OFFICE = re.compile(OFFICE, re.IGNORECASE)


def people_of(blocks: Iterable[Block], title: str | None) -> Mapping[str, str]:
    """The full names of the people that some blocks name, by given and family names that one of them alone has.

    A word that the text writes with a small letter too, or a German noun with an article, is no name. A German noun
    before a name may be what somebody is (`Fischhändlerin Berta Klose`): two words are taken there.
    """
    texts = [title or "", *(block.text for block in blocks if block.kind in _KINDS)]
    german = language_of(" ".join(texts)[:5000]) == "de"
    words = set(re.findall(r"[^\W\d_]+", " ".join(texts)))
    nouns = set(_NOUN.findall(" ".join(texts))) if german else set()
    found: dict[str, set[str]] = {}
    for text in texts:
        for match in _FULL_NAME.finditer(text):
            name = _person(match[0], german=german)
            ends = {name.split()[0], name.rsplit(maxsplit=1)[-1]} if name else set()
            if not ends & nouns and not any(one.lower() in words for one in ends):
                for word in ends:
                    found.setdefault(word, set()).add(name)
    return {word: min(names, key=len) for word, names in found.items() if _one(names)}


def _person(text: str, *, german: bool) -> str:
    """A full name without offices and words that begin sentences; empty if it is none."""
    name = without_offices(text)
    while NO_NAME.match(name):
        name = name.partition(" ")[2]
    words = name.split()
    if german and len(words) > 2 and not re.fullmatch(PARTICLE, words[-2]):
        name = " ".join(words[-2:])
    return name if len(words) > 1 and not MEETING.search(name) else ""


def _one(names: set[str]) -> bool:
    """Whether names are of one person: each is the shortest of them, with or without more given names."""
    first = min(names, key=len).split()
    return all(name.split()[-1] == first[-1] and set(first) <= set(name.split()) for name in names)


def first_person(text: str, people: Mapping[str, str]) -> str | None:
    """The first of some people whom a text names, by a full name or a part of it."""
    words = re.findall(rf"(?<![\w'\u2019.-])[{UPPER}][\w'\u2019-]+", text)
    return next((people[word] for word in (one.removesuffix("\u2019s") for one in words) if word in people), None)


def is_relative(text: str, name: str) -> bool:
    """Whether a text may mean somebody else of a family: `Mrs. Flint`, `the widow Flint`, `young Flint`."""
    return bool(re.search(rf"(?<!\w){_RELATIVE}\.?\s+{re.escape(name)}(?!\w)", text, re.IGNORECASE))


_RELATIVE = (
    r"(?:mrs|ms|miss|lady|dame|widow|wife|son|daughter|brother|sister|father|mother|uncle|aunt|cousin|young|old|"
    r"mme|mlle|madame|mademoiselle|veuve|femme|\u00e9pouse|fils|fille|fr\u00e8re|s\u0153ur|p\u00e8re|m\u00e8re|"
    r"frau|fr\u00e4ulein|frl|witwe|gattin|sohn|tochter|bruder|schwester|vater|mutter|junge|alte|"
    r"se\u00f1ora|se\u00f1orita|viuda|hijo|hija|hermano|hermana|signora|vedova|figlio|figlia|fratello|sorella)"
)


def with_full_names(text: str, people: Mapping[str, str]) -> str:
    """A sentence with full names in place of single ones that stand beside a verb of saying outside quotations."""
    spans = list(quoted_spans(text))
    for match in reversed(list(_ALONE.finditer(text)) if people else []):
        begin, end = match.span("before" if match["before"] else "behind")
        name = people.get(text[begin:end])
        if name and (particles := _PARTICLES.search(text[max(0, begin - _NEAR) : begin])) is not None:
            begin -= len(particles[0])
            name = name if name.endswith(f" {text[begin:end]}") else None
        before = _NAMED_BEFORE.search(text[max(0, begin - _NEAR) : begin])
        if (
            name is None
            or is_relative(text[max(0, begin - _NEAR) : end], text[begin:end])
            or (before and not _OFFICE.fullmatch(before["word"]))
        ):
            continue
        if not any(one <= begin < other for one, other in spans):
            text = f"{text[:begin]}{name}{text[end:]}"
    return text
