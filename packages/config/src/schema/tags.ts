import { z } from 'zod';

/** Letters, digits, spaces and some marks: what every service accepts, https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const KEY = /^(?! )(?![aA][wW][sS]:)[\w .:/=+@-]{1,128}(?<! )$/;
const MOST_TAGS = 45;

const tagValue = z
  .string()
  .regex(
    /^(?! )[\w .:/=+@-]{1,256}(?<! )$/,
    'is not a tag value that AWS accepts - use up to 256 letters, digits, spaces and _ . : / = + - @',
  );

/** Tags that the platform sets itself, and to what. */
const SET_BY_PLATFORM: Readonly<Record<string, string>> = {
  environment: 'the suffix of the environment',
  name: 'the name of each resource',
};

/** R0.9. `Environment` is added: it is the suffix. */
export const tags = z
  .object(
    {
      Project: tagValue.describe('project of the environment').meta({ examples: ['Nightshift'] }),
      CostCenter: tagValue.describe('cost center that pays for the environment').meta({ examples: ['risk-analytics'] }),
    },
    {
      error: ({ input }) => (input === undefined ? 'is missing - add a map with Project and CostCenter' : undefined),
    },
  )
  .catchall(tagValue)
  .superRefine(
    (all, context) => {
      const keys = Object.keys(all);
      keys.forEach((key, index) => {
        const message = keyProblem(key, keys.slice(0, index));
        if (message) context.issues.push({ code: 'custom', path: [key], message, input: all[key] });
      });
      if (keys.length > MOST_TAGS) {
        const message = `has more tags than AWS accepts besides those of the platform - use at most ${MOST_TAGS}`;
        context.issues.push({ code: 'custom', path: [], message, input: all });
      }
    },
    // A missing tag must not hide the problems of the others.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

function keyProblem(key: string, before: readonly string[]): string | undefined {
  if (!KEY.test(key)) {
    return 'is not a tag key that AWS accepts - use up to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:';
  }
  const setTo = SET_BY_PLATFORM[key.toLowerCase()];
  if (setTo) return `is set to ${setTo} - remove it`;
  // IAM takes both for one: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
  const same = before.find((other) => other.toLowerCase() === key.toLowerCase());
  return same && `differs from ${same} only in case, which IAM does not accept - remove one of the two`;
}
