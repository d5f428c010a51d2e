"""A process that serves never imports what trains."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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


def test_a_device_that_does_not_work_is_named_in_the_result():
    from aigc_sdk.runtime.devices import choose_device
    from aigc_sdk.studio import Studio

    if choose_device("auto").device == "cuda":
        pytest.skip("CUDA works on this machine: there is nothing to fall back from")
    facts = {"name": "Blue Spice", "food": "Chinese", "area": "riverside"}
    with Studio(device="cuda") as studio:
        trace = studio.generate("text/copy", facts, options={"method": "learned"}).trace
    assert trace.usage[0].provider == "CPUExecutionProvider"
    assert any("cuda" in warning.lower() for warning in trace.warnings)
