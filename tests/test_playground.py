"""The playground: its lines, its training, its presets, and the controls around it."""

import asyncio
import dataclasses
import html
import re

import numpy as np
import pytest
from support import drawn

import nn_helpers as nn
from nn_helpers import viz
from nn_helpers.live import LivePlayground
from nn_helpers.live import playground as live
from nn_helpers.playground import PRESETS, Session, Setting
from nn_helpers.viz.knobs import Choice

LINES = [
    "data=moons",
    "data=xor layers=0 rate=0.3",
    "points=20 noise=0.4 layers=8-8 optimizer=adam rate=0.02 batch=20 decay=0.5",
    "data=spirals points=300 noise=0.1 inputs=squares layers=4-2-8 activation=relu",
    "data=own own=0,0,0;1,1,1;-0.5,2,2 batch=2 start=large seed=3 sample=2",
    "rate=0.123456789 noise=0.3333333333333",
]


def trained(line, epochs, **changes):
    session = Session(dataclasses.replace(Setting.parse(line), **changes))
    session.epoch(epochs)
    return session


@pytest.mark.parametrize("line", [*LINES, *(p.line for p in PRESETS.values())])
def test_a_line_and_its_setting_are_one(line):
    setting = Setting.parse(line)
    assert Setting.parse(str(setting)) == setting
    assert len(str(setting)) < 120 and "\n" not in str(setting)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rate", "a setting is a line such as"),
        ("speed=3", "got 'speed=3'"),
        ("rate=0.1 rate=0.2", "set twice"),
        ("data=moon", "unknown data 'moon'"),
        ("points=0", "points must be a whole number from 1 to 400"),
        ("points=1000", "from 1 to 400"),
        ("points=1 batch=1", "at least one of each class"),
        ("noise=-1", "noise must be a number from 0 to 1"),
        ("noise=nan", "noise must be a number from 0 to 1"),
        ("layers=4-4-4-4", "at most 3 hidden layers"),
        ("layers=9", "from 1 to 8"),
        ("layers=4,4", "layers expected such as 8-4"),
        ("layers=", "layers expected"),
        ("rate=0", "rate must be a finite number > 0"),
        ("rate=inf", "rate must be a finite number > 0"),
        ("rate=fast", "rate expected a number, got 'fast'"),
        ("batch=101", "batch must be a whole number from 1 to 100"),
        ("decay=2", "decay must be a number from 0 to 1"),
        ("seed=-1", "seed must be 0 or more, got -1"),
        ("sample=-2", "sample must be 0 or more, got -2"),
        ("seed=1.5", "seed expected a whole number"),
        ("start=random", "unknown start"),
        ("data=own", "belong together"),
        ("own=0,0,0;1,1,1", "belong together"),
        ("data=own own=0,0;1,1", "own expected such as"),
        ("data=own own=0,0,0;1,1,0 batch=1", "classes 0 and 1, or 0, 1 and 2"),
        ("data=own own=0,0,0;1,1,2 batch=1", "got 0, 2"),
        ("data=own own=0,0,0;1,1,3 batch=1", "classes 0 and 1, or 0, 1 and 2"),
        ("data=own own=0,0,0;1,100,1 batch=1", "places from -10 to 10, got 100"),
        ("data=own own=0,0,0;1,nan,1 batch=1", "own must be finite"),
    ],
)
def test_what_is_no_setting_is_refused_by_name(line, words):
    with pytest.raises(ValueError, match=words):
        Setting.parse(line)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("line", LINES)
def test_the_training_is_that_of_train(line, optimizer):
    setting = dataclasses.replace(Setting.parse(line), optimizer=optimizer, rate=0.02)
    session = Session(setting)
    rng = np.random.default_rng([setting.seed, 2])
    X, Y = session.inputs(session.X), nn.one_hot(session.y, setting.classes)
    sizes = [X.shape[1], *setting.layers, setting.classes]
    twin = nn.Network(sizes, setting.activation, rng=rng)
    for layer in twin.layers:
        layer.W *= 5 if setting.start == "large" else 1
    kind = {"sgd": nn.SGD, "momentum": nn.Momentum, "adam": nn.Adam}[optimizer]
    history = nn.train(
        twin, X, Y, loss=nn.softmax_cross_entropy, batch_size=setting.batch, epochs=3,
        rng=rng, optimizer=kind(0.02, weight_decay=setting.decay),
    )  # fmt: skip
    assert history.stopped == "finished all 3 epochs"
    session.epoch(3)
    assert session.epochs == 3 and len(session.losses) == 4
    pairs = zip(session.network.parameters(), twin.parameters(), strict=True)
    for (_, ours, _), (_, theirs, _) in pairs:
        np.testing.assert_array_equal(ours, theirs)
    assert session.losses[-1] == nn.softmax_cross_entropy(twin.forward(X), Y)


