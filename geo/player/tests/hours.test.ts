// @vitest-environment happy-dom
import {describe, expect, it} from 'vitest';
import {ticks} from '../src/measure';
import {newClock} from '../src/restore';
import {duration, unitName} from '../src/words';
import {founding} from './made-scene';

const HOUR = 3600;

describe('a scene of hours or minutes', () => {
  it.each([[30 * 60, 'minute', 60, '15 minutes', 900], [9 * HOUR, 'hour', HOUR, '6 hours', 6 * HOUR], [94 * 86_400, 'day', 86_400, '30 days', 30 * 86_400]] as const)(
    'of %i s moves and is told by the %s', (seconds, unit, step, words, length) => {
      const scene = {...founding(), seconds};
      expect(unitName(scene)).toBe(unit);
      expect(newClock(scene, {}, null).step).toBe(step);
      expect(duration(scene, length)).toBe(words);
    });

  it('has marks below its track, however short it is', () => {
    const start = Date.UTC(2024, 2, 5, 6, 10);
    for (const seconds of [5 * 60, 30 * 60, 2 * HOUR, 9 * HOUR]) {
      const marks = ticks(start, seconds, 10);
      expect(marks.length, String(seconds)).toBeGreaterThan(1);
      expect(marks.length).toBeLessThanOrEqual(11);
    }
  });
});
