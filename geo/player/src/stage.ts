// The map: land on one canvas that is drawn when the view changes, arcs on another that is drawn every frame,
// names on a third. Knows how to draw a moment; not what time it is.

import {Deck, MapView, WebMercatorViewport, type Layer} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {ROUTE_PIECES, WORLD, toCommon, type ArcShape} from './arc';
import {inkOf, newFrame, setDisputes, setEmphasis, setExact, setRoutes, setShares, setStops, upload, type SceneOnGpu} from './gpu';
import type {Box} from './base-labels';
import {ORDINARY_LAYERS, type Basemap, type LayerName} from './basemap';
import {anchored} from './anchors';
import {baseLayers} from './base-layers';
import type {CargoParts} from './cargo';
import type {Gathering, Group} from './gather';
import type {LonLat} from './geodesic';
import {gatheringOf, groupAt} from './group-marks';
import {CorridorLayer} from './layers/corridors';
import type {FrameState} from './layers/frame';
import type {Triangles} from './layers/land';
import {PortLayer} from './layers/ports';
import {PulseLayer, UnderWay} from './layers/pulses';
import {Lettering} from './lettering';
import {painted, pictureOf, type Part} from './picture';
import {findPlaces, type Found} from './place-search';
import {Picker, type Picked, type Project} from './picking';
import {RouteLines} from './route-lines';
import type {Moment, SceneData, Stage as StageContract, Theme, View} from './types';
import {LIMITS, fitView, metresPerPixel, nearestCopy, onWorld, sceneBounds, toPixels, type Padding} from './view';
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

const PULSE_LINGER_SHARE = 0.01; // of the span: how long a departure without an arrival is lit
const PASS_SECONDS = 10, DRIFT_SPEED = 36; // px a second at 1×
const MAX_OBSTACLES = 400; // corridors whose curves names keep clear of; with more there is no clear side
const TIGHT: Padding = {left: 12, right: 12, top: 12, bottom: 12}; // where a small map has no room beside its legend
const ROUTE_ZOOM = 0.15; // of a zoom step: routes are made anew while it changes
const REST_MS = 200; // from the last change of the view until it counts as resting
const START: View = {longitude: 0, latitude: 20, zoom: 1, pitch: 0, bearing: 0};

/** A scene and what is derived from it once. */
interface Shown { home: SceneData; scene: SceneData; volumes: Volumes; shape: ArcShape; lines: RouteLines | null; picker: Picker; underWay: UnderWay; whole: Moment }

export class Stage implements StageContract {
  readonly root = Object.assign(document.createElement('div'), {className: 'map'});
  private readonly lettering = new Lettering();
  private readonly base: Deck<MapView>;
  private readonly top: Deck<MapView>;
  private looks = START;
  /** the view that `fit` made */
  private fitted: View | null = null;
  private device: Device | null = null;
  private shown: Shown | null = null;
  private gpu: SceneOnGpu | null = null;
  private readonly stale: SceneOnGpu[] = [];
  private frame: FrameState | null = null;
  private land: Triangles | null = null;
  private basemap: Basemap | null = null;
  private layers: ReadonlySet<LayerName> = new Set(ORDINARY_LAYERS);
  private now: Moment | null = null;
  private selected: ReadonlySet<number> = new Set();
  private resting = 0;
  private madeAt = START;
  private turns = 0;
  private lit: ReadonlySet<number> = new Set();
  private drawnOf: ReadonlySet<number> = new Set();
  /** what arcs are coloured by; null: by mode */
  private cargo: CargoParts | null = null;
  private gathering: Gathering | null = null;
  private groups: readonly Group[] = [];
  private gathered: ReadonlySet<number> = new Set();
  private pointed = false;
  private measuring = false;

