"""The site's texts in other languages: collected from templates, programs and data, kept with their translations, compiled for the site.

`python -m habeas.web.base.languages` brings the translations up to date; it needs Babel, which only those who work on the site have.
"""
