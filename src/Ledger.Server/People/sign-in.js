'use strict';

// The secret leaves the address bar, and the history, before anything else happens.
const secret = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const said = document.getElementById('said');
const form = document.getElementById('sign-in');

// The private half is not extractable: it stays in this browser, whatever a page does.
function store(mode, use) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('ledger-device', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = use(opening.result.transaction('keys', mode).objectStore('keys'));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    };
  });
}

async function deviceKey() {
  let pair = await store('readonly', (keys) => keys.get('signing'));
  if (!pair) {
    pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await store('readwrite', (keys) => keys.put(pair, 'signing'));
  }
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { kty, crv, x, y };
}

async function signIn(name, device) {
  const body = { secret };
  if (name) body.name = name;
  if (device) body.device = { name: device, publicKey: await deviceKey() };
  const answer = await fetch('/api/v1/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Ledger-Request': '1' },
    body: JSON.stringify(body),
  });
  if (answer.ok) location.replace('/');
  else {
    said.textContent = (await answer.json()).detail;
    form.hidden = true;
  }
}

if (secret) {
  said.textContent = 'This link works once. Come in with it on this device?';
  document.getElementById('device').value = navigator.userAgentData?.platform || navigator.platform || 'This browser';
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    signIn(document.getElementById('name').value, document.getElementById('device').value)
      .catch((fault) => { said.textContent = String(fault); });
  });
}
