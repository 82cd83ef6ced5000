import type { MutationTable } from './mutation.fixture';

/** Faults that rules about the network have to see. */
export const networkMutations: MutationTable = {
  'no-public-ip': [
    {
      title: 'a private subnet maps public addresses',
      apply: (stacks) => {
        stacks.at('network/Vpc/Private0').map_public_ip_on_launch = true;
      },
    },
    {
      title: 'the service assigns public addresses',
      apply: (stacks) => {
        stacks.at('compute/Service/Resource').network_configuration.assign_public_ip = true;
      },
    },
  ],
};
