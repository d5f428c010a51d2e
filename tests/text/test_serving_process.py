"""A process that serves never imports what trains."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import json, sys
from aigc_sdk import Studio
facts = {"name": "Blue Spice", "food": "Chinese", "area": "riverside", "priceRange": "cheap"}
with Studio() as studio:
    learned = studio.generate("text/copy", facts, n=2, seed=1, request_id="r", options={"method": "learned"})
    chinese = studio.generate("text/copy", {"名称": "云杯", "价格": "9元"}, language="zh", seed=1)
    verdicts = [studio.moderate(t) for t in ("Shall we meet at noon?", "我们中午见。")]
    scores = studio.evaluate(learned.text, inputs=facts)
print(json.dumps({
    "heavy": sorted({"tensorflow", "keras", "torch", "sklearn", "nltk", "onnx", "tf2onnx"} & set(sys.modules)),
    "provider": [u.provider for u in learned.trace.usage],
    "methods": [learned.outputs[0].candidate.method, chinese.outputs[0].candidate.method],
    "decisions": [str(v.decision) for v in verdicts],
    "scores": [s.metric for s in scores],
}))
"""


def test_generating_screening_and_scoring_import_nothing_that_trains():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    row = json.loads(done.stdout)
    assert row["heavy"] == []
    assert row["provider"]
    assert row["methods"] == ["learned", "template"]
    assert row["decisions"] == ["allow", "allow"]
    assert {"fact_coverage", "distinct_2", "length"} <= set(row["scores"])
    assert done.stderr == ""
