import {
  acceptFollowUp,
  contactRater,
  listFollowUps,
  resolveFollowUp,
} from '@ddp/contracts/ratings/follow-up-routes';
import type { Actor } from './actor.ts';

const endings = [
  { outcome: 'fixed', words: '已上门道歉并补办，居民表示认可' },
  { outcome: 'fixed', words: '已调整值班安排，当面说明' },
  { outcome: 'partly', words: '已先行处理，其余列入下月计划' },
  { outcome: 'refused', words: '所提事项不符合规定，已说明原因' },
] as const;

/**
 * An officer takes care of most cases that wait. What becomes of one follows from its id, not from
 * the draw, so that a filling that was interrupted draws on as before.
 */
export async function handleCases(officer: Actor): Promise<void> {
  const { items } = await officer.call(listFollowUps, { query: { state: 'open', limit: 100 } });
  for (const { id } of items) {
    const sort = Number.parseInt(id.slice(-2), 16);
    // Some wait, and climb when their day is over.
    if (sort % 8 === 0) continue;
    const params = { id };
    await officer.call(acceptFollowUp, { params });
    if (sort % 8 === 1) continue;
    const contact = { way: 'phone' as const, words: '已电话了解情况' };
    await officer.call(contactRater, { params, body: contact });
    if (sort % 8 === 2) continue;
    const body = endings[sort % endings.length] ?? endings[0];
    await officer.call(resolveFollowUp, { params, body });
  }
}
