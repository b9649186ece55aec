import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, browser, signIn } from './page.mjs'
import { ask } from './server.mjs'
import { waiting } from './waves.test.mjs'

// Before somebody signed in the server says 401: that is its answer to "who am I?", and browsers write it down.
const expected = [/status of 401/]

async function signedIn({ server }, options, walk) {
  const b = await browser({ ...options, expected: [...expected, ...(options.expected ?? [])] })
  try {
    await signIn(b.page, server)
    await walk(b.page, b)
    assert.deepEqual(b.problems, [])
  } finally {
    await b.close()
  }
}

export const journeys = {
  async 'today is where one begins; its numbers are those of the queues, and lead there'(world) {
    const { server } = world
    await waiting(server, 'T-home', 6)
    await signedIn(world, {}, async page => {
      await page.goto(server.url)
      await page.waitForURL(/today/)
      const { left } = await ask(server, '/v1/exceptions/counts')
      await page.getByRole('link', { name: `${left} Exceptions` }).waitFor()
      const { nodes } = await ask(server, '/v1/wave-outlook')
      await page.getByRole('link', { name: `${nodes.reduce((n, o) => n + o.orders, 0)} Wait for a wave` }).click()
      await page.waitForURL(/waves/)
      await page.locator('[role=grid]').waitFor()
      await page.keyboard.type('gt', { delay: 150 })
      await page.waitForURL(/today/)
    })
  },

  async 'today can be used by everybody, in both languages, and on a telephone'(world) {
    const { server, shots } = world
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080], [360, 640]]) {
        await signedIn(world, { language, width, height }, async page => {
          await page.goto(`${server.url}/today`)
          await page.getByRole('link', { name: /Exceptions|异常单/ }).first().waitFor()
          await page.waitForTimeout(900)
          assert.deepEqual(await accessibility(page), [], 'today')
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways')
          if (shots) await page.screenshot({ path: join(shots, `today-${language}-${width}.png`) })
        })
      }
    }
  },
}
