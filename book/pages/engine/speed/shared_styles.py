"""Elements, pseudo-elements and pages that get the same declarations from like parents share one computed style.

WeasyPrint 70.0 shares the computed styles of like elements, but an `id` counts as a declaration (of `anchor`), so that
an element with one, and all that is in it, has styles of its own; and so has each pseudo-element, and each document. In
a chapter full of citations, computing them took a third of the time. Here an element with an `id` has a style that
knows its anchor and asks the shared one for the rest; which declarations win is found once for all elements that the
same rules match, with the styles of their pseudo-elements; and documents with the same stylesheets share their styles.
Pages that the same rules match do so too. What is private and used, of `css`: `StyleFor` (it is replaced),
`ComputedStyle`, `find_style_attributes`, `preprocess_declarations`, `declaration_precedence`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any
from xml.etree import ElementTree as ET

ANCHOR = "-weasy-anchor"
SVG = "{http://www.w3.org/2000/svg}svg"


def mend() -> None:
    """Share more styles, in this process."""
    from weasyprint import css

    css.StyleFor = _sharing(css, css.StyleFor, _anchored(css.ComputedStyle))


def _anchored(computed_style: Any) -> Any:
    """The class of the styles of elements that have an anchor."""

    class Anchored(computed_style):  # type: ignore[misc]
        """A style that is another one, but for its anchor."""

        def __init__(self, base: Any, anchor: str) -> None:
            self.__dict__.update(base.__dict__)
            self.base, self["anchor"] = base, anchor

        @property
        def anonymous_style(self) -> Any:
            """The style of the anonymous boxes in an element."""
            return self.base.anonymous_style

        def __missing__(self, key: str) -> Any:
            """Ask the shared style."""
            value = self[key] = self.base[key]
            return value

    return Anchored


class _Nothing:
    """A document without elements, whose styles the engine computes."""

    etree_element = ET.Element("none")
    base_url = None

    @property
    def wrapper_element(self) -> Any:
        """What the elements are matched by."""
        return self

    def iter_subtree(self) -> Iterator[Any]:
        """No element."""
        return iter(())


_NOTHING = _Nothing()


def _sharing(css: Any, style_for: Any, anchored: Any) -> Any:
    """The class of the styles of a document, computed once for all like elements and for all like pages."""

    class Sharing(style_for):  # type: ignore[misc]
        """The styles of a document."""

        def __init__(self, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
            self.of_pages: dict[Any, Any] = {}
            self.like_others: set[Any] = set()
            super().__init__(_NOTHING, sheets, hints, fonts, targets)
            self.kept = _kept_for(sheets, html.base_url, fonts)
            self.initial_page_sizes = self.kept.page_sizes
            _compute_all(css, self, html, sheets, hints, targets)
            self.get_cascaded_styles().clear()
            _add_anchors(html, self.get_computed_styles(), targets, anchored)

        def add_page_declarations(self, page_type: Any) -> None:
            """Find what wins for a page; if that was so for another page, share the styles of that one."""
            cascaded, computed = self.get_cascaded_styles(), self.get_computed_styles()
            cascaded.clear()
            super().add_page_declarations(page_type)
            wins = tuple(
                (pseudo, name, id(one)) for (_, pseudo), won in cascaded.items() for name, (one, _) in won.items()
            )
            first = self.of_pages.setdefault(wins, page_type)
            if (first, None) in computed:
                for pseudo in {None, *(pseudo for _, pseudo in cascaded)}:
                    computed[page_type, pseudo] = computed[first, pseudo]
                self.like_others.add(page_type)
                cascaded.clear()

        def set_computed_styles(self, element: Any, *rest: Any, **named: Any) -> None:
            """Compute the style of an element or a page that is not shared."""
            if element not in self.like_others:
                super().set_computed_styles(element, *rest, **named)

    return Sharing


def _compute_all(css: Any, styles: Any, html: Any, sheets: Any, hints: Any, targets: Any) -> None:
    """Compute the styles of all elements, once for those that the same rules match."""
    written = _written(css, html, hints)
    computed, known, match = styles.get_computed_styles(), styles.kept.styles, styles.kept.matcher.match
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        matched = match(wrapper)
        rules = tuple([(rank, pseudo_type, id(payload[0])) for rank, _, pseudo_type, payload in matched])
        own = written.get(element, ())
        key = id(computed.get((parent, None))), _content(own) if own else own, rules
        if key not in known:
            cascaded = _cascade(css, sheets, matched, own)
            known[key] = tuple(_compute(styles, html, targets, element, parent, cascaded))
        for pseudo_type, style in known[key]:
            computed[element, pseudo_type] = style


MOST = 5_000
"""Number of styles after which none is kept for the next document: so many come from `style` attributes only."""


class _PageSizes(dict[str, Any]):
    """The size of a document's first page, on which viewport units depend; it notices when it is asked for."""

    asked = False

    def __getitem__(self, key: str) -> Any:
        """Give the size of the page (`box`), or of its area."""
        self.asked = True
        return super().__getitem__(key)


