/**
 * The parts of a file on their way to the kernel: large ones on a fast connection, small ones on a slow one.
 *
 * Whatever is sent waits behind them: a moved slider, or another file that was chosen half-way.
 */

/** Bytes of a part. Jupyter takes messages of up to 10 MB. */
const [LEAST, FIRST, MOST] = [32e3, 128e3, 1e6];
/** Parts on their way at the same time, so that a connection is kept busy. */
const AHEAD = 3;
/** Milliseconds after which an answer is quick, or slow. */
const [QUICK, SLOW] = [500, 1500];

export class Sending {
  /** @param {{send(content: any, callbacks?: any, buffers?: any[]): void}} model @param {number} id @param {Uint8Array} bytes */
  constructor(model, id, bytes) {
    this.model = model;
    this.id = id;
    this.bytes = bytes;
    this.part = FIRST;
    this.sent = 0;
    this.got = 0;
    /** @type {Map<number, number>} when a part was sent, by where it ends */
    this.times = new Map();
    /** Where parts were last sent again. */
    this.again = -1;
  }

  get size() {
    return this.bytes.length;
  }

  /** As many parts as may be on their way. */
  go() {
    while (this.sent < this.size && this.sent - this.got < AHEAD * this.part) {
      const data = this.bytes.slice(this.sent, this.sent + this.part);
      this.model.send({ type: "upload", id: this.id, start: this.sent, size: this.size }, undefined, [new DataView(data.buffer)]);
      this.sent += data.length;
      this.times.set(this.sent, performance.now());
    }
  }

  /** Parts on their way may get lost, or overtake each other: what does not follow on what has arrived is sent again, once. @param {number} got */
  missed(got) {
    if (got === this.again || got < this.got) return;
    this.again = got;
    this.sent = this.got = got;
    this.go();
  }

  /** So many bytes have arrived. @param {number} got */
  arrived(got) {
    const took = performance.now() - (this.times.get(got) ?? NaN);
    this.times.delete(got);
    this.got = got;
    if (took < QUICK) this.part = Math.min(MOST, 2 * this.part);
    else if (took > SLOW) this.part = Math.max(LEAST, this.part / 2);
    this.go();
  }
}
