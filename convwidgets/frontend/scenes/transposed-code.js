/** One transposed convolution in every language: the mirror of `convwidgets/scenes/transposed_code.py`. */

import { isPicture } from "./base.js";
import { called, given, script, sized } from "./code.js";
import { gathered, matrices, reads } from "./code-latex.js";
import { ownAxes } from "./transposed-asides.js";
import { keras, pytorch } from "./transposed-layers.js";

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const { state, page } = live;
  const words = page.words.code;
  const axes = ownAxes(live);
  const hidden = isPicture(state.input);
  const outputs = axes.map(({ axis }) => axis.size);
  const texts = Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch }).map(([language, write]) => {
    const y = given(words, language, "y", state.input, hidden ? words.picture : words.input, hidden);
    const kernel = given(words, language, "kernel", state.kernel, words.kernel);
    const { setup, result } = write({ state, words, axes });
    return { language, is: true, text: script(language, [...y, ...kernel, ...setup, sized(words, `x = ${result}`, state.input.shape, outputs)]) };
  });
  const arrays = hidden ? [] : matrices({ y: state.input, k: state.kernel, x: { ...live.result, shape: outputs } });
  return [...texts, { language: "LaTeX", is: true, text: gathered([sum(axes.map(({ axis }) => axis)), ...arrays]) }];
}

/** @param {import("./transposed-layers.js").Setting} setting @returns {import("./code.js").Call} */
function numpy({ state, axes }) {
  const result = called(`cw.conv_transpose${axes.length}d`, ["y", "kernel"], {
    stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], output_padding: [state.output_padding, 0],
  });
  return { setup: [], prepare: [], result, after: [] };
}

/** The definition: every value of y times every weight goes where the convolution would read it. @param {import("../axis.js").Axis[]} axes */
function sum(axes) {
  const letters = axes.length === 1 ? [["m", "n", "j"]] : [["m", "r", "i"], ["n", "c", "j"]];
  const sums = axes.map((axis, i) => `\\sum_{${reads(axis, letters[i][1], letters[i][2])} = ${letters[i][0]}} `).join("");
  const [to, place, tap] = [0, 1, 2].map((n) => letters.map((each) => each[n]).join(","));
  return `x_{${to}} = ${sums}k_{${tap}} \\, y_{${place}}`;
}
