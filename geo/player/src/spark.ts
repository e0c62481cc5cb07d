// A small chart in a line of a list: how a figure grew over the whole span, its range behind it, what is yet to come paler.

import {bandFigure, topOf, type Band} from './band';
import {el} from './dom';

export function sparkOf(course: Band, seconds: number): HTMLElement {
  // Where no upper limit is known the range goes up to the top, and no path may go to infinity.
  const top = topOf(course), drawn = {...course, high: course.high.map((high) => Number.isFinite(high) ? high : top)};
  return el('span', {class: 'wb-spark', 'aria-hidden': 'true'}, bandFigure(drawn, seconds, 'wb-spark-line'));
}

/** share: how much of the span is past. */
export function setNow(spark: HTMLElement, share: number): void {
  const now = `${(100 * share).toFixed(1)}%`;
  if (spark.style.getPropertyValue('--now') !== now) spark.style.setProperty('--now', now);
}
