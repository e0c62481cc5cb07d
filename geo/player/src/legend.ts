// What the drawing means: the width key in real containers, and only those entries that the scene uses.

import type { CargoKey } from './cargo';
import { el, icon, setText, svg, type Child } from './dom';
import { floorVolume, scaleBar, widthKey } from './measure';
import { coreOf } from './theme';
import { byMode, capital, counted, legName, number, units } from './words';
import type { Mode, Moment, SceneData, Theme } from './types';

/** Whose the land is, whose view the borders are, and whose the names. */
export const ATTRIBUTION = 'Land, borders: Natural Earth, borders by way of visionscarto; dashed where atlases differ. Cities: GeoNames';
/** How an arc shows several cargoes. */
export const CARGO_NOTE = 'Side by side in an arc: its cargoes, by best estimate. A thin arc has the colour of the largest.';
const LINE_PX = 46;
/** [from, width] of the dashes of a contested stroke, px. */
const DASHED = [[0, 10], [15, 13], [33, 13]] as const;
/** What of the drawing's language a scene uses. */
export interface Used { modes: Mode[]; arcs: boolean; doubt: boolean; open: boolean; contested: boolean; areas: boolean; pulses: boolean; drift: boolean; routes: boolean }

export function used(scene: SceneData, drawn?: ReadonlySet<number>): Used {
  const { doubt } = scene.legs, { corridors } = scene;
  const shown = drawn ? [...drawn] : [...corridors.id.keys()];
  const ends = new Set(shown.flatMap((c) => [corridors.origin[c]!, corridors.destination[c]!]));
  const { time, low, best, closed, open } = scene.spread;
  // What begins at the very end of the span is never seen.
  const seen = (i: number): boolean => time[i]! < scene.seconds || (time[i] === scene.seconds && time[i - 1] !== time[i]);
  const differs = best.some((value, i) => seen(i) && (low[i] !== value || closed[i] !== value));
  return {
    modes: [...new Set(shown.map((c) => corridors.mode[c]!))].sort((a, b) => a - b) as Mode[],
    arcs: shown.length > 0,
    doubt: doubt.leg.length > 0 || differs,
    open: doubt.high.includes(Infinity) || open.some((volume, i) => volume > 0 && seen(i)),
    contested: shown.some((c) => corridors.contested[c]! <= scene.seconds),
    areas: scene.places.some(({ radiusKm }, i) => radiusKm > 0 && ends.has(i)),
    pulses: scene.legs.count > 0,
    drift: best.length > 0,
    routes: shown.some((c) => hasRoute(scene, c)),
  };
}

const hasRoute = ({ paths }: SceneData, c: number): boolean => !!paths && paths.offsets[c + 1]! > paths.offsets[c]!;

/** What the lines along the sea are: the same as on a plate, geo/brief/plate/captions.py. */
function routesWords({ paths }: SceneData): string {
  const left = paths?.left ?? 0;
  return 'Indicative sea route, not observed' + (paths?.unstated ? '; between two ports also where no mode is stated' : '')
    + (paths?.overlap ? '; crowded ones overlap, narrower than their sum' : '')
    + (left > 0 ? `; ${number(left)} of the smaller ones ${left === 1 ? 'is an arc' : 'are arcs'}` : '');
}

/** Whose the map is, and that its routes are nobody's. */
export const attribution = (scene: SceneData, drawn?: ReadonlySet<number>): string =>
  used(scene, drawn).routes ? `${ATTRIBUTION}. Sea routes: indicative, not observed` : ATTRIBUTION;

