"""Fragments from the store, or pressed and put there.

The key of a fragment is a hash of everything that its pages depend on: the section, its stylesheets, the contents
of all files that these refer to, and the engine. Where the project lies, what the section is called
and which edition it belongs to are not in it, so editions that agree about a section share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from book.model.editions import Stylesheet
from book.model.pages import Fragment
from book.pages.paginate import Presses
from book.pages.press import Job
from book.project.references import digest, replace_references
from book.store.store import Store, key_of
from book.store.versions import engine_version

APART = frozenset({"slug", "html", "stylesheets", "root", "faces"})
"""Fields of a job that are not in its key as they are: three say where things lie, two hold references."""


class StoredPresses:
    """Presses that set only what the store does not hold."""

    def __init__(self, presses: Presses, store: Store) -> None:
        self.files: set[Path] = set()
        """Every file that a section or stylesheet referred to so far."""
        self._presses = presses
        self._store = store
        self._cascades: dict[tuple[Stylesheet, ...], str] = {}
        self._intact: dict[str, bool] = {}

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        """The fragments of some jobs, in the order of the jobs; those to be set are on their way when it returns.

        Those from the store are read meanwhile; one that is damaged is set after all.
        """
        keys = [self._key(job) for job in jobs]
        held = [self._store.holds("fragments", key) for key in keys]
        fresh = iter(self._presses([job for job, there in zip(jobs, held, strict=True) if not there]))
        return (
            self._get(job, key) if there else self._keep(key, next(fresh))
            for job, key, there in zip(jobs, keys, held, strict=True)
        )

    def _get(self, job: Job, key: str) -> Fragment:
        """The fragment of a job from the store; set after all, if it cannot be used."""
        found = self._recall(job, key)
        return found or self._keep(key, next(iter(self._presses([job]))))

    def _key(self, job: Job) -> str:
        """The key of a job's fragment."""
        html = replace_references(job.html, Path(job.root), self._digest)
        rest = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in APART}
        options = msgspec.json.encode(rest, order="deterministic")
        return key_of(engine_version(), html, self._cascade(job), options)

    def _cascade(self, job: Job) -> str:
        """A hash of a job's stylesheets, with the names that messages give them."""
        known = self._cascades.get(job.stylesheets)
        if known is None:
            parts: list[str] = []
            for sheet in job.stylesheets:
                path = Path(sheet.path)
                name = path.relative_to(job.root).as_posix() if path.is_relative_to(job.root) else path.name
                parts += [name, replace_references(sheet.text, path.parent, self._digest)]
            known = self._cascades[job.stylesheets] = key_of(*parts)
        return known

    def _digest(self, path: Path) -> str:
        """What stands for a file in a key; the file is noted."""
        self.files.add(path)
        return digest(path)

    def _recall(self, job: Job, key: str) -> Fragment | None:
        """The fragment of a job from the store, if it is there with all its font files."""
        found: Fragment | None = self._store.get("fragments", key, Fragment)
        if found is None or not all(self._is_intact(face.file) for face in found.faces):
            return None
        folder = Path(job.faces)
        faces = tuple(replace(face, file=str(folder / face.file)) for face in found.faces)
        return replace(found, slug=job.slug, faces=faces)

    def _is_intact(self, name: str) -> bool:
        """Whether the whole font file of a name, which is the hash of its content, is there as it was written."""
        if name not in self._intact:
            path = self._store.faces / name
            try:
                sound = blake2b(path.read_bytes(), digest_size=16).hexdigest() == name
                if sound:
                    path.touch()
                else:
                    self._store.drop(path)
            except OSError:
                sound = False
            self._intact[name] = sound
        return self._intact[name]

    def _keep(self, key: str, fragment: Fragment) -> Fragment:
        """Put a fragment into the store; it is returned as it is."""
        faces = tuple(replace(face, file=Path(face.file).name) for face in fragment.faces)
        self._store.put("fragments", key, replace(fragment, faces=faces))
        self._intact.update(dict.fromkeys((face.file for face in faces), True))
        return fragment
