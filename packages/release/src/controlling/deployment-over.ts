import { UserError } from '@nightshift/errors';
import type { ReleaseContext } from '../release-context';

export function deploymentOver({ target }: Pick<ReleaseContext, 'target'>, deploymentId: string): UserError {
  return new UserError({
    where: `deployment ${deploymentId}`,
    what: 'it is over',
    todo: `see what became of it: npx nightshift release history -c ${target.environment.name}`,
  });
}
