"""What the words of an audit mean: metrics and verdicts, for people who have never met them."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.audit.cuts import Cut, CutKind, cuts
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan
from habeas.audit.result import Verdict
from habeas.terms.system import Stage, Technology

VERDICTS: dict[Verdict, str] = {
    Verdict.SHOWN_DIFFERENT: "shown different",
    Verdict.SHOWN_EQUAL: "shown equal within the tolerance",
    Verdict.CANNOT_TELL: "this sample cannot tell",
}

VERDICT_MEANINGS: dict[Verdict, str] = {
    Verdict.SHOWN_DIFFERENT: "The groups differ by more than chance explains, also after allowing for the number of questions asked, and "
    "the difference was not shown to be within a tolerance declared in advance.",
    Verdict.SHOWN_EQUAL: "Whatever difference there is, it was shown to be smaller than the one declared bearable in advance.",
    Verdict.CANNOT_TELL: "Neither a difference nor equality within a tolerance was shown. This is not a finding of equality.",
}

OVERALL_MEANINGS: dict[Verdict, str] = {
    Verdict.SHOWN_DIFFERENT: "At least one disparity is larger than chance explains, even allowing for the number of questions asked, and "
    "was not shown to be within a tolerance declared in advance.",
    Verdict.SHOWN_EQUAL: "Every disparity asked about was shown to be smaller than the one declared bearable in advance.",
    Verdict.CANNOT_TELL: "No disparity was shown, and not all were shown to be bearable. This is not a finding of equality.",
}

METRICS: dict[Metric, str] = {
    Metric.BASE_RATE: "base rate",
    Metric.SELECTION_RATE: "selection rate",
    Metric.TRUE_POSITIVE_RATE: "true positive rate",
    Metric.FALSE_POSITIVE_RATE: "false positive rate",
    Metric.FALSE_NEGATIVE_RATE: "false negative rate",
    Metric.POSITIVE_PREDICTIVE_VALUE: "positive predictive value",
    Metric.NEGATIVE_PREDICTIVE_VALUE: "negative predictive value",
    Metric.ACCURACY: "accuracy",
}

SHORT_METRICS: dict[Metric, str] = {
    Metric.BASE_RATE: "outcome",
    Metric.SELECTION_RATE: "flagged",
    Metric.TRUE_POSITIVE_RATE: "TPR",
    Metric.FALSE_POSITIVE_RATE: "FPR",
    Metric.FALSE_NEGATIVE_RATE: "FNR",
    Metric.POSITIVE_PREDICTIVE_VALUE: "PPV",
    Metric.NEGATIVE_PREDICTIVE_VALUE: "NPV",
    Metric.ACCURACY: "accuracy",
}

TECHNOLOGIES: dict[Technology, str] = {Technology.RISK_SCORE: "risk score"}

STAGES: dict[Stage, str] = {
    Stage.DESIGN: "tested in design",
    Stage.PRE_DEPLOYMENT: "tested before deployment",
    Stage.LIVE: "tested in live use",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """How a metric is told of a crowd: "Of 100 <people><among>, <before>45<after>".

    `among` narrows the crowd (empty: all of them); `before` and `after` stand around the number.
    """

    among: str
    before: str
    after: str


def saying(metric: Metric, *, cut: Cut, plan: Plan) -> Saying:
    """The plan's own words for a metric at a cut."""
    flagged, outcome, no_outcome = flagged_words(cut, plan), plan.words.outcome, plan.words.no_outcome
    parts = {
        Metric.BASE_RATE: ("", "", f" {outcome}"),
        Metric.SELECTION_RATE: ("", "", f" were {flagged}"),
        Metric.TRUE_POSITIVE_RATE: (f" who {outcome}", "", f" were {flagged}"),
        Metric.FALSE_POSITIVE_RATE: (f" who {no_outcome}", "", f" were {flagged}"),
        Metric.FALSE_NEGATIVE_RATE: (f" who {outcome}", "", f" were not {flagged}"),
        Metric.POSITIVE_PREDICTIVE_VALUE: (f" who were {flagged}", "", f" {outcome}"),
        Metric.NEGATIVE_PREDICTIVE_VALUE: (f" who were not {flagged}", "", f" {no_outcome}"),
        Metric.ACCURACY: ("", "it turned out as classed for ", ""),
    }
    among, before, after = parts[metric]
    return Saying(among=among, before=before, after=after)


def explain(metric: Metric, *, cut: Cut, plan: Plan) -> str:
    """A metric in one line: `false positive rate: of those who ..., the share who were ...`."""
    said = saying(metric, cut=cut, plan=plan)
    share = said.after.strip() or "were classed as it turned out"
    return f"{METRICS[metric]}: of {'those' + said.among if said.among else 'all'}, the share who {share}"


def flagged_words(cut: Cut, plan: Plan) -> str:
    """What happened to those a cut flags, after "were": the plan's words for the cut in use, the cut's own for the others."""
    if cut == cuts(plan)[0]:
        return plan.words.flagged
    if cut.kind is CutKind.SCORE and cut.threshold is not None:
        return f"given a score of {cut.threshold:g} or more"
    return "recommended for it" if cut.kind is CutKind.RECOMMENDATION else "decided against"


KEEP = "Keep report.json: `habeas audit compare EARLIER.json LATER.json` says what changed since."
NEXT_STEPS: dict[Verdict, tuple[str, ...]] = {
    Verdict.SHOWN_DIFFERENT: (
        "Ask whoever runs the system to account for every disparity shown: why it arises, whom it harmed, and what will change.",
        "A disparity says that rates differ between groups, not why; look at like with like before naming a cause.",
        KEEP,
    ),
    Verdict.SHOWN_EQUAL: (
        "Equality was shown for these rates, these groups and this version only; test again when any of them changes.",
        "Look at the exploratory part before relying on it: what wasn't asked wasn't answered.",
        KEEP,
    ),
    Verdict.CANNOT_TELL: (
        "Claim neither equality nor disparity from this sample.",
        "Where more cases are needed, ask for them; where no tolerance was declared, declare one before looking again.",
        KEEP,
    ),
}
