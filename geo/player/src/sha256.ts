// SHA-256 (FIPS 180-4): a page that is served over plain HTTP has no crypto.subtle.

/** The first 32 bits of the fractional part of a root of each of the first `count` primes. */
function rootsOfPrimes(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

const K = rootsOfPrimes(64, Math.cbrt), START = rootsOfPrimes(8, Math.sqrt);
const turned = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** Of a text in UTF-8, hexadecimal. */
export function sha256(text: string): string {
  const given = new TextEncoder().encode(text), whole = new Uint8Array(Math.ceil((given.length + 9) / 64) * 64);
  whole.set(given);
  whole[given.length] = 0x80;
  const view = new DataView(whole.buffer), state = START.slice(), w = new Uint32Array(64);
  view.setUint32(whole.length - 8, Math.floor(given.length / 2 ** 29));
  view.setUint32(whole.length - 4, given.length * 8);
  for (let at = 0; at < whole.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const [early, late] = [w[i - 15]!, w[i - 2]!];
      w[i] = w[i - 16]! + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) + w[i - 7]! + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = state[i]! + value));
  }
  return [...state].map((value) => value.toString(16).padStart(8, '0')).join('');
}
