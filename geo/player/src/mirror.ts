// What the picture shows, for those who do not see it: a hidden list of the visible corridors and a summary.

import { el, setText } from './dom';
import { amount, byMode, corridorName, figures, sentence, toldOf } from './words';
import type { Moment, SceneData } from './types';

/** The summary is spoken once nothing has moved for this long, so that playing does not talk without end. */
const QUIET_MS = 800;
const ATTRIBUTES = ['data-volume-low', 'data-volume-best', 'data-volume-high', 'data-width', 'data-contested'];

export class Mirror {
  readonly root: HTMLElement;
  private readonly list = el('ul', { 'aria-label': 'Routes shown' });
  private readonly live = el('p', { 'aria-live': 'polite', role: 'status' });
  /** One item per corridor ever shown, kept for when it is shown again. */
  private readonly items: (HTMLLIElement | undefined)[] = [];
  private readonly shown = new Set<number>();
  private readonly written: Float64Array;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest: Moment | undefined;

  constructor(private readonly scene: SceneData) {
    this.written = new Float64Array(scene.corridors.count * ATTRIBUTES.length).fill(-1);
    this.root = el('div', { class: 'wb-mirror' }, this.live, this.list);
  }

  /** `settled` says it at once; without it the summary waits until the moment rests. */
  update(m: Moment, settled = false): void {
    this.latest = m;
    let next = this.list.firstChild;
    for (let c = 0; c < m.width.length; c++) {
      if (m.width[c]! > 0) {
        const item = (this.items[c] ??= el('li', { 'data-corridor': this.scene.corridors.id[c] ?? String(c) }));
        this.write(item, c, m);
        if (item === next) next = next.nextSibling;
        else this.list.insertBefore(item, next);
        this.shown.add(c);
      } else if (this.shown.delete(c)) {
        const item = this.items[c]!;
        if (item === next) next = next.nextSibling;
        item.remove();
      }
    }
    clearTimeout(this.timer);
    if (settled) this.speak();
    else this.timer = setTimeout(() => this.speak(), QUIET_MS);
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  /** Compares with what was written, since reading attributes back costs as much as writing them. */
  private write(item: HTMLLIElement, c: number, m: Moment): void {
    [m.low, m.best, m.high, m.width, m.contested].forEach((column, k) => {
      const value = column[c]!, at = c * ATTRIBUTES.length + k;
      if (this.written[at] === value) return;
      this.written[at] = value;
      item.setAttribute(ATTRIBUTES[k]!, String(value));
    });
  }

  /** The text of the list costs more than its numbers, and is only needed where somebody stops to read it. */
  private speak(): void {
    const m = this.latest;
    if (!m) return;
    for (const c of this.shown) {
      const said = amount(toldOf(m, c), this.scene.unit, true);
      setText(this.items[c]!, `${corridorName(this.scene, c)}, ${byMode(this.scene.corridors.mode[c]!)}: ${said}`);
    }
    setText(this.live, `${sentence(this.scene, m)}. ${figures(this.scene, m).join(', ')}.`);
  }
}
