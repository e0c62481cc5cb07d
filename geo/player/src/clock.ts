// The playhead, and nothing that can be seen. Times are seconds since the scene's start.

import type { PlayMode, Stretch } from './types';

/** One pass of the playback range at 1× takes this long, whatever the range. */
export const PASS_SECONDS = 10;
export const MIN_SPEED = 0.05;
export const MAX_SPEED = 100;

export interface ClockOptions { seconds: number; step: number; whole?: number; t?: number; mode?: PlayMode; window?: number }
export type ClockEvent = 'change' | 'settle' | 'play';

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export class Clock {
  readonly seconds: number;
  step: number;
  /** Seconds of what words name a moment by, a day or a minute. */
  readonly whole: number;
  t: number;
  playing = false;
  speed = 1;
  loop = false;
  mode: PlayMode;
  window: number;
  /** Playback runs within [from, to]; the scene may be seen outside it by hand. */
  from = 0;
  to: number;
  /** True from the first unsettled seek until the settled one: a hand on the playhead stops the time. */
  held = false;
  private readonly listeners: Record<ClockEvent, Set<() => void>> = { change: new Set(), settle: new Set(), play: new Set() };

  constructor(opts: ClockOptions) {
    this.seconds = Math.max(1, opts.seconds);
    this.step = between(opts.step, 1, this.seconds);
    this.whole = opts.whole ?? 1;
    this.to = this.seconds;
    this.t = between(opts.t ?? this.seconds, 0, this.seconds);
    this.mode = opts.mode ?? 'cumulative';
    this.window = between(opts.window ?? 30 * 86_400, Math.min(this.step, this.seconds), this.seconds);
  }

  /** What is shown: everything since the start, or the trailing window. Half-open, clamped at the start. */
  stretch(t = this.t): Stretch {
    return { from: this.mode === 'window' ? Math.max(0, t - this.window) : 0, to: t };
  }

  /**
   * What words and figures are of. While the clock runs that is the end of the day (in a scene of hours, of the minute)
   * that it is in, as in films: a time of day could not be read, and "by 1 Oct" is always the end of that day.
   */
  told(): number {
    const days = Math.ceil(this.t / this.whole - 1e-9);
    return this.playing && days > 0 ? Math.min(days * this.whole, this.to) : this.t;
  }

  play(): void {
    if (this.playing) return;
    this.playing = true;
    if (this.t >= this.to || this.t < this.from) this.move(this.from);
    this.emit('play');
  }

  pause(): void {
    if (!this.playing) return;
    // It rests where the words stand already, so that none of them changes.
    this.move(this.told());
    this.playing = false;
    this.emit('play');
    this.emit('settle');
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Move the playhead. `settled` false while a hand still holds it. */
  seek(t: number, settled = true): void {
    if (!Number.isFinite(t)) return;
    this.held = !settled;
    this.move(between(t, 0, this.seconds));
    if (settled) this.emit('settle');
  }

  /** Steps fall on whole steps since the start, wherever the playhead stands. */
  stepBy(n: number): void {
    const here = this.t / this.step;
    // A playhead that stopped between two steps goes to the next one, not past it.
    const on = n > 0 ? Math.floor(here + 1e-9) : Math.ceil(here - 1e-9);
    this.seek((on + n) * this.step);
  }

  home(): void { this.seek(this.from); }
  end(): void { this.seek(this.to); }

  setMode(mode: PlayMode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    this.emit('change');
    this.emit('settle');
  }

  setWindow(seconds: number, settled = true): void {
    if (!Number.isFinite(seconds)) return;
    this.held = !settled;
    const window = between(seconds, Math.min(this.step, this.seconds), this.seconds);
    if (window !== this.window) {
      this.window = window;
      this.emit('change');
    }
    if (settled) this.emit('settle');
  }

  setSpeed(speed: number): void {
    if (!Number.isFinite(speed) || speed <= 0) return;
    this.speed = between(speed, MIN_SPEED, MAX_SPEED);
    this.emit('change');
  }

  setLoop(loop: boolean): void {
    this.loop = loop;
    this.emit('change');
  }

  /** Playback range; left out means the scene's own end. A range shorter than a step is widened to one. */
  setSpan(from = 0, to = this.seconds): void {
    if (!Number.isFinite(from) || !Number.isFinite(to)) return;
    this.from = between(from, 0, this.seconds - this.step);
    this.to = between(to, this.from + this.step, this.seconds);
    this.t = between(this.t, this.from, this.to);
    this.emit('change');
    this.emit('settle');
  }

  /** Let wall-clock time pass; called by the frame loop. */
  advance(dtSeconds: number): void {
    if (!this.playing || this.held || !(dtSeconds > 0)) return;
    const range = this.to - this.from;
    let t = Math.max(this.t, this.from) + (dtSeconds * this.speed * range) / PASS_SECONDS;
    if (t < this.to) {
      this.move(t);
      return;
    }
    if (this.loop) {
      t = this.from + ((t - this.from) % range);
      this.move(t);
      return;
    }
    this.move(this.to);
    this.pause();
  }

  /** Listen; the answer stops listening. change: what is shown moved; settle: it came to rest; play: toggled. */
  on(kind: ClockEvent, fn: () => void): () => void {
    this.listeners[kind].add(fn);
    return () => void this.listeners[kind].delete(fn);
  }

  private move(t: number): void {
    if (t === this.t) return;
    this.t = t;
    this.emit('change');
  }

  private emit(kind: ClockEvent): void {
    for (const fn of [...this.listeners[kind]]) fn();
  }
}
