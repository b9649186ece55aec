import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, browser, signIn } from './page.mjs'
import { ask } from './server.mjs'

const expected = [/status of 401/]

/** Opens a browser, signs in, and afterwards demands that nothing was reported. */
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

const until = async (what, ms = 8000) => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise(r => setTimeout(r, 100))) if (await what()) return
  assert.ok(await what(), `it did not become true within ${ms} ms: ${what}`)
}

export const journeys = {
  async 'an administrator gives somebody a role, changes it, and ends their sessions'(world) {
    const { server } = world
    const person = () => ask(server, '/v1/users').then(p => p.people.find(x => x.login === 'mei'))
    await signedIn(world, { expected: [/status of 422/] }, async page => {
      await page.goto(`${server.url}/settings?tab=people`)
      await page.getByRole('button', { name: 'Add a person' }).click()
      await page.locator('[name=login]').fill('mei')
      await page.locator('[name=password]').fill('short')
      await page.keyboard.press('Control+Enter')
      await page.locator('[role=alert]').first().waitFor()
      await page.locator('[name=password]').fill('a-long-first-password')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await person())?.grants[0].role === 'picker')
      const row = page.getByRole('row', { name: /mei/ })
      await row.getByRole('button', { name: 'Change role' }).click()
      await page.locator('[name=grants]').selectOption('packer')
      await page.locator('[name=grants]').focus()
      await page.keyboard.press('Control+Enter')
      await until(async () => (await person()).grants[0].role === 'packer')
      await row.getByRole('button', { name: 'Sign out' }).click()
      await page.locator('[role=dialog] button', { hasText: 'Sign out' }).click()
      await page.getByText('signed out everywhere').waitFor()
    })
  },

  async 'a message is tried, saved, and the built-in one brought back'(world) {
    const { server } = world
    const version = () => ask(server, '/v1/templates').then(p => p.templates.find(t => t.notice === 'received' && t.channel === 'email' && t.language === 'en'))
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/settings?tab=messages`)
      await page.getByRole('button', { name: /Order received\s*English/ }).click()
      await page.locator('textarea').fill('We have {order_no}, {name}.')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.locator('iframe').waitFor()
      assert.match(await page.locator('iframe').getAttribute('srcdoc'), /W-1001/)
      await page.getByRole('button', { name: 'Save' }).click()
      await until(async () => (await version()).body === 'We have {order_no}, {name}.')
      await page.getByRole('button', { name: /built-in text/ }).click()
      await until(async () => (await version()).body !== 'We have {order_no}, {name}.')
    })
  },

  async 'the pages of settings and channels can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    for (const language of ['en', 'zh-CN']) {
      await signedIn(world, { language }, async page => {
        for (const [name, path] of [
          ['channels', '/channels'],
          ['settings-warehouses', '/settings'],
          ['settings-people', '/settings?tab=people'],
          ['settings-messages', '/settings?tab=messages'],
          ['settings-audit', '/settings?tab=audit'],
        ]) {
          await page.goto(server.url + path)
          await page.waitForTimeout(1200)
          assert.deepEqual(await accessibility(page), [], `${name} ${language}`)
          if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-1440.png`) })
        }
      })
    }
  },
}
