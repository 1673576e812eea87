"""Parses YAML with all scalars as text, and finds where each key and item is in the file.

Dates, booleans and numbers stay as written: `no` is a word, and `2015-11` a date that other modules interpret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import yaml

from book.problem import Checked, Problem, Span, error, warning
from book.project.characters import in_data, unreadable
from book.project.syntax_hints import yaml_hint

Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PROSE = frozenset({
    "abstract", "author", "collection-title", "container-title", "editor", "event", "event-place", "event-title",
    "family", "genre", "given", "literal", "note", "publisher", "publisher-place", "questions", "short-title",
    "subtitle", "summary", "title", "title-short",
})  # fmt: skip
"""Keys whose values are words, of front matter and of sources."""
_LOST = re.compile(r" (#(?:.*[^ \t])?)[ \t]*$")
DEPTH = 50
"""Maximum nesting depth of collections: more than any source list needs, less than overflows the stack."""


Part = tuple[yaml.Node, yaml.Node]
"""Where a part of a collection begins (its key, or a list's item itself), and the part."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed YAML document."""

    data: object
    """Dictionaries, lists and text; `""` for null and for an empty document."""
    root: yaml.Node | None
    """The root node with its marks; None for an empty document."""
    path: str
    """The file, relative to the project's folder."""
    first_line: int
    """The line of the file on which the text begins, 1-based."""
    _parts: dict[int, Mapping[str | int, Part]] = field(default_factory=dict, compare=False, repr=False)
    """The parts of collections that were asked for, by the collection's `id`."""

    def at(self, path: Sequence[str | int]) -> Span:
        """The place of a key or a list item: `("questions", 0)`; `()` is the document.

        If the path does not exist, the place of its longest part that does.
        """
        mark = self.root.start_mark if self.root else None
        node = self.root
        for step in path:
            if id(node) not in self._parts:
                self._parts[id(node)] = _parts_of(node)
            if step not in self._parts[id(node)]:
                break
            place, node = self._parts[id(node)][step]
            mark = place.start_mark
        return _span(mark, self.path, self.first_line)


def parse(text: str, path: str, first_line: int = 1) -> Checked[YamlDocument | None]:
    """Parse `text`, which begins on the given line (1-based) of the file at `path`.

    Returns:
        The document; None with a problem `malformed-yaml` (also for aliases, which are not needed here and can be made
        to grow without limit). With `duplicate-key`, the last value counts.
    """
    try:
        _check_safe(text)
        root: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        lines = text.split("\n")
        line = lines[mark.line] if mark and mark.line < len(lines) else ""
        problem = error("malformed-yaml", _reason(failure), _span(mark, path, first_line))
        return Checked(None, (replace(problem, hint=yaml_hint(line, _reason(failure))),))
    except yaml.reader.ReaderError:
        return Checked(None, (_unprintable(text, path, first_line),))
    problems: list[Problem] = []
    data = "" if root is None else _build(root, problems, path, first_line)
    if any(problem.code == "malformed-yaml" for problem in problems):
        return Checked(None, tuple(problems))
    document = YamlDocument(data, root, path, first_line)
    unknown = [unreadable(character, document.at(place)) for place, character in in_data(data)]
    if unknown:
        return Checked(None, tuple(unknown))
    return Checked(document, (*problems, *_comments(root, text, path, first_line)))


def _check_safe(text: str) -> None:
    """Raise a `MarkedYAMLError` for what could exhaust memory or stack: deep nesting, and aliases."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refusal("aliases are not supported", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            raise _refusal(f"nested more than {DEPTH} deep", event)


def _refusal(reason: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    """An error of our own in the form of the parser's."""
    return yaml.MarkedYAMLError(problem=reason, problem_mark=cast("yaml.Mark", event.start_mark))


def _build(node: yaml.Node, problems: list[Problem], path: str, first_line: int) -> object:
    """The plain data of a node; faults are added to `problems`."""
    if isinstance(node, yaml.ScalarNode):
        return "" if not node.style and node.value in ("~", "null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, problems, path, first_line) for item in node.value]
    mapping: dict[str, object] = {}
    for key, value in node.value:
        at = _span(key.start_mark, path, first_line)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(error("malformed-yaml", "a key must be text", at))
            continue
        if key.value in mapping:
            problems.append(error("duplicate-key", f'the key "{key.value}" stands here a second time', at))
        mapping[key.value] = _build(value, problems, path, first_line)
    return mapping


def _comments(root: yaml.Node | None, text: str, path: str, first_line: int) -> Iterator[Problem]:
    """A `yaml-comment` where what follows a text looks like a part of it: `title: Speech # 5` is the title "Speech".

    A comment of one's own stands two spaces away.
    """
    if " #" not in text or root is None:
        return
    lines = text.split("\n")
    nodes: list[tuple[str, yaml.Node]] = [("", root)]
    while nodes:
        name, node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += [(key.value, value) for key, value in reversed(node.value) if isinstance(key, yaml.ScalarNode)]
        elif isinstance(node, yaml.SequenceNode):
            nodes += [(name, item) for item in reversed(node.value)]
        elif isinstance(node, yaml.ScalarNode) and not node.style and name in _PROSE and node.end_mark:
            end = node.end_mark
            lost = _LOST.match(lines[end.line], end.column) if end.line < len(lines) else None
            if lost:
                at = Span(path, end.line + first_line, lost.start(1) + 1)
                message = f'"{lost[1]}" is a comment in YAML, and no part of "{name}"'
                hint = f'put the whole in quotation marks: {name}: "{node.value} {lost[1]}"'
                yield warning("yaml-comment", message, at, hint)


def _parts_of(node: yaml.Node | None) -> Mapping[str | int, Part]:
    """The parts of a collection, none for other nodes. The last of equal keys counts."""
    if isinstance(node, yaml.SequenceNode):
        return {number: (item, item) for number, item in enumerate(node.value)}
    if isinstance(node, yaml.MappingNode):
        return {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    return {}


def _span(mark: yaml.Mark | None, path: str, first_line: int) -> Span:
    """The place of a parser's mark, whose numbers are 0-based."""
    return Span(path, mark.line + first_line, mark.column + 1) if mark else Span(path, first_line)


def _reason(failure: yaml.MarkedYAMLError) -> str:
    """The parser's message as one sentence."""
    return ", ".join(part for part in (failure.context, failure.problem) if part) or "not YAML"


def _unprintable(text: str, path: str, first_line: int) -> Problem:
    """The problem of a character that YAML does not allow (YAML 1.2, production 1)."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    at = Span(path, first_line + before.count("\n"), len(before) - before.rfind("\n"))
    name = f"U+{ord(found[0]):04X}" if found else "a character"
    return error("malformed-yaml", f"{name} may not stand in YAML", at)
