import type { Parameter } from '#elements';
import { parseJson } from '#kernel/json';
import { parameterInvalid } from './errors.ts';

/** Turns text into the type that a parameter states; anything that is no text stays as it is. */
export function convertType(parameter: Parameter, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  const type = (parameter.vendorDataType ?? parameter.dataType ?? '').toLowerCase();
  const wantsText = parameter.vendorType !== 'bodyField' && parameter.vendorType !== 'body';
  switch (type) {
    case 'integer':
    case 'int':
    case 'long':
      if (!/^[-+]?\d+$/.test(value)) return strict(parameter, 'a whole number', value);
      return wantsText ? value : parseJson(value.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));
    case 'number':
    case 'double':
    case 'float':
      if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value)) return strict(parameter, 'a number', value);
      return wantsText ? value : parseJson(value);
    case 'boolean':
      if (!/^(true|false)$/i.test(value)) return strict(parameter, 'true or false', value);
      return wantsText ? value : value.toLowerCase() === 'true';
    case 'array':
    case 'list':
      if (wantsText) return value;
      return readJson(value) ?? value.split(',').map((item) => item.trim());
    case 'object':
    case 'map':
      return wantsText ? value : (readJson(value) ?? value);
    default:
      return value;
  }
}

/** A list or an object that came as text. */
function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Only what the caller wrote is refused; what a definition wrote is passed on. */
function strict(parameter: Parameter, expected: string, value: string): string {
  if (parameter.type === 'query' || parameter.type === 'path')
    throw parameterInvalid(parameter.name, expected);
  return value;
}
