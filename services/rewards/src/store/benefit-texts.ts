import { binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** The words of a benefit in one version. */
export interface BenefitText {
  version: number;
  title: string;
  description: string;
  picture: string | null;
  state: 'proposed' | 'approved' | 'refused';
  proposedBy: string | null;
  proposedAt: Date;
  decidedAt: Date | null;
}

function toText(row: Selectable<RewardsDatabase['rewards_benefit_text']>): BenefitText {
  return {
    version: row.version,
    title: row.title,
    description: row.description,
    picture: row.picture?.toString('hex') ?? null,
    state: row.state as BenefitText['state'],
    proposedBy: binaryToIdOrNull(row.proposed_by),
    proposedAt: row.proposed_at,
    decidedAt: row.decided_at,
  };
}

export type NewText = Pick<
  BenefitText,
  'version' | 'title' | 'description' | 'picture' | 'proposedBy'
>;

export async function insertText(
  tx: Db,
  clock: ClockOffset,
  benefitId: string,
  text: NewText,
): Promise<void> {
  await tx
    .insertInto('rewards_benefit_text')
    .values({
      benefit_id: idToBinary(benefitId),
      version: text.version,
      title: text.title,
      description: text.description,
      picture: text.picture === null ? null : Buffer.from(text.picture, 'hex'),
      state: 'proposed',
      proposed_by: text.proposedBy === null ? null : idToBinary(text.proposedBy),
      decided_by: null,
      proposed_at: sqlNow(clock),
      decided_at: null,
    })
    .execute();
}

/** Newest first, one more than the limit. */
export async function listTexts(
  db: Db,
  benefitId: string,
  page: { below: number | null; limit: number },
): Promise<BenefitText[]> {
  let query = db
    .selectFrom('rewards_benefit_text')
    .selectAll()
    .where('benefit_id', '=', idToBinary(benefitId));
  if (page.below !== null) query = query.where('version', '<', page.below);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toText);
}

/** The newest version, whatever became of it; null before the first approval. */
export async function findNewestText(db: Db, benefitId: string): Promise<BenefitText | null> {
  return (await listTexts(db, benefitId, { below: null, limit: 1 }))[0] ?? null;
}

/** Decides on a version of a locked benefit; an approved one becomes what it says from now on. */
export async function decideText(
  tx: Db,
  clock: ClockOffset,
  benefitId: string,
  decision: { text: NewText; state: 'approved' | 'refused'; decidedBy: string },
): Promise<void> {
  const { text, state, decidedBy } = decision;
  const id = idToBinary(benefitId);
  await tx
    .updateTable('rewards_benefit_text')
    .set({ state, decided_by: idToBinary(decidedBy), decided_at: sqlNow(clock) })
    .where('benefit_id', '=', id)
    .where('version', '=', text.version)
    .execute();
  if (state === 'refused') return;
  await tx
    .updateTable('rewards_benefit')
    .set({
      title: text.title,
      description: text.description,
      picture: text.picture === null ? null : Buffer.from(text.picture, 'hex'),
      text_version: text.version,
    })
    .where('id', '=', id)
    .execute();
}

/** Which of these pictures some benefit or some version of one is shown with. */
export async function findKeptPictures(db: Db, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const wanted = digests.map((digest) => Buffer.from(digest, 'hex'));
  const texts = await db
    .selectFrom('rewards_benefit_text')
    .select('picture')
    .distinct()
    .where('picture', 'in', wanted)
    .execute();
  const drafts = await selectScoped(db, 'rewards_benefit', everywhere)
    .select('picture')
    .distinct()
    .where('picture', 'in', wanted)
    .execute();
  return new Set([...texts, ...drafts].flatMap((row) => row.picture?.toString('hex') ?? []));
}
