// What Python says of a moment (tests/test_told_everywhere.py), the page says as well: sentence, figures, and the list of routes.
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { Header } from '../src/header';
import { Mirror } from '../src/mirror';
import { Volumes } from '../src/volumes';
import { told } from './wire-fixture';

describe.each(['founding', 'wider', 'voyages'])('%s', (name) => {
  const { scene, moments } = told(name);
  const volumes = new Volumes(scene), header = new Header(scene, () => undefined), mirror = new Mirror(scene);

  it('is told at a hundred moments as in Python', () => {
    expect(moments).toHaveLength(100);
    for (const { t, window, sentence, figures, routes } of moments) {
      const stretch = { from: window === null ? 0 : Math.max(0, t - window), to: t };
      const now = volumes.moment(t, stretch, window === null ? 'cumulative' : 'window');
      header.update(now);
      mirror.update(now, true);
      const said = (selector: string): string[] => [...header.root.querySelectorAll(selector)].map((each) => each.textContent!);
      expect(said('.wb-sentence'), `${t} ${window}`).toEqual([sentence]);
      expect(said('li'), `${t} ${window}`).toEqual(figures);
      const listed = [...mirror.root.querySelectorAll<HTMLElement>('[data-corridor]')].map((item) => [item.dataset['corridor'], item.textContent!]);
      expect(listed.map(([id]) => id).sort()).toEqual(Object.keys(routes).sort());
      for (const [id, text] of listed) expect(text, `${t} ${window} ${id}`).toContain(routes[id!]);
    }
  });
});
