# Most important: `make book` and `make test`. `make help` lists all targets.

VENV := .venv
BIN := $(VENV)/bin
# Any Python from 3.11 on will do; `make book PYTHON=/path/to/python` chooses one.
PYTHON ?= $(shell scripts/find-python)
# Installs the packages of a lock file, whose files must have the hashes that it names, and this project itself (in
# place, with what builds it from the lock file too); quiet unless something fails.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
install = $(PIP) --require-hashes --requirement $(1) && $(PIP) --no-build-isolation --editable .

# macOS does not search Homebrew's folders for libraries.
ifeq ($(shell uname -s),Darwin)
export DYLD_FALLBACK_LIBRARY_PATH := $(shell brew --prefix 2>/dev/null)/lib:/usr/local/lib:/usr/lib
export PATH := $(PATH):$(shell brew --prefix 2>/dev/null)/opt/openjdk/bin
endif

.PHONY: book test bench bench-screens bench-typography bench-verify soak lint format modules lock audit clean help suites coverage
.DELETE_ON_ERROR:
MINUTES := 30

book: $(VENV)/.book  ## Build every edition of the sample book into build/
	$(BIN)/book build

test: $(VENV)/.test lint  ## Run all checks and tests
	$(BIN)/pytest --numprocesses auto --dist loadfile -m 'not browser'
	$(BIN)/pytest -m browser $(shell grep -rl --include='test_*.py' 'mark\.browser' tests)

bench: $(VENV)/.bench  ## Measure beside WeasyPrint and Pandoc; build/bench.md (ARGUMENTS="--quick" is short)
	$(BIN)/python -m benchmarks $(ARGUMENTS)

soak: $(VENV)/.test  ## Run random trials for MINUTES=30: edits, kills, damaged files, screens (ARGUMENTS="--seed 1")
	$(BIN)/python -W ignore -m tests.soak --minutes $(MINUTES) $(ARGUMENTS)

suites: $(VENV)/.test  ## Fetch other projects' test suites (ARGUMENTS="--from FOLDER" of clones), and run them as chapters and titles
	scripts/fetch-suites $(ARGUMENTS)
	$(BIN)/python -W ignore -m tests.soak.suites build/suites

coverage: $(VENV)/.test  ## Measure which lines and branches the tests reach, those of other processes too; build/coverage
	$(BIN)/pytest --numprocesses auto --dist loadfile -m 'not browser' --cov --cov-context=test --cov-report=
	$(BIN)/coverage report --skip-covered --sort=cover
	$(BIN)/coverage html --quiet --directory build/coverage

bench-typography: $(VENV)/.bench  ## Measure lines and pages beside Typst and LuaLaTeX
	$(BIN)/python -m benchmarks.typography $(ARGUMENTS)

bench-verify: $(VENV)/.book  ## Measure the comparison of 1,000 quotations with 100 transcripts
	$(BIN)/python -m benchmarks.verify $(ARGUMENTS)

bench-screens: $(VENV)/.test  ## Measure what two reading systems show of e-books on small screens (ARGUMENTS="--book sample")
	$(BIN)/python -W ignore -m tests.reading_systems.screens $(ARGUMENTS)

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

lock: $(VENV)/.book  ## Write the lock files and THIRD_PARTY.md, after a change of pyproject.toml or constraints.txt
	scripts/lock
	$(MAKE) $(VENV)/.test
	$(BIN)/python scripts/third-party

audit: $(VENV)/.test  ## Look the locked packages up in the database of known vulnerabilities
	$(PYTHON) -m venv build/audit && build/audit/bin/pip install --quiet --disable-pip-version-check 'pip-audit ~=2.10'
	build/audit/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

clean:  ## Remove build results, caches and the virtual environment
	find build -mindepth 1 ! -name .gitignore -delete
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*  ## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

# Requirements of `make book`: a Python interpreter, Pango, the pinned packages.
$(VENV)/.book: pyproject.toml requirements.lock scripts/system-libraries
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say where it is: make PYTHON=/path/to/python" >&2; exit 1; }
	@scripts/system-libraries book "$(PYTHON)"
	@echo "Setting up $(VENV): a minute or two, once"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(call install,requirements.lock)
	@touch $@

# What `make test` needs besides: a Java runtime for EPUBCheck, qpdf, poppler and Ghostscript, the tools; and, where it
# can be had, what opens an e-book in real reading systems.
$(VENV)/.test: $(VENV)/.book requirements-test.lock tests/reading_systems/package-lock.json
	@scripts/system-libraries test "$(PYTHON)"
	@$(call install,requirements-test.lock)
	@scripts/system-libraries browser "$(PYTHON)"
	@! command -v npm >/dev/null || npm ci --silent --prefix tests/reading_systems || echo 'Without the npm packages, tests in real reading systems are skipped.' >&2
	@touch $@

# Further requirements of `make bench`: the tools that it compares with.
$(VENV)/.bench: $(VENV)/.book requirements-bench.lock
	@$(call install,requirements-bench.lock)
	@touch $@
