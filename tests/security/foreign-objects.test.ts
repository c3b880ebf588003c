import { decidePermission } from '@ddp/auth/permission-table';
import { allRoutes } from '@ddp/contracts/all-routes';
import type { Principal } from '@ddp/contracts/principal';
import { requestRedemption } from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import { buildEstate, type Estate } from './estate.ts';
import { sampleOf } from './samples.ts';
import { openSecurityHouse, type SecurityHouse } from './security-house.ts';

let house: SecurityHouse;
let estate: Estate;
let before: Map<string, string>;
beforeAll(async () => {
  house = await openSecurityHouse();
  estate = await buildEstate(house);
  // Wrong codes of vouchers are counted, also those of a stranger.
  before = await house.checksums(/rewards_(try|idempotency)`/);
});
afterAll(() => house?.stop());
/** Whatever was refused has changed no row of any table. */
afterAll(async () => {
  expect(await house.checksums(/rewards_(try|idempotency)`/)).toEqual(before);
});

/** Which object of the estate each route with an id in its path is pointed at. */
const objectOf: Record<string, keyof Estate> = {
  'read-code': 'codeId',
  'read-code-svg': 'codeId',
  'read-code-png': 'codeId',
  'read-own-code-svg': 'codeId',
  'rotate-code': 'codeId',
  'close-code': 'codeId',
  'read-scan-counts': 'codeId',
  'read-batch': 'batchId',
  'read-batch-table': 'batchId',
  'read-print': 'printId',
  'read-print-pdf': 'printId',
  'read-print-svg': 'printId',
  'check-suspicion': 'reportId',
  'revoke-resident-card': 'cardId',
  'read-place-code': 'placeCodeId',
  'read-place-code-svg': 'placeCodeId',
  'close-place-code': 'placeCodeId',
  'read-subject': 'subjectId',
  'read-programme': 'programmeId',
  'read-post': 'postId',
  'end-post': 'postId',
  'appoint-substitute': 'postId',
  'change-subject': 'subjectId',
  'transfer-subject': 'subjectId',
  'close-subject': 'subjectId',
  'set-subject-photo': 'subjectId',
  'set-stage': 'subjectId',
  'list-stages': 'subjectId',
  'renew-certificate': 'certificateId',
  'withdraw-certificate': 'certificateId',
  'read-unit': 'unitId',
  'change-unit': 'unitId',
  'set-unit-state': 'unitId',
  'read-person': 'personId',
  'read-contact': 'personId',
  'read-full-name': 'personId',
  'revoke-kiosk': 'kioskId',
  'mark-message-read': 'messageId',
  'replay-dead-letter': 'messageId',
  'withdraw-entry': 'entryId',
  'list-objections': 'entryId',
  'submit-objection': 'entryId',
  'answer-objection': 'objectionId',
  'read-statement': 'personId',
  'approve-rule': 'draftId',
  'withdraw-rule-draft': 'draftId',
  'read-award': 'awardId',
  'approve-award': 'awardId',
  'withdraw-award': 'awardId',
  'notice-reversal': 'awardId',
  'appeal-reversal': 'reversalId',
  'record-appeal': 'reversalId',
  'decide-reversal': 'reversalId',
  'lift-reversal': 'reversalId',
  'read-follow-up': 'followUpId',
  'list-receivers': 'followUpId',
  'accept-follow-up': 'followUpId',
  'contact-rater': 'followUpId',
  'extend-follow-up': 'followUpId',
  'transfer-follow-up': 'followUpId',
  'resolve-follow-up': 'followUpId',
  'decide-appeal': 'appealId',
  'flag-rating': 'ratingId',
  'lift-flag': 'ratingId',
  'decide-words': 'ratingId',
  'decide-reply': 'replyId',
  'remove-screened-word': 'ratingId',
  'withdraw-rating': 'ratingId',
  'rate-again': 'ratingId',
  'list-case-ratings': 'caseId',
  'decide-case': 'caseId',
  'list-rating-photos': 'ratingId',
  'read-photo': 'photoId',
  'publish-question-set': 'questionSetId',
  'withdraw-question-set': 'questionSetId',
  'read-account': 'benefitId',
  'close-account': 'benefitId',
  'list-account-transfers': 'benefitId',
  'read-account-balance': 'benefitId',
  'read-transfer': 'benefitId',
  'read-hold': 'redemptionId',
  'post-hold': 'redemptionId',
  'void-hold': 'redemptionId',
  'publish-benefit': 'benefitId',
  'read-benefit': 'benefitId',
  'change-benefit': 'benefitId',
  'submit-benefit': 'benefitId',
  'approve-benefit': 'benefitId',
  'return-benefit': 'benefitId',
  'pause-benefit': 'benefitId',
  'resume-benefit': 'benefitId',
  'set-benefit-picture': 'benefitId',
  'read-benefit-picture': 'benefitId',
  'propose-benefit-text': 'benefitId',
  'list-benefit-texts': 'benefitId',
  'approve-benefit-text': 'benefitId',
  'refuse-benefit-text': 'benefitId',
  'change-budget': 'budgetId',
  'close-budget': 'budgetId',
  'read-merchant': 'merchantId',
  'approve-merchant': 'merchantId',
  'refuse-merchant': 'merchantId',
  'pause-merchant': 'merchantId',
  'resume-merchant': 'merchantId',
  'set-merchant-ceiling': 'merchantId',
  'change-shop': 'shopId',
  'close-shop': 'shopId',
  'remove-clerk': 'clerkId',
  'unbind-clerk': 'clerkId',
  'approve-top-up': 'topUpId',
  'refuse-top-up': 'topUpId',
  'read-merchant-statement': 'statementId',
  'list-merchant-statement-lines': 'statementId',
  'read-merchant-statement-workbook': 'statementId',
  'read-merchant-statement-paper': 'statementId',
  'confirm-merchant-statement': 'statementId',
  'pay-merchant-statement': 'statementId',
  'answer-settlement-dispute': 'disputeId',
  'decide-settlement-dispute': 'disputeId',
  'withdraw-benefit': 'benefitId',
  'read-redemption': 'redemptionId',
  'read-redemption-course': 'redemptionId',
  'watch-redemption': 'redemptionId',
  'cancel-redemption': 'redemptionId',
  'read-voucher': 'voucherId',
  'read-voucher-qr': 'voucherId',
  'undo-verification': 'verificationId',
  'read-assisted-redemption': 'assistedId',
  'cancel-assisted-redemption': 'assistedId',
  'print-voucher': 'assistedId',
  'read-paper': 'assistedId',
  'read-paper-qr': 'assistedId',
  'accept-waiting-offer': 'waitingId',
  'leave-waiting-list': 'waitingId',
  'list-waiting-places': 'benefitId',
  'accept-assisted-offer': 'assistedWaitingId',
  'leave-assisted-waiting': 'assistedWaitingId',
  'cancel-draw': 'drawId',
  'withdraw-draw-entry': 'drawEntryId',
  'withdraw-assisted-entry': 'assistedEntryId',
  'offer-gift': 'voucherId',
  'accept-gift': 'giftId',
  'refuse-gift': 'giftId',
  'take-back-gift': 'giftId',
  'read-volunteer': 'personId',
  'record-guardian-consent': 'personId',
  'correct-birth-month': 'personId',
  'close-team': 'teamId',
  'list-members': 'teamId',
  'list-team-activities': 'teamId',
  'admit-member': 'membershipId',
  'refuse-member': 'membershipId',
  'end-membership': 'membershipId',
  'set-leadership': 'membershipId',
  'change-activity': 'draftActivityId',
  'add-shift': 'draftActivityId',
  'submit-activity': 'draftActivityId',
  'approve-activity': 'draftActivityId',
  'return-activity': 'draftActivityId',
  'publish-activity': 'draftActivityId',
  'cancel-activity': 'draftActivityId',
  'close-activity': 'draftActivityId',
  'read-activity': 'draftActivityId',
  'cancel-shift': 'shiftId',
  'set-place-code': 'shiftId',
  'list-roster': 'shiftId',
  'list-attendances': 'shiftId',
  'cancel-sign-up': 'signUpId',
  'cancel-assisted-sign-up': 'signUpId',
  'accept-substitution': 'substitutionId',
  'end-substitution': 'substitutionId',
  'say-leaving': 'signUpId',
  'refuse-attendance': 'signUpId',
  'read-hours': 'hoursId',
  'correct-hours': 'hoursId',
  'note-review': 'hoursId',
  'import-members': 'teamId',
  'export-members': 'teamId',
  'import-sign-ups': 'shiftId',
  'export-roster': 'shiftId',
  'list-team-projects': 'teamId',
  'create-team-project': 'teamId',
  'change-project': 'projectId',
  'approve-project': 'projectId',
  'start-project': 'projectId',
  'close-project': 'projectId',
  'set-project-of-activity': 'draftActivityId',
  'list-team-menu': 'teamId',
  'decide-menu-item': 'menuItemId',
  'set-menu-state': 'menuItemId',
  'take-order': 'orderId',
  'give-order-back': 'orderId',
  'arrive-at-order': 'orderId',
  'finish-order': 'orderId',
  'cancel-order': 'orderId',
  'cancel-assisted-order': 'orderId',
  'renew-arrival-code': 'orderId',
  'renew-assisted-code': 'orderId',
  'confirm-order': 'orderId',
  'confirm-assisted-order': 'orderId',
  'object-to-order': 'orderId',
  'decide-order': 'orderId',
  'read-order-right': 'orderId',
  'appeal-star': 'starId',
  'record-star-appeal': 'starId',
  'decide-star-appeal': 'starId',
  'read-service-certificate': 'serviceCertificateId',
  'read-certificate-paper': 'serviceCertificateId',
  'revoke-certificate': 'serviceCertificateId',
};

