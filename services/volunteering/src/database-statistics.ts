interface StatisticTable {
  programme_id: Buffer;
  area_path: string;
  /** `2026-11` or `2026-Q4`. */
  period: string;
  /** Zeros for all. */
  skill_id: Buffer;
  verified_minutes: number;
  recorded_minutes: number;
  services: number;
  orders: number;
  people: number;
  recorded_people: number;
  teams: number;
  activities: number;
  shifts: number;
}

interface StatisticMemberTable {
  programme_id: Buffer;
  area_path: string;
  period: string;
  skill_id: Buffer;
  kind: string;
  object_id: Buffer;
  /** By how many hours it is counted. */
  uses: number;
}

interface StatisticTurnTable {
  programme_id: Buffer;
}

export interface StatisticTables {
  volunteering_statistic: StatisticTable;
  volunteering_statistic_member: StatisticMemberTable;
  volunteering_statistic_turn: StatisticTurnTable;
}
