# Every target sets up what it needs in .venv; nothing is installed outside it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INPUT ?= examples/kazakhstan-2022
OUT ?= out
DATA ?= ../shared/data
JOBS ?= 2
BRIEF_FLAGS ?=
UV_FLAGS := --quiet

STATIC := src/foreshock/web/static/manifest.json

.PHONY: setup brief serve assets test lint docs messages bench corpus explore fuzz lock clean help

help:
	@echo "make brief [INPUT=path-or-URL]   print the brief, and write it to $(OUT)/ as HTML and Markdown"
	@echo "make serve                       open the desk in a browser, on the example or on your ledger"
	@echo "make test                        run all tests"
	@echo "make lint                        ruff and mypy --strict"
	@echo "make docs                        build the documentation as a site, in site/"
	@echo "make messages [LANGUAGE=code]    bring the catalogues of translations up to date with the code"
	@echo "make bench [DATA=folder]         print every measure as JSON"
	@echo "make explore                     run the property tests on examples drawn anew"
	@echo "make fuzz [SECONDS=180]          fuzz every reader for so long; what is new goes into fuzz/corpus/"
	@echo "make corpus                      check the annotated texts, print their tables, write their statistics"
	@echo "make setup | lock | clean        set up .venv | refresh requirements.lock | remove what was made"

# The stamp is made anew when the lock or the project changes; the marker file says which extras are in.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Foreshock needs Python 3.11 or later; set PYTHON=python3.11"; exit 1; }
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"

$(VENV)/.brief: requirements.lock pyproject.toml | $(BIN)/uv
	@echo "installing what the brief needs (English, Japanese, Russian, French, Spanish) ..."
	@$(BIN)/uv pip install $(UV_FLAGS) --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install $(UV_FLAGS) --python $(BIN)/python --no-deps --editable .
	@$(BIN)/foreshock gazetteer
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.brief
	@echo "installing what the tests need ..."
	@$(BIN)/uv pip install $(UV_FLAGS) --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

# The desk's scripts and styles: built by Vite from assets/, shipped in the wheel, and not in git.
assets/node_modules/.package-lock.json: assets/package-lock.json
	@command -v npm > /dev/null || { echo "the desk's assets need node 20 or later with npm"; exit 1; }
	@echo "installing what builds the desk's assets ..."
	@cd assets && npm ci --silent
	@touch $@

$(STATIC): assets/node_modules/.package-lock.json $(shell find assets/src assets/public assets/*.ts assets/*.mjs -type f 2>/dev/null)
	@cd assets && npm run --silent build -- --logLevel error

assets: $(STATIC)

# Pages are tested in a real browser; where there is none and none may be installed, those tests say so and are skipped.
$(VENV)/.browser: | $(BIN)/uv
	@command -v chromium > /dev/null || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fonts-noto-core; } > /dev/null 2>&1 \
	  || echo "no chromium, and apt may not install it: tests in a browser are skipped"
	@touch $@

setup: $(VENV)/.brief

brief: $(VENV)/.brief
	@$(BIN)/foreshock brief $(BRIEF_FLAGS) --out $(OUT) -- $(INPUT)

serve: $(VENV)/.brief $(STATIC)
	@$(BIN)/foreshock serve

# Files of tests are dealt out to JOBS processes; make test JOBS=0 runs all in one.
test: $(VENV)/.dev $(STATIC) $(VENV)/.browser
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev $(STATIC)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@cd assets && npm run --silent check

# Pictures of the desk for the documentation.
screenshots: $(VENV)/.dev $(STATIC) $(VENV)/.browser
	@$(BIN)/python -m tools.screenshots

# The documentation as a site, in site/.
docs: $(VENV)/.dev
	@$(BIN)/mkdocs build --quiet

# Catalogues keep their translations; what has none yet is printed.
messages: $(VENV)/.dev
	@$(BIN)/python -m tools.messages $(LANGUAGE)

bench: $(VENV)/.dev
	@for pair in seed=seed articles=articles time=time/recognizers attribution=attribution/polnear_train \
	    factuality=factuality figures=incidents plv=coding/plv_train.tsv acled=coding/acled_types_odd.tsv \
	    spanish=coding/spanish_fight_312.jsonl actors=coding/actor_phrases_odd.json event-place=coding/event_location_dev.jsonl \
	    geo=geo geo-names=geo/crisis_names_107.tsv incidents=incidents \
	    weigh-priors=forecast weigh-coups=forecast weigh-crisis=forecast weigh-replay=forecast weigh-deaths=forecast; do \
	  echo "$${pair%%=*}"; $(BIN)/python -m bench $${pair%%=*} --data $(DATA)/$${pair#*=} || exit 1; done
	@for pair in gold=articles standing=standing figures=figures time=times calibration=articles geo-names=places/names.tsv \
	    traps=traps surface=surface incidents=incidents disputes=disputes joined=joined/kazakhstan-2022; do \
	  echo "$${pair%%=*}"; $(BIN)/python -m bench $${pair%%=*} --data tests/gold/$${pair#*=} || exit 1; done
	@echo speed; $(BIN)/python -m bench speed --limit 1000 --data $(DATA)/corpora/throughput_rss_100k.jsonl.gz
	@for name in ledger joining desk; do echo $$name; $(BIN)/python -m bench $$name --data $${TMPDIR:-/tmp} || exit 1; done

# The corpus: every fault of the markup, every table, who agrees with whom; the statistics are written anew.
corpus: $(VENV)/.dev
	@$(BIN)/python -m corpus check --missing
	@$(BIN)/python -m corpus balance
	@$(BIN)/python -m corpus agreement --card
	@$(BIN)/python -m corpus statistics

# Locks name packages and hashes, never the address they came from.
# Property tests draw the same examples in every run of "make test", and new ones here.
explore: $(VENV)/.dev
	@FORESHOCK_EXPLORE=1 $(BIN)/python -m pytest -n $(JOBS) -m hypothesis

fuzz: $(VENV)/.dev
	@$(BIN)/python -m fuzz all --seconds $(or $(SECONDS),180)

lock: | $(BIN)/uv
	@$(BIN)/uv pip compile $(UV_FLAGS) --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --extra en --extra ja --extra ru --extra fr --extra es --extra desk --extra encoder --extra archives pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile $(UV_FLAGS) --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --extra en --extra ja --extra ru --extra fr --extra es --extra desk --extra encoder --extra archives --extra cluster --extra postgres pyproject.toml -c requirements.lock -o deploy/requirements.lock
	@$(BIN)/uv pip compile $(UV_FLAGS) --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --extra en --extra ja --extra ru --extra fr --extra es --extra desk --extra encoder --extra docs --extra postgres --extra fit --extra cluster --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(OUT) dist build site assets/node_modules src/foreshock/web/static .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests bench corpus training -name __pycache__ -type d -prune -exec rm -rf {} +
