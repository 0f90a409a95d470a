# Aliases only: every task lives in dev.py, which also runs where there is no make.
PYTHON ?= python3

.PHONY: demo test check bench docs
demo test check bench docs:
	$(PYTHON) dev.py $@
