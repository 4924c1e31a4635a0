from __future__ import annotations

import habeas
from habeas.terms.release import RELEASE


def test_documents_name_the_release_that_the_package_is() -> None:
    assert habeas.__version__ == RELEASE
