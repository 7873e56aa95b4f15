"""A fuzzer of the whole command line: ``python -m tests.fuzz``."""
