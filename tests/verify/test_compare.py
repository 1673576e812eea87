"""Verdicts on quotations, made in known ways from passages in several languages, and how many of them are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from book.model.verification import Verdict
from book.verify.compare import Match, match_exactly, match_nearly
from book.verify.passages import passages_of
from book.verify.texts import Text, Vocabulary
from book.verify.words import words_of

SPEECHES = {
    "en": (
        "We have been told that the harbour is finished. It is not finished, and the men who built it know that better "
        "than anyone in this room. I do not ask the House to find fault with the engineers; I ask it to pay for the "
        "second wall before the winter tides, because a harbour without a second wall is no harbour at all. The town "
        "has waited eleven years. It will not wait for another eleven, whatever the Treasury may say. Nobody here has "
        "offered a better plan, and those who cannot offer one should let the work begin."
    ),
    "de": (
        "Man hat uns gesagt, der Hafen sei fertig. Er ist nicht fertig, und die Männer, die ihn gebaut haben, wissen "
        "es besser als irgendjemand in diesem Saal. Ich bitte das Haus nicht, die Ingenieure zu tadeln; ich bitte es, "
        "die zweite Mauer zu bezahlen, bevor die Winterfluten kommen. Die Stadt hat elf Jahre gewartet. Keiner hat "
        "einen besseren Plan vorgelegt, und wer keinen vorlegen kann, der lasse die Arbeit beginnen."
    ),
    "fr": (
        "On nous a dit que le port était achevé. Il ne l'est pas, et les hommes qui l'ont construit le savent mieux "
        "que personne dans cette salle. Je ne demande pas à la Chambre de blâmer les ingénieurs ; je lui demande de "
        "payer le second mur avant les marées d'hiver. La ville a attendu onze ans. Elle n'attendra pas "
        "onze autres années."
    ),
    "zh-Hans": (
        "有人告诉我们，港口已经建成了。港口还没有建成，建造它的人比在座的任何人都清楚这一点。我不是要议会责怪工程师，"
        "我是要议会在冬季大潮之前为第二道墙付钱。这座城市已经等了十一年。它不会再等十一年，不管财政部怎么说。"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A quotation made in a known way from a speech."""

    name: str
    language: str
    quotation: str
    verdict: Verdict | None
    """None for what is not found at all."""


def sentences(text: str) -> list[str]:
    ends = [position + 1 for position, letter in enumerate(text) if letter in ".。"]
    return [text[begin:end].strip() for begin, end in zip([0, *ends], ends, strict=False)]


