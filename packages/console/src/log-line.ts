import { oneLine } from './text';

/** Names of the message field in loggers: pino, winston, zap, Python's logging. */
const messages = ['message', 'msg', 'event'];

const levels = ['level', 'severity', 'levelname'];

const times = ['time', 'timestamp', 'ts', '@timestamp'];

/** A log line for a small space. A structured line starts with its message, and its time is omitted. */
export function logLineText(line: string): string {
  const fields = fieldsOf(line);
  const message = messages.find((name) => name in fields);
  if (message === undefined) return oneLine(line);
  const level = levels.find((name) => name in fields);
  const rest = Object.entries(fields).filter(([name]) => ![message, level, ...times].includes(name));
  return oneLine(
    [
      ...(level === undefined ? [] : [`${String(fields[level])}:`]),
      String(fields[message]),
      ...(rest.length === 0 ? [] : [JSON.stringify(Object.fromEntries(rest))]),
    ].join(' '),
  );
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
