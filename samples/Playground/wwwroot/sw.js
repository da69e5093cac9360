// Keeps the files of the page, so that it opens without a network. With one, the newest files are taken.
const store = 'playground';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('message', event => {
  const files = event.data;
  event.waitUntil(caches.open(store).then(async cache => {
    await Promise.all(files.map(async file => {
      if (!await cache.match(file)) {
        await cache.add(file);
      }
    }));
    event.ports[0]?.postMessage('kept');
  }));
});

self.addEventListener('fetch', event => {
  if (event.request.method === 'GET' && event.request.url.startsWith(self.location.origin)) {
    event.respondWith(answer(event.request));
  }
});

async function answer(request) {
  const cache = await caches.open(store);
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) {
      return kept;
    }
    throw error;
  }
}
