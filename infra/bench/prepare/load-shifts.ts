import { type Connection, createConnection } from 'mysql2/promise';

const rowsPerStatement = 100_000;
const shiftsPerActivity = 5;
export const loadedTeams = 50;
/** Shifts that each person has been to. */
const shiftsPerPerson = 20;
const communities = 20;
const skills = 5;
/** The shifts lie in these days, the last of them still to come. */
const daysBack = 300;
const daysAhead = 3;

export interface LoadShiftsOptions {
  shifts: number;
  programmeId: string;
  /** Of the banner, `/1506/150603/`. */
  home: string;
  say: (line: string) => void;
}

const heads = {
  ...{ person: '0195512D', team: '0195512A', activity: '0195512B', shift: '0195512C' },
  ...{ signUp: '0195512E', skill: '0195512F', item: '01955130', order: '01955131' },
  ...{ review: '01955132', member: '01955133', account: '01955134' },
} as const;
type Kind = keyof typeof heads;

/** The id of something loaded by its number from 0. */
export function loadedId(kind: Kind, index: number): string {
  const head = heads[kind].toLowerCase();
  return `${head}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** The same in SQL. */
const id = (kind: Kind, number: string) =>
  `UNHEX(CONCAT('${heads[kind]}000070008000', LPAD(HEX(${number}), 12, '0')))`;

export const loadedPeople = (shifts: number): number => Math.ceil(shifts / shiftsPerPerson);

/**
 * Fills a volunteering schema with shifts of a year, each with somebody who came and whose hours are
 * verified, with reviews and orders beside them, by SQL alone. The statistics are not told of it yet.
 */
export async function loadShifts(schemaUrl: string, options: LoadShiftsOptions): Promise<void> {
  const { shifts, say } = options;
  const connection = await createConnection({ uri: schemaUrl });
  try {
    for (const [table, count, select] of statementsOf(options)) {
      for (let from = 0; from < count; from += rowsPerStatement) {
        if (from > 0) say(`${from} of ${count} rows of ${table}`);
        await insert(connection, table, select, from, Math.min(count, from + rowsPerStatement));
      }
    }
    say(`the statistics of the tables of ${shifts} shifts`);
    const tables = statementsOf(options).map(([table]) => `volunteering_${table.split(' ')[0]}`);
    await connection.query(`ANALYZE TABLE ${[...new Set(tables)].join()}`);
  } finally {
    await connection.end();
  }
}

type Statement = readonly [table: string, count: number, values: string];

const now = 'UTC_TIMESTAMP(3)';
const nobody = "UNHEX(REPEAT('0', 32))";
const activity = `n DIV ${shiftsPerActivity}`;

/** The words of SQL that the statements share; `n` is the number of a row. */
function termsOf({ shifts, programmeId, home }: LoadShiftsOptions) {
  const people = loadedPeople(shifts);
  const stepMs = Math.floor(((daysBack + daysAhead) * 86_400_000) / shifts);
  const since = `UTC_TIMESTAMP() - INTERVAL ${daysBack} DAY`;
  const day = `DATE(${since} + INTERVAL n * ${stepMs} * 1000 MICROSECOND)`;
  return {
    ...{ people, day, home },
    programme: `UNHEX('${programmeId.replaceAll('-', '')}')`,
    startsAt: `${day} + INTERVAL 2 HOUR`,
    endsAt: `${day} + INTERVAL 4 HOUR`,
    person: id('person', `n % ${people}`),
    other: id('person', `(n + 1) % ${people}`),
    skill: `IF(n % 10 = 0, ${id('skill', `(n DIV 10) % ${skills}`)}, ${nobody})`,
    areaOf: (number: string) => `CONCAT('${home}', 150603001 + (${number}) % ${communities}, '/')`,
    past: Math.floor((shifts * daysBack) / (daysBack + daysAhead)),
  };
}
type Terms = ReturnType<typeof termsOf>;

/** Table with its columns, how many rows, and the values of row `n`. */
function statementsOf(options: LoadShiftsOptions): Statement[] {
  const terms = termsOf(options);
  const { shifts } = options;
  return [
    ...peopleOf(terms),
    ...shiftsOf(terms, shifts),
    ...hoursOf(terms),
    ...ordersOf(terms, shifts),
  ];
}

function peopleOf(terms: Terms): Statement[] {
  const { people, programme, home, person, other, areaOf } = terms;
  return [
    ['person (person_id, left_at)', people, `${id('person', 'n')}, NULL`],
    [
      `volunteer (person_id, programme_id, area_path, masked_name, birth_month, number, key_id, salt,
        account_id, guardian_on, joined_at)`,
      people,
      `${id('person', 'n')}, ${programme}, ${areaOf('n')}, '志*', '1985-05', LPAD(n, 8, '0'), 'k1',
        ${id('person', 'n')}, ${id('account', 'n')}, NULL, ${now}`,
    ],
    [
      'skill (id, programme_id, name, created_at)',
      skills,
      `${id('skill', 'n')}, ${programme}, CONCAT('技能', n), ${now}`,
    ],
    [
      'team (id, programme_id, name, area_path, words, is_closed, created_at)',
      loadedTeams,
      `${id('team', 'n')}, ${programme}, CONCAT('第', n, '服务队'), '${home}', '', 0, ${now}`,
    ],
    [
      `member (id, team_id, person_id, role, state, live_person_id, applied_at, decided_by, ended_at)`,
      loadedTeams,
      `${id('member', 'n')}, ${id('team', 'n')}, ${person}, 'leader', 'active', ${person}, ${now},
        ${other}, NULL`,
    ],
  ];
}

function shiftsOf(terms: Terms, shifts: number): Statement[] {
  const { programme, person, other, startsAt, endsAt, skill, areaOf } = terms;
  return [
    [
      `activity (id, programme_id, team_id, title, words, area_path, place, state, least_age, most_age,
        beneficiary_id, changed_by, submitted_by, decided_by, reason, created_at)`,
      Math.ceil(shifts / shiftsPerActivity),
      `${id('activity', 'n')}, ${programme}, ${id('team', `n % ${loadedTeams}`)},
        CONCAT('社区清洁 ', n), '', ${areaOf('n')}, '广场', 'published', NULL, NULL, NULL, ${person},
        ${person}, ${other}, NULL, ${now}`,
    ],
    [
      `shift (id, activity_id, programme_id, starts_at, ends_at, state, place_code_id, served_at)`,
      shifts,
      `${id('shift', 'n')}, ${id('activity', activity)}, ${programme}, ${startsAt}, ${endsAt}, 'open',
        NULL, NULL`,
    ],
    [
      'seat (shift_id, skill_id, places, taken, programme_id, starts_at)',
      shifts,
      `${id('shift', 'n')}, ${skill}, 20, 1, ${programme}, ${startsAt}`,
    ],
    [
      `sign_up (id, programme_id, activity_id, shift_id, person_id, live_person_id, skill_id, state,
        starts_at, ends_at, is_assisted, signed_at, remind_at, ended_at)`,
      shifts,
      `${id('signUp', 'n')}, ${programme}, ${id('activity', activity)}, ${id('shift', 'n')}, ${person},
        ${person}, ${skill}, 'signed',
        ${startsAt}, ${endsAt}, 0, ${startsAt} - INTERVAL 5 DAY, NULL, NULL`,
    ],
  ];
}

function hoursOf(terms: Terms): Statement[] {
  const { past, people, day, programme, person, other, startsAt, endsAt, areaOf } = terms;
  return [
    [
      `attendance (sign_up_id, shift_id, person_id, present_person_id, starts_at, ends_at, state, in_at,
        in_way, out_at, out_way, is_late, due_at, confirmed_by, refusal)`,
      past,
      `${id('signUp', 'n')}, ${id('shift', 'n')}, ${person}, NULL, ${startsAt}, ${endsAt}, 'verified',
        ${startsAt}, 'place', ${endsAt}, 'place', 0, NULL, ${other}, NULL`,
    ],
    [
      `hours (id, programme_id, kind, person_id, team_id, activity_id, area_path, title, on_day,
        served_from, most_minutes, minutes, beyond_cap, version, is_first, account_id, posted_minutes,
        posting_minutes, posting_version, post_at, counted_by, counted_at, tallied_minutes, tally_at)`,
      past,
      `${id('signUp', 'n')}, ${programme}, 'verified', ${person}, ${id('team', `(${activity}) % ${loadedTeams}`)},
        ${id('activity', activity)}, ${areaOf(activity)}, CONCAT('社区清洁 ', ${activity}), ${day},
        ${startsAt}, 120, 120, 0, 1, 0, ${id('account', `n % ${people}`)}, 120, NULL, NULL, NULL,
        ${other}, ${endsAt}, 120, NULL`,
    ],
    ['hours_day (hours_id, on_day, minutes)', past, `${id('signUp', 'n')}, ${day}, 120`],
    [
      'day (programme_id, person_id, on_day, minutes)',
      past,
      `${programme}, ${person}, ${day}, 120`,
    ],
    [
      `review (id, kind, object_id, activity_id, outcome, words, reviewed_by, listed_at, reviewed_at,
        order_id, area_path)`,
      Math.floor(past / shiftsPerPerson),
      `${id('review', 'n')}, 'sample', ${id('signUp', `n * ${shiftsPerPerson}`)},
        ${id('activity', `n * ${shiftsPerPerson} DIV ${shiftsPerActivity}`)},
        IF(n % 10 = 0, NULL, 'confirmed'), IF(n % 10 = 0, NULL, '属实'),
        IF(n % 10 = 0, NULL, ${other}), ${now}, IF(n % 10 = 0, NULL, ${now}), NULL,
        ${areaOf(`n * ${shiftsPerPerson} DIV ${shiftsPerActivity}`)}`,
    ],
  ];
}

function ordersOf(terms: Terms, shifts: number): Statement[] {
  const { programme, home, person, other, areaOf } = terms;
  return [
    [
      `menu_item (id, programme_id, team_id, area_path, title, words, minutes, skill_id, state,
        proposed_by, decided_by, reason, created_at)`,
      loadedTeams,
      `${id('item', 'n')}, ${programme}, ${id('team', 'n')}, '${home}', '上门理发', '', 60, NULL,
        'offered', ${person}, ${other}, NULL, ${now}`,
    ],
    [
      `order (id, programme_id, item_id, team_id, area_path, person_id, person_name, volunteer_id,
        live_volunteer_id, place, words, wanted_from, wanted_until, starts_at, ends_at, state,
        is_assisted, code_round, code_tries, placed_at, ended_at)`,
      Math.ceil(shifts / 10),
      `${id('order', 'n')}, ${programme}, ${id('item', `n % ${loadedTeams}`)},
        ${id('team', `n % ${loadedTeams}`)}, ${areaOf('n')}, ${person}, '巴*', NULL, NULL, '***', '***',
        ${now}, ${now}, NULL, NULL, 'expired', 0, 1, 0, ${now}, ${now}`,
    ],
  ];
}

const ten = Array.from({ length: 10 }, (_none, digit) => `SELECT ${digit} AS d`).join(
  ' UNION ALL ',
);
const digits = ['a', 'b', 'c', 'd', 'e'].map((name) => `(${ten}) AS ${name}`).join(' CROSS JOIN ');

async function insert(
  connection: Connection,
  table: string,
  select: string,
  from: number,
  upTo: number,
): Promise<void> {
  const number = `${from} + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d`;
  await connection.query(
    `INSERT INTO volunteering_${table} SELECT ${select}
      FROM (SELECT n FROM (SELECT ${number} AS n FROM ${digits}) numbers WHERE n < ${upTo}) one`,
  );
}
