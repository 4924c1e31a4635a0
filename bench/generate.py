"""Generate the benchmark's rows: deterministic, any number of them, as Parquet.

    python bench/generate.py 1 10 100        # millions of rows, into bench/data/

Everything is drawn from a hash of the row's number, so that every machine gets the same file. About 3.4 rows per person;
score a double in [0, 1]; 60 groups (race 6 x sex 2 x age 5), the smallest about 0.03 % of rows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

DATA = Path(__file__).parent / "data"

# a uniform double in [0, 1) from the row and a stream; 2^53 doubles
UNIFORM = "(hash({row} * 16 + {stream}) >> 11) / 9007199254740992.0"


def uniform(stream: int, row: str = "i") -> str:
    return f"({UNIFORM.format(row=row, stream=stream)})"


def rows(n: int) -> Path:
    """The file of `n` rows; it is generated if it isn't there."""
    path = DATA / f"rows-{n}.parquet"
    if path.exists():
        return path
    DATA.mkdir(parents=True, exist_ok=True)
    persons = int(n / 3.4)
    query = f"""
        WITH people AS (SELECT i, CAST(floor({uniform(1)} * {persons}) AS BIGINT) AS person FROM range({n}) AS t(i)),
        drawn AS (SELECT *, {uniform(2, "person")} AS r, {uniform(3, "person")} AS a, {uniform(4, "person")} AS x,
                  (0.6 * {uniform(5)} + 0.4 * {uniform(6, "person")}) AS score FROM people)
        SELECT person * 7919 + 1000003 AS person,
               CASE WHEN r < .50 THEN 'White' WHEN r < .75 THEN 'Black' WHEN r < .88 THEN 'Asian' WHEN r < .95 THEN 'Mixed'
                    WHEN r < .99 THEN 'Other' ELSE 'Traveller' END AS race,
               CASE WHEN x < .8 THEN 'Male' ELSE 'Female' END AS sex,
               CASE WHEN a < .25 THEN '18-24' WHEN a < .55 THEN '25-34' WHEN a < .80 THEN '35-49'
                    WHEN a < .95 THEN '50-64' ELSE '65+' END AS age,
               score, score >= .6 AND {uniform(7)} < .9 OR {uniform(8)} < .03 AS decision, {uniform(9)} < 0.1 + 0.6 * score AS outcome
        FROM drawn"""  # noqa: S608 - numbers of our own
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '3GB'; COPY ({query}) TO '{path}.part' (FORMAT parquet, COMPRESSION zstd)")
    connection.close()
    Path(f"{path}.part").rename(path)
    return path


if __name__ == "__main__":
    for millions in sys.argv[1:] or ["1"]:
        print(rows(round(float(millions) * 1_000_000)))
