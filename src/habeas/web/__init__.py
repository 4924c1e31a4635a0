"""The site: the public register, audits on show and the gate, for people with a browser and nothing else.

Apps of one shape: models, queries, actions, forms, views, urls, templates. Views read like a table of contents: who may, parse, one
action or query, render.
"""
