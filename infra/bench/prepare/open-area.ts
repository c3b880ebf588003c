import { importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { type Caller, personAs } from '../../principals.ts';

const city = { code: '1506', name: '鄂尔多斯市', level: 'city', parentCode: null } as const;
const banner = { code: '150603', name: '康巴什区', level: 'banner', parentCode: '1506' } as const;

export interface OpenedArea {
  areaCode: string;
  /** Of the whole city, where the programme is in force. */
  areaPath: string;
  programmeId: string;
}

/** Imports two areas into an empty directory and starts a programme over them. */
export async function openArea(call: Caller): Promise<OpenedArea> {
  const administrator = personAs('administrator', { areaPath: '/' });
  await call(administrator, importAreas, { body: { areas: [city, banner] } });
  const body = { areaCode: city.code, name: '品德积分' };
  const programme = await call(administrator, startProgramme, { body });
  return { areaCode: banner.code, areaPath: programme.areaPath, programmeId: programme.id };
}
