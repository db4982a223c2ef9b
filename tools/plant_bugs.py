"""Does the net hold? Plant one bug at a time and see which tests notice.

    python tools/plant_bugs.py            all of them (some minutes)
    python tools/plant_bugs.py gate bias  those whose name has one of these words

Works on a copy of the project in a temporary folder. Each bug is a replacement
in one file; a bug whose old text is gone is an error, so this list cannot rot
unnoticed. Prints for each bug the first test that failed; exits with 1 if one
slipped through.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests"  # the fast part; the lessons themselves run under nbval as well

BUGS = {
    # name: (file, old, new)
    "sign of the loss gradient": ("losses.py", "return (softmax(Z) - Y) / len(Z)", "return (Y - softmax(Z)) / len(Z)"),
    "missing 1/m": ("losses.py", "return (sigmoid(Z) - Y) / Z.size", "return sigmoid(Z) - Y"),
    "MSE over rows only": ("losses.py", "(2 / Y_hat.size)", "(2 / len(Y_hat))"),
    "softmax over the wrong axis": ("activations.py", "E / E.sum(axis=-1, keepdims=True)", "E / E.sum(axis=0, keepdims=True)"),
    "softmax without the shift": ("activations.py", "np.exp(Z - Z.max(axis=-1, keepdims=True))", "np.exp(Z)"),
    "gate >= for >": ("activations.py", "return (Z > 0)", "return (Z >= 0)"),
    "tanh slope without the square": ("activations.py", "np.tanh(Z) ** 2", "np.tanh(Z)"),
    "sigmoid that overflows": ("activations.py", "E = np.exp(-np.abs(Z))", "E = np.exp(np.abs(Z))"),
    "transposed weights going back": ("network.py", "return dZ @ self.W.T if", "return dZ @ self.W if"),
    "bias gradient as a mean": ("network.py", "dZ.sum(axis=0)", "dZ.mean(axis=0)"),
    "gradients accumulate": ("network.py", "self.dW, self.db = self.X.T @ dZ, dZ.sum(axis=0)", "self.dW = self.X.T @ dZ + (0 if self.dW is None else self.dW)\n            self.db = dZ.sum(axis=0)"),
    "bias left out of the forward pass": ("network.py", "self.Z = X @ self.W + self.b", "self.Z = X @ self.W"),
    "gate forgotten": ("network.py", "dZ = dZ * self.g_prime(self.Z)", "dZ = dZ * 1.0"),
    "activation on the logits": ("network.py", '(len(sizes) - 2) + ["identity"]', "(len(sizes) - 1)"),
    "He for every activation": ("network.py", '(2 if activation == "relu" else 1)', "2"),
    "prediction threshold": ("network.py", "(Z[:, 0] >= 0)", "(Z[:, 0] >= 0.5)"),
    "last batch dropped": ("training.py", "range(0, len(X), size)", "range(0, len(X) - size + 1, size)"),
    "order not shuffled": ("training.py", '_edge.generator(rng, "minibatches").permutation(len(X))', "np.arange(len(X))"),
    "targets not shuffled with the inputs": ("training.py", "X, Y = X[order], Y[order]", "X = X[order]"),
    "uphill step": ("optimizers.py", "array -= rate", "array += rate"),
    "step on a copy": ("optimizers.py", "array -= rate * gradient", "array = array - rate * gradient"),
    "divergence keeps broken weights": ("training.py", "array[...] = kept", "pass"),
    "one-sided difference": ("gradient_check.py", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(x)) / h"),
    "labels off by one": ("datasets.py", "y.max() >= n_classes", "y.max() > n_classes"),
    "damage not noticed": ("datasets.py", "if found != SHA256[name]:", "if False:"),
    "spread with ddof=1": ("datasets.py", "spread = X.std(axis=0)", "spread = X.std(axis=0, ddof=1)"),
    "slider that drives nothing": ("viz/curves.py", "z = w * x + b\n", "z = w * x\n"),
    "curve from the wrong array": ("viz/curves.py", "slope.set_ydata(w * g_prime(z))", "slope.set_ydata(g(z))"),
    "slope without the chain rule": ("viz/curves.py", "slope.set_ydata(w * g_prime(z))", "slope.set_ydata(g_prime(z))"),
    "misprint at the wrong height": ("viz/curves.py", "1 / (1 + np.exp(-1))", "1 / (1 + np.exp(-2))"),
    "a moving artist left in the background": ("viz/curves.py", "moving=[misprint, curve, slope]", "moving=[curve, slope]"),
    "twin from a constant": ("viz/losses.py", "num(dot.get_ydata()[0])", "num(0.5)"),
    "weights shown for the wrong layer": ("viz/diagram.py", 'shown |= self.numbers(f"W{layer}", self.W[layer - 1])', 'shown |= self.numbers(f"W{layer}", self.W[0][:, :1])'),
    "confusion transposed": ("viz/images.py", "np.add.at(counts, (y, y_hat), 1)", "np.add.at(counts, (y_hat, y), 1)"),
    "picture upside down": ("viz/training.py", 'origin="lower"', 'origin="upper"'),
    "temperature multiplies": ("viz/images.py", "softmax(logits / T)", "softmax(logits * T)"),
    "caption that lags behind": ("live/figure.py", "self.image.value, self.caption.value = self._render(**self.state())", "self.image.value, _ = self._render(**self.state())"),
    "old figures are not closed": ("live/figure.py", "                old.close()\n", "                pass\n"),
    "runs from different starts": ("live/__init__.py", "network, rng = copy.deepcopy(start), np.random.default_rng(seed)", "network, rng = copy.deepcopy(start), np.random.default_rng(seed)\n    network.layers[0].W *= learning_rate"),
    "Back goes forward": ("live/figure.py", "back.on_click(lambda _: step(-1))", "back.on_click(lambda _: step(+1))"),
}  # fmt: skip


def first_failure(project):
    """Run the tests of a copy; return the first failing test, or None."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", project / "pyproject.toml", "-x", "-q",
         "--rootdir", project, "-n", "2", "-k", "not ruff", project / TESTS],
        cwd=project, capture_output=True, text=True, check=False,
        env=os.environ | {
            "PYTHONPATH": f"{project}{os.pathsep}{project / 'tests' / 'no_network'}",
            "OPENBLAS_NUM_THREADS": "1",
        },
    )  # fmt: skip
    if done.returncode == 0:
        return None
    found = re.findall(r"^(?:FAILED|ERROR) \S*?tests/(\S+)", done.stdout, re.M)
    return found[0] if found else f"pytest stopped: {done.stdout[-200:]}"


def main(words):
    slipped = []
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        ignore = shutil.ignore_patterns(".git", ".venv", "my_work", "__pycache__")
        shutil.copytree(ROOT, project, ignore=ignore)
        if broken := first_failure(project):
            raise SystemExit(f"the tests fail without any bug: {broken}")
        for name, (file, old, new) in BUGS.items():
            if words and not any(word in name for word in words):
                continue
            path = project / "nn_helpers" / file
            right = path.read_text(encoding="utf-8")
            if old not in right:
                raise SystemExit(f"{name}: the text to replace is not in {file}")
            path.write_text(right.replace(old, new), encoding="utf-8")
            caught = first_failure(project)
            path.write_text(right, encoding="utf-8")
            print(f"{name:42} {caught or 'SLIPPED THROUGH'}", flush=True)
            if not caught:
                slipped.append(name)
    print(f"{len(slipped)} slipped through")
    return 1 if slipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
