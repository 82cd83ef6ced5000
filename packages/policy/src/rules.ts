import type { Rule } from './rule';
import { noPublicIp } from './rules/no-public-ip';

/** Every rule there is, in the order in which they are printed. */
export const rules: readonly Rule[] = [noPublicIp];
