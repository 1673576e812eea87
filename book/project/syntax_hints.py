"""Hints for the most frequent mistakes in YAML and TOML, which parsers describe in their own terms."""

from __future__ import annotations

import re

_YAML_PAIR = re.compile(r"(?P<key>\s*(?:-\s+)?[^\s:#][^:#]*):\s+(?P<value>\S.*?)\s*")
_TOML_PAIR = re.compile(r"""\s*(?P<key>[\w.-]+)\s*=\s*(?P<value>.*?)\s*""")
_TOML_COLON = re.compile(r"""\s*(?P<key>[\w.-]+)\s*:\s*["']?(?P<value>.*?)["']?\s*""")
_CURLY = re.compile("[“”„«»‘’‹›]")


def yaml_hint(line: str, reason: str) -> str | None:
    """How to mend a line of YAML.

    Args:
        line: The line on which the parser stopped.
        reason: What the parser said.

    Returns:
        A hint; None where the slip is none of the usual ones.
    """
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "indent with spaces, not with tabs"
    pair = _YAML_PAIR.fullmatch(line)
    if "mapping values are not allowed" in reason:
        return _yaml_colon(line, pair)
    if pair and "cannot start any token" in reason:
        return f'put the value in quotation marks, because it begins with "{pair["value"][0]}": {_yaml_quoted(pair)}'
    if pair and "scanning an alias" in reason:
        return f'put the value in quotation marks, because it begins with "*": {_yaml_quoted(pair)}'
    if pair and "expected key" in reason and pair["value"][0] in "'\"":
        return (
            'inside single quotation marks write an apostrophe twice; inside double ones write a quotation mark as \\"'
        )
    if "quoted scalar" in reason:
        return "a quotation mark that begins a value before this place is not closed"
    if "flow sequence" in reason or "flow mapping" in reason:
        return "a bracket or brace before this place is not closed, or a comma is missing"
    if "'-' indicator" in reason or "expected key" in reason:
        return "indent the line as those are to which it belongs"
    return None


def _yaml_colon(line: str, pair: re.Match[str] | None) -> str:
    """What to do about a colon that is not where one may be."""
    if pair and re.search(r":(?:\s|$)", pair["value"]):
        return f"put the value in quotation marks, because there is a colon in it: {_yaml_quoted(pair)}"
    if pair and line[0] in " \t":
        return "indent the line as those are to which it belongs"
    return "begin the line before this one with a key, a colon and a space"


def _yaml_quoted(pair: re.Match[str]) -> str:
    """A key with its value in quotation marks."""
    value = pair["value"]
    quoted = f"'{value}'" if '"' in value and "'" not in value else '"' + value.replace('"', '\\"') + '"'
    return f"{pair['key'].strip().removeprefix('-').strip()}: {quoted}"


def toml_hint(line: str, reason: str) -> str | None:
    """How to mend a line of TOML; as `yaml_hint`."""
    for said, hint in _TOML_HINTS.items():
        if said in reason:
            return hint
    if "key part" in reason and "{" in line and line.rstrip().endswith(","):
        return _TOML_HINTS["unclosed inline table"]
    pair, colon = _TOML_PAIR.fullmatch(line), _TOML_COLON.fullmatch(line)
    if "expected '='" in reason:
        return (
            f'write = in place of the colon: {colon["key"]} = "{colon["value"]}"'
            if colon
            else "write = between key and value"
        )
    if "unclosed array" in reason:
        return "close the bracket, and put a comma between any two items"
    if pair is None:
        return None
    return _toml_value(pair["key"], pair["value"])


def _toml_value(key: str, value: str) -> str | None:
    """How to write a value that is none."""
    if not value:
        return f'write a value behind the sign of equality: {key} = "…"'
    if value.lower() in ("true", "false", "yes", "no"):
        return (
            f"write true or false, in small letters: {key} = {'true' if value.lower() in ('true', 'yes') else 'false'}"
        )
    if value[0] in "“”„«»‘’‹›":
        return f'use straight quotation marks: {key} = "{_CURLY.sub("", value)}"'
    if value[0] == "'":
        return f'put text with an apostrophe in double quotation marks: {key} = "{value.strip(chr(39))}"'
    if value[0] == '"':
        return 'write a quotation mark inside text as \\", or use curly ones: “…”'
    if value[0] in "[{":
        return None
    return f'put text in quotation marks: {key} = "{value}"'


_TOML_HINTS = {
    "unescaped '\\'": "write a backslash twice, put the text in single quotation marks, or use / in paths",
    "cannot overwrite": "the key stands twice: remove one of the two lines",
    "cannot declare": "the table stands twice: write all its keys below its first heading",
    "illegal character '\\n'": 'close the quotation mark; text of several lines stands between three of them: """…"""',
    "invalid character '\\n'": 'close the quotation mark; text of several lines stands between three of them: """…"""',
    "end of a table declaration": "close the bracket: [book]",
    "unclosed inline table": "a table in braces stands on one line; or write its keys below [editions.print.page]",
}
"""What the parser says → how to mend it, where that does not depend on the line."""
