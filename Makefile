.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo run test check messages proof format lock bench migration clean

help: ## Show what can be done here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## Make the environment in .venv (quick the second time)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make setup PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(READY)

demo: $(READY) ## Sample programme, a local Telegram and the real bot; prints the page to try it in
	$(BIN)/python -m sandbox.demo

run: $(READY) ## Run the bot for real, from .env
	$(BIN)/python -m bot run

# Tests that talk over sockets keep their own time: they have the machine to themselves.
ALONE := tests/bot tests/chaos tests/e2e

test: $(READY) ## Run the whole test suite
	$(BIN)/python -m pytest -n auto $(addprefix --ignore=,$(ALONE))
	$(BIN)/python -m pytest $(ALONE)

check: $(READY) ## What CI runs: format, lint, types, layers, tests on both databases
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

messages: $(READY) ## Every message as a phone shows it, as pages in build/messages (or FOLDER=...)
	$(BIN)/python -m tests.templates.gallery $(or $(FOLDER),build/messages)

proof: $(READY) ## The long proofs: a thousand updates, twenty kills, on both databases
	PROOF=full $(BIN)/python -m pytest tests/chaos

format: $(READY) ## Put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## Measure: search, throughput, composing
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.delivery
	$(BIN)/python -m bench.composing

migration: $(READY) ## Write a migration from the tables: make migration MESSAGE="..."
	$(BIN)/python -m db.make_migration "$(MESSAGE)"

lock: ## Resolve requirements.lock again from pyproject.toml
	$(PYTHON) -m venv .lockenv
	.lockenv/bin/pip install --quiet uv==0.13.9
	.lockenv/bin/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header -o requirements.lock

clean: ## Remove what was made here
	rm -rf $(VENV) .lockenv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
