"""An edition of the exercises with other numbers, so that last year's answers do not fit.

    python classroom/edition.py SEED      print the answers of that edition

What can vary are the exercises that ask for a number, 06.3, and the order of a quiz's
letters; whoever writes a function has to make it right for any input anyway.
`python tools/parcels.py student --seed SEED` hands such an edition out.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

import nbformat
import numpy as np

from nn_helpers import (
    Network,
    checks,
    load_digits,
    one_hot,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
)
from nn_helpers.checks import (
    lesson_01,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
    lesson_10,
    numbers,
)

LESSONS = Path(__file__).resolve().parent.parent / "notebooks"
OWN = dict(numbers.use({}))  # the series' own numbers
WORDS = {4: "four", 5: "five", 8: "eight", 10: "ten", 20: "twenty"}
APART = 0.015  # the nearest wrong answer to the right one; no check allows as much

# What gives (the right number, {bug: wrong ones}) from the numbers of an exercise.
ANSWERS = {
    "01.1": lesson_01.distances, "03.2": lesson_03.counts, "04.1": lesson_04.surprises,
    "05.1": lesson_05.rates, "06.1": lesson_06.roads, "07.2": lesson_07.places,
    "08.5": lesson_08.updates, "10.2": lesson_10.rises,
}  # fmt: skip

# The words of a lesson in which the numbers stand.
PHRASES = {
    "01.1": "w = ({w[0]}, {w[1]}) and b = {b}. How far is the point ({x[0]}, {x[1]})",
    "02.1": "climb straight to level {level} at x = 2",
    "03.2": "can a network {sizes[0]}-{sizes[1]}-{sizes[2]} change",
    "04.1": "gives each of *{word}* classes the probability {share:g}",
    "05.1": "The loss $L = {factor} w^2$ has the slope ${slope} w$",
    "06.1": "weights {weights[0]} and {weights[1]}. The walk has arrived at the deltas "
    "{deltas[0]} and {deltas[1]}.",
    "06.3": "nn_helpers.Network([64, 8, 10], rng=np.random.default_rng({seed}))",
    "07.2": "the loss $(w - {minimum})^2$, whose slope is $2(w - {minimum})$. It starts "
    "at w = {start}, and the learning rate is {rate}.",
    "08.5": "A set has {rows:,} rows; the batches have {batch_size}, and what is left makes "
    "a last, smaller one. How many updates are {count} passes",
    "10.2": "the slopes {slopes[0]}, {slopes[1]}, {slopes[2]} and {slopes[3]}; epsilon is "
    "{epsilon}.",
}
COUNTS = {3: "three", 4: "four", 5: "five"}


def phrase(number, values):
    """The words of an exercise with these numbers."""
    more = {}
    if number == "04.1":
        more = {"word": WORDS[values["classes"]], "share": 1 / values["classes"]}
    if number == "05.1":
        more = {"slope": 2 * values["factor"]}
    if number == "08.5":
        more = {"count": COUNTS[values["passes"]]}
    return PHRASES[number].format(**values, **more)


def draw(seed):
    """{exercise: numbers} of the edition that this seed makes.

    Raises SystemExit for a seed that is no whole number from 0 on.
    """
    if not str(seed).isdecimal():
        raise SystemExit(f"SEED is a whole number such as SEED=2027; got {seed!r}")
    rng = np.random.default_rng(int(seed))
    drawn = {number: _sound(number, rng) for number in (*ANSWERS, "02.1", "06.3")}
    for number in (n for n in OWN if n.endswith(".Q")):
        drawn[number] = {"order": _order(number, rng)}
    return dict(sorted(drawn.items()))


def _order(number, rng):
    """Another order of the letters, in which the right one has another letter."""
    right = _own_letter(number)
    while True:
        order = "".join(rng.permutation(list("abcd")))
        moved = order.index(right) != "abcd".index(right)
        # Lesson 00 shows how to answer, with a "d".
        if moved and not (number == "00.Q" and order[3] == right):
            return order


def _sound(number, rng):
    """Numbers whose right answer is new and far from every wrong one."""
    while True:
        values = _drawn(number, rng)
        if number == "06.3":
            shut = _shut(values)  # and not the [0, 5] that the text shows
            new = 2 <= len(shut) <= 5 and shut not in ([0, 5], _shut(OWN[number]))
            if new and _as_the_lesson_says(values):
                return values
        elif number == "02.1":
            if values != OWN[number]:
                return values
        else:
            right, wrong = ANSWERS[number](**values)
            old, _ = ANSWERS[number](**OWN[number])
            others = [old, *np.hstack([np.ravel(v) for v in wrong.values()])]
            if min(abs(right - other) for other in others) > APART:
                return values


def _drawn(number, rng):
    def one(*choices):
        return choices[rng.integers(len(choices))]

    if number == "01.1":
        w = list(one((3, 4), (4, 3), (6, 8), (8, 6), (5, 12), (12, 5)))
        x = rng.integers(2, 10, 2).tolist()
        return {"w": w, "b": -int(rng.integers(3, 20)), "x": x}
    if number == "02.1":
        return {"level": int(rng.integers(3, 8))}
    if number == "03.2":
        return {"sizes": [64, int(rng.integers(12, 60)), 10]}
    if number == "04.1":
        return {"classes": one(4, 5, 8, 20)}
    if number == "05.1":
        return {"factor": one(2, 5, 8, 10, 16, 20)}
    if number == "06.1":
        weights, deltas = rng.integers(2, 10, (2, 2)) / 10
        signs = rng.choice([-1, 1], 2)
        return {"weights": [weights[0].item(), (weights[1] * signs[0]).item()],
                "deltas": [(deltas[0] * signs[1]).item(), deltas[1].item()]}  # fmt: skip
    if number == "06.3":
        return {"seed": int(rng.integers(1000))}
    if number == "07.2":
        minimum, step = int(rng.integers(2, 9)), int(rng.integers(2, 7))
        return {
            "minimum": minimum,
            "start": minimum - step,
            "rate": one(0.1, 0.2, 0.25, 0.4),
        }
    if number == "08.5":
        size = one(20, 40, 50, 60, 80)
        rows = size * int(rng.integers(8, 30)) + int(rng.integers(1, size // 2))
        return {"rows": rows, "batch_size": size, "passes": one(3, 4, 5)}
    slopes = (rng.choice(np.arange(1, 10), 3, replace=False) / 10).tolist()
    return {
        "slopes": [slopes[0], -slopes[1], 0, slopes[2]],
        "epsilon": one(0.1, 0.2, 0.3, 0.5),
    }


def _shut(values):
    """The hidden neurons of the suspect that are shut for the 3 of the lessons."""
    before = numbers.use({"06.3": values})
    network = checks.suspect_network()
    numbers.use(before)
    network.forward(load_digits()[0][3:4])
    return np.flatnonzero(network.layers[0].Z[0] <= 0).tolist()


def in_words(answer):
    """An answer as one writes it."""
    if not isinstance(answer, float):
        return str(answer)
    return f"{answer:,.0f}" if answer == round(answer) else f"{answer:.4g}"


def _as_the_lesson_says(values):
    """Against wrong slopes a step lowers the loss all the same, only less."""
    (digits, labels), before = load_digits(), numbers.use({"06.3": values})
    X, Y, fallen = digits[:10], one_hot(labels[:10], 10), []
    rng = np.random.default_rng(values["seed"])
    for network in (checks.suspect_network(), Network([64, 8, 10], rng=rng)):
        Z = network.forward(X)
        network.backward(softmax_cross_entropy_grad(Z, Y))
        for _, array, slope in network.parameters():
            array -= 0.1 * slope
        after = softmax_cross_entropy(network.forward(X), Y)
        fallen.append(softmax_cross_entropy(Z, Y) - after)
    numbers.use(before)
    return 0.005 < fallen[0] < fallen[1] - 0.005


def answers(drawn):
    """{exercise: the right answer} of an edition, for those that vary."""
    right = {number: float(f(**drawn[number])[0]) for number, f in ANSWERS.items()}
    level = drawn["02.1"]["level"]
    right["02.1"] = [level, -level, -level, level]
    right["06.3"] = _shut(drawn["06.3"])
    for number in (n for n in drawn if n.endswith(".Q")):
        right[number] = "abcd"[drawn[number]["order"].index(_own_letter(number))]
    return dict(sorted(right.items()))


def _own_letter(number):
    before = numbers.use({number: OWN[number]})
    try:
        return next(x for x in "abcd" if checks.passes(number, x))
    finally:
        numbers.use(before)


def mark(drawn):
    """What an edition's notebooks carry; it gives nothing of the seed away."""
    text = json.dumps(drawn, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def fits(notebook, lesson, drawn):
    """Whether a notebook is of this edition ({} for the lessons as they are).

    By its mark; where some program has dropped that, by the order of its quiz.
    """
    data = notebook.metadata.get("nn_helpers")
    if isinstance(data, dict) and "edition" in data:
        return data["edition"] == (mark(drawn) if drawn else None)
    number = f"{lesson}.Q"
    (path,) = LESSONS.glob(f"{lesson}_*.ipynb")
    own = options(nbformat.read(path, as_version=4), number)
    order = (OWN | drawn)[number]["order"]
    here = options(notebook, number)
    return not here or here == [own["abcd".index(letter)] for letter in order]


def options(notebook, number):
    """The sentences of a quiz in the order in which a notebook has them."""
    texts = (
        str(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"
    )
    quiz = next((text for text in texts if f"**Quiz {number}." in text), "")
    return re.findall(r"^- [a-d]\) (.+)$", quiz, re.M)


def rewrite(notebook, lesson, drawn):
    """Put an edition's numbers into the text and code of a lesson, in place."""
    for number in (n for n in drawn if n.startswith(f"{lesson}.")):
        mark = f"**Quiz {number}."
        if not number.endswith(".Q"):
            mark, new = (phrase(number, n[number]) for n in (OWN, drawn))
        places = [cell for cell in notebook.cells if mark in cell.source]
        if len(places) != 1:
            raise SystemExit(f"{len(places)} cells of lesson {lesson} say {mark!r}")
        (cell,) = places
        if number.endswith(".Q"):
            cell.source = _reordered(cell.source, drawn[number]["order"])
        else:
            cell.source = cell.source.replace(mark, new)
    return notebook


def _reordered(text, order):
    options = dict(re.findall(r"^- ([a-d])\) (.+)$", text, re.M))
    if len(options) != len(order):
        raise SystemExit(f"a quiz without the options {', '.join(sorted(order))}")
    said = iter([f"- {x}) {options[o]}" for x, o in zip("abcd", order, strict=True)])
    return re.sub(r"^- [a-d]\) .+$", lambda _: next(said), text, flags=re.M)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed")
    drawn = draw(parser.parse_args().seed)
    for number, answer in answers(drawn).items():
        print(f"{number}  {checks.EXERCISES[number].topic}: {in_words(answer)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
