// The canvas that is drawn every frame: arcs, legs under way and the rings of ports, with their data on the GPU.

import {Deck, MapView, type Layer} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {ROUTE_PIECES, WORLD, type ArcShape} from './arc';
import type {Camera} from './camera';
import type {CargoParts} from './cargo';
import type {Emphasis} from './emphasis';
import {inkOf, newFrame, setDisputes, setEmphasis, setExact, setRoutes, setShares, setStops, upload, type SceneOnGpu} from './gpu';
import {CorridorLayer} from './layers/corridors';
import type {FrameState, SceneTextures} from './layers/frame';
import {PortLayer} from './layers/ports';
import {PulseLayer, UnderWay} from './layers/pulses';
import type {Picker} from './picking';
import {Resolution} from './resolution';
import type {RouteLines} from './route-lines';
import type {Moment, SceneData, Theme, View} from './types';
import {LIMITS} from './view';
import type {Volumes} from './volumes';

export const PULSE_LINGER_SHARE = 0.01; // of the span: how long a departure without an arrival is lit
const PASS_SECONDS = 10, DRIFT_SPEED = 36; // px a second at 1×
const MANY = 200; // corridors from which fewer pixels spare a slow machine enough to be worth it
const ROUTE_ZOOM = 0.15; // of a zoom step: routes are made anew while it changes

/** A scene and what is derived from it once. */
export interface Shown { home: SceneData; scene: SceneData; volumes: Volumes; shape: ArcShape; lines: RouteLines | null; picker: Picker; underWay: UnderWay; whole: Moment }

/** ready: the GPU is there. drawn: a frame is. */
export interface ArcsEvents {
  ready(): void;
  drawn(): void;
  failed(error: Error): void;
  view(view: View): void;
  hover(x: number, y: number): void;
  click(x: number, y: number): void;
  cursor(dragging: boolean): string;
}

export class ArcsCanvas {
  readonly root = Object.assign(document.createElement('div'), {className: 'map-arcs'});
  readonly deck: Deck<MapView>;
  private device: Device | null = null;
  private shown: Shown | null = null;
  private gpu: SceneOnGpu | null = null;
  private readonly stale: SceneOnGpu[] = [];
  private frame: FrameState | null = null;
  private readonly resolution = new Resolution();
  private madeAtZoom = 0;
  /** what arcs are coloured by; null: by mode */
  private cargo: CargoParts | null = null;

  constructor(private theme: Theme, private readonly camera: Camera, private readonly events: ArcsEvents) {
    this.deck = new Deck({
      parent: this.root, views: new MapView({id: 'map'}), viewState: {...camera.view, ...LIMITS}, useDevicePixels: true, layers: [] as Layer[],
      touchAction: 'pan-y', controller: controlled(true),
      // Arcs smooth their own edges; multisampling would only cost time.
      deviceProps: {type: 'webgl', webgl: {antialias: false, alpha: true, depth: false, stencil: false}, onError: events.failed},
      onError: (error: Error) => events.failed(error),
      onDeviceInitialized: (device: Device) => { this.device = device; },
      onLoad: () => events.ready(),
      onViewStateChange: ({viewState}) => events.view(viewState as View),
      onAfterRender: () => this.afterRender(),
      onHover: ({x, y}) => events.hover(x, y),
      onClick: ({x, y}) => events.click(x, y),
      getCursor: ({isDragging}) => events.cursor(isDragging)
    });
  }

  /** What of the scene lies on the GPU; null before it does. */
  get textures(): SceneTextures | null {
    return this.gpu?.textures ?? null;
  }

  /** Puts a scene on the GPU, once that is there. -> whether it is */
  bind(shown: Shown, emphasis: Emphasis, cargo: CargoParts | null): boolean {
    this.cargo = cargo;
    this.shown = shown;
    if (!this.device) return false;
    const {scene, volumes, whole, lines} = shown;
    this.stale.push(...(this.gpu ? [this.gpu] : []));
    this.gpu = upload(this.device, scene, volumes, whole, lines, cargo !== null);
    this.frame = newFrame(scene, this.gpu, this.theme);
    this.writeEmphasis(emphasis);
    this.makeRoutes();
    this.deck.setProps({layers: arcLayers(shown, this.gpu, this.frame)});
    return true;
  }

