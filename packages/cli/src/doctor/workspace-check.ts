import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, type Problem } from '@nightshift/errors';
import { asUserError } from '../system-error';
import type { Check } from './check';
import type { DoctorContext } from './doctor-context';

/** Where commands write: what is synthesized and Terraform's files, the local cloud and downloads. */
const WRITTEN = ['cdktf.out', '.nightshift'];

/** Tries to write where commands write; before they do, their parent stands for those directories. */
export function workspaceCheck({
  effects: { root },
  tryToWrite,
}: Pick<DoctorContext, 'effects' | 'tryToWrite'>): Check {
  return {
    title: 'workspace',
    look: async () => {
      const there = WRITTEN.filter((name) => existsSync(join(root, name)));
      const directories = there.length === WRITTEN.length ? there : [...there, '.'];
      for (const name of directories) {
        try {
          await tryToWrite(join(root, name));
        } catch (thrown) {
          const error = asUserError(thrown);
          if (!(error instanceof UserError)) throw thrown;
          const { what, todo } = error.problems[0] as Problem;
          return { mark: 'NG', detail: `${join(root, name)}: ${what}`, remedy: todo };
        }
      }
      return { mark: 'OK', detail: 'can be written' };
    },
  };
}
