"""Forms of audits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from habeas.web.audits.files.receiving import PLAN_BYTES, Received
from habeas.web.audits.words import PAID_BY, RELATIONS
from habeas.web.base.forms.prose import lines

Choices = Sequence[tuple[int, str]]


class BringingForm(forms.Form):
    """What every audit needs: in whose name, and of which version."""

    organisation = forms.TypedChoiceField(
        label=lazy("Auditing organisation"), coerce=int, help_text=lazy("In whose name you audit. Everybody will read it.")
    )
    version = forms.TypedChoiceField(label=lazy("Version that was tested"), coerce=int)

    def __init__(self, *arguments: Any, organisations: Choices, versions: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organisation"].choices = list(organisations)  # type: ignore[attr-defined]  # a choice field, as above
        self.fields["version"].choices = list(versions)  # type: ignore[attr-defined]  # the same


class UploadForm(BringingForm):
    """A plan, typed or as a file, and data. The data come last, so that everything else has arrived when they are too large."""

    plan = forms.CharField(
        label=lazy("Audit plan"),
        required=False,
        strip=False,
        max_length=PLAN_BYTES,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "dir": "ltr", "class": "code"}),
        help_text=lazy("YAML, as the command habeas audit reads it. Paths in it are ignored: the file you choose below is read."),
    )
    plan_file = forms.FileField(label=lazy("Or the plan as a file"), required=False)
    keep_counts = forms.BooleanField(
        label=lazy("Keep the counts, privately, so that the audit can be checked later"),
        required=False,
        help_text=lazy("Without this nothing but the published result remains. Rows of people are deleted in any case."),
    )
    rows = forms.FileField(
        label=lazy("Data"),
        widget=forms.FileInput(attrs={"accept": ".csv,.parquet,text/csv"}),
        help_text=lazy("CSV in UTF-8 or Parquet, not packed: rows, or a table of counts."),
    )

    def clean_plan_file(self) -> str:
        """The file's text; empty where none was given."""
        received: Received | None = self.cleaned_data.get("plan_file")
        if received is None:
            return ""
        if received.path is None:
            raise forms.ValidationError(_("The file is too long for a plan: is this the data?"))
        try:
            return received.path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file isn't text in UTF-8: save the plan so.")) from None

    def clean_rows(self) -> Received:
        """The data, if no more came than is allowed."""
        return _whole(self.cleaned_data["rows"])

    def clean(self) -> dict[str, Any]:
        """One plan: the file's, else what was typed."""
        text = self.cleaned_data.get("plan_file") or self.cleaned_data.get("plan") or ""
        if not text.strip() and "plan_file" not in self.errors:
            self.add_error("plan", _("Write the plan, or choose its file."))
        return {**self.cleaned_data, "plan": text}


class ReportForm(BringingForm):
    """A report that was made elsewhere."""

    report = forms.FileField(
        label=lazy("report.json"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=lazy("The file report.json that the command habeas audit --out wrote."),
    )

    def clean_report(self) -> Received:
        """The report, if no more came than is allowed."""
        return _whole(self.cleaned_data["report"])


class PublishForm(forms.Form):
    """How the auditor stands to those they tested."""

    paid_by = forms.ChoiceField(label=lazy("Who paid for this audit?"), choices=list(PAID_BY.items()), widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=lazy("How do you stand to the organisation that uses the system, and to its supplier?"),
        choices=list(RELATIONS.items()),
        widget=forms.RadioSelect,
    )
    statement = lines(
        4000,
        rows=4,
        required=True,
        label=lazy("Independence statement"),
        help_text=lazy("In your words: money, contracts, employment, who chose the data. No names of private persons."),
    )
    caveats = lines(
        8000,
        rows=4,
        label=lazy("Your own caveats"),
        help_text=lazy("Limits of this audit that its figures don't tell by themselves."),
    )


class WithdrawForm(forms.Form):
    """Why an audit is taken back."""

    why = lines(
        4000,
        rows=4,
        required=True,
        label=lazy("Why is it withdrawn?"),
        help_text=lazy("Everybody will read it. The audit stays to be seen, as withdrawn."),
    )


class CommentForm(forms.Form):
    """What the owner says to an audit."""

    text = lines(
        8000,
        rows=6,
        required=True,
        label=lazy("The owner's comment"),
        help_text=lazy("One comment, for good, shown with its day beside the audit. The audit itself stays as it is."),
    )


def _whole(received: Received) -> Received:
    if received.too_large:
        raise forms.ValidationError(
            _("The file is larger than this site takes, and nothing of it was kept. Bring a table of counts instead of rows.")
        )
    return received
