import { z } from 'zod';
import { environmentFile } from './schema/environment';

/** A text that no pattern of the schema matches, to get the message of a pattern. */
const UNMATCHED = '\0';

/** The JSON schema of an environment file as users write it, for completion and checks in editors. Draft 7 is what most of them know. */
export function environmentSchema() {
  return {
    title: 'Nightshift environment',
    description: 'The settings of one environment. The defaults are the values of the requirements.',
    ...z.toJSONSchema(environmentFile, { io: 'input', target: 'draft-7', override: explainPattern }),
  };
}

/** Editors show `patternErrorMessage` instead of the pattern: https://code.visualstudio.com/docs/languages/json */
function explainPattern({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}) {
  if (jsonSchema.pattern === undefined) return;
  const { error } = z.safeParse(zodSchema, UNMATCHED) as z.ZodSafeParseError<unknown>;
  jsonSchema['patternErrorMessage'] = error.issues.map(({ message }) => message)[0];
}
