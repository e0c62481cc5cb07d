// What a picture of the map says of itself: the texts that a plate has, by the same names, with a brief of what is shown.
// Its other halves are geo/web/brief/picture.py, which sends the brief of data and filters, and geo/brief/reproduce.py.

import {sha256} from './sha256';
import type {Shown} from './restore';
import type {SceneData, View} from './types';
import {DAY} from './words';

/** version: of Waybill; data: a hash; brief: of data and filters, TOML as geo/brief/spec/brief.py writes it. "" where there is none. */
export interface Facts { version: string; data: string; brief: string }

export const NO_FACTS: Facts = {version: '', data: '', brief: ''};
/** As BROWSER in geo/brief/outputs.py. */
const DRAWN_WITH = 'a browser';
const WORLD_PX = 512, MOST_LATITUDE = 85, HOUR = 3600;

export function readFacts(told: unknown): Facts {
  const given = JSON.parse(String(told || '{}')) as Partial<Facts>;
  return {...NO_FACTS, ...given};
}

/** Keywords and texts for a PNG. shown: what the reader settled on; size: of the map, px. */
export function factsOf({version, data, brief}: Facts, scene: SceneData, shown: Shown, dark: boolean, size: {width: number; height: number}): Record<string, string> {
  const software = {Software: `Waybill ${version}`.trim(), 'waybill-data': data || scene.key};
  if (!brief) return software;
  const toml = withKeys(brief, keysOf(scene, shown, dark, size));
  return {...software, 'waybill-brief': toml, 'waybill-brief-sha256': sha256(toml), 'waybill-drawn-with': DRAWN_WITH};
}

/** Keys of a brief -> their values as TOML. */
function keysOf(scene: SceneData, shown: Shown, dark: boolean, size: {width: number; height: number}): Record<string, string> {
  const trails = shown.mode === 'window';
  return {
    'time.moments': list(momentOf(scene, Date.parse(shown.moment))), 'time.mode': text(trails ? 'trailing' : 'cumulative'), 'time.window': text(trails ? lengthOf(shown.window) : ''),
    'picture.look': text(dark ? 'dark' : 'light'), 'picture.view': `[${boundsOf(shown.view, size).map(real).join(', ')}]`,
    'picture.largest': String(shown.largest), 'picture.width': real(shown.width), 'picture.paths': text(shown.paths), 'picture.layers': list(shown.layers)
  };
}

/** The lines of a brief with other values for some of its keys: each stands on a line of its own below its table. */
export function withKeys(toml: string, values: Readonly<Record<string, string>>): string {
  let table = '';
  return toml.split('\n').map((line) => {
    const head = /^\[{1,2}([a-z]+)\]{1,2}$/.exec(line), key = /^([a-z_]+) = /.exec(line);
    if (head) table = head[1]!;
    const value = key && values[`${table}.${key[1]}`];
    return value ? `${key[1]} = ${value}` : line;
  }).join('\n');
}

/** A day for the midnight that ends it, else a moment in whole seconds; none for the end. */
export function momentOf(scene: SceneData, at: number): string[] {
  if (at >= scene.start + scene.seconds * 1000) return [];
  const whole = Math.floor(at / 1000) * 1000;
  const midnight = whole % (DAY * 1000) === 0 && whole - DAY * 1000 >= scene.start;
  return [midnight ? new Date(whole - DAY * 1000).toISOString().slice(0, 10) : `${new Date(whole).toISOString().slice(0, 19)}Z`];
}

function lengthOf(seconds: number): string {
  const hours = Math.max(1, Math.round(seconds / HOUR));
  return hours % 24 ? `${hours}h` : `${hours / 24}d`;
}

/** West, south, east, north of a map seen from straight above, north up; Web Mercator. */
export function boundsOf({longitude, latitude, zoom}: View, {width, height}: {width: number; height: number}): number[] {
  const world = WORLD_PX * 2 ** zoom, wide = Math.min((360 * width) / world, 359.999);
  const within = (degrees: number): number => Math.min(Math.max(degrees, -MOST_LATITUDE), MOST_LATITUDE);
  const middle = Math.log(Math.tan(Math.PI / 4 + (within(latitude) * Math.PI) / 360)), half = (Math.PI * height) / world;
  const [south, north] = [middle - half, middle + half].map((y) => within((360 / Math.PI) * Math.atan(Math.exp(y)) - 90));
  return [longitude - wide / 2, south!, longitude + wide / 2, north!].map((degrees) => Math.round(degrees * 1e4) / 1e4);
}

const text = (plain: string): string => JSON.stringify(plain);
const list = (texts: readonly string[]): string => `[${texts.map(text).join(', ')}]`;
const real = (value: number): string => Number.isInteger(value) ? value.toFixed(1) : String(value);
