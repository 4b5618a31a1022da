# Names for the tasks of dev.py, which needs nothing but Python.
PYTHON ?= python3
.PHONY: setup demo test check lint format look openapi lock clean
setup demo test check lint format look openapi lock clean:
	$(PYTHON) dev.py $@
