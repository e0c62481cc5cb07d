// What stands around the map and over it: header, time bar, legend, tooltip, buttons, and the list for those who do not see it.

import type {Box} from './base-labels';
import {ArcsMenu, type ArcsShown} from './arcs-menu';
import {Callouts, type Callout} from './callouts';
import type {CargoKey, CargoParts} from './cargo';
import {Capture} from './capture';
import {download} from './download';
import type {Clock} from './clock';
import type {Facts} from './facts';
import {Header} from './header';
import {bindKeys, bindMapKeys} from './keyboard';
import type {LayerName} from './basemap';
import {LayersMenu} from './layers-menu';
import {Legend} from './legend';
import {Lost} from './lost';
import {MapButtons} from './map-buttons';
import {Mirror} from './mirror';
import {PlaceSearch} from './place-search';
import {PlaceTool} from './place-tool';
import type {RouteActions} from './route-list';
import {RoutesPanel} from './routes-panel';
import {Ruler} from './ruler';
import type {Shown} from './restore';
import type {Screen} from './screen';
import type {Stage} from './stage';
import {TimeBar} from './timebar';
import {Toolbar} from './toolbar';
import {Tooltip} from './tooltip';
import type {Moment, SceneData, Theme} from './types';
import type {Padding} from './view';
import type {Volumes} from './volumes';

const PARTS = 240; // of the span, at which the strip is drawn
const SPARK_PARTS = 48; // the same of a small chart

/** What the furniture asks of the player; its map may be another one after a lost graphics context. */
export interface House {
  root: HTMLElement;
  mapBox: HTMLElement;
  stage(): Stage;
  now(): Moment;
  theme(): Theme;
  /** what a picture says of the data, and what is shown */
  told(): {facts: Facts; shown: Shown};
  clear(): void;
  select(corridors: number[]): void;
  /** other arcs are drawn, or another place is looked at */
  placed(): void;
  screen: Screen;
  layers: readonly LayerName[];
  setLayers(layers: LayerName[]): void;
  arcs: ArcsShown;
  setArcs(shown: ArcsShown): void;
  callouts: readonly Callout[];
  /** what was carried; null where nothing says it */
  cargo: CargoParts | null;
  /** rows of the legend where arcs are coloured by cargo */
  cargoKey(): CargoKey[] | null;
}

export class Furniture {
  legend: Legend;
  readonly tooltip: Tooltip;
  readonly toolbar: Toolbar;
  readonly timebar: TimeBar;
  readonly lost: Lost;
  readonly ruler: Ruler;
  readonly callouts: Callouts;
  readonly routes: RoutesPanel;
  readonly arcs: ArcsMenu;
  readonly places: PlaceTool;
  private readonly buttons: MapButtons;
  private readonly header: Header;
  private readonly mirror: Mirror;
  private readonly capture: Capture;
  private readonly unbind: (() => void)[];

  constructor(scene: SceneData, private readonly clock: Clock, volumes: Volumes, private readonly house: House) {
    const {root, mapBox} = house;
    const fit = (): void => house.stage().fit(), clear = (): void => this.escape();
    this.callouts = new Callouts(house.callouts, (at) => house.stage().toScreen(at), () => ({width: mapBox.clientWidth, height: mapBox.clientHeight}));
    const map = {metresPerPixel: () => house.stage().metresPerPixel(), get marks() { return house.stage().marks; }, capture: async (scale: number) => this.callouts.drawOn(await house.stage().capture(scale), scale)};
    this.capture = new Capture(scene, map, () => house.now(), () => house.theme(), () => clock.pause(), () => house.told(), this.callouts.notes);
    this.header = new Header(scene, (corridors) => house.select(corridors));
    this.timebar = new TimeBar(scene, clock, volumes.band(PARTS));
    this.legend = new Legend(scene);
    this.mirror = new Mirror(scene);
    this.tooltip = new Tooltip(scene);
    const search = new PlaceSearch((typed) => house.stage().find(typed), (found) => {
      house.stage().lookAt(found);
      if (found.place !== undefined) this.places.open(found.place);
    });
    this.ruler = new Ruler(
      {toScreen: (at) => house.stage().toScreen(at), toPlace: (x, y) => house.stage().toPlace(x, y)},
      (active) => {
        house.stage().setMeasuring(active);
        this.toolbar.setMeasuring(active);
      }
    );
    const routes: RouteActions = {select: (found) => house.select(found), fit: (c) => house.stage().fit(c), courses: (found) => volumes.courses(found, SPARK_PARTS), parts: (c, m) => house.cargo?.of(m, c) ?? null};
    this.routes = new RoutesPanel(scene, () => house.now(), {
      ...routes, covers: () => this.panelMoved('routes'), save: (name, csv) => download(name, new Blob(['\ufeff', csv], {type: 'text/csv'}))
    });
    this.places = new PlaceTool(scene, {
      mapBox, stage: () => house.stage(), now: () => house.now(), tooltip: this.tooltip, routes, changed: () => house.placed(), covers: () => this.panelMoved('places')
    });
    const measure = (): void => this.ruler.toggle(), present = (): void => house.screen.present();
    this.toolbar = new Toolbar({measure, clear: () => house.clear()}, search.root, this.routes.button);
    this.buttons = new MapButtons({zoom: (by) => house.stage().zoomBy(by), fit, fullscreen: () => house.screen.toggleFull(), present});
    this.lost = new Lost(fit);
    this.arcs = new ArcsMenu(scene.corridors.count, house.arcs, (shown) => house.setArcs(shown));
    mapBox.before(this.header.root);
    this.toolbar.root.append(
      this.arcs.root,
      new LayersMenu(house.layers, (layers) => house.setLayers(layers)).root, this.capture.root
    );
    mapBox.append(this.callouts.root, this.legend.root, ...this.places.ring.parts, this.ruler.root, this.buttons.root, this.toolbar.root, this.routes.root, this.places.panel.root, this.lost.root, this.tooltip.root);
    root.append(this.timebar.root, this.mirror.root);
    this.legend.setTheme(house.theme());
    const save = (): void => this.capture.root.querySelector('button')?.click();
    this.unbind = [bindKeys(root, clock, {fit, clear, save, measure, present, routes: () => this.routes.toggle(), find: () => search.open()}), bindMapKeys(root, () => house.stage())];
  }

