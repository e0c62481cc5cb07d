// Events as marks on the time bar: their text where there is room, and a card with all of it on hover or focus.

import { el, safeUrl } from './dom';
import { day } from './words';
import type { Clock } from './clock';
import type { SceneData, SceneEvent } from './types';

const GAP = 8;        // px between a mark and its text, and between two texts
const WIDEST = 260;   // px of text before it is cut short
const NARROWEST = 88; // px below which a text that was cut short says nothing
const HALF_MARK = 5;  // px from a mark's middle to its side
const LEAVE_MS = 180; // time to move the pointer from the mark to its card

export interface Placed { side: 'right' | 'left' | 'none'; width: number }

/**
 * Which texts fit beside their marks: right of the mark, else left of it, cut short if need be, never over an
 * earlier text or another mark. `at` is each mark's px from the left in rising order, `widths` the px wanted.
 */
export function placeLabels(at: readonly number[], widths: readonly number[], room: number): Placed[] {
  let taken = 0;
  return at.map((x, i) => {
    const want = Math.min(widths[i]!, WIDEST);
    const enough = Math.min(want, NARROWEST);
    const next = at[i + 1];
    const right = (next === undefined ? room : next - GAP - HALF_MARK) - x - GAP;
    const left = x - GAP - taken;
    const side = right >= want || (right >= enough && right >= left) ? 'right' : left >= enough ? 'left' : 'none';
    const width = side === 'none' ? 0 : Math.floor(Math.min(want, side === 'right' ? right : left));
    taken = x + GAP + (side === 'right' ? width + GAP : 0);
    return { side, width };
  });
}

export class Events {
  readonly root: HTMLElement;
  private readonly marks: HTMLButtonElement[];
  private readonly texts: HTMLElement[];
  private readonly card = el('div', { class: 'wb-event-card', role: 'note', hidden: true });
  private readonly events: SceneEvent[];
  private leaving: ReturnType<typeof setTimeout> | undefined;
  private width = 0;

  constructor(private readonly scene: SceneData, private readonly clock: Clock) {
    this.events = scene.events.filter(({ time }) => time >= 0 && time <= scene.seconds).sort((a, b) => a.time - b.time);
    this.texts = this.events.map(({ title }) => el('span', { class: 'wb-event-text', 'aria-hidden': 'true' }, title));
    this.marks = this.events.map((event, i) => this.mark(event, i));
    const items = this.events.map((event, i) =>
      el('li', { class: 'wb-event', style: `left: ${(100 * event.time) / scene.seconds}%` }, this.marks[i]!, this.texts[i]!));
    this.root = el('div', { class: 'wb-events' }, el('ul', { 'aria-label': 'Events' }, ...items), this.card);
    this.root.addEventListener('keydown', (event) => this.onKey(event));
    this.root.addEventListener('focusout', (event) => {
      if (!this.root.contains(event.relatedTarget as Node | null)) this.hide();
    });
    this.card.addEventListener('pointerenter', () => clearTimeout(this.leaving));
    this.card.addEventListener('pointerleave', () => this.leave());
  }

  /** The track has this many px: place the texts anew. The only place that measures. */
  resize(width: number): void {
    this.width = width;
    const widths = this.texts.map((text) => text.scrollWidth + 1);
    const at = this.events.map(({ time }) => (time / this.scene.seconds) * width);
    placeLabels(at, widths, width).forEach(({ side, width: px }, i) => {
      const text = this.texts[i]!;
      text.dataset['side'] = side;
      text.style.maxWidth = `${px}px`;
    });
  }

  destroy(): void {
    clearTimeout(this.leaving);
  }

  private when(event: SceneEvent): string {
    return day(this.scene.start + event.time * 1000);
  }

  private mark(event: SceneEvent, i: number): HTMLButtonElement {
    const label = `${this.when(event)}: ${event.title}`;
    // One stop in the tab order for all of them; arrows go from one to the next.
    const mark = el('button', { type: 'button', class: 'wb-mark', 'aria-label': label, tabindex: i === 0 ? 0 : -1 });
    // Only the end of the event's step shows what had been carried by then.
    mark.addEventListener('click', () => this.clock.seek(Math.min(event.time + this.clock.step, this.clock.seconds)));
    mark.addEventListener('focus', () => this.show(i));
    mark.addEventListener('pointerenter', () => this.show(i));
    mark.addEventListener('pointerleave', () => this.leave());
    return mark;
  }

  private onKey(event: KeyboardEvent): void {
    const here = this.marks.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'Escape' && !this.card.hidden) this.hide();
    else if (here >= 0 && event.key === 'ArrowRight') this.focus(here + 1);
    else if (here >= 0 && event.key === 'ArrowLeft') this.focus(here - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private focus(i: number): void {
    const mark = this.marks[i];
    if (!mark) return;
    for (const other of this.marks) other.tabIndex = other === mark ? 0 : -1;
    mark.focus();
  }

  private show(i: number): void {
    clearTimeout(this.leaving);
    const event = this.events[i]!;
    const url = safeUrl(event.url);
    const host = url ? new URL(url).host : '';
    const source = [...new Set([event.source, host])].filter(Boolean).join(' · ');
    const link = url && el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, source);
    this.card.replaceChildren(
      el('p', { class: 'wb-muted' }, this.when(event)),
      el('p', { class: 'wb-event-title' }, event.title),
      ...(event.note ? [el('p', {}, event.note)] : []),
      ...(source ? [el('p', { class: 'wb-muted' }, 'Source: ', link || source)] : []));
    this.card.hidden = false;
    const x = (event.time / this.scene.seconds) * this.width;
    const left = Math.max(0, Math.min(x - this.card.offsetWidth / 2, this.width - this.card.offsetWidth));
    this.card.style.transform = `translateX(${Math.round(left)}px)`;
  }

  private leave(): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.hide(), LEAVE_MS);
  }

  private hide(): void {
    clearTimeout(this.leaving);
    this.card.hidden = true;
  }
}
