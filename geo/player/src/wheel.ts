// A map inside a page that scrolls must not catch the wheel: it zooms with ctrl or ⌘, as embedded maps do.

import {el} from './dom';

const SHOWN_MS = 1600;

/** Whether something around the map scrolls, so that a wheel over it is meant for that. */
function scrollsAround(root: HTMLElement): boolean {
  if (window.parent !== window) return true;
  for (let node: Node | null = root; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null) {
    if (!(node instanceof Element) || node.scrollHeight <= node.clientHeight + 1) continue;
    if (node === document.documentElement || /auto|scroll/.test(getComputedStyle(node).overflowY)) return true;
  }
  return false;
}

/** Keeps plain wheels from `map`, unless `free`; a word says how to zoom. -> takes all of it off again. */
export function sparePage(map: HTMLElement, free: () => boolean): () => void {
  const key = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';
  const word = el('p', {class: 'wb-wheel', 'aria-hidden': 'true', hidden: true}, `Hold ${key} to zoom the map`);
  map.append(word);
  let timer = 0;
  const onWheel = (event: WheelEvent): void => {
    // A pinch on a touchpad comes as a wheel with ctrl.
    if (event.ctrlKey || event.metaKey || free() || !scrollsAround(map)) return;
    if (event.composedPath().some((part) => part instanceof Element && part.matches('.wb-legend, .wb-layers-panel, .wb-routes, .wb-place-panel, .wb-fallback'))) return;
    event.stopImmediatePropagation();
    word.hidden = false;
    clearTimeout(timer);
    timer = window.setTimeout(() => { word.hidden = true; }, SHOWN_MS);
  };
  map.addEventListener('wheel', onWheel, {capture: true, passive: true});
  return () => {
    clearTimeout(timer);
    map.removeEventListener('wheel', onWheel, {capture: true});
    word.remove();
  };
}
