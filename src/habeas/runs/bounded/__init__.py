"""Audits of rows that strangers brought: in a process of their own, which has only so much memory and time and can be killed."""
