"""CSL items, from whatever file → Sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from book.dates import edtf
from book.model.sources import Name, PartialDate, Source
from book.problem import Checked, Problem, error
from book.project.validate import At, check_keys, suggestion
from book.sources.csl_words import DATE_PARTS, NAME_PARTS, NAMES, TYPES, VARIABLES

EXAMPLES = "write 2015-11-27, 2015-11, 2015, 2015-11-27/2015-11-28, 2015~ (about) or 2015? (perhaps); none if undated"


def read_items(data: object, at: At) -> Checked[tuple[Source, ...]]:
    """The sources of a list of CSL items, or of a mapping that has one under `references`.

    `at` gives the place of a key path such as `(3, "issued")`. Problems: `unknown-key`,
    `missing-key`, `invalid-value`, `invalid-date`. An item with an id becomes a source even so.
    """
    path: tuple[str | int, ...] = ()
    if isinstance(data, Mapping) and "references" in data:
        data, path = data["references"], ("references",)
    if data in ("", None):
        return Checked(())
    if not isinstance(data, list):
        hint = "begin each source with `- id: …`, or put them in brackets"
        return Checked((), (error("invalid-value", "expected a list of sources", at(path), hint),))
    problems: list[Problem] = []
    sources = [_read_item(item, _below(at, *path, place), problems) for place, item in enumerate(data)]
    return Checked(tuple(source for source in sources if source is not None), tuple(problems))


def _below(at: At, *path: str | int) -> At:
    """Places of what is below a path."""
    return lambda steps: at((*path, *steps))


def _read_item(data: object, at: At, problems: list[Problem]) -> Source | None:
    """One source; None where there is no id to cite it by."""
    if not isinstance(data, Mapping):
        problems.append(error("invalid-value", "a source is a list of keys and values", at(())))
        return None
    item = _Item(data, at, problems)
    problems.extend(check_keys(data, VARIABLES, at))
    key = item.text("id")
    title = item.text("title") or item.text("event-title")
    if key is None:
        problems.append(error("missing-key", "the source has no id", at(()), "add `id`: citations need it"))
    if title is None:
        named = f'the source "{key}"' if key else "the source"
        problems.append(error("missing-key", f"{named} has no title", at(()), "add `title`, or `event-title`"))
    event_date, issued = item.date("event-date"), item.date("issued")
    source = Source(
        id=key or "",
        type=item.kind(),
        title=title or key or "",
        at=at(()),
        date=event_date or issued,
        short_title=item.text("title-short") or item.text("shortTitle"),
        authors=tuple(item.names("author")),
        event=item.text("event-title") or item.text("event"),
        container=item.text("container-title"),
        publisher=item.text("publisher"),
        original_date=item.date("original-date"),
        roles=tuple((role, names) for role in NAMES[1:] if (names := tuple(item.names(role)))),
        place=item.text("event-place") or item.text("publisher-place"),
        url=item.text("URL"),
        language=item.text("language"),
        item=dict(data),
    )
    return source if key else None


@dataclass(frozen=True, slots=True)
class _Item:
    """A CSL item, or a part of one, whose values are asked for one by one."""

    data: Mapping[str, object]
    """Its keys and values."""
    at: At
    """Places in it."""
    problems: list[Problem]
    """Where problems go."""
    told: set[str] = field(default_factory=set)
    """Keys whose problem was told already."""

    def text(self, key: str) -> str | None:
        """A text or a number as text; None if it is absent or empty."""
        value = self.data.get(key)
        if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
            return str("" if value is None else value).strip() or None
        if key not in self.told:
            self.told.add(key)
            self.problems.append(error("invalid-value", f'"{key}" is not a text', self.at((key,))))
        return None

    def says(self, key: str) -> bool:
        """Whether a value is true, in whatever way that is written."""
        return str(self.data.get(key) or "").lower() not in ("", "0", "false", "no")

    def kind(self) -> str:
        """The CSL type; `document` if it is absent."""
        kind = self.text("type") or "document"
        if kind not in TYPES:
            hint = suggestion(kind, TYPES) if len(kind) < 40 else None
            self.problems.append(error("invalid-value", f'"{kind}" is not a CSL type', self.at(("type",)), hint))
        return kind

    def names(self, key: str) -> Iterator[Name]:
        """The people of a name variable."""
        value = self.data.get(key) or []
        for place, name in enumerate(value if isinstance(value, list) else [value]):
            at = _below(self.at, key, *((place,) if isinstance(value, list) else ()))
            if isinstance(name, Mapping):
                self.problems.extend(check_keys(name, NAME_PARTS, at))
                yield _name(_Item(name, at, self.problems))
            else:
                hint = f"write `{key}: [{{family: …, given: …}}]` or `{key}: [{{literal: …}}]`"
                self.problems.append(error("invalid-value", "a name is a family name and a given name", at(()), hint))

    def date(self, key: str) -> PartialDate | None:
        """A date variable; None if it is absent, empty or wrong."""
        value = self.data.get(key)
        if isinstance(value, Mapping):
            self.problems.extend(check_keys(value, DATE_PARTS, _below(self.at, key)))
        try:
            return read_date(value)
        except ValueError as failure:
            self.problems.append(error("invalid-date", str(failure), self.at((key,)), EXAMPLES))
            return None


def _name(name: _Item) -> Name:
    """One person or body, with particles and suffix where they are read."""
    literal = name.text("literal")
    family, given = name.text("family"), name.text("given")
    dates = name.text("dates") or ""
    if literal or not family:
        return Name(literal=literal or given or "", dates=dates)
    return Name(
        family=family,
        given=given or "",
        dropping_particle=name.text("dropping-particle") or "",
        non_dropping_particle=name.text("non-dropping-particle") or "",
        suffix=name.text("suffix") or "",
        comma_suffix=name.says("comma-suffix"),
        static_ordering=name.says("static-ordering"),
        dates=dates,
    )


def read_date(value: object) -> PartialDate | None:
    """A CSL date: an EDTF text, a mapping with `date-parts` and the like, or a list of such; None if empty.

    Raises `ValueError` with a readable reason.
    """
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return edtf.parse(str(value)) if str(value).strip() else None
    if isinstance(value, list) and all(isinstance(part, Mapping) for part in value):
        parts = [[part.get(key) for key in ("year", "month", "day") if part.get(key)] for part in value]
        return edtf.from_date_parts(parts) if any(parts) else None
    if isinstance(value, Mapping):
        return _structured(value)
    if value:
        raise ValueError("the date is neither a text nor has `date-parts`")
    return None


def _structured(value: Mapping[str, object]) -> PartialDate | None:
    """A CSL date with keys; raises `ValueError`."""
    circa = str(value.get("circa") or "").lower() not in ("", "0", "false", "no")
    parts = value.get("date-parts") or [[value[key] for key in ("year", "month", "day") if value.get(key)]]
    if not isinstance(parts, list) or not all(isinstance(end, list) for end in parts):
        raise ValueError("`date-parts` is not a list of lists, as in [[2015, 11, 27]]")
    if any(part not in (None, "") for end in parts for part in end):
        return edtf.from_date_parts(parts, value.get("season"), circa=circa)
    text = next((str(value[key]).strip() for key in ("edtf", "raw", "literal") if value.get(key)), "")
    return edtf.parse(text + "~" if circa and text[-1].isalnum() and "/" not in text else text) if text else None
