/** Another part of the picture, around what is looked at. */

const LEAST = 12;

/**
 * @param {Record<string, any>} state @param {{panel: string, row: number, column: number} | null} focus in pixels that are shown
 * @param {number} by how much longer its sides become: a half zooms in
 * @returns {[number, number, number, number] | null} top, left, bottom, right in pixels of the whole picture; null is all of it
 */
export function zoomed({ input, preview }, focus, by) {
  if (!preview) return null;
  const { box, factor } = preview;
  const middle = [0, 1].map((axis) => {
    const place = focus?.panel === "input" || focus?.panel === "output" ? (axis ? focus.column : focus.row) * factor : (box[axis + 2] - box[axis]) / 2;
    return box[axis] + place;
  });
  const sides = [0, 1].map((axis) => {
    const size = Math.min(input.shape[axis], Math.max(LEAST, Math.round((box[axis + 2] - box[axis]) * by)));
    const start = Math.min(Math.max(0, Math.round(middle[axis] - size / 2)), input.shape[axis] - size);
    return [start, start + size];
  });
  const [[top, bottom], [left, right]] = sides;
  const all = bottom - top === input.shape[0] && right - left === input.shape[1];
  return all ? null : [top, left, bottom, right];
}
