import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { amount, contested, counted, day, extent, figures, legName, minute, moment, number, quantity, readDay, sentence, sides, stretchWords } from '../src/words';
import { at, contradicting, DAY, founding, several } from './made-scene';

describe('numbers', () => {
  it('says low, best and high as the reports do', () => {
    expect(quantity(1800, 2000, 2200, true)).toBe('about 2,000');
    expect(quantity(1800, 2000, 2200, false)).toBe('1,800–2,200');
    expect(quantity(900, 2000, 2200, true)).toBe('900–2,200');
    expect(quantity(1001, 1001, Infinity, true)).toBe('more than 1,000');
    expect(quantity(0, 50, 50, true)).toBe('up to 50');
    expect(quantity(300, 300, 300, true)).toBe('300');
    expect(extent(1800, 2200)).toBe('1,800–2,200');
  });

  it('rounds half up and never says minus nothing', () => {
    expect(number(1234.5)).toBe('1,235');
    expect(number(-0.2)).toBe('0');
  });

  it('counts one and many', () => {
    expect(counted('1', 'container')).toBe('1 container');
    expect(counted('about 2,000', 'container')).toBe('about 2,000 containers');
    expect(counted('3', 'artillery rounds')).toBe('3 artillery rounds');
  });
});

// Written by the tests of geo/formatting.py: what one side says, the other says too.
const fixture = fileURLToPath(new URL('../../../tests/fixtures/words.json', import.meta.url));
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, unknown[][]>;
const SAY: Record<string, (...args: never[]) => string> = { number, extent, quantity, contested, counted, day, minute,
  leg: legName,
  sides: (told: [string, number, number | null][]) => sides(told.map(([name, low, high]) => ({ name, low, high: high ?? Infinity }))),
  amount: (low: number, best: number, high: number, top: number, unit: string, near: boolean) =>
    amount({ low, best, high, top: top === Infinity ? null : top, about: near }, unit, near),
};
/** null is infinity; times are ISO 8601. */
const given = (value: unknown): unknown =>
  value === null ? Infinity : typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;

describe('the twin in Python', () => {
  it.each(Object.keys(SAY))('says the same with %s', (name) => {
    expect(cases[name]!.length).toBeGreaterThan(1);
    for (const row of cases[name]!) expect(SAY[name]!(...row.slice(0, -1).map(given) as never[])).toBe(row.at(-1));
  });
});

describe('the moment', () => {
  const scene = founding();

  it('names the last day that is in it, also at midnight', () => {
    expect(moment(scene, scene.seconds)).toBe('2 Nov 2023');
    expect(moment(scene, DAY)).toBe('1 Aug 2023');
    expect(moment(scene, DAY + 1)).toBe('2 Aug 2023');
    expect(moment(scene, 0.25)).toBe('1 Aug 2023');
  });

  it('is told in hours where the span is short', () => {
    expect(moment({ start: scene.start, seconds: 2 * DAY }, 3600 * 14)).toBe('1 Aug 2023, 14:00');
  });

  it('is told as a stretch', () => {
    const window = (from: number, to: number): string => stretchWords(scene, { from: from * DAY, to: to * DAY }, 'window');
    expect(stretchWords(scene, { from: 0, to: 94 * DAY }, 'cumulative')).toBe('by 2 Nov 2023');
    expect(window(61, 92)).toBe('between 1 Oct and 31 Oct 2023');
    expect(window(91, 92)).toBe('on 31 Oct 2023');
    expect(window(0, 0)).toBe('before 1 Aug 2023');
    expect(window(60.5, 91)).toBe('between 12:00 UTC on 30 Sept and 30 Oct 2023');
    expect(stretchWords(scene, { from: 0, to: 61.5 * DAY }, 'cumulative')).toBe('by 12:00 UTC on 1 Oct 2023');
    const short = { start: scene.start, seconds: 2 * DAY };
    expect(stretchWords(short, { from: 0, to: DAY / 2 }, 'cumulative')).toBe('by 1 Aug 2023, 12:00');
    expect(stretchWords(short, { from: 0, to: DAY }, 'cumulative')).toBe('by 1 Aug 2023');
    expect(stretchWords({ start: Date.UTC(2022, 11, 1), seconds: 100 * DAY }, { from: DAY, to: 62 * DAY }, 'window'))
      .toBe('between 2 Dec 2022 and 31 Jan 2023');
    // A stretch from the start on holds what moved before it, too.
    expect(stretchWords(scene, { from: 0, to: 62 * DAY }, 'window')).toBe('by 1 Oct 2023');
  });
});

