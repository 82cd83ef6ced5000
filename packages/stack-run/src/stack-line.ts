import { z } from 'zod';
import { runFile } from './run-file';
import { stackLine } from './stack-events';

/** Of a verb whose result has no fields of its own. */
export const noFields = z.object({});

/** The schema of the result of a verb. @param fields those of the verb; a run that fails has none of them. */
export function stackResult(verb: string, fields: z.ZodObject) {
  return z
    .object({
      type: z.literal('result'),
      ...runFile.shape,
      verb: z.literal(verb),
      ...fields.partial().shape,
      exitCode: z.number().describe('Exit code of the command.'),
    })
    .describe('The last line.');
}

/** The lines of `--json` of a verb that runs Terraform on a stack. */
export function stackOutput(verb: string, fields: z.ZodObject = noFields) {
  return z.discriminatedUnion('type', [...stackLine.options, stackResult(verb, fields)]);
}
