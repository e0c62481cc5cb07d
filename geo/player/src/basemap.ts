// What the base map has beside land: borders, and the names of countries, seas and cities. One file for the world lies
// beside the bundle, as the land does; geo/sea/basemap.py writes it, and plates are drawn from the same data.

import {Ground} from './ground';

export type NameKind = 'country' | 'sea' | 'city';
/** reach: kilometres of what bears the name, or to the next larger city: it has a place on a map where that is wide enough. */
export interface MapName { kind: NameKind; text: string; lon: number; lat: number; reach: number }
/** Lines as lon, lat, lon, lat …, degrees. */
export interface Basemap { borders: Float32Array[]; disputed: Float32Array[]; names: MapName[]; countries: MapName[]; ground: Ground }

type Row = [text: string, lon: number, lat: number, reach: number];
interface BasemapJson { borders: number[][]; disputed: number[][]; country: Row[]; sea: Row[]; city: Row[]; order: number[]; ground: number[][] }

const PER_DEGREE = 1000;

export function readBasemap({borders, disputed, country, sea, city, order, ground}: BasemapJson): Basemap {
  const next = {country: 0, sea: 0};
  const large = order.map((kind): MapName => kind ? named('sea', sea[next.sea++]!) : named('country', country[next.country++]!));
  return {
    borders: borders.map(unpacked), disputed: disputed.map(unpacked), names: [...large, ...city.map((row) => named('city', row))],
    countries: large.filter(({kind}) => kind === 'country'), ground: new Ground(ground)
  };
}

const named = (kind: NameKind, [text, lon, lat, reach]: Row): MapName => ({kind, text, lon, lat, reach});

/** Steps from point to point, in whole thousandths of a degree, to degrees. */
function unpacked(steps: readonly number[]): Float32Array {
  const line = new Float32Array(steps.length);
  let x = 0, y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    line[i] = (x += steps[i]!) / PER_DEGREE;
    line[i + 1] = (y += steps[i + 1]!) / PER_DEGREE;
  }
  return line;
}

/** Parts of the base map that a reader may switch; the same words as in the link and in `picture.layers` of a brief. */
export const LAYERS = ['names', 'borders', 'graticule'] as const;
export type LayerName = typeof LAYERS[number];
export const ORDINARY_LAYERS: readonly LayerName[] = ['names', 'borders'];

export const layersOf = (given: readonly string[] | undefined): LayerName[] => given
  ? LAYERS.filter((name) => given.includes(name)) : [...ORDINARY_LAYERS];
