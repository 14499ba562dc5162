"""Large catalogs for measuring: `python -m bench.generate N DIR`."""
