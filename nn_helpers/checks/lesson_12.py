"""What lesson 12 asks: settings of the playground, judged by running them."""

import dataclasses

from nn_helpers.checks.answer import Stop
from nn_helpers.checks.properties import quiz
from nn_helpers.checks.verdict import Exercise
from nn_helpers.playground import Session, Setting

ENOUGH = 0.95  # of the test points
BROKEN = 0.6  # training loss; guessing has ln 2 = 0.693
BASE = "data=moons layers=8 rate=0.3 seed=5"


def _setting(answer):
    """The setting of a line, or a sentence about what is wrong with it."""
    if not isinstance(answer, str | Setting):
        raise Stop("failed", "not_a_line", "")
    line = str(answer).strip("\"'` \n")
    if not line.strip("."):
        raise Stop("unfinished", None, "The line is still empty.")
    try:
        return Setting.parse(line)
    except (ValueError, TypeError) as error:
        raise Stop("failed", "not_a_setting", f"{error}.") from None


def _run(setting, epochs):
    session = Session(setting)
    session.epoch(epochs)
    correct, tested = session.right()
    return session, correct / len(session.X), tested / max(1, len(session.X_test))


def fewest_neurons(answer):
    """One hidden neuron bends the plane along one line. How many lines does XOR need?

    Which words of the line hold the data, the hidden layer and the rate? Which of them
    may you leave out?

    Similar: for two points, data=own own=0,0,0;1,1,1 layers=0 batch=1 rate=1 is enough.
    """
    setting = _setting(answer)
    yield "the data are XOR", setting.data == "xor", {"other_data": True}
    plain = setting.inputs == "xy"
    yield "the inputs are x0 and x1", plain, {"inputs_do_it": True}
    as_asked = setting.noise >= 0.2 and setting.points == 100
    yield (
        "noise and points are no easier than they came",
        as_asked,
        {"easier_data": True},
    )
    neurons = sum(setting.layers)
    yield "it has a hidden layer", neurons > 0, {"no_hidden_layer": True}
    _, _, tested = _run(setting, 100)
    bugs = {
        "one_neuron": neurons == 1,
        "layers_without_bend": setting.activation == "identity",
        "starts_at_0": setting.start == "zero",
        "unlucky_start": setting.layers == (2,),
        "not_learned": True,
    }
    yield "95 % of the test points are correct after 100 epochs", tested >= ENOUGH, bugs
    yield "two hidden neurons do it", neurons == 2, {"fewer_do": True}


def one_word_breaks_it(answer):
    """Which knobs decide whether any slope comes back, and how far a step goes?

    Take one word of the line at a time, as far as it may go (a rate above 0, a decay
    up to 1): which start, which rate, which decay leaves nothing to learn with?

    Similar: to spoil a soup, one ingredient will do: a spoon of salt, or none at all.
    """
    setting, base = _setting(answer), Setting.parse(BASE)
    changed = [
        field.name
        for field in dataclasses.fields(setting)
        if getattr(setting, field.name) != getattr(base, field.name)
    ]
    data = {"data", "points", "noise", "own", "sample"} & set(changed)
    yield "the data are as they were", not data, {"other_data_12": True}
    yield "something is changed", bool(changed), {"nothing_changed": True}
    if len(changed) > 1:
        raise Stop("failed", "several_words", f"Changed are {', '.join(changed)}:")
    session, _, _ = _run(setting, 50)
    broken = bool(session.stopped) or session.losses[-1] >= BROKEN
    # A run that breaks may be chaotic: its digits are another machine's, too.
    loss = f"a training loss of {session.losses[-1]:.2f}"
    about = "its training loss" if broken else loss
    yield f"{about}: is not below 0.6", broken, {"still_learns": True}


def few_parameters(answer):
    """Two inputs, three classes: count the parameters of one layer of n neurons.

    With how many neurons, 8 at most, do you stay within 60? Which optimiser and which
    rate get there in time?

    Similar: a 2-4-3 network has 2*4 + 4 + 4*3 + 3 = 27 parameters.
    """
    setting = _setting(answer)
    yield (
        "the data are spirals",
        setting.data == "spirals",
        {"other_data_spirals": True},
    )
    as_asked = setting.points == 300 and setting.noise >= 0.1
    yield (
        "noise and points are no easier than they came",
        as_asked,
        {"easier_spirals": True},
    )
    session, _, tested = _run(setting, 100)
    count = sum(array.size for _, array, _ in session.network.parameters())
    yield "it has at most 60 parameters", count <= 60, {"too_many_parameters": True}
    bugs = {"run_diverged": bool(session.stopped), "not_learned_spirals": True}
    yield "95 % of the test points are correct after 100 epochs", tested >= ENOUGH, bugs


def closing_quiz(answer):
    """Which of the two losses has seen the points that it is measured on?"""
    yield from quiz(
        "12.Q",
        answer,
        "b",
        {
            "a": "A high rate makes the training loss jump; here it falls all the way.",
            "b": "it fits what is particular to its twenty points, and pays on all others",
            "c": "A network too small leaves both losses high.",
            "d": "The test points never enter an update, whatever the batch.",
        },
    )


EXERCISES = {
    "12.1": Exercise("XOR with few neurons", "write", "a line", fewest_neurons),
    "12.2": Exercise("one word breaks it", "write", "a line", one_word_breaks_it),
    "12.3": Exercise("spirals on a diet", "write", "a line", few_parameters),
    "12.Q": Exercise("two losses part", "quiz", "a letter", closing_quiz),
}
