"""Worker processes that set sections in pages, on this machine or on a Dask cluster."""
