"""Formats the citations of a volume by a CSL style, with Pandoc's citeproc."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from book.composition.csl_document import make_document, uncited
from book.composition.name_order import mark, put_in_order
from book.language.quotation_marks import quotes
from book.model.manuscript import Manuscript
from book.model.sources import Source
from book.model.styled import BibliographyEntry, StyledCitation, StyledSources
from book.problem import BookError, Span, error
from book.project.csl_styles import DependentStyleError, MissingStyleError, find_style, independent_style, with_marks
from book.project.pandoc import MissingPackageError, pandoc_path, run_pandoc
from book.sources.csl_item import whole_item

_KEPT = {"em": "i", "strong": "b", "i": "i", "b": "b", "sup": "sup", "sub": "sub", "code": "code", "div": "span"}
"""What elements of Pandoc's page become; others are left out, and their words kept."""
_CLASSES = frozenset({"smallcaps", "csl-left-margin", "csl-right-inline", "csl-block", "csl-indent"})
"""Classes that are kept."""


def style_sources(manuscript: Manuscript) -> StyledSources | None:
    """The citations and the bibliography of a manuscript in the style that its settings name; None without one.

    Raises:
        BookError: The style cannot be used.
    """
    name = manuscript.settings.csl
    if name is None or not manuscript.citations:
        return None
    try:
        style = find_style(manuscript.project.root, name)
        pandoc_path()
    except (MissingPackageError, MissingStyleError):
        return None  # `checks/missing_style.py` reports it
    cited = {citation.source.id: citation.source for citation in manuscript.citations}
    keys = {source: f"s{number}" for number, source in enumerate(cited)}
    document = make_document(manuscript.chapters, manuscript.citations, keys)
    meta = {"lang": {"t": "MetaString", "c": manuscript.settings.language}, "nocite": uncited(keys.values())}
    whole = {"blocks": document.blocks, "meta": meta}
    items = [_item(source, keys[source.id]) for source in cited.values()]
    text = style.read_text(encoding="utf-8", errors="replace")
    at = Span(name if name.endswith(".csl") else "book.toml")
    try:
        independent = with_marks(independent_style(text), quotes(manuscript.settings.language))
        page = _format(independent, json.dumps(items), json.dumps(whole))
    except DependentStyleError as failure:
        message = f'the CSL style is that of another, "{failure}", which is not here'
        raise BookError([error("broken-style", message, at, "put that style into the project, and name it")]) from None
    except ValueError as failure:
        raise BookError([error("broken-style", f"Pandoc cannot use the CSL style: {failure}", at)]) from None
    page = put_in_order(page, cited.values())
    return _read(page, document.anchors, {key: source for source, key in keys.items()})


def _item(source: Source, key: str) -> dict[str, object]:
    """The item of a source for citeproc. A `speaker`, whom CSL does not have, stands in for an author."""
    item = {**whole_item(source), "id": key, "type": source.type}
    if source.language:
        item["language"] = source.language
    else:
        item.pop("language", None)
    if "author" not in item and "speaker" in item:
        item["author"] = item["speaker"]
    return mark({name: value for name, value in item.items() if name not in ("citation-key", "note", "custom")}, source)


@lru_cache(maxsize=128)
def _format(style: str, items: str, document: str) -> str:
    """Pandoc's page of a document.

    Raises:
        ValueError: Pandoc refuses the style or the items, with its reason.
    """
    whole = {**json.loads(document), "pandoc-api-version": _version()}
    with tempfile.TemporaryDirectory(prefix="florilegium-") as name:
        folder = Path(name)
        (folder / "style.csl").write_text(style, encoding="utf-8")
        (folder / "items.json").write_text(items, encoding="utf-8")
        options = ["--from=json", "--to=html5", "--citeproc", "--wrap=none"]
        files = [f"--csl={folder}/style.csl", f"--bibliography={folder}/items.json"]
        metadata = ["--metadata=link-bibliography:false", "--metadata=link-citations:true"]
        try:
            return run_pandoc([*options, *files, *metadata], json.dumps(whole))
        except ValueError as failure:
            raise ValueError(str(failure).replace(f"{folder}/", "")) from None


@lru_cache(maxsize=1)
def _version() -> list[int]:
    """The version of Pandoc's documents that it reads."""
    version: list[int] = json.loads(run_pandoc(["--from=markdown", "--to=json"]))["pandoc-api-version"]
    return version


def _read(page: str, anchors: list[str], sources: dict[str, str]) -> StyledSources:
    """The citations and the bibliography on Pandoc's page."""
    root: Any = lxml_html.fragment_fromstring(page, create_parent="body")
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    citations = {}
    for number, anchor in enumerate(anchors):
        element = by_id.get(f"c-{number}")
        if element is not None:
            citations[anchor] = _citation(element, by_id)
    entries = [
        BibliographyEntry(sources[name], words)
        for element in root.xpath("//*[contains(concat(' ', @class, ' '), ' csl-entry ')]")
        if (name := str(element.get("id", "")).removeprefix("ref-")) in sources and (words := _inner(element).strip())
    ]
    return StyledSources(citations, tuple(entries))


def _citation(element: Any, by_id: dict[str, Any]) -> StyledCitation:
    """One citation: a text, or a text and the note that the style makes of it."""
    call = next((link for link in element.iter("a") if "footnote-ref" in (link.get("class") or "")), None)
    if call is None:
        return StyledCitation(_inner(element).strip())
    note = by_id[str(call.get("href"))[1:]]
    for back in [link for link in note.iter("a") if "footnote-back" in (link.get("class") or "")]:
        back.drop_tree()
    call.drop_tree()
    paragraphs = [_inner(paragraph).strip() for paragraph in note.iter("p")]
    return StyledCitation(_inner(element).strip(), " ".join(paragraphs))


def _inner(element: Any) -> str:
    """What is in an element, as XHTML of little more than emphasis."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        inner, tag = _inner(child), _KEPT.get(str(child.tag))
        kept = " ".join(sorted(_CLASSES & set((child.get("class") or "").split())))
        if kept:
            inner = f'<span class="{kept}">{inner}</span>'
        elif tag and tag != "span":
            inner = f"<{tag}>{inner}</{tag}>"
        parts += [inner, escape(child.tail or "", quote=False)]
    return "".join(parts)
