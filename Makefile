# The only list of commands. Needed on the machine: Python 3.11 or later, and make.
#
#   make run     open Caseward with made-up children on http://127.0.0.1:8000
#   make test    everything that must hold before a change is kept
#   make check   style, types and floors alone: seconds
#   make bench   speed, beside its limits; `make bench-large` the same of a very large authority
#   make soak    the long proofs

PYTHON ?= python3
PORT ?= 8000
export CASEWARD_HOME ?= $(CURDIR)/.caseward
# Whatever indexes or options the machine's own configuration adds, hashes decide what is installed.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
MADE := .stamps
INSTALL := scripts/install_requirements.sh
MIGRATIONS := $(shell find src -path '*/migrations/*.py' 2>/dev/null)
STATIC := $(shell find src -path '*/static/*' -type f -not -path '*/vendor/*' 2>/dev/null)

.PHONY: run test check bench bench-large soak requirements rulebook pictures format environment environment-dev browser postgresql
.DELETE_ON_ERROR:

run: $(MADE)/runtime $(MADE)/store $(MADE)/static
	@exec $(BIN)/caseward serve --port $(PORT)

test: $(MADE)/dev $(MADE)/frontend browser postgresql
	@$(MAKE) --no-print-directory check
	@echo "--- the tests that use a database, on PostgreSQL"
	@CASEWARD_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak"
	@echo "--- all tests, on SQLite"
	@CASEWARD_TEST_DATABASE=sqlite $(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak"

check: $(MADE)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(MADE)/dev
	$(BIN)/python -m bench

# An authority of 26,000 children and a million events: ten minutes, and PostgreSQL beside it.
bench-large: $(MADE)/dev postgresql
	$(BIN)/python -m bench.volume 1000000
	$(BIN)/python -m bench.volume 150000 postgresql

soak: $(MADE)/dev $(MADE)/frontend browser postgresql
	CASEWARD_TEST_DATABASE=postgresql $(BIN)/python -m pytest -m soak
	CASEWARD_TEST_DATABASE=sqlite $(BIN)/python -m pytest -m soak

# --- for those who change Caseward ---------------------------------------------------------------
environment: $(MADE)/runtime $(MADE)/frontend
environment-dev: $(MADE)/dev

requirements: $(MADE)/uv
	scripts/compile_requirements.sh

# The rulebook page follows from the spec tests; a test fails where the kept page differs.
rulebook: $(MADE)/dev
	$(BIN)/python -m tests.spec.publishing

# The documents' pictures, taken on the tour over the whole demonstration.
pictures: $(MADE)/dev $(MADE)/frontend browser
	scripts/take_pictures.sh

format: $(MADE)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# --- what has been made, each with a stamp so that a second start is quick -----------------------
$(MADE)/venv:
	@scripts/make_environment.sh "$(PYTHON)"
	@mkdir -p $(MADE) && touch $@

# uv installs ten times faster than pip; without it pip does the same.
$(MADE)/uv: requirements/uv.txt $(MADE)/venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt \
	  || echo "uv could not be installed; pip takes its place."
	@touch $@

$(MADE)/runtime: requirements.txt pyproject.toml $(MADE)/uv
	@$(INSTALL) requirements.txt
	@touch $@

$(MADE)/dev: requirements-dev.txt pyproject.toml $(MADE)/uv
	@$(INSTALL) requirements-dev.txt
	@touch $@ $(MADE)/runtime

$(MADE)/frontend: package.json package-lock.json scripts/build_frontend.py scripts/install_frontend.sh $(MADE)/uv
	@scripts/install_frontend.sh
	@touch $@

$(MADE)/store: $(MIGRATIONS) $(MADE)/runtime
	@$(BIN)/caseward demo --if-empty --children 600
	@touch $@

$(MADE)/static: $(STATIC) $(MADE)/frontend $(MADE)/store
	@$(BIN)/python -m caseward.config.manage collectstatic --noinput --verbosity 0
	@touch $@

# Looked for each time: programs that were here yesterday may be gone.
browser: $(MADE)/uv
	@scripts/ensure_browser.sh

postgresql: $(MADE)/uv
	@scripts/ensure_postgresql.sh
