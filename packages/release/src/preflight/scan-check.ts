import { noResult, scanState, unfinishedScan, verdictOf, verdictSentence } from '../scan';
import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** The image's scan has ended and found nothing above what the environment allows (R2.3). */
export function scanCheck({ clients, target, environment, commands, image, imageName }: Surroundings): Check {
  return {
    title: 'vulnerabilities',
    look: async () => {
      const found = await image();
      const name = await imageName();
      const { repository } = target;
      const state = await scanState({ ecr: clients.ecr, repository, found });
      const command = commands.nightshift(`scan --image ${name.text}`);
      if (state.completedAt === undefined) {
        const words = unfinishedScan(state.status);
        if (words === undefined) throw noResult({ repository, image: name, environment }, state);
        return { mark: 'NG', detail: `the scan ${words}`, remedy: `wait for its end: ${command}` };
      }
      const { highestSeverity } = environment.registry;
      const verdict = verdictOf(state.findings, highestSeverity);
      const scanned = `scanned ${state.completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const detail = `${verdictSentence(verdict, highestSeverity)}, ${scanned}`;
      if (verdict.passed) return { mark: 'OK', detail };
      const limit = `the limit is registry.highestSeverity in environments/${environment.name}.yaml`;
      return {
        mark: 'NG',
        detail,
        remedy: `see them: ${command}; update, push under a new tag and release that; ${limit}`,
      };
    },
  };
}
