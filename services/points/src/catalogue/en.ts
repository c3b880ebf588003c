import type { Catalogue } from './catalogue-form.ts';

export const en: Catalogue = {
  why: {
    award: (points, rule, isWaiting) =>
      isWaiting
        ? `${rule}: standing +${points}; ${points} points can be spent once confirmed`
        : `${rule}: standing +${points}, points +${points}`,
    maturity: (points, rule) => `${rule}: ${points} points are confirmed and can be spent`,
    hold: (points) => `${points} points are held for a redemption`,
    spending: (points) => `A voucher was used: ${points} points spent`,
    return: (points) => `A redemption was not used: ${points} points are free again`,
    expiry: (points) => `${points} points reached their last day and lapsed; the standing stays`,
    'reversal-notice': (points, rule) =>
      `${rule}: ${points} points are to be taken back; nothing is taken while you may appeal`,
    'reversal-lifted': (points, rule) => `${rule}: ${points} points are not taken back after all`,
    reversal: (points, rule) =>
      `${rule}: ${points} of standing taken back, and as many points as were left`,
    undoing: (points, rule) =>
      `${rule}: you withdrew the rating, so its ${points} of standing and points went with it`,
    recovery: (points) =>
      `${points} points that came back belong to what was taken back while they were held`,
    leaving: (points) => `Left the programme: ${points} unspent points lapsed, the standing stays`,
  },
  rules: {
    rating: 'Rating a service',
    activity: 'Taking part in an activity',
    meeting: 'Taking part in a meeting',
    mediation: 'Mediating a dispute',
    volunteering: 'Volunteering',
    'good-deed': 'A good deed',
    honour: 'An honour',
  },
  deciders: {
    rule: 'By the rule itself',
    'grid-worker': 'Grid worker',
    'community-officer': 'Community officer',
    'banner-officer': 'Banner officer',
    'city-officer': 'City officer',
  },
  appealAward: (days) =>
    `Object within ${days} days at the community; somebody other than the awarder decides`,
  appealReversal: (days) =>
    `Appeal within ${days} days of the notice; somebody other than its author decides`,
  appealOther: 'Ask the staff of the community to check it with you',
};
