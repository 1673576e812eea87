"""A project written from imported documents: settings, chapters, sources, pictures. No file is ever overwritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import PurePosixPath
from urllib.parse import unquote

import yaml

from book.composition.sections import reserved_slugs
from book.imports.attributions import calls_at_end, is_quoted, opened_paragraphs
from book.imports.decisions import unit
from book.imports.document import Kind
from book.imports.foreign_words import with_languages
from book.imports.gathering import Gathered, Gathering
from book.imports.pieces import Piece
from book.imports.plain_text import in_comment
from book.imports.structure import Part

MARK = "TODO"
"""What begins a comment in a chapter that a person has to look at."""


_REMARKS = {
    "de": "\u00c4u\u00dferungen", "fr": "Propos", "es": "Palabras", "it": "Parole", "pt": "Palavras",
    "nl": "Uitspraken", "ru": "\u0421\u043b\u043e\u0432\u0430", "zh": "\u8bb2\u8bdd",
    "ja": "\u767a\u8a00", "ko": "\ubc1c\uc5b8",
}  # fmt: skip
"""What is said on an occasion of which no more than the speaker is known, by language; in English `Remarks`."""


def write_sources(gathering: Gathering, language: str = "en") -> str:
    """The new sources as CSL-YAML, for a book in a language."""
    remarks = _REMARKS.get(language.partition("-")[0], "Remarks")
    items = [_item(source, remarks) for source in gathering.new]
    return yaml.safe_dump(items, allow_unicode=True, sort_keys=False, width=110) if items else "[]\n"


def write_unlisted(keys: Iterable[str]) -> str:
    """Sources of which no more than their keys is known, as CSL-YAML: a key is the title until a person writes it."""
    items = [{"id": key, "type": "document", "title": key} for key in keys]
    return "# These are cited, and stood in none of the lists of sources.\n" + yaml.safe_dump(
        items, allow_unicode=True, sort_keys=False, width=110
    )


def _item(source: Gathered, remarks: str) -> dict[str, object]:
    """A source as a CSL item, with a title for those that have none."""
    occasion = source.occasion
    item: dict[str, object] = {"id": source.id, "type": "speech" if source.speaker or source.date else "document"}
    if source.speaker:
        item["author"] = [name_of(source.speaker)]
    item["title"] = occasion.title or remarks
    if occasion.event and occasion.event.casefold() not in occasion.title.casefold():
        item["event-title"] = occasion.event
    if source.place:
        item["event-place"] = source.place
    if source.date:
        item["issued"] = source.date
    return item


_FAMILY_FIRST = frozenset({
    "chen", "deng", "gao", "guo", "he", "hu", "huang", "jiang", "kim", "li", "lin", "liu", "ma", "mao", "park", "sun",
    "wang", "wu", "xi", "xu", "yang", "zhang", "zhao", "zhou", "zhu",
})  # fmt: skip
"""Family names that stand before the given name, of those that are best known."""


def name_of(name: str) -> dict[str, str | bool]:
    """A name in CSL's parts: the last word is the family name, or the first one of a Chinese or Korean name.

    Such a name keeps its order (`static-ordering`): it would be printed the other way round from the document.
    """
    words = name.split()
    if len(words) == 1 or "of" in words:
        return {"literal": name}
    if words[0].casefold() in _FAMILY_FIRST and len(words) <= 3:
        return {"family": words[0], "given": " ".join(words[1:]), "static-ordering": True}
    start = next((at for at, word in enumerate(words) if word in _PARTICLES), len(words) - 1)
    if any(word in _SON_OF for word in words[1:-1]):
        start = max(at for at, word in enumerate(words[:-1]) if word in _SON_OF)
        return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
    family = words[start:]
    particle = [word for word in family[:-1] if word in _PARTICLES]
    parts: dict[str, str | bool] = {"family": " ".join(family[len(particle) :])}
    if words[:start]:
        parts["given"] = " ".join(words[:start])
    return {**parts, "non-dropping-particle": " ".join(particle)} if particle else parts


_SON_OF = frozenset({"ap", "ab", "ferch", "verch"})
"""Words of Welsh names that say whose child somebody is: they are part of the family name, which is never without."""
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "du",
        "la",
        "le",
        "zu",
        "zur",
        "ten",
        "ter",
        "dos",
        "das",
    ]
)


def write_chapter(part: Part, gathering: Gathering, language: str, book: str) -> str:
    """A chapter as Markdown with its front matter; words in other scripts than that of the language say theirs.

    Args:
        part: The chapter.
        gathering: The sources that it cites.
        language: BCP 47 tag of its language.
        book: That of the book.
    """
    front: dict[str, object] = {"title": part.title}
    if language != book:
        front["language"] = language
    if slug_of(part.title) in reserved_slugs():
        front["slug"] = f"chapter-{slug_of(part.title)}"
    if part.role:
        front["role"] = part.role
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=110)
    notes = [piece for piece in part.pieces if piece.block.kind in (Kind.NOTE, Kind.DEFINITION)]
    levels = _levels(part)
    blocks = [block for piece in part.pieces if piece not in notes for block in _blocks(piece, gathering, levels)]
    blocks += [_cited(piece, gathering) for piece in notes]
    return f"---\n{head}---\n\n" + with_languages("\n\n".join(blocks), language) + "\n"


def _levels(part: Part) -> dict[int, int]:
    """The levels of a chapter's headings in the book, by the ids of their pieces: 2 and below, none left out."""
    found: dict[int, int] = {}
    above: list[int] = []
    for piece in part.pieces:
        if piece.block.kind is Kind.HEADING:
            while above and above[-1] >= piece.block.level:
                above.pop()
            above.append(piece.block.level)
            found[id(piece)] = min(len(above) + 1, 6)
    return found


