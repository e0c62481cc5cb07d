import { describe, expect, it } from 'vitest';
import { Gathering, markRadius, type Spot } from '../src/gather';
import { gatheringOf, groupName } from '../src/group-marks';
import { groupFlow } from '../src/group-flows';
import type { SceneData } from '../src/types';
import { at, contradicting, founding, several } from './made-scene';

const spot = (place: number, x: number, busy = 10 - place): Spot => ({ place, x, y: 100, radius: 5, busy });
const none = new Map<number, Set<number>>();
const places = (gathering: Gathering, zoom: number): number[][] => gathering.at(zoom).map((group) => [...group.places]);
const apart = (a: Spot, b: Spot, zoom: number): number => Math.hypot(a.x - b.x, a.y - b.y) * 2 ** zoom;

describe('places that would overlap', () => {
  it('gather far out, the busiest first, and part as the map comes closer', () => {
    const gathering = new Gathering([spot(0, 100, 1), spot(1, 101, 9), spot(2, 112)], none);
    expect(places(gathering, 3)).toEqual([[1, 0]]);
    expect(places(gathering, 3.75)).toEqual([]);
    const [group] = gathering.at(3);
    expect(places(gathering, group!.parts)).toEqual([]);
    expect(places(gathering, group!.parts - 0.1)).toEqual([[1, 0]]);
    expect(places(gathering, 0)).toEqual([[1, 2, 0]]);
  });

  it('are nested: what is together at one zoom is together at each one farther out, and no two marks overlap', () => {
    const spots = Array.from({ length: 60 }, (_, i) => ({ ...spot(i, 50 + (i * 37.7) % 400, (i * 13) % 17), y: 100 + (i * 11.3) % 90 })), gathering = new Gathering(spots, none);
    const torn: number[] = [], covering: number[] = [];
    for (let zoom = 14; zoom >= 0.25; zoom -= 0.25) {
      const out = places(gathering, zoom - 0.25), inside = new Set(places(gathering, zoom).flat());
      if (!places(gathering, zoom).every((group) => out.some((wider) => group.every((place) => wider.includes(place))))) torn.push(zoom);
      const heads = gathering.at(zoom).map((group) => ({ ...spots[group.places[0]!]!, radius: markRadius(group.places.length) }));
      const marks = [...heads, ...spots.filter(({ place }) => !inside.has(place))];
      if (marks.some((one, i) => marks.slice(i + 1).some((other) => apart(one, other, zoom) < one.radius + other.radius))) covering.push(zoom);
    }
    expect([torn, covering]).toEqual([[], []]);
  });

  it('never gather where an arc lies between them', () => {
    const joined = new Map([[0, new Set([1])], [1, new Set([0])]]);
    expect(places(new Gathering([spot(0, 100), spot(1, 100.1), spot(2, 99.95)], joined), 0)).toEqual([[0, 2]]);
  });

  it('gather over the edge of the world, and never part at one position', () => {
    expect(places(new Gathering([spot(0, 0.5), spot(1, 511.5)], none), 2)).toEqual([[0, 1]]);
    const [group] = new Gathering([spot(0, 100), spot(1, 100)], none).at(14);
    expect(group).toEqual({ places: [0, 1], parts: Infinity });
  });

  it('keep the same groups, and the same array, while nothing changes', () => {
    const gathering = new Gathering([spot(0, 100), spot(1, 101)], none);
    expect(gathering.at(1.1)).toBe(gathering.at(1.2));
    expect(gathering.at(1.1)).toBe(gathering.at(2));
  });
});

const whole = (scene: SceneData) => at(scene, scene.seconds);

describe('places of a scene', () => {
  it('stay apart in the founding scene, whose two ends one arc joins', () => {
    const scene = founding();
    expect(gatheringOf(scene, whole(scene), new Set([0])).at(0)).toEqual([]);
  });

  it('gather only where an arc of theirs is drawn, and areas do not', () => {
    const scene = trio();
    expect(gatheringOf(scene, whole(scene), new Set([0, 1])).at(4).map((group) => groupName(scene, group))).toEqual(['Vladivostok and 1 more']);
    expect(gatheringOf(scene, whole(scene), new Set([0])).at(4)).toEqual([]);
    scene.places[2]!.radiusKm = 50;
    expect(gatheringOf(scene, whole(scene), new Set([0, 1])).at(4)).toEqual([]);
  });
});

/** Rason → Vladivostok 10, Rason → Nakhodka 20: two ports side by side. */
function trio(): SceneData {
  const scene = several(2);
  scene.places = [{ ...scene.places[0]!, lon: 120 }, scene.places[1]!, { ...scene.places[1]!, code: 'RUNJK', name: 'Nakhodka', lon: 132 }];
  scene.corridors.origin.set([0, 0]);
  scene.corridors.destination.set([1, 2]);
  scene.legs.best.set([20, 10]);
  return scene;
}

describe('figures of several places', () => {
  it('are the sum of listed voyages to and from outside', () => {
    const scene = trio();
    expect(groupFlow(scene, whole(scene), [1, 2], 'in')).toEqual({ told: { low: 30, best: 30, high: 30, top: null }, of: 'the sum of listed voyages' });
    expect(groupFlow(scene, whole(scene), [1, 2], 'out')).toBeNull();
    expect(groupFlow(scene, whole(scene), [0, 1, 2], 'in')).toBeNull();
  });

  it('are the reconciled flow that holds them, where it holds nothing else', () => {
    const scene = contradicting(), m = whole(scene);
    scene.places.push({ ...scene.places[2]!, code: 'KPCHO', name: 'Chongjin' });
    expect(groupFlow(scene, m, [0, 2], 'out')).toMatchObject({ told: { low: 6030 }, of: 'as reported for North Korea → Russia' });
    // A third route inside the flow is not theirs.
    const wider = { ...scene, corridors: { ...scene.corridors, inside: [[], [0]] } };
    expect(groupFlow(wider, m, [2], 'out')).toMatchObject({ told: { low: 1001 }, of: '' });
  });

  it('are no sum of ranges', () => {
    const scene = trio();
    scene.corridors.counted.fill(0);
    expect(groupFlow(scene, whole(scene), [1, 2], 'in')).toEqual({ told: null, of: '' });
  });
});
