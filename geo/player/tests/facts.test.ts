// @vitest-environment happy-dom
import {createHash} from 'node:crypto';
import {describe, expect, it, vi} from 'vitest';
import {Capture} from '../src/capture';
import {boundsOf, factsOf, momentOf, NO_FACTS, readFacts, withKeys} from '../src/facts';
import * as png from '../src/png';
import type {Shown} from '../src/restore';
import {sha256} from '../src/sha256';
import type {Stage} from '../src/types';
import {at, DAY, founding, theme} from './made-scene';

const BRIEF = ['waybill = "0.1.0"', '', '[[data]]', 'set = "founding"', '', '[time]', 'moments = []', 'mode = "cumulative"', 'window = ""', '',
  '[picture]', 'frame = "16:9"', 'look = "light"', 'view = []', 'largest = 0', 'width = 0.0', 'paths = "arcs"', 'layers = ["names", "borders"]', '',
  '[words]', 'note = "look = \\"dark\\""', ''].join('\n');
const facts = {version: '0.1.0', data: 'ab'.repeat(32), brief: BRIEF};
const view = {longitude: 131.3, latitude: 42.7, zoom: 7, pitch: 0, bearing: 0};
const shown = (other: Partial<Shown> = {}): Shown => ({
  selected: [], view, moment: new Date(founding().start + 31 * DAY * 1000).toISOString(), mode: 'cumulative', window: 30 * DAY, layers: ['names'], largest: 5, width: 0, paths: 'arcs', colour: 'mode', turn: 0, place: '', side: '', ...other
});
const size = {width: 1000, height: 500};

describe('SHA-256', () => {
  it.each(['', 'abc', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'Расон → Владивосток '.repeat(99)])('is that of FIPS 180-4: %#', (text) => {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('what a picture of the map says of itself', () => {
  it('is a brief of what is shown, its hash, the hash of the data and the version', () => {
    const told = factsOf(facts, founding(), shown({mode: 'window', width: 24}), true, size);
    expect(told['Software']).toBe('Waybill 0.1.0');
    expect(told['waybill-data']).toBe(facts.data);
    expect(told['waybill-brief-sha256']).toBe(createHash('sha256').update(told['waybill-brief']!).digest('hex'));
    const lines = told['waybill-brief']!.split('\n');
    for (const line of ['mode = "trailing"', 'window = "30d"', 'look = "dark"', 'largest = 5', 'width = 24.0', 'layers = ["names"]', 'frame = "16:9"', 'note = "look = \\"dark\\""'])
      expect(lines).toContain(line);
    expect(lines.length).toBe(BRIEF.split('\n').length);
  });

  it('is no brief where none can say it, and never an empty hash', () => {
    const told = factsOf(NO_FACTS, founding(), shown(), false, size);
    expect(told).toEqual({Software: 'Waybill', 'waybill-data': founding().key});
    expect(readFacts(undefined)).toEqual(NO_FACTS);
  });

  it('has the day of the midnight that ends it, the moment within a day, and nothing for the end', () => {
    const scene = founding();
    expect(momentOf(scene, scene.start + 31 * DAY * 1000)).toEqual(['2023-08-31']);
    expect(momentOf(scene, scene.start + 31 * DAY * 1000 + 3_600_500)).toEqual(['2023-09-01T01:00:00Z']);
    expect(momentOf(scene, scene.start + scene.seconds * 1000)).toEqual([]);
  });

  it('has the part of the world that the map shows', () => {
    const [west, south, east, north] = boundsOf(view, size);
    expect((west! + east!) / 2).toBeCloseTo(131.3, 3);
    expect(east! - west!).toBeCloseTo((360 * 1000) / (512 * 128), 3);
    expect(south! < 42.7 && north! > 42.7).toBe(true);
    const world = boundsOf({...view, zoom: -2}, {width: 4000, height: 4000});
    expect(world[2]! - world[0]!).toBeLessThanOrEqual(360);
    expect([world[1], world[3]]).toEqual([-85, 85]);
  });

  it('changes keys of its own table alone', () => {
    expect(withKeys('[a]\nlook = "x"\n[b]\nlook = "x"', {'b.look': '"y"'})).toBe('[a]\nlook = "x"\n[b]\nlook = "y"');
  });
});

describe('the saved picture', () => {
  it('carries all of it', async () => {
    const scene = founding(), texts = vi.spyOn(png, 'withTexts').mockResolvedValue(new Blob([]));
    const canvas = Object.assign(document.createElement('canvas'), {width: 2000, height: 1000});
    const context = new Proxy({}, {get: (_, name) => (name === 'measureText' ? () => ({width: 10}) : () => ({addColorStop: () => undefined})), set: () => true});
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new Blob([])));
    const stage = {metresPerPixel: () => 420, capture: async () => canvas} as unknown as Stage;
    const capture = new Capture(scene, stage, () => at(scene, scene.seconds), () => theme, () => undefined, () => ({facts, shown: shown()}));
    capture.root.querySelector<HTMLButtonElement>('.wb-save')!.click();
    await vi.waitFor(() => expect(texts).toHaveBeenCalled());
    const said = texts.mock.calls[0]![1];
    for (const name of ['Title', 'Description', 'waybill-plate', 'waybill-data', 'waybill-brief', 'waybill-brief-sha256', 'waybill-drawn-with', 'waybill-link']) expect(said[name], name).toBeTruthy();
    expect(said['waybill-brief']).toContain('moments = ["2023-08-31"]');
    vi.restoreAllMocks();
  });
});
