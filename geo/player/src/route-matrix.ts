// The matrix of the panel of routes: a table that scrolls inside itself, with heads that stay, and a button for each route.

import {el, setText} from './dom';
import {matrixOf} from './matrix';
import {hueOf, listen, type RouteActions} from './route-list';
import {routeWords, type Route} from './routes';
import type {Moment, SceneData} from './types';

const STEPS: Record<string, readonly [number, number]> = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

export class RouteMatrix {
  readonly root = el('div', {class: 'wb-matrix', hidden: true});
  private readonly table = el('table', {});
  private selected: ReadonlySet<number> = new Set();
  private shown = '';
  /** The one button that Tab reaches; arrows go on from it. */
  private at = -1;

  constructor(private readonly scene: SceneData, private readonly actions: Pick<RouteActions, 'select' | 'fit'>) {
    this.root.append(this.table);
    this.table.addEventListener('keydown', (event) => this.key(event));
    this.table.addEventListener('focusin', (event) => this.stand((event.target as HTMLElement).dataset['route']));
  }

  setSelected(corridors: ReadonlySet<number>): void {
    this.selected = corridors;
    for (const button of this.buttons()) button.setAttribute('aria-pressed', String(corridors.has(Number(button.dataset['route']))));
  }

  /** -> how many routes the table has no room for */
  fill(routes: readonly Route[], m: Moment): number {
    const {origins, destinations, cells, left} = matrixOf(this.scene, routes), most = Math.max(1e-9, ...routes.map(({best}) => best));
    const buttons = new Map(this.buttons().map((button) => [Number(button.dataset['route']), button]));
    const order = [origins, destinations, cells.map((row) => row.map((cell) => cell.map(({corridor}) => corridor).join()))].join('|');
    // While the same routes are there their buttons stay, and with them the focus and where the table was scrolled to.
    if (order !== this.shown) {
      this.shown = order;
      const name = (place: number): string => this.scene.places[place]!.name;
      this.table.replaceChildren(
        el('caption', {class: 'wb-hidden'}, 'Routes from origins, in rows, to destinations, in columns'),
        el('thead', {}, el('tr', {}, el('td', {}, el('span', {class: 'wb-muted'}, 'From ↓ to →')), ...destinations.map((place) => el('th', {scope: 'col'}, name(place))))),
        el('tbody', {}, ...cells.map((row, i) => el('tr', {}, el('th', {scope: 'row'}, name(origins[i]!)),
          ...row.map((cell) => el('td', {}, ...cell.map(({corridor}) => buttons.get(corridor) ?? this.button(corridor))))))));
      this.stand();
    }
    const now = new Map(this.buttons().map((button) => [Number(button.dataset['route']), button]));
    for (const route of routes) this.write(now.get(route.corridor), route, m, most);
    return left;
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.table.querySelectorAll<HTMLButtonElement>('[data-route]')];
  }

  private button(corridor: number): HTMLButtonElement {
    const button = el('button', {type: 'button', class: 'wb-cell', 'data-route': corridor, style: `--hue: ${hueOf(this.scene, corridor)}`}, el('span'), el('span', {class: 'wb-route-bar', 'aria-hidden': 'true'}));
    listen(button, corridor, () => this.selected, this.actions);
    return button;
  }

  private write(button: HTMLButtonElement | undefined, route: Route, m: Moment, most: number): void {
    if (!button) return;
    const [figure, bar] = button.children as unknown as [HTMLElement, HTMLElement];
    setText(figure, route.range);
    bar.style.setProperty('--part', `${(100 * route.best / most).toFixed(1)}%`);
    button.setAttribute('aria-pressed', String(this.selected.has(route.corridor)));
    button.setAttribute('aria-label', `${routeWords(this.scene, m, route)}, ${route.mode}`);
  }

  private stand(route?: string): void {
    const buttons = this.buttons();
    if (route !== undefined) this.at = Number(route);
    const standing = buttons.find((button) => button.dataset['route'] === String(this.at)) ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === standing ? 0 : -1;
  }

  /** Left and right go through all routes as they are read; up and down to the next in the cell, else to the nearest of the next row. */
  private key(event: KeyboardEvent): void {
    const step = STEPS[event.key], from = event.target as HTMLElement;
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const [down, across] = step, buttons = this.buttons();
    const found = across ? buttons[buttons.indexOf(from as HTMLButtonElement) + across] : this.below(from, down);
    found?.focus();
    found?.scrollIntoView?.({block: 'nearest', inline: 'nearest'});
  }

  private below(from: HTMLElement, down: number): HTMLElement | undefined {
    const sibling = down < 0 ? from.previousElementSibling : from.nextElementSibling, cell = from.closest('td')!, row = cell.parentElement!;
    if (sibling) return sibling as HTMLElement;
    const column = [...row.children].indexOf(cell), next = down < 0 ? row.previousElementSibling : row.nextElementSibling;
    const cells = [...next?.children ?? []].flatMap((each, i) => {
      const held = [...each.querySelectorAll<HTMLElement>('[data-route]')];
      return held.length ? [{button: held.at(down < 0 ? -1 : 0)!, away: Math.abs(i - column)}] : [];
    });
    return cells.sort((one, other) => one.away - other.away)[0]?.button;
  }
}
