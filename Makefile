# Everything a fresh machine needs is Python 3.11 or newer and make (GNU 3.81 or BSD). uv is used where it is installed.
#   make demo    builds the example graph        make test    lint, types and tests        make help    the rest

VENV = .venv
KG = $(VENV)/bin/kg
PYTHON =

.PHONY: help demo test bench docs wheel clean distclean

help:
	@echo "make demo       set up .venv, build the graph of seeds/documents, answer a query, write kg-out/explorer.html"
	@echo "make test       set up .venv with the test tools; run lint, types and tests"
	@echo "make bench      how fast documents are read, against the bare parser"
	@echo "make docs       write the documentation of the ontology, docs/ontology/index.html"
	@echo "make wheel      build dist/*.whl"
	@echo "make clean      remove what was built (kg-out, dist, caches); decisions.jsonl stays"
	@echo "make distclean  the same, and .venv"
	@echo "PYTHON=/path/to/python3.12 chooses the Python of a new .venv"

demo: $(VENV)/.installed
	@$(KG) build seeds/documents
	@echo
	@echo '$$ kg query members --param alliance="Three Brotherhood Alliance"'
	@$(KG) query members --param alliance="Three Brotherhood Alliance"

test: $(VENV)/.tested
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

bench: $(VENV)/.tested
	$(VENV)/bin/python tests/bench/extraction.py --memory 1000

docs: $(VENV)/.installed
	$(VENV)/bin/python -m recipes.ontology.page docs/ontology

wheel: $(VENV)/.tested
	$(VENV)/bin/python -m build --wheel

# The two marks are as old as the last installation: nothing is installed again until pyproject.toml changes.
$(VENV)/.installed: pyproject.toml
	@sh .ci/install $(VENV) ".[serve]" "$(PYTHON)"
	@touch $@

$(VENV)/.tested: pyproject.toml
	@sh .ci/install $(VENV) ".[test]" "$(PYTHON)"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf kg-out out dist build docs/ontology .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)
