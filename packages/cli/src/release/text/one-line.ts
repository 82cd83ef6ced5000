const SEQUENCES = /\u001B\[[\d;?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g;
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** What others wrote, as one line that can do nothing to a terminal: no colours, no movements, no line breaks. */
export function oneLine(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROL, ' ').trim();
}
