// The bar below the map: play, scrub, the moment in words, and the range over time behind it all.

import { el, setText } from './dom';
import { Controls } from './controls';
import type { Band } from './band';
import { Events } from './events';
import { Track } from './track';
import { clockTime, moment, stretchWords } from './words';
import type { Clock } from './clock';
import type { Moment, SceneData } from './types';

export class TimeBar {
  readonly root: HTMLElement;
  private readonly controls: Controls;
  private readonly track: Track;
  private readonly events: Events;
  private readonly now = el('time', { class: 'wb-now' });
  private readonly span = el('span', { class: 'wb-span' });
  private readonly resizing: ResizeObserver | null;
  private readonly stop: (() => void)[];

  constructor(private readonly scene: SceneData, private readonly clock: Clock, band: Band) {
    this.controls = new Controls(scene, clock);
    this.track = new Track(scene, clock, band);
    this.events = new Events(scene, clock);
    const words = el('p', { class: 'wb-moment' },
      el('span', { class: 'wb-when' }, this.now, ' ', el('abbr', { title: 'All times are Coordinated Universal Time' }, 'UTC')), this.span);
    const line = el('div', { class: 'wb-line' }, this.events.root, this.track.root);
    this.root = el('section', { class: 'wb-timebar', 'aria-label': 'Time' },
      el('div', { class: 'wb-controls' }, this.controls.transport, words, this.controls.extras, this.controls.more), line);
    const sync = (): void => this.sync();
    this.stop = [clock.on('change', sync), clock.on('play', sync)];
    this.resizing = typeof ResizeObserver === 'function'
      ? new ResizeObserver(([entry]) => entry && this.resize(entry.contentRect.width)) : null;
    this.resizing?.observe(line);
    // Texts are as wide as their font, which may arrive after them.
    void document.fonts?.ready?.then(() => line.isConnected && this.resize(line.clientWidth));
    this.sync();
    this.tick();
  }

  /** What is shown while everything is: a flow may have begun long before the time bar does, and its figure counts that too. */
  private get soFar(): string {
    const earlier = [...this.scene.periods.values()].some(({time}) => time[0]! < 0);
    return earlier ? 'all so far' : `since ${moment(this.scene, 0)}`;
  }

  /** The moment in words. Called as often as the header is. */
  update(m: Moment): void {
    const { scene } = this, time = clockTime(scene, m.t);
    setText(this.now, moment(scene, m.t) + (time && `, ${time}`));
    setText(this.span, m.mode === 'window' ? stretchWords(scene, m.stretch, m.mode) : this.soFar);
  }

  /** Every frame: transforms. */
  tick(): void {
    this.track.tick();
  }

  /** Texts as a strip of so many px has room for them; 0 is the strip on screen. */
  fitTo(width: number): void {
    this.resize(width || this.track.root.clientWidth);
  }

  destroy(): void {
    this.resizing?.disconnect();
    this.events.destroy();
    for (const stop of this.stop) stop();
  }

  private resize(width: number): void {
    if (width <= 0) return;
    this.track.resize(width);
    this.events.resize(width);
  }

  private synced = '';

  /** While playing the clock changes with every frame; nothing but the slider's value does, and that can wait. */
  private sync(): void {
    const { clock } = this;
    const now = [clock.playing, clock.playing ? Math.floor(clock.t / clock.step) : clock.t, clock.mode, clock.window, clock.speed, clock.loop, clock.from, clock.to].join();
    if (now === this.synced) return;
    this.synced = now;
    this.controls.update();
    this.track.update();
    if (!clock.playing) this.tick();
  }
}
