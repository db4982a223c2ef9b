"""Which idiom is explained where: {how it looks in code: (lesson, the words that explain it)}.

A lesson of the second edition may use an idiom only if it or an earlier lesson
says what it means. Names of figures, data and checks are tools, and free.
"""

TAUGHT = {
    r"np\.testing\.assert_": (2, "stays silent"),
    r"np\.(array|linspace|arange)\b": (2, "np."),
    r"\.normal\(": (2, "random weights"),
    r"np\.tanh": (2, "tanh"),
    r"np\.abs": (4, "np.abs"),
    r"axis=": (3, "axis"),
    r"class Dense": (3, "class Dense"),
    r"\.argmax\(": (3, "`argmax` gives its place"),
    r" @ ": (3, "`x @ w`"),
    r"\.round\(": (2, ".round("),
    r"\.forward\(": (3, "def forward"),
    r"\.T\b": (6, "(transpose: rows become columns)"),
    r"\.ravel\(": (6, "`ravel` lays an array out flat"),
    r"\.copy\(": (6, "so that W1 itself stays"),
    r"np\.ndindex": (6, "every r with every i with every j"),
    r"np\.linalg\.norm": (6, "`norm`: square all entries, add, take the root"),
    r"np\.zeros_like": (6, "`zeros_like` makes room for the answers"),
    r"np\.zeros\(": (6, "makes room for the answers"),
    r"\[\.\.\.\] =": (6, "changes the contents"),
    r"\.parameters\(\)": (6, "hands out a name, the array itself and its slopes"),
    r"\blambda\b": (6, "a function in one line, without a name"),
    r"\[\d:\d\]": (6, "still as a table"),
    r"np\.stack": (6, "one on top of the other"),
    r"zip\(": (6, "side by side"),
    r"\.shape\b": (3, "shape"),
    r"\.sum\(axis=0\)": (6, "adds the rows of each column"),
}
# Reading and printing, and what comes from the setup cell or from a tool.
FREE = r"np\.random\.default_rng|\.size\b|np\.errstate"
