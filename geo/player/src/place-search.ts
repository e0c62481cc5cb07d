// The button over the map that finds a place by its name: those of the scene first, then those of the base map.

import {EQUATOR_M, WORLD} from './arc';
import type {MapName} from './basemap';
import {el, iconButton} from './dom';
import {Popover} from './popover';
import type {Place} from './types';

export interface Found { text: string; what: string; lon: number; lat: number; zoom: number; /** row of the scene's places */ place?: number }

const MOST = 8;
const AT_A_POINT = 8, FARTHEST = 1.5, NEAREST = 9; // zoom levels
const HALF_A_MAP = 300; // px from the middle of a map of usual size to its edge

/** Without case and accents: "Đà Nẵng" is found by "da nang". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLocaleLowerCase('en').trim();

/** The zoom at which so many kilometres around a latitude fill a map. */
function zoomOf(km: number, lat: number): number {
  if (!(km > 0)) return AT_A_POINT;
  const zoom = Math.log2(EQUATOR_M * Math.cos(lat * Math.PI / 180) / WORLD / (km * 1000 / HALF_A_MAP));
  return Math.max(FARTHEST, Math.min(NEAREST, zoom));
}

/** Places whose name, or a word of it, begins with what is typed, then those that hold it; the scene's own first. */
export function findPlaces(typed: string, places: readonly Place[], names: readonly MapName[]): Found[] {
  const wanted = plain(typed);
  if (!wanted) return [];
  const ours = places.map(({name, code, lon, lat, radiusKm}, place): [string, Found] =>
    [`${name} ${code}`, {text: name, what: radiusKm ? 'on this map, area' : 'on this map', lon, lat, zoom: zoomOf(radiusKm, lat), place}]);
  const theirs = names.map(({text, kind, lon, lat, reach}): [string, Found] =>
    [text, {text, what: kind, lon, lat, zoom: kind === 'city' ? AT_A_POINT : zoomOf(reach, lat)}]);
  const ranked = [...ours, ...theirs].map(([name, found], turn) => {
    const here = plain(name), at = here.indexOf(wanted);
    const rank = at < 0 ? -1 : at === 0 ? 0 : here[at - 1] === ' ' ? 1 : 2;
    return {found, rank, turn};
  }).filter(({rank}) => rank >= 0).sort((a, b) => a.rank - b.rank || a.turn - b.turn);
  const once = new Map(ranked.map(({found}) => [plain(found.text), found] as const).reverse());
  return ranked.map(({found}) => found).filter((found) => once.get(plain(found.text)) === found).slice(0, MOST);
}

export class PlaceSearch {
  readonly root: HTMLElement;
  readonly button = iconButton('search', 'Find a place', '/');
  private readonly input = el('input', {type: 'search', 'aria-label': 'Name of a place', placeholder: 'Port, city or country', autocomplete: 'off', spellcheck: 'false'});
  private readonly list = el('ul', {class: 'wb-places'});
  private readonly none = el('p', {class: 'wb-muted', role: 'status', hidden: true}, 'No such place on this map.');
  private readonly popover: Popover;

  constructor(private readonly find: (typed: string) => Found[], private readonly show: (found: Found) => void) {
    this.popover = new Popover(this.button, 'wb-search', 'Find a place', this.input, this.list, this.none);
    this.root = this.popover.root;
    this.popover.panel.classList.add('wb-search-panel');
    this.input.addEventListener('input', () => this.offer());
    this.input.addEventListener('keydown', (event) => {
      const first = this.list.querySelector('button');
      if (event.key === 'Enter') first?.click();
      else if (event.key === 'ArrowDown') first?.focus();
      else return;
      event.preventDefault();
    });
    this.list.addEventListener('keydown', (event) => this.step(event));
    this.button.addEventListener('click', () => { if (!this.popover.panel.hidden) this.input.select(); });
  }

  open(): void {
    if (this.popover.panel.hidden) this.button.click();
    else this.input.focus();
  }

  private offer(): void {
    const found = this.find(this.input.value);
    this.list.replaceChildren(...found.map((place) => {
      const choose = el('button', {type: 'button', class: 'wb-place'}, el('span', {}, place.text), el('span', {class: 'wb-muted'}, place.what));
      choose.addEventListener('click', () => {
        this.show(place);
        this.popover.close();
      });
      return el('li', {}, choose);
    }));
    this.none.hidden = found.length > 0 || !this.input.value.trim();
  }

  private step(event: KeyboardEvent): void {
    const turn = ({ArrowDown: 1, ArrowUp: -1} as Record<string, number>)[event.key];
    if (!turn) return;
    const buttons = [...this.list.querySelectorAll('button')];
    const next = buttons.indexOf(event.target as HTMLButtonElement) + turn;
    (next < 0 ? this.input : buttons[next])?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
