// Asking the sandbox: its control API under /sandbox, the page's own under /page.

async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export const get = (path) => ask(path);
export const post = (path, given = {}) => ask(path, { method: "POST", body: JSON.stringify(given) });
export const upload = (path, file) => ask(path, { method: "POST", body: file });
export const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
