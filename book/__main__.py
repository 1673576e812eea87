"""The command `book`, and `python -m book`.

Nothing is imported before it is called: a process that sets pages looks into this module when it starts.
"""

INTERRUPTED, TERMINATED = 130, 143
"""The exit codes after SIGINT and SIGTERM: 128 and the number of the signal, as shells count."""


def main() -> None:
    """Run the command that the arguments name; it ends the process."""
    import atexit
    import signal

    codes = [1]  # of an exception that nobody expected
    atexit.register(_leave, codes)  # before all others, so that it is called after them
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from book.cli.commands import main

        main(prog_name="book")
    except SystemExit as end:
        codes.append(end.code if isinstance(end.code, int) else int(end.code is not None))
        raise
    except KeyboardInterrupt:  # while the commands were being loaded; later they know what to say
        codes.append(INTERRUPTED)


def _terminate(_signal: int, _frame: object) -> None:
    """Stop as after an interrupt from the keyboard: workers end, temporary files are deleted."""
    raise SystemExit(TERMINATED)


def _leave(codes: list[int]) -> None:
    """End the process with the last of some codes, at once: it is the last thing to be done at exit.

    Python would take apart what it has loaded, object by object, which is a fifth of the time of `book --help`.
    """
    import os
    import sys

    code = codes[-1]
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it any more
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
