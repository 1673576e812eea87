"""`book verify-build`: builds the book again and compares every byte."""

from __future__ import annotations

from pathlib import Path

import click

from book.cli.messages import count, say
from book.cli.options import project


@click.command("verify-build")
@project
@click.option(
    "--output", "-o", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Where it was built."
)
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(min=1), help="Processes to use; all cores by default.")
def verify_build(root: Path, output: Path | None, jobs: int | None) -> None:
    """Build the book again, from nothing, and compare every file with the last build.

    The last build is described by manifest.json in build/ or --output: hashes of what was read and written, and the
    versions that it was built with. Nothing there is changed. Files that the last build did not make, because it was of
    some editions or chapters only, are named and not compared. Ends with 1 if a file is not the same, or if the project
    was changed since.
    """
    from book.problem import UsageError
    from book.rebuild import changed_inputs, rebuild

    context = click.get_current_context()
    try:
        manifest, found = rebuild(root, (output or root / "build").absolute(), jobs=jobs)
    except UsageError as failure:
        raise click.UsageError(str(failure)) from failure
    if found is None:
        for line in changed_inputs(root, manifest):
            say(line)
        say("the project is not what was built: build it again, then verify that")
        context.exit(1)
    for line in found.conditions:
        say(line)
    for file in found.files:
        say(f"{file.name}: {file.difference or 'the same'}", error=file.difference is not None)
    for name in found.left_out:
        say(f"{name}: not compared, because the last build did not make it")
    different = sum(file.difference is not None for file in found.files)
    if different:
        say(f"{different} of {count(len(found.files), 'file')} are not the same")
        context.exit(1)
    say(f"{count(len(found.files), 'file')}, made again with the same bytes", error=False)
