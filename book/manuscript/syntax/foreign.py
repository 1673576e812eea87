"""Finds markup of other tools that was left in the text after parsing, by patterns.

Each kind has a remedy. Code and escaped characters are not searched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.classes import meant_class
from book.manuscript.tree import Tree
from book.problem import Problem, warning


class Kind(NamedTuple):
    """One kind of markup."""

    looks: re.Pattern[str]
    what: str
    remedy: str


_LONGEST = 500
"""Characters up to which the end of a mark is looked for: without a limit, time grows with the square of a line."""
_REPEATED = re.compile(r"(\[\^(?:\\.|[^\]\\])+\])([*+])")


def _kind(looks: str, what: str, remedy: str) -> Kind:
    """A kind with its compiled pattern, in which no class of "all but …" is repeated more than `_LONGEST` times."""
    bounded = _REPEATED.sub(lambda one: f"{one[1]}{{{int(one[2] == '+')},{_LONGEST}}}", looks)
    return Kind(re.compile(bounded, re.MULTILINE), what, remedy)


_ESCAPE = "write it as code, or escape it with a backslash, if it is meant"
KINDS = (
    _kind(r"^\+[-=+:]{3,}\+[ \t]*$(?:\n[ \t]*[|+].*$)*", "a grid table",
          "let its corners and bars stand below each other, or write it as a pipe table: | a | b |, then |---|---|"),
    _kind(r"\{%[^\n]*?%\}", "a tag of a template (Jekyll, Hugo, Jinja)", f"chapters hold no templates; {_ESCAPE}"),
    _kind(r"\{\{[<%][^\n]*?[>%]\}\}", "a shortcode (Hugo, Quarto)", f"write what it stands for; {_ESCAPE}"),
    _kind(r"<%[^\n]*?%>|\[%[^\n]*?%\]|\{#[ ][^\n{}]*[ ]#\}", "a tag of a template (ERB, Template Toolkit, Jinja)",
          f"chapters hold no templates; {_ESCAPE}"),
    _kind(r"[$#@]\{[A-Za-z_][\w.]*\}", "a variable of a template", f"write what it stands for; {_ESCAPE}"),
    _kind(r"\{\{#[^\n{}]*\}\}", "a directive of mdBook", "put the text itself in its place"),
    _kind(r"\{\{[^\n{}]*\}\}", "a variable of a template", f"write what it stands for; {_ESCAPE}"),
    _kind(r"!?\[\[[^\[\]\n]+\]\]", "a wiki link", "write it as [words](file.md), a picture as ![words](file)"),
    _kind(r"\{:[^\n{}]*\}", "an attribute list of kramdown", "write it as {#id .class}"),
    _kind(r"%%[^\n]*?%%", "a comment of Obsidian", "write it as <!-- … -->, or delete it"),
    _kind(r"^:{3,}[ \t]*$", "the fence of a division",
          "it ends none that is open here: delete it, or indent it like the beginning in an item of a list"),
    _kind(r"^:{3,}.*$|(?<=\s):{3,}(?:\s|$).*", "the fence of a division",
          "it stands on a line of its own: ::: {.note}"),
    _kind(r"^[ \t]*-{3,}(?:[ \t]+-{3,})+[ \t]*$", "a table of Pandoc's",
          "a line of headings above it, rows below, all within its columns; or a pipe table: | a | b |"),
    _kind(r"^[ \t]*\|.*\|[ \t]*$(?:\n[ \t]*\|.*$)*", "a row of a table without a head",
          "a line |---|---| stands below the first row"),
    _kind(r"\\(?:newpage|pagebreak|clearpage|index|label|ref|cite\w*|text\w+|emph|footnote|begin|end|chapter|section"
          r"|vspace|hspace|noindent|par|small|large|centering|tableofcontents|maketitle|bigskip|medskip|smallskip|hline"
          r"|frontmatter|mainmatter|backmatter|appendix|printindex|listoffigures|item|caption|include\w*|input)\b(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*",
          "a command of LaTeX", "chapters hold no LaTeX: write it in Markdown, or in a stylesheet"),
    _kind(r"(?<![\w:]):(?=[a-z_]*[a-z])[a-z0-9_+-]{2,}:(?![\w:])", "an emoji by its name",
          "write the character itself"),
    _kind(r"^!!![ ]+\w.*$|^\?\?\?\+?[ ]+\w.*$", "an admonition of MkDocs", "write it as ::: note, and ::: below it"),
    _kind(r"^\([\w-]+\)=[ \t]*$", "a label of MyST", "write it as {#label} behind the heading"),
    _kind(r"^\(@[\w-]*\)[ \t]", "a numbered example",
          "its label is the name of a source, or like one: give it another"),
    _kind(r"^%[ \t]\S.*$", "a comment of MyST", "write it as <!-- … -->"),
    _kind(r"^\+\+\+[ \t]*$", "a break of MyST, or front matter in TOML", "delete it; front matter stands between ---"),
    _kind(r"\{[A-Za-z][\w:.+-]*\}(?=\ufffc)", "a role of MyST",
          "write it in Markdown: [@key] cites, [words](#id) refers"),
    _kind(r"(?<=\ufffc)\{(?!\{)[^{}\n]+\}", "attributes that cannot be read", 'write them as {.class #id key="value"}'),
    _kind(r"(?<=\])[ ]?\{(?!\{)[^{}]{1,200}\}", "attributes that cannot be read",
          'write them directly behind the bracket, as {.class #id key="value"}; a term of the index is {.index}'),
    _kind(r"!\[[^\]\n]*\]\([^()\n]*[“”„«»‘’‹›][^()\n]*\)", "a picture with curly quotation marks round its caption",
          'use straight ones: ![what it shows](images/hill.jpg "Caption")'),
    _kind(r"!\[[^\]\n]*\]\([^()\n]*\)", "a picture",
          'write it as ![what it shows](hill.jpg "Caption"), a name with spaces between < and >'),
    _kind(r"\[[^\]\n]+\]\([^()\n]*[^()\s]\.md(?:#[^()\n]*)?(?:[ ][^()\n]*)?\)", "a link",
          "write it as [words](file.md), a name with spaces between < and >"),
    _kind(r"(?<![\w`])`(?:r|\{(?:r|python|julia|ojs)\})[ ][^`\n]*", "code that knitr or Quarto would run",
          "write its result in its place"),
    _kind(r"<!--", "a comment that does not end", "end it: -->"),
    _kind(r"</?[A-Za-z]\w*:[^<>\n]*>", "an element of a word processor", "delete it"),
    _kind(r"(?<=\s)\^[A-Za-z0-9-]+[ \t]*$", "a block id of Obsidian",
          "write it as {#id} on a line below the paragraph"),
    _kind(r"\[(?:TOC|toc)\]|\[\[toc\]\]", "a table of contents", "delete it: every edition has its contents"),
    _kind(r"\[\^[^\]\n]*\]", "the call of a note", "a label has no spaces: [^label]"),
    _kind(r"^(?:[a-zA-Z]|[ivxIVX]{1,5})[.)][ \t]+\S.*\n(?:[a-zA-Z]|[ivxIVX]{1,5})[.)][ \t]+\S.*$",
          "a list with letters", "letters follow each other: a. b. c., capitals with two spaces: A.  B.  C."),
    _kind(r"(?<=\d)\^(?:st|nd|rd|th|er|re|e|o|a)\b(?!\^)", "a superscript that does not end", "end it: 1^st^"),
    _kind(r"\{(?!\.altered\b)[#.][A-Za-z][^{}\n]*\}", "attributes that belong to nothing",  # marks an attribution
          "write them directly behind what they belong to: [words]{.class}, or on a line below a block"),
    _kind(r"(?<!\w)\+\+(?=[^\s+])[^\n+]*[^\s+]\+\+(?!\w)|\^\^(?=[^\s^])[^\n^]*\^\^", "an insertion",
          "write it as [words]{.ins}, or as <ins>words</ins>"),
    _kind(r"(?<!\w)\|\|(?=[^\s|])[^\n|]*[^\s|]\|\|(?!\w)", "a spoiler", "delete the bars"),
    _kind(r"^\|={3,}[ \t]*$", "a table of AsciiDoc", "write it as a pipe table: | a | b |, then |---|---|"),
    _kind(r"^[–—][ \t\xa0].*\n[–—][ \t\xa0].*$", "lines that begin with dashes, which run together",
          "write a list with -, or an empty line between what is said"),
    _kind(r"^#{1,6}[^\s#].*$", "a heading without a space", "write a space behind the #, or escape it: \\#"),
    _kind(r"\\[ \t]*(?=\n)|\A[^\n]{1,2000}\\[ \t]*\Z", "a line that ends in a break",
          "it breaks none here: delete it, and spaces behind it, or write two"),
    _kind(r"\\[ ](?=\S)", "a space of Pandoc's at which no line breaks", "write the character itself, or &nbsp;"),
    _kind(r"^\.\.[ ]\w+::.*$", "a directive of reStructuredText", f"write it in Markdown; {_ESCAPE}"),
    _kind(r"(?<=\])\{[.#][A-Za-z][^{}\n]*$", "attributes that do not end", "end them: }"),
    _kind(r"!?\[[^\]\n]+\]\((?=[^\s()]{0,200}[./#\ufffc\ufffd])[^()\n]*$", "a link or a picture that does not end",
          "end it: )"),
    _kind(r"!\[[^\]\n]*\][ ]\([^()\n]+\)|(?<!\w)\[[^\]\n]*[^\W\d_]{3}[^\]\n]*\][ ]\((?:https?://|[\w./-]{1,200}\.md\b)[^()\n]*\)",
          "a link or a picture whose brackets are parted", "leave no space between ] and ("),
    _kind(r"\([^()\n]+\)\[(?:\ufffd{8}|https?://|[\w./-]{1,200}\.md\b)[^\]\n]*\]?",
          "a link whose brackets are exchanged", "write it as [words](address)"),
    _kind(r"(?<!\w)@\[[\w:.-]{1,200}\]|\[@[ ][\w:.-]{1,200}\]", "a citation", "write it as [@key]"),
    _kind(r"\[\ufffc[^\[\]]*\Z", "a bracket that is not closed", "close it: ]"),
    _kind(r"\^\[[^\]]*\Z", "a note that does not end", "end it: ]"),
    _kind(r"^::(?:[ \t]+\{?\.?[A-Za-z][\w-]*\}?)?[ \t]*$", "the fence of a division", "it has three colons: ::: note"),
    _kind(r"<!-(?!-)[^\n>]*>?", "a comment", "write it as <!-- … -->"),
    _kind(r"</?(?:br|div|span|strong|em|sub|sup|img|table)\b[^<>]*\Z", "a tag that does not end", "end it: >"),
    _kind(r"&[a-z]{3,20};|(?<!\w)&[A-Za-z]{2,20};", "a character's name that HTML does not have",
          "write the character itself, or its name: &nbsp;"),
    _kind(r"(?:``|,,|(?<![\w'])'')(?=\w)(?:[^`'\n]|'(?!')){1,300}''(?![\w'])", "quotation marks of TeX",
          'write straight ones: "…"'),
    _kind(r"(?<![\w`])`(?=\w)[^`\n]{1,500}?'(?!\w)", "quotation marks of TeX", "write straight ones: '…'"),
    _kind(r"(?<![\w`])`[^`\s][^`]*\Z", "code that does not end", "end it with a `"),
)  # fmt: skip
"""The kinds; where several match at one place, the first counts."""
_TRIGGER = re.compile(
    r"[{%=:+|^\\]|<|\[[\[\^T]|\]\(|!!!|\?\?\?|^#|^\(@?|(?<!-)-{3,}+[ \t]++-|^\w{1,5}[.)][ \t]|^\.\.[ ]|\][ ]?\{"
    r"|\[toc|^[–—][ \t\xa0]|[#@]\{|`|@\[|\[@|\][ ]\(|\)\[|\[\ufffc|&[A-Za-z]|''",
    re.MULTILINE,
)
_RUN_INLINE = re.compile(r"(?:r|\{[ ]*(?:r|python|julia|ojs)[ ]*\})[ ]+\S.*", re.DOTALL)
"""Code in running text that knitr or Quarto would run: `r 1 + 1`, `{python} x`."""
_CHUNK = re.compile(r"\{[ ]*([A-Za-z][\w:-]*)(?:[ ,][^}]*)?\}(?:[ ].*)?")
_TEX = re.compile(
    r"\\{1,2}\((?=[^\n]{0,99}?[\\^_={])[^\n]{0,200}?\\{1,2}\)"
    r"|\\{1,2}\[(?=[^\n]{0,99}?[\\^_={])[^\n\]]{0,200}?\\{1,2}\]"
)
"""A formula between TeX's own brackets, whose backslashes escape them in Markdown."""
_TEMPLATE = re.compile(r"\{\{#[^\n{}]*\}\}")
_HIDDEN = re.compile(r"^[ \t]*#(?:[ ].*)?$", re.MULTILINE)
"""A line of Rust that mdBook and rustdoc hide."""
_RUN = frozenset({"r", "python", "julia", "ojs", "sql", "bash", "stan", "rcpp"})
_DRAWN = frozenset({"mermaid", "dot", "graphviz", "plantuml", "tikz"})
_RULED = re.compile(r"[ \t]*-{3,}(?:[ \t]+-{2,})+[ \t]*")
_CLASS = re.compile(r"(?<=[{ ])\.([A-Za-z][\w-]*)(?=[^{}]*\})")
_OPAQUE = "\ufffc"
"""The character that stands for something that is not text, such as code."""
_ESCAPED = "\ufffd"
"""The character that stands for an escaped one."""


