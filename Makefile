# Prosa. `make run` serves, `make test` tests; the settings are environment
# variables and may be given here too: `make run PORT=8001`.

VENV := .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --only-binary :all:
UV := $(VENV)/tools/bin/uv

.DEFAULT_GOAL := help
.PHONY: help run test fuzz bench check fmt messages requirements screenshots

help:
	@echo "make run           serve on http://127.0.0.1:8000 (HOST, PORT, DATA_DIR ... change it)"
	@echo "make test          run every test; ARGS='-k name' narrows them"
	@echo "make fuzz          send the sockets BYTES=10_000_000 of rubbish; SEED=n repeats a run"
	@echo "make bench         measure speed and size; BENCH=page narrows it to one benchmark"
	@echo "make check         lint, types, migrations, known vulnerabilities"
	@echo "make fmt           format the code"
	@echo "make messages      collect the texts to translate into locale/"
	@echo "make requirements  pin the packages again from the .in files"
	@echo "make screenshots   take the README's pictures again"

# One direct command, so that Ctrl-C and SIGTERM reach the server itself.
run: $(VENV)/.runtime
	@exec $(PY) manage.py serve

# What uses the database in pytest's own process runs on both; tests that start servers choose theirs.
# Several at a time, those of a file one after another.
test: PYTEST := $(PY) -m pytest -n auto --dist loadfile
test: $(VENV)/.dev
	@$(PYTEST) $(ARGS)
	@TEST_DATABASE=postgres $(PYTEST) -m data $(ARGS)

fuzz: BYTES := 10_000_000
fuzz: $(VENV)/.dev
	@FUZZ_BYTES=$(BYTES) FUZZ_SEED=$(SEED) $(PY) -m pytest -s --timeout=0 chat/tests/fuzz $(ARGS)

bench: $(VENV)/.dev
	@$(PY) -m bench $(BENCH)

check: export DATA_DIR := $(VENV)/check
check: $(VENV)/.dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@./.ci/audit $(VENV)/bin/pip-audit

fmt: $(VENV)/.dev
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .

messages: $(VENV)/.runtime
	@$(PY) manage.py messages

screenshots: $(VENV)/.dev
	@$(PY) -m docs.screenshots

requirements: $(UV)
	@for name in requirements requirements-dev; do \
	    $(UV) pip compile --quiet --universal --python-version 3.11 --upgrade \
	        --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
	        --output-file $$name.txt $$name.in || exit 1; \
	done

$(UV): | $(VENV)/.runtime
	@$(PY) -m venv $(VENV)/tools && $(VENV)/tools/bin/python -m pip install --quiet uv

$(VENV)/.runtime: requirements.txt
	@set -e; test -x $(PY) || { \
	    for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	        found="$$found $$($$python --version 2>&1 | head -n 1)"; \
	        $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	        echo "Building $(VENV) with $$($$python --version)"; \
	        $$python -m venv --clear $(VENV); \
	        break; \
	    done; \
	    test -x $(PY) || { \
	        echo "Prosa needs Python 3.11 or newer, with its venv module; found:$$found. Name one with PYTHON=..." >&2; \
	        exit 1; \
	    }; \
	}; \
	echo "Installing what Prosa runs on"; \
	$(PIP_INSTALL) -r requirements.txt; \
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need"
	@$(PIP_INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@
