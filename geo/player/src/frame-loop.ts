// One frame after another while the clock runs, and single ones at rest.

import type {Clock} from './clock';

// Figures follow the clock at most four times a second, and twice where there are so many that writing them costs frames.
const READ_OUT_MS = 250, LONG_READ_OUT_MS = 500, MANY_CORRIDORS = 500;
/** s; a longer pause of the browser does not make the clock jump. */
const LONGEST = 0.25;

/** clock: null before there is a scene. draw: a frame of the running clock; readOut: figures, list and marks; rest: a frame at rest. */
export interface FrameHandlers {
  clock(): Clock | null;
  corridors(): number;
  draw(clock: Clock): void;
  readOut(): void;
  rest(): void;
  ticked(): void;
}

export class FrameLoop {
  private due = 0;
  private lastTick = 0;
  private lastReadOut = 0;

  constructor(private readonly handlers: FrameHandlers) {}

  /** One frame is due; while playing, the next one follows by itself. */
  wake(): void {
    if (!this.due) this.due = requestAnimationFrame((time) => this.tick(time));
  }

  /** The clock was started or stopped just now. */
  toggled(): void {
    this.lastTick = performance.now();
    this.wake();
  }

  /** Figures were written at `time`, ms. */
  noteReadOut(time: number): void {
    this.lastReadOut = time;
  }

  private tick(time: number): void {
    this.due = 0;
    const {handlers} = this, clock = handlers.clock();
    if (!clock) return;
    if (clock.playing) {
      const passed = Math.min(LONGEST, Math.max(0, time - this.lastTick) / 1000);
      this.lastTick = time;
      clock.advance(passed);
    }
    if (clock.playing) {
      handlers.draw(clock);
      if (time - this.lastReadOut >= (handlers.corridors() > MANY_CORRIDORS ? LONG_READ_OUT_MS : READ_OUT_MS)) handlers.readOut();
      this.wake();
    } else handlers.rest();
    handlers.ticked();
  }

  stop(): void {
    cancelAnimationFrame(this.due);
  }
}
