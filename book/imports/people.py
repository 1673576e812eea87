"""Names of people in running text, with the titles and offices before them."""

from __future__ import annotations

import re
from functools import lru_cache

UPPER = "A-Z" + "".join(sign for sign in map(chr, range(0xC0, 0x590)) if sign.isupper())
"""Capital letters of the Latin, Greek, Cyrillic and Armenian scripts."""
CAPITALISED = rf"[{UPPER}][\w'\u2019.\-]*?"
"""A word with a capital letter."""
PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|du|la|le|el|al|bin|ibn|bint|zu|zur|ten|ter|dos|das|do|y|of|ap|ab|ferch|"
    r"verch)"
)
"""What stands inside a name in lower case."""
NAME = (
    r"(?:(?:von|van|zu|zur|zum|vom|ter|ten)\s+(?:der\s+|den\s+)?)?"
    rf"{CAPITALISED}(?:\s+(?:{PARTICLE}\s+)*(?:{CAPITALISED}|[\"\u201c\u2018'(]{CAPITALISED}[\"\u201d\u2019')])){{0,4}}?"
)
"""A name in letters that have capitals, as few words of it as fit."""
PRONOUN = r"(?:he|she|er|sie|il|elle|\u00e9l|ella|lui|lei|egli|ele|ela)"
"""A pronoun for one person who speaks."""
PRONOUNS = rf"(?:{PRONOUN}|they|we|wir|ils|elles|ellos|ellas)"
"""A pronoun for one person or several."""
NO_NAME = re.compile(
    r"(?:at|in|on|to|the|a|an|he|she|they|we|it|this|that|these|those|when|while|as|after|before|during|since|for|but|and|"
    r"am|im|bei|auf|der|die|das|er|sie|es|wir|als|nach|vor|le|la|les|il|elle|ils|nous|lors|en|el|los|las|ella|ellos|cuando|"
    r"al|ante|em|no|na|o|os|il|lo|gli|nel|nella|letzte[rs]?|erste[rs]?|zweite[rs]?|offene[rs]?|neue[rs]?|last|first|second|open|another|aus|extraits?|"
    r"speaking|addressing|writing|replying|answering|preaching|lecturing|testifying|talking|appearing|opening|closing|presiding|responding|photo|foto|source|quelle|"
    r"later|earlier|then|afterwards?|again|finally|here|there|today|yesterday|once|now|soon|still|also|yet|however|meanwhile|"
    r"sp\u00e4ter|dann|danach|schlie\u00dflich|endlich|dort|hier|heute|gestern|wieder|zuletzt|noch|einmal|zuvor|fr\u00fcher|"
    r"puis|ensuite|enfin|ici|l\u00e0|aujourd|plus|auparavant|luego|despu\u00e9s|m\u00e1s|entonces|ayer|hoy|finalmente|all\u00ed|aqu\u00ed|"
    r"her|his|their|its|our|your|my|ihre?\w?|seine?\w?|meine?\w?|unsere?\w?|leurs?|notre|votre|poi|dopo|infine|depois|ent\u00e3o|ontem|hoje)\b",
    re.IGNORECASE,
)
"""Words that begin sentences, and no names."""
_OFFICES = r"""
alderman alderwoman commissioner commandant commander marshal consul bailiff deacon dean canon provost rector principal
director premier sheriff magistrate attorney (?:under)?secretary reverend pastor vicar general brigadier commodore
coach engineer architect doctor master (?:first\s|second\s)?lord citizen(?:ess)? brother
propst dekan pastorin? vikar(?:in)? rektor(?:in)? intendant(?:in)? kommissar(?:in)? konsul oberst hauptmann
leutnant doktor verteidiger(?:in)? (?:staats|rechts)anwalt (?:staats|rechts)anwältin lehrer(?:in)? professorin
dichter(?:in)? vorstand dirigent(?:in)? kassierer?(?:in)? obmann obfrau gastwirt(?:in)? fuhrmann witwe
abg ingenieur(?:in)? bischof \w*leiter(?:in)? \w*führer(?:in)? \w*wart genossin? frl
recteur curé évêque archevêque docteur colonel capitaine amiral maréchal duc duchesse marquise? citoyenne? avocate?
fray licenciad[oa] coronel capitán concejal(?:a)? abogad[oa] marqués(?:a)? compañer[oa]
on onorevole deputat[oa] senatore ministr[oa] sindac[oa] professore(?:ssa)? dottor(?:e|essa)? avvocat[oa]
vescovo cardinale presidente generale ingegner(?:e|a)? signor(?:a|ina)? conte contessa compagn[oa] maestr[oa]
deputad[oa] senador engenheir[oa] prefeit[oa] governador bispo doutora? vereador professora? almirante barão dom dona
президент министр депутат профессор доктор генерал капитан товарищ губернатор академик
mayor(?:ess)? council(?:or|man|woman|member) councillor senator(?:in)? congress(?:man|woman)
(?:vice[-\s])?president (?:prime\s|foreign\s|deputy\s)?minister governor secretary chancellor king queen
prince(?:ss)? duke duchess count(?:ess)? lord lady sir dame prof(?:essor)? dr hon(?:ou?rable)? rev(?:erend)? fr father
sister brother (?:arch)?bishop cardinal pope rabbi imam sheikh capt(?:ain)? col(?:onel)? gen(?:eral)? lt
lieutenant sgt sergeant major admiral mr mrs ms miss judge justice comrade rep sen gov amb(?:assador)?
chair(?:man|woman|person)? speaker st saint herr frau fräulein pfarrer(?:in)?
\w*(?:minister|kanzler|präsident|meister|kämmerer|direktor|r[aä]t|vorsitzender?|abgeordneter?|sprecher|sekretär|richter|graf|fürst|kaiser|könig)(?:in)?
m mm mme mlle monsieur madame maître préfet présidente? ministre maire députée? sénateur sénatrice
général abbé comtesse comte señora? sra? don doña ministr[oa] president[ea] alcald(?:e|esa) diputad[oa]
senadora? gobernadora? doctora? padre obispo rey reina ingenier[oa]
"""
OFFICE = rf"(?:{'|'.join(_OFFICES.split())})\.?"
_TWO_WORDS = rf"(?=(?-i:(?:{CAPITALISED}\s+|{PARTICLE}\s+)(?:{PARTICLE}\s+)*[{UPPER}]))"
_BODY = r"(?:stadt|gemeinde|orts|bundes|national|kreis|verwaltungs|aufsichts|betriebs|partei|sicherheits|bezirks)rat"
_PLACE_OFFICE = (
    r"(?:(?:lord\s+)?mayor(?:ess)?|governor|(?:arch)?bishop|king|queen|emperor|duke|duchess|(?:vice[-\s])?president|dean|provost|"
    r"\w*bürgermeister(?:in)?|\w*bischof|könig(?:in)?|kaiser(?:in)?|herzog(?:in)?|fürst(?:in)?|gouverneur(?:in)?|\w*präsident(?:in)?|"
    rf"dekan|propst|{_BODY}|maire|évêque|archevêque|préfet|roi|reine|duc|duchesse|président[ea]?|curé|alcald(?:e|esa)|"
    r"gobernadora?|obispo|rey|reina|sindac[oa]|vescovo|prefeit[oa]|governador|bispo)"
)
"""Offices that a place is named with: `mayor of Hull`, `Stadtrat von Hull`. What follows is no name of the person."""
_NO_PLACE_OFFICE = rf"(?!{_PLACE_OFFICE}\s+(?:of|von|zu|de|du|del|di|do|da)\s|{_PLACE_OFFICE}\s+d['\u2019])"
_TITLES = re.compile(
    rf"^(?:(?:the|le|la|l['\u2019]|el|der|die|das|los|las)\s+)?{_NO_PLACE_OFFICE}(?:{OFFICE}\s+)+{_TWO_WORDS}",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(
    rf"\b(?:(?:the|der|die|le|la|el|il|o|a)\s+|l['\u2019])?(?:(?:then|former|damaliger?)\s+)?{_PLACE_OFFICE}\s+(?:(?:of|von|zu|de|del|di|do|da|du)\s+|d['\u2019])"
    rf"(?:(?:the|la|le)\s+)?(?-i:{CAPITALISED}(?<=\w)(?:[\s-]{CAPITALISED}(?<=\w)){{0,2}}),\s+"
    rf"(?=(?-i:{CAPITALISED}\s+(?:{PARTICLE}\s+)*[{UPPER}]))",
    re.IGNORECASE,
)
"""An office and its place before a name: `the mayor of Hull, Karl Brandt`."""
_INSIDE = re.compile(
    rf"\b(?P<by>by|of|von|vom|de|du|del|par|por)\s+(?:(?:the|la|le|el|der|dem)\s+|l['\u2019]\s?)?"
    rf"{_NO_PLACE_OFFICE}(?:{OFFICE}\s+)+"
    rf"{_TWO_WORDS}",
    re.IGNORECASE,
)
_AFTER_ARTICLE = re.compile(
    rf"\b(?:the|der|die|dem|den|le|la|l['\u2019]|el|il|lo|o|a)\s*{_NO_PLACE_OFFICE}(?:{OFFICE}\s+)+{_TWO_WORDS}",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    rf"^(?P<name>(?-i:{NAME})),\s+(?:(?:then|now|former|at\sthe\stime)\s+)?(?:(?:the|a|an|la|le|el|der|die)\s+)?"
    rf"(?!(?:st|saint|king|queen|m(?!\.p)|fr|don)\b|{_BODY}(?-i:\s+[{UPPER}]))(?:{OFFICE}|deputy|m\.?p\.?|member|leader|head|spokes\w+|director)"
    r"(?!\w)(?!['\u2019]s)[^,]*(?=,|$)",
    re.IGNORECASE,
)
_HAN_TITLES = re.compile(
    r"^(?:时任|時任|前|原|中国|国家|國家)*(?:\S{0,6}?)(?:总书记|總書記|主席|总统|總統|总理|總理|市长|市長|县长|縣長|"
    r"省长|省長|部长|部長|校长|校長|院长|院長|书记|書記|教授|博士|议员|議員|委员|委員|代表|大使|将军|將軍|总工程师|總工程師|工程师|工程師|厂长|廠長|船长|船長|医生|醫生|记者|記者|作家|诗人|詩人)"
    r"(?=[\u4e00-\u9fff\u00b7]{2,4}$|[\u4e00-\u9fff\u00b7]{2,4}[\uff0c,\u3001])"
)
_BY = {"du": "de", "del": "de", "vom": "von"}


def without_offices(text: str) -> str:
    """A line about a person without titles and offices: `Mayor Arthur Pell, budget speech` as `Arthur Pell, …`.

    Offices behind a name (`Jane Roe, Minister of Justice, …`) are left out too.
    """
    rest = _HAN_TITLES.sub("", _TITLES.sub("", _OF_PLACE.sub("", text)))
    rest = _INSIDE.sub(lambda one: f"{_BY.get(one['by'].lower(), one['by'])} ", rest)
    rest = _AFTER_ARTICLE.sub("", rest)
    match = _DESCRIBED.match(rest)
    if match is not None and " " in match["name"]:
        rest = match["name"] + rest[match.end() :]
    return rest


@lru_cache(maxsize=100_000)
def same_person(one: str, other: str) -> bool:
    """Whether two names may be of one person.

    They are alike, in either order (`Jinping Xi`), or one of them is how the other ends (`Roe`, `Jane Roe`).
    """
    short, long = sorted((_plain(one).split(), _plain(other).split()), key=len)
    return bool(short) and (long[-len(short) :] == short or sorted(short) == sorted(long))


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    """A name as it is compared."""
    import unicodedata

    letters = unicodedata.normalize("NFKD", without_offices(name).casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", kept))
