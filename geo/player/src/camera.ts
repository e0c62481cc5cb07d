// Where the map looks, and where its places lie on the screen.

import {WebMercatorViewport} from '@deck.gl/core';
import {toCommon} from './arc';
import type {LonLat} from './geodesic';
import type {Project} from './picking';
import type {View} from './types';
import {LIMITS, fitView, metresPerPixel, nearestCopy, onWorld, toPixels, type Padding} from './view';

export const START: View = {longitude: 0, latitude: 20, zoom: 1, pitch: 0, bearing: 0};
const TIGHT: Padding = {left: 12, right: 12, top: 12, bottom: 12}; // where a small map has no room beside its legend
const PARTS = ['longitude', 'latitude', 'zoom', 'pitch', 'bearing'] as const;

export class Camera {
  private looks = START;
  /** the view that a fit made */
  private fitted: View | null = null;

  /** root: what the map fills. */
  constructor(private readonly root: HTMLElement) {}

  get view(): View {
    const {longitude, latitude, zoom, pitch, bearing} = this.looks;
    return {longitude, latitude, zoom, pitch, bearing};
  }

  set view(view: View) {
    this.looks = view;
  }

  get viewport(): WebMercatorViewport {
    return new WebMercatorViewport({...this.looks, width: this.root.clientWidth, height: this.root.clientHeight});
  }

  get metresPerPixel(): number {
    return metresPerPixel(this.looks);
  }

  get project(): Project {
    const {viewport} = this;
    return Object.assign((point: readonly [number, number, number]) => toPixels(viewport, point), {centre: viewport.center[0]!});
  }

  /** Where a place lies, px from the top left corner; of the copies of the world the one nearest to the middle. */
  toScreen([lon, lat]: LonLat): readonly [number, number] {
    const {viewport} = this, [x, y] = toCommon(lon, lat);
    return toPixels(viewport, [nearestCopy(x, viewport.center[0]!), y, 0]);
  }

  toPlace(x: number, y: number): LonLat {
    const [lon, lat] = this.viewport.unproject([x, y]);
    return [lon!, lat!];
  }

  at({lon, lat, zoom}: {lon: number; lat: number; zoom: number}): View {
    return onWorld({...this.view, longitude: lon, latitude: lat, zoom}, this.root.clientHeight);
  }

  zoomedBy(by: number): View {
    const {view} = this, zoom = Math.max(LIMITS.minZoom, Math.min(LIMITS.maxZoom, view.zoom + by));
    return onWorld({...view, zoom}, this.root.clientHeight);
  }

  /** The view that shows all of `bounds` beside what lies over the map; null where there is none. */
  fitting(bounds: Parameters<typeof fitView>[0] | null, clearances: readonly Padding[]): View | null {
    const {clientWidth: width, clientHeight: height} = this.root;
    const view = bounds && (fitView(bounds, width, height, [...clearances]) ?? fitView(bounds, width, height, [TIGHT]));
    return view ? onWorld(view, height) : null;
  }

  /** Whether the view is one that was fitted, and nobody has moved it since. */
  get isFitted(): boolean {
    const {fitted, looks} = this;
    return fitted !== null && PARTS.every((name) => Math.abs(fitted[name] - looks[name]) < 1e-6);
  }

  /** fits: whether the view was fitted to all of the scene. */
  noteFit(fits: boolean): void {
    this.fitted = fits ? this.view : null;
  }
}
