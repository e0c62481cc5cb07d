// @vitest-environment happy-dom

import { describe, expect, it } from 'vitest';
import { ArcsMenu, type ArcsShown } from '../src/arcs-menu';
import { largestOf } from '../src/largest';
import { Volumes } from '../src/volumes';
import { figures } from '../src/words';
import { several } from './made-scene';

describe('the largest routes', () => {
  const scene = several(5), whole = new Volumes(scene).moment(scene.seconds, { from: 0, to: scene.seconds }, 'cumulative');

  it('are those that carried most over the span', () => {
    expect([...largestOf(scene, whole, 2)].sort()).toEqual([3, 4]);
    for (const all of [0, 5, 9]) expect(largestOf(scene, whole, all).size).toBe(5);
    for (let n = 1; n < 5; n++) for (const c of largestOf(scene, whole, n)) expect(largestOf(scene, whole, n + 1).has(c)).toBe(true);
  });

  it('are told as such, and the sum stays that of all', () => {
    const [sum, routes] = figures(scene, { ...whole, largest: 2 });
    expect(routes).toBe('the 2 largest of 5 routes shown');
    expect(sum).toBe(figures(scene, whole)[0]);
    expect(figures(scene, { ...whole, largest: 9 })[1]).toBe('5 routes');
  });
});

describe('the arcs menu', () => {
  it('tells what was chosen, and all of them as 0', () => {
    const heard: ArcsShown[] = [];
    const menu = new ArcsMenu(38, { largest: 0, width: 21, paths: null, colour: null }, (shown) => heard.push(shown));
    document.body.append(menu.root);
    const [many, wide] = [...menu.root.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement];
    expect([many.value, wide.value]).toEqual(['38', '21']);
    many.value = '10';
    many.dispatchEvent(new Event('change', { bubbles: true }));
    many.value = '38';
    wide.value = '8';
    wide.dispatchEvent(new Event('change', { bubbles: true }));
    expect(heard).toEqual([{ largest: 10, width: 21, paths: null, colour: null }, { largest: 0, width: 8, paths: null, colour: null }]);
  });

  it('offers routes by sea where there can be any, and tells the choice', () => {
    const heard: ArcsShown[] = [];
    const menu = new ArcsMenu(3, { largest: 0, width: 32, paths: 'arcs', colour: null }, (shown) => heard.push(shown));
    document.body.append(menu.root);
    const [arcs, routes] = [...menu.root.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    expect([arcs!.checked, routes!.checked]).toEqual([true, false]);
    routes!.click();
    expect(heard).toEqual([{ largest: 0, width: 32, paths: 'routes', colour: null }]);
    menu.note('Looking for the routes …');
    expect(menu.root.textContent).toContain('Looking for the routes …');
    expect(new ArcsMenu(3, { largest: 0, width: 32, paths: null, colour: null }, () => undefined).root.querySelector('input[type="radio"]')).toBeNull();
  });

  it('keeps the arrow keys of its sliders from the clock', () => {
    const menu = new ArcsMenu(3, { largest: 0, width: 32, paths: null, colour: null }, () => undefined), outside: string[] = [];
    document.body.append(menu.root);
    document.body.addEventListener('keydown', (event) => outside.push(event.key));
    menu.root.querySelector('input')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    expect(outside).toEqual([]);
  });
});
