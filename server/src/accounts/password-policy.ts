/** What an organization asks of its users' passwords. */
export interface PasswordPolicy {
  minLength: number;
  minUppercase: number;
  minLowercase: number;
  minNumbers: number;
  minSymbols: number;
  /** The special characters that may be used. */
  symbolCharacterSet: string;
  /** So many passwords, with the one in use, may not be used again. */
  previousPasswordCount: number;
  /** Days after which a password must be changed; 0 for never. */
  expirationDays: number;
}

export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 8,
  minUppercase: 1,
  minLowercase: 1,
  minNumbers: 1,
  minSymbols: 1,
  symbolCharacterSet: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  previousPasswordCount: 3,
  // NIST SP 800-63B, 3.1.1.2: no change of passwords without a reason.
  expirationDays: 0,
};

/** Whose password it is: it must not hold their names. */
export interface PasswordOwner {
  firstName: string;
  lastName: string;
  email: string;
}

/** Shorter names are found in passwords by chance. */
const shortestName = 3;

/** What is wrong with a password, all of it; an empty list when nothing is. */
export function passwordFaults(password: string, policy: PasswordPolicy, owner: PasswordOwner): string[] {
  const faults: string[] = [];
  const characters = [...password.normalize('NFC')];
  const count = (is: (character: string) => boolean) => characters.filter(is).length;
  const wants = (least: number, found: number, what: string) => {
    if (found < least) faults.push(`it needs at least ${least} ${what}${least === 1 ? '' : 's'}`);
  };
  wants(policy.minLength, characters.length, 'character');
  wants(
    policy.minUppercase,
    count((each) => /\p{Lu}/u.test(each)),
    'uppercase letter',
  );
  wants(
    policy.minLowercase,
    count((each) => /\p{Ll}/u.test(each)),
    'lowercase letter',
  );
  wants(
    policy.minNumbers,
    count((each) => /\p{Nd}/u.test(each)),
    'numeric character',
  );
  const isSymbol = (each: string) => /[^\p{L}\p{M}\p{N}\s]/u.test(each);
  const isAllowed = (each: string) => policy.symbolCharacterSet.includes(each);
  wants(
    policy.minSymbols,
    count((each) => isSymbol(each) && isAllowed(each)),
    'special character',
  );
  if (characters.some((each) => isSymbol(each) && !isAllowed(each)))
    faults.push(`of special characters only these may be used: ${policy.symbolCharacterSet}`);
  const lower = password.toLowerCase();
  const { firstName, lastName, email } = owner;
  for (const [what, name] of [
    ['first name', firstName],
    ['last name', lastName],
    ['username', email],
    ['username', email.split('@', 1)[0] ?? ''],
  ] as const) {
    const fault = `it must not contain the ${what}`;
    const isIn = name.length >= shortestName && lower.includes(name.toLowerCase());
    if (isIn && !faults.includes(fault)) faults.push(fault);
  }
  return faults;
}

const dayMs = 86_400_000;

export function isExpired(changedAt: Date, policy: PasswordPolicy, nowMs: number): boolean {
  return policy.expirationDays > 0 && changedAt.getTime() + policy.expirationDays * dayMs <= nowMs;
}
