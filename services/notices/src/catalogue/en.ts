import type { Catalogue } from './catalogue-form.ts';

export const en: Catalogue = {
  messages: {
    'points-awarded': { title: 'Points received', text: 'You got {points} points for: {reason}.' },
    'voucher-issued': {
      title: 'Voucher issued',
      text: 'Your voucher for "{benefit}" is ready. Use it before {expiresOn}.',
    },
    'voucher-verified': {
      title: 'Voucher used',
      text: 'Your voucher for "{benefit}" was used at {merchant}.',
    },
    'voucher-expired': {
      title: 'Voucher expired',
      text: 'Your voucher for "{benefit}" expired unused; {points} points came back.',
    },
    'redemption-failed': {
      title: 'Redemption failed',
      text: '"{benefit}" could not be redeemed; {points} points came back.',
    },
    'redemption-cancelled': {
      title: 'Redemption cancelled',
      text: '"{benefit}" was cancelled; {points} points came back.',
    },
    'objection-received': {
      title: 'Objection received',
      text: 'Somebody objected to entry {reference}; a person other than its author must answer.',
    },
    'objection-answered': {
      title: 'Objection answered',
      text: 'Your objection to entry {reference} was answered: {verdict}.',
    },
  },
  texts: {
    'sign-in-code':
      'Code {code}, valid for {minutes} minutes. Staff never ask for it; tell nobody.',
  },
  words: { upheld: 'upheld', rejected: 'rejected' },
  signature: '[DDP] ',
};
