"""Words that reverse the meaning of a sentence, by language: an ellipsis must not hide one."""

from __future__ import annotations

from collections.abc import Mapping

NEGATIONS: Mapping[str, frozenset[str]] = {
    "ar": frozenset({"لا", "لم", "لن", "ليس", "ليست", "غير", "بدون"}),
    "de": frozenset({
        "nicht", "nichts", "nie", "niemals", "niemand", "kein", "keine", "keinen", "keinem", "keiner", "keines", "ohne",
        "weder", "nirgends", "kaum",
    }),
    "en": frozenset({
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "hardly", "scarcely",
        "nowhere",
    }),
    "es": frozenset({"no", "nunca", "jamás", "nadie", "nada", "ninguno", "ninguna", "ningún", "ni", "sin", "tampoco"}),
    "fr": frozenset({
        "ne", "n", "pas", "jamais", "rien", "personne", "aucun", "aucune", "ni", "sans", "point", "guère", "nul",
        "nulle",
    }),
    "it": frozenset({"non", "mai", "nessuno", "nessuna", "niente", "nulla", "né", "senza"}),
    "ja": frozenset({"不", "未", "無", "非"}),
    "la": frozenset({
        "non", "nec", "neque", "numquam", "nunquam", "nihil", "nemo", "nullus", "nulla", "sine", "haud", "ne",
    }),
    "nl": frozenset({"niet", "nooit", "niemand", "niets", "geen", "noch", "zonder", "nergens"}),
    "pl": frozenset({"nie", "nigdy", "nikt", "nic", "żaden", "żadna", "ani", "bez"}),
    "pt": frozenset({"não", "nunca", "jamais", "ninguém", "nada", "nenhum", "nenhuma", "nem", "sem"}),
    "ru": frozenset({"не", "ни", "нет", "никогда", "никто", "ничего", "нельзя", "без", "ничто"}),
    "zh": frozenset({"不", "没", "沒", "未", "无", "無", "非", "莫", "勿", "别", "別"}),
}  # fmt: skip
"""The negations of each language (the primary subtag of a BCP 47 tag), in lower case, as `words_of` gives them."""


INSIDE: Mapping[str, tuple[str, ...]] = {
    "ja": ("ない", "なかっ", "なけれ", "ません", "まい", "ざる"),
    "ko": ("않", "없", "아니"),
}
"""What negates inside words, or in several signs."""


def is_negation(form: str, language: str) -> bool:
    """Whether a word negates in a language; of a language without a list, the lists of all languages count.

    What is joined by an apostrophe counts (French `n'y`). English contractions (`don't`) count in every language list
    that has `not`.
    """
    word = form.casefold()
    known = NEGATIONS.get(language.partition("-")[0].lower())
    if known is None:
        return any(word in words for words in NEGATIONS.values())
    before, apostrophe, _ = word.partition("'")
    return word in known or bool(apostrophe and before in known) or ("not" in known and word.endswith("n't"))