def rules(md: MarkdownIt) -> None:
    """Register the rule, which runs after all others, before typography changes the text."""
    md.core.ruler.before("text_join", "foreign", _look)


def _look(state: StateCore) -> None:
    """Report what is found."""
    tree: Tree | None = state.env.get("tree")
    if tree is None:
        return
    for token in state.tokens:
        if token.children and _TRIGGER.search(token.content):
            for problem in _in_text(tree, token):
                tree.report(problem)
        if (token.children and "\\)" in token.content) or "\\]" in token.content:
            for problem in _in_brackets(tree, token):
                tree.report(problem)
        if token.children and "`" in token.content:
            for problem in _in_code_spans(tree, token):
                tree.report(problem)
        elif token.type == "hr" and token.map and _RULED.fullmatch(tree.places.lines[token.map[0]]):
            at = tree.places.span(token.map[0], 1)
            remedy = "a text crosses the columns that it draws, or rows are missing; or write a pipe table: | a | b |"
            tree.report(warning("foreign-markup", "this line looks like the rule of a table of Pandoc's", at, remedy))
        elif token.type in ("fence", "code_block"):
            for problem in _in_code(tree, token):
                tree.report(problem)


def _in_text(tree: Tree, block: Token) -> Iterator[Problem]:
    """Matches in the running text of one block."""
    flat = "".join(map(_as_text, block.children or ()))
    if not _TRIGGER.search(flat):
        return
    taken = bytearray(len(flat))
    starts = [0, *(found.end() for found in re.finditer("\n", flat))]
    for kind in KINDS:
        seen: dict[int, int] = {}
        for found in kind.looks.finditer(flat):
            if 1 in taken[found.start() : found.end()]:
                continue
            taken[found.start() : found.end()] = b"\1" * len(found[0])
            line = (block.map[0] if block.map else 0) + bisect_right(starts, found.start()) - 1
            words = found[0].strip().split("\n")[0].replace(_OPAQUE, "")
            shown = re.sub(f"{_ESCAPED}+", "…", words)
            written = tree.places.lines[line] if line < len(tree.places.lines) else ""
            column = max(written.find(words.partition(_ESCAPED)[0] or words, seen.get(line, 0)), 0)
            seen[line] = column + 1
            at = tree.places.span(line, column + 1)
            meant = next(filter(None, map(meant_class, _CLASS.findall(words))), None)
            remedy = f'did you mean "{meant}"?' if meant else kind.remedy
            yield warning("foreign-markup", f'"{_short(shown)}" looks like {kind.what}', at, remedy)


