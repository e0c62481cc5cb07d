// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Capture, slug } from '../src/capture';
import { plate, sourceText, sourcesOf, tame, wrap, type Op } from '../src/plate';
import { crc32, withTexts } from '../src/png';
import type { SceneData, Stage } from '../src/types';
import { DAY, HOSTILE, at, founding, several, theme } from './made-scene';

const measure = (text: string): number => text.length * 6;
const picture = (scene: SceneData, width = 1000, t = scene.seconds) =>
  plate({ scene, moment: at(scene, t), theme, map: { width, height: 500 }, metresPerPixel: 420 }, measure);
const texts = (ops: readonly Op[]): string[] => ops.flatMap((op) => (op.kind === 'text' ? [op.text] : []));

describe('a picture of a given shape', () => {
  it.each([[16 / 9, 900, 500], [4 / 3, 900, 500], [16 / 9, 360, 420], [4 / 3, 1400, 380]])('is %f wide by high around a map of %d × %d', (aspect, width, height) => {
    const { ops, ...size } = plate({ scene: several(3), moment: at(several(3), 3 * DAY), theme, map: { width, height }, metresPerPixel: 420, aspect }, measure);
    expect(size.width / size.height).toBeCloseTo(aspect, 1);
    const map = ops.find((op) => op.kind === 'map')!;
    expect([map.kind === 'map' && map.width, map.kind === 'map' && map.height]).toEqual([width, height]);
    for (const op of ops) if (op.kind === 'text' && op.align === 'left') {
      expect(op.x + measure(op.text)).toBeLessThanOrEqual(size.width);
      expect(op.y).toBeLessThanOrEqual(size.height);
    }
  });
});

describe('texts in a picture', () => {
  it('are chunks that a reader finds, each with its checksum', async () => {
    const bytes = Uint8Array.from({ length: 60 }, (_, i) => i);
    const made = new Uint8Array(await (await withTexts(new Blob([bytes]), { Title: 'Расон → Владивосток' })).arrayBuffer());
    expect([...made.subarray(0, 33)]).toEqual([...bytes.subarray(0, 33)]);
    const view = new DataView(made.buffer), length = view.getUint32(33), body = made.subarray(37, 37 + 4 + length);
    expect(new TextDecoder().decode(body)).toBe('iTXtTitle\0\0\0\0\0Расон → Владивосток');
    expect(view.getUint32(37 + 4 + length)).toBe(crc32(body));
    expect([...made.subarray(37 + 4 + length + 4)]).toEqual([...bytes.subarray(33)]);
    expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082);
  });
});

describe('the picture', () => {
  it.each([390, 700, 1400])('says at %d px all that it needs to be read alone', (width) => {
    const { ops } = picture(founding(), width);
    const said = texts(ops).join(' ');
    for (const part of ['Containers from North Korea to Russia', 'about 2,000 containers', 'by 2 Nov 2023', '1,800–2,200 containers', '2,000 containers',
      '50 km', 'Natural Earth', 'UTC', 'Sources', "South Korea's military, Kyodo, 2 Nov 2023"]) expect(said).toContain(part);
    expect(ops.filter(({ kind }) => kind === 'map').length).toBe(1);
  });

  it.each([390, 700, 1400])('keeps at %d px every text inside, and none over another', (width) => {
    const { ops, width: wide, height } = picture(founding(), width);
    const boxes = ops.flatMap((op) => {
      if (op.kind !== 'text') return [];
      const left = op.align === 'right' ? op.x - measure(op.text) : op.x;
      return [{ text: op.text, left, right: left + measure(op.text), top: op.y - op.style.size * 0.8, bottom: op.y + op.style.size * 0.2 }];
    });
    for (const box of boxes) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(wide);
      expect(box.bottom).toBeLessThanOrEqual(height);
      const over = boxes.filter((other) => other !== box && other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom);
      expect(over.map(({ text }) => text), box.text).toEqual([]);
    }
  });

  it('draws its key on the very scale of the map', () => {
    const scene = founding();
    const px = picture(scene).ops.flatMap((op) => (op.kind === 'rect' && op.width === 56 && op.opacity === 1 ? [op.height] : []));
    for (const volume of [2000, 500, 200]) expect(px.some((height) => Math.abs(height - volume * scene.style.perUnit) < 1e-9)).toBe(true);
  });

  it('numbers its sources as the cards do, and only those behind what is shown', () => {
    const scene = several(3);
    scene.reports = [2, 0, 1].map((corridor, i) => ({ ...scene.reports[0]!, claimant: `Claimant ${i}`, corridors: [corridor] }));
    expect(sourcesOf(scene, at(scene, 1.5 * DAY))).toEqual([1, 2]);
    const said = texts(picture(scene, 1000, 1.5 * DAY).ops);
    expect(said).toContain('2');
    expect(said.join(' ')).not.toContain('Claimant 0');
  });

  it('has legend and sources of the arcs that are drawn, where they are not all', () => {
    const scene = several(3);
    scene.corridors.mode.set([1, 2, 3]);
    scene.reports = [0, 1, 2].map((corridor, i) => ({ ...scene.reports[0]!, claimant: `Claimant ${i}`, corridors: [corridor] }));
    const sheet = (drawn?: ReadonlySet<number>): string =>
      texts(plate({ scene, moment: at(scene, scene.seconds), drawn, theme, map: { width: 1000, height: 500 }, metresPerPixel: 420 }, measure).ops).join('|');
    expect(sheet()).toMatch(/By road.*Claimant 2/);
    expect(sheet(new Set([0, 1]))).toMatch(/By rail.*Claimant 1/);
    expect(sheet(new Set([0, 1]))).not.toMatch(/By road|Claimant 2/);
  });

  it('says which report is listed only, and never says one name twice', () => {
    const scene = founding();
    expect(sourceText(scene, 1)).toBe('United States, 13 Oct 2023: at least 1,001 containers (not on the map)');
    expect(sourceText(scene, 2)).toBe('NIS (not on the map)');
  });

  it('counts the sources that it does not list', () => {
    const scene = founding();
    scene.reports = Array.from({ length: 500 }, () => scene.reports[0]!);
    expect(texts(picture(scene).ops).join(' ')).toContain('470 more reports');
  });
});

