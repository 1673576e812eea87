"""The benchmarks: this toolkit beside what it is compared with, in one run on one machine (`python -m benchmarks`)."""
