"""Removes from a document what belongs to no book: parts of web sites, repeated captions, empty paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Document, Kind

_PHRASES = (
    # English
    r"share(?: (?:to|this|on|via))?\b.{0,40}",
    r"(?:tweet|pin it|facebook|twitter|whatsapp|linkedin|telegram|reddit|copy link)",
    r"(?:print|e-?mail)(?: this)?(?: (?:article|page|post))?",
    r"(?:post|leave|add|write) a (?:comment|reply|response)\b.{0,30}",
    r"(?:no|\d+) (?:comments?|replies|responses|likes?|shares?|views?)\b.{0,40}",
    r"(?:subscribe|sign up|log in|sign in|register|follow us|join (?:us|our))\b.{0,60}",
    r"\d+\s*min(?:ute)?s?\s+read\b.{0,20}",
    r"(?:most popular|trending|recommended for you|comments are closed|return to top)\b.{0,40}",
    r"(?:related|more) (?:articles?|posts?|stories|news|from)\b.{0,60}",
    r"(?:read (?:more|also|next)|you may also like|advertisement|sponsored)\b.{0,60}",
    r"(?:previous|next|newer|older) (?:article|post|page|story)\b.{0,60}",
    r"(?:home|menu|search|navigation|skip to (?:main )?content|back to top)",
    r"(?:tags?|categories|filed under):.{0,120}",
    r"(?:all rights reserved|©|copyright (?:©|\d{4})).{0,120}",
    # cookie lines, in any language
    r".{0,80}\bcookies?\b.{0,160}",
    # German, French, Spanish
    r"(?:diesen |den )?(?:artikel |beitrag |seite )?(?:teilen|drucken|versenden|merken|kommentieren)",
    r"(?:diesen |den )?(?:artikel |beitrag |seite )?teilen\b.{0,60}",
    (
        r"(?:weitere|ähnliche) (?:artikel|beiträge)|das könnte (?:sie|dich) auch interessieren|impressum|"
        r"datenschutz(?:erklärung)?"
    ),
    (
        r"(?:articles? (?:liés|similaires|associés)|voir aussi|abonnez-vous|s'abonner|mentions légales|"
        r"suivez-nous|retour en haut)\b.{0,60}"
    ),
    r"(?:también te puede interesar|(?:artículos|noticias) relacionad[ao]s|suscríbete|síguenos|aviso legal)\b.{0,60}",
    r"(?:temps de lecture|lesezeit|lesedauer|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd)\b.{0,40}",
    (
        r"(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
        r"tutti i diritti riservati)\b.{0,80}"
    ),
    (
        r"(?:comparte esto|relacionado|udostępnij|zobacz także|czytaj też|dela|läs också|"
        r"sdílet|paylaş|공유하기|관련 기사)\b.{0,60}"
    ),
    # Italian, Portuguese, Dutch
    r"(?:condividi|stampa|leggi anche|articoli correlati|iscriviti|seguici|torna su|pubblicità)\b.{0,60}",
    (
        r"(?:(?:com)?partilh(?:ar|e)|compartilh(?:ar|e)|imprimir|leia (?:também|mais)|artigos relacionados|siga-nos|"
        r"voltar ao topo|publicidade|deixe um comentário)\b.{0,60}"
    ),
    r"(?:delen|lees ook|gerelateerde artikelen|afdrukken|reageren)\b.{0,40}",
    # Russian, Arabic, Japanese
    r"(?:поделиться|читайте также|комментарии|версия для печати|подписаться)\b.{0,60}",
    r"(?:شارك|مشاركة|اقرأ أيضا|تعليقات|طباعة)\b.{0,60}",
    r"(?:シェア|ツイート|関連記事|印刷|トップへ戻る).{0,40}",
    r"kommentar schreiben",
    r"(?:zur (?:startseite|übersicht)|nach oben|anzeige|werbung|mehr zum thema|lesen sie auch)\b.{0,60}",
    r"(?:partager|imprimer|(?:à )?lire aussi|sur le même sujet|laisser un commentaire|publicité)\b.{0,60}",
    r"(?:compartir|imprimir|lea también|leer más|te puede interesar|dejar? un comentario|publicidad)\b.{0,60}",
    r"(?:schlagwörter|étiquettes ?|etiquetas):.{0,120}",
    r"(?:\d+ )?(?:kommentare?|commentaires?|comentarios?|comments?)(?: ?\(\d+\))?",
    # Chinese
    r"(?:分享到?|评论|發表評論|发表评论|上一篇|下一篇|责任编辑|責任編輯|打印|返回顶部|相关阅读|相關閱讀|扫一扫|掃一掃|点赞|收藏)[:：]?.{0,30}",
)
_FURNITURE = re.compile(rf"(?:{'|'.join(_PHRASES)})[\s.!…»›|:：]*", re.IGNORECASE)
"""Paragraphs that web sites put around an article."""
_EDGE = 0.2
"""Share of a document, at its beginning and end, in which such paragraphs are expected."""
_LONGEST = 200
"""Maximum length in characters of a paragraph that can be a part of a web site."""


def clean(document: Document) -> tuple[tuple[Block, ...], list[Decision]]:
    """The blocks of a document that belong to its text, and what was dropped or may have to be."""
    kept: list[Block] = []
    decisions: list[Decision] = []
    edge = max(4, int(len(document.blocks) * _EDGE))
    related = _related(document) if document.site else len(document.blocks)
    for position, block in enumerate(document.blocks):
        if position > related and block.kind is not Kind.BREAK:
            what = "left out: " + (_SITE if is_furniture(block.text) else "a link to another article")
            decisions.append(Decision(Subject.DROPPED, what, document.path, block.line, block.text, 0.85))
            continue
        at_edge = position < edge or position >= len(document.blocks) - edge
        reason, score = _reason(block, kept, site=document.site)
        if reason is None:
            kept.append(replace(block, question=_PICTURE_ASKED) if _is_placeholder(block) else block)
        elif reason == _SITE and not at_edge:
            kept.append(block)
            question = "Does this line belong to the text, or to the web site that it came from?"
            decisions.append(
                Decision(Subject.DROPPED, "kept a line in doubt", document.path, block.line, block.text, 0.5, question)
            )
        else:
            what = f"left out: {reason}"
            decisions.append(Decision(Subject.DROPPED, what, document.path, block.line, block.text, score))
    return _without_double_breaks(kept), decisions


_RELATED = re.compile(
    r"(?:related|more|similar) (?:articles?|posts?|stories|news|reading)|read (?:more|also|next)|"
    r"you (?:may|might) also like|most popular|mehr zum thema|zum weiterlesen|"
    r"(?:weitere|ähnliche) (?:artikel|beiträge)|lesen sie auch|sur le même sujet|(?:à )?lire aussi|"
    r"articles? (?:liés|similaires)|"
    r"(?:artículos|noticias) relacionad[ao]s|(?:también )?te puede interesar|articoli correlati|"
    r"artigos relacionados|gerelateerde artikelen|"
    r"的?相关阅读|相關閱讀|関連記事|читайте также",
    re.IGNORECASE,
)
"""The head of a list of links to other articles."""


def _related(document: Document) -> int:
    """The position of the head of the links at a document's end, which are short and no sentences; else its length."""
    blocks = document.blocks
    for position in range(len(blocks) - 1, -1, -1):
        text = blocks[position].text.strip(" :.\u2026")
        if blocks[position].kind in (Kind.PARAGRAPH, Kind.HEADING) and _RELATED.fullmatch(text):
            return position
        link = len(text) <= _LINK and not blocks[position].text.endswith((".", "!", "\u201d", "\u3002"))
        listed = blocks[position].kind is Kind.OTHER and all(len(one) <= _LINK * 2 for one in text.split("\n"))
        if blocks[position].kind is not Kind.BREAK and not link and not listed and not is_furniture(text):
            break
    return len(blocks)


