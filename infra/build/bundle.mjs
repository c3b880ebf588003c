import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/*
 * `node bundle.mjs <program> …` in the folder of a built service writes `dist/bundle/<program>.js`,
 * with all that a program imports, and the migrations that it runs: finding and reading 1,700 files
 * is two thirds of what a service needs to start.
 */
const programs = process.argv.slice(2);
const here = process.cwd();
const outdir = path.join(here, 'dist', 'bundle');
/** Machine code, and what finds files of its own by where it lies. */
const apart = /^(sharp|pdfkit|fontkit|@bull-board\/.+|@node-rs\/.+)$/;
const own = /\/(?:packages|services)\/[^/]+\/dist\/.+\.js$/;
const ownModule = /\/services\/([^/]+)\/dist\/src\/module\.js$/;

const slashed = (/** @type {string} */ file) => file.split(path.sep).join('/');
const fromBundle = (/** @type {string} */ file) => slashed(path.relative(outdir, file));

/** The migrations of this service, or of those that the suite mounts. */
function listMigrations() {
  const { name, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const services = [name, ...Object.keys(dependencies)]
    .filter((one) => one.startsWith('@ddp/'))
    .map((one) => one.slice('@ddp/'.length));
  return services.flatMap((service) => {
    const folder = path.resolve('..', service, 'dist', 'migrations');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files
      .filter((file) => file.endsWith('.js'))
      .map((file) => ({
        in: path.join(folder, file),
        out: `${service}/migrations/${path.parse(file).name}`,
      }));
  });
}

/** What a file of ours finds by where it lies it goes on to find; a module finds bundled migrations. */
function keepPlace(/** @type {string} */ file) {
  const contents = readFileSync(file, 'utf8');
  const service = slashed(file).match(ownModule)?.[1];
  const folder = service ? `${service}/src` : fromBundle(path.dirname(file));
  const urlOf = (/** @type {string} */ place) =>
    `new URL(${JSON.stringify(place)}, import.meta.url).href`;
  return contents.replaceAll(/import\.meta\.(url|dirname)/g, (_all, asked) =>
    asked === 'url' ? urlOf(fromBundle(file)) : `ddpPathOf(${urlOf(folder)})`,
  );
}

/** @type {import('esbuild').Plugin} */
const places = {
  name: 'places',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: own }, ({ path: file }) => ({ contents: keepPlace(file), loader: 'js' }));
    onResolve({ filter: apart }, async ({ path: name, pluginData, ...asked }) => {
      if (pluginData === 'asked') return undefined;
      const found = await resolve(name, { ...asked, pluginData: 'asked' });
      if (found.errors.length > 0) return { errors: found.errors };
      return { path: fromBundle(found.path), external: true };
    });
  },
};

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [
    ...programs.map((program) => ({ in: `dist/src/${program}.js`, out: program })),
    ...listMigrations(),
  ],
  ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
  ...{ outdir, chunkNames: '[name]-[hash]', logLevel: 'warning' },
  banner: {
    js: [
      `import { createRequire as ddpCreateRequire } from 'node:module';`,
      `import { fileURLToPath as ddpPathOf } from 'node:url';`,
      'const require = ddpCreateRequire(import.meta.url);',
    ].join('\n'),
  },
  plugins: [places],
});
