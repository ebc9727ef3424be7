/** The walk through all window positions: time belongs to the learner. */

/** @typedef {import("./store.js").Store} Store */

const STEP = 800;

export class Player {
  /** One for all views of an explorer, so that two views do not walk twice as fast. @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {any} */
    this.timer = null;
    /** @type {Set<object>} views that can be seen */
    this.visible = new Set();
    this.listen = () => this.follow();
    store.listeners.add(this.listen);
    // Nothing plays by itself, not even what was saved while it played.
    if (store.state.playing) store.set({ playing: false });
  }

  close() {
    clearTimeout(this.timer);
    this.store.listeners.delete(this.listen);
  }

  get count() {
    const { shown } = this.store;
    return shown ? this.store.scene.count(shown) : 0;
  }

  /** The position that is shown: the trait, kept within what there is. */
  get step() {
    return Math.min(Math.max(this.store.state.step, 0), Math.max(0, this.count - 1));
  }

  /** Start and stop the clock as the state says. */
  follow() {
    const runs = this.store.state.playing && this.store.live.ok;
    if (runs && this.timer === null) this.wait();
    if (!runs) this.stopClock();
  }

  stopClock() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  wait() {
    this.timer = setTimeout(() => this.tick(), STEP / this.store.state.speed);
  }

  tick() {
    this.timer = null;
    if (this.step >= this.count - 1) return this.store.set({ playing: false });
    this.store.set({ step: this.step + 1 });
    this.follow();
  }

  toggle() {
    if (this.store.state.playing) this.store.set({ playing: false });
    else this.store.set({ playing: true, selected: null, step: this.step >= this.count - 1 ? 0 : this.step });
  }

  /** @param {number} step */
  goTo(step) {
    const last = this.count - 1;
    this.store.set({ step: Math.min(Math.max(step, 0), last), selected: null, playing: false });
  }

  /** Nothing plays where nobody can see it. @param {object} view @param {boolean} seen */
  see(view, seen) {
    if (seen) this.visible.add(view);
    else this.visible.delete(view);
    if (this.visible.size === 0 && this.store.state.playing) this.store.set({ playing: false });
  }
}
