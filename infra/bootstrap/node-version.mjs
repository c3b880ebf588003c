import { Stop } from './stop.mjs';

/** Ends with one clear line when this Node cannot run the project. */
export function assertNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const tooOld = major < 20 || (major === 20 && minor < 19);
  if (tooOld || major >= 25) {
    throw new Stop(
      `Node ${version} cannot run this project: install Node 20.19 or later, below 25.`,
    );
  }
}
