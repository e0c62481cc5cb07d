// The map as a picture at any size, with all its canvases on one.

import type {Deck, MapView} from '@deck.gl/core';

/** `decks` from below, on `sea`, drawn at `scale` × CSS pixels of `root`; `above` draws what lies over them. */
export async function pictureOf(
  decks: readonly Deck<MapView>[], root: HTMLElement, scale: number, sea: string, above: (context: CanvasRenderingContext2D) => void
): Promise<HTMLCanvasElement> {
  const width = Math.round(root.clientWidth * scale), height = Math.round(root.clientHeight * scale);
  try {
    decks.forEach((deck) => deck.setProps({useDevicePixels: scale}));
    await sized(decks, width);
    const picture = Object.assign(document.createElement('canvas'), {width, height});
    const context = picture.getContext('2d')!;
    context.fillStyle = sea;
    context.fillRect(0, 0, width, height);
    // A WebGL canvas keeps its picture only until the task ends: draw and copy in one.
    for (const deck of decks) {
      deck.redraw('capture');
      context.drawImage(deck.getCanvas()!, 0, 0, width, height);
    }
    above(context);
    return picture;
  } finally {
    decks.forEach((deck) => deck.setProps({useDevicePixels: true}));
    await sized(decks, Math.round(root.clientWidth * window.devicePixelRatio)).catch(() => undefined);
  }
}

/** Waits until the canvases have taken their new size, which deck.gl does on a later frame. */
async function sized(decks: readonly Deck<MapView>[], width: number): Promise<void> {
  for (let frame = 0; frame < 120; frame++) {
    decks.forEach((deck) => deck.redraw('capture'));
    if (decks.every((deck) => Math.abs(deck.getCanvas()!.width - width) <= 2)) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error('The map could not be drawn at that size. Try a smaller scale.');
}