_LINK = 90
"""Maximum length in characters of a link to another article."""


_EMPTY, _SITE, _TWICE = "an empty paragraph", "furniture of a web site", "the same words stand right before it"


def _reason(block: Block, kept: Sequence[Block], *, site: bool) -> tuple[str | None, float]:
    """Why a block may be left out, or None, and how sure that is."""
    text = block.text
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTATION):
        return None, 1.0
    if not text.strip("\\ \u00a0\u200b"):
        return (None if block.question else _EMPTY), 1.0  # the place of a picture that is not there
    if site and block.kind is Kind.PARAGRAPH and is_furniture(text):
        return _SITE, 0.9
    before = next((one for one in reversed(kept) if one.kind is not Kind.BREAK), None)
    if before is not None and before.kind is block.kind:
        one, other = _plain(before.text), _plain(text)
        if one == other or (len(other) > _CAPTION and _credited(one, before.text) == _credited(other, text)):
            return _TWICE, 0.95
    return None, 1.0


_PLACEHOLDER = re.compile(
    r"\\?[\[(\u3010\uff08]\s*(?:photo(?:graph)?|foto(?:graf\u00eda|grafia)?|image|imagen|immagine|imagem|bild|abb(?:ildung|\.)?|picture|"
    r"figure|illustration|map|karte|carte|mapa|video|\u56fe\u7247?|\u5716\u7247?|\u7167\u7247|\u5199\u771f)(?:\s+\d+)?\s*[:\uff1a].+[\])\u3011\uff09]",
    re.IGNORECASE | re.DOTALL,
)
"""A line that stands for a picture which is not in the text: `[Photo: the lake in winter]`."""
_PICTURE_ASKED = "The original has a picture here, which was not imported: put it in, or take this line out."


def _is_placeholder(block: Block) -> bool:
    """Whether a paragraph stands for a picture."""
    return block.kind is Kind.PARAGRAPH and not block.question and bool(_PLACEHOLDER.fullmatch(block.text.strip()))


def is_furniture(text: str) -> bool:
    """Whether a line is one that web sites put around an article."""
    return len(text) <= _LONGEST and bool(_FURNITURE.fullmatch(text.replace("\\", "").strip()))


_CAPTION = 12
"""Minimum number of letters of a caption that is compared with another without its credit."""
_CREDIT = re.compile(
    r"^(?:photo(?:graph)?|foto|image|bild|abb(?:ildung|\.)?|picture|caption|figure|图片?|圖|写真)\s*[:\uff1a]\s*"
    r"|[(\[\uff08]?\b(?:photo|foto|image|bild|picture|credit|photograph|crédit)s?\b\s*(?:[:\uff1a/]|by\b|"
    r"courtesy)[^()\[\]]*[)\]\uff09]?\s*$",
    re.IGNORECASE,
)
"""The word for a picture before its caption, or who made it behind."""


def _credited(plain: str, text: str) -> str:
    """A caption as it is compared, without its credit; as a whole where nothing else would be left."""
    return _plain(_CREDIT.sub("", text)) or plain


def _plain(text: str) -> str:
    """A text as it is compared: without case, punctuation and markup."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _without_double_breaks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with no break at either end and no two in a row."""
    found: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.BREAK or (found and found[-1].kind is not Kind.BREAK):
            found.append(block)
    while found and found[-1].kind is Kind.BREAK:
        found.pop()
    return tuple(found)
