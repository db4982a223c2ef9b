"""What lesson 11 asks: images that move, and what a network is good for."""

import re

import numpy as np

from nn_helpers.activations import softmax
from nn_helpers.checks.answer import Stop
from nn_helpers.checks.properties import Original, careful, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise
from nn_helpers.datasets import load_digits
from nn_helpers.preprocessing import shift_images, split
from nn_helpers.pretrained import load_digits_network
from nn_helpers.training import accuracy


def moved_images(answer):
    """To move the image to the right, you may as well move your window to the left.

    Which rows and columns of the old image are still seen? Where do they stand now?

    Similar: to move a list a = [5, 6, 7] by one to the right: new = np.zeros(3), then
    new[1:] = a[:-1].
    """
    rng = np.random.default_rng(11)
    for m in (3, 1):
        X = rng.uniform(0.1, 1, (m, 64))
        for right, down in ((2, 1), (1, 0), (0, -2), (-3, 3), (0, 0), (5, -6)):
            found, wanted = (
                answer.numbers(X, right, down),
                shift_images(X, right, down),
            )
            yield from shaped("It", found, wanted)
            rolled = np.roll(X.reshape(-1, 8, 8), (down, right), (1, 2)).reshape(m, 64)
            held = _held(X, right, down)
            bugs = {
                "wraps_around": same(found, rolled),
                "rolled_flat": same(found, np.roll(X, 8 * down + right, axis=1)),
                "other_way": same(found, shift_images(X, -right, -down)),
                "rows_for_columns": same(found, shift_images(X, down, right)),
                "one_axis_flipped": same(found, shift_images(X, right, -down))
                or same(found, shift_images(X, -right, down)),
                "edge_repeated": same(found, held),
                "not_moved": same(found, X),
                "fractions_lost": same(found, np.trunc(wanted)),
                "paper_not_0": _same_ink(found, right, down, wanted),
                "one_direction": same(found, shift_images(X, right, 0))
                or same(found, shift_images(X, 0, down)),
                "one_step": same(
                    found, shift_images(X, *np.sign([right, down]).tolist())
                ),
                "another_shift": True,
            }
            yield "every pixel stands where it should", same(found, wanted), bugs
    yield from careful(answer)


def _same_ink(found, right, down, wanted):
    """Whether all that was in view before is in its place, whatever came in."""
    if found.shape != wanted.shape:
        return False
    seen = shift_images(np.ones(wanted.shape), right, down) > 0
    return same(found[seen], wanted[seen])


def _held(X, right, down):
    """Moved, with what stood at the edge drawn out instead of paper."""
    places = np.arange(8)
    rows, columns = (np.clip(places - by, 0, 7) for by in (down, right))
    return X.reshape(-1, 8, 8)[:, rows][:, :, columns].reshape(len(X), 64)


CARD = ("Reads", "Drawn by", "Not drawn by", "Accuracy", "Moved by a pixel", "Not for")


def model_card(answer):
    """Whoever picks up your network has only this card. What would you want to know?

    Who drew the images, in which form, and who did not? Which numbers did you measure
    in this lesson, and on which images?

    Similar, for a scale: "Weighs: letters up to 2 kg. Off by: 1 g, tried with 20 letters.
    Not for: parcels, medicine."
    """
    lines = _card_lines(answer)
    told = {name: words for name, words in lines.items() if words.strip(" .")}
    if not told:
        raise Stop("untouched")
    missing = [name for name in CARD if name not in told]
    if missing:
        raise Stop("unfinished", None, f"Still open: {', '.join(missing)}.")
    for name in ("Reads", "Not drawn by", "Not for"):
        if len(re.findall(r"\w+", told[name])) < 2:
            raise Stop("failed", "card_one_word", f"'{name}':")
    people = re.search(r"\b(13|thirteen)\b", told["Drawn by"], re.I)
    yield "it says who drew the digits", bool(people), {"card_people": True}
    (X, y), network = _test_digits(), load_digits_network()
    every = [accuracy(network.predict(X), y)]
    one_off = _moved_shares(network, X, y)
    for name, shares, others in (
        ("Accuracy", every, one_off),
        ("Moved by a pixel", one_off, every),
    ):
        found = _shares(told[name])
        right = any(abs(f - share) <= 0.0051 for f in found for share in shares)
        swapped = any(abs(f - share) <= 0.0051 for f in found for share in others)
        bugs = {"card_no_number": not found, "card_swapped": swapped}
        yield f"{name}: agrees with the reader", right, {**bugs, "card_number": True}


def _moved_shares(network, X, y):
    """Right when moved by one pixel: each way, sideways, up or down, four and eight ways."""
    ways = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]
    each = [accuracy(network.predict(shift_images(X, *way)), y) for way in ways]
    groups = each[:2], each[2:4], each[:4], each
    return [*each[:4], *(sum(group) / len(group) for group in groups)]


