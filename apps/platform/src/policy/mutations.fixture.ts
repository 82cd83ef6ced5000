import type { MutationTable } from './mutation.fixture';
import { networkMutations } from './network-mutations.fixture';
import { securityMutations } from './security-mutations.fixture';

export const mutations: MutationTable = { ...networkMutations, ...securityMutations };
