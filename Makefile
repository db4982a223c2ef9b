# The two commands are `make lab` and `make test`; each sets itself up.
PYTHON ?= python3
BIN := .venv/bin
ROOT := $(CURDIR)
# In a container one is root, and Jupyter wants to hear that this is meant.
LAB_FLAGS ?= $(if $(filter 0,$(shell id -u)),--allow-root)
PIP := python -m pip install --quiet --disable-pip-version-check

# What `make test` runs; `make test LEG=suite` runs one of them.
LEGS := lint suite oldest browser
LEG ?= $(LEGS)

# From a foreign directory, and with no way out but loopback, so that neither a
# lucky working directory nor a download can make a lesson pass.
PYTEST = cd "$${TMPDIR:-/tmp}" && PYTHONPATH="$(ROOT)/tests/no_network" \
  OPENBLAS_NUM_THREADS=1 "$(ROOT)/$(1)/python" -m pytest -c "$(ROOT)/pyproject.toml" \
  --rootdir "$(ROOT)" --nbval-sanitize-with "$(ROOT)/tests/nbval_sanitize.cfg"

.DEFAULT_GOAL := help
.PHONY: help lab test $(LEGS) fresh lessons format clean

help:  ## say what there is
	@echo "make lab              open the lessons in JupyterLab (your copies, in my_work/)"
	@echo "make fresh LESSON=06  put a fresh copy of a lesson beside yours"
	@echo "make test             run every test; LEG=suite one leg: $(LEGS)"
	@echo "make lint             look at the form of code and notebooks, format included"
	@echo "make format           bring code and notebooks into that form"
	@echo "make lessons          run the lessons again, store outputs, make the pages"
	@echo "make clean            remove the environments (never my_work/)"

# Stamps say which requirements an environment holds, so a second call is quick.
.venv/ready: requirements.txt constraints.txt pyproject.toml
	$(PYTHON) -c "import sys; assert sys.version_info >= (3, 11), 'Python 3.11 or newer is needed, found ' + sys.version"
	@echo "Installing into .venv; the first time this takes a few minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/$(PIP) -r requirements.txt -c constraints.txt
	$(BIN)/$(PIP) --no-deps -e .
	touch $@

.venv/ready-to-test: .venv/ready tests/requirements.txt
	$(BIN)/$(PIP) -r tests/requirements.txt -c constraints.txt
	touch $@

.venv/oldest/ready: .venv/ready tests/requirements.txt constraints-oldest.txt pyproject.toml
	$(PYTHON) -m venv .venv/oldest
	.venv/oldest/bin/$(PIP) numpy matplotlib ipywidgets ipykernel nbval hypothesis \
	  nbclient nbconvert "pytest>=8" pytest-mpl pytest-xdist -c constraints-oldest.txt
	.venv/oldest/bin/$(PIP) --no-deps -e .
	touch $@

# The root is the project, so that a lesson's links to help and solutions work.
lab: .venv/ready
	@lesson="$$($(BIN)/python tools/my_work.py)" && \
	echo "JupyterLab opens in your browser; if not, copy the address that begins with http." && \
	echo "Your work is saved in my_work/. Ctrl+C here, twice, ends JupyterLab." && \
	$(BIN)/jupyter lab --ip=127.0.0.1 --log-level=ERROR $(LAB_FLAGS) \
	  --ServerApp.root_dir="$(ROOT)" --LabApp.default_url="/lab/tree/$$lesson"

fresh: .venv/ready
	@$(BIN)/python tools/my_work.py --fresh "$(LESSON)"

test: $(LEG)

suite: .venv/ready-to-test
	$(call PYTEST,$(BIN)) -n 2 "$(ROOT)/tests" "$(ROOT)/notebooks" "$(ROOT)/nn_helpers" \
	  --ignore "$(ROOT)/tests/browser"

lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/lessons.py --check
	$(BIN)/python tools/pages.py --check

format: .venv/ready-to-test
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

# Mathematics and lessons only: pictures and prose are the same everywhere.
oldest: .venv/oldest/ready
	@.venv/oldest/bin/python -c "import sys, numpy, matplotlib, ipywidgets as w; print('oldest versions on Python', sys.version.split()[0], '- numpy', numpy.__version__, 'matplotlib', matplotlib.__version__, 'ipywidgets', w.__version__)"
	$(call PYTEST,.venv/oldest/bin) -n 2 "$(ROOT)/notebooks" "$(ROOT)"/nn_helpers/*.py \
	  "$(ROOT)"/tests/test_activations.py "$(ROOT)"/tests/test_losses.py \
	  "$(ROOT)"/tests/test_network.py "$(ROOT)"/tests/test_training.py \
	  "$(ROOT)"/tests/test_gradient_check.py "$(ROOT)"/tests/test_checks.py

browser: .venv/ready-to-test
	@if command -v chromium chromium-browser google-chrome $(CHROMIUM) >/dev/null; then \
	  $(call PYTEST,$(BIN)) "$(ROOT)/tests/browser"; \
	elif [ -n "$$CI" ]; then echo "the browser leg needs a Chromium"; exit 1; \
	else echo "no Chromium here (or name one in CHROMIUM): the browser leg is left out"; fi

lessons: .venv/ready-to-test
	$(BIN)/python tools/lessons.py
	$(BIN)/python tools/pages.py

clean:  ## the environments can be made again; the learner's work cannot
	rm -rf .venv
