// The panel over the map that ranks the routes of the moment: search, figures, how each grew, click to see one alone, and
// a CSV of what it lists.

import type {Band} from './band';
import {el, icon, iconButton, setText} from './dom';
import {routeWords, routesCsv, routesOf, type Route} from './routes';
import {setNow, sparkOf} from './spark';
import type {Moment, SceneData} from './types';
import {number, several} from './words';

/** Rows that are shown: more make a map slow, and nobody reads them; search and the CSV reach all. */
const MOST = 100;
/** "35%", and "under 1%" of what is not nothing. */
const percent = (share: number): string => (share < 0.01 ? 'under 1%' : `${number(100 * share)}%`);
/** The colours of the modes, as theme.ts names them. */
const HUES = ['mode', 'maritime', 'rail', 'road', 'air'];

export interface RouteActions { select(corridors: number[]): void; fit(corridor: number): void; courses(corridors: number[]): Map<number, Band>; covers(): void; save(name: string, text: string): void }

export class RoutesPanel {
  readonly button = el('button', {type: 'button', class: 'wb-button', 'aria-expanded': 'false', 'aria-label': 'Routes, largest first', title: 'Routes, largest first (R)'}, icon('list'));
  readonly root = el('section', {class: 'wb-routes', 'aria-label': 'Routes, largest first', hidden: true});
  private readonly input = el('input', {type: 'search', 'aria-label': 'Search routes', placeholder: 'Search routes', autocomplete: 'off', spellcheck: 'false'});
  private readonly list = el('ol', {class: 'wb-route-list'});
  private readonly count = el('p', {class: 'wb-muted', role: 'status'});
  private readonly explained = el('p', {class: 'wb-muted'}, 'Small charts: total so far over the whole span, each on its own scale. Shaded: the range.');
  private rows: Route[] = [];
  private selected: ReadonlySet<number> = new Set();

  constructor(private readonly scene: SceneData, private readonly now: () => Moment, private readonly actions: RouteActions) {
    const close = iconButton('clear', 'Close');
    const csv = el('button', {type: 'button', class: 'wb-button', title: 'What is listed, as a table'}, icon('save'), 'CSV');
    this.root.append(el('div', {class: 'wb-routes-head'}, this.input, csv, close), this.list, this.count, this.explained);
    this.button.addEventListener('click', () => this.toggle());
    close.addEventListener('click', () => this.toggle(false));
    csv.addEventListener('click', () => this.actions.save('routes.csv', routesCsv(this.scene, this.now(), this.rows)));
    this.input.addEventListener('input', () => this.fill());
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.toggle(false);
      event.stopPropagation();
    });
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  toggle(open = !this.open, focus = true): void {
    this.root.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    this.actions.covers();
    if (open) {
      this.fill();
      if (focus) this.input.focus();
    } else if (focus) this.button.focus();
  }

  /** The moment changed. */
  update(): void {
    if (this.open) this.fill();
  }

  setSelected(corridors: readonly number[]): void {
    this.selected = new Set(corridors);
    for (const row of this.list.querySelectorAll<HTMLElement>('[data-route]')) row.setAttribute('aria-pressed', String(this.selected.has(Number(row.dataset['route']))));
  }

  private fill(): void {
    const m = this.now();
    this.rows = routesOf(this.scene, m, this.input.value);
    const shown = this.rows.slice(0, MOST), most = Math.max(...shown.map(({best}) => best), 1e-9);
    // A row that stays keeps its element, so that a click or the focus on it is not lost while the clock runs.
    const before = new Map([...this.list.querySelectorAll<HTMLButtonElement>('[data-route]')].map((row) => [Number(row.dataset['route']), row]));
    const fresh = shown.map(({corridor}) => corridor).filter((c) => !before.has(c)), courses = fresh.length ? this.actions.courses(fresh) : null;
    const items = shown.map((route) => this.write(before.get(route.corridor) ?? this.row(route.corridor, courses!.get(route.corridor)!), route, m, most));
    if (items.some((item, i) => this.list.children[i] !== item) || this.list.children.length !== items.length) this.list.replaceChildren(...items);
    const left = this.rows.length - shown.length;
    setText(this.count, `${several(this.rows.length, 'route')}${left ? `; the ${number(MOST)} largest are listed, the CSV has all` : ''}`);
  }

  private row(corridor: number, course: Band): HTMLButtonElement {
    const row = el('button', {type: 'button', class: 'wb-route', 'data-route': corridor, title: 'Click to see it alone, double click to go there'},
      el('span', {class: 'wb-route-name'}), el('span', {class: 'wb-route-range'}), el('span', {class: 'wb-route-bar', 'aria-hidden': 'true'}), el('span', {class: 'wb-muted'}), sparkOf(course, this.scene.seconds));
    row.addEventListener('click', () => this.actions.select(this.selected.has(corridor) && this.selected.size === 1 ? [] : [corridor]));
    row.addEventListener('dblclick', () => {
      this.actions.select([corridor]);
      this.actions.fit(corridor);
    });
    return row;
  }

  private write(row: HTMLButtonElement, route: Route, m: Moment, most: number): HTMLElement {
    const [name, range, bar, more, spark] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    setText(name, route.name);
    setText(range, route.range);
    row.style.setProperty('--hue', `var(--wb-${HUES[this.scene.corridors.mode[route.corridor]!] ?? HUES[0]})`);
    bar.style.setProperty('--part', `${(100 * route.best / most).toFixed(1)}%`);
    setText(more, [route.mode, route.share === null ? '' : `${percent(route.share)} of all listed`].filter(Boolean).join(' · '));
    setNow(spark, m.t / this.scene.seconds);
    row.setAttribute('aria-pressed', String(this.selected.has(route.corridor)));
    row.setAttribute('aria-label', routeWords(this.scene, m, route));
    return row.parentElement ?? el('li', {}, row);
  }
}
