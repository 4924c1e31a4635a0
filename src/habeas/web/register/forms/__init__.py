"""What staff fill in: an entry's topics, and the steps of its life."""

from habeas.web.register.forms.entry import TopicForm
from habeas.web.register.forms.steps import NewSystemForm, NoteForm, ReasonForm, StageForm, VersionForm, WithholdForm

__all__ = ["NewSystemForm", "NoteForm", "ReasonForm", "StageForm", "TopicForm", "VersionForm", "WithholdForm"]
