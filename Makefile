# make lab     make the environment, install, open JupyterLab on the lessons
# make test    make the environment, install, find or install Chromium, run every test
# make help    the rest
#
# PYTHON=python3.12 chooses the Python of a new environment, VENV=/elsewhere the place of the environment,
# ARGS='…' goes to JupyterLab or pytest: make test ARGS='tests/test_axis.py -x'.

VENV ?= .venv
PYTHON ?=
ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help lab test check build format lessons bench clean

help:
	@echo "make lab      JupyterLab on the lessons in notebooks/"
	@echo "make test     every check and every test"
	@echo "make check    the checks that take seconds: style, types, front-end bundle"
	@echo "make build    compile and bundle convwidgets/frontend"
	@echo "make format   bring Python and notebooks into the project's style"
	@echo "make lessons  run the lessons and store their outputs; ARGS=02 for one"
	@echo "make bench    list the benchmarks; make bench NAME=imports runs one"
	@echo "make clean    remove the environment and everything built"

$(BIN)/python:
	@python=$$(tools/find_python.sh $(PYTHON)) && echo "Making $(VENV) with $$python …" && "$$python" -m venv "$(VENV)"

# The stamps say what is installed: as long as setup.cfg does not change, a second `make` installs nothing.
$(VENV)/.with-lab: $(BIN)/python setup.cfg pyproject.toml
	@echo "Installing convwidgets and JupyterLab …"
	@$(PIP) install --editable '.[lab]'
	@touch $@

$(VENV)/.with-test: $(BIN)/python setup.cfg pyproject.toml
	@echo "Installing convwidgets, JupyterLab and the test tools …"
	@$(PIP) install --editable '.[lab,test]'
	@touch $@ $(VENV)/.with-lab

$(VENV)/.with-chromium: $(VENV)/.with-test tools/chromium.py
	@$(BIN)/python tools/chromium.py --install
	@touch $@

lab: $(VENV)/.with-lab
	@$(BIN)/jupyter lab --notebook-dir=notebooks $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

check: $(VENV)/.with-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/write_vocabulary.py --check
	$(BIN)/python tools/write_vectors.py --check
	$(BIN)/python tools/build_frontend.py --check

# Two at a time, each with a browser and a notebook server of its own: most tests wait for a page. A file stays with one.
test: check $(VENV)/.with-chromium
	$(BIN)/pytest --numprocesses=2 --dist=loadfile $(ARGS)

build: $(VENV)/.with-test
	$(BIN)/python tools/write_vocabulary.py
	$(BIN)/python tools/write_vectors.py
	$(BIN)/python tools/build_frontend.py

format: $(VENV)/.with-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lessons: $(VENV)/.with-test
	$(BIN)/python tools/run_notebooks.py $(ARGS)

bench: $(VENV)/.with-test
ifdef NAME
	$(BIN)/python benchmarks/$(NAME).py $(ARGS)
else
	@for script in benchmarks/*.py; do echo "make bench NAME=$$(basename $$script .py)"; done
endif

clean:
	rm -rf "$(VENV)" node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
