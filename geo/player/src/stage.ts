// The map: land on one canvas that is drawn when the view changes, arcs on another that is drawn every frame,
// names on a third. Knows how to draw a moment; not what time it is.

import {Deck, MapView, WebMercatorViewport, type Layer} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {arcPoint, toCommon, type ArcShape} from './arc';
import {arcEnds, inkOf, newFrame, setEmphasis, setExact, setStops, throughPlaces, upload, type SceneOnGpu} from './gpu';
import {CorridorLayer} from './layers/corridors';
import type {FrameState} from './layers/frame';
import {LandLayer, windowTriangles, type Triangles} from './layers/land';
import {LARGEST_PORT, PortLayer, SMALLEST_PORT} from './layers/ports';
import {PulseLayer, UnderWay} from './layers/pulses';
import {drawLabels, placeLabels, type Placed} from './labels';
import {Picker, type Picked} from './picking';
import {rgb} from './theme';
import type {Moment, SceneData, Stage as StageContract, Theme, View} from './types';
import type {Volumes} from './volumes';

export interface StageEvents {
  view(view: View): void;
  drawn(): void;
  hover(picked: Picked, x: number, y: number): void;
  click(picked: Picked): void;
  failed(error: Error): void;
}
export interface MapSpec { shape: ArcShape; view: View }

const PULSE_LINGER_SHARE = 0.01; // of the span: how long a departure without an arrival is lit
const PASS_SECONDS = 10, DRIFT_SPEED = 36; // px a second at 1×
const MAP_VIEW = {id: 'map', repeat: true} as const;
const LIMITS = {minZoom: 0, maxZoom: 14, maxPitch: 60};

export class Stage implements StageContract {
  readonly root = document.createElement('div');
  private readonly labelCanvas = document.createElement('canvas');
  private readonly base: Deck<MapView>;
  private readonly top: Deck<MapView>;
  private viewState: View;
  private device: Device | null = null;
  private gpu: SceneOnGpu | null = null;
  private frame: FrameState | null = null;
  private scene: SceneData | null = null;
  private volumes: Volumes | null = null;
  private theme: Theme;
  private picker: Picker | null = null;
  private underWay: UnderWay | null = null;
  private placed: Placed[] = [];
  private selected: ReadonlySet<number> = new Set();
  private now: Moment | null = null;
  private shape: ArcShape = {height: 0.5, tilt: 35};

  constructor(private readonly land: Triangles, view: View, theme: Theme, private readonly events: StageEvents) {
    this.theme = theme;
    this.viewState = view;
    this.root.className = 'map';
    const below = layerOf('map-land'), above = layerOf('map-arcs');
    this.labelCanvas.className = 'map-names';
    this.root.append(below, above, this.labelCanvas);
    const common = {
      views: new MapView(MAP_VIEW), useDevicePixels: true, layers: [] as Layer[],
      onError: (error: Error) => events.failed(error)
    };
    this.base = new Deck({
      ...common, parent: below, controller: false, viewState: {...view, ...LIMITS}, style: {pointerEvents: 'none'},
      deviceProps: {type: 'webgl', webgl: {antialias: true}, onError: events.failed}
    });
    this.top = new Deck({
      ...common, parent: above, viewState: {...view, ...LIMITS},
      controller: {keyboard: false, doubleClickZoom: true, inertia: 200},
      // Arcs smooth their own edges; multisampling would only cost time.
      deviceProps: {type: 'webgl', webgl: {antialias: false, alpha: true}, onError: events.failed},
      onDeviceInitialized: (device: Device) => { this.device = device; },
      onLoad: () => this.bind(),
      onViewStateChange: ({viewState}) => this.setView(viewState as View),
      onAfterRender: () => { if (this.gpu) events.drawn(); },
      onResize: () => this.viewMoved(),
      onHover: (info) => events.hover(info.x < 0 ? {} : this.pickAt(info.x, info.y), info.x, info.y),
      onClick: (info) => events.click(this.pickAt(info.x, info.y)),
      getCursor: ({isDragging}) => isDragging ? 'grabbing' : this.pointed ? 'pointer' : 'grab',
      pickingRadius: 0
    });
  }

  private pointed = false;

  show(scene: SceneData, volumes: Volumes, spec: MapSpec): void {
    this.scene = scene;
    this.volumes = volumes;
    this.shape = spec.shape;
    this.picker = new Picker(scene, spec.shape);
    this.underWay = new UnderWay(scene.legs, scene.seconds * PULSE_LINGER_SHARE);
    this.bind();
  }

  /** Puts the scene on the GPU, once both are there. */
  private bind(): void {
    if (!this.device || !this.scene || !this.volumes) return;
    this.gpu?.release();
    this.gpu = upload(this.device, this.scene, this.volumes);
    this.frame = newFrame(this.scene, this.gpu, this.theme);
    setEmphasis(this.gpu, this.scene, this.selected);
    this.top.setProps({layers: this.arcLayers()});
    this.drawBase();
    if (this.now) this.drawExact(this.now);
    this.viewMoved();
  }

