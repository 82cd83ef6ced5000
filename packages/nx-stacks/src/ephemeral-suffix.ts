/** The suffix of an ephemeral environment. A pipeline that has none to give sets an empty one. */
export function ephemeralSuffix({ ENVIRONMENT_SUFFIX }: NodeJS.ProcessEnv): string | undefined {
  return ENVIRONMENT_SUFFIX === '' ? undefined : ENVIRONMENT_SUFFIX;
}