def _in_brackets(tree: Tree, block: Token) -> Iterator[Problem]:
    r"""Formulas as TeX has them: `\\(a^2\\)`, `\\[a^2\\]`."""
    if any(token.type == "code_inline" for token in block.children or ()):
        return
    for found in _TEX.finditer(block.content):
        if re.search(r"[\^_={]|\\[A-Za-z]", found[0]):
            at = tree.places.span(*tree.places.spot(block, found.start()))
            yield warning("foreign-markup", f'"{_short(found[0])}" looks like a formula of TeX', at, "write it as $…$")


def _in_code_spans(tree: Tree, block: Token) -> Iterator[Problem]:
    """Code in running text that another tool would run, and put its result there."""
    line = block.map[0] if block.map else 0
    before = 0
    for token in block.children or ():
        if token.type in ("softbreak", "hardbreak"):
            line, before = line + 1, 0
        elif token.type == "code_inline":
            written = tree.places.lines[line] if line < len(tree.places.lines) else ""
            begin = max(written.find(token.markup + token.content.split("\n")[0], before), before)
            before = begin + 2 * len(token.markup) + len(token.content)
            if _RUN_INLINE.fullmatch(token.content):
                what = f'"{_short(token.content)}" looks like code that knitr or Quarto would run; it is shown as code'
                at = tree.places.span(line, begin + 1)
                yield warning("foreign-markup", what, at, "write its result in its place")


