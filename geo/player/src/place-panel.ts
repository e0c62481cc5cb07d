// The panel of one place: its routes in and out with their figures, and buttons that draw those alone.

import {el, iconButton, setText} from './dom';
import {MonthBars, topOf} from './month-bars';
import {balanceOf, type Balance} from './place-balance';
import {corridorsOf, flowOf, type Flow, type Side} from './place-flows';
import {PlaceMonths, type Months} from './place-months';
import {RouteList, type RouteActions} from './route-list';
import type {Moment, SceneData} from './types';
import {amount, capital, legName, number, several, stretchWords} from './words';

const BUTTONS: readonly [Side, string, string][] = [['in', 'In', 'Draw only routes in'], ['out', 'Out', 'Draw only routes out'], ['both', 'All', 'Draw only routes in and out of this place'], ['between', 'Between', 'Draw only routes between its partners, the places that it has routes with']];

export interface PlaceActions extends RouteActions { draw(side: Side | null): void; close(): void; covers(): void }

/** One direction of the place. */
class Direction {
  readonly root: HTMLElement;
  private readonly total = el('button', {type: 'button', class: 'wb-place-total', title: 'Click to see why: its routes are selected'});
  private corridors: number[] = [];
  private readonly note = el('p', {class: 'wb-muted'});
  private readonly months: MonthBars;

  constructor(title: string, private readonly unit: string, leg: string, readonly list: RouteList, select: (corridors: number[]) => void) {
    this.months = new MonthBars(unit, leg);
    this.total.addEventListener('click', () => select(this.corridors));
    this.root = el('section', {class: 'wb-direction', 'aria-label': title}, el('h3', {}, el('span', {}, title), this.total), this.note, this.months.root, list.root);
  }

  show({routes, told, note}: Flow, m: Moment, most: number, months?: Months, top = 1): void {
    if (months) this.months.show(months, top);
    setText(this.total, told ? amount(told, this.unit, true) : routes.length ? several(routes.length, 'route') : 'nothing reported');
    this.corridors = routes.map(({corridor}) => corridor);
    this.total.disabled = !this.corridors.length;
    setText(this.note, note);
    this.note.hidden = !note;
    this.list.fill(routes, m, most);
  }
}

export class PlacePanel {
  readonly root = el('section', {class: 'wb-place-panel', hidden: true, tabindex: -1});
  private readonly name = el('h2', {class: 'wb-place-name'});
  private readonly about = el('p', {class: 'wb-muted'});
  private readonly sides: ReadonlyMap<Side, HTMLButtonElement>;
  private readonly directions: Record<'in' | 'out' | 'between', Direction>;
  private readonly balance = el('section', {class: 'wb-direction wb-balance', 'aria-label': 'Balance'}, el('h3', {}, el('span', {}, 'Balance'), el('span', {class: 'wb-balance-figure'})), el('p', {class: 'wb-muted'}));
  private months: PlaceMonths | null = null;
  /** row of the scene's places; -1 while closed */
  place = -1;
  private side: Side | null = null;

  constructor(private readonly scene: SceneData, private readonly now: () => Moment, private readonly actions: PlaceActions) {
    const {corridors, places} = scene, partner = (end: 'origin' | 'destination') => new RouteList(scene, actions, ({corridor}) => places[corridors[end][corridor]!]!.name);
    const leg = legName(scene.corridors.mode), direction = (title: string, list: RouteList): Direction => new Direction(title, scene.unit, leg, list, actions.select);
    this.directions = {in: direction('In', partner('origin')), out: direction('Out', partner('destination')), between: direction('Between partners', new RouteList(scene, actions))};
    this.sides = new Map(BUTTONS.map(([side, label, title]) => {
      const button = el('button', {type: 'button', class: 'wb-segment', 'aria-pressed': 'false', title}, label);
      button.addEventListener('click', () => actions.draw(this.side === side ? null : side));
      return [side, button];
    }));
    const close = iconButton('clear', 'Close');
    close.addEventListener('click', () => actions.close());
    this.root.append(
      el('div', {class: 'wb-routes-head'}, el('div', {class: 'wb-place-title'}, this.name, this.about), close),
      el('div', {class: 'wb-place-sides'}, el('span', {class: 'wb-muted', 'aria-hidden': 'true'}, 'Draw only'), el('div', {class: 'wb-segments', role: 'group', 'aria-label': 'Draw only'}, ...this.sides.values())),
      el('div', {class: 'wb-directions', tabindex: 0, role: 'group', 'aria-label': 'Routes of this place'}, this.balance, this.directions.in.root, this.directions.out.root, this.directions.between.root));
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // The last begun ends first: what is drawn alone, then the panel.
      if (this.side) actions.draw(null);
      else actions.close();
      event.stopPropagation();
    });
  }

  get open(): boolean {
    return this.place >= 0;
  }

  /** -1 closes it. */
  show(place: number, side: Side | null, focus = true): void {
    const moved = place !== this.place;
    [this.place, this.side] = [place, side];
    this.root.hidden = !this.open;
    for (const [each, button] of this.sides) button.setAttribute('aria-pressed', String(each === side));
    if (moved) this.actions.covers();
    if (moved) this.months = this.open ? new PlaceMonths(this.scene, place) : null;
    if (!this.open) return;
    const {name, code, radiusKm} = this.scene.places[place]!, between = this.sides.get('between')!;
    between.disabled = corridorsOf(this.scene, place, 'between').size === 0;
    between.title = between.disabled ? 'No routes between its partners are reported' : BUTTONS.find(([each]) => each === 'between')![2];
    this.root.setAttribute('aria-label', `Place: ${name}`);
    setText(this.name, name);
    this.about.dataset['extent'] = [code === name ? '' : code, radiusKm > 0 ? `area, within about ${number(radiusKm)} km` : ''].filter(Boolean).join(' · ');
    this.update();
    if (moved && focus) this.root.focus({preventScroll: true});
  }

  /** The moment changed. */
  update(): void {
    if (!this.open) return;
    const m = this.now(), when = stretchWords(this.scene, m.stretch, m.mode);
    setText(this.about, [this.about.dataset['extent'], when].filter(Boolean).join(' · '));
    const flows = {in: flowOf(this.scene, m, this.place, 'in'), out: flowOf(this.scene, m, this.place, 'out'), between: flowOf(this.scene, m, this.place, 'between')};
    const most = Math.max(1e-9, ...[...flows.in.routes, ...flows.out.routes].map(({best}) => best));
    const months = this.months!.upTo(m.t), top = topOf([months.in, months.out]), between = this.side === 'between';
    for (const side of ['in', 'out'] as const) this.directions[side].show(flows[side], m, most, months[side], top);
    this.directions.between.show(flows.between, m, Math.max(1e-9, ...flows.between.routes.map(({best}) => best)));
    for (const [side, {root}] of Object.entries(this.directions)) root.hidden = (side === 'between') !== between;
    this.showBalance(between ? null : balanceOf(this.scene, flows));
  }

  private showBalance(told: Balance | null): void {
    const [head, note] = this.balance.children as unknown as [HTMLElement, HTMLElement];
    this.balance.hidden = told === null;
    setText(head.lastElementChild!, capital(told?.words ?? ''));
    setText(note, told?.note ?? '');
    note.hidden = !note.textContent;
  }

  setSelected(corridors: readonly number[]): void {
    const selected = new Set(corridors);
    for (const {list} of Object.values(this.directions)) list.setSelected(selected);
    this.update();
  }
}
