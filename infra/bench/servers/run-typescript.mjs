// Runs a TypeScript program given by its path, in this very process.
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

register();
await import(pathToFileURL(process.argv[2] ?? '').href);
