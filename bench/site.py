"""The public register with 10,000 entries: list, search, entry and JSON pages beside a bare Django page of the same server settings.

    python bench/site.py [ENTRIES]

One site in SQLite and one bare Django project, each served by gunicorn with two sync workers, are asked in turn by eight clients, round by
round; read the ratios, which were taken within one run. The clients share the machine's cores with the servers. A page that is asked for
again is drawn once by each worker, as long as it says the same (docs/adr/0016); where each client asks for another, all are drawn.
"""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_filling import fill, letters

HERE = Path(__file__).parent
ROUNDS, SECONDS, CLIENTS, WORKERS = 3, 4.0, 8, 2
PAGES = {
    "first page": "/",
    "list": "/register/",
    "list, page 400": "/register/?page=400",
    "search, common word": "/register/?q=camera",
    "search, rare word": "/register/?q=quetzal",
    "search, misspelt": "/register/?q=camrea",
    "search, each another": "/register/?q=camera+{letters}",
    "by postcode": "/register/?near=B33+8TH",
    "entry": "/register/made-up-system-a/",
    "entry in Arabic": "/ar/register/made-up-system-a/",
    "entry, each another": "/register/made-up-system-{letters}/",
    "entry, JSON": "/register/made-up-system-a.json",
}
"""What is asked for; `{letters}` is another entry's each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one round of asking one page gave: milliseconds of each answer, and how long it took all in all."""

    took_ms: list[float]
    wall_s: float
    size: int

    def at(self, share: float) -> float:
        """The quantile of the answers' times."""
        ordered = sorted(self.took_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took_ms) / self.wall_s


def main(entries: int) -> None:
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        site = fill(Path(folder) / "site", entries=entries)
        with served(site_command(), {"HABEAS_SITE": str(site)}) as ours, served(bare_command(), {}) as bare:
            pages = {name: Page(path, entries=entries) for name, path in PAGES.items()}
            warm(pages, ours, bare)
            report(entries, pages, ours, bare)


class Page:
    """A page, or as many like it as there are entries, one after the other."""

    def __init__(self, path: str, *, entries: int) -> None:
        self._path = path
        self._next = itertools.cycle(range(entries))
        self._lock = threading.Lock()

    def path(self) -> str:
        """The path to ask for now."""
        if "{letters}" not in self._path:
            return self._path
        with self._lock:
            return self._path.format(letters=letters(next(self._next)))


BARE = Page("/", entries=1)


def report(entries: int, pages: dict[str, Page], ours: int, bare: int) -> None:
    print(f"{entries:,} entries; gunicorn, {WORKERS} sync workers, {CLIENTS} clients, {ROUNDS} rounds of {SECONDS:.0f} s; middle round\n")
    print("| page | answers/s | p50 ms | p99 ms | kB | answers/s beside a bare page |")
    print("|---|---|---|---|---|---|")
    for name, page in {"a bare Django page": BARE, **pages}.items():
        rounds = [(ask(bare, BARE), ask(bare if page is BARE else ours, page)) for _ in range(ROUNDS)]
        ratios = [found.rate / beside.rate for beside, found in rounds]
        middle = sorted((found for _, found in rounds), key=lambda found: found.rate)[ROUNDS // 2]
        print(
            f"| {name} | {middle.rate:.0f} | {middle.at(0.5):.1f} | {middle.at(0.99):.1f} | {middle.size / 1000:.1f} "
            f"| {statistics.median(ratios):.2f} |"
        )


def ask(port: int, page: Page, *, seconds: float = SECONDS) -> Asked:
    """Eight clients ask for a page, one after the other, until the time is over; any status but 200 ends everything."""
    took: list[float] = []
    sizes: list[int] = []
    faults: list[str] = []
    end = time.perf_counter() + seconds

    def client() -> None:
        while time.perf_counter() < end:
            path = page.path()
            start = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path, headers={"Host": "127.0.0.1"})
            answer = connection.getresponse()
            sizes.append(len(answer.read()))
            connection.close()
            if answer.status != 200:
                faults.append(f"expected 200 for {path}; got {answer.status}")
                return
            took.append((time.perf_counter() - start) * 1000)

    start = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise SystemExit(faults[0])
    if not took:
        raise SystemExit(f"expected answers for {page.path()}; got none")
    return Asked(took_ms=took, wall_s=time.perf_counter() - start, size=max(sizes))


def warm(pages: dict[str, Page], ours: int, bare: int) -> None:
    for port, page in ((bare, BARE), *((ours, page) for page in pages.values())):
        ask(port, page, seconds=1.0)


def site_command() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "habeas.web.wsgi:application"]


def bare_command() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--pythonpath", str(HERE), "site_bare:application"]


@contextmanager
def served(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """A server on a free port of this machine, until left."""
    port = free_port()
    own = {**os.environ, **environment, "PYTHONPATH": str(HERE.parent / "src")}
    server = subprocess.Popen(
        [*command, "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "--log-level", "error"], env=own, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("expected the server to start within 20 seconds; it didn't")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
