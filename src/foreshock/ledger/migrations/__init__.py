"""From the tables of one version to those of the next; each file of ``versions`` is one step, told apart by Alembic."""
