"""``python -m foreshock`` is the command line."""

from foreshock.cli import main

main()
