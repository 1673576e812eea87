"""What transcripts note between a speaker's words and quotations leave out: applause, laughter, calls, times."""

from __future__ import annotations

_HOW = (
    r"loud|prolonged|renewed|great|general|some|continued|much|sustained|mild|ironical|ministerial|opposition|an|a|"
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
ASIDE = (
    rf"[(\[\uff08\u3010](?i:(?:(?:{_HOW})[\s,]*){{0,3}}(?:{_WHAT}))(?!\w(?<![\u0e00-\uffff]))[^()\[\]\uff08\uff09\u3010\u3011\n]{{0,80}}[)\]\uff09\u3011]"
    r"|[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]]"
)
"""A remark in brackets that begins with what is heard, or a time, as a regular expression."""
