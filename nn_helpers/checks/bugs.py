"""The bugs that a verdict can name: one sentence each, as a colleague says it.

{it} stands for what the property is about, such as dW.
"""

BUGS = {
    # what an answer is
    "no_return": "Your function gives back nothing (None). Does every way through it end "
    "in a `return`?",
    "print_for_return": "Your function gives back nothing (None); it printed something "
    "instead. Did you mean `return`?",
    "not_numbers": "Numbers are asked for.",
    "stopped": "",  # the sentence is made from the error
    "odd_result": "Your function gives results of another form for another input.",
    "wrong_form": "",
    "another_number": "It is another number.",
    "too_slow": "It ran for more than 10 seconds, so it was stopped. Does a loop never "
    "end?",
    "wrong_count": "Look at what the `return` gives back.",
    "changes_input": "It changes what it was given. `A = A * 2` makes a new one; "
    "`A *= 2` and `A[...] = 0` write into the caller's.",
    "one_row": "{it} is a table of one row; a bias, and its slope, is a plain row of "
    "numbers. Is keepdims in there?",
    "one_number": "",
    "weights_crossed": "Each delta goes with the weight of its own wire.",
    "wrong_start": "{it} shows that the walk starts wrongly: dZ2 is (P - Y) / m, with P the "
    "softmax of each row.",
    "accumulates": "A second call with the same input gives another answer: does "
    "something add up from call to call?",
    "overflow": "On the way exp becomes too large for a float: it is asked for a large "
    "positive number somewhere, even if that part is thrown away later.",
    # shapes and sums
    "transposed": "{it} is transposed.",
    "wrong_shape": "Compare the shapes.",
    "sum_for_mean": "{it} is the sum over the rows; the mean divides by m.",
    "mean_over_entries": "{it} divides by the number of entries; the mean is over the m "
    "rows.",
    "sign_flipped": "{it} has its sign flipped.",
    "mean_missing": "{it} is m times too large: the 1/m of the mean is missing.",
    "mean_twice": "{it} is m times too small: the 1/m is in there twice.",
    "mean_for_sum": "{it} is a mean over the rows. The 1/m is in dZ already: sum.",
    "first_row_only": "{it} comes from the first row alone; every row has its say.",
    "last_row_only": "{it} comes from the last row alone: in a loop, `+=` collects where `=` "
    "replaces.",
    "order_of_four": "All four are there, but in another order: dW1, db1, dW2, db2.",
    "order": "All three are there, but in another order: dW, db, dX.",
    "wrong_axis": "{it} is summed along the wrong axis: the rows are to vanish.",
    "not_summed": "{it} has to be one number for each neuron: sum over the rows.",
    "total": "{it} adds up everything; keep one number for each column.",
    # one neuron
    "sum_for_distance": "That is z; divide by the length of w.",
    "squared_length": "That is z over w · w; the length is the root of w · w.",
    "from_origin": "That is how far (0, 0) is from the line.",
    "sum_of_weights": "The length of w is not the sum of its entries: Pythagoras.",
    "negative_distance": "A distance is never negative.",
    "bias_forgotten": "Where is b?",
    "bias_added": "b is negative: mind its sign.",
    "bias_first": "Right numbers, in another order: put the bias last.",
    "inputs_swapped": "That is the second but not the first.",
    "another_order": "Right numbers, in another order. Asked for are w[0], w[1], b; read like "
    "that, it is the second but not the first.",
    "yes_for_no": "Every answer is turned round.",
    "corner_10": "(1, 0) gets a no.",
    "corner_00": "(0, 0) gets a yes: there the sum is b alone.",
    "corner_01": "(0, 1) gets a yes.",
    "corner_11": "(1, 1) gets a yes.",
    "order_of_two": "Both are there, but in another order: w, b.",
    "b_like_x": "{it} is a row; a neuron has one bias.",
    "step_when_right": "It changes something although the answer was right.",
    "two_weights_only": "{it} has two entries where the neuron has three inputs: is a number of "
    "inputs written in?",
    "two_inputs": "The sum takes two inputs only, however many there are.",
    "z_without_b": "The sum lacks the bias.",
    "b_wrong_way": "w is right; b moves the wrong way.",
    "b_like_w": "w is right, b is not: it moves by y minus the answer.",
    "w_like_b": "b is right, w is not: it moves by y minus the answer, times x.",
    "late_answer": "The answer is computed again after w has moved: first the answer, then both "
    "moves.",
    "x_forgotten": "w moves by (y - answer) times x: where is x?",
    "no_change": "The answer was wrong, and nothing has changed.",
    "wrong_way": "It moves the wrong way: z gets worse for this example.",
    "label_for_difference": "It uses y where y minus the answer is asked for.",
    "b_forgotten": "w is right; b has to move as well.",
    "w_forgotten": "b is right; w has to move as well.",
    "z_for_answer": "It compares y with z; the answer is 0 or 1.",
    "plus_minus": "An answer is 1 or 0 here, not 1 or -1.",
    "always_adds": "It adds x after every mistake; after a yes that should be a no it has to "
    "be subtracted.",
    "b_always": "b moves by 1 whatever happened; it moves by y minus the answer.",
    "sums_for_answers": "It compares the sums with the labels; compare the answers, yes or no.",
    "threshold_at_0": "Where the sum is exactly 0 the answer is yes.",
    "threshold_at_half": "The answer changes where the sum is 0, not at a half.",
    "count_for_share": "That is how many; the share is asked for.",
    "percent": "A share lies between 0 and 1.",
    "errors_for_right": "That is the share of wrong answers.",
    "right_yes_alone": "A right yes is counted; a right no is right, too.",
    "ten_examples": "It divides by 10, however many examples there are.",
    "first_example_alone": "Only the first example is counted: does the `return` stand inside the "
    "loop?",
    "first_left_out": "The first example is not counted: indices begin at 0.",
    "yes_share": "That is the share of yes; how many of the answers are right?",
    # activations and probabilities
    "mirrored": "{it} falls where it should rise: is the sign of z flipped?",
    "negative_side": "{it} is right for z >= 0 and wrong for negative z.",
    "slopes_for_changes": "Those are the slopes of the pieces; a ramp gives the *change* of "
    "the slope at its kink.",
    "points_for_changes": "Those are the levels of the sum at the kinks; a ramp gives the "
    "*change* of the slope there.",
    "half_as_high": "The shape is right, but only half as high.",
    "twice_as_high": "The shape is right, but twice as high.",
    "wrong_list": "",
    "first_piece": "Between 1 and 2 the sum has to climb to the level, and only the first "
    "ramp is on there.",
    "second_piece": "Between 1 and 2 it climbs as it should; between 2 and 4 it does not stay.",
    "third_piece": "Up to 4 it is right; between 4 and 5 it does not fall back to 0.",
    "last_piece": "Up to 5 it is right; from there on it does not stay at 0.",
    "top_counts_once": "At the top the slope turns from up to down: it changes by both "
    "steepnesses together.",
    "third_relu": "It goes on falling after the right end: a third ReLU has to stop it.",
    "not_clamped": "The two sides are right, but they run on below 0.",
    "not_scaled": "The way up has to climb by 1 between left and top, however far they are "
    "apart: how steep is that?",
    "one_steepness": "Way up and way down are equally steep; in a lopsided tent they are not.",
    "width_for_slope": "Steepness is height over width: 1 / (top - left), not the width.",
    "third_sign": "After the right end it has to be flat again: from falling to flat, does the "
    "slope grow or shrink?",
    "ramp_from_minus": "`relu(x + k)` has its kink at -k.",
    "fractions_lost": "The values between 0 and 1 are lost: is the result an array of whole "
    "numbers?",
    "fixed_places": "The tent stays where it was in the first example; use left, top and right.",
    "no_bias": "{it} lacks the bias.",
    "bent": "{it} went through an activation; here only the sum is asked for.",
    "logits": "{it} are the last sums; softmax makes probabilities of them.",
    "bent_last": "ReLU stands between layers; the last sums go to softmax as they are.",
    "bend_by_width": "{it} bends where widths change, and not where they are equal: every layer "
    "but the last bends.",
    "no_bend": "Nothing bends between the layers; ReLU belongs there.",
    "sigmoid_each": "Each entry went through a sigmoid of its own; softmax shares out a total "
    "of 1 in each row.",
    "stops_early": "{it} stops before the last layer.",
    "columns": "The columns sum to 1, not the rows: mind the axis.",
    "everything_sums_to_1": "All entries together sum to 1; keep the rows apart.",
    "one_maximum": "A row far from what is subtracted meets 0/0, log 0 or an overflow: each row "
    "needs its own maximum.",
    "maximum_with_0": "A row whose logits are all very negative becomes 0/0: is 0 taken "
    "for its maximum?",
    "not_the_maximum": "In a row with logits 1000 apart, exp still overflows, or 0 and 1 are "
    "not reached: subtract the largest, and cap nothing.",
    "unsure": "{it} is no longer (P - Y) / m when the model is sure of itself: is something capped, or "
    "divided by 0?",
    "no_shift": "With large logits exp overflows: is the largest of each row subtracted "
    "first?",
    "half_shifted": "Only one of the two terms was shifted: what is subtracted inside exp "
    "has to be taken off the true logit too, or added back.",
    "slope_on_p": "{it} is the slope on p; times p(1 - p), the sigmoid's own, it becomes "
    "that on the logit.",
    "label_1_only": "{it} is right for label 1 and wrong for label 0.",
    "label_0_only": "{it} is right for label 0 and wrong for label 1.",
    "log_of_0": "The log met a 0: a probability, or a whole sum, was rounded to 0. Write log P "
    "from the logits, with each row's own maximum subtracted.",
    "the_probability": "That is the probability; the surprise is minus its log.",
    "one_value": "{it} is a single number; one for each entry is asked for.",
    "capped_log": "A sure mistake has a large loss; something caps it, such as a small "
    "number added inside the log. Log of the softmax can be written without the log of "
    "a rounded 0.",
    "other_logarithm": "That is another logarithm: `log` in this series is the natural "
    "one.",
    "sigmoid_twice": "{it} has a factor p(1 - p) too many: the sigmoid's slope is in there once "
    "more than it should be.",
    "sigmoid_slope": "{it} is the slope of the sigmoid; the loss has its say too.",
    "no_sigmoid": "{it} uses the logit where the probability is needed.",
    # gradient descent
    "curvature_halved": "That would be for half the curvature: look at the slope, not at the loss.",
    "one_step_rate": "At that rate it arrives in one step; it may be larger still.",
    "fraction_upside_down": "Turn the fraction over.",
    "only_the_curvature": "That is the curvature; the rate is asked for.",
    "twice_the_curvature": "2 over the curvature, not times.",
    "no_steps": "The place has not moved.",
    "all_places": "The last place alone is asked for, of the shape of `start`.",
    "one_step_only": "That is one step, however many are asked for: does the `return` stand "
    "inside the loop?",
    "one_step_more": "That is one step too many.",
    "one_step_less": "That is one step too few.",
    "stale_slopes": "The slopes are those of the start: compute them anew in every step.",
    "slopes_add_up": "The slopes of all steps add up; each step has its own.",
    "slope_for_place": "Those are the slopes at the last place; the place is asked for.",
    "late_slope": "One of the two moved before the slope of the other was taken: first both "
    "slopes, then both moves.",
    "one_by_one": "One weight moves before the slope of the next is taken: first all slopes, "
    "then all moves.",
    "moves_only": "Those are the moves; the new values are asked for.",
    "order_of_parts": "Both are there, but in another order: X_train, X_new.",
    "own_statistics": "The new rows are measured with their own mean and spread; use those of "
    "X_train.",
    "fitted_on_all": "{it} is measured with the mean and spread of all rows together; those of "
    "X_train alone are asked for.",
    "not_divided": "{it} is shifted, but not divided by the spread.",
    "not_shifted": "{it} is divided, but the mean is still in it.",
    "one_spread": "One mean and one spread for the whole table; each column has its own.",
    "ddof_1": "The spread is asked for with ddof 0, as `std` has it.",
    "variance": "{it} is divided by the variance; the spread is its root.",
    "unchanged": "{it} is as it was.",
    "constant_column": "A constant column has no spread to divide by; rounding may even leave "
    "a tiny one. It has to become 0.",
    "tiny_spread": "A column with a small spread is no constant one: it is standardised like "
    "the others. Are its largest and its smallest entry equal?",
    "all_columns_alike": "One constant column changes how the others are treated; look at each "
    "column for itself.",
    "constant_new": "Where the column of X_train is constant, only its mean is taken off the "
    "new rows.",
    # the backward pass
    "one_road": "That is one road alone; the slopes of both add.",
    "roads_averaged": "That is the mean of both roads; where roads meet they add.",
    "roads_subtracted": "Both roads are there, but one is subtracted: they add, each with "
    "its own sign.",
    "roads_multiplied": "Within a road slopes multiply; where roads meet they add.",
    "db_from_dW": "{it} is made from dW; the bias was added as it is, so its slope is "
    "that of Z, summed over the rows.",
    "through_W": "{it} goes through W where W.T leads back: look at which index is "
    "summed.",
    "relu_layer": "{it} fits a ReLU layer; the hidden layer here is tanh.",
    "no_gate": "{it} did not pass the slope of tanh.",
    "gate_of_z": "{it} passes a wrong gate: the slope of tanh is 1 - tanh(Z)**2, from Z1.",
    "gate_at_the_end": "{it} passes a gate too many: (P - Y) / m is the slope on Z2 already, softmax "
    "included.",
    "no_softmax": "It starts from the logits; the walk begins with P - Y.",
    "agrees_with_nudges": "At least one that you name agrees with the nudges.",
    "three_rows": "For three rows these are right; here the 3 alone is asked about: `three` and "
    "`target`.",
    "more_to_find": "There are more that do not agree.",
    "complement": "These are the ones that agree; the others are asked for.",
    "names": "",  # the sentence says what is asked for
    # steps and loops
    "uphill": "It walks uphill: subtract, do not add.",
    "no_rate": "It forgets the learning rate.",
    "rate_twice": "The learning rate is in there twice.",
    "makes_new_arrays": "The arrays that were handed in are as they were. `array = array - ...` "
    "makes a new one under the old name; `array -= ...` changes the one that the network "
    "holds. (And does the loop go over `parameters`, or over some network's own?)",
    "swapped": "The gradients moved and the arrays stayed: each triple is (name, array, "
    "gradient).",
    "replaces": "The old value is lost: a step starts from where the parameter is.",
    "foreign_rows": "It is shown rows that are not in `X`: does it use a name from outside of the "
    "function?",
    "sigmoid_of_sigmoid": "The sigmoid is applied twice; the logits that `forward` gives need it once.",
    "mean_over_all": "The gradient is divided by the number of all rows; one row is shown, so m is 1.",
    "no_backward": "After `forward` no `backward` follows, so there are no slopes.",
    "several_passes": "Every sample came more than once; an epoch is one pass.",
    "fixed_m": "It is right for twelve rows only: is a number of rows written in?",
    "fixed_rate": "The rate is written into the function; use the argument.",
    "remembers": "The first call is right, the second is not: does something stay from "
    "call to call, or are names or a number of arrays written in?",
    "shuffles_input": "It reorders the caller's X and Y. Draw an order of row numbers "
    "instead.",
    "one_array_only": "Some arrays moved as they should, others did not: take all of them "
    "alike.",
    "changes_gradients": "It changes the gradients too.",
    "one_update": "That is where the first update leads; there are two.",
    "one_too_many": "That is one update too many.",
    "stale_slope": "The second step has a slope of its own: how steep is it at the new place?",
    "value_of_loss": "That is the loss; the weight is asked for.",
    "slope_there": "That is the slope; the weight is asked for.",
    "capped": "Large hidden activations get lost: is something capped?",
    "zero_by_zero": "With logits of 800 an exp overflows, or a log or a division meets a "
    "probability that is rounded to 0: simplify first.",
    "stops_short": "It stops before all steps are taken; a tiny step is a step too.",
    "z_clipped": "Far from 0 the answer is off: is something capped?",
    "clipped": "In rows with large logits the differences get lost: is something capped?",
    "inputs_with_bias": "Inputs hold a number; they have no bias.",
    "neurons_counted": "Those are neurons or inputs; how many wires lead to each neuron?",
    "fixed_rows": "With another number of rows it fails: is that number written in?",
    "fixed_shape": "A table of another shape fails: are numbers of rows or columns written in?",
    "factor_of_slope": "The slope has a factor 2: where is it?",
    "whole_batch": "Show the network one row at a time: `X[i : i + 1]`.",
    "misses_samples": "Not every sample is shown.",
    "more_than_once": "Every sample came, and some more than once.",
    "repeats_samples": "Some samples came twice, others never: draw an order, not samples.",
    "file_order": "The order is that of the file: shuffle it with the rng.",
    "same_order": "The order is another one, but it does not come from the rng that was "
    "given.",
    "step_after_loop": "Only one step is taken, after the last sample: is the step inside the loop?",
    "no_step": "No parameter moved: after `backward` each takes a step, in place.",
    "stale_gradient": "The steps are not those of the sample just shown: forward, "
    "backward, step, in this order, for each.",
    "weights_only": "Those are the weights alone; every neuron also has a bias.",
    "sizes_multiplied": "Wires join neighbours only: 64 inputs with 32 neurons, those 32 with 10.",
    "nothing_left": "A row becomes 0 / 0: what is taken off leaves nothing of it. Rows of "
    "another size need another number.",
    "another_bend": "The hidden layers bend with ReLU; this is another activation.",
    "biases_missing": "The biases of one layer are missing.",
    # batches, splits and honest numbers
    "passes_together": "Each pass ends with its own smaller batch: round up the updates of "
    "one pass first.",
    "last_batch_left_out": "The last, smaller batch counts as well.",
    "one_pass_only": "That is one pass; there are several.",
    "rows_for_updates": "Those are rows; an update has a whole batch of them.",
    "pairs": "A list of pairs is asked for, each with rows of X and the same rows of the "
    "labels.",
    "last_batch_dropped": "The last batch is dropped: what is left makes a smaller one.",
    "size_for_count": "batch_size is how many rows are in a batch, not how many batches there "
    "are.",
    "even_sizes": "The batches are made about equally large; batch_size rows each, and the "
    "rest in the last.",
    "rest_not_last": "The smaller batch, with what is left, comes last.",
    "empty_batch": "Where the sizes fit exactly, an empty batch comes last.",
    "single_rows": "A batch is a table, also when it has one row.",
    "apart": "The rows of X and their labels no longer belong together: one order for both.",
    "rows_lost": "Some rows are in none of the parts.",
    "rows_doubled": "Some rows came twice; each has one place.",
    "with_replacement": "Some rows came twice, others never: draw one order for the whole "
    "pass, and cut it.",
    "slice_ends_early": "Some batches are empty: where does a slice that begins at i have to end?",
    "one_batch_alone": "One batch comes back, and rows are missing: does the `return`, or the empty "
    "list, stand inside the loop?",
    "one_batch": "All rows stand in one batch; batch_size says how many belong into each.",
    "pair_turned": "In each pair the rows of X come first.",
    "trained_on": "It changes a network: the rows that choose, and those that judge, train "
    "nothing.",
    "share_for_place": "The place is asked for first; that is the accuracy that won.",
    "order_of_file": "The rows are still in the order of the file: shuffle them with the rng.",
    "blocks_stay": "Neighbours in the file stay together; shuffle the rows, not the batches.",
    "row_stays": "The first row, or the last, is the same whatever the rng draws.",
    "halves_stay": "Rows from the end of the file never come to the front: one order for all rows.",
    "rng_stays": "Each pass has the same order: is the `rng` copied before it draws?",
    "not_from_rng": "The order does not come from the rng that was given.",
    "fixed_number_of_parts": "It works for three parts only; there are as many as fractions.",
    "not_added_up": "A cut lies at the sum of the fractions so far, times the number of rows.",
    "other_sizes": "The parts have other sizes than the fractions say.",
    "test_chose": "The test set chose the network. Then its accuracy flatters, like any number "
    "that was picked for being high.",
    "opened_often": "The envelope was opened more than once; once, by the network that you "
    "chose, is enough.",
    "went_round": "It looked into the envelope past `test.accuracy`, which counts.",
    "never_opened": "The envelope stayed closed: where does the accuracy come from?",
    "validation_reported": "That is its accuracy on the validation rows, which chose it; so it "
    "flatters.",
    "best_on_test": "That is the best accuracy on the test set, not that of the network you "
    "chose.",
    "worst_chosen": "It chooses the network that is worst on the validation rows.",
    "first_chosen": "It takes the same place whatever the validation rows say.",
    "order_of_report": "Both are there, but in another order: place, accuracy.",
    "place_from_1": "Places count from 0.",
    "one_column_off": "The 1 stands one column too far: class 0 has the first column.",
    "one_column_early": "The 1 stands one column too early, and class 0 in the last.",
    "classes_counted": "It has a column for each class that happens to be in y; n_classes says "
    "how many there are.",
    "all_up_to": "There are ones on one whole side of the class; only its own column gets one.",
    "ones_for_zeros": "Ones and zeros are exchanged.",
    "another_value": "In the column of the class stands something else than 1, or elsewhere "
    "something else than 0.",
    "several_ones": "Some rows have more than one 1.",
    "row_without_1": "Some row has no 1.",
    "another_column": "Some row has its 1 in another column than its class says.",
    "fixed_size": "The batches have another size than batch_size.",
    "other_batches": "Cut the whole order into pieces of batch_size, the rest for the last.",
    "a_part_each": "A part for each fraction is asked for.",
    "another_choice": "It chooses another network than the one that is most often right on the "
    "validation rows.",
    "another_accuracy": "That is not what test.accuracy says of the network that you chose.",
    "labels_for_ones": "The class number stands where a 1 belongs.",
    # starting weights, optimisers, dropout
    "variance_as_scale": "The spread is 2 / n_in; it has to be the root of that.",
    "xavier": "The variance is 1 / n_in; behind a ReLU it has to be twice that.",
    "over_n_out": "The variance goes with n_out; what a neuron adds up are its n_in inputs.",
    "over_both": "The variance goes with n_in + n_out; here n_in alone is asked for.",
    "twice_the_variance": "The variance is twice as large as asked.",
    "half_the_scale": "The weights are half as large as asked.",
    "fixed_scale": "The scale is the same for every n_in.",
    "not_centred": "The weights are not around 0.",
    "all_equal": "All weights are equal, so all neurons are one.",
    "columns_equal": "The neurons are all the same: draw a number for each weight.",
    "other_spread": "The variance is another one than 2 / n_in.",
    "rows_equal": "Every input has the same weights: draw a number for each.",
    "drawn_once": "Two neurons, or two inputs, have the very same weights: draw each anew.",
    "mask_twice": "Two halves of the rows drop the same: draw for each entry of A.",
    "drawn_elsewhere": "What is drawn does not come from the rng that was given.",
    "place_first": "That is one step too few, or the place moves before the velocity is new.",
    "another_walk": "It ends at another place. Work out the first two steps by hand, and "
    "compare.",
    "signs_only": "Each step is the rate along the sign of the slope: are m and s made anew in "
    "every step, or are the slopes those of the start?",
    "eps_in_root": "With tiny slopes the steps come out wrong: eps, 1e-8, is added to the "
    "root of the corrected s, outside of it. Is it there, and of that size?",
    "no_eps": "Where a slope is 0 it divides 0 by 0; eps belongs to the root.",
    "brackets_missing": "Without brackets `/ 1 - rate` divides by 1 and then takes rate off.",
    "velocity_forgotten": "That is the walk of plain gradient descent: is a velocity kept from "
    "step to step?",
    "averaged_velocity": "The slope enters the velocity times 1 - momentum; that is another "
    "convention. Here v becomes momentum * v + slope.",
    "late_velocity": "The step uses the velocity of the step before: first the new velocity, "
    "then the step.",
    "slope_added_twice": "Each slope enters the step twice, through the velocity and beside it.",
    "momentum_on_slope": "The slope is scaled by momentum; the velocity is.",
    "fixed_momentum": "0.9 is written into the function; use the argument.",
    "look_ahead": "The slope is taken ahead of the place (that is Nesterov's way); here it is "
    "taken at the place.",
    "no_correction": "The bias correction is missing: the first step has to be about "
    "learning_rate long.",
    "m_not_corrected": "m is not corrected: divide by 1 - beta1**t.",
    "s_not_corrected": "s is not corrected: divide by 1 - beta2**t.",
    "correction_kept": "The corrected m and s are kept; only the step uses them, and the next "
    "step starts from the uncorrected.",
    "t_from_0": "t counts from 1: at t = 0 the correction divides by 0.",
    "t_stays_1": "t stays 1; it counts the steps.",
    "no_root": "The step divides by s; by its root is asked for.",
    "no_square": "s is a mean of the slopes; of their squares is asked for.",
    "betas_swapped": "The betas are swapped: 0.9 is for m, 0.999 for s.",
    "no_m": "The step uses the slope itself; m, its running mean, is asked for.",
    "one_s": "All weights share one s; each has its own.",
    "active_at_use": "While training is false nothing is dropped: A comes back as it is.",
    "unscaled": "The survivors keep their size; divided by 1 - rate the mean stays.",
    "scaled_by_rate": "The survivors are divided by the rate; by 1 - rate is asked for.",
    "scaled_down": "The survivors are multiplied by 1 - rate; divide by it.",
    "scaled_at_use": "Scaled while it is used: with survivors divided by 1 - rate in training, "
    "nothing is left to scale.",
    "rate_turned": "It keeps as many as it should drop: rate is the probability of a 0.",
    "same_for_rows": "Every row drops the same neurons; draw for each entry.",
    "same_for_columns": "A row drops all of its entries or none; draw for each entry.",
    "the_mask": "That is the mask; A times the mask is asked for.",
    "fixed_count": "Exactly the same number is dropped each time; each entry has its own chance.",
    "nothing_dropped": "Nothing is dropped while it trains.",
    "other_share": "Another share than rate becomes 0.",
    "other_values": "The survivors are not A / (1 - rate).",
    # attacks
    "down_the_loss": "It goes down the loss, so the digit gets easier to read: mind the sign.",
    "label_believed": "It takes the class that the network believes in; Y says the true one.",
    "no_softmax_attack": "It starts from the sums; the walk back begins with P - Y.",
    "label_beside": "The labels are off by one class.",
    "unclipped": "Some pixels leave the range from 0 to 1: clip the image.",
    "change_only": "That is the change; the changed image is asked for.",
    "change_alone": "That is the change; the changed image is asked for.",
    "raw_gradient": "The pixels move by the gradient itself; by epsilon in the direction of its "
    "sign is asked for.",
    "raw_of_mean": "The pixels move by the gradient itself; by epsilon in the direction of its "
    "sign is asked for.",
    "scaled_gradient": "Only the steepest pixel moves by epsilon; all may, so all should.",
    "no_epsilon": "Where is epsilon?",
    "epsilon_twice": "epsilon is in there twice.",
    "clipped_change": "The change was clipped to 0..1, so no pixel can get lighter; clip the "
    "changed image.",
    "change_clipped_too": "No pixel gets lighter: was the change clipped to 0..1, too, or is a "
    "negative slope left out?",
    "clipped_to_minus_1": "Pixels go from 0 to 1, not from -1.",
    "one_for_all": "All rows get the same change; each has a gradient of its own.",
    "another_attack": "Some pixels are elsewhere than X moved by epsilon, clipped to 0..1.",
    "away_from_target": "It climbs the loss of the target, so it goes away from it: the "
    "target's loss has to fall.",
    "target_beside": "It heads for the class beside the target: classes count from 0.",
    "only_away": "It goes away from what the network believes; the target has no say.",
    "signs_kept": "Pixels with a negative slope move the other way, so they raise the loss "
    "too.",
    "euclid": "That is epsilon times the length of the gradient; here each pixel may use its "
    "whole epsilon.",
    "largest_only": "That is the steepest pixel alone; all of them move.",
    "squares": "The slopes are squared; each adds epsilon times its size.",
    "pixels_counted": "That counts pixels; how steep each is matters.",
    "mean_for_sum_of_slopes": "That is a mean; what the pixels add to the loss adds up.",
    "one_sided": "It nudges to one side only; up and down, over 2 h, is asked for.",
    "factor_2_missing": "Between up and down lie 2 h, not h.",
    "precedence_of_2h": "`/ 2 * h` divides by 2 and multiplies by h: brackets around 2 * h.",
    "not_divided_by_h": "It is the difference; divided by 2 h it is the slope.",
    "all_nudged": "All entries are nudged at once; one at a time.",
    "nudge_stays": "A nudge is still in the array when the next entry has its turn.",
    "another_slope": "It is another slope than up minus down over 2 h.",
    "integer_arithmetic": "With whole numbers in x the nudge is rounded away: turn x into "
    "floats first.",
    "mean_missing_all": "All slopes are m times too large: the 1/m of the mean is missing.",
    "mean_twice_all": "All slopes are m times too small: the 1/m is in there twice.",
    "mean_misplaced": "The 1/m stands in dW1 and dW2, and once more in P - Y: once is enough, in "
    "P - Y.",
    "mean_for_sum_in_db": "db1 and db2 are means over the rows. The 1/m is in P - Y already: sum.",
    "gate_lets_all": "The slope passes every hidden neuron, also where ReLU said 0. Z1 > 0 tells "
    "who was let through; A1 >= 0 is always so.",
    "gate_of_other": "That is the gate of tanh; the hidden layer is ReLU.",
    "values_for_gate": "The slope is multiplied by A1; a ReLU's slope is 1 or 0.",
    "updates_inside": "It moves weights while it walks back. The walk gives slopes alone; the "
    "step comes later, when all of them are known.",
    "x_as_it_is": "{it} takes X as it is. Look once more which index vanishes.",
    "extra_gate": "{it} is cut where X is not positive. The gate belongs to the layer below; "
    "through the weights everything passes.",
    "no_sigmoid_back": "It starts from the sums; the walk begins with P - Y, P the sigmoid.",
    "another_walk_back": "{it} does not agree with nudging.",
    # a digit of one's own
    "wraps_around": "What leaves on one side comes in on the other; paper should come in.",
    "rolled_flat": "The 64 numbers move along as one chain, so pixels run over the edge into the "
    "next row. Lay each row out as 8 x 8 first.",
    "other_way": "It goes the other way: right is towards larger columns, down towards larger "
    "rows.",
    "rows_for_columns": "Right and down are mixed up: the first index of an image is its row.",
    "one_axis_flipped": "One of the two directions is flipped.",
    "edge_repeated": "The pixels of the edge are drawn out; paper (0) should come in.",
    "not_moved": "Nothing has moved.",
    "paper_not_0": "The ink is in its place, but what comes in beside it is not paper (0).",
    "one_direction": "It moves in one of the two directions only.",
    "one_step": "It moves by one pixel, however far is asked for.",
    "votes": "These are shares of votes; average the probabilities themselves.",
    "another_shift": "Some pixels stand elsewhere than `right` and `down` say.",
    "not_a_card": 'A text is asked for, with lines such as "Reads: ..."',
    "card_one_word": "one word is too few for a stranger.",
    "card_people": "How many people drew the training digits? The lesson says it.",
    "card_no_number": "The line '{it}' has no number in figures.",
    "card_swapped": "The number in '{it}' belongs in another line.",
    "card_number": "The number in '{it}' is not what the reader gets on the 359 test digits.",
    "summed_for_mean": "{it} is a sum of nine; the mean is asked for.",
    "images_averaged": "The nine images are averaged into one blur; average what the network says "
    "of them.",
    "only_as_it_is": "That is one look, at the image as it is; nine are asked for.",
    "itself_missing": "The image as it is belongs to the nine.",
    "corners_missing": "The four places across the corner are missing: there are nine.",
    "scores_averaged": "The logits are averaged; average the probabilities.",
    "another_mean": "{it} is not the mean of what the network says of the nine images.",
    # the playground
    "not_a_line": 'A line of text is asked for, such as "data=xor layers=4 rate=0.3".',
    "not_a_setting": "So it is no setting; the playground shows its own as a line.",
    "other_data": "The data should be XOR: data=xor.",
    "inputs_do_it": "With the squares among the inputs no hidden layer is needed; here they are "
    "x0 and x1 alone.",
    "easier_data": "The noise (0.2) and the 100 points stay as they are.",
    "no_hidden_layer": "No hidden layer is one line, and no line parts XOR.",
    "one_neuron": "One hidden neuron sees the plane along one direction only.",
    "layers_without_bend": "With activation=identity two layers are one, and draw one line.",
    "starts_at_0": "From weights of 0 alone tanh and ReLU learn nothing, and sigmoids stay alike.",
    "unlucky_start": "Two can do it, but this run does not get there: try another start, rate or "
    "activation.",
    "not_learned": "After 100 epochs too few test points are correct.",
    "fewer_do": "It works, and fewer hidden neurons do as well.",
    "other_data_12": "The data stay as they are; break the network or its training.",
    "nothing_changed": "That is the line as it came.",
    "several_words": "one word alone is enough.",
    "still_learns": "It still learns: after 50 epochs there is {it}, and 0.6 or more is asked "
    "for.",
    "other_data_spirals": "The data should be the spirals: data=spirals.",
    "easier_spirals": "The 300 points and a noise of 0.1 stay as they are.",
    "too_many_parameters": "It has more than 60 parameters.",
    "run_diverged": "The run diverged.",
    "not_learned_spirals": "After 100 epochs fewer than 95 % of the test points are correct.",
    # how fast NumPy can go
    "networks_second": "The axis of the networks should come first: (K, m, h).",
    "one_wide_table": "The networks stand side by side in one table; each should have its own.",
    "b_for_rows": "With as many rows as networks, row r got the bias of network r. Every row of "
    "network k should get b[k].",
    "bias_of_first": "All networks got the bias of the first.",
    "activation_too": "Z is asked for, before any activation.",
    "bias_subtracted": "The bias is added, not subtracted.",
    "another_stack": "{it} is not what the networks give one at a time.",
    "bytes_for_bits": "These look like bytes; a byte has 8 bits.",
    "neither_32_nor_64": "Each result has 32 bits or 64.",
    "all_turned": "All five are the other way round.",
    "python_adapts": "Python's own numbers, whole or not, adapt to the array that they meet.",
    "numpy_counts": "A number that NumPy has computed brings its own bits along.",
    "arrays_decide": "An array that is not told otherwise has 64 bits, and so has what it meets.",
    "whole_numbers_too": "`np.arange` makes whole numbers of 64 bits, and with them a result has 64.",
    "plain_mean": "That is the plain mean of the workers; a worker with more rows should count "
    "for more.",
    "sum_of_means": "{it} is the sum of the means.",
    "sum_of_sums": "{it} is the sum over all rows; the mean is asked for.",
    "twice_divided": "It is divided by the rows and then by the workers as well.",
    "divided_by_workers": "The sum over all rows is divided by the workers, not by the rows.",
    "turned_shares": "The shares are in the wrong order.",
    "rows_below": "A worker with more rows counts for less here.",
    "changes_rows": "It changes rows, which whoever called still needs.",
    "last_forgotten": "The last worker is left out.",
    "same_room": "A second call writes over the result of the first.",
    "turned_division": "All rows are divided by the worker's; it is the other way round.",
    "one_worker": "That is what the first worker says alone.",
    "last_worker": "That is what the last worker says alone.",
    "overwritten": "Only the last worker's share is in it: add to a total, do not replace it.",
    "first_twice": "The first worker is counted twice.",
    "most_rows": "That is what the worker with most rows says alone.",
    "another_mix": "{it} is not the gradient on all rows.",
    "out_untouched": "out is as it was: nothing was written into it.",
    "makes_its_own": "The result is right, and out has not got it.",
    "no_activation": "The ReLU is missing.",
    "only_the_product": "Bias and ReLU are missing.",
    "bias_after": "The bias comes before the ReLU.",
    "other_layer": "out does not hold ReLU of X @ W + b.",
    "returns_another": "out is right; return out itself.",
    "new_array": "On the way new arrays held as many bytes as out has: every result should "
    "go into out.",
}
