// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../src/clock';
import { el, safeUrl } from '../src/dom';
import { showFallback } from '../src/fallback';
import { Header } from '../src/header';
import { bindKeys } from '../src/keyboard';
import { Toolbar } from '../src/toolbar';
import { Tooltip } from '../src/tooltip';
import { DAY, HOSTILE, at, founding, several } from './made-scene';

beforeEach(() => document.body.replaceChildren());

describe('keys', () => {
  const open = () => {
    const clock = new Clock({ seconds: 10 * DAY, step: DAY, t: 5 * DAY });
    const actions = { fit: vi.fn(), clear: vi.fn(), save: vi.fn(), measure: vi.fn(), find: vi.fn(), present: vi.fn(), routes: vi.fn() };
    const [input, button, scrub] = [el('input', { type: 'text' }), el('button'), el('div', { role: 'slider', tabindex: 0 })];
    const root = el('div', { tabindex: 0 }, input, button, scrub);
    document.body.append(root);
    const off = bindKeys(root, clock, actions);
    const press = (key: string, target: HTMLElement = root, more: KeyboardEventInit = {}): KeyboardEvent => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...more });
      target.dispatchEvent(event);
      return event;
    };
    return { clock, actions, root, input, button, scrub, press, off };
  };

  it('move the clock', () => {
    const { clock, press, scrub } = open();
    press('ArrowRight');
    expect(clock.t).toBe(6 * DAY);
    press('ArrowLeft', scrub);
    expect(clock.t).toBe(5 * DAY);
    press('End');
    expect(clock.t).toBe(10 * DAY);
    press('Home');
    expect(clock.t).toBe(0);
    press(' ');
    expect(clock.playing).toBe(true);
  });

  it('fit, clear, save, measure, present, list and find', () => {
    const { actions, press } = open();
    for (const key of ['f', 'Escape', 'S', 'm', 'P', 'r', '/']) expect(press(key).defaultPrevented).toBe(true);
    for (const action of Object.values(actions)) expect(action).toHaveBeenCalledOnce();
  });

  it('never reach the page around the player', () => {
    const { press, input } = open();
    const outside = vi.fn();
    document.body.addEventListener('keydown', outside);
    for (const key of ['c', 'r', ' ', 'ArrowUp', '+']) press(key);
    press('r', input);
    expect(outside).not.toHaveBeenCalled();
  });

  it('leave typing, buttons, shortcuts and the map alone', () => {
    const { clock, actions, press, input, button } = open();
    for (const key of ['s', 'f', ' ', 'ArrowLeft', 'Home']) press(key, input);
    press(' ', button);
    press('s', undefined, { ctrlKey: true });
    for (const key of ['+', '-', 'ArrowUp']) expect(press(key).defaultPrevented).toBe(false);
    expect(clock.t).toBe(5 * DAY);
    expect(clock.playing).toBe(false);
    expect(actions.save).not.toHaveBeenCalled();
    expect(actions.fit).not.toHaveBeenCalled();
  });

  it('can be taken off', () => {
    const { clock, press, off } = open();
    off();
    press('ArrowRight');
    expect(clock.t).toBe(5 * DAY);
  });
});

describe('the header', () => {
  it('follows the clock', () => {
    const scene = founding();
    const header = new Header(scene, () => undefined);
    header.update(at(scene, 47 * DAY));
    expect(header.root.querySelector('.wb-sentence')!.textContent).toBe('Rason → Vladivostok: about 1,000 containers by 16 Sept 2023, as reported');
    header.update(at(scene, 94 * DAY));
    expect([...header.root.querySelectorAll('li')].map((item) => item.textContent).slice(0, 2)).toEqual(['1,800–2,200 containers', '1 route']);
  });
});

