// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { matrixOf } from '../src/matrix';
import type { SceneData } from '../src/types';
import { routesCsv, routesOf } from '../src/routes';
import { RoutesPanel } from '../src/routes-panel';
import { Volumes } from '../src/volumes';
import { DAY, HOSTILE, at, contradicting, founding, several } from './made-scene';

beforeEach(() => document.body.replaceChildren());

describe('routes', () => {
  it('are ranked by volume, with the share of what is added up', () => {
    const scene = several(3), rows = routesOf(scene, at(scene, scene.seconds));
    expect(rows.map(({ corridor, best }) => [corridor, best])).toEqual([[2, 30], [1, 20], [0, 10]]);
    expect(rows.reduce((sum, { share }) => sum + share!, 0)).toBeCloseTo(1);
  });

  it('are those of the moment', () => {
    const scene = several(3);
    expect(routesOf(scene, at(scene, DAY)).map(({ corridor }) => corridor)).toEqual([0]);
  });

  it('have no share where they may hold the same goods', () => {
    const scene = contradicting(), rows = routesOf(scene, at(scene, scene.seconds));
    expect(rows.map(({ share }) => share)).toEqual([null, null]);
    expect(rows[0]!.range).toContain('contested');
  });

  it('have no share where goods go on from one listed voyage to the next', () => {
    const scene = several(3);
    scene.legs.onward = Uint32Array.of(2);
    expect(routesOf(scene, at(scene, scene.seconds)).map(({ share }) => share)).toEqual([null, null, null]);
  });

  it('are found by all words of a name or a mode, without accents and case', () => {
    const scene = several(4), m = at(scene, scene.seconds);
    expect(routesOf(scene, m, 'RASON rail').map(({ corridor }) => corridor)).toEqual(routesOf(scene, m).filter(({ mode }) => mode === 'by rail').map(({ corridor }) => corridor));
    expect(routesOf(scene, m, 'nowhere')).toEqual([]);
  });

  it('become a table that no spreadsheet runs, open highs empty', () => {
    const scene = founding();
    scene.places[0]!.name = '=HYPERLINK("x")';
    const open = { ...at(scene, scene.seconds), high: Float64Array.of(Infinity) };
    const [head, row] = routesCsv(scene, open, routesOf(scene, open)).split('\n');
    expect(head).toBe('From,To,Mode,Low,Best,High,Unit,Since,By,Note');
    expect(row).toBe('"\'=HYPERLINK(""x"")",Vladivostok,by sea,1800,2000,,containers,,2023-11-03T00:00:00.000Z,');
  });
});

describe('the panel of routes', () => {
  const open = (scene = several(3)) => {
    const actions = { select: vi.fn(), fit: vi.fn(), courses: (found: number[]) => new Volumes(scene).courses(found, 4), parts: () => null, covers: vi.fn(), save: vi.fn() };
    let m = at(scene, scene.seconds);
    const panel = new RoutesPanel(scene, () => m, actions);
    document.body.append(panel.button, panel.root);
    panel.button.click();
    const rows = (): HTMLButtonElement[] => [...panel.root.querySelectorAll<HTMLButtonElement>('[data-route]')];
    return { panel, actions, rows, move: (t: number) => { m = at(scene, t); panel.update(); } };
  };

  it('lists the largest first, selects on click, lets go on the next, and goes there on a double click', () => {
    const { panel, actions, rows } = open();
    expect(rows().map((row) => row.dataset['route'])).toEqual(['2', '1', '0']);
    expect(rows()[0]!.textContent).toContain('30 containers');
    rows()[0]!.click();
    expect(actions.select).toHaveBeenLastCalledWith([2]);
    panel.setSelected([2]);
    expect(rows().map((row) => row.getAttribute('aria-pressed'))).toEqual(['true', 'false', 'false']);
    rows()[0]!.click();
    expect(actions.select).toHaveBeenLastCalledWith([]);
    rows()[1]!.dispatchEvent(new MouseEvent('dblclick'));
    expect(actions.fit).toHaveBeenCalledWith(1);
  });

  it('follows the clock and keeps the rows that stay', () => {
    const { rows, move } = open(), row = rows()[2]!;
    move(DAY);
    expect(rows()).toEqual([row]);
    expect(row.textContent).not.toContain('%');
  });

  it('draws how each route grew, what is yet to come paler', () => {
    const { rows, move } = open(), [row] = rows().filter(({ dataset }) => dataset['route'] === '0');
    expect(row!.textContent).toContain('17% of all listed');
    const spark = row!.querySelector<HTMLElement>('.wb-spark')!;
    expect(spark.style.getPropertyValue('--now')).toBe('100.0%');
    expect(spark.querySelectorAll('path')[2]!.getAttribute('d')).toBe('M0.00000 1.0000L0.25000 0.0385L0.50000 0.0385L0.75000 0.0385L1.00000 0.0385');
    move(DAY);
    expect(spark.style.getPropertyValue('--now')).toBe('25.0%');
  });

  it('draws a route without an upper limit up to the top', () => {
    const { rows } = open(contradicting());
    expect(rows()[0]!.querySelector('path')!.getAttribute('d')).not.toMatch(/NaN|Infinity/);
  });

  it('searches, and saves what it lists', () => {
    const { panel, actions, rows } = open();
    const input = panel.root.querySelector('input')!;
    input.value = 'rail';
    input.dispatchEvent(new Event('input'));
    expect(rows()).toHaveLength(1);
    panel.root.querySelector<HTMLButtonElement>('[title^="What is listed"]')!.click();
    const [name, csv] = actions.save.mock.calls[0]!;
    expect([name, String(csv).trim().split('\n').length]).toEqual(['routes.csv', 2]);
  });

  it('shows markup as text, a hundred rows at most, and closes on Escape', () => {
    const scene = several(150);
    scene.places[0]!.name = HOSTILE;
    const { panel, rows } = open(scene);
    expect(rows()).toHaveLength(100);
    expect(panel.root.querySelector('img')).toBeNull();
    expect(panel.root.textContent).toContain('150 routes; the 100 largest are listed');
    panel.root.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect([panel.open, document.activeElement]).toEqual([false, panel.button]);
  });
});

