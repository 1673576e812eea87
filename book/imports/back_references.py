"""Words of attributions and notes that refer to the one before: `ibid.`, `ebenda`, `dieselbe`, `in the same debate`."""

from __future__ import annotations

import re

from book.imports.people import NAME

_IBID = (
    r"(?:ibid(?:em)?|ebda?|ebenda|ib[i\u00ed]d(?:em)?|ivi|loc\.?\s?cit|a\.\s?a\.\s?o|\u540c[\u4e0a\u524d]|"
    r"\u0442\u0430\u043c\s\u0436\u0435)"
)
"""A word for the place before."""
_IDEM = (
    r"(?i:(?:ders|dies)(?:elben?|\.)|(?:der|die)selben?|(?:id|ead|eid)(?:em|\.)|l[ea]\s+m\u00eame|(?:el|la)\s+mism[oa]|"
    r"l[oa]\s+stess[oa]|[oa]\s+mesm[oa]|\u540c\u4e0a)"
)
"""A word for the person before."""
SAME = re.compile(
    rf"(?:{_IBID}(?!\w)|idem|(?:the\s)?same\b|\w*selben\b|(?:la\s|le\s)?m\u00eame\b|(?:la\s|el\s)?mism[oa]\b|"
    r"(?:lo\s|la\s)?stess[oa]\b|(?:o\s|a\s)?mesm[oa]\b)",
    re.IGNORECASE,
)
"""The name of an occasion that is the one before."""
SAME_PERSON = re.compile(rf"{_IDEM}\s*[,:]\s+(?=\S)", re.IGNORECASE)
"""What begins a note that names another occasion of the same person."""
AS_BEFORE = re.compile(
    rf"(?:(?:{_IDEM}|(?P<other>{NAME}))\s*[,:]?\s+)?(?i:{_IBID}(?!\w)\.?"
    r"(?:[\s,\uff0c]*\u7b2c?\d+(?:\s?[-\u2013]\s?\d+)?\u9875?)?)[\s.\u3002]*$"
)
"""A note that says no more than that it is the one before, with a page or without."""
