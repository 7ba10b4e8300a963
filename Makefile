# 掌办. `make` alone lists what there is.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DATA ?= .data
PERSON ?= zhang
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup lock demo journey test check format lint types imports rows schema shape history bench faults clean

help:  ## list what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv and install the locked packages into it, or those that it has lost

# Whoever asks for it by name has it looked through, whatever its date: packages may have gone since.
ifneq ($(filter setup,$(MAKECMDGOALS)),)
.PHONY: $(READY)
endif

SYNC := VIRTUAL_ENV=.venv $(BIN)/uv pip sync requirements/dev.txt --quiet --compile-bytecode --require-hashes --allow-empty-requirements

$(READY): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "掌办 needs Python 3.11 or newer; this one is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(SYNC) --offline 2>/dev/null || $(SYNC) || \
	  { echo "The packages of requirements/dev.txt could not be installed: is there a network to PyPI?" >&2; exit 1; }
	@touch $@

COMPILE := .data/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

lock:  ## lock the newest packages that pyproject.toml allows: run.txt for production, dev.txt for a laptop and CI
	@$(PYTHON) -m venv .data/lock && .data/lock/bin/python -m pip install --quiet uv
	@$(COMPILE) --upgrade pyproject.toml -o requirements/run.txt
	@$(COMPILE) --upgrade pyproject.toml --extra demo --extra dev -c requirements/run.txt -o requirements/dev.txt
	@rm -rf .data/lock

demo: setup  ## everything on this machine: store, mock departments, worker, API (PORT=, DATA=)
	@exec $(BIN)/python -m api demo --port $(PORT) --data $(DATA)

journey: setup  ## one person retires, told step by step in the terminal (PERSON=zhang, li, bao … officer, anyone-8 …, PORT=)
	@exec $(BIN)/python -m mocks journey --person $(PERSON) --port $(PORT)

test: setup  ## all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup format lint types imports test  ## what CI runs: format, lint, types, imports, tests

format: setup  ## is everything formatted?
	@$(BIN)/ruff format --check --quiet . || { echo "Run '$(BIN)/ruff format .'" >&2; exit 1; }

lint: setup  ## ruff
	@$(BIN)/ruff check --quiet .

types: setup  ## mypy, strict
	@$(BIN)/mypy

imports: setup  ## do imports point inwards?
	@$(BIN)/lint-imports --no-logo

rows: setup  ## each row of docs/requirements.md and the tests that decide it
	@$(BIN)/python -m tests.rows

schema: setup  ## print the schema into schema/schema.graphql
	@mkdir -p .data && $(BIN)/python -m api schema > .data/schema.graphql && mv .data/schema.graphql schema/schema.graphql

shape: setup  ## how long the functions are
	@$(BIN)/python -m tests.test_shape

history: setup  ## prove that no step of a case and no look was altered, in a running demonstration (DATA=, ANCHOR=)
	@$(BIN)/python -m api verify-history --data $(DATA) $(if $(ANCHOR),--anchor $(ANCHOR))

bench: setup  ## measurements, side by side from one run
	@$(BIN)/python -m bench

faults: setup  ## twenty listed seeds of trouble
	@$(BIN)/python -m pytest tests/faults --seeds all

clean:  ## remove what setup and the demonstration made
	rm -rf .venv .data
