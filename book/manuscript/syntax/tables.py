"""Tables: column alignment as classes (HTML has no attribute for it), scopes of header cells, captions.

A caption is a paragraph directly before or after the table that begins with `Table:` or a colon, as in Pandoc. The
class `row-heads` makes the first cell of each row its heading.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.draft import Draft, plain_text, take
from book.manuscript.syntax.attributes import take_from_end
from book.manuscript.syntax.lines import MARGIN, outside_code
from book.manuscript.tree import Tree
from book.problem import error, slip_of, warning

_RULE = re.compile(rf"({MARGIN})(?=[^\n]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LONE_RULE = re.compile(rf"({MARGIN})\|[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_MARGIN = re.compile(f"^{MARGIN}")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_NARROW = 40
"""Characters in the longest row of a table that is likely to be narrower than its caption."""
_SPACED = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+\|", re.MULTILINE)
_LONE_CELL = re.compile(r"[ \t>]*\|[ \t]*(\*\*|__|\*|_)[^|]+\1[ \t]*\|?[ \t]*")
"""A row whose only cell is emphasised, as it stands above a group of rows."""
_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]
_WORDS = frozenset(
    {"tab", "tabel", "tabela", "tabell", "tabella", "tabelle", "tabla", "tableau", "таблица", "taulukko"}
)
"""The word for a table in other languages, and its short form."""
_CALLED = re.compile(r"(\w{3,8})([.:])[ \t]+\S")
"""How a paragraph begins that may be meant as a caption."""
_CAPTION = re.compile(r"(?:Table)?:[ \t]+", re.IGNORECASE)

_LONE_CAPTION = re.compile(r"Table:[ \t]+\S")
"""How a caption begins that is surely meant as one."""


def rules(md: MarkdownIt) -> None:
    """Register the rules for GitHub's tables, and kramdown's, whose delimiter row may have single dashes."""
    md.enable("table")
    md.core.ruler.before("block", "table_rows", _prepare)
    md.core.ruler.before("block_attributes", "captions", _find_captions)
    md.core.ruler.before("captions", "short_rows", _report_short)


def _prepare(state: StateCore) -> None:
    """Rewrite rows in GitHub's form: bars in code are escaped, delimiter rows have as many columns as their header."""
    if "|-" not in state.src and "-|" not in state.src and not _SPACED.search(state.src):
        return
    lines = state.src.split("\n")
    row_before, columns = -2, 0
    for number, line in outside_code(lines, held=True):
        rule = _RULE.fullmatch(line) if row_before == number - 1 and not columns else None
        if rule:
            lines[number - 1] = _CODE.sub(_escape_bars, lines[number - 1])
            columns = _count(lines[number - 1])
            if _LONE_RULE.fullmatch(line) and columns > 1 and _MARGIN.sub("", lines[number - 1]).startswith("|"):
                lines[number] = rule[1] + "|-" * columns + "|"
        elif columns and line.strip(" \t>"):
            lines[number] = _CODE.sub(_escape_bars, line)
            _compare(state, number, _count(lines[number]), columns)
        else:
            columns = 0
        row_before = number if "|" in line else -2
    state.src = "\n".join(lines)


def _escape_bars(code: re.Match[str]) -> str:
    """Code in which bars are escaped, so that they do not separate cells."""
    return _BAR.sub(r"\\|", code[0])


def _count(row: str) -> int:
    """The number of cells in a row."""
    bare = _MARGIN.sub("", row, count=1).strip(" \t>")
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return len(_BAR.findall(bare)) + 1


def _compare(state: StateCore, number: int, cells: int, columns: int) -> None:
    """Report a row with more cells than columns, and note down one with fewer."""
    tree: Tree | None = state.env.get("tree")
    if tree is not None and cells > columns:
        message = f"this row has {cells} cells, but its table {columns} columns"
        hint = r"give the head as many; a bar that is meant is written \|"
        tree.report(error("extra-cells", message, tree.places.span(number, 1), hint))
    elif cells < columns:
        state.env.setdefault("short_rows", {})[number] = (cells, columns)


def _report_short(state: StateCore) -> None:
    """Report rows with fewer cells than columns, unless they are one emphasised cell: a heading of rows."""
    tree: Tree | None = state.env.get("tree")
    short: dict[int, tuple[int, int]] = state.env.get("short_rows", {})
    for token in state.tokens if tree is not None and short else ():
        number = token.map[0] if token.type == "tr_open" and token.map else -1
        if tree is None or number not in short or _LONE_CELL.fullmatch(tree.places.lines[number]):
            continue
        cells, columns = short[number]
        message = f"this row has {cells} {'cell' if cells == 1 else 'cells'}, but its table {columns} columns"
        hint = "write a bar for each cell, also for an empty one"
        if "|" not in tree.places.lines[number]:
            message, hint = "this line is read as a row of the table above it", "an empty line ends a table"
        tree.report(warning("missing-cells", message, tree.places.span(number, 1), hint))


