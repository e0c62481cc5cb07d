// The map: land on one canvas that is drawn when the view changes, arcs on another that is drawn every frame,
// names on a third. Knows how to draw a moment; not what time it is.

import type {ArcShape} from './arc';
import {anchored} from './anchors';
import {ArcsCanvas, PULSE_LINGER_SHARE, type Shown} from './arcs-canvas';
import type {Box} from './base-labels';
import {ORDINARY_LAYERS, type Basemap, type LayerName} from './basemap';
import {Camera} from './camera';
import type {CargoParts} from './cargo';
import {Emphasised, type Emphasis} from './emphasis';
import type {Group} from './gather';
import type {LonLat} from './geodesic';
import {LandCanvas} from './land-canvas';
import type {Triangles} from './layers/land';
import {UnderWay} from './layers/pulses';
import {Lettering} from './lettering';
import {painted, pictureOf, type Part} from './picture';
import {PlaceGroups} from './place-groups';
import {findPlaces, type Found} from './place-search';
import {Picker, type Picked} from './picking';
import {RouteLines} from './route-lines';
import type {Moment, SceneData, Stage as StageContract, Theme, View} from './types';
import {LIMITS, sceneBounds, type Padding} from './view';
import type {Volumes} from './volumes';

export interface StageEvents {
  view(view: View): void;
  drawn(): void;
  hover(picked: Picked, x: number, y: number): void;
  click(picked: Picked, x: number, y: number): void;
  failed(error: Error): void;
  /** px that other things cover at the edges of the map, in one or more ways to keep clear of them */
  clearances(): Padding[];
  /** px of the map that other things lie over */
  covered(): Box[];
}

const MAX_OBSTACLES = 400; // corridors whose curves names keep clear of; with more there is no clear side
const REST_MS = 200; // from the last change of the view until it counts as resting

export class Stage implements StageContract {
  readonly root = Object.assign(document.createElement('div'), {className: 'map'});
  private readonly lettering = new Lettering();
  private readonly camera = new Camera(this.root);
  private readonly base: LandCanvas;
  private readonly arcs: ArcsCanvas;
  private shown: Shown | null = null;
  private land: Triangles | null = null;
  private basemap: Basemap | null = null;
  private layers: ReadonlySet<LayerName> = new Set(ORDINARY_LAYERS);
  private now: Moment | null = null;
  private readonly emphasised = new Emphasised();
  private readonly gathered = new PlaceGroups();
  private resting = 0;
  private turns = 0;
  private cargo: CargoParts | null = null;
  private pointed = false;
  private measuring = false;

  constructor(private theme: Theme, private readonly events: StageEvents) {
    this.base = new LandCanvas(this.camera.view, (error) => events.failed(error));
    this.arcs = new ArcsCanvas(theme, this.camera, {
      ready: () => this.bind(), drawn: events.drawn, failed: events.failed, view: (view) => this.setView(view),
      hover: (x, y) => this.hover(x < 0 ? {} : this.pickAt(x, y), x, y),
      click: (x, y) => events.click(this.pickAt(x, y), x, y),
      cursor: (dragging) => dragging ? 'grabbing' : this.measuring ? 'crosshair' : this.pointed ? 'pointer' : 'grab'
    });
    this.root.append(this.base.root, this.lettering.below, this.arcs.root, ...this.lettering.above);
  }

  /** `whole`: the volumes of the whole span. */
  show(scene: SceneData, volumes: Volumes, shape: ArcShape, whole: Moment): void {
    this.emphasised.show(scene);
    const lines = RouteLines.of(scene, whole);
    this.shown = {
      home: scene, scene, volumes, shape, whole, lines, picker: new Picker(scene, shape, lines),
      underWay: new UnderWay(scene.legs, scene.seconds * PULSE_LINGER_SHARE)
    };
    this.gather();
    this.bind();
    this.rested();
  }

  setLand(land: Triangles): void {
    this.land = land;
    this.lettering.setLand(land);
    this.drawBase();
    this.placeNames();
  }

  setBasemap(basemap: Basemap): void {
    this.basemap = basemap;
    this.lettering.setBasemap(basemap);
    this.drawBase();
    this.placeNames();
    this.rested();
  }

  setLayers(layers: readonly LayerName[]): void {
    this.layers = new Set(layers);
    this.drawBase();
    this.placeNames();
  }

