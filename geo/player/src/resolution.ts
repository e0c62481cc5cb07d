// How finely arcs are drawn while they play: with half the pixels along a side where a machine cannot keep up.

/** ms between two frames, in the median, above which a machine does not keep up: fewer than 20 a second. */
const SLOW_MS = 50;
/** The same below which a coarse pass kept up with the screen: the next one is tried with all pixels. */
const QUICK_MS = 18;
const COARSE = 0.5;
/** Intervals that decide: one pause of the browser does not. */
const INTERVALS = 5;

export class Resolution {
  private readonly intervals: number[] = [];
  private last: number | null = null;
  private coarse = false;

  /** A frame is drawn at `now`, ms. -> its share of the screen's pixels along a side */
  playing(now: number): number {
    if (this.last !== null) this.intervals.push(now - this.last);
    this.last = now;
    if (!this.coarse && this.intervals.length >= INTERVALS && this.median() > SLOW_MS) {
      this.coarse = true;
      this.intervals.length = 0;
    }
    return this.coarse ? COARSE : 1;
  }

  /** The clock rests: all pixels again. A pass stays as coarse as it is, but the next one may be finer. */
  resting(): number {
    if (this.coarse && this.intervals.length >= INTERVALS && this.median() < QUICK_MS) this.coarse = false;
    this.last = null;
    this.intervals.length = 0;
    return 1;
  }

  private median(): number {
    const sorted = this.intervals.slice(-INTERVALS).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  }
}
