/** The text without credentials: a server may repeat what it was sent. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== '').reduce((safe, secret) => safe.replaceAll(secret, '***'), text)
}

/** One line, not too long. */
export function excerpt(text: string, maxLength: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}
