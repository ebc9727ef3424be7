"""Exercises that check themselves: a wrong answer is told which misconception leads to it.

    from convwidgets import exercises as ex
    ex.task("sum-by-hand")                          the question
    ex.check("sum-by-hand", [[1, 1, 9], …])         the verdict: `.correct`, `.message`, `.misconceptions`

`ex.output`, `ex.size` and `ex.same_padding` make exercises of the same kinds with other numbers. Nothing here is a
widget: an answer is a number, a tuple or a list, and a verdict is a plain value.
"""

from convwidgets.exercises.checks import Exercise as Exercise
from convwidgets.exercises.checks import Result as Result
from convwidgets.exercises.checks import Slip as Slip
from convwidgets.exercises.table import NAMES as NAMES
from convwidgets.exercises.table import check as check
from convwidgets.exercises.table import output as output
from convwidgets.exercises.table import same_padding as same_padding
from convwidgets.exercises.table import size as size
from convwidgets.exercises.table import task as task
