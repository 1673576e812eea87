"""Takes fragments from the store, or presses them and saves them there.

The key of a fragment is a hash of everything that its pages depend on: the section, its stylesheets, the contents of
all files that these refer to, and the version of the engine. The project's folder, the section's name and its edition
are not in the key, so that editions whose sections are alike share fragments.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.jobs import PressJobs
from book.project.references import digest, replace_references
from book.store.store import Store, key_of
from book.store.versions import engine_version

_log = logging.getLogger(__name__)

NOT_IN_KEY = frozenset({"slug", "html", "stylesheets", "root", "faces"})
"""Fields of a job that do not go into its key unchanged: names and folders, and texts with addresses of files."""

_PARTS_KEY = key_of("parts")
"""The key in the store of the parts of the keys of a project's fragments, as they were when last pressed."""


class CachingPress:
    """Presses only the jobs whose fragments are not in the store."""

    def __init__(self, press_jobs: PressJobs, store: Store) -> None:
        self._press_jobs = press_jobs
        self._store = store
        self._stylesheets_keys: dict[tuple[Stylesheet, ...], str] = {}
        self._intact_fonts: dict[str, bool] = {}
        self._last_parts: dict[str, Mapping[str, str]] | None = None
        self._new_parts: dict[str, Mapping[str, str]] = {}

    def __call__(self, jobs: Sequence[Job], /, volume: str = "") -> Iterator[Fragment]:
        """The fragments of some jobs of a volume, in their order.

        Jobs that are not in the store have been submitted when this returns; meanwhile the others are read from the
        store. A damaged entry is pressed again.
        """
        parts = [self._key_parts(job) for job in jobs]
        keys = [key_of(*part.values()) for part in parts]
        stored = [self._store.contains("fragments", key) for key in keys]
        for job, part, there in zip(jobs, parts, stored, strict=True):
            self._explain(f"{volume}: {job.slug}", part, there=there)
        fresh = iter(self._press_jobs([job for job, there in zip(jobs, stored, strict=True) if not there]))
        return (
            self._read_or_press(job, key) if there else self._save(key, next(fresh))
            for job, key, there in zip(jobs, keys, stored, strict=True)
        )

    def _read_or_press(self, job: Job, key: str) -> Fragment:
        """The fragment of a job from the store; if it cannot be used, it is pressed and saved."""
        found = self._read(job, key)
        if found is None:
            _log.debug("%s: pressed, because the entry in the store or one of its fonts is damaged", job.slug)
        return found or self._save(key, next(iter(self._press_jobs([job]))))

    def save_key_parts(self) -> None:
        """Save the parts of the keys of all fragments that were pressed, so that the next build can compare them."""
        if self._new_parts:
            self._store.put("parts", _PARTS_KEY, {**self._read_last_parts(), **self._new_parts})

    def _read_last_parts(self) -> dict[str, Mapping[str, str]]:
        """The parts of the keys of earlier builds, by volume and section; read once."""
        if self._last_parts is None:
            self._last_parts = self._store.get("parts", _PARTS_KEY, dict[str, dict[str, str]]) or {}
        return self._last_parts

    def _explain(self, name: str, parts: Mapping[str, str], *, there: bool) -> None:
        """Log whether a fragment is taken from the store and, if it is not, which parts of its key are new."""
        if not there:
            self._new_parts[name] = parts
        if not _log.isEnabledFor(logging.DEBUG):
            return
        last = self._read_last_parts().get(name)
        if there:
            _log.debug("%s: from the store", name)
        elif last is None:
            _log.debug("%s: pressed, because there is no earlier one", name)
        else:
            changed = [part for part, value in parts.items() if last.get(part) != value]
            _log.debug("%s: pressed, because of %s", name, f"new {', '.join(changed)}" if changed else "a lost entry")

    def _key_parts(self, job: Job) -> dict[str, str]:
        """What the key of a job's fragment is made from, each part as a hash."""
        html = replace_references(job.html, Path(job.root), digest)
        rest = {field.name: getattr(job, field.name) for field in fields(job) if field.name not in NOT_IN_KEY}
        options = msgspec.json.encode(rest, order="deterministic")
        return {
            "engine": engine_version(),
            "html": key_of(html),
            "stylesheets": self._stylesheets_key(job),
            "options": key_of(options),
        }

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
