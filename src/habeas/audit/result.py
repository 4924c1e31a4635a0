"""The result of an audit as values: everything a report shows, already fit for publication.

Numbers that would single out few people are absent (`withheld`), not hidden by whoever draws the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.audit.cuts import Cut
from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan, Tolerance
from habeas.terms.group import Group


class Verdict(Enum):
    """What may be said of a comparison, or of the whole confirmatory family."""

    SHOWN_DIFFERENT = "shown-different"
    SHOWN_EQUAL = "shown-equal"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """A limit of the result that belongs to it. `code` is stable; `text` is a sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read: its name as the plan knows it, bytes, and SHA-256 (hex).

    Both are None where they would tell small counts: of a table of counts from which something is withheld, a guess could be
    checked against them.
    """

    name: str
    size_bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What came in. `excluded`: rows outside the plan's population. `persons`: about how many people, where rows name them."""

    rows: int
    excluded: int = 0
    persons: int | None = None
    files: tuple[SourceFile, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Rows of each kind of case; the last two had no known outcome."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int
    flagged_unknown: int = 0
    cleared_unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One proportion of one group; None where the group has no such cases."""

    metric: Metric
    estimate: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRates:
    """A group at a cut. Withheld: a count is below the publication rule or would let one be worked out.

    `rows`: how many the group has, also where its counts are withheld; None where even that would let one be worked out.
    """

    group: Group
    cut: Cut
    rows: int | None
    confusion: Confusion | None = None
    rates: tuple[Rate, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A group against its reference group in one metric at one cut.

    `p_value` tests that both are equal; `p_adjusted` is the same after Holm over the confirmatory family (doubled where
    tolerances are declared, since equality may be claimed as well) or Benjamini-Hochberg over the exploratory rest. `p_equal`
    tests, adjusted likewise, that the disparity reaches the tolerance (small: shown equal). Both compare with 1 - confidence.
    `detectable`: the smallest difference that this sample would have shown with 80 % power. `rows_needed`: how many of the
    group's cases, with the reference growing alike, would show a disparity as large as the tolerance with 80 % power; None
    without a tolerance. `beyond_tolerance`: shown different, and the interval lies wholly beyond the tolerance. Withheld: the
    verdict stands, its numbers would single out few people.
    """

    metric: Metric
    cut: Cut
    group: Group
    reference: Group
    verdict: Verdict
    confirmatory: bool
    group_rate: Estimate | None = None
    reference_rate: Estimate | None = None
    difference: Estimate | None = None
    ratio: Estimate | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    p_equal: float | None = None
    detectable: float | None = None
    rows_needed: int | None = None
    tolerance: Tolerance | None = None
    beyond_tolerance: bool = False
    withheld: bool = False
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RocPoint:
    """False and true positive rate when everyone at or above the threshold is flagged."""

    threshold: float
    false_positive_rate: float
    true_positive_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrimination:
    """How well the score orders a group: AUC (1 perfect, 0.5 chance), its certified binning error, and the ROC curve.

    `difference`: the group's AUC minus the reference group's.
    """

    group: Group
    auc: Estimate | None = None
    binning_bound: float = 0.0
    difference: Estimate | None = None
    curve: tuple[RocPoint, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPoint:
    """A rate at one possible threshold: pointwise interval, and the band that holds along all thresholds at once."""

    threshold: float
    estimate: Estimate | None
    band_low: float | None
    band_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One metric of one group at every publishable threshold."""

    group: Group
    metric: Metric
    points: tuple[SweepPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPoint:
    """Those who scored from `low` to below `high` (None: no more): mean score, and the share for whom the outcome happened."""

    low: float
    high: float | None
    mean_score: float
    observed: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCalibrationError:
    """ECE with what pure chance gives a perfectly calibrated score in a sample of this size: never read one without the other."""

    value: float
    expected_by_chance: float
    bins: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What scores meant in a group. All but `curve` need a score that claims to be a probability, and are None otherwise.

    `in_the_large`: observed share minus mean score (0 perfect). `slope`: of the outcome's log odds on the score's (1 perfect).
    `brier`: mean squared error (0 perfect). `binning_bound`: largest error that binning the score can have put in `brier`.
    """

    group: Group
    curve: tuple[CalibrationPoint, ...] = ()
    in_the_large: Estimate | None = None
    slope: Estimate | None = None
    brier: Estimate | None = None
    binning_bound: float = 0.0
    expected_calibration_error: ExpectedCalibrationError | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratified:
    """A group against its reference within strata (like with like), pooled by Mantel and Haenszel."""

    metric: Metric
    cut: Cut
    group: Group
    reference: Group
    strata: tuple[str, ...]
    strata_used: int
    odds_ratio: Estimate | None
    difference: Estimate | None
    p_value: float | None
    p_same_in_all_strata: float | None
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """An intersection's rate, raw and shrunk towards the rest (empirical Bayes): where to look next, never a finding."""

    metric: Metric
    cut: Cut
    group: Group
    raw: Estimate
    shrunk: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecordedBounds:
    """How far missing group labels could move a difference: the worst cases, and the share at which its sign is lost.

    `share`: of rows without the label. `breakdown_share`: the smallest share of missing labels that could hide or reverse the
    observed difference; None: no share could (there is no difference to lose).
    """

    attribute: str
    metric: Metric
    cut: Cut
    group: Group
    reference: Group
    share: Estimate
    low: float
    high: float
    breakdown_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownOutcomes:
    """How far unknown outcomes could move a group's rate: bounds with all of them no, and all of them yes."""

    metric: Metric
    cut: Cut
    group: Group
    unknown: Estimate
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBiasPoint:
    """The difference if this share of the reference group's apparent non-cases were in truth undetected cases."""

    hidden_share: float
    difference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBias:
    """What becomes of a difference if outcomes of the reference group went unrecorded more often (arrest is not offending).

    Hidden cases are taken to lie among the flagged and the cleared as the group's recorded cases do: by its predictive values.
    `tipping_point`: hidden share at which the difference vanishes; None: none from 0 to 0.5 does.
    """

    metric: Metric
    cut: Cut
    group: Group
    reference: Group
    points: tuple[LabelBiasPoint, ...]
    tipping_point: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetBenefit:
    """Net benefit per person with a known outcome: rightly flagged minus `exchange_rate` times wrongly flagged, of all.

    Vickers and Elkin (2006), where pt / (1 - pt) is the exchange rate: how many rightly flagged people one wrongful flag is held
    to outweigh. Negative: worse than flagging no one, for whoever weighs them so.
    """

    exchange_rate: float
    value: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The balance sheet of one group, per 1,000 people with a known outcome.

    `break_even_against_none`: flagging beats flagging no one only if a wrongful flag weighs less than this many missed cases
    (TP/FP); `break_even_against_all`: it beats flagging everyone only if it weighs more than this many (FN/TN).
    """

    group: Group
    cut: Cut
    rightly_flagged: Estimate
    wrongly_flagged: Estimate
    missed: Estimate
    rightly_cleared: Estimate
    break_even_against_none: Estimate | None
    break_even_against_all: Estimate | None
    net_benefit: tuple[NetBenefit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """What people did with the advice: agreement, overrides towards the harsher and towards the milder side, and their outcomes.

    `harsher`: decided against the person though not flagged, of those not flagged; `milder`: the reverse, of those flagged.
    `outcome_after_milder`: share with the outcome among the flagged who were let off (the observable side).
    """

    group: Group
    cut: Cut
    agreement: Estimate | None
    harsher: Estimate | None
    milder: Estimate | None
    outcome_after_milder: Estimate | None
    outcome_after_harsher: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OversightComparison:
    """A group's agreement or override rate minus its reference group's; `rate` names the field of `Oversight`."""

    rate: str
    cut: Cut
    group: Group
    reference: Group
    difference: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How publication was made safe: tables (of a group at a cut) withheld because small, or so that the small can't be worked out."""

    primary: int
    secondary: int
    narrowest_width: float | None
    """Narrowest range that an outsider can infer for any withheld count, by linear programming; None where none is withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """An audit, ready to be published.

    `cells_sha256`: digest of the counts behind it; None where something is withheld, for a guess of the withheld counts could
    be checked against it (unless the plan says that the data are public).
    """

    plan: Plan
    plan_sha256: str
    cells_sha256: str | None
    intake: Intake
    verdict: Verdict
    findings: tuple[Comparison, ...]
    exploratory: tuple[Comparison, ...]
    groups: tuple[GroupRates, ...]
    discrimination: tuple[Discrimination, ...]
    sweeps: tuple[Sweep, ...]
    calibration: tuple[Calibration, ...]
    stratified: tuple[Stratified, ...]
    screening: tuple[Screened, ...]
    unrecorded: tuple[UnrecordedBounds, ...]
    unknown_outcomes: tuple[UnknownOutcomes, ...]
    label_bias: tuple[LabelBias, ...]
    balance: tuple[Balance, ...]
    oversight: tuple[Oversight, ...]
    oversight_comparisons: tuple[OversightComparison, ...]
    withheld: Withheld
    caveats: tuple[Caveat, ...]