describe('the matrix of routes', () => {
  const open = (scene: SceneData) => {
    const actions = { select: vi.fn(), fit: vi.fn(), courses: (found: number[]) => new Volumes(scene).courses(found, 4), parts: () => null, covers: vi.fn(), save: vi.fn() };
    const panel = new RoutesPanel(scene, () => at(scene, scene.seconds), actions);
    document.body.append(panel.button, panel.root);
    panel.button.click();
    panel.root.querySelector<HTMLElement>('[aria-label^="Matrix"]')!.click();
    const texts = (query: string): (string | null)[] => [...panel.root.querySelectorAll(query)].map(({ textContent }) => textContent);
    return { panel, actions, texts, cells: () => [...panel.root.querySelectorAll<HTMLButtonElement>('.wb-cell')] };
  };

  it('has a row for each origin, a column for each destination, and a figure for each route', () => {
    const { texts, cells, actions } = open(contradicting());
    expect(texts('.wb-matrix thead th')).toEqual(['Russia']);
    expect(texts('.wb-matrix tbody th')).toEqual(['North Korea', 'Rason']);
    expect(cells()[0]!.textContent).toContain('contested: 6,030–10,001 or more');
    expect(cells()[1]!.getAttribute('aria-label')).toBe('Rason → Russia: more than 1,000 containers, by sea');
    cells()[1]!.click();
    expect(actions.select).toHaveBeenCalledWith([1]);
  });

  it('keeps the routes of one pair apart, is one stop of Tab, and is walked by arrows', () => {
    const { cells, panel } = open(several(4));
    expect(cells().map(({ dataset }) => dataset['route'])).toEqual(['3', '1', '2', '0']);
    expect(cells().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1]);
    cells()[0]!.focus();
    const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('ArrowDown');
    expect(document.activeElement).toBe(cells()[1]);
    press('ArrowDown');
    expect([document.activeElement, cells().map(({ tabIndex }) => tabIndex)]).toEqual([cells()[2], [-1, -1, 0, -1]]);
    const kept = cells()[2];
    panel.update();
    expect([cells()[2], document.activeElement]).toEqual([kept, kept]);
  });

  it('has at most so many origins and destinations, those of the largest routes', () => {
    const scene = several(6), n = 6;
    scene.places = Array.from({ length: n + 1 }, (_, i) => ({ ...scene.places[0]!, code: `P${i}`, name: `P${i}` }));
    [scene.corridors.origin, scene.corridors.destination] = [Uint32Array.from({ length: n }, (_, c) => c), Uint32Array.from({ length: n }, (_, c) => c + 1)];
    const { origins, destinations, cells, left } = matrixOf(scene, routesOf(scene, at(scene, scene.seconds)), 2);
    expect([origins, destinations, left]).toEqual([[5, 4], [6, 5], 4]);
    expect(cells.map((row) => row.map((cell) => cell.length))).toEqual([[1, 0], [0, 1]]);
  });
});
