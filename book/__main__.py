"""The command `book`, and `python -m book`.

Nothing is imported at module level, because each process that sets pages imports this module when it starts.
"""

INTERRUPTED, BY_SIGNAL = 130, 128
"""The exit code after SIGINT, and what is added to the number of another signal, as shells count."""

GRACE = 10
"""Seconds that an orderly end may take after SIGTERM."""


def main() -> None:
    """Run the command in the arguments, then end the process."""
    import atexit
    import os
    import signal
    import sys

    _open_closed_streams()
    os.environ["PYTHONSAFEPATH"] = "1"  # no Python that is started from now on imports from the current folder
    codes = [1]  # of an exception that nobody expected
    atexit.register(_leave, codes)  # before all others, so that it is called after them
    signal.signal(signal.SIGTERM, _terminate)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGHUP, _terminate)
    try:
        from book.cli.commands import main
        from book.cli.group import OWN_PROCESS

        main(prog_name="book", obj=OWN_PROCESS)
    except SystemExit as end:
        codes.append(end.code if isinstance(end.code, int) else int(end.code is not None))
        raise
    except KeyboardInterrupt:  # while the commands were being loaded; later they know what to say
        codes.append(INTERRUPTED)
    except MemoryError:  # likewise
        from book.problems.limits import memory_hint

        print(f"error: there is too little memory\n  hint: {memory_hint()}", file=sys.stderr)  # noqa: T201


def _open_closed_streams() -> None:
    """Open the standard streams that the caller has closed (`>&-`): a file of ours would get their number.

    What is printed to standard output then fails, as it does for other programs; messages are lost.
    """
    import os
    import sys

    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # gets the lowest number that is free
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - for good


def _terminate(number: int, _frame: object) -> None:
    """Stop after SIGTERM or SIGHUP as after an interrupt from the keyboard: workers end, temporary files are deleted.

    Whatever waits for something that never comes is ended after some seconds all the same; workers end with their
    parent.
    """
    import os
    import signal

    code = BY_SIGNAL + number
    signal.signal(number, lambda *_: os._exit(code))
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(code))
        signal.alarm(GRACE)
    raise SystemExit(code)


def _leave(codes: list[int]) -> None:
    """End the process at once with an exit code, as the last thing at exit.

    Python would otherwise free everything it has loaded, object by object: a fifth of the time of `book --help`.
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