  /** Lines of the routes for where the map looks: as fine as it is close, and as far aside as they are wide. */
  makeRoutes(): void {
    const {gpu} = this, lines = this.shown?.lines;
    if (!lines || !gpu) return;
    const {viewport: {scale, center: [x, y], width, height}, view} = this.camera;
    // A turned or tilted map shows what lies farther out.
    const half = Math.hypot(width || WORLD, height || WORLD) / scale * (view.pitch > 0 ? 1 : 0.5), {origin} = gpu.textures;
    lines.bake({scale, x: x!, y: y!, across: half, up: half}, origin);
    this.madeAtZoom = view.zoom;
    setRoutes(gpu, lines);
    this.shown!.picker.routesMade(origin);
    this.redraw('routes');
  }

  /** The view changed: routes made for another zoom are made anew. */
  zoomed(): void {
    if (Math.abs(this.madeAtZoom - this.camera.view.zoom) > ROUTE_ZOOM) this.makeRoutes();
  }

  private afterRender(): void {
    // Layers of the scene before are drawn until deck.gl has taken the new ones: only then is their data let go.
    if (!this.frame?.drawn) return;
    this.stale.splice(0).forEach((gpu) => gpu.release());
    this.events.drawn();
  }

  /** A frame while playing: uniforms change, nothing is uploaded. */
  drawPlaying(t: number, from: number | null, to: number): void {
    if (!this.frame || !this.gpu) return;
    this.setTime(this.frame, t);
    setStops(this.frame, this.gpu, from, to);
    this.setResolution(this.frame, this.shown!.scene.corridors.count >= MANY ? this.resolution.playing(performance.now()) : 1);
    this.redraw('playing');
  }

  /** A frame while paused: the exact volumes of the moment. */
  drawExact(now: Moment): void {
    if (!this.frame || !this.gpu) return;
    this.setCargoes(now);
    this.setTime(this.frame, now.t);
    setExact(this.frame, this.gpu, now);
    this.setResolution(this.frame, this.resolution.resting());
    this.redraw('paused');
  }

  /** share: of the screen's pixels along a side. */
  private setResolution(frame: FrameState, share: number): void {
    frame.coarse = share < 1;
    const useDevicePixels = share < 1 ? share * window.devicePixelRatio : true;
    if (this.deck.props.useDevicePixels !== useDevicePixels) this.deck.setProps({useDevicePixels});
  }

  private setTime(frame: FrameState, t: number): void {
    frame.t = t;
    frame.moment['time'] = t;
    setDisputes(frame, this.gpu!, t);
    frame.moment['phase'] = t / this.shown!.scene.seconds * PASS_SECONDS * DRIFT_SPEED;
  }

  /** Small enough to be written with the figures, a few times a second. */
  setCargoes(now: Moment): void {
    if (this.cargo && this.gpu) setShares(this.gpu, this.cargo.shares(now));
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    if (this.frame) Object.assign(this.frame.ink, inkOf(theme, this.cargo !== null));
    this.redraw('theme');
  }

  emphasise(emphasis: Emphasis): void {
    this.writeEmphasis(emphasis);
    this.redraw('emphasis');
  }

  private writeEmphasis({selected, lit, drawn, gathered}: Emphasis): void {
    if (!this.gpu || !this.frame) return;
    setEmphasis(this.gpu, this.shown!.scene, selected, lit, drawn, gathered);
    this.frame.selected = selected.size > 0 || lit.size > 0;
  }

  private redraw(reason: string): void {
    if (this.gpu) this.deck.redraw(reason);
  }

  /** Where a click is a place on the ruler, two in a row must not zoom. */
  setDoubleClickZoom(zooms: boolean): void {
    this.deck.setProps({controller: controlled(zooms)});
  }

  destroy(): void {
    [...this.stale.splice(0), ...(this.gpu ? [this.gpu] : [])].forEach((gpu) => gpu.release());
    this.gpu = null;
    this.deck.finalize();
  }
}

function arcLayers({scene, shape, underWay}: Shown, gpu: SceneOnGpu, frame: FrameState): Layer[] {
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

const controlled = (doubleClickZoom: boolean) => ({keyboard: false, doubleClickZoom, inertia: 200});
