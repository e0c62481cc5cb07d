// What is under the pointer: a corridor or a port, in words.

import { el, type Child } from './dom';
import { byMode, capital, corridorName, counted, extent, quantity, several, stretchWords, units } from './words';
import type { Moment, SceneData } from './types';

const GAP = 14; // px between the pointer and the box
const EDGE = 6; // px kept free at the edges of the map

/** "about 2,000 containers (1,800–2,200)": the words, and the figures where the words do not say them. */
function amount(unit: string, low: number, best: number, high: number): string {
  if (!(high > 0)) return `no ${units(unit)}`;
  const said = quantity(low, best, high);
  const figures = extent(low, high);
  return `${counted(said, unit)}${figures === said ? '' : ` (${figures})`}`;
}

function row(label: string, value: string): HTMLElement {
  return el('div', {}, el('dt', {}, label), el('dd', {}, value));
}

export class Tooltip {
  readonly root = el('div', { class: 'wb-tooltip', role: 'tooltip', hidden: true });
  /** Reports behind each corridor. */
  private readonly reports: Uint32Array;

  constructor(private readonly scene: SceneData) {
    this.reports = new Uint32Array(scene.corridors.count);
    for (const report of scene.reports) for (const c of report.corridors) this.reports[c]!++;
  }

  /** Over a corridor: what it carries at the moment, and over the whole span. x, y in px of the map. */
  show(corridor: number, x: number, y: number, m: Moment, whole: Moment): void {
    const c = corridor;
    const { scene } = this;
    this.fill(x, y,
      el('p', { class: 'wb-tooltip-title' }, corridorName(scene, c)),
      el('p', { class: 'wb-muted' }, capital(byMode(scene.corridors.mode[c]!))),
      el('dl', {},
        row(capital(stretchWords(scene, m.stretch, m.mode)), amount(scene.unit, m.low[c]!, m.best[c]!, m.high[c]!)),
        row('In all', amount(scene.unit, whole.low[c]!, whole.best[c]!, whole.high[c]!)),
        row('Behind it', several(this.reports[c]!, 'report'))));
  }

  /** Over a port: what left it and what reached it at the moment. */
  place(index: number, x: number, y: number, m: Moment): void {
    const { scene } = this;
    const place = scene.places[index];
    if (!place) return this.hide();
    const rows: Child[] = [];
    for (const [label, ends] of [['Left', scene.corridors.origin], ['Reached', scene.corridors.destination]] as const) {
      let low = 0, best = 0, high = 0;
      ends.forEach((at, c) => {
        if (at !== index) return;
        low += m.low[c]!;
        best += m.best[c]!;
        high += m.high[c]!;
      });
      if (high > 0) rows.push(row(label, amount(scene.unit, low, best, high)));
    }
    const extent = place.radiusKm > 0 ? `, area of about ${Math.round(place.radiusKm)} km around this point` : '';
    this.fill(x, y,
      el('p', { class: 'wb-tooltip-title' }, place.name),
      el('p', { class: 'wb-muted' }, `${place.code}${extent}`),
      rows.length > 0
        ? el('dl', {}, ...rows)
        : el('p', {}, `No ${units(scene.unit)} ${stretchWords(scene, m.stretch, m.mode)}`));
  }

  hide(): void {
    this.root.hidden = true;
  }

  private fill(x: number, y: number, ...children: Child[]): void {
    this.root.replaceChildren(...children.filter((child): child is Node => child instanceof Node));
    this.root.hidden = false;
    const box = this.root.parentElement;
    const [width, height] = [box?.clientWidth ?? 0, box?.clientHeight ?? 0];
    const [own, tall] = [this.root.offsetWidth, this.root.offsetHeight];
    // Beside the pointer where there is room, on its other side where there is not; never past the map's edge.
    const left = x + GAP + own + EDGE <= width ? x + GAP : x - GAP - own;
    const top = y + GAP + tall + EDGE <= height ? y + GAP : y - GAP - tall;
    const clamp = (at: number, size: number, all: number): number => Math.max(EDGE, Math.min(at, all - size - EDGE));
    this.root.style.transform = `translate(${Math.round(clamp(left, own, width))}px, ${Math.round(clamp(top, tall, height))}px)`;
  }
}
