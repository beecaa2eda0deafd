# make demo: set up, read the sample article into a graph and show what came of it.
# make test: set up, then lint, types and tests.
# Both need Python 3.11 or newer and make, nothing else; what is set up once is not set up again.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := examples/sample_article.txt
# A file's tests share what they load, so each file stays with one process.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
# The versions that CI installs; `make CONSTRAINTS= …` takes the newest that pyproject.toml allows.
CONSTRAINTS ?= --constraint constraints.txt
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests test-spark test-wheel train docs format clean

help:
	@sed -n '1,3s/^# //p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "spacegraph needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# A stamp in the environment says for which pyproject.toml and constraints.txt it was made.
$(VENV)/.runtime: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(CONSTRAINTS) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(VENV)/.runtime | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(CONSTRAINTS) --group dev
	@touch $@

demo: $(VENV)/.runtime
	@$(BIN)/python examples/demo.py

test: lint types tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy src tests --exclude '/conftest\.py$$'
	@# pytest wants several files of that name, mypy one at a time.
	@for file in tests/conftest.py tests/*/conftest.py; do $(BIN)/mypy "$$file" || exit 1; done

tests: $(VENV)/.dev
	$(BIN)/pytest $(PARALLEL)

# Corpora on a real Spark, in local mode, in an environment of its own: PySpark and the Java runtime that it brings are large.
test-spark: pyproject.toml
	test -x $(VENV)-spark/bin/python || $(PYTHON) -m venv $(VENV)-spark
	$(VENV)-spark/bin/python -m pip install --quiet --upgrade pip
	$(VENV)-spark/bin/python -m pip install --quiet $(CONSTRAINTS) --editable '.[spark]' --group test
	SPACEGRAPH_TEST_SPARK=1 $(VENV)-spark/bin/python -m pytest -p no:cacheprovider tests/corpus/test_spark.py

# Tests of what users touch against the wheel that they install, in an environment of its own: that it holds all
# that is read at run time.
test-wheel: pyproject.toml | $(BIN)/python
	rm -rf $(VENV)-wheel dist
	$(PYTHON) -m venv $(VENV)-wheel
	$(VENV)-wheel/bin/python -m pip install --quiet --upgrade pip
	$(VENV)-wheel/bin/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	$(VENV)-wheel/bin/python -m pip install --quiet $(CONSTRAINTS) dist/spacegraph-*.whl --group test
	$(VENV)-wheel/bin/python -m pytest -m "not slow" -p no:cacheprovider $(PARALLEL) tests/cli tests/test_*.py

# Trains the reader anew from the development data beside the repository, in an environment of its own; see training/README.md.
TRAIN := $(VENV)-train/bin/python
RUN := build/training/run
train: $(VENV)/.runtime
	test -x $(TRAIN) || $(PYTHON) -m venv $(VENV)-train
	$(TRAIN) -m pip install --quiet --upgrade pip
	$(TRAIN) -m pip install --quiet --editable . --group train
	$(TRAIN) training/prepare.py
	OMP_NUM_THREADS=$$(nproc) $(TRAIN) training/train.py --out $(RUN)/names --stand-ins 0
	OMP_NUM_THREADS=$$(nproc) $(TRAIN) training/train.py --out $(RUN)/stand-ins --init $(RUN)/names/reader.pt --rounds 2 --rate 8e-5 --head-rate 4e-4 --ema 0.99
	OMP_NUM_THREADS=$$(nproc) $(TRAIN) training/train.py --out $(RUN) --init $(RUN)/stand-ins/reader.pt --rounds 4 --rate 1.2e-4 --head-rate 5e-4 --ema 0.995
	$(TRAIN) training/export.py $(RUN)
	$(BIN)/python training/calibrate.py

# The documentation as a site that opens from its folder, build/site/index.html, in an environment of its own; a dead
# link, a page without a place or a page that is out of date fails.
docs: pyproject.toml
	test -x $(VENV)-docs/bin/python || $(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/python -m pip install --quiet --upgrade pip
	$(VENV)-docs/bin/python -m pip install --quiet $(CONSTRAINTS) --editable . --group docs
	$(VENV)-docs/bin/python tools/make_reference.py --check
	$(VENV)-docs/bin/python tools/make_gallery.py --check
	$(VENV)-docs/bin/python docs/make_ontology_page.py --check
	$(VENV)-docs/bin/python tools/draw_house.py --check
	$(VENV)-docs/bin/python -m mkdocs build --quiet --strict

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(VENV)-spark $(VENV)-wheel $(VENV)-train $(VENV)-docs dist build graph.ttl graph.png .mypy_cache .ruff_cache .pytest_cache .hypothesis
