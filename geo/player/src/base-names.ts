// The canvas between land and arcs: names of countries, seas and cities, and the graticule.

import type {WebMercatorViewport} from '@deck.gl/core';
import {toCommon} from './arc';
import {boxOf, LEADING, meets, placeBase, SIZE, type BaseLabel, type Obstacles, type OnScreen} from './base-labels';
import type {Basemap, LayerName, MapName, NameKind} from './basemap';
import {graticule} from './graticule';
import type {Theme} from './types';
import {roomsOn} from './ground';
import {metresPerPixel, nearestCopy, toPixels} from './view';

/** How long the view rests before names are placed anew: while it moves, those that stand go along with it. */
const REST_MS = 140;
const EDGE = 40, LEAST_ROOM = 34; // px: a country's own place counts as seen so far from the edge; so much room it must have elsewhere
const SPACING = 1.6; // px between the capitals of a country

export class BaseNames {
  readonly canvas = Object.assign(document.createElement('canvas'), {className: 'map-base-names'});
  private basemap: Basemap | null = null;
  private placed: BaseLabel[] = [];
  private obstacles: Obstacles = {taken: [], curves: new Float32Array(0), drawn: []};
  private layers: ReadonlySet<LayerName> = new Set();
  private viewport: WebMercatorViewport | null = null;
  private timer = 0;
  private readonly widths = new Map<string, number>();
  private font = '';

  setBasemap(basemap: Basemap): void {
    this.basemap = basemap;
  }

  /** The view, or what is drawn in it, has changed. `moving`: the view is under way, so names keep their places. */
  show(viewport: WebMercatorViewport, layers: ReadonlySet<LayerName>, theme: Theme, obstacles: () => Obstacles, moving: boolean): void {
    Object.assign(this, {viewport, layers});
    if (theme.font !== this.font) this.load(theme);
    clearTimeout(this.timer);
    const anew = (): void => {
      this.obstacles = obstacles();
      this.place(viewport);
      this.paint(theme);
    };
    if (!moving || !this.placed.length) return anew();
    this.timer = window.setTimeout(anew, REST_MS);
    this.paint(theme);
  }

  /** A face that no text of the page uses yet comes late: the names are measured and drawn again with it. */
  private load(theme: Theme): void {
    this.font = theme.font;
    this.widths.clear();
    const faces = (['sea', 'country', 'city'] as const).map((kind) => document.fonts?.load(faceOf(kind, theme.font)));
    void Promise.allSettled(faces).then(() => {
      this.widths.clear();
      if (!this.viewport) return;
      this.place(this.viewport);
      this.paint(theme);
    });
  }

  private place(viewport: WebMercatorViewport): void {
    const context = this.canvas.getContext('2d')!;
    const measure = (kind: NameKind, text: string): number => {
      const key = `${kind} ${text}`, known = this.widths.get(key);
      if (known !== undefined) return known;
      this.setFont(context, kind);
      const width = context.measureText(text).width;
      this.widths.set(key, width);
      return width;
    };
    const km = metresPerPixel({latitude: viewport.latitude, zoom: viewport.zoom}) / 1000;
    const names = this.layers.has('names') ? this.namesIn(viewport, km) : [];
    this.placed = placeBase(names, at(viewport), measure, km, viewport, this.obstacles);
  }

  /** All names, with each country where most of it is seen, if its own place is outside the view. */
  private namesIn(viewport: WebMercatorViewport, km: number): MapName[] {
    if (!this.basemap) return [];
    const {names, countries, ground} = this.basemap, where = at(viewport), {width, height} = viewport;
    const rooms = roomsOn((x, y) => {
      const [lon, lat] = viewport.unproject([x, y]) as [number, number];
      return ground.at(lon, lat);
    }, viewport);
    const moved = new Map<MapName, MapName>();
    rooms.forEach(({x, y, px}, row) => {
      const name = countries[row]!, spot = where(name.lon, name.lat)!;
      const seen = spot[0] > EDGE && spot[1] > EDGE && spot[0] < width - EDGE && spot[1] < height - EDGE;
      if (seen || px < LEAST_ROOM) return;
      const [lon, lat] = viewport.unproject([x, y]) as [number, number];
      moved.set(name, {...name, lon, lat, reach: Math.min(name.reach, 2.4 * px * km)});
    });
    return names.map((name) => moved.get(name) ?? name);
  }

  private setFont(context: CanvasRenderingContext2D, kind: NameKind): void {
    context.font = faceOf(kind, this.font);
    if ('letterSpacing' in context) context.letterSpacing = kind === 'country' ? `${SPACING}px` : '0px';
  }

  private paint(theme: Theme): void {
    const {width, height} = this.viewport!, ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, {width: Math.round(width * ratio), height: Math.round(height * ratio)});
    this.paintOn(this.canvas.getContext('2d')!, ratio, theme);
  }

  paintOn(context: CanvasRenderingContext2D, scale: number, theme: Theme): void {
    const {viewport} = this;
    if (!viewport) return;
    context.save();
    context.scale(scale, scale);
    if (this.layers.has('graticule')) this.drawGraticule(context, viewport, theme);
    Object.assign(context, {textBaseline: 'middle', lineJoin: 'round', lineWidth: 2.5});
    const where = at(viewport);
    for (const label of this.placed) {
      const point = where(label.name.lon, label.name.lat);
      // Where a drawn name has come since, it wins.
      if (point && !this.obstacles.taken.some((box) => meets(box, boxOf(label, point)))) this.draw(context, label, point, theme);
    }
    context.restore();
  }

  private draw(context: CanvasRenderingContext2D, label: BaseLabel, [x, y]: readonly [number, number], theme: Theme): void {
    const {name: {kind}, lines, dx, dy, align} = label;
    this.setFont(context, kind);
    context.strokeStyle = kind === 'sea' ? theme.sea : theme.land;
    context.fillStyle = {country: theme.country, city: theme.city, sea: theme.water}[kind];
    if (kind === 'city') {
      context.beginPath();
      context.arc(x, y, 1.75, 0, 2 * Math.PI);
      context.fill();
    }
    context.textAlign = align;
    lines.forEach((line, i) => {
      const down = y + dy + (i - (lines.length - 1) / 2) * SIZE[kind] * LEADING;
      if (kind !== 'sea') context.strokeText(line, x + dx, down);
      context.fillText(line, x + dx, down);
    });
  }

  private drawGraticule(context: CanvasRenderingContext2D, viewport: WebMercatorViewport, theme: Theme): void {
    context.strokeStyle = theme.label;
    context.globalAlpha = 0.22;
    context.lineWidth = 0.75;
    context.beginPath();
    for (const line of graticule(viewport.getBounds(), viewport.zoom))
      line.forEach(([lon, lat], i) => {
        const [x, y] = toPixels(viewport, [...toCommon(lon, lat), 0]);
        if (i) context.lineTo(x, y);
        else context.moveTo(x, y);
      });
    context.stroke();
    context.globalAlpha = 1;
  }

  destroy(): void {
    clearTimeout(this.timer);
  }
}

const faceOf = (kind: NameKind, font: string): string =>
  `${{sea: 'italic 400', country: '600', city: '400'}[kind]} ${SIZE[kind]}px ${font}`;

const at = (viewport: WebMercatorViewport): OnScreen => (lon, lat) => {
  const [cx, cy] = toCommon(lon, lat);
  return toPixels(viewport, [nearestCopy(cx, viewport.center[0]!), cy, 0]);
};
