# What a person needs: `make demo` to see it work, `make test` to check it.
# Everything goes into .venv; nothing asks for input. Debian and Ubuntu: with root rights
# missing system packages are installed, without them you are told their names.

PYTHON ?= python3
TORCH ?= torch==2.13.0
OUT ?= demo-out

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
SOUND := fluidsynth fluid-soundfont-gm timgm6mb-soundfont

.PHONY: help setup demo test lint bench tools clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    link the collection that ships; table, picture and report in $(OUT)"
	@echo "make test    lint, types and tests, as CI runs them"
	@echo "make lint    ruff and pyright only"
	@echo "make bench   speed and scale, a table each"
	@echo "make setup   the plain installation in $(VENV)"
	@echo "make clean   remove $(VENV) and $(OUT)"
	@echo "Variables: PYTHON=$(PYTHON) TORCH=$(TORCH) OUT=$(OUT)"

# Stamps, so that setting up happens once, and again when the requirements change.
$(VENV)/bin/python:
	@echo "== Making $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=python3.12 ..."; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	  else echo "Python's venv is missing: sudo apt-get install python3-venv"; exit 1; fi; fi
	@$(PYTHON) -m venv $(VENV)

$(VENV)/plain.stamp: pyproject.toml | $(VENV)/bin/python
	@echo "== Installing Scorebridge (a few minutes the first time)"
	@$(PIP) install --quiet --progress-bar off --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/plain.stamp
	@echo "== Installing what tests and training need: $(TORCH) and others"
	@$(PIP) install --quiet --progress-bar off "$(TORCH)"
	@$(PIP) install --quiet --progress-bar off --editable '.[dev,train]'
	@touch $@

setup: $(VENV)/plain.stamp

demo: setup
	@$(BIN)/scorebridge demo --out $(OUT)

lint: $(VENV)/dev.stamp
	@echo "== ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== pyright" && $(BIN)/pyright --pythonpath $(BIN)/python

test: lint tools
	@echo "== pytest" && $(BIN)/python -m pytest -q

bench: $(VENV)/dev.stamp
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# FluidSynth and its sound fonts serve some tests of `lab`; without them these say so and skip.
tools:
	@if dpkg -s $(SOUND) >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "== Installing $(SOUND)"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $(SOUND) >/dev/null; } || \
	  echo "Not installed: the tests that play music will be skipped."; \
	else echo "Not installed: $(SOUND); the tests that play music will be skipped."; fi

clean:
	rm -rf $(VENV) $(OUT)
