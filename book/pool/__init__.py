"""Processes that set sections in pages, on this machine or on a Dask cluster, and what they keep."""
