"""One module per output; each sees the report and nothing else."""
