export interface ArnParts {
  readonly arn: string
  /** In lower case. */
  readonly product: string
  readonly region: string | undefined
  readonly accountId: string | undefined
  readonly instanceId: string | undefined
  /** Every part is there. */
  readonly isComplete: boolean
}

/** `acs:<product>:<region>:<account>:<relative id>` in its parts; `undefined` for any other text. */
export function parseArn(text: string | undefined): ArnParts | undefined {
  const match = /^acs:([a-z0-9-]+):([a-z0-9-]*):(\d*):(.*)$/i.exec(text ?? '')
  if (match === null) return undefined
  const [arn, product = '', region = '', accountId = '', relativeId = ''] = match
  return {
    arn,
    product: product.toLowerCase(),
    region: region || undefined,
    accountId: accountId || undefined,
    // `instance/i-bp1…`; anything else has a form of its own.
    instanceId: /^[a-z-]+\/([^/]+)$/i.exec(relativeId)?.[1],
    isComplete: region !== '' && accountId !== '' && relativeId !== '',
  }
}
