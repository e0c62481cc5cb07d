// What lies under the arcs and stands still while the clock runs: land, areas and borders.

import type {Layer} from '@deck.gl/core';
import {WORLD} from './arc';
import type {Basemap} from './basemap';
import {areasOf, placesOf} from './gpu';
import {AreaLayer} from './layers/areas';
import {BorderLayer} from './layers/borders';
import type {SceneTextures} from './layers/frame';
import {LandLayer, windowTriangles, type Triangles} from './layers/land';
import {mixed, rgb} from './theme';
import type {AreaShapes, SceneData, Theme} from './types';

const HAIRLINE = 0.9, DASH = 6; // px of a border, and of a dash of a disputed one with its gap
const AREA_TINT = 0.09, AREA_EDGE = 0.6, OUTLINE = 1.2; // shares of the ink of labels in the land; px
const ORIGIN: [number, number] = [WORLD / 2, WORLD / 2];

interface Shown { scene: SceneData; textures: SceneTextures }
/** `basemap`: null where no borders are wanted, or none are there yet; `drawnOf`: the corridors that are drawn. */
export interface Base { land: Triangles; basemap: Basemap | null; theme: Theme; selected: ReadonlySet<number>; drawnOf: ReadonlySet<number>; shown: Shown | null }

/** From below: the world's land, the fine land around the scene, areas, borders. What is made once has an id of its scene. */
export function baseLayers({land, basemap, theme, selected, drawnOf, shown}: Base): Layer[] {
  const color = rgb(theme.land), data: never[] = [];
  const layers: Layer[] = [new LandLayer({id: 'land-world', shape: land, color, origin: ORIGIN, data})];
  const near = shown?.scene.land, shapes = shown ? shapesOf(shown.scene, drawnOf) : null;
  const key = `${shown?.scene.key}-${drawnOf.size}`;
  if (near) {
    const {origin} = shown!.textures;
    layers.push(
      new LandLayer({id: `land-window-${shown!.scene.key}`, shape: windowTriangles(near.windows), color: rgb(theme.sea), origin, data}),
      new LandLayer({id: `land-near-${shown!.scene.key}`, shape: near, color, origin, data})
    );
  }
  const line = {origin: ORIGIN, data};
  if (shapes) layers.push(new LandLayer({id: `shapes-${key}`, shape: shapes, color: mixed(theme.land, theme.label, AREA_TINT), ...line}));
  if (basemap) {
    const common = {color: rgb(theme.border), width: HAIRLINE, ...line};
    layers.push(
      new BorderLayer({id: 'borders', lines: basemap.borders, dash: 0, ...common}),
      new BorderLayer({id: 'borders-disputed', lines: basemap.disputed, dash: DASH, ...common})
    );
  }
  if (shapes) {
    const common = {color: mixed(theme.land, theme.label, AREA_EDGE), width: OUTLINE, ...line};
    layers.push(
      new BorderLayer({id: `outlines-${key}`, lines: shapes.outlines, dash: 0, ...common}),
      new BorderLayer({id: `regions-${key}`, lines: shapes.regions, dash: DASH, ...common})
    );
  }
  return shown ? [...layers, ...circles(shown, selected, drawnOf, theme)] : layers;
}

/** The shapes of those areas that are an end of a corridor that is drawn; null where there is none. */
export function shapesOf(scene: SceneData, drawnOf: ReadonlySet<number>): AreaShapes | null {
  const all = scene.shapes, wanted = new Set([...placesOf(scene, drawnOf)].map((i) => scene.places[i]!.shape ?? -1).filter((shape) => shape >= 0));
  if (!all || wanted.size === 0) return null;
  return {
    outlines: all.outlines.filter((_, i) => wanted.has(all.outlineOf[i]!)), regions: all.regions.filter((_, i) => wanted.has(all.regionOf[i]!)),
    positions: all.positions, triangles: all.triangles.filter((corner) => wanted.has(all.positionOf[corner]!))
  };
}

function circles({scene, textures: {origin, inner: extent}}: Shown, selected: ReadonlySet<number>, drawnOf: ReadonlySet<number>, theme: Theme): Layer[] {
  if (!scene.places.some((place) => place.radiusKm > 0 && !((place.shape ?? -1) >= 0))) return [];
  const kept = placesOf(scene, selected), areas = areasOf(scene, origin, placesOf(scene, drawnOf), (i) => selected.size > 0 && !kept.has(i));
  // Its numbers are given once, so another selection is another layer.
  const id = `areas-${scene.key}-${drawnOf.size}-${[...selected].join()}`;
  return [new AreaLayer({id, areas, color: rgb(theme.line), origin, extent, data: []})];
}
