"""The samples as Markdown."""

from cases import Case, Load
from figures import FIGURES, number
from peers import BASELINE, PEERS, REFERENCES
from samples import Samples, Spread

_TITLES = {peer.key: peer.title for peer in (*PEERS, BASELINE)}
_GENERATOR_LIMIT = 0.95


def _is_limited(run: dict) -> bool:
    """The generator had hardly a moment to spare: the server could have done more."""
    return run["generatorCpu"] > _GENERATOR_LIMIT and not run["spin"]


def cell(spread: Spread | None, digits: int = 3) -> str:
    """The median, and from where to where it went."""
    if spread is None:
        return "-"
    middle, least, most = (number(value, digits) for value in (spread.middle, spread.least, spread.most))
    return middle if least == most else f"{middle} ({least}..{most})"


def markdown(rows: list[list[str]]) -> str:
    """A table; the first row is its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join(lines) + "\n"


def case_text(case: Case, samples: Samples) -> str:
    """Heading, table and notes of one case; nothing when it did not run."""
    rows = [_head(case, samples)]
    notes: list[str] = []
    for load in case.loads:
        for peer in samples.peers(load.key):
            rows.append(_row(case, load, peer, samples))
            notes += _notes(load, peer, samples)
    if len(rows) == 1:
        return ""
    text = f"### ({case.key}) {case.title}\n\n{markdown(rows)}"
    if case.across:
        text += "\n" + _across(case, samples)
    return text + "".join(f"\n- {note}" for note in notes) + ("\n" if notes else "")


def _references(case: Case, samples: Samples) -> list[str]:
    ran = {peer for load in case.loads for peer in samples.peers(load.key)}
    return [key for key in REFERENCES if key in ran]


def _head(case: Case, samples: Samples) -> list[str]:
    head = ["server"] + (["load"] if len(case.loads) > 1 else [])
    head += [FIGURES[name].title for name in case.figures]
    figure = FIGURES[case.figures[0]].title.split(",")[0]
    return head + [f"{figure} : {REFERENCES[key]}" for key in _references(case, samples)]


def _row(case: Case, load: Load, peer: str, samples: Samples) -> list[str]:
    row = [_TITLES[peer]] + ([load.title] if len(case.loads) > 1 else [])
    for name in case.figures:
        text = cell(samples.figure(load.key, peer, name), FIGURES[name].digits)
        limited = samples.any(load.key, peer, _is_limited)
        row.append(text + (" *" if FIGURES[name].more_is_better and limited and load.publishes else ""))
    for reference in _references(case, samples):
        ratio = samples.ratio((load.key, peer), (load.key, reference), case.figures[0])
        row.append("1" if peer == reference else "-" if ratio is None else number(ratio.middle))
    return row


def _notes(load: Load, peer: str, samples: Samples) -> list[str]:
    what = f"{_TITLES[peer]}{', ' + load.title if load.title else ''}"
    notes = [f"{what}: {error}" for error in samples.errors(load.key, peer)]
    counts = {
        "lost": "events lost",
        "repeated": "events twice or late",
        "broken": "connections broken",
        "refused": "requests refused",
        "unsent": "events not sent, as the server did not read",
    }
    for key, words in counts.items():
        if count := samples.total(load.key, peer, key):
            notes.append(f"{what}: {count:,} {words}")
    return notes


def _across(case: Case, samples: Samples) -> str:
    first, last = case.loads[0], case.loads[-1]
    rows = [[f"{last.title} : {first.title}"] + [FIGURES[name].title.split(",")[0] for name in case.across]]
    for peer in samples.peers(last.key):
        ratios = (samples.ratio((last.key, peer), (first.key, peer), name) for name in case.across)
        rows.append([_TITLES[peer], *("-" if ratio is None else cell(ratio) for ratio in ratios)])
    return markdown(rows)