def _find_captions(state: StateCore) -> None:
    """Move captions into their tables."""
    tokens = state.tokens
    if not any(token.type == "table_open" for token in tokens):
        _report_lone(state)
        return
    taken: set[int] = set()
    captions: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            end = next(n for n in range(index, len(tokens)) if _closes(tokens[n], token))
            for begin in (end + 1, index - 3):
                if begin >= 0 and begin not in taken and _is_caption(tokens[begin : begin + 3]):
                    taken |= {begin, begin + 1, begin + 2}
                    captions[index] = tokens[begin : begin + 3]
                    break
            else:
                for begin in (end + 1, index - 3):
                    _report_misspelt(state, tokens[max(begin, 0) : begin + 3])
    result: list[Token] = []
    for index, token in enumerate(tokens):
        if index in taken:
            continue
        result.append(token)
        if index in captions:
            result += _as_caption(token, captions[index])
    state.tokens = result
    _report_lone(state)


def _report_lone(state: StateCore) -> None:
    """Report paragraphs that are written as captions and stand beside no table."""
    tree: Tree | None = state.env.get("tree")
    for opening, token in pairwise(state.tokens):
        if tree is not None and opening.type == "paragraph_open" and _LONE_CAPTION.match(token.content):
            message = f'"{token.content[:6]}" begins the caption of a table, and no table stands beside it'
            at = tree.places.span(*tree.places.spot(token, 0))
            hint = "put it directly below its table, with an empty line between; if it is no caption, write Table\\:"
            tree.report(warning("unread-caption", message, at, hint))


def _report_misspelt(state: StateCore, paragraph: list[Token]) -> None:
    """Report a paragraph beside a table that was probably meant as its caption: `Tabel: Fares`, `Tabelle: Preise`."""
    tree: Tree | None = state.env.get("tree")
    if tree is None or [token.type for token in paragraph] != _PARAGRAPH:
        return
    called = _CALLED.match(paragraph[1].content)
    word = called[1].casefold() if called else ""
    if called and ((word in _WORDS and called[2] == ":") or slip_of(word, ["table"])):
        message = f'"{paragraph[1].content[: len(word) + 1]}" begins no caption: the paragraph is printed as it is'
        at = tree.places.span(*tree.places.spot(paragraph[1], 0))
        tree.report(
            warning("unread-caption", message, at, "did you mean Table: …? It is the same word in every language")
        )


def _closes(token: Token, opening: Token) -> bool:
    """Whether a token ends the table that another one begins; cells can contain tables."""
    return token.type == "table_close" and token.level == opening.level


def _is_caption(paragraph: list[Token]) -> bool:
    """Whether three tokens are a caption paragraph."""
    return [token.type for token in paragraph] == _PARAGRAPH and _CAPTION.match(paragraph[1].content) is not None


def _as_caption(table: Token, paragraph: list[Token]) -> list[Token]:
    """Turn a paragraph into a table's caption; attributes at its end become the table's."""
    opening, inline, closing = paragraph
    inline.content = _CAPTION.sub("", inline.content, count=1)
    opening.type, closing.type = "caption_open", "caption_close"
    opening.tag = closing.tag = "caption"
    take_from_end(inline, table)
    return paragraph


def _cell(tree: Tree, token: Token) -> None:
    """A cell."""
    alignment = str(token.attrs.get("style", "")).partition(":")[2]
    tree.start(token.tag, token, {"class": f"align-{alignment}"} if alignment else None)


ELEMENTS = {"td_open": _cell, "th_open": _cell}


def transform(draft: Draft) -> None:
    """Turn `align="right"` into `class="align-right"`, and give column headers their scope."""
    for cell in draft.root.iter("td", "th"):
        alignment = take(cell, "align")
        if alignment:
            cell.set("class", " ".join([*(cell.get("class") or "").split(), f"align-{alignment}"]))
    for row in draft.root.iter("thead"):
        for head in row.iter("th"):
            head.set("scope", head.get("scope") or "col")
    for table in draft.root.iter("table"):
        _drop_empty_head(draft, table)
        _name_rows(draft, table)
        if table.find("caption") is not None:
            rows = [len(plain_text(row)) for row in table.iter("tr")]
            kind = "narrow" if max(rows, default=0) <= _NARROW else "captioned"
            table.set("class", f"{table.get('class', '')} {kind}".strip())


def _name_rows(draft: Draft, table: _Element) -> None:
    """Make headings of the rows of the first cells of a table that has the class `row-heads`."""
    classes = (table.get("class") or "").split()
    if "row-heads" not in classes:
        return
    for row in (row for body in table.iter("tbody") for row in body.iter("tr")):
        first = next((cell for cell in row if cell.tag in ("td", "th")), None)
        if first is not None and not draft.holds_nothing(first):
            first.tag = "th"
            first.set("scope", "row")


def _drop_empty_head(draft: Draft, table: _Element) -> None:
    """Remove an empty header row, which is there only because the syntax requires one."""
    head = table.find("thead")
    if head is not None and draft.holds_nothing(head):
        head.drop_tree()  # type: ignore[attr-defined]
