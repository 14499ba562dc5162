"""Under fire: what strangers write, what machines do to a build, and what is promised all the same.

Each suite tries a few things in `make test` and as many as its `Effort` says in `make torture`, which writes what it
tried, what survived and what was lost into docs/reliability.md (`record.py`).
"""
