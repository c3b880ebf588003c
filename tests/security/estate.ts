import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { issueAreaBatch, readBatch } from '@ddp/contracts/codes/batch-routes';
import { openPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { readPrint, requestPrint } from '@ddp/contracts/codes/print-routes';
import { listSuspicions } from '@ddp/contracts/codes/report-routes';
import { issueResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import { issueCode, reportCode } from '@ddp/contracts/codes/routes';
import { recordCertificate } from '@ddp/contracts/directory/certificate-routes';
import {
  createPost,
  createSubject,
  createUnit,
  importAreas,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import { createKiosk } from '@ddp/contracts/identity/kiosk-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { listMyMessages, publishEntry, submitObjection } from '@ddp/contracts/notices/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { noticeReversal } from '@ddp/contracts/points/reversal-routes';
import { assistJoining, joinProgramme } from '@ddp/contracts/points/routes';
import { draftRuleEnding } from '@ddp/contracts/points/rule-routes';
import { appealRating, listAppealableRatings } from '@ddp/contracts/ratings/appeal-routes';
import { listCases } from '@ddp/contracts/ratings/case-routes';
import { listFollowUps } from '@ddp/contracts/ratings/follow-up-routes';
import { listShownRatings, replyToRating } from '@ddp/contracts/ratings/own-routes';
import { uploadPhoto } from '@ddp/contracts/ratings/photo-routes';
import { draftQuestionSet } from '@ddp/contracts/ratings/question-routes';
import { listReplies } from '@ddp/contracts/ratings/review-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import {
  assistRedemption,
  printVoucher,
  readAssistedRedemption,
} from '@ddp/contracts/rewards/assistance-routes';
import {
  approveBenefit,
  setBenefitPicture,
  submitBenefit,
} from '@ddp/contracts/rewards/benefit-routes';
import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import { inviteClerk, requestTopUp } from '@ddp/contracts/rewards/counter-routes';
import { assistDrawEntry, enterDraw, openDraw } from '@ddp/contracts/rewards/draw-routes';
import { offerGift } from '@ddp/contracts/rewards/gift-routes';
import { createShop } from '@ddp/contracts/rewards/merchant-routes';
import {
  createBenefit,
  createMerchant,
  publishBenefit,
  readRedemption,
  readVoucher,
  requestRedemption,
  verifyVoucher,
} from '@ddp/contracts/rewards/routes';
import { assistWaiting, joinWaitingList } from '@ddp/contracts/rewards/waiting-routes';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import type { SecurityHouse } from './security-house.ts';
import { settleMonth } from './settled-month.ts';
import { openVolunteering } from './volunteers.ts';

const reportBody = { reason: 'other' as const, words: '' };
const city = '/1506/';
const home = '/1506/150603/';
const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
  { code: '150602', name: '东胜区', level: 'banner' as const, parentCode: '1506' },
  { code: '150603001', name: '滨河街道', level: 'township' as const, parentCode: '150603' },
  { code: '150603001001', name: '滨河社区', level: 'community' as const, parentCode: '150603001' },
];

/** Asks again until the events it stands on have come. */
function insist<R extends RouteDefinition>(
  house: SecurityHouse,
  route: R,
  input: RouteInput<R>,
  principal: Parameters<SecurityHouse['call']>[2],
): Promise<RouteResult<R>> {
  return eventually(() => house.call(route, input, principal).catch(() => null)) as Promise<
    RouteResult<R>
  >;
}

/** One of everything that belongs to somebody: an officer's, a resident's, a merchant's. */
export async function buildEstate(house: SecurityHouse) {
  const administrator = personAs('administrator', { areaPaths: ['/'] });
  await house.call(importAreas, { body: { areas } }, administrator);
  const body = { areaCode: '1506', name: '品德积分' };
  const { id: programmeId } = await house.call(startProgramme, { body }, administrator);
  const officer = personAs('community-officer', { areaPaths: [home], programmeId });
  const settled = await settleMonth(house, { officer, home });
  const person = { phone: null, areaCode: '150603', consent: 'signed' as const };
  const register = (name: string) =>
    house.call(registerPerson, { body: { ...person, name } }, officer);
  const worker = await register('萨仁');
  const { id: personId } = await register('乌兰');
  const resident = personAs('resident', { personId, areaPaths: [home], programmeId });

  const [{ id: comerId }, { id: elderId }] = [await register('其木格'), await register('巴图')];
  const people = { officer, resident, comerId, elderId, home };
  const volunteering = await openVolunteering(house, people);

  const subject = { kind: 'worker' as const, name: '萨仁', unitId: null, areaCode: '150603' };
  const newSubject = { body: { ...subject, personId: worker.id } };
  const { id: subjectId } = await house.call(createSubject, newSubject, officer);
  const post = { personId: worker.id, role: null, unitId: null, areaCode: '150603' };
  const dated = { body: { ...post, fromOn: '2026-01-01', toOn: null } };
  const { id: postId } = await house.call(createPost, dated, officer);
  const centre = { name: '社会工作服务中心', kind: 'service-centre' as const, areaCode: '150603' };
  const { id: unitId } = await house.call(createUnit, { body: centre }, officer);
  const terms = { level: 'junior' as const, number: '2024-0001', issuedOn: '2024-01-01' };
  const certificate = { body: { ...terms, subjectId, expiresOn: '2030-01-01' } };
  const { id: certificateId } = await house.call(recordCertificate, certificate, officer);
  const code = await insist(house, issueCode, { body: { subjectId } }, officer);

  const complaint = await complain(house, officer, { codeUrl: code.url, workerId: worker.id });
  await house.call(joinProgramme, { body: { consentVersion } }, resident);
  const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  const { id: awardId } = await house.call(awardPoints, { body: award }, officer);
  const grounds = { reason: 'mistaken' as const, evidence: '登记错人' };
  const notice = { params: { id: awardId }, body: grounds };
  const { id: reversalId } = await house.call(noticeReversal, notice, officer);
  const { items } = await eventually(async () => {
    const page = await house.call(listMyMessages, {}, resident);
    return page.items.length > 0 ? page : null;
  });
  const draftId = await draftOne(house, programmeId);
  const shop = await openShop(house, officer, resident);
  const board = await openBoard(house, officer, resident);
  const rated = await rateWorker(house, code.url, { officer, resident, workerId: worker.id });
  const wall = { areaCode: '150603', label: '一楼大厅', days: 30 };
  const { id: kioskId } = await house.call(createKiosk, { body: wall }, officer);
  const printed = await printCodes(house, officer, code);
  const messageId = items[0]?.id ?? '';
  return {
    ...{ officer, resident, programmeId, personId, subjectId, postId, codeId: code.id },
    ...{ unitId, certificateId, kioskId },
    ...{ messageId, draftId, awardId, reversalId, ...shop, ...board, ...rated, ...complaint },
    ...{ ...printed, ...settled, ...volunteering, home, city },
  };
}

type Person = ReturnType<typeof personAs>;

/** A draft of a rule, by an officer of the city that the programme is for. */
async function draftOne(house: SecurityHouse, programmeId: string): Promise<string> {
  const officer = personAs('city-officer', { areaPaths: [city], programmeId });
  const day = addDays(civilDateOf(house.clock.now()), 5);
  const body = { toOn: day, reason: '任务已完成' };
  const ending = { params: { rule: 'meeting' }, body };
  return (await house.call(draftRuleEnding, ending, officer)).id;
}

/** A bad rating with its follow-up, and the appeal of the worker, who knows of it since it is named. */
async function complain(
  house: SecurityHouse,
  officer: Person,
  { codeUrl, workerId }: { codeUrl: string; workerId: string },
) {
  const body = { token: codeUrl.split('/').at(-1) ?? '', level: 1, isNamed: true };
  await house.call(submitRating, { body }, personAs('resident'));
  const { items } = await house.call(listFollowUps, {}, officer);
  const rated = personAs('resident', { personId: workerId });
  const shown = await eventually(async () => {
    const page = await house.call(listAppealableRatings, {}, rated);
    return page.items[0] ?? null;
  });
  const appeal = { params: { ref: shown.ref }, body: { text: '当天我不在岗' } };
  const { id: appealId } = await house.call(appealRating, appeal, rated);
  return { followUpId: items[0]?.id ?? '', appealId };
}

/** A red dot of one pixel. */
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** A rating with a reply, and a draft of what is asked. */
async function rateWorker(
  house: SecurityHouse,
  codeUrl: string,
  { officer, resident, workerId }: { officer: Person; resident: Person; workerId: string },
) {
  const { id: photoId } = await house.call(uploadPhoto, { body: { data: dot } }, resident);
  const token = codeUrl.split('/').at(-1) ?? '';
  const body = { token, level: 4, isNamed: true, photoIds: [photoId] };
  const { id: ratingId } = await house.call(submitRating, { body }, resident);
  const worker = personAs('resident', { personId: workerId, areaPaths: [home] });
  const [shown] = (await house.call(listShownRatings, {}, worker)).items;
  const reply = { params: { ref: shown?.ref ?? '' }, body: { text: '谢谢您' } };
  await house.call(replyToRating, reply, worker);
  const query = { state: 'shown' as const };
  const replies = await house.call(listReplies, { query }, officer);
  const manager = personAs('city-officer', { areaPaths: [city], programmeId: officer.programmeId });
  const scoring = { priorMean: 4, priorCount: 5, guestWeight: 0, assistedWeight: 1 };
  const content = {
    question: { zh: '满意吗？', en: 'Satisfied?' },
    reasons: [],
    scoring: { ...scoring, halfLifeMonths: null },
  };
  const fromOn = addDays(civilDateOf(house.clock.now()), 5);
  const set = await house.call(draftQuestionSet, { body: { content, fromOn } }, manager);
  const caseId = await openPair(house, officer, { resident, worker });
  const replyId = replies.items[0]?.id ?? '';
  return { ratingId, photoId, replyId, questionSetId: set.id, caseId };
}

/** The worker rates the resident back, which somebody should look at. */
async function openPair(
  house: SecurityHouse,
  officer: Person,
  { resident, worker }: { resident: Person; worker: Person },
): Promise<string> {
  const volunteer = { kind: 'volunteer' as const, name: '乌兰', unitId: null, areaCode: '150603' };
  const body = { ...volunteer, personId: resident.personId };
  const { id: subjectId } = await house.call(createSubject, { body }, officer);
  const code = await insist(house, issueCode, { body: { subjectId } }, officer);
  const token = code.url.split('/').at(-1) ?? '';
  await insist(house, submitRating, { body: { token, level: 5 } }, worker);
  return eventually(async () => (await house.call(listCases, {}, officer)).items[0]?.id);
}

/** One of everything that hangs on walls, is printed or is handed out. */
async function printCodes(
  house: SecurityHouse,
  officer: Person,
  code: { id: string; url: string },
) {
  const ofArea = { body: { areaCode: '150603', place: '北门' } };
  const batch = await house.call(issueAreaBatch, ofArea, officer);
  const params = { id: batch.id };
  await eventually(async () => (await house.call(readBatch, { params }, officer)).state === 'done');
  const of = { kind: 'codes' as const, ids: [code.id] };
  const print = await house.call(requestPrint, { body: { of, sheet: 'label-60x40' } }, officer);
  await eventually(async () => {
    const seen = await house.call(readPrint, { params: { id: print.id } }, officer);
    return seen.state === 'ready';
  });
  const told = { params: { token: code.url.split('/').at(-1) ?? '' }, body: reportBody };
  await house.call(reportCode, told, anonymous);
  const [report] = (await house.call(listSuspicions, {}, officer)).items;
  const newCard = { body: { areaCode: '150603', personId: newId() } };
  const card = await house.call(issueResidentCard, newCard, officer);
  const opensAt = new Date(house.clock.now().getTime() - 60_000).toISOString();
  const place = { areaCode: '150603', name: '广场', opensAt, minutesOpen: 600 };
  const placeCode = await house.call(openPlaceCode, { body: place }, officer);
  return {
    ...{ batchId: batch.id, printId: print.id, reportId: report?.id ?? '' },
    ...{ cardId: card.id, placeCodeId: placeCode.id },
  };
}

async function openShop(house: SecurityHouse, officer: Person, resident: Person) {
  const owner = { ownerName: '图雅', ownerPhone: '13812345678' };
  const merchant = { body: { name: '草原奶茶馆', areaCode: '150603', ...owner } };
  const { id: merchantId } = await insist(house, createMerchant, merchant, officer);
  const benefitId = await offerBenefit(house, officer, merchantId);
  const counter = await openCounter(house, officer, { merchantId, benefitId });
  const used = await redeem(house, benefitId, resident);
  const clerk = personAs('merchant-clerk', { merchantId });
  const body = { code: used.voucherCode };
  const { id: verificationId } = await house.call(verifyVoucher, { body }, clerk);
  const redeemed = await redeem(house, benefitId, resident);
  const phone = '13812345670';
  const relative = { name: '其其格', phone, areaCode: '150603', consent: 'signed' as const };
  const { id: newcomerId } = await house.call(registerPerson, { body: relative }, officer);
  const offer = { params: { id: redeemed.voucherId }, body: { phone } };
  const { id: giftId } = await house.call(offerGift, offer, resident);
  const assistedId = await redeemForElder(house, benefitId, officer);
  const waiting = await openLine(house, officer, { merchantId, resident });
  const vouchers = { ...redeemed, verificationId, giftId, assistedId, newcomerId, ...waiting };
  return { merchantId, benefitId, ...vouchers, ...counter };
}

/** What no budget is left for and what is drawn by lot, and who is in line: one by the help of staff. */
async function openLine(
  house: SecurityHouse,
  officer: Person,
  { merchantId, resident }: { merchantId: string; resident: Person },
) {
  const empty = { sponsor: '商户联盟', areaCode: '150603', pointsLimit: 1, centsLimit: null };
  const { id: budgetId } = await house.call(createBudget, { body: empty }, officer);
  const terms = { allocation: 'waiting-list' as const, budgetId };
  const benefitId = await offerBenefit(house, officer, merchantId, terms);
  const byLot = { allocation: 'draw' as const };
  const lotteryId = await offerBenefit(house, officer, merchantId, byLot);
  const drawn = await offerBenefit(house, officer, merchantId, byLot);
  const opening = { body: drawOf(drawn, house.clock.now()) };
  const { id: drawId } = await house.call(openDraw, opening, officer);
  const entry = await house.call(enterDraw, { body: { drawId } }, resident);
  const place = await house.call(joinWaitingList, { body: { benefitId } }, resident);
  const elder = { name: '哈斯', phone: null, areaCode: '150603', consent: 'signed' as const };
  const { id: personId } = await house.call(registerPerson, { body: elder }, officer);
  const consent = { kind: 'signed' as const, words: '本人签字', on: '2026-11-10' };
  const body = { benefitId, personId, consent };
  const assisted = await house.call(assistWaiting, { body }, officer);
  const entering = { body: { drawId, personId, consent } };
  const { id: assistedEntryId } = await house.call(assistDrawEntry, entering, officer);
  const waiting = { scarceId: benefitId, waitingId: place.id, assistedWaitingId: assisted.id };
  return { ...waiting, lotteryId, drawId, drawEntryId: entry.id, assistedEntryId };
}

/** A draw that takes entries from now on. */
export function drawOf(benefitId: string, now: Date) {
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
  return { benefitId, winners: 1, entriesFrom: at(-1), entriesUntil: at(24), drawnFrom: at(48) };
}

/** A voucher on paper, of an elder without a phone. */
async function redeemForElder(house: SecurityHouse, benefitId: string, officer: Person) {
  const elder = { name: '巴图', phone: null, areaCode: '150603', consent: 'signed' as const };
  const { id: personId } = await house.call(registerPerson, { body: elder }, officer);
  const consent = { kind: 'signed' as const, words: '本人签字', on: '2026-11-10' };
  await house.call(assistJoining, { body: { personId, consent, consentVersion } }, officer);
  const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  await house.call(awardPoints, { body: award }, officer);
  const body = { benefitId, personId, consent };
  const { id } = await house.call(assistRedemption, { body }, officer);
  const params = { id };
  await eventually(
    async () => (await house.call(readAssistedRedemption, { params }, officer)).voucherId,
  );
  await house.call(printVoucher, { params }, officer);
  return id;
}

/** A voucher of the resident with its code of this moment. */
async function redeem(house: SecurityHouse, benefitId: string, resident: Person) {
  const asked = await house.call(requestRedemption, { body: { benefitId } }, resident);
  const params = { id: asked.id };
  const voucherId = await eventually(
    async () => (await house.call(readRedemption, { params }, resident)).voucherId,
  );
  const face = await house.call(readVoucher, { params: { id: voucherId } }, resident);
  return { redemptionId: asked.id, voucherId, voucherCode: face.code ?? '' };
}

/** A benefit with a picture, approved by somebody else and on offer. */
async function offerBenefit(
  house: SecurityHouse,
  officer: Person,
  merchantId: string,
  fields: { allocation?: 'waiting-list' | 'draw'; budgetId?: string } = {},
): Promise<string> {
  const terms = { kind: 'goods' as const, pricePoints: 5, stock: 5, payer: 'donated' as const };
  const perPersonPerMonth = 3;
  const benefit = {
    body: { title: '奶茶一杯', ...terms, perPersonPerMonth, merchantId, ...fields },
  };
  const { id } = await house.call(createBenefit, benefit, officer);
  const params = { id };
  await house.call(setBenefitPicture, { params, body: { data: dot } }, officer);
  await house.call(submitBenefit, { params }, officer);
  const approver = personAs('banner-officer', { areaPaths: [home] });
  await house.call(approveBenefit, { params }, approver);
  await house.call(publishBenefit, { params }, officer);
  return id;
}

/** One of everything that a merchant has beside vouchers, and a sponsor's budget. */
async function openCounter(
  house: SecurityHouse,
  officer: Person,
  { merchantId, benefitId }: { merchantId: string; benefitId: string },
) {
  const owner = personAs('merchant-owner', { merchantId, areaPaths: [] });
  const place = { name: '滨河店', areaCode: '150603', address: '2 号街 8 号' };
  const { id: shopId } = await house.call(createShop, { body: place }, owner);
  const invited = { name: '斯琴', phone: '13912345679', shopId };
  const { id: clerkId } = await house.call(inviteClerk, { body: invited }, owner);
  const more = { benefitId, pieces: 3, words: '' };
  const { id: topUpId } = await house.call(requestTopUp, { body: more }, owner);
  const budget = { sponsor: '商会', areaCode: '150603', pointsLimit: 100, centsLimit: null };
  const { id: budgetId } = await house.call(createBudget, { body: budget }, officer);
  return { shopId, clerkId, topUpId, budgetId };
}

async function openBoard(house: SecurityHouse, officer: Person, resident: Person) {
  const fromOn = civilDateOf(house.clock.now());
  const entry = { areaCode: '150603', title: '授予公示', text: '调解纠纷，加二十分', fromOn };
  const dated = { body: { ...entry, toOn: addDays(fromOn, 5) } };
  const { id: entryId } = await house.call(publishEntry, dated, officer);
  const objection = { params: { id: entryId }, body: { text: '情况不属实' } };
  const { id: objectionId } = await house.call(submitObjection, objection, resident);
  return { entryId, objectionId };
}

export type Estate = Awaited<ReturnType<typeof buildEstate>>;
