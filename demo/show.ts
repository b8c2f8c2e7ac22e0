import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colour where there is a terminal that wants it (NO_COLOR and FORCE_COLOR are respected). */
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function heading(number: number, text: string): void {
  console.log(`\n${paint(['bold', 'cyan'], `${number}. ${text}`)}`);
}

export function say(text: string): void {
  console.log(`   ${text}`);
}

export function request(method: string, url: string, body?: string): void {
  console.log(`   ${paint('green', '→')} ${paint('bold', method)} ${url}`);
  if (body) console.log(indent(body));
}

export function reply(status: number, headers: Record<string, string>, body: string): void {
  const colour: Style = status < 400 ? 'blue' : 'red';
  console.log(`   ${paint(colour, '←')} ${paint(colour, String(status))}`);
  for (const [name, value] of Object.entries(headers)) console.log(paint('dim', `     ${name}: ${value}`));
  if (body) console.log(indent(body));
}

export function fault(text: string): void {
  console.error(paint('red', text));
}

const mostLines = 24;

function indent(text: string): string {
  const lines = text.split('\n');
  const shown =
    lines.length > mostLines
      ? [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more lines`]
      : lines;
  return shown.map((line) => paint('dim', `     ${line}`)).join('\n');
}
