# Everything starts from a bare machine with Python >= 3.11 and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -c constraints.txt
MANIFESTS := pyproject.toml exporters/pyproject.toml plugins/aigc-text/pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help install dev demo test lint format types bench clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	@touch $@

$(VENV)/.served: $(VENV)/.made $(MANIFESTS)
	$(UV) -e '.[cpu,review]' -e exporters -e 'plugins/aigc-text[import]'
	@touch $@

$(VENV)/.developed: $(VENV)/.made $(MANIFESTS)
	$(UV) -e '.[cpu,review]' -e 'exporters[keras,sklearn]' -e 'plugins/aigc-text[import,train,nltk]' --group dev
	@touch $@ $(VENV)/.served

install: $(VENV)/.served  ## Install what serving needs (no TensorFlow)
dev: $(VENV)/.developed  ## Install everything, training and tests included

demo: $(VENV)/.served  ## Pull the chat model, write copy and chat in both languages, make the page
	$(BIN)/aigc models pull smollm2-135m-instruct
	$(BIN)/aigc demo --out out/demo

test: $(VENV)/.developed  ## Run the tests
	$(BIN)/aigc models pull smollm2-135m-instruct
	$(BIN)/python -m pytest

lint: $(VENV)/.developed  ## Style, layering and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(VENV)/.developed  ## Put the style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.developed  ## Run the benchmarks (AIGC_DATA names the data folder)
	$(BIN)/aigc models pull smollm2-135m-instruct
	$(BIN)/python -m benchmarks

clean:  ## Remove what the other targets made
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