/** The words of the legend: the same on screen and in a picture. */
export function legendWords(scene: SceneData): {
  title: string; atMost: string; best: string; atLeast: string;
  open: string; contested: string; area: string; groups: string; direction: string; pulse: string; drift: string; floor: string; route: string;
} {
  const { style, unit } = scene;
  const few = floorVolume(style);
  // Where one container already is wider than the floor, nothing is ever thinner than it.
  const floor = few > 1
    ? `Below ${counted(number(few), unit)}: minimum width`
    : '';
  return {
    title: `Width = ${units(unit)}`,
    atMost: 'At most', best: 'Best estimate', atLeast: 'At least',
    open: 'Faded edge: no upper limit reported',
    contested: 'Dashed: sources contradict one another',
    area: 'Outlined area: a country or region was named, not a port',
    groups: 'Number: so many places, too close to be drawn apart',
    direction: 'Point of the arrow = destination',
    pulse: `Pulse: one reported ${legName([...new Set(scene.legs.corridor)].map((c) => scene.corridors.mode[c]!))}`,
    drift: 'Moving bands: a reported total, not tracked voyages',
    floor,
    route: routesWords(scene),
  };
}

/** A stroke of the legend, as wide as on the map. */
function line(px: number, attributes: Record<string, string | number> = {}): SVGElement {
  return svg('rect', { x: 0, y: -px / 2, width: LINE_PX, height: px, fill: 'var(--wb-key)', ...attributes });
}

function figure(height: number, ...children: Child[]): SVGSVGElement {
  const box = `0 ${-height / 2} ${LINE_PX} ${height}`;
  return svg('svg', { width: LINE_PX, height, viewBox: box, 'aria-hidden': 'true', focusable: 'false' }, ...children);
}

function entry(sign: SVGElement, text: string | HTMLElement): HTMLElement {
  return el('li', { class: 'wb-entry' }, sign, typeof text === 'string' ? el('span', {}, text) : text);
}

let gradients = 0;

/** A gradient from above to below; `stops` are [offset, opacity]. Returns its definition and its reference. */
function gradient(stops: readonly (readonly [number, number])[]): [SVGElement, string] {
  const id = `wb-gradient-${++gradients}`;
  const parts = stops.map(([offset, opacity]) => svg('stop', { offset, 'stop-color': 'var(--wb-key)', 'stop-opacity': opacity }));
  return [svg('linearGradient', { id, x1: 0, y1: 0, x2: 0, y2: 1 }, ...parts), `url(#${id})`];
}

/** px of core, body and halo in a cross-section: how wide they are on the map. */
export interface Section { low: number; best: number; high: number }
/** Where nothing in doubt is drawn yet. */
const SAMPLE: Section = { low: 7, best: 14, high: 22 };

/** The cross-section of the widest arc whose range is known and wider than its body; null where there is none. */
export function sectionAt({ style }: SceneData, m: Moment): Section | null {
  let found = -1;
  for (let c = 0; c < m.best.length; c++) {
    const bounded = m.high[c]! !== Infinity && m.high[c]! > m.low[c]! && m.width[c]! > 0;
    if (bounded && (found < 0 || m.high[c]! > m.high[found]!)) found = c;
  }
  if (found < 0) return null;
  const best = m.width[found]!;
  return { low: Math.min(m.low[found]! * style.perUnit, best), best, high: Math.max(m.high[found]! * style.perUnit, best) };
}

/** Core, body and halo of one line as wide as on the map at the moment, each with its name beside it. */
class DoubtFigure {
  readonly root: SVGSVGElement;
  private readonly bars = [line(0, { opacity: 0.22 }), line(0), line(0, { fill: 'var(--wb-key-core)' })];
  private readonly leaders = [-14, 0, 14].map(() => svg('path', { class: 'wb-leader' }));

  constructor(words: { atMost: string; best: string; atLeast: string }) {
    const names = [[words.atMost, -14], [words.best, 0], [words.atLeast, 14]] as const;
    const labels = names.map(([text, y]) => svg('text', { x: LINE_PX + 18, y, class: 'wb-leader-text' }, text));
    this.root = svg('svg', {
      width: 150, height: 42, viewBox: '0 -21 150 42', role: 'img', class: 'wb-doubt',
      'aria-label': `Halo: ${words.atMost.toLowerCase()}. Body: ${words.best.toLowerCase()}. Core: ${words.atLeast.toLowerCase()}.`,
    }, ...this.bars, ...this.leaders, ...labels);
    this.show(SAMPLE);
  }

