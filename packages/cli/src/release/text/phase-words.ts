import type { Phase } from '@nightshift/release';

/** What goes on in a phase. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  created: 'waiting for CodeDeploy',
  installing: 'starting the new tasks',
  testing: 'testing the new tasks',
  shifting: 'shifting traffic',
  baking: 'waiting, the old tasks are still there',
  terminating: 'ending the old tasks',
  'rolling-back': 'ROLLING BACK to the former version',
  ended: 'ended',
};
