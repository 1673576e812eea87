"""Turns CSL items, from any file format, into Sources.

Source lists come from other programs: an error in an item stops the build only if the item is cited, and what this
program does not understand is a note, once for each key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from book.model.sources import Source
from book.problem import Checked, Problem, error, warning
from book.project.rich_text import from_csl
from book.project.validate import At
from book.sources.csl_note import with_note_variables
from book.sources.csl_words import NAMES, OWN_KEYS, SHOWN, VARIABLES
from book.sources.item import Item, Unread

_VARIABLES = frozenset(VARIABLES)
_ROLES = {name: place for place, name in enumerate(NAMES) if name != "author"}


def read_items(data: object, at: At, markup: Callable[[str], str] = from_csl) -> Checked[tuple[Source, ...]]:
    """The sources of a list of CSL items, or of a mapping that has one under `references`.

    `at` gives the place of a key path such as `(3, "issued")`, `markup` reads what may stand in titles. An item with
    an id becomes a source, with its own problems in it: `unknown-key`, `missing-key`, `invalid-value`,
    `invalid-date`, `literal-date`, `unknown-language`, `unknown-markup`. Those of the list are an `invalid-value`
    where it is none, a warning for each item without an id, and notes.
    """
    path: tuple[str | int, ...] = ()
    if isinstance(data, Mapping) and "references" in data:
        data, path = data["references"], ("references",)
    if data in ("", None):
        return Checked(())
    if not isinstance(data, list):
        hint = "begin each source with `- id: …`, or put them in brackets"
        if isinstance(data, Mapping) and any(isinstance(one, Mapping) and "parent" in one for one in data.values()):
            hint = "this looks like Hayagriva's format, which is not read: export CSL-YAML, CSL-JSON or BibTeX instead"
        return Checked((), (error("invalid-value", "expected a list of sources", at(path), hint),))
    unread = Unread()
    problems: list[Problem] = []
    sources = []
    for place, item in enumerate(data):
        below = _below(at, *path, place)
        if not isinstance(item, Mapping):
            problems.append(warning("invalid-value", "a source is a list of keys and values", below(())))
        elif source := _read_item(item, Item(with_note_variables(item), below, unread, markup)):
            sources.append(source)
        else:
            hint = "add `id`: citations need it"
            problems.append(warning("missing-key", "the source has no id", below(()), hint))
    return Checked(tuple(sources), (*problems, *unread.notes()))


def _below(at: At, *path: str | int) -> At:
    """A function that finds places relative to a path."""
    return lambda steps: at((*path, *steps))


def _read_item(data: Mapping[str, object], item: Item) -> Source | None:
    """Read one source; None if it has no id."""
    identifier, citation_key = item.text("id"), item.text("citation-key")
    key = citation_key or identifier
    if key is None:
        return None
    item.check_keys(_VARIABLES, (*SHOWN, *OWN_KEYS), "variable")
    event_date, issued = item.date("event-date"), item.date("issued")
    return Source(
        id=key,
        type=item.kind(),
        title=_title(item, key),
        at=item.at(()),
        date=event_date or issued,
        short_title=item.title("title-short") or item.title("shortTitle"),
        authors=tuple(item.names("author")),
        event=item.title("event-title") or item.title("event"),
        place=item.text("event-place") or item.text("publisher-place"),
        url=item.text("URL"),
        language=item.language(),
        container=item.title("container-title"),
        publisher=item.text("publisher"),
        original_date=item.date("original-date"),
        roles=tuple((role, names) for role in _roles(item.data) if (names := tuple(item.names(role)))),
        aliases=(identifier,) if identifier and identifier != key else (),
        problems=tuple(item.problems),
        transcript=item.text("transcript"),
        item=data,
    )


def _roles(data: Mapping[str, object]) -> list[str]:
    """The name variables of an item beside `author`, in CSL's order."""
    return sorted(_ROLES.keys() & data.keys(), key=_ROLES.__getitem__)


def _title(item: Item, key: str) -> str:
    """The title; without one, another text that can stand for it."""
    for name in ("title", "event-title", "event", "title-short", "shortTitle", "container-title", "genre"):
        if title := item.title(name):
            return title
    message = f'the source "{key}" has no title'
    item.problems.append(error("missing-key", message, item.at(()), "add `title`, or `event-title`"))
    return key
