"""Runs: from a plan and its data to a report, with every effect an audit has on the world: files read, files written."""
