"""Writers killed at any moment: what was acknowledged is there once, and the chain is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from aigc_sdk.review import ReviewStore

WRITERS, SECONDS = 8, 10.0

WORKER = """
import random, sys, time
from aigc_sdk.review import ReviewStore, ReviewConflictError
from aigc_sdk.verdict import Decision, Verdict
path, name, acknowledged = sys.argv[1:]
verdict = Verdict(decision=Decision.REVIEW, policy="p", policy_sha256="ab" * 32)
log = open(acknowledged, "a", buffering=1)
store = ReviewStore(path)
number = 0
while True:
    number += 1
    # Every text twice: the second time must find the first.
    for _ in range(2):
        item = store.enqueue(verdict, f"{name} {number // 2}")
    log.write(f"enqueued {item.id} {item.content_sha256}\\n")
    taken = store.claim(name, 0.5)
    if taken is None:
        continue
    try:
        store.decide(taken.id, name, random.choice(["uphold", "overturn"]), "x")
    except ReviewConflictError:
        continue
    log.write(f"decided {taken.id} {taken.round} {name}\\n")
    if random.random() < 0.3:
        store.appeal(taken.id, "user", "again")
"""


def test_eight_writers_killed_at_random_lose_and_double_nothing(tmp_path: Path):
    database = tmp_path / "review.db"
    rng = random.Random(7)
    logs = [tmp_path / f"log {n}" for n in range(WRITERS)]
    starts = 0

    def start(number: int) -> subprocess.Popen[bytes]:
        nonlocal starts
        starts += 1
        arguments = [str(database), f"writer-{number}-{starts}", str(logs[number])]
        return subprocess.Popen([sys.executable, "-c", WORKER, *arguments], stderr=subprocess.PIPE)

    running = [start(n) for n in range(WRITERS)]
    kills = 0
    try:
        # The clock starts with the first acknowledgement: eight interpreters take a while on two cores.
        patience = time.monotonic() + 120
        while not any(log.exists() and log.stat().st_size for log in logs):
            assert time.monotonic() < patience
            time.sleep(0.1)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            time.sleep(rng.uniform(0.05, 0.6))
            victim = rng.randrange(WRITERS)
            assert running[victim].poll() is None, running[victim].stderr.read().decode()[-2000:]
            running[victim].send_signal(signal.SIGKILL)
            running[victim].wait()
            running[victim].stderr.close()
            kills += 1
            running[victim] = start(victim)
    finally:
        for process in running:
            process.kill()
            process.wait()
            process.stderr.close()

    lines = [line.split() for log in logs if log.exists() for line in log.read_text().splitlines()]
    with ReviewStore(database) as store:
        report = store.verify()
        assert report.ok, report
        items = {item.id: item for item in store.items(limit=1_000_000)}
        hashes = Counter(item.content_sha256 for item in items.values())
        assert max(hashes.values()) == 1
        kept = Counter((d.item_id, d.round, d.reviewer) for i in items for d in store.decisions(i))
        acknowledged = 0
        for kind, *rest in lines:
            if kind == "enqueued":
                assert items[int(rest[0])].content_sha256 == rest[1]
            elif len(rest) == 3:
                acknowledged += 1
                assert kept[int(rest[0]), int(rest[1]), rest[2]] == 1
        rounds = Counter((item, number) for item, number, _ in kept.elements())
        assert max(rounds.values()) == 1
        decided = sum(event.action == "decided" for event in store.history())
        assert decided == kept.total()
    assert kills >= 5
    assert acknowledged >= 10
    print(f"{kills} kills, {acknowledged} acknowledged of {kept.total()} decisions, {report.events} rows")