  constructor(private theme: Theme, private readonly events: StageEvents) {
    const below = layerOf('map-land'), above = layerOf('map-arcs');
    this.root.append(below, this.lettering.below, above, ...this.lettering.above);
    const common = {
      views: new MapView({id: 'map'}), viewState: {...START, ...LIMITS}, useDevicePixels: true, layers: [] as Layer[],
      onError: (error: Error) => events.failed(error)
    };
    this.base = new Deck({
      ...common, parent: below, controller: false, style: {pointerEvents: 'none'},
      deviceProps: {type: 'webgl', webgl: {antialias: true}, onError: events.failed}
    });
    this.top = new Deck({
      ...common, parent: above, touchAction: 'pan-y', controller: controlled(true),
      // Arcs smooth their own edges; multisampling would only cost time.
      deviceProps: {type: 'webgl', webgl: {antialias: false, alpha: true, depth: false, stencil: false}, onError: events.failed},
      onDeviceInitialized: (device: Device) => { this.device = device; },
      onLoad: () => this.bind(),
      onViewStateChange: ({viewState}) => this.setView(viewState as View),
      onAfterRender: () => this.afterRender(),
      onHover: ({x, y}) => this.hover(x < 0 ? {} : this.pickAt(x, y), x, y),
      onClick: ({x, y}) => events.click(this.pickAt(x, y), x, y),
      getCursor: ({isDragging}) => isDragging ? 'grabbing' : this.measuring ? 'crosshair' : this.pointed ? 'pointer' : 'grab'
    });
  }

  /** `whole`: the volumes of the whole span. */
  show(scene: SceneData, volumes: Volumes, shape: ArcShape, whole: Moment): void {
    this.lit = new Set();
    this.drawnOf = new Set(scene.corridors.id.keys());
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
    this.makeRoutes();
    if (!shown || !basemap || !this.root.clientWidth || !shown.home.places.some(({whole}) => whole)) return;
    const places = anchored(shown.home.places, basemap.ground, this.viewport());
    const now = shown.scene.places;
    if ((places ?? shown.home.places).every(({lon, lat}, i) => lon === now[i]!.lon && lat === now[i]!.lat)) return;
    // What is kept by its key was made for other ends.
    const scene = places ? {...shown.home, places, key: `${shown.home.key}~${++this.turns}`} : shown.home;
    this.shown = {...shown, scene, picker: new Picker(scene, shown.shape, shown.lines)};
    this.bind();
  }

  /** Puts the scene on the GPU, once both are there. */
  private bind(): void {
    if (!this.device || !this.shown) return;
    const {scene, volumes, whole, lines} = this.shown;
    this.stale.push(...(this.gpu ? [this.gpu] : []));
    this.gpu = upload(this.device, scene, volumes, whole, lines, this.cargo !== null);
    this.frame = newFrame(scene, this.gpu, this.theme);
    this.emphasise();
    this.makeRoutes();
    this.top.setProps({layers: this.arcLayers(this.shown, this.gpu, this.frame)});
    this.drawBase();
    this.viewMoved();
    if (this.now) this.drawExact(this.now);
  }

  /** Lines of the routes for where the map looks: as fine as it is close, and as far aside as they are wide. */
  private makeRoutes(): void {
    const lines = this.shown?.lines;
    if (!lines || !this.gpu) return;
    const {scale, center: [x, y]} = this.viewport(), {clientWidth: width, clientHeight: height} = this.root;
    // A turned or tilted map shows what lies farther out.
    const half = Math.hypot(width || WORLD, height || WORLD) / scale * (this.looks.pitch > 0 ? 1 : 0.5), {origin} = this.gpu.textures;
    lines.bake({scale, x: x!, y: y!, across: half, up: half}, origin);
    this.madeAt = this.looks;
    setRoutes(this.gpu, lines);
    this.shown!.picker.routesMade(origin);
    this.top.redraw('routes');
  }

  private afterRender(): void {
    // Layers of the scene before are drawn until deck.gl has taken the new ones: only then is their data let go.
    if (!this.frame?.drawn) return;
    this.stale.splice(0).forEach((gpu) => gpu.release());
    this.events.drawn();
  }