  /** The widths have another scale, or other arcs are drawn: the legend follows, in its place. */
  restyle(scene: SceneData, drawn: ReadonlySet<number>): void {
    const before = this.legend.root;
    const key = this.house.cargoKey();
    this.legend = new Legend(scene, drawn, key);
    if (before.dataset['meanings']) this.legend.root.dataset['meanings'] = before.dataset['meanings'];
    before.replaceWith(this.legend.root);
    this.legend.setTheme(this.house.theme());
    this.legend.update(this.house.stage().metresPerPixel(), this.house.stage().marks);
    [this.capture.scene, this.capture.drawn, this.capture.cargo] = [scene, drawn, key];
  }

  /** Two panels have one place over the map. */
  private panelMoved(moved: 'routes' | 'places'): void {
    if (moved === 'routes' && this.routes.open) this.places.close();
    if (moved === 'places' && this.places.panel.open && this.routes.open) this.routes.toggle(false, false);
    this.house.stage().refit();
  }

  setSelected(corridors: readonly number[]): void {
    this.toolbar.setSelected(corridors.length);
    this.routes.setSelected(corridors);
    this.places.panel.setSelected(corridors);
  }

  /** The view or the size of the map is another. */
  viewMoved(): void {
    this.tooltip.hide();
    this.ruler.place();
    this.callouts.place();
    this.places.ring.place();
    this.legend.update(this.house.stage().metresPerPixel(), this.house.stage().marks);
  }

  /** Escape ends what is under way, the last begun first: measuring, presenting, a place, a selection. */
  private escape(): void {
    if (this.ruler.active) this.ruler.toggle(false);
    else if (this.house.screen.presenting) this.house.screen.present(false);
    else if (!this.places.escape()) this.house.clear();
  }

  /** Figures, list and marks of the moment. */
  update(m: Moment, drawn: ReadonlySet<number>): void {
    this.header.update(m);
    this.timebar.update(m);
    this.legend.show(m);
    this.routes.update();
    this.places.panel.update();
    this.places.ring.update(m, drawn);
    this.mirror.update(m, !this.clock.playing);
  }

  /** Legend and buttons lie over the map: beside the legend, or above it, whichever leaves more; beside the list of routes, which hides it. */
  clearances(width: number): Padding[] {
    const legend = this.legend.root.querySelector<HTMLElement>('.wb-legend'), room = 18;
    const names = Math.min(110, width * 0.26), top = 64, side = this.buttons.root.offsetWidth;
    const listed = Math.max(this.routes.root.offsetWidth, this.places.panel.root.offsetWidth);
    if (listed > 0 && listed < width / 2) return [{left: listed + room + 44, right: names + side, top, bottom: 48}];
    const beside = {left: (legend?.offsetWidth ?? 0) + room + 44, right: names + side, top, bottom: 48};
    const above = {left: Math.min(64, width * 0.12), right: names + side, top, bottom: (legend?.offsetHeight ?? 0) + room + 16};
    return [beside, above];
  }

  /** Boxes of what lies over the map, px from its top left corner. */
  covered(mapBox: HTMLElement): Box[] {
    const map = mapBox.getBoundingClientRect();
    return [...mapBox.querySelectorAll('.wb-legend, .wb-side, .wb-routes, .wb-place-panel, .wb-toolbar > *, .wb-corner, .wb-locator:not([hidden]), .wb-callout')].flatMap((part) => {
      const {left, top, right, bottom} = part.getBoundingClientRect();
      return right > left ? [{left: left - map.left, top: top - map.top, right: right - map.left, bottom: bottom - map.top}] : [];
    });
  }

  remove(): void {
    this.unbind.forEach((off) => off());
    this.timebar.destroy();
    this.mirror.destroy();
    this.places.ring.parts.forEach((part) => part.remove());
    for (const {root} of [this.places.panel, this.header, this.timebar, this.legend, this.mirror, this.tooltip, this.toolbar, this.lost, this.ruler, this.callouts, this.routes, this.buttons, this.capture]) root.remove();
  }
}
