import type { Setting } from './setting';
import type { SettingReport } from './setting-report';

export interface SettleOptions<Target> {
  readonly settings: readonly Setting<Target>[];
  readonly target: Target;
  /** Changes nothing. */
  readonly check: boolean;
  readonly report: (report: SettingReport) => void;
}

/** Repairs what has drifted: all settings are read at once, but set one after the other, as S3 refuses two at a time. */
export async function settle<Target>({ settings, target, check, report }: SettleOptions<Target>): Promise<void> {
  const found = await Promise.all(settings.map(async (setting) => ({ setting, was: await setting.deviation(target) })));
  for (const { setting, was } of found) {
    if (was === undefined) {
      report({ setting: setting.title, outcome: 'already so' });
    } else {
      if (!check) await setting.set(target);
      report({ setting: setting.title, outcome: check ? 'would be repaired' : 'repaired', was });
    }
  }
}
