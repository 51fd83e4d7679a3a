"""Judging by a click: forms of the pages become judgements, through the same checks as on the command line."""
