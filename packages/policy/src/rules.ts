import type { Rule } from './rule';
import { iamNoWildcard } from './rules/iam-no-wildcard';
import { iamPassRoleBound } from './rules/iam-pass-role-bound';
import { noPublicIp } from './rules/no-public-ip';
import { trustBound } from './rules/trust-bound';

/** Every rule there is, in the order in which they are printed. */
export const rules: readonly Rule[] = [noPublicIp, iamNoWildcard, iamPassRoleBound, trustBound];
