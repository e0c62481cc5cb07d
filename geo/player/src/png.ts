// Texts in a PNG: iTXt chunks (PNG specification, third edition, 11.3.3.3), put in behind the header.

const HEADER_END = 8 + 25; // signature, and IHDR with its length, name and CRC

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 as in Annex D of the specification. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const encode = new TextEncoder();
  // keyword, NUL, not compressed, method 0, no language, no translated keyword
  const body = encode.encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const out = new Uint8Array(body.length + 8), view = new DataView(out.buffer);
  view.setUint32(0, body.length - 4);
  out.set(body, 4);
  view.setUint32(out.length - 4, crc32(body));
  return out;
}

/** A PNG with texts by keyword (Latin letters, at most 79). */
export async function withTexts(png: Blob, texts: Readonly<Record<string, string>>): Promise<Blob> {
  const bytes = new Uint8Array(await png.arrayBuffer());
  const chunks = Object.entries(texts).map(([keyword, text]) => chunk(keyword, text));
  return new Blob([bytes.subarray(0, HEADER_END), ...chunks, bytes.subarray(HEADER_END)], { type: 'image/png' });
}
