import type { Environment } from '@nightshift/config';
import type { Check } from './check';
import type { DoctorContext } from './doctor-context';

/** The local cloud is a Python program; nothing else is. */
export function pythonCheck(
  { cloud }: Pick<Environment, 'cloud'>,
  { effects, findPython }: Pick<DoctorContext, 'effects' | 'findPython'>,
): Check {
  return {
    title: 'Python',
    look: async () => {
      if (cloud === 'aws') return { mark: 'SKIP', detail: 'only the local cloud needs it' };
      const { version, executable } = await findPython(effects.env);
      return { mark: 'OK', detail: `${version} (${executable})` };
    },
  };
}
