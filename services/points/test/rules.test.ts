import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { readMyStatement } from '@ddp/contracts/points/routes';
import * as routes from '@ddp/contracts/points/rule-routes';
import { type RuleTerms, ruleTermsSchema } from '@ddp/contracts/points/rule-schemas';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findForbiddenWords, findTermFaults, termsOf } from '../src/domain/rule-terms.ts';
import { listRules } from '../src/store/rules.ts';
import { type House, openHouse } from './house.ts';

const dayMs = 86_400_000;
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const today = () => civilDateOf(house.clock.now());
const officerOver = (path: string) =>
  personAs('banner-officer', { areaPaths: [path], programmeId: house.programmeId });
const people = new Map<string, ReturnType<typeof officerOver>>();
/** An officer over the whole programme, the same for the same name. */
function officer(name: string) {
  const known = people.get(name) ?? officerOver('/1506/150603/');
  people.set(name, known);
  return known;
}

const reason = '冬季扫雪任务加重';
const terms = (change: Partial<RuleTerms> = {}): RuleTerms => ({
  rule: 'snow-clearing',
  basis: 'good-deed',
  title: { zh: '清扫积雪', en: 'Clearing snow' },
  leastPoints: 3,
  mostPoints: 3,
  options: null,
  perMinutes: null,
  dailyMinutes: null,
  dailyCap: 1,
  monthlyCap: null,
  programmeMonthPoints: null,
  isEvidenceWanted: true,
  approvalFromPoints: null,
  publicityFromPoints: null,
  publicityDays: 5,
  maturesAfterHours: 0,
  fromOn: today(),
  toOn: null,
  ...change,
});

const draft = (change: Partial<RuleTerms> = {}, by = officer('author'), key = newId()) =>
  house.call(routes.draftRule, { body: { terms: terms(change), reason } }, by, key);
const approve = (id: string, by = officer('approver'), key = newId()) =>
  house.call(routes.approveRule, { params: { id } }, by, key);
const withdraw = (id: string, by = officer('author')) =>
  house.call(routes.withdrawRuleDraft, { params: { id }, body: { reason: '重复起草' } }, by);
const inForce = async (rule: string) => {
  const query = { programmeId: house.programmeId, limit: 100 };
  const { items } = await house.call(routes.listRules, { query }, anonymous);
  return items.find((one) => one.rule === rule) ?? null;
};
const acts = async (id: string) => {
  const rows = await house.sql('SELECT action FROM points_audit WHERE object_id = ?', id);
  return rows.map(({ action }) => action).sort();
};

describe('the rules in force', () => {
  it('are public, page by page, the defaults where a programme has none of its own', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page = await house.call(routes.listRules, { query }, anonymous);
      seen.push(...page.items.map(({ rule }) => rule));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const defaults = ['activity', 'good-deed', 'honour', 'mediation', 'meeting', 'rating'];
    expect(seen).toEqual([...defaults, 'volunteering']);
    expect(await inForce('good-deed')).toMatchObject({
      ...{ leastPoints: 20, mostPoints: 50, publicityDays: 5, isDefault: true, version: 1 },
    });
  });

  it('count, as delivered, nothing that no rule may count, and contradict themselves nowhere', async () => {
    const defaults = await listRules(house.db, null, today());
    expect(defaults.length).toBeGreaterThan(6);
    for (const rule of defaults) {
      const said = ruleTermsSchema.parse(termsOf(rule));
      expect(findForbiddenWords(said)).toEqual([]);
      expect(findTermFaults(said, null)).toEqual([]);
    }
  });
});

