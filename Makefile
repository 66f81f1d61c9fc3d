# One command sets up and runs the main job (make demo), one runs the tests (make test).
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test check wheel bench clean

$(VENV)/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip setuptools
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/duizhao demo

# Three at a time, also on two cores: a crawl in a test waits for delays most of its time. Each gets
# a third in one piece, since tests of a module share what they crawl, and who is done takes from the
# others. The processes that tests start keep what they compile: each would do it anew, for seconds.
test: $(VENV)/installed
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A wheel alone, in an empty environment, in an empty folder: what is missing from it shows here.
# With the pip that Python brings: a newer one finds libraries that it does not.
wheel: $(VENV)/installed
	rm -rf build dist && mkdir -p dist/empty
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	$(PYTHON) -m venv dist/venv
	dist/venv/bin/python -m pip install --quiet dist/*.whl
	cd dist/empty && ../venv/bin/duizhao demo
	cd dist/empty && ../venv/bin/duizhao search --data duizhao-demo --lang en "regional survey"

# One figure that falls short ends its benchmark with an error: `make -k bench` runs the others too.
BENCHES = page search realweb focus crawl two_crawls quarter estimators population report meaning
bench: $(BENCHES:%=bench-%)

bench-%: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/$*.py --out benchmarks/results/$*.md

clean:
	rm -rf $(VENV) build dist *.egg-info duizhao-demo .mypy_cache .ruff_cache .pytest_cache
