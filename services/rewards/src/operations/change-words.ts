import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  approveText as approveRoute,
  listTexts as listRoute,
  proposeText as proposeRoute,
  refuseText as refuseRoute,
} from '@ddp/contracts/rewards/benefit-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasApprovedText, isOwnProposal } from '../domain/benefit-state.ts';
import * as texts from '../store/benefit-texts.ts';
import { findBenefit, lockBenefit, type StoredBenefit } from '../store/benefits.ts';
import { digestOf, keepPicture } from './keep-pictures.ts';
import { refuseForbidden } from './refuse-forbidden.ts';
import { showBenefit } from './show-benefit.ts';

type Tx = Transaction<RewardsDatabase>;
const versionCursor = /^[1-9][0-9]{0,6}$/;

/** Proposes other words for a benefit on offer; until somebody else approves, it says what it said. */
export async function proposeText(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof proposeRoute>,
): Promise<RouteResult<typeof proposeRoute>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  const { store } = deps;
  const { id } = params;
  const { title, description } = body;
  refuseForbidden(body);
  if (!(await findBenefit(store.db, id, officer.areaPaths))) {
    throw new Problem(commonProblems.notFound);
  }
  const mark = body.picture === undefined ? null : digestOf(body.picture);
  const input = { id, title, description, picture: mark };
  const command = { actor: actorOf(principal), key, name: 'propose-benefit-text', input };
  const picture = await keepPicture(deps, command, body.picture);
  return runCommand(store, command, async (tx) => {
    const { benefit, newest } = await lockWords(tx, id, officer);
    if (!hasApprovedText(benefit.state)) throw new Problem(commonProblems.conflict);
    if (newest.state === 'proposed') throw new Problem(commonProblems.conflict);
    const version = newest.version + 1;
    const { personId } = officer;
    const shown = picture ?? benefit.picture;
    const text = { version, title, description, picture: shown, proposedBy: personId };
    await texts.insertText(tx, store.clock, id, text);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'propose-benefit-text',
      objectKind: 'benefit',
      objectId: id,
      detail: { version },
    });
    const written = await texts.findNewestText(tx, id);
    if (!written) throw new Error('the words just written are not there');
    return showText(written);
  });
}

export async function listTexts(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  if (!(await findBenefit(store.db, params.id, areaPaths))) {
    throw new Problem(commonProblems.notFound);
  }
  const cursor = decodeCursor(query.cursor, versionCursor);
  const page = { below: cursor === null ? null : Number(cursor), limit: query.limit };
  const rows = await texts.listTexts(store.db, params.id, page);
  return toPage(rows, query.limit, showText, ({ version }) => String(version));
}

/** The proposed words become what the benefit says; what was sold keeps the words it had. */
export function approveText(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof approveRoute>,
): Promise<RouteResult<typeof approveRoute>> {
  return decideWords(deps, caller, params.id, 'approved');
}

export function refuseText(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof refuseRoute>,
): Promise<RouteResult<typeof refuseRoute>> {
  return decideWords(deps, caller, params.id, 'refused');
}

async function decideWords(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  id: string,
  state: 'approved' | 'refused',
): Promise<RouteResult<typeof approveRoute>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  const name = state === 'approved' ? 'approve-benefit-text' : 'refuse-benefit-text';
  const command = { actor: actorOf(principal), key, name, input: { id } };
  return runCommand(store, command, async (tx) => {
    const { newest } = await lockWords(tx, id, officer);
    if (newest.state !== 'proposed') throw new Problem(commonProblems.conflict);
    if (state === 'approved') {
      const isOwn = isOwnProposal(officer.personId, [newest.proposedBy]);
      if (isOwn) throw new Problem(rewardsProblems.ownProposal);
      refuseForbidden(newest);
    }
    const { personId: decidedBy } = officer;
    await texts.decideText(tx, store.clock, id, { text: newest, state, decidedBy });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'benefit',
      objectId: id,
      detail: { version: newest.version },
    });
    const decided = await findBenefit(tx, id);
    if (!decided) throw new Error('the benefit whose words were decided on is not there');
    return showBenefit(decided);
  });
}

/** The benefit, locked, and its newest words. Throws 404 out of reach, 409 before any were approved. */
async function lockWords(
  tx: Tx,
  id: string,
  { areaPaths }: PersonPrincipal,
): Promise<{ benefit: StoredBenefit; newest: texts.BenefitText }> {
  const benefit = await lockBenefit(tx, id, areaPaths);
  if (!benefit) throw new Problem(commonProblems.notFound);
  const newest = await texts.findNewestText(tx, id);
  if (!newest) throw new Problem(commonProblems.conflict);
  return { benefit, newest };
}

function showText(text: texts.BenefitText) {
  const { picture, proposedBy: _proposedBy, proposedAt, decidedAt, ...shown } = text;
  return {
    ...shown,
    hasPicture: picture !== null,
    proposedAt: proposedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
