"""Exercises that check themselves: a wrong answer is told which misconception leads to it.

    from convwidgets import exercises as ex
    ex.task("sum-by-hand")                          the question
    ex.check("sum-by-hand", [[1, 1, 9], …])         the verdict: `.correct`, `.message`, `.misconceptions`

`ex.output`, `ex.matrix_row`, `ex.transposed` and the others make exercises of the same kinds with other numbers, those
of your own picture for example. Nothing here is a widget: an answer is a number, a tuple or a list, and a verdict is a
plain value.
"""

from convwidgets.exercises.backwards import input_gradient as input_gradient
from convwidgets.exercises.backwards import kernel_gradient as kernel_gradient
from convwidgets.exercises.backwards import step_downhill as step_downhill
from convwidgets.exercises.borders import beyond_the_border as beyond_the_border
from convwidgets.exercises.borders import following_shifts as following_shifts
from convwidgets.exercises.channel_counts import channels_read as channels_read
from convwidgets.exercises.channel_counts import dense_and_shared as dense_and_shared
from convwidgets.exercises.channel_counts import weights_of_kinds as weights_of_kinds
from convwidgets.exercises.channels import feature_map as feature_map
from convwidgets.exercises.channels import one_by_one as one_by_one
from convwidgets.exercises.checks import Exercise as Exercise
from convwidgets.exercises.checks import Result as Result
from convwidgets.exercises.checks import Slip as Slip
from convwidgets.exercises.edges import gradient_of as gradient_of
from convwidgets.exercises.edges import sharpened as sharpened
from convwidgets.exercises.kinds import output as output
from convwidgets.exercises.kinds import same_padding as same_padding
from convwidgets.exercises.kinds import size as size
from convwidgets.exercises.layer_counts import dense_parameters as dense_parameters
from convwidgets.exercises.layer_counts import kernel_from_parameters as kernel_from_parameters
from convwidgets.exercises.layer_counts import multiply_adds as multiply_adds
from convwidgets.exercises.layer_counts import parameters as parameters
from convwidgets.exercises.layer_shapes import layer_shape as layer_shape
from convwidgets.exercises.layer_shapes import receptive_field as receptive_field
from convwidgets.exercises.layer_tables import rebuilt as rebuilt
from convwidgets.exercises.matrices import matrix_column as matrix_column
from convwidgets.exercises.matrices import matrix_row as matrix_row
from convwidgets.exercises.pictures import filtered as filtered
from convwidgets.exercises.pictures import magnitude as magnitude
from convwidgets.exercises.pool_windows import chances as chances
from convwidgets.exercises.pool_windows import pooled_size as pooled_size
from convwidgets.exercises.pools import pooled as pooled
from convwidgets.exercises.pools_back import pool_gradient as pool_gradient
from convwidgets.exercises.pools_back import unpooled as unpooled
from convwidgets.exercises.sizes import matrix_size as matrix_size
from convwidgets.exercises.sizes import output_padding as output_padding
from convwidgets.exercises.sizes import transposed_size as transposed_size
from convwidgets.exercises.table import NAMES as NAMES
from convwidgets.exercises.table import check as check
from convwidgets.exercises.table import task as task
from convwidgets.exercises.transposes import spread as spread
from convwidgets.exercises.transposes import transposed as transposed
from convwidgets.exercises.upsampling import doubled as doubled
from convwidgets.exercises.upsampling import even_overlap as even_overlap
from convwidgets.exercises.upsampling import overlap as overlap
from convwidgets.exercises.upsampling import undone as undone
