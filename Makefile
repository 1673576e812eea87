# Most important: `make book` and `make test`. `make help` lists all targets.

VENV := .venv
BIN := $(VENV)/bin
# Any Python from 3.11 on will do; `make book PYTHON=/path/to/python` chooses one.
PYTHON ?= $(shell scripts/find-python)
# An editable installation with pinned versions, quiet unless something fails.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

# macOS does not search Homebrew's folders for libraries.
ifeq ($(shell uname -s),Darwin)
export DYLD_FALLBACK_LIBRARY_PATH := $(shell brew --prefix 2>/dev/null)/lib:/usr/local/lib:/usr/lib
export PATH := $(PATH):$(shell brew --prefix 2>/dev/null)/opt/openjdk/bin
endif

.PHONY: book test bench bench-typography soak lint format modules clean help
.DELETE_ON_ERROR:
MINUTES := 30

book: $(VENV)/.book  ## Build every edition of the sample book into build/
	$(BIN)/book build

test: $(VENV)/.test lint  ## Run all checks and tests
	$(BIN)/pytest --numprocesses auto --dist loadfile -m 'not browser'
	$(BIN)/pytest -m browser $(shell grep -rl --include='test_*.py' 'mark\.browser' tests)

bench: $(VENV)/.bench  ## Measure beside WeasyPrint and Pandoc; build/bench.md (ARGUMENTS="--quick" is short)
	$(BIN)/python -m benchmarks $(ARGUMENTS)

soak: $(VENV)/.test  ## Run random trials for MINUTES=30: edits, kills, damaged files (ARGUMENTS="--seed 1")
	$(BIN)/python -W ignore -m tests.soak --minutes $(MINUTES) $(ARGUMENTS)

bench-typography: $(VENV)/.bench  ## Measure lines and pages beside Typst and LuaLaTeX
	$(BIN)/python -m benchmarks.typography $(ARGUMENTS)

lint: $(VENV)/.test  ## Check style, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test  ## Apply ruff's fixes and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

modules:  ## List all modules of the package with their purpose
	@$(PYTHON) scripts/list-modules

clean:  ## Remove build results, caches and the virtual environment
	find build -mindepth 1 ! -name .gitignore -delete
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*  ## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

# Requirements of `make book`: a Python interpreter, Pango, the pinned packages.
$(VENV)/.book: pyproject.toml constraints.txt scripts/system-libraries
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say where it is: make PYTHON=/path/to/python" >&2; exit 1; }
	@scripts/system-libraries book "$(PYTHON)"
	@echo "Setting up $(VENV): a minute or two, once"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(INSTALL) .
	@touch $@

# What `make test` needs besides: a Java runtime for EPUBCheck, qpdf, poppler and Ghostscript, the tools; and, where it
# can be had, what opens an e-book in real reading systems.
$(VENV)/.test: $(VENV)/.book tests/reading_systems/package-lock.json
	@scripts/system-libraries test "$(PYTHON)"
	@$(INSTALL) '.[test,dev]'
	@scripts/system-libraries browser "$(PYTHON)"
	@! command -v npm >/dev/null || npm ci --silent --prefix tests/reading_systems || echo 'Without the npm packages, tests in real reading systems are skipped.' >&2
	@touch $@

# Further requirements of `make bench`: the tools that it compares with.
$(VENV)/.bench: $(VENV)/.book
	@$(INSTALL) '.[bench]'
	@touch $@
