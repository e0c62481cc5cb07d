# One command per intent. `make` alone lists them.
#   make run      the page on the embedded data        PORT=8600 make run
#   make test     every test, the browser's included   make test ARGS="-k vague", or "-n 0" for one after the other
#   make test-random  the same, with ten times as many examples of every property, other ones each time
#   make check    lint, format, types, import rules, and the player's own checks where node is installed
#   make player   rebuild the player's bundle (needs node)
#   make bench    measurements, beside st.pydeck_chart
#   make lock     resolve the dependencies anew (needs uv)

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
ARGS ?=
# A virtual environment holds absolute paths, so its stamp is for this folder and no other.
READY := $(VENV)/.ready-$(shell printf '%s' "$(CURDIR)" | cksum | cut -d ' ' -f 1)
PLAYER := geo/player
NODE_READY := $(PLAYER)/node_modules/.ready
# What Python compiled is kept: each worker, server and command that the tests start would compile it all anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test test-random programs check check-python check-player player bench lock

help:
	@sed -n 's/^#   //p' Makefile

setup: $(READY)

$(READY): requirements.lock pyproject.toml .ci/venv
	@.ci/venv $(VENV)
	@rm -f $(VENV)/.ready-*
	@touch $(READY)

run: setup
	@echo "== Waybill at http://127.0.0.1:$(PORT) (Ctrl+C stops it)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then show=--browser; fi; \
	  PORT=$(PORT) exec $(VENV)/bin/waybill serve $$show

programs:
	@.ci/programs

test: setup programs
	@echo "== Tests"
	@$(PY) -m pytest --numprocesses auto --no-loadscope-reorder $(ARGS)

# A failure is repeated with the line that it prints: @reproduce_failure(...).
test-random: setup programs
	@echo "== Tests, with many random examples"
	@$(PY) -m pytest --numprocesses auto --no-loadscope-reorder --hypothesis-profile random $(ARGS)

check: check-python check-player

check-python: setup
	@echo "== Lint"
	@$(PY) -m ruff check .
	@echo "== Format"
	@$(PY) -m ruff format --check .
	@echo "== Types"
	@$(PY) -m mypy
	@echo "== Import rules"
	@$(PY) -m pytest -q tests/test_imports.py

check-player:
	@.ci/player check

player: $(NODE_READY)
	@echo "== Player bundle"
	@cd $(PLAYER) && npm run --silent build

$(NODE_READY): $(PLAYER)/package-lock.json
	@.ci/player install

bench: setup programs
	@$(PY) -m benchmarks $(ARGS)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@{ printf '# Every dependency, pinned with hashes. Made by "make lock"; install with pip --require-hashes.\n'; \
	  uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --quiet \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
