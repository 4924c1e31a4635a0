"""The site's texts in other languages: collected from templates, programs and data, kept in catalogues, compiled for the site.

`python -m habeas.web.base.languages` brings the catalogues up to date; it needs Babel, which only those who work on the site have.
"""
