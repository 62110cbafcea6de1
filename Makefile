# Two commands are enough: `make run` and `make test`. Both set up their own .venv; nothing outside it is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help pictures bench-pages install run test check slow bench bench-reading bench-matching bench-retag bench-groups bench-serve bench-render bench-store accuracy messages cldr format lock clean

help:
	@echo "make run      set up and start Dateline on http://127.0.0.1:8000"
	@echo "make test     set up and run every check and every fast test"
	@echo "make slow     the tests that take minutes (kill -9, ten thousand round trips, fuzzing)"
	@echo "make accuracy how well articles are read, dated and tagged, against its floors (LABELS=labels.jsonl)"
	@echo "make bench    how fast it reads, matches, retags, groups and serves on this machine"
	@echo "make clean    remove .venv and every cache"
	@echo "make install  only set up .venv, with .venv/bin/dateline"
	@echo "make check    ruff, mypy, import-linter"
	@echo "make pictures take the pictures of the docs anew, with Chromium"
	@echo "make messages put new words of the pages into the catalogs"
	@echo "make cldr     take the names of countries, months and weekdays from Babel anew"
	@echo "make format   let ruff format and fix the code"
	@echo "make lock     pin the newest allowed dependencies with hashes (needs uv)"

install: .venv/run.stamp

run: install
	$(BIN)/dateline db upgrade
	$(BIN)/dateline ingest --now
	$(BIN)/dateline serve

test: check
	$(BIN)/pytest -n auto --maxprocesses 4

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

slow: .venv/dev.stamp
	$(BIN)/pytest --slow -m slow -p no:randomly $(SLOW)

# The labelled articles are other people's texts, so they are kept beside the project and not in it.
LABELS ?= ../shared/gold/labels.jsonl
accuracy: .venv/run.stamp
	@if [ -f "$(LABELS)" ]; then \
	  env -u DATELINE_AUTHORITY_DIR $(BIN)/dateline evaluate "$(LABELS)" --floors tests/accuracy.toml; \
	else echo "Nothing was measured: there are no labelled articles at $(LABELS)."; fi

bench: bench-pages bench-reading bench-matching bench-retag bench-groups bench-serve bench-store

bench-reading: .venv/dev.stamp
	$(BIN)/python -m benchmarks.reading $(or $(FOLDER),seeds)

bench-matching: .venv/dev.stamp
	$(BIN)/python -m benchmarks.matching

bench-retag: .venv/dev.stamp
	$(BIN)/python -m benchmarks.retag

bench-groups: .venv/dev.stamp
	$(BIN)/python -m benchmarks.groups

# What the docs show: the sample articles on pages in Chromium.
pictures: .venv/dev.stamp
	$(BIN)/python -m tests.pictures

# Finds the words of the pages and puts new ones into every catalog, for a person to translate.
messages: .venv/dev.stamp
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k say -k Sentence --no-location --sort-output -o build/pages.pot .
	for code in ko zh ja; do $(BIN)/pybabel -q update -i build/pages.pot -o feeds/web/translations/$$code.po -l $$code \
	  --omit-header --width 120 --no-fuzzy-matching --ignore-obsolete; done

# Wants nginx and wrk (Debian: apt install nginx wrk).
bench-serve: .venv/dev.stamp
	$(BIN)/python -m benchmarks.serve

# The last part of bench-serve, alone.
bench-render: .venv/dev.stamp
	$(BIN)/python -m benchmarks.serve_change

bench-store: .venv/dev.stamp
	$(BIN)/python -m benchmarks.store $(ITEMS) $(FILE) $(URL)

# The second wants Chromium.
bench-pages: .venv/dev.stamp
	$(BIN)/python -m benchmarks.paint
	$(BIN)/python -m benchmarks.pages

# Takes the words of Unicode CLDR that reading wants from Babel.
cldr: .venv/dev.stamp
	$(BIN)/python -m tests.cldr

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The lists name no registry: whichever pip is configured for serves them, and the hashes say what must come.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --extra postgresql requirements/build.in pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --extra postgresql --group dev -c requirements/run.txt requirements/build.in pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dateline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@