  /** The view rests: arcs end anew in areas whose label points it does not show. */
  private rested(): void {
    const {shown, basemap} = this;
    this.arcs.makeRoutes();
    if (!shown || !basemap || !this.root.clientWidth || !shown.home.places.some(({whole}) => whole)) return;
    const places = anchored(shown.home.places, basemap.ground, this.camera.viewport);
    const now = shown.scene.places;
    if ((places ?? shown.home.places).every(({lon, lat}, i) => lon === now[i]!.lon && lat === now[i]!.lat)) return;
    // What is kept by its key was made for other ends.
    const scene = places ? {...shown.home, places, key: `${shown.home.key}~${++this.turns}`} : shown.home;
    this.shown = {...shown, scene, picker: new Picker(scene, shown.shape, shown.lines)};
    this.bind();
  }

  /** Puts the scene on the GPU, once both are there. */
  private bind(): void {
    if (!this.shown || !this.arcs.bind(this.shown, this.emphasis, this.cargo)) return;
    this.drawBase();
    this.viewMoved();
    if (this.now) this.drawExact(this.now);
  }

  private get emphasis(): Emphasis {
    const {selected, lit, drawn} = this.emphasised;
    return {selected, lit, drawn, gathered: this.gathered.places};
  }

  private drawBase(): void {
    if (!this.land) return;
    const {land, basemap, theme, emphasised: {selected, drawn: drawnOf}} = this, {textures} = this.arcs;
    const shown = this.shown && textures ? {scene: this.shown.scene, textures} : null;
    this.base.draw({land, basemap: this.layers.has('borders') ? basemap : null, theme, selected, drawnOf, shown});
  }

  /** A frame while playing: uniforms change, nothing is uploaded. */
  drawPlaying(t: number, from: number | null, to: number): void {
    this.arcs.drawPlaying(t, from, to);
  }

  /** A frame while paused: the exact volumes of the moment. */
  drawExact(now: Moment): void {
    this.setMoment(now);
    this.arcs.drawExact(now);
  }

  /** What widths the pointer finds; follows the figures, not every frame. */
  setMoment(now: Moment): void {
    this.now = now;
    this.arcs.setCargoes(now);
    this.lettering.showMoment(now, this.theme);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.root.style.background = theme.sea;
    this.drawBase();
    this.arcs.setTheme(theme);
    this.placeNames();
  }

  /** Arcs in the colours of what they carry; null: of their mode. */
  colourBy(cargo: CargoParts | null): void {
    if (cargo === this.cargo) return;
    this.cargo = cargo;
    this.bind();
  }

  /** Which corridors are drawn at all. */
  setLargest(drawn: ReadonlySet<number>): void {
    if (this.emphasised.draw(drawn)) this.gather();
    if (!this.arcs.textures) return;
    this.arcs.emphasise(this.emphasis);
    this.drawBase();
    this.placeNames();
  }

  setSelected(corridors: readonly number[]): void {
    this.emphasised.select(corridors);
    if (!this.arcs.textures) return;
    this.arcs.emphasise(this.emphasis);
    this.drawBase();
  }

  private hover(picked: Picked, x: number, y: number): void {
    if (this.shown && this.emphasised.light(this.shown.scene, picked)) this.arcs.emphasise(this.emphasis);
    this.events.hover(picked, x, y);
  }

  private pickAt(x: number, y: number): Picked {
    if (!this.shown || !this.now) return {};
    const {drawn} = this.emphasised, group = this.gathered.at(this.camera.viewport, x, y);
    const picked = group ? {group} : this.shown.picker.pick(x, y, this.now.width.map((px, c) => drawn.has(c) ? px : 0), this.camera.project, this.gathered.places);
    this.pointed = Object.keys(picked).length > 0;
    return picked;
  }

  private gather(): void {
    if (this.shown) this.gathered.show(this.shown.home, this.shown.whole, this.emphasised.drawn, this.camera.view.zoom);
  }

  /** How many marks of several places there are. */
  get marks(): number {
    return this.gathered.groups.length;
  }

  /** Comes so close that a group parts. -> whether it can */
  part(group: Group): boolean {
    const close = this.gathered.parted(group, this.camera.view.zoom);
    if (close) this.lookAt(close);
    return close !== null;
  }

