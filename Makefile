# make book · test · lab · notebooks · pdf · epub · offline · lms · simulation · packs · assignments · test-grading · bench · clean
# Each does its own set-up in .venv.
PYTHON ?= python3
BIN    := .venv/bin
BUILD   = $(BIN)/jupyter-book build . -W -n --keep-going --quiet
PRESS   = $(BIN)/python -m press
PIP     = $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Settings of the user's own pip must not lead it out of .venv.
export PIP_USER := 0
unexport PIP_TARGET PIP_PREFIX PIP_ROOT

.PHONY: book test lab notebooks pdf epub offline lms simulation packs assignments test-grading bench clean
.DEFAULT_GOAL := book

book: .venv/.installed
	@# a warning given while pages are written would not come again: forget what was read
	$(BUILD) || { rm -rf _build/.doctrees; exit 1; }
	@echo; echo "The book is built. Open: $(CURDIR)/_build/html/index.html"

test: .venv/.installed-test
	@# three at a time also on two cores: many of them wait for a browser or a kernel
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lab: .venv/.installed
	$(BIN)/jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/chapters

notebooks: .venv/.installed
	$(PRESS) notebooks

pdf: book .venv/.installed-test
	$(PRESS) pdf

epub: book
	$(PRESS) epub

offline: pdf epub
	$(PRESS) offline

lms: .venv/.installed
	$(PRESS) lms

simulation: .venv/.installed-test
	$(PRESS) simulation

packs: book .venv/.installed-test
	$(PRESS) packs

assignments: .venv/.installed-grading
	$(PRESS) assignments

test-grading: .venv/.installed-grading
	$(BIN)/python -m pytest tests/unit/test_assignments.py tests/book/test_assignments.py

bench: .venv/.installed-test
	$(BIN)/python -m press.bench

clean:
	rm -rf _build .venv .pytest_cache .ruff_cache *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info[:2] <= (3, 14) or sys.exit("This book was run with Python 3.11 to 3.14; %s is %s. Try: make PYTHON=python3.11" % (sys.executable, sys.version.split()[0]))'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.installed: requirements.txt constraints.txt pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.txt -e .
	@touch $@

.venv/.installed-test: requirements.txt constraints.txt pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.txt -e ".[test]"
	@touch $@ .venv/.installed

.venv/.installed-grading: requirements.txt constraints.txt pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.txt -e ".[test,grading]"
	@touch $@ .venv/.installed-test .venv/.installed
