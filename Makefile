# make book · test · lab · notebooks · pdf · epub · offline · lms · simulation · assignments · test-grading · bench · bench-growth ·
#      bench-hub
# Each does its own set-up in .venv.
PYTHON ?= python3
BIN    := .venv/bin
BUILD   = $(BIN)/jupyter-book build . -W -n --keep-going --quiet

.PHONY: book test lab notebooks pdf epub offline bench bench-growth bench-hub lms simulation assignments test-grading clean
.DEFAULT_GOAL := book

book: .venv/.installed
	@# a warning given while pages are written would not come again: forget what was read
	$(BUILD) || { rm -rf _build/.doctrees; exit 1; }
	@echo; echo "The book is built. Open: $(CURDIR)/_build/html/index.html"

test: .venv/.installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile

lab: .venv/.installed
	$(BIN)/jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/chapters

notebooks: .venv/.installed-test
	$(BIN)/python tools/notebooks.py

pdf: book .venv/.installed-test
	$(BIN)/python tools/pdf.py

epub: book
	$(BIN)/python tools/epub.py

lms: .venv/.installed-test
	$(BIN)/python tools/lms.py

simulation: .venv/.installed-test
	$(BIN)/python tools/simulation.py

assignments: .venv/.installed-grading
	$(BIN)/python tools/assignments.py

test-grading: .venv/.installed-grading
	$(BIN)/python -m pytest tests/test_assignments.py

offline: pdf epub
	$(BIN)/python tools/offline.py

bench: .venv/.installed-test
	$(BIN)/python tools/bench.py $(ARGS)

bench-growth: .venv/.installed-test
	$(BIN)/python tools/bench_growth.py $(ARGS)

bench-hub: .venv/.installed-hub
	$(BIN)/python tools/bench_hub.py $(ARGS)

clean:
	rm -rf _build .venv .pytest_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info[:2] <= (3, 14) or sys.exit("This book was run with Python 3.11 to 3.14; %s is %s. Try: make PYTHON=python3.11" % (sys.executable, sys.version.split()[0]))'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.installed: requirements.txt constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-test: requirements.txt requirements-test.txt constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@ .venv/.installed

.venv/.installed-grading: requirements-grading.txt requirements.txt requirements-test.txt constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-grading.txt
	@touch $@ .venv/.installed-test .venv/.installed

.venv/.installed-hub: requirements-hub.txt requirements.txt requirements-test.txt constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-hub.txt
	@touch $@ .venv/.installed-test .venv/.installed
