// A line over the map between places that the reader clicks, and how long it is.

import {el, svg} from './dom';
import {NAUTICAL_M, greatCircle, metresBetween, type LonLat} from './geodesic';
import {number} from './words';

const STILL_PX = 5;

/** What the ruler asks of the map: where a place lies on screen, px, and what lies there. */
export interface Ground { toScreen(at: LonLat): readonly [number, number]; toPlace(x: number, y: number): LonLat }

/** "1,234 km · 666 nm"; below ten with a decimal. */
export function lengthWords(metres: number): string {
  const said = (value: number): string => value < 10 ? (Math.round(value * 10) / 10).toString() : number(Math.round(value));
  return `${said(metres / 1000)} km · ${said(metres / NAUTICAL_M)} nm`;
}

export class Ruler {
  readonly root = el('div', {class: 'wb-ruler', hidden: true});
  private readonly line = svg('path', {class: 'wb-ruler-line'});
  private readonly under = svg('path', {class: 'wb-ruler-under'});
  private readonly dots = svg('g', {class: 'wb-ruler-dots'});
  private readonly words = el('p', {class: 'wb-ruler-words', role: 'status'});
  private points: LonLat[] = [];
  /** Where the pointer is, until the next place is chosen. */
  private reach: LonLat | null = null;

  constructor(private readonly ground: Ground, private readonly toggled: (active: boolean) => void) {
    this.root.append(svg('svg', {'aria-hidden': 'true'}, this.under, this.line, this.dots), this.words);
  }

  get active(): boolean {
    return !this.root.hidden;
  }

  toggle(active = !this.active): void {
    this.root.hidden = !active;
    this.points = [];
    this.reach = null;
    this.toggled(active);
    this.place();
  }

  /** The reader clicked the map, px. */
  click(x: number, y: number): void {
    this.points.push(this.ground.toPlace(x, y));
    this.reach = null;
    this.place();
  }

  hover(x: number, y: number): void {
    const last = this.points.at(-1);
    if (!last || x < 0) return;
    const [lastX, lastY] = this.ground.toScreen(last);
    // The hand that clicked is still there.
    this.reach = Math.hypot(x - lastX, y - lastY) < STILL_PX ? null : this.ground.toPlace(x, y);
    this.place();
  }

  /** The view moved, or a place was added. */
  place(): void {
    if (!this.active) return;
    const stops = this.reach ? [...this.points, this.reach] : this.points;
    const pairs = stops.slice(1).map((to, i): [LonLat, LonLat] => [stops[i]!, to]);
    const path = pairs.map(([from, to]) => `M${greatCircle(from, to).map((at) => this.screen(at)).join('L')}`).join('');
    for (const each of [this.under, this.line]) each.setAttribute('d', path);
    this.dots.replaceChildren(...this.points.map((at) => {
      const [cx, cy] = this.ground.toScreen(at);
      return svg('circle', {cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4});
    }));
    const metres = pairs.reduce((sum, [from, to]) => sum + metresBetween(from, to), 0);
    this.words.textContent = pairs.length ? lengthWords(metres) : this.points.length ? 'Click the next place.' : 'Click two places or more.';
  }

  private screen(at: LonLat): string {
    return this.ground.toScreen(at).map((px) => px.toFixed(1)).join(',');
  }
}
