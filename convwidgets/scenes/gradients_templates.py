"""The sentences of the backward pass, as templates; Python fills them for figures, the stage for the pointer."""

from convwidgets.scenes.words import SENTENCES

GRADIENTS = {
    "choice": "gradients",
    "heading": "Gradients flow back through Cᵀ",
    "heading_activated": "Gradients of y = C x + b, before the activation",
    "title": "Gradients flow back through Cᵀ",
    "subtitle": "{input} input ∗ {kernel} kernel → {output} output → the loss L",
    "labels": "Input x|Kernel k|Output y|g = dL/dy|dL/dx = Cᵀ g|dL/dk = x ⋆ g|dL/dx by trying|dL/dk by trying",
    "loss": "L = Σ g·y = {sum} = {loss}",
    "input": "dL/dx = Cᵀ g: {rows} × {columns} times {columns} numbers",
    "kernel": "dL/dk = x ⋆ g: g slides over x{padded}{spread}{steps}{rotated}",
    "padded": " with its padding",
    "spread": ", the numbers of g {stride} apart, as the windows were",
    "steps": ", in steps of the dilation, {dilation}",
    "rotated": "; the kernel lies rotated by 180°, and so does dL/dk",
    "bias": "dL/db = Σ g = {sum}, for a bias b added to every output",
    "button": "Check by finite differences",
    "unchecked": "Change one number by h, up and down, and see what the loss does: {quotient}.",
    "quotient": "(L(x + h) − L(x − h))/2h",
    "checked": "{losses} losses, h = {steps}: one pair for each of {numbers}. "
    "The largest difference between a quotient and its gradient is {difference}. {verdict}",
    "numbers_both": "the {input} numbers of x and the {kernel} of k",
    "numbers_input": "the {input} numbers of x",
    "numbers_kernel": "the {kernel} numbers of k",
    "two_steps": "{input} for x and {kernel} for k",
    "equal": "They are equal: L is straight in every single number, so the quotient is exact.",
    "rounding": "That is rounding: L is straight in every single number, so the quotient is exact but for it.",
    "apart": "That is more than rounding.",
    "not_finite": "The loss is {loss}, so no differences can be taken.",
    "too_many": "To try every number of {letter} would take {count} products, and at most {most} are taken. "
    "Use an input of at most 24 × 24.",
}
"""Titles, formulae, and what the check says."""

CELLS = {
    "input": "Input {place} is {value}. Made larger by 1, it changes the loss by {gradient}, its entry of dL/dx.",
    "padding": "Padding {place} is {value}. It is no number of x, so it has no gradient.",
    "copy": "Padding {place} is {value}, a copy of input {source}. What flows back to it is added there.",
    "kernel": "Weight {place} is {value}. Made larger by 1, it changes the loss by {gradient}, its entry of dL/dk.",
    "output": "Output {place} is {value}. Times {gradient}, its number of g, it adds {product} to the loss {loss}.",
    "gradient": "g {place} is {value}: output {place}, made larger by 1, changes the loss by as much. {flows}",
    "flows_none": "It flows back to no input.",
    "flows_one": "It flows back to 1 input, times a weight.",
    "flows_many": "It flows back to {count} inputs, times a weight each.",
    "input_gradient": "dL/dx {place} is {value} = {sum}: column {column} of C times g.",
    "input_gradient_none": "dL/dx {place} is 0: no output reads this input, so column {column} of C is empty.",
    "kernel_gradient": "dL/dk {place} is {value} = {sum}: the inputs that this weight meets, times g.",
    "quotient": "{name} {place} by trying: ({up} − {down})/{twice} = {quotient}, and the gradient is {gradient}.",
    "unchecked": "{name} {place} has not been tried yet.",
    "zeros_left_out": "Zeros left out.",
    "all_zero": "0 (every factor is zero)",
    "more_terms": SENTENCES["more_terms"],
    "bias": SENTENCES["bias"],
}
"""The sentence of a cell of each panel."""

WORDS = {**GRADIENTS, "cells": CELLS}
"""All of it, as the page takes it."""
