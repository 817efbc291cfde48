"""The benchmark: `make bench` fills scratch databases and prints what each page costs (docs/performance.md holds a run)."""
