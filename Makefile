# Every target sets up what it needs; only Debian's python3, python3-venv, git and make must be there.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
# the theme would print an advertisement otherwise
export NO_MKDOCS_2_WARNING := 1

PYTHON ?= python3
FUZZ_SECONDS ?= 60
DEMO_PORT ?= 8000
BIN := .venv/bin
BENCH := bench/.venv
LITMUS := bench/.litmus-venv
PIP_INSTALL := -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all:
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo test check bench litmus fuzz validity docs reference messages lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.site ## screen a made-up system; audit COMPAS's counts; prove a made-up record; serve a site filled with made-up systems
	@code=0; $(BIN)/habeas screen examples/screen/patrol-forecast.yaml --book fair-trials || code=$$?; \
	if [ $$code -ne 1 ]; then echo "make demo: expected exit code 1 (prohibited) of the screen; got $$code" >&2; exit 1; fi; \
	printf '\nThe screen left with exit code 1: prohibited.\n\n'
	@code=0; $(BIN)/habeas audit examples/compas.yaml --out demo-report || code=$$?; \
	if [ $$code -ne 1 ]; then echo "make demo: expected exit code 1 (shown different) of the audit; got $$code" >&2; exit 1; fi; \
	printf '\nThe audit left with exit code 1: shown different. Read it in a browser: %s\n\n' "$$PWD/demo-report/report.html"
	@rm -rf demo-ledger
	@$(BIN)/habeas ledger init demo-ledger/ledger --origin log.police.example/demo --unencrypted-keys
	@$(BIN)/habeas ledger append demo-ledger/ledger examples/records.jsonl
	@$(BIN)/habeas ledger disclose demo-ledger/ledger 0 person/score person/reason \
		--ground court-order --to court --authority police.example --out demo-ledger/evidence.json
	@$(BIN)/habeas verify demo-ledger/evidence.json --policy demo-ledger/ledger/trust-policy.txt
	@printf '\nTo go on, type   . .venv/bin/activate; cd examples   : the commands of README and documentation are typed there.\n\n'
	@rm -rf demo-site
	@$(BIN)/habeas site demo demo-site --port $(DEMO_PORT)
	@printf '\nThe site runs until Ctrl-C. If something else answers at its port: make demo DEMO_PORT=8001\n\n'
	@exec $(BIN)/habeas site run demo-site --bind 127.0.0.1:$(DEMO_PORT) 2> >(grep --line-buffered -v '^{' >&2)

test: check ## run everything: check, every test, and those of the site once more on PostgreSQL
	@$(BIN)/pytest -n auto
	@$(BIN)/python tests/on_postgres.py -n auto tests/web

check: docs ## the fast part: format, lint, types, arrows between rooms, docs
	@$(BIN)/ruff format --check --quiet . || { echo "make check: run $(BIN)/ruff format . and look at what it changed" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m habeas.web.base.languages --check

docs: .venv/.dev ## build the documentation site into site/, warnings as errors
	@$(BIN)/mkdocs build --strict --quiet

reference: .venv/.dev ## rewrite the reference pages that are made from the code
	@$(BIN)/python tests/docs/rebuild_reference.py

messages: .venv/.dev ## bring the site's texts in other languages up to date, and say what they lack
	@$(BIN)/python -m habeas.web.base.languages

validity: .venv/.dev ## the slow simulations: does the audit keep its statistical promises?
	@$(BIN)/pytest -m validity -s

bench: .venv/.dev $(BENCH)/.rivals ## time habeas beside a bare GROUP BY, rival tools and a bare database; half an hour, and 5 GB of disk
	@$(BIN)/python bench/engine.py
	@$(BIN)/python bench/audit.py
	@$(BIN)/python bench/ledger.py
	@$(BIN)/python bench/screen.py
	@$(BIN)/python bench/site.py

litmus: .venv/.dev $(LITMUS)/.rival ## ask the closest rival of the screen about the same systems, and print both sides
	@$(BIN)/python bench/litmus.py --ask
	@$(BIN)/python bench/canada_aia.py

fuzz: .venv/.dev ## try to break every parser of the ledger for FUZZ_SECONDS (60) each; what is found is kept in fuzz-findings
	@$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS) --findings fuzz-findings

lock: ## rewrite requirements/*.txt from pyproject.toml and requirements/*.in
	@uv=$$(command -v uv || echo $(BIN)/uv); \
	command -v "$$uv" > /dev/null || { echo "make lock: uv isn't here: $(BIN)/pip install uv, or see docs.astral.sh/uv" >&2; exit 1; }; \
	"$$uv" $(LOCK) pyproject.toml --extra arrow --extra fast --extra pdf --extra postgres --extra s3 --extra site --group dev \
		--output-file requirements/dev.txt > /dev/null; \
	"$$uv" $(LOCK) pyproject.toml --constraints requirements/dev.txt --output-file requirements/base.txt > /dev/null; \
	"$$uv" $(LOCK) pyproject.toml --extra site --extra postgres --constraints requirements/dev.txt --output-file requirements/site.txt > /dev/null; \
	"$$uv" $(LOCK) requirements/bench.in --output-file requirements/bench.txt > /dev/null; \
	"$$uv" $(LOCK) requirements/litmus.in --output-file requirements/litmus.txt > /dev/null

clean: ## remove everything that was made
	rm -rf .venv $(BENCH) $(LITMUS) bench/data site demo-report demo-ledger demo-site fuzz-findings .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- the environment: src is put on the path by a .pth file, so that nothing is copied and nothing needs building ---

.venv/.base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: habeas needs Python 3.11 or later; say which with make PYTHON=python3.12" >&2; exit 1; }
	@echo "setting up .venv (once; about a minute)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "make: python3 can't make environments: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python $(PIP_INSTALL) -r requirements/base.txt
	@echo "$$PWD/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/habeas.pth"
	@printf '#!/bin/sh\nexec "%s/python" -P -m habeas "$$@"\n' "$$PWD/$(BIN)" > $(BIN)/habeas && chmod +x $(BIN)/habeas
	@touch $@

.venv/.site: requirements/site.txt .venv/.base
	@echo "setting up what the site needs (once; half a minute)"
	@$(BIN)/python $(PIP_INSTALL) -r requirements/site.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@echo "setting up what tests and docs need (once; a minute or two)"
	@$(BIN)/python $(PIP_INSTALL) -r requirements/dev.txt
	@touch $@

$(BENCH)/.rivals: requirements/bench.txt
	@echo "setting up the rivals' environment (once)"
	@test -x $(BENCH)/bin/pip || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python $(PIP_INSTALL) -r requirements/bench.txt
	@touch $@

$(LITMUS)/.rival: requirements/litmus.txt
	@echo "setting up the environment of the screen's rival (once)"
	@test -x $(LITMUS)/bin/pip || $(PYTHON) -m venv $(LITMUS)
	@$(LITMUS)/bin/python $(PIP_INSTALL) -r requirements/litmus.txt
	@touch $@
