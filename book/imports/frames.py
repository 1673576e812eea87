"""Patterns for attribution lines, captions and sentences: who, what was given, and on which occasion.

A new wording is a pattern in `FRAMES`, with the groups `speaker`, `kind` or `verb`, and `event`.
"""

from __future__ import annotations

import re

from book.imports.frame_words import KINDS, WORDINGS
from book.imports.frame_words import SAID as SAID_ELSEWHERE
from book.imports.people import NAME

_EN = (
    r"(?:speech|address|remarks?|statement|talk|lecture|sermon|message|interview|letter|toast|report|testimony|eulogy|evidence|"
    r"broadcast|homily|reply|answer|comments?)"
)
_SPEECH = (
    rf"(?P<kind>(?:(?:an?|the|his|her|its|their|important|opening|closing|keynote|inaugural|major|televised|annual|farewell|"
    rf"radio|television|budget|maiden|final|first|last|public|state|victory|concession|welcoming)\s+)*{_EN})"
)
VERB = (
    r"(?:(?:has|had|also|again|repeatedly|clearly|further|first|once|then|later)\s+)*"
    r"(?P<verb>delivered|gave|made|presided|hosted|chaired|addressed|spoke|said|told|stressed|emphasi[sz]ed|remarked|noted|"
    r"declared|stated|argued|observed|pointed\s+out|warned|announced|proposed|wrote|talked|met|visited|inspected|attended|"
    r"investigated|opened|answered|replied|asked|urged|called|insisted|explained|recalled|concluded|promised|testified|"
    r"put\s+it|puts\s+it|exclaimed|preached|thundered|whispered|muttered|grumbled|sneered|quipped|lamented|predicted|cabled|"
    r"telegraphed|ruled|sighed|cried|shouted|added|boasted|joked|protested|commented|confessed|conceded|acknowledged|cautioned|pledged|vowed|"
    r"admitted|complained|maintained|reminded|claimed|assured|speaks|addresses|delivers|gives|speaking|addressing)(?:\s+(?:so|as\s+much|the\s+same))?"
    r"(?:\s+(?:again|once\s+more))?(?!\w)"
)
_AT = r"(?:at|during|in|before|to|for|on|over)"
_KIND_DE = (
    r"(?:(?:[Ll]etzte[rs]?|[Ee]rste[rs]?|[Oo]ffene[rs]?|[Aa]us\s+(?:einem|dem|der|einer))\s+)?(?:\w*(?:[Rr]ede|[Aa]nsprache)|Vortrag|Erklärung|\w*[Pp]redigt|Vorlesung|Interview|Grußwort|\w*[Bb]otschaft|"
    r"Brief|Wortmeldung|Beitrag|Stellungnahme)"
)
_KIND_FR = (
    r"(?:[Dd]iscours|[Aa]llocution|[Dd]éclaration|[Ii]ntervention|[Pp]ropos|[Cc]onférence|[Ss]ermon|[Mm]essage|[Ll]ettre|"
    r"[Ee]ntretien|[Tt]oast|[Rr]\u00e9ponse)"
)
_KIND_ES = (
    r"(?:[Dd]iscurso|[Aa]locución|[Dd]eclaración(?:es)?|[Ii]ntervención|[Cc]onferencia|[Pp]alabras|[Ss]ermón|"
    r"[Mm]ensaje|[Cc]arta|[Ee]ntrevista|[Bb]rindis)"
)
GIVEN = rf"(?:{_EN}|{_KIND_DE}|{_KIND_FR}|{_KIND_ES}|{KINDS})"
"""What is given on an occasion, in one word of any of the languages."""
KIND = re.compile(
    rf"{_SPEECH}|{_KIND_DE}|{_KIND_FR}|{_KIND_ES}|{KINDS}|(?:\S+\s+)+(?:speech|address|remarks|statement|lecture|sermon|testimony|"
    r"eulogy|homily|\w*rede|\w*ansprache|discours|allocution|discurso|alocuci\u00f3n)",
    re.IGNORECASE,
)
"""What is given on an occasion, however it is capitalised: `Speech`, `Opening Address`, `Festrede`. It is no name."""
SAID_DE = (
    r"(?:sagte|erklärte|betonte|rief|mahnte|warnte|forderte|antwortete|entgegnete|erwiderte|meinte|fragte|schrieb|sprach|"
    r"hielt|notierte|notiert|klagte|gestand|hielt\s+fest|verteidigte|gab\s+zu|bemerkte|versprach|stellte|\u00e4u\u00dferte|hob|unterstrich|k\u00fcndigte|verk\u00fcndete|"
    r"protestierte|verlangte|appellierte|pl\u00e4dierte|beteuerte|versicherte|erg\u00e4nzte|bekr\u00e4ftigte|berichtete|"
    r"erz\u00e4hlte|res\u00fcmierte|kommentierte|bekannte|predigte|sp\u00f6ttelte|spottete|h\u00f6hnte|schimpfte|"
    r"wetterte|seufzte|murmelte|donnerte|gelobte|drohte|beschwor|telegra[fp]h?ierte)"
)
SAID_FR = (
    r"(?:parla|pr\u00eacha|tonna|murmura|soupira|protesta|plaida|t\u00e9l\u00e9graphia|avoua|proclama|soutint|d\u00e9clara|dit|affirma|r\u00e9pondit|souligna|annon\u00e7a|\u00e9crivit|s'\u00e9cria|demanda|rappela|promit|s'exclama|expliqua|ajouta|lança|conclut|insista|déclarait|disait|reconnut|"
    r"(?:a(?:-t-(?:il|elle|on))?|ont(?:-ils|-elles)?)\s+(?:d\u00e9clar\u00e9|dit|affirm\u00e9|r\u00e9pondu|soulign\u00e9|annonc\u00e9|rappel\u00e9|promis|lanc\u00e9|ajout\u00e9|"
    r"expliqu\u00e9|confi\u00e9|soupir\u00e9|proclam\u00e9|protest\u00e9|avou\u00e9|estim\u00e9|assur\u00e9|martel\u00e9|conclu|insist\u00e9|reconnu|pr\u00e9cis\u00e9|prévenu|\u00e9crit|demand\u00e9|averti|"
    r"regrett\u00e9|plaid\u00e9|r\u00e9pliqu\u00e9|tranch\u00e9|ironis\u00e9))"
)
SAID_ES = (
    r"(?:dijo|declaró|afirmó|respondió|contestó|subrayó|anunció|escribió|preguntó|recordó|"
    r"prometi\u00f3|advirti\u00f3|se\u00f1al\u00f3|asegur\u00f3|manifest\u00f3|repiti\u00f3|"
    r"exclamó|predicó|protestó|telegrafió|murmuró|exigió|proclamó|confesó|avisó|gritó|sentenció|sostuvo|explicó|indicó|agregó|comentó|reconoció|admitió|denunció|expresó)"
)
_IN_DE = r"(?:auf|beim?|gegen\u00fcber|w\u00e4hrend|vor|in|im|zum|zur|an|am|anl\u00e4sslich)"
_IN_FR = r"(?:\u00e0|au|aux|devant|lors|pendant|dans|sur|pour|en)"
_IN_ES = r"(?:en|ante|durante|al|a|sobre|para)"
_UNCASED = "[\u0590-\u08ff\u0900-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
_PART = r"[^\s,\u060c\u3001\uff0c\u00b7\u30fb:\uff1a]+"
_UNCASED_NAME = rf"(?=[^,]*{_UNCASED}){_PART}(?:[ \u00b7\u30fb]{_PART}){{0,4}}?"
_HAN = r"[\u4e00-\u9fff\u00b7]"


