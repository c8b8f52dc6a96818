# `make run` installs and lives through four years of the five plans; `make test` installs and passes the tests.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install matrix run test check bench lock

# All that is fetched stands in the lock, the builder too: from a folder of wheels it installs without a network.
install: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: install
	$(BIN)/dondoc demo

# Four at a time on two cores: much of what the long ones do is wait for Prefect, for a minute to come, for a port.
test: install
	$(BIN)/pytest -n 4 --dist worksteal

# A real chat server for one test, in an environment of its own; without it that test skips by name.
matrix: .venv-matrix/installed

.venv-matrix/installed: requirements-matrix.lock
	$(PYTHON) -m venv .venv-matrix
	.venv-matrix/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile -r requirements-matrix.lock
	touch $@

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(BIN)/python -m bench

# Needs uv (from PyPI). The lock holds hashes and no registry's address.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	echo matrix-synapse | uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements-matrix.lock
