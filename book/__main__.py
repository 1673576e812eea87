"""The command `book`, and `python -m book`.

Nothing is imported before it is called: a process that sets pages looks into this module when it starts.
"""


def main() -> None:
    """Run the command that the arguments name; it ends the process."""
    from book.cli import main

    main(prog_name="book")


if __name__ == "__main__":
    main()
