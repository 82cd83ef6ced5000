import { requestedSuffix } from '@nightshift/config';
import { UserError } from '@nightshift/errors';

/** The request in the process environment. */
export interface RequestedEnvironment {
  readonly name: string;
  readonly suffix: string | undefined;
  /** The output directory for cdktf-cli. @default - `cdktf.out/<suffix>` */
  readonly outdir: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * cdktf-cli passes the `context` of `cdktf.json` as JSON, and the output directory.
 * @throws {UserError} when neither `ENVIRONMENT` nor the context names an environment.
 */
export function requestedEnvironment(variables: Variables): RequestedEnvironment {
  const { ENVIRONMENT, CDKTF_CONTEXT_JSON = '{}', CDKTF_OUTDIR } = variables;
  const { environment } = JSON.parse(CDKTF_CONTEXT_JSON) as { readonly environment?: string };
  const name = ENVIRONMENT ?? environment;
  if (!name) {
    throw new UserError({
      where: 'ENVIRONMENT',
      what: 'no environment is named',
      todo: 'set it to the name of a file in environments/, or name one as context.environment in cdktf.json',
    });
  }
  return { name, suffix: requestedSuffix(variables), outdir: CDKTF_OUTDIR };
}