const withId = allRoutes.filter(
  (route) => route.path.includes('{id}') && route.permission !== 'public',
);

/** Everybody who has the right role, and no right to these objects. */
function strangers(): Record<string, Principal> {
  const elsewhere = { areaPaths: ['/1506/150602/'], programmeId: estate.programmeId };
  return {
    anonymous,
    'another resident': personAs('resident', elsewhere),
    'a clerk of another merchant': personAs('merchant-clerk', {
      ...elsewhere,
      merchantId: newId(),
    }),
    'an owner of another merchant': personAs('merchant-owner', {
      ...elsewhere,
      merchantId: newId(),
    }),
    'an officer of another area': personAs('banner-officer', elsewhere),
    'a grid worker of another area': personAs('grid-worker', elsewhere),
    'an auditor of another area': personAs('auditor', elsewhere),
    'a service without rights': serviceAs('codes'),
  };
}

/** Bodies whose sample would be refused for another reason than whose object it is. */
const bodyOf: Record<string, object> = {
  'submit-objection': { text: '情况不属实', onBehalfOf: null },
};

/** What is on offer to every resident of the programme. */
const openToResidents = ['read-benefit', 'read-benefit-picture'];
const openToServices = ['read-subject', 'read-programme', 'read-post', 'read-person'];

