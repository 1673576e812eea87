"""Runs commands: turns what a command raises into messages and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from book import __version__
from book.cli import messages
from book.cli.messages import VERBOSE, say, show_problems
from book.problem import BookError
from book.problems.defects import take_defects
from book.problems.printable import printable

OWN_PROCESS = "own process"
"""The object of the context, if the process does nothing but this command, so that the command may change it."""


class Commands(click.Group):
    """The command group, which turns failures of its commands into messages and exit codes."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command with the arguments of the command line; also a failure to print help is a message."""
        if options.get("obj") == OWN_PROCESS:
            from book.cli.streams import name_standard_output

            name_standard_output()
        try:
            return super().main(*args, **options)
        except OSError as failure:
            from book.cli.failures import system_message

            say(f"error: {system_message(failure)}")
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn a failure into a message and an exit code."""
        messages.decide_colour(ctx)
        take_defects()
        if ctx.obj == OWN_PROCESS:
            from book.pool.heap import collect_less_often
            from book.store.temporary import use_own_folder

            collect_less_often()
            with suppress(OSError):  # there is none to be had: whoever needs one will say so
                use_own_folder()
        try:
            return super().invoke(ctx)
        except BookError as failure:
            show_problems(failure.problems)
            ctx.exit(1)
        except click.ClickException as failure:  # click itself prints it
            failure.message = "\n".join(map(printable, failure.message.split("\n")))  # type: ignore[misc]
            raise
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click itself knows what to do with these
        except KeyboardInterrupt:
            click.echo("\nstopped; what was finished before is as it was", err=True)
            ctx.exit(130)
        except OSError as failure:
            from book.cli.failures import system_message

            _explain(ctx, f"error: {system_message(failure)}")
            ctx.exit(1)
        except Exception as failure:  # noqa: BLE001 - the last resort: a defect is reported, not dumped
            from book.cli.failures import missing_package
            from book.problems.limits import lack_of_memory

            if lack := lack_of_memory(failure) or missing_package(failure):
                _explain(ctx, f"error: {lack}")
                ctx.exit(1)
            _explain(ctx, f"error: {type(failure).__name__}: {failure}\nThis is a defect of florilegium {__version__}.")
            _report(ctx, (failure,))
            ctx.exit(70)
        finally:
            _report(ctx, take_defects())


def _explain(ctx: click.Context, message: str) -> None:
    """Print a message about the exception that is being handled, with its traceback if `--verbose` was given."""
    if ctx.meta.get(VERBOSE):
        import traceback

        say(traceback.format_exc().rstrip("\n"))
    say(message)


def _report(ctx: click.Context, failures: Sequence[BaseException]) -> None:
    """Write a report of defects, if there are any, and say where it is."""
    if not failures:
        return
    from book.cli.failures import write_report

    path = write_report(failures, ctx.invoked_subcommand or "", with_text=bool(ctx.meta.get(VERBOSE)))
    if path is None:
        say("No report could be written; please report the output of the same command with --verbose.")
    else:
        holds = "with the messages of the failures" if ctx.meta.get(VERBOSE) else "without any text of the book"
        say(f"Please report it with the file {path} ({holds}).")
