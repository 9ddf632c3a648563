# Every target sets up what it needs: a virtual environment in .venv with the package installed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= ../shared

.PHONY: demo test chromium lint accuracy parties speed store docs floors map screenshots dependencies audit clean

$(VENV)/.user: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@ $(VENV)/.user

demo: $(VENV)/.user  ## read the sample reports and print what they say; keep those on Ukraine in 2014 and print their picture
	$(BIN)/lagebild read examples/reports
	mkdir -p build
	rm -f build/demo.sqlite*
	$(BIN)/lagebild add examples/ukraine-2014/reports --store build/demo.sqlite
	$(BIN)/lagebild picture ukraine --at 2014-10-18 --store build/demo.sqlite

test: $(VENV)/.dev chromium  ## the whole test-suite
	$(BIN)/python -m pytest

chromium:  ## the browser of the tests: by apt where that is allowed, else a line that says how
	@command -v chromium >/dev/null || test -n "$$LAGEBILD_CHROMIUM" || \
	{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	echo "no chromium: tests in the browser are skipped; install it: apt-get install chromium" >&2

lint: $(VENV)/.dev  ## style, types, imports, lexicon, our own training data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lagebild lexicon check
	$(BIN)/python training/annotated.py
	$(BIN)/python training/trees.py $(DATA)

floors: $(VENV)/.dev  ## accuracy on the sample reports, against bench/floors.toml
	$(BIN)/python bench/floors.py
	$(BIN)/python bench/picture.py

accuracy: $(VENV)/.dev  ## all scorers of the measuring data; writes docs/accuracy.md
	$(BIN)/python bench/accuracy.py --data $(DATA)

parties: $(VENV)/.dev  ## parties wrongly taken for one in the measuring data; writes docs/parties.md
	$(BIN)/python bench/parties.py --data $(DATA)

speed: $(VENV)/.dev  ## writes docs/speed.md
	$(BIN)/python bench/speed.py

store: $(VENV)/.dev  ## speed of the store, kills of the real program; writes docs/store-speed.md, docs/store-kills.md
	$(BIN)/python bench/store.py
	$(BIN)/python bench/kills.py

docs: $(VENV)/.dev  ## runs the commands that documents show and writes their output
	$(BIN)/python bench/docs.py docs/store.md docs/export.md

map: $(VENV)/.dev  ## the outlines of the map, from Natural Earth through npm
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pycountry>=24,<27"
	$(BIN)/python tools/world.py

screenshots: $(VENV)/.dev chromium  ## pictures of all pages in docs/web-pages
	$(BIN)/python tools/screenshots.py

dependencies: $(VENV)/.dev  ## packages that the program needs, with licences; writes docs/dependencies.md
	$(BIN)/python tools/dependencies.py --out docs/dependencies.md

audit: $(VENV)/.dev  ## asks for known weak points of these packages (needs the network)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.7,<3"
	$(BIN)/python -m pip_audit --skip-editable

clean:
	rm -rf $(VENV) dist build
