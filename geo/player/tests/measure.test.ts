import { describe, expect, it } from 'vitest';
import { floorVolume, niceBelow, scaleBar, ticks, widthKey } from '../src/measure';

const DAY = 86_400;

describe('round numbers', () => {
  it('are 1, 2 or 5 times a power of ten, never above', () => {
    expect([0.3, 1, 1.9, 2, 4.99, 5, 9, 10, 2200, 999999].map(niceBelow)).toEqual([0.2, 1, 1, 2, 2, 5, 5, 10, 2000, 500000]);
    for (const none of [0, -1, NaN, Infinity]) expect(niceBelow(none)).toBe(0);
  });
});

describe('the width key', () => {
  it('draws its volumes on the very scale of the map', () => {
    const style = { perUnit: 32 / 2200, fullWidth: 32, floor: 1, opacity: 1 };
    const key = widthKey(style);
    expect(key.map(({ volume }) => volume)).toEqual([2000, 500, 200]);
    for (const { volume, px } of key) expect(px).toBeCloseTo(volume * style.perUnit);
    expect(Math.max(...key.map(({ px }) => px))).toBeLessThanOrEqual(32);
    expect(floorVolume(style)).toBeCloseTo(68.75);
  });

  it('never promises less than the floor, and is empty without a scale', () => {
    expect(widthKey({ perUnit: 32 / 5e6, fullWidth: 32, floor: 1, opacity: 1 }).every(({ px }) => px >= 1)).toBe(true);
    expect(widthKey({ perUnit: 0, fullWidth: 32, floor: 1, opacity: 1 })).toEqual([]);
  });
});

describe('the scale bar', () => {
  it('is a round distance that fits', () => {
    expect(scaleBar(420)).toEqual({ metres: 50_000, px: 50_000 / 420, label: '50 km' });
    expect(scaleBar(1.3)?.label).toBe('100 m');
    expect(scaleBar(0)).toBeNull();
    expect(scaleBar(NaN)).toBeNull();
    for (const metresPerPixel of [1e-3, 7, 3000, 90_000, 1e9]) expect(scaleBar(metresPerPixel)!.px).toBeLessThanOrEqual(120);
  });
});

describe('ticks', () => {
  const start = Date.UTC(2023, 7, 1);
  it.each([[DAY, 'hour'], [10 * DAY, 'day'], [94 * DAY, 'month'], [5 * 366 * DAY, 'month'], [90 * 366 * DAY, 'year']] as const)(
    'of %d s are on whole units (%s), inside the span, and not too many', (seconds, unit) => {
      const all = ticks(start, seconds, 12);
      expect(all.length).toBeGreaterThan(1);
      expect(all.length).toBeLessThanOrEqual(14);
      expect(new Set(all.map((tick) => tick.unit))).toEqual(new Set([unit]));
      for (const { time, at } of all) {
        expect(time).toBeGreaterThanOrEqual(0);
        expect(time).toBeLessThanOrEqual(seconds);
        expect(at.getTime()).toBe(start + time * 1000);
        if (unit === 'month' || unit === 'year') expect(at.getUTCDate()).toBe(1);
      }
    });
});
