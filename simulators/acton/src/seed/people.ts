const firstNames = ['Ann', 'Bob', 'Cem', 'Dora', 'Eve', 'Finn', 'Gus', 'Hana', 'Ida', 'Jon'];
const lastNames = ['Ashe', 'Birch', 'Cedar', 'Dune', 'Elm', 'Fern'];

export interface SeedPerson {
  firstName: string;
  lastName: string;
  email: string;
  company: string;
}

/** The same person for the same number, in lists as well as in reports and among the opt-outs. */
export function seedPerson(number: number): SeedPerson {
  const firstName = firstNames[number % firstNames.length] ?? '';
  const lastName = lastNames[number % lastNames.length] ?? '';
  const email = `${firstName}.${lastName}.${number}@example.com`.toLowerCase();
  return { firstName, lastName, email, company: `Company ${number % 7}` };
}
