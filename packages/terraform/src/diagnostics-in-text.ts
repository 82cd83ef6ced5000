import type { DiagnosticEvent } from './terraform-event';
import { plainText } from './terraform-output';

/** Around each message, unless Terraform finds no room for it. */
const box = /╷\n(.*?)\n╵/gs;

/**
 * The errors in what Terraform writes for people: commands without `-json`, and trouble with the CLI configuration
 * under every command.
 */
export function diagnosticsInText(lines: readonly string[]): readonly DiagnosticEvent[] {
  const text = plainText(lines.join('\n'));
  const boxed = [...text.matchAll(box)].map(([, content]) => String(content).replace(/^│ ?/gm, ''));
  return (boxed.length > 0 ? boxed : [text]).flatMap((block): readonly DiagnosticEvent[] => {
    const [, summary, detail = ''] = /^Error: (.*)\n?([^]*)/m.exec(block) ?? [];
    return summary === undefined ? [] : [{ type: 'diagnostic', severity: 'error', summary, detail: detail.trim() }];
  });
}
