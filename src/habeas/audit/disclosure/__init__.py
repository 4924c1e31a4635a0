"""Disclosure control: nobody can be picked out of what is published, whatever is put together with what."""

from habeas.audit.disclosure.decide import Publication, publication, rounded

__all__ = ["Publication", "publication", "rounded"]
