// The keys of the player. They stop at its root, so that the page around it does not take them as its own.

import type { Clock } from './clock';
import type { View } from './types';

export interface KeyActions { fit(): void; clear(): void; save(): void; measure(): void; find(): void; present(): void; routes(): void }

type Target = Pick<HTMLElement, 'tagName'> & { isContentEditable?: boolean; type?: string; getAttribute(name: string): string | null };

/** Degrees of latitude that one press pans at zoom 0. */
const PAN_DEGREES = 60;

const TYPED = new Set(['text', 'number', 'date', 'datetime-local', 'search', 'email', 'url', 'password', 'time']);

/** A place where letters, digits and arrows are typed, and must stay what they are. */
function takesText(target: Target): boolean {
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target.tagName === 'INPUT' && TYPED.has(target.type ?? 'text');
}

/** Elements that a space presses by itself: the player must not also toggle. */
function takesSpace(target: Target): boolean {
  return ['BUTTON', 'A', 'SUMMARY', 'INPUT'].includes(target.tagName);
}

function act(key: string, shift: boolean, clock: Clock, actions: KeyActions): boolean {
  const stride = shift ? 7 : 1;
  switch (key) {
    case ' ': clock.toggle(); return true;
    case 'ArrowLeft': clock.stepBy(-stride); return true;
    case 'ArrowRight': clock.stepBy(stride); return true;
    case 'Home': clock.home(); return true;
    case 'End': clock.end(); return true;
    case 'Escape': actions.clear(); return true;
    case 'f': case 'F': actions.fit(); return true;
    case 's': case 'S': actions.save(); return true;
    case 'm': case 'M': actions.measure(); return true;
    case 'p': case 'P': actions.present(); return true;
    case 'r': case 'R': actions.routes(); return true;
    case '/': actions.find(); return true;
    default: return false;
  }
}

/**
 * Space plays, arrows step (shift: seven steps), home and end jump, Escape clears, F fits, S saves, M measures, P presents, R lists routes, / finds. Up, down,
 * + and − are left to the map. Returns what takes the keys off again.
 */
export function bindKeys(root: HTMLElement, clock: Clock, actions: KeyActions): () => void {
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    // composedPath sees through the shadow root that the player lives in.
    const target = (event.composedPath()[0] ?? event.target) as unknown as Target;
    if (takesText(target)) {
      if (event.key === 'Escape') (target as unknown as HTMLElement).blur();
      return;
    }
    if (event.key === ' ' && takesSpace(target)) return;
    if (act(event.key, event.shiftKey, clock, actions)) event.preventDefault();
  };
  // Hotkeys of a page may listen on keyup and keypress as well.
  const stop = (event: Event): void => event.stopPropagation();
  root.addEventListener('keydown', onKey);
  root.addEventListener('keyup', stop);
  root.addEventListener('keypress', stop);
  return () => {
    root.removeEventListener('keydown', onKey);
    root.removeEventListener('keyup', stop);
    root.removeEventListener('keypress', stop);
  };
}

/** Plus and minus zoom, up and down pan, so that nothing needs a pointer. `map` gives the map of the moment. */
export function bindMapKeys(root: HTMLElement, map: () => { view(): View; setView(view: View): void }): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const zoom = ({ '+': 0.5, '=': 0.5, '-': -0.5 } as Record<string, number>)[event.key] ?? 0;
    const pan = ({ ArrowUp: 1, ArrowDown: -1 } as Record<string, number>)[event.key] ?? 0;
    const target = (event.composedPath()[0] ?? event.target) as unknown as Target;
    if ((!zoom && !pan) || event.ctrlKey || event.metaKey || event.altKey || takesText(target)) return;
    const view = map().view();
    const latitude = view.latitude + (pan * PAN_DEGREES) / 2 ** view.zoom;
    map().setView({ ...view, zoom: Math.max(0, view.zoom + zoom), latitude: Math.max(-84, Math.min(84, latitude)) });
    event.preventDefault();
  };
  root.addEventListener('keydown', onKey);
  return () => root.removeEventListener('keydown', onKey);
}
