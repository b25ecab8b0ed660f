// Keeps what is typed into a form while it is typed; the server decides, and the form works without.
const PAUSE = 1200;
const form = document.querySelector("form[data-keep-at]");
const words = form?.querySelector("[data-draft-words]");
let waiting = 0;
let isLeaving = false;
let isRefused = false;
let last = Promise.resolve();

function say(text) {
  if (words) words.textContent = text;
}

async function keep({ atOnce = false } = {}) {
  window.clearTimeout(waiting);
  waiting = 0;
  try {
    const answer = await fetch(form.dataset.keepAt, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: atOnce,
    });
    if (isLeaving) return;
    if (answer.status === 409) {
      isRefused = true;
      say((await answer.json()).words);
      return;
    }
    if (!answer.ok || answer.redirected) throw new Error(`status ${answer.status}`);
    const kept = await answer.json();
    form.elements.draft.value = kept.version;
    say(kept.words);
  } catch {
    if (!isLeaving) say("What you type is not being kept now. It stays on this page: save it when you can.");
  }
}

function typed() {
  if (isRefused) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    last = last.then(() => keep());
  }, PAUSE);
}

if (form) {
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => {
    isLeaving = true;
    window.clearTimeout(waiting);
    waiting = 0;
  });
  // A closed tab or a phone put away: what is not kept yet goes now.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting && !isLeaving) keep({ atOnce: true });
  });
}