  show({ low, best, high }: Section): void {
    [high, best, low].forEach((px, i) => {
      this.bars[i]!.setAttribute('y', String(-px / 2));
      this.bars[i]!.setAttribute('height', String(px));
    });
    // From the middle of what shows of each: its upper rim, and of the core the centre line.
    [-(high + best) / 4, -(best + low) / 4, 0].forEach((from, i) => {
      const to = [-14, 0, 14][i]!;
      this.leaders[i]!.setAttribute('d', `M${LINE_PX - 4} ${from}H${LINE_PX + 2}L${LINE_PX + 10} ${to}H${LINE_PX + 14}`);
    });
  }
}

/** An arc laid straight: it tapers in at its origin and ends in a point. */
const ARROW = `M0 -1.5Q${LINE_PX * 0.3} -4 ${LINE_PX * 0.5} -4H${LINE_PX - 12}V-7L${LINE_PX} 0L${LINE_PX - 12} 7V4H${LINE_PX * 0.5}Q${LINE_PX * 0.3} 4 0 1.5Z`;

/** A way by sea. */
const ROUTE = `M0 0Q${LINE_PX / 4} -10 ${LINE_PX / 2} 0T${LINE_PX} 0`;

export class Legend {
  /** Holds the card (bottom left) and the corner with scale bar and attribution (bottom right). */
  readonly root: HTMLElement;
  private readonly bar = svg('path', { class: 'wb-scale-line' });
  private readonly barLabel = el('span');
  private readonly doubt: DoubtFigure;
  private readonly toggle: HTMLButtonElement;
  private readonly details: HTMLElement;
  private readonly modes: Mode[];
  private readonly groups: HTMLElement;
  private barDrawn = '';

  /** drawn: the corridors that are drawn at all; every one where it is left out. cargo: its rows, where arcs are coloured by cargo. */
  constructor(private readonly scene: SceneData, drawn?: ReadonlySet<number>, private readonly cargo: readonly CargoKey[] | null = null) {
    const has = used(scene, drawn);
    this.doubt = new DoubtFigure(legendWords(scene));
    this.modes = has.modes;
    this.groups = entry(figure(20, svg('circle', { cx: 23, cy: 0, r: 9, fill: 'var(--wb-line)' }), svg('text', { x: 23, y: 4, class: 'wb-group-number' }, '3')), legendWords(scene).groups);
    this.groups.hidden = true;
    this.details = el('ul', { class: 'wb-meanings', id: 'wb-meanings' }, ...this.meanings(has));
    const meaning = 'What the signs mean';
    this.toggle = el('button', { type: 'button', class: 'wb-button wb-legend-toggle', 'aria-controls': 'wb-meanings', 'aria-label': meaning, title: meaning }, icon('chevron'));
    this.toggle.addEventListener('click', () => this.open(!this.isOpen()));
    const card = el('section', { class: 'wb-legend', 'aria-label': 'Legend' },
      el('div', { class: 'wb-legend-head' }, el('p', { class: 'wb-legend-title' }, legendWords(scene).title), this.toggle),
      this.key(), this.details);
    const scale = svg('svg', { width: 124, height: 8, viewBox: '0 0 124 8', 'aria-hidden': 'true' }, this.bar);
    this.root = el('div', { class: 'wb-legend-layer' }, card,
      el('div', { class: 'wb-corner' },
        el('p', { class: 'wb-scale' }, this.barLabel, scale),
        el('p', { class: 'wb-attribution' }, attribution(scene, drawn)),
        el('details', { class: 'wb-attribution-short' }, el('summary', {}, 'Map data'), el('p', {}, attribution(scene, drawn)))));
  }

