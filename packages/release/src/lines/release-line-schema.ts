import { z } from 'zod';
import { releaseLine } from './release-line';

/** The JSON schema of a line of `nightshift release --json`, for those who write programs that read it. */
export function releaseLineSchema() {
  return {
    title: 'Nightshift release line',
    description:
      'One line of nightshift release --json. New fields and new types may be added; readers ignore what they do not know.',
    ...z.toJSONSchema(releaseLine, { io: 'input', target: 'draft-7' }),
  };
}
