"""Writes values of pydyf's as a PDF has them, and the contents of pages as they stay."""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

from book.pages.engine.typography.faces import number_text

SMALL = 9
"""The level of zlib for the contents of pages."""


def value_bytes(item: Any) -> bytes:
    """A value as bytes, as pydyf writes it, which asks for its type several times."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float:
        return number_text(item).encode("ascii")
    if kind is pydyf.Dictionary:
        return b"<<%s>>" % b"".join(
            [b"/%s %s" % (key.encode("ascii"), value_bytes(value)) for key, value in item.items()]
        )
    if kind is pydyf.Array:
        return b"[%s]" % b" ".join([value_bytes(value) for value in item])
    if isinstance(item, pydyf.Stream) and kind.data is pydyf.Stream.data:
        return _stream_bytes(item)
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def finish_stream(item: Any) -> None:
    """Join and compress what a stream of a document consists of, which takes up much less then."""
    content = b"\n".join([part if type(part) is bytes else value_bytes(part) for part in item.stream])
    if item.compress:
        item.compress, item.extra["Filter"] = False, "/FlateDecode"
        content = zlib.compress(content, SMALL)
    item.stream = [content]


def _stream_bytes(item: Any) -> bytes:
    """A stream of the document as bytes."""
    finish_stream(item)
    (content,) = item.stream
    entries = value_bytes(pydyf.Dictionary({**item.extra, "Length": len(content)}))
    return b"%s\nstream\n%s\nendstream" % (entries, content)
