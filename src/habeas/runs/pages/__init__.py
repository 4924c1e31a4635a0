"""Pages for a browser that habeas hands out, each one file that needs nothing else."""
