"""Every row that the site keeps says who may read it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

WORDS = {"public", "restricted", "personal"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("habeas.web.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_says_who_may_read_it_and_every_exception_is_a_field_of_it(model: type[Model]) -> None:
    exceptions = vars(model).get("FIELD_PRIVACY", {})

    assert vars(model).get("PRIVACY") in WORDS
    assert set(exceptions.values()) <= WORDS
    assert set(exceptions) <= {field.name for field in model._meta.get_fields()}


def test_there_are_models_to_ask() -> None:
    assert len(OURS) >= 10
