"""Who does the work of a run: batches in the processes of this machine, or on the workers of a cluster."""
