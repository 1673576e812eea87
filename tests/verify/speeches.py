"""Quotations of four speeches as editors quote them, and the verdict that each deserves.

The speeches are in the public domain: Lincoln's Gettysburg Address and Second Inaugural Address, a passage of Victor
Hugo's address to the Peace Congress of 1849, and one of Fichte's Addresses to the German Nation.
"""

from __future__ import annotations

from dataclasses import dataclass

from book.model.verification import Verdict

SPEECHES = {
    "gettysburg-1863": (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in "
        "Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great "
        "civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We "
        "are met on a great battle-field of that war. We have come to dedicate a portion of that field, as a final "
        "resting place for those who here gave their lives that that nation might live. It is altogether fitting "
        "and proper that we should do this. But, in a larger sense, we can not dedicate -- we can not consecrate -- "
        "we can not hallow -- this ground. The brave men, living and dead, who struggled here, have consecrated it, "
        "far above our poor power to add or detract. The world will little note, nor long remember what we say "
        "here, but it can never forget what they did here. It is for us the living, rather, to be dedicated here to "
        "the unfinished work which they who fought here have thus far so nobly advanced."
    ),
    "inaugural-1865": (
        "On the occasion corresponding to this four years ago all thoughts were anxiously directed to an impending "
        "civil war. All dreaded it, all sought to avert it. Both parties deprecated war, but one of them would make "
        "war rather than let the nation survive, and the other would accept war rather than let it perish, and the "
        "war came. Both read the same Bible and pray to the same God, and each invokes His aid against the other. "
        "It may seem strange that any men should dare to ask a just God's assistance in wringing their bread from "
        "the sweat of other men's faces, but let us judge not, that we be not judged. The prayers of both could not "
        "be answered. That of neither has been answered fully. The Almighty has His own purposes. With malice "
        "toward none, with charity for all, with firmness in the right as God gives us to see the right, let us "
        "strive on to finish the work we are in, to bind up the nation's wounds."
    ),
    "paris-1849": (
        "Un jour viendra où les armes vous tomberont des mains, à vous aussi ! Un jour viendra où la guerre "
        "paraîtra aussi absurde et sera aussi impossible entre Paris et Londres, entre Pétersbourg et Berlin, entre "
        "Vienne et Turin, qu'elle serait impossible et qu'elle paraîtrait absurde aujourd'hui entre Rouen et "
        "Amiens, entre Boston et Philadelphie. Un jour viendra où il n'y aura plus d'autres champs de bataille que "
        "les marchés s'ouvrant au commerce et les esprits s'ouvrant aux idées."
    ),
    "berlin-1808": (
        "Die Erziehung der Nation ist es, was ich als das einzige Mittel vorschlage. Niemand wird uns helfen, wenn "
        "wir uns nicht selbst helfen. Es ist nicht die Gewalt der Arme noch die Tüchtigkeit der Waffen, sondern die "
        "Kraft des Gemüts, welche Siege erkämpft. Wer nicht an sich selbst glaubt, der größte Held wird ihn nicht "
        "retten."
    ),
}  # fmt: skip
LANGUAGES = {"gettysburg-1863": "en", "inaugural-1865": "en", "paris-1849": "fr", "berlin-1808": "de"}


@dataclass(frozen=True)
class Quotation:
    """Words that a chapter attributes to a speech."""

    source: str
    words: str
    verdict: Verdict


