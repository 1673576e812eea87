"""Makes tables of HTML pages ones that Markdown can have: one row of headings, and the caption in a line below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html


def prepare_tables(main: Any) -> None:
    """Give each table a head of one row, where its first row is one, and its caption as a paragraph behind it.

    The paragraph has the attribute `data-table-caption`; the caption of a figure that shows a table alone is the
    table's.
    """
    for table in list(main.iter("table")):
        if table.find(".//table") is not None:
            continue
        rows = list(_rows(table))
        if not rows:
            continue
        captions = [*table.findall("caption"), *_of_figure(table)]
        for column in (*table.findall("colgroup"), *table.findall("col"), *captions):
            column.drop_tree()
        headed = rows[0].getparent().tag == "thead" or all(cell.tag == "th" for cell in rows[0])
        head, body = rows[: int(headed)], rows[int(headed) :]
        for cell in (cell for row in body for cell in row if cell.tag == "th"):
            cell.tag = "td"
        for name, members in (("thead", head), ("tbody", body)):
            if members:
                group = lxml_html.Element(name)
                group.extend(members)
                table.append(group)
        for group in table.findall("*"):
            if not len(group):
                table.remove(group)
        _put_behind(table, captions)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table that have cells, in the order in which they are shown: a `tfoot` stands last."""
    groups = sorted(table, key=lambda one: {"thead": 0, "tfoot": 2}.get(one.tag, 1))
    for group in groups:
        for row in [group] if group.tag == "tr" else group.findall("tr"):
            if len(row):
                yield row


def _of_figure(table: Any) -> list[Any]:
    """The caption of the figure that shows a table and nothing else."""
    figure = next(table.iterancestors("figure"), None)
    if figure is None or len(figure.findall(".//table")) > 1 or figure.find(".//img") is not None:
        return []
    return list(figure.iter("figcaption"))


def _put_behind(table: Any, captions: list[Any]) -> None:
    """Make the captions of a table one paragraph behind it."""
    captions = [one for one in captions if one.text_content().strip()]
    if not captions:
        return
    line = lxml_html.Element("p", {"data-table-caption": ""})
    line.sourceline = captions[0].sourceline
    for one in captions:
        one.tag, one.tail = "span", " "
        line.append(one)
    for inner in list(line.iterdescendants("p", "div", "br")):
        inner.tail = f" {inner.tail or ''}"
        inner.drop_tag()
    line.tail, table.tail = table.tail, None
    table.addnext(line)