def _blocks(piece: Piece, gathering: Gathering, levels: Mapping[int, int]) -> Iterator[str]:
    """The Markdown of a piece, questions about it as comments before it."""
    block = piece.block
    for mark in piece.marks:
        line = piece.lines.get(mark, block.line)
        yield f"<!-- {MARK} ({block.file}, {unit(block.file)} {line}): {in_comment(mark)} -->"
    if block.kind is Kind.HEADING:
        yield f"{'#' * levels[id(piece)]} {' '.join(block.markdown.split())}" + _anchor(piece, " ")
    elif block.kind is Kind.BREAK:
        yield "* * *"
    elif not block.markdown:
        return  # the place of a picture that is not there
    elif piece.quotation:
        yield _quotation(piece, gathering)
    else:
        written = _cited(piece, gathering)
        if piece.anchor and block.kind is Kind.PICTURE and written.endswith("}"):
            yield f"{written[:-1]} #{piece.anchor}}}"
        else:
            caption = written.startswith((": ", "Table:"))
            yield written + _anchor(piece, "" if block.kind is Kind.PICTURE else " " if caption else "\n")


def _anchor(piece: Piece, before: str) -> str:
    """The id of a block that links lead to."""
    return f"{before}{{#{piece.anchor}}}" if piece.anchor else ""


def _quotation(piece: Piece, gathering: Gathering) -> str:
    """A block quotation with its attribution."""
    words = without_marks(piece.block.markdown)
    lines = [f"> {line}".rstrip() for line in words.split("\n")]
    if piece.occasion is not None:
        lines += [">", f"> — [@{gathering.of(piece.occasion).id}]"]
    return "\n".join(lines)


_EMPHASIS = re.compile(r"(?P<sign>\*{1,3}|_{1,3})(?P<words>[^*_]+)(?P=sign)")
"""Words that are emphasised as a whole."""


def without_marks(text: str) -> str:
    """A quotation without the quotation marks around the whole of it."""
    stripped = text.strip()
    calls = "".join(calls_at_end(stripped))
    bare = stripped.removesuffix(calls).rstrip() if calls else stripped
    if (emphasis := _EMPHASIS.fullmatch(bare)) is not None and is_quoted(emphasis["words"]):
        bare = emphasis["words"]
    if (opened := opened_paragraphs(bare)) is not None:
        return opened + calls
    if is_quoted(bare) and not any(mark in bare[1:-1] for mark in (bare[0], bare[-1])):
        return bare[1:-1].strip() + calls
    return stripped


def _cited(piece: Piece, gathering: Gathering) -> str:
    """A paragraph with its citations at their places."""
    text = piece.block.markdown
    for place, occasion in sorted(piece.cited, key=lambda one: one[0], reverse=True):
        text = f"{text[:place].rstrip()} [@{gathering.of(occasion).id}]{text[place:]}"
    return text


def slug_of(title: str) -> str:
    """A title as a file name: lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return "-".join(words[:6])[:50].strip("-") or "chapter"


def chapter_names(parts: Sequence[Part], first: int, taken: Iterable[str] = ()) -> list[str]:
    """The name of each chapter's file, as in `01-clear-goals.md`; an introduction has the number 0 if it is free.

    Args:
        parts: The chapters.
        first: The number of the first one.
        taken: Names of the files of chapters that are there already. Without its number, no name stands twice.
    """
    width = max(2, len(str(first + len(parts))))
    used = {name.removesuffix(".md").lstrip("0123456789").lstrip("-") for name in taken}
    names: list[str] = []
    for number, part in enumerate(parts, first):
        stem = slug_of(part.title)
        slug = next(one for one in chain([stem], (f"{stem}-{again}" for again in count(2))) if one not in used)
        used.add(slug)
        names.append(f"{number:0{width}}-{slug}.md")
    return names


def write_settings(title: str, language: str, authors: Sequence[str], date: str | None, lists: Sequence[str]) -> str:
    """The `book.toml` of a new project."""
    lines = ["[book]", f"title = {toml_text(title)}", f"language = {toml_text(language)}"]
    if authors:
        lines.append(f"authors = [{', '.join(map(toml_text, authors))}]")
    if date:
        lines.append(f"date = {toml_text(date)}")
    lines.append(f"sources = [{', '.join(map(toml_text, lists))}]")
    editions = ("print", "pdf", ""), ("ebook", "epub", ""), ("handout", "pdf", 'split = "chapter"\n')
    tables = (f'\n[editions.{name}]\noutput = "{output}"\n{more}' for name, output, more in editions)
    return "\n".join(lines) + "\n" + "".join(tables)


def toml_text(text: str) -> str:
    """A text as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\u{ord(letter):04X}" for letter in escaped) + '"'


def picture_name(address: str, taken: Mapping[str, object]) -> str:
    """The name of a picture in the project's `chapters/images/`, one that no other picture has."""
    path = PurePosixPath(unquote(address))
    stem, suffix = slug_of(path.stem), path.suffix.lower()
    name, number = f"{stem}{suffix}", 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name
