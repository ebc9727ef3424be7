/**
 * The engine of FilterLab: pictures in, exact numbers out, and how they are shown. No page elements, no state of its own.
 * The same numbers as `convwidgets/core/filtering.py`; a test compares the two over many small settings.
 *
 * **A picture** is `{height, width, channels: 1 | 3, planes}`, each plane a Uint8Array of height × width levels 0 … 255.
 *
 *     pictureOf(bytes, height, width, channels)   interleaved bytes of 1, 3 or 4 channels; the fourth is laid over white
 *     grey(picture)                               the luminance, as Python's `convwidgets.images.luminance`, exactly
 *     cropped(picture, {top, left, height, width})
 *     fittingFactor(height, width, most = 1e6)    the factor that leaves at most so many pixels, as Python chooses it
 *     reduced(picture, factor)                    means over blocks, as Python's `averaged`: reduce first, then `grey`
 *     thumbnail(picture, side)                    reduced until neither side is longer than `side`
 *
 * **A setting** has the names of the widget's traits, so that a state can be handed over as it is:
 *
 *     kernel              NDArray (kh, kw)
 *     combine             "none" | "then" | "sum" | "difference" | "magnitude" | "direction": what becomes of two kernels
 *     second              NDArray or null; null means the kernel mirrored at its diagonal, so that Sobel x meets Sobel y
 *     stride, dilation    a number, or [rows, columns]
 *     padding             "valid", "same", "full", "half", a number, [rows, columns] or [[top, bottom], [left, right]]
 *     pad_mode, pad_value, flip, bias, activation     as in every explorer
 *
 *   Channels are filtered one by one: a result has the channels of its picture. With `a` the sums of the first kernel and
 *   `b` those of the second: sum a + b, difference a − b, magnitude √(a² + b²), direction atan2(b, a), radians in (−π, π].
 *   Kernels of different sizes are first laid into one window, centre upon centre, so every window is the same for both.
 *   "then" filters the result of the first kernel with the second; both meet dilation, padding and pad mode, the stride
 *   belongs to the second. Last come bias and activation, once: σ(combined + bias); a direction is an angle and has neither.
 *
 *     geometry(picture, setting)     {stages: [{rows, columns, weights}], refusals: []}; `rows` and `columns` are axes of axis.js,
 *                                    `weights` the NDArrays that meet the window there (flipped and laid already): one, or two
 *                                    beside each other; "then" has two stages. A refusal is axis.js's {code, numbers} with
 *                                    {axis, stage}, or "too_large" of scenes/words.py; where there is one, stages is [].
 *     filtered(picture, setting)     → Result, at once. Throws RangeError where geometry() refuses.
 *     filteredInSlices(picture, setting)  generator, some milliseconds a slice: yields a whole coarse Result when it has a
 *                                    better one, else undefined; returns the Result, exact in every pixel.
 *     effort(picture, setting)       the work, in products of plain loops; up to PATIENCE it is a frame's: use filtered()
 *     giveBack(planes)               of a result that nobody reads any more: the memory is used for another one
 *
 * **A Result** is `{height, width, channels, dtype, planes, exact}`: planes are Int32Array or Float64Array, before any clamping; dtype
 * "int64" (whole numbers), "float32" or "float64", as Python has it; exact is false where doubles had to round integers.
 *
 *     magnified(picture, setting, row, column, channel = 0)   one result for a magnifier: {kernels: [{terms, sum}], before, value};
 *                                    terms: {value, weight, product, tap, source}, source null for a constant beyond the border;
 *                                    before: combined, without bias and activation
 *
 * **Shown** (`display.js`): honest about what a screen cannot show.
 *
 *     statistics(planes, low = 0, high = 255)   {min, max, mean, below, above}: shares of the pixels outside low … high
 *     signedScale(planes)            {largest, beyond}: zero-centred; one pixel in a hundred may lie beyond; also for a strength
 *     suits(result, setting)         "signed" | "clamped" | "angle" | "strength": the display that fits this setting
 *     paint(planes, look, pixels)    Uint8ClampedArray of RGBA for ImageData, new where none is given; look is one of
 *         {show: "clamped", low, high}          one plane grey, three planes as a colour; the default 0 … 255
 *         {show: "signed", largest, ramp}       one plane; ramp: the 511 colours of canvas.js's ramp(stage, true)
 *         {show: "strength", largest, ramp}     one plane from 0: the plus half of the same ramp
 *         {show: "angle", strength, largest, wheel}  direction as hue, the plane `strength` (the magnitude) as how much of it
 *                                               stands out up to `largest`; wheel: wheelOf(stage)
 *     shownValue(value, look)        what becomes of one value: {value, clamped, beyond}
 *
 * **Equivariance** (`equivariance.js`): does f(T x) equal T f(x)?
 *
 *     change                         {kind: "shift", rows, columns} | {kind: "rotate", degrees: 90 | 180 | 270 clockwise}
 *                                    | {kind: "flip", axis: "left-right" | "up-down"}
 *     transformed(picture, change, setting)     T x; a shift fills the border by the setting's pad mode
 *     changeRefused(picture, change, setting)   refusals of axis.js with {axis}: a shift that the pad mode cannot fill
 *     equivariance(picture, setting, change)    {first: f(T x), then: T f(x), even, difference, all, inside, border};
 *                                    all, inside and border are {pixels, largest, mean, share} of the differences, share being
 *                                    how many are not 0. difference: a plane per channel, null where the two sizes differ.
 *                                    even: false where a stride does not divide a shift, so that no shift of the result fits.
 *
 * **The bank** (`bank.js`):
 *
 *     bank(picture, kernels, setting)     generator: {entry, setting, result} for each entry {kernel, …} in turn: stride 1, no
 *                                    dilation, the size kept, one kernel; `setting` is what was used, for suits()
 */

export { bank } from "./bank.js";
export { paint, shownValue, signedScale, statistics, suits, wheelOf } from "./display.js";
export { changeRefused, equivariance, transformed } from "./equivariance.js";
export { effort, filtered, filteredInSlices, PATIENCE } from "./filter.js";
export { geometry } from "./geometry.js";
export { giveBack } from "./room.js";
export { magnified } from "./magnifier.js";
export { cropped, fittingFactor, grey, MOST, pictureOf, reduced, thumbnail } from "./picture.js";