G, S, P, B = SPEECHES
EXACT, ALTERED, ELIDED = Verdict.EXACT, Verdict.ALTERED, Verdict.ELIDED
WRONG, ELSEWHERE, NOWHERE = Verdict.WRONGLY_ELIDED, Verdict.ELSEWHERE, Verdict.NOT_FOUND
QUOTATIONS = tuple(
    Quotation(*one)
    for one in (
        # as it stands, with an editor's freedoms
        (G, "all men are created equal", EXACT),
        (G, "Four score and seven years ago our fathers brought forth on this continent, a new nation", EXACT),
        (G, "We can not dedicate—we can not consecrate—we can not hallow—this ground.", EXACT),
        (G, "we can not dedicate – we can not consecrate – we can not hallow – this ground", EXACT),
        (G, "We are met on a great battle‑field of that war.", EXACT),
        (G, "“It is altogether fitting and proper that we should do this.”", EXACT),
        (G, "[T]he world will little note, nor long remember what we say here", EXACT),
        (
            G,
            ("The brave men, living and dead, who struggled here, have consecrated it [the ground], far "
            "above our poor power"),
            EXACT,
        ),
        (G, "for those who here gave their lives that that [sic] nation might live", EXACT),
        (G, "testing whether that nation, or any nation so con\u00adceived and so dedicated, can long endure", EXACT),
        (S, "With malice toward none, with charity for all", EXACT),
        (S, "a just God’s assistance in wringing their bread from the sweat of other men’s faces", EXACT),
        (S, "let us judge not, that we be not judged", EXACT),
        (S, "The Almighty has His own purposes!", EXACT),
        (S, "to  bind up\nthe nation's wounds", EXACT),
        (P, "Un jour viendra où les armes vous tomberont des mains, à vous aussi !", EXACT),
        (P, "« Un jour viendra où les armes vous tomberont des mains, à vous aussi! »", EXACT),
        (P, "les marchés s’ouvrant au commerce et les esprits s’ouvrant aux idées", EXACT),
        (P, "la guerre parai\u0302tra aussi absurde et sera aussi impossible entre Paris et Londres", EXACT),
        (B, "Niemand wird uns helfen, wenn wir uns nicht selbst helfen.", EXACT),
        (B, "„Wer nicht an sich selbst glaubt, der größte Held wird ihn nicht retten“", EXACT),
        (B, "die Kraft des Gemu\u0308ts, welche Siege erkämpft", EXACT),
        # altered
        (G, "all men and women are created equal", ALTERED),
        (G, "all men were created equal, and dedicated to the proposition that", ALTERED),
        (G, "Five score and seven years ago our fathers brought forth on this continent, a new nation", ALTERED),
        (G, "Four score and seven years ago our fathers brought forth upon this continent, a new nation", ALTERED),
        (G, "Now we are engaged in a great war, testing whether that nation", ALTERED),
        (G, "we can dedicate, we can consecrate, we can hallow this ground", ALTERED),
        (G, "The world will long note, nor long remember what we say here", ALTERED),
        (G, "The world will little note, nor long remember what they did here", ALTERED),
        (G, "it can never forget what we did here", ALTERED),
        (G, "It is altogether proper and fitting that we should do this.", ALTERED),
        (
            G,
            ("a new nation, conceived in liberty, and dedicated to the proposition that all men are "
            "created equal"),
            ALTERED,
        ),
        (S, "With malice towards none, with charity for all", ALTERED),
        (S, "With malice toward some, with charity for all", ALTERED),
        (S, "let us judge, that we be judged", ALTERED),
        (S, "The prayers of both could be answered. That of neither has been answered fully.", ALTERED),
        (S, "Both parties wanted war, but one of them would make war rather than let the nation survive", ALTERED),
        (S, "Both read the same Book and pray to the same God", ALTERED),
        (S, "and the war never came. Both read the same Bible and pray to the same God", ALTERED),
        (S, "to finish the work that we are in, to bind up the nation's wounds", ALTERED),
        (
            S,
            ("On the occasion corresponding to this eight years ago all thoughts were anxiously "
            "directed to an impending civil war"),
            ALTERED,
        ),
        (P, "Un jour viendra où les armes ne vous tomberont pas des mains, à vous aussi", ALTERED),
        (
            P,
            ("la guerre paraîtra aussi absurde et sera aussi impossible entre Paris et Madrid, entre "
            "Pétersbourg et Berlin"),
            ALTERED,
        ),
        (P, "Un jour viendra où il y aura d'autres champs de bataille que les marchés s'ouvrant au commerce", ALTERED),
        (P, "Un jour viendra où les armes nous tomberont des mains, à vous aussi", ALTERED),
        (B, "Niemand wird uns helfen, wenn wir uns selbst helfen.", ALTERED),
        (B, "Jemand wird uns helfen, wenn wir uns nicht selbst helfen.", ALTERED),
        (B, "Es ist die Gewalt der Arme und die Tüchtigkeit der Waffen, sondern die Kraft des Gemüts", ALTERED),
        (B, "Die Erziehung der Jugend ist es, was ich als das einzige Mittel vorschlage.", ALTERED),
        (G, "We are met on a great battle-field of that war. Now we are engaged in a great civil war.", ALTERED),
        # elided
        (G, "Four score and seven years ago our fathers brought forth … a new nation", ELIDED),
        (G, "We have come to dedicate a portion of that field … for those who here gave their lives", ELIDED),
        (G, "The brave men . . . who struggled here, have consecrated it", ELIDED),
        (G, "Now we are engaged in a great civil war. [...] We are met on a great battle-field of that war.", ELIDED),
        (S, "With malice toward none ... let us strive on to finish the work we are in", ELIDED),
        (S, "Both parties deprecated war … and the war came.", ELIDED),
        (S, "Both read the same Bible (…) and each invokes His aid against the other.", ELIDED),
        (P, "Un jour viendra où la guerre paraîtra aussi absurde […] entre Paris et Londres", ELIDED),
        (B, "Es ist nicht die Gewalt der Arme … sondern die Kraft des Gemüts", ELIDED),
        # wrongly elided
        (G, "we can … dedicate -- we can not consecrate", WRONG),
        (G, "it can … forget what they did here", WRONG),
        (G, "The world will little note […] what we say here", WRONG),
        (S, "let us judge … that we be not judged", WRONG),
        (S, "The prayers of both could … be answered.", WRONG),
        (S, "and the war came … Both parties deprecated war", WRONG),
        (G, "We are met on a great battle-field of that war … Now we are engaged in a great civil war", WRONG),
        (P, "il … aura plus d'autres champs de bataille", WRONG),
        (B, "wenn wir uns … selbst helfen", WRONG),
        (B, "Es ist … die Gewalt der Arme", WRONG),
        # of another source
        (S, "Four score and seven years ago our fathers brought forth", ELSEWHERE),
        (G, "With malice toward none, with charity for all", ELSEWHERE),
        (G, "Both read the same Bible and pray to the same God", ELSEWHERE),
        (P, "Niemand wird uns helfen, wenn wir uns nicht selbst helfen.", ELSEWHERE),
        (S, "Four score and seven years ago … a new nation", ELSEWHERE),
        # of none
        (G, "You can fool all the people some of the time.", NOWHERE),
        (G, "A house divided against itself cannot stand.", NOWHERE),
        (S, "Ask not what your country can do for you.", NOWHERE),
        (S, "Government of the people, by the people, for the people, shall not perish from the earth.", NOWHERE),
        (P, "Ouvrez une école, vous fermerez une prison.", NOWHERE),
        (P, "La liberté commence où l'ignorance finit.", NOWHERE),
        (B, "Handle so, als hinge von dir allein das Schicksal der Dinge ab.", NOWHERE),
    )
)  # fmt: skip
