// The chat page's script: what happens when regions are drawn, and how clicks and keys become events.
(() => {
  "use strict";
  const { draw, fire, hello, page, slot, store, switchTheme } = window.driftline;
  const keys = {
    own: "driftline.own", person: "driftline.person", conversation: "driftline.conversation", language: "driftline.language",
  };
  const root = document.documentElement;
  root.dataset.tab = "chat";

  const address = new URLSearchParams(location.search);
  const link = address.get("conversation") || "";
  let opened = false;
  let pending = null;
  let editing = "";
  let closed = "";
  let whose = "";

  const mast = () => document.querySelector(".masthead");

  // Several tabs share the browser's memory; a tab that shows something goes by that.
  page.ids = () => {
    const shown = opened ? mast()?.dataset : null;
    return {
      own: shown?.own || store.get(keys.own),
      person: shown?.person || store.get(keys.person),
      conversation: shown ? shown.conversation : store.get(keys.conversation),
      language: store.get(keys.language) || navigator.language, link: opened ? "" : link,
    };
  };

  // Who erased everything in another tab is somebody new in this one too.
  addEventListener("storage", (event) => {
    if (event.key === keys.own && event.newValue && opened && event.newValue !== mast()?.dataset.own) location.reload();
  });

  page.ready = () => {
    hello("open", () => opened);
    look();
  };

  // --- after a region was drawn --------------------------------------------------------------------------------

  page.after = {
    top(region) {
      const { own, person, conversation, language } = region.querySelector(".masthead")?.dataset || {};
      if (!own) return;
      if (!opened && link) history.replaceState(null, "", location.pathname);
      opened = true;
      store.set(keys.own, own);
      store.set(keys.person, person === own ? "" : person);
      store.set(keys.conversation, conversation);
      root.lang = language;
      if (whose !== person) document.getElementById("dl-panel").scrollTop = 0;
      whose = person;
      syncTabs();
    },
    log(region) {
      const turns = region.querySelectorAll(".turn");
      const last = turns[turns.length - 1];
      root.toggleAttribute("data-running", last?.dataset.state === "running");
      if (last && last.dataset.key !== region.dataset.last) {
        // One's own message moves to the top, to read on from there; a line of somebody else comes below what is read.
        last.scrollIntoView({ block: last.querySelector(".said") ? "start" : "end", behavior: "instant" });
      }
      region.dataset.last = last?.dataset.key || "";
      if (pending && region.dataset.last !== pending.before) {
        clearTimeout(pending.timer);
        pending = null;
      }
      if (last?.dataset.state === "failed" && !region.dataset.returned?.includes(last.dataset.key)) {
        region.dataset.returned = `${region.dataset.returned || ""} ${last.dataset.key}`;
        putBack(last.querySelector(".trouble button")?.dataset.text || "");
      }
      if (!turns.length) region.closest("#dl-log").scrollTop = 0;
    },
    composer() {
      const dials = document.querySelector(".dials");
      if (dials && !dials.dataset.seen) {
        dials.dataset.seen = "1";
        dials.open = innerWidth >= 1000 && innerHeight >= 700;
      }
      showDials();
      showEditing();
      grow();
    },
    panel(region) {
      const dot = document.querySelector(".tabs .dot");
      if (dot && region.querySelector(".event.fresh")) dot.dataset.news = "1";
      syncTabs();
    },
    drawer(region) {
      const dialog = region.querySelector("dialog");
      // What is still worked out must not open again what was closed meanwhile.
      if (!dialog || dialog.open || dialog.dataset.key === closed) return;
      dialog.addEventListener("close", () => {
        closed = dialog.dataset.key;
        document.querySelector(`.card[data-item="${CSS.escape(from.item)}"] [data-do="${from.do}"]`)?.focus();
      });
      dialog.showModal();
    },
    banner(region) {
      look();
      // A line that comes in must not lie over what was just said.
      const said = [...document.querySelectorAll(".turn .said")].at(-1);
      const line = region.querySelector(".banner")?.getBoundingClientRect();
      const at = said?.getBoundingClientRect();
      if (line && at && at.top < line.bottom && at.bottom > line.top) {
        said.closest(".turn").scrollIntoView({ block: "start", behavior: "instant" });
      }
    },
    status: () => look(),
    file(region) {
      const made = region.querySelector("[data-save]");
      if (!made) return;
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(new Blob([made.textContent], { type: made.dataset.type }));
      anchor.download = made.dataset.save;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
    },
  };

  // News come more often while somebody of the staff has the conversation, and not at all to a page that is not seen.
  let looking = 0;
  let asked = false;
  function look() {
    clearTimeout(looking);
    const status = document.querySelector(".status");
    const live = status?.dataset.live || document.querySelector(".banner:is(.waiting, .staff)");
    const wait = live ? 1200 : status?.dataset.state === "ready" ? 20000 : status?.dataset.state === "loading" ? 3000 : 8000;
    looking = setTimeout(() => {
      if (opened && !document.hidden) {
        fire("poll");
        asked = true;
      }
      look();
    }, !opened ? 400 : status ? wait : asked ? 3000 : 200);
  }

  // --- the message box -----------------------------------------------------------------------------------------

  const box = () => document.getElementById("dl-text");

  function grow() {
    const area = box();
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`;
  }

  function putBack(text) {
    const area = box();
    if (area && !area.value.trim()) {
      area.value = text;
      grow();
    }
  }

  function showEditing() {
    const line = document.querySelector(".composer .editing");
    if (line) line.hidden = !editing;
  }

  function say(text, replaces = "") {
    text = text.trim();
    if (!text || pending || root.hasAttribute("data-running")) return;
    root.dataset.tab = "chat";
    syncTabs();
    const timer = setTimeout(() => {
      pending = null;
      putBack(text);
      const line = document.createElement("p");
      line.className = "notice trouble";
      line.setAttribute("role", "alert");
      line.textContent = document.querySelector(".composer")?.dataset.silent || "";
      const region = slot("notice");
      if (region) draw(region, line.outerHTML);
    }, 10000);
    pending = { before: slot("log")?.dataset.last || "", timer };
    fire("send", { text, replaces, ...dials() });
    editing = "";
    showEditing();
  }

  function submit() {
    const area = box();
    const before = pending;
    say(area.value, editing);
    if (pending && pending !== before) {
      area.value = "";
      grow();
    }
  }

  // --- the dials -----------------------------------------------------------------------------------------------

  const dialsOf = () => [...document.querySelectorAll("[data-dial]")];

  function dials() {
    const places = {};
    for (const dial of dialsOf()) places[dial.dataset.dial] = dial.type === "checkbox" ? (dial.checked ? "" : "1") : dial.value;
    return places;
  }

  function showDials() {
    const told = [];
    for (const dial of dialsOf()) {
      if (dial.type === "checkbox") continue;
      const label = dial.dataset.places.split("|")[Number(dial.value)] || "";
      dial.setAttribute("aria-valuetext", label);
      const output = document.querySelector(`output[for="${dial.id}"]`);
      if (output && output.textContent !== label) output.textContent = label;
      told.push(label);
    }
    const standing = document.querySelector("[data-standing]");
    if (standing) standing.textContent = told.join(" · ");
  }

  let turning = 0;
  function turned() {
    showDials();
    clearTimeout(turning);
    turning = setTimeout(() => fire("dial", dials()), 250);
  }

  // --- clicks and keys -----------------------------------------------------------------------------------------

  function syncTabs() {
    const tab = root.dataset.tab;
    for (const button of document.querySelectorAll(".tabs [data-tab]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
    }
    const dot = document.querySelector(".tabs .dot");
    if (!dot) return;
    if (tab === "panel") delete dot.dataset.news;
    dot.hidden = !dot.dataset.news;
  }

  const menu = () => document.querySelector("dialog.menu");
  const drawer = () => document.querySelector("dialog.drawer");
  let from = { item: "", do: "" };

  const draws = (data) => fire("draw", { ...data, ...dials() });

  // What cannot be undone takes two presses; who turns away from it has to begin anew.
  function twice(button, act) {
    if (button.dataset.armed) return act();
    const label = button.textContent;
    button.dataset.armed = "1";
    button.textContent = button.dataset.sure;
    button.addEventListener("blur", () => {
      if (!button.dataset.armed) return;
      delete button.dataset.armed;
      button.textContent = label;
    }, { once: true });
  }

  async function copy(button, text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const label = button.textContent;
    if (label === button.dataset.done) return;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1600);
  }

  const act = (what, data = {}) => fire("act", { do: what, ...data });
  const leave = (what, data) => {
    act(what, data);
    menu()?.close();
  };

  const actions = {
    verdict(button) {
      button.classList.add("sent");
      setTimeout(() => button.classList.remove("sent"), 600);
      act("verdict", { verdict: button.dataset.verdict, item: button.dataset.item, turn: button.dataset.turn });
    },
    remove: (button) => act("remove", { event: button.dataset.event }),
    fresh() {
      leave("fresh");
      box()?.focus();
    },
    home: () => leave("home"),
    person: (button) => leave("person", { target: button.dataset.person }),
    conversation: (button) => leave("conversation", { target: button.dataset.conversation }),
    erase: (button) => twice(button, () => leave("erase")),
    forget: (button) => twice(button, () => {
      const too = button.closest(".manage")?.querySelector("[name=events]")?.checked || false;
      act("forget", { target: button.dataset.conversation, events: too });
    }),
    link: (button) => copy(button, `${location.origin}${location.pathname}?conversation=${button.dataset.conversation}`),
    export: (button) => act("export", { form: button.dataset.form }),
    menu: () => menu()?.showModal(),
    stop: () => fire("stop"),
    example(button) {
      drawer()?.close();
      if (button.dataset.send) say(button.dataset.text);
      else {
        putBack(button.dataset.text);
        box()?.focus();
      }
    },
    copy: (button) => copy(button, button.dataset.text),
    retry: (button) => say(button.dataset.text, button.dataset.number),
    edit(button) {
      const area = box();
      if (!area) return;
      area.value = button.dataset.text;
      editing = button.dataset.number;
      showEditing();
      grow();
      area.focus();
    },
    "cancel-edit"() {
      editing = "";
      box().value = "";
      showEditing();
      grow();
      box().focus();
    },
    human(button) {
      if (document.querySelector(".turn")) act("human");
      else say(button.dataset.text);
    },
    why(button) {
      from = { item: button.dataset.item, do: "why" };
      draws({ do: "why", item: button.dataset.item, turn: button.dataset.turn });
    },
    loved() {
      from = { item: "", do: "" };
      draws({ do: "loved" });
    },
    without: (button) => draws({ do: "without", event: button.dataset.event, name: button.dataset.name }),
    keep: (button) => draws({ do: "keep", event: button.dataset.event }),
    drop: (button) => draws({ do: "drop", event: button.dataset.event, name: button.dataset.name }),
    tab(button) {
      root.dataset.tab = button.dataset.tab;
      syncTabs();
      scrollTo(0, 0);
    },
    language(button) {
      store.set(keys.language, button.dataset.to);
      act("language", { to: button.dataset.to });
    },
    theme: switchTheme,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-do]");
    if (button) actions[button.dataset.do]?.(button);
    else if (event.target.matches?.("dialog.menu, dialog.drawer")) event.target.close();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-do]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.do === "compose") submit();
    if (form.dataset.do === "rename") {
      form.closest("details").open = false;
      act("rename", { target: form.dataset.conversation, title: form.elements.title.value });
    }
    if (form.dataset.do === "edit") {
      form.closest("details").open = false;
      act("edit", { event: form.dataset.event, kind: form.elements.kind.value, value: form.elements.value.value });
    }
  });

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  // Arrows move among the cards of one answer; the keys beside them press a card's buttons.
  function onCard(event, card) {
    if (event.target !== card && event.target.tagName !== "BUTTON") return false;
    if (event.key in STEPS) {
      const all = [...card.parentElement.querySelectorAll(".card")];
      all[(all.indexOf(card) + STEPS[event.key] + all.length) % all.length].focus();
      return true;
    }
    const press = { w: ".why", l: ".verdict.like", n: ".verdict.dislike", s: ".verdict.seen" }[event.key.toLowerCase()];
    if (press) card.querySelector(press)?.click();
    return Boolean(press);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.id === "dl-text" && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
      return;
    }
    if (event.key === "Escape") {
      if (document.querySelector("dialog[open]")) return;
      if (root.hasAttribute("data-running")) fire("stop");
      else if (editing) actions["cancel-edit"]();
      return;
    }
    const card = event.target.closest?.(".cards .card");
    if (card && onCard(event, card)) {
      event.preventDefault();
      return;
    }
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
    if (typing || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      event.preventDefault();
      root.dataset.tab = "chat";
      syncTabs();
      box()?.focus();
    } else if (event.key in STEPS && event.target.matches?.("#dl-log [data-slot]")) {
      const all = document.querySelectorAll(".turn:last-child .cards .card");
      if (all.length && event.key === "ArrowRight") all[0].focus();
    }
  });

  let seeking = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id === "dl-text") grow();
    if (event.target.id === "dl-search") {
      clearTimeout(seeking);
      const words = event.target.value;
      seeking = setTimeout(() => act("search", { words }), 250);
    }
    if (event.target.matches?.("input[type=range][data-dial]")) showDials();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-dial]")) turned();
  });
})();
