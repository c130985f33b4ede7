const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const form = /^([a-z]{3})(?:-([a-z]{3}))?\s+(\d{2}):(\d{2})-(\d{2}):(\d{2})\s+(\S+)$/i

export const officeHoursForm = 'days, hours and a time zone, such as "Mon-Fri 08:00-19:00 Asia/Shanghai"'

/**
 * Reads `Mon-Fri 08:00-19:00 Asia/Shanghai`. Both ranges may run over their end (`Sun-Thu`, `22:00-06:00`, where the day
 * is the one on which the hours begin); the end of the hours is not within them, `24:00` is the end of a day.
 *
 * @returns whether a time in milliseconds since the epoch lies within; `undefined` for a text of another form
 */
export function parseOfficeHours(text: string): ((unixMs: number) => boolean) | undefined {
  const [, first = '', last = first, fromHour, fromMinute, toHour, toMinute, timeZone] = form.exec(text.trim()) ?? []
  const firstDay = dayNames.indexOf(first.toLowerCase())
  const lastDay = dayNames.indexOf(last.toLowerCase())
  const from = minuteOfDay(fromHour, fromMinute)
  const to = minuteOfDay(toHour, toMinute)
  if (firstDay < 0 || lastDay < 0 || from === undefined || to === undefined || from === to) return undefined
  let format: Intl.DateTimeFormat
  try {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone })
  } catch {
    return undefined
  }
  const isWorkday = (day: number) =>
    firstDay <= lastDay ? day >= firstDay && day <= lastDay : day >= firstDay || day <= lastDay
  return (unixMs) => {
    const parts = new Map(format.formatToParts(unixMs).map(({ type, value }) => [type, value]))
    const day = dayNames.indexOf((parts.get('weekday') ?? '').toLowerCase())
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
    if (from < to) return isWorkday(day) && minute >= from && minute < to
    return minute >= from ? isWorkday(day) : minute < to && isWorkday((day + 6) % 7)
  }
}

function minuteOfDay(hour = '', minute = ''): number | undefined {
  const total = Number(hour) * 60 + Number(minute)
  return hour !== '' && Number(minute) < 60 && total <= 24 * 60 ? total : undefined
}
