import { CallProblem } from '@ddp/contracts/call';
import { readContact } from '@ddp/contracts/identity/routes';
import { catalogues } from '../catalogue/catalogue.ts';
import type { NoticesDeps } from '../deps.ts';
import { fillGaps } from '../domain/fill-gaps.ts';
import { mostTextTries, retryAfterSeconds } from '../domain/texting.ts';
import { claimText, type DueText, endText, listDueTexts } from '../store/texts.ts';

const batchSize = 50;
const atOnce = 10;

/**
 * Sends the text messages that are due, a bounded number a round. Each try is counted before it is
 * made, so a text is sent at most five times however often this is killed; the provider gets the
 * message's id to refuse a repeat by.
 */
export async function sendDueTexts(deps: NoticesDeps): Promise<void> {
  const { db, clock } = deps.store;
  const due = await listDueTexts(db, clock, batchSize);
  for (let start = 0; start < due.length; start += atOnce) {
    await Promise.all(due.slice(start, start + atOnce).map((text) => sendText(deps, text)));
  }
}

async function sendText(deps: NoticesDeps, text: DueText): Promise<void> {
  const { db, clock } = deps.store;
  const { messageId } = text;
  if (text.tries >= mostTextTries) return endText(db, clock, messageId, 'failed');
  const tries = text.tries + 1;
  const claim = { messageId, tries: text.tries, nextAfterSeconds: retryAfterSeconds(tries) };
  if (!(await claimText(db, clock, claim))) return;
  try {
    const phone = await findPhone(deps, text);
    if (phone === null) return await endText(db, clock, messageId, 'unreachable');
    await deps.sendSms({ phone, text: wordsOf(text), id: messageId });
    await endText(db, clock, messageId, 'sent');
  } catch (error) {
    deps.log.warn({ err: error, messageId, tries }, 'a text message was not sent');
    if (tries >= mostTextTries) await endText(db, clock, messageId, 'failed');
  }
}

/** The phone is asked for at the moment of sending and kept nowhere. */
async function findPhone({ caller }: NoticesDeps, text: DueText): Promise<string | null> {
  const { personId, messageId } = text;
  try {
    const params = { id: personId };
    return (await caller.call(readContact, { params }, { requestId: messageId })).phone;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) return null;
    throw error;
  }
}

function wordsOf({ template, params }: DueText): string {
  const { messages, signature, words } = catalogues.zh;
  return `${signature}${fillGaps(messages[template].text, params, words)}`;
}
