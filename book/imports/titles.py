"""What an occasion is called: what was given there, the event, its place, in the words of the document."""

from __future__ import annotations

import re

from book.imports.frames import MEETING, SAID

_ACTS = {
    "presided": "Remarks", "hosted": "Remarks", "chaired": "Remarks", "visited": "Visit", "inspected": "Visit",
    "investigated": "Visit", "met": "Talk", "talked": "Talk", "wrote": "Letter", "delivered": "Speech",
    "gave": "Speech", "made": "Speech", "addressed": "Address",
}  # fmt: skip


def kind_of(kind: str | None, verb: str | None) -> str | None:
    """What was given: `Keynote speech`, `Remarks`, `Rede`."""
    if kind and SAID.fullmatch(kind):
        return "\u8bb2\u8bdd"
    if kind:
        words = [word for word in kind.split() if word.lower() not in _SMALL]
        phrase = " ".join(words)
        return phrase[:1].upper() + phrase[1:]
    return _ACTS.get(verb.split()[0].lower(), "Remarks") if verb else None


_SPEAKING = re.compile(r"(?:[Ss]peaking\s+)?(?=(?:at|to|in|before|during|for|on)\s)|Speaking\s+")
_SMALL = frozenset({"a", "an", "the", "his", "her", "its", "their", "important", "major"})
_PLACE = re.compile(
    r"^(?P<event>.+?)(?:,\s*|\s+(?:in|at|\u00e0|en)\s+)(?P<place>[A-Z\u00c0-\u00de][\w\u2019'\-]+(?:\s[A-Z][\w\-]+)?)$"
)


_HOLIDAY = re.compile(
    r"\w+ Day|Easter(?: \w+)?|Christmas(?: Eve)?|Thanksgiving|Good Friday|Whitsun|Ostern|Pfingsten|"
    r"Weihnachten|Silvester|Neujahr|"
    r"P\u00e2ques|No\u00ebl|Toussaint|Pentec\u00f4te|Pascua|Navidad|Pentecost\u00e9s|Pasqua|Natale|Ferragosto|P\u00e1scoa|Natal"
)
"""Days that have a name, which are no places."""
_BEFORE_EVENT = re.compile(
    r"^(?:de\s+(?=l['\u2019]|la\s)|du\s+)?"
    r"(?:(?:lors (?:de|du|des)|anl\u00e4sslich|during|durante|pendant|at|auf|bei|vor|devant|ante)\s+)?"
    r"(?:(?:in\s+)?(?:seine?[rnm]?|ihre?[rnm]?)\s+|(?:his|her|their|sus?|son|sa|ses)\s+)?"
    r"(?:的|(?:the|an?|der|die|das|dem|den|eine[mrs]?|ein|une?|una|la|le|les|el|los|las)\s+|l['\u2019]\s*)?",
    re.IGNORECASE,
)
"""A preposition and an article before the name of an event."""


def event_of(text: str | None) -> tuple[str | None, str | None]:
    """The event of an attribution, and the place at its end."""
    if text is None:
        return None, None
    event = _BEFORE_EVENT.sub("", text.strip(" ,.;:。，"))
    place = None
    if (match := _PLACE.match(event)) is not None and not MEETING.search(match["place"]):
        event, place = match["event"], match["place"]
        place = None if _HOLIDAY.fullmatch(place) else place
    return (event[:1].upper() + event[1:] if event else None), place


def title_of(match: re.Match[str], kind: str | None, event: str | None, place: str | None) -> str:
    """What an occasion is called, in the words of the document: `Keynote speech at the APEC CEO Summit`."""
    groups = match.groupdict()
    if kind is None or event is None:
        return kind or event or match[0]
    if groups.get("event") and match.start("event") < match.start("kind" if groups.get("kind") else "verb"):
        if (before := _SPEAKING.match(match.string)) is not None:
            return f"{kind} {match.string[before.end() : match.end('event')]}"
        return f"{event}{kind}" if not event.isascii() else f"{kind}: {event}"
    begin = max(match.end(name) for name in ("kind", "verb", "speaker") if groups.get(name))
    words = _AGAIN.sub("", re.sub(r"^s(?=\s)", "", match.string[begin : match.end()]).strip(" ,"))
    if groups.get("event2"):
        return f"{kind}, {words}"
    if place and words.endswith(place):
        words = re.sub(r"(?:,|\s(?:in|at|\u00e0|en))?\s*$", "", words.removesuffix(place))
    first = words.partition(" ")[0].lower()
    if first == "over" or (first not in _LINKS and not groups.get("kind")):
        heard = kind == "Visit" or (groups.get("verb") or "").lower() in _HEARD
        words = f"{'to' if heard else 'at'} {words.removeprefix('over ')}"
    return f"{kind} {words}"


_AGAIN = re.compile(r"^(?:(?:so|as much|the same)(?:\s+(?:again|once more))?|again|once more)\s+(?=\w)")
_HEARD = frozenset({"told", "assured", "reminded", "asked", "warned", "promised", "answered"})
"""Verbs behind which those stand who were spoken to."""
_LINKS = frozenset({"at", "during", "in", "before", "to", "for", "on", "with"})
