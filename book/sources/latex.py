"""Converts LaTeX in BibTeX fields to text with CSL's markup: accents, emphasis, quotation marks, protecting braces."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from html import unescape
from typing import Any

_COMMANDS = {
    "emph": "<i>%s</i>", "textit": "<i>%s</i>", "mkbibemph": "<i>%s</i>", "enquote": "“%s”", "mkbibquote": "“%s”",
    "textbf": "<b>%s</b>", "mkbibbold": "<b>%s</b>", "textsc": "<sc>%s</sc>", "textsuperscript": "<sup>%s</sup>",
    "mkbibsuperscript": "<sup>%s</sup>", "textsubscript": "<sub>%s</sub>", "mkbibsubscript": "<sub>%s</sub>",
    "MakeUppercase": "%s", "uppercase": "%s", "MakeLowercase": "%s", "lowercase": "%s", "textgreek": "%s",
    "noopsort": "", "url": "%s", "textup": "%s", "textnormal": "%s", "mbox": "%s", "bibstring": "%s",
}  # fmt: skip
"""The replacement of a command with one argument (`%s`: the argument)."""
_NAMES = {"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX",
          "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX", "degree": "°", "slash": "/",
          "nobreakdash": "", "protect": "", "relax": "", "par": " ", "newline": " ", "allowbreak": ""}  # fmt: skip
"""What is shown for a command without arguments that stands for words, and that pylatexenc does not know."""
_OLD = {"em": "emph", "it": "textit", "itshape": "textit", "sl": "textit", "bf": "textbf", "bfseries": "textbf",
        "sc": "textsc", "scshape": "textsc"}  # fmt: skip
r"""Commands that apply until the end of their group (`{\em …}`), and the equivalent ones with an argument."""
_SWITCH = re.compile(rf"\{{\\({'|'.join(_OLD)})(?![A-Za-z])\s*")
_SCRIPT = re.compile(r"\$\s*([\^_])\s*(?:\{([^{}$]*)\}|(\\?\w+))\s*\$")
_FORMULA = re.compile(r"(?<!\\)\$(?:[^$\\]|\\.)+\$")
_INNER_SCRIPT = re.compile(r"([\^_])\s*(?:\{([^{}$]*)\}|(\\[A-Za-z]+|[^\s\\{}$]))")
_PER_CENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
"""A sign that begins no comment: in BibTeX (`btxdoc`, 3) a field is one line, of which all would be lost behind it."""
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)\s*")
_NO_BRACES = str.maketrans("", "", "{}$")
_PLAIN_ESCAPE = re.compile(r"\\([&%_$#{}])")
_HIDDEN = 0xE000
"""Private use characters that stand for escaped characters until braces have been removed."""
_HIDDEN_SIGN = re.compile(f"[{chr(_HIDDEN)}-{chr(_HIDDEN + 0x7F)}]")
_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}",
}  # fmt: skip
_WRITTEN = {
    "i": r"\emph{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{", "code": r"\texttt{",
    "span": r"\textsc{",
}  # fmt: skip


def read_latex(text: str) -> str:
    """The text of a field, with CSL's tags for its markup."""
    text = " ".join(text.split())
    bare = _PLAIN_ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    if not set("\\$") & set(bare):  # most texts: pylatexenc takes a thousand times as long
        plain = bare.replace("{", "").replace("}", "").replace("~", "\N{NO-BREAK SPACE}")
        plain = plain.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
        return _HIDDEN_SIGN.sub(lambda found: chr(ord(found[0]) - _HIDDEN), plain)
    text = _SCRIPT.sub(_in_formula, text)
    text = _FORMULA.sub(lambda found: _INNER_SCRIPT.sub(_in_formula, found[0]), text)
    text = _HREF.sub("", _PER_CENT.sub(r"\1\\%", text))
    text = _SWITCH.sub(lambda found: f"\\{_OLD[found[1]]}{{", text)
    try:
        return str(_converter()(text)).strip()
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError):
        # pylatexenc 2.11 fails on commands without their arguments: the words alone
        return " ".join(_COMMAND.sub("", text).translate(_NO_BRACES).split())


def write_latex(text: str) -> str:
    """A plain text as LaTeX: special characters escaped, others unchanged (UTF-8)."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), text)


def write_rich_latex(html: str) -> str:
    """The XHTML of a `RichText` as LaTeX."""
    parts = re.split(r"<(/?)([a-z]+)[^<>]*>", html)
    written = [write_latex(unescape(parts[0]))]
    for closing, name, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        written.append("}" if closing else _WRITTEN.get(name, "{"))
        written.append(write_latex(unescape(words)))
    return "".join(written)


def unknown_commands(text: str) -> list[str]:
    """The commands in the text of a field that are not known: they are left out, their arguments are plain words."""
    shown = _shown()
    names = dict.fromkeys(match[1] for match in _NAMED_COMMAND.finditer(text))
    return [name for name in names if name not in _OLD and name != "href" and shown.get_macro_spec(name) is None]


_NAMED_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*\\([A-Za-z]+)")


def _in_formula(found: re.Match[str]) -> str:
    """A superscript or a subscript of a formula; a hyphen in it is a minus."""
    return f"{_script(found[1])}{{{(found[2] or found[3]).replace('-', chr(0x2212))}}}"


def _script(sign: str) -> str:
    """The command for a superscript or a subscript."""
    return r"\textsuperscript" if sign == "^" else r"\textsubscript"


@cache
def _shown() -> Any:
    """What is shown for each command that is known: pylatexenc's table with ours before it."""
    from pylatexenc.latex2text import MacroTextSpec, get_default_latex_context_db

    shown = get_default_latex_context_db()
    texts = [MacroTextSpec(name, simplify_repl=written) for name, written in (_COMMANDS | _NAMES).items()]
    shown.add_context_category("csl", macros=texts, prepend=True)
    return shown


@cache
def _converter() -> Callable[[str], str]:
    """Pylatexenc's conversion, with CSL's tags for commands of emphasis."""
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import get_default_latex_context_db as get_parsing_db
    from pylatexenc.macrospec import MacroSpec

    shown, parsed = _shown(), get_parsing_db()
    macros = [MacroSpec(name, "{") for name in _COMMANDS] + [MacroSpec(name) for name in _NAMES]
    parsed.add_context_category("csl", macros=macros, prepend=True)
    converter = LatexNodes2Text(latex_context=shown, math_mode="text", keep_comments=False)
    return partial(converter.latex_to_text, latex_context=parsed, tolerant_parsing=True)
