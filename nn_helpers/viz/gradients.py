"""How well a finite difference hits a slope."""

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.knobs import Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num

# Below this h rounding sets the error, and its digits differ between processors.
CALCULUS_RULES = 1e-6


def step_size_errors(hs, errors):
    """Error against step size h on log scales; a mark for one chosen h.

    errors: {name: error for each h}, for two kinds of nudge, such as one-sided
    and both sides; hs: powers of ten, in rising order.
    """
    looks = ((*style.CURVES[1], "s"), (*style.CURVES[0], "o"))
    if len(errors) != len(looks):
        raise ValueError(f"step_size_errors draws 2 curves, got {len(errors)}")
    with style.in_style():
        fig, ax = style.panels(8.5, 4.2, left=0.13)
        lines, dots = [], []
        for (name, error), (colour, dash, mark) in zip(
            errors.items(), looks, strict=True
        ):
            lines += ax.loglog(hs, error, dash, color=colour, label=name)
            dots += ax.loglog(
                hs[:1], error[:1], mark, color=colour, markersize=13, mec="white"
            )
        ax.set(title="How far off is the slope?", xlabel="nudge h", ylabel="error")
        ax.legend()

    def draw(exponent):
        for line, dot in zip(lines, dots, strict=True):
            h = 10.0**exponent
            near = int(np.abs(np.log(line.get_xdata() / h)).argmin())
            dot.set_data([h], [line.get_ydata()[near]])

    def marked(line, dot):
        (at,), (miss,) = dot.get_data()
        if at <= CALCULUS_RULES or miss < 1e-9:
            return f"{line.get_label()} below 1e-9" if miss < 1e-9 else "rounding noise"
        return f"{line.get_label()} off by {num(miss, 2)}"

    def caption():
        (at,) = dots[0].get_xdata()
        if at <= CALCULUS_RULES / 10:
            return f"h = {at:.0e}: too small; what you see is rounding noise."
        said = [marked(line, dot) for line, dot in zip(lines, dots, strict=True)]
        return f"h = {at:.0e}: {', '.join(said)}."

    def description():
        words = []
        for line, dot in zip(lines, dots, strict=True):
            h, error = line.get_data()
            turn = "above" if error[0] > 10 * error[h > CALCULUS_RULES][0] else "below"
            words.append(
                f"{line.get_label()}: error {num(error[-1])} at h = {num(h[-1])}, "
                f"{num(error[-2])} at {num(h[-2])}; at the smallest h {turn} that at "
                f"1e-5; mark at h = {dot.get_xdata()[0]:.3g}: {marked(line, dot)}"
            )
        return ". ".join(words) + "."

    low, high = (round(float(np.log10(h))) for h in (hs[0], hs[-1]))
    return Picture(
        fig, caption, description, draw=draw, moving=dots,
        knobs={"exponent": Slider("Exponent of h", low, high, 1, start=-2)},
        stills=[{}, {"exponent": low}],
    )  # fmt: skip
