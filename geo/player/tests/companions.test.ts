import {describe, expect, it} from 'vitest';
import {Companions, type Shared} from '../src/companions';
import type {View} from '../src/types';

const VIEW: View = {longitude: 130, latitude: 42, zoom: 5, pitch: 0, bearing: 0};
const SHARED: Shared = {selected: [], mode: 'window', window: 9, layers: [], largest: 0, width: 0, paths: 'arcs', colour: 'mode'};

/** One that leads on whatever it hears, as a map does whose view was set. */
function member(name: string): {companions: Companions; heard: unknown[]} {
  const heard: unknown[] = [];
  const companions: Companions = new Companions({
    look: (view) => { heard.push(view); companions.looked(view); },
    adopt: (shared) => { heard.push(shared); companions.share(shared); }
  });
  companions.join(name);
  return {companions, heard};
}

describe('players beside one another', () => {
  it('follow each other at once, and never in a circle', () => {
    const [one, other] = [member('a'), member('a')];
    one.companions.looked(VIEW);
    other.companions.share(SHARED);
    expect(other.heard).toEqual([VIEW]);
    expect(one.heard).toEqual([SHARED]);
    one.companions.leave();
    other.companions.leave();
  });

  it('hear nothing of another group, of those that have left, nor without a name', () => {
    const [one, stranger, alone, gone] = [member('b'), member('c'), member(''), member('b')];
    gone.companions.leave();
    one.companions.looked(VIEW);
    alone.companions.looked(VIEW);
    expect([one, stranger, alone, gone].flatMap(({heard}) => heard)).toEqual([]);
  });

  it('lead again after one of them has failed', () => {
    const one = member('d'), other = new Companions({look: () => { throw new Error('lost'); }, adopt: () => undefined});
    other.join('d');
    expect(() => one.companions.looked(VIEW)).toThrow('lost');
    other.looked(VIEW);
    expect(one.heard).toEqual([VIEW]);
  });
});
