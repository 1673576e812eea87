"""The command `book`, and `python -m book`.

Nothing is imported before it is called: a process that sets pages looks into this module when it starts.
"""

TERMINATED = 143
"""The exit code after SIGTERM: 128 and the number of the signal, as shells count."""


def main() -> None:
    """Run the command that the arguments name; it ends the process."""
    import signal

    signal.signal(signal.SIGTERM, _terminate)
    from book.cli.commands import main

    try:
        main(prog_name="book")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))


def _terminate(_signal: int, _frame: object) -> None:
    """Stop as after an interrupt from the keyboard: workers end, temporary files are deleted."""
    raise SystemExit(TERMINATED)


def _leave(code: int) -> None:
    """End the process at once, when all is written and told.

    Python would take apart what it has loaded, object by object, which takes longer than `book --help`. (Mypy leaves
    in the same way.)
    """
    import atexit
    import os
    import sys

    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way to have them run now
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it any more
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
