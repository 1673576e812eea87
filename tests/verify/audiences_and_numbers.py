"""More kinds of quotations: transcripts with the audience in them, brackets, misleading beginnings, numbers, scripts.

The first sentences of Bright's speech of 23 February 1855 and the first lines of "Ozymandias" are in the public domain;
all others are our own.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.verify.kinds import ALTERED, ELIDED, ELSEWHERE, EXACT, NOWHERE, WRONG, Kind

TRANSCRIPTS: Mapping[str, tuple[str, str, str | bytes]] = {
    "bright-1855": (
        "txt", "en",
        (
            "The angel of death has been abroad throughout the land; you may almost hear the beating of his wings. "
            "(Applause.) There is no one, as when the first-born were slain of old, to sprinkle with blood the "
            "lintel and the two sideposts of our doors, that he may spare and pass on; he takes his victims from "
            "the castle of the noble, the mansion of the wealthy, and the cottage of the poor and the lowly. "
            "[Hear, hear.] We did not ask for this war, and we shall not profit by it. I have spent £1,000 a "
            "year on it & I regret every shilling. [00:12:31] The House will divide. Mr. Speaker, I beg to move; "
            "I do not beg to be heard."
        ),
    ),
    "pause-1902": (
        "txt", "en",
        (
            "A pause is what they offer (a pause that will not last). It is bought with some money "
            "(some sensation that we shall win), and 3.125 per cent of it was lent; of 12,500,000 marks nobody "
            "speaks. (Some laughter.) We were told (pause to repair the walls) to wait. (Loud applause from the "
            "Left and the Centre; a call: They will not wait!) Nobody waits. (Laughter, and cries of 'No') We wait. "
            "(Applause for 2 minutes) The lake does. (Laughter, cries of pain and 3 blows, which I heard) It was dry."
        ),
    ),
    "kanal-1901": (
        "txt", "de",
        (
            "Meine Herren, der Kanal ist nicht für die Schiffe da, (Heiterkeit rechts) sondern die Schiffe für "
            "den Kanal. Dass wir ihn bauen müssten, hat nie jemand bestritten; dass wir ihn bezahlen können, "
            "hat noch keiner bewiesen. Die Kosten betragen 3.500.000 Mark – das tut weh. (Beifall bei der SPD und dem "
            "BÜNDNIS 90/DIE GRÜNEN) Wer zahlt, fragt nicht. (Beifall bei der CDU/CSU, der FDP und der Partei der Mitte "
            "sowie bei Abgeordneten der SPD und der Linken) Wer fragt, zahlt nicht."
        ),
    ),
    "pont-1903": (
        "txt", "fr",
        (
            "Ce pont, nous le payons depuis dix ans sans l’avoir. Nous l’avons payé en détours, en chevaux noyés, "
            "en médecins arrivés trop tard. (Vifs applaudissements à gauche.) Je ne dis pas qu’il faut le construire "
            "demain ; je dis qu’il fallait le construire hier."
        ),
    ),
    "agua-1931": (
        "txt", "es",
        (
            "El agua no tiene dueño, señores diputados. (Aplausos.) Si nadie mide el agua, el agua se la lleva "
            "quien grita más. ¿Quién la mide? Nadie. No pido justicia: pido un contador."
        ),
    ),
    "shuiku-1958": (
        "txt", "zh-Hans",
        (
            "同志们，水库不是给图纸修的，是给庄稼修的。（热烈鼓掌）我们没有钱，但是我们有三万双手。到一九五九年秋天，水一定要进田！"
        ),
    ),
    "suidou-1932": (
        "txt", "ja",
        (
            "水道は町のためにあるのではない。町に住む人のためにあるのである。（拍手）ガスと水道とを同じに考えてはならない。昭和七年度の予算は百二十万円である。"
        ),
    ),
    "nahr-1920": (
        "txt", "ar",
        (
            "إنّ النهر لا يعرف الحدود، وأهله لا يعرفون إلا النهر. (تصفيق) فمن أراد أن يقسم الماء فليقسم المطر "
            "أولاً."
        ),
    ),
    "reka-1910": (
        "txt", "ru",
        (
            "Река не знает границ, а люди её знают только реку. Мы не просим милости, мы требуем моста. "
            "(Аплодисменты.) Ещё десять лет назад об этом не смели и думать."
        ),
    ),
    "nehir-1923": (
        "txt", "tr",
        (
            "Irmağın sınırı yoktur; insanların ise ırmaktan başka yolu yoktur. İstanbul'dan buraya kırk yıl bekledik."
        ),
    ),
    "verse-1820": (
        "txt", "en",
        (
            "I met a traveller from an antique land,\nWho said—“Two vast and trunkless legs of stone\nStand in "
            "the desert. . . . Near them, on the sand,\nHalf sunk a shattered visage lies.”"
        ),
    ),
}  # fmt: skip
"""For each source the suffix of its transcript, its language, and the transcript."""
QUOTATIONS = tuple(
    Kind(*one)
    for one in (
        (
            "bright-1855",
            (
                "The angel of death has been abroad throughout the land; you may almost "
                "hear the beating of his wings. There is no one, as when the first-born "
                "were slain of old, to sprinkle with blood the lintel"
            ),
            EXACT,
        ),
        (
            "bright-1855",
            (
                "The angel of death has been abroad throughout the land; you can almost "
                "hear the beating of his wings."
            ),
            ALTERED,
        ),
        ("bright-1855", "We did ask for this war, and we shall not profit by it.", ALTERED),
        ("bright-1855", "We did not ask for this war … and we shall profit by it.", ALTERED),
        ("bright-1855", "We did … ask for this war, and we shall not profit by it.", WRONG),
        (
            "bright-1855",
            (
                "he takes his victims from the castle of the noble … and the cottage of "
                "the poor and the lowly. We did not ask for this war"
            ),
            ELIDED,
        ),
        (
            "bright-1855",
            (
                "We did not ask for this war … The angel of death has been abroad throughout "
                "the land"
            ),
            WRONG,
        ),
        ("bright-1855", "I have spent £1,000 a year on it and I regret every shilling.", ALTERED),
        (
            "bright-1855",
            (
                "I have spent £1,000 a year on it & I regret every shilling. The House "
                "will divide."
            ),
            EXACT,
        ),
        ("bright-1855", "I have spent £10,000 a year on it & I regret every shilling.", ALTERED),
        ("bright-1855", "Mr. Speaker, I beg to move; I do … beg to be heard.", WRONG),
        ("bright-1855", "[T]he cottage of the poor and the lowly. We did not ask", EXACT),
        ("bright-1855", "Ce pont, nous le payons depuis dix ans sans l'avoir.", ELSEWHERE),
        ("bright-1855", "A dry lock feeds nobody at all, and nobody feeds a lock.", NOWHERE),
        (
            "bright-1855",
            (
                "the castle of the noble, the mansion of the weal\u00adthy, and\u00a0the "
                "cot\u200btage of the poor"
            ),
            EXACT,
        ),
        ("pause-1902", "A pause is what they offer (a pause that will last).", ALTERED),
        ("pause-1902", "A pause is what they offer (a pause that will not last).", EXACT),
        ("pause-1902", "A pause is what they offer. It is bought with some money", ALTERED),
        ("pause-1902", "It is bought with some money (some sensation that we shall not win)", ALTERED),
        ("pause-1902", "of it was lent; of 12 500 000 marks nobody speaks. We were told", EXACT),
        ("pause-1902", "some money (some sensation that we shall win), and 3,125 per cent of it was lent", ALTERED),
        ("pause-1902", "of 12.500.000 marks nobody speaks. (Some laughter.) We were told", EXACT),
        ("pause-1902", "We were told (pause to repair the locks) to wait.", ALTERED),
        ("pause-1902", "We were told to wait. Nobody waits.", ALTERED),
        ("pause-1902", "We were told (pause to repair the walls) to wait. Nobody waits.", EXACT),
        ("pause-1902", "Nobody waits. We wait. The lake does.", EXACT),
        ("pause-1902", "The lake does. It was dry.", ALTERED),
        ("kanal-1901", "Das tut weh. Wer zahlt, fragt nicht. Wer fragt, zahlt nicht.", EXACT),
        ("kanal-1901", "Der Kanal ist nicht für die Schiffe da, sondern die Schiffe für den Kanal.", EXACT),
        ("kanal-1901", "der Kanal ist für die Schiffe da, sondern die Schiffe für den Kanal.", ALTERED),
        (
            "kanal-1901",
            (
                "Dass wir ihn bauen müssten, hat nie jemand bestritten; dass wir ihn bezahlen "
                "können, hat noch keiner bewiesen."
            ),
            EXACT,
        ),
        ("kanal-1901", "Dass wir ihn bauen müssten … hat noch keiner bewiesen.", WRONG),
        ("kanal-1901", "Dass wir ihn bauen müssten, hat jemand bestritten", ALTERED),
        ("kanal-1901", "Die Kosten betragen 3 500 000 Mark - das tut weh.", EXACT),
        (
            "pont-1903",
            (
                "Nous l'avons paye\u0301 en de\u0301tours, en chevaux noye\u0301s, en me\u0301decins "
                "arrive\u0301s trop tard. Je ne dis pas qu'il faut le construire demain "
                "; je dis qu'il fallait le construire hier."
            ),
            EXACT,
        ),
        (
            "pont-1903",
            (
                "Je dis qu’il faut le construire demain ; je dis qu’il fallait le construire "
                "hier."
            ),
            ALTERED,
        ),
        ("pont-1903", "Je … dis … qu’il faut le construire demain", WRONG),
        ("pont-1903", "Nous l’avons payé en détours […] en médecins arrivés trop tard.", ELIDED),
        (
            "agua-1931",
            (
                "El agua no tiene dueño, señores diputados. Si nadie mide el agua, el agua "
                "se la lleva quien grita más."
            ),
            EXACT,
        ),
        ("agua-1931", "No pido justicia; pido un contador.", ALTERED),
        ("agua-1931", "Pido justicia: pido un contador.", WRONG),
        ("shuiku-1958", "水库不是给图纸修的，是给庄稼修的。我们没有钱，但是我们有三万双手。", EXACT),
        ("shuiku-1958", "水库是给图纸修的，是给庄稼修的。", ALTERED),
        ("shuiku-1958", "我们有钱，但是我们有三万双手。", ALTERED),
        ("shuiku-1958", "我们……有三万双手。", ELIDED),
        ("shuiku-1958", "到1959年秋天，水一定要进田！", ALTERED),
        ("suidou-1932", "町に住む人のためにあるのである。\uff76\uff9e\uff7dと水道とを同じに考えてはならない。", EXACT),
        ("suidou-1932", "水道は町のためにあるのである。", ALTERED),
        ("suidou-1932", "水道は町のためにある……のである。", WRONG),
        (
            "nahr-1920",
            (
                "إن النهر لا يعرف الحدود، وأهله لا يعرفون إلا النهر. فمن أراد أن يقسم الماء "
                "فليقسم المطر أولا."
            ),
            EXACT,
        ),
        ("nahr-1920", "إن النهر يعرف الحدود، وأهله لا يعرفون إلا النهر.", ALTERED),
        (
            "reka-1910",
            (
                "Мы не просим милости, мы требуем моста. Еще десять лет назад об этом не "
                "смели и думать."
            ),
            EXACT,
        ),
        ("reka-1910", "Мы просим милости, мы требуем моста.", ALTERED),
        ("nehir-1923", "ırmağın sınırı yoktur; insanların ise ırmaktan başka yolu yoktur.", EXACT),
        (
            "verse-1820",
            (
                "I met a traveller from an antique land, / Who said—‘Two vast and trunkless "
                "legs of stone / Stand in the desert. … Near them, on the sand"
            ),
            EXACT,
        ),
        ("verse-1820", "I met a traveller from an ancient land, who said", ALTERED),
    )
)  # fmt: skip
