"""The Japanese grammar: words to chunks (bunsetsu), chunks to links, links to clauses. ``ja.py`` is the door."""
