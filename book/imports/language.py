"""Guesses the language of a text from its most frequent words and its script."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": "the of and to in that is was he for it with as his on be at by had not are but or",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha",
    "it": "di e il la che in un a per è una sono non si con del da le dei al come alla più nel gli lo ma",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi",
    "pl": "i w na z się nie do to jest że o jak ale po od przez za dla czy był już kto nikt tylko który",
    "cs": "a v na je se že to s z do o jako i ale po pro by jsem byl nebo která který jeho když už",
    "sv": "och i att det som en på är av för den med till inte har de om ett var jag men han vi från",
    "da": "og i at det er en til på som for med de den ikke af der et har om var jeg men han vi fra ikke",
    "nb": "og i at det er en til på som for med de den ikke av et har om var jeg men han vi fra etter",
    "fi": "ja on ei se että oli hän joka mutta ovat kun niin kuin olla myös sen jo vain ole",
    "tr": "ve bir bu da de için ile olarak çok daha gibi kadar ne ama var o değil en sonra",
    "hu": "a az és hogy nem is egy ez volt meg de csak már mint el ki még vagy lesz azt",
    "ro": "și de în a la nu cu pe o care este un din ce pentru mai sunt au fost să ca dar",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door naar heeft",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh-Hans", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_PART = 0.2
"""Minimum share of a text's letters that determines its script."""


_SIMPLIFIED = frozenset("们会议个国这说对时来为发学讲论话问进过还开关长门东车书见贝马鱼鸟风")
_TRADITIONAL = frozenset("們會議個國這說對時來為發學講論話問進過還開關長門東車書見貝馬魚鳥風")


def _chinese(text: str) -> str:
    """The script of a Chinese text, by frequent characters that differ."""
    simplified, traditional = (sum(text.count(sign) for sign in signs) for signs in (_SIMPLIFIED, _TRADITIONAL))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def language_of(text: str, expected: str = "") -> str:
    """The BCP 47 tag of the language that a text is probably written in; `en` where nothing tells.

    Args:
        text: Any text.
        expected: The tag of a language that is taken unless the text fits another much better: related languages have
            many words in common. One whose words are not known here (`cy`) is taken for any text in its script.
    """
    unknown = expected.partition("-")[0].lower() not in {"", "zh", *_WORDS, *(tag for tag, _ in _SCRIPTS)}
    own = _script(expected) if unknown else ""
    letters = sum(map(str.isalpha, text)) or 1
    for tag, pattern in _SCRIPTS:
        if len(pattern.findall(text)) > _PART * letters / (4 if tag == "ja" else 1):
            if own == _script(tag):
                return expected
            return _chinese(text) if tag == "zh-Hans" else tag
    if own == "Latn":
        return expected
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {tag: sum(words[word] for word in common.split()) for tag, common in _WORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] * _BETTER > scores.get(expected.partition("-")[0].lower(), 0) else expected or "en"


def _script(tag: str) -> str:
    """The script (ISO 15924) of a language, by its tag or that in which it is most often written (CLDR)."""
    from babel.core import get_global

    named = next((part.title() for part in tag.split("-")[1:] if len(part) == _SCRIPT), None)
    likely = str(get_global("likely_subtags").get(tag.partition("-")[0].lower(), ""))
    return named or next(iter(likely.split("_")[1:]), "")


_BETTER = 0.8
"""Share of the frequent words of the likeliest language from which an expected language has enough of its own."""


def same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags name one language, whatever the country: `en`, `en-GB`; not `zh-Hans`, `zh-Hant`."""
    (first, *more), (second, *others) = one.lower().split("-"), other.lower().split("-")
    scripts = [next((part for part in parts if len(part) == _SCRIPT), "") for parts in (more, others)]
    return first == second and ("" in scripts or scripts[0] == scripts[1])


_SCRIPT = 4
"""Letters of a subtag that names a script."""
