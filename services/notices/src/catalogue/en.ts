import type { Catalogue } from './catalogue-form.ts';

export const en: Catalogue = {
  messages: {
    'points-awarded': { title: 'Points received', text: 'You got {points} points for: {reason}.' },
    'award-proposed': {
      title: 'An award to approve',
      text: '{points} points for {reason} were proposed; somebody else than the proposer must approve.',
    },
    'award-published': {
      title: 'Your award is on the board',
      text: '{points} points for {reason} will be yours when the publicity ends without a valid objection.',
    },
    'award-withdrawn': {
      title: 'Points not awarded',
      text: 'The {points} points for {reason} were not awarded. Ask the staff of the community about it.',
    },
    'reversal-noticed': {
      title: 'Points to be taken back',
      text: 'The {points} points for {reason} are to be taken back. You may appeal until {until}, that day included; nothing is taken before it is settled.',
    },
    'reversal-lifted': {
      title: 'Points stay yours',
      text: 'The {points} points for {reason} are not taken back after all.',
    },
    'points-reversed': {
      title: 'Points taken back',
      text: 'The {points} points for {reason} were taken back; what you had spent stays spent.',
    },
    'voucher-issued': {
      title: 'Voucher issued',
      text: 'Your voucher for "{benefit}" is ready. Use it by {expiresOn}, that day included.',
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
      text: '"{benefit}" could not be redeemed: {reason}.',
    },
    'redemption-cancelled': {
      title: 'Redemption cancelled',
      text: '"{benefit}" was cancelled; the {points} points that were held come back.',
    },
    'objection-received': {
      title: 'Objection received',
      text: 'Somebody objected to entry {reference}; a person other than its author must answer.',
    },
    'objection-answered': {
      title: 'Objection answered',
      text: 'Your objection to entry {reference} was answered: {verdict}.',
    },
    'certificate-expiring': {
      title: 'Certificate about to expire',
      text: 'Your certificate ({level}) expires on {expiresOn}, about {days} days from now. Please renew it.',
    },
    'staff-certificate-expiring': {
      title: 'A certificate is about to expire',
      text: 'Certificate {number} ({level}) expires on {expiresOn}, about {days} days from now. Please remind its holder.',
    },
  },
  texts: {
    'sign-in-code':
      'Code {code}, valid for {minutes} minutes. Staff never ask for it; tell nobody.',
  },
  words: {
    upheld: 'upheld',
    rejected: 'rejected',
    rating: 'rating a service',
    activity: 'taking part in an activity',
    meeting: 'taking part in a meeting',
    mediation: 'mediating a dispute',
    volunteering: 'volunteering',
    'good-deed': 'a good deed',
    honour: 'an honour',
    senior: 'senior social worker',
    intermediate: 'social worker',
    junior: 'assistant social worker',
    'insufficient-points': 'not enough points',
    'level-too-low': 'the level is not high enough yet',
    'not-participating': 'not taking part in the points programme',
    'sold-out': 'sold out',
    'not-completed': 'not completed in time',
  },
  signature: '[DDP] ',
};