  private arcLayers(): Layer[] {
    const {scene, gpu, frame, shape, underWay} = this;
    if (!scene || !gpu || !frame || !underWay) return [];
    const common = {frame, textures: gpu.textures, data: [], pickable: false};
    const arc = {getHeight: shape.height, getTilt: shape.tilt};
    // On a few hundred px a curve of 16 pieces strays less than half a pixel; few corridors can afford more.
    const numSegments = scene.corridors.count > 500 ? 16 : 48;
    const id = scene.key;
    return [
      new CorridorLayer({id: `corridors-${id}`, ...common, ...arc, numSegments, certain: gpu.grid.channels === 1}),
      new PulseLayer({id: `pulses-${id}`, ...common, ...arc, legs: gpu.legs, underWay, linger: scene.seconds * PULSE_LINGER_SHARE}),
      new PortLayer({id: `ports-${id}`, ...common})
    ];
  }

  private drawBase(): void {
    const [land, sea] = [rgb(this.theme.land), rgb(this.theme.sea)];
    const layers: Layer[] = [new LandLayer({id: 'land-world', shape: this.land, color: land, origin: [256, 256], data: []})];
    const near = this.scene?.land;
    if (near && this.gpu) {
      const {origin} = this.gpu.textures, key = this.scene!.key;
      layers.push(
        new LandLayer({id: `land-window-${key}`, shape: windowTriangles(near.window), color: sea, origin, data: []}),
        new LandLayer({id: `land-near-${key}`, shape: near, color: land, origin, data: []})
      );
    }
    this.base.setProps({layers});
  }

  /** A frame while playing: uniforms change, nothing is uploaded. */
  drawPlaying(t: number, from: number, to: number): void {
    if (!this.frame || !this.gpu) return;
    this.setTime(t);
    setStops(this.frame, this.gpu, from, to);
    this.top.redraw('playing');
  }

  /** A frame while paused: the exact volumes of the moment. */
  drawExact(now: Moment): void {
    this.now = now;
    if (!this.frame || !this.gpu || !this.scene) return;
    this.setTime(now.t);
    setExact(this.frame, this.gpu, this.scene, now);
    this.top.redraw('paused');
  }

  private setTime(t: number): void {
    const {moment} = this.frame!;
    this.frame!.t = t;
    moment['time'] = t;
    moment['phase'] = t / this.scene!.seconds * PASS_SECONDS * DRIFT_SPEED;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.root.style.background = theme.sea;
    if (this.frame) Object.assign(this.frame.ink, inkOf(theme));
    this.drawBase();
    this.top.redraw('theme');
    this.paintLabels();
  }

  setSelected(corridors: readonly number[]): void {
    this.selected = new Set(corridors);
    if (!this.gpu || !this.scene) return;
    setEmphasis(this.gpu, this.scene, this.selected);
    this.top.redraw('selection');
  }

  private pickAt(x: number, y: number): Picked {
    if (!this.picker || !this.now) return {};
    const viewport = this.viewport();
    const picked = this.picker.pick(x, y, this.now.width, (point) => toPixels(viewport, point));
    this.pointed = picked.corridor !== undefined;
    return picked;
  }

  private viewport(): WebMercatorViewport {
    return new WebMercatorViewport({...this.viewState, width: this.root.clientWidth, height: this.root.clientHeight});
  }

  view(): View {
    const {longitude, latitude, zoom, pitch, bearing} = this.viewState;
    return {longitude, latitude, zoom, pitch, bearing};
  }

  setView(view: View): void {
    this.viewState = view;
    const viewState = {...view, ...LIMITS};
    this.base.setProps({viewState});
    this.top.setProps({viewState});
    this.viewMoved();
    this.events.view(this.view());
  }

  private viewMoved(): void {
    this.picker?.viewChanged();
    this.placeNames();
  }

  fit(): void {
    const bounds = this.bounds(), width = this.root.clientWidth, height = this.root.clientHeight;
    if (!bounds || width < 50 || height < 50) return;
    const across = Math.min(72, width * 0.14), legend = Math.min(120, height * 0.2);
    const {longitude, latitude, zoom} = new WebMercatorViewport({width, height}).fitBounds(bounds, {
      padding: {left: across, right: across, top: Math.min(56, height * 0.12), bottom: legend}, maxZoom: 9
    });
    this.setView({longitude, latitude, zoom: Math.max(0, zoom), pitch: 0, bearing: 0});
  }

