"""Tells in running text what somebody's words in quotation marks are, and what is a name."""

from __future__ import annotations

import re

from book.verify.quoted import quoted_spans

_STOPS = " ,;.:\u3000\uff0c\uff1a\u3002"
FEW = 3
"""Minimum number of words in quotation marks that make a sentence quote somebody."""


def quoting_nothing(text: str) -> str:
    """A sentence without what it quotes, if that is more than a word or two, which may be a name."""
    spans = list(quoted_spans(text))
    for begin, end in reversed(spans):
        divided = begin == 0 and len(spans) > 1 and text[end + 1 : end + 2] == ","
        if divided or (is_said(text[begin : end + 1]) and not _NAMING.search(text[:begin])):
            text = f"{text[:begin].rstrip(_STOPS)} {text[end + 1 :]}"
    return text


def is_said(quoted: str) -> bool:
    """Whether some words in quotation marks may be somebody's, and no name like `“Queen of the North”`."""
    words = re.findall(r"[^\W\d_][\w'\u2019-]*", quoted)
    name = (
        all(word[0].isupper() or len(word) < _SMALL for word in words) and sum(word[0].isupper() for word in words) > 1
    )
    return length(quoted) >= FEW and not (name and quoted[-2:-1].isalpha())


_SMALL = 4
"""Letters from which the words of a name begin with a capital letter."""
_NAMING = re.compile(
    r"\b(?:of|the|on|about|called|entitled|titled|de|du|des|la|le|sur|intitulée?|von|über|der|die|das|sobre|del|el)\s+$",
    re.IGNORECASE,
)
"""What stands before quotation marks around a name."""


def with_curly(text: str) -> str:
    """A text whose straight single quotation marks around some words are curly; its length is the same."""
    return _SINGLE.sub(lambda match: f"\u2018{match[1]}\u2019", text) if "'" in text else text


_SINGLE = re.compile(r"(?<![\w'])'(?=\w)((?:[^'\n]|(?<=\w)'(?=\w))+(?<=[\w.,!?\u2026-]))'(?![\w'])")


def length(text: str) -> int:
    """The number of words of a text; each Chinese character counts as half of one."""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return len(re.findall(r"[^\W\u4e00-\u9fff]+", text)) + han // 2