describe('a draft', () => {
  it('becomes the next version once another officer approves it, and earns from its day', async () => {
    const key = newId();
    const [made, again] = await Promise.all([
      draft({}, officer('author'), key),
      draft({}, officer('author'), key),
    ]);
    expect(again).toEqual(made);
    expect(made).toMatchObject({ state: 'open', isOwn: true, version: null });
    expect(await inForce('snow-clearing')).toBeNull();
    await expect(approve(made.id, officer('author'))).rejects.toMatchObject({ slug: 'own-draft' });
    const approvalKey = newId();
    const approved = await approve(made.id, officer('approver'), approvalKey);
    expect(approved).toMatchObject({ state: 'approved', version: 1, isOwn: false });
    expect(await approve(made.id, officer('approver'), approvalKey)).toEqual(approved);
    await expect(approve(made.id)).rejects.toMatchObject({ slug: 'draft-decided' });
    expect(await acts(made.id)).toEqual(['approve-rule', 'draft-rule']);
    expect(await inForce('snow-clearing')).toMatchObject({ version: 1, isDefault: false });
    const resident = await house.joined();
    const { personId } = resident;
    const body = { personId, rule: 'snow-clearing', evidence: '清扫单元门前积雪' };
    expect(await house.call(awardPoints, { body }, house.officer)).toMatchObject({
      ...{ amountPoints: 3, ruleVersion: 1 },
    });
    const statement = await house.call(readMyStatement, {}, resident);
    expect(statement.items[0]?.why).toBe('清扫积雪：品德值加 3，可用积分加 3');
    expect(await house.audit()).toEqual([]);
  });

  it('leaves the version in force as it was until its own day', async () => {
    const before = await inForce('meeting');
    const rule = { ...termsOf({ ...terms(), version: 1, isDefault: true }), rule: 'meeting' };
    const change = { ...rule, basis: 'meeting', fromOn: addDays(today(), 3) } as const;
    const { id } = await draft({ ...change, leastPoints: 4, mostPoints: 4 });
    await approve(id);
    expect(await inForce('meeting')).toEqual(before);
    house.clock.advanceMs(3 * dayMs);
    expect(await inForce('meeting')).toMatchObject({ version: 2, leastPoints: 4 });
    const query = { limit: 1 };
    const params = { rule: 'meeting' };
    const first = await house.call(routes.listRuleVersions, { params, query }, house.officer);
    const cursor = first.nextCursor ?? '';
    const input = { params, query: { limit: 1, cursor } };
    const second = await house.call(routes.listRuleVersions, input, house.officer);
    expect([...first.items, ...second.items].map(({ version }) => version)).toEqual([2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  it('is withdrawn with a reason, and then decided for good', async () => {
    const { id } = await draft();
    expect(await withdraw(id)).toMatchObject({
      ...{ state: 'withdrawn', withdrawalReason: '重复起草', version: null },
    });
    await expect(approve(id)).rejects.toMatchObject({ slug: 'draft-decided' });
    await expect(withdraw(id)).rejects.toMatchObject({ slug: 'draft-decided' });
    expect(await acts(id)).toEqual(['draft-rule', 'withdraw-rule-draft']);
    const query = { state: 'withdrawn' as const };
    const { items } = await house.call(routes.listRuleDrafts, { query }, house.officer);
    expect(items.map((one) => one.id)).toContain(id);
    expect(JSON.stringify(items)).not.toContain(officer('author').personId);
  });

  it('is outdated once its first day is over, and not made for a day that is over', async () => {
    const { id } = await draft();
    house.clock.advanceMs(dayMs);
    await expect(approve(id)).rejects.toMatchObject({ slug: 'draft-outdated' });
    await expect(draft({ fromOn: addDays(today(), -1) })).rejects.toMatchObject({
      slug: 'day-in-past',
    });
  });

  it('is decided once when approving and withdrawing race, each version once', async () => {
    const drafts = await Promise.all([draft(), draft(), draft()]);
    const outcomes = await Promise.allSettled(
      drafts.flatMap(({ id }) => [approve(id), approve(id, officer('third')), withdraw(id)]),
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(done).toBeGreaterThan(0);
    const rows = await house.sql(
      `SELECT version, COUNT(*) AS count FROM points_rule WHERE rule = 'snow-clearing'
        GROUP BY version ORDER BY version`,
    );
    expect(rows).toEqual(rows.map((_row, index) => ({ version: index + 1, count: 1 })));
    expect(await house.audit()).toEqual([]);
  });
});

describe('who may change rules', () => {
  it('is an officer of a banner or city over the whole programme, and nobody else', async () => {
    const { id } = await draft();
    const narrow = officerOver('/1506/150603/150603003/');
    const elsewhere = officerOver('/1506/150602/');
    for (const one of [narrow, elsewhere]) {
      await expect(draft({}, one)).rejects.toMatchObject({ slug: 'not-found' });
      await expect(approve(id, one)).rejects.toMatchObject({ slug: 'not-found' });
      await expect(withdraw(id, one)).rejects.toMatchObject({ slug: 'not-found' });
    }
    await expect(draft({}, house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
    const foreign = { ...officer('author'), programmeId: newId() };
    await expect(approve(id, foreign)).rejects.toMatchObject({ slug: 'not-found' });
    const resident = await house.joined();
    await expect(house.call(routes.listRuleDrafts, {}, resident)).rejects.toMatchObject({
      slug: 'forbidden',
    });
  });
});

describe('a rule', () => {
  it('ends after its last day, and neither an earlier version nor the default comes back', async () => {
    const toOn = addDays(today(), 2);
    const end = { params: { rule: 'mediation' }, body: { toOn, reason } };
    const { id, terms: said } = await house.call(routes.draftRuleEnding, end, officer('author'));
    expect(said).toMatchObject({ rule: 'mediation', leastPoints: 20, fromOn: toOn, toOn });
    house.clock.advanceMs(dayMs);
    await approve(id);
    expect(await inForce('mediation')).toMatchObject({ version: 1, isDefault: true });
    house.clock.advanceMs(dayMs);
    expect(await inForce('mediation')).toMatchObject({ version: 2, isDefault: false });
    house.clock.advanceMs(dayMs);
    expect(await inForce('mediation')).toBeNull();
    const resident = await house.joined();
    await expect(house.enrich(resident)).rejects.toMatchObject({ slug: 'rule-not-in-force' });
    await expect(
      house.call(
        routes.draftRuleEnding,
        { ...end, body: { ...end.body, toOn: today() } },
        officer('author'),
      ),
    ).rejects.toMatchObject({ slug: 'rule-not-in-force' });
  });

  it('never counts what no rule may count, and the answer names the field', async () => {
    const titles = [
      [{ zh: '全年无信 訪', en: 'Quiet year' }, '/terms/title/zh'],
      [{ zh: '按时体检', en: 'Staying well' }, '/terms/title/zh'],
      [{ zh: '清扫积雪', en: 'No petitions' }, '/terms/title/en'],
      [{ zh: '清扫积雪', en: 'Family Planning' }, '/terms/title/en'],
    ] as const;
    for (const [title, pointer] of titles) {
      await expect(draft({ title })).rejects.toMatchObject({
        slug: 'forbidden-rule-input',
        document: { status: 422, errors: [{ pointer }] },
      });
    }
    const basis = 'religion' as RuleTerms['basis'];
    await expect(draft({ basis })).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/terms/basis' }] },
    });
  });

  it('never takes points away, and does not contradict itself', async () => {
    for (const change of [{ leastPoints: -5 }, { mostPoints: -5 }, { leastPoints: 0 }]) {
      const [field = ''] = Object.keys(change);
      await expect(draft(change)).rejects.toMatchObject({
        document: { status: 400, errors: [{ pointer: `/terms/${field}` }] },
      });
    }
    await expect(draft({ leastPoints: 4 })).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/terms/leastPoints' }] },
    });
  });
});

it.each([
  `UPDATE points_rule SET most_points = 9 WHERE rule = 'snow-clearing'`,
  `UPDATE points_rule SET from_on = from_on - INTERVAL 1 DAY WHERE rule = 'snow-clearing'`,
  `UPDATE points_rule_draft SET decided_by = drafted_by WHERE state = 'approved'`,
])('names P5 in the audit when somebody writes: %s', async (statement) => {
  const own = await openHouse();
  try {
    const by = (name: string) => ({ ...officer(name), programmeId: own.programmeId });
    const body = { terms: terms({ fromOn: civilDateOf(own.clock.now()) }), reason };
    const { id } = await own.call(routes.draftRule, { body }, by('author'));
    await own.call(routes.approveRule, { params: { id } }, by('approver'));
    expect(await own.audit()).toEqual([]);
    await own.sql(statement);
    expect(await own.audit()).toEqual(['P5']);
  } finally {
    await own.stop();
  }
});
