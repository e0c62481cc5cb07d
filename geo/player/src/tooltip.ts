// What is under the pointer: a corridor or a port, in words.

import { el, type Child } from './dom';
import { conflictsOf, setBy } from './bounds';
import type { Group } from './gather';
import { groupFlow } from './group-flows';
import { amountAt, throughEnd, type End } from './places';
import { amount, byMode, capital, corridorName, number, rangeWords, several, stretchWords, toldOf, units, type Told } from './words';
import type { Moment, SceneData } from './types';

const GAP = 14; // px between the pointer and the box
const EDGE = 6; // px kept free at the edges of the map

const MOST_NAMED = 3; // reports, corridors or contradictions; more are counted

/** "about 2,000 containers (1,800–2,200)": the words, and the figures where the words do not say them. */
function said(unit: string, told: Told): string {
  if (!(told.high > 0)) return `no ${units(unit)}`;
  const [words, figures] = [rangeWords(told, true), rangeWords(told)];
  return `${amount(told, unit, true)}${figures === words ? '' : ` (${figures})`}`;
}

/** "a, b and c", or "a, b, c and 4 more" where there are many. */
function listed(names: readonly string[]): string {
  const shown = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** "report 2 (United States Government, 13 Oct 2023)": numbered as its card is. */
function named(scene: SceneData, row: number): string {
  const report = scene.reports[row];
  const who = [report?.claimant || report?.outlet, report?.saidOn].filter(Boolean).join(', ');
  return `report ${row + 1}${who ? ` (${who})` : ''}`;
}

function row(label: string, value: string, wide = false): HTMLElement {
  return el('div', { class: wide && 'wb-below' }, el('dt', {}, label), el('dd', {}, value));
}

export class Tooltip {
  readonly root = el('div', { class: 'wb-tooltip', role: 'tooltip', hidden: true });
  /** Reports that add to each corridor or bound it: those of other units, and capacities, do neither. */
  private readonly reports: Uint32Array;

  constructor(private readonly scene: SceneData) {
    this.reports = new Uint32Array(scene.corridors.count);
    for (const report of scene.reports) if (report.drawn) for (const c of report.corridors) this.reports[c]!++;
  }

  /** Over a corridor: what it carries at the moment, which reports say so, and over the whole span. x, y in px of the map. */
  show(corridor: number, x: number, y: number, m: Moment, whole: Moment): void {
    const c = corridor;
    const { scene } = this;
    this.fill(x, y,
      el('p', { class: 'wb-tooltip-title' }, corridorName(scene, c)),
      el('p', { class: 'wb-muted' }, capital(byMode(scene.corridors.mode[c]!))),
      el('dl', {},
        row(capital(stretchWords(scene, m.stretch, m.mode)), said(scene.unit, toldOf(m, c))),
        ...this.bounds(c, m),
        m.t < scene.seconds && row('In total', said(scene.unit, toldOf(whole, c))),
        row('Based on', several(this.reports[c]!, 'report'))),
      ...this.contradictions(c, m).map((text) => el('p', { class: 'wb-tooltip-note' }, text)),
      this.includes(c, m));
  }

  private bounds(c: number, m: Moment): Child[] {
    const { scene } = this;
    if (!scene.corridors.reconciled[c]) return [];
    const { low, high } = setBy(scene, c, m.mode === 'window' ? m.stretch.from : null, m.stretch.to);
    const names = (rows: readonly number[]): string => listed(rows.map((r) => named(scene, r)));
    if (low.length > 0 && low.join() === high.join() && m.low[c]! > 0) return [row('Minimum and maximum set by', names(low), true)];
    return [
      low.length > 0 && m.low[c]! > 0 && row('Minimum set by', names(low), true),
      high.length > 0 && m.high[c] !== Infinity && row('Maximum set by', names(high), true),
    ];
  }

  private contradictions(c: number, m: Moment): string[] {
    const { scene } = this, sets = m.contested[c] ? conflictsOf(scene, c) : [];
    const told = sets.slice(0, MOST_NAMED).map((rows) =>
      `${capital(listed(rows.map((r) => named(scene, r))))} cannot ${rows.length === 2 ? 'both' : 'all'} be true.`);
    return sets.length > MOST_NAMED ? [...told, `${several(sets.length - MOST_NAMED, 'more contradiction')}.`] : told;
  }

  /** What is drawn beside this arc and held in it, but for what is held in one of those already. */
  private includes(c: number, m: Moment): Child {
    const { scene } = this, { inside } = scene.corridors;
    const held = [...inside.keys()].filter((other) => inside[other]!.includes(c) && m.width[other]! > 0);
    const nearest = held.filter((other) => !inside[other]!.some((between) => held.includes(between)));
    const names = [...new Set(nearest.map((other) => corridorName(scene, other).replace(' → ', ' to ')))];
    return names.length > 0 && el('p', { class: 'wb-tooltip-note wb-muted' }, `Includes what is drawn from ${listed(names)}, which is not added again.`);
  }

  /** Over a port or an area: what left it and what reached it at the moment. */
  place(index: number, x: number, y: number, m: Moment): void {
    const { scene } = this;
    const place = scene.places[index];
    if (!place) return this.hide();
    const rows: Child[] = [];
    for (const [label, end] of [['Departed', 'origin'], ['Arrived', 'destination']] as const) {
      const told = this.through(index, end, m);
      if (told.high > 0) rows.push(row(label, said(scene.unit, told)));
    }
    const extent = place.radiusKm > 0 ? `, an area within about ${number(place.radiusKm)} km of its centre` : '';
    this.fill(x, y,
      el('p', { class: 'wb-tooltip-title' }, place.name),
      el('p', { class: 'wb-muted' }, `${place.code}${extent}`),
      rows.length > 0
        ? el('dl', {}, ...rows)
        : el('p', {}, `No ${units(scene.unit)} ${stretchWords(scene, m.stretch, m.mode)}`),
      rows.length > 0 && el('p', { class: 'wb-tooltip-note wb-muted' }, 'Click for its routes.'));
  }

  /** Over the mark of several places. */
  group({ places, parts }: Group, x: number, y: number, m: Moment, closest: number): void {
    const { scene } = this, flows = ([['Departed', 'out'], ['Arrived', 'in']] as const).map(([label, way]) => ({ label, flow: groupFlow(scene, m, places, way) }));
    const rows = flows.flatMap(({ label, flow }) => flow ? [row(label, flow.told ? `${said(scene.unit, flow.told)}${flow.of && `, ${flow.of}`}` : 'figures of each place', true)] : []);
    this.fill(x, y,
      el('p', { class: 'wb-tooltip-title' }, several(places.length, 'place')),
      el('p', { class: 'wb-muted' }, listed(places.map((place) => scene.places[place]!.name))),
      rows.length > 0 ? el('dl', {}, ...rows) : el('p', {}, `No ${units(scene.unit)} ${stretchWords(scene, m.stretch, m.mode)}`),
      el('p', { class: 'wb-tooltip-note wb-muted' }, parts > closest ? 'At one position: click for the routes of the first, search for the others.' : 'Click to see them apart.'));
  }

  private through(place: number, end: End, m: Moment): Told {
    const through = throughEnd(this.scene, place, end), { corridors } = through;
    if (corridors.length === 1) return toldOf(m, corridors[0]!);
    const sum = amountAt(through, m), contested = corridors.some((c) => m.contested[c]);
    const top = sum.high === Infinity ? Math.max(sum.low, ...corridors.map((c) => m.top[c]!)) : sum.high;
    return { ...sum, top: contested ? top : null };
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
