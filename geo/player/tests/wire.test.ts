import {describe, expect, it} from 'vitest';
import {decode} from '../src/wire';
import {expected, fixture, wireData} from './wire-fixture';

describe('the wire', () => {
  it('brings corridors in the order and with the ids that Python wrote', () => {
    expect(fixture().corridors.id).toEqual(expected().corridors);
  });

  it('keeps types, so that nothing is copied or rounded', () => {
    const {legs, spread} = fixture();
    expect(legs.corridor).toBeInstanceOf(Uint16Array);
    expect(legs.depart).toBeInstanceOf(Uint32Array);
    expect(legs.best).toBeInstanceOf(Float32Array);
    expect(spread.time).toBeInstanceOf(Float64Array);
  });

  it('sorts legs by departure and bounds every reference', () => {
    const {legs, corridors, places} = fixture();
    for (let i = 0; i < legs.count; i++) {
      expect(legs.corridor[i]).toBeLessThan(corridors.count);
      expect(legs.arrive[i]).toBeGreaterThanOrEqual(legs.depart[i]!);
      if (i) expect(legs.depart[i]).toBeGreaterThanOrEqual(legs.depart[i - 1]!);
    }
    for (const place of [...corridors.origin, ...corridors.destination]) expect(place).toBeLessThan(places.length);
  });

  it('gives each corridor its own curve of totals', () => {
    const {spread, corridors} = fixture();
    expect(spread.offsets.length).toBe(corridors.count + 1);
    expect(spread.offsets.at(-1)).toBe(spread.time.length);
  });

  it('refuses a scene of another version in plain words', () => {
    const data = wireData();
    data['scene'] = (data['scene'] as string).replace(/"version": ?7/, '"version":1');
    expect(() => decode(data)).toThrow(/version 7; the page sent version 1/);
  });

  it('names the table that is missing', () => {
    const data = wireData();
    delete data['legs'];
    expect(() => decode(data)).toThrow(/"legs"/);
  });
});
