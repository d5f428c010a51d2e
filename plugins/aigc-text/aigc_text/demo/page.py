"""The demo's page: one self-contained HTML file, no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from aigc_sdk.result import Output, Result
from aigc_sdk.score import Score
from aigc_sdk.verdict import Verdict
from aigc_text.demo.scenes import Played

_STYLE = """
:root { --ink:#1c2430; --soft:#5d6878; --line:#dfe4ea; --paper:#fff; --ground:#f5f7f9; --accent:#2457a6;
  --allow:#1d7a46; --redact:#8a6100; --review:#a34f00; --block:#b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink:#e7ebf0; --soft:#9aa6b5; --line:#303845; --paper:#1b212a;
  --ground:#12161c; --accent:#86b1f5; --allow:#5fce91; --redact:#e0b44c; --review:#f0995a; --block:#ff8b82; } }
* { box-sizing:border-box } body { margin:0; background:var(--ground); color:var(--ink);
  font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC",sans-serif }
main { max-width:60rem; margin:0 auto; padding:2rem 1rem 4rem } h1 { font-size:1.6rem; margin:0 }
h2 { font-size:1.15rem; margin:0 } .lead,.note { color:var(--soft); margin:.25rem 0 0 }
section { background:var(--paper); border:1px solid var(--line); border-radius:10px; padding:1.1rem 1.25rem;
  margin-top:1.25rem } .facts { display:flex; flex-wrap:wrap; gap:.35rem; margin:.8rem 0 0; padding:0; list-style:none }
.facts li { border:1px solid var(--line); border-radius:6px; padding:.1rem .5rem; font-size:.85rem }
.facts b { font-weight:600; color:var(--soft); margin-right:.35rem } .candidate { border-top:1px solid var(--line);
  margin-top:1rem; padding-top:.9rem } .candidate p { margin:.35rem 0 .5rem; white-space:pre-wrap }
.meta { font-size:.82rem; color:var(--soft) } .badge { display:inline-block; border:1px solid currentColor;
  border-radius:99px; padding:0 .6rem; font-size:.8rem; font-weight:600; margin-right:.5rem }
.allow { color:var(--allow) } .redact { color:var(--redact) } .review { color:var(--review) } .block { color:var(--block) }
table { border-collapse:collapse; width:100%; font-size:.85rem } td,th { text-align:left; vertical-align:top;
  padding:.2rem .7rem .2rem 0; border-top:1px solid var(--line) } th { color:var(--soft); font-weight:600; border-top:0 }
td.value { font-variant-numeric:tabular-nums; white-space:nowrap } details summary { cursor:pointer; color:var(--accent);
  font-size:.85rem } .said { border-left:3px solid var(--line); padding-left:.8rem; margin:.8rem 0 0 }
footer { color:var(--soft); font-size:.85rem; margin-top:2rem } code { font-size:.9em }
"""


def render(played: Sequence[Played], about: dict[str, str]) -> str:
    """The whole page.

    Args:
        played: Scenes with their results.
        about: Lines for the footer (versions, device, seed).
    """
    sections = "\n".join(_scene(p) for p in played)
    facts = " · ".join(f"{escape(k)}: {escape(v)}" for k, v in about.items())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>AIGC SDK demo</title><style>{_STYLE}</style></head><body><main>"
        "<h1>AIGC SDK demo</h1>"
        '<p class="lead">Every text below was made on this machine, screened, scored and ranked. '
        "It is AI-generated content · 人工智能生成内容.</p>"
        f"{sections}<footer>{facts}</footer></main></body></html>\n"
    )


def _scene(played: Played) -> str:
    scene = played.scene
    parts = [f"<section><h2>{escape(scene.title)}</h2>", f'<p class="note">{escape(scene.note)}</p>']
    if scene.inputs:
        items = "".join(
            f"<li><b>{escape(str(k))}</b>{escape(_plain(v))}</li>" for k, v in scene.inputs.items()
        )
        parts.append(f'<ul class="facts">{items}</ul>')
    for message in scene.messages:
        parts.append(f'<p class="said"><span class="meta">{escape(message.role)}</span><br>')
        parts.append(f"{escape(message.content)}</p>")
    if scene.text is not None:
        parts.append(f'<p class="said">{escape(scene.text)}</p>')
    if played.result is not None:
        parts += [_candidate(i, output) for i, output in enumerate(played.result.outputs, 1)]
        parts.append(_trace(played.result, played))
    elif played.verdict is not None:
        parts.append(f'<div class="candidate">{_verdict(played.verdict)}</div>')
    if played.error is not None and played.verdict is None:
        parts.append(f'<p class="block">{escape(str(played.error))}</p>')
    return "".join([*parts, "</section>"])


def _candidate(rank: int, output: Output) -> str:
    made = output.candidate
    about = []
    if made is not None:
        about = [made.method or "", f"{made.tokens} tokens" if made.tokens else ""]
    line = " · ".join([f"#{rank}", f"rank score {output.rank_score:.3f}", *(a for a in about if a)])
    return (
        f'<div class="candidate"><span class="meta">{escape(line)}</span>'
        f"<p>{escape(output.text)}</p>{_verdict(output.verdict)}{_scores(output.scores)}</div>"
    )


def _verdict(verdict: Verdict) -> str:
    name = str(verdict.decision)
    detectors = ", ".join(verdict.detectors) or "none"
    rows = "".join(
        "<tr>"
        f"<td>{escape(f.category.value)}{escape('/' + f.subcategory if f.subcategory else '')}</td>"
        f"<td class=value>{f.severity.name.lower()}</td>"
        f"<td class=value>{'' if f.probability is None else f'{f.probability:.2f}'}</td>"
        f"<td>{escape(f.detector)}</td>"
        f"<td>{escape(f.explanation.en if f.explanation else '')}</td></tr>"
        for f in verdict.findings
    )
    table = ""
    if rows:
        head = "<tr><th>found<th>severity<th>probability<th>detector<th>why</tr>"
        table = f"<table>{head}{rows}</table>"
    reasons = "".join(f'<div class="meta">{escape(r)}</div>' for r in verdict.reasons() if name != "allow")
    return (
        f'<span class="badge {name}">{name}</span>'
        f'<span class="meta">{verdict.status.value}, {verdict.latency_ms:.1f} ms, screened by '
        f"{escape(detectors)} under policy {escape(verdict.policy)}</span>{reasons}{table}"
    )


def _scores(scores: Sequence[Score]) -> str:
    if not scores:
        return ""
    rows = "".join(
        f"<tr><td>{escape(s.metric)}</td><td class=value>{_value(s)}</td>"
        f"<td>{escape(s.explanation or s.reason or '')}</td></tr>"
        for s in scores
    )
    head = "<tr><th>score<th>value<th>how it was reached</tr>"
    return f"<details><summary>{len(scores)} scores</summary><table>{head}{rows}</table></details>"


def _value(score: Score) -> str:
    return "—" if score.value is None else f"{score.value:.3g} {escape(score.unit)}"


def _trace(result: Result, played: Played) -> str:
    trace = result.trace
    times = ", ".join(f"{name} {ms:.1f} ms" for name, ms in trace.timings_ms.items())
    used = "; ".join(f"{u.bundle} @ {u.digest[:12]} on {u.provider}" for u in trace.usage) or "no model"
    first = "" if played.first_text_s is None else f" · first text after {played.first_text_s * 1e3:.0f} ms"
    return (
        f'<details><summary>how it came about</summary><p class="meta">{escape(trace.plugin)} · '
        f"{escape(used)} · seed {trace.seed} · attempts {trace.attempts}{first}<br>{escape(times)}</p></details>"
    )


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
