// Builds what is committed, the player, the viewfinder and the map to point at: node build.mjs [OUTDIR]; OUTDIR defaults to dist.
import {build} from 'esbuild';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

const out = resolve(process.argv[2] ?? 'dist');
rmSync(out, {recursive: true, force: true});
mkdirSync(out, {recursive: true});

const result = await build({
  entryPoints: ['src/index.ts'],
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  outfile: join(out, 'index.js'),
  legalComments: 'none',
  metafile: true,
  loader: {'.css': 'text', '.bin': 'file', '.json': 'file'},
  assetNames: '[name]',
  // Two deck.gl versions on one page throw, and Streamlit's own charts bring another one:
  // ours registers itself in a private object instead of globalThis.
  banner: {js: 'const __geo_ns={};'},
  define: {'globalThis.deck': '__geo_ns.deck', 'globalThis.luma': '__geo_ns.luma', 'process.env.NODE_ENV': '"production"'}
});

// The Brief page's and the Data page's own few kilobytes, without deck.gl.
for (const [entry, name] of [['viewfinder/index', 'viewfinder'], ['viewfinder/position', 'position'], ['connection/index', 'connection']]) await build({
  entryPoints: [`src/${entry}.ts`],
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  outfile: join(out, `${name}.js`),
  legalComments: 'none',
  loader: {'.css': 'text'}
});

writeFileSync(join(out, 'LICENSES.txt'), licences(Object.keys(result.metafile.inputs)));

/** The licence of every package that is inside the bundle, with its text where the package carries one. */
function licences(inputs) {
  const names = new Set(inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  return [...names].sort().map((name) => {
    const folder = join('node_modules', name);
    const {version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file && existsSync(join(folder, file)) ? `\n\n${readFileSync(join(folder, file), 'utf8').trim()}` : '';
    return `${name} ${version} (${license})${text}`;
  }).join('\n\n----\n\n') + '\n';
}
