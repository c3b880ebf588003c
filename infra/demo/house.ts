import { CallProblem, type Fetch } from '@ddp/contracts/call';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import { requestCode, signInByCode } from '@ddp/contracts/identity/routes';

/** A house that people reach over HTTP, and the fake provider that their texts end in. */
export interface HouseUnderTest {
  url: string;
  smsUrl: string;
}

/** An invented phone number that no other run uses. */
export function drawPhone(): string {
  const digits = () => Math.floor(Math.random() * 10);
  const tail = Array.from({ length: 8 }, digits).join('');
  return `1${3 + Math.floor(Math.random() * 7)}${digits()}${tail}`;
}

interface TextPage {
  items: { text: string }[];
}

export async function readLastCode(smsUrl: string, phone: string): Promise<string> {
  const answer = await fetch(`${smsUrl}/messages?phone=${phone}`);
  const { items } = (await answer.json()) as TextPage;
  const code = /\d{6}/.exec(items[0]?.text ?? '')?.[0];
  if (!code) throw new Error('no one-time code came by text message');
  return code;
}

/** Signs in by phone and one-time code; `send` sees what goes over the network and comes back. */
export async function signInByPhone(
  house: HouseUnderTest,
  phone: string,
  as: { role: 'resident'; areaCode: string } | { role: 'merchant' },
  send?: Fetch,
): Promise<HouseClient> {
  const client = createHouseClient(house.url, send);
  const { requestId } = await client.call(requestCode, { body: { phone } });
  const code = await readLastCode(house.smsUrl, phone);
  await client.call(signInByCode, { body: { requestId, phone, code, ...as } });
  return client;
}

/** The slug a call is refused with. Throws when it is not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CallProblem) return error.slug;
    throw error;
  }
  throw new Error('the call was not refused');
}
