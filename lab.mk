# What a learner's copy of the course needs: an environment, and JupyterLab in it.
PYTHON ?= python3
BIN := .venv/bin
ROOT := $(CURDIR)
# In a container one is root, and Jupyter wants to hear that this is meant.
LAB_FLAGS ?= $(if $(filter 0,$(shell id -u)),--allow-root)
PIP := python -m pip install --quiet --disable-pip-version-check

.PHONY: lab fresh

# In CI each file that is installed has to have the checksum that tests/hashed.txt knows.
# Stamps say which requirements an environment holds, so a second call is quick.
.venv/ready: requirements.txt constraints.txt pyproject.toml
	$(PYTHON) -c "import sys; assert sys.version_info >= (3, 11), 'Python 3.11 or newer is needed, found ' + sys.version"
	@echo "Installing into .venv; the first time this takes a few minutes."
	$(PYTHON) -m venv .venv
	$(if $(CI),$(if $(wildcard tests/hashed.txt),$(BIN)/$(PIP) --require-hashes -r tests/hashed.txt))
	$(BIN)/$(PIP) -r requirements.txt -c constraints.txt
	$(BIN)/$(PIP) --no-deps -e .
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
