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
    'verification-undone': {
      title: 'Verification undone',
      text: '{merchant} undid the use of your voucher for "{benefit}". It is good again, and its points are still held.',
    },
    'voucher-ending': {
      title: 'Voucher ends soon',
      text: 'Your voucher for "{benefit}" ends in {days} days. Use it by {expiresOn}, that day included.',
    },
    'gift-offered': {
      title: 'A voucher is offered to you',
      text: 'Somebody offers you "{benefit}". Accept or refuse it under my gifts by {until}, that day included.',
    },
    'gift-accepted': { title: 'Gift accepted', text: 'The voucher for "{benefit}" was accepted.' },
    'gift-ended': { title: 'Gift over', text: 'The gift of "{benefit}" is over: {outcome}.' },
    'waiting-offered': {
      title: 'Your turn on the waiting list',
      text: '"{benefit}" at {merchant} is set aside for you until {until}. Redeem it under where I wait.',
    },
    'waiting-lapsed': {
      title: 'Your turn has passed',
      text: '"{benefit}" was set aside for you, not taken in time, and went to the next in line.',
    },
    'waiting-ended': {
      title: 'Waiting list over',
      text: '"{benefit}" is not on offer any more, and its waiting list has ended.',
    },
    'draw-won': {
      title: 'You were drawn',
      text: 'You were drawn for "{benefit}", which is being redeemed for {points} points.',
    },
    'draw-over': {
      title: 'Not drawn this time',
      text: 'The draw of "{benefit}" is over, and you were not drawn. Its record is public and can be recomputed.',
    },
    'draw-cancelled': {
      title: 'Draw cancelled',
      text: 'The draw of "{benefit}" was cancelled; its public record says why.',
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
    'merchant-admitted': {
      title: 'Admitted as a merchant',
      text: '{merchant} takes part from now on: sign in again as a merchant.',
    },
    'merchant-refused': {
      title: 'Not admitted as a merchant',
      text: 'The application of {merchant} was refused; the reason stands beside it, and you may apply again.',
    },
    'statement-drawn': {
      title: 'Your statement is drawn',
      text: 'The statement of {merchant} for {month} is drawn. Dispute what is wrong by {until}, that day included; silence counts as agreement.',
    },
    'objection-received': {
      title: 'Objection received',
      text: 'Somebody objected to entry {reference}; a person other than its author must answer.',
    },
    'objection-answered': {
      title: 'Objection answered',
      text: 'Your objection to entry {reference} was answered: {verdict}.',
    },
    'follow-up-opened': {
      title: 'A bad rating waits',
      text: 'A bad rating came in. Accept its follow-up by {until}, that day included.',
    },
    'follow-up-climbed': {
      title: 'A follow-up is overdue and now yours',
      text: 'A follow-up missed its deadline and climbed to your level. Accept it by {until}.',
    },
    'follow-up-reopened': {
      title: 'A fix was not accepted',
      text: 'The resident is still not satisfied with the fix. Accept it again by {until}.',
    },
    'follow-up-transferred': {
      title: 'A follow-up was transferred to you',
      text: 'A follow-up was transferred to you by name. Accept it by {until}, that day included.',
    },
    'follow-up-resolved': {
      title: 'Your rating led to something',
      text: 'Outcome: {outcome}. Read more under My ratings, and please rate the fix.',
    },
    'follow-up-closed': {
      title: 'Your rating was settled',
      text: 'Outcome: {outcome}. Read more under My ratings.',
    },
    'order-taken': {
      title: 'Somebody will come',
      text: 'A volunteer took your order of "{item}" and comes at {at}. Show the arrival code of the order at the door.',
    },
    'order-given-back': {
      title: 'Your order is open again',
      text: 'The volunteer gave your order of "{item}" back; it waits for another.',
    },
    'order-missed': {
      title: 'Nobody came',
      text: 'Nobody arrived for "{item}" in the agreed time, and the order is over. Order again if you still need it.',
    },
    'order-expired': {
      title: 'Nobody took your order',
      text: 'No volunteer took your order of "{item}" in the time you asked for. Try another time, or ask the community.',
    },
    'order-cancelled': {
      title: 'Order cancelled',
      text: 'The order of "{item}" is cancelled; nobody has to come.',
    },
    'order-finished': {
      title: 'Please confirm the service',
      text: '"{item}" is done, {minutes} minutes. Confirm it by {until}, that day included, or object.',
    },
    'order-confirmed': {
      title: 'Service confirmed',
      text: 'Who ordered "{item}" confirmed it, {minutes} minutes.',
    },
    'order-unconfirmed': {
      title: 'Service not confirmed',
      text: 'Who ordered "{item}" did not confirm it in time, so it does not count as verified.',
    },
    'order-disputed': {
      title: 'A service is disputed',
      text: 'Somebody in your area objects to how "{item}" was done. Please look into it.',
    },
    'order-decided': {
      title: 'Objection decided',
      text: 'The objection to "{item}" is decided: {minutes} minutes count. The order says why.',
    },
    'rating-appealable': {
      title: 'A bad rating you may appeal against',
      text: 'You got a bad rating. You may appeal by {until}, that day included; others decide.',
    },
    'appeal-received': {
      title: 'An appeal waits',
      text: 'Somebody appealed against a rating; a person without a part in the case must decide.',
    },
    'appeal-decided': {
      title: 'Your appeal was decided',
      text: 'Your appeal against a rating was decided: {verdict}.',
    },
    'certificate-expiring': {
      title: 'Certificate about to expire',
      text: 'Your certificate ({level}) expires on {expiresOn}, about {days} days from now. Please renew it.',
    },
    'staff-certificate-expiring': {
      title: 'A certificate is about to expire',
      text: 'Certificate {number} ({level}) expires on {expiresOn}, about {days} days from now. Please remind its holder.',
    },
    'shift-reminder': {
      title: 'Your shift is near',
      text: '"{activity}" begins at {at} at {place}. If you cannot come, cancel early, so that somebody who waits gets the place.',
    },
    'shift-place-free': {
      title: 'You have a place',
      text: 'A place became free and is yours: "{activity}", {at}, {place}. If you cannot come, cancel early.',
    },
    'shift-cancelled': { title: 'Shift cancelled', text: '"{activity}" at {at} is cancelled.' },
    'substitute-asked': {
      title: 'Somebody asks you to come instead',
      text: 'Somebody asks you to come instead: "{activity}" at {at} at {place}. Answer under my substitutions.',
    },
    'check-out-missing': {
      title: 'You have not checked out',
      text: '"{activity}" ended and you have not checked out. Tap to say when you left; the leader confirms it.',
    },
    'hours-verified': {
      title: 'Your hours are verified',
      text: '{minutes} minutes of "{activity}" are verified.',
    },
    'hours-refused': {
      title: 'Your hours were not confirmed',
      text: 'The leader did not confirm {minutes} minutes of "{activity}". The reason stands under my hours; staff of your community can help.',
    },
    'hours-corrected': {
      title: 'Your hours were corrected',
      text: 'The {before} minutes of "{activity}" were corrected to {minutes}. The reason stands under my hours.',
    },
    'star-proposed': {
      title: 'You reached another star',
      text: 'Your verified hours reach {level} stars. They count after their days on the public board.',
    },
    'star-granted': {
      title: 'Your star counts',
      text: 'You are a volunteer of {level} stars. Thank you.',
    },
    'star-withdrawn': {
      title: 'A star was not given',
      text: 'The {level} stars were not given; my stars say why. They are published anew when the hours reach them.',
    },
    'star-refused': {
      title: 'An objection to your star was upheld',
      text: 'The {level} stars were not given. You may appeal until {until}; somebody else decides.',
    },
    'star-ending': {
      title: 'A star is to end',
      text: 'After a correction the hours are below {level} stars. You may appeal until {until}; the star stays until then.',
    },
    'star-kept': { title: 'Your star stays', text: 'Your {level} stars stay; my stars say why.' },
    'star-ended': {
      title: 'A star has ended',
      text: 'Your {level} stars have ended; my stars say why.',
    },
    'star-appealed': {
      title: 'An appeal to decide',
      text: 'An appeal about {level} stars in your area waits for somebody who had no part in it.',
    },
    'service-record-ready': {
      title: 'Your certificate is issued',
      text: 'Certificate {number} of your service is issued: download it under my certificates. Anybody can check it by its symbol.',
    },
    'service-record-failed': {
      title: 'No certificate could be issued',
      text: 'The certificate of your service could not be issued: {failure}.',
    },
    'service-record-revoked': {
      title: 'A certificate was revoked',
      text: 'Certificate {number} of your service was revoked; my certificates say why. Ask the staff of your community if you have questions.',
    },
  },
  texts: {
    'sign-in-code':
      'Code {code}, valid for {minutes} minutes. Staff never ask for it; tell nobody.',
  },
  words: {
    'name-unknown': 'no name is registered; have it registered at your community first',
    'letter-missing': 'the font lacks a letter of the name or of an activity; ask your community',
    fixed: 'put right',
    partly: 'put right in part',
    refused: 'refused, with the reason',
    'not-ours': 'not ours, passed on',
    mistaken: 'found to be mistaken',
    malicious: 'found to be malicious',
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
    'budget-exhausted': 'the budget of its sponsor is used up',
    'merchant-paused': 'the merchant takes no new redemptions',
    'not-completed': 'not completed in time',
    'gift-refused': 'it was not accepted',
    'gift-taken-back': 'it was taken back',
    'gift-expired': 'it was not answered in time',
    'gift-lapsed': 'the voucher was used or has ended',
  },
  signature: '[DDP] ',
};
