// A bar for each month: solid to the least, pale on to the most, open at the top where no upper limit is reported. The last
// months are told in words, all of them to those who hear the page.

import {el, setText} from './dom';
import type {MonthFigure, Months} from './place-months';
import {amount, number, several, units} from './words';

/** Months that are told in words below the bars. */
const MOST_TOLD = 2;

/** Of one bar: 0 to 1 of the height. */
interface Bar { low: number; best: number; high: number; open: boolean }

/** The largest figure of months that stand on one scale. */
export function topOf(months: readonly Months[]): number {
  const all = months.flatMap(({by, figures}) => by ? figures.map((each) => valueOf(each, by)) : []);
  return Math.max(1e-9, ...all.flatMap(({low, best, high}) => [low, best, high].filter(Number.isFinite)));
}

function valueOf({amount: told, voyages}: MonthFigure, by: Months['by']): {low: number; best: number; high: number} {
  return by === 'voyages' ? {low: voyages, best: voyages, high: voyages} : told ?? {low: 0, best: 0, high: 0};
}

const barOf = (figure: MonthFigure, by: Months['by'], top: number): Bar => {
  const {low, best, high} = valueOf(figure, by), open = high === Infinity;
  return {low: low / top, best: best / top, high: open ? 1 : high / top, open};
};

export class MonthBars {
  readonly root = el('div', {class: 'wb-months', hidden: true});
  private readonly bars = el('ol', {class: 'wb-month-bars', 'aria-label': 'Per month'});
  private readonly ends = el('div', {class: 'wb-month-ends', 'aria-hidden': 'true'}, el('span'), el('span'));
  private readonly words = el('p', {class: 'wb-muted', 'aria-hidden': 'true'});
  private shown = '';

  constructor(private readonly unit: string, private readonly leg: string) {
    this.root.append(this.bars, this.ends, this.words);
  }

  /** top: the figure of a full bar. */
  show(months: Months, top: number): void {
    const {by, figures, left} = months, key = JSON.stringify([months, top], (_, value: unknown) => value === Infinity ? 'open' : value);
    if (key === this.shown) return;
    this.shown = key;
    this.root.hidden = !by || !figures.length;
    if (this.root.hidden) return;
    const said = figures.map((figure) => `${figure.name}: ${this.said(figure, by)}`);
    this.bars.replaceChildren(...figures.map((figure, i) => monthBar(barOf(figure, by, top), said[i]!)));
    setText(this.ends.firstElementChild!, figures[0]!.name);
    setText(this.ends.lastElementChild!, figures.at(-1)!.name);
    const of = by === 'voyages' ? `${units(this.leg)} listed, since the figures are not added up` : left ? `the last ${number(figures.length)} months` : '';
    setText(this.words, `${of ? `Per month (${of})` : 'Per month'}: ${said.slice(-MOST_TOLD).join('; ')}.`);
  }

  private said(figure: MonthFigure, by: Months['by']): string {
    if (by === 'voyages') return figure.voyages ? several(figure.voyages, this.leg) : `no ${units(this.leg)}`;
    return figure.amount ? amount(figure.amount, this.unit, true) : 'nothing reported';
  }
}

function monthBar({low, best, high, open}: Bar, said: string): HTMLElement {
  const part = (value: number): string => `${(100 * value).toFixed(1)}%`;
  return el('li', {title: said, ...open && {'data-open': 'true'}, ...!high && {'data-none': 'true'}, style: `--low: ${part(low)}; --best: ${part(best)}; --high: ${part(high)}`}, el('span', {class: 'wb-hidden'}, said));
}
