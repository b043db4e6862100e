# Every target installs what it needs by itself, in .venv, from locks with hashes.
# PYTHON=… names the interpreter (3.11 or newer) that .venv is made with; else one is looked for.
# ARGS=… is handed on: make site ARGS=--drafts, make test ARGS="-k timeline", make lock ARGS=--upgrade.

SHELL = /bin/sh
PYTHON ?=
ARGS =
PORT = 8000
BASE_URL =
HOSTING =
FORMAT = text
AGAINST =
SPEAK =

# Where the browser changes a file, on which branch. Its name is typed by anybody: it stays a value of
# the shell, and never becomes its text.
EDIT = $${EDIT_AT:+--edit-at "$$EDIT_AT"}

IN_VENV = .venv/bin/python

# The tests start the program hundreds of times. Where this variable is set, Python would compile all of
# its modules at every start: a fifth of a build.
unexport PYTHONDONTWRITEBYTECODE

# What .venv should hold. A lock that is newer than its stamp fills it anew, and so does a .venv
# whose Python has gone.
GONE = $(if $(wildcard $(IN_VENV)),,gone)
RUN = .venv/run.stamp
TEST = .venv/test.stamp
LOCK = .venv/lock.stamp
AUDIT = .venv/audit.stamp
WORKFLOWS = .venv/workflows.stamp

## help: this list
help:
	@sed -n 's/^## //p' Makefile

## environment: fills .venv with what the program needs
environment: $(RUN)

## site: builds the site into public/ (BASE_URL=… for another address, HOSTING=… for another host)
site: $(RUN)
	@$(IN_VENV) build.py build $(if $(BASE_URL),--base-url "$(BASE_URL)") $(if $(HOSTING),--hosting "$(HOSTING)") $(ARGS)

## serve: shows the site on this computer, and every change as you save it (PORT=8000)
serve: $(RUN)
	@exec $(IN_VENV) build.py serve --port $(PORT) $(ARGS)

## check: every check of the site, warnings and missing translations included (FORMAT=github, SPEAK=nl|fr|en|file)
check: $(RUN)
	@$(IN_VENV) build.py $(if $(SPEAK),--message-language $(SPEAK)) check --strict --format $(FORMAT) $(EDIT) $(ARGS)

## verify: whether public/ is as the build wrote it, byte for byte (ARGS=DIR for another folder)
verify: $(RUN)
	@$(IN_VENV) build.py verify $(ARGS)

## print: the timeline, the mission, the questions and the page for the press as PDF, in print/
print: site $(TEST)
	@CHROMIUM=$$($(IN_VENV) tools/chromium.py) && export CHROMIUM && $(IN_VENV) tools/paper.py

## review: what a change does, as Markdown (AGAINST=a folder with the site before it, SPEAK=nl|fr|en)
review: $(RUN)
	@$(IN_VENV) build.py $(if $(SPEAK),--message-language $(SPEAK)) review --against "$(AGAINST)" $(EDIT) $(ARGS)

## test: every test of the generator, those in a real browser included; none reads this site's texts
test: $(TEST)
	@test -f .cache/forms/sveltia-cms.js || $(IN_VENV) -m diptych.workplace admin .cache/forms >/dev/null; export FORMS=.cache/forms; \
	$(IN_VENV) tools/servers.py >/dev/null && export REQUIRE_SERVERS=1; CHROMIUM=$$($(IN_VENV) tools/chromium.py) && export CHROMIUM && $(IN_VENV) -m pytest -n 2 --dist loadgroup --ignore tests/site $(ARGS)

## test-site: what this site's texts should say, and what must hold of all its pages
test-site: $(TEST)
	@CHROMIUM=$$($(IN_VENV) tools/chromium.py) && export CHROMIUM && $(IN_VENV) -m pytest -n 2 --dist loadgroup tests/site $(ARGS)

## lint: ruff and mypy over the program, its tools and its tests
lint: $(TEST)
	@$(IN_VENV) -m ruff format --check --quiet; format=$$?; \
	$(IN_VENV) -m ruff check; ruff=$$?; \
	$(IN_VENV) -m mypy && exit $$((format + ruff))

## lint-workflows: actionlint, check-jsonschema, shellcheck and zizmor over the workflows, ours and those that `init` writes
lint-workflows: $(TEST) $(WORKFLOWS)
	@REQUIRE_LINTERS=1 $(IN_VENV) -m pytest -n 0 tests/test_workflow_linters.py $(ARGS)

## format: lays out the code, and puts right what ruff can by itself
format: $(TEST)
	@$(IN_VENV) -m ruff format; $(IN_VENV) -m ruff check --fix

## admin: fetches what the forms in the browser need into vendor/ (only with `admin` in site.yaml)
admin: $(RUN)
	@$(IN_VENV) -m diptych.workplace admin

## lock: brings requirements/*.txt up to pyproject.toml (ARGS=--upgrade for the newest of what it leaves open)
lock: $(LOCK)
	@PYTHON=$(IN_VENV) tools/lock.sh $(ARGS)

## audit: asks PyPI whether a library of the locks has a fault that is known
audit: $(AUDIT)
	@for lock in run test lock audit workflows; do \
	$(IN_VENV) -m pip_audit --disable-pip --require-hashes --requirement requirements/$$lock.txt || failed=1; \
	done; exit $${failed:-0}

## clean: removes what the other targets have made, but not vendor/ and the locks, which are committed
clean:
	rm -rf public print .cache .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find benchmarks build.py diptych tests tools -name __pycache__ -prune -exec rm -rf {} +

$(RUN) $(TEST) $(LOCK) $(AUDIT) $(WORKFLOWS): .venv/%.stamp: requirements/%.txt $(GONE)
	@PYTHON="$(PYTHON)" tools/environment.sh $*

gone:

.PHONY: help environment site serve check verify print review test test-site lint lint-workflows format admin lock audit clean gone
