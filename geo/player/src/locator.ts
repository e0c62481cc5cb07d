// A small globe in the corner that says where on Earth a close map lies.

import type {WebMercatorViewport} from '@deck.gl/core';
import type {Triangles} from './layers/land';
import type {Theme} from './types';

const SIZE = 84, RADIUS = SIZE / 2 - 1.5;
/** Degrees of longitude that the map shows, from which it needs no globe to be found. */
const WIDE = 70;
const LEAST_BOX = 7;
/** px of the map below which it has no room for a globe. */
const NARROW = 520, LOW = 340;
/** Square degrees: smaller triangles are less than a tenth of a pixel here. */
const SMALLEST = 0.15;

type Point = [x: number, y: number, front: number];

export class Locator {
  readonly canvas = Object.assign(document.createElement('canvas'), {className: 'wb-locator', ariaHidden: 'true'});
  private corners: Float32Array = new Float32Array(0);
  private key = '';

  setLand({positions, triangles}: Triangles): void {
    const kept: number[] = [];
    for (let i = 0; i < triangles.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => triangles[i + k]! * 2) as [number, number, number];
      const [ax, ay, bx, by, cx, cy] = [a, b, c].flatMap((p) => [positions[p]!, positions[p + 1]!]) as [number, number, number, number, number, number];
      if (Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 >= SMALLEST) kept.push(ax, ay, bx, by, cx, cy);
    }
    this.corners = Float32Array.from(kept);
    this.key = '';
  }

  /** Shows where the view lies, or nothing where the map is wide or small. */
  show(viewport: WebMercatorViewport, theme: Theme): void {
    const [west, south, east, north] = viewport.getBounds();
    const shown = east - west < WIDE && viewport.width >= NARROW && viewport.height >= LOW && this.corners.length > 0;
    this.canvas.hidden = !shown;
    if (!shown) return;
    const key = [west, south, east, north].map((side) => side.toFixed(2)).join() + theme.sea;
    if (key === this.key) return;
    this.key = key;
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    Object.assign(this.canvas, {width: SIZE * ratio, height: SIZE * ratio});
    const context = this.canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    this.paint(context, [west, south, east, north], theme);
  }

  /** The globe into the picture of the whole map, where it is shown. */
  paintOn(context: CanvasRenderingContext2D, scale: number): void {
    if (!this.canvas.hidden && this.canvas.width) context.drawImage(this.canvas, 10 * scale, 10 * scale, SIZE * scale, SIZE * scale);
  }

  private paint(context: CanvasRenderingContext2D, [west, south, east, north]: [number, number, number, number], theme: Theme): void {
    const project = orthographic((west + east) / 2, (south + north) / 2);
    const disc = new Path2D();
    disc.arc(SIZE / 2, SIZE / 2, RADIUS, 0, 2 * Math.PI);
    context.fillStyle = theme.sea;
    context.fill(disc);
    context.beginPath();
    for (let i = 0; i < this.corners.length; i += 6) {
      const corners = [0, 2, 4].map((k) => project(this.corners[i + k]!, this.corners[i + k + 1]!));
      if (corners.every(([, , front]) => front < 0)) continue;
      corners.forEach(([x, y], k) => { if (k) context.lineTo(x, y); else context.moveTo(x, y); });
    }
    context.fillStyle = context.strokeStyle = theme.land;
    context.fill();
    // Triangles share no pixel along their edges: a hair closes the seams.
    context.lineWidth = 0.4;
    context.stroke();
    context.strokeStyle = theme.border;
    context.lineWidth = 1;
    context.stroke(disc);
    this.frame(context, project, [west, south, east, north], theme);
  }

  private frame(context: CanvasRenderingContext2D, project: (lon: number, lat: number) => Point, [west, south, east, north]: [number, number, number, number], theme: Theme): void {
    const [x0] = project(west, (south + north) / 2), [x1] = project(east, (south + north) / 2);
    const [, y0] = project((west + east) / 2, north), [, y1] = project((west + east) / 2, south);
    const wide = Math.max(x1 - x0, LEAST_BOX), tall = Math.max(y1 - y0, LEAST_BOX);
    context.strokeStyle = theme.label;
    context.lineWidth = 1.5;
    context.strokeRect((x0 + x1 - wide) / 2, (y0 + y1 - tall) / 2, wide, tall);
  }
}

/** Degrees to px on a globe seen from above (lon, lat); what lies behind it is put on its rim. */
function orthographic(lon0: number, lat0: number): (lon: number, lat: number) => Point {
  const rad = Math.PI / 180, sin0 = Math.sin(lat0 * rad), cos0 = Math.cos(lat0 * rad);
  return (lon, lat) => {
    const turn = (lon - lon0) * rad, sin = Math.sin(lat * rad), cos = Math.cos(lat * rad);
    let x = cos * Math.sin(turn), y = cos0 * sin - sin0 * cos * Math.cos(turn);
    const front = sin0 * sin + cos0 * cos * Math.cos(turn), away = Math.hypot(x, y);
    if (front < 0 && away > 0) [x, y] = [x / away, y / away];
    return [SIZE / 2 + x * RADIUS, SIZE / 2 - y * RADIUS, front];
  };
}
