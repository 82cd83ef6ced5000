/** Colour and weight only stress what the words say already. */
export type TextStyle = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

export interface TextSpan {
  readonly text: string;
  /** @default - as it stands */
  readonly style?: TextStyle | undefined;
}

/** A line for a terminal, before it is known how wide that is and whether it has colours. */
export type TextLine = readonly TextSpan[];

export function span(text: string, style?: TextStyle): TextSpan {
  return { text, style };
}
