"""The end of the page: limits, how it was computed, how to check it, and what the words mean."""

from __future__ import annotations

from habeas.audit.cuts import cuts
from habeas.audit.result import AuditResult
from habeas.reports.language import meanings, numbers
from habeas.reports.language.methods import methods_used
from habeas.reports.sections.blocks import Block, Item, Items, Section, Terms, Text
from habeas.reports.sections.layout import capitalised, metric_words
from habeas.reports.words import digest_words


def limits(result: AuditResult) -> Section | None:
    """Every caveat and warning of the audit, and what was withheld; None where there is neither."""
    said = dict.fromkeys([*(caveat.text for caveat in result.caveats), *result.intake.warnings])
    blocks: list[Block] = [Items(items=tuple(Item(words=capitalised(words)) for words in said))] if said else []
    blocks += [Text(words=_withheld(result))] if result.withheld.primary or result.withheld.secondary else []
    return Section(id="limits", title="What this audit cannot tell", blocks=tuple(blocks), new_page=True) if blocks else None


def _withheld(result: AuditResult) -> str:
    found, least = result.withheld, result.plan.publication.minimum_cell
    width = found.narrowest_width
    inferred = "" if width is None else f" The narrowest range that can be inferred for any withheld count is {width:g} wide."
    return (
        f"Withheld so that no one can be picked out: {numbers.count(found.primary)} tables (of a group at a threshold) with a count "
        f"below {least}, and {numbers.count(found.secondary)} more from which those could have been worked out.{inferred}"
    )


def method(result: AuditResult) -> Section:
    """How the numbers were computed, after whom; only what this audit used."""
    estimated = ((capitalised(one.phrase), f"{capitalised(one.meaning)} ({one.source}).") for one in methods_used(result))
    judged = ((name, words) for name, words, used in _judgements(result) if used)
    pairs = (*estimated, *judged)
    blocks: tuple[Block, ...] = (Text(words=ABOUT_METHODS), Terms(pairs=pairs)) if pairs else (Text(words="No number could be told."),)
    return Section(id="method", title="How it was computed", blocks=blocks)


ABOUT_METHODS = "First, how the intervals came about, in the words in which report.json names the method of each number; then the tests."


def _judgements(result: AuditResult) -> list[tuple[str, str, bool]]:
    """What was done with the estimates, as (what for, how and after whom, whether this audit used it)."""
    return [
        ("Declared comparisons", DECLARED, bool(result.findings)),
        ("Exploratory comparisons", EXPLORATORY, bool(result.exploratory)),
        ("Equality", EQUALITY, bool(result.findings)),
        ("Detectable differences", "Power of a test of two proportions (Fleiss, Levin and Paik 2003).", bool(result.findings)),
        ("Bands along thresholds", BANDS, bool(result.sweeps)),
        ("Missing labels and unknown outcomes", "Worst-case bounds (Manski 1990).", bool(result.unrecorded or result.unknown_outcomes)),
        ("Uneven recording", "Sensitivity to hidden cases (Fogliato, G’Sell and Chouldechova 2020).", bool(result.label_bias)),
        ("Net benefit", "Weighing wrongful flags against missed cases (Vickers and Elkin 2006).", bool(result.balance)),
    ]


DECLARED = (
    "Fisher’s exact test, or beyond 1,000 expected cases the score test; p-values adjusted for the number of comparisons "
    "(Holm 1979), and doubled where tolerances are declared, since equality may then be claimed too."
)
EXPLORATORY = "p-values adjusted for the share of false ones (Benjamini and Hochberg 1995)."
EQUALITY = "Shown only where a disparity as large as the declared tolerance is refuted on both sides (Schuirmann 1987)."
BANDS = "Simultaneous over all thresholds, on the log-odds scale (Hothorn, Bretz and Westfall 2008)."


def check(result: AuditResult) -> Section:
    """What a stranger needs to repeat the audit."""
    files = ((f"{file.name} (SHA-256)", file.sha256) for file in result.intake.files)
    digests = (("Plan (SHA-256)", result.plan_sha256), *files, ("Counts (SHA-256)", result.cells_sha256))
    pairs = (*((term, digest_words(digest)) for term, digest in digests), ("Command", COMMAND))
    codes = frozenset({"Command", *(term for term, digest in digests if digest is not None)})
    return Section(id="check", title="How to check it", blocks=(Text(words=CHECK), Terms(pairs=pairs, codes=codes)))


COMMAND = "habeas audit plan.yaml"
CHECK = (
    "Run the command with the same plan and the same data, and the same version of habeas: every number comes out the same. The digests "
    "are fingerprints: a plan that says anything else, other counts, or a file of which a single byte was changed, would have another. "
    "report.json holds every number of this page, and more, for machines."
)


def glossary(result: AuditResult) -> Section:
    """The words that this page uses."""
    cut = cuts(result.plan)[0]
    metrics = {rate.metric for piece in result.groups for rate in piece.rates if rate.estimate is not None}
    pairs = [*GLOSSARY]
    pairs += [(capitalised(name), metric_words(metric, result.plan, cut)) for metric, name in meanings.METRICS.items() if metric in metrics]
    pairs += [(capitalised(meanings.VERDICTS[answer]), words) for answer, words in meanings.VERDICT_MEANINGS.items()]
    return Section(id="glossary", title="The words on this page", blocks=(Terms(pairs=tuple(sorted(pairs, key=_first_word))),))


def _first_word(pair: tuple[str, str]) -> str:
    return pair[0].casefold()


GLOSSARY = (
    ("Confidence", "How often intervals made in this way hold the true value, over many audits."),
    ("Declared in advance", "Written in the audit plan before the data were seen, so that nobody could choose the question by its answer."),
    ("Difference in points", "One percentage minus another: from 20% to 25% is 5 percentage points."),
    ("Flagged", "Marked by the system, or by the decision taken, as the plan says."),
    ("Interval", "The range of true values that agree with what was counted; the fewer people, the wider."),
    (
        "p-value",
        "How often chance alone would give a difference at least this large if there were none; small: chance is a poor explanation.",
    ),
    ("Power", "How often a sample of this size would show a difference of the size stated, if it were there."),
    ("Reference group", "The group with which the others are compared. Being the reference does not make its treatment right."),
    ("Tolerance", "The largest disparity that the auditor declared bearable, before looking."),
    ("Withheld", "Not published, because so few people are counted that they could be picked out."),
)