FRAMES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # X's speech at Y; X's keynote speech at Y
        (rf"^(?P<speaker>{NAME})['\u2019]s?\s+{_SPEECH}(?:\s+{_AT}\s+(?P<event>.+))?$", 0),
        # X, farewell speech, Y; X, radio address
        (rf"^(?P<speaker>{NAME}),\s+{_SPEECH}(?:\s+{_AT}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$", 0),
        # X delivered a keynote speech at Y; X emphasised at Y; X presided over Y; X, speaking at Y
        (rf"^(?P<speaker>{NAME}),?\s+{VERB}(?:\s+{_SPEECH})?(?:\s+(?:{_AT}|with)\s+(?P<event>.+?))?$", 0),
        (rf"^(?P<speaker>{NAME}),?\s+(?!called\b){VERB}\s+(?P<event>.+?)$", 0),
        # Speech by X at Y; speech given by X
        (
            (
                rf"^{_SPEECH}\s+(?:(?:delivered|given|made|held)\s+)?(?:by|of)\s+(?P<speaker>{NAME})(?:,?\s+{_AT}\s+(?P<event>.+)|,"
                r"\s+(?P<event2>.+))?$"
            ),
            re.IGNORECASE,
        ),
        # X in seiner Rede auf Y; X, Ansprache zur Y; Rede von X bei Y; gehalten von X
        (
            (
                rf"^(?P<speaker>{NAME}),?\s+(?:in\s+(?:seiner|ihrer|der|einer)\s+)?(?P<kind>{_KIND_DE})"
                rf"(?:\s+{_IN_DE}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$"
            ),
            0,
        ),
        (
            (
                rf"^(?:Aus\s+(?:der|einer)\s+)?(?P<kind>{_KIND_DE})\s+(?:gehalten\s+)?(?:von\s+)?(?P<speaker>{NAME})s?"
                rf"(?:,?\s+{_IN_DE}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$"
            ),
            0,
        ),
        # sagte X in der Y; X sagte in der Y
        (rf"^{SAID_DE}\s+(?P<speaker>{NAME})(?:,?\s+{_IN_DE}\s+(?P<event>.+))?$", 0),
        (rf"^(?P<speaker>{NAME}),?\s+{SAID_DE}(?:\s+{_IN_DE}\s+(?P<event>.+))?$", 0),
        # Auf der Y sprach X; devant Y, X déclara; en Y dijo X
        *(
            (rf"^(?i:{at})\s+(?P<event>[^,]+?),?\s+(?:{said}\s+(?P<speaker>{NAME})|(?P<speaker2>{NAME})\s+{said})$", 0)
            for at, said in ((_IN_DE, SAID_DE), (_IN_FR, SAID_FR), (_IN_ES, SAID_ES))
        ),
        # At the Y, X said; Speaking to the Y, X said
        (rf"^(?i:(?:speaking\s+)?{_AT})\s+(?P<event>[^,]+),\s+(?P<speaker>{NAME})\s+{VERB}$", 0),
        # Discours de X à Y; discours prononcé par X à Y; X, discours à Y; X déclara devant Y
        (
            (
                rf"^(?:[Ee]xtraits?\s+d[eu]\s+)?(?P<kind>{_KIND_FR})\s+(?:(?:prononcée?|donnée?|faite?|tenue?s?)\s+par\s+|de\s+|"
                rf"d['\u2019])(?P<speaker>{NAME})(?:,?\s+{_IN_FR}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$"
            ),
            0,
        ),
        (
            rf"^(?P<speaker>{NAME}),?\s+(?P<kind>{_KIND_FR})(?:\s+(?:{_IN_FR}|de|d['\u2019])\s*(?P<event>.+)|,\s+(?P<event2>.+))?$",
            0,
        ),
        (rf"^(?P<speaker>{NAME}),?\s+{SAID_FR}(?:\s+{_IN_FR}\s+(?P<event>.+))?$", 0),
        # a déclaré X à Y; dijo X en Y; said X at Y
        (rf"^{SAID_FR}\s+(?P<speaker>{NAME})(?:,?\s+{_IN_FR}\s+(?P<event>.+))?$", 0),
        (rf"^{SAID_ES}\s+(?P<speaker>{NAME})(?:,?\s+{_IN_ES}\s+(?P<event>.+))?$", 0),
        (rf"^{VERB}\s+(?P<speaker>{NAME})(?:\s+{_AT}\s+(?P<event>.+))?$", 0),
        # Discurso de X en Y; discurso pronunciado por X en Y; X, conferencia en Y; X declaró en Y
        (
            (
                rf"^(?P<kind>{_KIND_ES})\s+(?:(?:pronunciad[oa]s?|dad[oa]|impartida)\s+por\s+|de\s+|a\s+)(?P<speaker>{NAME})"
                rf"(?:,?\s+{_IN_ES}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$"
            ),
            0,
        ),
        (rf"^(?P<speaker>{NAME}),?\s+(?P<kind>{_KIND_ES})(?:\s+{_IN_ES}\s+(?P<event>.+)|,\s+(?P<event2>.+))?$", 0),
        (rf"^(?P<speaker>{NAME}),?\s+{SAID_ES}(?:\s+{_IN_ES}\s+(?P<event>.+))?$", 0),
        # 习近平在……上的讲话; 习近平：在……上的讲话
        (
            (
                rf"^(?P<speaker>{_HAN}{{2,12}}?)(?:主席|总书记|總書記|总统|總統|总理|總理|市长|市長|省长|省長|部长|部長|同志|先生|女士)?"
                r"[，,：:\s]*(?:在|于|於)(?P<event>.+?)(?:上|时|時|期间|期間|中)?(?:的)?"
                r"(?P<kind>(?:主旨|重要|开幕|閉幕|闭幕|开幕式|书面)*(?:讲话|講話|演讲|演講|发言|發言|致辞|致辭|报告|報告|谈话|談話)|"
                r"(?:再次|多次|明确)?(?:强调|強調|指出|表示|说|說|提出|讲到|谈到|回忆说|回憶說)[过過]?)?$"
            ),
            0,
        ),
        *((frame, 0) for wording in WORDINGS.values() for frame in wording.frames()),
        # X to Y: a letter
        (
            rf"^(?P<speaker>{NAME})\s+(?P<letter>to|an|\u00e0)\s+(?!the\b|die\b|das\b|la\b|l[ae]s?\b)(?P<addressee>{NAME})$",
            0,
        ),
        # X at Y
        (rf"^(?P<speaker>{NAME})\s+(?:{_AT}|{_IN_DE}|{_IN_FR}|{_IN_ES})\s+(?P<event>.+)$", 0),
        # Speech at Y (nobody is named)
        (rf"^{_SPEECH}\s+{_AT}\s+(?P<event>.+)$", re.IGNORECASE),
        *(
            (rf"^(?P<kind>{kind})\s+{at}\s+(?P<event>.+)$", 0)
            for kind, at in ((_KIND_DE, _IN_DE), (_KIND_FR, _IN_FR), (_KIND_ES, _IN_ES))
        ),
        # X, Y: a byline and an occasion
        (rf"^(?P<speaker>{NAME}),\s+(?P<event>\S.+)$", 0),
        # the same in scripts without capital letters, the name before the first comma
        (rf"^(?P<speaker>{_UNCASED_NAME})\s?[,\u060c\u3001\uff0c:\uff1a]\s*(?P<event>\S.+)$", 0),
    )
)
"""The wordings, the surest first."""
BYLINES = FRAMES[-2:]
"""Those with no more than a comma behind the name, which a sentence may have too."""
SAID = re.compile(
    rf"\b(?:{SAID_DE}|{SAID_FR}|{SAID_ES}|{SAID_ELSEWHERE}|(?!speaking|addressing){VERB})\b|强调|強調|指出|表示|提出|讲到|谈到|"
    r"[说說][道过過]?(?=\s|[：:，,]|$)"
)
"""A verb of saying, in any of the languages: what has one is a sentence."""
MEETING = re.compile(
    r"\b(?:conference|inquiry|inquest|tribunal|trial|reception|festival|symposium|summit|forum|congress|meeting|session|debate|assembly|council|convention|delegation|"
    r"committee|house|chamber|parliament|senate|commission|board|court|ceremony|hearing|inspection|visit|seminar|workshop|"
    r"rally|dinner|breakfast|banquet|funeral|wedding|opening|closing|hall|university|congregation|lodge|"
    r"\w*(?:konferenz|tagung|kongress|gipfel|sitzung|versammlung|parteitag|landtag|stadtrat|einweihung|grundsteinlegung|"
    r"feier|kundgebung|tag)|forum|bundestag|reichstag|b\u00fcrgerschaft|"
    r"conf\u00e9rence|sommet|congr\u00e8s|assembl\u00e9e|s\u00e9ance|chambre|inauguration|banquet|conseil|"
    r"conferencia|cumbre|congreso|asamblea|sesi\u00f3n|foro|cortes|clausura|universidad|ayuntamiento|junta)\b|"
    r"会议|會議|座谈会|座談會|论坛|論壇|峰会|峰會|大会|大會|考察|審議|审议|典礼|典禮|仪式|儀式",
    re.IGNORECASE,
)
"""Words for a meeting, a journey or a session: a line that has one names an occasion."""
