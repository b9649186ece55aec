// Lets the handheld begin without a network: the page and what it is made of are kept as they were last seen. Answers of the
// server are never kept here; what was done offline is in the outbox.
const kept = 'packhorse-pda-1'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', e => e.waitUntil(self.clients.claim()))

self.addEventListener('fetch', e => {
  const { request } = e
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') e.respondWith(asset(request))
  else if (request.mode === 'navigate') e.respondWith(page(request))
})

/** Names of assets hold their content's hash: what is kept is right for ever. */
async function asset(request) {
  const cache = await caches.open(kept)
  const have = await cache.match(request)
  if (have) return have
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

/** The newest page where there is a network, else the one that was kept. */
async function page(request) {
  const cache = await caches.open(kept)
  try {
    const response = await fetch(request)
    if (response.ok) {
      await cache.put('/pda', response.clone())
      await prune(cache, await response.clone().text())
    }
    return response
  } catch (error) {
    const have = await cache.match('/pda')
    if (have) return have
    throw error
  }
}

/** Drops what the new page does not know any more: its import map names every file there is. */
async function prune(cache, html) {
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (/\.(js|css)$/.test(pathname) && !html.includes(pathname)) await cache.delete(request)
  }
}

/** The page tells what it was made of before the worker was there to see it. */
self.addEventListener('message', e => e.waitUntil(keep(e.data.keep)))

async function keep(names) {
  const cache = await caches.open(kept)
  for (const name of names) {
    if (!(await cache.match(name))) await cache.add(name).catch(() => {})
  }
}