  /** Where a place lies, px from the top left corner. */
  toScreen(place: LonLat): readonly [number, number] {
    return this.camera.toScreen(place);
  }

  /** Where the arcs of a place end now. */
  placeAt(place: number): LonLat {
    const {lon, lat} = this.shown!.scene.places[place]!;
    return [lon, lat];
  }

  toPlace(x: number, y: number): LonLat {
    return this.camera.toPlace(x, y);
  }

  /** Places that a name may mean, and the map's look at one of them. */
  find(typed: string): Found[] {
    return findPlaces(typed, this.shown?.home.places ?? [], this.basemap?.names ?? []);
  }

  lookAt(place: Pick<Found, 'lon' | 'lat' | 'zoom'>): void {
    this.setView(this.camera.at(place));
  }

  setMeasuring(active: boolean): void {
    this.measuring = active;
    this.arcs.setDoubleClickZoom(!active);
  }

  zoomBy(by: number): void {
    this.setView(this.camera.zoomedBy(by));
  }

  view(): View {
    return this.camera.view;
  }

  setView(view: View): void {
    this.camera.view = view;
    this.base.look(view);
    this.arcs.deck.setProps({viewState: {...view, ...LIMITS}});
    this.viewMoved();
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rested(), REST_MS);
    this.events.view(this.view());
  }

  /** Shows the whole scene, or one corridor, beside what lies over the map. */
  fit(only?: number): void {
    const bounds = this.shown && sceneBounds(this.shown.home, this.shown.shape, only);
    const view = this.camera.fitting(bounds, this.events.clearances());
    if (!view) return;
    this.setView(view);
    this.camera.noteFit(only === undefined);
  }

  /** What lies over the map is another now: a view that nobody has moved since it was fitted is fitted to the rest. */
  refit(): void {
    if (this.camera.isFitted) this.fit();
  }

  /** Whether a point of any arc that is drawn lies on the map. */
  isAnythingInView(): boolean {
    if (!this.shown || !this.root.clientWidth) return true;
    const {clientWidth: width, clientHeight: height} = this.root, {picker} = this.shown;
    return picker.anyWithin(this.emphasised.drawn, width, height, this.camera.project);
  }

  metresPerPixel(): number {
    return this.camera.metresPerPixel;
  }

  /** View or size changed: names and what the pointer finds lie elsewhere now. */
  viewMoved(): void {
    this.arcs.zoomed();
    this.shown?.picker.viewChanged();
    if (this.gathered.zoomed(this.camera.view.zoom)) this.arcs.emphasise(this.emphasis);
    this.placeNames(true);
  }

  /** `moving`: the view may be under way, in which case names of the base map keep their places for now. */
  private placeNames(moving = false): void {
    if (!this.shown || !this.root.clientWidth) return;
    const {scene, whole, picker} = this.shown, {viewport} = this.camera;
    const curves = scene.corridors.count <= MAX_OBSTACLES ? picker.curvesOn(this.camera.project) : new Float32Array(0);
    const {theme, layers, now, emphasised: {drawn}, gathered: {groups}} = this;
    this.lettering.place({scene, whole, now: now ?? whole, viewport, curves, theme, drawn, groups, layers, covered: this.events.covered(), moving});
  }

  capture(scale: number): Promise<HTMLCanvasElement> {
    return pictureOf(this.parts(scale), this.root, scale, this.theme.sea);
  }

  /** The map in other colours, now: what stands in for it on paper. */
  printed(theme: Theme, scale: number): HTMLCanvasElement {
    const before = this.theme, {clientWidth, clientHeight} = this.root;
    this.setTheme(theme);
    const picture = painted(this.parts(scale), Math.round(clientWidth * scale), Math.round(clientHeight * scale), theme.sea);
    this.setTheme(before);
    return picture;
  }

  private parts(scale: number): Part[] {
    const {theme} = this;
    return [
      this.base.deck, (context) => this.lettering.paintBelow(context, scale, theme), this.arcs.deck,
      (context) => this.lettering.paintAbove(context, scale, theme, this.now)
    ];
  }

  destroy(): void {
    clearTimeout(this.resting);
    this.lettering.destroy();
    this.base.destroy();
    this.arcs.destroy();
    this.root.remove();
  }
}
