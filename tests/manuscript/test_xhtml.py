from __future__ import annotations

from lxml import etree

from book.manuscript.xhtml import keep_end_tags


def test_only_elements_that_can_have_no_content_are_written_without_an_end_tag() -> None:
    root = etree.fromstring(
        '<div xmlns:x="http://www.w3.org/1999/xhtml"><i/><br/><x:wbr/><x:b/><area/><td/><!-- c --><p>a<em/></p></div>'
    )
    keep_end_tags(root)
    written = etree.tostring(root, encoding="unicode").partition(">")[2]
    assert written == "<i></i><br/><x:wbr/><x:b></x:b><area/><td></td><!-- c --><p>a<em></em></p></div>"
