import { z } from 'zod'

const form = /^[a-z]+(-[a-z0-9]+)+$/

/** True for what looks like the id of a region, such as `cn-hangzhou`. Which ones there are, the vendor decides. */
export const isRegionId = (text: string): boolean => form.test(text)

/** A region in a configuration. */
export const regionIdSchema = z.string().regex(form, { error: 'must be a region id such as cn-hangzhou' })
