"""Further kinds of quotations and of transcripts: other scripts, files with notes and markup, places in a chapter.

The transcripts are passages in the public domain (Lincoln, Martí's "Nuestra América", the Universal Declaration of
Human Rights in Arabic, Hebrew and Japanese) and sentences of our own.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from book.model.verification import Verdict

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(*runs: str) -> bytes:
    """A document of Word: one paragraph with some runs."""
    data = BytesIO()
    body = "".join(f"<w:r>{run}</w:r>" for run in runs)
    with zipfile.ZipFile(data, "w") as archive:
        written = f'<w:document xmlns:w="{_WORD}"><w:body><w:p>{body}</w:p></w:body></w:document>'
        archive.writestr("word/document.xml", written)
    return data.getvalue()


TRANSCRIPTS: Mapping[str, tuple[str, str, str | bytes]] = {
    "notes-1863": (
        "txt", "en",
        (
            "Four score and seven years ago our fathers brought forth on this continent,1 a new nation, "
            "conceived in Liberty,[2] and dedicated to the proposition³ that all men are created equal.4 "
            "Now we are engaged in a great civil war, testing whether that nation5 can long endure."
        ),
    ),
    "wrapped-1863": (
        "txt", "en",
        (
            "The world will little note, nor long re-\nmember what we say here, but it can never "
            "for-\nget what they did here. It is for us the living, rather, to be dedi\u00adcated here "
            "to the un\u00adfinished work."
        ),
    ),
    "markup-1863": (
        "html", "en",
        (
            "<h1>Speech</h1><p><b>F</b>our score and seven <i>ye</i>ars ago our fa<wbr>thers brought "
            "forth, upon this conti&shy;nent, a new&nbsp;nation, conceived in <span "
            "class='sc'>L</span>iberty&mdash;and dedicated to the &ldquo;proposition&rdquo; that all men "
            "are created equal.</p><p>We are met on a great battle&#8209;field of that war.</p>"
        ),
    ),
    "word-1863": (
        "docx", "en",
        _docx(
            "<w:t>The brave m</w:t>", "<w:t>en, living and dead, </w:t>", "<w:delText>not </w:delText>",
            "<w:t>who struggled here</w:t><w:footnoteReference/>",
            "<w:t>, have con</w:t><w:softHyphen/><w:t>secrated it.</w:t>",
            "<w:br/>", "<w:t>The world will little note it.</w:t>",
        ),
    ),
    "minquan-1924": (
        "txt", "zh-Hant",
        "民權主義就是政治革命的根本。今天所講的民權,是要把政權放在人民掌握之中。諸君要知道，革命尚未成功，同志仍須努力。",
    ),
    "minzhu-1924": (
        "txt", "zh-Hans",
        "民权主义就是政治革命的根本。今天所讲的民权，是要把政权放在人民掌握之中。诸君要知道，革命尚未成功，同志仍须努力。二〇二四年有１２０万人参加。",
    ),
    "rights-ar": (
        "txt", "ar",
        (
            "يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا مُتَسَاوِينَ فِي الْكَرَامَةِ وَالْحُقُوقِ. وَقَدْ "
            "وُهِبُوا عَقْلًا وَضَمِيرًا. لا يُسترقّ أحد ولا يُستعبد."
        ),
    ),
    "rights-he": ("txt", "he", "כָּל בְּנֵי הָאָדָם נוֹלְדוּ בְּנֵי חוֹרִין וְשָׁוִים בְּעֶרְכָּם וּבִזְכֻיּוֹתֵיהֶם."),
    "rights-ja": (
        "txt", "ja",
        "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。何人も、奴隷にされることはない。",
    ),
    "america-1891": (
        "txt", "es",
        (
            "Cree el aldeano vanidoso que el mundo entero es su aldea. Los árboles se han de poner en "
            "fila, para que no pase el gigante de las siete leguas. Es la hora del recuento, y de la "
            "marcha unida, y hemos de andar en cuadro apretado, como la plata en las raíces de los "
            "Andes. ¡Los jóvenes de América se ponen la camisa al codo!"
        ),
    ),
    "coeur-1850": (
        "txt", "fr",
        (
            "L’œuvre du cœur n’est jamais finie. Il n’y a pas de liberté sans loi, ni d’égalité sans "
            "pain ; c’est là, messieurs, tout le secret."
        ),
    ),
    "harbour-1908": (
        "txt", "en",
        (
            "We shall need ten thousand pounds and a good deal of honour. The colour of the flag is "
            "nothing to me. I can't say more, and I won't say less: the harbour, I repeat, shall be "
            "built. It shall be built by those who use it, and paid for by those who profit from it. "
            "There's nothing else to say."
        ),
    ),
    "strasse-1920": (
        "txt", "de",
        "Die Straße gehört allen. Wir müssen, so schwer es fällt, den Fluß überschreiten. Niemals werden wir aufgeben.",
    ),
}  # fmt: skip
"""For each source the suffix of its transcript, its language, and the transcript."""


@dataclass(frozen=True)
class Kind:
    """Words that a chapter attributes to a source, and how they stand in the chapter."""

    source: str
    words: str
    verdict: Verdict
    form: str = "> {words}\n>\n> — [@{source}]"


EXACT, ALTERED, ELIDED = Verdict.EXACT, Verdict.ALTERED, Verdict.ELIDED
WRONG, ELSEWHERE, NOWHERE = Verdict.WRONGLY_ELIDED, Verdict.ELSEWHERE, Verdict.NOT_FOUND
_INLINE = "He said “{words}” [@{source}]."
_BEFORE = "As @{source} has it, “{words}”, and no more."
_AS_SAID = "In [@{source}] it is said: «{words}»."
_LIST = "- One.\n- He said “{words}” [@{source}]."
_NOTE = "Text.[^n]\n\n[^n]: He said “{words}” [@{source}]."
_TABLE = "| a | b |\n|---|---|\n| one | “{words}” [@{source}] |\n\n: A table of words"
_CITED_FIRST = "@{source} [p. 3] put it so: “{words}”"
_GERMAN = "Er sagte: „{words}“ [@{source}]."
_NESTED = "> > {words}\n> >\n> > — [@{source}]"
_TWO = "> {words}\n>\n> — [@{source}, p. 4]"
_VERSE = "> {words}\\\n> \n>\n> — [@{source}]"

QUOTATIONS = tuple(
    Kind(*one)
    for one in (
        # numbers of notes in the text of the transcript
        ("notes-1863", "brought forth on this continent, a new nation, conceived in Liberty, and dedicated", EXACT),
        ("notes-1863", "dedicated to the proposition that all men are created equal. Now we are engaged", EXACT),
        ("notes-1863", "testing whether that nation can long endure", EXACT),
        ("notes-1863", "testing whether this nation can long endure", ALTERED),
        # words that are divided at the ends of lines, soft hyphens
        ("wrapped-1863", "The world will little note, nor long remember what we say here", EXACT),
        ("wrapped-1863", "it can never forget what they did here", EXACT),
        ("wrapped-1863", "to be dedicated here to the unfinished work", EXACT),
        ("wrapped-1863", "it can always forget what they did here", ALTERED),
        # markup inside words
        ("markup-1863", "Four score and seven years ago our fathers brought forth, upon this continent", EXACT),
        ("markup-1863", "conceived in Liberty – and dedicated to the ‘proposition’ that all men", EXACT),
        ("markup-1863", "We are met on a great battlefield of that war.", EXACT),
        ("markup-1863", "We are met on a great field of that war.", ALTERED),
        ("word-1863", "The brave men, living and dead, who struggled here, have consecrated it.", EXACT),
        ("word-1863", "The brave men, living and dead, not who struggled here, have consecrated it.", ALTERED),
        # Chinese
        ("minzhu-1924", "革命尚未成功，同志仍须努力", EXACT),
        ("minzhu-1924", "「革命尚未成功, 同志仍须努力」", EXACT),
        ("minzhu-1924", "革命尚未成功……同志仍须努力", ELIDED),
        ("minzhu-1924", "革命尚……成功，同志仍须努力", WRONG),
        ("minzhu-1924", "革命已经成功，同志仍须努力", ALTERED),
        ("minzhu-1924", "是要把政权放在人民掌握之中", EXACT),
        ("minzhu-1924", "二〇二四年有120万人参加", EXACT),
        ("minzhu-1924", "今天所讲的民权（……）放在人民掌握之中", ELIDED),
        ("minzhu-1924", "同志仍须努力……革命尚未成功", WRONG),
        ("minquan-1924", "民權主義就是政治革命的根本。", EXACT),
        ("minquan-1924", "今天所講的民權，是要把政權放在人民掌握之中", EXACT),
        ("minquan-1924", "諸君要知道，革命尚未成功，同志仍须努力。", ALTERED),
        # Arabic, Hebrew, Japanese
        ("rights-ar", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق", EXACT),
        ("rights-ar", "يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا", EXACT),
        ("rights-ar", "يولد جميع الناس … متساوين في الكرامة", ELIDED),
        ("rights-ar", "يولد جميع الرجال أحرارا متساوين في الكرامة والحقوق", ALTERED),
        ("rights-ar", "وقد وهبوا عقلا وضميـرا", EXACT),
        ("rights-he", "כל בני האדם נולדו בני חורין ושווים".replace("שווים", "שוים"), EXACT),
        ("rights-he", "כל בני האדם נולדו עבדים ושוים בערכם", ALTERED),
        ("rights-ja", "すべての人間は、生れながらにして自由であり", EXACT),
        ("rights-ja", "すべての人間は、……尊厳と権利とについて平等である", ELIDED),
        ("rights-ja", "すべての国民は、生れながらにして自由であり", ALTERED),
        # Spanish and French
        ("america-1891", "Cree el aldeano vanidoso que el mundo entero es su aldea", EXACT),
        ("america-1891", "Es la hora del recuento (…) y hemos de andar en cuadro apretado", ELIDED),
        ("america-1891", "para que … pase el gigante de las siete leguas", WRONG),
        ("america-1891", "los jóvenes de América se ponen la camisa al codo", EXACT),
        ("america-1891", "Los jo\u0301venes de Ame\u0301rica se ponen la camisa al codo", EXACT),
        ("america-1891", "Los jovenes de America se ponen la camisa al codo", ALTERED),
        ("america-1891", "Es la hora de la marcha unida, y hemos de andar en cuadro apretado", ALTERED),
        ("coeur-1850", "L'oeuvre du coeur n'est jamais finie.", EXACT),
        ("coeur-1850", "Il n‘y a pas de liberté sans loi, ni d´égalité sans pain", EXACT),
        ("coeur-1850", "Il […] y a […] de liberté sans loi", WRONG),
        ("coeur-1850", "Il n’y a pas de liberté sans loi (...) ; c’est là, messieurs, tout le secret", WRONG),
        # spelling, numbers, contractions
        ("harbour-1908", "We shall need 10 thousand pounds", ALTERED),
        ("harbour-1908", "a good deal of honor. The color of the flag is nothing to me", ALTERED),
        ("harbour-1908", "I cannot say more, and I will not say less", ALTERED),
        ("harbour-1908", "I can’t say more, and I won’t say less", EXACT),
        ("harbour-1908", "the harbour […] shall be built", ELIDED),
        ("harbour-1908", "the harbour ... shall be built", ELIDED),
        ("harbour-1908", "the harbour . . . . It shall be built by those who use it", ELIDED),
        ("harbour-1908", "[t]he harbour, I repeat, shall be built [in time]", EXACT),
        ("harbour-1908", "the harbour, I repeat, [must] be built", EXACT),
        ("harbour-1908", "paid for by those who profit[ed] from it", EXACT),
        ("harbour-1908", "It shall be built by those who use it [!], and paid for by those who profit from it", EXACT),
        ("harbour-1908", "It shall be built by those who use it (sic), and paid for", EXACT),
        ("harbour-1908", "It shall be paid for by those who use it, and built by those who profit from it", ALTERED),
        ("harbour-1908", "paid for by those who profit from it … It shall be built by those who use it", WRONG),
        ("harbour-1908", "the harbour, I repeat, shall never be built", ALTERED),
        ("harbour-1908", "There’s nothing else to say", EXACT),
        ("harbour-1908", "There is … else to say", ALTERED),
        ("strasse-1920", "Die Straße gehört allen.", EXACT),
        ("strasse-1920", "Wir müssen … den Fluß überschreiten.", ELIDED),
        ("strasse-1920", "Wir müssen [...] den Fluss überschreiten.", ALTERED),
        ("strasse-1920", "… werden wir aufgeben.", EXACT),
        ("strasse-1920", "Die Strasse gehört allen", ALTERED),
        # where it stands
        ("harbour-1908", "The colour of the flag is nothing to me", EXACT, _INLINE),
        ("harbour-1908", "The colour of the coat is nothing to me", ALTERED, _INLINE),
        ("harbour-1908", "The colour of the flag is nothing to me", EXACT, _BEFORE),
        ("harbour-1908", "The colour of the hat is nothing to me", ALTERED, _BEFORE),
        ("harbour-1908", "the harbour, I repeat, shall be built", EXACT, _AS_SAID),
        ("harbour-1908", "the bridge, I repeat, shall be built", ALTERED, _AS_SAID),
        ("harbour-1908", "the harbour, I repeat, shall be sold", ALTERED, _LIST),
        ("harbour-1908", "the harbour, I repeat, shall be filled", ALTERED, _NOTE),
        ("harbour-1908", "the harbour, I repeat, shall be drained", ALTERED, _TABLE),
        ("harbour-1908", "the harbour, I repeat, shall be closed", ALTERED, _CITED_FIRST),
        ("strasse-1920", "Die Straße gehört allen", EXACT, _GERMAN),
        ("strasse-1920", "Die Straße gehört niemandem", ALTERED, _GERMAN),
        ("harbour-1908", "a good deal of honour", EXACT, _TWO),
        ("america-1891", "革命尚未成功，同志仍须努力", ELSEWHERE),
        ("harbour-1908", "Cree el aldeano vanidoso que el mundo entero es su aldea", ELSEWHERE, _INLINE),
        ("coeur-1850", "La liberté est un pain que personne ne donne", NOWHERE),
        ("rights-ar", "من سار على الدرب وصل", NOWHERE),
        ("minzhu-1924", "天下为公", NOWHERE),
    )
)  # fmt: skip
