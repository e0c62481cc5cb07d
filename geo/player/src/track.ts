// The track of the time bar: the strip, axes, playhead and trailing window, and the hands that drag them.

import { axisOf, bandFigure, HEADROOM, heightOf, topOf, type Band } from './band';
import { el, setAttribute } from './dom';
import { ticks, type Tick } from './measure';
import { day, duration, minute, moment, number, stretchWords } from './words';
import type { Clock } from './clock';
import { modeProperty } from './theme';
import type { Mode, SceneData } from './types';

/** A press that moves less than this many px is a click. */
const CLICK_PX = 3;
const TICK_PX = 72;
/** px of the strip, and of a value at its axis: as in player.css. */
const STRIP_PX = 44, VALUE_PX = 14;

type Grip = 'head' | 'body' | 'length';
interface Drag { grip: Grip; left: number; width: number; x: number; t: number; moved: boolean }

/** Lines across the strip, each with its value at the left. */
function valueAxis(band: Band): HTMLElement {
  const top = topOf(band);
  const lines = axisOf(top, (VALUE_PX / STRIP_PX) * HEADROOM).map((value) => el('span', { style: `bottom: ${(100 * heightOf(value, top)).toFixed(2)}%` }, number(value)));
  return el('div', { class: 'wb-values', 'aria-hidden': 'true' }, ...lines);
}

function tickLabel({ unit, at }: Tick, first: boolean): string {
  const whole = day(at.getTime());
  const [date, month, year] = whole.split(' ');
  if (unit === 'year') return year!;
  if (unit === 'month') return first || at.getUTCMonth() === 0 ? `${month} ${year}` : month!;
  if (unit === 'day') return first ? whole : `${date} ${month}`;
  return first || (at.getUTCHours() === 0 && at.getUTCMinutes() === 0) ? `${date} ${month}` : minute(at.getTime()).split(', ')[1]!;
}

/** What speaks for all arcs has the colour of their mode, or none where they have several: as on plates. */
function bandColour({ corridors }: SceneData): string {
  const [mode, ...others] = new Set(corridors.mode);
  return `var(${mode === undefined || others.length ? '--wb-label' : modeProperty(mode as Mode)})`;
}

export class Track {
  readonly root: HTMLElement;
  private readonly head = el('div', { class: 'wb-head', role: 'slider', tabindex: 0, 'aria-label': 'Moment', 'aria-valuemin': 0 });
  private readonly body = el('div', { class: 'wb-window-body' });
  private readonly length = el('div', { class: 'wb-window-length', role: 'slider', tabindex: 0, 'aria-label': 'Length of the window', 'aria-valuemin': 0 });
  private readonly shownTo = el('div', { class: 'wb-shown' });
  private readonly shownFrom = el('div', { class: 'wb-shown' });
  private readonly shown: SVGSVGElement;
  private readonly before = el('div', { class: 'wb-outside' });
  private readonly after = el('div', { class: 'wb-outside wb-after' });
  private readonly axis = el('div', { class: 'wb-axis', 'aria-hidden': 'true' });
  private readonly plot: HTMLElement;
  private width = 0;
  private drawn = '';
  private drag: Drag | null = null;

  constructor(private readonly scene: SceneData, private readonly clock: Clock, band: Band) {
    this.shown = bandFigure(band, scene.seconds, 'wb-bars wb-bars-shown');
    this.shownFrom.append(this.shown);
    this.shownTo.append(this.shownFrom);
    this.plot = el('div', { class: 'wb-plot' }, bandFigure(band, scene.seconds, 'wb-bars'), this.shownTo, valueAxis(band), this.before, this.after, this.body, this.length, this.head);
    this.root = el('div', { class: 'wb-track' }, this.plot, this.axis);
    this.root.style.setProperty('--band', bandColour(scene));
    for (const slider of [this.head, this.length]) slider.setAttribute('aria-valuemax', String(scene.seconds));
    this.listen();
  }

  /** px of the plot; ticks are placed anew. */
  resize(width: number): void {
    this.width = width;
    const { start, seconds } = this.scene;
    const labels = ticks(start, seconds, Math.max(2, Math.floor(width / TICK_PX)))
      .filter(({ time }) => (time / seconds) * width < width - 32)
      .map((tick, i) => el('span', { style: `left: ${(100 * tick.time) / seconds}%` }, tickLabel(tick, i === 0)));
    this.axis.replaceChildren(...labels);
    this.drawn = '';
    this.tick();
  }

