// Bauta's small conveniences. Every page works without this file; nothing here decides anything.
//
//   form[data-autosave="/url"]   posts itself there while one writes. data-saved and data-failed are the words that its
//                                [data-autosave-status] shows. A `Bauta-Version` answer header renews input[name=version].
//   form[data-upload]            sends its file with <progress>; data-failed is shown in its [data-upload-status].
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

  function autosave(form) {
    const url = form.dataset.autosave;
    if (!sameOrigin(url)) return;
    let timer = 0;
    let saving = null;
    let changed = false;
    let wait = quiet;
    let leaving = false;

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
      if (!changed || !saved) tell(saved ? form.dataset.saved : form.dataset.failed, !saved);
      if (unsaved.has(form) && !leaving) later();
    }

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

  // Upload with progress

  function upload(form) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || !sameOrigin(form.action)) return;
      event.preventDefault();
      const request = new XMLHttpRequest();
      const bar = form.querySelector("progress");
      const fields = new FormData(form, event.submitter);

      const failed = () => {
        if (bar) bar.hidden = true;
        free(form);
        say(form, "[data-upload-status]", form.dataset.failed, true);
      };

      request.upload.addEventListener("progress", (part) => {
        if (!bar || !part.lengthComputable) return;
        bar.max = part.total;
        bar.value = part.loaded;
      });
      request.addEventListener("error", failed);
      request.addEventListener("abort", failed);
      request.addEventListener("load", () => {
        if (request.status >= 400) {
          failed();
          reason(form, request);
        } else if (request.responseURL && request.responseURL !== location.href.split("#")[0]) {
          location.replace(request.responseURL);
        } else {
          location.reload();
        }
      });

      if (bar) {
        bar.hidden = false;
        bar.removeAttribute("value");
      }
      say(form, "[data-upload-status]", form.dataset.sending);
      request.open("POST", form.action);
      request.send(fields);
      once(form);
    });
  }

  // The server's own words are better than ours: take its error summary over, if it sent one.
  function reason(form, request) {
    const type = request.getResponseHeader("Content-Type") || "";
    if (!type.startsWith("text/html")) return;
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const summary = page.querySelector(".error-summary");
    if (!summary) return;
    each(".error-summary", (old) => old.remove());
    form.before(document.adoptNode(summary));
    summary.focus();
  }

  // A job that runs

  function poll(place) {
    const seconds = Math.max(1, Number(place.dataset.poll) || 3);
    const ask = async () => {
      if (document.visibilityState === "hidden" || unsaved.size > 0) return setTimeout(ask, seconds * 1000);
      let now;
      try {
        const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
        if (answer.status >= 500) throw new Error("not now");
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        now = place.id && page.getElementById(place.id);
      } catch {
        return setTimeout(ask, seconds * 4000);
      }
      if (!now || !now.hasAttribute("data-poll")) return location.reload();
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

  const buttons = (form) => [...form.elements].filter((control) => control.type === "submit");

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
  each("form[data-upload]", upload);
  each("[data-poll]", poll);
  if (document.querySelector("[data-row], input[type=search]")) document.addEventListener("keydown", keyboard);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!event.defaultPrevented && isPost(form) && !("again" in form.dataset)) once(form);
  });
  addEventListener("pageshow", () => each("form", free));

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
