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

.PHONY: help setup demo test test-fast lint docs kernels bench tools web web-tools web-test clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    link the collection that ships; table, picture and report in $(OUT)"
	@echo "make test    lint, types and all tests, as CI runs them"
	@echo "make test-fast  lint and the quick tests of the product, under three minutes"
	@echo "make lint    ruff and pyright only"
	@echo "make docs    the manual, in build/docs; a broken link or reference is an error"
	@echo "make web     build the web app anew (Node.js 20.19 or later; the built one ships)"
	@echo "make kernels write the compiled kernels that ship, after a change of src/scorebridge/kernels"
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

$(VENV)/dev.stamp: $(VENV)/plain.stamp lab/pyproject.toml
	@echo "== Installing what tests and the lab need: $(TORCH) and others"
	@$(PIP) install --quiet --progress-bar off "$(TORCH)"
	@$(PIP) install --quiet --progress-bar off --editable '.[dev,docs]' --editable lab
	@touch $@

setup: $(VENV)/plain.stamp

demo: setup
	@$(BIN)/scorebridge demo --out $(OUT)

lint: $(VENV)/dev.stamp
	@echo "== ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== pyright" && $(BIN)/pyright --pythonpath $(BIN)/python

# Small tensors: with more threads than one, a test mostly waits.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile

test: lint tools web-tools
	@echo "== pytest" && $(PYTEST)
	@$(MAKE) --no-print-directory web-test

test-fast: $(VENV)/dev.stamp
	@echo "== ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== pytest, quick tests of the product" && $(PYTEST) -m "not slow and not browser and not lab" tests

$(VENV)/docs.stamp: $(VENV)/plain.stamp
	@echo "== Installing what builds the manual"
	@$(PIP) install --quiet --progress-bar off --editable '.[docs]'
	@touch $@

docs: $(VENV)/docs.stamp
	@$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --quiet docs build/docs
	@echo "build/docs/index.html"

kernels: $(VENV)/dev.stamp
	@$(BIN)/python -m scorebridge.kernels

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

web:
	@cd web && npm install --no-save --silent && npm run --silent build

# Node.js and Chromium serve the web app's tests; without them these say so and skip.
web-tools:
	@if command -v npm >/dev/null && command -v chromium >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  command -v npm >/dev/null && want=chromium || want="chromium nodejs npm"; \
	  echo "== Installing $$want"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$want >/dev/null; } || \
	  echo "Not installed: tests of the web app will be skipped."; \
	else echo "Not installed: Node.js or Chromium; tests of the web app will be skipped."; fi

web-test: setup web-tools
	@echo "== web app" && SCOREBRIDGE=$(abspath $(BIN))/scorebridge ./web/test.sh

clean:
	rm -rf $(VENV) $(OUT) build