  /** Every frame: transforms alone, and only when something moved. */
  tick(): void {
    const { from, to } = this.clock.stretch();
    const scale = this.width / this.clock.seconds;
    const [left, right] = [from * scale, to * scale];
    const now = `${left.toFixed(1)} ${right.toFixed(1)}`;
    if (now === this.drawn) return;
    this.drawn = now;
    this.head.style.transform = `translateX(${right.toFixed(1)}px)`;
    this.length.style.transform = `translateX(${left.toFixed(1)}px)`;
    this.body.style.transform = `translateX(${left.toFixed(1)}px) scaleX(${((right - left) / Math.max(1, this.width)).toFixed(5)})`;
    // Three shifts that cut [left, right] out of the brighter bars without moving them.
    this.shownTo.style.transform = `translateX(${(right - this.width).toFixed(1)}px)`;
    this.shownFrom.style.transform = `translateX(${(this.width - right + left).toFixed(1)}px)`;
    this.shown.style.transform = `translateX(${(-left).toFixed(1)}px)`;
  }

  /** The clock changed: what is spoken, and what does not move with every frame. */
  update(): void {
    const { clock, scene } = this;
    const windowed = clock.mode === 'window';
    this.root.dataset['mode'] = clock.mode;
    this.length.hidden = !windowed;
    setAttribute(this.head, 'aria-valuenow', String(Math.round(clock.t)));
    setAttribute(this.head, 'aria-valuetext', windowed ? stretchWords(scene, clock.stretch(clock.told()), clock.mode) : moment(scene, clock.told()));
    setAttribute(this.length, 'aria-valuenow', String(Math.round(clock.window)));
    setAttribute(this.length, 'aria-valuetext', duration(scene, clock.window));
    this.before.style.transform = `scaleX(${clock.from / clock.seconds})`;
    this.after.style.transform = `scaleX(${1 - clock.to / clock.seconds})`;
  }

  private listen(): void {
    this.plot.addEventListener('pointerdown', (event) => this.grab(event));
    this.plot.addEventListener('pointermove', (event) => this.pull(event));
    this.plot.addEventListener('pointerup', (event) => this.drop(event));
    this.plot.addEventListener('pointercancel', (event) => this.drop(event));
    this.length.addEventListener('keydown', (event) => {
      const steps = event.key === 'ArrowLeft' ? 1 : event.key === 'ArrowRight' ? -1 : 0;
      if (steps === 0) return;
      this.clock.setWindow(this.clock.window + steps * this.clock.step);
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { left, width } = this.plot.getBoundingClientRect();
    const target = event.target as Node;
    const windowed = this.clock.mode === 'window';
    const grip: Grip = windowed && target === this.length ? 'length' : windowed && target === this.body ? 'body' : 'head';
    this.drag = { grip, left, width: Math.max(1, width), x: event.clientX, t: this.clock.t, moved: false };
    this.plot.setPointerCapture?.(event.pointerId);
    (grip === 'length' ? this.length : this.head).focus({ preventScroll: true });
    if (grip === 'head' && target !== this.head) this.clock.seek(this.at(event.clientX), false);
    event.preventDefault();
  }

  private pull(event: PointerEvent): void {
    const { drag, clock } = this;
    if (!drag) return;
    if (!drag.moved && Math.abs(event.clientX - drag.x) < CLICK_PX) return;
    drag.moved = true;
    if (drag.grip === 'length') clock.setWindow(this.snap(clock.t - this.at(event.clientX)), false);
    else if (drag.grip === 'body') clock.seek(this.snap(drag.t + ((event.clientX - drag.x) / drag.width) * clock.seconds), false);
    else clock.seek(this.at(event.clientX), false);
  }

  private drop(event: PointerEvent): void {
    const { drag, clock } = this;
    if (!drag) return;
    if (drag.grip === 'length') clock.setWindow(clock.window);
    else if (drag.grip === 'body' && !drag.moved && event.type === 'pointerup') clock.seek(this.at(event.clientX));
    else clock.seek(clock.t);
    this.drag = null;
  }

  /** The moment under a pointer, on a whole step: a picture says "by 1 Oct" only when all of 1 Oct is in it. */
  private at(clientX: number): number {
    const { left, width } = this.drag!;
    return this.snap(((clientX - left) / width) * this.clock.seconds);
  }

  private snap(t: number): number {
    const { step, seconds } = this.clock;
    return Math.max(0, Math.min(seconds, Math.round(t / step) * step));
  }
}
