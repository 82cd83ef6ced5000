import { oneLine } from './text';

/** Names under which loggers keep what a line says: pino, winston, zap, the logging of Python. */
const messages = ['message', 'msg', 'event'];

const levels = ['level', 'severity', 'levelname'];

const times = ['time', 'timestamp', 'ts', '@timestamp'];

/** A line of a log for a narrow place. Of a structured one what it says comes first, and its time not at all. */
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
