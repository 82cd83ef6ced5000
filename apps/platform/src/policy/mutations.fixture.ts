import type { MutationTable } from './mutation.fixture';
import { networkMutations } from './network-mutations.fixture';

export const mutations: MutationTable = { ...networkMutations };