def _in_code(tree: Tree, token: Token) -> Iterator[Problem]:
    """Matches in a code block: placeholders that another tool would have replaced."""
    spot = tree.spot(token)
    at = tree.places.span(*(spot or (None,)))
    chunk = _CHUNK.fullmatch(token.info.strip()) if token.type == "fence" else None
    name = chunk[1].lower() if chunk else token.info.strip().lower()
    if chunk and name in _RUN:
        what, remedy = "a chunk that Quarto or R Markdown would run", "put its result here, as text or as a picture"
        yield warning("foreign-markup", f'"{token.info.strip()}" looks like {what}; it is shown as code', at, remedy)
    elif chunk:
        what, remedy = "a directive of MyST", "write it in Markdown"
        yield warning("foreign-markup", f'"{token.info.strip()}" looks like {what}; it is shown as code', at, remedy)
    elif name in _DRAWN:
        remedy = "put the drawing here as a picture: ![words](drawing.svg)"
        yield warning("foreign-markup", f'"{name}" is a drawing in words; it is shown as code', at, remedy)
    hidden = _HIDDEN.search(token.content) if token.info.strip().split(",")[0] == "rust" else None
    if hidden:
        line = (token.map[0] if token.map else 0) + 1 + token.content.count("\n", 0, hidden.start())
        what = f'"{_short(hidden[0])}" looks like a line that mdBook hides; it is shown'
        yield warning(
            "foreign-markup", what, tree.places.span(line), "delete it, and others that begin with # and a space"
        )
    for found in _TEMPLATE.finditer(token.content):
        line = (
            (token.map[0] if token.map else 0) + (token.type == "fence") + token.content.count("\n", 0, found.start())
        )
        what, remedy = "a directive of mdBook", "put the code itself in its place"
        yield warning("foreign-markup", f'"{_short(found[0])}" looks like {what}', tree.places.span(line), remedy)


def _as_text(token: Token) -> str:
    """A token as the patterns see it: text as it is, one character for everything else."""
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.nesting > 0:
        return ""
    if token.type == "text_special":
        return token.content if token.content == token.markup else _ESCAPED * len(token.content)
    return _OPAQUE


def _short(words: str) -> str:
    """A text shortened for a message."""
    return words if len(words) <= 60 else f"{words[:59]}…"
