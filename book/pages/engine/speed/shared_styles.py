"""Elements and pseudo-elements that get the same declarations from like parents share one computed style.

WeasyPrint 70.0 shares the computed styles of like elements, but an `id` counts as a declaration (of `anchor`), so that
an element with one, and all that is in it, has styles of its own; and so has each pseudo-element. In a chapter full of
citations, computing them took a third of the time. Here an element with an `id` has a style that knows its anchor and
asks the shared one for the rest. What is private and used: `StyleFor`, `ComputedStyle` and `find_style_attributes` of
`css`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ANCHOR = "-weasy-anchor"


def mend() -> None:
    """Share more styles, in this process."""
    from weasyprint import css

    css.find_style_attributes = _without_ids(css.find_style_attributes)
    css.StyleFor.__init__ = _with_anchors(css.StyleFor.__init__, _anchored(css.ComputedStyle))
    css.StyleFor.set_computed_styles = _share(css.StyleFor.set_computed_styles)


def _without_ids(find_style_attributes: Any) -> Any:
    """What attributes declare, but for anchors."""

    def find(*values: Any, **named: Any) -> Iterator[Any]:
        for found in find_style_attributes(*values, **named):
            declarations = found[2]
            if len(declarations) != 1 or getattr(declarations[0], "name", None) != ANCHOR:
                yield found

    return find


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


def _with_anchors(initialise: Any, anchored: Any) -> Any:
    """Compute the styles of a document, then give elements their anchors."""

    def init(styles: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
        initialise(styles, html, sheets, hints, fonts, targets)
        computed = styles.get_computed_styles()
        for element in html.etree_element.iter():
            name = (element.tag == "a" and element.get("name")) or element.get("id")
            style = computed.get((element, None)) if name else None
            if style is not None and not style["anchor"]:
                computed[element, None] = anchored(style, name)
                if targets:
                    targets.collect_anchor(name)

    return init


def _share(set_computed_styles: Any) -> Any:
    """Set the computed style of an element; of a pseudo-element, that of a like one if there is one."""

    def share(styles: Any, element: Any, parent: Any, *rest: Any, pseudo_type: Any = None, **named: Any) -> None:
        if pseudo_type is None or parent is not element or not hasattr(element, "tag"):
            set_computed_styles(styles, element, parent, *rest, pseudo_type=pseudo_type, **named)
            return
        computed = styles.get_computed_styles()
        cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
        declared = tuple((name, id(value), weight) for name, (value, weight) in cascaded.items())
        key = id(computed[parent, None]), pseudo_type, declared
        known = styles.__dict__.setdefault("shared_styles", {})
        if key not in known:
            set_computed_styles(styles, element, parent, *rest, pseudo_type=pseudo_type, **named)
            known[key] = computed[element, pseudo_type]
        computed[element, pseudo_type] = known[key]

    return share
