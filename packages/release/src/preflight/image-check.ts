import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** The image is in the environment's repository. What is released is its digest: a tag can come to stand for another image. */
export function imageCheck({ image, imageName }: Surroundings): Check {
  return {
    title: 'image',
    look: async () => {
      const { wholeDigest, tags, pushedAt } = await image();
      const { text } = await imageName();
      const pushed = `pushed ${pushedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const other =
        text === wholeDigest ? (tags.length === 0 ? 'has no tag' : `is ${tags.join(', ')}`) : `is ${wholeDigest}`;
      return { mark: 'OK', detail: `${text} ${other}, ${pushed}` };
    },
  };
}
