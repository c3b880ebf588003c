import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const paths = {
  root,
  tools: join(root, '.tools'),
  pnpm: join(root, '.tools', 'bin', 'pnpm'),
  marker: join(root, 'node_modules', '.ddp-installed'),
};
