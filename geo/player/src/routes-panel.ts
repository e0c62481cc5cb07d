// The panel over the map that ranks the routes of the moment: search, figures, how each grew, the same as a matrix, and a CSV
// of what it lists.

import {el, icon, iconButton, setText} from './dom';
import {MOST_ENDS} from './matrix';
import {MOST_ROWS, RouteList, type RouteActions} from './route-list';
import {RouteMatrix} from './route-matrix';
import {routesCsv, routesOf, type Route} from './routes';
import type {Moment, SceneData} from './types';
import {number, several} from './words';

export interface PanelActions extends RouteActions { covers(): void; save(name: string, text: string): void }

export class RoutesPanel {
  readonly button = el('button', {type: 'button', class: 'wb-button', 'aria-expanded': 'false', 'aria-label': 'Routes, largest first', title: 'Routes, largest first (R)'}, icon('list'));
  readonly root = el('section', {class: 'wb-routes', 'aria-label': 'Routes, largest first', hidden: true});
  private readonly input = el('input', {type: 'search', 'aria-label': 'Search routes', placeholder: 'Search routes', autocomplete: 'off', spellcheck: 'false'});
  private readonly list: RouteList;
  private readonly matrix: RouteMatrix;
  private readonly across = el('button', {type: 'button', class: 'wb-button', 'aria-pressed': 'false', 'aria-label': 'Matrix of origins and destinations', title: 'Matrix of origins and destinations'}, icon('matrix'));
  private readonly count = el('p', {class: 'wb-muted', role: 'status'});
  private readonly explained = el('p', {class: 'wb-muted'}, 'Small charts: total so far over the whole span, each on its own scale. Shaded: the range.');
  private rows: Route[] = [];

  constructor(private readonly scene: SceneData, private readonly now: () => Moment, private readonly actions: PanelActions) {
    this.list = new RouteList(scene, actions);
    this.matrix = new RouteMatrix(scene, actions);
    const close = iconButton('clear', 'Close');
    const csv = el('button', {type: 'button', class: 'wb-button', title: 'What is listed, as a table'}, icon('save'), 'CSV');
    this.root.append(el('div', {class: 'wb-routes-head'}, this.input, this.across, csv, close), this.list.root, this.matrix.root, this.count, this.explained);
    this.button.addEventListener('click', () => this.toggle());
    close.addEventListener('click', () => this.toggle(false));
    this.across.addEventListener('click', () => this.turn(this.matrix.root.hidden === true));
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

  /** A matrix, or a list. */
  private turn(across: boolean): void {
    this.across.setAttribute('aria-pressed', String(across));
    this.root.dataset['view'] = across ? 'matrix' : 'list';
    this.matrix.root.hidden = !across;
    this.list.root.hidden = this.explained.hidden = across;
    this.fill();
    this.actions.covers();
  }

  setSelected(corridors: readonly number[]): void {
    this.list.setSelected(new Set(corridors));
    this.update();
    this.matrix.setSelected(new Set(corridors));
  }

  private fill(): void {
    const m = this.now();
    this.rows = routesOf(this.scene, m, this.input.value);
    setText(this.count, `${several(this.rows.length, 'route')}${this.matrix.root.hidden ? this.listed(m) : this.tabled(m)}`);
  }

  private listed(m: Moment): string {
    this.list.fill(this.rows, m);
    return this.rows.length > MOST_ROWS ? `; the ${number(MOST_ROWS)} largest are listed, the CSV has all` : '';
  }

  private tabled(m: Moment): string {
    const left = this.matrix.fill(this.rows, m);
    return left ? `; the largest are here, ${number(MOST_ENDS)} origins by ${number(MOST_ENDS)} destinations at most; the CSV has all` : '';
  }
}
