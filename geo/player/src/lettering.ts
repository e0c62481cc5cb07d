// All that is written on the map: names of the base map below the arcs; names of places, ranges and the locator above them.

import type {WebMercatorViewport} from '@deck.gl/core';
import {widened, type Box, type Obstacles} from './base-labels';
import {BaseNames} from './base-names';
import type {Basemap, LayerName} from './basemap';
import type {Group} from './gather';
import {placesOf} from './gpu';
import type {Triangles} from './layers/land';
import {Locator} from './locator';
import {Names} from './names';
import {Ranges} from './ranges';
import type {Moment, SceneData, Theme} from './types';

/**
 * What is written on. `whole`: the volumes of the whole span; `curves`: points on screen of all arcs, or none where there are
 * too many to keep clear of; `drawn`: the corridors that are drawn; `groups`: places that gather; `covered`: boxes of what lies over the map; `moving`: the
 * view may be under way, in which case names of the base map keep their places for now.
 */
interface Written {
  scene: SceneData; whole: Moment; now: Moment; viewport: WebMercatorViewport; curves: Float32Array; theme: Theme;
  drawn: ReadonlySet<number>; groups: readonly Group[]; layers: ReadonlySet<LayerName>; covered: readonly Box[]; moving: boolean;
}

export class Lettering {
  private readonly names = new Names();
  private readonly ranges = new Ranges();
  private readonly baseNames = new BaseNames();
  private readonly locator = new Locator();
  readonly below = this.baseNames.canvas;
  readonly above = [this.names.canvas, this.ranges.canvas, this.locator.canvas];

  setLand(land: Triangles): void {
    this.locator.setLand(land);
  }

  setBasemap(basemap: Basemap): void {
    this.baseNames.setBasemap(basemap);
  }

  /** Finds room for all of it: places first, then ranges, then what the base map has to say. */
  place({scene, whole, now, viewport, curves, theme, drawn, groups, layers, covered, moving}: Written): void {
    this.names.place(scene, whole.best, viewport, curves, theme, placesOf(scene, drawn), groups, covered);
    const {taken, drawn: places} = this.names.obstacles();
    this.ranges.place(scene, whole, curves, viewport, [...taken, ...covered], theme, drawn);
    this.ranges.show(now, theme);
    const obstacles = (): Obstacles => (
      {taken: [...taken, ...covered, ...this.ranges.boxes()], drawn: places, curves: widened(curves, curves.length ? whole.width : [], viewport)});
    this.baseNames.show(viewport, layers, theme, obstacles, moving);
    this.locator.show(viewport, theme);
  }

  /** The ranges of another moment, where they stand. */
  showMoment(now: Moment, theme: Theme): void {
    this.ranges.show(now, theme);
  }

  paintBelow(context: CanvasRenderingContext2D, scale: number, theme: Theme): void {
    this.baseNames.paintOn(context, scale, theme);
  }

  paintAbove(context: CanvasRenderingContext2D, scale: number, theme: Theme, now: Moment | null): void {
    this.names.paintOn(context, scale, theme);
    if (now) this.ranges.paintOn(context, scale, now, theme);
    this.locator.paintOn(context, scale);
  }

  destroy(): void {
    this.baseNames.destroy();
  }
}