describe.each(withId.map((route) => [`${route.service} ${route.name}`, route] as const))(
  '%s',
  (_name, route) => {
    it('gives nothing of a foreign object to anybody', async () => {
      const object = objectOf[route.name];
      if (object === undefined) throw new Error(`say which object ${route.name} is pointed at`);
      const path = route.path.replace('{id}', String(estate[object]));
      const body = bodyOf[route.name] ?? (route.body ? sampleOf(route.body) : undefined);
      const init = body ? { body: JSON.stringify(body) } : {};
      for (const [name, principal] of Object.entries(strangers())) {
        if (principal.kind === 'service' && openToServices.includes(route.name)) continue;
        if (name === 'another resident' && openToResidents.includes(route.name)) continue;
        const { status } = await house.send(route, path, principal, init);
        expect([401, 403, 404], `${name} got ${status}`).toContain(status);
      }
    });
  },
);

/** What is told instead: of a print in another form, to another service, of an elder's own order, of a worker's code. */
const otherwise: Record<string, number> = {
  'read-print-svg': 409,
  'read-hold': 403,
  'read-full-name': 403,
  'read-order-right': 404,
  'read-own-code-svg': 404,
};

const ledgerReads = Object.keys(objectOf).filter((name) => /account|transfer/.test(name));

it.each(
  withId
    .filter((route) => route.method === 'GET')
    .map((route) => [`${route.service} ${route.name}`, route] as const),
)('%s is there for whom the object belongs to', async (_name, route) => {
  const path = route.path.replace('{id}', String(estate[objectOf[route.name] ?? 'personId']));
  const owners = [estate.resident, estate.officer, serviceAs('notices')];
  const owner = owners.find((one) => decidePermission(route.permission, one) === 'allowed');
  // No service owns an account in this estate.
  const special = ledgerReads.includes(route.name) ? 403 : otherwise[route.name];
  const expected = special ?? 200;
  expect((await house.send(route, path, owner ?? anonymous)).status).toBe(expected);
});

it.each(commands)('$route.name is refused where its body names something foreign', async (one) => {
  const { route, stranger } = one;
  const body = JSON.stringify(one.bodyOf(estate, house.clock.now()));
  const principal = strangers()[stranger] ?? anonymous;
  const { status } = await house.send(route, route.path, principal, { body });
  expect(one.refusals).toContain(status);
});

it('refuses a benefit of another programme', async () => {
  const resident = personAs('resident', { areaPaths: ['/1506/150602/'], programmeId: newId() });
  const body = JSON.stringify({ benefitId: estate.benefitId });
  const answer = await house.send(requestRedemption, requestRedemption.path, resident, { body });
  expect(answer.status).toBe(404);
});
