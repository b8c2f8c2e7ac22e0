import { dayMs, hourMs } from '../moments.ts';
import type { ObjectSchema, SchemaColumn, Segment, UnifiedContact } from '../model.ts';
import { seedPerson } from './people.ts';

const standard: [name: string, mapping: string, type?: string][] = [
  ['Act-On Primary Score', 'ACTON_PRIMARY_SCORE', 'SCORE'],
  ['First Name', 'FIRST_NAME'],
  ['Last Name', 'LAST_NAME'],
  ['E-mail Address', 'EMAIL', 'EMAIL'],
  ['Company', 'COMPANY'],
  ['Title', 'TITLE'],
  ['Business Phone', 'BUSINESS_PHONE'],
  ['Business City', 'BUSINESS_CITY'],
  ['External Id', 'EXTERNAL_ID'],
];

/** The newer contacts of an account, their columns and segments. */
export function seedUnified(nowMs: number) {
  const columns: SchemaColumn[] = [...standard, ['Favourite Colour', ''] as const].map(
    ([name, mapping, type = 'TEXT'], index) => ({
      fieldId: 1116 + index,
      columnIndex: 6 + index,
      name,
      type,
      standardFieldMapping: mapping || null,
      required: mapping === 'ACTON_PRIMARY_SCORE',
      readonly: mapping === 'ACTON_PRIMARY_SCORE',
      hidden: false,
    }),
  );
  const contacts: UnifiedContact[] = Array.from({ length: 40 }, (_, number) => {
    const person = seedPerson(number);
    const createdMs = nowMs - 30 * dayMs + number * hourMs;
    return {
      id: `00000000-0000-4000-8000-${String(number + 1).padStart(12, '0')}`,
      fields: {
        firstName: person.firstName,
        lastName: person.lastName,
        email: person.email,
        company: person.company,
        businessCity: 'Portland',
        businessPhone: `+1 503 555 ${String(100 + number).padStart(4, '0')}`,
        actonPrimaryScore: String(number * 5),
        objectType: 'CONTACT',
        externalId: `crm-${1000 + number}`,
      },
      customFields: { '15': number % 2 === 0 ? 'blue' : 'green' },
      cookieId: `cookie-${number + 1}`,
      createdMs,
      updatedMs: createdMs + (number % 5) * dayMs,
    };
  });
  const segment = (id: string, name: string, every: number): Segment => ({
    id,
    name,
    type: 'DIRECT_SELECT',
    parentId: 'l-unified-contacts',
    filter: null,
    contactIds: new Set(contacts.filter((_, index) => index % every === 0).map((one) => one.id)),
  });
  const segments = [segment('g-0001', 'Engaged', 2), segment('g-0002', 'Cold', 7)];
  return { columns, contacts, segments, objects: [seedObject(nowMs)] };
}

function seedObject(nowMs: number): ObjectSchema {
  const records = Array.from({ length: 6 }, (_, index) => {
    const id = `order-${index + 1}`;
    return [id, { orderId: id, email: seedPerson(index).email, amount: 20 + index * 7.5 }] as const;
  });
  const field = (name: string, type: string) => ({ id: `fld-${name}`, name, type, displayName: name });
  return {
    id: '5f0c7a3e-1d2b-4c3d-8e4f-000000000001',
    definition: {
      name: 'orders',
      description: 'Orders of the shop',
      dataType: 'ENTITY',
      fields: [field('orderId', 'STRING'), field('email', 'EMAIL'), field('amount', 'DOUBLE')],
      requiredFields: ['orderId'],
      uniqueFieldSet: ['orderId'],
      primaryEmailField: 'email',
      relationships: [],
    },
    createdMs: nowMs - 10 * dayMs,
    modifiedMs: nowMs - 10 * dayMs,
    datasets: [
      {
        id: '5f0c7a3e-1d2b-4c3d-8e4f-0000000000d1',
        name: 'main',
        description: 'All orders',
        isDefault: true,
        records: new Map(records),
        modifiedMs: nowMs - 10 * dayMs,
      },
    ],
  };
}
