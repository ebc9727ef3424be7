/** Undo, redo, reset, and the memory of what a smaller size cut off. */

const DEPTH = 100;
const PAUSE = 700;

/** @typedef {Record<string, any>} State */

export class History {
  /** @param {State} state @param {{view: string[], arrays: string[]}} page view: what one looks at and how, never undone */
  constructor(state, { view, arrays }) {
    this.start = state;
    this.view = new Set(view);
    this.arrays = arrays;
    /** @type {State[]} */
    this.past = [];
    /** @type {State[]} */
    this.future = [];
    /** @type {State | null} what the ghost shows */
    this.before = null;
    /** @type {[number, number] | null} how far the input was moved since `before` */
    this.shift = null;
    this.gesture = "";
    this.time = 0;
    /** @type {Record<string, Map<string, any>>} */
    this.memory = {};
    this.forget();
  }

  /** @param {State} state */
  settings(state) {
    return Object.keys(state).filter((name) => !this.view.has(name));
  }

  /** @param {State} before @param {State} after @param {string[]} changed @param {{gesture?: string, shift?: [number, number]}} how */
  record(before, after, changed, { gesture = "", shift }) {
    if (changed.every((name) => this.view.has(name))) return;
    const now = performance.now();
    const goesOn = gesture !== "" && gesture === this.gesture && now - this.time < PAUSE && this.past.length > 0;
    if (!goesOn) {
      this.past.push(before);
      if (this.past.length > DEPTH) this.past.shift();
    }
    const moved = shift && this.shift;
    if (!goesOn && !moved) this.before = before;
    this.shift = shift ? [shift[0] + (this.shift?.[0] ?? 0), shift[1] + (this.shift?.[1] ?? 0)] : null;
    this.future = [];
    this.gesture = gesture;
    this.time = now;
  }

  /** @param {State} state */
  undo(state) {
    return this.turn(state, this.past, this.future);
  }

  /** @param {State} state */
  redo(state) {
    return this.turn(state, this.future, this.past);
  }

  /** @param {State} state @param {State[]} from @param {State[]} to @returns {State | null} */
  turn(state, from, to) {
    const target = from.pop();
    if (!target) return null;
    to.push(state);
    this.gesture = "";
    this.shift = null;
    this.before = state;
    const view = Object.fromEntries(Object.entries(state).filter(([name]) => this.view.has(name)));
    return { ...target, ...view };
  }

  /** Pixels that arrived later belong to every state that has their version. @param {string} name @param {any} array */
  fill(name, array) {
    const waits = (/** @type {State} */ state) => state[name].version === array.version;
    this.past = this.past.map((state) => (waits(state) ? { ...state, [name]: array } : state));
    if (waits(this.start)) this.start = { ...this.start, [name]: array };
    if (this.before && waits(this.before)) this.before = { ...this.before, [name]: array };
  }

  /** Remember the cells of an array by their place, so that growing brings back what shrinking cut off.
   * @param {string} name @param {number} rows @param {number} columns @param {ArrayLike<any>} data @param {number} [planes]
   */
  remember(name, rows, columns, data, planes = 1) {
    const memory = this.memory[name];
    for (let i = 0; i < rows * columns * planes; i++) {
      const cell = Math.floor(i / planes);
      memory.set(`${Math.floor(cell / columns)},${cell % columns},${i % planes}`, data[i]);
    }
  }

  /** @param {string} name @param {number} row @param {number} column @param {number} [plane] */
  recall(name, row, column, plane = 0) {
    return this.memory[name].get(`${row},${column},${plane}`);
  }

  /** @param {string} [name] */
  forget(name) {
    this.memory = { ...this.memory, ...Object.fromEntries((name ? [name] : this.arrays).map((array) => [array, new Map()])) };
  }
}
