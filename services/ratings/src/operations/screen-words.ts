import { flattenText } from '@ddp/contracts/flat-text';
import type { Rating } from '@ddp/contracts/ratings/schemas';
import type { Kysely } from 'kysely';
import AhoCorasick from 'modern-ahocorasick';
import { Converter } from 'opencc-js/t2cn';
import type { RatingsDatabase } from '../database.ts';
import { listFolded, readListVersion } from '../store/screened-words.ts';

const toSimplified = Converter({ from: 't', to: 'cn' });

/** Other processes change the list too; what they add holds here after this time. */
const listAgeMs = 2_000;

/** A text as the list is looked for in it: one width, one case, simplified, nothing in between. */
export function foldWords(text: string): string {
  return toSimplified(flattenText(text));
}

/**
 * Says whether words may be shown at once. The list is held as one automaton and read anew when it
 * has a new version.
 */
export function createScreener(db: Kysely<RatingsDatabase>, nowMs = () => performance.now()) {
  let automaton: AhoCorasick | null = null;
  let version = -1;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    if (nowMs() - askedAtMs < listAgeMs) return;
    const startedAtMs = nowMs();
    const newest = await readListVersion(db);
    if (newest !== version) {
      const words = await listFolded(db);
      automaton = words.length === 0 ? null : new AhoCorasick(words);
      version = newest;
    }
    askedAtMs = startedAtMs;
  }

  return {
    async screen(text: string): Promise<Rating['wordsState']> {
      if (text === '') return 'shown';
      await refresh();
      return automaton?.match(foldWords(text)) ? 'in-review' : 'shown';
    },
    /** After a change of the list in this process. */
    forget(): void {
      askedAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}

export type Screener = ReturnType<typeof createScreener>;
