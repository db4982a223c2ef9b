# The two commands are `make lab` and `make test`; each sets itself up.
PYTHON ?= python3
BIN := .venv/bin
ROOT := $(CURDIR)
# In a container one is root, and Jupyter wants to hear that this is meant.
LAB_FLAGS ?= $(if $(filter 0,$(shell id -u)),--allow-root)

.DEFAULT_GOAL := help
.PHONY: help lab test fresh lessons clean

help:  ## say what there is
	@echo "make lab              open the lessons in JupyterLab (your copies, in my_work/)"
	@echo "make fresh LESSON=06  put a fresh copy of a lesson beside yours"
	@echo "make test             run every test, the lessons included"
	@echo "make lessons          run the lessons again and store their outputs"
	@echo "make clean            remove the environment (never my_work/)"

# Stamps say which requirements an environment holds, so a second call is quick.
.venv/ready: requirements.txt constraints.txt pyproject.toml
	$(PYTHON) -c "import sys; assert sys.version_info >= (3, 11), 'Python 3.11 or newer is needed, found ' + sys.version"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/ready-to-test: .venv/ready tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt -c constraints.txt
	touch $@

lab: .venv/ready
	$(BIN)/jupyter lab --ip=127.0.0.1 $(LAB_FLAGS) "$$($(BIN)/python tools/my_work.py)"

fresh: .venv/ready
	@$(BIN)/python tools/my_work.py --fresh "$(LESSON)"

# From a foreign directory, and with no way out but loopback, so that neither a
# lucky working directory nor a download can make a lesson pass.
test: .venv/ready-to-test
	cd "$${TMPDIR:-/tmp}" && PYTHONPATH="$(ROOT)/tests/no_network" OPENBLAS_NUM_THREADS=1 \
	  "$(ROOT)/$(BIN)/python" -m pytest -c "$(ROOT)/pyproject.toml" --rootdir "$(ROOT)" \
	  -n 2 "$(ROOT)/tests" "$(ROOT)/notebooks" "$(ROOT)/nn_helpers"

lessons: .venv/ready-to-test
	$(BIN)/python tools/notebooks.py

clean:  ## the environment can be made again; the learner's work cannot
	rm -rf .venv
