"""Audits on the site: run by the worker or brought finished, and published."""
