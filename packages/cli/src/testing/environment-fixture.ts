import { environmentFile, environmentOf, type Environment } from '@nightshift/config';

interface EnvironmentFixture {
  readonly name?: string;
  /** @default - the name */
  readonly suffix?: string;
  /** What the file says beside its tags. */
  readonly file?: object;
}

/** An environment as its file would give it. */
export function environmentFixture({ name = 'dev', suffix = name, file = {} }: EnvironmentFixture = {}): Environment {
  const tags = { Project: 'nightshift', CostCenter: '4711' };
  return environmentOf(environmentFile.parse({ tags, ...file }), name, suffix);
}
