// Routes as rows, each with its figure, a bar, and a small chart of how it grew: a click selects, a double click goes there.

import type {Band} from './band';
import {colourOf, type RouteParts} from './cargo';
import {el, setText} from './dom';
import {unitOf, type Route} from './routes';
import {setNow, sparkOf} from './spark';
import type {Moment, SceneData} from './types';
import {amount, number} from './words';

/** Rows that are shown: more make a map slow, and nobody reads them. */
export const MOST_ROWS = 100;
/** The colours of the modes, as theme.ts names them. */
const HUES = ['mode', 'maritime', 'rail', 'road', 'air'];

export const hueOf = ({corridors}: SceneData, corridor: number): string => `var(--wb-${HUES[corridors.mode[corridor]!] ?? HUES[0]})`;

/** "35%", and "under 1%" of what is not nothing. */
const percent = (share: number): string => (share < 0.01 ? 'under 1%' : `${number(100 * share)}%`);

export interface RouteActions { select(corridors: number[]): void; fit(corridor: number): void; courses(corridors: number[]): Map<number, Band>; parts(corridor: number, m: Moment): RouteParts | null }

/** What a click and a double click on a route do, wherever it is listed. */
export function listen(button: HTMLButtonElement, corridor: number, selected: () => ReadonlySet<number>, actions: Pick<RouteActions, 'select' | 'fit'>): void {
  button.title = 'Click to see it alone, double click to go there';
  button.addEventListener('click', () => actions.select(selected().has(corridor) && selected().size === 1 ? [] : [corridor]));
  button.addEventListener('dblclick', () => {
    actions.select([corridor]);
    actions.fit(corridor);
  });
}

export class RouteList {
  readonly root = el('ol', {class: 'wb-route-list'});
  private selected: ReadonlySet<number> = new Set();

  /** named: what a row calls its route. */
  constructor(private readonly scene: SceneData, private readonly actions: RouteActions, private readonly named: (route: Route) => string = ({name}) => name) {}

  setSelected(corridors: ReadonlySet<number>): void {
    this.selected = corridors;
    for (const row of this.rows()) row.setAttribute('aria-pressed', String(corridors.has(Number(row.dataset['route']))));
    for (const parts of this.root.querySelectorAll('[aria-pressed="false"] + .wb-parts')) parts.remove();
  }

  /** most: the figure of a full bar. */
  fill(routes: readonly Route[], m: Moment, most = Math.max(...routes.slice(0, MOST_ROWS).map(({best}) => best), 1e-9)): void {
    const shown = routes.slice(0, MOST_ROWS);
    // A row that stays keeps its element, so that a click or the focus on it is not lost while the clock runs.
    const before = new Map(this.rows().map((row) => [Number(row.dataset['route']), row]));
    const fresh = shown.map(({corridor}) => corridor).filter((c) => !before.has(c)), courses = fresh.length ? this.actions.courses(fresh) : null;
    const items = shown.map((route) => this.write(before.get(route.corridor) ?? this.row(route.corridor, courses!.get(route.corridor)!), route, m, most));
    if (items.some((item, i) => this.root.children[i] !== item) || this.root.children.length !== items.length) this.root.replaceChildren(...items);
  }

  private rows(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>('[data-route]')];
  }

  private row(corridor: number, course: Band): HTMLButtonElement {
    const row = el('button', {type: 'button', class: 'wb-route', 'data-route': corridor, style: `--hue: ${hueOf(this.scene, corridor)}`},
      el('span', {class: 'wb-route-name'}), el('span', {class: 'wb-route-range'}, el('span'), el('span', {class: 'wb-hidden'})), el('span', {class: 'wb-route-bar', 'aria-hidden': 'true'}),
      el('span', {class: 'wb-muted'}), sparkOf(course, this.scene.seconds));
    listen(row, corridor, () => this.selected, this.actions);
    return row;
  }

  private write(row: HTMLButtonElement, route: Route, m: Moment, most: number): HTMLElement {
    const [name, range, bar, more, spark] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    setText(name, this.named(route));
    setText(range.firstElementChild!, route.range);
    setText(range.lastElementChild!, unitOf(this.scene, m, route));
    bar.style.setProperty('--part', `${(100 * route.best / most).toFixed(1)}%`);
    setText(more, [route.mode, route.share === null ? '' : `${percent(route.share)} of all listed`].filter(Boolean).join(' · '));
    setNow(spark, m.t / this.scene.seconds);
    row.setAttribute('aria-pressed', String(this.selected.has(route.corridor)));
    const item = row.parentElement ?? el('li', {}, row);
    this.showParts(item, route, m);
    return item;
  }

  /** Below a selected row: what it carries. */
  private showParts(item: HTMLElement, {corridor}: Route, m: Moment): void {
    const found = this.selected.has(corridor) ? this.actions.parts(corridor, m) : null, before = item.querySelector('.wb-parts');
    const key = found ? JSON.stringify(found, (_, value: unknown) => value === Infinity ? 'open' : value) : '';
    if ((before?.getAttribute('data-parts') ?? '') === key) return;
    before?.remove();
    if (!found) return;
    const listed = found.parts.filter(({told}) => told !== null), named = found.parts.filter(({told}) => told === null).map(({name}) => name);
    const rows = listed.map(({cargo, name, told}) => el('li', {},
      el('span', {class: 'wb-part-name', ...found.apart && {style: `--hue: var(--wb-cargo-${colourOf(cargo)})`, 'data-told': 'true'}}, name), el('span', {}, amount(told!, this.scene.unit, true))));
    item.append(el('div', {class: 'wb-parts', 'data-parts': key},
      !found.apart && el('p', {class: 'wb-muted'}, `Its range is of all cargoes together.${named.length ? ` Reports name: ${named.join('; ')}.` : ''}`),
      rows.length > 0 && el('p', {class: 'wb-muted'}, found.apart ? 'By cargo' : 'Voyages listed on it, by cargo:'),
      rows.length > 0 && el('ul', {'aria-label': 'Parts by cargo'}, ...rows)));
  }
}
