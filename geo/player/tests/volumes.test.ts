import {describe, expect, it} from 'vitest';
import {amountAt, throughEnd} from '../src/places';
import {Volumes} from '../src/volumes';
import type {Grid} from '../src/grid';
import type {SceneData} from '../src/types';
import {DAY, contradicting, noCurves, several, simple} from './made-scene';
import {expected, fixture} from './wire-fixture';

const scene = fixture();
const volumes = new Volumes(scene), summed = new Volumes({...scene, lead: -1});
const inf = (value: number | null) => value ?? Infinity;

/** What the GPU does with a grid: mix two stops. */
function mixed(grid: Grid, n: number, t: number, corridor: number, channel: number): number {
  let k = 0;
  while (k + 2 < grid.stops.length && grid.stops[k + 1]! < t) k++;
  const at = (stop: number) => grid.values[(stop * n + corridor) * grid.channels + channel]!;
  const span = grid.stops[k + 1]! - grid.stops[k]!, part = span > 0 ? (t - grid.stops[k]!) / span : 0;
  return at(k) + part * (at(k + 1) - at(k));
}

describe('volumes at a moment', () => {
  it.each(expected().moments.map((m) => [`${m.t} s, ${m.mode} ${m.window ?? ''}`, m] as const))('agree with Python at %s', (_, m) => {
    const from = m.mode === 'window' ? Math.max(0, m.t - m.window!) : 0;
    const now = volumes.moment(m.t, {from, to: m.t}, m.mode);
    m.best.forEach((best, c) => {
      expect(now.best[c]).toBeCloseTo(best, 3);
      expect(now.low[c]).toBeCloseTo(m.low[c]!, 3);
      if (m.high[c] === null) expect(now.high[c]).toBe(Infinity);
      else expect(now.high[c]).toBeCloseTo(m.high[c]!, 3);
      expect(now.width[c]).toBeCloseTo(m.width[c]!, 3);
    });
    const sum = summed.moment(m.t, {from, to: m.t}, m.mode);
    for (const [told, {low, best, high}, apart] of [
      [now, {low: m.lead[0], best: m.lead[1], high: m.lead[2]}, m.apart], [sum, m.sum, m.sumApart]
    ] as const) {
      expect(told.sum.best).toBeCloseTo(best, 2);
      expect(told.sum.low).toBeCloseTo(low, 2);
      if (high === null) expect(told.sum.high).toBe(Infinity);
      else expect(told.sum.high).toBeCloseTo(inf(high), 2);
      expect(told.apart).toBe(apart);
    }
    expect([...now.contested].map(Boolean)).toEqual(m.contested);
    m.top.forEach((top, c) => { if (m.contested[c]) expect(now.top[c]).toBeCloseTo(top, 3); });
    expect(now.sum.contested).toBe(m.leadTop !== null);
    if (m.leadTop !== null) expect(now.sum.top).toBeCloseTo(m.leadTop, 2);
    for (const [end, amounts] of [['origin', m.left], ['destination', m.reached]] as const)
      amounts.forEach((amount, place) => {
        const {low, best, high} = amountAt(throughEnd(scene, place, end), now);
        [low, best, high].forEach((value, k) => {
          if (amount[k] === null) expect(value).toBe(Infinity);
          else expect(value).toBeCloseTo(amount[k]!, 2);
        });
      });
  });

  it('never fall while time passes, and low ≤ best ≤ high', () => {
    let before = volumes.moment(0, {from: 0, to: 0}, 'cumulative');
    for (let i = 1; i <= 200; i++) {
      const t = scene.seconds * i / 200;
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      now.best.forEach((best, c) => {
        expect(best).toBeGreaterThanOrEqual(before.best[c]! - 1e-6);
        expect(now.low[c]).toBeLessThanOrEqual(best + 1e-6);
        expect(best).toBeLessThanOrEqual(now.high[c]! + 1e-6);
      });
      before = now;
    }
  });
});

