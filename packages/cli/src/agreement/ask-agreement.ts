import { describeProblem, UserError } from '@nightshift/errors';
import type { ReleaseDue } from '@nightshift/release';
import { awsError } from '../aws/aws-error';
import type { Effects } from '../effects';
import type { PlannedChange } from '../plan/planned-change';
import type { ChosenStack } from '../stack/chosen-stack';
import { agreementNote, type AgreementNote } from './agreement-note';
import { replacementReasons } from './replacement-reasons';

/**
 * What Terraform leaves to releases in a stack. AWS is asked, as an agreement that was broken yesterday shows in no plan of today; that it
 * cannot be asked stops nobody.
 * @param changes of a plan that is yet to be applied.
 * @param asked what was asked before and is still true. @default - it is asked now
 * @returns undefined where there is nothing to say.
 */
export async function askAgreement(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: Pick<Effects, 'releases'>,
  changes: readonly PlannedChange[],
  asked?: Promise<ReleaseDue>,
): Promise<AgreementNote | undefined> {
  const holdsService = name === 'compute';
  if (!holdsService && replacementReasons(changes).length === 0) return undefined;
  try {
    const due = await (asked ?? releases.due(environment));
    // Another stack only tells of what it would take from the service.
    return agreementNote(environment, holdsService ? due : { ...due, definition: [], service: [] }, changes);
  } catch (error) {
    const known = awsError(error, `what runs in ${environment.suffix}`);
    if (!(known instanceof UserError)) throw error;
    const problem = known.problems.map(describeProblem).join('; ');
    const text = `whether a release is needed is not known: ${problem}`;
    return {
      lines: ({ yellow }) => [`  ${yellow('!')} ${text}`],
      markdown: text,
      json: [{ need: 'not known', problem }],
    };
  }
}