  /** West, south, east and north of all arcs as drawn flat, and of all areas. */
  private bounds(): [[number, number], [number, number]] | null {
    const {scene} = this;
    if (!scene || !scene.places.length) return null;
    const xs: number[] = [], ys: number[] = [];
    for (let c = 0; c < scene.corridors.count; c++) {
      const [sx, sy, tx, ty] = arcEnds(scene, c, [0, 0]);
      for (let i = 0; i <= 8; i++) {
        const [x, y] = arcPoint(sx, sy, tx, ty, i / 8, this.shape);
        xs.push(x); ys.push(y);
      }
    }
    for (const place of scene.places) {
      const [x, y] = toCommon(place.lon, place.lat), r = place.radiusKm / 40_075 * 512 / Math.cos(place.lat * Math.PI / 180);
      xs.push(x - r, x + r); ys.push(y - r, y + r);
    }
    const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b)), most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
    return [[lon(least(xs)), lat(least(ys))], [lon(most(xs)), lat(most(ys))]];
  }

  metresPerPixel(): number {
    const {latitude, zoom} = this.viewState;
    return 40_075_016.686 * Math.cos(latitude * Math.PI / 180) / (512 * 2 ** zoom);
  }

  private placeNames(): void {
    if (!this.scene || !this.root.clientWidth) return;
    const viewport = this.viewport(), {width, height} = viewport, context = this.labelCanvas.getContext('2d')!;
    context.font = `500 13px ${this.theme.font}`;
    const through = throughPlaces(this.scene, Float64Array.from(this.wholeVolumes()));
    const most = through.reduce((a, b) => Math.max(a, b), 1e-9);
    const labels = this.scene.places.flatMap((place, i) => {
      const [x, y] = toPixels(viewport, [...toCommon(place.lon, place.lat), 0]) as [number, number];
      if (!(x > -50 && y > -50 && x < width + 50 && y < height + 50)) return [];
      const radius = SMALLEST_PORT + (LARGEST_PORT - SMALLEST_PORT) * Math.sqrt(through[i]! / most);
      return [{text: place.name, x, y, radius, width: context.measureText(place.name).width, priority: through[i]!}];
    });
    this.placed = placeLabels(labels, {width, height});
    this.paintLabels();
  }

  private whole: ArrayLike<number> | null = null;
  private wholeFor: SceneData | null = null;

  /** Volumes of the whole span: names are placed by these, so that none jumps while playing. */
  private wholeVolumes(): ArrayLike<number> {
    if (this.wholeFor !== this.scene || !this.whole) {
      const {seconds} = this.scene!;
      this.whole = this.volumes!.moment(seconds, {from: 0, to: seconds}, 'cumulative').best;
      this.wholeFor = this.scene;
    }
    return this.whole;
  }

  private paintLabels(): void {
    const ratio = window.devicePixelRatio || 1, {clientWidth: width, clientHeight: height} = this.root;
    if (!width || !height) return;
    Object.assign(this.labelCanvas, {width: Math.round(width * ratio), height: Math.round(height * ratio)});
    this.paintLabelsOn(this.labelCanvas.getContext('2d')!, ratio);
  }

  private paintLabelsOn(context: CanvasRenderingContext2D, scale: number): void {
    context.save();
    context.scale(scale, scale);
    drawLabels(context, this.placed, this.theme.font, this.theme.label, this.theme.sea);
    context.restore();
  }

  async capture(scale: number): Promise<HTMLCanvasElement> {
    const {clientWidth: width, clientHeight: height} = this.root;
    const decks = [this.base, this.top];
    try {
      decks.forEach((deck) => deck.setProps({useDevicePixels: scale}));
      await sized(decks, Math.round(width * scale));
      const picture = Object.assign(document.createElement('canvas'), {width: Math.round(width * scale), height: Math.round(height * scale)});
      const context = picture.getContext('2d')!;
      context.fillStyle = this.theme.sea;
      context.fillRect(0, 0, picture.width, picture.height);
      // A WebGL canvas keeps its picture only until the task ends: draw and copy in one.
      for (const deck of decks) {
        deck.redraw('capture');
        context.drawImage(deck.getCanvas()!, 0, 0, picture.width, picture.height);
      }
      this.paintLabelsOn(context, scale);
      return picture;
    } finally {
      decks.forEach((deck) => deck.setProps({useDevicePixels: true}));
    }
  }

  resize(): void {
    this.viewMoved();
  }

  destroy(): void {
    this.gpu?.release();
    this.gpu = null;
    this.base.finalize();
    this.top.finalize();
    this.root.remove();
  }
}

function layerOf(className: string): HTMLDivElement {
  return Object.assign(document.createElement('div'), {className});
}

/** Waits until the canvases have taken their new size, which deck.gl does on a later frame. */
async function sized(decks: readonly Deck<MapView>[], width: number): Promise<void> {
  for (let frame = 0; frame < 120; frame++) {
    decks.forEach((deck) => deck.redraw('capture'));
    if (decks.every((deck) => Math.abs(deck.getCanvas()!.width - width) <= 2)) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error('The map could not be drawn at that size. Try a smaller scale.');
}

const lon = (x: number): number => x / 512 * 360 - 180;
const lat = (y: number): number => (2 * Math.atan(Math.exp((y / 512 * 2 - 1) * Math.PI)) - Math.PI / 2) * 180 / Math.PI;

/** Common space to CSS px, top left origin. */
function toPixels(viewport: {viewProjectionMatrix: number[]; width: number; height: number}, [x, y, z]: readonly [number, number, number]): [number, number] {
  const m = viewport.viewProjectionMatrix;
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  return [
    ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) / 2 * viewport.width,
    (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) / 2 * viewport.height
  ];
}
