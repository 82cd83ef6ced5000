import type { StartStep } from '@nightshift/release';

/** What is done before there is a deployment to watch; steps that nobody needs to know of have no words. */
export const stepWords: Readonly<Record<StartStep, string | undefined>> = {
  begin: 'writing the record of the release',
  'note-scaling': undefined,
  suspend: 'suspending auto-scaling',
  register: 'registering the new revision of the task definition',
  deploy: 'creating the deployment',
  'note-deployment': undefined,
  restore: 'restoring auto-scaling',
  close: 'closing the record',
  reopen: undefined,
};
