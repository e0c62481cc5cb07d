// Columns of numbers as textures: layers read them by instance number, so nothing is uploaded while playing.

import type {Device, Texture, TextureFormat} from '@luma.gl/core';

export const COLUMNS_WIDE = 4096;

/** Rows of texels that `count` columns need. */
export const rowsFor = (count: number): number => Math.max(1, Math.ceil(count / COLUMNS_WIDE));

/**
 * A texture of `planes` planes; texel (column, plane) lies at (column % wide, plane * rows + column / wide).
 * `values` holds plane after plane, `count` columns of `channels` numbers each.
 */
export function columnsTexture(
  device: Device, format: TextureFormat, channels: number, count: number, planes: number, values: Float32Array | Uint32Array
): Texture {
  const rows = rowsFor(count), width = Math.max(1, Math.min(count, COLUMNS_WIDE));
  return device.createTexture({
    format, width, height: rows * planes, mipLevels: 1,
    data: padded(values, channels, count, planes, width * rows),
    sampler: {minFilter: 'nearest', magFilter: 'nearest', mipmapFilter: 'none', addressModeU: 'clamp-to-edge', addressModeV: 'clamp-to-edge'}
  });
}

/** Overwrites one plane of a columns texture. */
export function writePlane(texture: Texture, channels: number, count: number, plane: number, values: Float32Array): void {
  const rows = rowsFor(count), width = Math.max(1, Math.min(count, COLUMNS_WIDE));
  texture.writeData(padded(values, channels, count, 1, width * rows), {x: 0, y: plane * rows, width, height: rows});
}

export function padded<T extends Float32Array | Uint32Array>(values: T, channels: number, count: number, planes: number, slots: number): T {
  if (slots === count && values.length === slots * channels * planes) return values;
  const out = new (values.constructor as {new (length: number): T})(slots * channels * planes);
  for (let p = 0; p < planes; p++)
    out.set(values.subarray(p * count * channels, (p + 1) * count * channels), p * slots * channels);
  return out;
}

/** GLSL: the texel of a column on a plane. */
export const COLUMNS_GLSL = `\
ivec2 columnAt(int column, int plane, int rows) {
  return ivec2(column % ${COLUMNS_WIDE}, plane * rows + column / ${COLUMNS_WIDE});
}
`;
