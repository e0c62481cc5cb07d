// One place of the map, looked at: its panel, the ring around it, and which of its routes are drawn alone.

import {corridorsOf, SIDES, sideWords, type Side} from './place-flows';
import {PlacePanel} from './place-panel';
import {PlaceRing} from './place-ring';
import type {RouteActions} from './route-list';
import type {Stage} from './stage';
import type {Tooltip} from './tooltip';
import type {Moment, SceneData} from './types';

/** What the page's address keeps of it: the place's code and a `Side`, or "". */
export interface PlaceShown { place: string; side: string }

export interface PlaceHouse {
  mapBox: HTMLElement;
  stage(): Stage;
  now(): Moment;
  tooltip: Tooltip;
  routes: RouteActions;
  /** another place, or other arcs: the map and the page follow */
  changed(): void;
  /** the panel opens or closes over the map */
  covers(open: boolean): void;
}

const MARGIN = 24; // px that a place keeps from the edges of what is free

export class PlaceTool {
  readonly panel: PlacePanel;
  readonly ring: PlaceRing;
  private side: Side | null = null;

  constructor(private readonly scene: SceneData, private readonly house: PlaceHouse) {
    this.panel = new PlacePanel(scene, () => house.now(), {
      ...house.routes, draw: (side) => this.draw(side), close: () => this.close(), covers: () => house.covers(this.panel.open)
    });
    this.ring = new PlaceRing(scene, {
      toScreen: (place) => this.onScreen(place), open: (place) => this.open(place),
      tell: (place, x, y) => house.tooltip.place(place, x, y, house.now()), hush: () => house.tooltip.hide(), lookAt: (place) => this.reveal(place)
    });
  }

  get shown(): PlaceShown {
    return {place: this.scene.places[this.panel.place]?.code ?? '', side: this.side ?? ''};
  }

  /** Takes over what a link or the scene before had, where this scene has such a place. */
  restore({place = '', side = ''}: Partial<PlaceShown>): void {
    const found = place ? this.scene.places.findIndex(({code}) => code === place) : -1;
    this.side = found < 0 ? null : SIDES.find((each) => each === side) ?? null;
    this.panel.show(found, this.side, false);
    this.ring.setOpened(found);
  }

  open(place: number): void {
    if (place !== this.panel.place) this.side = null;
    this.panel.show(place, this.side);
    this.ring.setOpened(place);
    this.reveal(place);
    this.house.changed();
  }

  close(): void {
    if (!this.panel.open) return;
    const inside = this.panel.root.matches(':focus-within');
    this.side = null;
    this.panel.show(-1, null);
    this.ring.setOpened(-1);
    if (inside) this.ring.focus();
    this.house.changed();
  }

  /** Ends what was begun last. -> whether there was anything */
  escape(): boolean {
    if (!this.panel.open) return false;
    if (this.side) this.draw(null);
    else this.close();
    return true;
  }

  private draw(side: Side | null): void {
    this.side = side;
    this.panel.show(this.panel.place, side);
    this.house.changed();
  }

  /** Of the corridors that may be drawn, those that are. */
  narrow(drawn: ReadonlySet<number>): ReadonlySet<number> {
    const {side, panel: {place}} = this;
    if (!side) return drawn;
    const own = corridorsOf(this.scene, place, side);
    return new Set([...drawn].filter((c) => own.has(c)));
  }

  /** "into Rason", where only such routes are drawn. */
  get words(): string | undefined {
    return this.side ? sideWords(this.side, this.scene.places[this.panel.place]!.name) : undefined;
  }

  private onScreen(place: number): readonly [number, number] {
    const stage = this.house.stage();
    return stage.toScreen(stage.placeAt(place));
  }

  /** A place that lies outside the map, or under its panel, comes to the middle of what is free. */
  private reveal(place: number): void {
    const {mapBox} = this.house, stage = this.house.stage(), [x, y] = this.onScreen(place);
    const {clientWidth: width, clientHeight: height} = mapBox, {offsetLeft, offsetTop, offsetWidth, offsetHeight} = this.panel.root;
    const beside = offsetWidth < width / 2;
    const left = this.panel.open && beside ? offsetLeft + offsetWidth : 0, bottom = this.panel.open && !beside && offsetHeight ? offsetTop : height;
    if (x >= left + MARGIN && x <= width - MARGIN && y >= MARGIN && y <= bottom - MARGIN) return;
    const [longitude, latitude] = stage.toPlace(width / 2 + x - (left + width) / 2, height / 2 + y - bottom / 2);
    stage.setView({...stage.view(), longitude, latitude});
  }
}
