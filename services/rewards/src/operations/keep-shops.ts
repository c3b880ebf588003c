import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  changeShop as changeRoute,
  closeShop as closeRoute,
  createShop as createRoute,
  listShops as listRoute,
} from '@ddp/contracts/rewards/merchant-routes';
import type { Shop } from '@ddp/contracts/rewards/merchants';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import { findMerchant, type StoredMerchant } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';
import {
  findShop,
  insertShop,
  listShops as readShops,
  changeShop as writeShop,
} from '../store/shops.ts';
import { lockOwnMerchant, requireOwner } from './require-own-merchant.ts';

type Tx = Transaction<RewardsDatabase>;

/** Adds a shop of the own merchant; benefits of the merchant are near where it has one. */
export async function createShop(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof createRoute>,
): Promise<RouteResult<typeof createRoute>> {
  const owner = requireOwner(principal);
  const { store } = deps;
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  const command = { actor: actorOf(principal), key, name: 'create-shop', input: body };
  return runCommand(store, command, async (tx) => {
    await requireSameProgramme(tx, await lockOwnMerchant(tx, owner), areaPath);
    const { areaCode: _areaCode, ...fields } = body;
    const { merchantId } = owner;
    const shop: Shop = { id: newId(), merchantId, ...fields, areaPath, state: 'open' };
    await insertShop(tx, store.clock, shop);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-shop',
      objectKind: 'shop',
      objectId: shop.id,
      detail: { areaPath },
    });
    return shop;
  });
}

export async function changeShop(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<RouteResult<typeof changeRoute>> {
  const owner = requireOwner(principal);
  const { store } = deps;
  const found = await findShop(store.db, params.id, owner.merchantId);
  if (!found) throw new Problem(commonProblems.notFound);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-shop', input };
  return runCommand(store, command, async (tx) => {
    await requireSameProgramme(tx, await lockOwnMerchant(tx, owner), areaPath);
    const shop = await requireOpenShop(tx, params.id, owner.merchantId);
    const { areaCode: _areaCode, ...fields } = body;
    const changed = { ...shop, ...fields, areaPath };
    await writeShop(tx, shop.id, changed);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'change-shop',
      objectKind: 'shop',
      objectId: shop.id,
      detail: { areaPath },
    });
    return changed;
  });
}

/** Closes a shop; what was verified there stays told of. */
export async function closeShop(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof closeRoute>,
): Promise<RouteResult<typeof closeRoute>> {
  const owner = requireOwner(principal);
  const command = { actor: actorOf(principal), key, name: 'close-shop', input: params };
  return runCommand(store, command, async (tx) => {
    await lockOwnMerchant(tx, owner);
    const shop = await requireOpenShop(tx, params.id, owner.merchantId);
    const closed = { ...shop, state: 'closed' as const };
    await writeShop(tx, shop.id, closed);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'close-shop',
      objectKind: 'shop',
      objectId: shop.id,
    });
    return closed;
  });
}

/** Open shops of a merchant of the reader's programme or area; an owner sees all of the own ones. */
export async function listShops(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const person = requirePerson(principal);
  const merchantId = query.merchantId ?? person.merchantId;
  const merchant = merchantId === null ? null : await findMerchant(store.db, merchantId);
  if (!merchant || !isInSight(person, merchant)) return { items: [], nextCursor: null };
  const isOpen = person.merchantId !== merchant.id;
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit, isOpen };
  const rows = await readShops(store.db, merchant.id, page);
  return toPage(
    rows,
    query.limit,
    (shop) => shop,
    ({ id }) => id,
  );
}

function isInSight(person: PersonPrincipal, merchant: StoredMerchant): boolean {
  if (person.merchantId !== null) return person.merchantId === merchant.id;
  if (isStaffRole(person.role)) {
    return person.areaPaths.some((path) => merchant.areaPath.startsWith(path));
  }
  return person.programmeId === merchant.programmeId && merchant.state !== 'applied';
}

async function requireOpenShop(tx: Tx, id: string, merchantId: string): Promise<Shop> {
  const shop = await findShop(tx, id, merchantId);
  if (!shop) throw new Problem(commonProblems.notFound);
  if (shop.state !== 'open') throw new Problem(commonProblems.conflict);
  return shop;
}

async function requireSameProgramme(
  tx: Tx,
  merchant: StoredMerchant,
  areaPath: string,
): Promise<void> {
  const programmes = await listProgrammes(tx);
  const [own, there] = [merchant.areaPath, areaPath].map(
    (path) => nearestProgramme(path, programmes)?.id,
  );
  if (own === undefined || own !== there) throw new Problem(commonProblems.unknownArea);
}
