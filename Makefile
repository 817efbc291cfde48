# What one does with Wellplaced: make setup, run, test, check, bench.

PYTHON ?= python3
NPM := $(shell command -v npm 2>/dev/null || echo .venv/bin/npm)
BIN := .venv/bin

.PHONY: setup run test check bench lock format clean postgresql-test

setup: .venv/installed wellplaced/design/static/built/made

.venv/installed: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

node_modules/installed: package-lock.json package.json | .venv/installed
	$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

wellplaced/design/static/built/made: node_modules/installed $(wildcard wellplaced/design/styles/*.scss wellplaced/design/scripts/*.js)
	$(NPM) run --silent build
	touch $@

run: setup
	$(BIN)/wellplaced serve --demonstration

test: setup
	scripts/find-chromium
	$(BIN)/pytest -n 2 --dist loadfile

# Once more on PostgreSQL (installed and started by the script); browser journeys run on SQLite only.
postgresql-test: setup
	scripts/with-postgresql $(BIN)/pytest -n 2 --dist loadfile -m "not journey"

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint wellplaced
	$(BIN)/wellplaced makemigrations --check --dry-run
	$(BIN)/python scripts/migrations_are_linear.py

bench: setup
	$(BIN)/python -m bench

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements-dev.lock

format: setup
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

clean:
	rm -rf .venv node_modules build wellplaced/design/static/built