describe('a trailing stretch of a reconciled corridor', () => {
  const disputed = contradicting(), own = new Volumes(disputed);
  const within = (from: number, to: number) => {
    const {low, best, high} = own.moment(to * DAY, {from: from * DAY, to: to * DAY}, 'window');
    return [low[0], best[0], high[0]];
  };

  it('has the range of its period, whatever the cumulative one leaves', () => {
    expect(within(100, 150)).toEqual([300, 1000, 3000]);
    expect(within(150, 210)).toEqual([1230, 3300, Infinity]);
    const {low, high} = disputed.periods.get(0)!, tight = {...disputed, periods: new Map([[0, {...disputed.periods.get(0)!, low: low.map((x) => x + 1), high: high.map((x) => x - 1)}]])};
    const {low: least, high: most} = new Volumes({...tight, corridors: {...tight.corridors, reconciled: Uint8Array.of(1, 0)}}).moment(150 * DAY, {from: 100 * DAY, to: 150 * DAY}, 'window');
    expect([least[0], most[0]]).toEqual([301, 2999]);
  });

  it('has the low of the longest period inside it, and the high of the shortest around it', () => {
    expect(within(101, 149)).toEqual([0, expect.closeTo(960), 3000]);
    expect(within(99, 151)).toEqual([300, expect.closeTo(1063.2, 1), 10000]);
  });

  it('from the start of the scene on is the cumulative range, and holds what was carried before', () => {
    expect(within(0, 100)).toEqual([1800, 1800, 2200]);
    expect(own.moment(100 * DAY, {from: 0, to: 100 * DAY}, 'cumulative').low[0]).toBe(1800);
  });

  it('is what the GPU makes of two samples', () => {
    const grid = own.grid(1024), n = disputed.corridors.count;
    for (const [from, to] of [[100, 150], [150, 210], [206, 230], [207, 208]] as const) {
      const at = (t: number) => [0, 1, 2, 3].map((channel) => mixed(grid, n, t * DAY, 0, channel)) as [number, number, number, number];
      const [now, before] = [at(to), at(from)], best = now[1] - before[1];
      const told = [before[3] > 0 ? 0 : Math.max(0, now[0] - before[2]), best, now[3] > 0 ? Infinity : now[2] - before[0]];
      told.forEach((value, k) => expect(value).toBeCloseTo(within(from, to)[k]!, 2));
    }
  });
});

describe('itemised legs of a reconciled corridor', () => {
  it('pulse, and add nothing', () => {
    const scene = contradicting(), {legs} = scene;
    scene.legs = {
      ...legs, count: 1, corridor: Uint16Array.of(0), depart: Uint32Array.of(0), arrive: Uint32Array.of(DAY), best: Float32Array.of(50_000),
      doubt: {leg: Uint32Array.of(0), low: Float32Array.of(1), high: Float32Array.of(Infinity)}, onward: Uint32Array.of(0)
    };
    const [with_, without] = [scene, contradicting()].map((each) => new Volumes(each));
    for (const t of [DAY / 2, 100 * DAY, scene.seconds])
      expect(with_!.moment(t, {from: 0, to: t}, 'cumulative')).toEqual(without!.moment(t, {from: 0, to: t}, 'cumulative'));
    expect(with_!.grid(512).values).toEqual(without!.grid(512).values);
    expect(with_!.band(7)).toEqual(without!.band(7));
  });
});

describe('what the words tell of a contested scene', () => {
  const scene = contradicting(), own = new Volumes(scene);
  const at = (day: number) => own.moment(day * DAY, {from: 0, to: day * DAY}, 'cumulative');

  it('is the range of its lead, and nothing is added to it', () => {
    expect(at(150).sum).toMatchObject({low: 2500, best: 2800, high: 4800, contested: false});
    expect(at(230)).toMatchObject({visible: 2, apart: 0});
  });

  it('is contested from the first moment on, and names the largest figure of a side', () => {
    expect([at(206 - 1e-5), at(206), at(230)].map((m) => m.contested[0])).toEqual([0, 1, 1]);
    expect(at(230).sum).toMatchObject({low: 6030, high: Infinity, contested: true, top: 10001});
    expect(at(230).top[0]).toBe(10001);
  });

  it('is not contested for a corridor that lies in another one', () => {
    const inner = contradicting();
    inner.corridors.contested.reverse();
    expect(new Volumes(inner).moment(230 * DAY, {from: 0, to: 230 * DAY}, 'cumulative').sum.contested).toBe(false);
  });
});

describe('the grid for the GPU', () => {
  it('is exact between all stops when every bend has one', () => {
    const grid = volumes.grid(1024), n = scene.corridors.count;
    expect(grid.channels).toBe(4);
    const steps = [...scene.spread.time].flatMap((t) => [t - 1, t - 0.5, t, t + 1e-3, t + 1]).filter((t) => t >= 0 && t <= scene.seconds);
    for (const t of [...Array.from({length: 98}, (_, i) => scene.seconds * i / 97), ...steps]) {
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < n; c++) {
        expect(mixed(grid, n, t, c, 0)).toBeCloseTo(now.low[c]!, 2);
        expect(mixed(grid, n, t, c, 1)).toBeCloseTo(now.best[c]!, 2);
        if (Number.isFinite(now.high[c]!)) expect(mixed(grid, n, t, c, 2)).toBeCloseTo(now.high[c]!, 2);
        else expect(mixed(grid, n, t, c, 3)).toBeGreaterThan(0);
        if (Number.isFinite(now.high[c]!) && scene.corridors.reconciled[c]) expect(mixed(grid, n, t, c, 3)).toBe(0);
      }
    }
  });

  it('falls back to even stops, exact at each of them', () => {
    const grid = volumes.grid(8), n = scene.corridors.count;
    expect(grid.stops.length).toBe(8);
    grid.stops.forEach((t, s) => {
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < n; c++) expect(grid.values[(s * n + c) * 4 + 1]).toBeCloseTo(now.best[c]!, 2);
    });
  });

  it('needs one number where nothing is in doubt, steps included', () => {
    const certain = itemised([[0, 100, 200, 10], [0, 150, 150, 5], [1, 0, 1000, 7]]);
    const own = new Volumes(certain), grid = own.grid(64);
    expect(grid.channels).toBe(1);
    expect(grid.rate).toBeNull();
    for (const t of [0, 99, 100, 149.9, 150, 175, 200, 600, 1000]) {
      const now = own.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < 2; c++) expect(mixed(grid, 2, t, c, 0)).toBeCloseTo(now.best[c]!, 4);
    }
    // Half-open: what departs at the instant 150 is in (150, …), not in [0, 150).
    expect(own.moment(150, {from: 0, to: 150}, 'cumulative').best[0]).toBe(5);
    expect(own.moment(150.001, {from: 0, to: 150.001}, 'cumulative').best[0]).toBeCloseTo(10, 2);
  });
});

