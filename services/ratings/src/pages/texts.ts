import type { Language, Localized } from '@ddp/contracts/language';
import type { Level } from '../domain/cell.ts';

const texts = {
  product: { zh: '多多评 · 码上生活', en: 'Duoduoping' },
  chooseFirst: { zh: '请先选择一个评价', en: 'Please choose a face first' },
  reasons: { zh: '原因（可不选）', en: 'Reasons (optional)' },
  words: { zh: '想说的话（可不填）', en: 'In your own words (optional)' },
  wordsTooLong: {
    zh: '想说的话最多 500 字，不能有特殊符号',
    en: 'At most 500 characters, without control characters',
  },
  wordsHint: { zh: '请不要写电话、地址等个人信息', en: 'Leave out phone numbers and addresses' },
  photos: { zh: '照片（可不传，最多 3 张）', en: 'Photos (optional, at most 3)' },
  photosHint: {
    zh: '每张 5 MB 以内；拍摄地点等信息会被去除',
    en: 'At most 5 MB each; where and when they were taken is removed',
  },
  tooManyPhotos: { zh: '最多 3 张照片', en: 'At most 3 photos' },
  named: {
    zh: '我愿意让被评价人看到这一条并回复我',
    en: 'The rated person may see this rating by itself and reply to me',
  },
  unsent: {
    zh: '现在没有网络。评价已存在手机里，联网后会自动提交一次，您可以离开本页。',
    en: 'There is no network. Your rating is kept on this phone and sent once there is.',
  },
  kept: { zh: '存在手机里的评价没有被接受', en: 'A rating kept on this phone was not accepted' },
  keptRefused: { zh: '没有被接受', en: 'Not accepted' },
  keptSend: { zh: '按现在的身份提交', en: 'Send it by what I am now' },
  keptDrop: { zh: '不提交，删除', en: 'Delete it without sending' },
  asGuestNow: {
    zh: '填写时的登录已不在，现在提交会算作游客评价，不计积分。请确认后再提交。',
    en: 'You are no longer signed in as when you wrote this: it would count as a guest’s. Send it again to confirm.',
  },
  asPersonNow: {
    zh: '填写时的身份和现在登录的不同，现在提交会算在现在登录的人名下。请确认后再提交。',
    en: 'This was written under another sign-in: it would count as yours now. Send it again to confirm.',
  },
  wordsInReview: {
    zh: '您写的话正在审核中，通过后才会显示给他人。',
    en: 'Your words are being reviewed before others can see them.',
  },
  send: { zh: '提交评价', en: 'Send' },
  skip: { zh: '暂不评价', en: 'Not now' },
  skipped: { zh: '好的，您可以关闭本页', en: 'All right, you may close this page' },
  report: { zh: '这个码有问题？点此举报', en: 'Something wrong with this code? Report it' },
  reportTitle: { zh: '举报这个码', en: 'Report this code' },
  reportSend: { zh: '提交举报', en: 'Send the report' },
  reportThanks: { zh: '已收到举报，我们会尽快核查', en: 'Thank you, we will look into it' },
  back: { zh: '返回', en: 'Back' },
  thanks: { zh: '谢谢您的评价', en: 'Thank you for your rating' },
  thanksResident: {
    zh: '如已加入品德积分，本次评价的积分将在 24 小时后可用（每天最多 3 次）。',
    en: 'If you take part in the points programme, the points can be spent after 24 hours.',
  },
  thanksGuest: {
    zh: '您没有登录，本次评价已收到，不计积分。',
    en: 'You are not signed in: the rating is received and earns no points.',
  },
  invalidTitle: { zh: '此码无效或已停用', en: 'This code is not valid or no longer in use' },
  invalidText: {
    zh: '请不要在这里填写任何内容，并把这张码告诉工作人员。',
    en: 'Do not type anything here, and tell the staff about this code.',
  },
  photoOf: { zh: '照片：', en: 'Photo of ' },
  unitless: { zh: '个人', en: 'Individual' },
  safety: {
    zh: '本页不收费，也不会要求付款或输入密码。',
    en: 'This page never asks for a payment or a password.',
  },
} as const satisfies Record<string, Localized>;

export type TextName = keyof typeof texts;

/** The words of a page in the reader's language. */
export function text(name: TextName, language: Language): string {
  return texts[name][language];
}

export const levelNames: Record<Level, Localized> = {
  5: { zh: '非常满意', en: 'Very satisfied' },
  4: { zh: '满意', en: 'Satisfied' },
  3: { zh: '基本满意', en: 'Acceptable' },
  2: { zh: '不满意', en: 'Dissatisfied' },
  1: { zh: '非常不满意', en: 'Very dissatisfied' },
};

export const reportReasons = {
  'pasted-over': { zh: '被人贴盖过', en: 'Pasted over another code' },
  'wrong-person': { zh: '显示的不是本人', en: 'Shows somebody else' },
  'asks-for-money': { zh: '要求付款', en: 'Asks for money' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Record<string, Localized>;
