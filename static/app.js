// Bauta's small conveniences. Every page works without this file; nothing here decides anything.
//
//   form[data-autosave="/url"]   posts itself there while one writes. data-saved and data-failed are the words that its
//                                [data-autosave-status] shows. A `Bauta-Version` answer header renews input[name=version];
//                                data-elsewhere is shown when another window saved something since. Every other form of
//                                the page waits until it is saved.
//   [data-upload]                a form, or a place with a button of another form: sends its file with <progress>;
//                                data-sending and data-failed are shown in its [data-upload-status], and data-large, without
//                                sending, for a file of more than data-most MB.
//   [data-in-place][id]          its forms leave the page as it is: it is replaced by the same place of the answer.
//   [data-poll="seconds"][id]    asks for the page again while a job runs: is replaced when it has changed, and the page
//                                is loaded anew once it is gone.
//   [data-row]                   office lists: `/` to the search field, `j` and `k` between rows, Enter opens.
//   form[method=post]            is sent once; data-again on forms that are answered by a download.
"use strict";

(() => {
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const isPost = (form) => form.method === "post";
  const sameOrigin = (url) => new URL(url, location.href).origin === location.origin;

  function say(form, selector, words, failed) {
    const place = form.querySelector(selector);
    if (!place) return;
    place.textContent = words || "";
    place.classList.toggle("error", Boolean(failed));
  }

  // Autosave

  const quiet = 2000;
  const unsaved = new Set();
  const savers = [];
  const settled = () => Promise.all(savers.map((saver) => saver.settle()));

  function autosave(form) {
    const url = form.dataset.autosave;
    if (!sameOrigin(url)) return;
    let timer = 0;
    let saving = null;
    let changed = false;
    let wait = quiet;
    let leaving = false;
    let elsewhere = false;

    const tell = (words, failed) => say(form, "[data-autosave-status]", words, failed);
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };

    async function send(keepalive) {
      const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
      try {
        const answer = await fetch(url, {
          method: "POST",
          body: new URLSearchParams(fields),
          credentials: "same-origin",
          redirect: "error",
          keepalive,
        });
        const version = answer.headers.get("Bauta-Version");
        const field = form.querySelector("input[name=version]");
        if (version && field) field.value = version;
        elsewhere = answer.status === 409;
        return answer.ok;
      } catch {
        return false;
      }
    }

    async function save(keepalive = false) {
      clearTimeout(timer);
      if (saving || !unsaved.has(form)) return;
      changed = false;
      saving = send(keepalive === true);
      const saved = await saving;
      saving = null;
      wait = saved ? quiet : Math.min(wait * 2, 60000);
      if (saved && !changed) unsaved.delete(form);
      const failed = elsewhere && form.dataset.elsewhere || form.dataset.failed;
      if (!changed || !saved) tell(saved ? form.dataset.saved : failed, !saved);
      if (unsaved.has(form) && !leaving && !elsewhere) later();
    }

    savers.push({
      form,
      busy: () => Boolean(saving) || unsaved.has(form) && !elsewhere,
      async settle() {
        while (saving) await saving;
        await save();
      },
    });

    const touch = (event) => {
      if (event.target.type === "file") return;
      if (!unsaved.has(form)) tell("");
      changed = true;
      unsaved.add(form);
      later();
    };
    form.addEventListener("input", touch);
    form.addEventListener("change", touch);

    // Sending waits for a save that is under way, so that the two cannot cross.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      leaving = true;
      unsaved.delete(form);
      if (!saving) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      saving.then(() => setTimeout(() => form.requestSubmit(event.submitter), 0));
    });

    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && !leaving) save(true);
    });
    addEventListener("pageshow", () => { leaving = false; });
  }

  addEventListener("beforeunload", (event) => { if (unsaved.size > 0) event.preventDefault(); });

  // A file, with progress. What else the page's form holds is saved by itself.

  function upload(area, action) {
    const status = "[data-upload-status]";
    const files = [...area.querySelectorAll("input[type=file]")];
    const most = Number(area.dataset.most) * 1e6;
    if (most && files.some((field) => [...field.files].some((file) => file.size > most))) {
      return say(area, status, area.dataset.large, true);
    }
    const request = new XMLHttpRequest();
    const bar = area.querySelector("progress");
    const fields = area.matches("form") ? new FormData(area) : new FormData();
    if (!area.matches("form")) files.forEach((field) => [...field.files].forEach((file) => fields.append(field.name, file)));

    const failed = () => {
      if (bar) bar.hidden = true;
      free(area);
      say(area, status, area.dataset.failed, true);
    };

    request.upload.addEventListener("progress", (part) => {
      if (!bar || !part.lengthComputable) return;
      bar.max = part.total;
      bar.value = part.loaded;
    });
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", async () => {
      if (request.status >= 400) {
        failed();
        if (reason(area, request)) say(area, status);
        return;
      }
      const section = area.closest("[data-in-place]");
      if (section && inPlace(section, request.responseText)) return;
      await settled();
      if (request.responseURL && request.responseURL !== location.href.split("#")[0]) {
        location.replace(request.responseURL);
      } else {
        location.reload();
      }
    });

    if (bar) {
      bar.hidden = false;
      bar.removeAttribute("value");
    }
    each(".error-summary, main > .notice[role]", (old) => old.remove());
    say(area, status, area.dataset.sending);
    request.open("POST", action);
    request.send(fields);
    once(area);
  }

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // The server's own words are better than ours: take its error summary over, if it sent one.
  function reason(area, request) {
    const type = request.getResponseHeader("Content-Type") || "";
    if (!type.startsWith("text/html")) return false;
    const summary = parsed(request.responseText).querySelector(".error-summary");
    if (!summary) return false;
    area.before(document.adoptNode(summary));
    summary.focus();
    return true;
  }

  // A place whose forms leave the rest of the page as it is

  function inPlace(section, text) {
    const page = parsed(text);
    const now = page.getElementById(section.id);
    if (!now) return false;
    each("main > .notice[role]", (old) => old.remove());
    section.replaceWith(document.adoptNode(now));
    const told = page.querySelector("main > .notice[role]");
    const head = now.querySelector("h2, h3");
    if (told && head) head.after(document.adoptNode(told));
    if ("poll" in now.dataset) poll(now);
    return true;
  }

  async function sendInPlace(section, form, button) {
    once(form);
    const fields = new URLSearchParams([...new FormData(form, button)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
      if (answer.ok && inPlace(section, await answer.text())) return;
    } catch {
      // The browser itself says what is wrong with the way.
    }
    free(form);
    setTimeout(() => go(form, button), 0);
  }

  // A job that runs

  function poll(place) {
    const seconds = Math.max(1, Number(place.dataset.poll) || 3);
    const stays = "inPlace" in place.dataset;
    const chosen = () => [...place.querySelectorAll("input[type=file]")].some((field) => field.files.length > 0);
    const wait = () => document.visibilityState === "hidden" || (stays ? chosen() : unsaved.size > 0);
    const ask = async () => {
      if (!place.isConnected) return;
      if (wait()) return setTimeout(ask, seconds * 1000);
      let now;
      try {
        const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
        if (answer.status >= 500) throw new Error("not now");
        const page = parsed(await answer.text());
        now = place.id && page.getElementById(place.id);
      } catch {
        return setTimeout(ask, seconds * 4000);
      }
      if (!place.isConnected) return;
      if (wait()) return setTimeout(ask, seconds * 1000);
      if (!now || !now.hasAttribute("data-poll")) {
        if (!now || !stays) return location.reload();
        return place.replaceWith(document.adoptNode(now));
      }
      if (now.innerHTML !== place.innerHTML) place.replaceChildren(...document.adoptNode(now).childNodes);
      setTimeout(ask, seconds * 1000);
    };
    setTimeout(ask, seconds * 1000);
  }

  // The office by keyboard

  function keyboard(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "j" || event.key === "k") {
      const links = [...document.querySelectorAll("[data-row]")].map((row) => row.querySelector("a")).filter(Boolean);
      const at = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
      const next = event.key === "j" ? at + 1 : Math.max(at - 1, 0);
      if (links[next]) links[next].focus();
    }
  }

  // Sent once

  const buttons = (place) => [...(place.elements || place.querySelectorAll("button"))].filter((control) => control.type === "submit");

  function once(form) {
    // After this turn, so that the button's own name and value still go with the form.
    setTimeout(() => buttons(form).forEach((button) => {
      if (button.disabled) return;
      button.disabled = true;
      button.dataset.held = "";
    }), 0);
  }

  function free(form) {
    setTimeout(() => buttons(form).forEach((button) => {
      if (!("held" in button.dataset)) return;
      button.disabled = false;
      delete button.dataset.held;
    }), 0);
  }

  each("form[data-autosave]", autosave);
  each("[data-poll]", poll);
  if (document.querySelector("[data-row], input[type=search]")) document.addEventListener("keydown", keyboard);

  // Before the form's own listeners: files go by themselves, and what is being written is saved before another form goes.
  let going = null;
  const go = (form, button) => {
    going = form;
    form.requestSubmit(button);
    going = null;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (going === form) return;
    const hold = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const action = button && button.hasAttribute("formaction") ? button.formAction : form.action;
    const area = (button || form).closest("[data-upload]");
    if (area && sameOrigin(action)) {
      hold();
      return upload(area, action);
    }
    const section = form.closest("[data-in-place]");
    if (section && sameOrigin(action)) {
      hold();
      return sendInPlace(section, form, button);
    }
    if (savers.some((saver) => saver.form !== form && saver.busy())) {
      hold();
      settled().then(() => setTimeout(() => go(form, button), 0));
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!event.defaultPrevented && isPost(form) && !("again" in form.dataset)) once(form);
  });
  addEventListener("pageshow", () => each("form, [data-upload]", free));

  // Menus close as one expects
  document.addEventListener("click", (event) => {
    each("details.menu[open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    each("details.menu[open]", (menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