  private arcLayers({scene, shape, underWay}: Shown, gpu: SceneOnGpu, frame: FrameState): Layer[] {
    const common = {frame, textures: gpu.textures, data: [], pickable: false};
    const arc = {getHeight: shape.height, getTilt: shape.tilt};
    // Across a thousand px a curve of 10 pieces strays less than a pixel; few corridors can afford more.
    const numSegments = gpu.textures.paths ? ROUTE_PIECES : scene.corridors.count > 500 ? 10 : 48;
    const id = gpu.textures.shares ? `${scene.key}-cargo` : scene.key, linger = scene.seconds * PULSE_LINGER_SHARE;
    return [
      new CorridorLayer({id: `corridors-${id}`, ...common, ...arc, numSegments, certain: gpu.grid.channels === 1}),
      new PulseLayer({id: `pulses-${id}`, ...common, ...arc, legs: gpu.legs, underWay, linger}),
      new PortLayer({id: `ports-${id}`, ...common})
    ];
  }

  private drawBase(): void {
    if (!this.land) return;
    const {land, basemap, theme, selected, drawnOf} = this, shown = this.shown && this.gpu ? {scene: this.shown.scene, textures: this.gpu.textures} : null;
    this.base.setProps({layers: baseLayers({land, basemap: this.layers.has('borders') ? basemap : null, theme, selected, drawnOf, shown})});
  }

  /** A frame while playing: uniforms change, nothing is uploaded. */
  drawPlaying(t: number, from: number | null, to: number): void {
    if (!this.frame || !this.gpu) return;
    this.setTime(t);
    setStops(this.frame, this.gpu, from, to);
    this.top.redraw('playing');
  }

  /** A frame while paused: the exact volumes of the moment. */
  drawExact(now: Moment): void {
    this.now = now;
    if (!this.frame || !this.gpu || !this.shown) return;
    this.setCargoes(now);
    this.setTime(now.t);
    this.lettering.showMoment(now, this.theme);
    setExact(this.frame, this.gpu, now);
    this.top.redraw('paused');
  }

  private setTime(t: number): void {
    const {moment} = this.frame!;
    this.frame!.t = t;
    moment['time'] = t;
    setDisputes(this.frame!, this.gpu!, t);
    moment['phase'] = t / this.shown!.scene.seconds * PASS_SECONDS * DRIFT_SPEED;
  }

  /** What widths the pointer finds; follows the figures, not every frame. */
  setMoment(now: Moment): void {
    this.now = now;
    this.setCargoes(now);
    this.lettering.showMoment(now, this.theme);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.root.style.background = theme.sea;
    if (this.frame) Object.assign(this.frame.ink, inkOf(theme, this.cargo !== null));
    this.drawBase();
    if (this.gpu) this.top.redraw('theme');
    this.placeNames();
  }

  /** Arcs in the colours of what they carry; null: of their mode. */
  colourBy(cargo: CargoParts | null): void {
    if (cargo === this.cargo) return;
    this.cargo = cargo;
    this.bind();
  }

  /** Small enough to be written with the figures, a few times a second. */
  private setCargoes(now: Moment): void {
    if (this.cargo && this.gpu) setShares(this.gpu, this.cargo.shares(now));
  }

  /** Which corridors are drawn at all. */
  setLargest(drawn: ReadonlySet<number>): void {
    const others = drawn.size !== this.drawnOf.size || [...drawn].some((c) => !this.drawnOf.has(c));
    this.drawnOf = drawn;
    if (others) this.gather();
    if (!this.gpu || !this.shown) return;
    this.emphasise();
    this.drawBase();
    this.placeNames();
    this.top.redraw('largest');
  }

  setSelected(corridors: readonly number[]): void {
    this.selected = new Set(corridors);
    this.lit = new Set();
    if (!this.gpu || !this.shown) return;
    this.emphasise();
    this.drawBase();
    this.top.redraw('selection');
  }

  private emphasise(): void {
    setEmphasis(this.gpu!, this.shown!.scene, this.selected, this.lit, this.drawnOf, this.gathered);
    this.frame!.selected = this.selected.size > 0 || this.lit.size > 0;
  }

