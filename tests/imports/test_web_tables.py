"""Tables of web pages: whatever their markup, a head of one row, and a caption that the book knows as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.helpers import chapter, imported

TEXT = "<p>The harbour was finished in the year in which the bridge was begun.</p>"
ROWS = "| Year | Ayes |\n| --- | --- |\n| 1870 | 45 |"
HEAD, BODY = "<tr><th>Year</th><th>Ayes</th></tr>", "<tr><td>1870</td><td>45</td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table><caption>Votes</caption>{HEAD}{BODY}</table>",
        f"<table><caption>Votes</caption><colgroup><col><col></colgroup><tbody>{HEAD}{BODY}</tbody></table>",
        f"<table><caption><p>Votes</p></caption><thead>{HEAD}</thead><tbody>{BODY}</tbody></table>",
        f"<table><thead></thead><caption>Votes</caption><tbody></tbody><tbody>{HEAD}</tbody><tbody>{BODY}</tbody></table>",
        f"<table><caption>Votes</caption><thead>{HEAD}</thead><tbody><tr><th>1870</th><th>45</th></tr></tbody></table>",
        f"<figure class='wp-block-table'><table>{HEAD}{BODY}</table><figcaption>Votes</figcaption></figure>",
    ],
)
def test_a_table_keeps_its_head_and_its_caption(tmp_path: Path, table: str) -> None:
    shown = chapter(imported(tmp_path, "in.html", f"<h1>Harbour</h1>{TEXT}{table}{TEXT}"))
    assert f"\n\n{ROWS}\n\nTable: Votes\n\nThe harbour" in shown


def test_a_foot_stands_last_and_a_table_without_headings_has_none(tmp_path: Path) -> None:
    table = f"<table><tfoot><tr><td>Sum</td><td>45</td></tr></tfoot><tbody>{BODY}</tbody></table>"
    shown = chapter(imported(tmp_path, "in.html", f"<h1>Harbour</h1>{TEXT}{table}"))
    assert "|  |  |\n| --- | --- |\n| 1870 | 45 |\n| Sum | 45 |" in shown