class _Kept:
    """What documents with the same stylesheets share."""

    def __init__(self, sheets: Any, fonts: Any) -> None:
        self.sheets, self.fonts = [sheet for sheet, _, _ in sheets], fonts  # their ids are not given again
        self.matcher = _in_one([sheet.matcher for sheet in self.sheets])
        self.styles: dict[Any, tuple[tuple[str | None, Any], ...]] = {}
        self.page_sizes = _PageSizes()


_kept: dict[Any, _Kept] = {}
"""By stylesheets, base address and fonts: what is kept; of the last document only."""


def _kept_for(sheets: Any, base: str, fonts: Any) -> _Kept:
    """What is kept of earlier documents, to which a document with these stylesheets adds its own."""
    key = tuple((id(sheet), origin, specificity) for sheet, origin, specificity in sheets), base, id(fonts)
    found = _kept.get(key)
    if found is None or found.page_sizes.asked or len(found.styles) > MOST:
        _kept.clear()
        found = _kept[key] = _Kept(sheets, fonts)
    found.page_sizes.update(box=None, area=None)
    return found


def _content(written: Any) -> tuple[Any, ...]:
    """What attributes of an element declare, in a form that can be compared."""
    return tuple(
        (specificity, base, *(declaration.serialize() for declaration in declarations))
        for specificity, declarations, base in written
    )


_TABLES = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
_LISTS = ("lang_attr_selectors", "other_selectors")


def _in_one(matchers: list[Any]) -> Any:
    """One matcher for all sheets: what it finds comes in their order, ranked by (number of the sheet, specificity)."""
    whole = type(matchers[0])()
    for number, matcher in enumerate(matchers):
        for name in _TABLES:
            for value, rules in getattr(matcher, name).items():
                getattr(whole, name).setdefault(value, []).extend(_ranked(number, rules))
        for name in _LISTS:
            getattr(whole, name).extend(_ranked(number, getattr(matcher, name)))
    return whole


def _ranked(number: int, rules: Any) -> Iterator[Any]:
    """The rules of the sheet with a number."""
    return ((test, (number, specificity), *rest) for test, specificity, *rest in rules)


class _Declaring:
    """The elements of a document whose attributes declare something besides an anchor."""

    def __init__(self, root: Any) -> None:
        self._root = root

    def iter(self) -> Iterator[Any]:
        """These elements, in order."""
        return (one for one in self._root.iter() if one.get("style") or one.get("lang") or one.tag == SVG)


def _written(css: Any, html: Any, hints: Any) -> dict[Any, list[tuple[Any, Any, str]]]:
    """By element: what its attributes declare, but for anchors, as (specificity, declarations, base address)."""
    tree = html.etree_element if hints else _Declaring(html.etree_element)
    found: dict[Any, list[tuple[Any, Any, str]]] = {}
    for specificity, element, declarations, base in css.find_style_attributes(tree, hints, html.base_url):
        if len(declarations) != 1 or getattr(declarations[0], "name", None) != ANCHOR:
            found.setdefault(element, []).append((specificity, declarations, base))
    return found


def _cascade(css: Any, sheets: Any, matched: Any, written: Any) -> dict[str | None, dict[str, Any]]:
    """The declarations that win for an element (None) and for each of its pseudo-elements, as `StyleFor` finds them."""
    cascaded: dict[str | None, dict[str, Any]] = {None: {}}
    for specificity, declarations, base in written:
        parsed = css.preprocess_declarations(base, declarations)
        _win(css, cascaded[None], parsed, "author", inf, specificity)
    for (number, specificity), _, pseudo_type, (declarations, layer) in matched:
        sheet, origin, of_sheet = sheets[number]
        order = inf if layer is None else sheet.layers.index(layer)
        style = cascaded.setdefault(pseudo_type, {})
        _win(css, style, declarations, origin, order, of_sheet or specificity)
    return cascaded


def _win(css: Any, style: dict[str, Any], declarations: Any, origin: str, order: float, specificity: Any) -> None:
    """Let declarations replace those that weigh less, or as much and stand before."""
    for name, values, importance in declarations:
        weight = css.declaration_precedence(origin, importance), order, specificity
        if name not in style or style[name][1] <= weight:
            style[name] = values, weight


def _compute(styles: Any, html: Any, targets: Any, element: Any, parent: Any, cascaded: Any) -> Iterator[Any]:
    """Compute the styles of an element and of its pseudo-elements, and give each with its name."""
    for pseudo_type, style in cascaded.items():
        styles.get_cascaded_styles()[element, pseudo_type] = style
        styles.set_computed_styles(
            element, parent=element if pseudo_type else parent, root=html.etree_element, pseudo_type=pseudo_type,
            base_url=html.base_url, target_collector=targets,
        )  # fmt: skip
        yield pseudo_type, styles.get_computed_styles()[element, pseudo_type]


def _add_anchors(html: Any, computed: Any, targets: Any, anchored: Any) -> None:
    """Give each element that has an anchor a style that knows it."""
    for element in html.etree_element.iter():
        name = (element.tag == "a" and element.get("name")) or element.get("id")
        style = computed.get((element, None)) if name else None
        if style is not None and not style["anchor"]:
            computed[element, None] = anchored(style, name)
            if targets:
                targets.collect_anchor(name)
