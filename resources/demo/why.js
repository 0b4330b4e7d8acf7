// Where a proxy hides from the server what the page's address is, the server takes the page for another site's, and its
// scripts do not come. A plain script like this one does, as browsers name no origin with it; so it says why.
addEventListener("error", async ({ target }) => {
  if (!(target instanceof HTMLScriptElement)) return;
  const name = new URL(target.src).pathname;
  let reason = `${name} was not loaded`;
  try {
    // With a POST the origin is named, and the answer has the server's reason.
    const response = await fetch(target.src, { method: "POST" });
    if (response.status === 403) reason = `${name} answers 403: ${(await response.text()).slice(0, 500)}`;
  } catch {
    reason = `${location.origin} cannot be reached`;
  }
  if (document.readyState === "loading") await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
  document.getElementById("connection-reason").textContent = reason;
}, true);