  /** What the pointer is on steps forward: an arc, or all arcs of a place. Of a single arc there is nothing to tell apart. */
  private light({corridor, place, group}: Picked): void {
    const {corridors} = this.shown!.scene, places = new Set(group?.places ?? (place === undefined ? [] : [place]));
    const of = (c: number): boolean => c === corridor || places.has(corridors.origin[c]!) || places.has(corridors.destination[c]!);
    const lit = corridors.count > 1 && this.selected.size === 0 ? [...corridors.id.keys()].filter(of) : [];
    if (lit.join() === [...this.lit].join()) return;
    this.lit = new Set(lit);
    if (!this.gpu) return;
    this.emphasise();
    this.top.redraw('pointed');
  }

  private hover(picked: Picked, x: number, y: number): void {
    if (this.shown) this.light(picked);
    this.events.hover(picked, x, y);
  }

  private pickAt(x: number, y: number): Picked {
    if (!this.shown || !this.now) return {};
    const group = groupAt(this.shown.home, this.groups, this.viewport(), x, y);
    const picked = group ? {group} : this.shown.picker.pick(x, y, this.now.width.map((px, c) => this.drawnOf.has(c) ? px : 0), this.project(), this.gathered);
    this.pointed = Object.keys(picked).length > 0;
    return picked;
  }

  /** Other arcs are drawn: other places may gather. */
  private gather(): void {
    this.gathering = this.shown && gatheringOf(this.shown.home, this.shown.whole, this.drawnOf);
    this.regroup(false);
  }

  /** What gathers where the map looks now. */
  private regroup(redraw = true): void {
    const groups = this.gathering?.at(this.looks.zoom) ?? [];
    if (groups === this.groups) return;
    this.groups = groups;
    this.gathered = new Set(groups.flatMap(({places}) => places));
    if (!redraw || !this.gpu || !this.shown) return;
    this.emphasise();
    this.top.redraw('groups');
  }

  /** How many marks of several places there are. */
  get marks(): number {
    return this.groups.length;
  }

  /** Comes so close that a group parts. -> whether it can */
  part({places, parts}: Group): boolean {
    if (parts > LIMITS.maxZoom) return false;
    const spots = places.map((place) => this.shown!.home.places[place]!), first = toCommon(spots[0]!.lon, spots[0]!.lat)[0];
    const xs = spots.map(({lon, lat}) => nearestCopy(toCommon(lon, lat)[0], first)), lats = spots.map(({lat}) => lat);
    const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
    this.lookAt({lon: (middle(xs) / WORLD * 360 % 360 + 360) % 360 - 180, lat: middle(lats), zoom: Math.min(LIMITS.maxZoom, Math.max(parts, this.looks.zoom + 1))});
    return true;
  }

  private viewport(): WebMercatorViewport {
    return new WebMercatorViewport({...this.looks, width: this.root.clientWidth, height: this.root.clientHeight});
  }

  private project(): Project {
    const viewport = this.viewport();
    return Object.assign((point: readonly [number, number, number]) => toPixels(viewport, point), {centre: viewport.center[0]!});
  }

  /** Where a place lies, px from the top left corner; of the copies of the world the one nearest to the middle. */
  toScreen([lon, lat]: LonLat): readonly [number, number] {
    const viewport = this.viewport(), [x, y] = toCommon(lon, lat);
    return toPixels(viewport, [nearestCopy(x, viewport.center[0]!), y, 0]);
  }

  /** Where the arcs of a place end now. */
  placeAt(place: number): LonLat {
    const {lon, lat} = this.shown!.scene.places[place]!;
    return [lon, lat];
  }

  toPlace(x: number, y: number): LonLat {
    const [lon, lat] = this.viewport().unproject([x, y]);
    return [lon!, lat!];
  }

  /** Places that a name may mean, and the map's look at one of them. */
  find(typed: string): Found[] {
    return findPlaces(typed, this.shown?.home.places ?? [], this.basemap?.names ?? []);
  }