describe('the strip', () => {
  const scenes = {fixture: scene, contradicting: contradicting(), itemised: itemised([[0, 0, 400, 40], [1, 250, 250, 7], [0, 500, 1000, 3]])};

  it.each(Object.entries(scenes))('is what the words tell at each of its times: %s', (_, each) => {
    const own = new Volumes(each);
    for (const parts of [1, 7, 240]) {
      const band = own.band(parts);
      band.time.forEach((t, i) => {
        // Half-open: of the knots of a step the first holds at its time.
        if (t === band.time[i - 1]) return;
        const {low, best, high} = own.moment(t, {from: 0, to: t}, 'cumulative').sum;
        expect(band.low[i]).toBeCloseTo(low, 2);
        expect(band.best[i]).toBeCloseTo(best, 2);
        if (high === Infinity) expect(band.high[i]).toBe(Infinity);
        else expect(band.high[i]).toBeCloseTo(high, 2);
      });
    }
  });

  it('is closed at both ends of the span', () => {
    const {time} = volumes.band(12);
    expect([time[0], time.at(-1)]).toEqual([0, scene.seconds]);
  });
});

/** A scene of two corridors from [corridor, depart, arrive, containers] rows. */
function itemised(rows: [number, number, number, number][]): SceneData {
  const sorted = [...rows].sort((a, b) => a[1] - b[1]);
  const none = {leg: new Uint32Array(0), low: new Float32Array(0), high: new Float32Array(0)}, empty = new Float64Array(0);
  return {
    key: 'k', title: '', unit: 'container', start: 0, seconds: 1000, lead: -1, places: [], events: [], reports: [], bounds: [], again: noCurves(), periods: new Map(), land: null,
    corridors: {count: 2, id: ['a', 'b'], origin: new Uint32Array(2), destination: new Uint32Array(2), mode: new Uint8Array(2), ...simple(2)},
    legs: {
      count: sorted.length, corridor: Uint16Array.from(sorted, (row) => row[0]), depart: Uint32Array.from(sorted, (row) => row[1]),
      arrive: Uint32Array.from(sorted, (row) => row[2]), best: Float32Array.from(sorted, (row) => row[3]), doubt: none, onward: new Uint32Array(0)
    },
    spread: {offsets: new Uint32Array(3), time: empty, low: empty, best: empty, closed: empty, open: empty},
    style: {perUnit: 1, fullWidth: 28, floor: 1, opacity: 1}
  };
}

describe('the course of a corridor', () => {
  it('begins with a step where its first report is', () => {
    const {time, low, best, high} = new Volumes(contradicting()).courses([1], 8).get(1)!;
    expect([time[0], time[1], time[2]]).toEqual([0, 20 * DAY - 1, 20 * DAY - 1]);
    expect([low[1], best[1], high[1]]).toEqual([0, 0, 0]);
    expect(high[2]).toBe(Infinity);
  });

  it('has no upper limit from where its next report has none, and does not rise to it', () => {
    const made = contradicting();
    made.spread = {
      offsets: Uint32Array.of(0, 2, 2), time: Float64Array.of(0, 10 * DAY), low: Float64Array.of(0, 5), best: Float64Array.of(0, 6),
      closed: Float64Array.of(0, 6), open: Float64Array.of(0, 1),
    };
    const {time, high, low} = new Volumes(made).courses([0], 4).get(0)!;
    expect([...time]).toEqual([0, 0, 0, 10 * DAY, made.seconds]);
    expect([...high]).toEqual([0, 0, Infinity, Infinity, Infinity]);
    expect([...low]).toEqual([0, 0, 0, 5, 5]);
  });

  it('sums up legs and reaches what the moment says at its end', () => {
    const made = several(3), all = new Volumes(made), courses = all.courses([0, 2], 4);
    expect([...courses.keys()]).toEqual([0, 2]);
    expect([...courses.get(2)!.best]).toEqual([0, 0, 0, 30, 30]);
  });
});
