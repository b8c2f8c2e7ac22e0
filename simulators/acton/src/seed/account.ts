import { dayMs } from '../moments.ts';
import type { AccountData, Category } from '../model.ts';
import { seedAssets } from './assets.ts';
import { seedCampaigns, seedMessages } from './messages.ts';
import { seedPerson } from './people.ts';
import { seedUnified } from './unified.ts';

export const accountId = '12345';

/** A fresh account: the same at every start, with dates that follow the clock. */
export function seedAccount(nowMs: number): AccountData {
  const agoMs = (days: number) => nowMs - days * dayMs;
  const emailOf = (number: number) => seedPerson(number).email;
  const category = (id: string, name: string, isDefault: boolean, optedOut: number[]): Category => ({
    id,
    name,
    description: `${name} of Example Ltd`,
    isDefault,
    optOuts: new Map(optedOut.map((number) => [emailOf(number), agoMs(12)])),
  });
  const optOuts = [9, 21].map((number) => ({ email: emailOf(number), atMs: agoMs(8), reason: 'Opted out' }));
  return {
    accountId,
    rejectedFiles: new Map(),
    users: [
      {
        id: '434330',
        userType: 'Marketing',
        email: 'ann@example.com',
        firstName: 'Ann',
        lastName: 'Lee',
        title: 'Head',
      },
      {
        id: '434331',
        userType: 'Sales',
        email: 'bob@example.com',
        firstName: 'Bob',
        lastName: 'Stone',
        title: '',
      },
    ],
    messages: seedMessages(nowMs),
    campaigns: seedCampaigns(nowMs),
    ...seedAssets(nowMs),
    optOuts: new Map(optOuts.map((one) => [one.email, one])),
    hardBounces: [3, 17, 44].map((number) => ({
      email: emailOf(number),
      atMs: agoMs(number % 9),
      reason: '550 No such user',
    })),
    spamComplaints: [{ email: emailOf(12), atMs: agoMs(6), reason: 'Feedback loop' }],
    categories: [
      category('1', 'Newsletter', true, [9]),
      category('2', 'Product News', false, [2, 4]),
      category('3', 'Events', false, []),
    ],
    ...seedUnified(nowMs),
    importDefinitions: new Map(),
    imports: new Map(),
    objectJobs: new Map(),
    lastNumber: 0x100,
  };
}