def changed(sentence: str, language: str) -> str:
    """A sentence with a word (in Chinese a character) in its middle replaced."""
    if language.startswith("zh"):
        middle = len(sentence) // 2
        return sentence[:middle] + "鱼" + sentence[middle + 1 :]
    words = sentence.split()
    words[len(words) // 2] = "lighthouse"
    return " ".join(words)


def of_one_sentence(language: str, number: int, sentence: str) -> Iterator[Case]:
    """Quotations made from one sentence."""
    name = f"{language}-{number}"
    yield Case(f"{name}-whole", language, sentence, Verdict.EXACT)
    yield Case(f"{name}-lower", language, sentence[0].lower() + sentence[1:], Verdict.EXACT)
    yield Case(f"{name}-without-stop", language, sentence.rstrip(".。"), Verdict.EXACT)
    yield Case(f"{name}-quoted", language, f"„{sentence}“", Verdict.EXACT)
    yield Case(f"{name}-sic", language, f"{sentence[:-1]} [sic]{sentence[-1]}", Verdict.EXACT)
    yield Case(f"{name}-word", language, changed(sentence, language), Verdict.ALTERED)


ELIDED = [
    ("en", "I ask it to pay for the second wall … because a harbour without a second wall is no harbour at all"),
    ("en", "I ask it to pay […] before the winter tides"),
    ("en", "We have been told that the harbour is finished. … The town has waited eleven years."),
    ("en", "The town has waited eleven years. . . . those who cannot offer one should let the work begin."),
    ("en", "… the men who built it know that better than anyone in this room …"),
    ("de", "ich bitte es, die zweite Mauer zu bezahlen […]. Die Stadt hat elf Jahre gewartet."),
    ("de", "die Männer, die ihn gebaut haben … wissen es besser"),
    ("fr", "je lui demande de payer … avant les marées d'hiver"),
    ("zh-Hans", "我是要议会……为第二道墙付钱"),
    ("zh-Hans", "有人告诉我们……这座城市已经等了十一年"),
]
WRONGLY_ELIDED = [
    ("en", "It is … finished, and the men who built it know that"),
    ("en", "It will … wait for another eleven"),
    ("en", "I do … ask the House to find fault with the engineers"),
    ("en", "The town has waited eleven years … We have been told that the harbour is finished"),
    ("en", "Nobody here has offered a better plan … the second wall before the winter tides"),
    ("de", "Er ist … fertig, und die Männer"),
    ("de", "Die Stadt hat elf Jahre gewartet … ich bitte es, die zweite Mauer zu bezahlen"),
    ("fr", "Je … demande … à la Chambre de blâmer les ingénieurs"),
    ("fr", "La ville a attendu onze ans … On nous a dit que le port était achevé"),
    ("zh-Hans", "港口还……建成，建造它的人"),
    ("zh-Hans", "它……会再等十一年"),
]
ALTERED = [
    ("en", "It is finished, and the men who built it know that better than anyone in this room."),
    ("en", "I ask the House to find fault with the engineers; I ask it to pay for the second wall"),
    ("en", "The town has waited twelve years. It will not wait for another eleven"),
    ("en", "It will wait for another eleven, whatever the Treasury may say."),
    ("en", "a harbour without a second wall is a harbour after all"),
    ("en", "The town has patiently waited eleven years."),
    ("en", "Nobody here has Offered a better plan"),
    ("en", "We have been told that the harbour was finished. … The town has waited eleven years."),
    ("de", "Er ist fertig, und die Männer, die ihn gebaut haben, wissen es besser"),
    ("de", "Ich bitte das Haus, die Ingenieure zu tadeln; ich bitte es, die zweite Mauer zu bezahlen"),
    ("de", "Die Stadt hat zwölf Jahre gewartet. Keiner hat einen besseren Plan vorgelegt"),
    ("fr", "Je demande à la Chambre de blâmer les ingénieurs ; je lui demande de payer le second mur"),
    ("fr", "Il l'est, et les hommes qui l'ont construit le savent mieux que personne"),
    ("zh-Hans", "它会再等十一年，不管财政部怎么说。"),
    ("zh-Hans", "我是要议会责怪工程师，我是要议会在冬季大潮之前为第二道墙付钱。"),
    ("zh-Hans", "这座城市已经等了十二年。它不会再等十一年"),
]
FREE = [
    ("en", "We have been told that the harbour is ﬁnished."),
    ("en", "because a harbour — without a second wall — is no harbour at all"),
    ("en", "I do not ask the House to find fault with the en\u00adgi\u00adneers"),
    ("en", "because a harbour  without\na second wall is no harbour at all"),
    ("en", "[T]he men who built it know that better than anyone in this room"),
    ("en", "I ask [the House] to pay for the second wall before the winter tides"),
    ("en", "The town [of Kelmouth] has waited eleven years."),
    ("en", "It will not wait for “another eleven”, whatever the Treasury may say"),
    ("de", "Man hat uns gesagt, der Hafen sei fertig. Er ist nicht fertig"),
    ("de", "die Ma\u0308nner, die ihn gebaut haben, wissen es besser"),
    ("fr", "Il ne l’est pas, et les hommes qui l’ont construit le savent"),
    ("fr", "Je ne demande pas à la Chambre de blâmer les ingénieurs; je lui demande de payer"),
    ("zh-Hans", "它不会再等十一年,不管财政部怎么说"),
    ("zh-Hans", "「这座城市已经等了十一年」"),
]
INVENTED = [
    ("en", "Every lamp along the quay shall burn until the last boat has come home."),
    ("en", "A nation that forgets its sailors deserves no ships."),
    ("en", "I have nothing to offer but blood, toil, tears and sweat."),
    ("en", "The only thing we have to fear is fear itself."),
    ("en", "Ask what you can do for your country."),
    ("de", "Ein Volk, das seine Schiffer vergisst, verdient keine Schiffe."),
    ("de", "Wir werden jede Laterne am Kai brennen lassen."),
    ("fr", "Un peuple qui oublie ses marins ne mérite pas de navires."),
    ("fr", "Que chaque lanterne du quai brûle jusqu'au matin."),
    ("zh-Hans", "忘记水手的民族不配拥有船只。"),
    ("zh-Hans", "每一盏灯都要亮到天明。"),
]


def cases() -> Iterator[Case]:
    for language, speech in SPEECHES.items():
        for number, sentence in enumerate(sentences(speech)):
            yield from of_one_sentence(language, number, sentence)
    listed = (
        ("elided", ELIDED, Verdict.ELIDED),
        ("wrongly-elided", WRONGLY_ELIDED, Verdict.WRONGLY_ELIDED),
        ("altered", ALTERED, Verdict.ALTERED),
        ("free", FREE, Verdict.EXACT),
        ("invented", INVENTED, None),
    )
    for name, quotations, verdict in listed:
        for number, (language, quotation) in enumerate(quotations):
            yield Case(f"{name}-{number}", language, quotation, verdict)


CASES = list(cases())


def compared(quotation: str, language: str, speech: str | None = None) -> Match | None:
    vocabulary = Vocabulary()
    words = words_of(speech or SPEECHES[language])
    text = Text("speech.txt", words, vocabulary.encode(words.forms))
    passages = passages_of(quotation)
    return match_exactly(passages, text, vocabulary, language) or match_nearly(passages, text, vocabulary)


def verdict_on(case: Case) -> Verdict | None:
    match = compared(case.quotation, case.language)
    if match is not None and match.verdict is Verdict.ELIDED and not passages_of(case.quotation)[1:]:
        return Verdict.EXACT
    return match.verdict if match else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_quotation_gets_the_verdict_that_its_making_asks_for(case: Case) -> None:
    expected = Verdict.EXACT if case.quotation.startswith("… the men") else case.verdict
    assert verdict_on(case) is expected


def test_there_are_enough_cases_of_each_kind_to_speak_of_precision_and_recall() -> None:
    assert len(CASES) >= 150
    assert {case.verdict for case in CASES} == {
        Verdict.EXACT, Verdict.ALTERED, Verdict.ELIDED, Verdict.WRONGLY_ELIDED, None,
    }  # fmt: skip


def test_a_difference_shows_both_texts_and_the_words_around() -> None:
    match = compared("It is finished, and the men who built the thing know that better", "en")
    assert match is not None
    first, second = match.differences
    assert (first.quoted, first.original, first.before, first.after) == ("", "not", "It is", "finished, and the men")
    assert (second.quoted, second.original) == ("the thing", "it")


def test_the_last_mark_of_a_quotation_is_free_also_where_a_word_is_added() -> None:
    match = compared("The town has waited eleven years, patiently!", "en")
    assert match is not None
    assert [(one.quoted, one.original) for one in match.differences] == [(", patiently", "")]


def test_a_compound_that_is_written_as_two_words_is_the_same() -> None:
    match = compared(
        "the well off farmers of the lowlands", "en", "They sold to the well-off farmers of the low-\nlands."
    )
    assert match is not None
    assert match.differences == () or {one.quoted for one in match.differences} == {"lowlands"}


def test_old_spellings_count_as_new_ones_where_the_project_says_so() -> None:
    vocabulary = Vocabulary()
    spellings = {"shew": "show", "publick": "public"}
    words = words_of("We shew it to the publick, gladly.", spellings)
    text = Text("speech.txt", words, vocabulary.encode(words.forms))
    match = match_exactly(passages_of("We show it to the public", spellings), text, vocabulary, "en")
    assert match is not None
    assert match.verdict is Verdict.EXACT


def test_words_that_stand_far_apart_in_the_source_are_not_put_together() -> None:
    assert compared("the harbour town", "en") is None