  lookAt({lon, lat, zoom}: Pick<Found, 'lon' | 'lat' | 'zoom'>): void {
    this.setView(onWorld({...this.view(), longitude: lon, latitude: lat, zoom}, this.root.clientHeight));
  }

  /** A click is a place on the ruler then: two in a row must not zoom. */
  setMeasuring(active: boolean): void {
    this.measuring = active;
    this.top.setProps({controller: controlled(!active)});
  }

  zoomBy(by: number): void {
    const view = this.view(), zoom = Math.max(LIMITS.minZoom, Math.min(LIMITS.maxZoom, view.zoom + by));
    this.setView(onWorld({...view, zoom}, this.root.clientHeight));
  }

  view(): View {
    const {longitude, latitude, zoom, pitch, bearing} = this.looks;
    return {longitude, latitude, zoom, pitch, bearing};
  }

  setView(view: View): void {
    this.looks = view;
    const viewState = {...view, ...LIMITS};
    this.base.setProps({viewState});
    this.top.setProps({viewState});
    this.viewMoved();
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rested(), REST_MS);
    this.events.view(this.view());
  }

  /** Shows the whole scene, or one corridor, beside what lies over the map. */
  fit(only?: number): void {
    const bounds = this.shown && sceneBounds(this.shown.home, this.shown.shape, only);
    const {clientWidth: width, clientHeight: height} = this.root;
    const view = bounds && (fitView(bounds, width, height, this.events.clearances()) ?? fitView(bounds, width, height, [TIGHT]));
    if (!view) return;
    this.setView(onWorld(view, height));
    this.fitted = only === undefined ? this.view() : null;
  }

  /** What lies over the map is another now: a view that nobody has moved since it was fitted is fitted to the rest. */
  refit(): void {
    const {fitted, looks} = this;
    if (fitted && (['longitude', 'latitude', 'zoom', 'pitch', 'bearing'] as const).every((name) => Math.abs(fitted[name] - looks[name]) < 1e-6)) this.fit();
  }

  /** Whether a point of any arc that is drawn lies on the map. */
  isAnythingInView(): boolean {
    if (!this.shown || !this.root.clientWidth) return true;
    const {clientWidth: width, clientHeight: height} = this.root, {picker} = this.shown;
    return picker.anyWithin(this.drawnOf, width, height, this.project());
  }

  metresPerPixel(): number {
    return metresPerPixel(this.looks);
  }

  /** View or size changed: names and what the pointer finds lie elsewhere now. */
  viewMoved(): void {
    if (Math.abs(this.madeAt.zoom - this.looks.zoom) > ROUTE_ZOOM) this.makeRoutes();
    this.shown?.picker.viewChanged();
    this.regroup();
    this.placeNames(true);
  }

  /** `moving`: the view may be under way, in which case names of the base map keep their places for now. */
  private placeNames(moving = false): void {
    if (!this.shown || !this.root.clientWidth) return;
    const {scene, whole, picker} = this.shown, viewport = this.viewport();
    const curves = scene.corridors.count <= MAX_OBSTACLES ? picker.curvesOn(this.project()) : new Float32Array(0);
    const {theme, layers, now} = this, drawn = this.drawnOf;
    this.lettering.place({scene, whole, now: now ?? whole, viewport, curves, theme, drawn, groups: this.groups, layers, covered: this.events.covered(), moving});
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
      this.base, (context) => this.lettering.paintBelow(context, scale, theme), this.top,
      (context) => this.lettering.paintAbove(context, scale, theme, this.now)
    ];
  }

  destroy(): void {
    [...this.stale.splice(0), ...(this.gpu ? [this.gpu] : [])].forEach((gpu) => gpu.release());
    this.gpu = null;
    clearTimeout(this.resting);
    this.lettering.destroy();
    this.base.finalize();
    this.top.finalize();
    this.root.remove();
  }
}

const controlled = (doubleClickZoom: boolean) => ({keyboard: false, doubleClickZoom, inertia: 200});

function layerOf(className: string): HTMLDivElement {
  return Object.assign(document.createElement('div'), {className});
}
