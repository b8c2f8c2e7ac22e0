export { hashPassword, unmatchableHash, verifyPassword } from './password.ts';
export { newKey, open, seal, unwrapKey, wrapKey } from './sealing.ts';
export type { SealingKey } from './sealing.ts';
export {
  hashSecret,
  newElementToken,
  newLoginToken,
  newOrganizationSecret,
  newUserSecret,
} from './secrets.ts';
export { loadMasterKey } from './master-key.ts';
