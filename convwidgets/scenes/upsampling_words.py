"""The words of the upsampling explorer, as templates: Python fills them for figures, the stage for the pointer."""

from __future__ import annotations

UPSAMPLING = {
    "title": "Upsampling",
    "subtitle": "{input} input × {stride} → {output}",
    "no_output": "no result",
    "input": "Input",
    "kernel": "Kernel",
    "overlap": "Overlap",
    "nearest": "Nearest",
    "bilinear": "Bilinear",
    "bicubic": "Bicubic",
    "transposed": "Transposed convolution",
    "convolved": "Resize, then convolve",
    "cells": "around the place",
    "kernel_own": "{size}",
    "kernel_bilinear": "{size}, bilinear",
    "kernel_random": "{size}, random",
    "bicubic_note": "{size}, a = {a}",
    "convolved_note": "{method}, weights/{area}",
    "overlap_note": "stamps per cell",
    "even_flat": "Cells inside get {counts} each, and their weights add up alike: no checkerboard.",
    "even_rough": "Cells inside get {counts} each, but their weights add up to different sums: a checkerboard.",
    "uneven_flat": "Cells inside get {counts}, but their weights add up alike: no checkerboard.",
    "uneven_rough": "Cells inside get {counts}: a checkerboard.",
    "stamp": "{count} stamp",
    "stamps": "{count} stamps",
    "size": "Size of every result",
    "move": "Click, or press Enter, to move the frame: the part that is enlarged.",
    "or": "{head} or {last}",
}
"""Labels, notes and sizes."""

SAID = {
    "copied": "{label} {place} is {value}, a copy of input {source}.",
    "weighed": "{label} {place} is {value} = {sum}.",
    "stamped": "{label} {place} is {value} = {sum}, from {stamps}.",
    "unstamped": "{label} {place} is 0: no stamp reaches it.",
    "overlap": "{stamps} on {place}: of input {list}.",
    "overlap_none": "No stamp reaches {place}: the stride is larger than the kernel.",
    "input": "Input {place} is {value}. It reaches {counts}.",
    "reaches": "{count} by {method}",
    "kernel": "Weight {place} is {value}. Every stamp puts it in one place: {list}.",
    "met": "input {source} puts {value}·{weight} on {place}",
    "cut": "that of input {source} is cut off",
}
"""Sentences of cells; the sums are told as in every explorer."""

REPAIRS = {"decimals": "Weights as decimals, rounded sums", "weights": "Weights {value}"}
"""Ways out of numbers that are too large."""

BY = {
    "nearest": "nearest",
    "bilinear": "bilinear",
    "bicubic": "bicubic",
    "transposed": "transposed convolution",
    "convolved": "resizing and convolving",
}
"""The methods within a sentence."""
