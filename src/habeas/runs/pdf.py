"""The report on paper: a tagged PDF made from the page, with nothing fetched from anywhere."""

from __future__ import annotations

from typing import Any

from habeas.errors import Unavailable

INSTALL = (
    "a PDF needs WeasyPrint and pango: in the clone, .venv/bin/pip install 'weasyprint>=70,<71' and, on Debian, "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
)


def write_pdf(html: str) -> bytes:
    """The page as PDF/UA-1: tagged for screen readers, with its language, headings, tables and the words of its pictures.

    Raises:
        Unavailable: WeasyPrint or the libraries it needs aren't installed.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as missing:  # OSError: Python's part is there, pango isn't
        raise Unavailable(f"{INSTALL}; or leave the PDF out, the HTML report has the same content") from missing
    document = weasyprint.HTML(string=html, url_fetcher=_fetcher())
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _fetcher() -> Any:
    """Refuses every address but `data:`: a report that needed something from elsewhere would not be the report."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
