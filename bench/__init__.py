"""What the chat costs in time and bytes, measured: each module here is one benchmark, run by `python -m bench.NAME`."""
