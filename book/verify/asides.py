"""What transcripts note between a speaker's words and quotations leave out: applause, laughter, calls, times."""

from __future__ import annotations

import re

_HOW = (
    r"loud|prolonged|renewed|great|general|continued|much|sustained|mild|ironical|ministerial|opposition|"
    r"lebhafter?|stürmischer?|anhaltender?|allgemeiner?|große|erneuter?|langanhaltender?|wiederholter?|"
    r"vifs|nombreux|longs|grands|nouveaux|quelques|grandes|grandi|vivi|vivos|prolongados|muchos|fuertes|"
    r"бурные|продолжительные|общий|热烈|熱烈|长时间|長時間|全场|大きな"
)
"""Words before what is noted."""
_WHAT = (
    r"applause|laughter|cheers|cheering|hear,?\s+hear|interruptions?|murmurs|sensation|hisses|groans|order!|pause|crosstalk|inaudible|"
    r"beifall|heiterkeit|(?:zwischen)?rufe?|zuruf|unruhe|bravo|lachen|gelächter|glocke|widerspruch|zustimmung|sehr\s+(?:richtig|wahr|gut)|"
    r"hört,?\s+hört|applaudissements?|rires?|exclamations?|mouvements?|murmures|rumeurs|sourires|très\s+bien|"
    r"aplausos|risas|rumores|muy\s+bien|applausi|ilarità|commenti|bene!|risos|palmas|muito\s+bem|bijval|gelach|"
    r"applåder|skratt|oklaski|brawa|śmiech|wesołość|alkışlar|alkış|gülüşmeler|tapsok|taps|derültség|potlesk|smích|"
    r"аплодисменты|смех|оживление|шум|возгласы|χειροκροτήματα|γέλια|掌声|掌聲|笑声|笑聲|鼓掌|拍手|笑い|笑|박수|웃음|تصفيق|ضحك|"
    r"מחיאות\s+כפיים|צחוק"
)
_SPEECH = (
    r"that|which|who|we|i|you|he|she|they|it|is|are|was|were|will|shall|must|can|cannot|not|no|to|if|because|"
    r"dass|daß|ich|wir|ihr|sie|es|ist|sind|war|wird|werden|nicht|kein\w*|wenn|weil|"
    r"que|qui|je|nous|vous|est|sera|pas|ne|no|es|será|nosotros|che|non|è|não|é|что|не|мы|я"
)
"""Words of sentences: what has one in brackets is what a speaker said."""
_NOTED = rf"(?:{_WHAT})(?!\w(?<![\u0e00-\uffff]))"
"""What is heard. Letters may follow directly in scripts that have no spaces between words."""
_MOST = 25
"""Maximum number of words behind the noise: minutes of parliaments name every party that applauds."""
_TAIL = (
    rf"[^\W\d_]*(?:[^\w()\[\]\uff08\uff09\u3010\u3011\n:\uff1a]+(?!(?:{_SPEECH})\b)[^\W_]+){{0,{_MOST}}}"
    r"[^\w()\[\]\uff08\uff09\u3010\u3011\n:\uff1a]*"
)
"""The words behind the noise, such as who makes it (`Beifall bei der SPD`); none is a word of a sentence."""
_CALLED = (
    r"(?:(?:[:\uff1a]|(?<=\b(?:cries|calls) of)(?=\s*(?:[\"'\u2018\u201c]|(?:no|yes|oh)\b)))"
    r"[^()\[\]\uff08\uff09\u3010\u3011\n]{0,80})?"
)
"""What is called, whatever its words: behind a colon, or in quotation marks behind `cries of`."""
ASIDE = (
    rf"[(\[\uff08\u3010](?i:(?:(?:{_HOW})[\s,]*){{0,3}}{_NOTED}{_TAIL}{_CALLED}"
    rf"|(?:some|an?)\s(?:(?:{_HOW})\s)?{_NOTED}[.!]?)[)\]\uff09\u3011]"
    r"|[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]]"
)
"""A remark in brackets that begins with what is heard, or a time, as a regular expression."""
_ROUND = re.compile(rf"(?=[(\uff08])(?:{ASIDE})")


def has_aside(text: str) -> bool:
    """Whether a quotation has such a remark in round brackets itself; square ones are its editor's."""
    return bool(_ROUND.search(text))
