"""Pango is set up once for each style, not for each line.

For WeasyPrint 70.0, which makes a context, a font description, a list of features and the key of
a style's line height anew for each line, up to four times, and for each try to hyphenate: a tenth of the time that
it takes to set plain paragraphs. Here they are made for the first line of a style, and kept with the style.

What is private and used: `Layout.setup` and `set_text` and `strut` of `text.line_break`; that a style whose text has
been laid out does not change its font. Upstream could keep them there just so.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class _Setup(NamedTuple):
    """What a layout of a style is made with."""

    context: Any
    """A PangoContext: fonts, direction, language."""
    description: Any
    """A PangoFontDescription."""
    language: Any
    """A PangoLanguage."""
    attributes: Any
    """A PangoAttrList shared by all layouts, so never to be changed; None if there are no attributes."""


def mend() -> None:
    """Keep what Pango is set up with, in this process."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    line_break.Layout.set_text = _set_text(line_break.Layout.set_text, line_break.Layout.setup)
    line_break.Layout.setup = _set_up(line_break.Layout.setup)
    line_break.strut = inline.strut = _keep(line_break.strut)


def _keep(strut: Any) -> Any:
    """Find the height and the base line of a style's lines once."""

    def kept(style: Any) -> tuple[float, float]:
        found: tuple[float, float] | None = style.__dict__.get("kept_strut")
        if found is None:
            found = style.kept_strut = strut(style)
        return found

    return kept


def _set_up(setup: Any) -> Any:
    """Set up a layout with what was made for the first one of its style."""
    from weasyprint.text.ffi import ffi, gobject, pango

    def set_up(layout: Any, style: Any) -> None:
        if not style.__dict__.get("kept_setup"):
            setup(layout, style)
            style.kept_setup = _make(style, layout.language) if _is_plain(style) else None
            if not style.kept_setup:
                return
        context, description, layout.language, attributes = style.kept_setup
        layout.style, layout.first_line_direction = style, 0
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, description)
        if attributes is not None:
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return set_up


def _set_text(set_text: Any, setup: Any) -> Any:
    """Give a layout its text; the attributes that it needs are there already, if its style is plain."""
    from weasyprint.text.ffi import pango

    def plainly(layout: Any, text: str, justify: bool = False) -> None:
        if not layout.style.kept_setup:
            set_text(layout, text, justify)
            return
        if justify and layout.justification_spacing:
            setup(layout, layout.style)  # its attributes are going to be changed
            set_text(layout, text, justify)
            return
        newline = text.find("\n")
        layout.text = text if newline == -1 else text[: newline + 2]
        pango.pango_layout_set_text(layout.layout, layout.text.encode().replace(b"\0", b""), -1)
        if "\t" in text:
            layout.set_tabs()

    return plainly


def _is_plain(style: Any) -> bool:
    """Whether the attributes of a text of this style do not depend on the text, and its lines need no metrics."""
    return style["letter_spacing"] == "normal" and not style["word_spacing"] and style["text_decoration_line"] == "none"


def _make(style: Any, language: Any) -> _Setup:
    """Make what the layouts of a style are made with, as the engine makes it for each."""
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango
    from weasyprint.text.fonts import get_font_description

    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["lang"] or style["font_language_override"] != "normal":
        pango.pango_context_set_language(context, language)
    return _Setup(context, get_font_description(style), language, _attributes(style))


def _attributes(style: Any) -> Any:
    """The attributes of any text of a style; None if there are none."""
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.fonts import font_features

    found = []
    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric",
             "variant_alternates", "variant_east_asian", "feature_settings")  # fmt: skip
    if features := font_features(*(style[f"font_{name}"] for name in names)):
        settings = ",".join(f"{name} {value}" for name, value in features.items())
        found.append(pango.pango_attr_font_features_new(settings.encode()))
    if style["overflow_wrap"] in ("anywhere", "break-word"):
        found.append(pango.pango_attr_insert_hyphens_new(False))
    if not found:
        return None
    attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for one in found:
        pango.pango_attr_list_insert(attributes, one)
    return attributes
