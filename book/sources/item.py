"""A CSL item whose values are read one by one, and the notes about those that are not understood."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache, partial

from book.dates.typed import hint, suggest
from book.language.registry import near_language
from book.language.tags import language_tag
from book.model.sources import Name, PartialDate
from book.problem import Fix, Problem, error, nearest, note, slip_of, warning
from book.project.rich_text import dropped_tags, from_csl
from book.project.validate import At
from book.sources.csl_dates import is_true, read_date, typed_date
from book.sources.csl_names import has_comma, is_family_first, part_name
from book.sources.csl_words import ALIASES, DATE_PARTS, NAME_PARTS, TYPES

EXAMPLES = "write 2015-11-27, 2015-11, 2015, 2015-11-27/2015-11-28, 2015~ (about) or 2015? (perhaps); none if undated"
_IN_WORDS = f"{EXAMPLES}; words that are no date as {{literal: …}}"
_NEAR = 0.75
"""Minimum similarity (0 to 1) of a misspelt key to a known one."""


@dataclass(slots=True)
class Unread:
    """What is not understood in a source list, each thing once."""

    found: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)
    """By kind and word: the note about the first occurrence, and their number."""

    def add(self, kind: str, word: str, tell: Callable[[], Problem]) -> None:
        """Count a word of some kind; `tell` makes the note for its first occurrence."""
        known = self.found.get((kind, word))
        self.found[kind, word] = (known[0], known[1] + 1) if known else (tell(), 1)

    def notes(self) -> Iterator[Problem]:
        """One note for each word."""
        for problem, count in self.found.values():
            yield replace(problem, message=f"{problem.message} ({count:,} times)") if count > 1 else problem


@dataclass(frozen=True, slots=True)
class Item:
    """A CSL item, or a part of one."""

    data: Mapping[str, object]
    """Its keys and values."""
    at: At
    """Finds places in it."""
    unread: Unread
    """Collects what is not understood."""
    markup: Callable[[str], str] = from_csl
    """Parses markup in its titles."""
    problems: list[Problem] = field(default_factory=list)
    """Collects problems."""
    told: set[str] = field(default_factory=set)
    """Keys whose problem has been reported."""

    def part(self, data: Mapping[str, object], *path: str | int) -> Item:
        """A mapping inside this item, as an item."""
        return Item(data, lambda steps: self.at((*path, *steps)), self.unread, self.markup, self.problems)

    def check_keys(self, known: Collection[str], shown: Sequence[str], what: str) -> None:
        """Report unknown keys: an error if one of the shown keys was probably meant, else a note."""
        for key in self.data:
            if key in known:
                continue
            meant = _meant(key, tuple(shown))
            if meant and not self.data.get(meant):
                message = f'unknown key "{key}"'
                self.problems.append(error("unknown-key", message, self.at((key,)), f'did you mean "{meant}"?'))
            else:
                self.unread.add(what, key, partial(self._unread, key, what, tuple(known)))

    def _unread(self, key: str, what: str, known: tuple[str, ...]) -> Problem:
        """The note about a key of another program, or about one that is a misspelling of a key that is not shown."""
        message = f'"{key}" is no {what} of CSL: it is kept in exports, and shown nowhere'
        meant = _meant(key, known)
        return note("unknown-key", message, self.at((key,)), meant and f'did you mean "{meant}"?')

    def text(self, key: str) -> str | None:
        """A text or a number as text; None if it is missing or empty."""
        value = self.data.get(key)
        if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
            return str("" if value is None else value).strip() or None
        if key not in self.told:
            self.told.add(key)
            self.problems.append(error("invalid-value", f'"{key}" is not a text', self.at((key,))))
        return None

    def title(self, key: str) -> str | None:
        """A text that may have markup; None if it is missing or empty."""
        text = self.text(key)
        if not text:
            return None
        if "<" in text and (dropped := dropped_tags(text)):
            names = ", ".join(f"<{name}>" for name in dropped)
            message = f'"{key}" is shown without its {names}'
            hint = "CSL knows <i>, <b>, <sup>, <sub> and <span>, each with its closing tag"
            self.problems.append(warning("unknown-markup", message, self.at((key,)), hint))
        return self.markup(text) or None

    def kind(self) -> str:
        """The CSL type; `document` if it is missing or unknown."""
        kind = self.text("type") or "document"
        if kind in TYPES:
            return kind
        hint = nearest(kind, TYPES) if len(kind) < 40 else None
        message = f'"{kind}" is no type of CSL: taken as "document"'
        if meant := slip_of(kind, TYPES):
            at = self.at(("type",))
            self.problems.append(warning("invalid-value", message, at, f'did you mean "{meant}"?'))
            return "document"
        self.unread.add("type", kind, lambda: note("invalid-value", message, self.at(("type",)), hint))
        return "document"

    def language(self) -> str | None:
        """The BCP 47 tag of the language; None if it is missing or not understood."""
        text = self.text("language")
        tag = language_tag(text) if text else None
        if text and tag is None:
            message = f'"{text}" is no one language: the title is taken to be in the language of the book'
            near = near_language(text) if len(text) < 40 else None
            hint = near and f'did you mean "{near}"?'
            hint = hint or "write a language tag (BCP 47), such as en, en-GB, zh-Hans"
            self.problems.append(warning("unknown-language", message, self.at(("language",)), hint))
        return tag

    def names(self, key: str) -> Iterator[Name]:
        """The people of a name variable."""
        value = self.data.get(key) or []
        family_first = is_family_first(self.data.get("language"))
        for place, name in enumerate(value if isinstance(value, list) else [value]):
            path = (key, place) if isinstance(value, list) else (key,)
            if isinstance(name, Mapping):
                found = self.part(name, *path)
                found.check_keys(NAME_PARTS, NAME_PARTS, "part of a name")
                if person := _name(found, family_first=family_first):
                    yield person
            else:
                hint = f"write `{key}: [{{family: …, given: …}}]` or `{key}: [{{literal: …}}]`"
                message = "a name is a family name and a given name"
                self.problems.append(error("invalid-value", message, self.at(path), hint))

    def date(self, key: str) -> PartialDate | None:
        """A date variable; None if it is missing, empty or invalid."""
        value = self.data.get(key)
        if value is None:
            return None
        for place, part in enumerate(value) if isinstance(value, list) else (("", value),):
            if isinstance(part, Mapping):
                path = (key, place) if isinstance(value, list) else (key,)
                self.part(part, *path).check_keys(DATE_PARTS, DATE_PARTS, "part of a date")
        try:
            date = read_date(value)
        except ValueError as failure:
            problem = error("invalid-date", str(failure), self.at((key,)), hint(typed_date(value), _IN_WORDS))
            self.problems.append(replace(problem, fix=_date_fix(value)))
            return None
        if date and date.literal:
            sorted_by = f"sorted by {date.edtf}" if date.edtf else "listed with the undated sources"
            message = f'"{date.literal}" is no date: it is shown as written, and {sorted_by}'
            problem = warning("literal-date", message, self.at((key,)), hint(date.literal, EXAMPLES))
            self.problems.append(replace(problem, fix=_date_fix(value)))
        return date


def _date_fix(value: object) -> Fix | None:
    """The EDTF for a date that was typed in another form, if it can mean only one."""
    text = typed_date(value)
    readings = suggest(text)
    return Fix(text, readings[0]) if len(readings) == 1 else None


def _name(name: Item, *, family_first: bool) -> Name | None:
    """One person or organisation; None if all its parts are empty.

    `family_first` is the order of a name that says nothing of it (`static-ordering`).
    """
    literal = name.text("literal")
    family, given = name.text("family"), name.text("given")
    dates = name.text("dates") or ""
    suffix, stated = name.text("suffix") or "", name.data.get("comma-suffix")
    comma = has_comma(suffix) if stated is None else is_true(stated)
    if family and suffix and not (given or literal):  # a title without a given name: `Powis, 2nd Marquess of`
        before = name.text("non-dropping-particle") or ""
        return Name(family=family, non_dropping_particle=before, suffix=suffix, comma_suffix=comma, dates=dates)
    if literal or not (family and given):
        particle = name.text("non-dropping-particle") if family and not literal else None
        single = literal or " ".join(filter(None, (particle, family or given)))
        return Name(literal=single, dates=dates) if single else None
    person = part_name(
        family,
        given,
        dropping=name.text("dropping-particle") or "",
        non_dropping=name.text("non-dropping-particle") or "",
        suffix=suffix,
        comma=comma,
        parsed="parse-names" in name.data and not is_true(name.data["parse-names"]),
    )
    ordered = name.data.get("static-ordering")
    static = family_first if ordered is None else is_true(ordered)
    return replace(person, static_ordering=static, states_ordering=ordered is not None, dates=dates)


@lru_cache(maxsize=4096)
def _meant(key: str, shown: tuple[str, ...]) -> str | None:
    """The shown key that was probably meant by an unknown one."""
    folded = key.casefold().replace("_", "-").replace(" ", "-")
    same = {name.casefold(): name for name in shown}
    if folded in same:
        return same[folded]
    if ALIASES.get(folded) in shown:
        return ALIASES[folded]
    near = get_close_matches(folded, list(same), n=1, cutoff=_NEAR)
    return same[near[0]] if near else None
