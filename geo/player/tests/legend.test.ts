// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { Legend, used } from '../src/legend';
import { founding, several, theme } from './made-scene';

describe('the legend', () => {
  it('draws its key as wide as the map draws the same volume', () => {
    const scene = founding();
    const { root } = new Legend(scene);
    const rows = [...root.querySelectorAll('.wb-key .wb-entry')];
    expect(rows.map((row) => row.textContent)).toEqual(['2,000 containers', '500 containers', '200 containers']);
    rows.forEach((row, i) => {
      expect(Number(row.querySelector('rect')!.getAttribute('height'))).toBeCloseTo([2000, 500, 200][i]! * scene.style.perUnit);
    });
  });

  it('explains only what the scene uses', () => {
    const totals = new Legend(founding()).root.textContent!;
    expect(totals).toContain('At least');
    expect(totals).toContain('Moving bands');
    expect(totals).not.toContain('Pulse');
    expect(totals).not.toContain('Faded edge');
    const legs = new Legend(several()).root.textContent!;
    expect(legs).toContain('Pulse');
    expect(legs).not.toContain('Moving bands');
    expect(legs).not.toContain('At most');
    expect(legs).toContain('By rail');
  });

  it('explains an open high', () => {
    const scene = several();
    scene.legs.doubt = { leg: Uint32Array.of(1), low: Float32Array.of(20), high: Float32Array.of(Infinity) };
    expect(used(scene)).toMatchObject({ open: true, doubt: true });
    expect(new Legend(scene).root.textContent).toContain('Faded edge');
  });

  it('says the floor in containers', () => {
    expect(new Legend(founding()).root.textContent).toContain('Below 69 containers: minimum width');
  });

  it('follows the map with its scale bar and the theme with its colours', () => {
    const legend = new Legend(founding());
    document.body.append(legend.root);
    legend.update(420);
    expect(legend.root.querySelector('.wb-scale')!.textContent).toBe('50 km');
    legend.update(4200);
    expect(legend.root.querySelector('.wb-scale')!.textContent).toBe('500 km');
    legend.setTheme(theme);
    expect(legend.root.style.getPropertyValue('--wb-key')).toBe(theme.mode[1]);
    expect(legend.root.textContent).toContain('Point of the arrow = destination');
    expect(legend.root.textContent).toContain('Natural Earth');
  });

  it('opens and closes its meanings, and says which', () => {
    const { root } = new Legend(founding());
    document.body.append(root);
    const toggle = root.querySelector<HTMLButtonElement>('.wb-legend-toggle')!;
    toggle.click();
    expect([root.dataset['meanings'], toggle.getAttribute('aria-expanded')]).toEqual(['closed', 'false']);
  });
});
