import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { issueAreaBatch, issueSheetBatch } from '@ddp/contracts/codes/batch-routes';
import { openPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { requestPrint } from '@ddp/contracts/codes/print-routes';
import { issueResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import { issueCode } from '@ddp/contracts/codes/routes';
import { recordCertificate } from '@ddp/contracts/directory/certificate-routes';
import { createGrid } from '@ddp/contracts/directory/grid-routes';
import { createPost, createSubject, createUnit } from '@ddp/contracts/directory/routes';
import { createKiosk } from '@ddp/contracts/identity/kiosk-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { publishEntry } from '@ddp/contracts/notices/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { assistJoining } from '@ddp/contracts/points/routes';
import { assistRedemption } from '@ddp/contracts/rewards/assistance-routes';
import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import { assistDrawEntry, openDraw } from '@ddp/contracts/rewards/draw-routes';
import { createBenefit, createMerchant, verifyVoucher } from '@ddp/contracts/rewards/routes';
import { exportSettlement, raiseDispute } from '@ddp/contracts/rewards/settlement-routes';
import { assistWaiting } from '@ddp/contracts/rewards/waiting-routes';
import type { RouteDefinition } from '@ddp/contracts/route';
import { createActivity } from '@ddp/contracts/volunteering/activity-routes';
import { assistCertificate } from '@ddp/contracts/volunteering/certificate-routes';
import { recordHours } from '@ddp/contracts/volunteering/hour-routes';
import { proposeMenuItem } from '@ddp/contracts/volunteering/menu-routes';
import { assistOrder } from '@ddp/contracts/volunteering/order-routes';
import { assistSignUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import { assistProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { drawOf, type Estate } from './estate.ts';
import { sampleOf } from './samples.ts';

/** A command whose body names something that belongs to somebody. */
export interface OwnedCommand {
  route: RouteDefinition;
  /** Who may not send this body, as the strangers are called. */
  stranger:
    | 'an officer of another area'
    | 'a clerk of another merchant'
    | 'an owner of another merchant';
  /** What a stranger is answered: as if it were not there. */
  refusals: readonly number[];
  /** Who may. */
  owner: 'officer' | 'clerk' | 'settled owner';
  bodyOf(estate: Estate, now: Date): object;
}

const byOfficer = (
  route: RouteDefinition,
  refusals: readonly number[],
  change: (estate: Estate, now: Date) => object,
): OwnedCommand => ({
  ...{ route, refusals, stranger: 'an officer of another area', owner: 'officer' },
  bodyOf: (estate, now) => ({
    ...(route.body ? (sampleOf(route.body) as object) : {}),
    ...change(estate, now),
  }),
});

const areaCode = '150603';

export const commands: OwnedCommand[] = [
  byOfficer(createUnit, [404], () => ({ areaCode, kind: 'service-centre' })),
  byOfficer(createGrid, [404], () => ({ communityCode: '150603001001' })),
  byOfficer(recordCertificate, [404], ({ subjectId }) => ({ subjectId })),
  byOfficer(createSubject, [404], () => ({ areaCode, personId: newId(), unitId: null })),
  byOfficer(createPost, [404], ({ personId }) => ({
    ...{ areaCode, personId, unitId: null, toOn: null },
  })),
  byOfficer(registerPerson, [404], () => ({ areaCode, phone: null })),
  byOfficer(createKiosk, [404], () => ({ areaCode })),
  byOfficer(publishEntry, [404], (_estate, now) => {
    const fromOn = civilDateOf(now);
    return { areaCode, fromOn, toOn: addDays(fromOn, 5) };
  }),
  byOfficer(issueCode, [404, 422], ({ subjectId }) => ({ subjectId, place: '服务大厅' })),
  byOfficer(issueAreaBatch, [404], () => ({ areaCode, place: '西门' })),
  byOfficer(issueSheetBatch, [422], ({ subjectId }) => ({
    file: Buffer.from(`对象编号,位置\n${subjectId},东门`).toString('base64'),
  })),
  byOfficer(requestPrint, [404], ({ codeId }) => ({
    of: { kind: 'codes', ids: [codeId] },
    sheet: 'a4-3x8',
  })),
  byOfficer(issueResidentCard, [404], () => ({ areaCode, personId: newId() })),
  byOfficer(openPlaceCode, [404], () => ({ areaCode })),
  byOfficer(awardPoints, [409], ({ personId }) => ({
    ...{ personId, rule: 'meeting', points: undefined, option: undefined },
    evidence: '议事厅签到',
  })),
  byOfficer(createMerchant, [404], () => ({ areaCode, ownerPhone: '13912345678' })),
  byOfficer(createBenefit, [404, 422], ({ merchantId }) => ({
    merchantId,
    title: '面点课一次',
    description: '',
    ...{ budgetId: null, opensAt: null, closesAt: null, alsoAt: [] },
  })),
  byOfficer(assistJoining, [404], ({ newcomerId }) => ({ personId: newcomerId })),
  byOfficer(assistRedemption, [404], ({ personId, benefitId }) => ({
    ...{ personId, benefitId, merchantId: undefined },
  })),
  byOfficer(assistWaiting, [404], ({ newcomerId, scarceId }) => ({
    ...{ personId: newcomerId, benefitId: scarceId },
  })),
  byOfficer(openDraw, [404], ({ lotteryId }, now) => drawOf(lotteryId, now)),
  byOfficer(assistDrawEntry, [404], ({ newcomerId, drawId }) => ({
    ...{ personId: newcomerId, drawId },
  })),
  byOfficer(createBudget, [404], () => ({ areaCode })),
  byOfficer(createTeam, [404], ({ personId }) => ({ areaCode, leaderId: personId })),
  byOfficer(createActivity, [404], ({ teamId }) => ({
    ...{ teamId, areaCode, beneficiaryId: null },
  })),
  byOfficer(assistProfile, [404], ({ newcomerId }) => ({
    ...{ personId: newcomerId, birthMonth: '1950-01' },
  })),
  byOfficer(assistSignUp, [404], ({ elderId, shiftId }) => ({
    ...{ personId: elderId, shiftId, skillId: null },
  })),
  byOfficer(proposeMenuItem, [404], ({ teamId }) => ({ teamId, skillId: null })),
  byOfficer(assistOrder, [404], ({ elderId, menuItemId }, now) => ({
    ...{ personId: elderId, itemId: menuItemId },
    wantedFrom: new Date(now.getTime() + 3_600_000).toISOString(),
    wantedUntil: new Date(now.getTime() + 9 * 3_600_000).toISOString(),
  })),
  byOfficer(assistCertificate, [404], ({ personId }, now) => ({
    ...{ personId, fromOn: addDays(civilDateOf(now), -30), untilOn: civilDateOf(now) },
  })),
  byOfficer(recordHours, [404], ({ teamId, personId }) => ({ teamId, personId })),
  byOfficer(exportSettlement, [404], ({ settledMonth }) => ({
    ...{ month: settledMonth, merchantId: null },
  })),
  {
    ...{ route: raiseDispute, refusals: [404], stranger: 'an owner of another merchant' },
    owner: 'settled owner',
    bodyOf: ({ lineId }) => ({ lineId, reason: 'amount', words: '金额不对' }),
  },
  {
    ...{ route: verifyVoucher, refusals: [404], stranger: 'a clerk of another merchant' },
    owner: 'clerk',
    bodyOf: ({ voucherCode }) => ({ code: voucherCode }),
  },
];
