import { describe, expect, it, vi } from 'vitest';
import { keepOneEntry } from '../src/one-entry';

describe('the history of the browser', () => {
  it('has one entry for all states of a page, and one for each page', () => {
    const pushState = vi.fn(), replaceState = vi.fn(), history = { pushState, replaceState } as unknown as History;
    const location = { href: 'http://here/?a=1', origin: 'http://here', pathname: '/' } as Location;
    keepOneEntry(history, location);
    const once = history.pushState;
    keepOneEntry(history, location);
    expect(history.pushState).toBe(once);
    history.pushState({}, '', '/?a=2');
    history.pushState({}, '', '?a=3');
    expect(replaceState.mock.calls.map(([, , url]) => url)).toEqual(['/?a=2', '?a=3']);
    expect(pushState).not.toHaveBeenCalled();
    history.pushState({}, '', '/evidence?a=3');
    expect(pushState).toHaveBeenCalledWith({}, '', '/evidence?a=3');
  });
});
