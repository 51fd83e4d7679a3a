"""What is fuzzed: one target a file, with ``MODULES``, ``seeds()``, ``check(data)``, and ``WORDS`` where it has some."""
