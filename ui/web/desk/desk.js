// The desk's script: keys, words that are never lost, and looking for news about once a second.
(() => {
  "use strict";
  const { fire, hello, page, store, switchTheme } = window.driftline;
  const root = document.documentElement;
  const names = { language: "driftline.language", tone: "driftline.desk.tone", letters: "driftline.desk.letters" };
  const keep = (key) => `driftline.desk.${key}`;
  const $ = (selector) => document.querySelector(selector);
  const $$ = (selector) => [...document.querySelectorAll(selector)];
  const PACE = 900, HIDDEN_PACE = 5000, SILENCE = 8000, PATIENCE = 15000;

  root.dataset.tab = "queue";
  root.dataset.view = "desk";

  const base = location.pathname.replace(/\/+$/, "");
  const here = () => decodeURIComponent((location.hash.match(/c=([^&]+)/) || [])[1] || "");
  const language = () => store.get(names.language) || navigator.language || "";
  page.ids = () => ({ conversation: here(), language: language(), hidden: document.hidden });
  page.ready = () => hello("open", () => Boolean($("#dl-desk-top .masthead")));

  const act = (what, data = {}) => fire("act", { do: what, ...data });
  const box = () => $("#dk-text");
  const mast = () => $("#dl-desk-top .masthead");

  // --- words that were typed and not sent yet --------------------------------------------------------------------

  const held = new WeakMap();
  function restore() {
    for (const field of $$("[data-keep]")) {
      if (held.get(field) === field.dataset.keep) continue;
      held.set(field, field.dataset.keep);
      const words = store.get(keep(field.dataset.keep));
      if (words) field.value = words;
    }
    grow();
  }

  const forget = (...keys) => keys.forEach((key) => store.set(keep(key), ""));

  function grow() {
    const area = box();
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(Math.max(area.scrollHeight, 60), 200)}px`;
  }

  // --- drafts ----------------------------------------------------------------------------------------------------

  const drafts = () => $$(".dk-draft");
  const shown = () => drafts().find((draft) => draft.classList.contains("on"));
  const draftKey = () => `draft.${box()?.form.dataset.conversation || ""}`;

  function tone(wish) {
    if (wish) store.set(names.tone, wish);
    const all = drafts();
    const chosen = all.find((draft) => draft.dataset.tone === store.get(names.tone)) || all[0];
    for (const draft of all) draft.classList.toggle("on", draft === chosen);
    for (const tab of $$('.dk-tones [role="tab"]')) {
      const on = tab.dataset.tone === chosen?.dataset.tone;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
  }

  // While a draft is being changed it stands in the box, and the box knows whose words they were.
  function attachDraft(id) {
    store.set(keep(draftKey()), id);
    markEditing();
  }

  function markEditing() {
    const hint = $(".dk-editing");
    const id = box() ? store.get(keep(draftKey())) : "";
    if (hint) hint.hidden = !id;
    $(".dk-drafts")?.classList.toggle("busy", Boolean(id));
  }

  function setWords(text) {
    const area = box();
    area.value = text;
    store.set(keep(area.dataset.keep), text);
    grow();
  }

  function edit(id) {
    const draft = id ? drafts().find((one) => one.dataset.draft === id) : shown();
    const area = box();
    if (!draft || !area) return;
    const own = area.value.trim();
    setWords(draft.querySelector(".dk-draft-text").textContent + (own ? `\n\n${own}` : ""));
    attachDraft(draft.dataset.draft);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  function insert(text) {
    const area = box();
    if (!area || !text) return;
    tab("talk");
    if (!area.value.trim() && shown()) edit();
    const at = document.activeElement === area ? area.selectionStart : area.value.length;
    const [before, after] = [area.value.slice(0, at), area.value.slice(at)];
    const gap = before && !/\s$/.test(before) ? " " : "";
    setWords(before + gap + text + after);
    area.focus();
    area.setSelectionRange(at + gap.length + text.length, at + gap.length + text.length);
  }

  // --- sending ---------------------------------------------------------------------------------------------------

  let pending = null;
  const fresh = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

  function send() {
    const area = box();
    const text = area?.value.trim();
    if (!text || pending) return;
    const form = area.form;
    // The same words after a failure are the same message, so that a lost answer cannot send it twice.
    const { conversation, sent } = form.dataset;
    const nonce = lost?.text === text && lost.conversation === conversation ? lost.nonce : fresh();
    lost = { text, nonce, conversation };
    pending = { ...lost, timer: setTimeout(settle, PATIENCE), told: told()?.dataset.key };
    // It went out after all: the answer came when nobody waited for it any more.
    if (sent === nonce) return checkSent();
    form.classList.add("sending");
    act("send", { text, nonce, draft: store.get(keep(draftKey())), conversation });
  }
  let lost = null;
  const told = () => $("#dl-desk-compose .notice.trouble");

  function settle() {
    if (!pending) return;
    clearTimeout(pending.timer);
    pending = null;
    $(".dk-compose")?.classList.remove("sending");
  }

  function checkSent() {
    const form = $(".dk-compose");
    if (!form) return;
    if (pending && form.dataset.sent === pending.nonce && form.dataset.conversation === pending.conversation) {
      forget(`words.${pending.conversation}`, `draft.${pending.conversation}`);
      // What was typed on while the message travelled stays.
      const rest = box().value.trim() === pending.text ? "" : box().value;
      setWords(rest);
      lost = null;
      settle();
    } else if (pending && told() && told().dataset.key !== pending.told) {
      forget(`draft.${pending.conversation}`);
      settle();
    }
    markEditing();
  }

  function approve() {
    const draft = shown();
    if (!draft || draft.classList.contains("sending")) return;
    draft.classList.add("sending");
    setTimeout(() => draft.classList.remove("sending"), 4000);
    act("approve", { draft: draft.dataset.draft });
  }

  // --- regions ---------------------------------------------------------------------------------------------------

  let view = "", conversation = "", title = "", turns = 0, reading = false, followed = null;

  // The log stays at its end while it grows or the box below it does, unless somebody reads further up.
  const resized = new ResizeObserver(([entry]) => toEnd(entry.target));
  const toEnd = (log) => { if (!reading) log.scrollTop = log.scrollHeight; };
  function follow(log) {
    if (log && log !== followed) {
      resized.disconnect();
      resized.observe(log);
      followed = log;
    }
    if (log) toEnd(log);
  }
  addEventListener("wheel", watchReading, { passive: true, capture: true });
  addEventListener("touchmove", watchReading, { passive: true, capture: true });
  addEventListener("keyup", (event) => /^(Page|Arrow|Home|End)/.test(event.key) && watchReading(event), true);
  function watchReading(event) {
    const log = event.target.closest?.(".dk-log");
    if (log) setTimeout(() => (reading = log.scrollHeight - log.scrollTop - log.clientHeight > 120), 120);
  }

  page.after["desk-top"] = () => {
    const data = mast()?.dataset;
    if (!data) return;
    root.lang = data.language;
    if (data.view !== view) {
      view = root.dataset.view = data.view;
      scrollTo(0, 0);
    }
    const letters = $('[data-do="letters"]');
    if (letters) letters.checked = store.get(names.letters) !== "off";
    syncTabs();
  };

  page.after["desk-queue"] = (slot) => {
    const waiting = Number(slot.querySelector(".dk-queue")?.dataset.waiting || 0);
    title = title || document.title;
    document.title = waiting ? `(${waiting}) ${title}` : title;
  };

  // The server tells the hours of its own clock; who reads them has another.
  function hours(slot) {
    for (const time of slot.querySelectorAll("time[datetime]")) {
      if (!/^\d\d:\d\d$/.test(time.textContent)) continue;
      const at = new Date(time.dateTime);
      time.textContent = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
    }
  }

  page.after["desk-talk"] = (slot) => {
    if (!slot.firstElementChild) return;
    hours(slot);
    const log = slot.querySelector(".dk-log");
    const now = log?.dataset.conversation || "";
    if (now !== conversation || now !== here()) {
      const moved = now !== conversation;
      conversation = now;
      history.replaceState(null, "", now ? `#c=${encodeURIComponent(now)}` : location.pathname + location.search);
      if (moved && (now || slot.querySelector('[data-do="start"]'))) tab("talk");
      reading = false;
    }
    if (log && turns !== log.childElementCount) {
      turns = log.childElementCount;
      if (root.dataset.tab !== "talk") dot("talk", true);
    }
    follow(log);
    restore();
  };

  page.after["desk-compose"] = () => { restore(); tone(); checkSent(); };
  page.after["desk-side"] = (slot) => {
    restore();
    const source = slot.querySelector(".dk-source");
    if (source && !source.dataset.seen) {
      tab("side");
      source.scrollIntoView({ block: "start" });
      source.focus({ preventScroll: true });
      flash(source.querySelector(".cited"));
    }
  };
  page.after["desk-review"] = restore;

  page.after["desk-dialog"] = (slot) => {
    const dialog = slot.querySelector("dialog");
    if (!dialog || dialog.open) return;
    restore();
    dialog.showModal();
    dialog.addEventListener("cancel", () => act("unwrap"));
  };

  let timer = 0, silence = 0;
  page.after["desk-pulse"] = (slot) => {
    const pulse = slot.querySelector(".dk-pulse");
    if (!pulse) return;
    alive();
    if (pulse.dataset.stale && !page.learning) {
      page.learning = true;
      setTimeout(() => (page.learning = false), 1500);
      act("learn");
    }
    clearTimeout(timer);
    clearTimeout(silence);
    timer = setTimeout(look, document.hidden ? HIDDEN_PACE : PACE);
  };

  // The number of each part that is shown; the server sends again what got lost on the way.
  const have = () => Object.fromEntries($$('[id^="dl-desk-"] [data-slot]').map((slot) => [
    slot.closest('[id^="dl-desk-"]').id.replace("dl-desk-", ""), slot.firstChild?.nodeType === 8 ? slot.firstChild.data : "",
  ]));

  function look() {
    fire("poll", { have: have() });
    clearTimeout(silence);
    silence = setTimeout(ask, SILENCE);
  }

  // No answer: either the login has ended or the server is away; say which, and go on trying.
  async function ask() {
    let ended = false;
    try {
      ended = (await fetch(`${base}/whoami`)).status === 401;
    } catch { /* the server is away */ }
    const data = mast()?.dataset;
    banner(ended ? data?.ended : data?.words, ended);
    if (!ended) look();
  }

  function banner(words, login) {
    let line = $(".dk-banner");
    if (!line) {
      line = document.createElement("p");
      line.className = "dk-banner";
      line.setAttribute("role", "alert");
      ($("#dl-page") || document.body).prepend(line);
    }
    line.textContent = words || "The server does not answer.";
    if (login) {
      const link = document.createElement("a");
      link.href = `${base}/login`;
      link.textContent = " →";
      line.append(link);
    }
  }
  const alive = () => $(".dk-banner")?.remove();

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    clearTimeout(timer);
    look();
  });

  // --- tabs of a narrow screen -----------------------------------------------------------------------------------

  function tab(name) {
    root.dataset.tab = name;
    dot(name, false);
    syncTabs();
  }
  const dot = (name, on) => {
    const mark = $(`.dk-tabs [data-tab="${name}"] .dot`);
    if (mark) mark.hidden = !on;
  };
  function syncTabs() {
    for (const button of $$(".dk-tabs [data-tab]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tab === root.dataset.tab));
    }
  }

  // --- citations -------------------------------------------------------------------------------------------------

  function flash(element) {
    if (!element) return false;
    element.scrollIntoView({ block: "center" });
    element.classList.add("dk-flash");
    setTimeout(() => element.classList.remove("dk-flash"), 2600);
    return true;
  }

  function cite(button) {
    const { event, item, conversation: of, turn } = button.dataset;
    if (of && of === here() && turn && !event) {
      tab("talk");
      reading = true;
      if (flash($(`.dk-log [data-turn="${CSS.escape(turn)}"]`))) return;
    }
    if (event && flash($(`.dk-source [data-event="${CSS.escape(event)}"]`))) return;
    act("cite", { event, item, cited: of, turn });
  }

  // --- clicks ----------------------------------------------------------------------------------------------------

  const help = () => $("dialog.dk-help");
  const clear = (key) => (forget(key), true);
  const actions = {
    open: (button) => act("open", { conversation: button.dataset.conversation }),
    customer: (button) => act("customer", { user: button.dataset.user }),
    start: () => act("start"),
    take: () => act("take"),
    wrap: () => act("wrap"),
    unwrap: () => act("unwrap"),
    redraft: () => act("redraft"),
    approve: (button) => { tone(button.closest(".dk-draft")?.dataset.tone); approve(); },
    edit: (button) => edit(button.dataset.draft),
    detach: () => { attachDraft(""); box()?.focus(); },
    dismiss: (button) => act("dismiss", { draft: button.dataset.draft, reason: button.dataset.reason }),
    tone: (button) => tone(button.dataset.tone),
    insert: (button) => insert(button.dataset.text),
    filter: (button) => act("filter", { filter: button.dataset.filter }),
    view: (button) => act("view", { view: button.dataset.view }),
    span: (button) => act("span", { span: button.dataset.span }),
    unsource: () => act("unsource"),
    cite,
    tab: (button) => tab(button.dataset.tab),
    keys: () => help()?.showModal(),
    theme: switchTheme,
    language(button) {
      store.set(names.language, button.dataset.language);
      document.cookie = `driftline_language=${button.dataset.language};path=${base};samesite=lax`;
      act("language");
    },
    async logout() {
      try { await fetch(`${base}/logout`, { method: "POST" }); } finally { location.href = `${base}/login`; }
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-do]");
    if (button) actions[button.dataset.do]?.(button);
    else if (event.target.matches?.("dialog.dk-help")) event.target.close();
    const pop = event.target.closest?.(".dk-pop");
    for (const other of $$(".dk-pop[open]")) if (other !== pop) other.open = false;
  });

  document.addEventListener("change", (event) => {
    if (event.target.dataset?.do === "letters") store.set(names.letters, event.target.checked ? "" : "off");
  });

  const forms = {
    compose: () => send(),
    search: () => look(),
    back(form) {
      act("back", { note: form.elements.note.value });
      form.closest("details").open = false;
      clear(`note.${here()}`);
      form.elements.note.value = "";
    },
    dismiss: (form) => act("dismiss", { draft: form.dataset.draft, reason: form.elements.reason.value }),
    ask(form) {
      const question = form.elements.question.value.trim();
      if (!question) return;
      act("ask", { question });
      form.elements.question.value = "";
      clear(form.elements.question.dataset.keep);
    },
    trail: (form) => act("trail", {
      agent: form.elements.agent.value, user: form.elements.user.value, conversation_filter: form.elements.conversation.value,
    }),
    close(form) {
      const confirmed = [...form.querySelectorAll("[data-fact]:checked")].map((one) => one.dataset.fact);
      act("close", {
        conversation: form.dataset.conversation, summary: form.elements.summary.value, confirmed,
        disposition: form.querySelector('[name="disposition"]:checked')?.value || "",
        follow_ups: form.elements.follow_ups.value,
      });
    },
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-do]");
    if (!form) return;
    event.preventDefault();
    forms[form.dataset.do]?.(form);
  });

  let searching = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.dataset?.keep) store.set(keep(field.dataset.keep), field.value);
    if (field.id === "dk-text") {
      if (!field.value.trim()) attachDraft("");
      grow();
    }
    if (field.id === "dk-search") {
      clearTimeout(searching);
      searching = setTimeout(() => act("search", { text: field.value }), 300);
    }
  });

  // --- keys ------------------------------------------------------------------------------------------------------

  const typing = (element) => element?.closest?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
  const press = (selector) => { const target = $(selector); if (target) target.click(); return Boolean(target); };

  function step(by) {
    const rows = $$(".dk-queue .dk-thread");
    if (!rows.length) return;
    tab("queue");
    const at = rows.indexOf(document.activeElement);
    const current = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, current < 0 ? 0 : current + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function pop(selector) {
    const details = $(selector);
    if (!details) return;
    details.open = !details.open;
    if (details.open) details.querySelector("input, button")?.focus();
  }

  const letters = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { tab("queue"); $("#dk-search")?.focus(); },
    "?": () => help()?.showModal(),
    m: () => press(root.dataset.view === "desk" && '[data-do="filter"][data-filter="mine"]'),
    t: () => press('.dk-head [data-do="take"]'),
    h: () => pop(".dk-head .dk-pop"),
    w: () => press('[data-do="wrap"]'),
    r: () => { tab("talk"); box()?.focus(); },
    e: () => edit(),
    d: () => pop(".dk-draft.on .dk-dismiss"),
    i: () => press('.dk-offer.best [data-do="insert"]') || press('.dk-offer [data-do="insert"]'),
    q: () => { tab("side"); $("#dk-question")?.focus(); },
    s: () => press(`.dk-views [data-view="${root.dataset.view === "desk" ? "supervisor" : "desk"}"]`),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if ($("dialog[open]") || (typing(event.target) && event.target !== box())) return;
      event.preventDefault();
      box()?.value.trim() ? send() : approve();
      return;
    }
    if (event.key === "Escape") {
      for (const open of $$(".dk-pop[open]")) open.open = false;
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (event.target.matches?.('.dk-tones [role="tab"]') && /^Arrow(Left|Right)$/.test(event.key)) {
      const tabs = $$('.dk-tones [role="tab"]');
      const to = tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1);
      event.preventDefault();
      tone(tabs[to % tabs.length].dataset.tone);
      tabs[to % tabs.length].focus();
      return;
    }
    if (store.get(names.letters) === "off" && event.key !== "?") return;
    const digit = event.code?.match(/^(?:Digit|Numpad)([1-5])$/)?.[1];
    if (digit && event.shiftKey) {
      event.preventDefault();
      press(`[data-do="insert"][data-number="${digit}"]`);
    } else if (digit) {
      const chosen = drafts()[digit - 1];
      if (chosen) tone(chosen.dataset.tone);
    } else {
      const does = letters[event.key.toLowerCase()];
      if (!does) return;
      event.preventDefault();
      does();
    }
  });
})();
