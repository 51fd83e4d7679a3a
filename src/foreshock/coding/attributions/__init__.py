"""Attributions as spans: which words of a text are given to whom, and by which words.

The order of the work: predicates (``verbs``), nouns (``nouns``), set phrases (``citing``), quotations (``quoting``) and layout
(``labels``) each draft what they attribute (``drafts``); ``find`` settles who holds it (:mod:`foreshock.coding.people`) and
what lies within what; ``holding`` tells the holders of claims by it.
All of it reads tokens, clauses and the language's table only, so it serves every parsed language.
"""
