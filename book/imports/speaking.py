"""Tells whether a sentence says that somebody spoke or wrote: a day and a name are not enough for a citation."""

from __future__ import annotations

import re

from book.imports.frame_words import SAID as SAID_ELSEWHERE
from book.imports.frames import GIVEN, SAID_DE, SAID_ES, SAID_FR
from book.imports.people import CAPITALISED, NAME, OFFICE, PRONOUNS

_ADVERBS = r"(?:(?:has|had|also|again|repeatedly|clearly|further|first|once|then|later|often|always|openly|\w+ly)\s+)*"
_ALWAYS = (
    r"(?:said|told|spoke|stressed|emphasi[sz]ed|remarked|declared|stated|argued|pointed\s+out|warned|announced|proposed|"
    r"talked|replied|asked|urged|insisted|explained|promised|testified|boasted|joked|protested|commented|confessed|"
    r"conceded|acknowledged|cautioned|pledged|vowed|admitted|complained|reminded|claimed|assured|speaks|addresse[ds]|"
    r"speaking|addressing|lectured|preached|(?:put|puts)\s+it)"
)
"""Verbs that say by themselves that somebody spoke."""
_IF_QUOTED = (
    r"(?:noted|observed|wrote|called|answered|recalled|concluded|exclaimed|cried|shouted|added|maintained|remembered|"
    r"went\s+on|continued|began|read|thundered|whispered|muttered|grumbled|sneered|quipped|lamented|predicted|cabled|"
    r"telegraphed|ruled|sighed)"
)
"""Verbs that do so where words follow: in quotation marks, or behind `that`."""
_PERSON = rf"(?:{NAME}|(?i:{PRONOUNS}|who))"
_BETWEEN = (
    r"(?:,[^,;:]{1,80},|\s+(?:of|in|at|on|from|for|to|before|during)\s(?:(?!\b(?:was|were|who|that)\b)[^,;:]){1,60}?|"
    r"(?:(?!\b(?:who|that|until|because|while|when|if|whether)\b)[^;:]){1,120}?\s(?:and|but|then))?"
)
"""What may stand between who spoke and the verb: an apposition, a place, another verb."""
_ENGLISH, _ENGLISH_QUOTING = (
    re.compile(
        rf"(?<![\w'\u2019]){_PERSON}{_BETWEEN},?\s+{_ADVERBS}{verbs}(?!\w)(?!\s+(?:nothing|no|not|little|never)\b)"
        rf"|(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s){inverted}\s+(?:the\s+)?(?:(?i:{OFFICE})\s+)*[A-Z\u00c0-\u00de]"
    )
    for verbs, inverted in (
        (rf"(?:{_ALWAYS}|(?:{_IF_QUOTED}|wrote)\s+(?:that|to)\b)", r"(?:speaking|addressing)\s+(?:at|to|in|before)"),
        (
            rf"(?:{_ALWAYS}|{_IF_QUOTED})",
            r"(?:said|wrote|replied|asked|declared|added|answered|cried|shouted|recalled|remarked|explained)",
        ),
    )
)
_TAKES_OBJECT = r"rief|hielt|stellte|hob|gab\s+zu|notierte|verteidigte|sprach"
_GERMAN_SAID = rf"(?!(?:{_TAKES_OBJECT})\b){SAID_DE}"
_GERMAN_DIVIDED = (
    r"(?:stellte\b[^.;:]{0,200}\b(?:fest|klar)|hob\b[^.;:]{0,200}\bhervor|gab\b[^.;:]{0,200}\b(?:zu|bekannt)|hielt\b[^.;:]{0,200}\bfest|"
    r"wies\b[^.;:]{0,200}\b(?:hin|zur\u00fcck)|rief\b[^.;:]{0,200}\bauf|wandte\s+sich\b|"
    r"hat(?:te)?\b[^.;:]{0,200}\b(?:gesagt|gesprochen|erkl\u00e4rt|betont|gefordert|gewarnt|geantwortet|geschrieben))(?!\w)"
)
_OFFICES = rf"(?:(?:der|die|das)\s+)?(?:(?i:{OFFICE})\s+)*"
_NOT_DE = r"(?![^,;:]{0,200}\b(?:nichts|nicht|kein\w*)\b)"


def _around(verbs: str, negated: str = "") -> str:
    """A pattern of verbs with the one who spoke directly before or behind them."""
    name = rf"(?:{CAPITALISED}(?!\w)|(?i:{PRONOUNS})(?!\w))"
    return (
        rf"(?<!\w){name}(?:,[^,;:]{{1,80}},|\s+(?:und|et|y|e)\s+{name})?,?\s+(?:{verbs})(?!\w){negated}|"
        rf"(?<!\w)(?:{verbs})(?!\w){negated}(?:,\s|\s+)(?:(?:el|la|le|il|lo|l['\u2019])\s*)?{_OFFICES}{name}"
    )


