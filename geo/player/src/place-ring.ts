// A ring on the map around the place that is open, or that the keys stand on: Tab reaches it, arrows go from place to place,
// Enter opens one.

import {el, setAttribute} from './dom';
import {throughPlaces} from './places';
import type {Moment, SceneData} from './types';

/** Places that keys step through, the largest first: more than anyone would. */
const MOST = 200;
const STEPS: Record<string, number> = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};

export interface RingActions { toScreen(place: number): readonly [number, number]; open(place: number): void; tell(place: number, x: number, y: number): void; hush(): void; lookAt(place: number): void }

export class PlaceRing {
  readonly root = el('div', {class: 'wb-place-keys', role: 'listbox', tabindex: 0, 'aria-label': 'Places on the map. Arrow keys go from one to the next, Enter shows its routes.'});
  private readonly ring = el('div', {class: 'wb-place-ring', 'aria-hidden': 'true', hidden: true});
  private readonly through: (volume: ArrayLike<number>) => Float64Array;
  private places: number[] = [];
  private at = 0;
  private opened = -1;

  constructor(private readonly scene: SceneData, private readonly actions: RingActions) {
    this.through = throughPlaces(scene);
    this.root.addEventListener('focus', () => this.stand(this.at));
    this.root.addEventListener('blur', () => {
      actions.hush();
      this.place();
    });
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  /** Ring and keys: the first lies on the map, the second nowhere. */
  get parts(): [HTMLElement, HTMLElement] {
    return [this.ring, this.root];
  }

  /** The arcs that are drawn now, whose places can be reached. */
  update(m: Moment, drawn: ReadonlySet<number>): void {
    const {origin, destination} = this.scene.corridors, ends = new Set<number>();
    for (const c of drawn) if (m.width[c]! > 0) ends.add(origin[c]!).add(destination[c]!);
    const volume = this.through(m.best), standing = this.places[this.at];
    const places = [...ends].sort((a, b) => volume[b]! - volume[a]! || a - b).slice(0, MOST);
    if (places.join() === this.places.join()) return;
    this.places = places;
    this.at = Math.max(0, places.indexOf(standing ?? -1));
    this.root.replaceChildren(...places.map((place) => el('div', {role: 'option', id: `wb-place-${place}`, 'aria-selected': 'false'}, this.scene.places[place]!.name)));
    this.root.hidden = places.length === 0;
    this.mark();
  }

  setOpened(place: number): void {
    this.opened = place;
    if (this.places.includes(place)) this.at = this.places.indexOf(place);
    this.mark();
    this.place();
  }

  /** The view moved, or another place is meant. */
  place(): void {
    const focused = this.root.matches(':focus'), place = focused ? this.places[this.at] ?? -1 : this.opened;
    this.ring.hidden = place < 0;
    if (place < 0) return;
    const [x, y] = this.actions.toScreen(place);
    this.ring.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    if (focused) this.actions.tell(place, x, y);
  }

  focus(): void {
    this.root.focus({preventScroll: true});
  }

  private stand(at: number): void {
    this.at = at;
    this.mark();
    const place = this.places[at];
    if (place === undefined) return;
    this.actions.lookAt(place);
    this.place();
  }

  private mark(): void {
    const place = this.places[this.at];
    setAttribute(this.root, 'aria-activedescendant', place === undefined ? '' : `wb-place-${place}`);
    for (const option of this.root.children) setAttribute(option, 'aria-selected', String(option.id === `wb-place-${place}`));
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key], place = this.places[this.at];
    if (step) this.stand((this.at + step + this.places.length) % this.places.length);
    else if ((event.key === 'Enter' || event.key === ' ') && place !== undefined) this.actions.open(place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
