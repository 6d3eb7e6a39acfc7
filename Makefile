# Training Pathway. Plain `make` lists what can be done.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo demo-reset test suite browser checks run worker bench faults properties fix schema screens lock

help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

$(VENV)/bin/python:
	@echo "==> Making .venv"
	@scripts/make_venv $(PYTHON) $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "==> Installing what the site needs (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "==> Installing what the checks need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.runtime ## Make .venv, install hashed requirements, check Pango, build the styles
	@scripts/system_packages pdf
	@$(BIN)/python -m training.ui.build_styles

setup-dev: $(VENV)/.dev setup
	@scripts/system_packages browser || true

demo: setup ## Set everything up, load the demo world and serve it at http://localhost:8000
	@scripts/demo

demo-reset: setup ## The same, from a fresh world
	@scripts/demo --fresh

test: setup-dev checks suite browser ## Run every check: style, types, floors, migrations, suite, browser

checks:
	@scripts/checks

suite: ## Run the suite alone; DATABASE_URL switches the database, ONLY="-m database" leaves out what needs none
	@$(BIN)/pytest -q -n 2 $(ONLY)

browser: ## Run the browser journeys alone
	@scripts/browser_tests

run: setup ## A developer's server with debug pages (after `make demo` once, with its data)
	@$(MANAGE) migrate -v 0 && $(MANAGE) runserver

worker: setup ## Background work beside `make run`: mail, leftovers, read tables
	@$(MANAGE) worker

bench: setup-dev ## Print speed figures and ratios at the sizes promised
	@scripts/bench

faults: setup-dev ## Kill imports, rebuilds and lessons in the middle, on both databases: nothing may be lost or half done
	@scripts/faults

fix: setup-dev ## Format, and mend what lint can mend
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

properties: setup-dev ## Hold the rule of renewal against the slow model over 10,000 random histories
	@HISTORIES=$${HISTORIES:-10000} HISTORIES_SEED=$${HISTORIES_SEED:-$$(date +%s)} $(BIN)/pytest -q -s tests/ledger/test_properties.py

schema: setup ## Write the API's OpenAPI document to docs/openapi.json
	@DJANGO_SETTINGS_MODULE=training.settings.development $(MANAGE) export_openapi_schema --api training.api.api --indent 2 --output docs/openapi.json

screens: setup-dev ## Screenshots of the gallery, the main journeys and every lesson at 360 and 1280 px into screens/
	@scripts/screens

lock: setup-dev ## Compile pyproject.toml into hashed requirement files, without addresses
	@scripts/lock
