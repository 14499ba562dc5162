# make site ARGS="--lang ja": ARGS is passed on to the command behind a target.
ARGS ?=
PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help site serve check diff test test-all torture audit lighthouse bench lock clean

help: ## この一覧を表示する / show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: ## site/ にサイトを生成する / build the site into site/
	@scripts/setup.sh site
	@$(PYTHON) build.py build $(ARGS)

serve: ## 手元で表示し、変更のたびに生成し直す / preview, rebuilding on every change
	@scripts/setup.sh site
	@$(PYTHON) build.py serve $(ARGS)

check: ## content/ の内容を検査する / check what content/ says
	@scripts/setup.sh site
	@$(PYTHON) build.py check $(ARGS)

diff: ## 変更の意味を項目ごとに見る / tell what a change means, by item (ARGS=main)
	@scripts/setup.sh site
	@$(PYTHON) build.py diff $(ARGS)

# A file's tests stay together: they share the sites that they look at.
# Every step runs even when one before it failed, so that one run shows all there is to mend.
test: ## 静的検査とテストをすべて実行する / run all linters and tests
	@scripts/setup.sh test
	@status=0; \
	$(PYTHON) -m ruff check . || status=1; \
	$(PYTHON) -m ruff format --check . || status=1; \
	$(PYTHON) -m mypy || status=1; \
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS) || status=1; \
	exit $$status

test-all: ## すべてのページの検査を加えてテストする / the same, and every page instead of one of each kind
	@$(MAKE) --no-print-directory test ARGS="--all-pages $(ARGS)"

# One after the other: what takes how long, and how much memory, is part of what is tried.
torture: ## 悪意のある入力と障害に長く耐えるか確かめ、docs/reliability.md に書く / the long form of tests/torture
	@scripts/setup.sh test
	@$(PYTHON) -m pytest tests/torture --torture $(ARGS)

audit: ## 依存パッケージの既知の脆弱性を調べる / ask what is known against what we depend on
	@scripts/setup.sh test
	@$(PYTHON) scripts/audit.py $(ARGS)

lighthouse: ## Lighthouse で主なページを測る / measure the main pages with Lighthouse
	@scripts/setup.sh test
	@$(PYTHON) build.py build
	@node scripts/lighthouse.mjs site "$$($(PYTHON) tests/chromium.py)"

bench: ## 大量の内容で、Hugo・Eleventy と比べて生成時間を測る / race Hugo and Eleventy at large contents
	@scripts/setup.sh site
	@$(PYTHON) -m bench.race $(ARGS)

lock: ## 依存パッケージの版を固定し直す / regenerate requirements*.txt (ARGS=--upgrade)
	@scripts/lock.sh $(ARGS)

clean: ## 生成物と環境を消す / remove all that was generated
	rm -rf site .site.* offline .offline.* offline.zip .build .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
