/** How a text of the branding is checked; all of them end up in the style sheet of a page. */
const colour = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const size = /^\d{1,5}(\.\d{1,3})?(px|em|rem|%|pt|vw|vh)?$/;
const font = /^[\w\s,.'"-]{1,200}$/;
const url = /^https?:\/\/[^\s"'<>\p{Cc}]{1,2000}$/iu;

const of = (pattern: RegExp, ...names: string[]) => names.map((name) => [name, pattern] as const);

/** Every field that a branding has; each is required. */
const fields: ReadonlyMap<string, RegExp> = new Map([
  ...of(font, 'headerFont', 'bodyFont'),
  ...of(colour, 'headerColor', 'bodyColor'),
  ...of(colour, 'themePrimaryColor', 'themeSecondaryColor', 'themeHighlightColor'),
  ...['Primary', 'Secondary', 'Delete'].flatMap((kind) =>
    of(colour, `button${kind}BackgroundColor`, `button${kind}TextColor`),
  ),
  ...of(colour, 'logoBackgroundColor'),
  ...of(colour, 'topBarBackgroundColor', 'topBarNavigationColor', 'topBarTitleColor'),
  ...of(colour, 'navigationBackgroundColor', 'navigationItemBorderColor'),
  ...['Background', 'Foreground'].flatMap((kind) =>
    ['', 'Hover', 'Active'].flatMap((when) => of(colour, `navigationLink${kind}${when}`)),
  ),
  ...of(size, 'navigationIconSize', 'navigationLabelSize', 'navigationWidth'),
  ...of(colour, 'contextBackgroundColor', 'cardHeaderColor', 'cardBackground'),
  ...of(colour, 'cardMenuBackground', 'cardMenuLinkColor'),
  ...['Header', 'Body'].flatMap((kind) => of(colour, `table${kind}Background`, `table${kind}Foreground`)),
  ...of(colour, 'componentsBorderColor'),
  ...of(url, 'documentationUrl'),
]);

export const brandingFields: readonly string[] = [...fields.keys()];

export type Branding = Record<string, string>;

/** The fields of a body that are those of a branding, and the names of those that are not there or not right. */
export function readBranding(given: Readonly<Record<string, unknown>>): {
  branding: Branding;
  missing: string[];
  invalid: string[];
} {
  const isMissing = (name: string) => given[name] === undefined || given[name] === null || given[name] === '';
  const missing = brandingFields.filter(isMissing);
  const branding: Branding = {};
  const invalid: string[] = [];
  for (const [name, pattern] of fields) {
    const value = given[name];
    if (typeof value === 'string' && pattern.test(value)) branding[name] = value;
    else if (!isMissing(name)) invalid.push(name);
  }
  return { branding, missing, invalid };
}
