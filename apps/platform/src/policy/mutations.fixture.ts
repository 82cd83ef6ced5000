import { alertMutations } from './alert-mutations.fixture';
import { computeMutations } from './compute-mutations.fixture';
import { iamMutations } from './iam-mutations.fixture';
import { limitMutations } from './limit-mutations.fixture';
import type { MutationTable } from './mutation.fixture';
import { networkMutations } from './network-mutations.fixture';
import { releaseMutations } from './release-mutations.fixture';
import { shapeMutations } from './shape-mutations.fixture';
import { securityMutations } from './security-mutations.fixture';
import { trafficMutations } from './traffic-mutations.fixture';

export const mutations: MutationTable = {
  ...shapeMutations,
  ...limitMutations,
  ...networkMutations,
  ...computeMutations,
  ...releaseMutations,
  ...trafficMutations,
  ...securityMutations,
  ...iamMutations,
  ...alertMutations,
};
