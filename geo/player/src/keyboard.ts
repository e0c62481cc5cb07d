// The keys of the player. They stop at its root, so that the page around it does not take them as its own.

import type { Clock } from './clock';

export interface KeyActions { fit(): void; clear(): void; save(): void }

type Target = Pick<HTMLElement, 'tagName'> & { isContentEditable?: boolean; type?: string; getAttribute(name: string): string | null };

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
    default: return false;
  }
}

/**
 * Space plays, arrows step (shift: seven steps), home and end jump, Escape clears, F fits, S saves. Up, down,
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
