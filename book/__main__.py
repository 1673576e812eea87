"""`python -m book`: the command `book`."""

from book.cli import main

if __name__ == "__main__":
    main(prog_name="book")
