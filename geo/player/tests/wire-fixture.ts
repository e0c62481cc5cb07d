// The scene that pytest wrote to pin the wire: tests/fixtures/wire at the top of the repository.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {tableFromIPC} from 'apache-arrow';
import {decode, type WireData} from '../src/wire';

const folder = fileURLToPath(new URL('../../../tests/fixtures/wire/', import.meta.url));
const TABLES = ['corridors', 'legs', 'doubts', 'onward', 'spread', 'again', 'periods', 'land', 'land_triangles'];

export interface Expected {
  corridors: string[];
  moments: {
    t: number; mode: 'cumulative' | 'window'; window: number | null;
    low: number[]; best: number[]; high: (number | null)[]; width: number[];
    lead: [number, number, number | null]; leadTop: number | null; apart: number;
    sum: {low: number; best: number; high: number | null}; sumApart: number;
    contested: boolean[]; top: number[]; left: [number, number, number | null][]; reached: [number, number, number | null][];
  }[];
}
export const wireData = (): WireData => Object.fromEntries([
  ['scene', readFileSync(`${folder}scene.json`, 'utf8')],
  ...TABLES.map((name) => [name, tableFromIPC(readFileSync(`${folder}${name}.arrow`))])
]);
export const fixture = () => decode(wireData());
export const expected = (): Expected => JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Expected;
