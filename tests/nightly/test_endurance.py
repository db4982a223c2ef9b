"""What takes minutes: interrupts of a real kernel, and live figures moved for long.

`make test LEG=nightly`, together with 20,000 hostile calls (tests/test_hostile.py).
"""

import gc
import time
import tracemalloc

import jupyter_client
import numpy as np
from support import lessons, run_in_process

from nn_helpers.live import LiveFigure
from nn_helpers.viz.knobs import Measure, Pad
from nn_helpers.viz.playground import Playground

MOVES, BURST, INTERRUPTS, AGAIN = 1000, 200, 50, 50

TRAINING = """
import numpy as np
import nn_helpers as nn
X, y = nn.make_spirals(300, rng=np.random.default_rng(0))
Y = nn.one_hot(y, 3)
network = nn.Network([2, 16, 16, 3], rng=np.random.default_rng(1))
optimizer = nn.Adam(0.003)
def run(epochs):
    return nn.train(network, X, Y, loss=nn.softmax_cross_entropy, optimizer=optimizer,
                    batch_size=10, epochs=epochs, rng=np.random.default_rng(2),
                    validation=(X, Y))
run(1)
"""
IN_ORDER = """
lengths = {len(history.loss), len(history.validation_loss), len(history.validation_accuracy)}
assert len(lengths) == 1, lengths
assert history.stopped.startswith("interrupted in epoch"), history.stopped
assert all(np.isfinite(array).all() for _, array, _ in network.parameters())
assert run(1).stopped == "finished all 1 epochs"
print("in order", *lengths)
"""


class Kernel:
    """A real kernel; each piece of code ends with a reply that is waited for."""

    def __enter__(self):
        self.manager, self.client = jupyter_client.manager.start_new_kernel()
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def start(self, code):
        """Send code, and return once the kernel is at it."""
        number = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            mine = message["parent_header"].get("msg_id") == number
            if mine and message["msg_type"] == "execute_input":
                return number

    def end(self, number):
        """Wait for the reply; return its status and what was printed meanwhile."""
        printed = ""
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != number:
                continue
            printed += message["content"].get("text", "")
            if message["content"].get("execution_state") == "idle":
                break
        while (reply := self.client.get_shell_msg(timeout=60)) is not None:
            if reply["parent_header"].get("msg_id") == number:
                return reply["content"], printed

    def run(self, code):
        content, printed = self.end(self.start(code))
        assert content["status"] == "ok", "\n".join(content.get("traceback", []))
        return printed


def test_a_kernel_interrupted_at_random_moments_keeps_all_in_order():
    rng, epochs = np.random.default_rng(), []
    with Kernel() as kernel:
        kernel.run(TRAINING)
        for _ in range(INTERRUPTS):
            number = kernel.start("history = run(10**9)")
            time.sleep(rng.uniform(0.02, 0.25))
            kernel.manager.interrupt_kernel()
            content, _ = kernel.end(number)
            assert content["status"] == "ok", content.get("ename")
            epochs.append(int(kernel.run(IN_ORDER).split()[-1]))
    assert len(set(epochs)) > 5, "the moments were no different"


def random_state(picture, rng):
    return {
        name: knob.values[rng.integers(len(knob.values))]
        for name, knob in picture.knobs.items()
        if not isinstance(knob, Measure)
    }


def moved(shown, state):
    for name, value in state.items():
        shown.controls[name].value = value


@lessons
def test_a_thousand_random_moves_leave_the_last_state_and_no_memory(path):
    rng = np.random.default_rng(7)
    for picture in run_in_process(path)[1]:
        if not picture.knobs:
            continue
        pad = any(isinstance(knob, Pad) for knob in picture.knobs.values())
        if pad or isinstance(picture, Playground):
            continue  # programs, not figures: tests/browser drives them
        shown = LiveFigure(picture)
        start = shown.image.value, shown.words.value
        # From here, since a kept picture that another replaces has to count as freed.
        tracemalloc.start()
        for _ in range(MOVES // 10):  # what is kept for good is kept by now
            moved(shown, random_state(picture, rng))
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(MOVES):
            state = random_state(picture, rng)
            moved(shown, state)
        for _ in range(BURST):
            state = random_state(picture, rng)
            moved(shown, state)
        kept = shown.image.value, shown.words.value
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        assert grown < 5e6, f"{grown / 1e6:.1f} MB more"
        now = shown.state()
        assert all(now[name] == value for name, value in state.items())
        moved(shown, picture.start)
        assert (shown.image.value, shown.words.value) == start
        moved(shown, state)
        assert (shown.image.value, shown.words.value) == kept
        shown.close()


FIGURE = """
import gc, numpy as np, ipywidgets, matplotlib.figure
from nn_helpers import viz
from nn_helpers.live import figure, play
def count():
    gc.collect()
    there = gc.get_objects()
    return (sum(isinstance(o, matplotlib.figure.Figure) for o in there),
            sum(isinstance(o, ipywidgets.Widget) for o in there))
"""


def test_a_cell_run_fifty_times_leaks_nothing():
    with Kernel() as kernel:
        kernel.run(FIGURE)
        show = "play(viz.kink_fitter(np.array([0, 0.2, 0.9, 0.1, 0.4])))"
        kernel.run(show)
        before = kernel.run("print(*count())")
        for _ in range(AGAIN):
            kernel.run(show)
        assert kernel.run("print(*count())") == before


def test_of_a_burst_of_messages_the_last_wins():
    """As a front end sends them: 200 messages, none of which waits for an answer."""
    with Kernel() as kernel:
        kernel.run(FIGURE)
        kernel.run("play(viz.kink_fitter(np.array([0, 0.2, 0.9, 0.1, 0.4])))")
        kernel.run(
            "(shown,) = [f for fs in figure._on_display.values() for f in fs]\n"
            "slider = shown.controls['k']"
        )
        model = kernel.run("print(slider.model_id)").strip()
        low, high = map(int, kernel.run("print(slider.min, slider.max)").split())
        values = np.random.default_rng(3).integers(low, high + 1, BURST).tolist()
        for value in values:
            data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
            message = kernel.client.session.msg(
                "comm_msg", {"comm_id": model, "data": data}
            )
            kernel.client.shell_channel.send(message)
        said = kernel.run(
            "image = shown.image.value\n"
            f"other = viz.kink_fitter(np.array([0, 0.2, 0.9, 0.1, 0.4]))\n"
            f"other.draw(k={values[-1]})\n"
            "print(slider.value, other.caption() in shown.words.value,"
            " image == shown._draw(k=slider.value)[0])"
        )
    assert said.split() == [str(values[-1]), "True", "True"]