describe('long and hostile text', () => {
  it('is wrapped within its width, broken where a word is too long, with nothing lost', () => {
    const text = `a few words ${'x'.repeat(300)} and more`;
    const lines = wrap(text, 120, measure);
    for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(120);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  it('is cut when it is out of all measure, and loses its line breaks', () => {
    expect(tame(`one\n\ttwo\u0000three\u2028four`)).toBe('one two three four');
    expect(tame('y'.repeat(1e6)).length).toBeLessThanOrEqual(400);
    const scene = { ...founding(), title: 'z'.repeat(1e5) };
    expect(picture(scene).height).toBeLessThan(2000);
  });

  it('is drawn as text', () => {
    const scene = founding();
    scene.places[0]!.name = HOSTILE;
    expect(texts(picture(scene).ops).join(' ')).toContain('onerror=alert(1)');
  });
});

describe('the file', () => {
  const stage = { metresPerPixel: () => 420, capture: async () => { throw new Error('No map. Try again.'); } } as unknown as Stage;
  const capture = (scene: SceneData): Capture => new Capture(scene, stage, () => at(scene, scene.seconds), () => theme);

  it('is named after what it shows and its last day', () => {
    const scene = founding();
    expect(capture(scene).fileName(at(scene, 62 * DAY))).toBe('waybill-rason-vladivostok-2023-10-01.png');
    expect(capture(scene).fileName(at(scene, 92 * DAY, 'window', 31 * DAY))).toBe('waybill-rason-vladivostok-2023-10-01-to-2023-10-31.png');
    expect(capture(several()).fileName(at(several(), 4 * DAY))).toBe('waybill-several-2023-08-04.png');
  });

  it('has a safe name whatever the data says', () => {
    const scene = several();
    for (const title of ['../../etc/passwd', 'C:\\con', 'Порт', '', HOSTILE, 'Ålesund – Gdańsk', 'q'.repeat(500)]) {
      const name = capture({ ...scene, title }).fileName(at(scene, DAY * 2));
      expect(name).toMatch(/^waybill-[a-z0-9-]{1,100}\.png$/);
    }
    expect(slug('Ålesund – Gdańsk')).toBe('alesund-gdansk');
  });

  it('tells in words when the picture or the clipboard fails', async () => {
    const { root } = capture(founding());
    const status = root.querySelector('[role=status]')!;
    root.querySelector<HTMLButtonElement>('.wb-save')!.click();
    await vi.waitFor(() => expect(status.textContent).toBe('No map. Try again.'));
    vi.stubGlobal('ClipboardItem', undefined);
    root.querySelector<HTMLButtonElement>('[aria-label="Copy the picture"]')!.click();
    await vi.waitFor(() => expect(status.textContent).toContain('did not allow copying'));
    vi.unstubAllGlobals();
  });
});
