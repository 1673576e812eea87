"""Words of attributions in languages whose wordings are alike: what is given, verbs of saying, prepositions."""

from __future__ import annotations

from dataclasses import dataclass

from book.imports.people import NAME


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, as regular expressions."""

    kind: str
    """What is given: a speech, a letter."""
    said: str
    """Verbs of saying."""
    at: str
    """Prepositions before an event."""
    by: str
    """What stands before a name: `speech by`, `speech given by`."""

    def frames(self) -> tuple[str, ...]:
        """The wordings of attributions, as patterns with the groups of `frames.FRAMES`."""
        at, kind, said = rf"(?:{self.at})", rf"(?P<kind>(?i:{self.kind}))", rf"(?:{self.said})"
        event = rf"(?:,?\s+{at}\s*(?P<event>\S.+)|,\s+(?P<event2>.+))?$"
        return (
            rf"^{kind}\s+(?:{self.by})\s*(?P<speaker>{NAME}){event}",
            rf"^(?P<speaker>{NAME}),?\s+{kind}{event}",
            rf"^(?P<speaker>{NAME})\s+{said}(?:\s+{at}\s*(?P<event>\S.+))?$",
            rf"^{said}\s+(?P<speaker>{NAME})(?:\s+{at}\s*(?P<event>\S.+))?$",
        )


WORDINGS = {
    "it": Wording(
        r"discorso|intervento|allocuzione|orazione|conferenza|comizio|lettera|messaggio|dichiarazione|intervista|omelia|"
        r"predica|prolusione|brindisi|relazione|parole",
        r"dichiarò|disse|affermò|rispose|replicò|scrisse|annunciò|ricordò|esclamò|sottolineò|avvertì|"
        r"promise|chiese|osservò|concluse|ha\s+(?:detto|dichiarato|affermato|risposto|scritto|ricordato)",
        r"a|al|alla|all['\u2019]|allo|ai|agli|alle|in|nel|nella|nell['\u2019]|davanti\s+a(?:l|lla|ll['\u2019])?|durante|per|presso|su|sul",
        r"(?:pronunciat[oa]|tenut[oa]|dat[oa]|fatt[oa])\s+da|di|del|della|dell['\u2019]",
    ),
    "pt": Wording(
        r"discurso|intervenção|alocução|conferência|palestra|comício|carta|mensagem|declaração|entrevista|"
        r"sermão|homilia|brinde|palavras|depoimento",
        r"declarou|disse|afirmou|respondeu|escreveu|anunciou|lembrou|exclamou|sublinhou|advertiu|prometeu|perguntou|"
        r"observou|concluiu|tinha\s+dito",
        r"em|no|na|nos|nas|ao|à|aos|às|perante|diante\s+d[oae]|durante|para|sobre",
        r"(?:proferid[oa]|feit[oa]|dad[oa]|pronunciad[oa])\s+p(?:or|elo|ela)|de|do|da",
    ),
    "nl": Wording(
        r"\w*toespraak|rede|redevoering|lezing|verklaring|brief|interview|preek|voordracht|speech",
        r"zei|verklaarde|antwoordde|schreef|benadrukte|riep|vroeg|waarschuwde|merkte\s+op|stelde",
        r"in|op|bij|voor|tijdens|te|aan|tot",
        r"(?:gehouden\s+)?(?:door|van)",
    ),
    "ru": Wording(
        r"речь|выступление|доклад|лекция|письмо|интервью|заявление|проповедь|обращение",
        r"сказала?|заявила?|ответила?|подчеркнула?|написала?|произнёс|произнес(?:ла)?|призвала?|отметила?",
        r"на|в|во|перед|при",
        r"",
    ),
}
"""The words by language. English, German, French, Spanish and Chinese have wordings of their own in `frames`."""
SAID = "|".join(rf"(?:{one.said})" for one in WORDINGS.values())
"""The verbs of saying of all these languages."""
KINDS = "|".join(rf"(?:{one.kind})" for one in WORDINGS.values())
"""What is given, in all these languages."""
