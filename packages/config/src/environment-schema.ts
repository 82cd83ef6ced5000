import { z } from 'zod';
import { environmentFile } from './schema/environment';

/** The JSON schema of an environment file as users write it, for completion and checks in editors. Draft 7 is what most of them know. */
export function environmentSchema() {
  return {
    title: 'Nightshift environment',
    description: 'What is different in one environment; every default is a number of the requirements.',
    ...z.toJSONSchema(environmentFile, { io: 'input', target: 'draft-7' }),
  };
}