describe('the sentence and the figures', () => {
  it('name a single corridor', () => {
    const scene = founding();
    const end = at(scene, scene.seconds);
    expect(sentence(scene, end)).toBe('Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported');
    expect(figures(scene, end)).toEqual(['1,800–2,200 containers', '1 route', '1 report', '1 source']);
    expect(sentence(scene, at(scene, 0))).toBe('Rason → Vladivostok: no containers reported before 1 Aug 2023');
    expect(figures(scene, {...end, claimants: 0})[3]).toBe('no source named');
    expect(figures(scene, {...end, claimants: 0, reports: 0})[3]).toBe('0 sources');
  });

  it('tell one flow where totals speak, and say what is not in the figure', () => {
    const scene = contradicting();
    scene.corridors.inside = [[], []];
    const end = at(scene, scene.seconds);
    expect(sentence(scene, end)).toBe('North Korea → Russia: contested, 6,030–10,001 or more containers (Seoul: at least 6,030; Washington: more than 10,000) by 27 Mar 2024, as reported');
    expect(figures(scene, end)[1]).toBe('2 routes; the figure covers 1');
    expect(sentence(scene, at(scene, 230 * DAY))).toBe(
      'North Korea → Russia: contested, 6,030–10,001 or more containers (Seoul: 6,030–7,370; Washington: more than 10,000) by 17 Mar 2024, as reported');
    scene.lead = 1;
    expect(sentence(scene, at(scene, 10 * DAY))).toBe('Rason → Russia: no containers reported by 10 Aug 2023');
  });

  it('count several', () => {
    const scene = several(3);
    expect(sentence(scene, at(scene, 1.5 * DAY))).toBe('2 routes by 12:00 UTC on 2 Aug 2023, most on Vladivostok → Rason: 20 containers, as reported');
    expect(figures(scene, at(scene, 1.5 * DAY))[0]).toBe('30 containers, the sum of listed legs');
    scene.legs.corridor[2] = 0;
    expect(sentence(scene, at(scene, 2.5 * DAY))).toBe('2 routes by 12:00 UTC on 3 Aug 2023, most on Rason → Vladivostok: 40 containers, the sum of listed voyages');
    scene.legs.best[0] = 20;
    scene.legs.corridor[2] = 2;
    expect(sentence(scene, at(scene, 1.5 * DAY))).toBe('2 routes by 12:00 UTC on 2 Aug 2023, as reported');
  });

  it('tell a zero that was reported from silence', () => {
    const scene = several(3);
    scene.legs.best.fill(0);
    expect(sentence(scene, at(scene, 0))).toBe('No containers reported before 1 Aug 2023');
    expect(sentence(scene, at(scene, 2 * DAY))).toBe('0 containers reported by 2 Aug 2023');
    expect(figures(scene, at(scene, 2 * DAY)).slice(0, 2)).toEqual(['0 containers', '2 routes at 0']);
    scene.legs.best[1] = 4;
    expect(figures(scene, at(scene, 2 * DAY))[1]).toBe('1 route, 1 more at 0');
    scene.legs.best[1] = 0;
    expect(sentence(scene, at(scene, 3 * DAY, 'window', 0.5 * DAY))).toBe('No containers reported between 12:00 UTC on 3 Aug and 3 Aug 2023');
  });

  it('tell the only route of a stretch', () => {
    const scene = several(3);
    expect(sentence(scene, at(scene, 3.5 * DAY, 'window', 2 * DAY))).toBe('Rason → Vladivostok: 30 containers between 12:00 UTC on 2 Aug and 12:00 UTC on 4 Aug 2023, as reported');
  });
});

describe('a typed day', () => {
  it('is read as it is written', () => {
    const expected = Date.UTC(2023, 8, 7);
    for (const typed of ['7 Sept 2023', '7 sep 2023', ' 7 September 2023 ', '2023-09-07', '7 Sept. 2023']) expect(readDay(typed)).toBe(expected);
    expect(readDay('7 Sept 2023, 14:05')).toBe(expected + 14 * 3600e3 + 5 * 60e3);
    for (let month = 0; month < 12; month++) expect(readDay(day(Date.UTC(2024, month, 29)))).toBe(Date.UTC(2024, month, 29));
  });

  it('is refused when it is none', () => {
    for (const typed of ['', 'soon', '31 Feb 2023', '2023-13-01', '09/07/2023', '7 Foo 2023', '7 Sept 2023, 25:00']) expect(readDay(typed)).toBeNull();
  });
});