describe('a click on a figure of the header', () => {
  it('asks for the corridor that the words are about', () => {
    const scene = founding(), asked: number[][] = [], header = new Header(scene, (corridors) => asked.push(corridors));
    header.update(at(scene, 94 * DAY));
    header.root.querySelector<HTMLElement>('.wb-sentence')!.click();
    header.root.querySelector<HTMLElement>('.wb-figure')!.click();
    expect(asked).toEqual([[0], [0]]);
  });

  it('asks for all that a sum adds up, and for the largest where the sentence names it', () => {
    const scene = several(3), asked: number[][] = [], header = new Header(scene, (corridors) => asked.push(corridors));
    header.update(at(scene, scene.seconds));
    header.root.querySelector<HTMLElement>('.wb-figure')!.click();
    header.root.querySelector<HTMLElement>('.wb-sentence')!.click();
    expect(asked).toEqual([[0, 1, 2], [2]]);
  });
});

describe('the tooltip', () => {
  it('says corridor, now, in all and the number of reports that are drawn on it', () => {
    const scene = founding();
    const tip = new Tooltip(scene);
    document.body.append(tip.root);
    tip.show(0, 10, 10, at(scene, 47 * DAY), at(scene, 94 * DAY));
    expect(tip.root.hidden).toBe(false);
    const rows = [...tip.root.querySelectorAll('dl > div')].map((row) => row.textContent);
    expect(rows).toEqual(['By 16 Sept 2023about 1,000 containers (900–1,100)', 'In totalabout 2,000 containers (1,800–2,200)', 'Based on1 report']);
    tip.hide();
    expect(tip.root.hidden).toBe(true);
  });

  it('sums a port, and shows a hostile name as text', () => {
    const scene = several(3);
    scene.places[0]!.name = HOSTILE;
    const tip = new Tooltip(scene);
    tip.place(0, 0, 0, at(scene, 4 * DAY));
    expect(tip.root.querySelector('.wb-tooltip-title')!.textContent).toBe(HOSTILE);
    expect([...tip.root.querySelectorAll('dd')].map((cell) => cell.textContent)).toEqual(['40 containers', '20 containers']);
    expect(tip.root.querySelector('img')).toBeNull();
  });
});

describe('instead of a map', () => {
  it('stands a sentence with the volumes of the moment, largest first, until it is taken away', () => {
    const scene = several(3);
    const root = el('div');
    showFallback(root, 'Old', null, null);
    const away = showFallback(root, 'No WebGL2 here.', scene, at(scene, 2.5 * DAY));
    expect(root.querySelectorAll('.wb-fallback').length).toBe(1);
    expect(root.textContent).toContain('No WebGL2 here.');
    expect([...root.querySelectorAll('tbody tr td:nth-child(3)')].map((cell) => cell.textContent)).toEqual(['30', '20', '10']);
    away();
    expect(root.childElementCount).toBe(0);
  });

  it('says when there is nothing to list', () => {
    const root = el('div');
    showFallback(root, 'No map.', founding(), at(founding(), 0));
    expect(root.querySelector('tbody')!.textContent).toContain('No containers have been reported');
  });
});

describe('the toolbar', () => {
  it('offers to clear only what is selected', () => {
    const clear = vi.fn();
    const toolbar = new Toolbar({ measure: vi.fn(), clear }, el('div'), el('div'));
    const button = toolbar.root.querySelector<HTMLButtonElement>('.wb-clear')!;
    expect(button.hidden).toBe(true);
    toolbar.setSelected(2);
    expect([button.hidden, button.textContent]).toEqual([false, '2 routes selected']);
    expect(button.getAttribute('aria-label')).toBe('2 routes selected: clear the selection');
    button.click();
    expect(clear).toHaveBeenCalledOnce();
  });
});

describe('links', () => {
  it('leave the player over http only', () => {
    expect(safeUrl('https://example.org/a?b=c')).toBe('https://example.org/a?b=c');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '//example.org', '', 'https://a b']) expect(safeUrl(url)).toBeNull();
    for (const url of ['https://good.example@evil.example', 'https://evil.example\\@good.example', 'https://a/\u202egnp', 'https://ä/'])
      expect(safeUrl(url)).toBeNull();
  });
});
