"""Measures the name search beside others: `python -m bench.search`, two to three minutes.

Half of the real names, never looked at while tuning, and composed names from a vocabulary of their
own are searched with questions made by seeded slips. Shares are of the unambiguous questions.
"""

import argparse
import resource
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from bench.names import composed_names, real_names, vocabulary
from bench.queries import Question, questions
from bench.rivals import METHODS, Method
from domain.search import Named

_SEED: Final = 20260
_COMPOSED_FROM: Final = 1_000_000
_HEADER: Final = "top1 top5   ms  p95"


@dataclass(frozen=True, slots=True)
class Try:
    """One question asked of one method: the place of the right name (0 first) and the time."""

    question: Question
    place: int | None
    milliseconds: float


def held_out(count: int) -> list[Named]:
    """Names nothing was tuned on: every other real one, then composed ones up to `count`."""
    real = real_names()[1::2][:count]
    composed = composed_names(vocabulary("heldout"), count - len(real), _SEED)
    return real + [replace(named, key=named.key + _COMPOSED_FROM) for named in composed]


def asked(method: Method, wanted: Sequence[Question]) -> list[Try]:
    """Every question asked once, after one that warms the method up."""
    method.find(wanted[0].text)
    return [_asked(method, question) for question in wanted]


def share(tries: Sequence[Try], places: int) -> float:
    """The percentage of unambiguous questions whose right name is among the first `places`."""
    clear = [a_try for a_try in tries if a_try.question.unambiguous]
    right = sum(a_try.place is not None and a_try.place < places for a_try in clear)
    return 100 * right / len(clear)


def _asked(method: Method, question: Question) -> Try:
    begin = perf_counter()
    keys = method.find(question.text)
    spent = 1000 * (perf_counter() - begin)
    return Try(question, keys.index(question.key) if question.key in keys else None, spent)


def _measured(count: int, per_kind: int) -> None:
    names = held_out(count)
    methods = {name: _built(name, names) for name in METHODS}
    wanted = questions(names, per_kind, _SEED)
    results = {name: asked(method, wanted) for name, method in methods.items()}
    clear = sum(question.unambiguous for question in wanted)
    print(f"{count} names, {len(wanted)} questions, {clear} of them unambiguous\n")
    _print_table(results)


def _built(name: str, names: Sequence[Named]) -> Method:
    before, begin = _memory(), perf_counter()
    method = METHODS[name](names)
    spent, grown = perf_counter() - begin, _memory() - before
    print(f"{name} built in {spent:.2f} s, memory grown by {grown} MB", flush=True)
    return method


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _print_table(results: dict[str, list[Try]]) -> None:
    print(f"{'kind (unambiguous)':24}" + "".join(f"{name:>24}" for name in results))
    print(" " * 24 + f"{_HEADER:>24}" * len(results))
    kinds = defaultdict(list)
    for tries in results.values():
        for a_try in tries:
            kinds[a_try.question.kind].append(a_try)
    for kind in kinds:
        print(
            _row(kind, {n: [t for t in r if t.question.kind == kind] for n, r in results.items()})
        )
    print(_row("all", results), "\n", flush=True)


def _row(kind: str, results: dict[str, list[Try]]) -> str:
    clear = sum(a_try.question.unambiguous for a_try in next(iter(results.values())))
    return f"{f'{kind} ({clear})':24}" + "".join(f"{_figures(r):>24}" for r in results.values())


def _figures(tries: Sequence[Try]) -> str:
    times = [a_try.milliseconds for a_try in tries]
    slow = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    clear = any(a_try.question.unambiguous for a_try in tries)
    shares = f"{share(tries, 1):4.0f} {share(tries, 5):4.0f}" if clear else "   -    -"
    return f"{shares} {median(times):6.1f} {slow:6.1f}"


def main() -> None:
    """Prints a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_132, 100_000])
    parser.add_argument("--per-kind", type=int, nargs="+", default=[50, 4], help="for each size")
    options = parser.parse_args()
    for count, per_kind in zip(options.sizes, options.per_kind, strict=True):
        _measured(count, per_kind)


if __name__ == "__main__":
    main()
