# Everything a developer types. `make` alone lists the commands.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
UV := $(BIN)/uv

# Images of containers often forbid Python to keep what it compiled: each process then compiles all that it imports.
export PYTHONDONTWRITEBYTECODE :=

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The environment holds exactly what the lock says, and is made anew when a lock or pyproject.toml is newer. pip brings
# uv, which brings the rest in a tenth of pip's time; where it cannot (it reads none of pip's settings) pip does.
$(READY): requirements-dev.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dateline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@echo "installing the locked packages into $(VENV) ..."
	@rm -rf $(VENV)
	@{ $(BRING_UV) && $(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --no-deps --require-hashes \
			-r requirements-dev.lock; } \
		|| { echo "uv could not; pip takes some minutes ..."; \
			$(PIP) install --quiet --no-deps --require-hashes -r requirements-dev.lock; }
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(PIP) check
	@touch $@

BRING_UV = $(PYTHON) -m venv $(VENV) && $(PIP) install --quiet --no-deps --require-hashes -r requirements-uv.lock

install: $(READY) ## make the environment (.venv) from the lock

run: $(READY) ## load the sample articles into ./data (ARGS="..." for others)
	@$(BIN)/dateline run $(ARGS)

test: $(READY) ## run all tests, two files at a time
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(READY) ## formatting, lint, types, imports, SQL
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --processes 2 warehouse

check: lint test ## what CI runs: lint, then test

format: $(READY) ## put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/sqlfluff fix warehouse

dictionary: $(READY) ## write the data dictionary and the query guide from the catalog
	@$(BIN)/python -m warehouse.dictionary

bench: $(READY) ## compare with a plain script, alternately (CORPUS=file.jsonl.gz)
	@$(BIN)/python tests/benchmarks/compare.py $(CORPUS)

RESOLVE := pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-strip-extras --no-header

lock: ## resolve the dependencies anew: names, versions and hashes, no address
	@test -x $(UV) || { $(BRING_UV); }
	@$(UV) $(RESOLVE) pyproject.toml -o requirements.lock
	@$(UV) $(RESOLVE) --extra dev pyproject.toml -o requirements-dev.lock
	@echo uv | $(UV) $(RESOLVE) - -o requirements-uv.lock

clean: ## remove the environment and all caches; ./data stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help install run test lint check format dictionary bench lock clean
