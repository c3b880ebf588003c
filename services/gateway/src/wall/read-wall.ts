import { CallProblem } from '@ddp/contracts/call';
import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { type WallFigures, wallFiguresSchema } from '@ddp/contracts/wall/figures';
import type { GatewayDeps } from '../deps.ts';
import { askAsKiosk } from './ask-as-kiosk.ts';
import { type SectionName, sources } from './sources.ts';

const names = Object.keys(sources) as SectionName[];

/** The figures of one area, kept while somebody watches, and read anew part by part. */
export interface WallReader {
  /** Reads what is due. A part that cannot be read keeps its figures, and the time they are of. */
  look(): Promise<void>;
  figures(): WallFigures;
}

export function createWallReader(
  deps: Pick<GatewayDeps, 'peerOf' | 'signers' | 'clock'>,
  kiosk: KioskPrincipal,
): WallReader {
  const kept = new Map<SectionName, object | null>();
  const looksLeft = new Map<SectionName, number>();

  async function read(name: SectionName): Promise<void> {
    const now = deps.clock.now();
    const source = sources[name];
    try {
      const told = await source.read(askAsKiosk(deps, kiosk), kiosk, now);
      kept.set(name, { at: now.toISOString(), ...told });
      looksLeft.set(name, source.everyLooks - 1);
    } catch (error) {
      // An area without a programme has no points; whatever else fails is tried at the next look.
      if (error instanceof CallProblem && error.document.status === 409) {
        kept.set(name, null);
        looksLeft.set(name, source.everyLooks - 1);
      }
    }
  }

  return {
    async look() {
      const due = names.filter((name) => {
        const left = looksLeft.get(name) ?? 0;
        if (left > 0) looksLeft.set(name, left - 1);
        return left <= 0;
      });
      await Promise.all(due.map(read));
    },
    figures() {
      const sections = Object.fromEntries(names.map((name) => [name, kept.get(name) ?? null]));
      return wallFiguresSchema.parse({ at: deps.clock.now().toISOString(), ...sections });
    },
  };
}
