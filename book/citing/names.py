"""Names in reading order, in filing order, and shortened (CSL 1.0.2, "Name Particles", "Names")."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from book.dates.fields import find_locale
from book.language.punctuation import punctuation
from book.model.sources import Name

_FAMILY_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts in which the family name comes first, without a space: Han, Kana, Hangul."""
_ARABIC = re.compile("[\u0600-\u06ff]")
"""Characters of the Arabic script, which has a comma of its own."""
MOST = 3
"""Maximum number of names in running text; if there are more, the first and `et al.`"""


def full(name: Name) -> str:
    """A name in reading order: `Ludwig van Beethoven`, `Martin Luther King, Jr.`, `Xi Jinping`, `习近平`.

    The order of a name in Han, Kana or Hangul, and of one with `static-ordering`, is that of citeproc-js: the family
    name, then the given names, without a space if both are in such a script.
    """
    if not name.given or not (name.static_ordering or _is_family_first(name)):
        return str(name)
    if _is_family_first(name) and _FAMILY_FIRST.search(name.family) and _FAMILY_FIRST.search(name.given):
        return f"{name.surname}{name.given}"
    return " ".join(filter(None, (name.surname, name.given, name.dropping_particle, name.suffix)))


def filed(name: Name) -> str:
    """A name in filing order: `Beethoven, Ludwig van`, `King, Martin Luther, Jr.`, `Plato`.

    Particles go after the given names, which is CSL's default for `demote-non-dropping-particle`.
    """
    if name.literal or not name.given or not name.family or name.static_ordering or _is_family_first(name):
        return full(name)
    behind = " ".join(filter(None, (name.given, name.dropping_particle, name.non_dropping_particle)))
    comma = "، " if _ARABIC.search(name.family) else ", "
    return comma.join(filter(None, (name.family, behind, name.suffix)))


def _is_family_first(name: Name) -> bool:
    """Whether a name is in a script in which the family name comes first."""
    return bool(name.family and name.given and _FAMILY_FIRST.search(name.family + name.given))


def same_people(names: Iterable[Name]) -> dict[Name, Name]:
    """For each spelling of a name, the spelling of the same person that says most.

    Two spellings are of one person if they differ only in capitals or in the order that they ask for, or if one gives
    the whole name as one text. An order that an item states is preferred to one that the language of a source lets
    guess; of guesses, that of sources in other languages is.
    """
    known = list(dict.fromkeys(names))
    groups: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in known:
        if not name.literal:
            groups[_parts(name)].append(name)
    whole = {_words(text): parts for parts, group in groups.items() for text in spellings(group[0])}
    for name in known:
        if name.literal:
            words = _words(name.literal)
            groups[whole.get(words, (words,))].append(name)
    found: dict[Name, Name] = {}
    for group in groups.values():
        best = max(group, key=_says)
        found |= dict.fromkeys(group, best)
    return found


def _says(name: Name) -> tuple[bool, bool, bool, int]:
    """How much one spelling of a name says, to be compared with others."""
    return (not name.literal, name.states_ordering, name.static_ordering is name.states_ordering, len(name.dates))


def as_in_source(person: Name, source: Iterable[Name], people: Mapping[Name, Name]) -> Name:
    """A person in the order of a source that names them, unless an item states the order for all sources.

    Args:
        person: The person, as in lists.
        source: The names of the source.
        people: The people of all names (`same_people`).
    """
    own = next((name for name in source if not name.literal and people.get(name, name) == person), person)
    return person if person.states_ordering else replace(person, static_ordering=own.static_ordering)


def _parts(name: Name) -> tuple[str, ...]:
    """What identifies a person: family name, given names, suffix."""
    return (_words(name.surname), _words(f"{name.given} {name.dropping_particle}"), _words(name.suffix))


def spellings(name: Name) -> set[str]:
    """The ways in which somebody may write a whole name as one text."""
    return {full(name), str(name), f"{name.surname} {name.given}", f"{name.surname}, {name.given}"}


def _words(text: str) -> str:
    """The words of a text, ignoring case and punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def short_names(people: Sequence[Name]) -> Mapping[Name, str]:
    """The name of each of several different people for running text.

    It is the family name; if two share it, with initials, or with given names if the initials are the same too (CSL
    `disambiguate-add-givenname`, rule `by-cite`).
    """
    by_surname: dict[str, list[Name]] = defaultdict(list)
    for name in people:
        by_surname[name.surname.casefold()].append(name)
    found: dict[Name, str] = {}
    for group in by_surname.values():
        for name in group:
            initials = [_with_initials(other) for other in group if other != name]
            if len(group) == 1 and not _is_family_first(name):
                found[name] = name.surname or name.given
            elif len(group) > 1 and _with_initials(name) not in initials and not name.static_ordering:
                found[name] = _with_initials(name)
            else:
                found[name] = full(name)
    return found


def _with_initials(name: Name) -> str:
    """`A. Reed`, `J.-P. Sartre`; the whole name if it has no given names, or in a script without initials."""
    if not name.given or name.literal or _is_family_first(name):
        return full(name)
    words = (re.sub(r"\w[\w'’.]*", lambda word: f"{word[0][0]}.", part) for part in name.given.split())
    return f"{' '.join(words)} {name.surname}"


def joined(names: Sequence[str], language: str) -> str:
    """Several names as a list in the language: `Ada Reed and Jonas Pike`."""
    locale = find_locale(language)
    if len(names) < 2 or locale is None:
        return punctuation(language).comma.join(names)
    from babel.lists import format_list

    return str(format_list(names, locale=locale))


def shortened(names: Sequence[str], language: str, others: str) -> str:
    """Several names for running text; of more than three, the first with the pattern `others` (`{} et al.`)."""
    return others.format(names[0]) if len(names) > MOST else joined(names, language)


def with_years(name: Name) -> str:
    """A name for an index of names, with years of life if the source list gives them."""
    return f"{filed(name)} ({name.dates})" if name.dates else filed(name)


def merged(names: Iterable[Name], people: Mapping[Name, Name]) -> tuple[Name, ...]:
    """The people of some names, each once."""
    return tuple(dict.fromkeys(people.get(name, name) for name in names))
