"""What people fill in on the screening pages."""

from habeas.web.screening.forms.about import AboutForm, ScreenForm, UploadForm
from habeas.web.screening.forms.answers import AnswersForm
from habeas.web.screening.forms.assessment import ClosingForm, PartForm, SectionForm

__all__ = ["AboutForm", "AnswersForm", "ClosingForm", "PartForm", "ScreenForm", "SectionForm", "UploadForm"]
