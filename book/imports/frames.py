"""Patterns for attribution lines and captions: who, what was given, and on which occasion.

A new wording is a pattern in `FRAMES`, with the groups `speaker`, `kind` or `verb`, and `event`.
"""

from __future__ import annotations

import re

_CAPITALISED = r"[A-Z\u00c0-\u00de][\w'\u2019.\-]*?"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|du|la|le|el|al|bin|ibn|zu|zur|ten|ter|dos|das)"
NAME = rf"{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITALISED}){{0,4}}"
_SPEECH = (
    r"(?P<kind>(?:(?:an?|the|his|her|its|their|important|opening|closing|keynote|inaugural|major|televised|annual)\s+)*"
    r"(?:speech|address|remarks?|statement|talk|lecture|sermon|message|interview|letter|toast|report|testimony|eulogy))"
)
VERB = (
    r"(?:(?:has|had|also|again|repeatedly|clearly|further|first|once|then|later)\s+)*"
    r"(?P<verb>delivered|gave|made|presided|hosted|chaired|addressed|spoke|said|told|stressed|emphasi[sz]ed|remarked|noted|"
    r"declared|stated|argued|observed|pointed\s+out|warned|announced|proposed|wrote|talked|met|visited|inspected|attended|"
    r"investigated|opened|answered|replied|asked|urged|called|insisted|explained|recalled|concluded|promised|testified)"
)
_AT = r"(?:at|during|in|before|to|for|on|over)"


FRAMES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # X's speech at Y; X's keynote speech at Y
        (rf"^(?P<speaker>{NAME})['\u2019]s?\s+{_SPEECH}(?:\s+{_AT}\s+(?P<event>.+))?$", 0),
        # X delivered a keynote speech at Y; X emphasised at Y; X presided over Y
        (rf"^(?P<speaker>{NAME}),?\s+{VERB}(?:\s+{_SPEECH})?(?:\s+(?:{_AT}|with)\s+(?P<event>.+?))?$", 0),
        (rf"^(?P<speaker>{NAME}),?\s+{VERB}\s+(?P<event>.+?)$", 0),
        # Speech by X at Y; Rede von X bei Y; discours de X à Y; discurso de X en Y
        (rf"^{_SPEECH}\s+(?:by|of)\s+(?P<speaker>{NAME})(?:,?\s+{_AT}\s+(?P<event>.+))?$", re.IGNORECASE),
        (
            (
                rf"^(?P<speaker>{NAME}),?\s+(?:in\s+(?:seiner|ihrer|der|einer)\s+)?"
                rf"(?P<kind>\w*(?:[Rr]ede|[Aa]nsprache|Vortrag|Erkl\u00e4rung|Predigt|Vorlesung))"
                rf"(?:\s+(?:auf|bei|vor|in|im|zum|zur|an|am)\s+(?P<event>.+))?$"
            ),
            0,
        ),
        (
            (
                rf"^(?:Aus\s+(?:der|einer)\s+)?(?P<kind>\w*(?:[Rr]ede|[Aa]nsprache|Vortrag|Erkl\u00e4rung|Predigt|Vorlesung))\s+"
                rf"(?:von\s+)?(?P<speaker>{NAME})s?(?:,?\s+(?:auf|bei|vor|in|im|zum|zur|an|am)\s+(?P<event>.+))?$"
            ),
            0,
        ),
        (
            (
                rf"^(?P<kind>(?:[Dd]iscours|[Aa]llocution|[Dd]\u00e9claration|[Ii]ntervention|[Pp]ropos|[Cc]onf\u00e9rence))\s+"
                rf"(?:de\s+|d['\u2019])(?P<speaker>{NAME})(?:,?\s+(?:\u00e0|au|aux|devant|lors|pendant|dans|sur)\s+(?P<event>.+))?$"
            ),
            0,
        ),
        (
            (
                rf"^(?P<kind>(?:[Dd]iscurso|[Aa]locuci\u00f3n|[Dd]eclaraci\u00f3n|[Ii]ntervenci\u00f3n|[Cc]onferencia|[Pp]alabras))\s+"
                rf"de\s+(?P<speaker>{NAME})(?:,?\s+(?:en|ante|durante|a|al|sobre)\s+(?P<event>.+))?$"
            ),
            0,
        ),
        (
            (
                rf"^(?P<speaker>{NAME}),?\s+(?P<kind>(?:[Dd]iscours|[Aa]llocution|[Dd]iscurso|[Dd]eclaraci\u00f3n|[Aa]locuci\u00f3n))"
                rf"(?:\s+(?:\u00e0|au|aux|devant|lors|en|ante|durante|a|al)\s+(?P<event>.+))?$"
            ),
            0,
        ),
        # 习近平在……上的讲话
        (
            (
                r"^(?P<speaker>[\u4e00-\u9fff\u00b7]{2,12}?)(?:主席|总书记|總書記|总统|總統|同志)?\s*(?:在|于|於)(?P<event>.+?)"
                r"(?:上|时|時|期间|期間|中)?(?:的)?(?P<kind>(?:主旨|重要|开幕|閉幕|闭幕)*(?:讲话|講話|演讲|演講|发言|發言|致辞|致辭)|"
                r"(?:强调|強調|指出|表示|说|說|提出))?$"
            ),
            0,
        ),
        # Speech at Y (nobody is named)
        (rf"^{_SPEECH}\s+{_AT}\s+(?P<event>.+)$", re.IGNORECASE),
        # X, Y: a byline and an occasion
        (rf"^(?P<speaker>{NAME}),\s+(?P<event>\S.+)$", 0),
    )
)
"""The wordings, the surest first."""
MEETING = re.compile(
    r"\b(?:conference|symposium|summit|forum|congress|meeting|session|debate|assembly|council|convention|delegation|"
    r"committee|house|parliament|senate|commission|court|ceremony|hearing|inspection|visit|seminar|workshop|rally|dinner|"
    r"konferenz|tagung|kongress|gipfel|forum|sitzung|bundestag|versammlung|parteitag|conf\u00e9rence|sommet|congr\u00e8s|"
    r"assembl\u00e9e|s\u00e9ance|conferencia|cumbre|congreso|asamblea|sesi\u00f3n|foro)\b|会议|座谈会|论坛|峰会|大会|考察|審議|审议",
    re.IGNORECASE,
)
"""Words for a meeting, a journey or a session: a line that has one names an occasion."""
