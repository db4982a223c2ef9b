"""How well a finite difference hits a slope."""

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num


def step_size_errors(hs, errors):
    """Error against step size h on log scales; a mark for one chosen h.

    errors: {name: error for each h}, for example forward and central.
    """
    looks = ((*style.CURVES[1], "s"), (*style.CURVES[0], "o"))
    with style.in_style():
        fig, ax = style.panels(8.5, 4.8, left=0.13)
        lines, dots = [], []
        for (name, error), (colour, dash, mark) in zip(
            errors.items(), looks, strict=False
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

    def describe():
        words = []
        for line, dot in zip(lines, dots, strict=True):
            h, error = line.get_data()
            (at,), (miss,) = dot.get_data()
            # Digits only where calculus sets the error: rounding noise differs
            # from one processor to the next.
            said = f", error {num(miss)}" if at > 1e-6 else ", rounding noise"
            if miss < 1e-9 and at > 1e-6:
                said = ", error below 1e-9"
            turn = "above" if error[0] > 10 * error[h > 1e-6][0] else "below"
            words.append(
                f"{line.get_label()}: error {num(error[-1])} at h = {num(h[-1])} and "
                f"{num(error[-2])} at {num(h[-2])}; at the smallest h it is {turn} that "
                f"at 1e-5; marked h = {at:.3g}{said}"
            )
        return ". ".join(words) + "."

    draw(-5)
    return Picture(fig, describe, draw=draw, moving=dots)
