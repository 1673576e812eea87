"""Dates as far as they are known (EDTF, ISO 8601-2:2019): reading, sorting, formatting."""
