// The scene that pytest wrote to pin the wire: tests/fixtures/wire at the top of the repository.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {tableFromIPC} from 'apache-arrow';
import type {SceneData} from '../src/types';
import {decode, type WireData} from '../src/wire';

const at = (name: string): string => `${join(import.meta.dirname, '../../../tests/fixtures', name)}/`;
const folder = at('wire');
const SAID = ['corridors', 'legs', 'doubts', 'onward', 'spread', 'again', 'periods'], CARGO = ['leg_cargo', 'cargo_spread'];
const TABLES = [...SAID, ...CARGO, 'land', 'land_triangles'];

export interface Expected {
  corridors: string[];
  moments: {
    t: number; mode: 'cumulative' | 'window'; window: number | null;
    low: number[]; best: number[]; high: (number | null)[]; width: number[];
    lead: [number, number, number | null]; leadTop: number | null; apart: number;
    sum: {low: number; best: number; high: number | null}; sumApart: number;
    /** corridor, cargo, low, best, high */
    parts: [number, number, number, number, number | null][];
    contested: boolean[]; top: number[]; left: [number, number, number | null][]; reached: [number, number, number | null][];
  }[];
}
export const wireData = (): WireData => Object.fromEntries([
  ['scene', readFileSync(`${folder}scene.json`, 'utf8')],
  ...TABLES.map((name) => [name, tableFromIPC(readFileSync(`${folder}${name}.arrow`))])
]);
export const fixture = () => decode(wireData());
export const expected = (): Expected => JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Expected;

/** A bundled set as it travels, less its land, and what Python says of it at some moments. */
export function told(name: string): {scene: SceneData; moments: Said[]} {
  const text = JSON.parse(readFileSync(`${at(`told/${name}`)}scene.json`, 'utf8')) as {places: object[]};
  const data = Object.fromEntries([
    ['scene', JSON.stringify({...text, cargoes: undefined, landWindows: [], places: text.places.map((place) => ({...place, shape: -1}))})],
    ...SAID.map((table) => [table, tableFromIPC(readFileSync(`${at(`told/${name}`)}${table}.arrow`))])
  ]) as WireData;
  return {scene: decode(data), moments: JSON.parse(readFileSync(`${at(`told/${name}`)}expected.json`, 'utf8')) as Said[]};
}
export interface Said { t: number; window: number | null; sentence: string; figures: string[]; routes: Record<string, string> }
