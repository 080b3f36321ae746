// The host page's own code: what any site would write against window.Foyer. A classic script, as hosts have them.
(() => {
  const stub = (...args) => void (window.Foyer.q = window.Foyer.q ?? []).push(args);
  window.Foyer ??= stub;

  const appId = document.querySelector('script[data-app-id]').dataset.appId;
  const accountKey = 'northwind.account';
  const byId = (id) => document.getElementById(id);
  const log = byId('log');

  function write(kind, name, detail) {
    const item = document.createElement('li');
    item.className = kind;
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString(undefined, { hour12: false });
    const line = document.createElement('span');
    const title = document.createElement('b');
    title.textContent = name;
    line.append(title, detail === undefined ? '' : ` ${show(detail)}`);
    item.append(time, line);
    log.append(item);
    log.scrollTop = log.scrollHeight;
  }

  function show(value) {
    if (value instanceof Error) return value.message;
    try {
      return typeof value === 'string' ? value : JSON.stringify(value);
    } catch {
      return String(value);
    }
  }

  /** Runs one call, and writes down what it answered. A proof is not for screens. */
  async function call(method, ...args) {
    const shown = args.map((arg) => show(arg).replace(/("user_(?:hash|jwt)":")([^"]{6})[^"]*/, '$1$2…'));
    write('call', `${method}(${shown.join(', ')})`);
    try {
      const answer = await window.Foyer(method, ...args);
      if (answer !== undefined && typeof answer !== 'function') write('answer', `  ${method} →`, answer);
      refresh();
      return answer;
    } catch (error) {
      write('error', `  ${method} →`, error);
    }
  }

  // Every event of the SDK.
  const events = ['ready', 'open', 'close', 'unread', 'message:sent', 'message:received', 'conversation:started', 'email:captured'];
  events.push('lead:captured', 'identity:changed', 'identity:error', 'shutdown', 'error');
  let lastConversation = null;
  for (const name of events) {
    window.Foyer('on', name, (detail) => {
      write(name.endsWith('error') ? 'error' : 'event', name, detail);
      lastConversation = detail?.conversation ?? detail?.conversation_id ?? lastConversation;
      refresh();
    });
  }

  // What a page can ask at any time.
  function refresh() {
    const { booted, isOpen, unreadCount, visitorId, version } = window.Foyer;
    const rows = Object.entries({ booted, isOpen, unreadCount, visitorId, version }).map(([name, value]) => {
      const row = document.createElement('div');
      const term = document.createElement('dt');
      const text = document.createElement('dd');
      term.textContent = name;
      text.textContent = value === undefined || value === null ? '–' : String(value);
      row.append(term, text);
      return row;
    });
    byId('state').replaceChildren(...rows);
  }

  const calls = [
    ['show'],
    ['hide'],
    ['toggle'],
    ['newMessage', 'I have a question about '],
    ['startConversation', 'Do you ship to Norway?'],
    ['openConversation', () => lastConversation],
    ['startFlow', 'qualify'],
    ['update', { company: 'Harbour Hotel', custom_attributes: { rooms: 42 } }],
    ['identify', { email: 'visitor@northwind.example', name: 'Unproved Visitor' }],
    ['track', 'price-list-opened', { lamp: 'pendant' }],
    ['page', 'Lamps', { section: 'pendants' }],
    ['group', 'harbour-hotel', { name: 'Harbour Hotel' }],
    ['consent', true],
    ['consent', false],
    ['hideNotifications', true],
    ['hideNotifications', false],
    ['whoami'],
    ['shutdown'],
    ['boot', { app_id: appId }],
  ];
  for (const [method, ...args] of calls) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'chip';
    const told = args.map((arg) => (typeof arg === 'function' ? 'latest' : typeof arg === 'object' ? '{…}' : show(arg)));
    button.textContent = `${method}(${told.map((text) => (text.length > 14 ? `${text.slice(0, 13)}…` : text)).join(', ')})`;
    button.title = `Foyer('${method}'${args.map((arg) => `, ${typeof arg === 'function' ? 'id' : JSON.stringify(arg)}`).join('')})`;
    button.addEventListener('click', () => void call(method, ...args.map((arg) => (typeof arg === 'function' ? arg() : arg))));
    byId('calls').append(button);
  }
  for (const button of document.querySelectorAll('[data-call]')) button.addEventListener('click', () => void call(button.dataset.call));
  byId('clear').addEventListener('click', () => log.replaceChildren());

  // The shop's sign-in: its server vouches for the person, its page passes that on.
  async function signIn(account) {
    const answer = await fetch(`/demo/sign?account=${encodeURIComponent(account)}`);
    if (!answer.ok) return write('error', 'sign-in', (await answer.json()).detail);
    const { user_id: userId, ...attributes } = await answer.json();
    localStorage.setItem(accountKey, account);
    showAccount(attributes.name);
    await call('identify', userId, attributes);
  }

  async function signOut() {
    localStorage.removeItem(accountKey);
    showAccount(null);
    await call('shutdown');
    // The next person at this screen is an anonymous visitor again.
    await call('boot', { app_id: appId });
  }

  function showAccount(name) {
    byId('signed-out').hidden = name !== null;
    byId('signed-in').hidden = name === null;
    byId('who-name').textContent = name ?? '';
    const face = document.querySelector('#signed-in .face');
    face.textContent = name?.charAt(0) ?? '';
    face.classList.toggle('t', name?.startsWith('T') ?? false);
  }

  for (const button of document.querySelectorAll('[data-account]')) {
    button.addEventListener('click', () => void signIn(button.dataset.account));
  }
  byId('sign-out').addEventListener('click', () => void signOut());

  byId('lead-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const { name, email, phone, question } = Object.fromEntries(new FormData(form));
    const contact = [`My name is ${name}`, `my email is ${email}`, ...(phone ? [`my phone is ${phone}`] : [])].join(', ');
    void call('startConversation', `${question}\n\n${contact}.`);
    form.reset();
  });

  refresh();
  const account = localStorage.getItem(accountKey);
  if (account) void signIn(account);
})();
