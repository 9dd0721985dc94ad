/** `text` with its `{name}` fields filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (field, name: string) => String(values[name] ?? field));
}
