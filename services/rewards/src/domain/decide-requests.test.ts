import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideRequests,
  type NamedRequest,
  type Offer,
  type RequestDecision,
  type RequestState,
} from './decide-requests.ts';
import { quotaKey } from './quota-periods.ts';

const now = new Date('2026-11-30T02:00:00.000Z');
const offer = (more: Partial<Offer> = {}): Offer => ({
  ...{ programmeId: 'p', title: '奶茶一杯', state: 'published', opensAt: null, closesAt: null },
  allocation: 'waiting-list',
  ...{ pricePoints: 8, minimumStanding: 0, validDays: 30, areaPath: '/1506/', budgetId: null },
  ...{ unitValueCents: 500, textVersion: 1, perPersonPerDay: 1, perPersonPerWeek: null },
  ...{ perPersonPerMonth: 2, perPersonInTotal: null },
  shares: [{ benefitId: 'tea', merchantId: 'm', merchantState: 'active', available: 5 }],
  ...more,
});
const empty: RequestState = {
  ...{ now, kept: new Map(), left: new Set(['gone']), places: new Map() },
  awaited: new Set(['awaited']),
  undecided: new Map(),
  budgets: new Map([['low', { isOpen: true, points: 7, cents: null }]]),
  offers: new Map([
    ['tea', offer()],
    ['book', offer({ perPersonPerDay: null, perPersonPerMonth: 3 })],
    ['poor', offer({ budgetId: 'low' })],
    ['hidden', offer({ state: 'paused' })],
    ['foreign', offer({ programmeId: 'q' })],
    ['lots', offer({ allocation: 'draw' })],
    ['awaited', offer()],
  ]),
};
const command = (more: Partial<NamedRequest['draft']>, key: string, body = ''): NamedRequest => ({
  ...{ name: key, hash: Buffer.from(JSON.stringify(more) + body) },
  draft: {
    id: key,
    programmeId: 'p',
    personId: 'a',
    benefitId: 'tea',
    merchantId: null,
    isSetAside: false,
    ...more,
  },
});
const told = (decision: RequestDecision) =>
  decision.status === 'refused' ? decision.refusal : decision.status;
const decide = (...commands: NamedRequest[]) => decideRequests(empty, commands).map(told);

test('a place that one request takes is not there for the next of the same person', () => {
  const commands = ['1', '2'].map((key) => command({}, key));
  expect(decide(...commands, command({ personId: 'b' }, '3'))).toEqual([
    ...['accepted', 'limit-reached', 'accepted'],
  ]);
});

test('the same key is one request, and another request under it is none', () => {
  const [first, again] = decideRequests(empty, [command({}, '1'), command({}, '1')]);
  expect(again).toEqual({ status: 'repeated', view: first?.status === 'accepted' && first.view });
  expect(decide(command({}, '1'), command({ benefitId: 'book' }, '1'))).toEqual([
    ...['accepted', 'key-reused'],
  ]);
});

test('each reason to refuse is told by its name', () => {
  const refused = [
    ...[{ personId: 'gone' }, { benefitId: 'none' }, { benefitId: 'foreign' }],
    ...[{ benefitId: 'hidden' }, { benefitId: 'poor' }, { merchantId: 'n' }],
    ...[{ benefitId: 'lots' }, { benefitId: 'awaited' }],
  ];
  expect(decide(...refused.map((draft, index) => command(draft, String(index))))).toEqual([
    ...['not-found', 'not-found', 'not-found', 'not-published', 'budget-exhausted'],
    ...['unknown-merchant', 'by-draw', 'sold-out'],
  ]);
});

test('a piece that is set aside is asked for out of turn, within the limits of the person', () => {
  const aside = { benefitId: 'lots', isSetAside: true };
  const poor = { benefitId: 'poor', isSetAside: true };
  const commands = [command(aside, '1'), command(poor, '2'), command(aside, '3')];
  expect(decide(...commands)).toEqual(['accepted', 'accepted', 'limit-reached']);
});

test('of a crowd that asks for the last pieces only those with a chance are let through', () => {
  const crowd = Array.from({ length: 40 }, (_none, index) =>
    command({ personId: `p${index}` }, String(index)),
  );
  const others = command({ benefitId: 'book', personId: 'b' }, 'book');
  const aside = command({ personId: 'c', isSetAside: true }, 'aside');
  const verdicts = decide(...crowd, others, aside);
  expect(verdicts.slice(0, 40)).toEqual([
    ...Array.from({ length: 30 }).fill('accepted'),
    ...Array.from({ length: 10 }).fill('sold-out'),
  ]);
  expect(verdicts.slice(40)).toEqual(['accepted', 'accepted']);
  const state = { ...empty, undecided: new Map([['tea', 29]]) };
  expect(decideRequests(state, crowd.slice(0, 2)).map(told)).toEqual(['accepted', 'sold-out']);
});

/** The state after what was decided, as a later batch would read it. */
function after(state: RequestState, one: NamedRequest, decision: RequestDecision): RequestState {
  if (decision.status !== 'accepted') return state;
  const { redemption, view } = decision;
  const places = new Map(state.places);
  for (const period of redemption.quotaPeriods) {
    const key = quotaKey(redemption, period);
    places.set(key, (places.get(key) ?? 0) + 1);
  }
  const kept = new Map([...state.kept, [one.name, { hash: one.hash, answer: view }]]);
  const undecided = new Map(state.undecided);
  undecided.set(redemption.benefitId, (undecided.get(redemption.benefitId) ?? 0) + 1);
  return { ...state, places, kept, undecided };
}

test('requests together get the verdicts that they get one by one', () => {
  const drawn = fc.record({
    personId: fc.constantFrom('a', 'b', 'gone'),
    benefitId: fc.constantFrom('tea', 'book', 'poor', 'hidden'),
    key: fc.nat(12),
  });
  const property = fc.property(fc.array(drawn, { maxLength: 24 }), (all) => {
    const commands = all.map(({ key, ...draft }) => command(draft, String(key)));
    let state = empty;
    const oneByOne = commands.flatMap((one) => {
      const decisions = decideRequests(state, [one]);
      for (const decision of decisions) state = after(state, one, decision);
      return decisions;
    });
    expect(decideRequests(empty, commands)).toEqual(oneByOne);
  });
  fc.assert(property, { numRuns: 100 });
});
