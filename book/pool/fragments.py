"""Takes fragments from the store, or presses them and saves them there.

The key of a fragment is a hash of everything that its pages depend on: the section, its stylesheets, the contents of
all files that these refer to, and the version of the engine. The project's folder, the section's name and its edition
are not in the key, so that editions whose sections are alike share fragments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from book.model.editions import Stylesheet
from book.model.pages import Fragment
from book.pages.paginate import PressJobs
from book.pages.press import Job
from book.project.references import digest, replace_references
from book.store.store import Store, key_of
from book.store.versions import engine_version

NOT_IN_KEY = frozenset({"slug", "html", "stylesheets", "root", "faces"})
"""Fields of a job that do not go into its key unchanged: names and folders, and texts with addresses of files."""


class CachingPress:
    """Presses only the jobs whose fragments are not in the store."""

    def __init__(self, press_jobs: PressJobs, store: Store) -> None:
        self._press_jobs = press_jobs
        self._store = store
        self._stylesheets_keys: dict[tuple[Stylesheet, ...], str] = {}
        self._intact_fonts: dict[str, bool] = {}

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        """The fragments of some jobs, in their order.

        Jobs that are not in the store have been submitted when this returns; meanwhile the others are read from the
        store. A damaged entry is pressed again.
        """
        keys = [self._key(job) for job in jobs]
        stored = [self._store.contains("fragments", key) for key in keys]
        fresh = iter(self._press_jobs([job for job, there in zip(jobs, stored, strict=True) if not there]))
        return (
            self._read_or_press(job, key) if there else self._save(key, next(fresh))
            for job, key, there in zip(jobs, keys, stored, strict=True)
        )

    def _read_or_press(self, job: Job, key: str) -> Fragment:
        """The fragment of a job from the store; if it cannot be used, it is pressed and saved."""
        found = self._read(job, key)
        return found or self._save(key, next(iter(self._press_jobs([job]))))

    def _key(self, job: Job) -> str:
        """The key of a job's fragment in the store."""
        html = replace_references(job.html, Path(job.root), digest)
        rest = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in NOT_IN_KEY}
        options = msgspec.json.encode(rest, order="deterministic")
        return key_of(engine_version(), html, self._stylesheets_key(job), options)

    def _stylesheets_key(self, job: Job) -> str:
        """A hash of a job's stylesheets and of the names that messages give them."""
        known = self._stylesheets_keys.get(job.stylesheets)
        if known is None:
            parts: list[str] = []
            for sheet in job.stylesheets:
                path = Path(sheet.path)
                name = path.relative_to(job.root).as_posix() if path.is_relative_to(job.root) else path.name
                parts += [name, replace_references(sheet.text, path.parent, digest)]
            known = self._stylesheets_keys[job.stylesheets] = key_of(*parts)
        return known

    def _read(self, job: Job, key: str) -> Fragment | None:
        """The fragment of a job from the store; None if it, or one of its font files, is missing or damaged."""
        found: Fragment | None = self._store.get("fragments", key, Fragment)
        if found is None or not all(self._font_is_intact(face.file) for face in found.faces):
            return None
        folder = Path(job.faces)
        faces = tuple(replace(face, file=str(folder / face.file)) for face in found.faces)
        return replace(found, slug=job.slug, faces=faces)

    def _font_is_intact(self, name: str) -> bool:
        """Whether a stored font file exists and still has the content that its name, a hash, says."""
        if name not in self._intact_fonts:
            path = self._store.faces / name
            try:
                sound = blake2b(path.read_bytes(), digest_size=16).hexdigest() == name
                if sound:
                    path.touch()
                else:
                    self._store.discard_damaged(path)
            except OSError:
                sound = False
            self._intact_fonts[name] = sound
        return self._intact_fonts[name]

    def _save(self, key: str, fragment: Fragment) -> Fragment:
        """Save a fragment in the store, and return it."""
        faces = tuple(replace(face, file=Path(face.file).name) for face in fragment.faces)
        self._store.put("fragments", key, replace(fragment, faces=faces))
        self._intact_fonts.update(dict.fromkeys((face.file for face in faces), True))
        return fragment
