// The canvas that names places, over the map.

import type {WebMercatorViewport} from '@deck.gl/core';
import {toCommon} from './arc';
import {largestPort, SMALLEST_PORT} from './layers/glsl';
import type {Box, Drawn} from './base-labels';
import {markRadius, type Group} from './gather';
import {drawMarks, groupName, markOf, type Mark} from './group-marks';
import {drawLabels, LABEL_SIZE, placeLabels, type Placed} from './labels';
import {throughPlaces} from './places';
import type {SceneData, Theme} from './types';
import {nearestCopy, toPixels} from './view';

const AREA_GAP = 10; // px kept free around the middle of an area, where arcs end
const NEAR = 50; // px outside the map at which a place still counts

export class Names {
  readonly canvas = Object.assign(document.createElement('canvas'), {className: 'map-names'});
  private placed: Placed[] = [];
  private boxes: Box[] = [];
  private drawn: Drawn[] = [];
  private marks: Mark[] = [];

  /**
   * Finds room for names. `whole` is the volume of each corridor over the whole span, so that no name jumps while
   * playing; `curves` are points on screen that a name had better not cover; `drawn`: places with an arc; `groups`:
   * those of them that gather under one mark, which has their name; `covered`: boxes of what lies over the map.
   */
  place(scene: SceneData, whole: ArrayLike<number>, viewport: WebMercatorViewport, curves: Float32Array, theme: Theme, drawn: ReadonlySet<number>, groups: readonly Group[], covered: readonly Box[]): void {
    const {width, height} = viewport, context = this.canvas.getContext('2d')!;
    context.font = `500 ${LABEL_SIZE}px ${theme.font}`;
    const through = throughPlaces(scene)(whole), most = through.reduce((a, b) => Math.max(a, b), 1e-9);
    const heads = new Map(groups.map((group) => [group.places[0]!, group])), gathered = new Set(groups.flatMap(({places}) => places));
    this.marks = groups.map((group) => markOf(scene, group, viewport));
    const labels = scene.places.flatMap((place, i) => {
      const group = heads.get(i);
      if (!drawn.has(i) || (gathered.has(i) && !group)) return [];
      const [cx, cy] = toCommon(place.lon, place.lat);
      const [x, y] = toPixels(viewport, [nearestCopy(cx, viewport.center[0]!), cy, 0]);
      if (!(x > -NEAR && y > -NEAR && x < width + NEAR && y < height + NEAR)) return [];
      const radius = place.radiusKm > 0 ? AREA_GAP : SMALLEST_PORT + (largestPort(scene.places.length) - SMALLEST_PORT) * Math.sqrt(through[i]! / most);
      const text = group ? groupName(scene, group) : place.name;
      return [{text, x, y, radius: group ? markRadius(group.places.length) : radius, width: context.measureText(text).width, priority: through[i]!}];
    });
    this.placed = placeLabels(labels, {width, height}, curves, covered);
    const widths = new Map(labels.map((label) => [label.text, label.width]));
    this.drawn = labels.map(({text, x, y}) => ({text, x, y}));
    this.boxes = [
      ...labels.map(({x, y, radius}) => ({left: x - radius, right: x + radius, top: y - radius, bottom: y + radius})),
      ...this.placed.map((placed) => nameBox(placed, widths.get(placed.text)!))
    ];
    this.paint(width, height, theme);
  }

  /** Boxes of the drawn places and of their names, and where the places are: the base map keeps clear of them. */
  obstacles(): {taken: Box[]; drawn: Drawn[]} {
    return {taken: this.boxes, drawn: this.drawn};
  }

  private paint(width: number, height: number, theme: Theme): void {
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, {width: Math.round(width * ratio), height: Math.round(height * ratio)});
    this.paintOn(this.canvas.getContext('2d')!, ratio, theme);
  }

  paintOn(context: CanvasRenderingContext2D, scale: number, theme: Theme): void {
    context.save();
    context.scale(scale, scale);
    drawMarks(context, this.marks, theme);
    drawLabels(context, this.placed, theme.font, theme.label, theme.land);
    context.restore();
  }
}

function nameBox({x, y, align}: Placed, width: number): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return {left: left - 3, right: left + width + 3, top: y - LABEL_SIZE * 0.65, bottom: y + LABEL_SIZE * 0.65};
}