def test_rewind_is_the_same_start_and_the_same_order():
    session = trained("layers=5-3 batch=7", 4)
    first = [array.copy() for _, array, _ in session.network.parameters()]
    losses = list(session.losses)
    session.rewind()
    assert session.steps == session.epochs == 0 and len(session.losses) == 1
    session.epoch(4)
    assert session.losses == losses
    for (_, array, _), kept in zip(session.network.parameters(), first, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_own_points_are_a_table_of_three_columns():
    for shape in ((2, 3, 4), (3,), (2, 4)):
        own = tuple(np.zeros(shape).tolist())
        with pytest.raises(ValueError, match="x0, x1, class, got shape"):
            Setting(data="own", own=own)


def test_lists_and_arrays_make_the_same_setting_as_tuples():
    points = ((0.0, 1.0, 0.0), (1.0, 1.0, 1.0))
    usual = Setting(data="own", own=points, layers=(2, 3), batch=1)
    for kind in (list, np.array):
        other = Setting(data="own", own=kind(points), layers=kind([2, 3]), batch=1)
        assert other == usual and hash(other) == hash(usual)
        assert Setting.parse(str(other)) == usual
    for name, value in (("layers", 4), ("own", 0.5), ("own", None)):
        with pytest.raises(ValueError, match=f"{name} must be a tuple, got {value}"):
            Setting(**{name: value})


def test_test_points_are_others_and_never_trained_on():
    session = trained("points=50", 1)
    assert len(session.X) == 50 and len(session.X_test) == 200
    apart = np.abs(session.X[:, None] - session.X_test[None]).max(axis=2)
    assert apart.min() > 0
    assert trained(LINES[4], 1).test_losses == []


@pytest.mark.parametrize("line", LINES)
def test_the_numbers_of_one_sample_are_those_of_the_step(line):
    """The slopes of the step, by central differences on its batch."""
    session = Session(Setting.parse(line))
    session.epoch()
    before = Session(session.setting)
    before.epoch()
    session.step()
    # The batch, as it went in; at the end of an epoch all rows went through since.
    X = session.network.layers[0].X.copy()
    X = X if len(X) == session.batch_rows else session.inputs(session.X)
    values, slopes, after = session.moved["W1"]
    Y = nn.one_hot(session.y, session.setting.classes)
    every = session.inputs(session.X)
    rows = [int(np.abs(every - x).sum(axis=1).argmin()) for x in X]
    first = int(np.abs(every - session.seen[0][0]).sum(axis=1).argmin())
    assert session.batch_rows == len(X) and session.label == session.y[first]
    W = before.network.layers[0].W
    np.testing.assert_array_equal(W, values)

    def loss(W1):
        W[...] = W1
        return nn.softmax_cross_entropy(before.network.forward(X), Y[rows])

    found = nn.numerical_gradient(lambda W1: loss(W1), values.copy())
    np.testing.assert_allclose(slopes, found, atol=1e-6)
    if session.setting.optimizer == "sgd":
        np.testing.assert_allclose(after, values - session.setting.rate * slopes)
    P = nn.softmax(session.seen[-1][1][None])[0]
    dZ = (P - np.eye(len(P))[session.label]) / session.batch_rows
    np.testing.assert_allclose(session.seen[-1][2], dZ)


def test_a_run_that_diverges_says_why_and_is_kept():
    session = trained(PRESETS["A run that diverges"].line, 10)
    session.logits(session.X)
    assert session.right() == (0, 0), "what is no number is no answer"
    assert session.stopped.startswith(f"diverged in step {session.steps + 1}: a weight")
    assert "smaller learning rate" in session.stopped
    finite = [np.isfinite(array).all() for _, array, _ in session.network.parameters()]
    assert all(finite) and len(session.losses) >= 1
    steps = session.steps
    session.step()
    session.epoch(5)
    assert session.steps == steps
    session.rewind()
    assert session.stopped == "" and session.steps == 0


# What each preset claims, recomputed. (start: another seed of the weights.)


def no_line_parts_xor(preset):
    for seed in range(5):
        session = trained(preset.line, preset.epochs, seed=seed)
        P = nn.softmax(session.logits(session.X))
        assert abs(session.losses[-1] - np.log(2)) < 0.02
        assert np.abs(P - 0.5).max() < 0.2 and session.right()[0] < 90


def four_lines_are_more_than_enough(preset):
    for seed in range(10):
        session = trained(preset.line, preset.epochs, seed=seed)
        assert session.right() == (100, 200)
    # Two are enough, where the start is lucky: one class lies between two lines.
    session = trained(preset.line, preset.epochs, layers=(2,))
    assert session.right() == (100, 200)
    (a, b), (c, d) = session.network.layers[0].W.T
    assert abs(a * d - b * c) < 0.5 * np.hypot(a, b) * np.hypot(c, d)


def zeros_stay(preset):
    session = trained(preset.line, preset.epochs)
    for layer in session.network.layers:
        assert not layer.W.any()
    assert not session.network.layers[0].b.any() and session.network.layers[1].b.any()
    assert np.ptp(session.logits(session.X), axis=0).max() == 0


def squares_save_a_layer(preset):
    for seed in range(3):
        assert trained(preset.line, preset.epochs, seed=seed).right()[1] >= 196
        without = trained(preset.line, preset.epochs, seed=seed, inputs="xy")
        assert without.right()[1] <= 140


def a_rate_of_30_is_no_faster(preset):
    for seed in range(5):
        session = trained(preset.line, preset.epochs, seed=seed)
        assert session.losses[-1] > 2 * session.losses[0]
        session.logits(session.X)
        ends = np.abs(np.tanh(session.network.layers[0].Z)) > 0.99
        assert ends.mean() > 0.95
        calm = trained(preset.line, preset.epochs, seed=seed, rate=0.3)
        assert calm.losses[-1] < calm.losses[0]


def a_few_steps_are_enough(preset):
    for seed in range(5):
        session = trained(preset.line, preset.epochs, seed=seed)
        assert session.stopped and 2 <= session.steps <= 12


def dead_neurons_stay_dead(preset):
    for seed in range(5):
        session = trained(preset.line, preset.epochs, seed=seed)
        session.logits(session.X)
        hidden = session.network.layers[0]
        dead = (hidden.Z <= 0).all(axis=0)
        assert dead.sum() >= 4
        kept = hidden.W[:, dead].copy()
        session.epoch(20)
        np.testing.assert_array_equal(hidden.W[:, dead], kept)


def deep_sigmoids_crawl(preset):
    crawling = 0
    for seed in range(10):
        session = trained(preset.line, preset.epochs, seed=seed)
        crawling += session.losses[-1] > 0.6
        if seed == 0:
            assert session.losses[-1] > 0.66  # and after 50 epochs all are away
            slopes = [np.abs(layer.dW).max() for layer in session.network.layers]
            assert slopes == sorted(slopes) and slopes[-1] > 5 * slopes[0]
        session.epoch(30)
        assert session.losses[-1] < 0.6
    assert 4 <= crawling <= 6
    z = np.linspace(-9, 9, 999)
    assert nn.sigmoid_prime(z).max() <= 0.25
    lively = trained(preset.line, preset.epochs, activation="tanh")
    assert lively.losses[-1] < 0.3


def single_samples_jump(preset):
    for seed in range(5):
        session = trained(preset.line, preset.epochs, seed=seed)
        assert (np.diff(session.losses) > 0).mean() > 0.25
        all_at_once = trained(preset.line, preset.epochs, seed=seed, batch=100)
        assert (np.diff(all_at_once.losses) > 0).mean() < 0.1


def the_test_loss_turns(preset):
    session = trained(preset.line, preset.epochs)
    assert sum(a.size for _, a, _ in session.network.parameters()) == 114
    assert session.losses[-1] < 0.01 and session.right()[0] == 20
    for sample in range(5):
        found = trained(preset.line, preset.epochs, sample=sample)
        assert found.losses[-1] < 0.1 and np.diff(found.losses).max() < 0.01
        assert found.test_losses[-1] > 1.5 * min(found.test_losses)


def decay_shrinks_the_price(preset):
    higher = lower = 0
    for draw in [{"sample": k} for k in range(8)] + [{"seed": k} for k in range(8)]:
        other = trained(preset.line, preset.epochs, decay=0.0, **draw)
        found = trained(preset.line, preset.epochs, **draw)
        higher += found.losses[-1] > other.losses[-1]
        lower += found.test_losses[-1] < other.test_losses[-1]
    assert higher >= 12 and lower >= 12


def arms_are_learned(preset):
    for seed in range(3):
        session = trained(preset.line, preset.epochs, seed=seed)
        assert session.right()[1] >= 196
        early = trained(preset.line, 2, seed=seed)
        assert early.right()[1] < 190


CLAIMS = {
    "XOR, no hidden layer": no_line_parts_xor,
    "XOR, four hidden neurons": four_lines_are_more_than_enough,
    "All weights start at 0": zeros_stay,
    "Squares or a layer?": squares_save_a_layer,
    "Learning rate too high": a_rate_of_30_is_no_faster,
    "A run that diverges": a_few_steps_are_enough,
    "Dead ReLUs": dead_neurons_stay_dead,
    "Deep sigmoids": deep_sigmoids_crawl,
    "One sample a step": single_samples_jump,
    "Overfitting 20 points": the_test_loss_turns,
    "Weight decay against it": decay_shrinks_the_price,
    "Three spirals": arms_are_learned,
}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_makes_its_point(name):
    CLAIMS[name](PRESETS[name])


def test_presets_ask_first_and_explain_after():
    assert set(CLAIMS) == set(PRESETS) and len(PRESETS) >= 8
    for preset in PRESETS.values():
        assert "?" in preset.guess and len(preset.guess) < 110
        assert len(preset.why) < 110 and preset.epochs <= 300


# What the picture says.


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("epochs", [0, 3])
def test_the_picture_says_what_the_session_is(line, epochs):
    picture = viz.playground(line)
    session = picture.session
    session.epoch(epochs)
    for state, caption, description in drawn(picture):
        right, tested = session.right()
        assert f"{right} of {len(session.X)} training points correct" in caption
        assert (f"{tested} of 200 test points" in caption) == (len(session.X_test) > 0)
        assert f"epoch {epochs}, step {session.steps}" in description
        assert len(caption) <= 140 and len(description.split()) <= 80
        shares = [float(n) for n in re.findall(r"has (\d+)% of", description)]
        P = nn.softmax(session.logits(picture._drawing.grid))
        best = P.argmax(axis=1)[np.ptp(P, axis=1) > 1e-9]  # elsewhere it is white
        wanted = np.bincount(best, minlength=3) / len(P)
        assert len(shares) == (wanted > 0).sum()
        for share in wanted[wanted > 0]:
            assert min(abs(share * 100 - f) for f in shares) <= 1.5
        if state["show"] == "network":
            W1 = session.network.layers[0].W
            assert f"W1 from {viz.style.num(W1.min())} to" in description
            widest = max(np.abs(layer.W).max() for layer in session.network.layers)
            assert viz.style.num(widest) in caption.replace("-", "")
        if state["show"] == "losses":
            assert f"training loss {viz.style.num(session.losses[0])}" in description
        if state["show"] == "sample":
            assert ("take a step, and" in description) == (epochs == 0)


def test_wires_show_sign_and_size():
    picture = viz.playground("layers=3-2")
    picture.draw(show="network")
    wires = picture._drawing.views["network"].wires
    W = np.concatenate([layer.W.ravel() for layer in picture.session.network.layers])
    widths = np.array(wires.get_linewidths())
    assert (np.argsort(widths) == np.argsort(np.abs(W))).all()
    solid = np.array([dash[1] is None for dash in wires.get_linestyles()])
    assert (solid == (W >= 0)).all()


# The controls.


@pytest.fixture
def played():
    figure = LivePlayground(viz.playground("layers=3"))
    yield figure
    figure.close()


def test_what_is_always_there_is_at_most_eight_controls(played):
    def flat(box):
        inner = getattr(box, "children", ())
        return [box] if not inner else [w for child in inner for w in flat(child)]

    open_ones = [b for b in played.box.children if b is not played.folded]
    controls = [
        w for box in open_ones for w in flat(box)
        if type(w).__name__ not in ("Image", "HTML", "Label")
    ]  # fmt: skip
    assert len(controls) <= 8 and played.folded.layout.display == "none"
    played.more.value = True
    assert played.folded.layout.display == "flex"


def test_step_epoch_rewind_and_a_new_start(played):
    first = bytes(played.image.value), played.words.value
    played.buttons["Step"].click()
    assert played.session.steps == 1 and "step 1." in played.words.value
    played.buttons["Epoch"].click()
    assert played.session.epochs == 1 and played.session.steps == 10
    played.buttons["Rewind"].click()
    assert (bytes(played.image.value), played.words.value) == first
    points = played.session.X
    played.buttons["New start"].click()
    assert played.line.value == "layers=3 seed=1" and played.session.steps == 0
    np.testing.assert_array_equal(played.session.X, points)
    assert bytes(played.image.value) != first[0]


def test_a_line_is_pasted_and_what_is_wrong_with_it_is_said(played):
    played.line.value = "data=spirals layers=8-4 rate=0.05 optimizer=adam"
    assert played.setting.layers == (8, 4) and played.knobs["rate"].value == 0.05
    assert played.knobs["data"].value == "spirals" and played.knobs["depth"].value == 2
    kept = played.setting
    played.line.value = "data=spirals layers=80"
    assert played.setting == kept and "Not taken: layers" in played.said.value
    played.buttons["Step"].click()  # said until another setting is taken
    assert "Not taken: layers" in played.said.value and played.line.value.endswith("80")
    played.line.value = ""
    assert "the line is empty" in played.said.value and played.setting == kept
    played.line.value = "data=own own=0,0,0;1,1,1 batch=1"
    assert "Not taken" not in played.said.value
    assert len(played.session.X) == 2 and "test points" not in played.words.value
    own = played.setting
    played.knobs["noise"].value = 0.5  # own points have none
    assert "Not taken: own points" in played.said.value and played.setting == own
    played.knobs["data"].value = "moons"
    assert len(played.session.X) == 100
    played.knobs["data"].value = "own"  # not lost
    assert played.setting.own == own.own


def test_a_knob_changes_its_own_word_and_no_other(played):
    played.line.value = "noise=0.93 layers=8-2 rate=0.07"
    played.knobs["activation"].value = "relu"
    assert played.line.value == "noise=0.93 layers=8-2 activation=relu rate=0.07"
    played.line.value = "layers=8"
    played.knobs["depth"].value = 0
    played.knobs["depth"].value = 1
    assert played.setting.layers == (8,)


def test_each_knob_sets_its_word(played):
    for name, knob in live.KNOBS.items():
        played.line.value = "layers=3 points=400"
        for value in (knob.values[-1], knob.values[0]):
            played.knobs[name].value = value
            setting, shown = played.setting, played.knobs[name].value
            if name == "depth":
                assert len(setting.layers) == value
            elif name == "width":
                assert setting.layers == (value,) * len(setting.layers)
            else:
                assert getattr(setting, name) == shown == value, name
            assert played.line.value == str(setting) and played.session.steps == 0


def test_fewer_points_than_a_batch_make_the_batch_smaller(played):
    played.knobs["batch"].value = 100
    played.knobs["points"].value = 20
    assert played.setting.points == played.setting.batch == 20
    assert played.knobs["batch"].value == 20
    played.knobs["batch"].value = 100
    assert "Not taken: batch" in played.said.value
    assert played.setting.batch == played.knobs["batch"].value == 20


def test_layers_of_different_sizes_stay_until_their_knob_is_turned(played):
    played.line.value = "layers=8-2"
    played.knobs["rate"].value = 0.3
    assert played.setting.layers == (8, 2)
    played.knobs["width"].value = 5
    assert played.setting.layers == (5, 5)


def test_a_preset_asks_and_then_answers(played):
    name = "XOR, four hidden neurons"
    played.presets.value = name
    played.presets.value = None
    assert played.said.value.endswith("></p>") and played.setting.data == "xor"
    played.presets.value = name
    assert played.setting == Setting.parse(PRESETS[name].line)
    said = played.said.value
    assert PRESETS[name].guess in said and PRESETS[name].why not in said
    played.session.epoch(PRESETS[name].epochs - 1)
    played.buttons["Epoch"].click()
    assert PRESETS[name].why in played.said.value
    played.knobs["rate"].value = 0.1
    assert played.presets.value is None and PRESETS[name].why not in played.said.value


def running(figure, seconds, *, pictures=None, until=None):
    """Run it in a loop of asyncio's until it ends, so many pictures came, or for so long."""

    async def main():
        came = []
        figure.image.observe(lambda change: came.append(change.new), "value")
        figure.run.value = True
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end and figure.run.value and len(came) != pictures:
            await asyncio.sleep(0.01)
        if until:
            until()
        await asyncio.sleep(0)
        return came

    return asyncio.run(main())


def test_it_runs_and_pauses_at_once(played):
    end = {"until": lambda: setattr(played.run, "value", False)}
    came = running(played, 30, pictures=8, **end)
    assert len(set(came)) > 5
    steps = played.session.steps
    assert steps >= 5 and played.task is None and played.run.description == "Run"
    other = trained("layers=3", played.session.epochs)
    while other.steps < steps:
        other.step()
    pairs = zip(
        other.network.parameters(), played.session.network.parameters(), strict=True
    )
    for (_, a, _), (_, b, _) in pairs:
        np.testing.assert_array_equal(a, b)


def test_a_run_ends_where_a_preset_says_and_goes_on_after(played):
    played.presets.value = "A run that diverges"
    running(played, 20)
    assert played.session.stopped and not played.run.value
    assert "Diverged in step" in played.said.value
    assert PRESETS["A run that diverges"].why in played.said.value
    played.presets.value = "Deep sigmoids"
    running(played, 20)
    assert played.session.epochs == PRESETS["Deep sigmoids"].epochs
    assert not played.run.value and PRESETS["Deep sigmoids"].why in html.unescape(
        played.said.value
    )
    end = {"until": lambda: setattr(played.run, "value", False)}
    running(played, 30, pictures=4, **end)
    assert played.session.epochs > PRESETS["Deep sigmoids"].epochs


def test_a_run_that_nobody_touches_pauses_itself(played, monkeypatch):
    monkeypatch.setattr(live, "UNTOUCHED", 0.2)
    running(played, 20)
    assert not played.run.value and played.task is None
    assert "Paused: nobody touched" in played.said.value


def test_every_control_ends_a_run_that_it_would_disturb(played):
    for act in (
        lambda: played.buttons["Step"].click(),
        lambda: played.buttons["Rewind"].click(),
        lambda: setattr(played.line, "value", "data=circles"),
        lambda: setattr(played.presets, "value", "Three spirals"),
        lambda: setattr(played.knobs["noise"], "value", 0.0),
        played.close,
    ):
        running(played, 30, pictures=2, until=act)
        assert played.task is None and not played.run.value


def test_a_figure_that_is_closed_trains_no_more(played):
    async def main():
        played.run.value = True
        task = played.task
        while not played.session.steps:
            await asyncio.sleep(0.01)
        played.close()
        await asyncio.wait([task], timeout=10)
        assert task.cancelled()

    asyncio.run(main())


def test_the_knobs_are_plain_data_and_hold_the_defaults():
    default = dataclasses.asdict(Setting())
    for name, knob in live.KNOBS.items():
        assert knob.start in knob.values
        if name in default:
            assert knob.start == default[name], name
        if isinstance(knob, Choice) and name == "data":
            assert set(knob.values) == {"moons", "circles", "spirals", "xor"}
