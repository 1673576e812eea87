"""Benchmarks of this toolkit and of others, in one run on one machine (`python -m benchmarks`)."""
