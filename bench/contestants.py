"""One contestant, one file, one process: prints what it took as a line of JSON.

python contestants.py NAME FILE. CPU and wall are taken around the work alone, after imports; peak memory is the process's.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

GROUPS = ["race", "sex", "age"]


def bare_group_by(path: str) -> Callable[[], object]:
    """The limit: the count of rows by the columns that an audit needs, by the engine itself."""
    import duckdb

    bins = "least(floor(score * 1000), 999)::SMALLINT"
    query = f"SELECT race, sex, age, decision, outcome, {bins} AS bin, count(*) AS n FROM read_parquet(?) GROUP BY ALL"  # noqa: S608 - constants of this file
    return lambda: duckdb.connect().execute(query, [path]).fetchnumpy()


def habeas(path: str, person: str | None = None) -> Callable[[], object]:
    """The whole audit, scan to findings, with every interval."""
    from habeas.runs import notebook

    plan = {
        "columns": {"score": "score", "decision": "decision", "outcome": "outcome", **({} if person is None else {"person": person})},
        "score": {"minimum": 0, "maximum": 1},
        "thresholds": [0.5, 0.8],
        "groups": GROUPS,
        "intersect": 2,
        "confirmatory": [
            {"metric": "false_positive_rate", "by": "race", "tolerance": {"difference": 0.02}},
            {"metric": "false_negative_rate", "by": "race", "tolerance": {"difference": 0.02}},
        ],
    }
    return lambda: notebook.audit_decisions(path, plan)


def habeas_with_persons(path: str) -> Callable[[], object]:
    """The same where rows name persons: every interval allows for people who recur."""
    return habeas(path, person="person")


def aequitas(path: str) -> Callable[[], object]:
    """Point estimates of every group and its disparities; no intervals."""
    import pandas as pd
    from aequitas.bias import Bias
    from aequitas.fairness import Fairness
    from aequitas.group import Group

    def work() -> object:
        frame = pd.read_parquet(path, columns=[*GROUPS, "decision", "outcome"])
        frame = frame.rename(columns={"decision": "score", "outcome": "label_value"})
        frame[["score", "label_value"]] = frame[["score", "label_value"]].astype(int)
        frame["race_sex"] = frame["race"] + "|" + frame["sex"]
        frame[[*GROUPS, "race_sex"]] = frame[[*GROUPS, "race_sex"]].astype(object)
        table, _ = Group().get_crosstabs(frame, attr_cols=[*GROUPS, "race_sex"])
        reference = {name: frame[name].iloc[0] for name in [*GROUPS, "race_sex"]}
        disparities = Bias().get_disparity_predefined_groups(table, original_df=frame, ref_groups_dict=reference, check_significance=False)
        return Fairness().get_group_value_fairness(disparities)

    return work


def fairlearn(path: str) -> Callable[[], object]:
    """Six rates of every intersection; no intervals."""
    import pandas as pd
    from fairlearn.metrics import MetricFrame, count, false_negative_rate, false_positive_rate, selection_rate
    from sklearn.metrics import accuracy_score, precision_score

    metrics = {
        "n": count,
        "selection": selection_rate,
        "fpr": false_positive_rate,
        "fnr": false_negative_rate,
        "ppv": precision_score,
        "accuracy": accuracy_score,
    }

    def work() -> object:
        frame = pd.read_parquet(path, columns=[*GROUPS, "decision", "outcome"])
        truth, decided = frame["outcome"].astype(int), frame["decision"].astype(int)
        return MetricFrame(metrics=metrics, y_true=truth, y_pred=decided, sensitive_features=frame[GROUPS]).by_group

    return work


def dalex(path: str) -> Callable[[], object]:
    """Its group check, on the concatenated intersection; no intervals."""
    import numpy as np
    import pandas as pd
    from dalex.fairness import GroupFairnessClassification

    def work() -> object:
        frame = pd.read_parquet(path, columns=[*GROUPS, "decision", "outcome"])
        protected = (frame["race"] + "_" + frame["sex"] + "_" + frame["age"]).to_numpy(dtype=object)
        truth, decided = frame["outcome"].to_numpy(dtype=int), frame["decision"].to_numpy(dtype=float)
        privileged = str(protected[0])
        return GroupFairnessClassification(
            y=truth, y_hat=decided, protected=np.asarray(protected, dtype=str), privileged=privileged, label="x", verbose=False
        ).metric_scores

    return work


CONTESTANTS = {
    "bare GROUP BY": bare_group_by,
    "habeas": habeas,
    "habeas, persons": habeas_with_persons,
    "aequitas": aequitas,
    "fairlearn": fairlearn,
    "dalex": dalex,
}


def main(name: str, path: str) -> None:
    """Import, then work once on the clock."""
    work = CONTESTANTS[name](path)
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    taken = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**taken, "peak_mb": peak, "result": type(found).__name__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