_GERMAN = re.compile(rf"{_around(rf'{_GERMAN_SAID}|sprach', _NOT_DE)}|(?<!\w){_GERMAN_DIVIDED}")
_QUOTED_ELSEWHERE = re.compile(
    rf"(?<!\w)(?:{_GERMAN_SAID}|rief|nannte|notierte|{_GERMAN_DIVIDED}|{SAID_FR}|{SAID_ES}|{SAID_ELSEWHERE})(?!\w)"
)
_ELSEWHERE = re.compile(
    _around(
        rf"(?!(?:lan\u00e7a|conclut|reconnut|demanda|rappela|reconoci\u00f3|se\u00f1al\u00f3|grit\u00f3)\b)"
        rf"(?:{SAID_FR}|{SAID_ES}|{SAID_ELSEWHERE})"
    )
)
_GIVEN = re.compile(
    r"(?<!\w)(?:gave|given|delivered|made|held|holds|gives|delivers|hielt|hielten|gehalten|trug|pronon\u00e7a|prononc\u00e9e?|fit|donna|"
    r"donn\u00e9e?|tint|tenue?|pronunci\u00f3|pronunciad[oa]|dio|ley\u00f3|imparti\u00f3|tenne|pronunci\u00f2|fece|proferiu|fez|hield|gaf)"
    rf"\s+(?:[\w'\u2019,.-]+\s+){{0,12}}?{GIVEN}(?!\w)",
    re.IGNORECASE,
)
"""That a speech was given."""
_WITHIN = re.compile(
    r"(?:^|(?<=\s))(?i:in|during|from|at|aus|dans|lors\s+d['\u2019e]|en|durante|nel|nella|em|no|na)\s*"
    r"(?i:an?|his|her|their|the|eine[mr]?|seine[mr]|ihre[mr]|der|dem|une?|son|sa|le|la|l['\u2019]|su|el|suo|sua|um|uma)?\s*"
    rf"(?:\w+\s+){{0,2}}?(?P<given>{GIVEN})(?=\s+(?i:to|at|before|on|of|in|for|vor|auf|an|im|bei|vom|zu[mr]?|\u00e0|au|devant|"
    r"ante|al|del|a|de|du)\b|,)|"
    r"^(?i:in|dans|en|em)\s+(?i:an?|his|her|eine[mr]|seine[mr]|ihre[mr]|une?|son|sa|su|um|uma)\s+"
    rf"(?:\w+\s+){{0,2}}?(?P<given2>{GIVEN})(?!\w)",
    re.IGNORECASE,
)
"""What was said in a speech or in a letter."""
_TITLE = re.compile(
    rf"^(?:(?i:the|la|le|die|der|l['\u2019])\s*)?(?i:{GIVEN})\s+(?i:by|of|with|to|von|mit|an|de|del|a|con|par|avec|di|da|do|"
    rf"d['\u2019]|door|van)\s*{_OFFICES}{CAPITALISED}(?!\w)|"
    rf"(?<!\w){CAPITALISED}(?:['\u2019]s?|s)\s+(?:[\w-]+\s+)?(?i:{GIVEN})\s+(?:to|at|before|on|in|vor|auf|an|im|bei|zu[mr]?)\s"
)
"""That names a speech: `Entrevista a Dolores Iturbe`, `Ada Flint's speech to the Assembly`."""
_LED = re.compile(
    r"(?:presided\s+over|presides\s+over|hosted|hosts|chaired|chairs)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:conference|symposium|summit|forum|congress|meeting|session|debate|hearing|seminar|workshop|discussion)\b"
)
"""That somebody led a meeting."""
_HAN = re.compile(
    "[\u8bb2\u8b1b\u8c08\u8ac7][\u8bdd\u8a71]|\u6f14[\u8bb2\u8b1b]|[\u53d1\u767c]言|致[\u8f9e\u8fad]|[\u62a5\u5831]告|主持|[\u5f3a\u5f37][\u8c03\u8abf]|"
    "指出|表示|提出|[\u8bb2\u8b1b][\u5230\u8fc7\u904e]|[\u8c08\u8ac7]到|[\u8bf4\u8aaa]|[\u5199\u5beb]道|信中"
)


def speaks(text: str, *, quotes: bool) -> bool:
    """Whether a sentence says that somebody spoke or wrote.

    Args:
        text: The sentence, without its date and without what it quotes.
        quotes: It quotes some words.
    """
    if _HAN.search(text) or _GIVEN.search(text) or _WITHIN.search(text) or _TITLE.search(text) or _LED.search(text):
        return True
    if quotes and (_ENGLISH_QUOTING.search(text) or _QUOTED_ELSEWHERE.search(text)):
        return True
    return bool(_ENGLISH.search(text) or _GERMAN.search(text) or _ELSEWHERE.search(text))


def given_in(text: str) -> tuple[int, int] | None:
    """Where a sentence names the speech or the letter in which something was said; None if it names none."""
    found = _WITHIN.search(text)
    return (found.span("given") if found["given"] else found.span("given2")) if found else None
