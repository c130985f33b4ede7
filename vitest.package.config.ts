import { defineConfig } from 'vitest/config'

/** `npm run test:package`: packs the project, installs it as a user would (this asks the registry), and runs it. */
export default defineConfig({
  test: { include: ['test/package/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
})