def _card_lines(card):
    """{name: words} of a text of lines "Name: words"; a line without a name goes on."""
    if not isinstance(card, str):
        raise Stop("failed", "not_a_card", "")
    known = {name.lower(): name for name in CARD}
    known |= {f"moved by {one} pixel": "Moved by a pixel" for one in ("one", "1")}
    found, last = {}, None
    for line in card.splitlines():
        name, colon, words = line.partition(":")
        # Whatever marks a list, or bold letters, does not belong to the name.
        name = (
            known.get(re.sub(r"^[\W\d_]+|[\W_]+$", "", name).lower()) if colon else None
        )
        if name:
            found[name], last = words.strip(" *_"), name
        elif last:
            found[last] += " " + line.strip()
    if not found:
        raise Stop("failed", "not_a_card", "")
    return found


def _shares(words):
    """Every number of a line as a share right: 97.2 %, 0.972, 349 of 359, 10 wrong of 359."""
    words = re.sub(r"(\d),(\d)", r"\1.\2", words)  # 97,2
    return [share for part in re.split(r"[,;()]", words) for share in _in_part(part)]


def _in_part(words):
    ratio = r"(\d+)\s*(?:[a-z]+\s+)?(?:of|/|out of)\s*(?:the\s+|all\s+)?(\d+)"
    parts = [int(a) / int(b) for a, b in re.findall(ratio, words) if int(b)]
    plain = map(float, re.findall(r"\d*\.?\d+", re.sub(ratio, "", words)))
    shares = [n if n <= 1 else n / 100 for n in plain] + parts
    if re.search(r"\b(right|correct)", words, re.I):
        return shares
    # "2.8 % wrong" says as much as "97.2 % right".
    wrong = re.search(r"\b(wrong|error|mistake|misread|fail)", words, re.I)
    return [1 - share for share in shares] if wrong else shares


def _test_digits():
    parts = split(*load_digits(), (0.8, 0.2), np.random.default_rng(7))
    return parts[1]


def looked_at_nine_times(answer):
    """Ask the network nine times about each image, and let it average its answers.

    Which nine images belong to one row? What is averaged: the images, or what is said
    of them?

    Similar: three thermometers, read at two hours, A of shape (3, 2): A.mean(axis=0) has
    one mean for each hour.
    """
    places = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    for m, classes, seed, sure in ((4, 3, 1, 1), (1, 5, 2, 1), (10, 10, 3, 12)):
        rng = np.random.default_rng(seed)
        network = Original([64, 6, classes], "tanh", rng=rng)
        network.layers[-1].W *= sure  # so that some rows are sure of their class
        X = rng.random((m, 64)).round(1)
        found = answer.numbers(network, X)
        moved = [shift_images(X, *place) for place in places]
        each = [network.predict_proba(images) for images in moved]
        wanted = np.mean(each, axis=0)
        yield from shaped("P", found, wanted)
        others = [P for P, place in zip(each, places, strict=True) if place != (0, 0)]
        cross = [
            P for P, (i, j) in zip(each, places, strict=True) if abs(i) + abs(j) < 2
        ]
        scores = np.mean([network.forward(images) for images in moved], axis=0)
        bugs = {
            "summed_for_mean": same(found, np.sum(each, axis=0)),
            "images_averaged": same(
                found, network.predict_proba(np.mean(moved, axis=0))
            ),
            "only_as_it_is": same(found, network.predict_proba(X)),
            "itself_missing": same(found, np.mean(others, axis=0)),
            "corners_missing": same(found, np.mean(cross, axis=0)),
            "scores_averaged": same(found, scores) or same(found, softmax(scores)),
            "votes": same(
                found,
                np.mean([np.eye(classes)[p.argmax(axis=1)] for p in each], axis=0),
            ),
            "another_mean": True,
        }
        yield "P: agrees with the mean of nine", same(found, wanted), bugs
        one = np.allclose(found.sum(axis=1), 1)
        yield "each row sums to 1", one, {"another_mean": True}
    yield from careful(answer)


def closing_quiz(answer):
    """What was the test set a sample of?"""
    yield from quiz(
        "11.Q",
        answer,
        "c",
        {
            "a": "Who reads 97 in 100 of a kind misses five of ten about once in 200,000 times.",
            "b": "Overfitting shows on unseen digits of the same kind; these it reads.",
            "c": "a test set speaks for images like its own, and yours are none",
            "d": "More of the same digits have the same height, place and pen; ours do not.",
        },
    )


EXERCISES = {
    "11.1": Exercise("moved images", "complete", "f(X, right, down)", moved_images),
    "11.2": Exercise("a model card", "write", "a text", model_card),
    "11.3": Exercise(
        "nine looks at one image", "extend", "f(network, X)", looked_at_nine_times
    ),
    "11.Q": Exercise("97 % of what?", "quiz", "a letter", closing_quiz),
}