  /** The map was zoomed or panned: the scale bar follows, and whether there are marks of several places. */
  update(metresPerPixel: number, marks = 0): void {
    this.groups.hidden = marks === 0;
    const bar = scaleBar(metresPerPixel);
    const d = bar ? `M${(122 - bar.px).toFixed(1)} 1V6.5H122V1` : '';
    if (d !== this.barDrawn) this.bar.setAttribute('d', this.barDrawn = d);
    setText(this.barLabel, bar?.label ?? '');
    // Whether the meanings are open by default is the style sheet's answer to the width, known once laid out.
    if (!this.toggle.hasAttribute('aria-expanded')) this.toggle.setAttribute('aria-expanded', String(this.isOpen()));
  }

  /** The cross-section follows the moment. */
  show(m: Moment): void {
    const section = sectionAt(this.scene, m);
    if (section) this.doubt.show(section);
  }

  setTheme(theme: Theme): void {
    const own = this.root.style;
    for (const mode of this.modes) own.setProperty(`--wb-mode-${mode}`, theme.mode[mode]);
    const main = this.cargo ? theme.label : theme.mode[this.modes[0] ?? 1];
    own.setProperty('--wb-key', main);
    own.setProperty('--wb-key-core', coreOf(main, theme));
  }

  private isOpen(): boolean {
    return getComputedStyle(this.details).display !== 'none';
  }

  private open(open: boolean): void {
    this.root.dataset['meanings'] = open ? 'open' : 'closed';
    this.toggle.setAttribute('aria-expanded', String(open));
  }

  private key(): HTMLElement {
    const rows = widthKey(this.scene.style).map(({ volume, px }) =>
      entry(figure(Math.max(16, px + 3), line(px)), counted(number(volume), this.scene.unit)));
    const empty = 'Nothing above 0 reported';
    return el('ul', { class: 'wb-key' }, ...(rows.length > 0 ? rows : [el('li', {}, empty)]));
  }

  private meanings(has: Used): HTMLElement[] {
    const words = legendWords(this.scene);
    const [fading, outwards] = gradient([[0, 0], [0.35, 0.5], [0.5, 1], [0.65, 0.5], [1, 0]]);
    const modes = has.modes.length > 1 || has.modes[0] !== 0
      ? has.modes.map((mode) => el('span', { class: 'wb-mode', style: `--wb-swatch: var(--wb-mode-${mode})` }, capital(byMode(mode))))
      : [];
    const dashes = [2, 18, 34].map((x) => svg('rect', { x, y: -3, width: 9, height: 6, fill: 'var(--wb-key-core)' }));
    return [
      this.cargo ? el('li', { class: 'wb-cargoes' }, ...this.cargo.map(({ colour, words: name }) => el('span', { class: 'wb-mode', style: `--wb-swatch: var(--wb-cargo-${colour})` }, name)), el('span', { class: 'wb-muted' }, CARGO_NOTE))
        : modes.length > 0 && el('li', { class: 'wb-modes' }, ...modes),
      has.doubt && el('li', {}, this.doubt.root),
      has.open && entry(figure(20, fading, line(20, { fill: outwards })), words.open),
      has.contested && entry(figure(14, ...DASHED.map(([x, wide]) => svg('rect', { x, y: -5, width: wide, height: 10, fill: 'var(--wb-key)' }))), words.contested),
      has.arcs && entry(figure(16, svg('path', { d: ARROW, fill: 'var(--wb-key)' })), words.direction),
      has.routes && entry(figure(14, svg('path', { d: ROUTE, fill: 'none', stroke: 'var(--wb-key)', 'stroke-width': 3 })), words.route),
      has.drift && entry(figure(14, line(8, { opacity: 0.6 }), ...dashes), words.drift),
      has.pulses && entry(figure(14, line(3, { opacity: 0.6 }), svg('circle', { cx: 23, cy: 0, r: 5, fill: 'var(--wb-key-core)' })), words.pulse),
      has.areas && entry(figure(18, svg('circle', { cx: 23, cy: 0, r: 8, class: 'wb-area' })), words.area),
      this.groups,
      words.floor !== '' && entry(figure(10, line(1)), words.floor),
    ].filter((item): item is HTMLElement => item !== false);
  }
}
