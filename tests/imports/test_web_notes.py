"""Notes of web pages, in the forms that they have there: each is a note of the chapter that calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.imports.helpers import chapter, imported

TEXT = "The harbour was finished in the year in which the bridge was begun, and nobody asked for the reason of it."

FORMS = {
    "plain": (
        '<p>{t}<sup><a href="#n1" id="r1">1</a></sup> More.<sup><a href="#n2" id="r2">2</a></sup></p>',
        ('<h2>Notes</h2><ol><li id="n1">First note. <a href="#r1">↩</a></li>'
        '<li id="n2">Second note. <a href="#r2">↩</a></li></ol>'),
    ),
    "without links back": (
        '<p>{t}<sup><a href="#n1">1</a></sup> More.<sup><a href="#n2">2</a></sup></p>',
        '<h2>Notes</h2><ol><li id="n1">First note.</li><li id="n2">Second note.</li></ol>',
    ),
    "paragraphs": (
        '<p>{t}<sup><a href="#fn1" id="ref1">1</a></sup> More.<sup><a href="#fn2" id="ref2">2</a></sup></p>',
        ('<hr><p id="fn1"><sup>1</sup> First note. <a href="#ref1">back</a></p>'
        '<p id="fn2"><sup>2</sup> Second note. <a href="#ref2">back</a></p>'),
    ),
    "Wikipedia": (
        ('<p>{t}<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>'
        ' More.<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup></p>'),
        ('<div class="mw-heading"><h2 id="References">References</h2></div><ol class="references">'
        '<li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> '
        '<span class="reference-text">First note.</span></li><li id="cite_note-2"><span class="mw-cite-backlink">^ '
        '<a href="#cite_ref-2"><sup><i><b>a</b></i></sup></a></span> <span class="reference-text">Second note.</span>'
        "</li></ol>"),
    ),
    "WordPress": (
        '<p>{t}<sup><a href="#fn1" id="fnref1">1</a></sup> More.<sup><a href="#fn2" id="fnref2">2</a></sup></p>',
        ('<ol class="wp-block-footnotes"><li id="fn1">First note. <a href="#fnref1" aria-label="Jump">↩︎</a></li>'
        '<li id="fn2">Second note. <a href="#fnref2">↩︎</a></li></ol>'),
    ),
    "Word": (
        ('<p>{t}<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>'
        "<span>[1]</span></span></a> More.<a href='#_ftn2' name='_ftnref2'><span>[2]</span></a></p>"),
        ("<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width='33%'>"
        "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>"
        "<span>[1]</span></a> First note.</p></div><div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText>"
        "<a href='#_ftnref2' name='_ftn2'><span>[2]</span></a> Second note.</p></div></div>"),
    ),
    "brackets": (
        '<p>{t} [<a href="#note1">1</a>] More. [<a href="#note2">2</a>]</p>',
        '<h3>Notes</h3><p><a name="note1"></a>[1] First note.</p><p><a name="note2"></a>[2] Second note.</p>',
    ),
    "Pandoc": (
        ('<p>{t}<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> More.'
        '<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a></p>'),
        ('<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>First note.<a href="#fnref1" '
        'class="footnote-back" role="doc-backlink">↩</a></p></li><li id="fn2"><p>Second note.<a href="#fnref2" '
        'class="footnote-back" role="doc-backlink">↩</a></p></li></ol></section>'),
    ),
    "table": (
        '<p>{t}<sup><a href="#n1">1</a></sup> More.<sup><a href="#n2">2</a></sup></p>',
        ('<h2>Notes</h2><table><tr><td id="n1">1.</td><td>First note.</td></tr>'
        '<tr><td id="n2">2.</td><td>Second note.</td></tr></table>'),
    ),
    "definitions": (
        '<p>{t}<sup><a href="#n1">1</a></sup> More.<sup><a href="#n2">2</a></sup></p>',
        '<h2>Notes</h2><dl><dt id="n1">1</dt><dd>First note.</dd><dt id="n2">2</dt><dd>Second note.</dd></dl>',
    ),
    "one paragraph": (
        '<p>{t}<sup><a href="#n1">1</a></sup> More.<sup><a href="#n2">2</a></sup></p>',
        '<p><b>Notes:</b></p><p><a id="n1"></a>1. First note.<br><a id="n2"></a>2. Second note.</p>',
    ),
    "signs": (
        "<p>{t}<a href='#a'>*</a> More.<a href='#b'>†</a></p>",
        "<p id='a'>* First note.</p><p id='b'>† Second note.</p>",
    ),
    "no links": (
        "<p>{t}<sup>1</sup> More.<sup>[2]</sup></p>",
        "<h2>Notes</h2><ol><li>First note.</li><li>Second note.</li></ol>",
    ),
    "no links, paragraphs": (
        "<p>{t}<sup>1</sup> More.<sup>2</sup></p>",
        "<hr><p><sup>1</sup> First note.</p><p><sup>2</sup> Second note.</p>",
    ),
    "links of the first alone": (
        '<p>{t}<sup><a href="#n1" id="r1">1</a></sup> More.<sup>2</sup></p>',
        '<hr><p id="n1"><sup>1</sup> First note. <a href="#r1">back</a></p><p>2. Second note.</p>',
    ),
    "outside the article": (
        '<article><p>{t}<sup><a href="#n1">1</a></sup> More.<sup><a href="#n2">2</a></sup></p></article>',
        '<footer><ol><li id="n1">First note.</li><li id="n2">Second note.</li></ol></footer>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_notes_of_a_page_are_notes(tmp_path: Path, form: str) -> None:
    body, notes = FORMS[form]
    behind = "" if form == "outside the article" else f"<p>{TEXT} The end.</p>"
    page = f"<html lang='en'><body><h1>Harbour</h1>{body.format(t=TEXT)}{notes}{behind}</body></html>"
    found = imported(tmp_path, "in.html", page)
    shown = chapter(found)
    assert re.search(r"of it\.\[\^1\] More\.\[\^2\]\n", shown), shown
    assert shown.endswith("[^1]: First note.\n\n[^2]: Second note.\n"), shown
    assert len([name for name in found.files if name.startswith("chapters/")]) == 1
    for left in ("Notes", "References", "* * *", "<sup>", "↩", "back"):
        assert left not in shown


STEPS = "<p>1. Do this.</p><p>2. Do that.</p>"


@pytest.mark.parametrize(
    ("body", "called"),
    [
        (f"<p>Area x<sup>1</sup>.</p>{STEPS}", False),
        (f"<p>Area x<sup>1</sup> and y<sup>2</sup>.</p><p>Steps:</p>{STEPS}<p>The end.</p>", False),
        (f"<p>Area x<sup>1</sup>.</p><hr>{STEPS}<p>The end.</p>", False),
        (f"<p>One.<sup>1</sup> Two.<sup>2</sup></p><div><h3>Notes</h3>{STEPS}</div><p>The end.</p>", True),
        (f"<p>One.<sup>1</sup> Two.<sup>2</sup></p><hr><div>{STEPS}</div><p>The end.</p>", True),
        (f"<p>One.<sup>1</sup> Two.<sup>2</sup></p><div>{STEPS}</div><footer>Our house</footer>", True),
    ],
)
def test_numbered_steps_are_no_notes(tmp_path: Path, body: str, *, called: bool) -> None:
    shown = chapter(imported(tmp_path, "in.html", f"<h1>Harbour</h1><p>{TEXT}</p>{body}"))
    assert ("[^1]: Do this." in shown and "[^2]: Do that." in shown) == called
    assert ("1\\. Do this." in shown and "2\\. Do that." in shown) != called


def test_a_note_that_is_called_twice_is_one_and_keeps_its_links(tmp_path: Path) -> None:
    page = (
        f"<h1>Harbour</h1><p>{TEXT}<sup><a id='a' href='#n1'>1</a></sup> More.<sup><a id='b' href='#n1'>1</a></sup></p>"
        "<h2 id='later'>Later</h2><p>Text.</p><h2>Notes</h2><ol><li id='n1'>1 May 1900, see <a href='#later'>below</a>."
        " <a href='#a'>a</a> <a href='#b'>b</a></li></ol>"
    )
    shown = chapter(imported(tmp_path, "in.html", page))
    assert "of it.[^1] More.[^1]" in shown
    assert re.search(r"\[\^1\]: 1 May 1900, see \[below\]\([^)]*\)\.\n", shown), shown


@pytest.mark.parametrize(
    "body",
    [
        "<p>See (<a href='#eq1'>1</a>).</p><p id='eq1'>1 and 2 are three.</p>",
        "<p><a href='#c1'>1</a> <a href='#c2'>2</a></p><h2 id='c1'>One</h2><p>T.</p><h2 id='c2'>Two</h2><p>T.</p>",
        "<p>Of 40 m<sup>2</sup> <a href='#x'>here</a>.</p><p id='x'>1. One thing.</p><p>2. Another thing.</p>",
        "<p>See <a href='#note-on-names'>the note on names</a>.</p><p id='note-on-names'>Names are as they were.</p>",
    ],
)
def test_other_links_within_a_page_stay_links(tmp_path: Path, body: str) -> None:
    shown = chapter(imported(tmp_path, "in.html", f"<h1>Harbour</h1><p>{TEXT}</p>{body}"))
    assert "[^" not in shown
    assert re.search(r"\]\([^)]*#|\]\([^)]*\.md", shown)


def test_a_note_that_two_chapters_call_stands_in_both_with_its_links(tmp_path: Path) -> None:
    page = (
        f"<h1>Harbour</h1><div class='toc' role='navigation'><h2>Contents</h2><a href='#b'>1 Two</a></div>"
        f"<h2 id='a'>One</h2><p>{TEXT}<sup><a href='#n1'>1</a></sup></p>"
        f"<h2 id='b'>Two</h2><p>{TEXT}<sup><a href='#n1'>1</a></sup></p>"
        "<h2>Notes</h2><ol><li id='n1'>See <a href='#b'>the second</a>.</li></ol>"
    )
    found = imported(tmp_path, "in.html", page)
    shown = chapter(found)
    assert shown.count("[^1]: See [the second](02-two.md).") == 2
    assert "Contents" not in shown
    assert not [one for one in found.decisions if "leads to no" in one.what]
