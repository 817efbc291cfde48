// Keeps what is typed on the page of the day until the server has answered, so that a lost connection loses nothing.
// It stays in this tab's sessionStorage, for the person who typed it, for a day at most; it goes with saving, with leaving
// without saving, with signing out, and as soon as somebody else opens such a page in this tab.
const form = document.querySelector("form[data-draft]");
const told = document.getElementById("draft-told");
const words = document.getElementById("draft-words");
const forgetButton = document.getElementById("draft-forget");
const PREFIX = "wellplaced-draft:";
const KEPT_FOR = 24 * 60 * 60 * 1000;
const LEAVE_OUT = ["csrfmiddlewaretoken", "typed_before"];
const person = form.dataset.draft;
const key = `${PREFIX}${person}:${location.pathname}`;

function drafts() {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
}

function answers() {
  const found = [...new FormData(form)].filter(([name]) => !LEAVE_OUT.includes(name));
  return Object.fromEntries(found);
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), answers: answers() }));
  } catch {
    // No room or not allowed: the page works as it does without this script.
  }
}

function forget() {
  sessionStorage.removeItem(key);
}

function forgetAll() {
  drafts().forEach((name) => sessionStorage.removeItem(name));
}

function kept() {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return draft && Date.now() - draft.at < KEPT_FOR ? draft : null;
  } catch {
    return null;
  }
}

function say(sentence, offersToForget = false) {
  words.textContent = sentence;
  forgetButton.hidden = !offersToForget;
  told.hidden = false;
}

function putBack(draft) {
  for (const [name, value] of Object.entries(draft.answers)) {
    const control = form.elements.namedItem(name);
    if (control) control.value = value;
  }
}

function differs(draft) {
  const now = answers();
  return Object.entries(draft.answers).some(([name, value]) => name in now && now[name] !== value);
}

async function send(event) {
  event.preventDefault();
  keep();
  const button = event.submitter;
  const sent = new FormData(form);
  if (button?.name) sent.append(button.name, button.value);
  say("Saving…");
  form.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetch(location.href, { method: "POST", body: sent, headers: { "X-Draft": "yes" } });
  } catch {
    form.removeAttribute("aria-busy");
    say("There is no connection. What you typed is kept in this tab: press Save again when you are back online.");
    told.scrollIntoView({ block: "nearest" });
    return;
  }
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    forget();
    location.assign((await answer.json()).next);
    return;
  }
  if (answer.redirected) {
    location.assign(answer.url); // signed out meanwhile: the service has kept what was sent, and asks to sign in
    return;
  }
  // Something to correct, or somebody else was first: the page itself says so.
  form.removeEventListener("submit", send);
  form.requestSubmit(button ?? undefined);
}

for (const name of drafts()) {
  if (!name.startsWith(`${PREFIX}${person}:`)) sessionStorage.removeItem(name);
}
const before = kept();
if (form.hasAttribute("data-sent")) {
  keep();
} else if (before && differs(before)) {
  putBack(before);
  const at = new Date(before.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  say(`What you typed at ${at} and did not save is in the form again. Save it, or discard it.`, true);
} else {
  forget();
}
form.addEventListener("input", keep);
form.addEventListener("submit", send);
forgetButton.addEventListener("click", () => {
  forget();
  location.reload();
});
document.querySelectorAll("[data-forget]").forEach((link) => link.addEventListener("click", forget));
document.querySelectorAll("header form[method=post]").forEach((leave) => leave.addEventListener("submit", forgetAll));
