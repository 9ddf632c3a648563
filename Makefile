# Every target sets up what it needs: a virtual environment in .venv with the package installed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= ../shared

.PHONY: demo test lint accuracy speed floors clean

$(VENV)/.user: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@ $(VENV)/.user

demo: $(VENV)/.user  ## read the sample reports and print what they say
	$(BIN)/lagebild read examples/reports

test: $(VENV)/.dev  ## the whole test-suite
	$(BIN)/python -m pytest

lint: $(VENV)/.dev  ## style, types, imports, lexicon
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lagebild lexicon check

floors: $(VENV)/.dev  ## accuracy on the sample reports, against bench/floors.toml
	$(BIN)/python bench/floors.py

accuracy: $(VENV)/.dev  ## all scorers of the measuring data; writes docs/accuracy.md
	$(BIN)/python bench/accuracy.py --data $(DATA)

speed: $(VENV)/.dev  ## writes docs/speed.md
	$(BIN)/python bench/speed.py

clean:
	rm -rf $(VENV) dist build
