import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import { applyAsMerchant, createShop } from '@ddp/contracts/rewards/merchant-routes';
import { createBenefit, createMerchant, publishBenefit } from '@ddp/contracts/rewards/routes';
import type { Actor, MakeActor } from './actor.ts';
import type { Division } from './divisions.ts';
import type { Draw } from './draw.ts';
import { demoBenefits, inventName, merchantNames } from './names.ts';
import { type DemoPeople, demoPhone, firstMerchant } from './people.ts';

export interface OfferOptions {
  officer: Actor;
  /** Approves what the officer proposes. */
  approver: Actor;
  makeActor: MakeActor;
  draw: Draw;
  communities: Division[];
  people: DemoPeople;
}

export interface Offer {
  benefitId: string;
  pricePoints: number;
  minimumStanding: number;
  clerk: Actor;
}

const centsPerPoint = 50;
/** Every so many benefits one is paid for by the sponsor. */
const sponsoredEach = 5;

/** Twelve merchants with a shop each, and thirty benefits spread over them. */
export async function addOffers(options: OfferOptions): Promise<Offer[]> {
  const clerks: Actor[] = [];
  for (const [index, name] of merchantNames.entries()) {
    clerks.push(await addMerchant(options, name, index));
  }
  const budgetId = await addSponsor(options);
  const offers: Offer[] = [];
  for (const [index, benefit] of demoBenefits.entries()) {
    const clerk = clerks[index % clerks.length] as Actor;
    const isSponsored = index % sponsoredEach === 0;
    const { pricePoints, minimumStanding } = benefit;
    const body = {
      ...{ ...benefit, stock: 200, perPersonPerMonth: 2, merchantId: clerk.merchantId ?? '' },
      unitValueCents: pricePoints * centsPerPoint,
      payer: isSponsored ? ('subsidised' as const) : ('donated' as const),
      budgetId: isSponsored ? budgetId : null,
    };
    const { id } = await options.officer.call(createBenefit, { body });
    const params = { id };
    await options.officer.call(submitBenefit, { params });
    await options.approver.call(approveBenefit, { params });
    await options.officer.call(publishBenefit, { params });
    offers.push({ benefitId: id, pricePoints, minimumStanding, clerk });
  }
  await leaveUndecided(options, clerks[0] as Actor);
  return offers;
}

async function addMerchant(options: OfferOptions, name: string, index: number): Promise<Actor> {
  const { officer, draw, communities, makeActor } = options;
  const body = {
    name,
    areaCode: draw.one(communities).code,
    address: `${index + 1} 号街 ${draw.below(90) + 1} 号`,
    ownerName: inventName(draw),
    ownerPhone: demoPhone(firstMerchant + index),
  };
  const merchant = await officer.call(createMerchant, { body });
  const as = {
    personId: officer.personId,
    areaPaths: [merchant.areaPath],
    programmeId: officer.programmeId,
    merchantId: merchant.id,
  };
  const { areaCode, address } = body;
  const shop = { name: `${name}总店`, areaCode, address, hours: '每日 9:00–21:00' };
  await makeActor({ ...as, role: 'merchant-owner' }).call(createShop, { body: shop });
  return makeActor({ ...as, role: 'merchant-clerk' });
}

async function addSponsor({ officer }: OfferOptions): Promise<string> {
  const body = {
    ...{ sponsor: '康巴什区商会', areaCode: '1506' },
    ...{ pointsLimit: 100_000, centsLimit: 5_000_000 },
  };
  return (await officer.call(createBudget, { body })).id;
}

/** A benefit and a merchant that wait for somebody to decide. */
async function leaveUndecided(options: OfferOptions, clerk: Actor): Promise<void> {
  const { officer, people, communities } = options;
  const terms = { kind: 'training' as const, pricePoints: 12, stock: 20, payer: 'fund' as const };
  const draft = { title: '剪纸课一次', ...terms, merchantId: clerk.merchantId ?? '' };
  const { id } = await officer.call(createBenefit, { body: draft });
  await officer.call(submitBenefit, { params: { id } });
  const [resident] = people.residents;
  // Nothing is drawn here, so that the days to come stay as they are.
  const areaCode = communities[0]?.code ?? '1506';
  const application = { name: '巷口文具店', areaCode, business: '文具与书报' };
  await resident?.call(applyAsMerchant, { body: application });
}
