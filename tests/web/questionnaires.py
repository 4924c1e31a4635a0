"""Shared by tests of the questionnaire: what a browser sends from its pages."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from habeas.procedures.editions import fingerprint
from habeas.web.screening.models import Description
from web.makers import drafted, example_of, version_of

PURPOSE = {"asked": ["purpose", "context"], "context": ["prevention"], "context-rest": "all"}
"""The first questions, but for the purpose."""


def begun(client: Client) -> Description:
    version = version_of(drafted())
    client.post(reverse("desk_describe", args=["letter-sorter", version.pk]))
    return Description.objects.get()


def topic_address(description: Description, topic: str) -> str:
    return reverse("desk_description_topic", args=["letter-sorter", description.pk, topic])


def stamped(description: Description, said: dict[str, object]) -> dict[str, object]:
    """What a browser sends for these questions, which it was shown as they are answered now."""
    description.refresh_from_db()
    asked = said["asked"]
    assert isinstance(asked, list)
    return {"seen": fingerprint(description.said["answers"], tuple(sorted(asked))), **said}


def file_of(example: str) -> bytes:
    """One of the examples, as a description of the version that most tests are about."""
    return example_of(example, name="Letter sorter", version="1")


def upload(client: Client, description: Description, content: bytes) -> Any:
    file = SimpleUploadedFile("description.yaml", content)
    return client.post(reverse("desk_description_upload", args=["letter-sorter", description.pk]), {"file": file})
